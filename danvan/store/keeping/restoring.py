"""Putting a copy in the place of the register; the register as it is is kept aside first.

The convention: nothing is touched before the copy was looked through. Numbers that were given since the copy was
made are not given again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from danvan.errors import Damaged, FileFault, Refused
from danvan.records import Erasure, Record
from danvan.store.decoding import decoder, name_in
from danvan.store.file import copies, disk, layout
from danvan.store.file.image import Image
from danvan.store.file.opening import RegisterFile
from danvan.store.joining.sides import ERASED
from danvan.store.keeping import checking
from danvan.store.keeping.checking import Checked
from danvan.store.keeping.looking import may_hold
from danvan.store.texts import said


class Restored(NamedTuple):
    """What was done: where the register as it was is kept; None where there was none."""

    aside: Path | None


def verified(copy: RegisterFile, register: RegisterFile, progress: Callable[[int], None] = lambda _: None) -> Checked:
    """What is in a copy.

    Raises:
        Refused: it is the register itself.
        FileFault: it cannot be read.
        Damaged: it is no register, or part of it is beyond understanding.
    """
    if not copy.path.exists():
        raise FileFault("unreadable", path=str(copy.path), cause="ENOENT")
    if register.path.exists() and copy.path.samefile(register.path):
        raise Refused("restore_itself", path=str(copy.path))
    checked = checking.check(copy, progress)
    if checked.is_damaged:
        raise Damaged("copy_damaged", path=str(copy.path))
    return checked


def brought_back(copy: RegisterFile, register: RegisterFile) -> list[int]:
    """The records of the register from which something was erased that is in a copy still.

    A copy may know of an earlier erasure, but not of a later one, of the same record.
    """
    numbers: dict[bytes, int] = {}
    with suppress(Damaged, FileFault), register.reading() as image:
        numbers = {uid: line.number for line in image.lines((ERASED,)) if (uid := name_in(line.text))}
        gone = _erasures(image)
    if not numbers:
        return []
    with checking.opened(copy) as (image, _):
        done = _erasures(image)
        missing = {uid: {name for mark in marks - done[uid] for name in mark.fields} for uid, marks in gone.items()}
        back = {uid for line in image.lines() if _may_say(line.text, missing.get(uid := name_in(line.text), ()))}
    return sorted(numbers[uid] for uid in back)


def _erasures(image: Image) -> defaultdict[bytes, set[Erasure]]:
    """All that versions say was erased, by the `uid` of their record; without why, which may be erased as well."""
    found: defaultdict[bytes, set[Erasure]] = defaultdict(set)
    for line in image.lines((ERASED,)):
        with suppress(ValueError):  # a line beyond understanding is a finding, and no reason to stop
            if mark := decoder().decode(line.text).erased:
                found[name_in(line.text)].add(replace(mark, reason=""))
    return found


def _may_say(text: bytes, names: Collection[str]) -> bool:
    """Whether a record says something under some attributes; also where it is beyond understanding."""
    try:
        return bool(names and said(decoder().decode(text), names))
    except ValueError:
        return True


def replaced_since(register: RegisterFile, number: int, change: Record) -> Path | None:
    """The newest register in the place of which another one was put after a version of a record was written.

    That version stands in it, whatever the clocks said; where that was another register only they tell.
    """
    path = register.resolved()
    aside = copies.put_aside(path)
    if not aside:
        return None
    uid = copies.uid_of(path)
    at = datetime.fromisoformat(change.merged.at if change.merged else change.at).timestamp()
    for moment, one in reversed(aside):
        if _stands_in(one, number, change) if copies.uid_of(one) == uid else moment > at:
            return one
    return None


def _stands_in(path: Path, number: int, change: Record) -> bool:
    """Whether a register holds a version of a record, were it without its texts; or may do so."""

    def holds(image: Image) -> bool:
        return any(_stamp(decoder().decode(line.text)) == _stamp(change) for line in image.versions(number))

    return may_hold(path, holds)


def _stamp(record: Record) -> tuple[int, str, str, str]:
    return record.rev, record.at, record.by, record.batch


def restore(copy: RegisterFile, register: RegisterFile) -> Restored:
    """Put what `copy` holds, which was `verified`, in the place of the register.

    Raises:
        Busy, FileFault: the register cannot be written; it is as it was.
    """
    with checking.opened(copy) as (image, _):
        text = disk.read_at(image.source, 0, image.state.end)
        head, state = image.head, image.state
    with register.taken() as (source, log):
        path = register.resolved()
        aside = copies.copy(source, path, copies.REPLACED).path if disk.size(source) else None
        known = _known_ids(register, source, str(head.row.get("uid", "")))
        row = {**head.row, "format": layout.FORMAT}
        try:
            log.replace(layout.moved(text, head, row, state._replace(next_id=max(state.next_id, known))))
        except BaseException:
            if aside:
                aside.unlink(missing_ok=True)
            raise
    return Restored(aside)


def _known_ids(register: RegisterFile, source: disk.Source, uid: str) -> int:
    """The next free id of the register as it is, if it is the same one; 0 where that cannot be told."""
    try:
        present: Image | None = register.look(source)
    except Damaged:
        return 0
    return present.state.next_id if present and uid and present.head.row.get("uid") == uid else 0
