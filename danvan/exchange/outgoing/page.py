"""A report as one HTML page that needs nothing else: no script, no font, no picture from anywhere.

It reads on a phone, where rows become cards, on paper and in the dark. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files

from danvan.exchange.outgoing.charts import chart_svg
from danvan.formatting.language import Language
from danvan.papers import UNKNOWN, Cell, Chart, Paper, Sheet, Strand

# Nothing may be loaded, even if a text should ever get through unescaped.
MANY = 6  # a table of more columns is set smaller
MOST = 10  # one of more is printed on pages that lie across
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_html(paper: Paper, language: Language, sentences: Mapping[str, str]) -> str:
    """The whole report; `sentences` are the words of each section, by its key."""
    title = language.say("report.title_office", office=paper.office, title=paper.title) if paper.office else paper.title
    sheets = (*paper.sheets, *paper.breakdowns)
    wide = ' class="wide"' if any(len(sheet.strands) > MOST for sheet in sheets) else ""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language.code}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{style()}</style></head>",
            f"<body{wide}>",
            *_head(paper),
            "<main>",
            *(part for sheet in sheets for part in _section(sheet, paper, sentences.get(sheet.key, ""), language)),
            "</main>",
            '<footer><ul class="notes">',
            *(f"<li>{escape(note)}</li>" for note in paper.notes),
            "</ul></footer>",
            "</body></html>",
        ]
    )


def style() -> str:
    """The page's style sheet."""
    return files("danvan.exchange.outgoing").joinpath("page.css").read_text("utf-8")


def _head(paper: Paper) -> Iterator[str]:
    yield "<header>"
    if paper.office:
        yield f'<p class="office">{escape(paper.office)}</p>'
    yield f"<h1>{escape(paper.title)}</h1></header>"


def _section(sheet: Sheet, paper: Paper, sentences: str, language: Language) -> Iterator[str]:
    name = f"s-{sheet.key.replace('.', '-')}"
    yield f'<section aria-labelledby="{name}">'
    yield f'<h2 id="{name}">{escape(sheet.title)}</h2>'
    yield f'<p class="days">{escape(sheet.days)}</p>'
    if sentences:
        yield f'<p class="prose">{escape(sentences)}</p>'
    figures = [_figure(chart) for chart in paper.charts if chart.section == sheet.key]
    if figures:
        yield f'<div class="charts">{"".join(figures)}</div>'
    if sheet.is_known:
        yield from _table(sheet)
    else:
        yield f"<p>{escape(language.say('report.no_figures'))}</p>"
    if sheet.remarks:
        remarks = "".join(f"<li>{escape(remark)}</li>" for remark in sheet.remarks)
        yield f'<ul class="remarks">{remarks}</ul>'
    yield "</section>"


def _figure(chart: Chart) -> str:
    years = enumerate(chart.series) if len(chart.series) == 2 else ()
    keys = "".join(f'<span class="key k{at}">{escape(year)}</span>' for at, year in years)
    return f"<figure><figcaption>{escape(chart.title)}{keys}</figcaption>{chart_svg(chart)}</figure>"


def _table(sheet: Sheet) -> Iterator[str]:
    # Rows shown as cards lose the roles of a table unless they are said.
    heads = "".join(f'<th scope="col" role="columnheader">{escape(strand.head)}</th>' for strand in sheet.strands)
    many = ' class="many"' if len(sheet.strands) > MANY else ""
    name = escape(sheet.title, quote=True)
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
    yield f'<table role="table"{many}><caption class="visually-hidden">{escape(sheet.title)}</caption>'
    yield f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for at, cells in enumerate(zip(*(strand.cells for strand in sheet.strands), strict=True)):
        key = f' data-measure="{escape(sheet.keys[at])}"' if sheet.keys else ""
        body = "".join(_cell(strand, cell) for strand, cell in zip(sheet.strands, cells, strict=True))
        yield f'<tr role="row"{key}>{body}</tr>'
    yield "</tbody>"
    if any(strand.total for strand in sheet.strands):
        body = "".join(_cell(strand, strand.total or Cell("")) for strand in sheet.strands)
        yield f'<tfoot role="rowgroup"><tr role="row">{body}</tr></tfoot>'
    yield "</table></div>"


def _cell(strand: Strand, cell: Cell) -> str:
    if not strand.is_number:
        part = ' class="part"' if cell.depth else ""
        return f'<th scope="row" role="rowheader"{part}>{escape(cell.text)}</th>'
    is_blank = cell.text in ("", UNKNOWN)
    names = " ".join(
        filter(None, [strand.key if strand.key in ("now", "share") else "", cell.tone, "blank" if is_blank else ""])
    )
    look = f' style="--share:{float(cell.value):.2f}%"' if strand.key == "share" and cell.value is not None else ""
    head = escape(strand.head, quote=True)
    return f'<td role="cell" class="{names}" data-head="{head}"{look}>{escape(cell.text)}</td>'
