"""Breakdowns on the terminal: a line a value with its share and bar, or a cross table of two dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import compress

from rich.text import Text

from danvan.formatting.language import Language
from danvan.papers import Paper, Sheet, Strand, is_bare, span_said
from danvan.render.layout import GAP
from danvan.render.report_view import WARNING, rule, title_of
from danvan.render.room import QUIET, UP, left_out, room_of
from danvan.render.table import Cells, drawn

BAR = "█"
LONGEST_BAR, SHORTEST_BAR = 20, 6


def breakdowns_view(paper: Paper, language: Language, width: int) -> Iterator[object]:
    """The report's title, then its breakdowns; that nothing is known where there is none."""
    yield Text(title_of(paper, language), "bold")
    for sheet in paper.breakdowns:
        yield from breakdown_view(sheet, language, width)
    if not paper.breakdowns:
        yield Text(language.say("report.no_breakdown", span=span_said(paper.report, language)))
    yield from (Text(note, QUIET) for note in paper.notes_below)
    yield from _remarks(paper, language)


def _remarks(paper: Paper, language: Language) -> Iterator[Text]:
    """What a reader should know of the sections whose figures are broken down: here they are not shown themselves.

    Where nothing could be, it is of those without figures.
    """
    divided = {one.section for one in paper.breakdowns} or {one.key for one in paper.sheets if not one.is_known}
    said = [(sheet.title, remark) for sheet in paper.sheets if sheet.key in divided for remark in sheet.remarks]
    if said:
        yield Text()
    for title, remark in said:
        yield Text(language.say("report.remark", section=title, remark=remark), WARNING)


def breakdown_view(sheet: Sheet, language: Language, width: int) -> Iterator[object]:
    """One breakdown under its title, with the headline as its last line."""
    yield Text()
    yield rule(sheet.title, min(width, 80))
    yield Text(sheet.days, QUIET)
    strands = _strands(sheet)
    room = room_of(strands, width, language)
    columns, widths = room.columns(strands, language), room.widths
    longest = min(width - room.spread - GAP, LONGEST_BAR)
    is_cross = any(not strand.key for strand in strands)
    bars = () if is_cross or longest < SHORTEST_BAR else tuple(_bars(strands, longest))
    if any(bars):
        columns.append(Cells(" ", tuple(Text(bar, UP) for bar in bars)))
        widths = (*widths, max(map(len, bars)))
    yield drawn(columns, widths)
    cells = [cell for strand in strands for cell in (*strand.cells, *filter(None, [strand.total]))]
    said = sheet.remarks if any(cell.at_least for cell in cells) else _without_bounds(sheet.remarks, language)
    yield from (Text(line, QUIET) for line in (*said, *left_out(room, language)))


def _strands(sheet: Sheet) -> list[Strand]:
    """Values and totals first; then the second dimension or, without one, the share and what it is compared with."""
    strands = {strand.key: strand for strand in sheet.strands if strand.key}
    second = [strand for strand in sheet.strands if not strand.key]
    if second:
        return _of_this_year([strands["value"], strands["now"], *second])
    figures = [strand for key, strand in strands.items() if key not in ("value", "share")]
    at = [strand.key for strand in figures].index("now") + 1  # it is a share of that column
    return [strands["value"], *figures[:at], strands["share"], *figures[at:]]


def _without_bounds(remarks: Sequence[str], language: Language) -> list[str]:
    """What is said of a table without lower bounds: those of other years are not shown in a cross table."""
    return [remark for remark in remarks if remark != language.say("note.at_least")]


def _of_this_year(strands: Sequence[Strand]) -> list[Strand]:
    """Without lines that another year alone has: a cross table has no column of it."""
    rows = zip(*(strand.cells for strand in strands[2:]), strict=True)
    kept = [not all(map(is_bare, row)) for row in rows]
    return [strand._replace(cells=tuple(compress(strand.cells, kept))) for strand in strands]


def _bars(strands: Sequence[Strand], longest: int) -> Iterator[str]:
    """A bar for each figure; the largest is as long as may be, so that small differences show as well.

    A line that sums up several has none: beside it the others would be nothing.
    """
    named = {strand.key: strand.cells for strand in strands}
    lines = zip(named["value"], named["now"], strict=True)
    values = [Decimal(0 if name.is_sum else figure.value or 0) for name, figure in lines]
    yield from (BAR * round(value * longest / (max(values) or 1)) for value in values)
