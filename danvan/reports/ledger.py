"""The records of a report, found by what places them in a period.

Aggregate rows count where they lie wholly inside a period. Single records count on a day of theirs, or for as
long as they were at work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from danvan.periods import Period
from danvan.records import KINDS, Audit, Record, fields
from danvan.reports.measures import MOVED, PERFORMED, RUNNING

Numbered = tuple[int, Record]
EXITS = ("rejected", "stopped", "ended")
LAST_DAY = date.max


class Ledger:
    """Numbered records; every question is answered from lists that are made once."""

    def __init__(self, entries: Iterable[Numbered]) -> None:
        names = {kind: name for name, kind in KINDS.items()}
        self._rows: dict[str, list[Numbered]] = {name: [] for name in KINDS}
        self._months: dict[str, dict[tuple[int, int], list[Numbered]]] = {name: defaultdict(list) for name in KINDS}
        self._placed: dict[tuple[str, str, Period], list[Numbered]] = {}
        self._alike: dict[tuple[str, str, Period], list[tuple[Record, int]]] = {}
        for entry in entries:
            record = entry[1]
            name = names.get(type(record))
            if name is None:
                continue
            if record.to is None:
                self._months[name][record.date.year, record.date.month].append(entry)
            else:
                self._rows[name].append(entry)

    def rows(self, kind: str) -> Sequence[Numbered]:
        """The aggregate rows of a kind."""
        return self._rows[kind]

    def singles(self, kind: str) -> Iterable[Numbered]:
        """The single records of a kind."""
        return (entry for month in self._months[kind].values() for entry in month)

    def placed(self, kind: str, by: str, period: Period) -> Sequence[Numbered]:
        """The records that count in a period."""
        key = (kind, by, period)
        if key not in self._placed:
            covered = [entry for entry in self._rows[kind] if period.covers(entry[1].period)]
            self._placed[key] = [*covered, *self._singles_placed(kind, by, period)]
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

    def straddling(self, kind: str, period: Period) -> list[Numbered]:
        """The aggregate rows that lie across a border of a period, and so do not count in it."""
        return [
            entry
            for entry in self._rows[kind]
            if entry[1].period.overlaps(period) and not period.covers(entry[1].period)
        ]

    def _singles_placed(self, kind: str, by: str, period: Period) -> Iterable[Numbered]:
        if by == "date":
            return self._dated(kind, period)
        return (entry for entry in self.singles(kind) if counts_in(entry[1], by, period))

    def _dated(self, kind: str, period: Period) -> Iterable[Numbered]:
        first, last = period.begin, period.last
        for month, entries in self._months[kind].items():
            if (first.year, first.month) < month < (last.year, last.month):
                yield from entries
            elif (first.year, first.month) <= month <= (last.year, last.month):
                yield from (entry for entry in entries if entry[1].date in period)


def counts_in(record: Record, by: str, period: Period) -> bool:
    """Whether a single record counts in a period, by one of the ways of `measures.Measure.by`."""
    match by:
        case "date":
            return record.date in period
        case "concluded":
            return isinstance(record, Audit) and record.concluded in period
        case "carried" | "performed":
            return _carried(record, period) or (by == PERFORMED and record.date in period)
        case "running":
            return _running(record, period)
        case "moved":
            return isinstance(record, Audit) and any(movement.on in period for movement in record.movements)
        case _:
            return record.reached(by) in period


def _carried(record: Record, period: Period) -> bool:
    if not isinstance(record, Audit) or record.date >= period.begin:
        return False
    return record.concluded is None or record.concluded >= period.begin


def _running(record: Record, period: Period) -> bool:
    begun = record.reached(RUNNING)
    ends = [day for status in EXITS if (day := record.reached(status)) is not None]
    return begun is not None and begun < period.end and min(ends, default=LAST_DAY) >= period.begin


@cache
def _profile(kind: str) -> Any:
    """All that measures look at in a record of the kind."""
    told = [name for name, field in fields(KINDS[kind]).items() if field.is_number or field.sort == "choice"]
    return attrgetter("to", *told)
