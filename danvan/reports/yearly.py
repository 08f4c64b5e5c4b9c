"""The yearly report: every measure in this year and the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from danvan.periods import Period, year
from danvan.records import KINDS, Record, amount
from danvan.reports.measures import ANY, MEASURES, SECTIONS, Condition, Measure

Numbered = tuple[int, Record]
CALENDAR = "calendar"


class Figure(NamedTuple):
    """A sum: `value` is None where nothing is known; `at_least` where some records could not tell their part."""

    value: int | None
    at_least: bool = False


class Row(NamedTuple):
    """A measure in the period and in the one before."""

    measure: Measure
    now: Figure
    before: Figure

    @property
    def change(self) -> int | None:
        """The difference, where both figures are known in full: lower bounds cannot be compared."""
        if self.now.value is None or self.before.value is None or self.now.at_least or self.before.at_least:
            return None
        return self.now.value - self.before.value

    @property
    def change_percent(self) -> Decimal | None:
        """The difference in percent of the base, unrounded; None without a base or on a base of zero."""
        if self.change is None or not self.before.value:
            return None
        return Decimal(self.change) * 100 / Decimal(self.before.value)


class Note(NamedTuple):
    """A remark on the figures: `note.<key>` in the catalogues, and the records it concerns."""

    key: str
    ids: tuple[int, ...] = ()


class Section(NamedTuple):
    """The rows of one subject, with the period they speak of."""

    key: str
    period: Period
    calendar: str
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]


class Report(NamedTuple):
    """A year in figures. `threshold` is from how many people a group counted as large."""

    year: int
    threshold: int
    sections: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the year."""
        return all(row.now.value is None for section in self.sections for row in section.rows)

    @property
    def is_incomplete(self) -> bool:
        """Whether some figure is a lower bound."""
        return any(
            figure.at_least for section in self.sections for row in section.rows for figure in (row.now, row.before)
        )


class Contribution(NamedTuple):
    """What one record adds to a figure: None where it does not know; `exact` is False unless it knows all of it."""

    id: int
    amount: int | None
    exact: bool


def yearly(entries: Iterable[Numbered], number: int, threshold: int) -> Report:
    """The report of the year `number`.

    Args:
        entries: numbered records; every one that touches the year or the year before must be among them.
        threshold: from how many people a reception is one of a large group.
    """
    period, previous = year(number), year(number - 1)
    of_kind: dict[str, list[Numbered]] = {name: [] for name in KINDS}
    names = {kind: name for name, kind in KINDS.items()}
    for entry in entries:
        of_kind[names[type(entry[1])]].append(entry)

    def row(measure: Measure) -> Row:
        records = of_kind[measure.kind]
        return Row(
            measure,
            figure(measure, records, period, threshold),
            figure(measure, records, previous, threshold),
        )

    def section(key: str) -> Section:
        measures = [measure for measure in MEASURES if measure.section == key]
        notes = _straddling(measures, of_kind, period)
        return Section(key, period, CALENDAR, tuple(map(row, measures)), notes)

    return Report(number, threshold, tuple(map(section, SECTIONS)))


def contributions(
    measure: Measure, entries: Iterable[Numbered], period: Period, threshold: int
) -> Iterator[Contribution]:
    """What each record in the measure's scope adds to it; records outside the scope or period are left out.

    A record of the period that adds nothing is yielded with 0: it is what makes a figure known to be 0.
    """
    for number, record in entries:
        if not _in_scope(record, measure):
            continue
        if not _counts_in(record, measure.by, period):
            if measure.by != "date" and _counts_in(record, "date", period):
                yield Contribution(number, 0, True)
            continue
        part = _matches(record, measure.part)
        if part is None:
            yield Contribution(number, None, False)
        elif part:
            yield Contribution(number, *amount(record, measure.sum, threshold))
        else:
            yield Contribution(number, 0, True)


def figure(measure: Measure, entries: Sequence[Numbered], period: Period, threshold: int) -> Figure:
    """The sum of what records add: unknown if none knows, a lower bound if some do not or a family is missing."""
    total, known, complete = 0, False, True
    for _, value, exact in contributions(measure, entries, period, threshold):
        complete = complete and exact
        if value is not None:
            known = True
            total += value
    if not known:
        return Figure(None)
    return Figure(total, not (complete and _has_families(measure, entries, period)))


def _has_families(measure: Measure, entries: Sequence[Numbered], period: Period) -> bool:
    return all(
        any(_matches(record, family) and _counts_in(record, measure.by, period) for _, record in entries)
        for family in measure.families
    )


def half_up(value: Decimal, places: int) -> Decimal:
    """`value` rounded half up to `places` decimals."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _in_scope(record: Record, measure: Measure) -> bool:
    """Whether the measure speaks of the record at all."""
    rows = measure.rows if record.is_aggregate else ANY
    return bool(_matches(record, measure.scope) and _matches(record, rows))


def _matches(record: Record, condition: Condition) -> bool | None:
    """Whether the record meets the condition; None where it does not know one of the fields."""
    verdict: bool | None = True
    for name, accepted in condition.items():
        value = getattr(record, name)
        if value is None:
            verdict = None
        elif value not in accepted:
            return False
    return verdict


def _counts_in(record: Record, by: str, period: Period) -> bool:
    """Aggregate rows count where they lie wholly inside; single records on the day that `by` names."""
    if record.is_aggregate:
        return period.covers(record.period)
    return getattr(record, by) in period


def _straddling(measures: Iterable[Measure], of_kind: dict[str, list[Numbered]], period: Period) -> tuple[Note, ...]:
    outside = {
        number
        for measure in measures
        for number, record in of_kind[measure.kind]
        if record.is_aggregate
        and record.period.overlaps(period)
        and not period.covers(record.period)
        and _in_scope(record, measure)
    }
    return (Note("straddles", tuple(sorted(outside))),) if outside else ()
