"""Periods of time: half-open, first day in, end day out.

The convention holds everywhere inside danvan; only what people read and type ("đến ngày 31/12") names the
last day. A `Period` cannot be built empty or backwards.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from danvan.errors import Invalid

ONE_DAY = timedelta(days=1)


class Period(NamedTuple):
    """The days from `begin` up to, not including, `end`; build it with `days` or `year`."""

    begin: date
    end: date

    @property
    def last(self) -> date:
        """The last day that belongs to the period."""
        return self.end - ONE_DAY

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.begin <= day < self.end

    def covers(self, other: Period) -> bool:
        """Whether `other` lies wholly inside."""
        return self.begin <= other.begin and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.begin < other.end and other.begin < self.end


def days(first: date, last: date) -> Period:
    """The period from `first` to `last`, both days included.

    Raises:
        Invalid: `last` lies before `first`.
    """
    if last < first:
        raise Invalid("backwards", first=first, last=last)
    return Period(first, last + ONE_DAY)


def year(number: int) -> Period:
    """The calendar year `number`.

    Raises:
        Invalid: no calendar has that year.
    """
    if not 1 <= number < date.max.year:
        raise Invalid("year", value=number)
    return Period(date(number, 1, 1), date(number + 1, 1, 1))
