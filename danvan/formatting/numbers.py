"""Numbers in figures: Vietnamese 13.660 and 5,7%, English 13,660 and 5.7%.

One rule of rounding holds everywhere: a half goes away from zero, decided on exact fractions, never floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

LanguageCode = Literal["vi", "en"]
Scale = Literal["auto", "dong", "million", "billion"]

THOUSAND = 10**3
MILLION = 10**6
BILLION = 10**9
UNITS: Mapping[Scale, int] = {"dong": 1, "million": MILLION, "billion": BILLION}
PLACES, MOST_PLACES = 3, 4  # decimals of an amount that is rounded, and of one that is not
DONG_WORDS = {"vi": "đồng", "en": "dong"}
MILLION_WORDS = {"vi": "triệu đồng", "en": "million dong"}
BILLION_WORDS = {"vi": "tỷ đồng", "en": "billion dong"}
SWAPPED = str.maketrans(",.", ".,")


class Rounded(NamedTuple):
    """A deliberately rounded number and where the true one lies: over it, under it or exactly on it."""

    direction: Literal["over", "under", "exact"]
    value: int


class Counted(str):
    """A count as it is written, which finds its own form of a word: `{n:record|records}` is "1 record", "2 records"."""

    __slots__ = ("is_one",)
    is_one: bool

    def __new__(cls, text: str, count: int) -> Counted:
        """`text` is how `count` is written."""
        made = super().__new__(cls, text)
        made.is_one = count == 1
        return made

    def __format__(self, spec: str) -> str:
        one, mark, many = spec.partition("|")
        return f"{self} {one if self.is_one else many}" if mark else format(str(self), spec)


def number(value: int, language: LanguageCode) -> str:
    """A whole number with its thousands grouped."""
    return marked(f"{value:,}", language)


def padded(value: int, language: LanguageCode, width: int = 2) -> str:
    """A whole number, small ones filled with zeros to `width` digits as in state documents ("05 đoàn")."""
    if abs(value) >= THOUSAND:
        return number(value, language)
    return "-" * (value < 0) + str(abs(value)).zfill(width)


def decimal(value: Decimal, language: LanguageCode, places: int, trim: bool = False) -> str:
    """A number rounded to `places` decimals; `trim` drops the zeros at its end."""
    return fraction(*value.as_integer_ratio(), language, places, trim)


def show_percent(value: Decimal, language: LanguageCode, places: int = 1) -> str:
    """A percentage (5.7 means 5.7%) with its sign if it is negative."""
    return decimal(value, language, places) + "%"


def money(value: int, language: LanguageCode, scale: Scale = "auto") -> str:
    """An amount of whole đồng in words of its size: "81,5 tỷ đồng", with the decimals of `written`.

    A whole number of billions that would read like a decimal one ("4.902 tỷ") shows it: "4.902,0 tỷ đồng".
    """
    one, places = written(value, scale)
    if one == 1:
        return f"{number(value, language)} {DONG_WORDS[language]}"
    text = fraction(value, one, language, places, trim=True)
    if text.count(marked(",", language)) == 1 and marked(".", language) not in text:
        text += marked(".0", language)
    return f"{text} {(BILLION_WORDS if one == BILLION else MILLION_WORDS)[language]}"


def written(value: int, scale: Scale = "auto") -> tuple[int, int]:
    """How many đồng are one of the unit in which an amount is written, and the decimals it may have.

    Three decimals, or four where these are all of it. What three would make a nought of is written in đồng.
    """
    one = UNITS[size(value) if scale == "auto" else scale]
    if value * 10**MOST_PLACES % one == 0:
        return one, MOST_PLACES
    return (one, PLACES) if half_up(abs(value) * 10**PLACES, one) else (1, 0)


def rounding(value: int, scale: Scale = "auto") -> int:
    """To how many đồng an amount is rounded where it is written; 1 if it stands there to the last đồng."""
    one, places = written(value, scale)
    return 1 if places == MOST_PLACES else one // 10**places


def exact_money(value: int, language: LanguageCode) -> str:
    """An amount of whole đồng to the last đồng: "81.500.000.000 đ"."""
    return f"{number(value, language)} đ"


def area(value: int, language: LanguageCode) -> str:
    """An area of whole square metres: "1.080 m²"."""
    return f"{number(value, language)} m²"


def rounded(value: int, step: int, toward: Literal["down", "up"] = "down") -> Rounded:
    """The nearest multiple of `step` not above `value` ("trên …"), or with `up` not below it ("gần …")."""
    excess = value % step
    if not excess:
        return Rounded("exact", value)
    if toward == "down":
        return Rounded("over", value - excess)
    return Rounded("under", value - excess + step)


def size(value: int) -> Literal["dong", "million", "billion"]:
    """The unit in which an amount is written; what rounds to 1000 million is a billion already."""
    if abs(value) < MILLION:
        return "dong"
    return "million" if half_up(abs(value), THOUSAND) < MILLION else "billion"


def fraction(top: int, bottom: int, language: LanguageCode, places: int, trim: bool = False) -> str:
    """The fraction `top`/`bottom` (above 0) rounded to `places` decimals."""
    units = half_up(top * 10**places, bottom)
    whole, part = divmod(abs(units), 10**places)
    digits = f"{part:0{places}}" if places else ""
    if trim:
        digits = digits.rstrip("0")
    return marked(f"{'-' * (units < 0)}{whole:,}{'.' * bool(digits)}{digits}", language)


def half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to a fraction with a positive denominator, halves away from zero."""
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -nearest if numerator < 0 else nearest


def marked(text: str, language: LanguageCode) -> str:
    """A number written the English way with the language's own separators."""
    return text.translate(SWAPPED) if language == "vi" else text
