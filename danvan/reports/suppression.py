"""Which cells of a table must not be printed, so that nobody can work out a small count from the others.

The convention: a count from 1 to `least - 1` is small. Nought is not: it tells of nobody. What is not known counts as
nought here, for it adds nothing to a sum. Only whole numbers come in, and only places go out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

Count = int | None
Place = tuple[int, int]


class Balance(NamedTuple):
    """Counts that people know to add up: the sum of `wholes` is that of `parts` and of a rest that is not printed."""

    wholes: tuple[str, ...]
    parts: tuple[str, ...]


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


def covering(cells: Sequence[Sequence[Count]], least: int) -> set[Place]:
    """The cells to be hidden in a cross table whose rows stand beside their totals.

    Each small cell is hidden with three others at the corners of a rectangle, the opposite one not nought: one turn
    more here and one less there gives the same sums of rows and columns, also where those of columns are known from
    elsewhere. What is hidden in a row adds up to `least` or more. In a table without such a rectangle (a single row)
    only the sums of rows are safe.
    """
    counts = [[count or 0 for count in row] for row in cells]
    hidden: set[Place] = set()
    for at, row in enumerate(counts):
        for column, count in enumerate(row):
            if is_small(count, least):
                hidden.add((at, column))
                hidden.update(min(_rectangles(counts, at, column, hidden), default=(0, ()))[1])
    for at, row in enumerate(counts):
        hidden |= {(at, column) for column in _added({c for r, c in hidden if r == at}, row, least)}
    return hidden


def _rectangles(
    counts: Sequence[Sequence[int]], at: int, column: int, hidden: Collection[Place]
) -> Iterator[tuple[int, tuple[Place, ...]]]:
    """The other corners of each rectangle whose corner opposite to a cell is not nought, and what hiding them loses."""
    for row, line in enumerate(counts):
        for other, count in enumerate(line):
            if row != at and other != column and count:
                corners = (at, other), (row, column), (row, other)
                yield sum(counts[r][c] for r, c in corners if (r, c) not in hidden), corners


def _added(hidden: Collection[int], counts: Sequence[int], least: int) -> Iterator[int]:
    """Further cells of a row to hide, the smallest first, until what is hidden is two cells and no small sum."""
    total, count = sum(counts[at] for at in hidden), len(hidden)
    others = sorted((at for at in range(len(counts)) if counts[at] and at not in hidden), key=counts.__getitem__)
    for at in others if hidden else ():
        if count >= 2 and total >= least:
            return
        total, count = total + counts[at], count + 1
        yield at


def hidden_in(
    counts: Mapping[str, Count],
    balances: Sequence[Balance],
    least: Mapping[str, int],
    telling: Mapping[str, Collection[str]],
) -> set[str]:
    """The counts to be hidden where some balance: the small ones, and what they could be worked out from.

    Args:
        least: the smallest figure above 0 that may be printed of each count.
        telling: what tells how large a count is, and is hidden with it.
    """
    found = {name for name, count in counts.items() if is_small(count, least[name])}
    while more := _telling(telling, found) or _exposed(counts, balances, least, found):
        found |= more
    return found


def _telling(telling: Mapping[str, Collection[str]], hidden: Collection[str]) -> set[str]:
    return {teller for name, tellers in telling.items() if name in hidden for teller in tellers} - {*hidden}


def _exposed(
    counts: Mapping[str, Count], balances: Sequence[Balance], least: Mapping[str, int], hidden: Collection[str]
) -> set[str]:
    found = (_exposing(counts, balance, least, hidden) for balance in balances)
    return {*[one for one in found if one][:1]}


def _exposing(
    counts: Mapping[str, Count], balance: Balance, least: Mapping[str, int], hidden: Collection[str]
) -> str | None:
    """A count that, with the others of a balance, gives away a hidden one or a small rest; None if none does.

    What is left of wholes is small where they would be.
    """
    wholes, parts = ([name for name in names if counts.get(name) is not None] for names in balance)
    if not wholes:
        return None
    rest = sum(counts[name] or 0 for name in wholes) - sum(counts[name] or 0 for name in parts)
    unseen = [name for name in (*wholes, *parts) if name in hidden]
    is_alone = len(unseen) == 1 and rest <= 0
    difference = max(rest, 0) + sum(counts[name] or 0 for name in unseen)
    if not is_alone and not (set(unseen).isdisjoint(wholes) and is_small(difference, least[wholes[0]])):
        return None
    seen = [name for name in (*parts, *wholes) if name not in hidden and counts[name]]
    return min(seen, key=lambda name: (name in wholes, counts[name]), default=None)
