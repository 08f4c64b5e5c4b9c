"""A report as an XLSX workbook: figures as numbers, days as dates, native charts, ready to print.

What is not known is a word, never 0. Whatever people typed is written as text: nothing becomes a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from danvan.exchange.spreadsheets import A4, LINE, OPTIONS, SHEET_NAME, SIZE, Looks, fitting_name, lines
from danvan.formatting.language import Language
from danvan.formatting.numbers import Scale, size, written
from danvan.formatting.style import Style
from danvan.papers import PERCENT, Cell, Chart, Paper, Sheet, Strand

FONT = {"font_name": "Times New Roman", "font_size": SIZE, "valign": "vcenter"}
HEAD = {"bold": True, "text_wrap": True, "align": "center", "border": 1, "bg_color": "#F0E9DC"}
DAY = "dd/mm/yyyy"
LEAST_WIDTH, MOST_WIDTH = 11, 44
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
NOW, BEFORE = "#A8201A", "#C9B79C"
# Rows above the table of a sheet: title, days, a blank one.
HEAD_ROW = 3
ROW_HEIGHT, TITLE_SIZE = 20, 14  # points
CHART_HEIGHT, CHART_WIDTH, CHART_LEFT = 300, 640, 4  # pixels
ROW_PIXELS = ROW_HEIGHT * 96 / 72
# What a page of charts holds inside its margins, in pixels; less than it does, for columns are a third wider in
# LibreOffice than in Excel. A chart stands on columns whose widths are known.
PAGE_WIDTH, PAGE_HEIGHT = 480, 930
CHART_WIDTHS = (44, 17)  # characters: the names of the figures, and each year of them
NOTE_WIDTHS = (30, 13, 13, 26, 20, 60)
SCALES = {"million": (",,", "triệu đồng", "million dong"), "billion": (",,,", "tỷ đồng", "billion dong")}


def report_xlsx(paper: Paper, language: Language, style: Style, today: date) -> bytes:
    """The whole report: a sheet a section, then breakdowns, charts and notes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        made = datetime(today.year, today.month, today.day)
        book.set_properties({"title": paper.title, "author": paper.office, "comments": "danvan", "created": made})
        writer = _Writer(book, paper, language, style)
        for sheet in (*paper.sheets, *paper.breakdowns):
            writer.sheet(sheet)
        writer.charts()
        writer.notes()
    return file.getvalue()


class _Writer:
    def __init__(self, book: Any, paper: Paper, language: Language, style: Style) -> None:
        self.book = book
        self.paper = paper
        self.language = language
        self.style = style
        self.names: set[str] = set()
        self.look = Looks(book, FONT)

    def page(self, title: str, *, wide: bool = False) -> Any:
        """A new sheet that prints well: A4, fitted to the width, pages numbered."""
        sheet = self.book.add_worksheet(self.name(title))
        sheet.set_paper(A4)
        if wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        sheet.set_footer(f"&L&9{_code(self.paper.office)}&C&9&P/&N&R&9{_code(self.paper.title)}")
        sheet.hide_gridlines(2)
        sheet.set_default_row(ROW_HEIGHT)
        return sheet

    def name(self, title: str) -> str:
        """A name that a sheet may have and no other has yet."""
        plain = " ".join(title.translate(FORBIDDEN).split()).strip("'") or "-"
        name, count = fitting_name(plain).rstrip("' "), 1
        while name.casefold() in self.names:
            count += 1
            tail = f" ({count})"
            name = plain[: SHEET_NAME - len(tail)].rstrip() + tail
        self.names.add(name.casefold())
        return name

    def sheet(self, sheet: Sheet) -> None:
        """One table under its title, its remarks below."""
        page = self.page(sheet.name or sheet.title, wide=len(sheet.strands) > 6)
        page.freeze_panes(HEAD_ROW + 1, 1)
        page.repeat_rows(HEAD_ROW)
        widths = [self.column(page, at, strand) for at, strand in enumerate(sheet.strands)]
        self.prose(page, 0, f"{sheet.title} – {self.paper.title}", widths, bold=True, font_size=TITLE_SIZE)
        self.prose(page, 1, sheet.days, widths, italic=True, font_color="#555555")
        heads = zip(sheet.strands, widths, strict=True)
        page.set_row(HEAD_ROW, _height_of(max(lines(strand.head, width) for strand, width in heads)))
        row = HEAD_ROW + len(sheet.strands[0].cells) + 3
        for at, remark in enumerate(sheet.remarks, row):
            self.prose(page, at, f"⚠ {remark}", widths, font_color="#7A4B00")

    def prose(self, page: Any, row: int, text: str, widths: Sequence[float], **look: Any) -> None:
        """A text as wide as the table of its sheet: a longer line would make the page narrower in print."""
        page.merge_range(row, 0, row, len(widths) - 1, text, self.look(text_wrap=True, **look))
        page.set_row(row, _height_of(lines(text, sum(widths), look.get("font_size", SIZE))))

    def column(self, page: Any, at: int, strand: Strand) -> int:
        """One column from its head to its total, as wide as it needs; returns its width in characters."""
        cells = [*strand.cells, *([strand.total] if strand.total else [])]
        page.write_string(HEAD_ROW, at, strand.head, self.look(**HEAD))
        for row, cell in enumerate(cells, HEAD_ROW + 1):
            self.cell(page, row, at, cell, strand, is_total=row > HEAD_ROW + len(strand.cells))
        longest = max((len(self.widest(cell)) + 2 * cell.depth for cell in cells), default=0)
        width = min(max(longest + 2, LEAST_WIDTH), MOST_WIDTH)
        page.set_column(at, at, width)
        if not strand.is_number:
            for row, cell in enumerate(cells, HEAD_ROW + 1):
                page.set_row(row, _height_of(lines(cell.text, width - cell.depth)))
        return width

    def widest(self, cell: Cell) -> str:
        """About what the spreadsheet shows of a cell."""
        if cell.value is None or cell.unit == PERCENT:
            return cell.text
        return f"{'≥ ' * cell.at_least}{cell.value:,}{' đ' if cell.unit in ('dong', 'm2') else ''}"

    def cell(self, page: Any, row: int, at: int, cell: Cell, strand: Strand, *, is_total: bool) -> None:
        """One cell: a number with its format, or text."""
        look: dict[str, Any] = {"border": 1} | ({"bold": True} if is_total else {})
        if cell.value is None:
            quiet = {"font_color": "#777777", "italic": True, "align": "right"} if strand.is_number else {}
            indent = {} if strand.is_number else {"text_wrap": True, "indent": 1 + cell.depth}
            write = page.write_string if cell.text else page.write_blank
            write(row, at, cell.text, self.look(**look, **quiet, **indent))
            return
        look["num_format"] = self.number_format(cell, strand)
        look["bold"] = is_total or strand.key == "now"
        value = float(cell.value / 100) if isinstance(cell.value, Decimal) else cell.value
        page.write_number(row, at, value, self.look(**look))

    def number_format(self, cell: Cell, strand: Strand) -> str:
        """How a spreadsheet shows the number."""
        if cell.unit == PERCENT:
            return "0%" if not self.style.places else f"0.{'0' * self.style.places}%"
        plain = self.plain_format(cell.unit, int(cell.value or 0))
        if strand.key == "change":
            return f"+{plain};-{plain};{plain}"
        if not cell.at_least:
            return plain
        # A format would round a lower bound up.
        return f'"≥ "{self.scaled("dong", 0) if cell.rounded else plain}'

    def plain_format(self, unit: str, value: int = 0) -> str:
        """How a number of a unit is shown, on the scale that money was asked in."""
        if unit == "dong":
            return self.scaled(self.style.money, value)
        if unit == "m2":
            return '#,##0 "m²"'
        return "00" if self.style.pad else "#,##0"

    def scaled(self, scale: Scale, value: int) -> str:
        """The format of an amount on a scale, as sentences have it; whole đồng where no scale is asked for."""
        one, places = written(value, scale)
        if scale not in SCALES or one == 1:
            return '#,##0 "đ"'
        smaller, *words = SCALES[scale]
        return f'#,##0.0{"#" * (places - 1)}{smaller} "{words[self.language.code == "en"]}"'

    def charts(self) -> None:
        """The charts, each beside the figures it draws, which are those of the sections."""
        if not self.paper.charts:
            return
        title = self.language.say("chart.sheet")
        page = self.page(title)
        most = max(len(chart.series) for chart in self.paper.charts)
        widths = [CHART_WIDTHS[at > 0] for at in range(max(most, 2) + 1)]
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        self.prose(page, 0, f"{title} – {self.paper.title}", widths, bold=True, font_size=TITLE_SIZE)
        room = sum(map(_pixels, widths))
        scale = min(1, PAGE_WIDTH / room)
        page.set_print_scale(int(100 * scale))
        row, top, breaks = 2, 0, []
        for chart in self.paper.charts:
            ends = row + len(chart.lines) + 2 + int(_height(chart) / ROW_PIXELS)
            if (ends - top) * ROW_PIXELS * scale > PAGE_HEIGHT and row > 2:
                top = row
                breaks.append(row)
            row = self.chart(page, row, chart, min(CHART_WIDTH, room - 2 * CHART_LEFT))
        page.set_h_pagebreaks(breaks)

    def chart(self, page: Any, row: int, chart: Chart, width: int) -> int:
        """One chart under its figures; returns the next free row."""
        page.write_string(row, 0, chart.title, self.look(**HEAD | {"align": "left"}))
        for at, name in enumerate(chart.series, 1):
            page.write_string(row, at, name, self.look(**HEAD))
        for down, (label, cells) in enumerate(chart.lines, row + 1):
            page.write_string(down, 0, label, self.look(border=1, indent=1))
            for at, cell in enumerate(cells, 1):
                # A word would be drawn as 0: what is not known stays blank.
                known = cell if cell.value is not None else Cell("")
                self.cell(page, down, at, known, Strand("", "", ()), is_total=False)
        first, last = row + 1, row + len(chart.lines)
        drawn = self.drawn(page.get_name(), chart, first, last)
        drawn.set_size({"width": width, "height": _height(chart)})
        page.insert_chart(last + 1, 0, drawn, {"x_offset": CHART_LEFT, "y_offset": 8, "description": chart.title})
        return last + 4 + int(_height(chart) / ROW_PIXELS)

    def drawn(self, sheet: str, chart: Chart, first: int, last: int) -> Any:
        """Bars for one or two years, lines for a row of years."""
        is_series = len(chart.series) > 2
        drawn = self.book.add_chart({"type": "line"} if is_series else {"type": "bar"})
        ranges = _by_line(chart, first) if is_series else _by_year(chart, first, last)
        for at, (name, categories, values) in enumerate(ranges):
            look: dict[str, Any] = {"marker": {"type": "circle"}} if is_series else {}
            if not is_series:
                labels = {"value": True, "num_format": self.label_format(chart)}
                look = {"fill": {"color": (NOW, BEFORE)[at]}, "gap": 60, "data_labels": labels}
            drawn.add_series(
                {"name": [sheet, *name], "categories": [sheet, *categories], "values": [sheet, *values], **look}
            )
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
        drawn.set_legend({"position": "bottom"})
        drawn.show_blanks_as("gap")
        if not is_series:
            drawn.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
            drawn.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        return drawn

    def label_format(self, chart: Chart) -> str:
        """How the figures beside bars are written: money on the scale of the largest."""
        cells = [cell for _, cells in chart.lines for cell in cells]
        if cells[0].unit != "dong":
            return self.plain_format(cells[0].unit)
        largest = max(int(cell.value or 0) for cell in cells)
        return self.scaled(self.style.money if self.style.money != "auto" else size(largest), largest)

    def notes(self) -> None:
        """The days that each section speaks of as dates, every remark, and what holds for all of it."""
        say = self.language.say
        page = self.page(say("chart.notes"), wide=True)
        title = f"{say('chart.notes')} – {self.paper.title}"
        self.prose(page, 0, title, NOTE_WIDTHS, bold=True, font_size=TITLE_SIZE)
        heads = [say(f"chart.{key}") for key in ("section", "from", "to", "calendar", "state", "remarks")]
        for at, (head, width) in enumerate(zip(heads, NOTE_WIDTHS, strict=True)):
            page.set_column(at, at, width)
            page.write_string(HEAD_ROW, at, head, self.look(**HEAD))
        page.freeze_panes(HEAD_ROW + 1, 0)
        page.repeat_rows(HEAD_ROW)
        row = HEAD_ROW + 1
        for section, sheet in zip(self.paper.report.sections, self.paper.sheets, strict=True):
            self.periods(page, row, section, sheet)
            row += 1
        for note in self.paper.notes:
            row += 1
            self.prose(page, row, note, NOTE_WIDTHS)

    def periods(self, page: Any, row: int, section: Any, sheet: Sheet) -> None:
        """The line of one section among the notes."""
        look, text = self.look(border=1, num_format=DAY, align="center"), self.look(border=1, text_wrap=True, indent=1)
        for at, day in enumerate((section.period.begin, section.period.last), 1):
            page.write_datetime(row, at, datetime(day.year, day.month, day.day), look)
        calendar = self.language.say(f"calendar.{section.calendar.key}", source=section.calendar.source)
        texts = {0: sheet.title, 3: calendar, 4: sheet.aspects[-1], 5: "\n".join(sheet.remarks)}
        for at, said in texts.items():
            page.write_string(row, at, said, text)
        page.set_row(row, _height_of(max(lines(said, NOTE_WIDTHS[at] - 1) for at, said in texts.items())))


def _height_of(count: int) -> int:
    """Points for a row of some lines."""
    return ROW_HEIGHT + LINE * (count - 1)


def _pixels(width: int) -> int:
    """How wide a column of some characters is."""
    return 7 * width + 5


def _height(chart: Chart) -> int:
    return max(CHART_HEIGHT, 60 + 34 * len(chart.lines) * min(len(chart.series), 2))


Range = tuple[int, ...]


def _by_year(chart: Chart, first: int, last: int) -> Iterator[tuple[Range, Range, Range]]:
    for at in range(1, len(chart.series) + 1):
        yield (first - 1, at), (first, 0, last, 0), (first, at, last, at)


def _by_line(chart: Chart, first: int) -> Iterator[tuple[Range, Range, Range]]:
    many = len(chart.series)
    for row in range(first, first + len(chart.lines)):
        yield (row, 0), (first - 1, 1, first - 1, many), (row, 1, row, many)


def _code(text: str) -> str:
    """A text in a footer, where "&" would begin a code; footers are short."""
    return text[:60].replace("&", "&&")
