"""A fault in a file, and what of a cell may be repeated beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from danvan.cautions import NAMED, numbers_in
from danvan.privacy import personal
from danvan.records import Record
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


def listed(rows: Sequence[int]) -> str:
    """The numbers of some rows as a phrase, of many the first ones."""
    return ", ".join(map(str, rows[:NAMED])) + "…" * (len(rows) > NAMED)


def tells_who(kind: type[Record] | None, value: str) -> bool:
    """Whether a value seems to tell who came, wherever it stands: a row may have slipped to the side.

    Args:
        kind: that of its row; None where nobody can tell.
    """
    is_of_people = kind is None or any(personal(kind))
    return is_of_people and (names_somebody(value, "") or any(numbers_in(value)))
