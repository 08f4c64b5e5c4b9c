"""`edit ID`: a record corrected by options of its kind, or as a form in an editor."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import typer

from danvan.cli.asking.answering import kind_word, read_id
from danvan.cli.asking.correcting import VOID, Wanted, changed, keep
from danvan.cli.options import SHARED, Values, read_values, whole
from danvan.cli.particulars import (
    First,
    Identity,
    IdentityFile,
    Last,
    OtherDay,
    Started,
    Strict,
    read_day,
    read_days,
    read_identity,
)
from danvan.cli.telling import notice, tell
from danvan.errors import Invalid, Refused
from danvan.formatting.language import Language
from danvan.formatting.texts import checked
from danvan.records import KINDS, Pause, Record, tag_of
from danvan.session import Session

Number = Annotated[str, typer.Argument(metavar="ID", help="option.id", show_default=False)]
Clear = Annotated[list[str] | None, typer.Option("--clear", metavar="FIELD", help="option.clear")]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="option.on", rich_help_panel="life")]
OnReception = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="option.on_reception", rich_help_panel="life")
]
PauseDays = Annotated[
    str | None, typer.Option("--pause", metavar="DAY..DAY", help="option.pause", rich_help_panel="life")
]
Extend = Annotated[str | None, typer.Option("--extend", metavar="N", help="option.extend", rich_help_panel="life")]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="option.reason_pause", rich_help_panel="life")
]


def edit(session: Session, number: Number, clear: Clear, strict: Strict) -> None:  # noqa: ARG001 -- for the help page
    """Edit a record of no kind that people enter: to them there is none."""
    raise Refused("no_record", id=number)


def edit_model(
    session: Session,
    kind: type[Record],
    changes: Mapping[str, Any],
    number: Number,
    date: OtherDay,
    first: First,
    last: Last,
    on: On,
    clear: Clear,
    strict: Strict,
) -> None:
    """Edit a model, or a unit's count of models."""
    wanted = Wanted(
        read_values(kind, changes, session), read_days(session, date, first, last), clear or (), _on(session, on)
    )
    _edit(session, number, wanted, strict=strict)


def edit_reception(
    session: Session,
    kind: type[Record],
    changes: Mapping[str, Any],
    number: Number,
    date: OtherDay,
    first: First,
    last: Last,
    on: OnReception,
    pause: PauseDays,
    extend: Extend,
    reason: Reason,
    identity: Identity,
    identity_file: IdentityFile,
    clear: Clear,
    strict: Strict,
) -> None:
    """Edit a reception: its case goes on, its deadline is paused or put off, who came is told."""
    values = read_values(kind, changes, session)
    if identity_file:
        values |= read_identity(kind, Path(identity_file))
    if identity:
        values |= _asked_identity(session, kind, read_id(number), values)
    if reason and not (pause or extend):
        raise Invalid("reason_alone")
    wanted = Wanted(
        values,
        read_days(session, date, first, last),
        clear or (),
        _on(session, on),
        _pause(session, pause, reason or "") if pause else None,
        whole(extend, "--extend", 1) if extend else None,
        checked(reason or ""),
    )
    if identity and wanted.is_blank:
        word = kind_word(session.register.get(read_id(number)).record, session.language)
        tell(session.language.say("edited.nothing", kind=word, id=number))
        return
    _edit(session, number, wanted, strict=strict)


def edit_audit(
    session: Session,
    kind: type[Record],
    changes: Mapping[str, Any],
    number: Number,
    date: OtherDay,
    first: First,
    last: Last,
    started: Started,
    clear: Clear,
    strict: Strict,
) -> None:
    """Edit an audit: it ends, it is concluded, its amounts are known."""
    days = read_days(session, date, first, last, started)
    _edit(session, number, Wanted(read_values(kind, changes, session), days, clear or ()), strict=strict)


EDITS: Mapping[str, Callable[..., None]] = {"model": edit_model, "reception": edit_reception, "audit": edit_audit}


def variant(arguments: Sequence[str], language: Language) -> tuple[Callable[..., None], type[Record] | None]:
    """The function that edits the kind of the record named on a command line, and that kind.

    The options depend on it, so it is looked up before they are read.

    Raises:
        Invalid: no record is named, or not by its number.
        Refused: there is no such record.
    """
    words = _positionals(arguments[1:])
    if not words:
        if {"--help", "-h"} & set(arguments):
            return edit, None
        raise Invalid("usage.missing_argument", parameter=language.placeholder("ID"))
    named = _one_of(words)
    session = Session(language.code, notice(language), db=_valued(arguments, "--db"))
    kind = type(session.register.get(read_id(named)).record)
    if kind not in KINDS.values():  # what the office keeps about itself is no record to people
        raise Refused("no_record", id=named)
    return EDITS[tag_of(kind)], kind


def _positionals(arguments: Sequence[str]) -> list[str]:
    """The arguments that are neither options nor the values of one."""
    flags = {name for hints in (SHARED, *map(_hints, EDITS.values())) for name in _flags(hints)}
    found, left = list[str](), iter(arguments)
    for argument in left:
        if argument == "--":  # behind it nothing is an option
            return [*found, *left]
        if not argument.startswith("-"):
            found.append(argument)
        elif argument not in flags and "=" not in argument:
            next(left, "")
    return found


def _one_of(words: Sequence[str]) -> str:
    """The first of some words, unless they are the numbers of several records, as one can well write for `void`.

    Raises:
        Invalid: they are.
    """
    numbers = re.findall(r"[^\s,;]+", " ".join(words))
    if len(numbers) > 1 and all(one.isascii() and one.isdigit() for one in numbers):
        raise Invalid("edit_one", id=numbers[0], ids=", ".join(numbers[1:]))
    return words[0]


def _hints(run: Callable[..., None]) -> Mapping[str, Any]:
    return {name: hint for name, hint in get_type_hints(run, include_extras=True).items() if name != "return"}


def _flags(hints: Mapping[str, Any]) -> list[str]:
    found = [get_args(hint) for hint in hints.values() if get_args(hint)[:1] == (bool,)]
    return ["--help", "-h", *(name for _, option in found for name in (option.default, *option.param_decls))]


def _valued(arguments: Sequence[str], name: str) -> list[str]:
    """Every value of an option."""
    apart = [value for argument, value in pairwise(arguments) if argument == name]
    return apart + [argument.partition("=")[2] for argument in arguments if argument.startswith(f"{name}=")]


def _on(session: Session, text: str | None) -> date | None:
    return read_day(session, "--on", text) if text else None


def _pause(session: Session, text: str, reason: str) -> Pause:
    first, dots, last = text.partition("..")
    if not dots or not first.strip():
        raise Invalid("pause", value=text)
    begin = read_day(session, "--pause", first)
    end = read_day(session, "--pause", last) if last.strip() else None
    if end and end < begin:
        raise Invalid("backwards", first=begin, last=end, where="--pause")
    return Pause(begin, end, checked(reason))


def _asked_identity(session: Session, kind: type[Record], number: int, values: Values) -> Values:
    if not session.is_interactive:
        raise Invalid("identity_terminal")
    category = values.get("category") or getattr(session.register.get(number).record, "category", None)
    personal: Values = import_module("danvan.cli.asking.questions").ask_identity(session, kind, {"category": category})
    return {name: value for name, value in personal.items() if name != "category"}


def _edit(session: Session, text: str, wanted: Wanted, *, strict: bool) -> None:
    entry = session.register.get(read_id(text))
    if entry.record.void and VOID not in wanted.clear:
        raise Refused("is_void", id=str(entry.id), reason=entry.record.void)
    if wanted.is_blank:
        if not session.is_interactive:
            raise Invalid("nothing_to_change")
        import_module("danvan.cli.asking.editing").edit_form(session, entry, strict=strict)
    else:
        keep(session, entry, changed(session, entry, wanted), strict=strict)
