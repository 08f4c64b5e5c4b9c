"""How wide columns are: pure arithmetic on the widths of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

GAP = 2


class Column(NamedTuple):
    """What one column asks for, in terminal cells: a number column has `least` equal to `full`."""

    least: int
    full: int


def fitted(columns: Sequence[Column], width: int) -> list[int]:
    """The widths of the leading columns that fit into `width`; those that do not fit are left out.

    Every column that is shown has at least its least width; what is left over goes to the columns that are
    still short of their full width, to each as much as to any other.
    """
    shown = _that_fit(columns, width)
    widths = [column.least for column in shown]
    spare = width - sum(widths) - GAP * (len(widths) - 1)
    short = sorted(range(len(shown)), key=lambda at: shown[at].full - shown[at].least)
    for left, at in zip(range(len(short), 0, -1), short, strict=True):
        more = min(spare // left, shown[at].full - shown[at].least)
        widths[at] += more
        spare -= more
    return widths


def _that_fit(columns: Sequence[Column], width: int) -> Sequence[Column]:
    used = -GAP
    for at, column in enumerate(columns):
        used += column.least + GAP
        if used > width:
            return columns[: max(at, 1)]
    return columns
