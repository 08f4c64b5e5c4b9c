"""How figures are written in reports: an office's choices of scale, rounding and padding."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from danvan.formatting.numbers import Scale, area, money, number, padded, rounded, show_percent, size
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

    def ratio(self, part: int, whole: int, unit: str, language: LanguageCode) -> str:
        """Two figures on one scale: "38,5/81,5 tỷ đồng"."""
        if unit != "dong":
            first = number(part, language) if unit == "m2" else self.amount(part, unit, language)
            return f"{first}/{self.amount(whole, unit, language)}"
        scale = self.money if self.money != "auto" else size(max(part, whole))
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
