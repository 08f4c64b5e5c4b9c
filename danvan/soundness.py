"""What is wrong with a record that did not come in by one of danvan's own doors.

The convention: a fault is a `Problem`; whoever asks decides what becomes of the record.
"""

from __future__ import annotations

from collections.abc import Iterator

from danvan.errors import Invalid, Problem
from danvan.formatting.texts import checked
from danvan.records import Record, fields, problems, trail_texts


def faults(record: Record) -> list[Problem]:
    """Every rule that a record breaks, and every text in it that could not have been typed."""
    return [*problems(record), *untypable(record)]


def untypable(record: Record) -> Iterator[Problem]:
    """Every text of a record that the command line would not take: it hides something, or is too long."""
    for name, text in (*_texts(record), *trail_texts(record)):
        try:
            checked(text, multiline=True)
        except Invalid as fault:
            yield Problem(name, fault.key, fault.facts)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for name, field in fields(type(record)).items():
        if field.sort in ("text", "choice", "choices"):
            values = getattr(record, name) or ()
            yield from ((name, value) for value in (values if isinstance(values, tuple) else (values,)))
