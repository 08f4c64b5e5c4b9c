"""Lines of the register as typed records."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

import msgspec

from danvan.errors import Damaged
from danvan.naming import UID
from danvan.records import STORED, Record, tag_of
from danvan.store.file.image import Image, Line

Decoded = Callable[[Line], Record]
_KIND = b'{"kind":"'
_TAGS = {tag_of(kind).encode(): kind for kind in STORED}


def beginning(kind: type[Record]) -> bytes:
    """What the JSON text of every record of a kind begins with; it tells kinds apart without decoding."""
    return b'%s%s"' % (_KIND, tag_of(kind).encode())


def name_in(text: bytes) -> bytes:
    """The `uid` in the JSON text of a record, found without decoding the rest; blank without any."""
    start = text.find(UID)
    return text[start + len(UID) : text.find(b'"', start + len(UID))] if start >= 0 else b""


def decoded(line: Line, path: Path, kind: type[Record] | None = None) -> Record:
    """The record in a line of the register at `path`.

    Raises:
        Damaged: it is no record, or not of the kind expected.
    """
    try:
        record: Record = decoder(kind or _kind_of(line.text)).decode(line.text)
    except ValueError as fault:
        raise Damaged("bad_record", path=str(path), id=line.number, reason=str(fault)) from fault
    return record


def histories(image: Image, numbers: Collection[int], read: Decoded) -> dict[int, list[Record]]:
    """All versions of each of some records, oldest first; a record without any is left out."""
    return {number: [read(line) for line in lines] for number, lines in image.versions_of(numbers).items()}


def _kind_of(text: bytes) -> type[Record] | None:
    """The kind that a record's JSON begins with; None where it begins otherwise."""
    start = len(_KIND)
    return _TAGS.get(text[start : text.find(b'"', start)]) if text.startswith(_KIND) else None


@cache
def decoder(kind: type[Record] | None = None) -> msgspec.json.Decoder[Any]:
    """What decodes the JSON text of a record, of the one kind that is expected or of any."""
    return msgspec.json.Decoder(kind or reduce(or_, STORED))  # one kind alone is sooner understood than all
