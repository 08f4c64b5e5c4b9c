"""What a change means for figures that were declared final: said at once, of many records behind their writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from danvan.cli.asking.second_look import caution
from danvan.errors import Problem
from danvan.periods import Period
from danvan.records import Closing, Record
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.reports.closings import Moved

KEYS: Mapping[Moved, str] = {"figures": "closed", "parts": "closed_parts"}  # the weightiest first


class Changed(NamedTuple):
    """A record as it was, None where it is new, and as it will be, None where it counts no more.

    Attributes:
        number: of a record that is there; 0 of a new one.
    """

    before: Record | None
    after: Record | None
    number: int = 0


class Look:
    """What changes of the figures of one closing, by a record on account of which it does.

    A change by which a record counts again as it did when the figures were closed changes nothing of them.
    """

    def __init__(self, number: int, closed: Closing, threshold: int) -> None:
        self.number, self.closed = number, closed
        self.moved: dict[Moved, Record] = {}
        self._threshold = threshold
        self._there: list[tuple[Moved, Changed]] = []

    @property
    def is_done(self) -> bool:
        """Whether no more can be said of it."""
        return "figures" in self.moved

    def meet(self, change: Changed) -> None:
        """Note what a change does; of a record that is there `settle` tells."""
        moved = self._moves(change.before, change)
        if moved and change.number:
            self._there.append((moved, change))
        else:
            self._note(moved, change)

    def settle(self, session: Session) -> None:
        """Hold the records that are there against what they said as the figures were closed."""
        numbers = [] if self.is_done else [change.number for _, change in self._there]
        as_closed = session.register.versions_before(self.number, numbers) if numbers else {}
        for moved, change in self._there if numbers else ():
            kept = self._moves(as_closed.get(change.number), change)
            self._note(moved if moved == "parts" and kept else kept, change)

    def _moves(self, before: Record | None, change: Changed) -> Moved:
        from danvan.reports.closings import moves  # the rooms of reports load only where something is closed

        is_near = _is_near(self.closed, before, change.after)
        return moves(self.closed, before, change.after, self._threshold) if is_near else ""

    def _note(self, moved: Moved, change: Changed) -> None:
        record = change.after or change.before
        if moved and record:
            self.moved.setdefault(moved, record)


def look_at_closings(session: Session, changes: Iterable[Changed], *, strict: bool = False) -> bool:
    """Say which closed figures change, and whether any do.

    Raises:
        Doubtful: `strict` forbids to change them.
    """
    closings: dict[tuple[str, Period], Look] = {}
    for number, record in session.register.scan([Closing]):
        if isinstance(record, Closing):
            closings[record.section, record.period] = Look(number, record, session.office.threshold)
    looks = [*closings.values()]
    for change in changes if looks else ():
        looking = [look for look in looks if not look.is_done]
        if not looking:
            break
        for look in looking:
            look.meet(change)
    for look in looks:
        look.settle(session)
        if key := next((key for key in KEYS if key in look.moved), None):
            problem = Problem("closing", KEYS[key], _facts(session, look.closed))
            caution(session, look.moved[key], [problem], strict=strict)
    return any(look.moved for look in looks)


def _is_near(closed: Closing, *versions: Record | None) -> bool:
    """Whether a record may have to do with closed figures: most of many have not, and looking closer is dear."""
    from danvan.store.sifting import touches

    return any(one is not None and (touches(one, closed.period) or one.stood_at("running")) for one in versions)


def _facts(session: Session, closed: Closing) -> dict[str, object]:
    section = session.language.say(f"section.{closed.section}")
    return {"section": section, "first": closed.period.begin, "last": closed.period.last, "on": closed.on or "…"}
