"""What is wrong with a record that did not come in by one of danvan's own doors.

The convention: a fault is a `Problem`; whoever asks decides what becomes of the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from danvan.errors import Invalid, Problem
from danvan.formatting.texts import checked
from danvan.records import Record, fields, problems


def faults(record: Record) -> list[Problem]:
    """Every rule that a record breaks, and every text in it that could not have been typed."""
    return [*problems(record), *_texts(record)]


def _texts(record: Record) -> Iterator[Problem]:
    for name, field in fields(type(record)).items():
        values = getattr(record, name)
        for value in values if isinstance(values, tuple) else (values,):
            if field.sort not in ("text", "choice", "choices") or not value:
                continue
            try:
                checked(value, multiline=True)
            except Invalid as fault:
                yield Problem(name, fault.key, fault.facts)
