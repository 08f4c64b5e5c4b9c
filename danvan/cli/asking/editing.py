"""A record corrected in the person's own editor: opened as a form, read back and reopened until it is right."""

from __future__ import annotations

import textwrap

from msgspec.structs import replace

from danvan.cli.asking.correcting import keep
from danvan.cli.asking.editor import edited, set_aside
from danvan.cli.asking.record_form import HELD, WIDTH, Changes, Faults, form, labels_of, read, text_of, unspoken
from danvan.cli.failures import explain
from danvan.cli.telling import aside, tell
from danvan.errors import DanvanError, Invalid, Refused
from danvan.formatting.language import Language
from danvan.life import Difference
from danvan.queries.versions import change_said
from danvan.records import Record
from danvan.session import Session
from danvan.store import Entry

LOST = "\N{REPLACEMENT CHARACTER}"  # what an editor wrote in another encoding
MESSAGE = "#!"  # begins the lines that say what was wrong
# Editors by how they are left without a change: `form.leave.<way>`.
EDITORS = {"vi": ("vi", "vim", "nvim", "vim-tiny"), "nano": ("nano", "pico"), "window": ("notepad",)}


class Clash(Faults):
    """Others have changed what the person changed.

    Attributes:
        entry: the record as it is by now.
        rest: what else the person changed.
    """

    def __init__(self, faults: list[DanvanError], entry: Entry, rest: Changes) -> None:
        super().__init__(faults)
        self.entry, self.rest = entry, rest


def edit_form(session: Session, entry: Entry, *, strict: bool) -> None:
    """Let the person correct the record in an editor, as often as it takes; unchanged or emptied means no.

    Raises:
        Refused: there is no editor, or it ended with an error. What had been typed before that stands in a file then.
    """
    language = session.language
    text, number, name = form(entry, language), entry.id, f"danvan-{entry.id}.txt"
    first = text
    while True:
        try:
            left = edited(text, name, lambda editor: _announce(editor, number, session), lambda: _wait(language))
        except Refused as fault:
            if text == first:
                raise
            raise Refused("editor_failed_again", path=set_aside(text, name), **fault.facts) from None
        answer = _without_message(left)
        if not answer.strip() or left == text:
            tell(language.say("form.given_up"))
            return
        try:
            if LOST in answer:
                raise Invalid("form_encoding")
            left_out = unspoken(answer, entry, session)
            _write(session, read(answer, entry, session), entry, strict=strict)
            if left_out:
                session.notice("form_left", names=", ".join(left_out))
            return
        except Clash as clash:
            entry = clash.entry
            both = Entry(entry.id, clash.rest.onto(entry.record, session))
            text = _message(clash, language) + form(both, language)
        except DanvanError as fault:
            text = _message(fault, language) + answer


def _write(session: Session, changes: Changes, entry: Entry, *, strict: bool) -> None:
    """Write what the person changed into the record as it is by now.

    Raises:
        Clash: somebody else has changed the same meanwhile.
        DanvanError: it breaks rules, or was refused.
    """
    while True:
        present = session.register.get(entry.id)
        clashing = _clashing(changes, entry.record, present.record)
        if clashing:
            faults = [_clash(name, changes, entry.record, session.language) for name in clashing]
            raise Clash(faults, present, changes.without(clashing))
        if present.record.void and not entry.record.void:
            raise Refused("is_void", id=str(entry.id), reason=present.record.void)
        try:
            keep(session, present, changes.onto(present.record, session), strict=strict)
        except Refused as fault:
            if fault.key != "changed_meanwhile":
                raise
        else:
            return


def _clashing(changes: Changes, before: Record, present: Record) -> list[str]:
    """What the person and somebody else have changed both."""
    told = changes.all.items()
    return [name for name, value in told if getattr(before, name) != getattr(present, name) != value]


def _clash(name: str, changes: Changes, before: Record, language: Language) -> DanvanError:
    """One of these, with the words of the person; the form shows those of the other."""
    if name in HELD:
        change = Difference(name, getattr(before, name), changes.all[name])
        mine = "; ".join(change_said(type(before), change, language))
        return Invalid("form_clash", where=language.say(f"record.{name}"), value=mine)
    mine = text_of(replace(before, **{name: changes.all[name]}), name, language)
    return Invalid("form_clash", where=labels_of(before, language)[name], value=mine)


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


def _message(fault: DanvanError, language: Language) -> str:
    """What was wrong with a form, to stand on top of it."""
    faults = fault.faults if isinstance(fault, Faults) else [fault]
    said = [language.say("form.again"), *(line for one in faults for line in explain(one, language, "").lines)]
    return "".join(f"{MESSAGE} {part}\n" for text in said for part in _wrapped(text))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_on_hyphens=False)  # an option stays whole


def _without_message(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(MESSAGE))
