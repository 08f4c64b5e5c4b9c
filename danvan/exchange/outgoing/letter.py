"""The Word templates that danvan brings along: a yearly report in the layout of the Party or of the State.

They are made here rather than kept as binary files, so that what stands in them can be read and compared. An office
takes a copy, changes what it likes, and gives it back with `--template`; danvan only fills the placeholders.

Sizes in points and millimetres; the Party layout follows Hướng dẫn 36-HD/VPTW, that of the State Nghị định
30/2020/NĐ-CP.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from danvan.exchange.outgoing.word import (
    CENTER,
    JUSTIFY,
    LEFT,
    blank_document,
    keep_whole,
    repeat,
    set_font,
    set_padding,
)
from danvan.formatting.language import Language
from danvan.records import Layout

# The style by which tables of figures are known: their first column holds words and gets more room.
FIGURES = "danvan figures"
GREY = RGBColor(0x66, 0x66, 0x66)
TEXT_WIDTH = 165
# What the office writes itself: lines left open under a heading.
OPEN_LINES = 2


class Sheet(NamedTuple):
    """What differs between the layouts: the width of the left heading column and sizes."""

    left: int
    heading: int
    title: int
    margins: tuple[int, int, int, int]


SHEETS: dict[Layout, Sheet] = {
    "party": Sheet(77, 14, 16, (20, 20, 30, 15)),
    "state": Sheet(63, 13, 14, (20, 20, 30, 15)),
}


def template_docx(layout: Layout, language: Language) -> bytes:
    """A template with every section of a yearly report, its placeholders unfilled."""
    letter = _Letter(layout, language)
    letter.heading()
    letter.title()
    letter.body()
    letter.signature()
    letter.appendix()
    file = io.BytesIO()
    letter.document.save(file)
    return file.getvalue()


class _Letter:
    def __init__(self, layout: Layout, language: Language) -> None:
        self.layout = layout
        self.sheet = SHEETS[layout]
        self.language = language
        self.document = blank_document()
        properties = self.document.core_properties
        properties.title, properties.author = "{{ title }}", "{{ office }}"
        _set_page(self.document.sections[0], self.sheet)
        _set_styles(self.document, "vi-VN" if language.code == "vi" else "en-GB")

    def say(self, key: str) -> str:
        """A text of the letter."""
        return self.language.say(f"letter.{key}", next_span="{{ next_span|upper }}")

    def heading(self) -> None:
        """The two columns at the top: who writes, and under which name."""
        size = self.sheet.heading
        table = _plain_table(self.document, (self.sheet.left, TEXT_WIDTH - self.sheet.left))
        left, right = table.rows[0].cells
        _lines(
            left,
            [
                ("{{ superior|upper }}", {"size": size}),
                ("{{ office|upper }}", {"size": size, "bold": True}),
            ],
        )
        names = [(self.say(f"{self.layout}.name"), {"size": 15 if self.layout == "party" else 13, "bold": True})]
        if self.layout == "party":
            _lines(left, [("*", {"size": size})])
            _lines(right, names)
            _rule(right.paragraphs[-1], 6)
        else:
            self.rule_in(left, 22)
            _lines(right, [*names, (self.say("state.motto"), {"size": 14, "bold": True})])
            _rule(right.paragraphs[-1], 19)
        _lines(left, [(self.say(f"{self.layout}.number"), {"size": size})])
        _lines(right, [("{{ place_date }}", {"size": 14, "italic": True})])
        right.paragraphs[-1].paragraph_format.space_before = Pt(6)

    def rule_in(self, cell: Any, inset: int) -> None:
        """A line across a cell, below what it holds."""
        _lines(cell, [("", {})])
        _rule(cell.paragraphs[-1], inset)
        _flatten(cell.paragraphs[-1])

    def title(self) -> None:
        """What the document is and of which time."""
        self.centred(self.say("report"), self.sheet.title, before=18)
        self.centred("{{ subject }}", 14)
        if self.layout == "party":
            self.centred("-----", 14, after=10)
        else:
            paragraph = self.centred("", 4, after=12)
            _rule(paragraph, 62)
            _flatten(paragraph)

    def centred(self, text: str, size: int, *, before: int = 0, after: int = 0) -> Any:
        """A bold line in the middle."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = CENTER
        paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        _run(paragraph, text, size=size, bold=True)
        return paragraph

    def body(self) -> None:
        """The five parts: danvan gives the figures of the second, the office writes the rest."""
        self.part("people")
        self.open_lines()
        self.part("results")
        for text in ("{%p for line in periods %}", "{{ line }}", "{%p endfor %}"):
            self.paragraph(text)
        self.head("government", 2)
        for section in ("duty_checks", "inspections", "receptions"):
            self.head(section, 3)
            self.paragraph(f"{{{{ s.{section} }}}}")
            self.open_lines(1)
        self.head("movement", 2)
        self.paragraph("{{ s.models }}")
        self.open_lines(1)
        self.part("assessment")
        for key in ("merits", "shortcomings"):
            self.head(key, 2)
            self.open_lines()
        self.part("tasks")
        self.open_lines()
        self.part("proposals")
        self.open_lines()

    def part(self, key: str) -> None:
        """The heading of one of the five parts."""
        self.head(key, 1)

    def head(self, key: str, level: int) -> None:
        """A heading."""
        self.document.add_paragraph(self.say(key), style=f"Heading {level}")

    def paragraph(self, text: str) -> Any:
        """A paragraph of the body."""
        return self.document.add_paragraph(text)

    def open_lines(self, count: int = OPEN_LINES) -> None:
        """Dotted lines with a word in grey that says who fills them."""
        for at in range(count):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = LEFT
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            _run(paragraph, self.say("open") if at == 0 else "", italic=True, color=GREY, size=12)
            _run(paragraph, "\t", color=GREY)

    def signature(self) -> None:
        """Who gets the report, and who signs it."""
        table = _plain_table(self.document, (75, TEXT_WIDTH - 75))
        keep_whole(table.rows[0])
        left, right = table.rows[0].cells
        state = {"size": 12, "bold": True, "italic": True}
        look = state if self.layout == "state" else {"size": 14, "underline": True}
        _lines(left, [(self.say("to"), look)], alignment=LEFT)
        for line in self.say("receivers").split("|"):
            _lines(left, [(line, {"size": 11 if self.layout == "state" else 12})], alignment=LEFT)
        _lines(right, [(line, {"size": 14, "bold": True}) for line in self.say(f"{self.layout}.signer").split("|")])
        _lines(right, [(self.say("signed"), {"size": 12, "italic": True}), *[("", {})] * 4])

    def appendix(self) -> None:
        """All figures in a table, those asked for by unit or field behind it, and what is to be checked."""
        self.centred(self.say("appendix"), 14).paragraph_format.page_break_before = True
        self.centred("{{ subject }}", 14, after=6)
        self.figures("rows", "heads", self.language.say("report.measure"))
        self.paragraph("{%p for table in breakdowns %}")
        title = self.paragraph("")
        _run(title, "{{ table.title }}", bold=True)
        form = title.paragraph_format
        form.first_line_indent, form.space_before, form.keep_with_next = 0, Pt(10), True
        self.figures("table.rows", "table.heads", "{{ table.first }}")
        self.paragraph("{%p endfor %}")
        for text in ("{%p for note in notes %}", "{{ note }}", "{%p endfor %}"):
            self.small(text)
        self.small("{%p if remarks %}")
        self.small(self.say("remarks"), bold=True).paragraph_format.keep_with_next = True
        for text in ("{%p for remark in remarks %}", "- {{ remark }}", "{%p endfor %}", "{%p endif %}"):
            self.small(text)

    def small(self, text: str, *, bold: bool = False) -> Any:
        """A note under a table."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.space_after = Pt(2)
        _run(paragraph, text, size=11, italic=True, bold=bold)
        return paragraph

    def figures(self, rows: str, heads: str, first: str) -> None:
        """A table that grows to as many rows and columns as there are figures."""
        table = self.document.add_table(rows=0, cols=2, style=FIGURES)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        head = [first, f"{{%tc for head in {heads} %}}", "{{ head }}", "{%tc endfor %}"]
        _add_row(table, head, bold=True, alignment="center", keep=True)
        repeat(table.rows[0])
        for text in (f"{{%tr for row in {rows} %}}", "{%tr if row.is_title %}"):
            _add_row(table, [text])
        _add_row(table, ["{% colspan row.span %}{{ row.label }}"], bold=True, keep=True)
        _add_row(table, ["{%tr elif row.is_total %}"])
        cells = ["{%tc for cell in row.cells %}", "{{ cell }}", "{%tc endfor %}"]
        _add_row(table, ["{{ row.label }}", *cells], bold=True)
        _add_row(table, ["{%tr else %}"])
        _add_row(table, ["{{ row.label }}", *cells])
        for text in ("{%tr endif %}", "{%tr endfor %}"):
            _add_row(table, [text])


def _set_page(section: Any, sheet: Sheet) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, sheet.margins)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True  # pages are numbered from the second
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    paragraph.paragraph_format.first_line_indent = 0
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(paragraph, "", size=13)
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text or None
        run._r.append(mark)


def _set_styles(document: Any, tongue: str) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        set_font(style, 14)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold, style.font.italic = name != "Normal", name == "Heading 3"
        form = style.paragraph_format
        form.alignment, form.keep_with_next = JUSTIFY, name != "Normal"
        form.first_line_indent = Mm(10)
        form.space_before, form.space_after = Pt(0 if name == "Normal" else 6), Pt(6)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(18)
    document.styles["Header"].paragraph_format.tab_stops.clear_all()
    tongues = OxmlElement("w:lang")
    tongues.set(qn("w:val"), tongue)
    properties = document.styles["Normal"].element.get_or_add_rPr()
    properties.append(tongues)
    _add_table_style(document)


def _add_table_style(document: Any) -> None:
    style = document.styles.add_style(FIGURES, WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Table Grid"]


def _plain_table(document: Any, widths: Sequence[int]) -> Any:
    table = document.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = Mm(width)
    set_padding(table, 20)
    return table


def _lines(cell: Any, lines: Sequence[tuple[str, dict[str, Any]]], *, alignment: Any = CENTER) -> None:
    """Lines under what a cell already holds."""
    for text, look in lines:
        is_first = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if is_first else cell.add_paragraph()
        paragraph.alignment = alignment
        form = paragraph.paragraph_format
        form.first_line_indent, form.space_after = 0, Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _run(paragraph, text, **look)


def _add_row(
    table: Any, texts: Sequence[str], *, bold: bool = False, alignment: str = "right", keep: bool = False
) -> None:
    """A row of a table that a template fills; it may have more cells than the table has columns.

    Args:
        keep: whether it stands above the next row, so that no page ends between them.
    """
    row = table.add_row()
    keep_whole(row)
    for _ in range(len(texts) - len(row.cells)):
        row._tr.add_tc()
    for extra in row._tr.tc_lst[len(texts) :]:
        row._tr.remove(extra)
    for at, (holder, text) in enumerate(zip(row._tr.tc_lst, texts, strict=True)):
        paragraph = holder.p_lst[0] if holder.p_lst else holder.add_p()
        form = paragraph.get_or_add_pPr()
        if keep:
            form.get_or_add_keepNext()
        form.get_or_add_ind().set(qn("w:firstLine"), "0")
        spacing = form.get_or_add_spacing()
        for name, value in (("before", "30"), ("after", "30"), ("line", "240"), ("lineRule", "auto")):
            spacing.set(qn(f"w:{name}"), value)
        form.get_or_add_jc().set(qn("w:val"), alignment if at else "left")
        run = paragraph.add_r()
        run.add_t(text)
        properties = run.get_or_add_rPr()
        properties._add_sz().set(qn("w:val"), "24")
        if bold:
            properties._add_b()


def _rule(paragraph: Any, inset: int) -> None:
    """A line under a paragraph, `inset` millimetres shorter at both ends."""
    form = paragraph.paragraph_format
    form.left_indent, form.right_indent = Mm(inset), Mm(inset)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # The schema wants borders before spacing, indents and alignment.
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _flatten(paragraph: Any) -> None:
    """No more height than the line under an empty paragraph needs."""
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)


def _run(
    paragraph: Any,
    text: str,
    *,
    size: int | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
    underline: bool | None = None,
    color: Any = None,
) -> Any:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold, italic, underline
    if size:
        run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = color
    return run
