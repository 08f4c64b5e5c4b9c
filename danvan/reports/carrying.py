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
ELSEWHERE = "specialised"  # form 01/TTr, which alone tells what was carried over, is about the other inspections
Sort = tuple[str | None, ...]


def opening(entries: Sequence[Numbered], period: Period) -> Iterator[Numbered]:
    """Of rows of a period those with which it begins for what a unit carries over, and all other records.

    What later rows carried over was counted as performed before, by a row that speaks, or may speak, of the like.
    """
    first: dict[tuple[object, ...], dict[Sort, date]] = defaultdict(dict)
    for _, record in entries:
        if record.is_aggregate and period.covers(record.period):
            begun, sort = first[record.unit, record.lot], _sort(record)
            begun[sort] = min(begun.get(sort, record.date), record.date)
    for number, record in entries:
        earlier = first[record.unit, record.lot].items() if record.is_aggregate else ()
        if not any(begun < record.date and _may_be_like(sort, _sort(record)) for sort, begun in earlier):
            yield number, record


def left_open(rows: Iterable[Numbered], period: Period) -> Iterator[Numbered]:
    """The rows begun before a period that do not tell that all of their inspections were concluded by then.

    How many are carried over nobody knows: later records may tell of them one by one. A row of the period, of the like,
    speaks for the unit itself.
    """
    units: dict[tuple[object, ...], list[tuple[int, Audit]]] = defaultdict(list)
    for number, record in rows:
        if isinstance(record, Audit) and record.branch != ELSEWHERE and record.period.last <= period.last:
            units[record.unit, record.lot].append((number, record))
    for entries in units.values():
        alike: dict[Sort, list[Audit]] = defaultdict(list)
        spoken: dict[Sort, date] = {}  # the last day on which a row speaks of what is open when it begins
        for _, row in entries:
            sort = _sort(row)
            alike[sort].append(row)
            if row.carried is not None or period.covers(row.period):
                spoken[sort] = max(spoken.get(sort, row.date), row.date)
        for number, row in entries:
            sort = _sort(row)
            is_spoken_of = any(day > row.date and _may_be_like(one, sort) for one, day in spoken.items())
            if row.date < period.begin and not is_spoken_of and _leaves_open(row, alike[sort], period):
                yield number, row


def _leaves_open(row: Audit, alike: Sequence[Audit], period: Period) -> bool:
    """Whether a row may leave something open that no later one of its sort tells to be concluded."""
    left = _left(row, alike, period)
    since = (one for one in alike if one.date > row.date and (one.to or one.date) < period.begin)
    return left is None or left > sum(max((one.concluded_count or 0) - (one.count or 0), 0) for one in since)


def _left(row: Audit, alike: Iterable[Audit], period: Period) -> int | None:
    """How many a row leaves open, with those of the same days; None where these do not tell.

    What one that reaches into the period tells to be concluded may have been open when the period began.
    """
    same = [one for one in alike if (one.date, one.to) == (row.date, row.to)]
    begun = [one.count for one in same if one.count is not None]
    concluded = [one.concluded_count for one in same if one.concluded_count is not None]
    most = sum(begun) + sum(one.carried or 0 for one in same)
    if not begun or (most and not concluded):
        return None
    return most - sum(concluded) if row.period.last < period.begin else most


def _sort(record: Record) -> Sort:
    return tuple(getattr(record, name) for name in SORTS)


def _may_be_like(one: Sort, other: Sort) -> bool:
    """Whether what is known of two sorts does not tell them apart."""
    return all(mine == yours or None in (mine, yours) for mine, yours in zip(one, other, strict=True))
