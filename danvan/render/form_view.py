"""A form on the terminal: its columns as rows, under their headings; units side by side, as many as find room.

Turned like this the thirty columns of a form can be read in any window, and no figure is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from danvan.formatting.language import Language
from danvan.papers.forms import FormPaper, Line
from danvan.render.layout import GAP
from danvan.render.report_view import WARNING
from danvan.render.room import QUIET
from danvan.render.table import Cells, drawn

UNKNOWN = "–"  # a blank would not show
LEAST_HEADINGS = 20
WIDEST_UNIT = 18


def form_view(paper: FormPaper, language: Language, width: int) -> Iterator[object]:
    """The name of the form, its figures in blocks of units, its notes."""
    yield Text(f"{paper.code} · {paper.source}", QUIET)
    yield Text(paper.title, "bold")
    yield Text(paper.days, QUIET)
    if paper.lines:
        yield from _blocks(paper, language, width)
    yield Text()
    yield from (Text(note, QUIET) for note in (*paper.notes, language.say("form.note_dash", dash=UNKNOWN)))
    yield from (Text(fault, WARNING) for fault in paper.faults)
    yield from (Text(hint, QUIET) for hint in paper.hints)


def _blocks(paper: FormPaper, language: Language, width: int) -> Iterator[object]:
    leading = [_numbers(paper, language), _headings(paper, language)]
    units = [_unit(paper, line) for line in (paper.total, *paper.lines)]
    numbers, headings = (column.size().full for column in leading)
    figures = max(unit.size().least for unit in units)
    widths = [numbers, max(min(headings, width - numbers - figures - 2 * GAP), LEAST_HEADINGS)]
    room = width - sum(widths) - GAP * len(widths)
    wanted = [_width(unit, lines=1) for unit in units]
    if _that_fit(wanted, room) < len(wanted):
        wanted = [_width(unit, lines=2) for unit in units]
    at = 0
    while at < len(units):
        count = _that_fit(wanted[at:], room)
        yield Text()
        yield drawn([*leading, *units[at : at + count]], [*widths, *wanted[at : at + count]])
        at += count


def _that_fit(widths: Sequence[int], room: int) -> int:
    """How many columns find room; at least one."""
    used, count = -GAP, 0
    for width in widths:
        used += width + GAP
        if used > room:
            break
        count += 1
    return max(count, 1)


def _width(unit: Cells, lines: int) -> int:
    """As wide as the figures and about as the name in so many lines; long names run over more."""
    size = unit.size()
    return max(size.least, min(size.full // lines + lines - 1, WIDEST_UNIT))


def _rows(paper: FormPaper) -> Iterator[tuple[str, int | None]]:
    """The headings from the top down, set in by level, each with the column it names, or None for a group of them."""
    above: tuple[str, ...] = ()
    for at, strip in enumerate(paper.strips):
        *groups, _ = strip.heads
        for level, group in enumerate(groups):
            if above[: level + 1] != strip.heads[: level + 1]:
                yield "  " * level + group, None
        yield "  " * len(groups) + strip.heads[-1], at
        above = strip.heads


def _shown(paper: FormPaper) -> list[tuple[str, int | None]]:
    """All rows but those that are left to the pen."""
    return [(text, at) for text, at in _rows(paper) if at is None or paper.total.cells[at] is not None]


def _numbers(paper: FormPaper, language: Language) -> Cells:
    cells = (Text("" if at is None else str(paper.strips[at].number)) for _, at in _shown(paper))
    return Cells(language.say("form.column"), tuple(cells), is_number=True)


def _headings(paper: FormPaper, language: Language) -> Cells:
    cells = (_heading(paper, text, at) for text, at in _shown(paper))
    return Cells(language.say("report.measure"), tuple(cells))


def _heading(paper: FormPaper, text: str, at: int | None) -> Text:
    if at is None:
        return Text(text, "bold")
    _, _, sums = paper.strips[at].label.partition(" = ")
    return Text.assemble(text, (f" = {sums}", QUIET)) if sums else Text(text)


def _unit(paper: FormPaper, line: Line) -> Cells:
    return Cells(line.name, tuple(_figure(line, at) for _, at in _shown(paper)), is_number=True)


def _figure(line: Line, at: int | None) -> Text:
    cell = None if at is None else line.cells[at]
    if cell is None:
        return Text()
    return Text(cell.text) if cell.text else Text(UNKNOWN, QUIET)
