"""The columns of a report's tables: figures by year, changes, percentages, a trend."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers.sheets import PERCENT, UNKNOWN, Cell, Strand, Tone
from danvan.reports import Column, Figure, Plan, Report, Row

BARS = "▁▂▃▄▅▆▇█"


def figure_cell(value: Figure, unit: str, language: Language, style: Style) -> Cell:
    """A figure, or that it is not known, or that it is a lower bound."""
    if value.hidden:
        return Cell(language.say("report.hidden"), tone="quiet", hidden=True)
    if value.value is None:
        return Cell(language.say("report.unknown"), tone="quiet")
    text = (style.least if value.at_least else style.amount)(value.value, unit, language.code)
    rounded = text if style.is_rounded(text, value.value, unit, language.code) else ""
    said = language.say("report.at_least", value=text) if value.at_least else text
    return Cell(said, value.value, unit, value.at_least, rounded=rounded)


def strands(report: Report, language: Language, style: Style) -> list[Strand]:
    """The columns of the report, through all of its sections."""
    rows, plan = report.rows, report.plan
    said = ((language.say(f"measure.{row.measure.key}"), row) for row in rows)
    measures = tuple(Cell(text.strip(), depth=int(text.startswith(" "))) for text, _ in said)
    shown = columns_shown(plan)
    parts, so_far = [[one for one in shown if one.to_date is is_more] for is_more in (False, True)]
    changes = [_changes(rows, language, style), _percents(rows, language, style)] if plan.compare is not None else []
    trend = [_trend(parts, rows, language)] if plan.years else []
    first = Strand("measure", language.say("report.measure"), measures, is_number=False)
    figures, further = [[_figures(one, plan, rows, language, style) for one in some] for some in (parts, so_far)]
    return [first, *figures, *changes, *trend, *further]


def columns_shown(plan: Plan) -> Sequence[Column]:
    """The columns of figures: several years in their order, else the reported period first; then the years so far."""
    return sorted(plan.columns, key=lambda column: (column.to_date, column.year)) if plan.years else plan.columns


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
    assert row.now.value is not None and row.before.value is not None, "they were compared"
    amount = style.difference(row.now.value, row.before.value, unit, language.code)
    if not amount:
        return Cell(language.say("report.about"), row.change, unit, tone="quiet")
    tone: Tone = "up" if row.change > 0 else "down"
    rounded = amount if style.is_rounded(amount, abs(row.change), unit, language.code) else ""
    return Cell(language.say(f"report.{tone}", amount=amount), row.change, unit, tone=tone, rounded=rounded)


def _percents(rows: Sequence[Row], language: Language, style: Style) -> Strand:
    cells = tuple(percent_cell(row.change_percent, language, style) for row in rows)
    return Strand("percent", language.say("report.percent"), cells)


def percent_cell(value: Decimal | None, language: Language, style: Style) -> Cell:
    """A percentage, or a dash where it cannot be told."""
    return Cell(UNKNOWN, tone="quiet") if value is None else Cell(style.percent(value, language.code), value, PERCENT)


def _trend(columns: Sequence[Column], rows: Sequence[Row], language: Language) -> Strand:
    values = ([_whole(row.figures[column.key]) for column in columns] for row in rows)
    lines = (Cell(sparkline(one), tone="up") for one in values)
    return Strand("trend", language.say("report.trend"), tuple(lines))


def _whole(figure: Figure) -> int | None:
    """What is known in full: lower bounds are not compared."""
    return None if figure.at_least else figure.value


def sparkline(values: Sequence[int | None]) -> str:
    """Values as a row of bars, the largest full; a gap where one is not known."""
    largest = max((value for value in values if value is not None), default=0)
    return "".join(
        " " if value is None else BARS[(value * (len(BARS) - 1) + largest // 2) // largest] if largest else BARS[0]
        for value in values
    )
