"""What follows from a single record: facts for the one who looks at it, in words and as values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.percent import percent_of
from danvan.queries.columns import figure
from danvan.records import Audit, Reception, Record

# What a movement moves, the recommendation it is held against, and its unit.
PROGRESS = (
    ("recovered", "recovery", "dong"),
    ("recovered_land", "recovery_land", "m2"),
    ("collectives", "collectives", "collectives"),
    ("individuals", "individuals", "individuals"),
)


class Fact(NamedTuple):
    """One thing computed: `fact.<key>` names it; `words` say it to people, `value` to programs."""

    key: str
    words: str
    value: Any


def facts_of(record: Record, language: Language, threshold: int) -> Iterator[Fact]:
    """What follows from a record.

    Args:
        threshold: from how many people a reception is one of a large group.
    """
    if record.is_aggregate:
        count = (record.period.end - record.period.begin).days
        yield Fact("days", language.say("fact.days.value", count=count), count)
    if isinstance(record, Reception) and not record.is_aggregate:
        yield _large(record, language, threshold)
    if isinstance(record, Audit) and record.movements:
        yield from _progress(record, language)


def _large(record: Reception, language: Language, threshold: int) -> Fact:
    people = figure(record, "people", threshold)[0] or 0
    is_large = people >= threshold
    words = language.say(f"fact.large.{'yes' if is_large else 'no'}", people=people, threshold=threshold)
    return Fact("large", words, {"is_large": is_large, "people": people, "threshold": threshold})


def _progress(record: Audit, language: Language) -> Iterator[Fact]:
    for moved, recommended, unit in PROGRESS:
        done, planned = record.moved(moved), figure(record, recommended, 0)[0]
        if done or (planned and moved == "recovered"):
            value = {"done": done, "recommended": planned, "unit": unit}
            yield Fact(moved, share_said(done, planned, unit, language), value)


def share_said(done: int, planned: int | None, unit: str, language: Language) -> str:
    """How much of what was recommended is done: "38,5/81,5 tỷ đồng, đạt tỷ lệ 47,2%".

    Args:
        planned: None where it is not known in full; then there is no share of it.
    """
    if planned is None:
        return language.say("fact.progress.partly", amount=Style().exactly(done).amount(done, unit, language.code))
    style, percent = Style().exactly(done, planned), percent_of(done, planned)
    if percent is None:
        return language.say("fact.progress.alone", amount=style.amount(done, unit, language.code))
    ratio = style.ratio(done, planned, unit, language.code)
    return language.say("fact.progress", ratio=ratio, percent=style.percent(percent, language.code))
