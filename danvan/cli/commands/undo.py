"""`undo`: the last change of this register by this person, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer

from danvan.cli.asking.answering import headline, kind_word, what_changed
from danvan.cli.asking.closed import Changed, look_at_closings
from danvan.cli.knobs import KNOBS, NOTHING
from danvan.cli.particulars import Strict
from danvan.cli.telling import tell
from danvan.errors import Invalid, Refused
from danvan.exchange.documents import entry_json
from danvan.formatting.days import moment
from danvan.formatting.language import Language
from danvan.records import COUNTED, Closing, Office, Record
from danvan.session import Session
from danvan.store import Change

Yes = Annotated[bool, typer.Option("--yes", help="option.yes")]
SHOWN = 10


def undo(session: Session, yes: Yes, strict: Strict) -> None:
    """Show the last change and, if the person agrees, take it back."""
    passed: dict[int, Record] = {}
    changes = session.register.last_change(passed.update)
    if passed:
        session.notice("undo_erased", what="; ".join(_passed(passed, session.language)))
    _look_at_restore(session, changes[-1], yes=yes)
    language = session.language
    if not session.json:
        tell(language.say("undo.when", at=moment(changes[-1].after.at, language.code)))
        for change in changes[:SHOWN]:
            tell(f"  {_told(change, language)}")
        if len(changes) > SHOWN:
            tell(f"  {language.say('undo.more', count=len(changes) - SHOWN)}")
    moved = [Changed(one.after, one.before, one.id) for one in changes if type(one.after) in COUNTED]
    look_at_closings(session, moved, strict=strict)
    if not yes:
        if not session.is_interactive:
            raise Invalid("undo_yes")
        if not import_module("danvan.cli.asking.prompts").is_confirmed(session, language.say("undo.ask")):
            tell(language.say("undo.not_done"))
            return
    kept = session.register.take_back(changes, language.say("undo.reason"))
    for entry in kept if session.json else ():
        typer.echo(entry_json(*entry))
    if not session.json:
        tell(language.say("undo.done"))


def _look_at_restore(session: Session, change: Change, *, yes: bool) -> None:
    """A restore is no change that undo takes back: whoever means it would take back an older one unseen."""
    copy = import_module("danvan.store.keeping.restoring").replaced_since(
        session.register.file, change.id, change.after
    )
    if copy and yes:
        raise Refused("undo_restored", copy=str(copy))
    if copy:
        session.notice("undo_restored", copy=str(copy))


def _passed(passed: Mapping[int, Record], language: Language) -> Iterator[str]:
    """The changes of erased records that are not taken back."""
    for number, record in [*passed.items()][:SHOWN]:
        facts = {"kind": kind_word(record, language), "id": str(number), "rev": str(record.rev)}
        yield language.say("undo.passed", **facts, at=moment(record.at, language.code))
    if len(passed) > SHOWN:
        yield language.say("undo.more", count=len(passed) - SHOWN)


def _told(change: Change, language: Language) -> str:
    record = change.after
    if isinstance(record, Office):
        before = change.before if isinstance(change.before, Office) else NOTHING
        return language.say("undo.settings", what="; ".join(_settings(before, record, language)))
    if isinstance(record, Closing):
        section = language.say(f"section.{record.section}")
        return language.say("undo.closing", section=section, first=record.date, last=record.to)
    facts = {"kind": kind_word(record, language), "id": str(change.id)}
    if change.before is None:
        return language.say("undo.add", **facts, what=headline(record, language))
    if record.void and not change.before.void:
        return language.say("undo.void", **facts, what=headline(record, language), reason=record.void)
    what = what_changed(change.before, record, language) or language.say("history.same")
    return language.say("undo.edit", **facts, what=what)


def _settings(old: Office, new: Office, language: Language) -> Iterator[str]:
    """The office's settings that differ, under the names that `config` has for them."""
    for knob in KNOBS.values():
        values = [getattr(one, knob.attribute, None) for one in (old, new)]
        if knob.part:
            values = [value.get(knob.part) if value else None for value in values]
        if values[0] != values[1]:
            before, after = (_setting(value, language) for value in values)
            yield language.say("change.line", label=knob.key, old=before, new=after)


def _setting(value: Any, language: Language) -> str:
    values = value if isinstance(value, tuple) else (value,)
    return ", ".join(language.fact(one) for one in values if one) or language.say("change.blank")
