"""Figures, and what each record adds to one.

One function, `share_of`, says what a record adds to a measure. Sums, breakdowns and the list of records behind a
number all go through it, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from danvan.periods import Period, days
from danvan.records import Audit, Record, amount
from danvan.reports.carrying import opening
from danvan.reports.ledger import Ledger, counted_on
from danvan.reports.measures import ANY, CARRIED, COUNTING, MOVED, MOVEMENTS, Condition, Measure
from danvan.reports.tally import Figure, Tally

Share = tuple[int | None, bool]


class Contribution(NamedTuple):
    """What one record adds to a figure.

    Attributes:
        amount: None where it does not know.
        exact: whether it knows all of it.
        on: the day of the movement that tells it, where a record adds one by one what was done.
    """

    id: int
    record: Record
    amount: int | None
    exact: bool
    on: date | None = None

    def days(self, by: str, period: Period) -> Period:
        """The days by which it counts in a period."""
        return days(self.on, self.on) if self.on else counted_on(self.record, by, period)


def figure(measure: Measure, ledger: Ledger, period: Period, threshold: int) -> Figure:
    """The sum of what records add; see `Tally.figure`."""
    return tallied(measure, ledger, period, threshold).figure


def tallied(measure: Measure, ledger: Ledger, period: Period, threshold: int) -> Tally:
    """What all records add up to."""
    alike = ledger.alike(measure.kind, measure.by, period)
    if measure.by == CARRIED:  # whether a row counts depends on others
        tally = summed(contributions(measure, ledger, period, threshold))
    else:
        tally = _tally((share_of(record, measure, period, threshold), count) for record, count in alike)
    families = tuple(any(matches(record, family) for record, _ in alike) for family in measure.families)
    tally = tally._replace(families=families, present=not tally.counted and _is_present(measure, ledger, period))
    others = ledger.tallies.get(measure.kind)
    tally = tally.plus(others.tally(measure, period, threshold)) if others else tally
    tally = tally._replace(present=tally.present and not _is_open(measure, ledger, period))
    # A movement tells of what was done; what it leaves blank nobody has looked into.
    return Tally() if measure.by == MOVED and not tally.value else tally


def summed(parts: Iterable[Contribution]) -> Tally:
    """What some records add up to."""
    return _tally(((part.amount, part.exact), 1) for part in parts)


def total(shares: Iterable[Share]) -> Figure:
    """The sum of shares; a lower bound where one of them is not exact."""
    return _tally((share, 1) for share in shares).figure


def _tally(shares: Iterable[tuple[Share | None, int]]) -> Tally:
    """What shares add up to, each with how many records have it; None for those the measure does not speak of."""
    value = known = counted = unsure = 0
    for share, count in shares:
        if share is not None:
            part, is_exact = share
            counted += count
            unsure += 0 if is_exact else count
            if part is not None:
                known += count
                value += part * count
    return Tally(value, known, counted, unsure)


def contributions(measure: Measure, ledger: Ledger, period: Period, threshold: int) -> Iterator[Contribution]:
    """What each record of the period adds to a measure, record by record; what was done, movement by movement."""
    placed = ledger.placed(measure.kind, measure.by, period)
    if measure.by == CARRIED:
        placed = [*opening([entry for entry in placed if in_scope(entry[1], measure)], period)]
    for number, record in placed:
        share = share_of(record, measure, period, threshold)
        if share is None:
            continue
        if measure.by == MOVED:
            yield from _movements(number, record, MOVEMENTS[measure.sum], period)
        else:
            yield Contribution(number, record, *share)


def share_of(record: Record, measure: Measure, period: Period, threshold: int) -> Share | None:
    """What a record that counts in `period` adds to a measure, and whether that is all of it.

    Args:
        threshold: from how many people a reception is one of a large group.

    Returns:
        None if the measure does not speak of the record; a share of None if the record does not know.
    """
    if not in_scope(record, measure):
        return None
    part = matches(record, measure.part)
    if part is not False and is_left_open(record, measure, period):
        return None, False
    if part is None:  # whichever it would be, of nothing a part is nothing
        is_none = record.is_aggregate and measure.by != MOVED and amount(record, measure.sum, threshold) == (0, True)
        return (0, True) if is_none else (None, False)
    if not part:
        return 0, True
    if measure.by == MOVED:
        return sum(part.amount or 0 for part in _movements(0, record, MOVEMENTS[measure.sum], period)), True
    if measure.by in COUNTING and not record.is_aggregate:
        return 1, True
    return amount(record, measure.sum, threshold)


def is_left_open(record: Record, measure: Measure, period: Period) -> bool:
    """Whether a record is a row of before, of which it is not known how many inspections are carried over."""
    return measure.by == CARRIED and record.is_aggregate and not period.covers(record.period)


def in_scope(record: Record, measure: Measure) -> bool:
    """Whether a measure speaks of a record at all."""
    rows = measure.rows if record.is_aggregate else ANY
    return bool(matches(record, measure.scope) and matches(record, rows))


def matches(record: Record, condition: Condition) -> bool | None:
    """Whether the record meets the condition; None where it does not know one of the fields."""
    verdict: bool | None = True
    for name, accepted in condition.items():
        value = getattr(record, name)
        if value in accepted:
            continue
        if value is not None:
            return False
        verdict = None
    return verdict


def _is_present(measure: Measure, ledger: Ledger, period: Period) -> bool:
    """Whether single records of the scope fall into the period, so that "none of them" is known to be 0."""
    if not measure.present:
        return False
    present = ledger.alike(measure.kind, measure.present, period)
    return any(not record.is_aggregate and in_scope(record, measure) for record, _ in present)


def _is_open(measure: Measure, ledger: Ledger, period: Period) -> bool:
    """Whether there are rows of these days that, each speaking of one status, leave it open what others there were."""
    return bool(measure.rows) and any(record.period.overlaps(period) for _, record in ledger.rows(measure.kind))


def _movements(number: int, record: Record, name: str, period: Period) -> Iterator[Contribution]:
    """What the movements of a period tell of a figure; those that tell nothing of it are none of its."""
    assert isinstance(record, Audit)
    for movement in record.movements:
        if movement.on in period and (amount := getattr(movement, name)):
            yield Contribution(number, record, amount, True, movement.on)
