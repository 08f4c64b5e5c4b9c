"""Texts of records, small in memory: there may be half a million of them.

The convention: blocks of texts are compressed rather than written to a temporary file, which would leave citizens'
names on the disk.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator

BLOCK = 1 << 20
QUICK = 1  # of the levels of compression: a tenth of the size in no time


class Texts:
    """JSON texts in their order; read as often as one likes."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._block = bytearray()

    def add(self, text: bytes) -> None:
        """Keep one more; it has no line feed."""
        self._block += text
        self._block += b"\n"
        if len(self._block) >= BLOCK:
            self._blocks.append(zlib.compress(self._block, QUICK))
            self._block.clear()

    def __iter__(self) -> Iterator[bytes]:
        for block in self._blocks:
            yield from zlib.decompress(block).splitlines()
        yield from bytes(self._block).splitlines()

    def copy(self) -> Texts:
        """The same texts; what is added to one of the two is not in the other."""
        other = Texts()
        other._blocks, other._block = [*self._blocks], self._block[:]
        return other

    def some(self, places: Collection[int]) -> dict[int, bytes]:
        """Those at some places, at the cost of reading all."""
        return {place: text for place, text in enumerate(self) if place in places}
