"""Open receptions with their deadlines: plain data, in the order in which it presses."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from danvan.deadlines import Deadline, Rule
from danvan.records import Reception

SOON = 3  # days


class Task(NamedTuple):
    """An open reception; `left` is how many calendar days are left, None while it is suspended."""

    id: int
    record: Reception
    deadline: Deadline
    left: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether its last day is over."""
        return self.left is not None and self.left < 0

    @property
    def is_soon(self) -> bool:
        """Whether it is due within the next days, or today."""
        return self.left is not None and 0 <= self.left <= SOON

    def is_within(self, days: int | None) -> bool:
        """Whether it is due in at most that many days, or overdue; without a number always."""
        return days is None or (self.left is not None and self.left <= days)

    def urgency(self) -> tuple[date, int]:
        """What tasks are ordered by: what is suspended comes last."""
        return self.deadline.due or date.max, self.id


class Agenda(NamedTuple):
    """The tasks that are shown, and of how many: all that were asked for, and those of them that are overdue."""

    today: date
    tasks: tuple[Task, ...]
    total: int
    overdue: int

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that the tasks shown follow, each once, in the order of their first use."""
        return tuple(dict.fromkeys(task.deadline.rule for task in self.tasks))
