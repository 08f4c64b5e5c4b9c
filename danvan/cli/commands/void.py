"""`void ID… --reason`: records that no longer count."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from danvan.cli.asking.answering import asked_for, headline, kind_word
from danvan.cli.asking.closed import Changed, look_at_closings
from danvan.cli.asking.reasons import read_reason
from danvan.cli.asking.second_look import look_at_reason
from danvan.cli.particulars import Strict
from danvan.cli.telling import tell
from danvan.errors import Refused
from danvan.exchange.documents import entry_json
from danvan.records import Record
from danvan.session import Session
from danvan.store import Entry

Numbers = Annotated[list[str], typer.Argument(metavar="ID…", help="option.id_ranges", show_default=False)]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="option.reason_void")]
Yes = Annotated[bool, typer.Option("--yes", help="option.yes")]


def void(session: Session, numbers: Numbers, reason: Reason, yes: Yes, strict: Strict) -> None:
    """Mark records as void, all of them or none."""
    asked = asked_for(session.register, numbers)
    entries = [_refuse_void(Entry(number, history[-1])) for number, history in asked.items()]
    is_asked = session.is_interactive and len(entries) > 1 and not yes
    if is_asked or (session.is_interactive and reason is None):
        for number, record in entries:
            tell(f"  {number}  {kind_word(record, session.language)}: {headline(record, session.language)}")
    why = read_reason(session, reason)
    look_at_reason(session, why, entries, strict=strict)
    look_at_closings(session, [Changed(record, None, number) for number, record in entries], strict=strict)
    if is_asked:
        prompts = import_module("danvan.cli.asking.prompts")
        if not prompts.is_confirmed(session, session.language.say("void.ask", count=len(entries))):
            raise KeyboardInterrupt
    for kept in session.register.void_many([entry.id for entry in entries], why):
        tell(entry_json(*kept) if session.json else _answer(kept, session), whole=session.json)


def _refuse_void(entry: Entry) -> Entry:
    if entry.record.void:
        raise Refused("already_void", id=str(entry.id), reason=entry.record.void)
    return entry


def _answer(entry: Entry, session: Session) -> str:
    record: Record = entry.record
    language = session.language
    return language.say("voided", kind=kind_word(record, language), id=str(entry.id), what=headline(record, language))
