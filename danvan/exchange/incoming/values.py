"""The cells of a row as values by field, and those that cannot be read.

The convention: a cell may say the values of other fields as well ("thanh tra hành chính" in the column of types); the
columns of those have to agree with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from danvan.errors import Invalid
from danvan.exchange import measures
from danvan.exchange.cells import Read, as_text
from danvan.exchange.parts import is_blank
from danvan.formatting.language import Language, said_together
from danvan.formatting.texts import fold
from danvan.records import Record

Kind = type[Record]


class Column(NamedTuple):
    """A column that is read."""

    at: int
    heading: str
    name: str
    read: Read
    measured: measures.Measured
    sort: str = ""


Misread = tuple[Column, Any, Invalid]  # a column, its cell, and what is wrong with it


def read_values(
    kind: Kind, cells: Iterable[tuple[Column, Any]], language: Language
) -> tuple[dict[str, Any], list[Misread]]:
    """What cells say, blank ones being left out, and those that cannot be read."""
    values: dict[str, Any] = {}
    misread: list[Misread] = []
    for column, cell in cells:
        if cell is None or cell == "" or cell == []:
            continue
        try:
            value = column.read(cell)
        except Invalid as fault:
            if not is_blank(cell):
                misread.append((column, cell, fault))
            continue
        if value not in ("", ()):
            values[column.name] = value
    if misread and kind.SAID_WITH:
        misread = [left for one in misread for left in _parted(kind, one, values, language)]
    return values, misread


def _parted(kind: Kind, one: Misread, values: dict[str, Any], language: Language) -> list[Misread]:
    """Put what a cell says of several fields among the values; what is left is what it cannot say so."""
    column, cell, _ = one
    told = _together(kind, column.name, cell)
    if not told:
        return [one]
    for name, code in told.items():
        if values.setdefault(name, code) != code:
            facts = {"field": language.label_beside(kind, name), "said": language.choice(kind, name, code)}
            facts |= {"value": as_text(cell), "other": language.choice(kind, name, values[name])}
            return [(column, cell, Invalid("choice_beside", **facts))]
    return []


def _together(kind: Kind, name: str, cell: Any) -> Mapping[str, str]:
    return said_together(kind, name).get(fold(cell), {}) if isinstance(cell, str) and name in kind.SAID_WITH else {}
