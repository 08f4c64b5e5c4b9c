"""`show ID…` and `history ID`: records in full, and how they came to be what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from danvan.agenda import deadline_facts
from danvan.cli.answering import read_id
from danvan.deadlines import deadline
from danvan.errors import Refused
from danvan.exchange.versions import history_json, records_json
from danvan.queries.facts import Fact, facts_of
from danvan.queries.versions import Version, versions
from danvan.records import KINDS, Record
from danvan.session import Session

Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="option.ids")]
Id = Annotated[str, typer.Argument(metavar="ID", help="option.id")]
KNOWN = tuple(KINDS.values())


def show(session: Session, ids: Ids) -> None:
    """Show records in full; nothing is shown unless all of them are found."""
    found = []
    for number in dict.fromkeys(map(read_id, ids)):
        history = _history(session, number)
        found.append((number, history, facts(session, history[-1].record)))
    if session.json:
        typer.echo(records_json(found))
    else:
        session.render.records(found)


def history(session: Session, id: Id) -> None:
    """Show every version of a record."""
    number = read_id(id)
    found = _history(session, number)
    if session.json:
        typer.echo(history_json(number, found))
    else:
        session.render.history(number, found)


def facts(session: Session, record: Record) -> Sequence[Fact]:
    """Everything that is computed from a record: the one place to which kinds of facts are added."""
    found = deadline(record, session.office)
    due = deadline_facts(found, found.left(session.today), session.language) if found else ()
    return [*facts_of(record, session.language, session.office.threshold), *(Fact(*fact) for fact in due)]


def _history(session: Session, number: int) -> list[Version]:
    """The versions of a record of one of the kinds.

    Raises:
        Refused: there is none of that number.
    """
    found = session.register.history(number)
    if not isinstance(found[-1], KNOWN):
        raise Refused("no_record", id=str(number))
    return versions(found)
