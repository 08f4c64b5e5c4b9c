"""What reports count, as a table of descriptions.

A measure sums one field over the records of one kind. `scope` says which records the measure speaks of: where
none of them falls into a period the figure is unknown, not 0. `part` narrows the count to a share of the scope;
a record that does not know the field of `part` leaves the figure incomplete.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from danvan.records import FOLLOWED, KINDS, fields

# The values that are accepted of each field; None among them accepts what is not known.
Condition = Mapping[str, tuple[str | None, ...]]
ANY: Condition = {}

# What places a single record in a period, besides "date" and "concluded": that the record was at work during the
# period, that it was begun before and still open, either or begun in it, that something was done on it, or that it
# was the first of its unit, receiver and day.
RUNNING, CARRIED, PERFORMED, MOVED, SESSIONS = "running", "carried", "performed", "moved", "sessions"
# Placements in which a single record is one of what a row counts.
COUNTING = (CARRIED, SESSIONS)
# The figure of a movement that answers to a recommended one.
MOVEMENTS = {recommended: moved for moved, recommended in FOLLOWED.items()}

# Units of which a small count might point at somebody: who was received, disciplined or referred, and their cases.
# Money, land, models, inspections and bodies are no people, however few they are.
PEOPLE = ("turns", "people", "cases", "groups", "individuals", "suspects", "crimes")


class Measure(NamedTuple):
    """One line of a report.

    Attributes:
        key: `<section>.<name>`, stable: scripts rely on it.
        kind: the kind of record counted, a key of `records.KINDS`.
        sum: the field that is summed; a single record counts as described there (`Field.blank`).
        scope, part: conditions, field to accepted values; see the module.
        rows: a further condition on the scope that only aggregate rows have to meet.
        families: conditions that together make up the scope: a sum in which one of them has no record at all is
            only a lower bound.
        by: what places a single record in a period: "date" (its day), "concluded" (what belongs to a conclusion),
            a status (the day it was reached), or one of the ways above.
        present: where no record counts, what places a single record of the scope in a period so that the figure is
            known to be 0; empty where it stays unknown.
        of: the measure that this one is a share of, said as "đạt tỷ lệ".
    """

    key: str
    kind: str
    sum: str
    scope: Condition = ANY
    part: Condition = ANY
    rows: Condition = ANY
    families: tuple[Condition, ...] = ()
    by: str = "date"
    present: str = ""
    of: str = ""

    @property
    def section(self) -> str:
        """The section of the report the measure belongs to."""
        return self.key.partition(".")[0]

    @property
    def is_about_people(self) -> bool:
        """Whether the figure counts people, or what few people stand behind."""
        return self.unit in PEOPLE

    @property
    def is_of_groups(self) -> bool:
        """Whether it depends on from how many people a group is a large one."""
        return bool(fields(KINDS[self.kind])[self.sum].large)

    def smallest(self, least: int, threshold: int) -> int:
        """The smallest figure above 0 that may be published where counts below `least` may not.

        People in large groups tell of how many groups they were: twelve of them, where ten make a group, of one.
        """
        return least * threshold if self.sum == "group_people" else least

    @property
    def unit(self) -> str:
        """What the figure counts, as `unit.<unit>` names it."""
        return fields(KINDS[self.kind])[self.sum].unit


def _in(name: str, *values: str) -> Condition:
    return {name: values}


CHECKS = _in("type", "duty-check")
INSPECTIONS = _in("type", "inspection")
REGULAR = _in("receiver", "staff")
LEADERS = _in("receiver", "leader", "delegated")
DELEGATED = _in("receiver", "delegated")

COUNTED = ("turns", "people", "cases_first", "cases_repeat", "groups", "group_people", "group_cases")
FOUND = (
    "violations",
    "recovery",
    "other_handling",
    "violations_land",
    "recovery_land",
    "other_land",
    "collectives",
    "individuals",
    "referred",
    "referred_cases",
    "referred_persons",
)

MEASURES: tuple[Measure, ...] = (
    Measure("duty_checks.total", "audit", "count", CHECKS),
    *(
        Measure(f"duty_checks.{mode}", "audit", "count", CHECKS, _in("mode", mode))
        for mode in ("unannounced", "directed", "planned")
    ),
    Measure("inspections.launched", "audit", "count", INSPECTIONS),
    Measure("inspections.concluded", "audit", "concluded_count", INSPECTIONS, by="concluded", present="date"),
    *(Measure(f"inspections.{name}", "audit", name, INSPECTIONS, by="concluded", present="date") for name in FOUND),
    *(
        Measure(f"inspections.{moved}_done", "audit", name, INSPECTIONS, by=MOVED, of=f"inspections.{name}")
        for name, moved in MOVEMENTS.items()
    ),
    # A model counts as registered whatever became of it; an aggregate row counts models in one status.
    Measure("models.registered", "model", "count", rows=_in("status", "registered")),
    *(
        Measure(f"models.{holder}", "model", "count", part=_in("holder", holder), rows=_in("status", "registered"))
        for holder in ("collective", "individual")
    ),
    Measure("models.running", "model", "count", rows=_in("status", "running"), by=RUNNING, present="date"),
    *(
        Measure(f"models.{status}", "model", "count", rows=_in("status", status), by=status, present="date")
        for status in ("recognised", "exemplary", "awarded", "replicated")
    ),
    *(Measure(f"receptions.regular.{name}", "reception", name, REGULAR) for name in COUNTED),
    *(Measure(f"receptions.leaders.{name}", "reception", name, LEADERS) for name in COUNTED),
    # A delegate receives in the leader's place: where receptions of either are known, none of the other is 0.
    Measure("receptions.delegated.turns", "reception", "turns", LEADERS, DELEGATED),
    *(
        Measure(f"receptions.{name}", "reception", name, families=(REGULAR, LEADERS))
        for name in ("turns", "people", "cases")
    ),
)

SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(measure.section for measure in MEASURES))
BY_KEY: Mapping[str, Measure] = {measure.key: measure for measure in MEASURES}
# The measures a report always shows; the others appear where a record speaks of them.
HEADLINES = frozenset(
    {
        "duty_checks.total",
        "duty_checks.unannounced",
        "duty_checks.directed",
        "duty_checks.planned",
        "inspections.launched",
        "inspections.concluded",
        "inspections.violations",
        "inspections.recovery",
        "inspections.other_handling",
        "inspections.collectives",
        "inspections.individuals",
        "inspections.referred",
        "models.registered",
        "models.collective",
        "models.individual",
        *(f"receptions.regular.{name}" for name in COUNTED[:5]),
        *(f"receptions.leaders.{name}" for name in (*COUNTED[:5], "group_cases")),
        "receptions.turns",
        "receptions.people",
        "receptions.cases",
    }
)
