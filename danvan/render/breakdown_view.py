"""Breakdowns on the terminal: a line a value with its share and bar, or a cross table of two dimensions."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.records import KINDS
from danvan.render.report_view import QUIET, UP, rule
from danvan.render.table import Cells, drawn, widths_of
from danvan.reports import Figure
from danvan.reports.breakdowns import MONTH, SEVERAL, STATUS, THEME, UNIT, Breakdown, Line

BAR = "█"
LONGEST_BAR = 20


def breakdown_view(table: Breakdown, language: Language, style: Style, width: int) -> Iterator[object]:
    """One breakdown under its title, with the headline as its last line."""
    say = language.say
    names = ", ".join(say(f"dimension.{dimension}") for dimension in table.dimensions)
    yield Text()
    yield rule(say("report.by", measure=say(f"measure.{table.measure.key}").strip(), dimensions=names), min(width, 80))
    columns = _cross(table, language, style) if len(table.dimensions) > 1 else _simple(table, language, style)
    widths = widths_of(columns, width)
    yield drawn(columns, widths)
    if table.overlaps:
        yield Text(say("report.overlaps"), QUIET)
    if len(widths) < len(columns):
        yield Text(say("query.narrow", columns=", ".join(column.head for column in columns[len(widths) :])), QUIET)


def value_said(value: str | None, dimension: str, table: Breakdown, language: Language) -> str:
    """A value of a dimension in words."""
    if value is None:
        return language.say("report.value_unknown")
    if value == SEVERAL and dimension == MONTH:
        return language.say("report.several_months")
    if value == SEVERAL:
        return language.say("report.others", count=table.others)
    if dimension == MONTH:
        year, _, month = value.partition("-")
        return f"{month}/{year}"
    if dimension == UNIT:
        return language.fact(value)
    kind = KINDS[table.measure.kind]
    if dimension == STATUS and not kind.STATE:
        return language.choice(kind, "state", value)
    return language.choice(kind, {THEME: "themes", STATUS: kind.STATE}.get(dimension, dimension), value)


def _simple(table: Breakdown, language: Language, style: Style) -> list[Cells]:
    def figures(key: str) -> tuple[Text, ...]:
        return tuple(_cell(line.figures[key], table, language, style) for line in table.lines)

    def whole(key: str) -> str:
        return _cell(table.whole[key], table, language, style).plain

    say = language.say
    before = [Cells(say("report.before"), figures("before"), True, whole("before"))] if "before" in table.whole else []
    shares = tuple(Text(_share(line, language, style)) for line in table.lines)
    return [
        _values(table, language),
        Cells(say("report.total"), figures("now"), True, whole("now")),
        Cells(say("report.share"), shares, True),
        *before,
        Cells(" ", tuple(Text(_bar(line), UP) for line in table.lines)),
    ]


def _cross(table: Breakdown, language: Language, style: Style) -> list[Cells]:
    columns = [_values(table, language)]
    unknown = Figure(0)
    for value in table.values:
        cells = tuple(_cell(line.cells.get(value, unknown), table, language, style) for line in table.lines)
        columns.append(Cells(value_said(value, table.dimensions[1], table, language), cells, True))
    now = tuple(_cell(line.figures["now"], table, language, style) for line in table.lines)
    total = _cell(table.whole["now"], table, language, style).plain
    return [columns[0], Cells(language.say("report.total"), now, True, total), *columns[1:]]


def _values(table: Breakdown, language: Language) -> Cells:
    dimension = table.dimensions[0]
    values = tuple(Text(value_said(line.value, dimension, table, language)) for line in table.lines)
    return Cells(language.say(f"dimension.{dimension}").capitalize(), values, total=language.say("report.total"))


def _cell(value: Figure, table: Breakdown, language: Language, style: Style) -> Text:
    if value.value is None:
        return Text(language.say("report.unknown"), QUIET)
    text = style.amount(value.value, table.measure.unit, language.code)
    return Text(language.say("report.at_least", value=text) if value.at_least else text)


def _share(line: Line, language: Language, style: Style) -> str:
    return "" if line.share is None else style.percent(line.share, language.code)


def _bar(line: Line) -> str:
    return "" if line.share is None else BAR * round(line.share * LONGEST_BAR / 100)
