"""One way of drawing a table: columns of text and numbers that fit a width, numbers whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from danvan.render.layout import GAP, Column, fitted

LEAST_TEXT = 12


class Cells(NamedTuple):
    """A column: its head, its cells from top to bottom, and its total (blank if it has none)."""

    head: str
    cells: tuple[Text, ...]
    is_number: bool = False
    total: str = ""

    def size(self) -> Column:
        """The width the column needs at the least and would like."""
        widest = max((cell.cell_len for cell in self.cells), default=0)
        head = max(map(cell_len, self.head.split()), default=0)
        if self.is_number:
            whole = max(widest, cell_len(self.total), head)
            return Column(whole, max(whole, cell_len(self.head)))
        full = max(widest, cell_len(self.total), cell_len(self.head))
        return Column(min(full, max(LEAST_TEXT, head)), full)


def widths_of(columns: Sequence[Cells], width: int) -> list[int]:
    """The widths of the leading columns that find room."""
    return fitted([column.size() for column in columns], width)


def drawn(columns: Sequence[Cells], widths: Sequence[int], *, cut: bool = True) -> Table:
    """The table of as many columns as there are widths; text that is too long is cut, or else wrapped."""
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, collapse_padding=True, show_footer=False)
    shown = columns[: len(widths)]
    for column, width in zip(shown, widths, strict=True):
        table.add_column(
            Text(column.head, "bold"),
            width=width,
            justify="right" if column.is_number else "left",
            no_wrap=cut and not column.is_number,
            overflow="ellipsis" if cut else "fold",
            vertical="bottom",
        )
    for row in zip(*(column.cells for column in shown), strict=True):
        table.add_row(*row)
    if any(column.total for column in shown):
        table.add_row(*(Text("─" * width, "dim") for width in widths))
        table.add_row(*(Text(column.total, "bold") for column in shown))
    return table
