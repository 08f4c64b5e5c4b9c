"""A figure, and what records add up to before it is one."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from danvan.percent import percent_of


class Figure(NamedTuple):
    """A sum: `value` is None where nothing is known; `at_least` where some records could not tell their part.

    Attributes:
        hidden: whether something is known and must not be printed (see `small_cells`).
    """

    value: int | None
    at_least: bool = False
    hidden: bool = False


def share_of_whole(part: Figure, whole: Figure) -> Decimal | None:
    """How many percent of a whole a part of it is, unrounded; None unless both are known in full."""
    if part.value is None or whole.value is None or part.at_least or whole.at_least:
        return None
    return percent_of(part.value, whole.value)


UNKNOWN = Figure(None)
HIDDEN = Figure(None, hidden=True)


class Tally(NamedTuple):
    """What records add up to.

    Attributes:
        value: the sum of what they know.
        known, counted, unsure: how many know a part, how many the measure speaks of at all, and how many of these do
            not know all of their part.
        families: whether there is a record of each family of the measure.
        present: whether there is a record on account of which "none of them" is known to be 0.
    """

    value: int = 0
    known: int = 0
    counted: int = 0
    unsure: int = 0
    families: tuple[bool, ...] = ()
    present: bool = False

    def plus(self, other: Tally) -> Tally:
        """What these records and others add up to."""
        return Tally(
            self.value + other.value,
            self.known + other.known,
            self.counted + other.counted,
            self.unsure + other.unsure,
            tuple(one or two for one, two in zip(self.families, other.families, strict=True)),
            self.present or other.present,
        )

    def within(self, whole: Tally, *, is_apart: bool = False) -> Figure:
        """The figure of these records among those of a whole: 0 where there are only others.

        A family of which nobody recorded anything is unknown of each as it is of all.

        Args:
            is_apart: whether these records are of one family.
        """
        families = () if is_apart else whole.families
        return self._replace(families=families, present=whole.present or whole.counted > 0).figure

    @property
    def figure(self) -> Figure:
        """The figure: unknown if no record knows, a lower bound if some do not or a family is missing."""
        is_known = self.known or (self.present and not self.counted)
        is_whole = not self.unsure and all(self.families)
        # "At least 0" would say no more than that nobody knows.
        return Figure(self.value, not is_whole) if is_known and (self.value or is_whole) else UNKNOWN
