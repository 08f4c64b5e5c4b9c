"""What a report is: its plan, its columns, its sections of rows, and what was corrected in them. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from danvan.percent import percent_of
from danvan.periods import CALENDARS, Period, ReportingCalendar
from danvan.records import Closing
from danvan.reports.measures import MEASURES, SECTIONS, Measure
from danvan.reports.remarks import Remark
from danvan.reports.tally import UNKNOWN, Figure

# The column of the year so far, by that of the part of it which is reported, or compared with.
SO_FAR = {"now": "to_date", "before": "to_date_before"}
# The column that each is compared with.
COMPARED = {"now": "before", SO_FAR["now"]: SO_FAR["before"]}


class Column(NamedTuple):
    """One column of figures.

    Attributes:
        key: "now", "before" (what it is compared with), "to_date", "to_date_before", or "y2019" for another year.
        year: the reporting year.
        to_date: whether the figures run from the first day of that year.
    """

    key: str
    year: int
    to_date: bool = False

    @property
    def so_far(self) -> Column:
        """The year so far of a column in `SO_FAR`."""
        return Column(SO_FAR[self.key], self.year, to_date=True)


class Plan(NamedTuple):
    """What is to be reported.

    Attributes:
        year, part: a reporting year and a key of `periods.PARTS`.
        compare: the year to compare with; None for no comparison.
        years: further years, shown side by side.
        calendars: the calendar of each section that does not follow the calendar year.
        threshold: from how many people a reception is one of a large group.
        usual: from how many the register counts, and so its rows are taken to.
        registers: the names of the registers whose figures are reported, where there are several.
        sections: those that are reported.
        today: the day it is made.
    """

    year: int
    part: str = "year"
    compare: int | None = None
    years: tuple[int, ...] = ()
    calendars: Mapping[str, ReportingCalendar] = {}
    threshold: int = 10
    usual: int = 10
    registers: tuple[str, ...] = ()
    sections: tuple[str, ...] = SECTIONS
    today: date = date.max

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the report, the reported period first."""
        now = Column("now", self.year)
        told = [now] if self.compare is None else [now, Column("before", self.compare)]
        series = [Column(f"y{year}", year) for year in self.years if year not in (self.year, self.compare)]
        is_more = any(self.period(section, now.so_far) != self.period(section, now) for section in self.sections)
        return *told, *(column.so_far for column in told if is_more), *series

    def calendar(self, section: str) -> ReportingCalendar:
        """The calendar that a section follows."""
        return self.calendars.get(section, CALENDARS["calendar"])

    def period(self, section: str, column: Column) -> Period:
        """The days that a section's figures in a column speak of."""
        calendar = self.calendar(section)
        whole = calendar.to_date if column.to_date else calendar.period
        return whole(column.year, self.part)

    def span(self) -> Period:
        """A period that covers every day the report speaks of."""
        periods = [self.period(section, column) for section in self.sections for column in self.columns]
        return Period(min(period.begin for period in periods), max(period.end for period in periods))


class Row(NamedTuple):
    """A measure in every column of the report, by the column's key.

    Attributes:
        is_mixed: whether some of the reported figure was done on what was recommended before the period, so that it is
            no share of what was recommended in it.
        is_counted: whether there is a record of which it is known what it adds, and not only that there is none.
    """

    measure: Measure
    figures: Mapping[str, Figure]
    is_mixed: bool = False
    is_counted: bool = False

    @property
    def now(self) -> Figure:
        """The figure of the reported period."""
        return self.figures["now"]

    @property
    def before(self) -> Figure:
        """The figure it is compared with; unknown where there is no comparison."""
        return self.figures.get("before", UNKNOWN)

    def compared(self, now: str = "now", before: str = "before") -> Comparison:
        """One column beside another."""
        return Comparison(self.figures.get(now, UNKNOWN), self.figures.get(before, UNKNOWN))

    @property
    def change(self) -> int | None:
        """The difference to the compared period, if it can be told."""
        return self.compared().change

    @property
    def change_percent(self) -> Decimal | None:
        """The difference in percent, unrounded, if it can be told."""
        return self.compared().percent

    @property
    def is_known(self) -> bool:
        """Whether any column knows something."""
        return any(figure.value is not None for figure in self.figures.values())


class Comparison(NamedTuple):
    """A figure beside its base. Lower bounds cannot be compared."""

    now: Figure
    before: Figure

    @property
    def change(self) -> int | None:
        """The difference, where both figures are known in full."""
        if self.now.value is None or self.before.value is None or self.now.at_least or self.before.at_least:
            return None
        return self.now.value - self.before.value

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the base, unrounded; None without a base or on a base of zero."""
        return None if self.change is None else percent_of(self.change, self.before.value or 0)


class Correction(NamedTuple):
    """A figure that is no longer what it was when the period was closed."""

    measure: str
    closed: Figure
    now: Figure


class Section(NamedTuple):
    """The rows of one subject.

    Attributes:
        periods: the days that each column speaks of, by the column's key.
        closing: the closing of the reported period; None while its figures are provisional.
        corrections: what changed since the closing.
        withheld: whether there are corrections that are not for publication.
        closed_otherwise: while the figures are provisional, a closing of theirs by another calendar.
    """

    key: str
    calendar: ReportingCalendar
    periods: Mapping[str, Period]
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...]
    closing: Closing | None = None
    corrections: tuple[Correction, ...] = ()
    withheld: bool = False
    closed_otherwise: Closing | None = None

    @property
    def is_corrected(self) -> bool:
        """Whether figures changed since they were declared final."""
        return self.withheld or bool(self.corrections)

    @property
    def period(self) -> Period:
        """The reported period."""
        return self.periods["now"]


class Report(NamedTuple):
    """A period in figures.

    Attributes:
        least: counts of people below it are hidden; 0 where none is.
    """

    plan: Plan
    sections: tuple[Section, ...]
    least: int = 0

    @property
    def rows(self) -> list[Row]:
        """The rows of all sections."""
        return [row for section in self.sections for row in section.rows]

    def row(self, key: str) -> Row:
        """The row of a measure; a row that knows nothing if the report does not show it."""
        for row in self.rows:
            if row.measure.key == key:
                return row
        return Row(next(measure for measure in MEASURES if measure.key == key), {"now": UNKNOWN})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the reported period or years, was left out of it, or was declared final in it."""
        figures = [figure for row in self.rows for name, figure in row.figures.items() if self._is_asked(name)]
        is_blank = all(figure.value is None and not figure.hidden for figure in figures)
        return is_blank and not any(section.remarks or section.closing for section in self.sections)

    def _is_asked(self, column: str) -> bool:
        """Whether a column is asked for, and not only there to be compared with."""
        return bool(self.plan.years) or column in ("now", SO_FAR["now"])

    @property
    def is_incomplete(self) -> bool:
        """Whether some figure is a lower bound."""
        return any(figure.at_least for row in self.rows for figure in row.figures.values())

    @property
    def is_covered(self) -> bool:
        """Whether some figure is hidden."""
        return any(figure.hidden for row in self.rows for figure in row.figures.values())
