"""What a record is called among all offices: its `uid`, 32 hexadecimal figures.

The convention: what brings no name of its own is named by its content, so that the same content is the same record
wherever it comes from. Names leave danvan with every export and outlive what is erased, so who came is no part of
them: one who knows all else that a record says could try every name of a ward. Records that are the same but for who
came are told apart by their turn, and which of them is meant by looking into the register.

Once the name was that of the whole content. Such names are still known, and not given any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from danvan.privacy import personal
from danvan.records import Record

SIZE = 16  # bytes
UID = b',"uid":"'
NAMELESS = b"who came"  # sets names of records that say it apart from those of records that say the same and not it
Parted = tuple[bytes, bytes]
FORMER = 4  # how often the same content got a former name in one file, and how often after it was taken back
_encode = msgspec.json.Encoder().encode


class Told(NamedTuple):
    """What tells a record that says who came from others: the name of all else, and of who came.

    The latter is for comparing in memory alone.
    """

    rest: bytes
    who: bytes


def named(*content: bytes) -> bytes:
    """The name that a content has, given in pieces."""
    found = blake2b(digest_size=SIZE)
    for piece in content:
        found.update(piece)
    return found.hexdigest().encode()


def again(uid: bytes, turn: int = 0) -> bytes:
    """The name of a record that is brought once more after it was taken back, or for the `turn`th time in one file."""
    return named(b"%s %d" % (uid, turn) if turn else uid)


def turned(uid: bytes, turn: int) -> bytes:
    """The name of the `turn`th record of one content."""
    return uid if turn == 1 else again(uid, turn)


def parted(record: Record) -> Parted:
    """The JSON text of a record that has a `uid`, before and behind it; together they are what it says."""
    before, _, after = _encode(record).partition(b'%s%s"' % (UID, record.uid.encode()))
    return before, after


def told_apart(record: Record) -> Told | None:
    """What tells a record that was not stamped from others; None where it does not say who came."""
    own = _personal(type(record))
    who = [getattr(record, name) for name in own]
    if not any(who):
        return None
    rest = replace(record, **dict.fromkeys(own, ""))
    return Told(named(*parted(rest), NAMELESS), named(_encode(who)))


def formerly(record: Record) -> Told | None:
    """What tells a record from others that was not stamped, if its name was made of all that it says, who came too."""
    uid = record.uid.encode()
    for one in (record, replace(record, unit="")) if record.unit else (record,):  # the default unit came later
        told = told_apart(one)
        if told and uid in _former(named(*parted(one))):
            return told
    return None


def _former(content: bytes) -> Iterator[bytes]:
    for turn in range(1, FORMER + 1):
        name = turned(content, turn)
        for _ in range(FORMER):
            yield name
            name = again(name)


@cache
def _personal(kind: type[Record]) -> list[str]:
    return personal(kind)
