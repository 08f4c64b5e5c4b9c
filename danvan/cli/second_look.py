"""Cautions told before a record is kept: on stderr, never in the way unless `--strict` asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from danvan.cautions import NAMED, beside, on_its_own
from danvan.cli.failures import aside, problem_lines
from danvan.errors import Doubtful, Problem
from danvan.formatting.texts import fold
from danvan.records import Record, tag_of
from danvan.session import Session

Caution = tuple[str, str]  # a field, and a key of `problem.`

if TYPE_CHECKING:
    from danvan.store import Entry


def second_look(session: Session, record: Record, *, strict: bool, before: Entry | None = None) -> None:
    """Say what deserves a second look; of a record that was there before, only what is new.

    Only the newest part of the register is compared with, so that this costs the same in a large one.

    Raises:
        Doubtful: `strict` forbids to keep such a record.
    """
    caution(session, record, _found(session, record, before), strict=strict)


def caution(session: Session, record: Record, found: Sequence[Problem], *, strict: bool) -> None:
    """Say some cautions.

    Raises:
        Doubtful: `strict` forbids to keep a record with any.
    """
    kind = tag_of(type(record))
    if found and strict:
        raise Doubtful(kind, found)
    for problem, line in zip(found, problem_lines(kind, found, session.language), strict=True):
        _say(session, problem.key, line)


def look_through(session: Session, found: Iterable[tuple[str, Caution, int]]) -> None:
    """Say of many records at once in which fields citizens' numbers seem to stand.

    Args:
        found: kinds, cautions and numbers of records; 0 for records that have no number.
    """
    counts: Counter[tuple[str, Caution]] = Counter()
    named: dict[tuple[str, Caution], list[int]] = {}
    for kind, told, number in found:
        counts[kind, told] += 1
        some = named.setdefault((kind, told), [])
        if number and len(some) < NAMED:
            some.append(number)
    for (kind, (name, key)), count in counts.items():
        (line,) = problem_lines(kind, [Problem(name, key, {})], session.language)
        message = session.language.say("caution.count", message=line, count=count)
        if some := named[kind, (name, key)]:
            ids = ", ".join(map(str, some)) + " …" * (count > NAMED)
            message = session.language.say("caution.records", message=message, ids=ids)
        _say(session, key, message)


def caution_about(session: Session, key: str, where: str) -> None:
    """Say a caution about what was given with an option."""
    _say(session, key, session.language.say("error.where", where=where, message=session.language.say(f"problem.{key}")))


def _say(session: Session, key: str, message: str) -> None:
    line = message if session.json else session.language.say("caution.line", message=message)
    aside(line, key, as_json=session.json)


def _found(session: Session, record: Record, before: Entry | None) -> list[Problem]:
    unit = fold(record.unit)
    others = [
        entry
        for entry in session.register.newest(type(record), lambda other: fold(other) == unit)
        if before is None or entry.id != before.id
    ]
    found = [*on_its_own(record, session.today), *beside(record, others)]
    if before is None:
        return found
    known = [*on_its_own(before.record, session.today), *beside(before.record, others)]
    return [problem for problem in found if problem not in known]
