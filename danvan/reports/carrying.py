"""What aggregate rows say of inspections that a unit carries over: those that they begin with, those that they leave.

What inspections of one sort carry over, those of another do not; a row that does not tell its sort may be like any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from danvan.overlaps import Numbered
from danvan.periods import Period
from danvan.records import Audit, Record

SORTS = ("type", "branch", "mode")


def opening(entries: Sequence[Numbered]) -> Iterator[Numbered]:
    """Of rows those with which a year begins for what a unit carries over, and all single records.

    What later rows carried over was counted as performed before, by a row that speaks, or may speak, of the like.
    """
    first: dict[tuple[object, ...], dict[tuple[str | None, ...], date]] = defaultdict(dict)
    for _, record in entries:
        if record.is_aggregate:
            begun, sort = first[record.unit, record.lot], _sort(record)
            begun[sort] = min(begun.get(sort, record.date), record.date)
    for number, record in entries:
        earlier = first[record.unit, record.lot].items() if record.is_aggregate else ()
        if not any(begun < record.date and _may_be_like(sort, _sort(record)) for sort, begun in earlier):
            yield number, record


def left_open(rows: Iterable[Numbered], period: Period) -> Iterator[Numbered]:
    """The rows before a period that tell of more inspections than were concluded by then, as far as rows tell.

    How many are carried over nobody knows: later records may tell of them one by one. A row of the period, of the like,
    speaks for the unit itself.
    """
    units: dict[tuple[object, ...], list[Numbered]] = defaultdict(list)
    for number, record in rows:
        if record.period.last <= period.last:
            units[record.unit, record.lot].append((number, record))
    for entries in units.values():
        for number, record in entries:
            if record.period.last < period.begin and _leaves_open(record, entries, period):
                yield number, record


def _leaves_open(row: Record, entries: Iterable[Numbered], period: Period) -> bool:
    """Whether a row leaves something open, and no later one of the like tells that it was carried on or concluded."""
    assert isinstance(row, Audit)
    if row.count is None or row.concluded_count is None:
        return False
    left = (row.carried or 0) + row.count - row.concluded_count
    for _, other in entries:
        if other.date > row.date and left > 0 and _may_be_like(_sort(other), _sort(row)):
            assert isinstance(other, Audit)
            if other.carried is not None or period.covers(other.period):
                return False
            left -= max((other.concluded_count or 0) - (other.count or 0), 0)
    return left > 0


def _sort(record: Record) -> tuple[str | None, ...]:
    return tuple(getattr(record, name) for name in SORTS)


def _may_be_like(one: Sequence[str | None], other: Sequence[str | None]) -> bool:
    """Whether what is known of two sorts does not tell them apart."""
    return all(mine == yours or None in (mine, yours) for mine, yours in zip(one, other, strict=True))
