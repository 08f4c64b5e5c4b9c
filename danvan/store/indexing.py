"""How an index is made, and carried on over what was appended since.

The convention: lines are taken in their order. A version that replaces another takes back what that one added.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from danvan.records import Record, happenings, tag_of
from danvan.reports.daily import FINGERPRINT, Daily, is_plain
from danvan.reports.measures import RUNNING
from danvan.store.decoding import Decoded
from danvan.store.file import index, layout
from danvan.store.file.image import Image, Line
from danvan.store.file.index import Block, Index, Other

DAILY = "daily."
ALWAYS = (0, 9999)


class Unindexable(Exception):
    """The register was written by another program in a way that an index cannot follow."""


class Indexing:
    """An index in the making.

    Args:
        old: an index of the same register to carry on from.

    Attributes:
        daily, others: what the present records add up to by the day, and those that are not counted so, by offset.

    Raises:
        Unindexable: ids do not grow, or a later version is not marked as one.
        Damaged: a line is no record.
    """

    def __init__(self, image: Image, decoded: Decoded, old: Index | None = None) -> None:
        self._image = image
        self._decoded = decoded
        self._old = old
        self._blocks = list(old.blocks) if old else []
        self._open = self._blocks.pop() if self._blocks else Block(image.head.size, 1, ())
        self._years = set(self._open.years)
        self._next_id = old.contents.next_id if old else 1
        self._fresh: dict[int, int] = {}  # where the first versions begin that were met on the way
        self._later: dict[int, dict[int, list[int]]] = {}
        self._dead: dict[int, set[int]] = {}
        self.others = {one.offset: one for one in old.others} if old else {}
        self.daily = Daily(lambda name: old.section(DAILY + name) if old else None)
        start = image.tail_start(old.end) if old else image.head.size
        marked = {line.offset for line in image.lines((layout.MARK,), start)}
        for line in image.lines((), start):
            self._take(line, is_marked=line.offset in marked)

    def text(self) -> bytes:
        """The index of all that the image holds."""
        state = self._image.state
        contents = {"end": state.end, "crc": state.crc, "made": index.MADE, "counts": FINGERPRINT}
        return index.written(contents | {"uid": self._image.uid, "next_id": self._next_id}, self._sections())

    def _take(self, line: Line, *, is_marked: bool) -> None:
        if line.offset - self._open.offset >= index.BLOCK:
            self._blocks.append(self._closed())
            self._open, self._years = Block(line.offset, self._next_id, ()), set()
        record = self._decoded(line)
        if line.number >= self._next_id:
            self._next_id = line.number + 1
            self._fresh[line.number] = line.offset
        elif is_marked:
            self._replace(line)
        else:
            raise Unindexable
        first, last = _years(record)
        self._years.update(range(first, last + 1))
        if not record.void:
            self._count(line, record)

    def _count(self, line: Line, record: Record) -> None:
        if is_plain(record):
            self.daily.add(record)
        else:
            years = ALWAYS if record.stood_at(RUNNING) else _years(record)  # what ran once may run on in any year
            self.others[line.offset] = Other(tag_of(type(record)), years, line.number, line.offset)

    def _replace(self, line: Line) -> None:
        """Take back what the version before a line said."""
        at = self._home(line.number)
        later = self._later_of(at // index.SHARD)
        versions = later.get(line.number, [])
        offset = versions[-1] if versions else self._first_version(line.number, at)
        later[line.number] = [*versions, line.offset]  # a new list: the old one is the index's own
        self._dead_of(self._block_of(offset) // index.SHARD).add(offset)
        before = self._decoded(self._image.line_at(offset))
        if not self.others.pop(offset, None) and not before.void:
            self.daily.add(before, -1)

    def _first_version(self, number: int, at: int) -> int:
        offset = self._fresh.get(number)
        if offset is None:
            offsets = [block.offset for block in (*self._blocks[at : at + 2], self._open)]
            line = self._image.first_version(number, *offsets[:2])
            if line is None:
                raise Unindexable
            offset = line.offset
        return offset

    def _home(self, number: int) -> int:
        """Which block holds the first version of a record."""
        is_open = number >= self._open.first
        return len(self._blocks) if is_open else bisect_right(self._blocks, number, key=lambda one: one.first) - 1

    def _block_of(self, offset: int) -> int:
        is_open = offset >= self._open.offset
        return len(self._blocks) if is_open else bisect_right(self._blocks, offset, key=lambda one: one.offset) - 1

    def _closed(self) -> Block:
        return Block(self._open.offset, self._open.first, tuple(sorted(self._years)))

    def _later_of(self, shard: int) -> dict[int, list[int]]:
        if shard not in self._later:
            self._later[shard] = dict(self._old.later(shard * index.SHARD)) if self._old else {}
        return self._later[shard]

    def _dead_of(self, shard: int) -> set[int]:
        if shard not in self._dead:
            self._dead[shard] = set(self._old.dead(shard * index.SHARD)) if self._old else set()
        return self._dead[shard]

    def _sections(self) -> dict[str, bytes | memoryview]:
        encode = msgspec.json.encode
        fresh = {
            "blocks": encode([*self._blocks, self._closed()]),
            "others": encode(sorted(self.others.values(), key=lambda one: one.offset)),
            **{f"later.{shard}": encode(found) for shard, found in self._later.items()},
            **{f"dead.{shard}": encode(found) for shard, found in self._dead.items()},
            **{DAILY + name: text for name, text in self.daily.tables()},
        }
        old = {name: text for name in self._old.names() if (text := self._old.section(name))} if self._old else {}
        return old | fresh


def _years(record: Record) -> tuple[int, int]:
    """The first and the last year that a record has to do with."""
    years = [record.date.year, *(day.year for day in happenings(record))]
    return min(years), max(years)
