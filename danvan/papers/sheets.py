"""What a paper consists of: sheets of strands of cells. Plain data, for every writer to lay out its own way."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from danvan.reports import Report

Tone = Literal["", "up", "down", "quiet"]
PERCENT = "percent"
UNKNOWN = "–"


class Cell(NamedTuple):
    """One cell.

    Attributes:
        text: what people read.
        value: the figure behind it: whole đồng, m² or things; of a percentage the percent, unrounded.
        unit: what the figure counts, or `PERCENT`; empty for words.
        at_least: whether the figure is a lower bound.
        tone: how it may be coloured.
        depth: how far words are set in: 1 for a part of what stands above.
        hidden: whether the figure is known and must not be printed.
        is_sum: whether it names a line that sums up several.
        rounded: the amount in it, if that is written rounded.
    """

    text: str
    value: int | Decimal | None = None
    unit: str = ""
    at_least: bool = False
    tone: Tone = ""
    depth: int = 0
    hidden: bool = False
    is_sum: bool = False
    rounded: str = ""


class Strand(NamedTuple):
    """A column: its head, its cells from top to bottom, its total if it has one.

    Attributes:
        key: "measure", the key of a report's column, "change", "percent", "trend", "value", "share", or "" for one
            value of a second dimension.
    """

    key: str
    head: str
    cells: tuple[Cell, ...]
    is_number: bool = True
    total: Cell | None = None


class Sheet(NamedTuple):
    """One table under its title.

    Attributes:
        period: the days it speaks of.
        aspects: by which calendar, unless it is the calendar year; and whether the figures are final.
        remarks: what a reader should know of its figures.
        keys: the measures of its rows; empty in a breakdown.
        section: of a breakdown, the section whose figures it divides.
        name: a short title, where there is one.
    """

    key: str
    title: str
    period: str
    aspects: tuple[str, ...]
    strands: tuple[Strand, ...]
    remarks: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    section: str = ""
    name: str = ""

    @property
    def days(self) -> str:
        """Period and aspects in a line."""
        return " · ".join((self.period, *self.aspects))

    @property
    def rounded(self) -> list[str]:
        """Its amounts that are written rounded."""
        cells = (cell for strand in self.strands for cell in (*strand.cells, *filter(None, [strand.total])))
        return [cell.rounded for cell in cells if cell.rounded]

    @property
    def is_known(self) -> bool:
        """Whether any of its figures is known."""
        return any(cell.value is not None or cell.hidden for strand in self.strands for cell in strand.cells)


class Chart(NamedTuple):
    """Figures on one scale: `series` names the years, a line has a cell for each.

    One or two years stand with the reported one first, a row of years in their order.
    """

    section: str
    title: str
    series: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Cell, ...]], ...]


class Paper(NamedTuple):
    """A report under its title.

    Attributes:
        notes: what holds for all of it.
        notes_below: what of that is to be said where the breakdowns stand alone.
    """

    title: str
    office: str
    report: Report
    sheets: tuple[Sheet, ...]
    breakdowns: tuple[Sheet, ...]
    charts: tuple[Chart, ...]
    notes: tuple[str, ...]
    notes_below: tuple[str, ...] = ()
