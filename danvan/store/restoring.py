"""Putting a copy in the place of the register; the register as it is is kept aside first.

The convention: nothing is touched before the copy was looked through. Numbers that were given since the copy was
made are not given again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from danvan.errors import Damaged, FileFault, Refused
from danvan.store import checking, copies, disk, layout
from danvan.store.checking import Checked
from danvan.store.decoding import name_in
from danvan.store.file import RegisterFile
from danvan.store.image import Image
from danvan.store.sides import ERASED


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
    """The records of the register from which something was erased that is in a copy still."""
    erased: dict[bytes, int] = {}
    with suppress(Damaged, FileFault), register.reading() as image:
        for line in image.lines((ERASED,)):
            if uid := name_in(line.text):
                erased[uid] = line.number
    with checking.opened(copy) as (image, _):
        held = {name_in(line.text) for line in image.lines()} if erased else set()
        done = {name_in(line.text) for line in image.lines((ERASED,))} if erased else set()
    return sorted(number for uid, number in erased.items() if uid in held - done)


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
