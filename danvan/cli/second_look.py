"""Cautions told before a record is kept: on stderr, never in the way unless `--strict` asks for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from danvan.cautions import NAMED, beside, numbers_in_texts, on_its_own
from danvan.cli.failures import problem_lines
from danvan.errors import Doubtful, Problem
from danvan.formatting.texts import fold
from danvan.records import Record, tag_of
from danvan.session import Session

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
    for line in problem_lines(kind, found, session.language):
        print(session.language.say("caution.line", message=line), file=sys.stderr)  # noqa: T201


def look_through(session: Session, records: Sequence[Record], first: int | None) -> None:
    """Say of many records at once in which fields citizens' numbers seem to stand.

    Args:
        first: the number of the first record, those of the others following; None while they have none.
    """
    found: dict[tuple[str, str, str], list[int]] = {}
    for at, record in enumerate(records):
        for problem in numbers_in_texts(record):
            found.setdefault((tag_of(type(record)), problem.field, problem.key), []).append(at)
    for (kind, name, key), places in found.items():
        (line,) = problem_lines(kind, [Problem(name, key, {})], session.language)
        message = session.language.say("caution.count", message=line, count=len(places))
        if first is not None:
            ids = ", ".join(str(first + at) for at in places[:NAMED])
            message = session.language.say("caution.records", message=message, ids=ids + " …" * (len(places) > NAMED))
        print(session.language.say("caution.line", message=message), file=sys.stderr)  # noqa: T201


def aside(session: Session, message: str, where: str) -> None:
    """Say a caution about what was given with an option."""
    message = session.language.say("error.where", where=where, message=message)
    print(session.language.say("caution.line", message=message), file=sys.stderr)  # noqa: T201


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
