"""What a change means for figures that were declared final: said at once, of many records behind their writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from danvan.cli.second_look import caution
from danvan.errors import Problem
from danvan.periods import Period
from danvan.records import Closing, Record
from danvan.session import Session

KEYS = {"figures": "closed", "parts": "closed_parts"}
Change = tuple[Record | None, Record | None]  # a record as it was and as it will be


def look_at_closings(session: Session, changes: Iterable[Change], *, strict: bool = False) -> bool:
    """Say which closed figures change, and whether any do.

    Raises:
        Doubtful: `strict` forbids to change them.
    """
    closings = {(one.section, one.period): one for one in _closings(session)}
    if not closings:
        return False
    from danvan.reports.closings import moves  # the rooms of reports load only where something is closed

    threshold, told = session.office.threshold, set[tuple[str, Period, str]]()
    for before, after in changes:
        record = after or before
        assert record is not None
        for place, closed in list(closings.items()):
            moved = moves(closed, before, after, threshold) if _is_near(closed, before, after) else ""
            if moved and (*place, moved) not in told:
                told.add((*place, moved))
                caution(session, record, [Problem("closing", KEYS[moved], _facts(session, closed))], strict=strict)
            if moved == "figures":
                del closings[place]  # more cannot be said of it
        if not closings:
            break
    return bool(told)


def _is_near(closed: Closing, *versions: Record | None) -> bool:
    """Whether a record may have to do with closed figures: most of many have not, and looking closer is dear."""
    from danvan.store.sifting import touches

    return any(one is not None and (touches(one, closed.period) or one.stood_at("running")) for one in versions)


def _closings(session: Session) -> Iterator[Closing]:
    for entry in session.register.scan([Closing]):
        if isinstance(entry.record, Closing):
            yield entry.record


def _facts(session: Session, closed: Closing) -> dict[str, object]:
    section = session.language.say(f"section.{closed.section}")
    return {"section": section, "first": closed.period.begin, "last": closed.period.last, "on": closed.on or "…"}
