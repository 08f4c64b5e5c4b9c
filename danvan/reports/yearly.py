"""A report: every measure in a period, beside the same period of another year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from danvan.periods import Period
from danvan.records import Closing
from danvan.reports.closings import closed_otherwise, corrections, is_altered, last_closing
from danvan.reports.figures import contributions, tallied
from danvan.reports.ledger import Ledger
from danvan.reports.measures import HEADLINES, MEASURES, Measure
from danvan.reports.remarks import Remark, remarks
from danvan.reports.report import Plan, Report, Row, Section


def yearly(ledger: Ledger, plan: Plan, closings: Iterable[Closing] = ()) -> Report:
    """The report that `plan` asks for, over a ledger that holds every record touching `plan.span()`."""
    made = tuple(closings)
    return Report(plan, tuple(_section(key, ledger, plan, made) for key in plan.sections))


def _section(key: str, ledger: Ledger, plan: Plan, closings: Sequence[Closing]) -> Section:
    periods = {column.key: plan.period(key, column) for column in plan.columns}
    measures = [measure for measure in MEASURES if measure.section == key]
    rows = _rows(measures, ledger, periods, plan.threshold)
    shown = tuple(row for row in rows if row.measure.key in HEADLINES or row.is_counted)
    closing = last_closing(key, periods["now"], closings)
    then = closing.threshold or plan.threshold if closing else plan.threshold
    compared = rows if then == plan.threshold else _rows(measures, ledger, {"now": periods["now"]}, then)
    altered = [Remark("altered_closing")] if closing and is_altered(closing) else []
    return Section(
        key,
        plan.calendar(key),
        periods,
        shown,
        (*altered, *remarks(measures, ledger, periods, plan.threshold, plan.usual)),
        closing,
        corrections(closing, compared) if closing else (),
        closed_otherwise=None if closing else closed_otherwise(key, plan, closings),
    )


def _rows(measures: Sequence[Measure], ledger: Ledger, periods: Mapping[str, Period], threshold: int) -> list[Row]:
    rows = []
    for measure in measures:
        tallies = {column: tallied(measure, ledger, period, threshold) for column, period in periods.items()}
        figures = {column: tally.figure for column, tally in tallies.items()}
        is_mixed = bool(measure.of) and _is_mixed(measure, ledger, periods["now"], threshold)
        rows.append(Row(measure, figures, is_mixed, any(tally.known for tally in tallies.values())))
    return rows


def _is_mixed(measure: Measure, ledger: Ledger, period: Period, threshold: int) -> bool:
    """Whether a conclusion of another period has a part in what was done."""
    done = {part.id for part in contributions(measure, ledger, period, threshold) if part.amount}
    others = ledger.tallies.get(measure.kind)
    if others and others.is_mixed(measure, period):
        return True
    return bool(done.difference(number for number, _ in ledger.placed(measure.kind, "concluded", period)))
