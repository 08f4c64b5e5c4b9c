"""Breakdowns: a figure by unit, field, month …, in cells that add up to the headline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from danvan.periods import Period, ReportingCalendar
from danvan.places import register_of
from danvan.records import KINDS, Record, fields
from danvan.reports.figures import Contribution, contributions, summed, tallied
from danvan.reports.ledger import Ledger
from danvan.reports.measures import MEASURES, MOVED, Measure
from danvan.reports.report import SO_FAR, Column, Plan
from danvan.reports.suppression import together
from danvan.reports.tally import Figure, Tally, share_of_whole

Value = str | None
# Dimensions that are not simply a field of the kind; all others are choices.
MONTH, STATUS, THEME, UNIT, REGISTER = "month", "status", "theme", "unit", "register"
SEVERAL = "*"  # an aggregate row over several months
REST = "…"  # the lines beyond those that were asked for
MERGED = "+"  # lines or columns taken together because some of them are small
UNLISTED = (UNIT, REGISTER)  # dimensions that may have any number of values, and not only those of a list
# Dimensions that rows of a report tell apart as well: their lines add up to more than one printed figure.
TOLD_APART = ("receiver", "mode")


class Line(NamedTuple):
    """One value of the first dimension (None: not known), its figures by column, and its cells by the second."""

    value: Value
    figures: Mapping[str, Figure]
    cells: Mapping[Value, Figure]
    share: Decimal | None


class Breakdown(NamedTuple):
    """A measure by one or two dimensions.

    Attributes:
        whole: the headline by column; the lines add up to it unless they `overlap`.
        others, others_across: how many further values the last line and the last column stand for.
        sums: the headline of the reported period by the second dimension, as far as it may be printed.
        overlaps: whether one record may stand in several lines (a model with two themes).
    """

    measure: Measure
    dimensions: tuple[str, ...]
    lines: tuple[Line, ...]
    whole: Mapping[str, Figure]
    values: tuple[Value, ...]
    others: int
    overlaps: bool
    sums: Mapping[Value, Figure] = {}
    others_across: int = 0

    @property
    def is_known(self) -> bool:
        """Whether any column knows something."""
        return any(figure.value is not None for figure in self.whole.values())

    @property
    def is_covered(self) -> bool:
        """Whether some figure is hidden, or lines or columns are taken together because some are small."""
        is_merged = MERGED in self.values or any(line.value == MERGED for line in self.lines)
        return is_merged or any(figure.hidden for figure in self.figures)

    @property
    def is_incomplete(self) -> bool:
        """Whether some figure is a lower bound."""
        return any(figure.at_least for figure in self.figures)

    @property
    def figures(self) -> list[Figure]:
        """Every figure that is printed."""
        figures = [*self.whole.values(), *self.sums.values()]
        for line in self.lines:
            figures += (*line.figures.values(), *line.cells.values())
        return figures


def dimensions(kind: str) -> tuple[str, ...]:
    """The dimensions by which records of a kind can be told apart."""
    described = fields(KINDS[kind])
    choices = [name for name, field in described.items() if field.sort == "choice"]
    themes = [THEME] if "themes" in described else []
    return tuple(dict.fromkeys([UNIT, *choices, *themes, STATUS, MONTH, REGISTER]))


def every_dimension() -> tuple[str, ...]:
    """Those of records of any kind, what all kinds share first."""
    known = [dimensions(kind) for kind in KINDS]
    shared = [one for one in known[0] if all(one in others for others in known)]
    return tuple(dict.fromkeys([*shared, *(one for others in known for one in others)]))


class Frame(NamedTuple):
    """What tells the month in which something counts: the measure, the days it is counted in, and their calendar."""

    by: str
    period: Period
    calendar: ReportingCalendar

    def month(self, part: Contribution) -> str:
        """The reporting month, "01" to "12"; `SEVERAL` where it counts over several, or from long before."""
        on = part.days(self.by, self.period)
        first, last = self.calendar.month_of(on.begin), self.calendar.month_of(on.last)
        return f"{first:02}" if first == last and self.period.covers(on) else SEVERAL

    def status(self, record: Record) -> Value:
        """Where a record stands; what belongs to the conclusions of a row is of concluded audits."""
        return record.state or ("concluded" if self.by in ("concluded", MOVED) else None)


def frame(measure: Measure, plan: Plan, column: Column | None = None) -> Frame:
    """Of a column of a report, the reported one if none is named."""
    period = plan.period(measure.section, column or plan.columns[0])
    return Frame(measure.by, period, plan.calendar(measure.section))


def values_of(part: Contribution, dimension: str, frame: Frame) -> Sequence[Value]:
    """The values of what a record adds in a dimension; None where it does not know."""
    record = part.record
    if dimension == REGISTER:
        return [register_of(part.id)]
    if dimension == MONTH:
        return [frame.month(part)]
    if dimension == THEME:
        return list(getattr(record, "themes", ())) or [None]
    value = frame.status(record) if dimension == STATUS else getattr(record, dimension)
    return [value or None]


def breakdown(
    measure: Measure, ledger: Ledger, plan: Plan, by: Sequence[str], top: int | None = None, least: int = 0
) -> Breakdown:
    """A measure by one or two dimensions, the largest line first; months in their order.

    Args:
        top: show so many lines; the rest is summed in one last line. Columns are cut as well where they may be many.
        least: take lines together in which a count of people is smaller than that.
    """
    parts, calendar, now = _parts(measure, ledger, plan), plan.calendar(measure.section), frame(measure, plan)
    periods = _periods(measure, plan).items()
    whole = {key: tallied(measure, ledger, period, plan.threshold) for key, period in periods}
    grouped = _grouped_by(by[0], parts, measure, plan)
    sets = _sets(_ordered(grouped, by[0], calendar), top)
    across = Across(by, now, [], whole["now"])
    if len(by) > 1:
        order = _ordered({"now": _grouped(parts["now"], by[1], now)}, by[1], calendar)
        across = across._replace(sets=_sets(order, top if by[1] in UNLISTED else None))
    lines = [_line(value, values, grouped, whole, across) for value, values in sets]
    small = _small_ones(lines, by, measure.smallest(least, plan.threshold)) if measure.is_about_people else []
    if small:
        values = [value for at in small for value in sets[at][1]]
        others = [line for at, line in enumerate(lines) if at not in small]
        lines = [*others, _line(MERGED, values, grouped, whole, across)]
    return Breakdown(
        measure,
        tuple(by),
        tuple(lines),
        {key: tally.figure for key, tally in whole.items()},
        tuple(value for value, _ in across.sets),
        _beyond(sets),
        THEME in by,
        across.cells(parts["now"], by[1:]),
        _beyond(across.sets),
    )


def rest(measure: Measure, ledger: Ledger, plan: Plan, dimension: str, top: int) -> list[Value]:
    """The values that the last line of a breakdown stands for, where it shows so many lines."""
    grouped = _grouped_by(dimension, _parts(measure, ledger, plan), measure, plan)
    return _ordered(grouped, dimension, plan.calendar(measure.section))[top:]


def _small_ones(lines: Sequence[Line], by: Sequence[str], least: int) -> list[int]:
    """The places of lines that are to be taken together; all of them where other figures tell the dimension apart."""
    small = together([_told(line.figures) for line in lines], least)
    return list(range(len(lines))) if small and by[0] in TOLD_APART else small


def _told(figures: Mapping[str, Figure]) -> list[int | None]:
    """What a line tells: each of its figures, and what of the year lies before a part of it."""
    values = {key: found.value for key, found in figures.items()}
    earlier = [(values[whole] or 0) - (values[part] or 0) for part, whole in SO_FAR.items() if whole in values]
    return [*values.values(), *earlier]


def headline(section: str, dimension: str) -> Measure | None:
    """The measure that a section is broken down by a dimension for; None if it does not have the dimension."""
    measure = next(measure for measure in MEASURES if measure.section == section)
    if section == "receptions":
        measure = next(measure for measure in MEASURES if measure.key == "receptions.turns")
    return measure if dimension in dimensions(measure.kind) else None


Groups = Mapping[Value, list[Contribution]]
Sets = list[tuple[Value, list[Value]]]  # what a line or column is called, and the values that it stands for


class Across(NamedTuple):
    """The dimensions of a table, and what stands in the columns of the second, if there is one."""

    by: Sequence[str]
    frame: Frame
    sets: Sets
    whole: Tally

    def cells(self, parts: Iterable[Contribution], by: Sequence[str]) -> dict[Value, Figure]:
        """What parts add up to, by these of the dimensions, in each column that has any of them."""
        if len(self.by) < 2:
            return {}
        groups = _grouped(parts, self.by[1], self.frame)
        joined = {shown: [part for one in values for part in groups.get(one, ())] for shown, values in self.sets}
        return {shown: of_values(found, by, self.whole) for shown, found in joined.items() if found}


def _sets(order: list[Value], top: int | None) -> Sets:
    """Each value by itself; where only so many are wanted, the others in one."""
    beyond = [] if top is None else order[top:]
    return [(value, [value]) for value in order[:top]] + [(REST, beyond)] * bool(beyond)


def _beyond(sets: Sets) -> int:
    """How many values the last one stands for."""
    return sum(len(values) for shown, values in sets if shown == REST)


def _periods(measure: Measure, plan: Plan) -> dict[str, Period]:
    return {column.key: plan.period(measure.section, column) for column in plan.columns}


def _parts(measure: Measure, ledger: Ledger, plan: Plan) -> dict[str, list[Contribution]]:
    """What each record adds, by column."""
    periods = _periods(measure, plan)
    return {key: list(contributions(measure, ledger, period, plan.threshold)) for key, period in periods.items()}


def _grouped_by(
    dimension: str, parts: Mapping[str, list[Contribution]], measure: Measure, plan: Plan
) -> dict[str, Groups]:
    """The same by value, in each column by its own months."""
    return {column.key: _grouped(parts[column.key], dimension, frame(measure, plan, column)) for column in plan.columns}


def _grouped(parts: Iterable[Contribution], dimension: str, frame: Frame) -> Groups:
    groups: dict[Value, list[Contribution]] = defaultdict(list)
    for part in parts:
        for value in values_of(part, dimension, frame):
            groups[value].append(part)
    return groups


def of_values(parts: Sequence[Contribution], by: Collection[str], whole: Tally) -> Figure:
    """The figure of those records of a whole that have certain values in some dimensions."""
    return summed(parts).within(whole, is_apart=bool(parts) and not set(TOLD_APART).isdisjoint(by))


def _ordered(grouped: Mapping[str, Groups], dimension: str, calendar: ReportingCalendar) -> list[Value]:
    values = {value for groups in grouped.values() for value in groups}
    if dimension == MONTH:
        return sorted(values, key=lambda value: 12 if value in (None, SEVERAL) else calendar.position(int(value or 0)))
    now = grouped["now"]
    sizes = {value: sum(part.amount or 0 for part in now.get(value, ())) for value in values}
    return sorted(values, key=lambda value: (value not in now, value is None, -sizes[value], value or ""))


def _line(
    value: Value,
    values: Sequence[Value],
    grouped: Mapping[str, Groups],
    whole: Mapping[str, Tally],
    across: Across,
) -> Line:
    parts = {key: [part for one in values for part in groups.get(one, ())] for key, groups in grouped.items()}
    figures = {key: of_values(found, across.by[:1], whole[key]) for key, found in parts.items()}
    share = share_of_whole(figures["now"], whole["now"].figure)
    return Line(value, figures, across.cells(parts["now"], across.by), share)
