"""What deserves a second look in records that files bring, and where these stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby

from danvan.cli.asking.second_look import Doubt
from danvan.errors import Problem
from danvan.exchange.incoming.drafts import Drafts
from danvan.formatting.language import Language
from danvan.queries.units import Spelled
from danvan.store.joining.intake import NEW, VOID, Intake

# Days of a unit that are counted twice: by two aggregate rows, of which a later one may stand for the other, or not.
OVERLAPS = ("overlaps", "rows_overlap")


def doubts(drafts: Drafts, intake: Intake) -> Iterator[Doubt]:
    """What deserves a second look in records that are new, on their own and beside each other and the register's."""
    kinds = [*drafts.kinds()]
    for place, uid in enumerate(drafts.uids) if intake.unsure or intake.alike else ():
        if like := intake.alike.get(uid):
            yield Doubt(kinds[place], Problem("", "under_other_key", {}), place, like.number)
        if maybe := intake.unsure.get(uid):
            key = "left_nameless" if intake.fates[place] == NEW else "taken_for_erased"
            yield Doubt(kinds[place], Problem("", key, {}), place, maybe.number)
    for place, found in drafts.cautions.items():
        if intake.fates[place] == NEW:
            yield from (Doubt(kinds[place], problem, place) for problem in found)
    added = drafts.added_below()
    if any(intake.fates[place] == NEW for place in added):
        yield from (Doubt(kinds[place], Problem("unit", "added_below", {}), place) for place in added)
    for place in drafts.totals():
        is_called_so = any(one.key == "of_totals" for one in drafts.cautions.get(place, ()))
        if intake.fates[place] == NEW and not is_called_so:
            yield Doubt(kinds[place], Problem("unit", "sum_of_rows", {}), place)
    told: dict[tuple[bool, bool], bytearray] = {}
    for double in drafts.doubles():
        is_there = double.other >= len(drafts)
        places = [place for place in (double.one, double.other) if place < len(drafts)]
        if any(intake.fates[place] == VOID for place in places):
            continue
        other = drafts.met.numbers[double.other - len(drafts)] if is_there else 0
        is_counted = double.key in OVERLAPS
        key = double.key if is_there or not is_counted else "overlaps" if double.name else "overlaps_unitless"
        flags = told.setdefault((is_there, is_counted), bytearray(len(drafts)))
        for place in places:
            if intake.fates[place] == NEW and not flags[place]:
                flags[place] = True
                yield Doubt(double.tag, Problem(double.name or (is_there and "unit") or "", key, {}), place, other)


def like_units(
    drafts: Drafts, units: Iterable[str], units_in: Callable[[Collection[str]], Collection[str]]
) -> dict[int, str]:
    """The units of records that may be others, spelled otherwise, beside these, by the first place of each.

    Args:
        units: those of the newest records in the register.
        units_in: which of some units older ones have.
    """
    spelled = Spelled(units)
    likes: dict[str, str] = {}
    for unit in drafts.units:
        if like := spelled.like(unit):
            likes[unit] = like
        spelled.add(unit)
    known = units_in(likes)
    return {drafts.units[unit]: f"“{unit}” – “{like}”" for unit, like in likes.items() if unit not in known}


def named(places: Sequence[int], drafts: Drafts, intake: Intake, language: Language) -> str:
    """Records by their numbers or, where they were not written, by the rows that they came from."""
    if intake.first and all(intake.fates[place] == NEW for place in places):
        return language.say("caution.ids", ids=", ".join(str(_number(place, intake)) for place in places))
    origins = [drafts.origin(place) for place in places]
    found = []
    for (file, sheet), rows in groupby(origins, lambda origin: origin[0]):
        row = language.say("import.row", row=", ".join(str(row) for _, row in rows))
        found.append(" · ".join(filter(None, (file, sheet, row))))
    return "; ".join(found)


def _number(place: int, intake: Intake) -> int:
    return intake.first + intake.fates[:place].count(NEW)
