"""What records are worth comparing with: those of one kind and unit, and of one day (of models: year).

The convention: kinds and units are numbers, the same for all texts that `same_unit` may take for one, and days are
numbers as well, so that they can be kept of half a million records and be asked of each line of a register.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache

import msgspec

from danvan.exchange.incoming.packed import Texts
from danvan.overlaps import unit_letters
from danvan.records import KINDS, Model, Record, tag_of

Kind = type[Record]
TAGS = tuple(KINDS)
SLOTS = 1 << 22  # two days of units in one slot only cost the time of comparing what differs
MANY = 1 << 16  # files and registers have many records of few units and days
# What the JSON text of a record begins with: its kind, its day, the last day of a row, its unit.
PLACED = re.compile(rb'\{"kind":"(\w+)","date":"([^"]*)"(,"to":"[^"]*")?(?:,"unit":("(?:[^"\\]|\\.)*"))?')
DATED = slice(9, 42)  # where kind and day stand, and whether the last day of a row follows


class Met:
    """Records of a register that are worth comparing with some of files.

    Args:
        singles: the kind with the unit, and the day of each single record of the files.
        rows: the kinds with the units of aggregate rows.

    Attributes:
        numbers, texts: of those that were kept.
    """

    def __init__(self, singles: Iterable[tuple[int, int]], rows: Collection[int]) -> None:
        self.numbers = array("q")
        self.texts = Texts()
        self._rows = rows
        self._units = {*rows}
        self._days: set[int] = set()
        self._placed = bytearray(SLOTS)
        self._known: dict[bytes, bool] = {}
        for unit, day in singles:
            self._units.add(unit)
            self._days.add(day)
            self._placed[_slot(unit, day)] = True

    def is_far(self, text: bytes) -> bool:
        """Whether what a JSON text says is not worth comparing; a record with its fields in another order is."""
        dated = text[DATED]
        is_far = self._known.get(dated)
        if is_far is None:
            is_far = self._known[dated] = self._is_another_day(text)
        return is_far or self._is_elsewhere(text)

    def keep(self, number: int, record: Record) -> None:
        """Keep a record, if it is of one of the three kinds."""
        if tag_of(type(record)) in KINDS:
            self.numbers.append(number)
            self.texts.add(msgspec.json.encode(record))

    def _is_another_day(self, text: bytes) -> bool:
        placed = PLACED.match(text)
        if placed is None or placed[1].decode() not in KINDS:
            return placed is not None
        return not (placed[3] or self._rows) and _day_said(placed[1], placed[2]) not in self._days

    def _is_elsewhere(self, text: bytes) -> bool:
        placed = PLACED.match(text)
        if not placed:
            return False
        tag, day, row, said = placed.groups()
        unit = _unit_said(tag, said)
        if row:
            return unit not in self._units
        return unit not in self._rows and not self._placed[_slot(unit, _day_said(tag, day))]


@lru_cache(maxsize=MANY)
def unit_number(kind: Kind, unit: str) -> int:
    """The number of a kind and a unit."""
    return hash((TAGS.index(tag_of(kind)), unit_letters(unit)))


def day_number(kind: Kind, day: date) -> int:
    """The number of the day of a single record; of a model that of its year."""
    return day.year if kind is Model else day.toordinal()


def _slot(unit: int, day: int) -> int:
    """The place of a unit's day among all that are kept."""
    return hash((unit, day)) % SLOTS


@lru_cache(maxsize=MANY)
def _unit_said(tag: bytes, unit: bytes | None) -> int:
    return unit_number(KINDS[tag.decode()], msgspec.json.decode(unit) if unit else "")


@lru_cache(maxsize=MANY)
def _day_said(tag: bytes, day: bytes) -> int:
    try:
        return day_number(KINDS[tag.decode()], date.fromisoformat(day.decode()))
    except ValueError:  # a damaged line is for those to tell who need it
        return 0
