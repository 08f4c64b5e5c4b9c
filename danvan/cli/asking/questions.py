"""The questions that make a record: what it needs and what tells most, who came, and a look at it before it is kept.

The convention: nothing is written before the last answer, so Ctrl-C and Ctrl-D leave nothing behind. Only here is
it asked who came: an argument would stay in the history of the shell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from danvan.cli.asking.prompts import NO, YES, Dialogue, complain, say_why
from danvan.cli.options import Values
from danvan.cli.telling import tell
from danvan.errors import Invalid, InvalidRecord, Problem
from danvan.formatting.parsing import parse_day
from danvan.formatting.texts import checked, fold, holding
from danvan.privacy import MASK
from danvan.records import Field, Form, Record, completed, fields, problems, tag_of
from danvan.session import Session

DAYS = ("date", "to")


def fill(
    session: Session,
    kind: type[Record],
    given: Mapping[str, Any],
    days: Mapping[str, date],
    look: Callable[[Record], None],
    *,
    only_who: bool = False,
) -> tuple[Values, dict[str, date]]:
    """The values of a record, asking for those that it needs and those that tell most; the day too, if not given.

    Args:
        look: says what deserves a second look, before the person says that the record will do.
        only_who: whether nothing is asked but who came.
    """
    asking = _Asking(session, kind, given, days)
    if hopeless := asking.hopeless():
        raise InvalidRecord(tag_of(kind), hopeless)
    tell(session.language.say("ask.intro"))
    confirm = partial(asking.confirm, look)
    asking.walk([*(asking.who() if only_who else asking.questions()), confirm])
    while again := list(asking.reopened()):
        asking.walk([*again, confirm])
    return asking.values, asking.days


def ask_identity(session: Session, kind: type[Record], values: Values) -> Values:
    """What is to be kept of who came to a reception that is there, if its category allows it; "" for no more."""
    asking = _Asking(session, kind, values, {"date": session.today}, is_there=True)
    asking.walk(asking.who())
    return asking.values


class _Asking(Dialogue):
    """A record in the making; its days stand among the answers."""

    def __init__(
        self,
        session: Session,
        kind: type[Record],
        values: Mapping[str, Any],
        days: Mapping[str, date],
        *,
        is_there: bool = False,
    ) -> None:
        super().__init__(session, {**values, **days})
        self.kind = kind
        self.is_there = is_there  # then a question that is skipped leaves what the record says
        self.blank: set[str] = set()  # what was left blank, also before the person went back
        self.form: Form = "aggregate" if "to" in days else "single"

    @property
    def values(self) -> Values:
        """What the fields hold."""
        return {name: answer for name, answer in self.answers.items() if name not in DAYS}

    @property
    def days(self) -> dict[str, date]:
        """The days of the record itself."""
        return {name: answer for name, answer in self.answers.items() if name in DAYS}

    def questions(self) -> list[Callable[[], None]]:
        """Everything that is asked, in this order; a question whose answer is known asks nothing."""
        own = fields(self.kind)
        wanted = [name for name, field in own.items() if self.form in field.forms and not field.personal]
        urgent = [name for name in wanted if self.form in own[name].required or own[name].asked]
        last = self.kind.ASKED_LAST if self.form == "single" else {}
        return [
            self.day,
            *(partial(self.field, name, own[name]) for name in urgent),
            self.figure,
            *(partial(self.field, name, own[name]) for name in last),
            *(partial(self.besides, name, other) for name, others in last.items() for other in others),
            *self.who(),
        ]

    def hopeless(self) -> list[Problem]:
        """What is wrong already and no answer can mend: days, and fields that such a record has not."""
        own = fields(self.kind)
        foreign = {name for name in self.values if self.form not in own[name].forms}
        faults = self._problems(self.answers)
        return [fault for fault in faults if fault.field in DAYS or (fault.field in foreign and fault.key != "missing")]

    def reopened(self) -> Iterator[Callable[[], None]]:
        """Why the record will not do, and what has to be asked once more; all other answers stand."""
        faults = [fault for fault in self._problems(self.answers) if fault.field in self.answers]
        for fault in faults:
            label = self.session.language.label(self.kind, fault.field)
            complain(f"{label}: {self.session.language.say(f'problem.{fault.key}', **fault.facts)}")
        for name in dict.fromkeys(fault.field for fault in faults):
            del self.answers[name]  # what is refused is no default
            self.earlier.pop(name, None)
            yield self.day if name == "date" else partial(self.field, name, fields(self.kind)[name])

    def confirm(self, look: Callable[[Record], None]) -> None:
        """Show the record as it would be written, while there is still a way back; what will not do is told first."""
        if self._problems(self.answers):
            return
        language, record = self.session.language, self._record(self.answers)
        tell(language.say("ask.review"))
        for line in (*self._days_said(record), *self._fields_said(record)):
            tell(f"  {line}")
        look(record)
        self.ask(language.say("ask.record"), _nothing, hint=language.say("ask.record_how"))

    def _days_said(self, record: Record) -> Iterator[str]:
        say = self.session.language.say
        if record.is_aggregate:
            yield say("ask.days", first=record.date, last=record.to)
        else:
            yield f"{say(f'day.{tag_of(self.kind)}')}: {self.session.language.fact(record.date)}"

    def _fields_said(self, record: Record) -> Iterator[str]:
        language = self.session.language
        for name, field in fields(self.kind).items():
            if (value := getattr(record, name)) not in (None, "", ()):
                # What was typed here stands on the screen already; what a file told is masked as everywhere.
                is_masked = field.personal and name in self.known
                said = MASK if is_masked else language.show(self.kind, name, value)
                yield f"{language.label_beside(self.kind, name)}: {said}"

    def who(self) -> list[Callable[[], None]]:
        """The questions who came."""
        personal = [name for name, field in fields(self.kind).items() if field.personal and self.form in field.forms]
        wanted = [name for name in personal if name not in self.answers]
        return [partial(self.person, name, is_first=not number) for number, name in enumerate(wanted)]

    def besides(self, name: str, other: str) -> None:
        """Ask for a field that matters only where another one is known."""
        if name in self.answers:
            self.field(other, fields(self.kind)[other])

    def field(self, name: str, field: Field) -> None:
        """Ask for one field, unless it is known or only one value fits."""
        if name in self.answers:
            return
        default = self._default(name, field)
        offered = (*field.choices, *self.session.language.local(self.kind, name))
        known = self._problems(self.answers)
        choices = [code for code in offered if not self._added(known, name, code)]
        if field.choices and len(choices) < 2:
            if choices and self.form in field.required:
                self._keep(name, choices[0])
            return
        if choices:
            self._list(name, choices)
        shown = self.session.language.show(self.kind, name, default)
        say = self.session.language.say
        own = f"ask.{tag_of(self.kind)}.{name}"
        label = say(own) if self.session.language.knows(own) else self.session.language.label(self.kind, name)
        question = say("ask.choose") if choices else label
        optional = self.form not in field.required
        read = partial(self._read, name, choices=choices)
        found = self.ask(question, read, default=shown, optional=optional)
        self._keep(name, found)
        if found is None and name == "unit":  # rather than the office's usual one
            self.answers[name] = ""

    def _default(self, name: str, field: Field) -> Any:
        """What Enter stands for: what was answered before, what follows from other answers, or what is usual."""
        if name in self.blank:
            return None
        default = self.earlier.get(name, completed(self.kind, self.values, self.form).get(name))
        if default is None and name == "unit":
            default = self.session.office.default_unit or None
        if default is None and field.asked and self.form == "single":  # what a blank counts as
            default = field.blank
        return default

    def figure(self) -> None:
        """Ask for one figure of an aggregate row that would have none."""
        empty = [p.field for p in self._problems(self.answers) if p.key == "empty_aggregate"]
        for name in empty:
            say_why(InvalidRecord(tag_of(self.kind), [Problem(name, "empty_aggregate", {})]), self.session)
            label = self.session.language.label(self.kind, name)
            self._keep(name, self.ask(label, partial(self._read, name, choices=())))

    def day(self) -> None:
        """Ask for the day, if none is given."""
        if "date" not in self.answers:
            say, today = self.session.language.say, self.session.today
            default = self.session.language.fact(self.earlier.get("date", today))
            self.answers["date"] = self.ask(say(f"ask.day.{tag_of(self.kind)}"), self._read_day, default=default)

    def person(self, name: str, *, is_first: bool) -> None:
        """Ask for one thing of who came, where that may be kept; say why not, where it may not."""
        if not self.answers.get("category"):
            return
        may_be_kept = not self._faults(name, "?")
        if is_first:
            tell(self.session.language.say("ask.identity" if may_be_kept else "ask.no_identity"))
        if may_be_kept:
            label, default = self.session.language.label(self.kind, name), self.earlier.get(name, "")
            hint = self.session.language.say("ask.leave") if self.is_there else ""
            read = partial(self._text, name)
            found = self.ask(
                label, read, default=default, optional=True, hint=hint, blank="" if self.is_there else None
            )
            self._keep(name, found)
            if found == "":
                self.answers[name] = ""

    def _text(self, name: str, text: str) -> str:
        """What is said of who came; what is wrong with it never repeats it."""
        return holding(checked(text), fields(self.kind)[name].holds)

    def _keep(self, name: str, value: Any) -> None:
        if value not in (None, "", ()):
            self.answers[name] = value
            self.blank.discard(name)
        else:
            self.earlier.pop(name, None)
            self.blank.add(name)

    def _list(self, name: str, choices: Sequence[str]) -> None:
        language = self.session.language
        tell(f"{language.label(self.kind, name)}:")
        for number, code in enumerate(choices, 1):
            tell(f"  {number:>2}  {language.choice(self.kind, name, code)}")

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

    def _read_day(self, text: str) -> date:
        """The day typed for the record itself.

        Raises:
            Invalid, InvalidRecord: it will not do.
        """
        day = parse_day(text, self.session.today)
        if faults := self._faults("date", day):
            raise InvalidRecord(tag_of(self.kind), faults)
        return day

    def _faults(self, name: str, value: Any) -> list[Problem]:
        """What would be wrong about the field with that value, or then about what is known already."""
        return self._added(self._problems(self.answers), name, value)

    def _added(self, known: Sequence[Problem], name: str, value: Any) -> list[Problem]:
        """The same, beside what is wrong already."""
        old = [fault for fault in known if fault.field != name]
        found = self._problems(self.answers | {name: value})
        return [fault for fault in found if fault.field == name or (fault.field in self.answers and fault not in old)]

    def _problems(self, answers: Mapping[str, Any]) -> list[Problem]:
        return problems(self._record(answers))

    def _record(self, answers: Mapping[str, Any]) -> Record:
        values = {name: answer for name, answer in answers.items() if name not in DAYS}
        days = {name: answers[name] for name in DAYS if name in answers}
        return self.kind(**{**completed(self.kind, values, self.form), "date": self.session.today, **days})


def _nothing(text: str) -> None:
    """Enter alone will do; who says no leaves as with Ctrl-C."""
    if fold(text) in NO:
        raise KeyboardInterrupt
    if text and fold(text) not in YES:
        raise Invalid("enter_only", value=text)
