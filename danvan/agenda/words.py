"""Deadlines in words: how many days are left, what the rule asks for and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from danvan.deadlines import Deadline, Rule
from danvan.formatting.language import Language


def days_left(left: int | None, language: Language) -> str:
    """How many days are left: in words also what colour would say; None stands for suspended."""
    if left is None:
        return language.say("due.suspended")
    if left == 0:
        return language.say("due.today")
    key = "due.days_left" if left > 0 else "due.overdue"
    return language.say(key, days=abs(left))


def rule_words(rule: Rule, language: Language) -> str:
    """A rule in full: what, how many days, since or until when, and its source."""
    days = language.say(f"due.{rule.sort}_days", days=rule.days)
    limits = [language.say("due.received_until", day=rule.end)] if rule.end else []
    return language.say(
        "due.rule_words",
        what=language.say(f"rule.{rule.key}"),
        days="; ".join([days, *limits]),
        source=language.say(f"law.{rule.source}"),
    )


def deadline_facts(found: Deadline, left: int | None, language: Language) -> Iterator[tuple[str, str, Any]]:
    """A deadline for one record: (key, words, value) of its day, of its rule, and of how the days were counted."""
    due = f"{language.fact(found.due)} ({days_left(left, language)})" if found.due else days_left(left, language)
    yield "deadline", due, {"due": found.due, "left": left}
    rule = found.rule
    told = {"rule": rule.key, "days": rule.days, "count": rule.sort, "source": language.say(f"law.{rule.source}")}
    yield "rule", rule_words(rule, language), told
    counted = {"from": found.event, "days": found.days, "suspended_days": found.stopped, "day_off": found.moved_from}
    yield "counted", "; ".join(_counted(found, language)), counted


def _counted(found: Deadline, language: Language) -> Iterator[str]:
    days = language.say(f"due.{found.rule.sort}_days", days=found.days)
    from_when = "due.counted_from_same_day" if found.same_day else "due.counted_from"
    yield language.say(from_when, event=found.event, days=days)
    if found.days != found.rule.days:
        yield language.say("due.extended", days=found.days - found.rule.days)
    if found.stopped:
        yield language.say("due.stopped", days=found.stopped)
    if found.moved_from:
        yield language.say("due.moved_from", day=found.moved_from)
