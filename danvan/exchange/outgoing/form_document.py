"""A form as a Word document: landscape A4, the head of its table merged as on paper and repeated on every page."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from danvan.exchange.outgoing.word import (
    CENTER,
    LEFT,
    RIGHT,
    blank_document,
    keep_whole,
    repeat,
    set_day,
    set_font,
    set_padding,
)
from danvan.formatting.language import Language
from danvan.papers.forms import FormPaper, Heading, Line

WIDTH, HEIGHT, MARGIN = 297, 210, 10
INNER = WIDTH - 2 * MARGIN
UNIT_WIDTH, PADDING = 24, 1.4
# What one character takes of a column, in millimetres at one point; and the sizes of letters, the largest first.
CHARACTER = 0.19
UNIT_SHARES = 4
SIZES = (10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6)


def form_docx(paper: FormPaper, language: Language, today: date) -> bytes:
    """The form as a document."""
    writer = _Writer(paper, language)
    writer.top()
    writer.table()
    writer.bottom()
    set_day(writer.document, today)
    file = io.BytesIO()
    writer.document.save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, paper: FormPaper, language: Language) -> None:
        self.paper = paper
        self.language = language
        room = INNER - UNIT_WIDTH
        self.size = next((size for size in SIZES if sum(self.needed(size)) <= room), SIZES[-1])
        self.document = blank_document()
        self.document.core_properties.title = paper.title
        _set_page(self.document.sections[0])
        normal = self.document.styles["Normal"]
        set_font(normal, SIZES[-1])  # of blank lines; all others have their own
        normal.paragraph_format.space_after = Pt(0)

    def top(self) -> None:
        """Which form, of whom, of which days."""
        paper = self.paper
        table = self.document.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        _write(left, [paper.office], 11, LEFT, bold=True)
        _write(right, [paper.code], 11, RIGHT, bold=True)
        _line(right.add_paragraph(), paper.source, 11, RIGHT)
        title = self.document.add_paragraph()
        title.paragraph_format.space_before = Pt(8)
        _line(title, paper.title.upper(), 13, CENTER, bold=True)
        days = self.document.add_paragraph()
        days.paragraph_format.space_after = Pt(8)
        _line(days, f"({paper.days})", 11, CENTER, italic=True)

    def table(self) -> None:
        """The headings, the column numbers, a row a unit, the total."""
        paper = self.paper
        table = self.document.add_table(rows=paper.depth + 1, cols=len(paper.strips) + 1, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        set_padding(table, 28)  # cells of a form are narrow
        self.heads(table)
        for line in (*paper.lines, paper.total):
            self.line(table, line, is_total=line is paper.total)
        widths = [Mm(width) for width in self.widths()]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            for holder, width in zip(_spread(row), widths, strict=True):
                if holder is not None:
                    holder.width = width

    def heads(self, table: Any) -> None:
        """The head of the table."""
        rows = table.rows[: self.paper.depth + 1]
        grid = [row.cells for row in rows]
        unit = Heading(self.language.say("form.unit"), 0, -1, self.paper.depth, 1)
        for one in (unit, *self.paper.headings):
            first = grid[one.row][one.column + 1]
            last = grid[one.row + one.rows - 1][one.column + one.columns]
            cell = first.merge(last) if first is not last else first
            _write(cell, [one.text], self.size, CENTER, bold=True)
        labels = ("", *(strip.label for strip in self.paper.strips))
        for cell, label in zip(grid[-1], labels, strict=True):
            _write(cell, [label], self.size - 1, CENTER, italic=True)
        for row in rows:
            repeat(row)
            keep_whole(row)

    def line(self, table: Any, line: Line, *, is_total: bool) -> None:
        """A unit, or the total."""
        row = table.add_row()
        keep_whole(row)
        texts = (line.name, *(cell.text if cell else "" for cell in line.cells))
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _write(cell, [text], self.size, RIGHT if at else LEFT, bold=is_total)

    def widths(self) -> list[float]:
        """Room for what each column needs; what is left goes to all alike, and more of it to the names of units."""
        needed = self.needed(self.size)
        spare = max(INNER - UNIT_WIDTH - sum(needed), 0) / (len(needed) + UNIT_SHARES)
        return [UNIT_WIDTH + UNIT_SHARES * spare, *(width + spare for width in needed)]

    def needed(self, size: float) -> list[float]:
        """Room for the longest figure of each column and the longest word of its last heading, in millimetres."""
        lines = (*self.paper.lines, self.paper.total)
        return [
            CHARACTER * size * max(len(text) for text in (*strip.heads[-1].split(), *_texts(lines, at))) + PADDING
            for at, strip in enumerate(self.paper.strips)
        ]

    def bottom(self) -> None:
        """Notes and who signs; on a page of its own, not to be sent, what has to be looked at."""
        say = self.language.say
        self.document.add_paragraph().paragraph_format.line_spacing = Pt(6)
        for note in (*self.paper.notes, say("form.note_blank")):
            _line(self.document.add_paragraph(), note, 10, LEFT, italic=True)
        self.document.add_paragraph()
        table = self.document.add_table(rows=1, cols=2)
        keep_whole(table.rows[0])
        left, right = table.rows[0].cells
        _write(left, [""], 11, CENTER)
        _write(right, [say("form.place_date", place=self.paper.place)], 11, CENTER, italic=True)
        for cell, key in ((left, "form.compiler"), (right, "form.signer")):
            _line(cell.add_paragraph(), say(key).upper(), 11, CENTER, bold=True)
            _line(cell.add_paragraph(), say("form.sign"), 11, CENTER, italic=True)
        self.faults()

    def faults(self) -> None:
        """What has to be looked at."""
        if self.paper.faults:
            head = self.document.add_paragraph()
            head.paragraph_format.page_break_before = True
            _line(head, self.language.say("form.faults"), 12, LEFT, bold=True)
        for fault in self.paper.faults:
            _line(self.document.add_paragraph(), f"- {fault}", 11, LEFT)


def _set_page(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)


def _spread(row: Any) -> Iterator[Any]:
    """The cells of a row by column, None where a cell goes on from the column before."""
    before = None
    for cell in row.cells:
        yield None if (before is not None and cell._tc is before._tc) or cell.grid_span > 1 else cell
        before = cell


def _texts(lines: Iterable[Line], at: int) -> Iterator[str]:
    yield from (cell.text if (cell := line.cells[at]) else "" for line in lines)


def _write(cell: Any, texts: Sequence[str], size: float, alignment: Any, **look: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for paragraph, text in zip(cell.paragraphs, texts, strict=False):
        _line(paragraph, text, size, alignment, **look)


def _line(paragraph: Any, text: str, size: float, alignment: Any, **look: bool) -> None:
    paragraph.alignment = alignment
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    for name, value in look.items():
        setattr(run, name, value)
