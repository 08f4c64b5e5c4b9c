"""What a register holds of one record: its versions, in an order that no clock can upset.

The convention: see `merging`. A version is all that it says, however it came; what was erased in one register is
looked away from in all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from danvan.records import Arrival, Erasure, Record
from danvan.store.decoding import decoder
from danvan.store.texts import GONE, stripped

UNSTAMPED: Mapping[str, Any] = {
    "rev": 1,
    "at": "",
    "by": "",
    "batch": "",
    "undoes": 0,
    "undone": "",
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
        called: the names of the record in other registers, where they are others.
    """

    source: str
    number: int
    versions: tuple[Version, ...]
    batches: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def present(self) -> Version:
        """The version that counts there."""
        return self.versions[-1]


def side(source: str, number: int, versions: Iterable[Version], arrivals: Sequence[Arrival | None]) -> Side:
    """What a register holds of a record, given its versions and how each of them came there."""
    batches = tuple(one.batch if one else "" for one in arrivals)
    called = dict.fromkeys(name for one in arrivals if one for name in one.called)
    return Side(source, number, tuple(versions), batches, tuple(called))


def version(record: Record) -> Version:
    """A record as a version; how it came is no part of it."""
    bare = replace(record, merged=None) if record.merged else record
    return Version(record.rev, _instant(record.at), record.by, msgspec.json.encode(bare))


def content(record: Record) -> Record:
    """What a version says, whoever wrote it and when."""
    return replace(record, **UNSTAMPED)


def erasure(sides: Iterable[Side]) -> Erasure | None:
    """What was erased from a record in any register, with the newest mark of it; None where nothing was."""
    marks = sorted(_marks(sides), key=lambda mark: (mark.on, mark.rev, mark.reason, mark.fields))
    if not marks:
        return None
    gone = sorted({name for mark in marks for name in mark.fields})
    return replace(marks[-1], fields=tuple(gone)) if set(marks[-1].fields) != set(gone) else marks[-1]


def silent(sides: Sequence[Side]) -> list[Side]:
    """Sides that do not say why something was erased where one of them does not say it any more."""
    hushed = {mark for mark in _marks(sides) if mark.reason == GONE}
    return [_hushed(side, hushed) for side in sides] if hushed else [*sides]


def _hushed(side: Side, hushed: Collection[Erasure]) -> Side:
    return side._replace(versions=tuple(_unexplained(one, hushed) for one in side.versions))


def _unexplained(one: Version, hushed: Collection[Erasure]) -> Version:
    if ERASED not in one.text or not (mark := one.record.erased):
        return one
    hush = replace(mark, reason=GONE)
    return version(replace(one.record, erased=hush)) if hush in hushed else one


def _marks(sides: Iterable[Side]) -> list[Erasure]:
    marked = (one.record.erased for side in sides for one in side.versions if ERASED in one.text)
    return [mark for mark in marked if mark]


def without(side: Side, mark: Erasure) -> Side:
    """A side without what was erased; what was written after it was erased there stays."""
    return side._replace(versions=tuple(_without(one, mark) for one in side.versions))


def _without(one: Version, mark: Erasure) -> Version:
    record = one.record
    names = gone(record, mark)
    return version(stripped(record, names)) if names else one


def gone(record: Record, mark: Erasure) -> set[str]:
    """What has to go from a version: where it was erased already, what it says there was written since."""
    return set(mark.fields) - set(record.erased.fields if record.erased else ())


@lru_cache(maxsize=4096)  # much is written within one second
def _instant(at: str) -> float:
    """The moment that a stamp names, in seconds; a stamp that names none came before all others."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return float("-inf")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
