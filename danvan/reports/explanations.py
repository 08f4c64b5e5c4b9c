"""What stands behind one number: the records that make it up, and those that were left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from danvan.periods import Period
from danvan.reports.breakdowns import REST, Frame, Value, frame, of_values, rest, values_of
from danvan.reports.figures import Contribution, contributions, in_scope, tallied, total
from danvan.reports.ledger import Ledger
from danvan.reports.measures import Measure
from danvan.reports.report import Plan
from danvan.reports.tally import Figure, Tally

NONE: Mapping[str, Sequence[Value]] = MappingProxyType({})


class Explanation(NamedTuple):
    """The records behind a figure.

    Attributes:
        figure: the number as reports print it.
        adding: the records that make it up; their amounts add up to it.
        unknowing: records that speak of the measure and do not know it, or not all of it.
        straddling: numbers of aggregate rows left out because they lie across a border of the period.
        is_partial: whether one of the families that make up the sum has no record at all.
        heads: the headings of the column of a form, from the top down; none for a measure of the report.
        only: the dimensions and values that narrow it down to one cell of a breakdown.
        rest: of a dimension of which `only` names the last line, what that line stands for.
    """

    measure: Measure
    period: Period
    figure: Figure
    adding: tuple[Contribution, ...]
    unknowing: tuple[int, ...]
    straddling: tuple[int, ...]
    is_partial: bool
    heads: tuple[str, ...] = ()
    only: Mapping[str, Value] = {}
    rest: Mapping[str, Sequence[Value]] = {}


def explanation(
    measure: Measure, ledger: Ledger, plan: Plan, only: Mapping[str, Value], top: int | None = None
) -> Explanation:
    """The records behind a measure in the reported period.

    Args:
        only: dimensions and the value that records must have in each: one cell of a breakdown.
        top: how many lines that breakdown shows, if one of the values is the rest.
    """
    further = {one: rest(measure, ledger, plan, one, top) for one, value in only.items() if top and value == REST}
    period = plan.period(measure.section, plan.columns[0])
    found, by = list(contributions(measure, ledger, period, plan.threshold)), frame(measure, plan)
    whole = tallied(measure, ledger, period, plan.threshold)
    shown = of_cell(found, only, by, whole, further) if only else whole.figure
    return behind(shown, measure, chosen(found, only, by, further), ledger, period)._replace(only=only, rest=further)


def behind(
    whole: Figure, measure: Measure, parts: Sequence[Contribution], ledger: Ledger, period: Period
) -> Explanation:
    """What stands behind a figure, given what each record adds to it."""
    adding = sorted((part for part in parts if part.amount), key=lambda part: (part.record.date, part.id))
    straddling = ledger.straddling(measure.kind, measure.by, period)
    return Explanation(
        measure,
        period,
        whole,
        tuple(adding),
        tuple(part.id for part in parts if not part.exact),
        tuple(number for number, record in straddling if in_scope(record, measure)),
        whole.at_least and not total((part.amount, part.exact) for part in parts).at_least,
    )


def of_cell(
    found: Iterable[Contribution],
    only: Mapping[str, Value],
    frame: Frame,
    whole: Tally,
    rest: Mapping[str, Sequence[Value]] = NONE,
) -> Figure:
    """The figure of one cell of a breakdown, as that shows it.

    Args:
        found: what makes up the `whole`.
    """
    parts = chosen(found, only, frame, rest)
    is_crossing = all(chosen(found, {one: value}, frame, rest) for one, value in only.items())
    return Figure(0) if is_crossing and not parts else of_values(parts, only, whole)


def chosen(
    parts: Iterable[Contribution],
    only: Mapping[str, Value],
    frame: Frame,
    rest: Mapping[str, Sequence[Value]] = NONE,
) -> list[Contribution]:
    """The contributions of records that have the value wanted in each dimension, or one of those it stands for."""
    wanted = {dimension: set(rest.get(dimension, (value,))) for dimension, value in only.items()}
    return [
        part
        for part in parts
        if all(not values.isdisjoint(values_of(part, dimension, frame)) for dimension, values in wanted.items())
    ]
