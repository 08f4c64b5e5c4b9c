"""What a change means for figures that were declared final: said at once, of many records behind their writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from danvan.cli.second_look import caution
from danvan.errors import Problem
from danvan.records import Closing, Record
from danvan.session import Session

Change = tuple[Record | None, Record | None]  # a record as it was and as it will be


def look_at_closings(session: Session, changes: Iterable[Change], *, strict: bool = False) -> bool:
    """Say which closed figures change, and whether any do.

    Raises:
        Doubtful: `strict` forbids to change them.
    """
    untouched = {(one.section, one.period): one for one in _closings(session)}
    if not untouched:
        return False
    from danvan.reports.closings import moves  # the rooms of reports load only where something is closed

    threshold, count = session.office.threshold, len(untouched)
    for before, after in changes:
        if not untouched:
            break
        record = after or before
        assert record is not None
        near = [one for one in untouched.values() if _is_near(one, before) or _is_near(one, after)]
        for closed in near:
            if moves(closed, before, after, threshold):
                del untouched[closed.section, closed.period]
                found = Problem("closing", "closed", _facts(session, closed))
                caution(session, record, [found], strict=strict)
    return len(untouched) < count


def _is_near(closed: Closing, record: Record | None) -> bool:
    """Whether a record may have to do with closed figures: most of many have not, and looking closer is dear."""
    from danvan.store.sifting import touches

    return record is not None and (touches(record, closed.period) or record.stood_at("running"))


def _closings(session: Session) -> Iterator[Closing]:
    for entry in session.register.scan([Closing]):
        if isinstance(entry.record, Closing):
            yield entry.record


def _facts(session: Session, closed: Closing) -> dict[str, object]:
    section = session.language.say(f"section.{closed.section}")
    return {"section": section, "first": closed.period.begin, "last": closed.period.last, "on": closed.on or "…"}
