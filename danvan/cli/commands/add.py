"""`add-model`, `add-reception`, `add-audit`: one record from the options of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan.cli.asking.closed import Changed, look_at_closings
from danvan.cli.asking.second_look import second_look
from danvan.cli.options import Values, read_values
from danvan.cli.particulars import (
    Day,
    First,
    Identity,
    IdentityFile,
    Last,
    Started,
    Strict,
    read_days,
    read_identity,
)
from danvan.cli.telling import tell
from danvan.errors import Invalid, InvalidRecord, Problem
from danvan.exchange.documents import entry_json
from danvan.records import Form, Record, completed, fields, problems, tag_of
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Entry

ASKED_FOR = ("missing", "empty_aggregate", "start_missing")


def add(
    session: Session,
    kind: type[Record],
    given: Mapping[str, Any],
    date: Day,
    first: First,
    last: Last,
    strict: Strict,
) -> None:
    """Add one record and say what was understood."""
    _add(session, kind, read_values(kind, given, session), _days(session, date, first, last), strict=strict)


def add_reception(
    session: Session,
    kind: type[Record],
    given: Mapping[str, Any],
    date: Day,
    first: First,
    last: Last,
    identity_file: IdentityFile,
    identity: Identity,
    strict: Strict,
) -> None:
    """Add a reception; who came is read from a file or asked, never taken from the command line."""
    values = read_values(kind, given, session)
    if identity_file:
        values |= read_identity(kind, Path(identity_file))
    days = _days(session, date, first, last)
    _add(session, kind, values, days, strict=strict, identity=identity)


def add_audit(
    session: Session,
    kind: type[Record],
    given: Mapping[str, Any],
    date: Day,
    first: First,
    last: Last,
    started: Started,
    strict: Strict,
) -> None:
    """Add an audit, whose day is the day it started."""
    days = _days(session, date, first, last, started)
    _add(session, kind, read_values(kind, given, session), days, strict=strict)


def _add(
    session: Session,
    kind: type[Record],
    values: Values,
    days: dict[str, date],
    *,
    strict: bool,
    identity: bool = False,
) -> None:
    record, faults = _record(session, kind, values, days)
    lacks = any(fault.key in ASKED_FOR for fault in faults)
    is_asked = session.is_interactive and (lacks or identity)
    if is_asked:
        look = partial(_look, session, strict=False)
        values, days = _prompts().fill(session, kind, values, days, look, only_who=not lacks)
        record, faults = _record(session, kind, values, days)
    elif identity:
        raise Invalid("identity_terminal")
    if faults:
        raise InvalidRecord(tag_of(kind), faults)
    if strict or not is_asked:
        _look(session, record, strict=strict)
    entry = session.register.add(record)
    tell(
        entry_json(*entry) if session.json else _answer(entry, session, is_default="date" not in days),
        whole=session.json,
    )


def _look(session: Session, record: Record, *, strict: bool) -> None:
    """Say what deserves a second look, and which closed figures change.

    Raises:
        Doubtful: `strict` forbids either.
    """
    second_look(session, record, strict=strict)
    look_at_closings(session, [Changed(None, record)], strict=strict)


def _prompts() -> Any:
    """The room of questions, which most runs never enter."""
    return import_module("danvan.cli.asking.questions")


def _record(session: Session, kind: type[Record], values: Values, days: Mapping[str, date]) -> Any:
    """The record and what is wrong with it."""
    form: Form = "aggregate" if "to" in days else "single"
    if "unit" not in values and session.office.default_unit:
        values = values | {"unit": session.office.default_unit}
    record = kind(**{**completed(kind, values, form), "date": session.today, **days})
    found = problems(record)
    early = [fault for fault in found if fault.key == "before_start"]
    if early and "date" not in days:  # too early for a day that nobody gave: that day is wanting
        first = min(early, key=lambda fault: str(fault.facts["day"]))
        found = [Problem(kind.DAY, "start_missing", first.facts), *(one for one in found if one not in early)]
    return record, found


def _days(
    session: Session, day: str | None, first: str | None, last: str | None, started: str | None = None
) -> dict[str, date]:
    """The days that were given."""
    if bool(first) != bool(last):
        raise Invalid("period_half", missing="--to" if first else "--from")
    return read_days(session, day, first, last, started)


def _answer(entry: Entry, session: Session, *, is_default: bool) -> str:
    """What was understood, in a line.

    Args:
        is_default: whether the day is today's because none was given.
    """
    number, record = entry
    kind, language = type(record), session.language
    said = {name: value for name in fields(kind) if (value := getattr(record, name)) not in (None, "", ())}
    named = [language.show(kind, name, value) for name, value in said.items() if fields(kind)[name].argument]
    told = [
        f"{language.label_beside(kind, name)}: {language.show(kind, name, value)}"
        for name, value in said.items()
        if not (fields(kind)[name].personal or fields(kind)[name].argument)
    ]
    if not record.is_aggregate:  # the days of a row stand ahead
        day = language.say("added.today", day=record.date) if is_default else language.fact(record.date)
        told.insert(0, f"{language.say(f'day.{tag_of(kind)}')}: {day}")
    if any(fields(kind)[name].personal for name in said):
        told.append(language.say("added.identity"))
    what = "; ".join([*named, *told])
    return language.say(
        f"added.{record.form}",
        kind=language.say(f"kind.{tag_of(kind)}"),
        id=str(number),
        form=language.say("form.aggregate"),
        first=record.date,
        last=record.to,
        what=what,
    )
