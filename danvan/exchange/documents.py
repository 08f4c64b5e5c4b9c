"""Records as JSON (version 1) and as cells of CSV, under stable names that scripts rely on.

Identity is masked unless another mask is given. In CSV a cell that a spreadsheet would take for a formula keeps
its text behind an apostrophe, and one that looks so itself gets one more, so that nothing is lost.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from danvan.places import identified
from danvan.privacy import Mask, masked
from danvan.records import Record

VERSION = 1
ARMOUR = re.compile(r"'*[=+\-@\t\r]")  # how a text begins that stands behind one more apostrophe


def entry_json(number: int, record: Record) -> str:
    """One record, as `add-… --json` answers."""
    document = document_of(number, record)
    return as_json({"version": VERSION, "id": number, "kind": document["kind"], "record": document})


def document_of(number: int, record: Record, mask: Mask = masked) -> dict[str, Any]:
    """A record as it is stored, with its number, masked."""
    stored: dict[str, Any] = msgspec.to_builtins(mask(record))
    return {**identified(number), **stored}


def csv_cell(value: object) -> object:
    """A value in CSV."""
    if isinstance(value, list):
        value = ", ".join(value)
    if isinstance(value, str) and ARMOUR.match(value):
        return f"'{value}"
    return value


def as_json(value: object) -> str:
    """A value as JSON for people to read."""
    try:
        text = msgspec.json.encode(value, enc_hook=str)  # of a place its text
    except UnicodeEncodeError:  # a file whose name is no UTF-8
        import json

        plain = json.dumps(msgspec.to_builtins(value, enc_hook=str), ensure_ascii=False)
        text = plain.encode("utf-8", "replace")
    return msgspec.json.format(text, indent=2).decode()
