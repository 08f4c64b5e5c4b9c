"""A report as it stands on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.render.layout import GAP
from danvan.render.table import Cells, drawn, widths_of
from danvan.reports import Column, Figure, Report, Row, Section

WIDEST = 120
UP, DOWN, SAME, QUIET, WARNING = "cyan", "yellow", "dim", "dim", "yellow"
UNKNOWN = "–"
BARS = "▁▂▃▄▅▆▇█"
MOST_IDS = 8


def report_view(report: Report, language: Language, style: Style, width: int, office: str = "") -> Iterator[object]:
    """Title, then each section under a rule of its own, in columns that line up through the whole report."""
    say = language.say
    span = say(f"span.{report.plan.part}", year=str(report.plan.year))
    title = say("report.title", span=span)
    yield Text(say("report.title_office", office=office, title=title) if office else title, "bold")
    if report.is_empty:
        yield Text(say("report.nothing", span=span))
        return
    columns = _columns(report, language, style)
    widths = widths_of(columns, min(width, WIDEST))
    spread = sum(widths) + GAP * (len(widths) - 1)
    at = 0
    for section in report.sections:
        rows = slice(at, at + len(section.rows))
        at = rows.stop
        yield from _heading(section, spread, language)
        yield drawn([column._replace(cells=column.cells[rows]) for column in columns], widths, cut=False)
        yield from _remarks(section, language, style)
    yield Text()
    yield from (Text(line, QUIET) for line in _footnotes(report, columns[len(widths) :], language))


def _heading(section: Section, width: int, language: Language) -> Iterator[Text]:
    yield Text()
    yield rule(language.say(f"section.{section.key}"), width)
    yield Text(days_said(section, language), QUIET)


def days_said(section: Section, language: Language) -> str:
    """The days that a section speaks of, by which calendar, and whether its figures are final."""
    say = language.say
    said = say("report.period", begin=section.period.begin, last=section.period.last)
    if section.calendar.key != "calendar":
        calendar = say(f"calendar.{section.calendar.key}", source=section.calendar.source)
        said = say("report.calendar", period=said, calendar=calendar)
    closed = section.closing.at.partition("T")[0] if section.closing else ""
    return f"{said} · {say('report.closed', day=closed) if closed else say('report.provisional')}"


def rule(title: str, width: int) -> Text:
    """A line across with a title in it."""
    line = "─" * max(width - len(title) - 4, 0)
    return Text.assemble(("── ", QUIET), (title, "bold"), (f" {line}", QUIET))


def _remarks(section: Section, language: Language, style: Style) -> Iterator[Text]:
    rows = {row.measure.key: row for row in section.rows}
    for correction in section.corrections:
        row = rows[correction.measure]
        yield Text(
            language.say(
                "report.corrected",
                measure=language.say(f"measure.{correction.measure}").strip(),
                closed=figure(Figure(correction.closed), row, language, style),
                now=figure(Figure(correction.now), row, language, style),
            ),
            WARNING,
        )
    for remark in section.remarks:
        yield Text(language.say(f"note.{remark.key}", ids=ids_said(remark.ids, language)), WARNING)


def ids_said(ids: Sequence[int], language: Language) -> str:
    """Numbers of records in a sentence, the first few of many."""
    first = ", ".join(map(str, ids[:MOST_IDS]))
    return first if len(ids) <= MOST_IDS else language.say("note.more", ids=first, count=len(ids) - MOST_IDS)


def _footnotes(report: Report, left_out: Sequence[Cells], language: Language) -> Iterator[str]:
    yield language.say("report.threshold", threshold=report.plan.threshold)
    if report.is_incomplete:
        yield language.say("note.at_least")
    if left_out:
        yield language.say("query.narrow", columns=", ".join(column.head for column in left_out))


def _columns(report: Report, language: Language, style: Style) -> list[Cells]:
    rows, plan = report.rows, report.plan
    measures = tuple(Text(language.say(f"measure.{row.measure.key}")) for row in rows)
    shown = plan.columns
    if plan.years:
        shown = tuple(sorted(shown, key=lambda column: column.year))
    figures = [_figures(column, rows, language, style) for column in shown]
    changes = [_changes(rows, language, style), _percents(rows, language, style)] if plan.compare is not None else []
    trend = [_trend(shown, rows, language)] if plan.years else []
    return [Cells(language.say("report.measure"), measures), *figures[:2], *changes, *figures[2:], *trend]


def _figures(column: Column, rows: Sequence[Row], language: Language, style: Style) -> Cells:
    head = language.say("report.to_date" if column.to_date else "report.this_year", year=str(column.year))
    return Cells(head, tuple(_cell(row.figures[column.key], row, language, style) for row in rows), is_number=True)


def _cell(value: Figure, row: Row, language: Language, style: Style) -> Text:
    return Text(figure(value, row, language, style), QUIET if value.value is None else "")


def figure(value: Figure, row: Row, language: Language, style: Style) -> str:
    """A figure of a row, or that it is not known, or that it is a lower bound."""
    if value.value is None:
        return language.say("report.unknown")
    text = style.amount(value.value, row.measure.unit, language.code)
    return language.say("report.at_least", value=text) if value.at_least else text


def _changes(rows: Sequence[Row], language: Language, style: Style) -> Cells:
    return Cells(language.say("report.change"), tuple(_change(row, language, style) for row in rows), is_number=True)


def _change(row: Row, language: Language, style: Style) -> Text:
    if row.change is None:
        return Text(UNKNOWN, QUIET)
    if row.change == 0:
        return Text(language.say("report.same"), SAME)
    key, colour = ("report.up", UP) if row.change > 0 else ("report.down", DOWN)
    return Text(language.say(key, amount=style.amount(abs(row.change), row.measure.unit, language.code)), colour)


def _percents(rows: Sequence[Row], language: Language, style: Style) -> Cells:
    cells = (
        Text(UNKNOWN, QUIET) if row.change_percent is None else Text(style.percent(row.change_percent, language.code))
        for row in rows
    )
    return Cells(language.say("report.percent"), tuple(cells), is_number=True)


def _trend(columns: Sequence[Column], rows: Sequence[Row], language: Language) -> Cells:
    lines = (Text(sparkline([row.figures[column.key].value for column in columns]), UP) for row in rows)
    return Cells(language.say("report.trend"), tuple(lines), is_number=True)


def sparkline(values: Sequence[int | None]) -> str:
    """Values as a row of bars, the largest full; a gap where one is not known."""
    largest = max((value for value in values if value is not None), default=0)
    return "".join(
        " " if value is None else BARS[(value * (len(BARS) - 1) + largest // 2) // largest] if largest else BARS[0]
        for value in values
    )
