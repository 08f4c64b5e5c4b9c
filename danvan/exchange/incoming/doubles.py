"""Records that may say the same twice, found without comparing each with each.

The convention: `cautions` and `overlaps` have the rules; here it is only decided which records are worth comparing.
Of each record a few numbers are kept, for there may be half a million: rows of one unit are swept in the order of
their days, by what sets them apart; single records of one unit and day (of models: year) are compared with their
neighbours in the order of their texts, read forwards and backwards.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from itertools import combinations, islice
from typing import NamedTuple

from danvan.cautions import GENERIC, TWICE, alike_by
from danvan.exchange.incoming.near import Met, day_number, unit_number
from danvan.exchange.incoming.packed import Texts
from danvan.formatting.texts import fold
from danvan.overlaps import Sort, may_share, same_unit, sort_of, unit_key
from danvan.records import Record, tag_of

Decode = Callable[[bytes], Record]
Said = tuple[str, ...]  # folded texts of a record
MOST = 100  # rows of one unit that a single record is compared with, and sorts of rows that one of them is
NEIGHBOURS = 2
FEW = NEIGHBOURS + 1  # so many are compared each with each
BEGINNING = 4  # letters
PART = 100_000  # records of which those of the same unit and day are found at once
PIECE = 50_000  # texts in memory at once
CLOSE = 500  # of them those that are records meanwhile


class Double(NamedTuple):
    """Two places at which the same may be said, the earlier first; `name` is the field, if any, `key` the caution."""

    one: int
    other: int
    tag: str
    name: str
    key: str


class Row(NamedTuple):
    """An aggregate row: its first and last day, its place, and the number of what sets it apart from others."""

    begin: int
    end: int
    place: int
    sort: int


class Doubles:
    """What is worth comparing of records that are met one after the other."""

    def __init__(self) -> None:
        self._where = array("q")  # of each record: its kind and unit
        self._own = sys.maxsize  # so many are of the files; those behind were met
        self._days = array("i")  # of single ones; 0 of aggregate rows
        self._rows: dict[int, array[int]] = {}
        self._sorts: dict[object, int] = {}
        self._of: list[tuple[Sort, str]] = []  # of each sort
        self._apart: dict[tuple[int, int], bool] = {}

    def add(self, record: Record) -> None:
        """Keep what is needed of the next record."""
        kind = type(record)
        where = unit_number(kind, record.unit)
        if record.to is not None:
            row = (record.date.toordinal(), record.to.toordinal(), len(self._where), self._sort(record))
            self._rows.setdefault(where, array("i")).extend(row)
            self._days.append(0)
        else:
            self._days.append(day_number(kind, record.date))
        self._where.append(where)

    def rows(self) -> list[int]:
        """The places of aggregate rows."""
        return sorted(row.place for kept in self._rows.values() for row in _rows(kept))

    def meeting(self) -> Met:
        """What gathers the records of a register that are worth comparing with these."""
        singles = ((unit, day) for unit, day in zip(self._where, self._days, strict=True) if day)
        return Met(singles, self._rows.keys())

    def joined(self, others: Iterable[Record]) -> Doubles:
        """These and, behind them, records that were met; those are not compared with each other."""
        both = deepcopy(self)
        both._own = len(self._where)
        for record in others:
            both.add(record)
        return both

    def found(self, texts: Texts, decode: Decode) -> Iterator[Double]:
        """The pairs: of rows and of what they count enough that none is left without those that were in one.

        Args:
            texts: those of the records, in the same order.
        """
        for kept in self._rows.values():
            yield from self._overlapping(sorted(_rows(kept)))
        if self._rows:
            yield from self._counted(texts, decode)
        blocks, size = list[list[int]](), 0
        for block in self._blocks():
            blocks.append(block)
            size += len(block)
            if size >= PIECE:
                yield from self._alike(blocks, texts, decode)
                blocks, size = [], 0
        yield from self._alike(blocks, texts, decode)

    def _overlapping(self, rows: Iterable[Row]) -> Iterator[Double]:
        """Rows, in the order of their days, that may count the same as one before."""
        latest: dict[tuple[bool, int], Row] = {}  # of each sort the row that ends last
        for row in rows:
            is_own = row.place < self._own
            for (is_other_own, _), other in latest.items():
                is_asked = (is_own or is_other_own) and other.end >= row.begin
                if is_asked and not self._are_apart(other.sort, row.sort):
                    yield self._twice(other.place, row.place, row.sort, "rows_overlap")
            known = latest.get((is_own, row.sort))
            if (known is None and len(latest) < MOST) or (known and known.end < row.end):
                latest[is_own, row.sort] = row

    def _counted(self, texts: Texts, decode: Decode) -> Iterator[Double]:
        """Single records that a row of their unit may count as well."""
        placed = enumerate(zip(self._where, self._days, strict=True))
        near = (place for place, (where, day) in placed if day and where in self._rows)
        while places := set(islice(near, PIECE)):
            rows = {where: [*islice(_rows(self._rows[where]), MOST)] for where in {self._where[at] for at in places}}
            for place, text in texts.some(places).items():
                record = decode(text)
                day, sort = record.date.toordinal(), self._sort(record)
                for row in rows[self._where[place]]:
                    is_asked = min(row.place, place) < self._own and row.begin <= day <= row.end
                    if is_asked and not self._are_apart(row.sort, sort):
                        yield self._twice(row.place, place, sort, "overlaps")

    def _alike(self, blocks: Iterable[Collection[int]], texts: Texts, decode: Decode) -> Iterator[Double]:
        """Single records of blocks that are much alike."""
        said = texts.some({place for block in blocks for place in block}) if blocks else {}
        record = lru_cache(maxsize=CLOSE)(lambda place: decode(said[place]))
        for block in blocks:
            tag = tag_of(type(record(min(block))))
            name, key = TWICE[tag]
            for one, other in self._near(block, record, name):
                is_met = self._is_met(one, other)
                if by := alike_by(record(one), record(other), is_later=is_met, knows_who=True):
                    yield Double(one, other, tag, by, key)

    def _near(self, block: Collection[int], record: Callable[[int], Record], name: str) -> Iterator[tuple[int, int]]:
        """The pairs of a block that are worth comparing: among the files, and of what they met."""
        if len(block) <= FEW:
            yield from ((one, other) for one, other in combinations(block, 2) if one < self._own)
            return
        texts = {place: _texts(record(place), name) for place in block}
        own = {place: text for place, text in texts.items() if place < self._own}
        yield from _neighbours(own)
        if len(own) < len(texts):
            yield from (pair for pair in _neighbours(texts) if self._is_met(*pair))

    def _is_met(self, one: int, other: int) -> bool:
        """Whether of two records, the earlier first, the second is one that the first has met."""
        return one < self._own <= other

    def _blocks(self) -> Iterator[list[int]]:
        """The places of single records that have unit and day in common with others."""
        keys = array("q", map(hash, zip(self._where, self._days, strict=True)))
        parts = 1 + len(keys) // PART
        for part in range(parts):
            counts = Counter(keys if parts == 1 else (key for key in keys if key % parts == part))
            blocks: dict[int, list[int]] = {key: [] for key, count in counts.items() if count > 1}
            for place, key in enumerate(keys) if blocks else ():
                if key in blocks and self._days[place]:
                    blocks[key].append(place)
            for places in blocks.values():
                yield from (places[at : at + PIECE] for at in range(0, len(places), PIECE))

    def _sort(self, record: Record) -> int:
        """The number of what sets a record apart from others of its days, and of units of much the same name."""
        sort = sort_of(record)
        number = self._sorts.setdefault((sort, unit_key(record.unit)), len(self._of))
        if number == len(self._of):
            self._of.append((sort, record.unit))
        return number

    def _are_apart(self, one: int, other: int) -> bool:
        if (one, other) not in self._apart:
            (mine, unit), (others, elsewhere) = self._of[one], self._of[other]
            self._apart[one, other] = not (same_unit(unit, elsewhere) and may_share(mine, others))
        return self._apart[one, other]

    def _twice(self, one: int, other: int, sort: int, key: str) -> Double:
        told, unit = self._of[sort]
        return Double(min(one, other), max(one, other), tag_of(told.kind), "unit" if unit else "", key)


def _rows(kept: array[int]) -> Iterator[Row]:
    return map(Row, kept[::4], kept[1::4], kept[2::4], kept[3::4])


def _texts(record: Record, name: str) -> Said:
    """What tells a record from others, so that alike ones have it alike: its text, its reference, and who came."""
    others = (fold(getattr(record, one, "")) for one in ("reference", "citizen"))
    return (GENERIC.sub("", fold(getattr(record, name))).strip(), *others)


def _neighbours(block: Mapping[int, Said]) -> Iterator[tuple[int, int]]:
    """The places of records whose texts are near to each other in one of several orders."""
    if len(block) <= FEW:
        yield from combinations(block, 2)
        return
    said, *named = ([(texts[at], place) for place, texts in block.items()] for at in range(3))
    named = [[one for one in order if one[0]] for order in named]
    for order in (said, [(text[::-1], place) for text, place in said], *named):
        order.sort()
        for at, (text, place) in enumerate(order):
            for other, there in order[at + 1 : at + 1 + NEIGHBOURS]:
                # Texts that are alike begin, or end, in the same letters and are about as long.
                is_near = text[:BEGINNING] == other[:BEGINNING]
                if is_near and 2 * len(text) <= 3 * len(other) and 2 * len(other) <= 3 * len(text):
                    yield min(place, there), max(place, there)
