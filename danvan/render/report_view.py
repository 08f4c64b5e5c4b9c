"""A report as it stands on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from danvan.formatting.language import Language
from danvan.papers import Paper, Sheet, span_said
from danvan.render.room import QUIET, left_out, room_of
from danvan.render.table import drawn

WARNING = "yellow"


def report_view(paper: Paper, language: Language, width: int) -> Iterator[object]:
    """Title, then each section under a rule of its own, in columns that line up through the whole report."""
    say = language.say
    yield Text(title_of(paper, language), "bold")
    if paper.report.is_empty:
        yield Text(say("report.nothing", span=span_said(paper.report, language)))
        yield from (Text(days, QUIET) for days in dict.fromkeys(sheet.days for sheet in paper.sheets))
        return
    whole = [
        strand._replace(cells=tuple(cell for sheet in paper.sheets for cell in sheet.strands[at].cells))
        for at, strand in enumerate(paper.sheets[0].strands)
    ]
    room = room_of(whole, width, language)
    for sheet in paper.sheets:
        yield from _heading(sheet, room.spread)
        if sheet.is_known:
            yield drawn(room.columns(sheet.strands, language), room.widths)
        else:
            yield Text(say("report.no_figures"), QUIET)
        yield from (Text(line, WARNING) for line in sheet.remarks)
    yield Text()
    yield from (Text(line, QUIET) for line in (*paper.notes, *left_out(room, language)))


def title_of(paper: Paper, language: Language) -> str:
    """What stands above a report."""
    if not paper.office:
        return paper.title
    return language.say("report.title_office", office=paper.office, title=paper.title)


def _heading(sheet: Sheet, width: int) -> Iterator[Text]:
    yield Text()
    yield rule(sheet.title, width)
    yield Text(sheet.days, QUIET)


def rule(title: str, width: int) -> Text:
    """A line across with a title in it."""
    line = "─" * max(width - len(title) - 4, 0)
    return Text.assemble(("── ", QUIET), (title, "bold"), (f" {line}", QUIET))
