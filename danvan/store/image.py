"""A register as it is at one moment: what readers see.

The convention: an image is a source of bytes and the state that says how many of them count. Nothing before
`state.end` ever changes in place, so an image needs no lock and stays true while others append.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from danvan.store import disk, layout

BLOCK = 1 << 18  # small enough for the processor's cache; four times that reads at half the speed

MANY = 30  # from so many records on, one look at every line is faster than a search for each
DATE_QUOTE = 11  # where the closing quote of "2023-12-26" stands


class Line(NamedTuple):
    """One version of a record: its id, where its line begins, and its JSON text."""

    number: int
    offset: int
    text: bytes


class Image:
    """The records of one register between its head and `state.end`."""

    def __init__(self, source: disk.Source, head: layout.Head, state: layout.State) -> None:
        self.source = source
        self.head = head
        self.state = state

    def blocks(self) -> Iterator[tuple[int, bytes, int]]:
        """The records in pieces: its offset in the file, its bytes, and how many of these are whole lines."""
        offset, count = self.head.size, BLOCK
        while offset < self.state.end:
            block = disk.read_at(self.source, offset, min(count, self.state.end - offset))
            is_last = offset + len(block) == self.state.end
            stop = len(block) if is_last else block.rfind(b"\n")
            if stop > 0:
                yield offset, block, stop
                offset, count = offset + stop, BLOCK
            elif len(block) == count:
                count *= 2  # a line longer than the block
            else:
                break  # another program cut the file off while it was read

    def lines(self, needles: Collection[bytes] = ()) -> Iterator[Line]:
        """The lines that contain one of `needles` (all lines without any), in the order of the file."""
        for offset, block, stop in self.blocks():
            spans = _spans_with(block, stop, needles) if needles else _all_spans(block, stop)
            for begin, end in spans:
                colon = block.index(b'":', begin)
                text = block[colon + 2 : end].strip(b"\t,")
                yield Line(int(block[begin + 2 : colon]), offset + begin, text)

    def backwards(self) -> Iterator[Line]:
        """The lines, newest first; what comes after the last one asked for is not read."""
        stop, rest = self.state.end, b""
        while stop > self.head.size:
            start = max(self.head.size, stop - BLOCK)
            block = disk.read_at(self.source, start, stop - start) + rest
            end, begin = len(block), block.rfind(b"\n")
            while begin >= 0:
                yield _line(block, begin, end, start)
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
        return [line for line in self.lines((b'\n"%d":' % number,)) if line.number == number]

    def versions_of(self, numbers: Collection[int]) -> dict[int, list[Line]]:
        """All versions of some records, oldest first; a record without any is left out."""
        needles = [b'\n"%d":' % number for number in numbers] if len(numbers) < MANY else ()
        found: dict[int, list[Line]] = {}
        for line in self.lines(needles) if numbers else ():
            if line.number in numbers:
                found.setdefault(line.number, []).append(line)
        return found

    def present(self, needles: Collection[bytes] = ()) -> Iterator[Line]:
        """The present version of each record, in the order in which these were written.

        With `needles`, at least those whose line contains one of them.
        """
        marked = self.marked()
        for line in self.lines((layout.MARK, *needles) if needles else ()):
            if marked.get(line.number, line.offset) == line.offset:
                yield line

    def office(self) -> Line | None:
        """The newest version of the office's settings, found by its offset; None while there is none."""
        at = self.state.office
        if not at:
            return None
        text, count = b"", layout.TAIL
        while text.count(b"\n") < 2 and at - 1 + len(text) < self.state.end:
            text = disk.read_at(self.source, at - 1, min(count, self.state.end - at + 1))
            if len(text) < count:
                break
            count *= 8
        end = text.find(b"\n", 1)
        return _line(text, 0, end if end > 0 else len(text), at - 1)

    def text(self) -> bytes:
        """Everything before the closing part, as a whole JSON document."""
        return disk.read_at(self.source, 0, self.state.end) + b"\n}}"


def _line(block: bytes, begin: int, end: int, offset: int) -> Line:
    """The line from the line feed at `begin` to `end`, in a block that stands at `offset`."""
    colon = block.index(b'":', begin)
    return Line(int(block[begin + 2 : colon]), offset + begin, block[colon + 2 : end].strip(b"\t,"))


def _all_spans(block: bytes, stop: int) -> Iterator[tuple[int, int]]:
    """Where each line begins (at the line feed before it) and ends."""
    begin = 0
    while begin < stop:
        end = _end(block, begin, stop)
        yield begin, end
        begin = end


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
