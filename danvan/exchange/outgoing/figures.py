"""Reports and the explanations of their figures as JSON (version 1), under stable names that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from danvan.exchange.documents import VERSION, as_json, document_of
from danvan.formatting.language import Language
from danvan.formatting.numbers import half_up
from danvan.papers import measure_in_full
from danvan.reports import Figure, Report, Row, Section
from danvan.reports.breakdowns import Breakdown, Line
from danvan.reports.explanations import Explanation
from danvan.reports.figures import Contribution
from danvan.reports.report import Correction


def report_json(report: Report, language: Language, by: Iterable[Breakdown] = ()) -> str:
    """A report: whole numbers (đồng, m²), null for unknown or hidden, percent rounded half up to two decimals.

    Args:
        by: breakdowns to stand behind the sections.
    """
    plan = report.plan
    head = {"version": VERSION, "year": plan.year, "part": plan.part, "threshold": plan.threshold}
    if plan.registers:
        head["registers"] = plan.registers
    head |= {"small_cells": report.least} if report.least else {}
    tables = [_breakdown(table) for table in by]
    sections = [_section(section, language) for section in report.sections]
    return as_json(head | {"sections": sections} | ({"breakdowns": tables} if tables else {}))


def explanation_json(found: Explanation) -> str:
    """The records behind a number: what each adds, those that do not know, those that were left out."""
    return as_json(
        {
            "version": VERSION,
            "measure": found.measure.key,
            "period": {"from": found.period.begin, "to": found.period.last},
            "value": found.figure.value,
            "at_least": found.figure.at_least,
            "records": [_adding(part) for part in found.adding],
            "unknown": found.unknowing,
            "left_out": found.straddling,
        }
    )


def _adding(part: Contribution) -> dict[str, object]:
    on = {"on": part.on} if part.on else {}
    return {"adds": part.amount, **on, **document_of(part.id, part.record)}


def _section(section: Section, language: Language) -> dict[str, object]:
    period = {"from": section.period.begin, "to": section.period.last, "calendar": section.calendar.key}
    return {
        "key": section.key,
        "title": language.say(f"section.{section.key}"),
        "period": period,
        "closed": section.closing.at if section.closing else None,
        **({"closed_threshold": then} if section.closing and (then := section.closing.threshold) else {}),
        "rows": [_row(row, language) for row in section.rows],
        "notes": [{"key": remark.key, "ids": remark.ids} for remark in section.remarks],
        "corrections": [correction_document(one) for one in section.corrections],
        **({"corrections_withheld": True} if section.withheld else {}),
    }


def correction_document(correction: Correction) -> dict[str, object]:
    """A figure that was corrected after closing, for programs."""
    closed, now = correction.closed, correction.now
    return {
        "measure": correction.measure,
        "closed": closed.value,
        "closed_at_least": closed.at_least,
        "now": now.value,
        "now_at_least": now.at_least,
    }


def _row(row: Row, language: Language) -> dict[str, object]:
    more = {key: figure for key, figure in row.figures.items() if key not in ("now", "before")}
    at_least = [key for key, figure in more.items() if figure.at_least]
    hidden = [key for key, figure in row.figures.items() if figure.hidden]
    return {
        "measure": row.measure.key,
        "label": measure_in_full(row.measure.key, language),
        "unit": row.measure.unit,
        "value": row.now.value,
        "previous": row.before.value,
        "change": row.change,
        "change_percent": _percent(row.change_percent),
        "at_least": row.now.at_least,
        "previous_at_least": row.before.at_least,
        **({"columns": {key: figure.value for key, figure in more.items()}} if more else {}),
        **({"columns_at_least": at_least} if at_least else {}),
        **({"hidden": hidden} if hidden else {}),
    }


def _percent(value: Decimal | None) -> float | None:
    """A percentage to two decimals."""
    if value is None:
        return None
    numerator, denominator = value.as_integer_ratio()
    return half_up(numerator * 100, denominator) / 100


def _breakdown(table: Breakdown) -> dict[str, object]:
    """A breakdown: a line a value, null for records that do not know theirs.

    Months are "01" to "12" of the reporting year of each column, "*" what counts over several of them. "…" stands for
    the lines beyond those asked for, "+" for what was taken together because it is small.
    """
    return {
        "measure": table.measure.key,
        "unit": table.measure.unit,
        "dimensions": table.dimensions,
        "total": _figures(table.whole),
        "overlaps": table.overlaps,
        "others": table.others,
        **({"others_across": table.others_across} if len(table.dimensions) > 1 else {}),
        "lines": [_breakdown_line(line) for line in table.lines],
    }


def _breakdown_line(line: Line) -> dict[str, object]:
    cells = [{"value": value, **_figure(cell)} for value, cell in line.cells.items()]
    return {
        "value": line.value,
        "figures": _figures(line.figures),
        "share": _percent(line.share),
        **({"cells": cells} if cells else {}),
    }


def _figures(found: Mapping[str, Figure]) -> dict[str, object]:
    return {key: _figure(figure) for key, figure in found.items()}


def _figure(found: Figure) -> dict[str, object]:
    return {"figure": found.value, "at_least": found.at_least, **({"hidden": True} if found.hidden else {})}
