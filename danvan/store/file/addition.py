"""Lines on their way into a register, a piece at a time: there may be more of them than memory should hold.

The convention: pure bytes, no disk. Pieces follow each other without a gap; what the register is after them is known
when the last one has been taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zlib import crc32

from danvan.store.file import layout

PIECE = 1 << 20  # bytes; every piece but the last has at least so many


class Addition:
    """What is appended to a register.

    Args:
        state: the register's before.
        is_first: whether it holds no record yet.

    Attributes:
        state: what the register is after the pieces taken so far, save for its `next_id` and its stamp.
        count: how many lines these pieces hold.
    """

    def __init__(self, state: layout.State, lines: Iterable[bytes], *, is_first: bool) -> None:
        self.state = state
        self.count = 0
        self._lines = iter(lines)
        self._gap = b"\n" if is_first else b",\n"

    def pieces(self) -> Iterator[bytes]:
        """The text to append."""
        while lines := self._some():
            text = self._gap + b",\n".join(lines)
            _, end, crc, office, _ = self.state
            office = layout.newest_office(lines, end + len(self._gap)) or office
            self.state = self.state._replace(end=end + len(text), crc=crc32(text, crc), office=office)
            self.count += len(lines)
            self._gap = b",\n"
            yield text

    def _some(self) -> list[bytes]:
        """The next lines, together of the size of a piece."""
        lines, size = [], 0
        for line in self._lines:
            lines.append(line)
            size += len(line)
            if size >= PIECE:
                break
        return lines
