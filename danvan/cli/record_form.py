"""A record as a form: TOML, commented in the language of the run, read back and reopened until it is right.

The convention: every value is a text between quotes, written and read as on the command line. Who came is never in
the form.
"""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from danvan.cli.answering import kind_word
from danvan.cli.correcting import keep, revalued
from danvan.cli.editor import edited
from danvan.cli.failures import explain
from danvan.cli.telling import aside, tell
from danvan.errors import DanvanError, Invalid, Refused
from danvan.formatting.language import Language
from danvan.formatting.numbers import area, exact_money, number
from danvan.formatting.parsing import parse_area, parse_count, parse_day, parse_money
from danvan.formatting.texts import checked, visible
from danvan.life import stepped
from danvan.records import Extension, Movement, Pause, Record, Step, fields, tag_of
from danvan.session import Session
from danvan.store import Entry

MESSAGE = "#!"  # begins the lines that say what was wrong
PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
ENTRIES: Mapping[str, type[Any]] = {"steps": Step, "pauses": Pause, "extensions": Extension, "movements": Movement}
WIDTH = 76
DAYS = ("on", "first", "last")
# Editors by how they are left without a change: `form.leave.<way>`.
EDITORS = {"vi": ("vi", "vim", "nvim", "vim-tiny"), "nano": ("nano", "pico"), "window": ("notepad",)}
# The lists a record holds besides its fields, and what their entries are called in the catalogues.
HELD = {"steps": "step", "pauses": "pause", "extensions": "extension", "movements": "movement"}
WRITERS = {"recovered": exact_money, "recovered_land": area}


class Faults(DanvanError):
    """Everything that is wrong with a form."""

    def __init__(self, faults: list[DanvanError]) -> None:
        super().__init__("form")
        self.faults = faults


def edit_form(session: Session, entry: Entry, *, strict: bool) -> None:
    """Let the person correct the record in an editor, as often as it takes; unchanged or emptied means no.

    Raises:
        Refused: there is no editor, or it ended with an error; what was written last is shown again.
    """
    language = session.language
    blank = form(entry, language)
    text, number, name = blank, entry.id, f"danvan-{entry.id}.toml"
    while True:
        left = edited(text, name, lambda editor: _announce(editor, number, session), lambda: _wait(language))
        answer = _without_message(left)
        if not answer.strip() or left == text:
            tell(language.say("form.given_up"))
            return
        try:
            keep(session, entry, read(answer, entry.record, session), strict=strict)
            return
        except (DanvanError, Faults) as fault:
            if isinstance(fault, Refused) and fault.key == "changed_meanwhile":
                entry = session.register.get(entry.id)
            text = _message(fault, language) + answer


def _announce(editor: str, number: int, session: Session) -> None:
    """Say which editor opens and how it is left without a change: not everybody has chosen theirs."""
    say = session.language.say
    way = next((way for way, names in EDITORS.items() if editor in names), "any")
    aside(say("form.opens", editor=editor, way=say(f"form.leave.{way}"), id=str(number)), "opens", as_json=session.json)


def _wait(language: Language) -> None:
    try:
        input(language.say("form.finished"))
    except EOFError:
        raise KeyboardInterrupt from None


def form(entry: Entry, language: Language) -> str:
    """The record as TOML."""
    record = entry.record
    head = language.say("form.head", kind=kind_word(record, language).capitalize(), id=str(entry.id))
    parts = [*(f"# {line}" for text in head.splitlines() for line in textwrap.wrap(text, WIDTH)), ""]
    for name, comment, value in _lines(record, language):
        parts += [*(f"# {line}" for line in textwrap.wrap(comment, WIDTH)), f"{name} = {value}"]
    for name in _held(record):
        parts += ["", *_blocks(name, record, language)]
    return "\n".join(parts) + "\n"


def read(text: str, record: Record, session: Session) -> Record:
    """The record that a form describes; what the form does not speak of stays as it is.

    Raises:
        Faults: everything that cannot be understood.
    """
    reader = _Reader(record, session)
    values, days, held = reader.read(_parsed(text))
    if reader.faults:
        raise Faults(reader.faults)
    return _settled(record, replace(revalued(record, values, days), **held), session.today)


def _settled(record: Record, wanted: Record, today: date) -> Record:
    """The record with its state and its steps in agreement: whichever of the two was changed leads the other.

    Raises:
        Faults: both were, and say different things.
    """
    name = type(record).STATE
    if not name or record.is_aggregate:
        return wanted
    if wanted.steps == record.steps:
        if wanted.state and wanted.state != record.state:
            return stepped(replace(wanted, **{name: record.state}), wanted.state, today)
        return wanted
    last = wanted.steps[-1].status if wanted.steps else wanted.state
    if wanted.state not in (record.state, last):
        raise Faults([Invalid("form_state", where=name)])
    return replace(wanted, **{name: last})


def _lines(record: Record, language: Language) -> Iterator[tuple[str, str, str]]:
    """Name, comment and value of every line of the form."""
    kind = type(record)
    day = "record.date" if record.to else f"day.{tag_of(kind)}"
    yield "date", language.say(day), _quoted(language.fact(record.date))
    if record.to:
        yield "to", language.say("record.to"), _quoted(language.fact(record.to))
    for name, field in fields(kind).items():
        if field.personal or record.form not in field.forms:
            continue
        label = language.label(kind, name)
        required = f" ({language.say('form.required')})" if record.form in field.required else ""
        choices = f": {language.choices(kind, name)}" if field.choices else ""
        value = getattr(record, name)
        if field.sort == "choices":
            shown = f"[{', '.join(_quoted(language.choice(kind, name, code)) for code in value)}]"
        elif field.sort == "text":
            shown = _quoted(visible(value, multiline=True))
        else:
            shown = _quoted(language.show(kind, name, value))
        yield name, f"{label}{required}{choices}", shown


def _held(record: Record) -> Iterator[str]:
    """The lists that a record of its kind and form has."""
    for name in HELD:
        is_its_own = name in record.__struct_fields__ and (name != "steps" or record.STATE)
        if is_its_own and (name == "movements" or not record.is_aggregate):
            yield name


def _blocks(name: str, record: Record, language: Language) -> Iterator[str]:
    yield f"# {language.say('form.nested', label=language.say(f'record.{name}'))}"
    entries = getattr(record, name)
    words = [f"{part}: {language.say(f'form.{HELD[name]}.{part}')}" for part in ENTRIES[name].__struct_fields__]
    yield f"# {'; '.join(words)}"
    if not entries:
        yield f"# [[{name}]]"
        yield from (f'# {part} = ""' for part in ENTRIES[name].__struct_fields__)
    for one in entries:
        yield f"[[{name}]]"
        for part in ENTRIES[name].__struct_fields__:
            yield f"{part} = {_quoted(_part_text(part, getattr(one, part), type(record), language))}"


def _part_text(part: str, value: Any, kind: type[Record], language: Language) -> str:
    if part == "status":
        return language.choice(kind, kind.STATE, value)
    if isinstance(value, int):
        return WRITERS.get(part, number)(value, language.code) if value else ""
    return "" if value is None else language.fact(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped) + '"'


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        place = PLACE.search(str(fault))
        reason = PLACE.sub("", str(fault))
        if place:
            line, column = map(int, place.groups())
            raise Faults([Invalid("form_toml", line=line, column=column, reason=reason)]) from None
        raise Faults([Invalid("form_toml_end", reason=reason)]) from None


class _Reader:
    """Reads a form and collects what cannot be understood."""

    def __init__(self, record: Record, session: Session) -> None:
        self.record = record
        self.kind = type(record)
        self.language = session.language
        self.today = session.today
        self.faults: list[DanvanError] = []

    def read(self, found: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, date], dict[str, Any]]:
        """The values, days and lists of the form."""
        values: dict[str, Any] = {}
        days: dict[str, date] = {}
        held: dict[str, Any] = {}
        known = {name: field for name, field in fields(self.kind).items() if not field.personal}
        for name, given in found.items():
            with _Collecting(self.faults, name):
                if name == "date" or (name == "to" and self.record.to):
                    days[name] = parse_day(_text(given), self.today)
                elif name in known and self.record.form in known[name].forms:
                    values[name] = self._value(name, known[name].sort, given)
                elif name in _held(self.record):
                    held[name] = tuple(self._entry(name, one) for one in _blocks_of(given))
                else:
                    raise Invalid("form_key", value=name)
        return values, days, held

    def _value(self, name: str, sort: str, given: Any) -> Any:
        if sort == "choices":
            texts = given if isinstance(given, list) else [given]
            read = [self.language.read(self.kind, name, _text(one), self.today) for one in texts if _text(one)]
            return tuple(dict.fromkeys(sum(read, ())))
        text = _text(given)
        if not text.strip():
            return "" if sort == "text" else None
        if sort == "text":
            return checked(text, multiline=True)
        return self.language.read(self.kind, name, text, self.today)

    def _entry(self, name: str, given: Mapping[str, Any]) -> Any:
        parts = ENTRIES[name].__struct_fields__
        values: dict[str, Any] = {}
        filled = [part for part, value in given.items() if _text(value).strip()]
        for part, value in given.items():
            if part not in parts:
                raise Invalid("form_key", value=part)
            if part in filled:
                with _Collecting(self.faults, f"{name}.{part}"):
                    values[part] = self._part(part, _text(value))
        missing = [part for part in parts if part not in filled and part in ("status", "on", "first", "days")]
        if missing:
            raise Invalid("usage.missing_argument", parameter=", ".join(missing))
        return ENTRIES[name](**values) if len(values) == len(filled) else None

    def _part(self, part: str, text: str) -> Any:
        if part == "status":
            return self.language.read_choice(self.kind, self.kind.STATE, text)
        if part in DAYS:
            return parse_day(text, self.today)
        if part in ("reason", "note"):
            return checked(text)
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


def _text(given: Any) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, (int, date)) and not isinstance(given, bool):
        return str(given)
    raise Invalid("form_value")


def _blocks_of(given: Any) -> Iterable[Mapping[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Invalid("form_value")
    return given


def _message(fault: DanvanError, language: Language) -> str:
    faults = fault.faults if isinstance(fault, Faults) else [fault]
    # A fault of the form as such tells its line, which this message, never longer then, pushes down.
    shift = len(_message_lines(faults, language))
    for one in faults:
        if isinstance(one.facts.get("line"), int):
            one.facts["line"] += shift  # type: ignore[operator]
    return "".join(f"{MESSAGE} {line}\n" for line in _message_lines(faults, language))


def _message_lines(faults: Sequence[DanvanError], language: Language) -> list[str]:
    said = [language.say("form.again"), *(line for one in faults for line in explain(one, language, "").lines)]
    return [line for text in said for line in textwrap.wrap(text, WIDTH)]


def _without_message(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(MESSAGE))
