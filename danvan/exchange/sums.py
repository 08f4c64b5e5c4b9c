"""Aggregate rows that say what the others beside them say together: totals, whatever they are called.

The convention: rows are beside each other in one sheet, of one kind and the same days, where no choice sets them
apart. Nothing is said of figures that chance makes as well, such as 2, 3 and 5 turns.
"""

from __future__ import annotations

from functools import cache
from operator import add

from danvan.overlaps import sort_of
from danvan.records import Record, fields

Figures = tuple[int, ...]
SIGNS = 4  # so many rows that are summed, and figures that differ, make sums of them


class Beside:
    """Rows beside each other, of which the sums and the largest are kept."""

    def __init__(self, count: int) -> None:
        self.sums: Figures = (0,) * count
        self.largest: Figures = ()
        self.places: list[int] = []  # of rows that say the largest figures
        self.filled = 0  # rows in which not all is 0

    def add(self, figures: Figures, place: int) -> None:
        """Meet the next row."""
        self.sums = tuple(map(add, self.sums, figures))
        self.filled += any(figures)
        if figures > self.largest:
            self.largest, self.places = figures, []
        if figures == self.largest:
            self.places.append(place)

    def totals(self) -> list[int]:
        """The places of the rows that say what all others say together."""
        count = len(self.places)
        summed = self.filled - count
        is_sum = summed > 1 and self.sums == tuple((count + 1) * figure for figure in self.largest)
        return self.places if is_sum and summed + len({*self.largest} - {0}) >= SIGNS else []


class Sums:
    """The rows of a sheet after the other."""

    def __init__(self) -> None:
        self._groups: dict[object, Beside] = {}
        self._sheet: object = None
        self._found: list[int] = []

    def add(self, record: Record, place: int, sheet: object) -> None:
        """Meet the next record."""
        if record.to is None:
            return
        if sheet != self._sheet:
            self._settle()
            self._sheet = sheet
        figures = tuple([getattr(record, name) or 0 for name in _numbers(type(record))])
        key = (type(record), record.date, record.to, sort_of(record).choices)
        self._groups.setdefault(key, Beside(len(figures))).add(figures, place)

    def found(self) -> list[int]:
        """The places of rows of totals."""
        self._settle()
        return sorted(self._found)

    def _settle(self) -> None:
        self._found += [place for rows in self._groups.values() for place in rows.totals()]
        self._groups.clear()


@cache
def _numbers(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, field in fields(kind).items() if field.is_number)
