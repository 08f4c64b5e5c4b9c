"""Forms with their figures: a row a unit, the total, the sums that do not hold, and what stands behind a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from danvan.periods import Period, ReportingCalendar
from danvan.records import Audit, Closing, fields
from danvan.reports.breakdowns import UNIT, frame
from danvan.reports.closings import last_closing
from danvan.reports.explanations import Explanation, behind, chosen, of_cell
from danvan.reports.figures import Contribution, contributions, in_scope, is_left_open, matches, tallied, total
from danvan.reports.forms import Check, Form, FormColumn
from danvan.reports.ledger import Ledger
from danvan.reports.measures import CARRIED
from danvan.reports.remarks import Remark, remarks
from danvan.reports.report import Plan
from danvan.reports.tally import Figure, Tally

BRANCHES = fields(Audit)["branch"].choices


class FormRow(NamedTuple):
    """The figures of one unit, by column; of records without a unit where it is blank."""

    unit: str
    figures: Mapping[int, Figure]


class Failure(NamedTuple):
    """A sum that does not hold in the row of a unit (None: in the total), with the records that break it."""

    check: Check
    unit: str | None
    whole: Figure
    parts: Figure
    ids: tuple[int, ...]


class FilledForm(NamedTuple):
    """A form with its figures.

    Attributes:
        closing: the closing of the period in that section; None while the figures are provisional.
        is_corrected: whether figures of that section changed since.
        remarks: what a reader would be asked about, with the records concerned.
    """

    form: Form
    plan: Plan
    rows: tuple[FormRow, ...]
    total: FormRow
    failures: tuple[Failure, ...]
    remarks: tuple[Remark, ...]
    closing: Closing | None
    is_corrected: bool = False

    @property
    def period(self) -> Period:
        """The days it speaks of."""
        return period_of(self.form, self.plan)

    @property
    def calendar(self) -> ReportingCalendar:
        """The calendar that it follows."""
        return self.plan.calendar(self.form.section)

    @property
    def is_incomplete(self) -> bool:
        """Whether some figure is a lower bound."""
        return any(figure.at_least for row in (*self.rows, self.total) for figure in row.figures.values())


def period_of(form: Form, plan: Plan) -> Period:
    """The days that a form speaks of."""
    return plan.period(form.section, plan.columns[0])


def filled(
    form: Form, ledger: Ledger, plan: Plan, closings: Iterable[Closing], order: Callable[[str], Any]
) -> FilledForm:
    """A form with the figures of every unit that some record speaks of, in the `order` of their names."""
    period = period_of(form, plan)
    units = {unit: part for unit, part in ledger.parted(form.kind).items() if _speaks(form, part, period)}
    names = sorted(units, key=lambda unit: (not unit, order(unit)))
    told = _tallies(form, ledger, period, plan.threshold)
    whole = FormRow("", _figures(told, told))
    rows = tuple(FormRow(one, _figures(_tallies(form, units[one], period, plan.threshold), told)) for one in names)
    return FilledForm(
        form,
        plan,
        rows,
        whole,
        tuple(_failures(form, rows, whole, units, period, plan.threshold)),
        tuple(_remarks(form, ledger, period, plan)),
        last_closing(form.section, period, closings),
    )


def tallies_of(column: FormColumn, ledger: Ledger, period: Period, threshold: int) -> list[Tally]:
    """What records add up to by each measure of a column."""
    return [tallied(measure, ledger, period, threshold) for measure in column.measures]


def figure_of(own: Iterable[Tally], whole: Iterable[Tally]) -> Figure:
    """The figure of a column, of some of all records: the sum of its measures, of which one may be unknown."""
    return added(one.within(of_all) for one, of_all in zip(own, whole, strict=True))


def added(figures: Iterable[Figure]) -> Figure:
    """The sum of figures: unknown if none is known, a lower bound if not all of them are known in full."""
    return total((one.value, one.value is not None and not one.at_least) for one in figures)


def parts_of(column: FormColumn, ledger: Ledger, period: Period, threshold: int) -> Iterator[Contribution]:
    """What each record adds to a column, once a record."""
    found: dict[int, Contribution] = {}
    for measure in column.measures:
        for part in contributions(measure, ledger, period, threshold):
            before = found.get(part.id)
            both = (
                part
                if before is None
                else part._replace(
                    amount=total([(before.amount, True), (part.amount, True)]).value, exact=before.exact and part.exact
                )
            )
            found[part.id] = both
    yield from found.values()


def explained(
    form: Form, column: FormColumn, ledger: Ledger, plan: Plan, only: Mapping[str, str | None]
) -> Explanation:
    """The records behind a column of a form.

    Args:
        only: as of `explanation`; with the unit alone it is the cell in the row of that unit.
    """
    period = period_of(form, plan)
    part = ledger.parted(form.kind).get(only[UNIT] or "", Ledger(())) if UNIT in only else ledger
    measure = column.measures[0]
    found, by = list(parts_of(column, part, period, plan.threshold)), frame(measure, plan)
    whole = tallies_of(column, ledger, period, plan.threshold)
    shown = figure_of(tallies_of(column, part, period, plan.threshold), whole)
    if only.keys() - {UNIT}:
        shown = of_cell(found, only, by, whole[0])
    told = behind(shown, measure, chosen(found, only, by), part, period)
    named = measure._replace(key=f"{form.code}:{column.number}")
    return told._replace(measure=named, heads=column.heads, only=only)


def holds(whole: Figure, parts: Figure) -> bool:
    """Whether a whole may be the sum of its parts, by what is known of both."""
    if whole.value is None or parts.value is None:
        return True
    is_enough = whole.at_least or whole.value >= parts.value
    return is_enough and (parts.at_least or whole.value <= parts.value)


def _speaks(form: Form, ledger: Ledger, period: Period) -> bool:
    return any(
        in_scope(record, measure)
        for measure in form.measures
        for record, _ in ledger.alike(form.kind, measure.by, period)
    )


def _tallies(form: Form, ledger: Ledger, period: Period, threshold: int) -> dict[int, list[Tally]]:
    columns = (column for column in form.columns if column.measures)
    return {column.number: tallies_of(column, ledger, period, threshold) for column in columns}


def _figures(own: Mapping[int, Sequence[Tally]], whole: Mapping[int, Sequence[Tally]]) -> dict[int, Figure]:
    return {number: figure_of(tallies, whole[number]) for number, tallies in own.items()}


def _failures(
    form: Form, rows: Sequence[FormRow], whole: FormRow, units: Mapping[str, Ledger], period: Period, threshold: int
) -> Iterator[Failure]:
    """What does not hold in the row of a unit; in the total only what holds in every row."""
    for check in form.checks:
        sides = [(row, *_sides(check, row.figures)) for row in rows]
        failed = [side for side in sides if not holds(*side[1:])]
        for row, left, right in failed:
            yield Failure(check, row.unit, left, right, _breaking(form, check, units[row.unit], period, threshold))
        left, right = _sides(check, whole.figures)
        if not failed and not holds(left, right):
            yield Failure(check, None, left, right, ())


def _sides(check: Check, figures: Mapping[int, Figure]) -> tuple[Figure, Figure]:
    return figures[check.whole], added(figures[part] for part in check.parts)


def _breaking(form: Form, check: Check, ledger: Ledger, period: Period, threshold: int) -> tuple[int, ...]:
    """The records whose own figures break a check."""
    shares: dict[int, dict[int, Figure]] = {}
    for number in (check.whole, *check.parts):
        column = form.column(number)
        assert column is not None
        for part in parts_of(column, ledger, period, threshold):
            shares.setdefault(part.id, {})[number] = Figure(part.amount, not part.exact and part.amount is not None)
    return tuple(sorted(number for number, own in shares.items() if not holds(*_own_sides(check, own))))


def _own_sides(check: Check, own: Mapping[int, Figure]) -> tuple[Figure, Figure]:
    """Both sides for one record; a column that does not speak of it is nothing to its sum."""
    return own.get(check.whole, Figure(0)), added(own[part] for part in check.parts if part in own)


def _remarks(form: Form, ledger: Ledger, period: Period, plan: Plan) -> Iterator[Remark]:
    """The section's remarks that concern the form; its sums are checked column by column."""
    threshold = plan.threshold
    told = remarks(form.measures, ledger, {"now": period}, threshold, plan.usual)
    yield from (one for one in told if one.key != "sums")
    left = {
        part.id
        for measure in form.measures
        if measure.by == CARRIED
        for part in contributions(measure, ledger, period, threshold)
        if is_left_open(part.record, measure, period)
    }
    if left:
        yield Remark("left_open", tuple(sorted(left)))
    counted = {
        part.id
        for measure in form.measures
        if "branch" in measure.scope
        for part in contributions(measure, ledger, period, threshold)
        if getattr(part.record, "branch", None) is None
    }
    if counted:
        yield Remark("no_branch", tuple(sorted(counted)))
    others = {
        number
        for measure in form.measures
        if "branch" in measure.scope
        for number, record in ledger.placed(form.kind, measure.by, period)
        if matches(record, measure.scope) is False and matches(record, {**measure.scope, "branch": BRANCHES})
    }
    if others:
        yield Remark("specialised", tuple(sorted(others)))
