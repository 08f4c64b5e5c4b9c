"""A question to the register and its answer.

Records go by one at a time: what does not match is forgotten at once, totals are taken on the way, and with a limit
no more than that many records are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from danvan.formatting.texts import fold
from danvan.periods import Period
from danvan.privacy import Mask, masked
from danvan.queries.columns import Kind, Numbered, is_noted, value
from danvan.queries.ordering import ordered
from danvan.queries.totals import Tally, Totals
from danvan.queries.units import lies_in_any
from danvan.records import Record, described, trail_texts

Test = Callable[[Record], bool]
# What a condition on a field accepts: codes, keys of texts (see `texts.sought`), or spans; None accepts the unknown.
Wanted = Collection[Any]


class Query(NamedTuple):
    """Which records are wanted. Within one condition each alternative will do; all conditions must be met.

    Attributes:
        fields: what is accepted of fields, by name.
        periods: the record's day, or a day of its aggregate row, lies in one of them.
        units: the record's unit is one of them or lies below it.
        search: keys of texts (see `texts.sought`) of which one occurs in the record's names and free text.
        is_open: whether only records are wanted of which something is still to be done.
        is_void: whether only void records are wanted; else none is.
        threshold: from how many people a reception is one of a large group.
    """

    kind: Kind
    threshold: int
    fields: Mapping[str, Wanted] = {}
    periods: tuple[Period, ...] = ()
    units: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    is_open: bool = False
    is_void: bool = False

    @property
    def span(self) -> Period | None:
        """The shortest period of which every record that matches has a date, None without any."""
        spans = [_hull(self.periods)] if self.periods else []
        for name, wanted in self.fields.items():
            if described(self.kind)[name].sort == "date" and None not in wanted:
                spans.append(_hull([Period(one.low or date.min, one.high or date.max) for one in wanted]))
        return min(spans, key=lambda span: span.end - span.begin, default=None)

    def tests(self) -> list[Test]:
        """What a record must pass, the cheapest first."""
        tests: list[Test] = []
        if self.periods:
            tests.append(lambda record: any(record.period.overlaps(period) for period in self.periods))
        if self.is_void:
            tests.append(lambda record: bool(record.void))
        if self.is_open:
            tests.append(lambda record: record.is_open)
        tests += [_on_field(self.kind, name, wanted, self.threshold) for name, wanted in self.fields.items()]
        if self.units:
            tests.append(_on_unit(self.units))
        if self.search:
            tests.append(_on_text(self.search))
        return tests

    def matching(self, entries: Iterable[Numbered]) -> Iterator[Numbered]:
        """The entries that match, as they come."""
        for test in self.tests():
            entries = _passing(test, entries)
        return iter(entries)


class Listing(NamedTuple):
    """The answer: the records to show, in order; how many match; and what all that match add up to.

    Attributes:
        mask: what its records have passed through.
        periods: the periods asked for, if any.
        is_void: whether its records are void ones, which add up to nothing.
    """

    kind: Kind
    entries: Sequence[Numbered]
    total: int
    totals: Totals
    threshold: int
    mask: Mask = masked
    periods: tuple[Period, ...] = ()
    is_void: bool = False


def ask(
    query: Query,
    entries: Iterable[Numbered],
    *,
    by: Sequence[str] = (),
    reverse: bool = False,
    limit: int | None = None,
    mask: Mask = masked,
) -> Listing:
    """The listing of what matches among `entries`; see `ordering.ordered` for the order."""
    tally = Tally(query.kind, query.periods, query.threshold)
    passing = tally.counting(query.matching(entries))
    shown = ordered(passing, query.kind, by, reverse=reverse, limit=limit, threshold=query.threshold)
    shown = [(number, mask(record)) for number, record in shown]
    totals = Totals({}) if query.is_void else tally.totals()
    return Listing(query.kind, shown, tally.count, totals, query.threshold, mask, query.periods, query.is_void)


def texts(record: Record) -> Iterator[str]:
    """The names and free texts of a record: what a search looks through, never what identifies a citizen."""
    for name, field in described(type(record)).items():
        if field.sort == "text" and not field.personal:
            yield getattr(record, name)
    yield from (text for _, text in trail_texts(record))


def _passing(test: Test, entries: Iterable[Numbered]) -> Iterator[Numbered]:
    return (entry for entry in entries if test(entry[1]))


def _on_field(kind: Kind, name: str, wanted: Wanted, threshold: int) -> Test:
    sort = described(kind)[name].sort
    accepted = frozenset(wanted)
    if sort == "text":
        return lambda record: _holds(getattr(record, name), accepted)
    if sort == "choices":
        return lambda record: not accepted.isdisjoint(value(record, name, threshold) or (None,))
    if sort == "choice":
        return lambda record: value(record, name, threshold) in accepted
    spans = [span for span in wanted if span is not None]

    is_number = described(kind)[name].is_number

    def within(record: Record) -> bool:
        found = value(record, name, threshold)
        if is_number and not is_noted(record, name):  # a list shows what it counts as where that is not 0
            return None in accepted or bool(found and any(found in span for span in spans))
        return None in accepted if found is None else any(found in span for span in spans)

    return within


def _holds(text: str, wanted: Collection[str | None]) -> bool:
    if not text:
        return None in wanted
    key = fold(text)
    return any(part in key for part in wanted if part is not None)


def _on_unit(units: Sequence[str]) -> Test:
    @lru_cache(maxsize=4096)  # a register has many records of few units
    def lies(unit: str) -> bool:
        return lies_in_any(unit, units)

    return lambda record: lies(record.unit)


def _on_text(parts: Sequence[str]) -> Test:
    def found(record: Record) -> bool:
        # A break between two texts is no letter: nothing is found across it.
        key = "\n".join(map(fold, filter(None, texts(record))))
        return any(part in key for part in parts)

    return found


def _hull(periods: Sequence[Period]) -> Period:
    return Period(min(period.begin for period in periods), max(period.end for period in periods))
