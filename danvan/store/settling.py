"""What the office has settled, as a record that stands in the register like others."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import msgspec

from danvan.records import Office
from danvan.store.decoding import Decoded
from danvan.store.file import layout
from danvan.store.file.image import Image, Line
from danvan.store.stamping import Stamp, stamped

Change = Callable[[Office], Office]


class Settled(NamedTuple):
    """What becomes of the settings.

    Attributes:
        lines: what is to be appended for it; none where nothing changes.
        next_id: the next number that is free after that.
    """

    office: Office
    lines: Sequence[bytes]
    next_id: int


def settled(line: Line | None, decoded: Decoded) -> Office:
    """The settings in a line; the defaults without one, or where they were taken back."""
    office = decoded(line) if line else Office(date.min)
    assert isinstance(office, Office), "the closing part points to nothing else"
    return Office(date.min, uid=office.uid, rev=office.rev) if office.void else office


def changed(image: Image, change: Change, decoded: Decoded, stamp: Stamp) -> Settled:
    """What `change` makes of the settings, as their next version; no change, no version."""
    line, free = image.office(), image.state.next_id
    present = settled(line, decoded)
    wanted = change(present)
    if wanted == present:
        return Settled(present, (), free)
    number = line.number if line else free
    rev, uid = (present.rev + 1, present.uid) if line else (1, os.urandom(16).hex())
    office = stamped(wanted, stamp, rev, uid)
    text = layout.line(number, msgspec.json.encode(office), again=line is not None)
    return Settled(office, [text], max(free, number + 1))
