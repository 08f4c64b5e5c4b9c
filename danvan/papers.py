"""A report in words and figures, laid out once: what the terminal, the page and the workbook all show.

A paper is data: sheets of cells that carry both the figure and the words for it, so that every writer says the same.
What is not known has no figure, only the word for it; a lower bound says so. Nothing is escaped here: each writer
knows what its own format would obey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.records import KINDS, Closing, state_field
from danvan.reports import Column, Figure, Plan, Report, Row, Section
from danvan.reports.breakdowns import MERGED, MONTH, REGISTER, SEVERAL, STATUS, THEME, UNIT, Breakdown

Tone = Literal["", "up", "down", "quiet"]
PERCENT = "percent"
UNKNOWN = "–"
BARS = "▁▂▃▄▅▆▇█"
MOST_IDS = 8
# Figures that are drawn beside each other, on one scale: the first word names the section.
CHARTED: tuple[tuple[str, ...], ...] = (
    ("duty_checks.total", "duty_checks.unannounced", "duty_checks.directed", "duty_checks.planned"),
    ("inspections.launched", "inspections.concluded"),
    ("inspections.violations", "inspections.recovery", "inspections.other_handling", "inspections.recovered_done"),
    ("inspections.collectives", "inspections.individuals"),
    (
        *("models.registered", "models.running", "models.recognised"),
        *("models.exemplary", "models.awarded", "models.replicated"),
    ),
    ("receptions.turns", "receptions.regular.turns", "receptions.leaders.turns"),
)


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
    """

    text: str
    value: int | Decimal | None = None
    unit: str = ""
    at_least: bool = False
    tone: Tone = ""
    depth: int = 0
    hidden: bool = False


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
    """

    key: str
    title: str
    period: str
    aspects: tuple[str, ...]
    strands: tuple[Strand, ...]
    remarks: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def days(self) -> str:
        """Period and aspects in a line."""
        return " · ".join((self.period, *self.aspects))

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
    """A report under its title; `notes` hold for all of it."""

    title: str
    office: str
    report: Report
    sheets: tuple[Sheet, ...]
    breakdowns: tuple[Sheet, ...]
    charts: tuple[Chart, ...]
    notes: tuple[str, ...]


def paper(report: Report, language: Language, style: Style, office: str = "", by: Iterable[Breakdown] = ()) -> Paper:
    """The whole report, with breakdowns behind its sections."""
    columns = strands(report, language, style)
    sheets, at = [], 0
    for section in report.sections:
        rows = slice(at, at + len(section.rows))
        at = rows.stop
        sheets.append(
            Sheet(
                section.key,
                language.say(f"section.{section.key}"),
                period_said(section, language),
                tuple(aspects_said(section, language)),
                tuple(strand._replace(cells=strand.cells[rows]) for strand in columns),
                tuple(remarks_said(section, language, style)),
                tuple(row.measure.key for row in section.rows),
            )
        )
    return Paper(
        language.say("report.title", span=span_said(report, language)),
        language.fact(office),
        report,
        tuple(sheets),
        tuple(broken_down(one, report, language, style) for one in by),
        tuple(charts(report, language, style)),
        tuple(notes_said(report, language)),
    )


def span_said(report: Report, language: Language) -> str:
    """The reported part of the year, "6 tháng đầu năm 2023", or the years."""
    years = report.plan.years
    if years:
        return language.say("span.years", first=str(years[0]), last=str(years[-1]))
    return language.say(f"span.{report.plan.part}", year=str(report.plan.year))


def period_said(section: Section, language: Language) -> str:
    """The days that a section speaks of."""
    return language.say("report.period", begin=section.period.begin, last=section.period.last)


def aspects_said(section: Section, language: Language) -> Iterator[str]:
    """By which calendar, unless it is the calendar year, and whether the figures are final."""
    if section.calendar.key != "calendar":
        yield language.say(f"calendar.{section.calendar.key}", source=section.calendar.source)
    yield state_said(section.closing, language)


def state_said(closing: Closing | None, language: Language) -> str:
    """Whether figures are final, and since when."""
    day = closing.on if closing else None
    return language.say("report.closed", day=day) if day else language.say("report.provisional")


def remarks_said(section: Section, language: Language, style: Style) -> Iterator[str]:
    """What was corrected after closing, and what a reader would ask about."""
    rows = {row.measure.key: row for row in section.rows}
    for correction in section.corrections:
        unit = rows[correction.measure].measure.unit
        yield language.say(
            "report.corrected",
            measure=measure_in_full(correction.measure, language),
            closed=figure_cell(Figure(correction.closed), unit, language, style).text,
            now=figure_cell(Figure(correction.now), unit, language, style).text,
        )
    for remark in section.remarks:
        yield language.say(f"note.{remark.key}", ids=ids_said(remark.ids, language))


def ids_said(ids: Sequence[int], language: Language) -> str:
    """Numbers of records in a sentence, the first few of many."""
    first = ", ".join(map(str, ids[:MOST_IDS]))
    return first if len(ids) <= MOST_IDS else language.say("note.more", ids=first, count=len(ids) - MOST_IDS)


def notes_said(report: Report, language: Language) -> Iterator[str]:
    """What holds for the whole report."""
    if report.plan.registers:
        yield language.say("report.registers", names=", ".join(report.plan.registers))
    yield language.say("report.threshold", threshold=report.plan.threshold)
    if report.is_incomplete:
        yield language.say("note.at_least")
    if report.least:
        yield language.say("note.small_cells", least=report.least)


def measure_said(key: str, language: Language) -> str:
    """The name of a measure."""
    return language.say(f"measure.{key}").strip()


def measure_in_full(key: str, language: Language) -> str:
    """The name of a measure where it does not stand below the one it is a part of."""
    return language.say(f"full.{key}") if language.knows(f"full.{key}") else measure_said(key, language)


def figure_cell(value: Figure, unit: str, language: Language, style: Style) -> Cell:
    """A figure, or that it is not known, or that it is a lower bound."""
    if value.hidden:
        return Cell(language.say("report.hidden"), tone="quiet", hidden=True)
    if value.value is None:
        return Cell(language.say("report.unknown"), tone="quiet")
    text = style.amount(value.value, unit, language.code)
    said = language.say("report.at_least", value=text) if value.at_least else text
    return Cell(said, value.value, unit, value.at_least)


def strands(report: Report, language: Language, style: Style) -> list[Strand]:
    """The columns of the report, through all of its sections."""
    rows, plan = report.rows, report.plan
    said = ((language.say(f"measure.{row.measure.key}"), row) for row in rows)
    measures = tuple(Cell(text.strip(), depth=int(text.startswith(" "))) for text, _ in said)
    shown = sorted(plan.columns, key=lambda column: column.year) if plan.years else plan.columns
    figures = [_figures(column, plan, rows, language, style) for column in shown]
    before = len(figures) if plan.years else 2
    changes = [_changes(rows, language, style), _percents(rows, language, style)] if plan.compare is not None else []
    trend = [_trend(shown, rows, language)] if plan.years else []
    first = Strand("measure", language.say("report.measure"), measures, is_number=False)
    return [first, *figures[:before], *changes, *figures[before:], *trend]


def _figures(column: Column, plan: Plan, rows: Sequence[Row], language: Language, style: Style) -> Strand:
    head = head_said(column, plan, language)
    cells = (figure_cell(row.figures[column.key], row.measure.unit, language, style) for row in rows)
    return Strand(column.key, head, tuple(cells))


def head_said(column: Column, plan: Plan, language: Language) -> str:
    """What stands over a column of figures: the part of the year, and which year."""
    if column.to_date:
        return language.say("report.to_date", year=str(column.year))
    if plan.part == "year":
        return language.say("report.this_year", year=str(column.year))
    said = language.say(f"span.{plan.part}", year=str(column.year))
    return f"{said[0].upper()}{said[1:]}"


def _changes(rows: Sequence[Row], language: Language, style: Style) -> Strand:
    return Strand("change", language.say("report.change"), tuple(_change(row, language, style) for row in rows))


def _change(row: Row, language: Language, style: Style) -> Cell:
    if row.change is None:
        return Cell(UNKNOWN, tone="quiet")
    unit = row.measure.unit
    if row.change == 0:
        return Cell(language.say("report.same"), 0, unit, tone="quiet")
    tone: Tone = "up" if row.change > 0 else "down"
    text = language.say(f"report.{tone}", amount=style.amount(abs(row.change), unit, language.code))
    return Cell(text, row.change, unit, tone=tone)


def _percents(rows: Sequence[Row], language: Language, style: Style) -> Strand:
    cells = tuple(percent_cell(row.change_percent, language, style) for row in rows)
    return Strand("percent", language.say("report.percent"), cells)


def percent_cell(value: Decimal | None, language: Language, style: Style) -> Cell:
    """A percentage, or a dash where it cannot be told."""
    return Cell(UNKNOWN, tone="quiet") if value is None else Cell(style.percent(value, language.code), value, PERCENT)


def _trend(columns: Sequence[Column], rows: Sequence[Row], language: Language) -> Strand:
    lines = (Cell(sparkline([row.figures[column.key].value for column in columns]), tone="up") for row in rows)
    return Strand("trend", language.say("report.trend"), tuple(lines))


def sparkline(values: Sequence[int | None]) -> str:
    """Values as a row of bars, the largest full; a gap where one is not known."""
    largest = max((value for value in values if value is not None), default=0)
    return "".join(
        " " if value is None else BARS[(value * (len(BARS) - 1) + largest // 2) // largest] if largest else BARS[0]
        for value in values
    )


def broken_down(table: Breakdown, report: Report, language: Language, style: Style) -> Sheet:
    """A breakdown as a sheet, its headline as the total."""
    names = ", ".join(language.say(f"dimension.{dimension}") for dimension in table.dimensions)
    title = language.say("report.by", measure=measure_in_full(table.measure.key, language), dimensions=names)
    section = next(section for section in report.sections if section.key == table.measure.section)
    said = [language.say("report.overlaps")] if table.overlaps else []
    if report.least:
        said.append(language.say("note.small_cells", least=report.least))
    return Sheet(
        f"{table.measure.key}.{'.'.join(table.dimensions)}",
        title,
        period_said(section, language),
        tuple(aspects_said(section, language)),
        tuple(breakdown_strands(table, report, language, style)),
        tuple(said),
    )


def breakdown_strands(table: Breakdown, report: Report, language: Language, style: Style) -> Iterator[Strand]:
    """The columns of a breakdown: values, figures by year, shares; or the values of the second dimension."""
    unit, kind, dimension = table.measure.unit, table.measure.kind, table.dimensions[0]
    values = tuple(Cell(value_said(line.value, dimension, kind, language, table.others)) for line in table.lines)
    total = Cell(language.say("report.total"))
    yield Strand("value", language.say(f"dimension.{dimension}").capitalize(), values, False, total)
    for column in report.plan.columns:
        cells = tuple(figure_cell(line.figures[column.key], unit, language, style) for line in table.lines)
        head = head_said(column, report.plan, language)
        whole = figure_cell(table.whole[column.key], unit, language, style)
        yield Strand(column.key, head, cells, total=whole)
    shares = tuple(percent_cell(line.share, language, style) for line in table.lines)
    yield Strand("share", language.say("report.share"), shares)
    for second in table.values:
        cells = tuple(figure_cell(line.cells.get(second, Figure(0)), unit, language, style) for line in table.lines)
        below = figure_cell(table.sums[second], unit, language, style) if second in table.sums else None
        yield Strand("", value_said(second, table.dimensions[1], kind, language), cells, total=below)


def cell_said(only: Mapping[str, str | None], kind: str, language: Language) -> str:
    """The values that tell a cell of a breakdown apart: "Receiver: leader; Month: May"."""
    named = ((language.say(f"dimension.{one}"), value_said(value, one, kind, language)) for one, value in only.items())
    return "; ".join(f"{dimension}: {value}" for dimension, value in named)


def value_said(value: str | None, dimension: str, kind: str, language: Language, others: int = 0) -> str:
    """A value of a dimension in words; `others` is how many further ones a last line stands for."""
    if value is None:
        return language.say("report.value_unknown")
    if value == MERGED:
        return language.say("report.merged")
    if value == SEVERAL and dimension == MONTH:
        return language.say("report.several_months")
    if value == SEVERAL:
        return language.say("report.others", count=others)
    if dimension == MONTH:
        return language.say(f"month.{value}")
    if dimension in (UNIT, REGISTER):
        return language.fact(value)
    record = KINDS[kind]
    name = {THEME: "themes", STATUS: state_field(record)}.get(dimension, dimension)
    return language.choice(record, name, value)


def charts(report: Report, language: Language, style: Style) -> Iterator[Chart]:
    """The figures worth drawing; what is not known in any year is left out."""
    rows = {row.measure.key: row for row in report.rows}
    columns = [column for column in report.plan.columns if not column.to_date]
    for keys in CHARTED:
        known = [rows[key] for key in keys if key in rows and _is_drawn(rows[key], columns)]
        if known:
            shown = [column for column in columns if any(_is_drawn(row, [column]) for row in known)]
            if len(shown) > 2:
                first, last = min(column.year for column in shown), max(column.year for column in shown)
                whole = (column for column in columns if first <= column.year <= last)
                shown = sorted(whole, key=lambda column: column.year)
            yield _chart(known, shown, language, style)


def _chart(rows: Sequence[Row], columns: Sequence[Column], language: Language, style: Style) -> Chart:
    first = rows[0].measure
    units = dict.fromkeys(language.say(f"unit.{row.measure.unit}") for row in rows)
    section = language.say(f"section.{first.section}")
    return Chart(
        first.section,
        language.say("chart.title", section=section, unit=", ".join(units)),
        tuple(str(column.year) for column in columns),
        tuple((measure_said(row.measure.key, language), _drawn(row, columns, language, style)) for row in rows),
    )


def _is_drawn(row: Row, columns: Sequence[Column]) -> bool:
    return any(row.figures[column.key].value is not None for column in columns)


def _drawn(row: Row, columns: Sequence[Column], language: Language, style: Style) -> tuple[Cell, ...]:
    return tuple(figure_cell(row.figures[column.key], row.measure.unit, language, style) for column in columns)
