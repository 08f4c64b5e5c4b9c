"""Deadlines in words: how many days are left, what the rule asks for and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from danvan.deadlines import AFTER_ACCEPTANCE, RULES, Deadline, Rule
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
    """A rule in full: what, within how many days of what, its source, and for which receptions if not for all."""
    days = language.say(f"due.{rule.sort}_days", days=rule.days)
    event = "acceptance" if rule.key in AFTER_ACCEPTANCE else "reception"
    limits = [language.say(key, day=day) for key, day in _limits(rule)]
    return language.say(
        "due.rule_words_limited" if limits else "due.rule_words",
        what=language.say(f"rule.{rule.key}"),
        days=language.say(f"due.from_{event}", days=days),
        source=language.say(f"law.{rule.source}"),
        **({"limit": limits[0]} if limits else {}),
    )


def _limits(rule: Rule) -> Iterator[tuple[str, date]]:
    """Until when a rule was in force, or since when it has been in the place of another."""
    if rule.end:
        yield "due.received_until", rule.end
    elif any(other.key == rule.key and other.end for other in RULES):
        yield "due.received_since", rule.begin


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
