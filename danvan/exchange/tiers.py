"""What a column is called where its heading alone does not tell it from others: with its upper tier and its letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from danvan.exchange.cells import as_text
from danvan.exchange.headings import key_of, matches, meaning
from danvan.exchange.parts import Area, Cell, Table, is_blank, letters
from danvan.records import KINDS

Row = tuple[int, Sequence[Cell]]


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
        """What a column may be called; by its letter only where another one has or means the same.

        In another file an ordinary column may have that letter.
        """
        if not self._headings[at].strip():
            return ()
        lettered = [self.full(at), f"{self._headings[at]} ({letters(self._first + at)})"] if self._is_double(at) else []
        return [*lettered, self._tiered(at)]

    def _is_double(self, at: int) -> bool:
        mine, own = key_of(self._headings[at]), self._meanings[at]
        others = ((key_of(one), self._meanings[place]) for place, one in enumerate(self._headings) if place != at)
        return any(mine == key or not own.isdisjoint(meanings) for key, meanings in others)

    @cached_property
    def _meanings(self) -> list[set[tuple[str, str]]]:
        """What each heading means in records of every kind."""
        found = [[(tag, meaning(kind, one, {})) for tag, kind in KINDS.items()] for one in self._headings]
        return [{(tag, name) for tag, name in pairs if name} for pairs in found]


def unmerged(top: Sequence[Row], table: Table, renamed: Mapping[str, str]) -> Iterator[Area]:
    """The cells of two tiers that would be merged if the file could say so, as a CSV cannot.

    They are known by the lower tier: words stand there below a heading and the blanks to its right, and nothing else.
    """
    for (number, upper), (following, lower) in pairwise(top):
        is_merged = any(first <= number and last >= number - 1 for (first, _), (last, _) in table.merged)
        groups = [] if is_merged or following != number + 1 else _groups(upper, lower)
        if not groups or matches(upper, renamed) < 2:
            continue
        parted = {at for left, right in groups for at in range(left, right + 1)}
        for left, right in groups:
            yield (number - 1, table.first + left), (number - 1, table.first + right)
        for at, cell in enumerate(upper):
            if at not in parted and not is_blank(cell):
                yield (number - 1, table.first + at), (number, table.first + at)


def _groups(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[tuple[int, int]]:
    """The first and the last place of each part of a lower tier; nothing if the row is none."""
    found: list[tuple[int, int]] = []
    for at, cell in enumerate(lower):
        if is_blank(cell):
            continue
        if not (isinstance(cell, str) and any(map(str.isalpha, cell)) and not cell.strip()[0].isdigit()):
            return []
        if at < len(upper) and not is_blank(upper[at]):
            found.append((at, at))
        elif found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            return []
    return found if all(left < right for left, right in found) else []
