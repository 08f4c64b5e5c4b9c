"""A register as it is at one moment: what readers see.

The convention: an image is a source of bytes and the state that says how many of them count. Nothing before
`state.end` ever changes in place, so an image needs no lock and stays true while others append. Where there is an
index that belongs to it, blocks in which nothing wanted can be are passed over; the answers are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from typing import NamedTuple
from zlib import crc32

from danvan.errors import Damaged
from danvan.store.file import disk, index, layout
from danvan.store.file.index import Index

BLOCK = 1 << 18  # small enough for the processor's cache; four times that reads at half the speed

READ = 1 << 20
LINE = re.compile(rb'\n"(\d+)":\t?(.*\}),?')
Kept = Collection[str]
Found = Callable[[], Index | None]
MANY = 30  # from so many records on, one look at every line is faster than a search for each
DATE_QUOTE = 11  # where the closing quote of "2023-12-26" stands


class Line(NamedTuple):
    """One version of a record: its id, where its line begins, and its JSON text."""

    number: int
    offset: int
    text: bytes


class Image:
    """The records of one register between its head and `state.end`.

    Args:
        found: what gives the index that stands beside the register, if there is one.
    """

    def __init__(
        self,
        source: disk.Source,
        head: layout.Head,
        state: layout.State,
        found: Callable[[], Index | None] | None = None,
    ) -> None:
        self.source = source
        self.head = head
        self.state = state
        self._found = found

    @property
    def uid(self) -> str:
        """What tells the register from others."""
        return str(self.head.row.get("uid", ""))

    @cached_property
    def index(self) -> Index | None:
        """The index that belongs to this register; None if there is none that can be believed."""
        found = self._found() if self._found else None
        if found is None or found.contents.uid != self.uid or not 0 <= self.state.end - found.end <= index.FARTHEST:
            return None
        since = disk.read_at(self.source, found.end, self.state.end - found.end)
        return found if crc32(since, found.contents.crc) == self.state.crc and self.is_untouched else None

    @cached_property
    def is_untouched(self) -> bool:
        """Whether no other program changed the register since danvan last wrote it.

        The time of its last change is the one that danvan gave it; or else every byte is still what it was.
        """
        return disk.modified(self.source) == self.state.stamp or self.checksum() == self.state.crc

    def checksum(self) -> int:
        """The CRC-32 of everything before the closing part, as it is now."""
        offset, found = 0, 0
        while offset < self.state.end:
            data = disk.read_at(self.source, offset, min(READ, self.state.end - offset))
            if not data:
                break
            offset, found = offset + len(data), crc32(data, found)
        return found

    def blocks(self, start: int, stop: int) -> Iterator[tuple[int, bytes, int]]:
        """Whole lines in pieces: its offset in the file, its bytes, and how many of these are whole lines."""
        offset, count = start, BLOCK
        while offset < stop:
            block = disk.read_at(self.source, offset, min(count, stop - offset))
            is_last = offset + len(block) == stop
            whole = len(block) if is_last else block.rfind(b"\n")
            if whole > 0:
                yield offset, block, whole
                offset, count = offset + whole, BLOCK
            elif len(block) == count:
                count *= 2  # a line longer than the block
            else:
                break  # another program cut the file off while it was read

    def lines(self, needles: Collection[bytes] = (), start: int = 0, stop: int = 0) -> Iterator[Line]:
        """The lines that contain one of `needles` (all lines without any), in the order of the file.

        Args:
            start, stop: offsets between which they are, each at a line feed; by default all records.
        """
        for offset, block, whole in self.blocks(start or self.head.size, stop or self.state.end):
            if needles:
                for begin, end in _spans_with(block, whole, needles):
                    yield self._line(block, begin, end, offset)
            else:
                end = 0
                for found in LINE.finditer(block, 0, whole):
                    if found.start() != end:  # a line was passed over, and with it a record
                        break
                    yield Line(int(found[1]), offset + end, found[2])
                    end = found.end()
                if end != whole:
                    raise self._broken(offset + end)

    def _line(self, block: bytes, begin: int, end: int, offset: int) -> Line:
        """The line from the line feed at `begin` to `end`, in a block that stands at `offset`.

        Raises:
            Damaged: it is the line of no record.
        """
        try:
            colon = block.index(b'":', begin)
            return Line(int(block[begin + 2 : colon]), offset + begin, block[colon + 2 : end].strip(b"\t,"))
        except ValueError:
            raise self._broken(offset + begin) from None

    def _broken(self, offset: int) -> Damaged:
        """That the line after the line feed at an offset is none."""
        before = disk.read_at(self.source, 0, offset).count(b"\n")
        return Damaged("broken_line", path=str(getattr(self.source, "name", "")), line=before + 2)

    def tail_start(self, end: int) -> int:
        """Where the first line begins that follows the line ending at `end`."""
        return end if end == self.head.size else end + len(b",")

    def line_at(self, offset: int) -> Line:
        """The line that begins at an offset."""
        count = layout.TAIL
        while True:
            text = disk.read_at(self.source, offset, min(count, self.state.end - offset))
            end = text.find(b"\n", 1)
            if end >= 0 or len(text) < count:
                return self._line(text, 0, end if end >= 0 else len(text), offset)
            count *= 8

    def first_version(self, number: int, start: int, stop: int = 0) -> Line | None:
        """The first version of a record, looked for between two offsets, by default to the end."""
        return next((line for line in self.lines((b'\n"%d":' % number,), start, stop) if line.number == number), None)

    def backwards(self) -> Iterator[Line]:
        """The lines, newest first; what comes after the last one asked for is not read."""
        stop, rest = self.state.end, b""
        while stop > self.head.size:
            start = max(self.head.size, stop - BLOCK)
            block = disk.read_at(self.source, start, stop - start) + rest
            end, begin = len(block), block.rfind(b"\n")
            while begin >= 0:
                yield self._line(block, begin, end, start)
                end, begin = begin, block.rfind(b"\n", 0, begin)
            stop, rest = start, block[:end]

    def newest(self, size: int) -> list[bytes]:
        """The lines of the last `size` bytes as they stand in the file, newest last; they are not looked into."""
        start = max(self.head.size, self.state.end - size)
        block = disk.read_at(self.source, start, self.state.end - start)
        return block.split(b"\n")[1:]  # what stands before the first line feed may be part of a line

    def marked(self) -> dict[int, int]:
        """Where the last marked version of a record begins, for every record that has one."""
        return {line.number: line.offset for line in self.lines((layout.MARK,))}

    def versions(self, number: int) -> list[Line]:
        """All versions of record `number`, oldest first."""
        return self.versions_of((number,)).get(number, [])

    def versions_of(self, numbers: Collection[int]) -> dict[int, list[Line]]:
        """All versions of some records, oldest first; a record without any is left out."""
        found: dict[int, list[Line]] = {}
        for line in self._lines_of(numbers) if numbers else ():
            if line.number in numbers:
                found.setdefault(line.number, []).append(line)
        return found

    def _lines_of(self, numbers: Collection[int]) -> Iterator[Line]:
        """At least the lines of some records, those of each in their order."""
        if len(numbers) >= MANY:
            return self.lines()
        known = self.index
        if known:
            return (line for number in numbers for line in self._indexed(known, number))
        return self.lines([b'\n"%d":' % number for number in numbers])

    def _indexed(self, known: Index, number: int) -> Iterator[Line]:
        """The versions of a record, by the index as far as it goes."""
        at = known.home(number)
        first = self.first_version(number, known.blocks[at].offset, known.stop(at)) if at >= 0 else None
        if first:
            yield first
            yield from (self.line_at(offset) for offset in known.later(at).get(number, ()))
        yield from self.lines((b'\n"%d":' % number,), self.tail_start(known.end))

    def present(self, needles: Collection[bytes] = (), years: range | None = None, kept: Kept = ()) -> Iterator[Line]:
        """The present version of each record, in the order in which these were written.

        Args:
            needles: at least those are wanted whose line contains one of them; without any, all.
            years: at least those are wanted that have to do with one of them; without any, all.
            kept: at least those are wanted that are of one of these kinds, none of which is counted in reports.
        """
        known = self.index
        if known:
            tail = list(self.lines((), self.tail_start(known.end)))
            last = {line.number: line.offset for line in tail}
            wanted = (layout.MARK, *needles) if needles else ()
            lines = self._kept(known, kept) if kept else self._alive(known, wanted, years)
            yield from (line for line in lines if line.number not in last)
            yield from (line for line in tail if last[line.number] == line.offset)
            return
        marked = self.marked()
        for line in self.lines((layout.MARK, *needles) if needles else ()):
            if marked.get(line.number, line.offset) == line.offset:
                yield line

    def _alive(self, known: Index, needles: Collection[bytes], years: range | None) -> Iterator[Line]:
        """The lines under an index that had no later version when it was made."""
        for at, block in enumerate(known.blocks):
            if years is None or any(year in years for year in block.years):
                dead = known.dead(at)
                lines = self.lines(needles, block.offset, known.stop(at))
                yield from (line for line in lines if line.offset not in dead)

    def _kept(self, known: Index, kinds: Kept) -> Iterator[Line]:
        return (self.line_at(one.offset) for one in known.others if one.kind in kinds)

    def office(self) -> Line | None:
        """The newest version of the office's settings, found by its offset; None while there is none."""
        return self.line_at(self.state.office - 1) if self.state.office else None

    def text(self) -> bytes:
        """Everything before the closing part, as a whole JSON document."""
        return disk.read_at(self.source, 0, self.state.end) + b"\n}}"


def _spans_with(block: bytes, stop: int, needles: Collection[bytes]) -> list[tuple[int, int]]:
    """Where the lines that contain one of `needles` begin and end."""
    found: set[tuple[int, int]] = set()
    for needle in needles:
        is_year = needle.endswith(b"-")
        at = block.find(needle, 0, stop)
        while at >= 0:
            end = at + 1
            if not is_year or block.startswith(b'"', at + DATE_QUOTE):  # a date, not the moment of a writing
                begin = block.rfind(b"\n", 0, end)
                end = _end(block, max(at, begin), stop)
                found.add((begin, end))
            at = block.find(needle, end, stop)
    return sorted(found)


def _end(block: bytes, begin: int, stop: int) -> int:
    end = block.find(b"\n", begin + 1, stop)
    return end if end >= 0 else stop
