"""Which lines a scan has to look at, and which records it wants.

The convention: what a line lacks decides before it is decoded; what is let through is looked at again as a record.
"""

from __future__ import annotations

from collections.abc import Collection

from danvan.periods import Period
from danvan.records import KINDS, Record, happenings, tag_of

FEW_YEARS = 3  # looking for more years than that costs as much as decoding every line


def touches(record: Record, period: Period) -> bool:
    """Whether a date of `record` lies in `period`, or its days overlap it."""
    if period.begin <= record.date < period.end:  # spelled out: this line runs for every candidate
        return True
    if record.to is not None and record.date < period.end and record.to >= period.begin:
        return True
    return any(day in period for day in happenings(record))


def years(period: Period | None, status: str) -> range | None:
    """The years that a wanted record must have to do with; None for any."""
    return None if period is None or status else range(period.begin.year, period.last.year + 1)


def needles(kinds: Collection[type[Record]], period: Period | None, status: str) -> tuple[bytes, ...]:
    """What the line of a wanted record must contain one of, save for those that are marked; empty for any."""
    if kinds and not any(kind in KINDS.values() for kind in kinds):  # an office keeps few of the other kinds
        return tuple(b'"kind":"%s"' % tag_of(kind).encode() for kind in kinds)
    if period is None or period.last.year - period.begin.year >= FEW_YEARS:
        return ()
    named = (b'"%04d-' % year for year in range(period.begin.year, period.last.year + 1))
    return (*named, *([b'"%s"' % status.encode()] if status else []))
