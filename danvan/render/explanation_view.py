"""The records behind a number, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from danvan.formatting.days import span
from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers import cell_said, ids_said, measure_in_full
from danvan.papers.forms import head_said
from danvan.records import fields
from danvan.render.report_view import WARNING
from danvan.render.room import QUIET
from danvan.render.table import Cells, drawn, widths_of
from danvan.reports.explanations import Explanation
from danvan.reports.figures import Contribution
from danvan.reports.measures import CARRIED, PERFORMED, SESSIONS

BY_START = ("date", CARRIED, PERFORMED, SESSIONS)  # what is counted by the day on which a record begins


def explanation_view(found: Explanation, when: str, language: Language, style: Style, width: int) -> Iterator[object]:
    """The number, its records with what each adds, and what did not count."""
    say = language.say
    unit = found.measure.unit
    value = (
        say("report.unknown") if found.figure.value is None else style.amount(found.figure.value, unit, language.code)
    )
    if found.figure.at_least:
        value = say("report.at_least", value=value)
    yield Text(say("explain.title", measure=_name(found, language), span=when, value=value), "bold")
    yield Text(say("report.period", begin=found.period.begin, last=found.period.last), QUIET)
    if found.adding:
        columns = _columns(found, language, style)
        widths = widths_of(columns, width)
        yield drawn(columns, widths, is_list=True)
        if columns[len(widths) :]:
            names = ", ".join(column.head for column in columns[len(widths) :])
            yield Text(say("explain.narrow", columns=names), QUIET)
        total = style.amount(sum(part.amount or 0 for part in found.adding), unit, language.code)
        yield Text(say("explain.counted", count=len({part.id for part in found.adding}), value=total), QUIET)
    else:
        yield Text(say("explain.none"), QUIET)
    if found.unknowing:
        yield Text(say("explain.unknown_ids", ids=ids_said(found.unknowing, language)), WARNING)
    if found.straddling:
        yield Text(say("explain.straddles", ids=ids_said(found.straddling, language)), WARNING)
    if found.is_partial:
        yield Text(say("explain.missing"), WARNING)


def _name(found: Explanation, language: Language) -> str:
    """What is explained: a measure of the report or the column of a form, all of it or one cell."""
    heads = " – ".join(head_said(head, language) for head in found.heads)
    name = f"{found.measure.key} {heads}" if heads else measure_in_full(found.measure.key, language)
    cell = cell_said(found.only, found.rest, found.measure.kind, language)
    return language.say("explain.cell", measure=name, cell=cell) if cell else name


def _columns(found: Explanation, language: Language, style: Style) -> list[Cells]:
    parts, unit = found.adding, found.measure.unit
    kind = type(parts[0].record)
    name = next(name for name, field in fields(kind).items() if field.argument)
    named = {
        name: tuple(Text(language.show(kind, name, getattr(part.record, name))) for part in parts)
        for name in (name, "unit", "note")
    }
    amounts = tuple(Text(style.amount(part.amount or 0, unit, language.code)) for part in parts)
    return [
        Cells(language.say("record.id"), tuple(Text(str(part.id)) for part in parts), True),
        Cells(language.say("explain.adds"), amounts, True),
        Cells(_day_head(found, language), tuple(Text(_days(found, part, language)) for part in parts), True),
        *(
            Cells(language.label(kind, name), cells)
            for name, cells in named.items()
            if any(cell.plain for cell in cells)
        ),
    ]


def _day_head(found: Explanation, language: Language) -> str:
    """What the days are by which the records count."""
    by = found.measure.by
    key = f"explain.day.{by}"
    if language.knows(key):
        return language.say(key)
    return language.say("record.date" if by in BY_START else "explain.day.status")


def _days(found: Explanation, part: Contribution, language: Language) -> str:
    on = part.days(found.measure.by, found.period)
    return span(on.begin, on.last, language.code)
