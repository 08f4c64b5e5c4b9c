"""Masking: what identifies a citizen leaves danvan by no exit unless it is asked for by name.

The convention: whatever shows records takes a `Mask`, `masked` unless told otherwise, and passes every record
through it. Who denounces is a state secret: no mask ever lets that through, also where a file edited by hand holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from msgspec.structs import replace

from danvan.records import Record, fields

MASK = "•••"

AnyRecord = TypeVar("AnyRecord", bound=Record)
Mask = Callable[[Record], Record]


def masked(record: AnyRecord) -> AnyRecord:
    """The record with every personal field that has a value replaced by a mask."""
    hidden = dict.fromkeys(told(record), MASK)
    return replace(record, **hidden) if hidden else record


def revealed(record: AnyRecord) -> AnyRecord:
    """The record as it is, where it may say who came; any other is masked."""
    return record if record.may_name_people else masked(record)


def told(record: Record) -> list[str]:
    """The personal fields of a record that have a value."""
    return [name for name in personal(type(record)) if getattr(record, name)]


@cache
def personal(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a kind that identify a citizen."""
    return tuple(name for name, field in fields(kind).items() if field.personal)
