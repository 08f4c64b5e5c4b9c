"""How a record changes: dated steps, pauses and extensions of its deadlines, and what differs between two versions.

The convention: nothing here writes; every function takes a record and gives back what becomes of it.
"""

from __future__ import annotations

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
