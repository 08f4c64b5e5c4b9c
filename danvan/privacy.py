"""Masking: what identifies a citizen leaves danvan by no exit unless it is asked for by name."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from danvan.records import Record, fields

MASK = "•••"

AnyRecord = TypeVar("AnyRecord", bound=Record)


def masked(record: AnyRecord) -> AnyRecord:
    """The record with every personal field that has a value replaced by a mask."""
    hidden = {name: MASK for name, field in fields(type(record)).items() if field.personal and getattr(record, name)}
    return replace(record, **hidden) if hidden else record
