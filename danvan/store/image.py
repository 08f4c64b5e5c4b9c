"""A register as it is at one moment: what readers see.

The convention: an image is a source of bytes and the state that says how many of them count. Nothing before
`state.end` ever changes in place, so an image needs no lock and stays true while others append.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from danvan.store import disk, layout

BLOCK = 1 << 18  # small enough for the processor's cache; four times that reads at half the speed

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

    def blocks(self) -> Iterator[tuple[int, bytes]]:
        """The records in pieces of whole lines, each with its offset in the file."""
        offset, rest = self.head.size, b""
        while offset + len(rest) < self.state.end:
            begin = offset + len(rest)
            piece = disk.read_at(self.source, begin, min(BLOCK, self.state.end - begin))
            if not piece:
                break  # another program cut the file off while it was read
            rest += piece
            cut = len(rest) if offset + len(rest) == self.state.end else rest.rfind(b"\n")
            if cut > 0:
                yield offset, rest[:cut]
                offset, rest = offset + cut, rest[cut:]

    def lines(self, needles: Collection[bytes] = ()) -> Iterator[Line]:
        """The lines that contain one of `needles` (all lines without any), in the order of the file."""
        for offset, block in self.blocks():
            spans = _spans_with(block, needles) if needles else _all_spans(block)
            for start, stop in spans:
                yield _line(block[start:stop], offset + start)

    def marked(self) -> dict[int, int]:
        """Where the last marked version of a record begins, for every record that has one."""
        return {line.number: line.offset for line in self.lines((layout.MARK,))}

    def versions(self, number: int) -> list[Line]:
        """All versions of record `number`, oldest first."""
        return [line for line in self.lines((b'\n"%d":' % number,)) if line.number == number]

    def present(self, needles: Collection[bytes] = ()) -> Iterator[Line]:
        """The present version of each record, in the order in which these were written.

        With `needles`, at least those whose line contains one of them.
        """
        marked = self.marked()
        for line in self.lines((layout.MARK, *needles) if needles else ()):
            if marked.get(line.number, line.offset) == line.offset:
                yield line

    def text(self) -> bytes:
        """Everything before the closing part, as a whole JSON document."""
        return disk.read_at(self.source, 0, self.state.end) + b"\n}}"


def _all_spans(block: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(block):
        stop = block.find(b"\n", start + 1)
        stop = stop if stop >= 0 else len(block)
        if stop - start > 1:
            yield start, stop
        start = stop


def _spans_with(block: bytes, needles: Collection[bytes]) -> list[tuple[int, int]]:
    """Where lines that contain one of `needles` begin (at the line feed before them) and stop."""
    found: dict[int, int] = {}
    for needle in needles:
        at = block.find(needle)
        while at >= 0:
            if not _is_hit(block, at, needle):
                at = block.find(needle, at + 1)
                continue
            start = block.rfind(b"\n", 0, at + 1)
            stop = block.find(b"\n", max(at, start) + 1)
            stop = stop if stop >= 0 else len(block)
            found[start] = stop
            at = block.find(needle, stop)
    return sorted(found.items())


def _is_hit(block: bytes, at: int, needle: bytes) -> bool:
    """Whether the needle found is what was meant: a year must begin a date, not the moment of a writing."""
    return not needle.endswith(b"-") or block[at + DATE_QUOTE : at + DATE_QUOTE + 1] == b'"'


def _line(text: bytes, offset: int) -> Line:
    colon = text.index(b'":')
    return Line(int(text[2:colon]), offset, text[colon + 2 :].strip(b"\t,"))
