"""A report filled into a Word template: danvan's own or the office's.

A template comes from outside, so it runs in Jinja's sandbox, and every text is escaped. A placeholder that danvan does
not know is an error that names it: a report with a hole in it must not be signed.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table
from docxtpl import DocxTemplate
from jinja2 import Undefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from danvan.errors import DanvanError, Refused
from danvan.exchange.outgoing.letter import FIGURES, TEXT_WIDTH
from danvan.exchange.outgoing.prose import changes, paragraphs
from danvan.exchange.outgoing.template_faults import mistake
from danvan.exchange.outgoing.word import set_day
from danvan.formatting.choosing import nearest
from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.formatting.texts import fold
from danvan.papers import Cell, Paper, Sheet, figure_cell, measure_in_full, span_said, stated, strands
from danvan.periods import following
from danvan.records import Office
from danvan.reports import MEASURES, Report, Row, Section
from danvan.reports.report import SO_FAR
from danvan.reports.tally import UNKNOWN

DOTS = "…………"
NBSP = "\N{NO-BREAK SPACE}"
MOST = 34  # characters for which a column of a table makes room
SHORT = 20  # rows of a table that no page needs to end in
MANY = 5  # columns of a table in the size of the text; those with more are set smaller
# The sizes of letters, in half points, and how many there are on a line of a table.
SIZES = ((24, 82), (20, 90), (16, 112))


class Told(str):
    """A figure in words that also knows what goes with it: `{{ m.models.registered.change }}`.

    Attributes:
        label: the name of the measure.
        before, change, percent: the compared figure, the difference to it, that in percent; each in words.
        trend: the difference as a sentence says it; empty if there is none.
        value: the figure itself, for conditions; None, which prints as a blank, if it is not known.
    """

    label: str
    before: str
    change: str
    percent: str
    trend: str
    value: int | None


class Branch:
    """Part of the path to a figure: `m`, `m.receptions`, `m.receptions.regular`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._held: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        return self._held[name]

    def __str__(self) -> str:
        names = ", ".join(f"{self._path}.{name}" for name in self._held)
        raise Refused("template_branch", name=self._path, names=names)

    def put(self, path: list[str], told: Any) -> None:
        """Hold a figure at the end of a path."""
        if len(path) == 1:
            self._held[path[0]] = told
        else:
            self._held.setdefault(path[0], Branch(f"{self._path}.{path[0]}")).put(path[1:], told)


class Unknown(Undefined):
    """A placeholder that danvan has nothing for: using it in any way says so."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_: Any, **__: Any) -> Any:
        name, holder = str(self._undefined_name), self._undefined_obj
        if holder is missing:
            raise Refused("template_placeholder", name=name, nearest=_nearest(name, NAMES))
        if isinstance(holder, Branch):
            path = f"{holder._path}.{name}"
            raise Refused("template_placeholder", name=path, nearest=_nearest(path, FIGURE_NAMES))
        raise Refused("template_placeholder", name=name, nearest="")

    __iter__ = __str__ = __len__ = __call__ = __getitem__ = __int__ = __float__ = _fail_with_undefined_error
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _fail_with_undefined_error
    __rtruediv__ = __floordiv__ = __mod__ = __neg__ = __lt__ = __le__ = __gt__ = __ge__ = _fail_with_undefined_error
    __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error


NAMES = (
    *(
        "office",
        "superior",
        "place_date",
        "year",
        "previous_year",
        "next_year",
        "span",
        "next_span",
        "title",
        "subject",
    ),
    *("periods", "s", "p", "m", "heads", "rows", "breakdowns", "notes", "remarks", "style"),
)
FIGURE_NAMES = tuple(f"m.{measure.key}" for measure in MEASURES)


def report_docx(paper: Paper, language: Language, style: Style, office: Office, today: date, template: bytes) -> bytes:
    """The template with its placeholders filled.

    Raises:
        Refused: it is no Word document, or has a placeholder that danvan cannot fill.
    """
    document = _opened(template)
    context = _context(paper, language, style, office, today)
    try:
        document.render(context, _environment(), autoescape=True)
        return _finished(document, today)
    except DanvanError:
        raise
    except Exception as fault:  # whatever a template may do wrong: it is a program of somebody else's
        raise mistake(template, fault) from fault


def _finished(document: Any, today: date) -> bytes:
    for table in document.docx.tables:
        if table.style is not None and table.style.name == FIGURES:
            for part in _parted(table):
                _spread(part)
                _hold(part._tbl.tr_lst)
    set_day(document.docx, today)
    if document.docx.core_properties.author == DOTS:
        document.docx.core_properties.author = ""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _opened(template: bytes) -> Any:
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.init_docx()
    except Exception as fault:  # a file that is no document fails in as many ways as there are files
        raise Refused("template_file") from fault
    return document


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox without what makes much of nothing: endless ranges, texts multiplied, powers."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A product of numbers; anything else is refused."""
        if operator == "**" or not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
            raise SecurityError(f"{operator} is for numbers, and ** for nothing")
        return super().call_binop(context, operator, left, right)


def _environment() -> SandboxedEnvironment:
    made = Sandbox(undefined=Unknown, autoescape=True, finalize=_or_blank)
    made.globals.clear()
    return made


def _or_blank(value: Any) -> Any:
    """What is not known leaves a blank."""
    return "" if value is None else value


def _context(paper: Paper, language: Language, style: Style, office: Office, today: date) -> dict[str, Any]:
    report, say = paper.report, language.say
    year = report.plan.year
    next_year, after = following(year, report.plan.part)
    said = paragraphs(report, language, style)
    sections = Branch("s"), Branch("p")
    for section, sheet in zip(report.sections, paper.sheets, strict=True):
        sections[0].put([section.key], said[section.key] or _unsaid(section, report, language))
        sections[1].put([section.key], sheet.days)
    return {
        "office": paper.office or DOTS,
        "superior": language.fact(office.superior) or DOTS,
        "place_date": say(
            "letter.place_date",
            place=language.fact(office.place) or DOTS,
            day=f"{today:%d}",
            month=f"{today:%m}",
            year=str(today.year),
        ),
        "year": str(year),
        "previous_year": str(year - 1),
        "next_year": str(year + 1),
        "span": span_said(report, language),
        "next_span": say(f"span.{after}", year=str(next_year)),
        "title": paper.title,
        "subject": say("letter.subject", span=span_said(report, language)),
        "s": sections[0],
        "p": sections[1],
        "periods": list(_periods(paper)),
        "m": _figures(paper, language, style),
        **_table(paper.sheets),
        "breakdowns": [{"title": sheet.title, **_table([sheet])} for sheet in paper.breakdowns],
        "notes": list(paper.notes),
        "remarks": [f"{sheet.title}: {remark}" for sheet in paper.sheets for remark in sheet.remarks],
    }


def _unsaid(section: Section, report: Report, language: Language) -> str:
    """What stands where no sentence does: that figures are hidden, or stand elsewhere, or that there are none."""
    shown = ("now", SO_FAR["now"])
    figures = [figure for row in section.rows for column, figure in row.figures.items() if column in shown]
    if any(figure.hidden for figure in figures):
        return language.say("note.small_cells", least=report.least)
    is_known = any(figure.value is not None for figure in figures)
    return language.say("letter.unsaid" if is_known else "letter.nothing")


def _periods(paper: Paper) -> Iterator[str]:
    """The days of the figures: one line if all sections share them, else one for each."""
    if len({sheet.days for sheet in paper.sheets}) == 1:
        yield _days(paper.sheets[0])
    else:
        yield from (f"{sheet.title}: {_days(sheet)}" for sheet in paper.sheets)


def _days(sheet: Sheet) -> str:
    return stated(sheet.period, sheet.aspects)


def _figures(paper: Paper, language: Language, style: Style) -> Branch:
    """Every measure, known or not, so that no template breaks for want of a figure."""
    report, root = paper.report, Branch("m")
    whole = report._replace(
        sections=tuple(
            section._replace(
                rows=tuple(_whole(report, measure.key) for measure in MEASURES if measure.section == section.key)
            )
            for section in report.sections
        )
    )
    said = changes(report, language, style)
    columns = {strand.key: strand.cells for strand in strands(whole, language, style)}
    for at, row in enumerate(whole.rows):
        told = Told(figure_cell(row.now, row.measure.unit, language, style).text)
        told.label, told.value = measure_in_full(row.measure.key, language), row.now.value
        for name in ("before", "change", "percent"):
            setattr(told, name, columns[name][at].text if name in columns else "")
        told.trend = said.get(row.measure.key, "")
        root.put(row.measure.key.split("."), told)
    return root


def _whole(report: Report, key: str) -> Row:
    row = report.row(key)
    return row._replace(figures={column.key: UNKNOWN for column in report.plan.columns} | dict(row.figures))


def _table(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """Sheets as one table; where there are several, the title of each stands in a row of its own."""
    sheets = list(sheets)
    first, *others = (strand for strand in sheets[0].strands if strand.key != "trend")
    rows: list[Mapping[str, Any]] = []
    for sheet in sheets:
        if len(sheets) > 1:
            rows.append({"is_title": True, "label": sheet.title, "span": len(others) + 1})
        columns = [strand for strand in sheet.strands if strand.key != "trend"]
        for label, *cells in zip(*(strand.cells for strand in columns), strict=True):
            rows.append(_row(label, cells))
        if any(strand.total for strand in columns):
            label, *cells = (strand.total or Cell("") for strand in columns)
            rows.append(_row(label, cells, is_total=True))
    return {"first": first.head, "heads": [strand.head for strand in others], "rows": rows}


def _row(label: Cell, cells: Iterable[Cell], *, is_total: bool = False) -> dict[str, Any]:
    text = NBSP * 4 * label.depth + label.text
    return {"is_title": False, "is_total": is_total, "label": text, "cells": [cell.text for cell in cells]}


def _columns(table: Any) -> list[Sequence[str]]:
    """The texts of a table's columns; a title across all of them is in none."""
    rows = [[holder.p_lst[0].text for holder in row.tc_lst] for row in table._tbl.tr_lst if len(row.tc_lst) > 1]
    return list(zip(*rows, strict=True))


def _least(columns: Sequence[Sequence[str]]) -> list[int]:
    """How many letters wide each column has to be for its words to stay whole."""
    return [max(len(word) for text in column for word in text.split(" ")) + 3 for column in columns]


def _parted(table: Any) -> list[Any]:
    """The table; where its columns have no room side by side, several below each other, each with the first column."""
    columns = _columns(table)
    _, *others = _least(columns)
    groups = _groups(others, SIZES[-1][1] - min(max(map(len, columns[0])), MOST))
    parts = [table]
    for _ in groups[1:]:
        gap, copy = OxmlElement("w:p"), deepcopy(table._tbl)
        parts[-1]._tbl.addnext(gap)
        gap.addnext(copy)
        parts.append(Table(copy, table._parent))
    for part, group in zip(parts, groups, strict=True):
        _keep_columns(part._tbl, {0, *(at + 1 for at in group)})
    return parts


def _groups(widths: Sequence[int], room: int) -> list[Sequence[int]]:
    """The places of columns in as few groups as fit, of one size if they fit so as well."""
    greedy: list[list[int]] = [[]]
    for at, width in enumerate(widths):
        if greedy[-1] and sum(widths[one] for one in greedy[-1]) + width > room:
            greedy.append([])
        greedy[-1].append(at)
    size = -(-len(widths) // len(greedy))
    even = [range(at, min(at + size, len(widths))) for at in range(0, len(widths), size)]
    fits = all(sum(widths[at] for at in group) <= room for group in even)
    return [*even] if fits else [*greedy]


def _keep_columns(table: Any, columns: Collection[int]) -> None:
    for row in table.tr_lst:
        if len(row.tc_lst) == 1:  # a title across
            row.tc_lst[0].grid_span = len(columns)
            continue
        for at, holder in enumerate(list(row.tc_lst)):
            if at not in columns:
                row.remove(holder)


def _spread(table: Any) -> None:
    """Room for each column by its words and the longest of its texts."""
    grid = table._tbl.tblGrid
    columns = _columns(table)
    # Words stay whole; what room is left goes to columns that would like to be on one line.
    least = _least(columns)
    wishes = [max(min(max(map(len, column)), MOST) + 3, low) for column, low in zip(columns, least, strict=True)]
    fitting = [(size, line) for size, line in SIZES[len(columns) > MANY :] if sum(least) <= line]
    size, line = (*fitting, SIZES[-1])[0]
    if size < SIZES[0][0]:  # else the letters are as the template has them
        for letters in table._tbl.iter(qn("w:sz")):
            letters.set(qn("w:val"), str(size))
    spare = max(line - sum(least), 0) / max(sum(wishes) - sum(least), 1)
    needs = [low + (wish - low) * min(spare, 1) for wish, low in zip(wishes, least, strict=True)]
    widths = [TEXT_WIDTH * need / sum(needs) for need in needs]
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        grid.append(parse_xml(f'<w:gridCol {nsdecls("w")} w:w="{Mm(width).twips}"/>'))
    for row in table.rows:
        own = [TEXT_WIDTH] if len(row._tr.tc_lst) == 1 else widths
        for holder, width in zip(row._tr.tc_lst, own, strict=False):
            holder.width = Mm(width)
            holder.tcPr.find(qn("w:tcW")).set(qn("w:type"), "dxa")


def _hold(rows: Sequence[Any]) -> None:
    """Let a short table stand on one page, and the last two rows of a long one: a sum alone sums up nothing."""
    for row in rows[:-1] if len(rows) <= SHORT else rows[-2:-1]:
        for holder in row.tc_lst:
            for paragraph in holder.p_lst:
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def _nearest(name: str, names: Iterable[str]) -> str:
    return nearest(name, {fold(one): one for one in names})
