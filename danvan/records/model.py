"""“Dân vận khéo” models."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from danvan.records.field import AGGREGATE, BOTH, BOX, SINGLE, Count, Field
from danvan.records.record import Record

FIELDS_OF_WORK = ("economy", "culture", "defence", "politics", "other")
THEMES = ("clearance", "new-rural", "urban", "religious", "ethnic")
LEVELS = ("village", "commune", "district", "city")
TWO_TIERS = date(2025, 7, 1)  # no districts since (Law 72/2025/QH15 on the organisation of local government)


class Model(Record, tag="model", frozen=True, gc=False):
    """A "Dân vận khéo" model, or a unit's count of models in one status.

    The eight texts from `situation` to `upkeep` are, with the name, the nine boxes of a registration form that was in
    use in 2026.
    """

    STATE = "status"
    OPEN = ("registered", "approved", "running", "evaluated")
    NEXT = {
        "registered": ("approved", "rejected"),
        "approved": ("running", "stopped"),
        "running": ("evaluated", "stopped", "ended"),
        "evaluated": ("recognised", "running", "ended"),
        "recognised": ("exemplary", "awarded", "replicated", "running", "ended"),
        "exemplary": ("awarded", "replicated", "running", "ended"),
        "awarded": ("replicated", "running", "ended"),
        "replicated": ("running", "ended"),
        "rejected": (),
        "stopped": ("running",),
        "ended": (),
    }
    ANEW = ("recognised", "exemplary", "awarded", "replicated")
    TELLING = ("name", "unit", "count", "status")
    OBVIOUS = ("count",)
    PAPERS = {
        "2026": ("name", "situation", "goals", "content", "place", "forces", "resources", "results", "upkeep"),
    }

    name: Annotated[str, Field("text", forms=SINGLE, required=SINGLE, argument=True)] = ""
    field: Annotated[str | None, Field("choice", FIELDS_OF_WORK, open=True, required=SINGLE)] = None
    themes: Annotated[tuple[str, ...], Field("choices", THEMES, open=True)] = ()
    type: Annotated[str | None, Field("choice", ("model", "example", "project"))] = None
    holder: Annotated[str | None, Field("choice", ("collective", "individual"), asked=True)] = None
    level: Annotated[str | None, Field("choice", LEVELS, asked=True)] = None
    status: Annotated[
        str | None,
        Field(
            "choice",
            (
                "registered",
                "approved",
                "running",
                "evaluated",
                "recognised",
                "exemplary",
                "awarded",
                "replicated",
                "rejected",
                "stopped",
                "ended",
            ),
            required=BOTH,
        ),
    ] = None
    recognised_level: Annotated[str | None, Field("choice", LEVELS, forms=SINGLE)] = None
    decision: Annotated[str, Field("text", forms=SINGLE)] = ""
    count: Annotated[Count, Field("count", forms=AGGREGATE, required=AGGREGATE, unit="models", blank=1)] = None
    situation: Annotated[str, BOX] = ""
    goals: Annotated[str, BOX] = ""
    content: Annotated[str, BOX] = ""
    place: Annotated[str, BOX] = ""
    forces: Annotated[str, BOX] = ""
    resources: Annotated[str, BOX] = ""
    results: Annotated[str, BOX] = ""
    upkeep: Annotated[str, BOX] = ""

    @property
    def lot(self) -> tuple[str, str] | None:
        """A row counts models in one status; a single model was registered, whatever became of it."""
        return ("status", self.status or "") if self.is_aggregate else ("status", "registered")
