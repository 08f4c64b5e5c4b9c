"""What the yearly report counts, as a table of descriptions.

A measure sums one field over the records of one kind. `scope` says which records the measure speaks of: where
none of them falls into a period the figure is unknown, not 0. `part` narrows the count to a share of the scope;
a record that does not know the field of `part` leaves the figure incomplete.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from danvan.records import KINDS, fields

Condition = Mapping[str, tuple[str, ...]]
ANY: Condition = {}


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
        by: which day places a single record in a period: "date", or "concluded" for what belongs to the
            conclusion of an audit.
    """

    key: str
    kind: str
    sum: str
    scope: Condition = ANY
    part: Condition = ANY
    rows: Condition = ANY
    families: tuple[Condition, ...] = ()
    by: str = "date"

    @property
    def section(self) -> str:
        """The section of the report the measure belongs to."""
        return self.key.partition(".")[0]

    @property
    def unit(self) -> str:
        """What the figure counts, as `unit.<unit>` names it."""
        return fields(KINDS[self.kind])[self.sum].unit


CHECKS: Condition = {"type": ("duty-check",)}
INSPECTIONS: Condition = {"type": ("inspection",)}
# A model counts as registered whatever became of it; an aggregate row counts models in one status.
REGISTERED: Condition = {"status": ("registered",)}
REGULAR: Condition = {"receiver": ("staff",)}
LEADERS: Condition = {"receiver": ("leader", "delegated")}

MEASURES: tuple[Measure, ...] = (
    Measure("duty_checks.total", "audit", "count", CHECKS),
    *(
        Measure(f"duty_checks.{mode}", "audit", "count", CHECKS, {"mode": (mode,)})
        for mode in ("unannounced", "directed", "planned")
    ),
    Measure("inspections.launched", "audit", "count", INSPECTIONS),
    Measure("inspections.concluded", "audit", "concluded_count", INSPECTIONS, by="concluded"),
    *(
        Measure(f"inspections.{field}", "audit", field, INSPECTIONS, by="concluded")
        for field in (
            "violations",
            "recovery",
            "other_handling",
            "collectives",
            "individuals",
            "referred",
        )
    ),
    Measure("models.registered", "model", "count", rows=REGISTERED),
    *(
        Measure(f"models.{holder}", "model", "count", part={"holder": (holder,)}, rows=REGISTERED)
        for holder in ("collective", "individual")
    ),
    *(
        Measure(f"receptions.regular.{field}", "reception", field, REGULAR)
        for field in ("turns", "people", "cases_first", "cases_repeat", "groups")
    ),
    *(
        Measure(f"receptions.leaders.{field}", "reception", field, LEADERS)
        for field in ("turns", "people", "cases_first", "cases_repeat", "groups", "group_cases")
    ),
    *(
        Measure(f"receptions.{field}", "reception", field, families=(REGULAR, LEADERS))
        for field in ("turns", "people", "cases")
    ),
)

SECTIONS: tuple[str, ...] = tuple(dict.fromkeys(measure.section for measure in MEASURES))
