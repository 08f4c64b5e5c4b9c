"""What a record is called among all offices: its `uid`, 32 hexadecimal figures.

The convention: what brings no name of its own is named by its content, so that the same content is the same record
wherever it comes from.
"""

from __future__ import annotations

from hashlib import blake2b

SIZE = 16  # bytes


def named(*content: bytes) -> bytes:
    """The name that a content has, given in pieces."""
    found = blake2b(digest_size=SIZE)
    for piece in content:
        found.update(piece)
    return found.hexdigest().encode()


def again(uid: bytes, turn: int = 0) -> bytes:
    """The name of a record that is brought once more after it was taken back, or for the `turn`th time in one file."""
    return named(b"%s %d" % (uid, turn) if turn else uid)
