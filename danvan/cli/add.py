"""`add-model`, `add-reception`, `add-audit`: one record from the options of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from danvan.cli.options import Values, read_values
from danvan.errors import FileFault, Invalid, InvalidRecord
from danvan.exchange import entry_json
from danvan.formatting.parsing import parse_day
from danvan.formatting.texts import checked, fold
from danvan.records import Form, Record, completed, fields, problems, tag_of
from danvan.session import Session
from danvan.store import Entry

Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="option.date")]
First = Annotated[str | None, typer.Option("--from", metavar="DAY", help="option.from")]
Last = Annotated[str | None, typer.Option("--to", metavar="DAY", help="option.to")]
Started = Annotated[str | None, typer.Option("--started", metavar="DAY", help="option.started")]
IdentityFile = Annotated[str | None, typer.Option("--identity-file", metavar="FILE", help="option.identity_file")]


def add(session: Session, kind: type[Record], given: Mapping[str, Any], date: Day, first: First, last: Last) -> None:
    """Add one record and say what was understood."""
    _add(session, kind, read_values(kind, given, session), _days(session, date, first, last))


def add_reception(
    session: Session,
    kind: type[Record],
    given: Mapping[str, Any],
    date: Day,
    first: First,
    last: Last,
    identity_file: IdentityFile,
) -> None:
    """Add a reception; who came is read from a file, never from the command line."""
    values = read_values(kind, given, session)
    if identity_file:
        values |= _identity(kind, Path(identity_file))
    _add(session, kind, values, _days(session, date, first, last))


def add_audit(
    session: Session,
    kind: type[Record],
    given: Mapping[str, Any],
    date: Day,
    first: First,
    last: Last,
    started: Started,
) -> None:
    """Add an audit, whose day is the day it started."""
    if date and started:
        raise Invalid("started_both")
    _add(session, kind, read_values(kind, given, session), _days(session, date or started, first, last))


def _add(session: Session, kind: type[Record], values: Values, days: dict[str, date]) -> None:
    form: Form = "aggregate" if "to" in days else "single"
    record = kind(**(completed(kind, values, form) | days))
    faults = problems(record)
    if faults:
        raise InvalidRecord(tag_of(kind), faults)
    entry = session.register.add(record)
    typer.echo(entry_json(*entry) if session.json else _answer(entry, session))


def _days(session: Session, day: str | None, first: str | None, last: str | None) -> dict[str, date]:
    """The day of a single record, or the first and last day of an aggregate row."""
    if day and (first or last):
        raise Invalid("period_both")
    if bool(first) != bool(last):
        raise Invalid("period_half", missing="--to" if first else "--from")
    if first and last:
        return {"date": _day(session, "--from", first), "to": _day(session, "--to", last)}
    return {"date": _day(session, "--date", day) if day else session.today}


def _day(session: Session, option: str, text: str) -> date:
    try:
        return parse_day(text, session.today)
    except Invalid as fault:
        raise Invalid(fault.key, **fault.facts, where=option) from None


def _identity(kind: type[Record], path: Path) -> Values:
    """The personal fields of a kind from a file of lines `name: value`, named in either language."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise FileFault("unreadable", path=path, reason=getattr(fault, "strerror", "UTF-8")) from fault
    names = _personal_names(kind)
    values: Values = {}
    for number, line in enumerate(lines, 1):
        label, colon, text = line.partition(":")
        if not line.strip():
            continue
        if not colon or fold(label) not in names:
            raise Invalid("identity_line", line=number, path=path)
        values[names[fold(label)]] = checked(text)
    return values


def _personal_names(kind: type[Record]) -> dict[str, str]:
    from danvan.formatting.language import Language
    from danvan.messages import LANGUAGES

    personal = [name for name, field in fields(kind).items() if field.personal]
    labelled = {fold(Language(code).label(kind, name)): name for code in LANGUAGES for name in personal}
    return labelled | {fold(name): name for name in personal} | {fold("họ tên"): "citizen"}


def _answer(entry: Entry, session: Session) -> str:
    number, record = entry
    kind, language = type(record), session.language
    shown = [
        (field, language.label(kind, name), language.show(kind, name, value))
        for name, field in fields(kind).items()
        if not field.personal and (value := getattr(record, name)) not in (None, "", ())
    ]
    what = "; ".join(value if field.argument else f"{label}: {value}" for field, label, value in shown)
    return language.say(
        f"added.{record.form}",
        kind=language.say(f"kind.{tag_of(kind)}"),
        id=str(number),
        form=language.say("form.aggregate"),
        first=record.date,
        last=record.to,
        what=what,
    )
