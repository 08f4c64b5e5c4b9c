"""Typed numbers, amounts, areas and days, read strictly: one reading or a refusal.

A lone separator followed by exactly three figures may group thousands or mark decimals. The unit decides: before
a Vietnamese word ("tỷ") a comma marks decimals, before an English one ("billion") a point does, and the other
separator is ambiguous. Without such a word amounts are whole, so it groups. Figures are 0–9 only; units are
read without regard to accents, case and Unicode form.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from danvan.errors import Invalid
from danvan.formatting.parts import period_named
from danvan.formatting.texts import plain
from danvan.periods import FIRST_YEAR, LAST_YEAR

FIGURES = frozenset("0123456789")
NARROW = "\u00a0\u202f"  # the no-break spaces that group thousands
GROUPING = "., "
SEPARATORS = GROUPING + NARROW
MINUS = ("-", "\u2212", "\u2013")
LARGEST = 10**18  # what every format danvan writes can hold as a whole number

TODAY = ("today", "hom nay")
YESTERDAY = ("yesterday", "hom qua")
# Words of a day that is written out: "ngày 1 tháng 5 năm 2025", "mùng 1 tháng 5".
BEFORE = re.compile(r"^(?:(?:ngay\s+)?m[uo]ng|ngay|thang|nam)\s+")
WHOLE_DAY = re.compile(r"\d+(?:\s+thang\s+|/)\d+,?\s+nam\s+\d+")  # "6 tháng 2025" is half a year, or nothing
BETWEEN = re.compile(r",?\s+(?:thang|nam)\s+")
# The point of "tr.đ" and "tr. đồng"; one at the end is a part of nothing.
SHORTENED = re.compile(r"\.\s*(?=\w)")
WITHIN = re.compile(r"(?<=[^\W\d])\.(?=[^\W\d])")


class Unit(NamedTuple):
    """A unit by its size in đồng or m², with the decimal mark that goes with its word; "" if none does."""

    size: int
    mark: str = ""


class Decimals(NamedTuple):
    """A number as typed: `digits` without the mark, of which the last `places` stand behind it."""

    digits: int
    places: int

    def times(self, size: int) -> int | None:
        """The number of wholes in that many units; None if there is a rest."""
        wholes, rest = divmod(self.digits * size, 10**self.places)
        return None if rest else wholes


# Keys are written as `plain` leaves them: small letters without accents, one space between words.
CURRENCY = ("dong", "d", "vnd", "₫")
SCALES = {
    "": Unit(1),
    "nghin": Unit(10**3, ","),
    "ngan": Unit(10**3, ","),
    "trieu": Unit(10**6, ","),
    "tr": Unit(10**6, ","),
    "trd": Unit(10**6, ","),
    "ty": Unit(10**9, ","),
    "ti": Unit(10**9, ","),
    "nghin ty": Unit(10**12, ","),
    "nghin ti": Unit(10**12, ","),
    "ngan ty": Unit(10**12, ","),
    "ngan ti": Unit(10**12, ","),
    "thousand": Unit(10**3, "."),
    "million": Unit(10**6, "."),
    "billion": Unit(10**9, "."),
    "bn": Unit(10**9, "."),
    "trillion": Unit(10**12, "."),
}
HECTARE = 10_000
AREAS = {
    "": Unit(1),
    "m2": Unit(1),
    "met vuong": Unit(1),
    "square metres": Unit(1),
    "square meters": Unit(1),
    "ha": Unit(HECTARE),  # written in both languages, so either separator may be the decimal mark
    "hecta": Unit(HECTARE, ","),
    "hec ta": Unit(HECTARE, ","),
    "hectare": Unit(HECTARE, "."),
    "hectares": Unit(HECTARE, "."),
}


def parse_count(text: str, words: Collection[str] = ()) -> int:
    """A whole number of 0 or more: 22858, 22.858, 22,858, 22 858; with "người" among the plain `words`, "12 người".

    Raises:
        Invalid: `count` if it is none, `negative` below 0 (both with `value`).
    """
    typed = text.strip()
    refuse_negative(typed, text)
    number, behind = split(typed) if words else (typed, [])
    found = None if behind and " ".join(behind) not in words else grouped(number)
    if found is None or found > LARGEST:
        raise Invalid("count", value=text)
    return found


def parse_money(text: str) -> int:
    """An amount in whole đồng: 81500000000, 81.500.000.000 đ, "81,5 tỷ", "1 tỷ 200 triệu", "81.5 billion", "2 tr.đ".

    Raises:
        Invalid: `money` if it is no amount of whole đồng, `negative` below 0 (both with `value`);
            `ambiguous_money` (`value`, and both readings in đồng as `first` and `second`).
    """
    found = _spoken(WITHIN.sub("", plain(text)).split())
    if found is not None:
        return found
    number, words = split(text)
    if words and words[-1] in CURRENCY:
        words = words[:-1]
    return amount(number, SCALES.get(" ".join(words)), text, "money")


def _spoken(words: list[str]) -> int | None:
    """An amount as it is spoken, whole numbers of ever smaller units: "1 tỷ 200 triệu đồng"; None for any other."""
    if words[-1:] and words[-1] in CURRENCY and len(words) % 2:
        words = words[:-1]
    numbers, units = words[::2], [SCALES.get(word) for word in words[1::2]]
    if len(units) < 2 or len(words) % 2 or not all(map(is_figures, numbers)):
        return None
    above, found = LARGEST, 0
    for number, unit in zip(numbers, units, strict=True):
        if unit is None or len(number) > 40 or not int(number) * unit.size < above:
            return None
        above, found = unit.size, found + int(number) * unit.size
    return found


def parse_area(text: str) -> int:
    """An area in whole square metres: 1080, "1.080 m2", "2,5 ha".

    Raises:
        Invalid: `area` if it is no area of whole m², `negative` below 0 (both with `value`);
            `ambiguous_area` (`value`, and both readings in m² as `first` and `second`).
    """
    number, words = split(text)
    return amount(number, AREAS.get(" ".join(words)), text, "area")


def parse_day(text: str, today: date) -> date:
    """A day: 2023-12-26, 26/12/2023, 26-12-2023, 26.12.2023, "ngày 26 tháng 12 năm 2023", today, hôm nay, yesterday.

    The day comes before the month, as Vietnamese write it: 03/04/2023 is the third of April.

    Raises:
        Invalid: `day` if it is none, `day_span` if it is several (with the `first` and the `last`), `no_such_day` if
            the calendar does not have it, `short_year` if the year has not four digits, `day_range` outside 1945–2100;
            each with `value`.
    """
    word = " ".join(plain(text).split())
    if word in TODAY:
        return today
    if word in YESTERDAY:
        return today - timedelta(days=1)
    try:
        year, month, day = day_figures(text)
    except Invalid:
        if several := period_named(text):
            raise Invalid("day_span", value=text, first=several.begin, last=several.last) from None
        raise
    try:
        found = date(year, month, day)
    except ValueError:
        raise Invalid("no_such_day", value=text) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid("day_range", value=text)
    return found


def spelled_out(text: str) -> str:
    """A day in figures alone: "ngày 1 tháng 5 năm 2025" is "1/5/2025"."""
    typed = text.strip()
    if typed[:1].isalpha() or WHOLE_DAY.fullmatch(plain(typed)):
        return BETWEEN.sub("/", BEFORE.sub("", plain(typed)))
    return typed


def day_figures(text: str) -> tuple[int, int, int]:
    """Year, month and day as typed, in either order; whether there is such a day is not asked."""
    typed = spelled_out(text)
    mark = next((c for c in typed if c in "-/."), "-")
    figures = typed.split(mark)
    if len(figures) != 3 or not all(is_figures(figure) for figure in figures):
        raise Invalid("day", value=text)
    if mark == "-" and len(figures[0]) == 4:
        figures.reverse()
    day, month, year = figures
    if len(day) > 2 or len(month) > 2 or len(year) > 4:
        raise Invalid("day", value=text)
    if len(year) < 4:
        raise Invalid("short_year", value=text)
    return int(year), int(month), int(day)


def amount(number: str, unit: Unit | None, text: str, key: str) -> int:
    """The whole đồng or m² of a typed number in a unit; `key` names what is asked for."""
    refuse_negative(number, text)
    found = None if unit is None else readings(number, unit)
    match [value for value in found or () if value is not None and value <= LARGEST]:
        case [value]:
            return value
        case [first, second]:
            raise Invalid(f"ambiguous_{key}", value=text, first=first, second=second)
    raise Invalid(key, value=text)


def readings(number: str, unit: Unit) -> list[int | None]:
    """What a number may stand for in a unit, thousands grouped before decimals; None if it is no whole."""
    whole, decimals = grouped(number), with_decimals(number)
    if whole is None:
        # Without a word of size three decimals are rather thousands that were grouped wrongly ("1.500,000").
        careless = unit.size == 1 and decimals is not None and decimals.places == 3
        return [decimals.times(unit.size) if decimals and not careless else None]
    if decimals is None or unit.size == 1:
        return [whole * unit.size]
    if unit.mark and unit.mark in number and not number.endswith("0"):  # nobody means 1,5 who writes 1,500
        return [decimals.times(unit.size)]
    return [whole * unit.size, decimals.times(unit.size)]


def grouped(number: str) -> int | None:
    """A whole number, its thousands grouped by one kind of separator or not at all; else None."""
    for space in NARROW:
        number = number.replace(space, " ")
    marks = {character for character in number if character not in FIGURES}
    if len(marks) > 1 or len(number) > 40:
        return None
    if not marks:
        return int(number) if number else None
    mark = marks.pop()
    head, *groups = number.split(mark)
    if mark not in GROUPING or not 1 <= len(head) <= 3 or head.startswith("0") or any(len(g) != 3 for g in groups):
        return None
    return int(head + "".join(groups))


def with_decimals(number: str) -> Decimals | None:
    """A number with decimals behind its last point or comma; else None."""
    mark = max(".,", key=number.rfind)
    whole, found, part = number.rpartition(mark)
    value = None if mark in whole else grouped(whole)
    if not found or value is None or not is_figures(part) or len(part) > 20:
        return None
    if whole.startswith("0") and whole != "0":
        return None
    return Decimals(value * 10 ** len(part) + int(part), len(part))


def split(text: str) -> tuple[str, list[str]]:
    """The number a text begins with and the words behind it, plain."""
    typed = text.strip()
    for position, character in enumerate(typed):
        if character not in FIGURES and character not in SEPARATORS and character not in MINUS:
            return typed[:position].strip(), SHORTENED.sub(" ", plain(typed[position:])).split()
    return typed, []


def refuse_negative(number: str, text: str) -> None:
    """Refuse a number behind a minus sign, whichever of the three signs was typed."""
    if number.startswith(MINUS) and is_figures(number[1:].lstrip()[:1]):
        raise Invalid("negative", value=text)


def is_figures(text: str) -> bool:
    """Whether the text consists of the figures 0–9, at least one."""
    return bool(text) and FIGURES.issuperset(text)
