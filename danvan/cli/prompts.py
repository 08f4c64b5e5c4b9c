"""Questions at a terminal, one by one: with defaults, numbered choices, and the reason where an answer will not do.

The convention: nothing is written before the last answer, so Ctrl-C and Ctrl-D leave nothing behind. Only here is
it asked who came: an argument would stay in the history of the shell.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, TypeVar

import typer

from danvan.cli.failures import explain
from danvan.cli.options import Values
from danvan.errors import DanvanError, Invalid, InvalidRecord, Problem
from danvan.formatting.parsing import parse_day
from danvan.formatting.texts import checked, fold
from danvan.records import Field, Form, Record, completed, fields, problems, tag_of
from danvan.session import Session

with suppress(ImportError):  # Windows has none, or somebody's stand-in that keeps no history by itself
    import readline  # with it the arrow keys work and accents are erased whole

    if sys.platform != "win32":
        readline.set_auto_history(False)  # what was typed here is nobody else's business

Answer = TypeVar("Answer")
YES = ("y", "yes", "c", "co")
NO = ("n", "no", "k", "khong")


def ask(
    session: Session, question: str, read: Callable[[str], Answer], *, default: str = "", optional: bool = False
) -> Answer | None:
    """The answer to a question, asked until `read` understands it; None where it may be skipped and is.

    Args:
        default: what Enter stands for.

    Raises:
        KeyboardInterrupt: the person stopped, with Ctrl-C or at the end of the input.
    """
    hint = f" [{default}]" if default else f" ({session.language.say('ask.skip')})" if optional else ""
    while True:
        typed = _line(f"{question}{hint}: ").strip() or default
        if not typed and optional:
            return None
        try:
            return read(typed)
        except DanvanError as fault:
            _say_why(fault, session)


def is_confirmed(session: Session, question: str) -> bool:
    """Whether the person says yes; Enter says no."""

    def read(text: str) -> bool:
        if fold(text) not in (*YES, *NO):
            raise Invalid("yes_or_no", value=text)
        return fold(text) in YES

    answers = session.language.say("ask.yes_no")
    return bool(ask(session, f"{question} {answers}", lambda text: bool(text) and read(text)))


def fill(
    session: Session, kind: type[Record], given: Mapping[str, Any], days: Mapping[str, date]
) -> tuple[Values, dict[str, date]]:
    """The values of a record, asking for those that it needs and those that tell most; the day too, if not given."""
    asking = _Asking(session, kind, dict(given), dict(days))
    typer.echo(session.language.say("ask.intro"))
    form: Form = "aggregate" if "to" in days else "single"
    for name, field in fields(kind).items():
        if form in field.forms and not field.personal and (form in field.required or field.asked):
            asking.field(name, field)
    asking.figure()
    asking.day()
    asking.identity()
    return asking.values, asking.days


def ask_identity(session: Session, kind: type[Record], values: Values) -> Values:
    """Who came, as far as the person wants to say: of a category that allows to keep it."""
    asking = _Asking(session, kind, values, {"date": session.today})
    asking.identity()
    return asking.values


class _Asking:
    """A record in the making."""

    def __init__(self, session: Session, kind: type[Record], values: Values, days: dict[str, date]) -> None:
        self.session = session
        self.kind = kind
        self.values = values
        self.days = days
        self.form: Form = "aggregate" if "to" in days else "single"

    def field(self, name: str, field: Field) -> None:
        """Ask for one field, unless it is known or only one value fits."""
        if name in self.values:
            return
        default = completed(self.kind, self.values, self.form).get(name)
        if default is None and name == "unit":
            default = self.session.office.default_unit or None
        offered = (*field.choices, *self.session.language.local(self.kind, name))
        choices = [code for code in offered if not self._faults(name, code)]
        if field.choices and len(choices) < 2:
            self._keep(name, choices[0] if choices and self.form in field.required else None)
            return
        if choices:
            self._list(name, choices)
        shown = self.session.language.show(self.kind, name, default)
        say = self.session.language.say
        question = say("ask.choose") if choices else self.session.language.label(self.kind, name)
        optional = self.form not in field.required
        read = partial(self._read, name, choices=choices)
        self._keep(name, ask(self.session, question, read, default=shown, optional=optional))

    def figure(self) -> None:
        """Ask for one figure of an aggregate row that would have none."""
        empty = [p.field for p in self._problems(self.values) if p.key == "empty_aggregate"]
        for name in empty:
            _say_why(InvalidRecord(tag_of(self.kind), [Problem(name, "empty_aggregate", {})]), self.session)
            label = self.session.language.label(self.kind, name)
            self._keep(name, ask(self.session, label, partial(self._read, name, choices=())))

    def day(self) -> None:
        """Ask for the day, if none is given."""
        if "date" not in self.days:
            say, today = self.session.language.say, self.session.today
            found = ask(self.session, say("record.date"), lambda text: parse_day(text, today), default=self._today())
            self.days["date"] = found or today

    def identity(self) -> None:
        """Ask who came, where that may be kept; say why not, where it may not."""
        personal = [name for name, field in fields(self.kind).items() if field.personal and self.form in field.forms]
        wanted = [name for name in personal if name not in self.values]
        if not wanted or not self.values.get("category"):
            return
        may_be_kept = not self._faults(wanted[0], "?")
        typer.echo(self.session.language.say("ask.identity" if may_be_kept else "ask.no_identity"))
        for name in wanted if may_be_kept else ():
            label = self.session.language.label(self.kind, name)
            self._keep(name, ask(self.session, label, checked, optional=True))

    def _today(self) -> str:
        return self.session.language.fact(self.session.today)

    def _keep(self, name: str, value: Any) -> None:
        if value not in (None, "", ()):
            self.values[name] = value

    def _list(self, name: str, choices: Sequence[str]) -> None:
        language = self.session.language
        typer.echo(f"{language.label(self.kind, name)}:")
        for number, code in enumerate(choices, 1):
            typer.echo(f"  {number:>2}  {language.choice(self.kind, name, code)}")

    def _read(self, name: str, text: str, choices: Sequence[str]) -> Any:
        """The value typed: a number of the list, a code or a label.

        Raises:
            Invalid, InvalidRecord: it will not do.
        """
        if choices and text.isdecimal() and 1 <= int(text) <= len(choices):
            return choices[int(text) - 1]
        if not text:
            raise InvalidRecord(tag_of(self.kind), [Problem(name, "missing", {})])
        try:
            value = self.session.language.read(self.kind, name, text, self.session.today)
        except Invalid as fault:
            if not choices:
                raise
            nearest = fault.facts.get("nearest", "")
            raise Invalid("not_listed", value=text, most=len(choices), nearest=nearest) from None
        if faults := self._faults(name, value):
            raise InvalidRecord(tag_of(self.kind), faults)
        return value

    def _faults(self, name: str, value: Any) -> list[Problem]:
        """What would be wrong about the field with that value."""
        return [fault for fault in self._problems(self.values | {name: value}) if fault.field == name]

    def _problems(self, values: Values) -> list[Problem]:
        days = {"date": self.session.today} | self.days
        return problems(self.kind(**(completed(self.kind, values, self.form) | days)))


def _line(question: str) -> str:
    try:
        return input(question)
    except EOFError:
        raise KeyboardInterrupt from None


def _say_why(fault: DanvanError, session: Session) -> None:
    if isinstance(fault, InvalidRecord):  # which field is meant is plain from the question
        lines = [session.language.say(f"problem.{problem.key}", **problem.facts) for problem in fault.problems]
    else:
        lines = list(explain(fault, session.language, "").lines)
    for line in lines:
        print(f"  ! {line}", file=sys.stderr)  # noqa: T201
