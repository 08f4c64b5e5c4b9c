"""`follow-up ID`: what was done on an audit's conclusion, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer
from msgspec.structs import replace

from danvan.cli.asking.answering import kind_word, read_id
from danvan.cli.asking.closed import Changed, look_at_closings
from danvan.cli.asking.second_look import caution, second_look
from danvan.cli.particulars import Strict, read_day
from danvan.cli.telling import tell
from danvan.errors import Invalid, Problem, Refused, given_for
from danvan.exchange.documents import entry_json
from danvan.formatting.language import Language
from danvan.formatting.parsing import parse_area, parse_count, parse_money
from danvan.formatting.texts import checked
from danvan.queries.facts import facts_of
from danvan.queries.versions import item_said
from danvan.records import Audit, Movement, Record
from danvan.session import Session
from danvan.store import Entry

Number = Annotated[str, typer.Argument(metavar="ID", help="option.id", show_default=False)]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="option.follow_on")]
Recovered = Annotated[str | None, typer.Option("--recovered", metavar="MONEY", help="option.recovered")]
RecoveredLand = Annotated[str | None, typer.Option("--recovered-land", metavar="AREA", help="option.recovered_land")]
Collectives = Annotated[str | None, typer.Option("--collectives", metavar="N", help="option.collectives")]
Individuals = Annotated[str | None, typer.Option("--individuals", metavar="N", help="option.individuals")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="option.follow_note")]

FIGURES = ("recovered", "recovered_land", "collectives", "individuals")
PARSERS = {"recovered": parse_money, "recovered_land": parse_area}


def follow_up(
    session: Session,
    number: Number,
    on: On,
    recovered: Recovered,
    recovered_land: RecoveredLand,
    collectives: Collectives,
    individuals: Individuals,
    note: Note,
    strict: Strict,
) -> None:
    """Note a movement on a conclusion and say how far it has come."""
    entry = session.register.get(read_id(number))
    audit = _followed(entry.id, entry.record)
    given = zip(FIGURES, (recovered, recovered_land, collectives, individuals), strict=True)
    figures = {name: _figure(name, text) for name, text in given if text is not None}
    if not figures and not note:
        raise Invalid("follow_nothing")
    day = read_day(session, "--on", on) if on else session.today
    movement = Movement(day, **figures, note=checked(note or ""))
    moved = replace(audit, movements=(*audit.movements, movement))
    caution(session, moved, list(_early(audit, day)), strict=strict)
    second_look(session, moved, strict=strict, before=entry)
    look_at_closings(session, [Changed(audit, moved, entry.id)], strict=strict)
    kept = session.register.revise(entry.id, lambda present: _with(entry.id, present, movement))
    tell(entry_json(*kept) if session.json else _answer(kept, movement, session.language), whole=session.json)


def _figure(name: str, text: str) -> int:
    with given_for(f"--{name.replace('_', '-')}"):
        return PARSERS.get(name, parse_count)(text)


def _with(number: int, present: Record, movement: Movement) -> Record:
    """The present version with the movement: whatever others noted meanwhile stays."""
    audit = _followed(number, present)
    return replace(audit, movements=(*audit.movements, movement))


def _followed(number: int, record: Record) -> Audit:
    """The audit, if it has a conclusion on which something can be done.

    Raises:
        Refused: it is no audit, void, or has no conclusion.
    """
    if not isinstance(record, Audit):
        raise Refused("not_audit", id=str(number))
    if record.void:
        raise Refused("is_void", id=str(number), reason=record.void)
    if not (record.concluded_count if record.is_aggregate else record.concluded):
        raise Refused("no_conclusion", id=str(number))
    return record


def _early(audit: Audit, day: date) -> Iterator[Problem]:
    """That a movement comes before the conclusion it is on, of those of a row before any that it counts."""
    if audit.concluded and day < audit.concluded:
        yield Problem("movements", "before_conclusion", {"day": day, "concluded": audit.concluded})
    elif day < audit.date:
        yield Problem("movements", "before_start", {"day": day, "start": audit.date})


def _answer(entry: Entry, movement: Movement, language: Language) -> str:
    number, record = entry
    told = language.say(
        "followed", kind=kind_word(record, language), id=str(number), what=item_said(Audit, movement, language)
    )
    facts = facts_of(record, language, 0)
    so_far = "; ".join(f"{language.say(f'fact.{fact.key}')} {fact.words}" for fact in facts if fact.key in FIGURES)
    return f"{told}\n{language.say('followed.so_far', what=so_far)}" if so_far else told
