"""A fault in a file, and what of a cell may be repeated beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from danvan.cautions import numbers_in
from danvan.privacy import MASK
from danvan.records import Record, fields
from danvan.telltale import names_somebody


class Finding(NamedTuple):
    """A fault in a file: where, what stands there, and what is wrong with it (a key of the catalogues, its facts).

    Attributes:
        row: as a spreadsheet counts; 0 for the whole file or sheet.
        column: the heading of the column, or its letters.
        value: masked where it would identify a citizen.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    says: str
    facts: Mapping[str, object]


def shown(kind: type[Record], value: str) -> str:
    """A value that cannot be read, masked where it seems to tell who came: a row may have slipped to the side."""
    is_of_people = any(field.personal for field in fields(kind).values())
    return MASK if is_of_people and (names_somebody(value, "") or any(numbers_in(value))) else value
