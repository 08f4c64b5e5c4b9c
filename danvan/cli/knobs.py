"""Every setting: what it is called, where it is kept, how it is read and shown.

The convention: three settings are the person's and stand in a file of theirs; all others are the office's and
stand in the register, so that they travel with the figures. What is computed here is written by `init` and
`config`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from danvan import settings
from danvan.cli.options import whole
from danvan.errors import FileFault, Invalid, given_for
from danvan.exchange.headings import key_of, read_renamed
from danvan.formatting.choosing import chosen, nearest
from danvan.formatting.language import Language, word
from danvan.formatting.parsing import parse_day
from danvan.formatting.texts import checked, fold, visible
from danvan.messages import LANGUAGES
from danvan.periods import CALENDARS, LAST_START, custom_calendar
from danvan.places import at
from danvan.records import KINDS, LAYOUTS, Office, fields
from danvan.reports import SECTIONS
from danvan.session import Session, system_user

LONGEST = 200  # characters of a name
Level = Literal["person", "office"]
Source = Literal["option", "env", "person", "office", "default"]
Sort = Literal["text", "file", "word", "number", "start", "days", "values", "columns"]
NOTHING = Office(date.min)


class Knob(NamedTuple):
    """One setting.

    Attributes:
        key: what people call it.
        level: whose it is.
        sort: how it is read.
        attribute: where an `Office` has it.
        part: which entry of that attribute, where it is a mapping.
        words: the codes it may have; their words are `<family>.<code>` in the catalogues.
    """

    key: str
    level: Level
    sort: Sort
    attribute: str = ""
    part: str = ""
    family: str = ""
    words: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it has any number of values."""
        return self.sort in ("days", "values", "columns")


def _knobs() -> Iterator[Knob]:
    yield Knob("language", "person", "word", family="language", words=LANGUAGES)
    yield Knob("db", "person", "file")
    yield Knob("author", "person", "text")
    yield Knob("office", "office", "text", "name")
    yield Knob("superior", "office", "text", "superior")
    yield Knob("place", "office", "text", "place")
    yield Knob("layout", "office", "word", "layout", family="layout", words=LAYOUTS)
    yield Knob("unit", "office", "text", "default_unit")
    yield Knob("threshold", "office", "number", "threshold")
    for section in SECTIONS:
        key = f"calendar.{section.replace('_', '-')}"
        yield Knob(key, "office", "word", "calendars", section, "calendar-name", (*CALENDARS, "custom"))
    yield Knob("year-start", "office", "start", "custom_start")
    for kind, record in KINDS.items():
        for name, field in fields(record).items():
            if field.open:
                yield Knob(f"{kind}.{name}", "office", "values", "local", f"{kind}.{name}")
    yield Knob("closed-days", "office", "days", "closed_days")
    yield Knob("count-from", "office", "word", "count_from", family="count-from", words=("next-day", "same-day"))
    yield Knob("columns", "office", "columns", "columns")


KNOBS: Mapping[str, Knob] = {knob.key: knob for knob in _knobs()}


def knob_of(key: str) -> Knob:
    """The setting that is called `key`, or means that in either language.

    Raises:
        Invalid: none is.
    """
    spoken = (Language(code) for code in LANGUAGES)
    known = {fold(meaning(knob, language)): knob.key for language in spoken for knob in KNOBS.values()}
    known |= {fold(name): name for name in KNOBS}
    name = known.get(fold(key))
    if name is None:
        raise Invalid("setting_key", value=key, keys=", ".join(KNOBS), nearest=nearest(key, known))
    return KNOBS[name]


def meaning(knob: Knob, language: Language) -> str:
    """What a setting is."""
    if knob.attribute == "calendars":
        return language.say("setting.calendar", section=language.say(f"section.{knob.part}"))
    if knob.attribute == "local":
        kind, _, name = knob.part.partition(".")
        label = language.label(KINDS[kind], name)
        return language.say("setting.values", field=label, kind=language.say(f"kind.{kind}"))
    return language.say(f"setting.{knob.key}")


def read(knob: Knob, texts: Sequence[str], session: Session) -> Any:
    """The value of a setting from what a person typed.

    Raises:
        Invalid: it has no such value; `where` names the setting.
    """
    with given_for(knob.key):
        if knob.is_list:
            return _list(knob, texts, session)
        if len(texts) != 1:
            raise Invalid("setting_one", count=len(texts))
        return _one(knob, texts[0])


def _one(knob: Knob, text: str) -> Any:
    match knob.sort:
        case "word":
            return chosen(text, knob.words, knob.key, knob.family)
        case "number":
            return whole(text, knob.key, 2)
        case "file":
            return _file(text)
        case "start":
            return _start(text)
    return _name(text)


def _name(text: str) -> str:
    found = checked(text, LONGEST)
    if found in ("", "<", "-"):  # what goes back or leaves blank in the questions names nothing
        raise Invalid("setting_blank")
    return found


def _file(text: str) -> str:
    path = at(_name(text)).absolute()
    if path.is_dir():
        raise Invalid("is_directory", path=path)
    return str(path)


def _start(text: str) -> str:
    """Month and day from "15/10" as Vietnamese write it, or from "10-15"."""
    day, slash, month = text.strip().partition("/")
    if not slash:
        month, _, day = text.strip().partition("-")
    if not (month.isdecimal() and day.isdecimal()):
        raise Invalid("year_start", value=text, last=LAST_START)
    found = f"{int(month):02}-{int(day):02}"
    try:
        custom_calendar(found)
    except Invalid:
        raise Invalid("year_start", value=text, last=LAST_START) from None
    return found


def _list(knob: Knob, texts: Sequence[str], session: Session) -> tuple[Any, ...]:
    if knob.sort == "columns":  # a heading may hold commas
        parts = [part for text in texts for part in text.split(";") if part.strip()]
        return with_columns((), parts, session.language)
    parts = [part for text in texts for part in text.split(";" if ";" in text else ",") if part.strip()]
    if not parts:
        raise Invalid("setting_blank")
    if knob.sort == "days":
        return tuple(sorted({parse_day(part, session.today) for part in parts}))
    return tuple({fold(name): name for name in _new_values(knob, parts)}.values())


def with_columns(known: Sequence[str], texts: Sequence[str], language: Language) -> tuple[str, ...]:
    """What columns mean: what was known, and texts "heading=field" in the place of those about the same heading.

    Raises:
        Invalid: see `read_renamed`.
    """
    read_renamed(texts, "columns", language)
    found = {key_of(one.rpartition("=")[0]): one for one in (*known, *(checked(text, LONGEST) for text in texts))}
    return tuple(found.values())


def _new_values(knob: Knob, parts: Sequence[str]) -> Iterator[str]:
    """The values that are not there already under a name that everybody has."""
    kind, _, name = knob.part.partition(".")
    known = Language("en")
    for part in parts:
        value = _name(part)
        try:
            known.read_choice(KINDS[kind], name, value)
        except Invalid:
            yield value
        else:
            raise Invalid("setting_known", value=value)


def value_of(knob: Knob, session: Session) -> Any:
    """The value that holds now, whoever settled it."""
    match knob.key:
        case "language":
            return session.language.code
        case "db":
            return str(session.path)
        case "author":
            return session.person.get("author") or system_user()
    return office_value(knob, session.office)


def office_value(knob: Knob, office: Office) -> Any:
    """What an office has settled, or the default."""
    value = getattr(office, knob.attribute)
    if not knob.part:
        return value
    return value.get(knob.part, () if knob.is_list else "calendar")


def source_of(knob: Knob, session: Session) -> Source:
    """Who settled the value that holds now."""
    if knob.level == "office":
        return "office" if is_settled(knob, session) else "default"
    variable = {"language": ("lang", "DANVAN_LANG"), "db": ("db", "DANVAN_DB")}.get(knob.key)
    if variable and variable[0] in session.asked:
        return "option"
    if variable and os.environ.get(variable[1]):
        return "env"
    return "person" if is_settled(knob, session) else "default"


def is_settled(knob: Knob, session: Session) -> bool:
    """Whether the person, or the office, has settled it."""
    if knob.level == "person":
        return bool(session.person.get(knob.key))
    return bool(office_value(knob, session.office) != office_value(knob, NOTHING))


def settled(office: Office, values: Mapping[Knob, Any], today: date) -> Office:
    """The office with other values of settings; None stands for the default. Unchanged if nothing differs."""
    changed = office
    for knob, value in values.items():
        changed = _with(changed, knob, office_value(knob, NOTHING) if value is None else value)
    return changed if changed == office else replace(changed, date=today)


def _with(office: Office, knob: Knob, value: Any) -> Office:
    if not knob.part:
        return replace(office, **{knob.attribute: value})
    entries = {**getattr(office, knob.attribute), knob.part: value}
    if value == office_value(knob, NOTHING):
        del entries[knob.part]
    return replace(office, **{knob.attribute: entries})


def keep(session: Session, values: Mapping[Knob, Any]) -> list[str]:
    """Write settings where they belong; None takes one back. The places that were written to, in words.

    The office's come first: if the register cannot be written, nothing is.
    """
    office = {knob: value for knob, value in values.items() if knob.level == "office"}
    person = {knob: value for knob, value in values.items() if knob.level == "person"}
    places = []
    if office:
        session.register.settle(lambda before: settled(before, office, session.today))
        places.append(session.language.say("config.in_register", path=session.path))
    for knob, value in person.items():
        _change(knob.key, value)
    if person:
        places.append(session.language.say("config.in_file", path=settings.path()))
    return places


def _change(key: str, value: str | None) -> None:
    if not settings.path():
        raise FileFault("no_home", option="DANVAN_CONFIG")
    try:
        settings.change(key, value)
    except (OSError, ValueError) as fault:
        raise FileFault.of("write_failed", settings.path(), fault) from fault


def shown(knob: Knob, value: Any, language: Language) -> str:
    """A value in words; blank if there is none."""
    if knob.sort == "word":
        return word(language.code, f"{knob.family}.{value}") if value in knob.words else visible(str(value))
    if knob.is_list:
        return "; ".join(language.fact(one) for one in value)
    if knob.sort == "start" and value:
        month, _, day = value.partition("-")
        return f"{day}/{month}" if language.code == "vi" else value
    return language.fact(value)


def stable(value: Any) -> Any:
    """A value as scripts read it."""
    if isinstance(value, tuple):
        return [one.isoformat() if isinstance(one, date) else one for one in value]
    return value
