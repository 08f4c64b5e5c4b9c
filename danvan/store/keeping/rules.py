"""Whether a record breaks a rule of its kind, found fast for the many that break none.

The convention: `problems` of the records and `untypable` decide. What is here only tells, from the same descriptions,
for which records they need not be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from danvan.errors import Problem
from danvan.formatting.texts import LIMIT, is_suspicious
from danvan.records import Record, fields, problems
from danvan.soundness import untypable

Values = Callable[[Record], tuple[Any, ...]]
BLANK = (None, "", ())
PLAIN = bytes(code for code in range(32, 127) if code != ord("\\"))  # behind a backslash JSON has the controls


def broken_by(record: Record) -> list[Problem]:
    """Every rule that `record` breaks, as `problems` tells them."""
    return [] if is_fine(record) and not any(record.faults()) else problems(record)


def hidden_in(record: Record, text: bytes) -> list[Problem]:
    """Every text of `record` that could not have been typed, as `untypable` tells them; `text` is its JSON."""
    rest = text.translate(None, PLAIN).decode(errors="replace")
    is_fine = len(text) <= LIMIT and "\\" not in rest and not is_suspicious(rest)
    return [] if is_fine else list(untypable(record))


def is_fine(record: Record) -> bool:
    """Whether it is sure that no rule all kinds share is broken."""
    rules = _rules(type(record), record.to is None)
    if rules.foreign(record) != rules.blanks:
        return False
    numbers = rules.numbers(record)
    for value in numbers:
        if value is not None and value < 0:
            return False
    for value, choices in zip(rules.chosen(record), rules.choices, strict=True):
        if value not in choices:
            return False
    for value in rules.needed(record):
        if value in BLANK:
            return False
    return record.to is None or (record.to >= record.date and any(value is not None for value in numbers))


class _Rules(NamedTuple):
    """What to look at in the records of one kind and form."""

    foreign: Values
    blanks: tuple[Any, ...]
    numbers: Values
    chosen: Values
    choices: tuple[frozenset[str | None], ...]
    needed: Values


@cache
def _rules(kind: type[Record], is_single: bool) -> _Rules:
    form = "single" if is_single else "aggregate"
    own = fields(kind)
    foreign = [name for name, field in own.items() if form not in field.forms]
    defaults = dict(zip(kind.__struct_fields__[::-1], kind.__struct_defaults__[::-1], strict=False))
    chosen = [name for name, field in own.items() if field.sort == "choice" and not field.open]
    return _Rules(
        _getter(foreign),
        tuple(defaults[name] for name in foreign),
        _getter([name for name, field in own.items() if field.is_number]),
        _getter(chosen),
        tuple(frozenset((None, *own[name].choices)) for name in chosen),
        _getter([name for name, field in own.items() if form in field.required]),
    )


def _getter(names: list[str]) -> Values:
    """The values of some attributes as a tuple, however many there are."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)
