"""The records of a report, found by what places them in a period.

Aggregate rows count where they lie wholly inside a period. Single records count on a day of theirs, or for as
long as they were at work. What was done on either counts on its own day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Protocol

from msgspec.structs import replace

from danvan.overlaps import unit_key
from danvan.periods import CALENDARS, ONE_DAY, Period, ReportingCalendar, days
from danvan.records import KINDS, Audit, Record, fields
from danvan.reports.carrying import left_open
from danvan.reports.measures import CARRIED, MOVED, PERFORMED, RUNNING, Measure
from danvan.reports.tally import Tally

Numbered = tuple[int, Record]
EXITS = ("rejected", "stopped", "ended")
LAST_DAY = date.max


def _of_one_spelling(entries: Iterable[Numbered]) -> list[Numbered]:
    """Records with the unit of each spelled one way, the most usual one, where people have spelled it in several."""
    found = list(entries)
    usual = Counter(record.unit for _, record in found).most_common()
    chosen: dict[str, str] = {}
    for unit, _ in usual:
        chosen.setdefault(unit_key(unit), unit)
    if len(chosen) == len(usual):
        return found
    return [
        (number, record if (unit := chosen[unit_key(record.unit)]) == record.unit else replace(record, unit=unit))
        for number, record in found
    ]


class Tallies(Protocol):
    """Figures of records that the ledger does not hold one by one (see `daily`)."""

    def tally(self, measure: Measure, period: Period, threshold: int) -> Tally:
        """What these records add to a measure."""

    def is_mixed(self, measure: Measure, period: Period) -> bool:
        """Whether a conclusion of another period has a part in what was done."""


class Ledger:
    """Numbered records; every question is answered from lists that are made once.

    Args:
        tallies: the figures of further records, by kind, on which there is nothing to remark.
        calendar: the one in each year of which a record counts once as having come to a status.
    """

    def __init__(
        self,
        entries: Iterable[Numbered],
        tallies: Mapping[str, Tallies] = {},
        calendar: ReportingCalendar = CALENDARS["calendar"],
    ) -> None:
        self.tallies = tallies
        self._calendar = calendar
        names = {kind: name for name, kind in KINDS.items()}
        self._rows: dict[str, list[Numbered]] = {name: [] for name in KINDS}
        self._months: dict[str, dict[tuple[int, int], list[Numbered]]] = {name: defaultdict(list) for name in KINDS}
        # The single records that reached a status, with the day; concluded ones; records and rows with movements.
        self._reached: dict[tuple[str, str], list[tuple[date, Numbered]]] = defaultdict(list)
        self._placed: dict[tuple[str, str, Period], list[Numbered]] = {}
        self._alike: dict[tuple[str, str, Period], list[tuple[Record, int]]] = {}
        for entry in _of_one_spelling(entries):
            record = entry[1]
            name = names.get(type(record))
            if name is None:
                continue
            if record.to is None:
                self._months[name][record.date.year, record.date.month].append(entry)
            else:
                self._rows[name].append(entry)
            for status, day in reached(record):
                self._reached[name, status].append((day, entry))

    def rows(self, kind: str) -> Sequence[Numbered]:
        """The aggregate rows of a kind."""
        return self._rows[kind]

    def singles(self, kind: str) -> Iterable[Numbered]:
        """The single records of a kind."""
        return (entry for month in self._months[kind].values() for entry in month)

    def parted(self, kind: str) -> dict[str, Ledger]:
        """The records of a kind in one ledger a unit."""
        units: dict[str, list[Numbered]] = defaultdict(list)
        for entry in (*self.rows(kind), *self.singles(kind)):
            units[entry[1].unit].append(entry)
        return {unit: Ledger(entries, calendar=self._calendar) for unit, entries in units.items()}

    def placed(self, kind: str, by: str, period: Period) -> Sequence[Numbered]:
        """The records that count in a period."""
        key = (kind, by, period)
        if key not in self._placed:
            self._placed[key] = [*self._rows_placed(kind, by, period), *self._placed_by_day(kind, by, period)]
        return self._placed[key]

    def alike(self, kind: str, by: str, period: Period) -> Sequence[tuple[Record, int]]:
        """The records that count in a period, those that measures cannot tell apart taken together.

        Returns:
            One record of each sort, and how many there are of it.
        """
        key = (kind, by, period)
        if key not in self._alike:
            records = [record for _, record in self.placed(kind, by, period)]
            profile = _profile(kind)
            if by == MOVED:  # what was done on a record is its own
                self._alike[key] = [(record, 1) for record in records]
            else:
                profiles = [profile(record) for record in records]
                samples = dict(zip(profiles, records, strict=True))
                self._alike[key] = [(samples[one], count) for one, count in Counter(profiles).items()]
        return self._alike[key]

    def straddling(self, kind: str, by: str, period: Period) -> list[Numbered]:
        """The aggregate rows that lie across a border of a period, and so do not count in it."""
        rows = () if by == MOVED else self._rows[kind]  # what was done on a row is left out of no period
        return [entry for entry in rows if entry[1].period.overlaps(period) and not period.covers(entry[1].period)]

    def _rows_placed(self, kind: str, by: str, period: Period) -> Sequence[Numbered]:
        """The aggregate rows that count in a period with the days they speak of, or with what they left open before."""
        if by == MOVED:
            return ()
        before = left_open(self._rows[kind], period) if by == CARRIED else ()
        return [*before, *(entry for entry in self._rows[kind] if period.covers(entry[1].period))]

    def _placed_by_day(self, kind: str, by: str, period: Period) -> Iterable[Numbered]:
        """The records that count in a period on a day; of aggregate rows those on which something was done."""
        match by:
            case "date":
                return self._dated(kind, period)
            case "carried" | "performed":
                return (entry for entry in self.singles(kind) if _performed(entry[1], by, period))
            case "sessions":
                return _first_of_day(self._dated(kind, period))
            case "running":
                found = (entry for _, entry in self._reached[kind, by] if _at_work(entry[1], period))
            case _:
                reached, before = self._reached[kind, by], self._before(by, period)
                gone = {id(entry) for day, entry in reached if day in before}
                found = (entry for day, entry in reached if day in period and id(entry) not in gone)
        return {id(entry): entry for entry in found}.values()  # one record may move twice in a period

    def _before(self, by: str, period: Period) -> Period:
        """The days of the year before a period of it on which nothing may have been reached; of a movement none."""
        year = self._calendar.period(self._calendar.year_of(period.begin), "year")
        return Period(period.begin if by == MOVED else year.begin, period.begin)

    def _dated(self, kind: str, period: Period) -> Iterable[Numbered]:
        first, last = period.begin, period.last
        for month, entries in self._months[kind].items():
            if (first.year, first.month) < month < (last.year, last.month):
                yield from entries
            elif (first.year, first.month) <= month <= (last.year, last.month):
                yield from (entry for entry in entries if entry[1].date in period)


def reached(record: Record) -> Iterator[tuple[str, date]]:
    """What a record reached and when: its movements; a single one its statuses and its conclusion as well."""
    if isinstance(record, Audit):
        if record.concluded is not None and record.to is None:
            yield "concluded", record.concluded
        for movement in record.movements:
            yield MOVED, movement.on
    elif record.to is None:
        yield from record.reached()


def counted_on(record: Record, by: str, period: Period) -> Period:
    """The days by which a record counts in a period: movements; a row's own; a single record's start, conclusion …"""
    if by == RUNNING and not record.is_aggregate:
        found = _at_work(record, period)
    else:
        found = [day for way, day in reached(record) if way == by and day in period]
    last = max if by in (RUNNING, MOVED) else min  # a status counts on the first day on which it was reached
    return days(min(found), last(found)) if found else record.period


def _performed(record: Record, by: str, period: Period) -> bool:
    """Whether an audit was begun before the period and still open then, or else begun in it."""
    if record.date >= period.begin:
        return by == PERFORMED and record.date in period
    return isinstance(record, Audit) and (record.concluded is None or record.concluded >= period.begin)


def _first_of_day(entries: Iterable[Numbered]) -> Iterable[Numbered]:
    """The first record of each unit, receiver and day."""
    found: dict[tuple[object, ...], Numbered] = {}
    for entry in sorted(entries, key=lambda entry: entry[0]):
        record = entry[1]
        found.setdefault((record.unit, getattr(record, "receiver", None), record.date), entry)
    return found.values()


def _at_work(record: Record, period: Period) -> list[date]:
    """Since when a model is at work in a period, each time that it is."""
    return [begun for begun, left in work(record) if begun < period.end and left > period.begin]


def work(record: Record) -> Iterator[tuple[date, date]]:
    """From when to when a model is at work, each time that it is: begin in, end out.

    The day on which it leaves is none of work, unless it began on that very day; `LAST_DAY` while it has not left.
    """
    begun = None
    steps = sorted(record.steps, key=attrgetter("on"))
    for status, day in ((step.status, step.on) for step in steps) if steps else [(record.state, record.date)]:
        if status == RUNNING and begun is None:
            begun = day
        elif status in EXITS and begun is not None:
            yield begun, max(day, begun + ONE_DAY)
            begun = None
    if begun is not None:
        yield begun, LAST_DAY


@cache
def _profile(kind: str) -> Any:
    """All that measures look at in a record of the kind."""
    told = [name for name, field in fields(KINDS[kind]).items() if field.is_number or field.sort == "choice"]
    return attrgetter("to", *told)
