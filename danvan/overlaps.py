"""When two records may count the same thing twice: one rule for adding, checking and reporting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from itertools import accumulate, compress, product
from operator import and_, attrgetter
from typing import NamedTuple
from unicodedata import combining, normalize

from danvan.places import register_of
from danvan.records import Record, fields

Numbered = tuple[int, Record]

DOWNWARD = re.compile(r"\s*[/>]\s*")  # "Quận Ba Đình / Phường Trúc Bạch"; with commas the smaller unit comes first

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng


class Sort(NamedTuple):
    """What sets a record apart from others of its unit and days.

    Attributes:
        choices: what it says of each choice of its kind, in their order.
        known: of an aggregate row, which of the numbers of its kind it knows.
    """

    kind: type[Record]
    is_aggregate: bool
    lot: tuple[str, str] | None
    choices: tuple[object, ...]
    known: tuple[bool, ...]


def sort_of(record: Record) -> Sort:
    """The sort of a record."""
    kind = type(record)
    said, count = _said(kind)(record), len(_telling(kind)[0])
    known = tuple([value is not None for value in said[count:]]) if record.is_aggregate else ()
    return Sort(kind, record.is_aggregate, record.lot, said[:count], known)


@cache
def _telling(kind: type[Record]) -> tuple[list[str], list[str]]:
    """The choices and the numbers of a kind."""
    own = fields(kind)
    return [n for n, one in own.items() if one.sort == "choice"], [n for n, one in own.items() if one.is_number]


@cache
def _said(kind: type[Record]) -> Callable[[Record], tuple[object, ...]]:
    """What reads the choices and the numbers of a record: this runs for each row of a long list."""
    choices, numbers = _telling(kind)
    return attrgetter(*choices, *numbers)


@lru_cache(maxsize=1 << 16)
def may_share(one: Sort, other: Sort) -> bool:
    """Whether records of two sorts, of which at least one is of aggregate rows, may count the same on the same days.

    They do not if a choice that both know sets them apart, or if both are rows that share no known number.
    """
    if one.kind is not other.kind or not (one.is_aggregate or other.is_aggregate):
        return False
    if one.lot and other.lot and one.lot != other.lot:
        return False
    # The lot says what the state of a single model does not: that it was registered, whatever became of it.
    lot = one.lot[0] if one.lot else ""
    for name, mine, others in zip(_telling(one.kind)[0], one.choices, other.choices, strict=True):
        if name != lot and None not in (mine, others) and mine != others:
            return False
    return not (one.known and other.known) or any(map(and_, one.known, other.known))


def count_alike(one: Record, other: Record) -> bool:
    """Whether two records of one kind and unit, of which at least one is an aggregate row, may count the same."""
    return one.period.overlaps(other.period) and may_share(sort_of(one), sort_of(other))


class Bundle:
    """Records of one register that nothing but what they count sets apart, with their numbers."""

    def __init__(self, register: str | None, record: Record, sort: Sort) -> None:
        self.register = register
        self.unit = record.unit
        self.period = record.period
        self.sort = sort
        self.entries: list[Numbered] = []

    def counts_alike(self, other: Bundle) -> bool:
        """Whether its records may count what those of another bundle count."""
        return self.period.overlaps(other.period) and may_share(self.sort, other.sort)

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of its records, in their order here."""
        return [number for number, _ in self.entries]

    @cached_property
    def sums(self) -> Mapping[str, int]:
        """What its rows count together, of the numbers that they know."""
        names = [*compress(_telling(self.sort.kind)[1], self.sort.known)]
        return {name: sum([getattr(record, name) for _, record in self.entries]) for name in names}

    @cached_property
    def months(self) -> range:
        """The months in which its days lie, counted from the year 0."""
        first, last = self.period.begin, self.period.last
        return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


def bundled(entries: Iterable[Numbered]) -> Collection[Bundle]:
    """Records as bundles."""
    found: dict[tuple[object, ...], Bundle] = {}
    for entry in entries:
        number, record = entry
        register, sort = register_of(number), sort_of(record)
        key = register, record.unit, record.date, record.to, sort
        if key not in found:
            found[key] = Bundle(register, record, sort)
        found[key].entries.append(entry)
    return found.values()


def side_by_side(rows: Iterable[Bundle], singles: Iterable[Bundle] = ()) -> Iterator[tuple[Bundle, Bundle]]:
    """Bundles of one unit that may count the same, two by two; one with itself if its own records may."""
    placed: dict[tuple[type[Record], str], list[Bundle]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.period.begin):
        placed[row.sort.kind, unit_letters(row.unit)].append(row)
    for near in placed.values():
        for at, row in enumerate(near):
            if len(row.entries) > 1 and row.counts_alike(row):
                yield row, row
            for other in near[at + 1 :]:
                if other.period.begin >= row.period.end:
                    break
                if same_unit(row.unit, other.unit) and row.counts_alike(other):
                    yield row, other
    for single in singles:
        for row in placed.get((single.sort.kind, unit_letters(single.unit)), ()):
            if row.counts_alike(single) and same_unit(row.unit, single.unit):
                yield row, single


def above_and_below(rows: Iterable[Bundle], others: Iterable[Bundle]) -> Iterator[tuple[Bundle, Bundle]]:
    """The bundles of rows that may count what records of units below count, with each bundle of these."""
    placed: dict[tuple[type[Record], str, int], list[Bundle]] = defaultdict(list)
    for row in rows:
        for month in row.months:
            placed[row.sort.kind, unit_letters(lineage(row.unit)[-1]), month].append(row)
    for other in others if placed else ():
        for unit, month in product(lineage(other.unit)[:-1], other.months):
            for row in placed.get((other.sort.kind, unit_letters(unit), month), ()):
                is_first = month == max(row.months[0], other.months[0])  # of those that both lie in
                if is_first and same_unit(lineage(row.unit)[-1], unit) and row.counts_alike(other):
                    yield row, other


def added_below(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    """The aggregate rows that may hold what rows of units below say in their register, and these.

    A larger unit may as well have sent what only its own office did, so that nothing is said where its figures are
    too small to hold those below.
    """
    bundles = bundled(rows)
    below: dict[Bundle, list[Bundle]] = defaultdict(list)
    for above, other in above_and_below(bundles, bundles):
        if above.register == other.register:
            below[above].append(other)
    for above, found in below.items():
        sums = [one.sums for one in found if above.period.covers(one.period)]
        totals = {name: sum([one.get(name, 0) for one in sums]) for name in above.sums}
        holding = [entry for entry in above.entries if _may_hold(entry[1], totals)]
        yield from holding
        for one in found if holding else ():
            yield from one.entries


def _may_hold(row: Record, totals: Mapping[str, int]) -> bool:
    """Whether the figures of an aggregate row are large enough to hold others of which not all are 0."""
    return any(totals.values()) and all(total <= getattr(row, name) for name, total in totals.items())


def tiers(unit: str) -> list[str]:
    """The units that a text names, the largest first."""
    parts = DOWNWARD.split(unit) if DOWNWARD.search(unit) else unit.split(",")[::-1]
    return list(filter(None, map(str.strip, parts))) or [""]


@cache
def lineage(unit: str) -> tuple[str, ...]:
    """The units in which a unit lies, as far as its text names them, then itself, each with those above it."""
    return tuple(accumulate(tiers(unit), "{} / {}".format))


def has_larger(unit: str) -> bool:
    """Whether the text of a unit names one in which it lies."""
    return len(lineage(unit)) > 1


def same_unit(one: str, other: str) -> bool:
    """Whether two texts may name one unit, however it is spelled.

    "Trung Hòa" and "trung  Hoà" are one unit; "Phường Lạc" and "Phường Lác" are two; "phuong lac", typed without any
    accent, may be either.
    """
    if one == other or unit_key(one) == unit_key(other):
        return True
    return unit_letters(one) == unit_letters(other) and (is_bare(one) or is_bare(other))


@cache
def unit_letters(name: str) -> str:
    """What is the same for all texts that `same_unit` may take for one unit: they differ in accents and case only."""
    letters = (letter for letter in normalize("NFD", name.casefold()) if not combining(letter))
    return " ".join("".join(letters).replace("đ", "d").split())


def is_bare(name: str) -> bool:
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
