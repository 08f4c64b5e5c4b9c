"""Lines of the register as typed records."""

from __future__ import annotations

from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

import msgspec

from danvan.errors import Damaged
from danvan.records import STORED, Record, tag_of
from danvan.store.image import Line

_KIND = b'{"kind":"'
_TAGS = {tag_of(kind).encode(): kind for kind in STORED}


def beginning(kind: type[Record]) -> bytes:
    """What the JSON text of every record of a kind begins with; it tells kinds apart without decoding."""
    return b'%s%s"' % (_KIND, tag_of(kind).encode())


def decoded(line: Line, path: Path, kind: type[Record] | None = None) -> Record:
    """The record in a line of the register at `path`.

    Raises:
        Damaged: it is no record, or not of the kind expected.
    """
    try:
        record: Record = _decoder(kind or _kind_of(line.text)).decode(line.text)
    except ValueError as fault:
        raise Damaged("bad_record", path=str(path), id=line.number, reason=str(fault)) from fault
    return record


def _kind_of(text: bytes) -> type[Record] | None:
    """The kind that a record's JSON begins with; None where it begins otherwise."""
    start = len(_KIND)
    return _TAGS.get(text[start : text.find(b'"', start)]) if text.startswith(_KIND) else None


@cache
def _decoder(kind: type[Record] | None) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind or reduce(or_, STORED))  # one kind alone is sooner understood than all
