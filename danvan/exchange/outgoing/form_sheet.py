"""A form as an XLSX workbook: one landscape page as on paper, its figures real numbers.

What is not known is a blank cell, never 0. Whatever people typed is written as text.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from danvan.exchange.spreadsheets import A4, OPTIONS, SIZE, Looks, fitting_name, lines
from danvan.formatting.language import Language
from danvan.formatting.numbers import MILLION
from danvan.papers import Cell
from danvan.papers.forms import FormPaper, Heading, Line

FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
HEAD = {"bold": True, "text_wrap": True, "align": "center", "border": 1}
# Above the table: two lines of the office and the form, the title and the days, blank lines between them.
TITLE_ROW, TABLE_ROW = 3, 6
# Widths in characters, heights in points.
UNIT_WIDTH, LEAST_WIDTH, PADDING, FAULT_WIDTH = 24, 5.5, 1.2, 100
ROW_HEIGHT, TITLE_HEIGHT = 15, 20
SMALL = 9  # points
# Figures in groups of three as Vietnamese writes them, wherever the program lets the file decide.
LOCALES = {"vi": "[$-42A]", "en": ""}


def form_xlsx(paper: FormPaper, language: Language, today: date) -> bytes:
    """The form as a workbook of one sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties({"title": paper.title, "created": datetime(today.year, today.month, today.day)})
        _Writer(book, paper, language).write()
    return file.getvalue()


class _Writer:
    def __init__(self, book: Any, paper: FormPaper, language: Language) -> None:
        self.book = book
        self.paper = paper
        self.language = language
        self.page = book.add_worksheet(paper.code.partition(": ")[2].replace("/", "-") or "1")
        self.look = Looks(book, FONT)
        self.last = len(paper.strips)
        self.numbers = TABLE_ROW + paper.depth  # the row of column numbers

    def write(self) -> None:
        """The whole page."""
        self.set_page()
        self.top()
        self.heads()
        for row, line in enumerate((*self.paper.lines, self.paper.total), self.numbers + 1):
            self.line(row, line, is_total=line is self.paper.total)
        self.bottom(self.numbers + len(self.paper.lines) + 3)
        self.faults()

    def set_page(self) -> None:
        """A4 across, all columns on one page, the head on every page."""
        page = self.page
        page.set_paper(A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.center_horizontally()
        page.repeat_rows(TABLE_ROW, self.numbers)
        page.freeze_panes(self.numbers + 1, 1)
        page.hide_gridlines(2)
        page.set_footer("&C&9&P/&N")
        page.set_column(0, 0, UNIT_WIDTH)
        for at in range(1, self.last + 1):
            page.set_column(at, at, self.width(at - 1))

    def width(self, at: int) -> float:
        """Room for the widest figure of a column and the longest word of its last heading."""
        figures = [cell.text for line in (*self.paper.lines, self.paper.total) if (cell := line.cells[at])]
        return max(LEAST_WIDTH, max(map(len, (*self.paper.strips[at].heads[-1].split(), *figures))) + PADDING)

    def room(self, column: int, columns: int = 1) -> float:
        """The width of some columns of figures, counted from 0; -1 is that of the units."""
        return sum(self.width(at) if at >= 0 else UNIT_WIDTH for at in range(column, column + columns))

    def heights(self) -> list[int]:
        """The heights of the rows of headings; one that spans several rows may make the last of them taller."""
        heights = [ROW_HEIGHT + 2] * self.paper.depth
        for one in sorted(self.paper.headings, key=lambda one: one.rows):
            needed = ROW_HEIGHT * lines(one.text, self.room(one.column, one.columns)) + 2
            missing = needed - sum(heights[one.row : one.row + one.rows])
            heights[one.row + one.rows - 1] += max(missing, 0)
        return heights

    def top(self) -> None:
        """Which form, of whom, of which days."""
        paper = self.paper
        self.page.set_row(TITLE_ROW, TITLE_HEIGHT)
        middle = self.last * 2 // 3
        for row, (left, right) in enumerate([(paper.office, paper.code), ("", paper.source)]):
            self.page.merge_range(row, 0, row, middle - 1, left, self.look(bold=row == 0))
            self.page.merge_range(row, middle, row, self.last, right, self.look(bold=row == 0, align="right"))
        for row, text, look in (
            (TITLE_ROW, paper.title.upper(), {"bold": True, "font_size": 14}),
            (TITLE_ROW + 1, f"({paper.days})", {"italic": True}),
        ):
            self.page.merge_range(row, 0, row, self.last, text, self.look(align="center", **look))

    def heads(self) -> None:
        """The headings, merged as on paper, and the numbers under them."""
        unit = Heading(self.language.say("form.unit"), 0, -1, self.paper.depth, 1)
        for one in (unit, *self.paper.headings):
            row, column = TABLE_ROW + one.row, one.column + 1
            if one.rows == one.columns == 1:
                self.page.write_string(row, column, one.text, self.look(**HEAD))
            else:
                last = (row + one.rows - 1, column + one.columns - 1)
                self.page.merge_range(row, column, *last, one.text, self.look(**HEAD))
        for row, height in enumerate(self.heights(), TABLE_ROW):
            self.page.set_row(row, height)
        labels = [strip.label for strip in self.paper.strips]
        height = max(lines(label, self.room(at), SMALL) for at, label in enumerate(labels))
        self.page.set_row(self.numbers, ROW_HEIGHT * SMALL / SIZE * height)
        small = self.look(border=1, italic=True, align="center", font_size=SMALL, text_wrap=True)
        self.page.write_blank(self.numbers, 0, None, small)
        for at, label in enumerate(labels, 1):
            self.page.write_string(self.numbers, at, label, small)

    def line(self, row: int, line: Line, *, is_total: bool) -> None:
        """A unit, or the total."""
        look = {"border": 1, "bold": is_total}
        self.page.set_row(row, ROW_HEIGHT * lines(line.name, UNIT_WIDTH))
        self.page.write_string(row, 0, line.name, self.look(**look, text_wrap=True))
        for at, cell in enumerate(line.cells, 1):
            if cell is None or cell.value is None:
                self.page.write_blank(row, at, None, self.look(**look))
            else:
                self.page.write_number(row, at, _value(cell), self.look(**look, num_format=self.number(cell)))

    def number(self, cell: Cell) -> str:
        """How a spreadsheet shows a figure: in groups of three, a lower bound as such."""
        whole = cell.unit != "dong" or not int(cell.value or 0) % MILLION
        plain = LOCALES[self.language.code] + ("#,##0" if whole else "#,##0.0#####")
        return plain.replace("#,", '"≥ "#,') if cell.at_least else plain

    def bottom(self, row: int) -> None:
        """Notes, and who signs."""
        say = self.language.say
        for note in (*self.paper.notes, say("form.note_blank")):
            self.page.merge_range(row, 0, row, self.last, note, self.look(italic=True, font_size=10, text_wrap=True))
            self.page.set_row(row, ROW_HEIGHT * lines(note, self.room(-1, self.last + 1)))
            row += 1
        third = self.last // 3
        right = (say("form.place_date", place=self.paper.place), say("form.signer").upper(), say("form.sign"))
        left = ("", say("form.compiler").upper(), say("form.sign"))
        looks = ({"italic": True}, {"bold": True}, {"italic": True})
        for at, (one, other, look) in enumerate(zip(left, right, looks, strict=True), row + 1):
            self.page.merge_range(at, 0, at, third, one, self.look(align="center", **look))
            self.page.merge_range(at, self.last - third, at, self.last, other, self.look(align="center", **look))

    def faults(self) -> None:
        """On a sheet of its own, not to be sent, what has to be looked at."""
        if self.paper.faults:
            page = self.book.add_worksheet(fitting_name(self.language.say("form.faults")))
            page.set_paper(A4)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.set_column(0, 0, FAULT_WIDTH)
            page.write_string(0, 0, self.language.say("form.faults"), self.look(bold=True))
            for row, fault in enumerate(self.paper.faults, 1):
                page.write_string(row, 0, fault, self.look(text_wrap=True))
                page.set_row(row, ROW_HEIGHT * lines(fault, FAULT_WIDTH))


def _value(cell: Cell) -> float:
    value = int(cell.value or 0)
    return value / MILLION if cell.unit == "dong" else value
