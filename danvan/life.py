"""How a record changes: steps, pauses and extensions, what differs between two versions, and what was taken back.

The convention: nothing here writes; what is done to a record gives back what becomes of it. An undo is a version that
takes back the newest change before it which nobody has taken back yet: a version, or all that one merge brought to the
record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from danvan.errors import Refused
from danvan.periods import Period, days
from danvan.records import Extension, Pause, Reception, Record, Step

AnyRecord = TypeVar("AnyRecord", bound=Record)
# What the register keeps about a version; two versions that differ in nothing else say the same.
KEPT = ("uid", "rev", "at", "by", "batch", "undoes", "undone", "merged", "erased")


class Difference(NamedTuple):
    """A value that two versions do not share; `name` is an attribute of the record."""

    name: str
    old: Any
    new: Any


def differences(old: Record, new: Record) -> list[Difference]:
    """What people wrote differently in two versions of a record."""
    names = (name for name in type(new).__struct_fields__ if name not in KEPT)
    pairs = (Difference(name, getattr(old, name), getattr(new, name)) for name in names)
    return [pair for pair in pairs if pair.old != pair.new]


def handle(record: Record) -> str:
    """What tells a version from others of its record that have the same `rev`."""
    return record.batch or record.at


def merge_of(record: Record) -> str:
    """What names the merge that brought a version; blank where none did."""
    return record.merged.batch if record.merged else ""


class Undone:
    """Which versions of one record were taken back where they stand, told while they go by, newest first.

    Attributes:
        pairs: the places of undos, each with that of the version that it took back, of a merge the last one.
        merges: the places of all versions of merges that were taken back, and of what took them back.
    """

    def __init__(self) -> None:
        self.pairs: dict[int, int] = {}
        self.merges: set[int] = set()
        self._open: dict[int, list[int]] = defaultdict(list)  # by what they take back, which has not gone by
        self._batches: set[str] = set()

    def passes(self, record: Record, batch: str, at: int = 0) -> bool:
        """Whether a version takes another one back, or was taken back; a merge goes as a whole.

        Args:
            batch: what names the merge that brought it, if one did.
            at: its place.
        """
        if batch in self._batches:
            self.merges.add(at)
            return True
        if record.undoes and not batch:
            self._open[record.undoes].append(at)
            return True
        if not self._open[record.rev]:
            return False
        undo = self._open[record.rev].pop()
        self.pairs[undo] = at
        if batch:
            self._batches.add(batch)
            self.merges |= {at, undo}
        return True


def taken_back(history: Sequence[Record]) -> dict[int, int]:
    """The places of a record's undos, each with that of the version which it takes back.

    Of undos that a merge brought the name of that version tells.
    """
    undone = Undone()
    for at in reversed(range(len(history))):
        undone.passes(history[at], merge_of(history[at]), at)
    brought = {at: one for at, one in enumerate(history) if one.undoes and one.merged}
    return undone.pairs | {
        at: place
        for at, one in brought.items()
        for place, other in enumerate(history[:at])
        if other.rev == one.undoes and one.undone in ("", handle(other))
    }


def is_odd(record: Record, status: str) -> bool:
    """Whether `status` does not usually follow where the record stands."""
    return record.state != status and record.state in record.NEXT and status not in record.NEXT[record.state]


def stepped(record: AnyRecord, status: str, on: date) -> AnyRecord:
    """The record from `on` at `status`; where it stands there already, the day on which it came there.

    A day of another year is one more where the record may come there anew: what counted in a year stays counted. The
    status it began with becomes its first step, on its own day, so that no later step hides it.
    """
    steps = record.steps
    is_anew = status in record.ANEW and record.date.year != on.year
    if not steps and record.state and (record.state != status or is_anew):
        steps = (Step(record.state, record.date),)
    before = len(steps)
    while before and steps[before - 1].status == status:
        before -= 1
    stay = [step for step in steps[before:] if status in record.ANEW and step.on.year != on.year]
    there = sorted((*stay, Step(status, on)), key=attrgetter("on"))
    return replace(record, **{record.STATE: status}, steps=(*steps[:before], *there))


def paused(record: Reception, pause: Pause) -> Reception:
    """The reception with a pause more; one that begins on the same day is ended or corrected.

    Raises:
        Refused: it overlaps another pause.
    """
    others = tuple(other for other in record.pauses if other.first != pause.first)
    reasons = [other.reason for other in record.pauses if other.first == pause.first]
    for other in others:
        if _pause_days(other).overlaps(_pause_days(pause)):
            raise Refused("pauses_overlap", first=other.first, last=other.last or "…")
    wanted = replace(pause, reason=pause.reason or "".join(reasons))
    return replace(record, pauses=tuple(sorted((*others, wanted), key=lambda one: one.first)))


def extended(record: Reception, extension: Extension) -> Reception:
    """The reception with its deadline put off once more."""
    return replace(record, extensions=(*record.extensions, extension))


def _pause_days(pause: Pause) -> Period:
    return days(pause.first, pause.last) if pause.last else Period(pause.first, date.max)
