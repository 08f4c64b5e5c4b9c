"""What is wrong with a record that did not come in by one of danvan's own doors.

The convention: a fault is a `Problem`; whoever asks decides what becomes of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter

from danvan.errors import Invalid, Problem
from danvan.formatting.texts import LIMIT, checked, is_suspicious
from danvan.records import Record, fields, problems, trail_texts


def faults(record: Record) -> list[Problem]:
    """Every rule that a record breaks, and every text in it that could not have been typed."""
    return [*problems(record), *untypable(record)]


def untypable(record: Record) -> Iterator[Problem]:
    """Every text of a record that the command line would not take: it hides something, or is too long."""
    names, values = _named(type(record))
    texts = values(record)
    more = [*(("themes", theme) for theme in getattr(record, "themes", ())), *trail_texts(record)]
    whole = "".join(filter(None, texts))
    if not more and len(whole) <= LIMIT and not is_suspicious(whole):  # as is almost every record
        return
    for name, text in (*zip(names, texts, strict=True), *more):
        try:
            checked(text or "", multiline=True)
        except Invalid as fault:
            yield Problem(name, fault.key, fault.facts)


@cache
def _named(kind: type[Record]) -> tuple[list[str], Callable[[Record], tuple[str | None, ...]]]:
    names = [name for name, field in fields(kind).items() if field.sort in ("text", "choice")]
    return names, attrgetter(*names)
