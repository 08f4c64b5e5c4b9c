"""Records and reports as JSON (version 1) and CSV, under stable names that scripts rely on.

Identity is masked. In CSV a cell that a spreadsheet would take for a formula keeps its text behind an
apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from danvan.formatting.language import Language
from danvan.privacy import masked
from danvan.records import Record, fields, tag_of
from danvan.reports import Report, Row, Section
from danvan.reports.explanations import Explanation
from danvan.reports.figures import half_up

VERSION = 1
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def entry_json(number: int, record: Record) -> str:
    """One record, as `add-… --json` answers."""
    document = _document(number, record)
    return _text({"version": VERSION, "id": number, "kind": document["kind"], "record": document})


def entries_json(kind: type[Record], entries: Sequence[tuple[int, Record]], total: int) -> str:
    """A query's records; `total` is how many matched, shown or not."""
    documents = [_document(*entry) for entry in entries]
    head = {"version": VERSION, "kind": tag_of(kind), "total": total, "shown": len(documents)}
    return _text(head | {"records": documents})


def entries_csv(kind: type[Record], entries: Iterable[tuple[int, Record]]) -> str:
    """A query's records, one a row under the names of the fields; blank is blank, not 0."""
    names = ["id", "date", "to", *fields(kind)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for number, record in entries:
        document = _document(number, record)
        writer.writerow([_cell(document.get(name)) for name in names])
    return out.getvalue().removesuffix("\n")


def report_json(report: Report, language: Language) -> str:
    """A report: whole numbers (đồng, m²), null for unknown, percent rounded half up to two decimals."""
    plan = report.plan
    head = {"version": VERSION, "year": plan.year, "part": plan.part, "threshold": plan.threshold}
    return _text(head | {"sections": [_section(section, language) for section in report.sections]})


def explanation_json(found: Explanation) -> str:
    """The records behind a number: what each adds, those that do not know, those that were left out."""
    return _text(
        {
            "version": VERSION,
            "measure": found.measure.key,
            "period": {"from": found.period.begin, "to": found.period.last},
            "value": found.figure.value,
            "at_least": found.figure.at_least,
            "records": [{"adds": part.amount, **_document(part.id, part.record)} for part in found.adding],
            "unknown": found.unknowing,
            "left_out": found.straddling,
        }
    )


def _section(section: Section, language: Language) -> dict[str, object]:
    period = {"from": section.period.begin, "to": section.period.last, "calendar": section.calendar.key}
    return {
        "key": section.key,
        "title": language.say(f"section.{section.key}"),
        "period": period,
        "closed": section.closing.at if section.closing else None,
        "rows": [_row(row, language) for row in section.rows],
        "notes": [{"key": remark.key, "ids": remark.ids} for remark in section.remarks],
        "corrections": [correction._asdict() for correction in section.corrections],
    }


def _row(row: Row, language: Language) -> dict[str, object]:
    percent = row.change_percent
    columns = {key: figure.value for key, figure in row.figures.items() if key not in ("now", "before")}
    return {
        "measure": row.measure.key,
        "label": language.say(f"measure.{row.measure.key}").strip(),
        "unit": row.measure.unit,
        "value": row.now.value,
        "previous": row.before.value,
        "change": row.change,
        "change_percent": None if percent is None else float(half_up(percent, 2)),
        "at_least": row.now.at_least,
        "previous_at_least": row.before.at_least,
        **({"columns": columns} if columns else {}),
    }


def _document(number: int, record: Record) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(masked(record))
    return {"id": number, **document}


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = ", ".join(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _text(document: object) -> str:
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
