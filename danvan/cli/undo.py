"""`undo`: the last change of this register by this person, taken back."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from danvan.cli.answering import headline, kind_word, what_changed
from danvan.errors import Invalid
from danvan.exchange.documents import entry_json
from danvan.formatting.language import Language
from danvan.session import Session
from danvan.store import Change

Yes = Annotated[bool, typer.Option("--yes", help="option.yes")]
SHOWN = 10


def undo(session: Session, yes: Yes) -> None:
    """Show the last change and, if the person agrees, take it back."""
    changes = session.register.last_change()
    language = session.language
    if not session.json:
        typer.echo(language.say("undo.when", at=changes[-1].after.at))
        for change in changes[:SHOWN]:
            typer.echo(f"  {_told(change, language)}")
        if len(changes) > SHOWN:
            typer.echo(f"  {language.say('undo.more', count=len(changes) - SHOWN)}")
    if not yes:
        if not session.is_interactive:
            raise Invalid("undo_yes")
        if not import_module("danvan.cli.prompts").is_confirmed(session, language.say("undo.ask")):
            typer.echo(language.say("undo.not_done"))
            return
    kept = session.register.take_back(changes, language.say("undo.reason"))
    for entry in kept if session.json else ():
        typer.echo(entry_json(*entry))
    if not session.json:
        typer.echo(language.say("undo.done"))


def _told(change: Change, language: Language) -> str:
    record = change.after
    facts = {"kind": kind_word(record, language), "id": str(change.id)}
    if change.before is None:
        return language.say("undo.add", **facts, what=headline(record, language))
    if record.void and not change.before.void:
        return language.say("undo.void", **facts, what=headline(record, language), reason=record.void)
    return language.say("undo.edit", **facts, what=what_changed(change.before, record, language))
