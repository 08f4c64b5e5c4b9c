"""Which change an undo takes back, found from the end of the file.

The convention: an undo is a version like any other that says in `undoes` which version it takes back. Those
two are passed over by the next undo, which so goes further back each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from danvan.errors import Refused
from danvan.records import Record, Reveal
from danvan.store.image import Image, Line

Decoded = Callable[[Line], Record]


class Change(NamedTuple):
    """One version that can be taken back.

    Attributes:
        before: the version it replaced; None where it added the record.
        after: the version itself.
        rev: the number of the record's present version, which is a later one if others were taken back.
    """

    id: int
    before: Record | None
    after: Record
    rev: int


def last_change(image: Image, author: str, decoded: Decoded) -> list[Change]:
    """The newest version by `author` that was not taken back, and those written together with it, oldest first.

    Raises:
        Refused: there is none, or another author changed one of these records after that.
    """
    newer: dict[int, list[Line]] = {}
    found = _newest_of(image, author, decoded, newer)
    if not found:
        raise Refused("nothing_to_undo")
    found.reverse()
    edited = {number for number, record in found if record.rev > 1}
    versions = image.versions_of(edited)
    changes = []
    for number, record in found:
        later = [decoded(line) for line in newer.get(number, ())]
        _refuse_later(number, later)
        before = _before(record, map(decoded, versions.get(number, ())))
        changes.append(Change(number, before, record, later[0].rev if later else record.rev))
    return changes


def _newest_of(image: Image, author: str, decoded: Decoded, newer: dict[int, list[Line]]) -> list[tuple[int, Record]]:
    """The change, newest version first; `newer` receives the lines written after it, newest first."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, Record]] = []
    is_own = _own(author)
    for line in image.backwards():
        record = decoded(line) if is_own(line.text) else None
        if isinstance(record, Reveal):  # what was seen cannot be unseen
            continue
        if found:
            if record is None or not record.batch or record.batch != found[0][1].batch:
                break
            found.append((line.number, record))
        elif record and record.undoes:
            taken.add((line.number, record.undoes))
            newer.setdefault(line.number, []).append(line)
        elif record and (line.number, record.rev) not in taken:
            found.append((line.number, record))
        else:
            newer.setdefault(line.number, []).append(line)
    return found


def _own(author: str) -> Callable[[bytes], bool]:
    """Whether a line was written by `author`, decided on its bytes; blank values are not written."""
    if not author:
        return lambda text: b'"by":"' not in text
    needle = b'"by":' + msgspec.json.encode(author)
    return lambda text: needle in text


def _refuse_later(number: int, later: Sequence[Record]) -> None:
    """Refuse if a change of somebody else's, not taken back, stands on top."""
    taken = {record.undoes for record in later}
    for record in later:
        if not record.undoes and record.rev not in taken:
            raise Refused("changed_later", id=str(number), by=record.by or "?", at=record.at)


def _before(record: Record, versions: Iterable[Record]) -> Record | None:
    """The version that `record` replaced."""
    return next((version for version in versions if version.rev == record.rev - 1), None)
