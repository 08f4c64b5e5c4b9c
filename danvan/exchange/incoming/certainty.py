"""What is wrong with a record of which some cells cannot be read, whatever these cells mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from danvan.errors import Problem
from danvan.records import Form, Record, completed, fields, problems

Kind = type[Record]
LARGE = 10**15  # more than any figure of a register


def certain(kind: Kind, values: Mapping[str, Any], days: Mapping[str, date], unread: Iterable[str]) -> list[Problem]:
    """The rules that the readable values break, however the unreadable ones are to be read.

    A rule is told if it is broken with nothing in the place of the unreadable value, and with every kind of value
    that could stand there: so a fault that only the unreadable cell makes is never told.

    Args:
        days: `date` and `to`, as far as they can be read.
        unread: the fields and days that cannot.
    """
    hidden = set(unread)
    found = _faults(kind, values, days)
    for name in hidden:
        for value in _candidates(kind, name):
            if not found:
                return []
            given = {name: value}
            others = _faults(kind, {**values, **given}, days) if name in fields(kind) else None
            still = _keys(others if others is not None else _faults(kind, values, {**days, **given}))
            found = [fault for fault in found if (fault.field, fault.key) in still]
    return [fault for fault in found if fault.field not in hidden]


def _faults(kind: Kind, values: Mapping[str, Any], days: Mapping[str, date]) -> list[Problem]:
    form: Form = "aggregate" if "to" in days else "single"
    begin = days.get("date") or days.get("to") or date.min
    return problems(kind(**{**completed(kind, values, form), **days, "date": begin}))


def _keys(faults: Iterable[Problem]) -> set[tuple[str, str]]:
    return {(fault.field, fault.key) for fault in faults}


def _candidates(kind: Kind, name: str) -> tuple[Any, ...]:
    """Values that stand for all that a field or a day could be."""
    field = fields(kind).get(name)
    if field is None:
        return (date.min, date.max) if name in ("date", "to") else ()
    if field.sort == "choices":
        return tuple((code,) for code in field.choices)
    if field.choices:
        return field.choices
    if field.is_number:
        return (0, LARGE)
    return (date.min, date.max) if field.sort == "date" else ("?",)


def shape(kind: Kind, values: Mapping[str, Any], aside: Mapping[str, Any]) -> Any:
    """What the rules of a kind can tell apart: its values, of texts only that they are there, of days how far apart.

    Records of one shape are all sound or none is, and most of a long file have few shapes.
    """
    own, begin = fields(kind), aside.get("date", date.min)
    said = tuple([(name, True if own[name].sort == "text" else _apart(value, begin)) for name, value in values.items()])
    return kind, said, tuple([(name, _apart(value, begin)) for name, value in aside.items() if name != "uid"])


def _apart(value: Any, begin: date) -> Any:
    return (value - begin).days if value.__class__ is date else value
