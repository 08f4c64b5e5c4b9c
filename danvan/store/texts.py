"""The texts of a record that may name people, and the record without them.

The convention: who came, and every free text: names, summaries, notes, reasons, the boxes of a form. Not the unit,
by which reports are broken down; nor days, choices and numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from danvan.privacy import personal
from danvan.records import WRITTEN, Record, fields

GONE = "—"  # stands where a text may not be blank
KEPT = ("unit",)
VOID = "void"


def erasable(kind: type[Record]) -> list[str]:
    """The attributes of a kind that hold texts which may name people, who came first."""
    texts = [name for name, field in fields(kind).items() if field.sort == "text" and name not in KEPT]
    own = personal(kind)
    trails = [name for name in WRITTEN if name in kind.__struct_fields__]
    return [*own, *(name for name in texts if name not in own), *trails, VOID]


def stripped(record: Record, names: Collection[str]) -> Record:
    """The record without the texts of some attributes; where one is needed, a dash stands."""
    return replace(record, **{name: _blank(record, name) for name in said(record, names)})


def said(record: Record, names: Iterable[str]) -> list[str]:
    """Those of some attributes that say something in a record."""
    return [
        name for name in names if name in record.__struct_fields__ and _blank(record, name) != getattr(record, name)
    ]


def written(record: Record, names: Iterable[str]) -> Iterator[str]:
    """The free texts of a record under some attributes, without who came."""
    for name in said(record, names):
        if name in WRITTEN:
            yield from (getattr(item, WRITTEN[name]) for item in getattr(record, name))
        elif name not in personal(type(record)):
            yield getattr(record, name)


def _blank(record: Record, name: str) -> Any:
    """What stands in the place of a text, or of the texts in a list of happenings."""
    value = getattr(record, name)
    if name in WRITTEN:
        return tuple(replace(item, **{WRITTEN[name]: ""}) for item in value)
    field = fields(type(record)).get(name)
    is_needed = name == VOID or (field is not None and record.form in field.required)
    return GONE if value and is_needed else ""
