"""How the days of a deadline are counted.

The convention, from the Civil Code 91/2015/QH13: the day of the event itself is not counted (art. 147, clauses 2
and 3; an office may settle otherwise), and a period whose last day is a day off ends with the next working day
(art. 148, clause 5). Days on which the case was suspended do not count at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from danvan.deadlines.daysoff import is_day_off
from danvan.deadlines.rules import Rule, rule_for
from danvan.periods import ONE_DAY
from danvan.records import Office, Pause, Reception, Record

COUNTING_SOURCES = ("civil-147", "civil-148")
ACCEPTED, SUSPENDED = "accepted", "suspended"
DECISIONS = {
    ("complaint", "first"): "complaint-first",
    ("complaint", "second"): "complaint-second",
    ("denunciation", "first"): "denunciation-resolution",
    ("denunciation", "second"): "denunciation-resolution",
    ("petition", "first"): "petition",
    ("petition", "second"): "petition",
    ("feedback", "first"): "petition",
    ("feedback", "second"): "petition",
}
AFTER_ACCEPTANCE = frozenset(DECISIONS.values())  # rules whose days run from the acceptance, not from the reception
ACCEPTANCES = {"complaint": "complaint-acceptance", "denunciation": "denunciation-acceptance"}


class Deadline(NamedTuple):
    """By when something has to be done about a reception.

    Attributes:
        rule: the rule of the law.
        event: the day of what set the clock going: the reception, or its acceptance.
        days: the days of the rule and of recorded extensions.
        due: the last day on which it is still in time; None while the case is suspended.
        moved_from: the day off on which the count ended, where `due` is the working day after it.
        stopped: how many days the case was suspended before that.
        same_day: whether the day of the event is counted.
    """

    rule: Rule
    event: date
    days: int
    due: date | None
    moved_from: date | None
    stopped: int
    same_day: bool

    def left(self, today: date) -> int | None:
        """How many calendar days are left after `today`, negative if it is over; None while suspended."""
        return None if self.due is None else (self.due - today).days


def deadline(record: Record, office: Office) -> Deadline | None:
    """The deadline of an open reception; None for any other record, and where no rule is known."""
    if not isinstance(record, Reception) or record.void or not record.is_open:
        return None
    accepted = _accepted(record)
    rule = rule_for(step_of(record, accepted is not None), record.date, record.complexity, record.remote)
    if rule is None:
        return None
    return _counted(record, rule, accepted if accepted and rule.key in AFTER_ACCEPTANCE else record.date, office)


def step_of(record: Reception, is_accepted: bool) -> str:
    """What the law wants next: a decision once the case is accepted, its acceptance before that, else an answer."""
    if is_accepted and record.category:
        return DECISIONS[record.category, record.stage or "first"]
    if record.outcome is None:
        return ACCEPTANCES.get(record.category or "", "answer")
    return "answer"


@lru_cache(maxsize=4096)  # many receptions of a large register begin on the same day
def last_day(event: date, count: int, *, working: bool, closed: frozenset[date], same_day: bool = False) -> date:
    """The last of `count` days after `event`, all days or working days; from `event` itself with `same_day`."""
    day = event - ONE_DAY if same_day else event
    while count > 0:
        day += ONE_DAY
        count -= not (working and is_day_off(day, closed))
    return day


@lru_cache(maxsize=4096)
def next_working_day(day: date, closed: frozenset[date]) -> date:
    """`day`, or the first working day after it if it is a day off."""
    while is_day_off(day, closed):
        day += ONE_DAY
    return day


def _counted(record: Reception, rule: Rule, event: date, office: Office) -> Deadline:
    closed = frozenset(office.closed_days)
    same_day = office.count_from == "same-day"
    days = rule.days + _put_off(record, rule, event)
    stops = sorted(_stops(record))
    end, stopped = _end(event, days, stops, working=rule.sort == "working", closed=closed, same_day=same_day)
    if end is None:
        return Deadline(rule, event, days, None, None, stopped, same_day)
    due = next_working_day(end, closed)
    return Deadline(rule, event, days, due, end if due != end else None, stopped, same_day)


def _end(
    event: date,
    count: int,
    stops: list[tuple[date, date | None]],
    *,
    working: bool,
    closed: frozenset[date],
    same_day: bool,
) -> tuple[date | None, int]:
    """The last of the days, and how many were skipped because the case was suspended; no day while it still is."""
    if not stops:
        return last_day(event, count, working=working, closed=closed, same_day=same_day), 0
    day, stopped = event - ONE_DAY if same_day else event, 0
    while count > 0:
        day += ONE_DAY
        stop = next((last or date.max for first, last in stops if first <= day <= (last or date.max)), None)
        if stop == date.max:
            return None, stopped
        stopped += stop is not None
        count -= stop is None and not (working and is_day_off(day, closed))
    return day, stopped


def _accepted(record: Reception) -> date | None:
    if not record.stood_at(ACCEPTED):
        return None
    return min((day for status, day in record.reached() if status == ACCEPTED), default=record.date)


def _put_off(record: Reception, rule: Rule, event: date) -> int:
    """The days of the extensions granted since the event, beyond those that the rule has in it already."""
    extended = sum(extension.days for extension in record.extensions if extension.on >= event)
    return max(extended - rule.granted, 0)


def _stops(record: Reception) -> Iterator[tuple[date, date | None]]:
    """The first and last days on which the case was suspended: recorded as pauses, or by its steps."""
    for pause in record.pauses:
        yield _days_of(pause)
    for at, step in enumerate(record.steps):
        if step.status == SUSPENDED:
            later = record.steps[at + 1 :]
            yield step.on, later[0].on - ONE_DAY if later else None
    if record.outcome == SUSPENDED and not record.steps:
        yield record.date, None


def _days_of(pause: Pause) -> tuple[date, date | None]:
    return pause.first, pause.last
