"""Figures by the day, from which a report is added up without going through the records.

The convention: only **plain** records are held here, single ones on which a report has nothing to remark; whatever
else there is (rows, records without a unit, audits whose amounts do not add up …) is counted record by record.
What a plain record adds to a measure is found by `share_of`, as everywhere. Tables, one a kind and calendar year,
are read when they are asked for.

A series holds a number for each day of a year: what is added to a measure ("models.registered", and for a figure on
large groups "receptions.regular.groups@10"), how many records could not tell ("?…") or could tell a part only
("~…"). Measures of one scope share the count of the records they speak of ("#…").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from danvan.overlaps import unit_letters
from danvan.periods import ONE_DAY, Period, days
from danvan.records import KINDS, Audit, Record, fields, problems, tag_of
from danvan.reports.figures import matches, share_of
from danvan.reports.ledger import LAST_DAY, Numbered, reached, work
from danvan.reports.measures import BY_KEY, MEASURES, MOVED, RUNNING, Condition, Measure
from danvan.reports.remarks import is_remarkable
from danvan.reports.tally import Tally

THRESHOLDS = (5, 10)  # from how many people the statutory forms and the article count a large group
DAYS = 366
PLAIN = 14  # goes up with every change of what is plain, or of when and how it counts
# Changes with what is counted: tables that another danvan made may hold something else.
FINGERPRINT = f"{crc32(repr((MEASURES, THRESHOLDS, PLAIN)).encode()):08x}"
Read = Callable[[str], memoryview | None]
Parts = tuple[tuple[str, int], ...]


class Table(msgspec.Struct):
    """Series by name, and the units, as `unit_letters` has them, that they speak of.

    Attributes:
        done: what was done on conclusions of other days: a measure, the day and that of the conclusion, and how often.
    """

    series: dict[str, list[int]]
    units: set[str]
    done: dict[str, int] = {}

    def add(self, parts: Parts, day: date, sign: int) -> None:
        """Add to series on a day."""
        at = day.timetuple().tm_yday - 1
        for name, amount in parts:
            found = self.series.get(name)
            if found is None:
                found = self.series[name] = [0] * DAYS
            found[at] += sign * amount

    def follow(self, parts: Parts, day: date, concluded: date, sign: int) -> None:
        """Note that something was done on a day on a conclusion of another day."""
        for name in (f"{measure} {day} {concluded}" for measure, _ in parts if measure in BY_KEY and day != concluded):
            self.done[name] = self.done.get(name, 0) + sign


_TABLE = msgspec.json.Decoder(Table)


class Daily:
    """The figures of plain records by the day.

    Args:
        read: a table by its name, as `tables` made it; None where there is none.
    """

    def __init__(self, read: Read = lambda _name: None) -> None:
        self._read = read
        self._tables: dict[str, Table] = {}
        self._stretches: dict[tuple[str, Period], list[tuple[Table, int, int]]] = {}

    def add(self, record: Record, sign: int = 1) -> None:
        """Count a plain record; with a `sign` of -1, no longer."""
        kind = tag_of(type(record))
        for by, day in {("date", record.date), *reached(record)}:
            if by == RUNNING:
                for stretch in work(record):
                    self._run(kind, *stretch, sign)
            elif parts := _moved_parts(record, day) if by == MOVED else _parts(kind, by, record):
                table = self._table(f"{kind}.{day.year}")
                table.add(parts, day, sign)
                if by == MOVED and isinstance(record, Audit) and record.concluded:
                    table.follow(parts, day, record.concluded, sign)
        if sign > 0:
            self._table(f"{kind}.{record.date.year}").units.add(unit_letters(record.unit))

    def tables(self) -> Iterator[tuple[str, bytes]]:
        """Every table that was read or changed, by name."""
        for name, table in self._tables.items():
            series = {key: numbers for key, numbers in table.series.items() if any(numbers)}
            done = {key: count for key, count in table.done.items() if count}
            yield name, msgspec.json.encode(Table(series, table.units, done))

    def tally(self, measure: Measure, period: Period, threshold: int) -> Tally:
        """What the plain records of a period add to one of `MEASURES`, for one of `THRESHOLDS`.

        Of what is counted in another way nothing is known here: plain records alone give no cause for it.
        """
        if measure.by != BY_KEY[measure.key].by:
            return Tally()
        names = _names(measure, threshold)
        is_present = bool(names.present) and self._sum(measure, names.present, period) > 0
        if measure.by == RUNNING:
            count = self._running(measure.kind, period)
            return Tally(count, count, count, present=is_present)
        counted, unknown = self._sum(measure, names.scope, period), self._sum(measure, names.unknown, period)
        return Tally(
            self._sum(measure, names.value, period),
            counted - unknown,
            counted,
            unknown + self._sum(measure, names.partial, period),
            tuple(self._sum(measure, name, period) > 0 for name in names.families),
            is_present,
        )

    def is_mixed(self, measure: Measure, period: Period) -> bool:
        """Whether something was done in a period on a conclusion of a plain record that does not lie in it."""
        begin, last = str(period.begin), str(period.last)
        tables = (self._table(f"{measure.kind}.{year}") for year in _years(period))
        told = (name.split() for table in tables for name, count in table.done.items() if count)
        return any(key == measure.key and begin <= on <= last and not begin <= day <= last for key, on, day in told)

    def units(self, kind: str, period: Period) -> set[str]:
        """The units, as `unit_letters` has them, that have or had plain records of a kind in the years of a period."""
        return set[str]().union(*(self._table(f"{kind}.{year}").units for year in _years(period)))

    def _sum(self, measure: Measure, name: str, period: Period) -> int:
        key = measure.kind, period
        if key not in self._stretches:
            self._stretches[key] = [
                (self._table(f"{measure.kind}.{year}"), *_stretch(year, period)) for year in _years(period)
            ]
        return sum(
            sum(found[first:last])
            for table, first, last in self._stretches[key]
            if (found := table.series.get(name)) is not None
        )

    def _run(self, kind: str, begun: date, over: date, sign: int) -> None:
        running = self._table(f"{kind}.{RUNNING}")
        running.add(((f"begun {begun.year}", 1),), begun, sign)
        if over != LAST_DAY:
            running.add(((f"over {over.year}", 1),), over, sign)

    def _running(self, kind: str, period: Period) -> int:
        """How many had begun before the period was over, without those that were over when it began."""
        table, count = self._table(f"{kind}.{RUNNING}"), 0
        for name in table.series:
            what, _, year = name.partition(" ")
            sign, end = (1, period.end) if what == "begun" else (-1, period.begin + ONE_DAY)
            if date(int(year), 1, 1) < end:
                first, last = _stretch(int(year), Period(date(int(year), 1, 1), end))
                count += sign * sum(table.series[name][first:last])
        return count

    def _table(self, name: str) -> Table:
        if name not in self._tables:
            text = self._read(name)
            self._tables[name] = _TABLE.decode(text) if text else Table({}, set())
        return self._tables[name]


def is_plain(record: Record) -> bool:
    """Whether a record can be counted by the day: nothing of it can call for a remark."""
    if record.is_aggregate or record.void or not record.unit or type(record) not in KINDS.values():
        return False
    if isinstance(record, Audit):
        return not problems(record) and not is_remarkable(record)
    ways = [way for way, _ in reached(record) if way == RUNNING or _measures(tag_of(type(record)), way)]
    # Who works, leaves and works again, or comes to a status twice, counts once in a period.
    return len({*ways}) == len(ways) and len([*work(record)]) < 2


def uncountable(
    daily: Daily, others: Iterable[Numbered], period: Period, thresholds: Iterable[int]
) -> set[type[Record]]:
    """The kinds whose figures need every record, because of what else there is besides the plain ones.

    A row may repeat single records of its unit; audits are held against each other; and large groups are counted
    by the day for `THRESHOLDS` only.

    Args:
        others: the records of the period that are not plain.
    """
    found = set() if {*thresholds} <= {*THRESHOLDS} else {KINDS["reception"]}
    units: dict[type[Record], set[str]] = {}
    for _, record in others:
        if isinstance(record, Audit):
            found.add(Audit)
        elif record.is_aggregate:
            units.setdefault(type(record), set()).add(unit_letters(record.unit))
    return found | {kind for kind, named in units.items() if named & daily.units(tag_of(kind), period)}


class _Names(NamedTuple):
    """The series of a measure."""

    value: str
    unknown: str
    partial: str
    scope: str
    families: tuple[str, ...]
    present: str


def _names(measure: Measure, threshold: int) -> _Names:
    return _names_of(measure.key, threshold)


@cache
def _names_of(key: str, threshold: int) -> _Names:
    measure = BY_KEY[key]
    value = f"{measure.key}@{threshold}" if measure.is_of_groups else measure.key
    present = _scope(measure.present, measure.scope) if measure.present else ""
    families = tuple(_scope(measure.by, family) for family in measure.families)
    return _Names(value, f"?{value}", f"~{value}", _scope(measure.by, measure.scope), families, present)


def _scope(by: str, condition: Condition) -> str:
    return f"#{by} " + " ".join(f"{name}={','.join(map(str, values))}" for name, values in condition.items())


@cache
def _measures(kind: str, by: str) -> tuple[Measure, ...]:
    return tuple(measure for measure in MEASURES if measure.kind == kind and measure.by == by)


@cache
def _scopes(kind: str, by: str) -> dict[str, Condition]:
    """The conditions whose records are counted where they are placed `by`, by the name of their series."""
    own = _measures(kind, by)
    known = [condition for measure in own for condition in (measure.scope, *measure.families)]
    known += [measure.scope for measure in MEASURES if measure.kind == kind and measure.present == by]
    return {_scope(by, condition): condition for condition in known}


def _moved_parts(record: Record, day: date) -> Parts:
    """What was done on a record on one day: it is the record's own."""
    return _found_parts(record, MOVED, days(day, day))


def _parts(kind: str, by: str, record: Record) -> Parts:
    """What a record adds where it is placed `by`, found once for all records that measures cannot tell apart."""
    profile, known = _profiles(kind, by)
    key = profile(record)
    if key not in known:
        known[key] = _found_parts(record, by, record.period)
    return known[key]


@cache
def _profiles(kind: str, by: str) -> tuple[Callable[[Record], Any], dict[Any, Parts]]:
    names = set[str]()
    for measure in _measures(kind, by):
        names |= {measure.sum, *measure.part, *_behind(kind, measure.sum)}
    for condition in _scopes(kind, by).values():
        names |= set(condition)
    return (attrgetter(*sorted(names)) if names else lambda _record: None), {}


def _behind(kind: str, name: str) -> Iterator[str]:
    """The fields that a figure is taken from where its own is blank."""
    field = fields(KINDS[kind])[name]
    for other in (*field.parts, *([field.large, "people"] if field.large else [])):
        yield other
        if other != name:
            yield from _behind(kind, other)


def _found_parts(record: Record, by: str, period: Period) -> Parts:
    kind = tag_of(type(record))
    found: list[tuple[str, int]] = []
    for measure in _measures(kind, by):
        for threshold in THRESHOLDS if measure.is_of_groups else THRESHOLDS[:1]:
            share = share_of(record, measure, period, threshold)
            names = _names(measure, threshold)
            if share is not None and share[0] is None:
                found.append((names.unknown, 1))
            elif share is not None:
                found += [(names.value, share[0] or 0), *([] if share[1] else [(names.partial, 1)])]
    found += [(name, 1) for name, condition in _scopes(kind, by).items() if matches(record, condition)]
    return tuple((name, amount) for name, amount in found if amount)


def _stretch(year: int, period: Period) -> tuple[int, int]:
    """The days of a year that lie in a period, counted from 0, the last one not included."""
    first = max(period.begin, date(year, 1, 1)).timetuple().tm_yday - 1
    return first, min(period.last, date(year, 12, 31)).timetuple().tm_yday


def _years(period: Period) -> range:
    return range(period.begin.year, period.last.year + 1)
