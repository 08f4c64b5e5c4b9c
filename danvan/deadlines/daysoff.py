"""Days on which nobody works: weekends, the public holidays of Vietnam, and the office's own closed days.

The convention: a Saturday that the government declared a working day is one, and the day it was swapped for is off.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from typing import Any


def is_day_off(day: date, closed: frozenset[date] = frozenset()) -> bool:
    """Whether nobody works on `day`; `closed` are the office's own days off."""
    return day in closed or not _is_working_day(day)


@lru_cache(maxsize=4096)  # the same days are asked for every open reception
def _is_working_day(day: date) -> bool:
    calendar = _vietnam()
    is_holiday = day in calendar  # asked first: it makes the calendar learn that year's swapped days
    return day in calendar.weekend_workdays if day.weekday() >= 5 else not is_holiday


@cache
def _vietnam() -> Any:
    # Half as long to load as all the rest of danvan, and only a deadline needs it.
    return import_module("holidays").country_holidays("VN")
