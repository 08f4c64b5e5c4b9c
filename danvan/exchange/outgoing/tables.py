"""Records as tables that can be imported again: CSV, and the columns and cells that workbooks share with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from danvan.exchange import headings
from danvan.exchange.cells import written
from danvan.exchange.documents import VERSION, as_json, document_of
from danvan.formatting.language import Language
from danvan.places import identified
from danvan.privacy import MASK, Mask, masked
from danvan.records import TRAILS, Record, fields, tag_of

Kind = type[Record]
Numbered = tuple[int, Record]
FINDINGS = ("file", "sheet", "row", "column", "value", "expected")
BOM = "\ufeff"


def columns(kinds: Sequence[Kind], entries: Sequence[Numbered], *, is_whole: bool = True) -> list[str]:
    """The columns of a table of some kinds: of trails only those that some record has.

    Args:
        is_whole: whether columns in which nothing stands are wanted as well.
    """
    own = [name for kind in kinds for name in fields(kind)]
    own += [name for kind in kinds for name in TRAILS if name in kind.__struct_fields__]
    said = {name for _, record in entries for name in own if getattr(record, name, None) not in (None, "", ())}
    kept = [name for name in dict.fromkeys(own) if name in said or (is_whole and name not in TRAILS)]
    return [
        *identified(entries[0][0] if entries else 0),
        *(["kind"] if len(kinds) > 1 else []),
        "date",
        "to",
        *kept,
        "uid",
    ]


def records_csv(
    kinds: Sequence[Kind],
    entries: Sequence[Numbered],
    language: Language,
    *,
    is_for_excel: bool = False,
    mask: Mask = masked,
) -> str:
    """The records under the names of the fields, as they are stored.

    Args:
        is_for_excel: with headings, choices and days in words, a mark of the encoding and the separator that
            spreadsheets of the language expect.
    """
    names = columns(kinds, entries)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", delimiter=separator(language) if is_for_excel else ",")
    # A word may head different fields of different kinds, so that only one kind's headings are in words.
    is_worded = is_for_excel and len(kinds) == 1
    writer.writerow([headings.label(language, kinds[0], name) for name in names] if is_worded else names)
    for number, record in entries:
        shown = mask(record)
        cells = (value(number, shown, name, language if is_for_excel else None) for name in names)
        writer.writerow([said(cell, language if is_for_excel else None) for cell in cells])
    return (BOM if is_for_excel else "") + out.getvalue().removesuffix("\r\n")


def records_json(kinds: Sequence[Kind], entries: Sequence[Numbered], mask: Mask = masked) -> str:
    """The records as they are stored, in one document."""
    kind = tag_of(kinds[0]) if len(kinds) == 1 else "all"
    records = [document_of(number, record, mask) for number, record in entries]
    is_masked = any(MASK in record.values() for record in records)
    return as_json({"version": VERSION, "kind": kind, "masked": is_masked, "records": records})


def records_jsonl(entries: Sequence[Numbered], mask: Mask = masked) -> str:
    """The records as they are stored, each an object on a line of its own."""
    return "\n".join(msgspec.json.encode(document_of(number, record, mask)).decode() for number, record in entries)


def separator(language: Language) -> str:
    """What spreadsheets expect between cells: where the comma marks decimals, the semicolon."""
    return ";" if language.code == "vi" else ","


def value(number: int, record: Record, name: str, language: Language | None, *, plain: bool = True) -> Any:
    """A cell of a record, its choices in words if a language is given; None where it is blank.

    Args:
        plain: whether the file has no types.
    """
    if name in ("id", "register"):
        return identified(number)[name]
    if name == "kind":
        tag = tag_of(type(record))
        return language.say(f"kind.{tag}") if language else tag
    found = getattr(record, name, None)
    field = fields(type(record)).get(name)
    if language and found and field and field.choices:
        codes = found if isinstance(found, tuple) else (found,)
        found = tuple(language.choice(type(record), name, code) for code in codes)
    return written(found, plain=plain)


def said(cell: Any, language: Language | None) -> Any:
    """A cell in a file of text."""
    return language.fact(cell) if language and isinstance(cell, date) else cell


def findings_csv(rows: Iterable[Sequence[str]], language: Language) -> str:
    """What is wrong with files, a row each, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", delimiter=separator(language))
    writer.writerow([language.say(f"finding.{name}") for name in FINDINGS])
    for row in rows:
        writer.writerow([written(cell) for cell in row])
    return BOM + out.getvalue().removesuffix("\r\n")
