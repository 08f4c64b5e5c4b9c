"""Figures of a report that are drawn beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from danvan.formatting.language import Language, word
from danvan.formatting.style import Style
from danvan.papers.columns import figure_cell
from danvan.papers.sheets import Cell, Chart
from danvan.papers.words import measure_said
from danvan.reports import Column, Report, Row

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
    units = dict.fromkeys(_unit(row.measure.unit, language) for row in rows)
    section = language.say(f"section.{first.section}")
    return Chart(
        first.section,
        language.say("chart.title", section=section, unit=", ".join(units)),
        tuple(str(column.year) for column in columns),
        tuple((measure_said(row.measure.key, language), _drawn(row, columns, language, style)) for row in rows),
    )


def _unit(unit: str, language: Language) -> str:
    """What is drawn; the section says what is counted of audits."""
    return language.say("chart.audits") if unit == "audits" else word(language.code, f"unit.{unit}")


def _is_drawn(row: Row, columns: Sequence[Column]) -> bool:
    return any(row.figures[column.key].value is not None for column in columns)


def _drawn(row: Row, columns: Sequence[Column], language: Language, style: Style) -> tuple[Cell, ...]:
    return tuple(figure_cell(row.figures[column.key], row.measure.unit, language, style) for column in columns)
