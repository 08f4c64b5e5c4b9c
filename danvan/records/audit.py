"""Inspections and public-duty checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from danvan.errors import Problem
from danvan.records.field import AGGREGATE, BOTH, SINGLE, Count, Day, Field
from danvan.records.record import Record, fields
from danvan.records.trails import Movement

# What is done on a conclusion, a figure of its movements, and what was recommended there.
FOLLOWED: Mapping[str, str] = {
    "recovered": "recovery",
    "recovered_land": "recovery_land",
    "collectives": "collectives",
    "individuals": "individuals",
}


class Audit(Record, tag="audit", frozen=True, gc=False):
    """One inspection (thanh tra) or public-duty check (kiểm tra công vụ), or a unit's counts of them.

    `date` is the day it began; the amounts belong to the day of conclusion. Inspections and checks are never
    added to each other.
    """

    OPEN = ("launched", "ended")
    DAY = "started"
    TELLING = ("title", "state", "recovery", "count", "type", "unit", "recovered")
    OBVIOUS = ("count",)
    SAID_WITH = {"type": ("branch", "mode")}
    ASKED_LAST = {"concluded": ("violations", "recovery", "other_handling")}
    COMPUTED = {
        "state": Field("choice", ("launched", "ended", "concluded"), forms=SINGLE),
        "recovered": Field("money", unit="dong"),
        "recovered_land": Field("area", unit="m2"),
    }

    title: Annotated[str, Field("text", forms=SINGLE, argument=True, asked=True)] = ""
    type: Annotated[str | None, Field("choice", ("inspection", "duty-check"), required=BOTH)] = None
    branch: Annotated[str | None, Field("choice", ("administrative", "specialised"), asked=True)] = None
    mode: Annotated[str | None, Field("choice", ("planned", "unannounced", "directed"), asked=True)] = None
    ended: Annotated[Day | None, Field("date", forms=SINGLE)] = None
    concluded: Annotated[Day | None, Field("date", forms=SINGLE)] = None
    count: Annotated[Count, Field("count", forms=AGGREGATE, unit="audits", blank=1, asked=True)] = None
    concluded_count: Annotated[
        Count, Field("count", forms=AGGREGATE, unit="audits", blank=1, state="concluded", asked=True)
    ] = None
    units: Annotated[Count, Field("count", unit="units")] = None
    violations: Annotated[
        Count, Field("money", unit="dong", blank=0, parts=("recovery", "other_handling"), stands_alone=True)
    ] = None
    recovery: Annotated[Count, Field("money", unit="dong", blank=0)] = None
    other_handling: Annotated[Count, Field("money", unit="dong", blank=0)] = None
    violations_land: Annotated[
        Count, Field("area", unit="m2", blank=0, parts=("recovery_land", "other_land"), stands_alone=True)
    ] = None
    recovery_land: Annotated[Count, Field("area", unit="m2", blank=0)] = None
    other_land: Annotated[Count, Field("area", unit="m2", blank=0)] = None
    collectives: Annotated[Count, Field("count", unit="collectives", blank=0)] = None
    individuals: Annotated[Count, Field("count", unit="individuals", blank=0)] = None
    referred: Annotated[Count, Field("count", unit="audits", blank=0)] = None
    referred_cases: Annotated[Count, Field("count", unit="crimes", blank=0)] = None
    referred_persons: Annotated[Count, Field("count", unit="suspects", blank=0)] = None
    policies: Annotated[Count, Field("count", unit="documents", blank=0)] = None
    carried: Annotated[Count, Field("count", forms=AGGREGATE, unit="audits", blank=0)] = None
    movements: tuple[Movement, ...] = ()

    @property
    def state(self) -> str | None:
        """launched, ended (field work) or concluded, as its days say; a row has no such days.

        What was launched in its days is not what was concluded in them: conclusions may belong to earlier ones.
        """
        if self.is_aggregate:
            return None
        return "concluded" if self.concluded else "ended" if self.ended else "launched"

    def stood_on(self, day: Day) -> str | None:
        """Launched, ended or concluded, as far as its days had come."""
        past = (name for name in ("concluded", "ended") if (on := getattr(self, name)) is not None and on <= day)
        return next(past, "launched")

    @property
    def lot(self) -> tuple[str, str] | None:
        """Inspections and checks are never added to each other."""
        return ("type", self.type) if self.type else None

    @property
    def recovered(self) -> int:
        """Money recovered so far, in đồng."""
        return self.moved("recovered")

    @property
    def recovered_land(self) -> int:
        """Land recovered so far, in m²."""
        return self.moved("recovered_land")

    def moved(self, name: str) -> int:
        """The sum of one figure (`recovered`, `recovered_land`, `collectives`, `individuals`) over the movements."""
        return sum(getattr(movement, name) for movement in self.movements)

    @property
    def is_idle(self) -> bool:
        """Whether an inspection tells results that no report counts, for want of a day of conclusion."""
        return self.type == "inspection" and not (self.is_aggregate or self.concluded) and self._has_results

    @property
    def is_uncounted(self) -> bool:
        """Whether a public-duty check tells amounts or people, which only inspections are counted for."""
        return self.type == "duty-check" and self._has_results

    @property
    def _has_results(self) -> bool:
        """Whether amounts or people are told; how many units are looked into is known from the start."""
        return any(getattr(self, name) for name, field in fields(type(self)).items() if field.blank == 0)

    def overdone(self) -> Iterator[tuple[str, int, int]]:
        """What the movements exceed: the field of what was recommended, what was done, what was recommended."""
        for moved, recommended in FOLLOWED.items() if self.movements else ():
            done, planned = self.moved(moved), getattr(self, recommended)
            if done and (planned is not None or not self.is_aggregate) and done > (planned or 0):
                yield recommended, done, planned or 0

    def faults(self) -> Iterator[Problem]:
        """A conclusion follows the start and comes before its follow-up; branch and orders belong to one type."""
        if self.movements and not (self.concluded_count if self.is_aggregate else self.concluded):
            yield Problem("movements", "no_conclusion", {})
        for name in ("ended", "concluded"):
            day = getattr(self, name)
            if day is not None and day < self.date:
                yield Problem(name, "before_start", {"day": day, "start": self.date})
        if self.units == 0 and not self.is_aggregate:
            yield Problem("units", "nowhere", {})
        if self.type == "duty-check" and self.branch:
            yield Problem("branch", "branch", {"branch": self.branch})
        if self.type == "inspection" and self.mode == "directed":
            yield Problem("mode", "directed", {})
