"""Cautions told before a record is kept: on stderr, never in the way unless `--strict` asks for it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from danvan.cautions import beside, on_its_own
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
