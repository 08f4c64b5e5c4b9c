"""Records as a workbook, a sheet a kind, in words; what `import` reads back as the same records."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from xlsxwriter import Workbook

from danvan.exchange import headings
from danvan.exchange.documents import ARMOUR
from danvan.exchange.outgoing.tables import columns, value
from danvan.exchange.spreadsheets import A4, LINE, OPTIONS, fitting_name, lines
from danvan.formatting.language import Language
from danvan.privacy import MASK, Mask, masked, personal
from danvan.records import TRAILS, Record, tag_of

Kind = type[Record]
Numbered = tuple[int, Record]
EXACT = 10**15  # what a spreadsheet's numbers hold exactly; larger ones are written as text
WIDEST = 50
BREADTH = 210  # characters of width that are still legible on the breadth of a page
HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#E8EEF4"}
NUMBER, DAY = "#,##0", "dd/mm/yyyy"


def record_book(tables: Mapping[Kind, Sequence[Numbered]], language: Language, mask: Mask = masked) -> bytes:
    """The records of some kinds, those of which there are any."""
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        looks = {
            "head": book.add_format(HEAD),
            "text": book.add_format({"valign": "top", "text_wrap": True}),
            "armoured": book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True}),
            "number": book.add_format({"valign": "top", "num_format": NUMBER}),
            "date": book.add_format({"valign": "top", "num_format": DAY}),
        }
        filled = {kind: entries for kind, entries in tables.items() if entries} or tables
        for kind, entries in filled.items():
            shown = [(number, mask(record)) for number, record in entries]
            _sheet(book.add_worksheet(sheet_name(kind, language)), kind, shown, language, looks)
    return file.getvalue()


def sheet_name(kind: Kind, language: Language) -> str:
    """What the sheet of a kind is called; `import` knows it again."""
    return fitting_name(language.say(f"kinds.{tag_of(kind)}"))


def _sheet(sheet: Any, kind: Kind, entries: Sequence[Numbered], language: Language, looks: Mapping[str, Any]) -> None:
    names = columns([kind], entries, is_whole=False)
    heads = [headings.label(language, kind, name) for name in names]
    widths = [max(map(len, head.split())) + 3 for head in heads]
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, looks["head"])
        if names[at] in personal(kind) and any(getattr(record, names[at]) == MASK for _, record in entries):
            sheet.write_comment(0, at, language.say("export.masked_column"))
    for row, (number, record) in enumerate(entries, 1):
        for at, name in enumerate(names):
            cell = value(number, record, name, language, plain=False)
            if cell is not None:
                widths[at] = max(widths[at], write(sheet, row, at, cell, looks))
    widths = [min(width, WIDEST) for width in widths]
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.set_row(0, LINE * max(lines(head, width) for head, width in zip(heads, widths, strict=True)))
    told = [width for name, width in zip(names, widths, strict=True) if name not in (*TRAILS, "uid")]
    sheet.print_area(0, 0, len(entries), len(told) - 1)  # without what only programs read, which stands behind
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(ceil(sum(told) / BREADTH), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.hide_gridlines(0)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(entries)), len(names) - 1)


def write(sheet: Any, row: int, at: int, cell: Any, looks: Mapping[str, Any]) -> int:
    """Write a cell as what it is, never as a formula, and tell how wide it is."""
    if isinstance(cell, date):
        sheet.write_datetime(row, at, cell, looks["date"])
        return 11
    if isinstance(cell, int) and cell < EXACT:
        sheet.write_number(row, at, cell, looks["number"])
        return len(f"{cell:,}") + 2
    text = str(cell)
    sheet.write_string(row, at, text, looks["armoured" if ARMOUR.match(text) else "text"])
    return len(text) + 2
