"""Numbers, amounts, areas and days between two ends, as people ask for them.

10        exactly that (of days also a year or a part of one: 2023, 5/2023, "quý 2/2023"; see `formatting.parts`)
10..20    from one to the other, both included; either end may be left out
>=10  >10  <=20  <20  =10
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from danvan.errors import Invalid
from danvan.formatting.language import Language
from danvan.formatting.parsing import parse_day
from danvan.formatting.parts import period_named
from danvan.periods import ONE_DAY
from danvan.records import Record

Kind = type[Record]
SIGNS = (">=", "≥", "<=", "≤", ">", "<", "=")


class Span(NamedTuple):
    """Values from `low` up to, not including, `high`; None where it has no end."""

    low: Any = None
    high: Any = None

    def __contains__(self, found: Any) -> bool:
        return (self.low is None or found >= self.low) and (self.high is None or found < self.high)


def read_span(text: str, read: Callable[[str], Span]) -> Span:
    """The values that a text asks for.

    Args:
        read: the span of one value as typed.

    Raises:
        Invalid: `span_backwards` (`value`) if no value can lie in it, else what `read` raises.
    """
    typed = text.strip()
    sign = next((sign for sign in SIGNS if typed.startswith(sign)), "")
    first, dots, last = typed.partition("..")
    if sign:
        one = read(typed.removeprefix(sign).strip())
        span = _beside(one, sign)
    elif dots and (first.strip() or last.strip()):
        span = Span(
            read(first.strip()).low if first.strip() else None, read(last.strip()).high if last.strip() else None
        )
    else:
        span = read(typed)
    if span.low is not None and span.high is not None and span.low >= span.high:
        raise Invalid("span_backwards", value=text)
    return span


def _beside(one: Span, sign: str) -> Span:
    match sign:
        case ">=" | "≥":
            return Span(one.low)
        case "<=" | "≤":
            return Span(high=one.high)
        case ">":
            return Span(one.high)
        case "<":
            return Span(high=one.low)
    return one


def read_numbers(language: Language, kind: Kind, name: str, text: str, today: date) -> Span:
    """The numbers of a field that a text asks for; see `read_span`."""

    def read(one: str) -> Span:
        number = language.read(kind, name, one, today)
        return Span(number, number + 1)

    return read_span(text, read)


def read_days(text: str, today: date) -> Span:
    """The days that a text asks for; see `read_span`."""

    def read(one: str) -> Span:
        found = period_named(one)
        if found:
            return Span(found.begin, found.end)
        try:
            day = parse_day(one, today)
        except Invalid as fault:
            raise Invalid("day_or_part" if fault.key == "day" else fault.key, **fault.facts) from None
        return Span(day, day + ONE_DAY)

    return read_span(text, read)
