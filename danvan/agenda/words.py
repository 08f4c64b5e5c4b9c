"""Deadlines in words: how many days are left, what the rule asks for and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from danvan.deadlines import Deadline, Rule
from danvan.formatting.language import Language


def days_left(left: int | None, language: Language) -> str:
    """How many days are left: in words also what colour would say; None stands for suspended."""
    if left is None:
        return language.say("due.suspended")
    if left == 0:
        return language.say("due.today")
    key = "due.days_left" if left > 0 else "due.overdue"
    return language.say(f"{key}_one" if abs(left) == 1 else key, days=abs(left))


def rule_words(rule: Rule, language: Language) -> str:
    """A rule in full: what, how many days, since or until when, and its source."""
    days = language.say(f"due.{rule.count}_days", days=rule.days)
    limits = [language.say("due.received_until", day=rule.end)] if rule.end else []
    return language.say(
        "due.rule_words",
        what=language.say(f"rule.{rule.key}"),
        days="; ".join([days, *limits]),
        source=language.say(f"law.{rule.source}"),
    )


def deadline_lines(found: Deadline, left: int | None, language: Language) -> Iterator[tuple[str, str]]:
    """A deadline for one record: (label, text) of its day, its rule, and what moved it."""
    due = f"{language.fact(found.due)} ({days_left(left, language)})" if found.due else days_left(left, language)
    yield language.say("due.due"), due
    yield language.say("due.rule"), rule_words(found.rule, language)
    yield language.say("due.counted"), language.say("due.counted_from", event=found.event, days=found.days)
    if found.days != found.rule.days:
        yield language.say("due.extended"), language.say("due.more_days", days=found.days - found.rule.days)
    if found.stopped:
        yield language.say("due.stopped"), language.say("due.more_days", days=found.stopped)
    if found.moved_from:
        yield language.say("due.moved"), language.say("due.moved_from", day=found.moved_from)
