"""What a column is called where its heading alone does not tell it from others: with its upper tier and its letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from danvan.exchange.cells import as_text
from danvan.exchange.headings import key_of, matches, meaning
from danvan.exchange.parts import Area, Cell, Table, is_blank, letters
from danvan.records import KINDS

OF_WHICH = re.compile(r"^\s*(?:trong đó|of which)\b[\s,:]*", re.IGNORECASE)  # before what a tier says
Row = tuple[int, Sequence[Cell]]


class Tiers:
    """The headings of a table.

    Args:
        row: that of the headings.
        top: the rows over it; one with a single text is a title and no tier.
        table: it says which cells are merged, and where its first column stands.
    """

    def __init__(self, headings: Sequence[str], row: int, top: Sequence[Row], table: Table) -> None:
        self._headings = headings
        self._row = row
        self._top = {number: cells for number, cells in top if sum(not is_blank(cell) for cell in cells) > 1}
        self._areas = [area for area in table.merged if area[0][0] < row]
        self._first = table.first
        self._paths = [self._path(at) for at in range(len(headings))]

    def over(self, at: int) -> Sequence[str]:
        """What stands over a heading, the highest tier first; a heading that is as high has nothing."""
        return self._paths[at]

    def full(self, at: int) -> str:
        """The name that no other column has: "Đoàn đông người / Số người (I)"."""
        return f"{self._tiered(at)} ({letters(self._first + at)})"

    def told(self, at: int) -> str:
        """The shortest name that no other column has."""
        if self._alike[key_of(self._headings[at])] == 1:
            return self._headings[at]
        return self.full(at) if self._alike_tiered[self._tiered(at)] > 1 else self._tiered(at)

    def _path(self, at: int) -> list[str]:
        found: list[str] = []
        row = self._area(self._row, at)[0] - 1
        while row in self._top:
            text, begin = self._over(row, at)
            if not text:
                break
            if f" {key_of(OF_WHICH.sub('', text))} " not in f" {key_of(self._headings[at])} ":
                found.insert(0, text)
            row = begin - 1
        return found

    def _area(self, row: int, at: int) -> tuple[int, int]:
        """The first row and place of the merged cells to which a cell belongs; its own if it is not merged."""
        column = self._first + at
        for (top, left), (bottom, right) in self._areas:
            if top < row <= bottom + 1 and left <= column <= right:
                return top + 1, left - self._first
        return row, at

    def _over(self, row: int, at: int) -> tuple[str, int]:
        """What stands in a row above a column, and its first row; where nothing is merged, it goes on to the right."""
        begin, place = self._area(row, at)
        text = self._text(begin, place)
        if text or (begin, place) != (row, at):
            return text, begin
        are_merged = any(top < row <= bottom + 1 and left < right for (top, left), (bottom, right) in self._areas)
        before = next((one for one in range(at, -1, -1) if self._text(row, one)), None)
        is_open = before is not None and not are_merged and self._area(row, before) == (row, before)
        return (self._text(row, before), row) if is_open and before is not None else ("", row)

    def _text(self, row: int, at: int) -> str:
        cells = self._top.get(row, ())
        return as_text(cells[at]).strip() if 0 <= at < len(cells) and not is_blank(cells[at]) else ""

    def meant(self, renamed: Mapping[str, str]) -> list[str]:
        """The headings by which columns are looked up: the full name, or a part of it, where its meaning was given."""
        if not renamed:
            return list(self._headings)
        own = set(map(key_of, self._headings))
        return [
            next((name for name in self._names(at) if key_of(name) in renamed and key_of(name) not in own), heading)
            for at, heading in enumerate(self._headings)
        ]

    def _tiered(self, at: int) -> str:
        return " / ".join((*self._paths[at], self._headings[at]))

    def _names(self, at: int) -> Sequence[str]:
        """What a column may be called; by its letter only where another one has or means the same.

        In another file an ordinary column may have that letter.
        """
        if not self._headings[at].strip():
            return ()
        heading, over = self._headings[at], self._paths[at]
        names = [self._tiered(at), " / ".join((*over[-1:], heading))]
        if over or self._is_double(at):
            names.append(self.full(at))
        return [f"{heading} ({letters(self._first + at)})", *names] if self._is_double(at) else names

    def _is_double(self, at: int) -> bool:
        mine, own = key_of(self._headings[at]), self._meanings[at]
        others = ((key_of(one), self._meanings[place]) for place, one in enumerate(self._headings) if place != at)
        return any(mine == key or not own.isdisjoint(meanings) for key, meanings in others)

    @cached_property
    def _alike(self) -> Counter[str]:
        return Counter(map(key_of, self._headings))

    @cached_property
    def _alike_tiered(self) -> Counter[str]:
        return Counter(map(self._tiered, range(len(self._headings))))

    @cached_property
    def _meanings(self) -> list[set[tuple[str, str]]]:
        """What each heading means in records of every kind."""
        found = [[(tag, meaning(kind, one, {})) for tag, kind in KINDS.items()] for one in self._headings]
        return [{(tag, name) for tag, name in pairs if name} for pairs in found]


def unmerged(top: Sequence[Row], table: Table, renamed: Mapping[str, str]) -> Iterator[Area]:
    """The cells of two tiers that would be merged if whoever made the file had merged them all, or a CSV could say so.

    They are known by the lower tier: words stand there below a heading and the blanks to its right, and nothing else.
    """
    for (number, upper), (following, lower) in pairwise(top):
        if following != number + 1 or not all(_is_of_tiers(area, number - 1) for area in table.merged):
            continue
        groups = _groups(upper, lower)
        if not groups or matches(upper, renamed) < 2:
            continue
        parted = {at for left, right in groups for at in range(left, right + 1)}
        for left, right in groups:
            yield (number - 1, table.first + left), (number - 1, table.first + right)
        for at, cell in enumerate(upper):
            if at not in parted and not is_blank(cell):
                yield (number - 1, table.first + at), (number, table.first + at)


def _is_of_tiers(area: Area, upper: int) -> bool:
    """Whether merged cells go with two tiers, the first in row `upper` (from 0), or have nothing to do with them."""
    (first, left), (last, right) = area
    if last < upper or first > upper + 1:
        return True
    return first == upper and (last == upper if left < right else last == upper + 1)


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
