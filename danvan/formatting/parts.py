"""Years and parts of years as people write them: the one reading for reports, filters and refusals alike."""

from __future__ import annotations

import re

from danvan.errors import Invalid
from danvan.formatting.choosing import spellings
from danvan.formatting.texts import fold
from danvan.periods import CALENDARS, FIRST_YEAR, LAST_YEAR, PARTS, Period, part_of_year

BETWEEN = re.compile("[-–—/]")  # stands between a month and its year; word processors make dashes of hyphens
JOINING = re.compile(" (?:nam|of)$")  # "quý 2 năm 2025", "first half of 2025"


def part_named(text: str) -> tuple[int, str] | None:
    """The year that a text names and which part of it, a key of `PARTS`; None if it names none.

    2023, "năm 2023", 2023-05, 5/2023, "tháng 5 năm 2023", "quý 2/2023", "Q2 2023", "first half of 2023".

    Raises:
        Invalid: `day_range`, no record is of such a year.
    """
    typed = text.strip()
    for number, rest, beside in ((typed[-4:], typed[:-4], typed[-5:-4]), (typed[:4], typed[4:], typed[4:5])):
        part = _part(rest) if is_year(number) and not beside.isalnum() else None
        if part and not FIRST_YEAR <= int(number) <= LAST_YEAR:
            raise Invalid("day_range", value=text)
        if part:
            return int(number), part
    return None


def period_named(text: str) -> Period | None:
    """The days of the calendar year, or of the part of one, that a text names; None if it names none.

    Raises:
        Invalid: see `part_named`.
    """
    found = part_named(text)
    return CALENDARS["calendar"].period(*found) if found else None


def is_year(text: str) -> bool:
    """Whether the text is a year of four figures."""
    return len(text) == 4 and text.isascii() and text.isdigit()


def _part(rest: str) -> str | None:
    """The part of a year that stands beside the year; a mere number is a month only behind a mark."""
    said = fold(rest)
    if not rest or (said.isdigit() and said in rest and BETWEEN.search(rest)):  # "²" is no 2
        return part_of_year(said) if rest else "year"
    known = spellings(PARTS, "part-name")
    return known.get(said) or known.get(JOINING.sub("", said))
