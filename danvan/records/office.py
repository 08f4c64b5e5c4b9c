"""What an office keeps about itself: its settings, its closings, and who was shown identity."""

from __future__ import annotations

from typing import Literal, get_args

from danvan.records.field import Day
from danvan.records.record import Record

Layout = Literal["party", "state"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)


class Office(Record, tag="office", frozen=True, gc=False):
    """What an office settles once and what travels with its figures; the newest version counts.

    Attributes:
        name, superior: the office and the one above it, as they stand in a document's heading.
        place: the town that stands before the day in documents.
        layout: one of `LAYOUTS`, the heading of documents.
        default_unit: the unit of records that name none.
        threshold: from how many people a reception is one of a large group. The article that danvan began with
            says 10; the statutory forms in use count from 5.
        calendars: the reporting calendar of each section that does not follow the calendar year.
        custom_start: month and day ("10-15") on which the office's own calendar begins.
        local: values the office adds to open choices, by "<kind>.<field>".
        closed_days: days off besides the public holidays.
        count_from: from which day a deadline counts: the "next-day" after the event, or the "same-day".
        columns: what columns of imported files mean, each "heading=field"; nothing behind the sign: it is not read.
    """

    name: str = ""
    superior: str = ""
    place: str = ""
    layout: str = "party"
    default_unit: str = ""
    threshold: int = 10
    calendars: dict[str, str] = {}
    custom_start: str = ""
    local: dict[str, tuple[str, ...]] = {}
    closed_days: tuple[Day, ...] = ()
    count_from: str = "next-day"
    columns: tuple[str, ...] = ()


class Closing(Record, tag="closing", frozen=True, gc=False):
    """A period of a section declared closed, with the figures as they were: measure key to value.

    Attributes:
        at_least: the measures whose figures were lower bounds; None where that was not yet noted.
        threshold: from how many people a reception was counted as one of a large group; 0 where that plays no part,
            or was not yet noted.
    """

    section: str = ""
    calendar: str = "calendar"
    figures: dict[str, int | None] = {}
    checksum: str = ""
    threshold: int = 0
    at_least: tuple[str, ...] | None = None

    @property
    def on(self) -> Day | None:
        """The day on which it was declared; None where another program left none."""
        try:
            return Day.fromisoformat(self.at.partition("T")[0])
        except ValueError:
            return None


class Reveal(Record, tag="reveal", frozen=True, gc=False):
    """That identity was shown: a line of its own, so that no record looks changed. `at` and `by` say when, to whom.

    Attributes:
        seen: the `uid` of each record of which it was shown; the number of one that has none.
        command: what showed it.
        reason: what for.
    """

    seen: tuple[str, ...] = ()
    command: str = ""
    reason: str = ""
