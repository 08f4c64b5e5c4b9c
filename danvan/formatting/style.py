"""How figures are written in reports: an office's choices of scale, rounding and padding."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from danvan.formatting.numbers import (
    Scale,
    area,
    half_up,
    money,
    number,
    padded,
    rounded,
    rounding,
    show_percent,
    size,
    written,
)
from danvan.messages import LanguageCode

Telling = Literal["percent", "number", "both"]
# Deliberate rounding must not cost a figure more than one part in a hundred.
ROUNDS_FROM = 100


class Style(NamedTuple):
    """Choices for the figures of one report.

    Attributes:
        money: the scale of money.
        step: counts in sentences are rounded down to multiples of it ("trên 13.660"); 1 leaves them alone.
        pad: write counts below ten as "05".
        places: decimals of percentages.
        change: how sentences tell a change; None for what is usual with the measure.
    """

    money: Scale = "auto"
    step: int = 1
    pad: bool = False
    places: int = 1
    change: Telling | None = None

    def amount(self, value: int, unit: str, language: LanguageCode) -> str:
        """A figure in its unit: money and land with the unit's name, everything else as a bare number."""
        if unit == "dong":
            return money(value, language, self.money)
        if unit == "m2":
            return area(value, language)
        return padded(value, language) if self.pad else number(value, language)

    def least(self, value: int, unit: str, language: LanguageCode) -> str:
        """A lower bound in its unit: rounded down, for of more than that nobody knows."""
        down = value - value % self.rounding(value, unit)
        exactly = self if down else self.exactly(value)
        return exactly.amount(down or value, unit, language)

    def is_rounded(self, text: str, value: int, unit: str, language: LanguageCode) -> bool:
        """Whether an amount of đồng that is written as `text` is not all of it."""
        return unit == "dong" and (self.rounding(value, unit) > 1 or text != self.amount(value, unit, language))

    def rounding(self, value: int, unit: str) -> int:
        """To how many đồng a figure is rounded where it is written; 1 where it is not rounded."""
        return rounding(value, self.money) if unit == "dong" else 1

    def difference(self, now: int, before: int, unit: str, language: LanguageCode) -> str:
        """How much lies between two figures, rounded as they are; nothing if that cannot be told from them."""
        difference = abs(now - before)
        least = max(self.rounding(now, unit), self.rounding(before, unit))
        if least > 1:
            is_same = self.amount(now, unit, language) == self.amount(before, unit, language)
            difference = 0 if is_same else half_up(difference, least) * least
        return self.amount(difference, unit, language) if difference else ""

    def exactly(self, *amounts: int) -> Style:
        """The same style, but in whole đồng where it would round one of the amounts."""
        return self if all(rounding(one, self.money) == 1 for one in amounts) else self._replace(money="dong")

    def ratio(self, part: int, whole: int, unit: str, language: LanguageCode) -> str:
        """Two figures on one scale: "38,5/81,5 tỷ đồng"."""
        if unit != "dong":
            first = number(part, language) if unit == "m2" else self.amount(part, unit, language)
            return f"{first}/{self.amount(whole, unit, language)}"
        scale = self.money if self.money != "auto" else size(max(part, whole))
        units = {written(one, scale)[0] for one in (part, whole)}
        is_coarser = any(rounding(one, scale) > rounding(one, self.money) for one in (part, whole))
        if len(units) > 1 or is_coarser:  # the smaller would lose on the scale of the larger
            return f"{money(part, language, self.money)}/{money(whole, language, self.money)}"
        return f"{money(part, language, scale).partition(' ')[0]}/{money(whole, language, scale)}"

    def loose(self, value: int, unit: str, language: LanguageCode) -> tuple[str, str]:
        """A figure rounded as sentences round it: "over" or "exact", and the figure."""
        if self.step > 1 and unit not in ("dong", "m2") and value >= ROUNDS_FROM * self.step:
            direction, whole = rounded(value, self.step)
            return direction, number(whole, language)
        return "exact", self.amount(value, unit, language)

    def percent(self, value: Decimal, language: LanguageCode) -> str:
        """A percentage."""
        return show_percent(value, language, self.places)


EXACT = Style(money="dong")  # for figures that must add up
