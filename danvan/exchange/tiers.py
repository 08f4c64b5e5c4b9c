"""What a column is called where its heading alone does not tell it from others: with its upper tier and its letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from danvan.exchange.cells import as_text
from danvan.exchange.headings import key_of
from danvan.exchange.parts import Cell, is_blank, letters


class Tiers:
    """The headings of a table.

    Args:
        above: the row over them; a single text there is a title and no tier.
        first: the place of the first column in its sheet.
    """

    def __init__(self, headings: Sequence[str], above: Sequence[Cell], first: int) -> None:
        self._headings = headings
        self._above = above if sum(not is_blank(cell) for cell in above) > 1 else ()
        self._first = first

    def over(self, at: int) -> str:
        """What stands over a heading, which goes on until the next text; a heading that is as high has nothing."""
        said = [as_text(cell).strip() for cell in self._above[: at + 1] if not is_blank(cell)]
        return said[-1] if said and key_of(said[-1]) != key_of(self._headings[at]) else ""

    def full(self, at: int) -> str:
        """The name that no other column has: "Đoàn đông người / Số người (I)"."""
        return f"{self._tiered(at)} ({letters(self._first + at)})"

    def meant(self, renamed: Mapping[str, str]) -> list[str]:
        """The headings by which columns are looked up: the full name, or a part of it, where its meaning was given."""
        own = set(map(key_of, self._headings))
        return [
            next((name for name in self._names(at) if key_of(name) in renamed and key_of(name) not in own), heading)
            for at, heading in enumerate(self._headings)
        ]

    def _tiered(self, at: int) -> str:
        return " / ".join(filter(None, (self.over(at), self._headings[at])))

    def _names(self, at: int) -> Sequence[str]:
        if not self._headings[at].strip():
            return ()
        return self.full(at), f"{self._headings[at]} ({letters(self._first + at)})", self._tiered(at)
