"""One way of drawing a table: columns of text and numbers that fit a width, numbers whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells
from rich.text import Text

from danvan.render.layout import Column, fitted
from danvan.render.lines import Lines, Styled, joined

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


def height(columns: Sequence[Cells], widths: Sequence[int]) -> int:
    """How many lines the cells of columns take side by side."""
    rows = zip(*(column.cells for column in columns), strict=True)
    return sum(max(len(_broken(cell, width)) for cell, width in zip(row, widths, strict=True)) for row in rows)


def drawn(columns: Sequence[Cells], widths: Sequence[int], *, is_list: bool = False) -> Lines:
    """The table of as many columns as there are widths; text that is too long is wrapped.

    Args:
        is_list: whether the lines are things with several texts each, and not figures beside what they are about.

    Rich's own table measures and lays out every cell several times, which takes it a second for a thousand rows.
    """
    shown = list(zip(columns, widths, strict=False))
    return Lines(
        line for at, row in enumerate(_rows(shown)) for line in _lines(row, shown, is_above=is_list and at > 0)
    )


def _rows(shown: Sequence[tuple[Cells, int]]) -> Iterator[Sequence[Text]]:
    yield [Text(column.head, "bold") for column, _ in shown]
    yield from zip(*(column.cells for column, _ in shown), strict=True)
    if any(column.total for column, _ in shown):
        yield [Text("─" * width, "dim") for _, width in shown]
        yield [Text(column.total, "bold") for column, _ in shown]


def _lines(row: Sequence[Text], shown: Sequence[tuple[Cells, int]], *, is_above: bool) -> Iterator[list[Styled]]:
    """A row: one line, or where cells break several.

    A number stands beside the last line of what it is about, a head above its column; texts begin side by side, and
    with `is_above` all cells do.
    """
    broken = [_broken(cell, width) for cell, (_, width) in zip(row, shown, strict=True)]
    height = max(map(len, broken))
    is_above = is_above or not any(column.is_number for column, _ in shown)
    for at in range(height):
        first = [0 if is_above else height - len(lines) for lines in broken]
        texts = [
            lines[at - start] if 0 <= at - start < len(lines) else ""
            for lines, start in zip(broken, first, strict=True)
        ]
        yield joined(
            (_padded(text, width, to_right=column.is_number), str(cell.style))
            for text, cell, (column, width) in zip(texts, row, shown, strict=True)
        )


def _broken(cell: Text, width: int) -> list[str]:
    """A cell in pieces that are no wider than `width`."""
    text = cell.plain
    if cell_len(text) <= width:
        return [text]
    margin = text[: len(text) - len(text.lstrip())]  # a part of what stands above stays set in
    return [margin + line for line in _wrapped(text.strip(), max(width - len(margin), 1))]


def _wrapped(text: str, width: int) -> list[str]:
    """Text broken between words, and within a word that is too long; Rich's own wrapping is too slow for thousands."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}".lstrip()
        if cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines[len(lines) - (not lines[-1]) :] = filter(None, chop_cells(word, width))
    return lines


def _padded(text: str, width: int, *, to_right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if to_right else text + space
