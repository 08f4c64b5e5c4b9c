"""Remarks on the figures of a section: what a reader of the report would be asked about, with the records concerned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from danvan.overlaps import above_and_below, added_below, bundled, has_larger, side_by_side, unit_letters
from danvan.periods import Period
from danvan.places import register_of
from danvan.records import Audit, Reception, Record, problems, unbalanced
from danvan.reports.figures import contributions, figure, in_scope
from danvan.reports.ledger import Ledger, Numbered
from danvan.reports.measures import BY_KEY, CARRIED, MOVED, PERFORMED, Measure


class Remark(NamedTuple):
    """`note.<key>` of the catalogues, and the records it concerns."""

    key: str
    ids: tuple[int, ...] = ()


def remarks(
    measures: Sequence[Measure], ledger: Ledger, periods: Mapping[str, Period], threshold: int, usual: int
) -> Iterator[Remark]:
    """All remarks on the records that the measures of one section count in its period, and on what the base lacks.

    Args:
        periods: the periods of the report's columns.
        threshold, usual: from how many people a group is large, and from how many in the register.
    """
    kind, period = measures[0].kind, periods["now"]
    counted = [entry for entry in ledger.placed(kind, "date", period) if _concerns(entry[1], measures)]
    concluded = [entry for entry in ledger.placed(kind, "concluded", period) if _concerns(entry[1], measures)]
    left = [entry for entry in ledger.straddling(kind, "date", period) if _concerns(entry[1], measures)]
    yield from _remark("straddles", left)
    if "before" in periods:
        base = ledger.straddling(kind, "date", periods["before"])
        yield from _remark("straddles_base", (e for e in base if e not in left and _concerns(e[1], measures)))
    yield from _remark("overlaps", _overlapping(counted))
    yield from _remark("overlaps_below", _overlapping_below(counted))
    yield from _remark("added_below", added_below(entry for entry in counted if entry[1].is_aggregate))
    if any(measure.is_of_groups for measure in measures):
        rows = (entry for one in periods.values() for entry in ledger.rows(kind) if one.covers(entry[1].period))
        yield from _remark("groups_as_sent", (entry for entry in rows if _counts_otherwise(entry[1], threshold, usual)))
    yield from _remark("sums", (entry for entry in concluded if _differs(entry[1])))
    if measures[0].section == "inspections":
        yield from _too_many_concluded(ledger, period, threshold, concluded)
        moved = (entry for entry in ledger.placed(kind, MOVED, period) if _concerns(entry[1], measures))
        yield from _remark("overdone", (entry for entry in moved if _is_overdone(entry[1])))
        yield from _remark("idle", (entry for entry in counted if isinstance(entry[1], Audit) and entry[1].is_idle))
    # Rows and audits are few; single models and receptions were checked when they were entered.
    yield from _remark("broken", (e for e in counted if (e[1].is_aggregate or kind == "audit") and problems(e[1])))
    yield from _remark("no_unit", (entry for entry in counted if not entry[1].unit))


def _concerns(record: Record, measures: Iterable[Measure]) -> bool:
    return any(in_scope(record, measure) for measure in measures)


def _remark(key: str, entries: Iterable[Numbered]) -> Iterator[Remark]:
    ids = tuple(sorted({number for number, _ in entries}))
    if ids:
        yield Remark(key, ids)


def _overlapping_below(entries: Sequence[Numbered]) -> Iterator[Numbered]:
    """The aggregate rows of one register that count what another one has of a unit below, and those records."""
    rows = bundled(entry for entry in entries if entry[1].is_aggregate and register_of(entry[0]))
    others = bundled(entry for entry in entries if has_larger(entry[1].unit)) if rows else ()
    for row, other in above_and_below(rows, others):
        if row.register != other.register:
            yield from row.entries
            yield from other.entries


def _overlapping(entries: Sequence[Numbered]) -> Iterator[Numbered]:
    """The aggregate rows that some other record of the unit repeats, and those records."""
    rows = bundled(entry for entry in entries if entry[1].is_aggregate)
    units = {unit_letters(row.unit) for row in rows}
    singles = (entry for entry in entries if not entry[1].is_aggregate and unit_letters(entry[1].unit) in units)
    found = {one: None for pair in side_by_side(rows, bundled(singles) if rows else ()) for one in pair}
    yield from chain.from_iterable(bundle.entries for bundle in found)


def _counts_otherwise(record: Record, threshold: int, usual: int) -> bool:
    """Whether a row tells of large groups that are, or may be, of another number of people."""
    if not isinstance(record, Reception) or not record.brings_groups:
        return False
    return threshold != usual or record.has_smaller_groups(threshold)


def is_remarkable(record: Record) -> bool:
    """Whether the amounts of an audit call for a remark, whatever else there is."""
    return isinstance(record, Audit) and (record.is_idle or _differs(record) or _is_overdone(record))


def _differs(record: Record) -> bool:
    return isinstance(record, Audit) and any(unbalanced(record))


def _is_overdone(record: Record) -> bool:
    return isinstance(record, Audit) and any(record.overdone())


def _too_many_concluded(
    ledger: Ledger, period: Period, threshold: int, concluded: Sequence[Numbered]
) -> Iterator[Remark]:
    """More conclusions than inspections that were under way in the period, by the figures of both."""
    launched = BY_KEY["inspections.launched"]
    performed = figure(launched._replace(by=PERFORMED), ledger, period, threshold).value
    parts = contributions(launched._replace(sum="carried", by=CARRIED), ledger, period, threshold)
    carried = sum(part.amount or 0 for part in parts if part.record.is_aggregate)
    ended = figure(BY_KEY["inspections.concluded"], ledger, period, threshold).value
    if ended is not None and performed is not None and ended > performed + carried:
        yield from _remark("too_many_concluded", concluded)
