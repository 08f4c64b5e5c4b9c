"""Aggregate rows that say what the others beside them say together: totals, whatever they are called.

The convention: rows are beside each other in one sheet, of one kind and the same days, where no choice sets them
apart. A total stands before or behind what it sums: all the others, and then it is one in all months of its sheet; or
the rows of one part, and then there are several of them. Nothing is said of figures that chance makes as well, such as
2, 3 and 5 turns; the more rows a sheet has, the more of them chance makes sums of a part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import log2
from operator import add, gt
from typing import NamedTuple

from danvan.overlaps import sort_of
from danvan.records import Record, fields

Figures = tuple[int, ...]
ENOUGH = 7  # binary figures that differ: chance seldom makes so many of them
PARTS = 10  # as many that chance does not explain in the sums of parts of a sheet


class Total(NamedTuple):
    """A row that says what all others beside it say together: its place and unit, and how much that tells."""

    place: int
    unit: str
    weight: int


class Beside:
    """Rows beside each other, of which the sums and the largest are kept."""

    def __init__(self, count: int) -> None:
        self.sums: Figures = (0,) * count
        self.largest: Figures = ()
        self.alike: list[tuple[int, str]] = []  # the places and units of the rows that say the largest figures
        self.units: set[str] = set()
        self.filled = 0  # rows in which not all is 0
        self.first = self.last = -1

    def add(self, figures: Figures, place: int, unit: str) -> None:
        """Meet the next row."""
        self.first, self.last = place if self.first < 0 else self.first, place
        self.units.add(unit)
        self.sums = tuple(map(add, self.sums, figures))
        self.filled += any(figures)
        if figures > self.largest:
            self.largest, self.alike = figures, []
        if figures == self.largest:
            self.alike.append((place, unit))

    @property
    def is_telling(self) -> bool:
        """Whether enough is summed to tell totals by."""
        return self.filled - len(self.alike) > 1

    def totals(self) -> Iterator[Total]:
        """The rows at either end that say what all others say together."""
        count = len(self.alike)
        if self.is_telling and self.sums == tuple((count + 1) * figure for figure in self.largest):
            ends = (self.first, self.last)
            yield from (Total(place, unit, _weight(self.largest)) for place, unit in self.alike if place in ends)


class Added:
    """Rows that are added up."""

    def __init__(self, count: int) -> None:
        self.sums: Figures = (0,) * count
        self.filled = 0

    def add(self, figures: Figures) -> None:
        """Add a row."""
        self.sums = tuple(map(add, self.sums, figures))
        self.filled += any(figures)

    def say(self, figures: Figures) -> bool:
        """Whether they say some figures together."""
        return self.filled > 1 and self.sums == figures


class Parts:
    """Rows beside each other that are met one after the other, and those of them that sum a part.

    Attributes:
        found: how much each of these tells, by its place.
    """

    def __init__(self, count: int) -> None:
        self.found: dict[int, int] = {}
        self._count = count
        self._rows, self._sums = Added(count), Added(count)  # since the last sum behind a part, and such sums
        self._head: Figures | None = None  # what may sum the rows behind it
        self._place = 0
        self._behind = Added(count)

    def add(self, figures: Figures, place: int) -> None:
        """Meet the next row."""
        self._look_back(figures, place)
        self._look_ahead(figures, place)

    def _look_back(self, figures: Figures, place: int) -> None:
        if self._rows.say(figures):
            self._keep(figures, place)
            self._sums.add(figures)
            self._rows = Added(self._count)
        elif not self._rows.filled and self._sums.say(figures):
            self._keep(figures, place)
        else:
            self._rows.add(figures)

    def _look_ahead(self, figures: Figures, place: int) -> None:
        self._behind.add(figures)
        if self._head is not None and self._behind.say(self._head):
            self._keep(self._head, self._place)
            self._head = None
        elif self._head is None or any(map(gt, self._behind.sums, self._head)):
            self._head, self._place, self._behind = figures, place, Added(self._count)

    def _keep(self, figures: Figures, place: int) -> None:
        self.found[place] = _told_by(figures)


def _weight(figures: Figures) -> int:
    return sum(figure.bit_length() for figure in {*figures})


def _told_by(figures: Figures) -> int:
    """The binary figures that a row tells: those by which each of its figures differs from the next smaller one."""
    return sum((high - low).bit_length() for low, high in pairwise(sorted([0, *figures])))


def _beyond_chance(rows: Mapping[int, str], found: Mapping[int, int]) -> list[int]:
    """The rows that sum parts, if they tell more than chance does.

    Chance has two tries with each unit of a sheet, and picks any of its rows and any of the units.

    Args:
        rows: the units of the rows of a sheet, by their places.
        found: how much those tell that seem to sum a part, by their places.
    """
    counts, sums = Counter(rows.values()), defaultdict[str, list[int]](list)
    for place in found:
        sums[rows[place]].append(place)
    told = {unit: sum(found[place] for place in places) - counts[unit] for unit, places in sums.items()}
    kept, proof = list[int](), 0.0
    for rank, unit in enumerate(sorted(told, key=told.__getitem__, reverse=True), 1):
        more = told[unit] - log2(2 * len(counts) / rank)
        if more <= 0:
            break
        kept, proof = kept + sums[unit], proof + more
    return kept if len(kept) > 1 and proof >= PARTS else []


class Sums:
    """The rows of a sheet after the other."""

    def __init__(self) -> None:
        self._groups: dict[object, tuple[Beside, Parts]] = {}
        self._units: dict[int, str] = {}  # of the rows of the sheet, by their places
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
        if key not in self._groups:
            self._groups[key] = Beside(len(figures)), Parts(len(figures))
        beside, parts = self._groups[key]
        self._units[place] = record.unit
        beside.add(figures, place, record.unit)
        parts.add(figures, place)

    def found(self) -> list[int]:
        """The places of rows of totals."""
        self._settle()
        return sorted({*self._found})

    def _settle(self) -> None:
        groups = [beside for beside, _ in self._groups.values()]
        parts = {place: told for _, one in self._groups.values() for place, told in one.found.items()}
        self._found += _beyond_chance(self._units, parts) if len(parts) > 1 else ()
        met = Counter(unit for rows in groups if rows.is_telling for unit in rows.units)
        totals = [total for rows in groups for total in rows.totals()]
        times, weight = Counter(total.unit for total in totals), Counter[str]()
        for total in totals:
            weight[total.unit] += total.weight
        self._found += [one.place for one in totals if times[one.unit] >= met[one.unit] and weight[one.unit] >= ENOUGH]
        self._groups.clear()
        self._units.clear()


@cache
def _numbers(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, field in fields(kind).items() if field.is_number)
