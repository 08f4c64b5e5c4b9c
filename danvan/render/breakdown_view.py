"""Breakdowns on the terminal: a line a value with its share and bar, or a cross table of two dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import compress

from rich.text import Text

from danvan.formatting.language import Language
from danvan.papers import UNKNOWN, Paper, Sheet, Strand, span_said
from danvan.render.report_view import QUIET, UP, cells_of, left_out, rule, title_of
from danvan.render.table import Cells, drawn, widths_of

BAR = "█"
LONGEST_BAR = 20


def breakdowns_view(paper: Paper, language: Language, width: int) -> Iterator[object]:
    """The report's title, then its breakdowns; that nothing is known where there is none."""
    yield Text(title_of(paper, language), "bold")
    for sheet in paper.breakdowns:
        yield from breakdown_view(sheet, language, width)
    if not paper.breakdowns:
        yield Text(language.say("report.no_breakdown", span=span_said(paper.report, language)))


def breakdown_view(sheet: Sheet, language: Language, width: int) -> Iterator[object]:
    """One breakdown under its title, with the headline as its last line."""
    yield Text()
    yield rule(sheet.title, min(width, 80))
    yield Text(sheet.days, QUIET)
    columns = _columns(sheet)
    widths = widths_of(columns, width)
    yield drawn(columns, widths)
    yield from (Text(line, QUIET) for line in (*sheet.remarks, *left_out(columns[len(widths) :], language)))


def _columns(sheet: Sheet) -> list[Cells]:
    """Values and totals first; then the second dimension or, without one, the share, the year before and a bar."""
    strands = {strand.key: strand for strand in sheet.strands if strand.key}
    second = [strand for strand in sheet.strands if not strand.key]
    if second:
        return [cells_of(strand) for strand in _of_this_year([strands["value"], strands["now"], *second])]
    rest = [strand for key, strand in strands.items() if key not in ("value", "now", "share")]
    bars = tuple(Text(_bar(cell.value), UP) for cell in strands["share"].cells)
    if any(strand.key.startswith("y") for strand in rest):  # several years, side by side in their order
        years = sorted([strands["now"], *rest], key=lambda strand: strand.head)
        return [*map(cells_of, (strands["value"], *years, strands["share"])), Cells(" ", bars)]
    return [*(cells_of(strands[key]) for key in ("value", "now", "share")), *map(cells_of, rest), Cells(" ", bars)]


def _of_this_year(strands: Sequence[Strand]) -> list[Strand]:
    """Without lines that another year alone has: a cross table has no column of it."""
    rows = zip(*(strand.cells for strand in strands[2:]), strict=True)
    kept = [any(cell.text != UNKNOWN for cell in row) for row in rows]
    return [strand._replace(cells=tuple(compress(strand.cells, kept))) for strand in strands]


def _bar(share: int | Decimal | None) -> str:
    return "" if share is None else BAR * round(share * LONGEST_BAR / 100)
