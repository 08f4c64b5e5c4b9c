"""The yearly report as it stands on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from danvan.formatting.language import Language
from danvan.formatting.numbers import money, number, show_percent
from danvan.render.table import Cells, drawn, widths_of
from danvan.reports import Figure, Report, Row

WIDEST = 110
UP, DOWN, SAME = "cyan", "yellow", "dim"
UNKNOWN = "–"


def report_view(report: Report, language: Language, width: int) -> Iterator[object]:
    """Title, then each section under a rule of its own, in columns that line up through the whole report."""
    year = str(report.year)
    yield Text(language.say("report.title", year=year), "bold")
    if report.is_empty:
        yield Text(language.say("report.nothing", year=year))
        return
    rows = [row for section in report.sections for row in section.rows]
    width = min(width, WIDEST)
    columns = _columns(report, rows, language)
    widths = widths_of(columns, width)
    spread = sum(widths) + 2 * (len(widths) - 1)
    at = 0
    for section in report.sections:
        span = slice(at, at + len(section.rows))
        at = span.stop
        yield Text()
        yield _rule(language.say(f"section.{section.key}"), spread)
        period = section.period
        yield Text(language.say("report.period", begin=period.begin, last=period.last), "dim")
        yield drawn([column._replace(cells=column.cells[span]) for column in columns], widths, cut=False)
        for note in section.notes:
            ids = ", ".join(map(str, note.ids))
            yield Text(language.say(f"note.{note.key}", ids=ids), "yellow")
    yield Text()
    yield Text(language.say("report.threshold", threshold=report.threshold), "dim")
    if report.is_incomplete:
        yield Text(language.say("note.at_least"), "dim")
    left_out = [column.head for column in columns[len(widths) :]]
    if left_out:
        yield Text(language.say("query.narrow", columns=", ".join(left_out)), "dim")


def _rule(title: str, width: int) -> Text:
    line = "─" * max(width - len(title) - 4, 0)
    return Text.assemble(("── ", "dim"), (title, "bold"), (f" {line}", "dim"))


def _columns(report: Report, rows: Sequence[Row], language: Language) -> list[Cells]:
    say = language.say
    year, before = str(report.year), str(report.year - 1)
    return [
        Cells(say("report.measure"), tuple(Text(say(f"measure.{row.measure.key}")) for row in rows)),
        _numbers(say("report.this_year", year=year), [_figure(row, row.now, language) for row in rows]),
        _numbers(say("report.this_year", year=before), [_figure(row, row.before, language) for row in rows]),
        _numbers(say("report.change"), [_change(row, language) for row in rows]),
        _numbers(say("report.percent"), [_percent(row, language) for row in rows]),
    ]


def _numbers(head: str, cells: Sequence[Text]) -> Cells:
    return Cells(head, tuple(cells), is_number=True)


def _figure(row: Row, figure: Figure, language: Language) -> Text:
    if figure.value is None:
        return Text(language.say("report.unknown"), "dim")
    text = amount(row, figure.value, language)
    return Text(language.say("report.at_least", value=text) if figure.at_least else text)


def amount(row: Row, value: int, language: Language) -> str:
    """A figure of a row in its unit: money with its scale, everything else as a bare number."""
    return money(value, language.code) if row.measure.unit == "dong" else number(value, language.code)


def _change(row: Row, language: Language) -> Text:
    if row.change is None:
        return Text(UNKNOWN, "dim")
    if row.change == 0:
        return Text(language.say("report.same"), SAME)
    key, style = ("report.up", UP) if row.change > 0 else ("report.down", DOWN)
    return Text(language.say(key, amount=amount(row, abs(row.change), language)), style)


def _percent(row: Row, language: Language) -> Text:
    percent = row.change_percent
    if percent is None:
        return Text(UNKNOWN, "dim")
    return Text(show_percent(percent, language.code))
