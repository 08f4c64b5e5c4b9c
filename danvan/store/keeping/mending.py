"""Mending what a check found, as far as that needs nobody's judgement: one rewrite, after a copy.

The convention: no line is lost. What is no record goes into a file of its own beside the copy; what breaks a rule
stays as it is, and stays a finding.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from danvan.errors import FileFault, Refused
from danvan.privacy import told
from danvan.store.file import copies, disk, layout
from danvan.store.file.image import Image
from danvan.store.file.opening import RegisterFile
from danvan.store.keeping.checking import Checked, examine, raw_lines, read, understood
from danvan.store.keeping.findings import Finding


class Repaired(NamedTuple):
    """What was done.

    Attributes:
        mended: the findings that are gone.
        left: the findings that are there still.
        copy: the file as it was; None where there was nothing to mend.
        aside: where the lines went that are no records; None where there were none.
    """

    mended: list[Finding]
    left: list[Finding]
    copy: Path | None = None
    aside: Path | None = None


def repair(file: RegisterFile, progress: Callable[[int], None] = lambda _: None) -> tuple[Checked, Repaired]:
    """Mend a register, and check it again.

    Raises:
        Refused: there is none.
        Damaged: it is no register at all, or of a newer format.
        Busy, FileFault: it cannot be written; nothing was changed.
    """
    path = file.resolved()
    if not path.exists():
        raise Refused("no_register", path=str(file.path))
    with file.taken() as (source, log):
        image, found = understood(file, source)
        before = examine(image, found, progress)
        mended = [finding for finding in before.findings if finding.is_mendable]
        if not mended:
            return before, Repaired([], before.findings)
        lines, broken, next_id = _sorted_out(image, before)
        row = {**image.head.row, "format": layout.FORMAT}
        text, state = layout.whole(layout.head(row, image.head.tables), lines, next_id)
        copy = copies.copy(source, path, "before-repair").path
        aside = None
        try:
            aside = _set_aside(path, broken) if broken else None
            log.replace(text)
        except BaseException:
            for made in (copy, *([aside] if aside else [])):
                made.unlink(missing_ok=True)
            raise
    after = examine(file.image_of(text, state), [], progress)
    named = [finding for finding in before.findings if finding.key == "named"]  # it cannot be found any more
    after = after._replace(findings=[*after.findings, *named])
    return after, Repaired(mended, after.findings, copy, aside)


def _sorted_out(image: Image, checked: Checked) -> tuple[list[bytes], list[bytes], int]:
    """The lines that are records, mended; those that are none; and the next free id."""
    names = {number: os.urandom(16).hex() for number in checked.without_uid}
    lines: list[bytes] = []
    broken: list[bytes] = []
    seen: set[int] = set()
    for _, raw in raw_lines(image):
        key = layout.KEY.match(raw)
        text = raw[key.end() :].removesuffix(b",").strip() if key else b""
        try:
            record, _ = read(text)
        except (ValueError, RecursionError):
            broken.append(raw)
            continue
        assert key is not None, "an empty text is no record"
        number = int(key[1])
        if number in checked.secret and told(record):
            record = msgspec.structs.replace(record, **dict.fromkeys(told(record), ""))
            text = msgspec.json.encode(record)
        if number in names:
            text = msgspec.json.encode(msgspec.structs.replace(record, uid=names[number]))
        lines.append(layout.line(number, text, again=number in seen))
        seen.add(number)
    return lines, broken, max(image.state.next_id, max(seen, default=0) + 1)


def _set_aside(path: Path, broken: list[bytes]) -> Path:
    target = copies.free(copies.folder_of(path), path, "set-aside.txt")
    try:
        disk.put(target, b"\n".join(broken) + b"\n")
    except OSError as fault:
        raise FileFault.of("write_failed", target, fault) from fault
    return target
