"""What the office has settled, as a record that stands in the register like others."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from danvan.records import Office
from danvan.store import layout
from danvan.store.decoding import Decoded
from danvan.store.file import Log
from danvan.store.image import Line

Change = Callable[[Office], Office]


def settled(line: Line | None, decoded: Decoded) -> Office:
    """The settings in a line; the defaults without one, or where they were taken back."""
    office = decoded(line) if line else Office(date.min)
    assert isinstance(office, Office), "the closing part points to nothing else"
    return Office(date.min, uid=office.uid, rev=office.rev) if office.void else office


def settle(log: Log, change: Change, decoded: Decoded, stamp: Mapping[str, Any]) -> Office:
    """Write what `change` makes of the settings as their next version; no change, no write."""
    line = log.image.office()
    present = settled(line, decoded)
    wanted = change(present)
    if wanted == present:
        return present
    number = line.number if line else log.state.next_id
    rev, uid = (present.rev + 1, present.uid) if line else (1, os.urandom(16).hex())
    signed = msgspec.structs.replace(wanted, **stamp, uid=uid, rev=rev, undoes=0, merged=None)
    text = layout.line(number, msgspec.json.encode(signed), again=line is not None)
    log.append([text], max(log.state.next_id, number + 1))
    return signed
