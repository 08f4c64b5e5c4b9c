"""Records that wait to be written until the last row of the last file has been read, small in memory.

The convention: a draft is the JSON text of a record, named by its `uid`. There may be half a million of them, so only
texts are kept, and blocks of them compressed: a temporary file would leave citizens' names on the disk.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_

import msgspec

from danvan.cautions import on_its_own
from danvan.errors import Problem
from danvan.naming import SIZE
from danvan.records import KINDS, Record

BLOCK = 1 << 20
QUICK = 1  # of the levels of compression: a tenth of the size in no time
UNNAMED = "0" * 2 * SIZE  # what stands for the `uid` of a record until its content is known
NAME = b',"uid":"'
TAGS = tuple(KINDS)
FULL = 1000  # records of which cautions are kept with their facts
ORDER = {kind: order for order, kind in enumerate(KINDS.values())}
Parted = tuple[bytes, bytes]
_encode = msgspec.json.Encoder().encode
_decode: Callable[[bytes], Record] = msgspec.json.Decoder(reduce(or_, KINDS.values())).decode


class Drafts:
    """Records by their names.

    Attributes:
        uids: every name, and that of the content.
        cautions: what deserves a second look, by the place of the record; without facts where there are many.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.uids: dict[bytes, bytes] = {}
        self.cautions: dict[int, Sequence[Problem]] = {}
        self._kinds = bytearray()
        self._blocks: list[bytes] = []
        self._block = bytearray()
        self._alike: dict[tuple[tuple[str, str], ...], Sequence[Problem]] = {}

    def __len__(self) -> int:
        return len(self.uids)

    def add(self, record: Record, uid: bytes, content: bytes, text: Parted) -> None:
        """Keep a record under a name that no other has."""
        found = on_its_own(record, self.today)
        if found:
            self.cautions[len(self.uids)] = found if len(self.cautions) < FULL else self._bare(found)
        self.uids[uid] = content
        self._kinds.append(ORDER[type(record)])
        self._block += b'%s%s%s"%s\n' % (text[0], NAME, uid, text[1])
        if len(self._block) >= BLOCK:
            self._blocks.append(zlib.compress(self._block, QUICK))
            self._block.clear()

    def _bare(self, found: Sequence[Problem]) -> Sequence[Problem]:
        """The cautions without their facts, kept once."""
        key = tuple((problem.field, problem.key) for problem in found)
        return self._alike.setdefault(key, [problem._replace(facts={}) for problem in found])

    def kinds(self) -> Iterator[str]:
        """The kind of each record."""
        return (TAGS[order] for order in self._kinds)

    def records(self) -> Iterator[Record]:
        """Each record, read once more."""
        return map(_decode, self.texts())

    def texts(self) -> Iterator[bytes]:
        """The JSON text of each record."""
        for block in self._blocks:
            yield from zlib.decompress(block).splitlines()
        yield from bytes(self._block).splitlines()


def parted(record: Record) -> Parted:
    """The JSON text of a record that has a `uid`, before and behind it; together they are what it says."""
    before, _, after = _encode(record).partition(b'%s%s"' % (NAME, record.uid.encode()))
    return before, after
