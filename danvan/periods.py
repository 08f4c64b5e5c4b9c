"""Periods of time: half-open, first day in, end day out; and the calendars that offices report by.

The convention holds everywhere inside danvan; only what people read and type ("đến ngày 31/12") names the
last day. `days` cannot build a period that is empty or backwards.

A reporting year is twelve months that end in the year it is named for. Its parts tile it without gap or overlap; but a
month is that of the calendar year it is asked for with, whatever reporting year it belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from danvan.errors import Invalid

ONE_DAY = timedelta(days=1)
# The years that records may be of.
FIRST_YEAR = 1945
LAST_YEAR = 2100


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
    return CALENDARS["calendar"].period(number, "year")


# The parts of a reporting year: months that lie before, and months of its own.
PARTS: Mapping[str, tuple[int, int]] = {
    "year": (0, 12),
    "h1": (0, 6),
    "h2": (6, 6),
    "9m": (0, 9),
    **{f"q{quarter}": (3 * (quarter - 1), 3) for quarter in range(1, 5)},
    **{f"m{month}": (month - 1, 1) for month in range(1, 13)},
}


class ReportingCalendar(NamedTuple):
    """Reporting years that begin on the day `month`/`day`: of the year itself if that is 1 January, else of the
    year before.

    Attributes:
        key: its name, as settings and `--calendar` have it.
        source: the text that orders it; empty for an office's own.
    """

    key: str
    month: int
    day: int
    source: str = ""

    def period(self, number: int, part: str) -> Period:
        """A part of the reporting year `number`, a key of `PARTS`; a month is the one that ends in that calendar month.

        Raises:
            Invalid: there is no such year.
        """
        begin, before, months = self._laid(number, part)
        return Period(self._day(begin + before), self._day(begin + before + months))

    def year_of(self, day: date) -> int:
        """The reporting year that a day belongs to."""
        return day.year + (day >= self.period(day.year, "year").end)

    def to_date(self, number: int, part: str) -> Period:
        """The reporting year that a part is of from its first day to the end of the part."""
        begin, before, months = self._laid(number, part)
        return Period(self._day(begin), self._day(begin + before + months))

    def last_over(self, day: date) -> tuple[int, str]:
        """The part that tells a year until the end of the last month that is over on a day, with its year.

        It is as much of the year as has a name; else that month, beside which the year so far is told.
        """
        month = day.year * 12 + day.month - 2 + (1 < self.day <= day.day)
        gone = self.position(month % 12 + 1) + 1
        if part := {3: "q1", 6: "h1", 9: "9m", 12: "year"}.get(gone):
            return (month + 12 - gone) // 12, part
        return month // 12, f"m{month % 12 + 1}"

    def month_of(self, day: date) -> int:
        """The calendar month after which the reporting month of a day is named."""
        return day.month if day.day < self.day or self.day == 1 else day.month % 12 + 1

    def position(self, month: int) -> int:
        """How many months of the reporting year lie before the one named after the calendar month `month`."""
        # A month that begins in mid-month is named for the month in which it ends.
        first_named = self.month if self.day == 1 else self.month % 12 + 1
        return (month - first_named) % 12

    def _laid(self, number: int, part: str) -> tuple[int, int, int]:
        """How a part lies: the month its reporting year begins with, the months before it in that year, and its own."""
        if not 2 <= number < date.max.year:
            raise Invalid("year", value=number)
        before, months = PARTS[part]
        if months == 1:
            named, before = number * 12 + before, self.position(before + 1)
            return named - (self.day > 1) - before, before, months
        begins_before = (self.month, self.day) != (1, 1)
        return (number - begins_before) * 12 + self.month - 1, before, months

    def _day(self, month: int) -> date:
        """The first day of a month; months are counted on through all years."""
        return date(month // 12, month % 12 + 1, self.day)


CALENDARS: Mapping[str, ReportingCalendar] = {
    calendar.key: calendar
    for calendar in (
        ReportingCalendar("calendar", 1, 1),
        ReportingCalendar("inspectorate", 12, 15, "Thông tư 01/2024/TT-TTCP"),
        ReportingCalendar("assembly", 8, 1),
    )
}
LAST_START = 28


def following(number: int, part: str) -> tuple[int, str]:
    """The part of its kind that comes after a part of the year `number`, and its year."""
    if part in ("year", "9m"):
        return (number + 1, part) if part == "year" else (number, "q4")
    before, months = PARTS[part]
    after = (before // months + 1) % (12 // months)
    return number + (after == 0), f"{part[0]}{after + 1}"


def custom_calendar(start: str) -> ReportingCalendar:
    """An office's own calendar from the month and day ("10-15") on which its year begins.

    Raises:
        Invalid: that is no day that every year and month has, or there is none.
    """
    if not start:
        raise Invalid("no_year_start")
    month, _, day = start.partition("-")
    if not (month.isdigit() and day.isdigit() and 1 <= int(month) <= 12 and 1 <= int(day) <= LAST_START):
        raise Invalid("calendar_start", value=start)
    return ReportingCalendar("custom", int(month), int(day))


def part_of_year(text: str) -> str | None:
    """The key of `PARTS` that a word names ("Q3", "6m", "04"); None if it names none."""
    word = text.casefold()
    if word.isascii() and word.isdigit():
        word = f"m{int(word)}"
    word = {"6m": "h1", "12m": "year"}.get(word, word)
    return word if word in PARTS else None
