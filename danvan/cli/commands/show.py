"""`show ID…` and `history ID`: records in full, and how they came to be what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from danvan.agenda import deadline_facts
from danvan.cli.asking.answering import asked_for, read_id
from danvan.cli.asking.revealing import RevealOption, RevealReason, leave_trace, mask_of, reason_of
from danvan.deadlines import deadline
from danvan.errors import Invalid, Refused
from danvan.exchange.outgoing.versions import history_json, records_json
from danvan.formatting.texts import fold
from danvan.places import own_number
from danvan.privacy import personal, told
from danvan.queries.facts import Fact, facts_of
from danvan.queries.versions import nameable, versions
from danvan.records import COUNTED, Record
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union

Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="option.id_ranges")]
Id = Annotated[str, typer.Argument(metavar="ID", help="option.id")]
NAMING = tuple(kind for kind in COUNTED if personal(kind))


def show(session: Session, ids: Ids, reveal: RevealOption, reason: RevealReason) -> None:
    """Show records in full; nothing is shown unless all of them are found."""
    why = reason_of(session, reveal, reason)
    stored = _asked_for(session, ids)
    if why:
        leave_trace(session, "show", why, _named(stored))
    found = [
        (number, versions(history, mask_of(why)), facts(session, history[-1])) for number, history in stored.items()
    ]
    if session.json:
        typer.echo(records_json(found))
    else:
        session.render.records(found)


def history(session: Session, id: Id, reveal: RevealOption, reason: RevealReason) -> None:
    """Show every version of a record, and when its identity was shown."""
    (register, number), why = _located(session, id), reason_of(session, reveal, reason)
    stored = _history(register, number)
    found = versions(stored, mask_of(why))
    if why:
        is_told = any(change.name in personal(type(stored[-1])) for one in found for change in one.changes)
        leave_trace(session, "history", why, _named({number: stored}) if is_told else ())
    reveals = register.reveals(own_number(number), stored[-1].uid) if type(stored[-1]) in NAMING else []
    if session.json:
        typer.echo(history_json(number, found, reveals))
    else:
        session.render.history(number, found, reveals)


def facts(session: Session, record: Record) -> Sequence[Fact]:
    """Everything that is computed from a record: the one place to which kinds of facts are added."""
    found = deadline(record, session.office)
    due = deadline_facts(found, found.left(session.today), session.language) if found else ()
    return [*facts_of(record, session.language, session.office.threshold), *(Fact(*fact) for fact in due)]


def _named(stored: Mapping[int, Sequence[Record]]) -> Iterator[tuple[int, Record]]:
    """The versions of each record that may be shown and say who came."""
    for number, history in stored.items():
        yield from ((number, one) for one in reversed(history[nameable(history) :]) if told(one))


def _asked_for(session: Session, texts: Sequence[str]) -> dict[int, list[Record]]:
    """The versions of the records that a command line names, of several registers behind the name of one: "a:3-12".

    Raises:
        Invalid, Refused: see `asked_for` and `_named_register`.
    """
    if session.union is None:
        return asked_for(session.register, texts)
    found: dict[int, list[Record]] = {}
    for text in texts:
        name, numbers = _named_register(session.union, text)
        register, _ = session.union.located(name, 0)
        stored = asked_for(register, [numbers])
        found |= {session.union.located(name, number)[1]: history for number, history in stored.items()}
    return found


def _located(session: Session, text: str) -> tuple[Register, int]:
    """A record by its number; of several registers by the name of its register and its number there, "a:12".

    Raises:
        Invalid: the text names none.
    """
    if session.union is None:
        return session.register, read_id(text)
    name, number = _named_register(session.union, text)
    return session.union.located(name, read_id(number))


def _named_register(union: Union, text: str) -> tuple[str, str]:
    """The name of the register before the last colon of a text, and what stands behind it.

    Raises:
        Invalid: no register is called so.
    """
    name, _, rest = text.rpartition(":")
    known = {fold(one): one for one in union.names}
    if fold(name) not in known:
        raise Invalid("which_register", value=text, choices=", ".join(union.names))
    return known[fold(name)], rest


def _history(register: Register, number: int) -> list[Record]:
    """The versions of a record of one of the kinds.

    Raises:
        Refused: there is none of that number.
    """
    found = register.history(own_number(number))
    if not isinstance(found[-1], COUNTED):
        raise Refused("no_record", id=str(number))
    return found
