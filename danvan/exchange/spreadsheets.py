"""What the workbooks that danvan makes share, and what is known again where one of them comes back.

The convention: whatever people typed is written as text; nothing becomes a formula or a link.
"""

from __future__ import annotations

import textwrap
from typing import Any

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SHEET_NAME = 31  # characters that the name of a sheet may have
A4 = 9
SIZE = 12  # points of a letter
LINE = 16  # points that a line takes in a cell
LISTS = "danvan"  # the hidden sheet of lists in a workbook to fill
SHOWN_FIGURE = 12  # every figure of the example in it


def fitting_name(text: str) -> str:
    """As many of the words as the name of a sheet may have."""
    return textwrap.shorten(text, SHEET_NAME, placeholder="") or text[:SHEET_NAME]


def lines(text: str, width: float, size: float = SIZE) -> int:
    """How many lines a text takes in a cell of a width, in characters of the usual size: no library tells.

    Rows get their heights from it, for not every program finds them itself.
    """
    room = max(int(width * SIZE / size) - 1, 1)
    return sum(len(textwrap.wrap(part, room)) or 1 for part in text.split("\n"))


class Looks:
    """The cell formats of a workbook, each made once on top of what all its cells share."""

    def __init__(self, book: Any, shared: dict[str, Any]) -> None:
        self._book = book
        self._shared = shared
        self._made: dict[Any, Any] = {}

    def __call__(self, **wanted: Any) -> Any:
        """The format that looks as wanted."""
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(self._shared | wanted)
        return self._made[key]
