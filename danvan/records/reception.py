"""Receptions of citizens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from danvan.errors import Problem
from danvan.records.field import AGGREGATE, BOTH, SINGLE, Count, Field
from danvan.records.record import Record, fields, unbalanced
from danvan.records.trails import Extension, Pause

DECIDED = ("upheld", "partly-upheld", "dismissed")


class Reception(Record, tag="reception", frozen=True, gc=False):
    """One reception of citizens, or a unit's counts of turns (lượt), people (người) and cases (vụ việc).

    Regular receptions are held by staff, periodic and unscheduled ones by a leader or a delegate; where one of
    `mode` and `receiver` follows from the other it need not be given (see `completed`).
    """

    STATE = "outcome"
    OPEN = (None, "accepted", "forwarded", "urged", "suspended")
    NEXT = {
        "accepted": ("forwarded", "urged", "answered", *DECIDED, "withdrawn", "suspended"),
        "forwarded": ("urged", "answered", "accepted", *DECIDED),
        "urged": ("answered", "accepted", *DECIDED),
        "suspended": ("accepted", *DECIDED, "withdrawn"),
        "returned": (),
        "filed": (),
        "withdrawn": (),
    }
    TELLING = ("summary", "unit", "turns", "people", "cases", "outcome", "category")

    summary: Annotated[str, Field("text", forms=SINGLE, argument=True, asked=True)] = ""
    mode: Annotated[str | None, Field("choice", ("regular", "periodic", "unscheduled"), required=SINGLE)] = None
    receiver: Annotated[str | None, Field("choice", ("staff", "leader", "delegated"), required=BOTH)] = None
    channel: Annotated[str | None, Field("choice", ("in-person", "online"))] = None
    category: Annotated[
        str | None, Field("choice", ("complaint", "denunciation", "petition", "feedback"), asked=True)
    ] = None
    subject: Annotated[
        str | None,
        Field(
            "choice",
            ("land", "policy", "officials", "corruption", "justice", "party", "other"),
            open=True,
            asked=True,
        ),
    ] = None
    outcome: Annotated[
        str | None,
        Field(
            "choice",
            (
                "guided",
                "accepted",
                "forwarded",
                "returned",
                "urged",
                "reception-refused",
                "filed",
                "not-accepted",
                "answered",
                "upheld",
                "partly-upheld",
                "dismissed",
                "withdrawn",
                "suspended",
            ),
            asked=True,
        ),
    ] = None
    stage: Annotated[str | None, Field("choice", ("first", "second"), forms=SINGLE)] = None
    complexity: Annotated[str | None, Field("choice", ("ordinary", "complex", "very-complex"), forms=SINGLE)] = None
    remote: Annotated[str | None, Field("choice", ("no", "yes"), forms=SINGLE)] = None
    reference: Annotated[str, Field("text", forms=SINGLE)] = ""
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    citizen: Annotated[str, Field("text", forms=SINGLE, personal=True, holds="letter")] = ""
    address: Annotated[str, Field("text", forms=SINGLE, personal=True)] = ""
    phone: Annotated[str, Field("text", forms=SINGLE, personal=True, holds="figure")] = ""
    turns: Annotated[Count, Field("count", forms=AGGREGATE, unit="turns", blank=1, asked=True)] = None
    sessions: Annotated[Count, Field("count", forms=AGGREGATE, unit="sessions")] = None
    people: Annotated[Count, Field("count", unit="people", blank=1, of="turns", asked=True)] = None
    cases: Annotated[Count, Field("count", unit="cases", of="turns", parts=("cases_first", "cases_repeat"))] = None
    cases_first: Annotated[Count, Field("count", unit="cases", of="turns")] = None
    cases_repeat: Annotated[Count, Field("count", unit="cases", of="turns")] = None
    groups: Annotated[Count, Field("count", forms=AGGREGATE, unit="groups", large="turns", of="turns")] = None
    group_people: Annotated[Count, Field("count", forms=AGGREGATE, unit="people", large="people", of="groups")] = None
    group_cases: Annotated[
        Count,
        Field(
            "count",
            forms=AGGREGATE,
            unit="cases",
            large="cases",
            of="groups",
            parts=("group_cases_first", "group_cases_repeat"),
        ),
    ] = None
    group_cases_first: Annotated[
        Count, Field("count", forms=AGGREGATE, unit="cases", large="cases_first", of="groups")
    ] = None
    group_cases_repeat: Annotated[
        Count, Field("count", forms=AGGREGATE, unit="cases", large="cases_repeat", of="groups")
    ] = None

    @property
    def may_name_people(self) -> bool:
        """Only where it is sure that nobody denounces: who does is a state secret (QĐ 774/QĐ-TTg, 2020)."""
        return self.category not in (None, "denunciation")

    @property
    def brings_groups(self) -> bool:
        """Whether a row tells of large groups, of which only who sent it knows from how many people they count."""
        own = fields(type(self)).items()
        return self.is_aggregate and any(field.large and getattr(self, name) for name, field in own)

    def has_smaller_groups(self, threshold: int) -> bool:
        """Whether a row tells of too few people in its large groups for each to be of `threshold` or more."""
        groups, people = self.groups, self.group_people
        return groups is not None and people is not None and people < groups * threshold

    def faults(self) -> Iterator[Problem]:
        """Staff receive regularly; a denunciation names nobody; parts agree with their whole."""
        if self.mode and self.receiver and (self.mode == "regular") != (self.receiver == "staff"):
            yield Problem("receiver", "receiver", {"mode": self.mode, "receiver": self.receiver})
        if not self.may_name_people:
            for name in ("citizen", "address", "phone"):
                if getattr(self, name):
                    yield Problem(name, "identity", {"category": self.category})
        if self.people == 0 and not self.is_aggregate:
            yield Problem("people", "nobody", {})
        yield from (Problem(whole, "parts", facts) for whole, facts in unbalanced(self))
        for part, whole in (("groups", "turns"), ("group_people", "people"), ("group_cases", "cases")):
            yield from _part_of(self, part, whole)


def _part_of(record: Record, part: str, whole: str) -> Iterator[Problem]:
    smaller, larger = getattr(record, part), getattr(record, whole)
    if smaller is not None and larger is not None and smaller > larger:
        yield Problem(part, "part_of", {"part": smaller, "whole": larger, "of": whole})
