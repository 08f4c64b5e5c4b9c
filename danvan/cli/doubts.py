"""What deserves a second look in records that files bring, and where these stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from danvan.errors import Problem
from danvan.exchange.drafts import Drafts
from danvan.formatting.language import Language
from danvan.store.intake import NEW, VOID, Intake


def doubts(drafts: Drafts, intake: Intake) -> Iterator[tuple[str, Problem, int]]:
    """What deserves a second look in records that are new: their kinds, what it is, and their places."""
    kinds = [*drafts.kinds()]
    for place, found in drafts.cautions.items():
        if intake.fates[place] == NEW:
            yield from ((kinds[place], problem, place) for problem in found)
    told = {key: bytearray(len(kinds)) for key in ("alike", "overlaps")}
    for double in drafts.doubles():
        places = double.one, double.other
        if all(intake.fates[place] != VOID for place in places):
            flags = told["overlaps" if double.key == "overlaps" else "alike"]
            for place in places:
                if intake.fates[place] == NEW and not flags[place]:
                    flags[place] = True
                    yield double.tag, Problem(double.name, double.key, {}), place


def named(places: Sequence[int], drafts: Drafts, intake: Intake, language: Language) -> str:
    """Records by their numbers or, where they were not written, by the rows that they came from."""
    if intake.first:
        return language.say("caution.ids", ids=", ".join(str(_number(place, intake)) for place in places))
    origins = [drafts.origin(place) for place in places]
    found = []
    for (file, sheet), rows in groupby(origins, lambda origin: origin[0]):
        row = language.say("import.row", row=", ".join(str(row) for _, row in rows))
        found.append(" · ".join(filter(None, (file, sheet, row))))
    return "; ".join(found)


def _number(place: int, intake: Intake) -> int:
    return intake.first + intake.fates[:place].count(NEW)
