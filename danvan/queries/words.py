"""A listing in words: its heads, its cells and its sums, the same on the terminal and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from danvan.formatting.days import span
from danvan.formatting.language import Language
from danvan.formatting.numbers import number
from danvan.formatting.texts import visible
from danvan.periods import Period, year
from danvan.places import register_of
from danvan.privacy import MASK, personal, told
from danvan.queries.columns import REGISTER, VOID, Numbered, figure, label, numbers, places, telling, value
from danvan.queries.facts import PROGRESS, share_said
from danvan.queries.listing import Listing
from danvan.queries.totals import Lot, Total
from danvan.records import Record, described, state_field

INSPECTIONS = ("type", "inspection")  # the lot of records that reports do not count by the day they began


class Head(NamedTuple):
    """A column of a listing.

    Attributes:
        is_number: whether its cells are figures or days, which are never cut and stand to the right.
        is_choice: whether its cells are words of a list.
        is_state: whether it says where records stand in their life.
        is_telling: whether it is shown even where names get little room for it.
        is_span: whether the days of an aggregate row stand in it, first and last.
        place: where it stands among those that are shown.
        threshold: from how many people a reception is one of a large group.
    """

    name: str
    label: str
    is_number: bool
    is_choice: bool
    is_state: bool
    is_telling: bool
    is_span: bool
    place: int
    threshold: int


def heads(listing: Listing, language: Language, names: Sequence[str] | None = None) -> list[Head]:
    """The columns asked for; without any, those that say something of the records shown, the most telling first."""
    kind, asked = listing.kind, names
    people = people_shown(listing)
    if names is None:
        rest = telling(kind, [record for _, record in listing.entries], listing.threshold)
        names = ["id", "date", *people, *rest[:1], *([VOID] if listing.is_void else ()), *rest[1:]]
    return [
        Head(
            name,
            label(language, kind, name),
            name in ("id", "date", "to") or name in numbers(kind),
            name in described(kind) and described(kind)[name].sort == "choice",
            name == state_field(kind),
            asked is not None or name in ("id", "date", *people, *kind.TELLING, VOID),
            name == "date" and "to" not in names,
            places(kind)[name] if asked is None else at,
            listing.threshold,
        )
        for at, name in enumerate(names)
    ]


def people_shown(listing: Listing) -> list[str]:
    """The fields that say who came in some record of a listing, where that is not masked."""
    said = {name for _, record in listing.entries for name in told(record) if getattr(record, name) != MASK}
    return [name for name in personal(listing.kind) if name in said]


def said(entry: Numbered, head: Head, language: Language) -> str:
    """One cell."""
    identity, record = entry
    if head.name == "id":
        return str(identity)
    if head.name == REGISTER:
        return register_of(identity) or ""
    if head.is_span:
        return span(record.date, record.to or record.date, language.code)
    if head.is_state:
        return state(record, language)
    found = value(record, head.name, head.threshold)
    if found is None:
        return ""
    if head.name in ("date", "to"):
        return language.fact(found)
    if found == 0 and head.is_number and not _is_stored(record, head.name):
        return ""
    if head.name == VOID:
        return visible(found)
    if not head.is_number:
        return language.show(type(record), head.name, found)
    text = number(found, language.code)  # the heads name the units, so money and land need not
    return text if figure(record, head.name, head.threshold)[1] else language.say("form.at_least", value=text)


def _is_stored(record: Record, name: str) -> bool:
    return name not in type(record).COMPUTED and getattr(record, name) is not None


def state(record: Record, language: Language) -> str:
    """Where a record stands, in words; a single record of which nothing is said yet waits."""
    kind = type(record)
    found = value(record, state_field(kind), 0)
    if found is None:
        return "" if record.is_aggregate else language.say("query.no_state")
    return language.choice(kind, state_field(kind), found)


def total_rows(listing: Listing, columns: Sequence[Head], language: Language) -> Iterator[list[str]]:
    """The sums below the columns, a row for each lot: none where no column can be summed."""
    lots = listing.totals.lots
    place = next((at for at, column in enumerate(columns) if not column.is_number), None)
    for lot, sums in lots.items():
        row = [_total(sums.get(column.name), language) for column in columns]
        if any(row):
            if place is not None:
                row[place] = _lot(listing, lot if len(lots) > 1 else None, language)
            yield row


def count_said(listing: Listing, language: Language) -> str:
    """How many of the records that match are shown."""
    key = "query.shown_void" if listing.is_void else "query.shown"
    return language.say(key, shown=len(listing.entries), total=listing.total)


def progress(listing: Listing, language: Language) -> Iterator[str]:
    """What all that match have moved of what they recommended, a sentence for each lot and figure."""
    for sums in listing.totals.lots.values():
        for moved, recommended, unit in PROGRESS:
            done, planned = sums.get(moved), sums.get(recommended)
            if moved != recommended and done and done.value and planned:
                said = share_said(done.value, None if planned.at_least else planned.value, unit, language)
                yield f"{language.say(f'fact.{moved}')}: {said}"


def basis(listing: Listing, language: Language) -> Iterator[str]:
    """By which day the sums count, where reports go by another one: inspections count on their conclusion."""
    has_singles = len(listing.entries) < listing.total or any(not record.is_aggregate for _, record in listing.entries)
    if listing.periods and has_singles and INSPECTIONS in listing.totals.lots:
        asked = " ".join(f"--concluded {_asked(period)}" for period in listing.periods)
        yield language.say("query.by_start", asked=asked)


def _asked(period: Period) -> str:
    """A period as the filter of a day takes it: "2025", "2025-05-01..2025-06-30", "2025-05-01.."."""
    if period.begin == date.min:
        return f"..{period.last}"
    if period == year(period.begin.year):
        return str(period.begin.year)
    return f"{period.begin}..{'' if period.end == date.max else period.last}"


def _total(total: Total | None, language: Language) -> str:
    if total is None:
        return ""
    text = number(total.value, language.code)
    return language.say("form.at_least", value=text) if total.at_least else text


def _lot(listing: Listing, lot: Lot, language: Language) -> str:
    """What a sum is of: where records are not shown, that these are in it as well."""
    is_cut = listing.total > len(listing.entries)
    if lot:
        total = language.say("query.totals_all" if is_cut else "query.totals")
        return f"{total}: {language.choice(listing.kind, *lot)}"
    return language.say("query.totals_of", total=listing.total) if is_cut else language.say("query.totals")
