"""Forms with their figures: a row a unit, the total, the sums that do not hold, and what stands behind a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from danvan.periods import Period, ReportingCalendar
from danvan.records import Audit, Closing, fields
from danvan.reports.breakdowns import UNIT, frame
from danvan.reports.closings import last_closing
from danvan.reports.explanations import Explanation, behind, chosen, of_cell
from danvan.reports.figures import Contribution, contributions, figure, in_scope, matches, total
from danvan.reports.forms import Check, Form, FormColumn
from danvan.reports.ledger import Ledger
from danvan.reports.remarks import Remark, remarks
from danvan.reports.report import Plan
from danvan.reports.tally import UNKNOWN, Figure

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
    parts = [_figures(form, units[unit], period, plan.threshold) for unit in names]
    agreed = {
        number: _agreed(figure, [part[number] for part in parts])
        for number, figure in _figures(form, ledger, period, plan.threshold).items()
    }
    rows = tuple(
        FormRow(unit, {number: those[at] for number, (_, those) in agreed.items()}) for at, unit in enumerate(names)
    )
    whole = FormRow("", {number: figure for number, (figure, _) in agreed.items()})
    return FilledForm(
        form,
        plan,
        rows,
        whole,
        tuple(_failures(form, rows, whole, units, period, plan.threshold)),
        tuple(_remarks(form, ledger, period, plan)),
        last_closing(form.section, period, closings),
    )


def figure_of(column: FormColumn, ledger: Ledger, period: Period, threshold: int) -> Figure:
    """The figure of a column: the sum of its measures, a lower bound where one of them is unknown."""
    figures = [figure(measure, ledger, period, threshold) for measure in column.measures]
    return figures[0] if len(figures) == 1 else added(figures)


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
    units = ledger.parted(form.kind)
    whole, rows = _agreed(
        figure_of(column, ledger, period, plan.threshold),
        [figure_of(column, one, period, plan.threshold) for one in units.values()],
    )
    if UNIT in only:
        unit = only[UNIT] or ""
        whole, ledger = dict(zip(units, rows, strict=True)).get(unit, UNKNOWN), units.get(unit, Ledger(()))
    measure = column.measures[0]
    found, by = list(parts_of(column, ledger, period, plan.threshold)), frame(measure, plan)
    if only.keys() - {UNIT}:
        whole = of_cell(found, only, by, whole)
    told = behind(whole, measure, chosen(found, only, by), ledger, period)
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


def _figures(form: Form, ledger: Ledger, period: Period, threshold: int) -> dict[int, Figure]:
    return {column.number: figure_of(column, ledger, period, threshold) for column in form.columns if column.measures}


def _agreed(whole: Figure, parts: Sequence[Figure]) -> tuple[Figure, Sequence[Figure]]:
    """The figure of all units, and those of each, as far as one says something about the others.

    Where the figures of units, some of them unknown or lower bounds, add up to what is known of all, they are all there
    is of each; where they do not, the figure of all is a lower bound as well.
    """
    if not whole.at_least and whole.value == sum(part.value or 0 for part in parts):
        return whole, [Figure(part.value or 0) for part in parts]
    return Figure(whole.value, whole.at_least or any(part.at_least for part in parts)), parts


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
