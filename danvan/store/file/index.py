"""The index of a register: what lets a reader pass over most of a large file.

The convention: an index says nothing that the register does not, and is believed only where it can be shown to
belong to it. It stands in a file of its own beside the register, made by those who write there, and may be deleted
at any time. It covers the bytes of the register before `end` and keeps their checksum; carried on over what was
written since, that checksum must come out as the one the register closes with. So a register that was restored,
rewritten or swapped has no index until it gets a new one, and what was appended since is read from the register
itself. Whether the register is still as danvan left it is for the image to say.

A block is a stretch of whole lines, about `BLOCK` bytes long. `later` and `dead` are kept in shards of many blocks.
The file is the checksum of all that follows, a line with the contents, and the sections one behind the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import msgspec

from danvan import __version__

BLOCK = 1 << 18
SHARD = 64  # blocks
SUFFIX = ".index"
MADE = f"1 {__version__}"
CHECK = 9  # bytes of the checksum and its line feed
PEEK = 512
FARTHEST = 1 << 24  # bytes written since: more than that is not worth carrying a checksum on over
Value = TypeVar("Value")


class Block(msgspec.Struct, array_like=True, frozen=True):
    """A stretch of the register.

    Attributes:
        offset: where it begins, at a line feed.
        first: the lowest id that may have its first version here; ids only grow.
        years: the years that its records have to do with.
    """

    offset: int
    first: int
    years: tuple[int, ...]


class Other(msgspec.Struct, array_like=True, frozen=True):
    """A present record whose figures are not among those by the day.

    Attributes:
        kind: its tag.
        years: the first and the last year that it has to do with.
        number, offset: its id, and where its line begins.
    """

    kind: str
    years: tuple[int, int]
    number: int
    offset: int


class Contents(msgspec.Struct, frozen=True):
    """The first line.

    Attributes:
        end, crc: how much of the register is covered, and the CRC-32 of that.
        made: who made it: another danvan may write it otherwise.
        counts: what is counted by the day (see `daily.FINGERPRINT`).
        uid: the register's own.
        next_id: above every id covered.
        sections: where each section begins, from the end of this line on, and its length.
    """

    end: int
    crc: int
    made: str
    counts: str
    uid: str
    next_id: int
    sections: Mapping[str, tuple[int, int]]


_CONTENTS = msgspec.json.Decoder(Contents)


class Index:
    """An index that was read; `open_at` is the way to one."""

    def __init__(self, contents: Contents, text: memoryview) -> None:
        self.contents = contents
        self._text = text
        self._known: dict[str, Any] = {}

    @property
    def end(self) -> int:
        """How many bytes of the register are covered."""
        return self.contents.end

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, in the order of the register."""
        return self._decoded("blocks", tuple[Block, ...], ())

    @cached_property
    def others(self) -> tuple[Other, ...]:
        """The records whose figures are not among those by the day, in the order of the register."""
        return self._decoded("others", tuple[Other, ...], ())

    def stop(self, at: int) -> int:
        """Where a block ends."""
        return self.blocks[at + 1].offset if at + 1 < len(self.blocks) else self.end

    def home(self, number: int) -> int:
        """Which block holds the first version of a record, if any does."""
        return bisect_right(self.blocks, number, key=lambda block: block.first) - 1

    def later(self, at: int) -> dict[int, list[int]]:
        """Where the later versions begin of those records whose first one is in a block of the same shard."""
        return self._decoded(f"later.{at // SHARD}", dict[int, list[int]], {})

    def dead(self, at: int) -> frozenset[int]:
        """Where the lines begin that are in a block of the same shard and have a later version."""
        return self._decoded(f"dead.{at // SHARD}", frozenset[int], frozenset())

    def section(self, name: str) -> memoryview | None:
        """A section as it stands; None if there is none of the name."""
        place = self.contents.sections.get(name)
        return self._text[place[0] : place[0] + place[1]] if place else None

    def names(self) -> Iterator[str]:
        """The names of all sections."""
        return iter(self.contents.sections)

    def _decoded(self, name: str, kind: type[Value], nothing: Value) -> Value:
        if name not in self._known:
            text = self.section(name)
            self._known[name] = nothing if text is None else msgspec.json.decode(text, type=kind)
        found: Value = self._known[name]
        return found


def path_of(register: Path) -> Path:
    """Where the index of a register stands."""
    return register.with_name(register.name + SUFFIX)


def written(contents: Mapping[str, Any], sections: Mapping[str, bytes | memoryview]) -> bytes:
    """The text of an index; `contents` are those of `Contents` without the sections."""
    places, at = {}, 0
    for name, text in sections.items():
        places[name] = (at, len(text))
        at += len(text)
    top = msgspec.json.encode(Contents(**contents, sections=places))
    body = b"\n".join((top, b"".join(sections.values())))
    return b"%08x\n" % crc32(body) + body


def covered(path: Path, uid: str) -> int:
    """How much of the register `uid` its index claims to cover, without a look at the rest of it; 0 without one."""
    try:
        with path.open("rb") as file:
            start = file.read(PEEK)[CHECK:]
    except OSError:
        return 0
    number = start.removeprefix(b'{"end":').partition(b",")[0]
    return int(number) if number.isdigit() and b'"uid":"%s"' % uid.encode() in start else 0


def open_at(path: Path) -> Index | None:
    """The index at a path; None if there is none, or it is damaged or somebody else's."""
    try:
        text = path.read_bytes()
    except OSError:  # a register without an index is only slower
        return None
    whole = memoryview(text)
    if text[:CHECK] != b"%08x\n" % crc32(whole[CHECK:]):
        return None
    stop = text.find(b"\n", CHECK)
    try:
        contents = _CONTENTS.decode(whole[CHECK:stop])
    except msgspec.DecodeError:
        return None
    return Index(contents, whole[stop + 1 :]) if contents.made == MADE else None
