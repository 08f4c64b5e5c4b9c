"""A record as a form in the language of the run, and what a form says otherwise.

The convention: values are written and read as on the command line. Who came is never in the form.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from danvan.cli.asking.answering import kind_word
from danvan.cli.asking.correcting import revalued
from danvan.cli.asking.plain_form import REMARK, Filled, Lines, block, filled, line
from danvan.cli.options import each
from danvan.errors import DanvanError, Invalid
from danvan.formatting.choosing import near
from danvan.formatting.language import Language
from danvan.formatting.numbers import area, exact_money, number
from danvan.formatting.parsing import parse_area, parse_count, parse_day, parse_money
from danvan.formatting.texts import checked, fold, visible
from danvan.life import stepped
from danvan.messages import LANGUAGES
from danvan.privacy import personal
from danvan.records import Extension, Movement, Pause, Record, Step, fields, tag_of
from danvan.session import Session
from danvan.store import Entry

ENTRIES: Mapping[str, type[Any]] = {"steps": Step, "pauses": Pause, "extensions": Extension, "movements": Movement}
WIDTH = 76
DAYS = ("date", "to")
PART_DAYS = ("on", "first", "last")
NEEDED = {"status", "on", "first", "days"}
# The lists a record holds besides its fields, and what their entries are called in the catalogues.
HELD = {"steps": "step", "pauses": "pause", "extensions": "extension", "movements": "movement"}
WRITERS = {"recovered": exact_money, "recovered_land": area}
Given = TypeVar("Given")


class Faults(DanvanError):
    """Everything that is wrong with a form."""

    def __init__(self, faults: list[DanvanError]) -> None:
        super().__init__("form")
        self.faults = faults


class Changes(NamedTuple):
    """What a person changed in a form: values, days and lists, by their names."""

    values: dict[str, Any]
    days: dict[str, date]
    held: dict[str, Any]

    @property
    def all(self) -> dict[str, Any]:
        """Everything, by its name."""
        return self.values | self.days | self.held

    def without(self, names: Collection[str]) -> Changes:
        """Everything but some."""
        return Changes(*({name: one for name, one in part.items() if name not in names} for part in self))

    def onto(self, record: Record, session: Session) -> Record:
        """The record with these changes.

        Raises:
            Faults: its state and its steps were changed, and say different things.
        """
        return _settled(record, replace(revalued(record, self.values, self.days), **self.held), session)


def form(entry: Entry, language: Language) -> str:
    """The record as a form; see `plain_form`."""
    record = entry.record
    head = language.say("form.head", kind=kind_word(record, language).capitalize(), id=str(entry.id))
    who = [language.say("form.identity", id=str(entry.id))] if personal(type(record)) else []
    parts = [*_remarks(*head.splitlines(), *who), ""]
    before = ""
    for name, label in labels_of(record, language).items():
        remark = _remark(record, name, language)
        parts += [*([""] if remark or before else []), *_remarks(remark), line(label, text_of(record, name, language))]
        before = remark
    for name in _held(record):
        parts += ["", *_blocks(name, record, language)]
    return "\n".join(parts) + "\n"


def _remarks(*texts: str) -> list[str]:
    return [f"{REMARK} {one}" for text in texts for one in textwrap.wrap(text, WIDTH)]


def read(text: str, entry: Entry, session: Session) -> Changes:
    """What a form says otherwise than the record; what it does not speak of is no change.

    Raises:
        Faults: everything that cannot be understood.
    """
    reader = _Reader(entry.record, session, filled(form(entry, session.language)))
    changes = reader.read(filled(text))
    if reader.faults:
        raise Faults(reader.faults)
    return changes


def unspoken(text: str, entry: Entry, session: Session) -> list[str]:
    """What the record says and a form of it no longer speaks of, by its labels."""
    return _Reader(entry.record, session, filled(form(entry, session.language))).unspoken(filled(text))


def _settled(record: Record, wanted: Record, session: Session) -> Record:
    """The record with its state and its steps in agreement: whichever of the two was changed leads the other.

    Raises:
        Faults: both were, and say different things.
    """
    name = type(record).STATE
    if not name or record.is_aggregate:
        return wanted
    if wanted.steps == record.steps:
        if wanted.state and wanted.state != record.state:
            return stepped(replace(wanted, **{name: record.state}), wanted.state, session.today)
        return wanted
    last = wanted.steps[-1].status if wanted.steps else wanted.state
    if wanted.state not in (record.state, last):
        raise Faults([Invalid("form_state", where=session.language.label(type(record), name))])
    return replace(wanted, **{name: last})


def labels_of(record: Record, language: Language) -> dict[str, str]:
    """What is in the form, in its order, by the names of fields and days."""
    kind = type(record)
    days = {"date": language.say("record.date" if record.to else f"day.{tag_of(kind)}")}
    if record.to:
        days["to"] = language.say("record.to")
    own = {name: field for name, field in fields(kind).items() if record.form in field.forms and not field.personal}
    return days | {name: language.label(kind, name) for name in own}


def _remark(record: Record, name: str, language: Language) -> str:
    """What is to be known of a field: that it is needed, and what may stand there."""
    field = fields(type(record)).get(name)
    if field is None:
        return ""
    needed = [language.say("form.required")] if record.form in field.required else []
    offered = [language.in_words(type(record), name)] if field.choices else []
    return ": ".join([*needed, *offered])


def text_of(record: Record, name: str, language: Language) -> str:
    """What stands in the form behind a field or a day of the record itself."""
    kind, value = type(record), getattr(record, name)
    field = fields(kind).get(name)
    if field is None:
        return language.fact(value)
    if field.sort == "choices":
        return "; ".join(language.choice(kind, name, code) for code in value)
    return visible(value, multiline=True) if field.sort == "text" else language.show(kind, name, value)


def _held(record: Record) -> Iterator[str]:
    """The lists that a record of its kind and form has."""
    for name in HELD:
        is_its_own = name in record.__struct_fields__ and (name != "steps" or record.STATE)
        if is_its_own and (name == "movements" or not record.is_aggregate):
            yield name


def _blocks(name: str, record: Record, language: Language) -> Iterator[str]:
    """What a list holds, and a block to fill in."""
    label = language.say(f"record.{name}")
    yield from _remarks(language.say("form.nested", label=label))
    for one in (*getattr(record, name), None):
        yield block(label)
        for part in ENTRIES[name].__struct_fields__:
            text = _part_text(part, getattr(one, part), type(record), language) if one else ""
            yield line(_part_label(name, part, language), text)


def _part_label(name: str, part: str, language: Language) -> str:
    return language.say(f"form.{HELD[name]}.{part}")


def _part_text(part: str, value: Any, kind: type[Record], language: Language) -> str:
    if part == "status":
        return language.choice(kind, kind.STATE, value)
    if isinstance(value, int):
        return WRITERS.get(part, number)(value, language.code) if value else ""
    if isinstance(value, str):
        return visible(value, multiline=True)
    return "" if value is None else language.fact(value)


class _Reader:
    """Reads a form and collects what cannot be understood."""

    def __init__(self, record: Record, session: Session, before: Filled) -> None:
        self.record = record
        self.kind = type(record)
        self.language = session.language
        self.today = session.today
        self.before = before
        self.faults: list[DanvanError] = []

    def read(self, found: Filled) -> Changes:
        """What the form now says otherwise."""
        self.faults += found.faults
        values: dict[str, Any] = {}
        days: dict[str, date] = {}
        labels, lists = self._labels(self.language), self._lists(self.language)
        before = dict(self._named(self.before.lines, self._labels))
        for name, text in self._named(found.lines, self._labels):
            if text != before.get(name):
                with _Collecting(self.faults, labels[name]):
                    if name in DAYS:
                        days[name] = parse_day(text, self.today)
                    else:
                        values[name] = self._value(name, text)
        unchanged = dict(self._named(self.before.blocks, self._lists))
        blocks = self._named(found.blocks, self._lists)
        held = {name: self._entries(name, lists[name], own) for name, own in blocks if own != unchanged.get(name)}
        return Changes(values, days, held)

    def unspoken(self, found: Filled) -> list[str]:
        """What stands in the record and not in the form."""
        said = {name for name, _ in self._named(found.lines, self._labels)}
        said |= {name for name, _ in self._named(found.blocks, self._lists)}
        labels, lists = self._labels(self.language), self._lists(self.language)
        lines = [
            labels[name] for name, text in self._named(self.before.lines, self._labels) if text and name not in said
        ]
        return lines + [label for name, label in lists.items() if getattr(self.record, name) and name not in said]

    def _named(
        self, given: Mapping[str, Given], labels: Callable[[Language], Mapping[str, str]]
    ) -> Iterator[tuple[str, Given]]:
        """What is given, by the names it is known under: its own, or its label in either language."""
        own = labels(self.language)
        spoken = (*(Language(code) for code in LANGUAGES), self.language)
        known = {fold(name): name for name in own}
        known |= {fold(label): name for language in spoken for name, label in labels(language).items()}
        for typed, one in given.items():
            if fold(typed) in known:
                yield known[fold(typed)], one
            else:
                nearest = ", ".join(own[name] for name in near(typed, known))
                self.faults.append(Invalid("form_key", value=typed, nearest=nearest))

    def _labels(self, language: Language) -> dict[str, str]:
        return labels_of(self.record, language)

    def _lists(self, language: Language) -> dict[str, str]:
        return {name: language.say(f"record.{name}") for name in _held(self.record)}

    def _value(self, name: str, text: str) -> Any:
        sort = fields(self.kind)[name].sort
        if sort == "text":
            is_name = name == "unit" or fields(self.kind)[name].argument  # one line, unless a file brought more
            return checked(text, multiline=not is_name or "\n" in getattr(self.record, name))
        if sort == "choices":
            parts = [part for part in text.split(";") if part.strip()]
            return tuple(dict.fromkeys(each(parts, lambda part: self.language.read_choice(self.kind, name, part))))
        return self.language.read(self.kind, name, text, self.today) if text else None

    def _entries(self, name: str, label: str, blocks: Sequence[Lines]) -> tuple[Any, ...]:
        """A list; a block in which nothing stands is none."""
        return tuple(self._entry(name, label, one) for one in blocks if any(one.values()))

    def _entry(self, name: str, label: str, given: Lines) -> Any:
        """An entry of a list; None where something is wrong with it."""

        def labels(language: Language) -> dict[str, str]:
            return {part: _part_label(name, part, language) for part in ENTRIES[name].__struct_fields__}

        told = {part: f"{label}, {own}" for part, own in labels(self.language).items()}
        faults = len(self.faults)
        values: dict[str, Any] = {}
        filled = {part: text for part, text in self._named(given, labels) if text}
        for part, text in filled.items():
            with _Collecting(self.faults, told[part]):
                values[part] = self._part(part, text)
        missing = [told[part] for part in told if part in NEEDED and part not in filled]
        self.faults += [Invalid("form_missing", where=where) for where in missing]
        return ENTRIES[name](**values) if len(self.faults) == faults else None

    def _part(self, part: str, text: str) -> Any:
        if part == "status":
            return self.language.read_choice(self.kind, self.kind.STATE, text)
        if part in PART_DAYS:
            return parse_day(text, self.today)
        if part in ("reason", "note"):
            return checked(text, multiline=True)
        return {"recovered": parse_money, "recovered_land": parse_area}.get(part, parse_count)(text)


class _Collecting(NamedTuple):
    """Keeps what goes wrong inside, with its place in the form, and goes on."""

    faults: list[DanvanError]
    name: str

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> bool:
        if not isinstance(fault, Invalid):
            return False
        self.faults.append(Invalid(fault.key, **({"where": self.name} | fault.facts)))
        return True
