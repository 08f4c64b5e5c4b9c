"""A report as Markdown: a table a section, with its days, remarks and notes.

Every text may come from somebody else, so whatever Markdown or HTML would obey stands behind a backslash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from danvan.formatting.language import Language
from danvan.formatting.markdown import escaped
from danvan.papers import Cell, Paper, Sheet, Strand

SET_IN = "&emsp;"


def report_markdown(paper: Paper, language: Language) -> str:
    """The whole report."""
    nothing = escaped(language.say("report.no_figures"))
    parts = [f"# {escaped(paper.title)}"]
    if paper.office:
        parts.append(f"**{escaped(paper.office)}**")
    for sheet in (*paper.sheets, *paper.breakdowns):
        parts += _sheet(sheet, nothing)
    return "\n\n".join([*parts, "---", *(f"- {escaped(note)}" for note in paper.notes)])


def _sheet(sheet: Sheet, nothing: str) -> Iterator[str]:
    yield f"## {escaped(sheet.title)}"
    yield f"*{escaped(sheet.days)}*"
    yield "\n".join(_table(sheet.strands)) if sheet.is_known else nothing
    if sheet.remarks:
        yield "\n".join(f"> ⚠ {escaped(remark)}  " for remark in sheet.remarks)


def _table(strands: Sequence[Strand]) -> Iterator[str]:
    yield _line([escaped(strand.head) for strand in strands])
    yield _line(["---:" if strand.is_number else "---" for strand in strands])
    for cells in zip(*(strand.cells for strand in strands), strict=True):
        yield _line([_cell(cell) for cell in cells])
    if any(strand.total for strand in strands):
        yield _line([f"**{escaped(strand.total.text)}**" if strand.total else "" for strand in strands])


def _line(parts: Sequence[str]) -> str:
    return f"| {' | '.join(parts)} |"


def _cell(cell: Cell) -> str:
    return SET_IN * cell.depth + escaped(cell.text)
