"""Which cells of a table must not be printed, so that nobody can work out a small count from the others.

The convention: a count from 1 to `least - 1` is small. Nought is not: it tells of nobody. What is not known counts as
nought here, for it adds nothing to a sum. Only whole numbers come in, and only places go out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

from danvan.reports.possibilities import LARGEST, Fact, Possibilities

Count = int | None
Place = tuple[int, int]


def is_small(count: Count, least: int) -> bool:
    """Whether a count might point at somebody."""
    return count is not None and 0 < count < least


def together(lines: Sequence[Sequence[Count]], least: int) -> list[int]:
    """The lines to be taken together in one, so that no column of any line is small, this one included.

    Two at least, or none; where even the sum of all lines is small, all of them.

    Args:
        lines: the counts of each line, column by column.
    """
    taken = [at for at, line in enumerate(lines) if any(is_small(count, least) for count in line)]
    others = sorted(set(range(len(lines))) - set(taken), key=lambda at: sum(filter(None, lines[at])), reverse=True)
    while taken and others and _is_any_small([lines[at] for at in taken], least):
        taken.append(others.pop())
    return sorted(taken)


def _is_any_small(lines: Sequence[Sequence[Count]], least: int) -> bool:
    return any(is_small(sum(filter(None, column)), least) for column in zip(*lines, strict=True))


def covering(cells: Sequence[Sequence[Count]], least: int) -> set[Place] | None:
    """The cells to be hidden in a cross table whose rows stand beside their totals; None if hiding cells will not do.

    Each small cell is hidden with three others at the corners of a rectangle, the opposite one not nought: one turn
    more here and one less there gives the same sums of rows and columns, also where those of columns are known from
    elsewhere. So a hidden cell may be nought, if what is hidden in its row adds up to `least` or more. In a row without
    such a rectangle (a single one) none is, so that each has to leave room for another that is not small.
    """
    counts = [[count or 0 for count in row] for row in cells]
    small = [(at, column) for at, row in enumerate(counts) for column, one in enumerate(row) if is_small(one, least)]
    corners = _Corners(counts)
    for at, column in small:
        corners.hide(at, column)
    hidden = corners.hidden
    rows = defaultdict[int, set[int]](set)
    for at, column in hidden:
        rows[at].add(column)
    for at, columns in rows.items():
        more = _added(columns, counts[at], least, is_alone=at not in corners.rows)
        if more is None:
            return None
        hidden.update((at, column) for column in more)
    return hidden


class _Corners:
    """The rectangles that hide the small cells of a table, each as cheap as is seen at once."""

    def __init__(self, counts: Sequence[Sequence[int]]) -> None:
        self._counts = counts
        self.hidden: set[Place] = set()
        self.rows: set[int] = set()  # those that a rectangle lies in
        # The rows that cost least beside two columns, the second of which is not nought in them, as they were found.
        self._rows: dict[Place, list[int]] = {}

    def hide(self, at: int, column: int) -> None:
        """Hide a cell with the corners of a rectangle, the opposite one not nought, if there is one."""
        self.hidden.add((at, column))
        _, row, other = min(self._rectangles(at, column), default=(0, at, column))
        if row == at:
            return
        self.rows |= {at, row}
        self.hidden.update({(at, other), (row, column), (row, other)})
        for one, opposite in ((column, other), (other, column)):  # both rows will do for further cells
            known = [place for place in (at, row) if self._counts[place][opposite]]
            self._rows[one, opposite] = [*known, *self._rows.get((one, opposite), ())][:3]

    def _rectangles(self, at: int, column: int) -> Iterator[tuple[int, int, int]]:
        """What each loses, its other row and its other column."""
        for other in range(len(self._counts[at])):
            for row in self._beside(column, other) if other != column else ():
                if row != at:
                    yield self._cost(at, other) + self._cost(row, column) + self._cost(row, other), row, other

    def _beside(self, column: int, other: int) -> list[int]:
        if (column, other) not in self._rows:
            rows = (row for row, line in enumerate(self._counts) if line[other])
            costs = nsmallest(2, ((self._cost(row, column) + self._cost(row, other), row) for row in rows))
            self._rows[column, other] = [row for _, row in costs]
        return self._rows[column, other]

    def _cost(self, at: int, column: int) -> int:
        return 0 if (at, column) in self.hidden else self._counts[at][column]


def _added(hidden: Collection[int], counts: Sequence[int], least: int, *, is_alone: bool) -> list[int] | None:
    """Further cells of a row to hide, the smallest first, until two are hidden and leave room; None if none will do."""
    total, count, more = sum(counts[at] for at in hidden), len(hidden), list[int]()
    others = sorted((at for at in range(len(counts)) if counts[at] and at not in hidden), key=counts.__getitem__)
    while count < 2 or total - is_alone * (count - 1) < least:
        if not others:
            return None
        more.append(others.pop(0))
        total, count = total + counts[more[-1]], count + 1
    return more


class Counts:
    """Counts that hang together, some of which are printed where nothing is hidden.

    Args:
        counts: all that facts speak of, also what no report prints; what is not known as nought.
        facts: what anybody knows of them; of those that are not true of these counts nobody does.
        least: the smallest figure above 0 that may be printed of each count.
        printed: what is printed; what is rather to stay so comes first.
    """

    def __init__(
        self, counts: Mapping[str, int], facts: Iterable[Fact], least: Mapping[str, int], printed: Sequence[str]
    ) -> None:
        self._counts = counts
        self._facts = [fact for fact in facts if fact.holds(counts)]
        self._least = least
        self._printed = dict.fromkeys(printed)
        self._others: list[Mapping[str, int]] = []  # sets of counts that were found to be possible

    def hidden(self) -> set[str]:
        """The counts to be hidden: the small ones, and further ones until none can be proven to be small.

        It cannot while there is another set of counts that agrees with everything printed and with every fact, in
        which it is none that is small. People know that what is hidden is not nought, for noughts are printed.
        """
        small = self._small(self._counts, self._counts)
        primary = {name for name in small if name in self._printed}
        hidden, left = primary, small
        while left := self._exposed(left, hidden):
            if further := self._further(left[0], hidden):
                hidden = hidden | further
            else:
                small, left = [name for name in small if name != left[0]], left[1:]
        for name in self._printed:  # one may have become needless by another
            if name in hidden - primary and not self._exposed(small, hidden - {name}):
                hidden = hidden - {name}
        return hidden

    def _small(self, names: Iterable[str], counts: Mapping[str, int]) -> list[str]:
        """Those that might point at somebody, if the counts are these."""
        return [name for name in names if is_small(counts[name], self._least[name])]

    def _exposed(self, names: Iterable[str], hidden: Collection[str]) -> list[str]:
        """Those of small counts that might be proven to be small, from the first that is; none where all are open."""
        known, left = self._known(hidden), [*names]
        for other in self._others:
            if self._differs(other) <= {*hidden} and all(fact.holds(other) for fact in known):
                left = self._small(left, other)
        possible = self._possible(hidden, known)
        while left and (found := self._otherwise(left[0], possible)):
            left = self._small(left, found)
        return left

    def _known(self, hidden: Collection[str]) -> list[Fact]:
        """The facts that are known where some counts are hidden."""
        return [fact for fact in self._facts if not any(one in hidden for one in fact.told)]

    def _possible(self, hidden: Collection[str], facts: Iterable[Fact], *, is_reversed: bool = False) -> Possibilities:
        """What the counts might be where some are hidden."""
        shown = {name: (self._counts[name],) * 2 for name in self._printed if name not in hidden}
        names = reversed([*self._counts]) if is_reversed else self._counts
        ranges = {name: shown.get(name, (int(name in self._printed), LARGEST)) for name in names}
        return Possibilities(self._counts, facts, ranges)

    def _otherwise(self, name: str, possible: Possibilities) -> Mapping[str, int] | None:
        """A possible set of counts in which one that is small is not; None if none was found."""
        found = possible.one_with(name, (self._least[name], LARGEST)) or possible.one_with(name, (0, 0))
        self._others += [found] if found else []
        return found

    def _further(self, name: str, hidden: Collection[str]) -> set[str]:
        """What to hide besides, so that a small count need not be one; nothing if all is hidden that is not nought.

        What would be another in a set of counts in which it is not small, where all but noughts might be. If no such
        set is found, what tables are known by, or else all.
        """
        might, known = {one for one in self._printed if self._counts[one]}, self._known(hidden)
        for is_reversed in (False, True):  # either those that are rather to stay come first, or those that tell of them
            other = self._otherwise(name, self._possible(might, known, is_reversed=is_reversed))
            if other:
                return self._differs(other) - {*hidden}
        told = {one for fact in known for one in fact.told if one in might}
        return told - {*hidden} or might - {*hidden}

    def _differs(self, other: Mapping[str, int]) -> set[str]:
        """What is printed and would be another figure."""
        return {name for name in self._printed if other[name] != self._counts[name]}
