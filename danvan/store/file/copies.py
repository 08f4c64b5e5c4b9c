"""Copies of a register: read back before they count, and known again by their names.

The convention: a copy is the file byte for byte, for its owner alone, in the folder `backups` beside the register
unless another one is named. Its name tells the register, the moment and what it was made for, as in
`danvan.2023-12-26-080000.backup.json`. Who makes one holds the register's lock.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize
from zlib import crc32

from danvan.errors import Damaged, FileFault
from danvan.store.file import disk, layout

FOLDER = "backups"
BACKUP = "backup"
REPLACED = "before-restore"
AS_FOUND = "before-writing"  # of a register that something else had changed
MOMENT = "%Y-%m-%d-%H%M%S"
NAME = re.compile(
    r"(?P<register>.+)\.(?P<moment>\d{4}-\d\d-\d\d-\d{6})(?:-(?P<turn>\d+))?\."
    r"(?:(?P<reason>backup|before-[a-z]+)\.json|set-aside\.txt)"
)


class Copy(NamedTuple):
    """A copy that was made: where, how many bytes, and their CRC-32."""

    path: Path
    size: int
    crc: int


def folder_of(register: Path) -> Path:
    """Where the copies of a register are kept unless another place is named."""
    return register.parent / FOLDER


def copy(source: disk.Source, register: Path, reason: str, folder: Path | None = None) -> Copy:
    """Copy the file of a register, and read the copy back.

    Args:
        reason: what it is made for, `BACKUP` or `before-…`.

    Raises:
        FileFault: the copy cannot be written, or is not what was copied; nothing is left of it.
    """
    target = free(folder or folder_of(register), register, f"{reason}.json")
    disk.sweep(target.parent, lambda name: _is_of(name, register))
    made = [one for one in target.parents if not one.exists()]
    try:
        beside = disk.copy_beside(source, target)
        try:
            size, crc = _checksum(source)
            _compare(beside, target, size, crc)
            disk.replace(beside, target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        try:
            disk.sync_folder(target.parent)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    except OSError as fault:
        with suppress(OSError):  # a folder that somebody else uses by now stays
            for one in made:
                one.rmdir()
        raise FileFault.of("write_failed", target, fault) from fault
    return Copy(target, size, crc)


def free(folder: Path, register: Path, ending: str) -> Path:
    """A name for something about a register that no file has yet, with the present moment in it."""
    moment = time.strftime(MOMENT, time.localtime(disk.now() / 1e9))
    taken = [
        name for path in kept(register, folder) if (name := NAME.fullmatch(path.name)) and name["moment"] == moment
    ]
    turn = max((_turn(name) for name in taken), default=0) + 1
    return folder / f"{register.stem}.{moment}{f'-{turn}' if turn > 1 else ''}.{ending}"


def kept(register: Path, folder: Path | None = None) -> list[Path]:
    """The copies of a register that danvan made in a folder, the oldest first."""
    folder = folder or folder_of(register)
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        name = NAME.fullmatch(path.name)
        if name and _is_of(path.name, register):
            found.append((name["moment"], _turn(name), path))
    return [path for *_, path in sorted(found)]


def as_found(register: Path) -> list[Path]:
    """The copies of a register that something else had changed before danvan wrote to it, the oldest first."""
    return [path for path in kept(register) if path.name.endswith(f".{AS_FOUND}.json")]


def put_aside(register: Path) -> list[tuple[float, Path]]:
    """The registers in the place of which a copy was put, with the moments in their names, the oldest first."""
    there = [(NAME.fullmatch(path.name), path) for path in kept(register)]
    return [
        (time.mktime(time.strptime(name["moment"], MOMENT)), path)
        for name, path in there
        if name and name["reason"] == REPLACED
    ]


def alike(register: Path) -> list[Path]:
    """The files beside a register and among its copies that hold the register of its `uid`, whatever their names."""
    uid, found = uid_of(register), kept(register)
    for folder in (register.parent, folder_of(register)):
        there = sorted(folder.iterdir()) if uid and folder.is_dir() else []
        others = (path for path in there if path not in found and path != register and path.is_file())
        found += [path for path in others if uid_of(path) == uid]
    return found


def thin_out(made: Copy, register: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups of a register from the folder of the one just made.

    Only what has the name of a backup and holds the register of the same `uid` is removed.

    Raises:
        FileFault: one cannot be removed.
    """
    uid = uid_of(made.path)
    there = [path for path in kept(register, made.path.parent) if path != made.path and _is_backup(path)]
    own = [path for path in there if uid and uid_of(path) == uid]
    old = own[: max(len(own) + 1 - keep, 0)]
    for path in old:
        try:
            path.unlink()
        except OSError as fault:
            raise FileFault.of("write_failed", path, fault) from fault
    return old


def _turn(name: re.Match[str]) -> int:
    """Which of the copies of one second it is."""
    return int(name["turn"] or 1)


def _is_of(file: str, register: Path) -> bool:
    name = NAME.fullmatch(file)
    return name is not None and _spelled(name["register"]) == _spelled(register.stem)


def _spelled(name: str) -> str:
    """A name in one form of Unicode, whichever the folder keeps."""
    return name if name.isascii() else normalize("NFC", name)


def _is_backup(path: Path) -> bool:
    name = NAME.fullmatch(path.name)
    return name is not None and name["reason"] == BACKUP and path.is_file() and not path.is_symlink()


def uid_of(path: Path) -> str:
    """The name of the register that a file holds; empty where it holds none that is understood."""
    try:
        with disk.open_existing(path, writable=False) as file:
            opening = disk.read_at(file, 0, len(layout.OPENING))
            data = disk.read_at(file, 0, disk.PIECE) if opening == layout.OPENING else b""
            top = layout.read_head(data, str(path))
    except (OSError, Damaged):
        return ""
    return str(top.row.get("uid", "")) if top else ""


def _compare(beside: Path, target: Path, size: int, crc: int) -> None:
    with disk.open_existing(beside, writable=False) as file:
        disk.forget(file)
        if _checksum(file) != (size, crc):
            raise FileFault("copy_differs", path=str(target))


def _checksum(source: disk.Source) -> tuple[int, int]:
    size = crc = 0
    for piece in _pieces(source):
        size, crc = size + len(piece), crc32(piece, crc)
    return size, crc


def _pieces(source: disk.Source) -> Iterator[bytes]:
    offset = 0
    while piece := disk.read_at(source, offset, disk.PIECE):
        yield piece
        offset += len(piece)
