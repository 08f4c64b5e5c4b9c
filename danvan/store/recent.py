"""The newest records of a register, found from the end of the file at a cost that its size does not change.

The convention: lines are looked into no further than needed; what was written before the last `SIZE` bytes is not
found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

import msgspec

from danvan.records import Record, tag_of
from danvan.store.file import layout
from danvan.store.file.image import Image, Line

SIZE = 1 << 19  # about 2 000 records: an add must cost the same in a large register
MOST = 1000
UNIT = b'"unit":"'
Decoded = Callable[[Line, type[Record]], Record]


class _Unit(msgspec.Struct):
    unit: str = ""


_RECORD_UNIT = msgspec.json.Decoder(_Unit)


def newest(
    image: Image, kind: type[Record], unit: Callable[[str], bool], decoded: Decoded
) -> Iterator[tuple[int, Record]]:
    """The newest records of a kind that are not void, with their ids, newest first; at most `MOST` are decoded.

    Args:
        unit: whether the records of a unit are wanted.
    """
    tag = b'{"kind":"%s"' % tag_of(kind).encode()
    wanted = cache(unit)
    lines = [line for line in image.newest(SIZE) if layout.KEY.match(line)]
    # A tab marks later versions; the last of a record's counts.
    last = {_number(line): at for at, line in enumerate(lines) if layout.MARK in line}
    of_kind = [at for at, line in enumerate(lines) if tag in line]
    matching = (at for at in reversed(of_kind) if wanted(_unit(lines[at])))
    for at in islice(matching, MOST):
        number = _number(lines[at])
        if last.get(number, at) == at:
            record = decoded(Line(number, 0, lines[at].partition(b":")[2].strip(b"\t,")), kind)
            if not record.void:
                yield number, record


def _unit(line: bytes) -> str:
    """The unit of a record's line, without decoding the rest."""
    value = line.partition(UNIT)[2].partition(b'"')[0]
    if b"\\" not in value:
        return value.decode(errors="replace")
    try:
        unit: str = _RECORD_UNIT.decode(line.partition(b":")[2].strip(b"\t,")).unit
    except ValueError:  # a line that is broken is told of where it is read
        return ""
    return unit


def _number(line: bytes) -> int:
    return int(line[1 : line.index(b'"', 1)])
