"""What a file from elsewhere holds, whatever its format: sheets of cells, or objects."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

EPOCH = date(1899, 12, 30)  # from which spreadsheets count days
Cell = str | int | float | bool | date | datetime | time | timedelta | None
Area = tuple[tuple[int, int], tuple[int, int]]  # rows and columns of merged cells, from 0: (top, left), (bottom, right)


class Table(NamedTuple):
    """A sheet or a text file of rows.

    Attributes:
        sheet: its name; empty in a text file.
        rows: the number of each row as a spreadsheet counts, and its cells from the column `first` on.
        merged: its merged cells.
        faults: cells that have no value although they should, with the key of the fault.
        hidden: the numbers of rows that whoever looks at the sheet does not see.
        unseen: the same of columns, from 0.
        epoch: the day from which days are counted that are written as numbers.
    """

    sheet: str
    rows: Iterator[tuple[int, Sequence[Cell]]]
    first: int = 0
    merged: Sequence[Area] = ()
    faults: Mapping[str, str] = {}
    hidden: Collection[int] = ()
    unseen: Collection[int] = ()
    epoch: date = EPOCH


class Objects(NamedTuple):
    """Records as objects, each with its number in the file."""

    objects: Iterator[tuple[int, dict[str, Any]]]


class Hidden(NamedTuple):
    """A sheet that was passed over because it is hidden."""

    sheet: str


Part = Table | Objects | Hidden


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell, or nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def letters(at: int) -> str:
    """The letters of a column, counted from 0."""
    name = ""
    while at >= 0:
        name, at = chr(ord("A") + at % 26) + name, at // 26 - 1
    return name
