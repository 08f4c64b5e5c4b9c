"""When two records may count the same thing twice: one rule for adding, checking and reporting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from unicodedata import combining, normalize

from danvan.records import Record, fields

Numbered = tuple[int, Record]

DOWNWARD = re.compile(r"\s*[/>]\s*")  # "Quận Ba Đình / Phường Trúc Bạch"; with commas the smaller unit comes first

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng


def count_alike(one: Record, other: Record) -> bool:
    """Whether two records of one kind and unit, of which at least one is an aggregate row, may count the same.

    They do not if they speak of different days, if a choice that both know sets them apart, or if both are rows
    that share no known number.
    """
    if not one.period.overlaps(other.period) or not (one.is_aggregate or other.is_aggregate):
        return False
    mine, others = one.lot, other.lot
    if mine and others and mine != others:
        return False
    described = fields(type(one))
    # The lot says what the state of a single model does not: that it was registered, whatever became of it.
    choices = [name for name, field in described.items() if field.sort == "choice" and not (mine and name == mine[0])]
    if any(None not in pair and pair[0] != pair[1] for pair in _pairs(one, other, choices)):
        return False
    if not (one.is_aggregate and other.is_aggregate):
        return True
    numbers = [name for name, field in described.items() if field.is_number]
    return any(None not in pair for pair in _pairs(one, other, numbers))


def _pairs(one: Record, other: Record, names: list[str]) -> list[tuple[object, object]]:
    return [(getattr(one, name), getattr(other, name)) for name in names]


def may_hold(row: Record, others: Iterable[Record]) -> bool:
    """Whether the figures of an aggregate row are large enough to hold those of others that lie within its days."""
    numbers = {name: getattr(row, name) for name, field in fields(type(row)).items() if field.is_number}
    sums = dict.fromkeys((name for name, value in numbers.items() if value is not None), 0)
    for other in others:
        if row.period.covers(other.period):
            for name in sums:
                sums[name] += getattr(other, name) or 0
    return any(sums.values()) and all(total <= numbers[name] for name, total in sums.items())


def above_and_below(rows: Iterable[Numbered], entries: Iterable[Numbered]) -> Iterator[tuple[Numbered, Numbered]]:
    """The aggregate rows that may count what records of units below count, with each of these."""
    placed: dict[tuple[str, int], list[Numbered]] = defaultdict(list)
    for row in rows:
        for month in _months(row[1]):
            placed[unit_letters(row[1].unit), month].append(row)
    for entry in entries if placed else ():
        for unit, month in product(larger_units(entry[1].unit), _months(entry[1])):
            for row in placed.get((unit_letters(unit), month), ()):
                is_first = month == max(_months(row[1])[0], _months(entry[1])[0])  # of those that both lie in
                if is_first and same_unit(row[1].unit, unit) and count_alike(row[1], entry[1]):
                    yield row, entry


def _months(record: Record) -> range:
    """The months in which the days of a record lie, counted from the year 0."""
    last = record.to or record.date
    return range(record.date.year * 12 + record.date.month, last.year * 12 + last.month + 1)


def added_below(rows: Sequence[Numbered]) -> Iterator[Numbered]:
    """The aggregate rows that may hold what rows of units below say, and these.

    A larger unit may as well have sent what only its own office did, so that nothing is said where its figures are
    too small to hold those below.
    """
    below: dict[int, tuple[Numbered, list[Numbered]]] = {}
    for row, entry in above_and_below(rows, rows):
        below.setdefault(row[0], (row, []))[1].append(entry)
    for row, found in below.values():
        if may_hold(row[1], [record for _, record in found]):
            yield row
            yield from found


def larger_units(unit: str) -> Iterator[str]:
    """The units in which a unit lies, as far as its text names them, spelled as there."""
    for mark in DOWNWARD.finditer(unit):
        yield unit[: mark.start()]
    if not DOWNWARD.search(unit):
        parts = unit.split(",")
        yield from (",".join(parts[at:]).strip() for at in range(1, len(parts)))


def same_unit(one: str, other: str) -> bool:
    """Whether two texts may name one unit, however it is spelled.

    "Trung Hòa" and "trung  Hoà" are one unit; "Phường Lạc" and "Phường Lác" are two; "phuong lac", typed without any
    accent, may be either.
    """
    if one == other or unit_key(one) == unit_key(other):
        return True
    return unit_letters(one) == unit_letters(other) and (_is_bare(one) or _is_bare(other))


@cache
def unit_letters(name: str) -> str:
    """What is the same for all texts that `same_unit` may take for one unit: they differ in accents and case only."""
    letters = (letter for letter in normalize("NFD", name.casefold()) if not combining(letter))
    return " ".join("".join(letters).replace("đ", "d").split())


def _is_bare(name: str) -> bool:
    """Whether a name was typed without any accent."""
    return unit_letters(name) == " ".join(name.casefold().split())


@cache
def unit_key(name: str) -> str:
    """What is the same for two spellings of one unit: other capitals, other spaces, a tone on the other vowel."""
    words = []
    for word in normalize("NFD", name.casefold()).split():
        tones = "".join(letter for letter in word if letter in TONES)
        words.append("".join(letter for letter in word if letter not in TONES) + tones)
    return " ".join(words)
