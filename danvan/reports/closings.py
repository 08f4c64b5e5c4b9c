"""Closed periods: figures that were declared final, and what was corrected since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, TypeVar
from zlib import crc32

import msgspec

from danvan.periods import CALENDARS, Period, ReportingCalendar
from danvan.records import Closing, Record, tag_of
from danvan.reports.breakdowns import MONTH, REGISTER, STATUS, Frame, dimensions, values_of
from danvan.reports.figures import Contribution, Share, contributions, total
from danvan.reports.ledger import Ledger
from danvan.reports.measures import MEASURES, Measure
from danvan.reports.report import Correction, Plan, Row, Section
from danvan.reports.tally import Figure

Name = TypeVar("Name")
Moved = Literal["", "parts", "figures"]  # nothing; only how the figures are broken down; the figures themselves


def closing(section: Section, threshold: int) -> Closing:
    """The declaration that a section's figures, with a threshold of large groups, are final."""
    figures = {row.measure.key: row.now.value for row in section.rows}
    at_least = tuple(row.measure.key for row in section.rows if row.now.at_least)
    return Closing(
        section.period.begin,
        section.period.last,
        section=section.key,
        calendar=section.calendar.key,
        figures=figures,
        checksum=checksum(figures, at_least),
        threshold=threshold if any(row.measure.is_of_groups for row in section.rows) else 0,
        at_least=at_least,
    )


def last_closing(section: str, period: Period, closings: Iterable[Closing]) -> Closing | None:
    """The last closing of just that section and period; None while its figures are provisional."""
    own = [one for one in closings if one.section == section and one.period == period]
    return own[-1] if own else None


def closed_otherwise(section: str, plan: Plan, closings: Iterable[Closing]) -> Closing | None:
    """The last closing of the reported part of a year by another calendar than the section follows now."""
    others = {key: one for key, one in CALENDARS.items() if key != plan.calendar(section).key}
    own = [one for one in closings if one.section == section and one.calendar in others]
    found = [one for one in own if one.period == others[one.calendar].period(plan.year, plan.part)]
    return found[-1] if found else None


def corrections(closed: Closing, rows: Iterable[Row]) -> tuple[Correction, ...]:
    """What differs between the figures as closed and as they are now; a measure that was not closed was unknown.

    Args:
        rows: the figures now, with the threshold of large groups that the closing was made with.
    """
    pairs = ((row.measure.key, _as_closed(closed, row), row.now) for row in rows)
    return tuple(Correction(key, then, now) for key, then, now in pairs if then != now)


def _as_closed(closed: Closing, row: Row) -> Figure:
    """A figure as it was closed; what a closing has not noted is held to be as it is now.

    What it does not name, or has no value of, was unknown then; that it is nought is no news.
    """
    key, value = row.measure.key, closed.figures.get(row.measure.key)
    if value is None and row.now == Figure(0):
        return row.now
    if closed.at_least is None:
        return Figure(value, row.now.at_least and value == row.now.value)
    return Figure(value, key in closed.at_least)


def moves(closed: Closing, before: Record | None, after: Record | None, threshold: int) -> Moved:
    """What changes of closed figures where one version of a record takes the place of another.

    Args:
        before, after: None where there is no such version.
        threshold: from how many people a reception is one of a large group, where the closing has not noted it.
    """
    threshold = closed.threshold or threshold
    old, new = _adds(closed, before, threshold), _adds(closed, after, threshold)
    if old != new:
        return "figures"
    if not (old and before and after):
        return ""
    is_moved = _parts(closed, before, threshold) != _parts(closed, after, threshold)
    return "parts" if is_moved or _is_restated(closed.period, before, after) else ""


def _is_restated(period: Period, before: Record, after: Record) -> bool:
    """Whether a record stands elsewhere now by what is noted of the days of a period.

    A case goes on after its year was closed; that is no reason to speak of the closing.
    """
    return before.state != after.state and before.stood_on(period.last) != after.stood_on(period.last)


def _adds(closed: Closing, record: Record | None, threshold: int) -> dict[str, Figure]:
    """What a record adds to each figure; what was done on it, in however many movements."""
    if record is None or record.void or record.date >= closed.period.end:  # nothing counts before its day
        return {}
    return _summed((one.key, part) for one, part in _contributions(closed, record, threshold))


def _parts(closed: Closing, record: Record, threshold: int) -> tuple[object, ...]:
    """The lines in which a record stands when the figures of a closing are broken down, but for its state."""
    calendar = _calendar(closed)
    found = _contributions(closed, record, threshold)
    parts = [(one.key, part, Frame(one.by, closed.period, calendar)) for one, part in found]
    own = (REGISTER, STATUS, MONTH, type(record).STATE)
    others = [name for name in dimensions(tag_of(type(record))) if name not in own]
    _, first, frame = parts[0]
    months = _summed(((key, frame.month(part)), part) for key, part, frame in parts)
    return months, *(values_of(first, name, frame) for name in others)


def _summed(parts: Iterable[tuple[Name, Contribution]]) -> dict[Name, Figure]:
    """The figure of all parts of a name."""
    shares: dict[Name, list[Share]] = {}
    for name, part in parts:
        shares.setdefault(name, []).append((part.amount, part.exact))
    return {name: total(found) for name, found in shares.items()}


def _contributions(closed: Closing, record: Record, threshold: int) -> Iterator[tuple[Measure, Contribution]]:
    """What a record adds to each figure of a closing."""
    ledger = Ledger([(0, record)], calendar=_calendar(closed))
    for measure in (one for one in MEASURES if one.section == closed.section):
        for part in contributions(measure, ledger, closed.period, threshold):
            yield measure, part


def _calendar(closed: Closing) -> ReportingCalendar:
    """The calendar of a closing; of an office's own at least the day of the month on which its months begin."""
    begin = closed.period.begin
    return CALENDARS.get(closed.calendar) or ReportingCalendar(closed.calendar, begin.month, begin.day)


def checksum(figures: Mapping[str, int | None], at_least: Collection[str] | None = None) -> str:
    """A fingerprint of figures, to show that a closing was not altered: CRC-32 in eight digits."""
    noted = dict(sorted(figures.items())), *([] if at_least is None else [sorted(at_least)])
    return f"{crc32(b''.join(map(msgspec.json.encode, noted))):08x}"


def is_altered(closed: Closing) -> bool:
    """Whether the figures of a closing are not those it was made with."""
    return closed.checksum != checksum(closed.figures, closed.at_least)
