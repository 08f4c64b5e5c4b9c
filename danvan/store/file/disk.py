"""The few calls that touch the disk.

The convention: whoever changes a register does it through this module (`disk.write_at(…)`), so that tests
can let each single call fail, and stop the world after each.
"""

from __future__ import annotations

import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

Source = io.FileIO | io.BytesIO
PRIVATE = 0o600
SINCE_1601 = 116_444_736_000_000_000  # 1970 as Windows counts, in units of 100 ns
TEMPORARY = re.compile(r"\.(.+)\.\d+\.tmp")  # see `_made_beside`
PIECE = 1 << 20  # bytes copied at a time
MOMENT = 0.5  # seconds that it may take until a file is let go
Value = TypeVar("Value")


def open_existing(path: Path, *, writable: bool) -> io.FileIO:
    """Open a file that is there."""
    return _patiently(lambda: io.FileIO(path, "r+" if writable else "r"), MOMENT)


def create(path: Path) -> io.FileIO:
    """Make a new file for the owner's eyes only, and the folders it needs."""
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(0o700, exist_ok=True)
    return io.FileIO(path, "x+", opener=lambda name, flags: os.open(name, flags, PRIVATE))


def size(file: Source) -> int:
    """How many bytes the file has now."""
    return file.seek(0, os.SEEK_END)


def identity(path: Path) -> tuple[int, ...]:
    """What changes whenever the file at a path does; empty where there is none."""
    try:
        now = path.stat()
    except FileNotFoundError:
        return ()
    return now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns


def read_at(file: Source, offset: int, count: int) -> bytes:
    """The `count` bytes from `offset` on, fewer at the end of the file."""
    file.seek(offset)
    data = file.read(count)
    while len(data) < count and (more := file.read(count - len(data))):
        data += more
    return data


def write_at(file: io.FileIO, data: bytes, offset: int) -> None:
    """Write all of `data`; the system may take it in pieces."""
    file.seek(offset)
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def now() -> int:
    """The present moment in nanoseconds since 1970, no finer than file systems keep it."""
    return time.time_ns() // 1000 * 1000


def modified(file: Source) -> int:
    """When the file was last changed, in nanoseconds since 1970."""
    return os.fstat(file.fileno()).st_mtime_ns


def stamp(file: io.FileIO, moment: int) -> None:
    """Say that the file was changed at `moment`.

    Who may write to a file need not own it, and some file systems keep whole seconds. A file without its stamp
    is not believed at sight, and nothing worse.
    """
    with suppress(OSError):
        if sys.platform == "win32":
            import ctypes
            import msvcrt

            # Only a time that is set through the handle itself outlasts the closing of a file that was written to.
            handle = ctypes.c_void_p(msvcrt.get_osfhandle(file.fileno()))
            written = ctypes.c_uint64(moment // 100 + SINCE_1601)
            ctypes.windll.kernel32.SetFileTime(handle, None, None, ctypes.byref(written))
        else:
            os.utime(file.fileno(), ns=(moment, moment))


def truncate(file: io.FileIO, length: int) -> None:
    """Cut the file off."""
    file.truncate(length)


def sync(file: io.FileIO) -> None:
    """Come back when the file is on the disk itself."""
    if sys.platform == "darwin":
        import fcntl  # fsync on macOS leaves data in the drive's own cache

        try:
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
            return
        except OSError:
            pass
    os.fsync(file.fileno())


def forget(file: io.FileIO) -> None:
    """Ask the system to read the file from the disk again, where it can be asked."""
    if sys.platform == "linux":
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Make a new name in `folder` last; Windows does so by itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def let_go(file: io.FileIO) -> None:
    """Close a file that is about to be replaced or removed, where that needs it; elsewhere its lock is kept."""
    if sys.platform == "win32":
        file.close()


def replace(source: Path, target: Path, seconds: float = MOMENT) -> None:
    """Put `source` in the place of `target` at one stroke, once nobody has `target` open, for `seconds` at most."""
    _patiently(lambda: source.replace(target), seconds)


def _patiently(act: Callable[[], Value], seconds: float) -> Value:
    """Try again for a while what Windows refuses as long as somebody has a file open."""
    until = time.monotonic() + (seconds if sys.platform == "win32" else 0)
    while True:
        try:
            return act()
        except PermissionError:
            if time.monotonic() >= until:
                raise
        time.sleep(0.02)


def sweep(folder: Path, is_ours: Callable[[str], bool]) -> None:
    """Remove the temporary files that processes left in `folder` when they died, for targets of some names.

    Who calls holds the lock under which a register is written, so no living process is at work on one for it. An index
    is made without the lock: one that is being made may be lost, which only costs making it later.
    """
    with suppress(OSError):
        for path in folder.iterdir():
            name = TEMPORARY.fullmatch(path.name)
            if name and is_ours(name[1]):
                path.unlink()


def copy_beside(source: Source, target: Path) -> Path:
    """A finished, private, temporary file in the folder of `target`, with all that `source` holds and its time."""
    with _made_beside(target) as (file, beside):
        offset = 0
        while piece := read_at(source, offset, PIECE):
            write_at(file, piece, offset)
            offset += len(piece)
        if isinstance(source, io.FileIO):
            stamp(file, modified(source))
    return beside


def write_beside(target: Path, data: bytes, moment: int = 0) -> Path:
    """A finished, private, temporary file with `data` in the folder of `target`, stamped with a `moment` if given."""
    with _made_beside(target) as (file, beside):
        write_at(file, data, 0)
        if moment:
            stamp(file, moment)
    return beside


def put(target: Path, data: bytes) -> None:
    """Write a whole file for its owner's eyes only: all of it, or what was there before."""
    old = target.read_bytes() if target.exists() else None
    _put(target, data)
    try:
        sync_folder(target.parent)
    except BaseException:
        with suppress(OSError):  # a disk that fails twice has whatever it has
            target.unlink() if old is None else _put(target, old)
        raise


def _put(target: Path, data: bytes) -> None:
    beside = write_beside(target, data)
    try:
        replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def _made_beside(target: Path) -> Iterator[tuple[io.FileIO, Path]]:
    """A new temporary file of this process's own in the folder of `target`; nothing is left of it on a failure."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    file = create(beside)
    try:
        with file:
            yield file, beside
            sync(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
