"""Columns of a workbook in which days and months were exchanged: 5/3/2023 is the third of May in an Excel of the US.

What can be a day in that order becomes one there, and what cannot stays a text. So a column gives itself away in which
all days are among the first twelve of a month, and all texts are days beyond; of a few cells only where these do not
name the months of the days, but not the months that the days would have the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from danvan.exchange.parts import Cell

LAST = 12  # the months of a year
EARLY, LATE = 0.4, 0.6  # the share of days up to the twelfth, and of those beyond
CHANCE = 0.06  # that they are just as they are, in a column that mixes days and texts
RARE = 1e-3  # the same, where the months speak for the days as they are
MOST = 1000  # different cells that are kept of a column
DAY = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b")


class Turned(NamedTuple):
    """A column of exchanged days: a day with its row, and a text beside it."""

    name: str
    day: date
    row: int
    text: str


class TurnedDays:
    """The cells of the columns of days, by what they mean."""

    def __init__(self) -> None:
        self._days: dict[str, dict[date, int]] = {}
        self._texts: dict[str, set[str]] = {}

    def note(self, name: str, row: int, cell: Cell) -> None:
        """Meet the next cell of a column."""
        if isinstance(cell, date) and len(days := self._days.setdefault(name, {})) < MOST:
            days.setdefault(cell, row)
        elif isinstance(cell, str) and len(texts := self._texts.setdefault(name, set())) < MOST:
            texts.add(cell)

    def found(self) -> Iterator[Turned]:
        """The columns that give themselves away."""
        for name, days in self._days.items():
            late = _late(self._texts.get(name, set()) or (self._ends() if name == "date" else set()))
            exchanged = [day for day in days if day.day != day.month]  # 1/1/2023 is the same day in either order
            if not (late and exchanged and all(day.day <= LAST for day in days)):
                continue
            if EARLY ** len(exchanged) * LATE ** len(late) < (RARE if _fit(exchanged, late) else CHANCE):
                yield Turned(name, exchanged[0], days[exchanged[0]], min(late))

    def _ends(self) -> set[str]:
        """The last days of periods, where all first days would be in January: each is the first of another month."""
        is_january = len(self._days["date"]) > 1 and all(day.month == 1 for day in self._days["date"])
        return self._texts.get("to", set()) if is_january and "to" not in self._days else set()


def _fit(days: Iterable[date], texts: Iterable[str]) -> bool:
    """Whether texts name the months of some days as they are, and not all months that these had the other way round."""
    months = {int(found[2]) for text in texts if (found := DAY.match(text))}
    return months.issuperset(day.month for day in days) and not months.issuperset(day.day for day in days)


def _late(texts: set[str]) -> list[str]:
    """The texts that are days, if all of these are beyond the twelfth."""
    found = [(text, int(day[1])) for text in texts if (day := DAY.match(text))]
    return [text for text, _ in found] if all(day > LAST for _, day in found) else []
