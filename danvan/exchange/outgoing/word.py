"""What the Word documents that danvan makes share: their font, and what python-docx has no words for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

FONT = "Times New Roman"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# A picture of its first page, and the program that wrote it.
TOLD_OF_ANOTHER = (f"{PACKAGE}/metadata/thumbnail", RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def blank_document() -> Any:
    """An empty document that says nothing of the one it was copied from: neither who made it, with what, nor when."""
    document: Any = Document()
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype in TOLD_OF_ANOTHER]:
        del relations[name]
    properties = document.core_properties._element
    for own in list(properties):
        properties.remove(own)
    return document


def set_day(document: Any, day: date) -> None:
    """Let a document say that it was made on a day."""
    properties = document.core_properties
    properties.created = properties.modified = datetime(day.year, day.month, day.day)


def set_font(style: Any, size: float) -> None:
    """Let a style be written in `FONT`, whichever letters; `size` in points."""
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


def set_padding(table: Any, width: int) -> None:
    """Room beside the text of every cell, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def keep_whole(row: Any) -> None:
    """Let no page break go through a row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat(row: Any) -> None:
    """Let a row stand at the top of every page that its table runs over."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
