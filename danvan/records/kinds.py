"""The kinds of record, and the rules that hold for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from danvan.errors import Problem
from danvan.records.audit import Audit
from danvan.records.field import Day, Field, Form
from danvan.records.model import Model
from danvan.records.office import Closing, Office, Reveal
from danvan.records.reception import Reception
from danvan.records.record import Record, fields
from danvan.records.trails import WRITTEN

KINDS: Mapping[str, type[Record]] = {"model": Model, "reception": Reception, "audit": Audit}
# Everything a line of the register can be: besides the three kinds, what the office keeps about itself.
COUNTED = tuple(KINDS.values())  # the others are what the office keeps about itself
STORED: tuple[type[Record], ...] = (*COUNTED, Office, Closing, Reveal)


@cache
def described(kind: type[Record]) -> Mapping[str, Field]:
    """The fields of a kind and what is computed from them, by name."""
    return {**fields(kind), **kind.COMPUTED}


def happenings(record: Record) -> Iterator[Day]:
    """The days, besides its own, on which something happened to a record: its dates, its steps, its movements."""
    for name in _dates(type(record)):
        day = getattr(record, name)
        if day is not None:
            yield day
    for dated in (*record.steps, *getattr(record, "movements", ())):
        yield dated.on


@cache
def _dates(kind: type[Record]) -> tuple[str, ...]:
    return ("to", *(name for name, field in fields(kind).items() if field.sort == "date"))


def trail_texts(record: Record) -> Iterator[tuple[str, str]]:
    """What people wrote on what happened to a record, each text with the attribute that holds it."""
    for trail, name in WRITTEN.items():
        for happening in getattr(record, trail, ()):
            yield trail, getattr(happening, name)


def state_field(kind: type[Record]) -> str:
    """The name under which `described` has the state of a kind's records."""
    return kind.STATE or "state"


def completed(kind: type[Record], values: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """`values` with what follows from them, and without what goes without saying.

    A model begins as registered; the receiver follows from the mode, the regular mode from the staff. That one
    single record counts as one ("1 turn") need not be stored.
    """
    own = fields(kind)
    whole = {
        name: value
        for name, value in values.items()
        if form in own[name].forms or value != own[name].blank or value is None
    }
    if kind is Model:
        whole.setdefault("status", "registered")
    if kind is Reception:
        if whole.get("mode") and not whole.get("receiver"):
            whole["receiver"] = "staff" if whole["mode"] == "regular" else "leader"
        if whole.get("receiver") == "staff" and not whole.get("mode"):
            whole["mode"] = "regular"
    return whole


def problems(record: Record) -> list[Problem]:
    """Every rule that `record` breaks, so that all can be told at once."""
    found: list[Problem] = []
    form = record.form
    for name, field in fields(type(record)).items():
        value = getattr(record, name)
        is_blank = value in (None, "", ())
        if is_blank and form in field.required:
            found.append(Problem(name, "missing", {}))
        if not is_blank and form not in field.forms:
            found.append(Problem(name, f"only_{field.forms[0]}", {}))
        if field.is_number and value is not None and value < 0:
            found.append(Problem(name, "negative", {"value": value}))
        if field.choices and not field.open:
            given = value if isinstance(value, tuple) else (value,) if value else ()
            found += [Problem(name, "choice", {"value": code}) for code in given if code not in field.choices]
    if record.to is not None and record.to < record.date:
        found.append(Problem("to", "backwards", {"first": record.date, "last": record.to}))
    numbers = [name for name, field in fields(type(record)).items() if field.is_number]
    if record.is_aggregate and all(getattr(record, name) is None for name in numbers):
        found.append(Problem(numbers[0], "empty_aggregate", {}))
    found.extend(record.faults())
    return found


def _rest(record: Record, part: str) -> int | None:
    """What the whole of a single record leaves for a part that it does not tell; None where that is unknown."""
    whole, others = _wholes(type(record)).get(part, ("", ()))
    told = [getattr(record, other) for other in others]
    if not told or None in told:
        return None
    known = getattr(record, whole)
    # Who notes one case of a single reception says all there is; that one part is 0 says nothing of the other.
    return max(known - sum(told), 0) if known is not None else 0 if any(told) else None


@cache
def _wholes(kind: type[Record]) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """For each part of a whole that parts alone may tell: the whole, and the other parts."""
    wholes = {name: field.parts for name, field in fields(kind).items() if field.parts and not field.stands_alone}
    return {
        part: (whole, tuple(one for one in parts if one != part)) for whole, parts in wholes.items() for part in parts
    }


def _has_none(record: Record, name: str) -> bool:
    """Whether a row says that there is nothing of what it counts under a name, or of what that counts something of."""
    value, of = getattr(record, name), fields(type(record))[name].of
    return value == 0 if value is not None else bool(of) and _has_none(record, of)


def _in_groups(record: Record, name: str, threshold: int) -> int:
    """What a row knows to be in large groups of what it counts; 0 where it knows of nothing."""
    part = in_groups(type(record)).get(name)
    return (amount(record, part, threshold)[0] or 0) if part else 0


@cache
def in_groups(kind: type[Record]) -> Mapping[str, str]:
    """The figures of a kind of which a part is in large groups, each with the one that counts that part."""
    return {field.large: name for name, field in fields(kind).items() if field.large}


def amount(record: Record, name: str, threshold: int) -> tuple[int | None, bool]:
    """What `record` contributes to a sum of the field `name`, and whether that is all of it.

    Args:
        threshold: from how many people a reception is one of a large group.

    Returns:
        The figure (None where the record does not know it), and False where a part of it is unknown.
    """
    field = fields(type(record))[name]
    value = getattr(record, name)
    if value is not None:
        return value, True
    if record.to is None and field.large:
        people, _ = amount(record, "people", threshold)
        return amount(record, field.large, threshold) if (people or 0) >= threshold else (0, True)
    if record.to is not None and field.of and _has_none(record, field.of):
        return 0, True
    whole, _ = _wholes(type(record)).get(name, ("", ()))
    if whole and getattr(record, whole) == 0:
        return 0, True
    known = 0
    if field.parts:
        parts = [amount(record, part, threshold) for part in field.parts]
        known = sum(part or 0 for part, _ in parts)
        if all(is_all for _, is_all in parts):
            return known, True
    if record.to is None:
        if (rest := _rest(record, name)) is not None:
            return rest, True
    elif least := max(known, _in_groups(record, name, threshold)):  # "at least 0" would say no more than nothing
        return least, False
    value = field.blank if record.to is None else None
    if value is not None and field.state and record.state != field.state:
        return 0, True
    return value, value is not None
