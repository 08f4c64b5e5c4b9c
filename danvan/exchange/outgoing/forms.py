"""Forms for other programs: JSON (version 1) and CSV.

JSON gives what was counted, money in whole đồng, null for what is not known. CSV is the form as on paper, money in
millions of đồng: a row of headings, a row of column numbers, then one row a unit and the total. A lower bound stands
as its number; the last column says which columns are lower bounds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from danvan.exchange.documents import VERSION, as_json, csv_cell
from danvan.formatting.language import Language
from danvan.formatting.numbers import MILLION, fraction
from danvan.papers import Cell
from danvan.papers.forms import FormPaper, Line, form_paper
from danvan.reports.filled_forms import Failure, FilledForm, FormRow
from danvan.reports.forms import SOURCE


def form_json(found: FilledForm, language: Language) -> str:
    """A form with its columns in words and its figures by column number."""
    plan, period, paper = found.plan, found.period, form_paper(found, language)
    return as_json(
        {
            "version": VERSION,
            "form": found.form.code,
            "title": paper.title,
            "source": SOURCE,
            "year": plan.year,
            "part": plan.part,
            "period": {"from": period.begin, "to": period.last, "calendar": found.calendar.key},
            "closed": found.closing.at if found.closing else None,
            "threshold": plan.threshold,
            "columns": [{"number": one.number, "heads": one.heads, "unit": one.unit or None} for one in paper.strips],
            "rows": [{"unit": row.unit or None, "cells": _cells(row)} for row in found.rows],
            "total": _cells(found.total),
            "failures": [_failure(failure) for failure in found.failures],
            "notes": [{"key": remark.key, "ids": remark.ids} for remark in found.remarks],
        }
    )


def form_csv(paper: FormPaper, language: Language) -> str:
    """A form as comma-separated values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    at_least = language.say("form.at_least", value="").strip()
    writer.writerow([language.say("form.unit"), *(strip.name for strip in paper.strips), at_least])
    writer.writerow(["", *(strip.number for strip in paper.strips), ""])
    for line in (*paper.lines, paper.total):
        writer.writerow([csv_cell(line.name), *(_plain(cell) for cell in line.cells), _bounds(line, paper)])
    return out.getvalue().removesuffix("\n")


def _bounds(line: Line, paper: FormPaper) -> str:
    return _joined(strip.number for strip, cell in zip(paper.strips, line.cells, strict=True) if cell and cell.at_least)


def _joined(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _plain(cell: Cell | None) -> str:
    if cell is None or cell.value is None:
        return ""
    if cell.unit == "dong":
        return fraction(int(cell.value), MILLION, "en", places=6, trim=True).replace(",", "")
    return str(cell.value)


def _cells(row: FormRow) -> dict[str, object]:
    return {str(number): figure._asdict() for number, figure in row.figures.items()}


def _failure(failure: Failure) -> dict[str, object]:
    return {
        "whole": failure.check.whole,
        "parts": failure.check.parts,
        "row": "total" if failure.unit is None else "unit",
        "unit": failure.unit or None,
        "ids": failure.ids,
    }
