"""What a record is called among all offices: its `uid`, 32 hexadecimal figures.

The convention: what brings no name of its own is named by its content, so that the same content is the same record
wherever it comes from. Names leave danvan with every export and outlive what is erased, so of a record about single
citizens neither who came nor any text is part of it: one who knows all else could try every name of a ward. Such a
record is named by its block and by chance. The block, half of the name, stands for days, choices, numbers and the unit;
records of other blocks are others, and which of one block are the same is found by looking into them (see
`store.linking`).
"""

from __future__ import annotations

import os
from functools import cache
from hashlib import blake2b

import msgspec

from danvan.privacy import personal
from danvan.records import Record, fields

SIZE = 16  # bytes
UID = b'"uid":"'  # stands in no text of a record, where quotation marks are escaped
PARTING = b"," + UID  # a record's text has it at one place alone
BLOCK = SIZE  # hexadecimal figures: half of a name
Parted = tuple[bytes, bytes]
_encode = msgspec.json.Encoder().encode


def named(*content: bytes) -> bytes:
    """The name that a content has, given in pieces."""
    found = blake2b(digest_size=SIZE)
    for piece in content:
        found.update(piece)
    return found.hexdigest().encode()


def again(uid: bytes, turn: int = 0) -> bytes:
    """The name of a record that is brought once more after it was taken back, or for the `turn`th time in one file.

    It is one of the same block.
    """
    return block_of(uid) + named(b"%s %d" % (uid, turn) if turn else uid)[BLOCK:]


def turned(uid: bytes, turn: int) -> bytes:
    """The name of the `turn`th record of one content."""
    return uid if turn == 1 else again(uid, turn)


def parted(record: Record) -> Parted:
    """The JSON text of a record that has a `uid`, before and behind it; together they are what it says."""
    before, _, after = _encode(record).partition(b'%s%s"' % (PARTING, record.uid.encode()))
    return before, after


def block(record: Record) -> bytes | None:
    """The block of a record about single citizens; None for any other."""
    kind = type(record)
    if record.is_aggregate or not personal(kind):
        return None
    return named(_encode([getattr(record, name) for name in _placing(kind)]))[:BLOCK]


def block_of(uid: bytes) -> bytes:
    """The block that a name puts a record into."""
    return uid[:BLOCK]


def by_chance(block: bytes) -> bytes:
    """A new name in a block."""
    return block + os.urandom((2 * SIZE - BLOCK) // 2).hex().encode()


@cache
def _placing(kind: type[Record]) -> list[str]:
    """The day, the unit and the fields that are no texts."""
    return ["date", "unit", *(name for name, field in fields(kind).items() if field.sort != "text")]
