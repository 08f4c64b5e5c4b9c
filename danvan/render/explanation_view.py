"""The records behind a number, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from danvan.form_papers import head_said
from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers import ids_said
from danvan.records import Record, fields
from danvan.render.report_view import QUIET, WARNING
from danvan.render.table import Cells, drawn, widths_of
from danvan.reports.explanations import Explanation
from danvan.reports.figures import Contribution


def explanation_view(found: Explanation, span: str, language: Language, style: Style, width: int) -> Iterator[object]:
    """The number, its records with what each adds, and what did not count."""
    say = language.say
    unit = found.measure.unit
    value = (
        say("report.unknown") if found.figure.value is None else style.amount(found.figure.value, unit, language.code)
    )
    if found.figure.at_least:
        value = say("report.at_least", value=value)
    yield Text(say("explain.title", measure=_name(found, language), span=span, value=value), "bold")
    yield Text(say("report.period", begin=found.period.begin, last=found.period.last), QUIET)
    if found.adding:
        columns = _columns(found.adding, unit, language, style)
        yield drawn(columns, widths_of(columns, width))
        total = style.amount(sum(part.amount or 0 for part in found.adding), unit, language.code)
        yield Text(say("explain.counted", count=len(found.adding), value=total), QUIET)
    else:
        yield Text(say("explain.none"), QUIET)
    if found.unknowing:
        yield Text(say("explain.unknown_ids", ids=ids_said(found.unknowing, language)), WARNING)
    if found.straddling:
        yield Text(say("explain.straddles", ids=ids_said(found.straddling, language)), WARNING)
    if found.is_partial:
        yield Text(say("explain.missing"), WARNING)


def _name(found: Explanation, language: Language) -> str:
    """What is explained: a measure of the report, or the column of a form."""
    if not found.heads:
        return language.say(f"measure.{found.measure.key}").strip()
    heads = " – ".join(head_said(head, language) for head in found.heads)
    return f"{found.measure.key} {heads}"


def _columns(parts: Sequence[Contribution], unit: str, language: Language, style: Style) -> list[Cells]:
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
        Cells(language.say("record.date"), tuple(Text(_days(part.record, language)) for part in parts), True),
        *(
            Cells(language.label(kind, name), cells)
            for name, cells in named.items()
            if any(cell.plain for cell in cells)
        ),
    ]


def _days(record: Record, language: Language) -> str:
    first = language.fact(record.date)
    return f"{first} – {language.fact(record.to)}" if record.is_aggregate else first
