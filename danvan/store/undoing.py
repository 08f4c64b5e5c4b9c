"""Which change an undo takes back, found from the end of the file.

The convention: what was taken back (see `life.Undone`) and what took it back are passed over by the next undo, which so
goes further back each time. What a merge brought counts as written by whoever merged, and together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from danvan.errors import Refused
from danvan.life import Undone, handle, merge_of
from danvan.records import Record, Reveal
from danvan.store.decoding import Decoded
from danvan.store.file.image import Image, Line
from danvan.store.joining.sides import ERASED

Passed = Callable[[Mapping[int, Record]], object]


class Change(NamedTuple):
    """One version that can be taken back, or all that one merge brought to a record.

    Attributes:
        before: the version it replaced; None where it added the record.
        after: the version itself.
        rev: the number of the record's present version, which is a later one if others were taken back.
    """

    id: int
    before: Record | None
    after: Record
    rev: int

    def wanted(self, reason: str) -> Record:
        """What the record says once the change is taken back: as before, or void for a reason if it was added."""
        return self.before or msgspec.structs.replace(self.after, void=reason)

    @property
    def undoing(self) -> dict[str, Any]:
        """What the version that takes it back says of that."""
        return {"undoes": self.after.rev, "undone": handle(self.after)}


class Erasures:
    """Which versions erased something here; what was erased elsewhere can be taken back as it came."""

    def __init__(self, image: Image, decoded: Decoded) -> None:
        self._image = image
        self._decoded = decoded

    def hold(self, line: Line, record: Record) -> bool:
        """Whether a version is one of them."""
        if not record.erased or record.is_guess:
            return False
        if not record.merged:
            return record.erases
        before = [self._decoded(one) for one in self._versions[line.number] if one.offset < line.offset]
        there = [one for one in before if not (one.merged and one.merged.batch == record.merged.batch)]
        return bool(there and not there[-1].void)

    @cached_property
    def _versions(self) -> Mapping[int, Sequence[Line]]:
        """The versions of all records of which any says that something was erased: a merge may bring many."""
        return self._image.versions_of({line.number for line in self._image.lines((ERASED,))})


def last_change(image: Image, author: str, decoded: Decoded, passed: Passed) -> list[Change]:
    """The newest version by `author` that was not taken back, and those written together with it, oldest first.

    Args:
        passed: is told of the records that are passed over since something was erased from them, by their numbers: of
            each the newest version by `author` before that, or else the one that says so.

    Raises:
        Refused: there is none, or another author changed one of these records after that.
    """
    newer: dict[int, list[Line]] = {}
    erasures = Erasures(image, decoded)
    erased: dict[int, Record] = {}
    found = _newest_of(image, author, decoded, erasures, newer, erased)
    if not found:
        raise _refusal(image, author, decoded, erasures)
    passed(erased)
    written: dict[int, list[tuple[Line, Record]]] = {}
    for line, record in reversed(found):
        written.setdefault(line.number, []).append((line, record))
    edited = {number for number, ((_, first), *_) in written.items() if first.rev > 1 or first.merged}
    versions = image.versions_of(edited)
    changes = []
    for number, lines in written.items():
        later = [decoded(line) for line in newer.get(number, ())]
        _refuse_later(number, later)
        earlier = [line for line in versions.get(number, ()) if line.offset < lines[0][0].offset]
        before, after = decoded(earlier[-1]) if earlier else None, lines[-1][1]
        changes.append(Change(number, before, after, later[0].rev if later else after.rev))
    return changes


def _refusal(image: Image, author: str, decoded: Decoded, erasures: Erasures) -> Refused:
    """That nothing is to be taken back: what this author changed was erased since, or whose the last change is."""
    others: Record | None = None
    for line in image.backwards():
        record = decoded(line)
        is_own = _hand(record)[0] == author
        if is_own and erasures.hold(line, record):
            return Refused("undo_erased")
        if others is None and not is_own and not isinstance(record, Reveal):
            others = record
    if others is None:
        return Refused("nothing_to_undo")
    by, at = _hand(others)[0], others.merged.at if others.merged else others.at
    return Refused("nothing_of_yours", author=author or "?", by=by or "?", at=at)


def _newest_of(
    image: Image,
    author: str,
    decoded: Decoded,
    erasures: Erasures,
    newer: dict[int, list[Line]],
    erased: dict[int, Record],
) -> list[tuple[Line, Record]]:
    """The change, newest version first; `newer` receives the lines written after it, `erased` what is passed over."""
    undone: dict[int, Undone] = defaultdict(Undone)
    found: list[tuple[Line, Record]] = []
    marks: dict[int, Record] = {}
    is_own = _own(author)
    for line in image.backwards():
        record = decoded(line) if is_own(line.text) else None
        if isinstance(record, Reveal):  # what was seen cannot be unseen
            continue
        record = record if record and _hand(record)[0] == author else None
        batch = _hand(found[0][1])[1] if found else ""
        if found and (record is None or not batch or _hand(record)[1] != batch):
            break
        if record and erasures.hold(line, record):  # nor does what was erased come back
            erased[line.number] = marks[line.number] = record
        elif record and line.number in marks:
            is_undone = undone[line.number].passes(record, merge_of(record))
            if erased[line.number] is marks[line.number] and not is_undone:
                erased[line.number] = record
        elif record and (found or not undone[line.number].passes(record, merge_of(record))):
            found.append((line, record))
        else:
            newer.setdefault(line.number, []).append(line)
    return found


def _hand(record: Record) -> tuple[str, str]:
    """Who put a version here, and what names all that was put here with it: of merged ones who merged them."""
    return (record.merged.by, record.merged.batch) if record.merged else (record.by, record.batch)


def _own(author: str) -> Callable[[bytes], bool]:
    """Whether a line may be `author`'s, decided on its bytes; blank values are not written."""
    if not author:
        return lambda text: b'"by":"' not in text or b'"merged":{' in text
    needle = b'"by":' + msgspec.json.encode(author)
    return lambda text: needle in text


def _refuse_later(number: int, later: Sequence[Record]) -> None:
    """Refuse if a change of somebody else's, not taken back, stands on top."""
    undone = Undone()
    for record in later:
        if not undone.passes(record, merge_of(record)):
            by, at = (record.merged.by, record.merged.at) if record.merged else (record.by, record.at)
            raise Refused("changed_later", id=str(number), by=by or "?", at=at)
