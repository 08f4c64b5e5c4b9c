"""What a change means for figures that were declared final: said before it is written, so that nobody is surprised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from danvan.cli.second_look import caution
from danvan.errors import Problem
from danvan.records import Closing, Record
from danvan.session import Session

Change = tuple[Record | None, Record | None]  # a record as it was and as it will be


def look_at_closings(session: Session, changes: Iterable[Change], *, strict: bool = False) -> None:
    """Say which closed figures change.

    Raises:
        Doubtful: `strict` forbids to change them.
    """
    closings = {(one.section, one.period): one for one in _closings(session)}
    if not closings:
        return
    from danvan.reports.closings import moves  # the rooms of reports load only where something is closed

    threshold, made = session.office.threshold, list(changes)
    for closed in closings.values():
        moved = next((after or before for before, after in made if moves(closed, before, after, threshold)), None)
        if moved is not None:
            caution(session, moved, [Problem("closing", "closed", _facts(session, closed))], strict=strict)


def _closings(session: Session) -> Iterator[Closing]:
    for entry in session.register.scan([Closing]):
        if isinstance(entry.record, Closing):
            yield entry.record


def _facts(session: Session, closed: Closing) -> dict[str, object]:
    section = session.language.say(f"section.{closed.section}")
    on = date.fromisoformat(closed.at.partition("T")[0])
    return {"section": section, "first": closed.period.begin, "last": closed.period.last, "on": on}
