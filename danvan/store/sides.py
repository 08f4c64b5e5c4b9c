"""What a register holds of one record: its versions, in an order that no clock can upset.

The convention: see `merging`. A version is all that it says, however it came; what was erased in one register is
looked away from in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from danvan.records import KINDS, Erasure, Record
from danvan.store.decoding import decoder
from danvan.store.texts import stripped

KNOWN = tuple(KINDS.values())
UNSTAMPED: Mapping[str, Any] = {
    "rev": 1,
    "at": "",
    "by": "",
    "batch": "",
    "undoes": 0,
    "merged": None,
    "erased": None,
}
ERASED = b'"erased":{'
HERE = ""  # the source of what this register holds itself


class Version(NamedTuple):
    """A version in the order of versions, the latest the greatest; `text` is all that it says."""

    rev: int
    instant: float
    by: str
    text: bytes

    @property
    def record(self) -> Record:
        """What it says."""
        found: Record = decoder().decode(self.text)
        return found


class Side(NamedTuple):
    """One register's versions of a record, in the order of its file.

    Attributes:
        source: the name of the register; `HERE` for this one.
        batches: of each version, what names the merge that brought it, if one did.
    """

    source: str
    number: int
    versions: tuple[Version, ...]
    batches: tuple[str, ...] = ()

    @property
    def present(self) -> Version:
        """The version that counts there."""
        return self.versions[-1]


def version(record: Record) -> Version:
    """A record as a version; how it came is no part of it."""
    bare = msgspec.structs.replace(record, merged=None) if record.merged else record
    return Version(record.rev, _instant(record.at), record.by, msgspec.json.encode(bare))


def content(record: Record) -> Record:
    """What a version says, whoever wrote it and when."""
    return msgspec.structs.replace(record, **UNSTAMPED)


def erasure(sides: Iterable[Side]) -> Erasure | None:
    """What was erased from a record in any register, with the newest mark of it; None where nothing was."""
    marked = (one.record.erased for side in sides for one in side.versions if ERASED in one.text)
    marks = sorted(filter(None, marked), key=lambda mark: (mark.on, mark.rev, mark.reason, mark.fields))
    if not marks:
        return None
    gone = sorted({name for mark in marks for name in mark.fields})
    return msgspec.structs.replace(marks[-1], fields=tuple(gone)) if set(marks[-1].fields) != set(gone) else marks[-1]


def without(side: Side, mark: Erasure) -> Side:
    """A side without what was erased; what was written after it was erased there stays."""
    return side._replace(versions=tuple(_without(one, mark) for one in side.versions))


def _without(one: Version, mark: Erasure) -> Version:
    record = one.record
    names = set(mark.fields) - set(record.erased.fields if record.erased else ())
    return version(stripped(record, names)) if names else one


@lru_cache(maxsize=4096)  # much is written within one second
def _instant(at: str) -> float:
    """The moment that a stamp names, in seconds; a stamp that names none came before all others."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return float("-inf")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
