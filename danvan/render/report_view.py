"""A report as it stands on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from danvan.formatting.language import Language
from danvan.papers import Cell, Paper, Sheet, Strand, span_said
from danvan.render.layout import GAP
from danvan.render.table import Cells, drawn, widths_of

WIDEST = 120
MOST_HEADS = 8  # so many columns that are left out are named
UP, DOWN, QUIET, WARNING = "cyan", "yellow", "dim", "yellow"
STYLES = {"up": UP, "down": DOWN, "quiet": QUIET}


def report_view(paper: Paper, language: Language, width: int) -> Iterator[object]:
    """Title, then each section under a rule of its own, in columns that line up through the whole report."""
    say = language.say
    yield Text(title_of(paper, language), "bold")
    if paper.report.is_empty:
        yield Text(say("report.nothing", span=span_said(paper.report, language)))
        return
    whole = [
        strand._replace(cells=tuple(cell for sheet in paper.sheets for cell in sheet.strands[at].cells))
        for at, strand in enumerate(paper.sheets[0].strands)
    ]
    columns = [cells_of(strand) for strand in whole]
    widths = widths_of(columns, min(width, WIDEST))
    spread = sum(widths) + GAP * (len(widths) - 1)
    for sheet in paper.sheets:
        yield from _heading(sheet, spread)
        if sheet.is_known:
            yield drawn([cells_of(strand) for strand in sheet.strands], widths, cut=False)
        else:
            yield Text(say("report.no_figures"), QUIET)
        yield from (Text(line, WARNING) for line in sheet.remarks)
    yield Text()
    yield from (Text(line, QUIET) for line in (*paper.notes, *left_out(columns[len(widths) :], language)))


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


def left_out(columns: Sequence[Cells], language: Language) -> Iterator[str]:
    """That the window has no room for some columns, and which."""
    heads = [column.head for column in columns if column.head.strip()]  # bars have none, and tell nothing new
    if len(heads) > MOST_HEADS:
        yield language.say("query.narrow_many", columns=", ".join(heads[:MOST_HEADS]), count=len(heads) - MOST_HEADS)
    elif heads:
        yield language.say("query.narrow", columns=", ".join(heads))


def cells_of(strand: Strand) -> Cells:
    """A column as the terminal draws it."""
    total = strand.total.text if strand.total else ""
    return Cells(strand.head, tuple(map(_text, strand.cells)), strand.is_number, total)


def _text(cell: Cell) -> Text:
    return Text("  " * cell.depth + cell.text, STYLES.get(cell.tone, ""))
