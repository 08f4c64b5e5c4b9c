"""One writer at a time: an exclusive lock on the register file itself, on Windows on a file beside it.

The convention: the operating system holds the lock and drops it when the process dies; that a file is there never
means that anything is locked. Readers lock only a file whose end they cannot believe.

Windows replaces no file that is open, so a lock on the register itself would have to be given up before a rewrite is
in its place, and somebody who waits for it would add to the file that is about to go. The empty `….lock` is replaced
by nobody, and who waits for it has nothing else open.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from danvan.errors import Busy, FileFault

PATIENCE = 1.0  # seconds of waiting before it is announced
PAUSE = 0.002
HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    FAR = 0x7FFF_FFFE  # nobody can read a byte that Windows locks, so it is one that no register reaches

    def _take(file: io.FileIO) -> None:
        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _release(file: io.FileIO) -> None:
        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

    def _place(path: Path, opened: Callable[[], io.FileIO]) -> io.FileIO:
        with opened() as file:  # what cannot be opened need not be locked
            is_read = not file.writable()
        beside = path.with_name(f"{path.name}.lock")
        if is_read and not beside.exists():  # where nobody ever wrote, nothing is left beside what is only read
            return opened()
        try:
            return io.FileIO(beside, "a+")
        except PermissionError:  # a folder that may only be read; then nobody here replaces the register either
            return io.FileIO(beside, "r") if beside.exists() else opened()

    def _under(path: Path, place: io.FileIO, opened: Callable[[], io.FileIO]) -> io.FileIO | None:  # noqa: ARG001
        return opened()

else:
    import fcntl

    def _take(file: io.FileIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(file: io.FileIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)

    def _place(path: Path, opened: Callable[[], io.FileIO]) -> io.FileIO:  # noqa: ARG001
        return opened()

    def _under(path: Path, place: io.FileIO, opened: Callable[[], io.FileIO]) -> io.FileIO | None:  # noqa: ARG001
        return place if _is_still(path, place) else None


@contextmanager
def locked(
    path: Path, opened: Callable[[], io.FileIO], notice: Callable[..., None], wait: float
) -> Iterator[io.FileIO]:
    """Open the file at `path` with `opened` and hold its lock.

    Raises:
        Busy: somebody else held it for `wait` seconds.
        FileFault: the file system has no locks.
    """
    until = time.monotonic() + wait
    announce = _announcer(notice, path)
    while True:
        place = _place(path, opened)
        try:
            _wait_for(place, path, until, wait, announce)
            if file := _under(path, place, opened):
                with file:
                    yield file
                    return
        finally:
            _leave(place)


def _announcer(notice: Callable[..., None], path: Path) -> Callable[[], None]:
    """A function that announces the waiting, once, when it has lasted long enough."""
    when = [time.monotonic() + PATIENCE]

    def announce() -> None:
        if when and time.monotonic() >= when[0]:
            when.clear()
            notice("waiting", path=str(path))

    return announce


def _wait_for(file: io.FileIO, path: Path, until: float, wait: float, announce: Callable[[], None]) -> None:
    pause = PAUSE
    while True:
        try:
            _take(file)
            return
        except OSError as fault:
            if fault.errno not in HELD:
                raise FileFault.of("no_locks", path, fault) from fault
        if time.monotonic() >= until:
            raise Busy("busy", path=str(path), seconds=round(wait))
        announce()
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def _is_still(path: Path, file: io.FileIO) -> bool:
    """Whether `path` still names the locked file; a rewrite puts another one in its place."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _leave(file: io.FileIO) -> None:
    if file.closed:
        return
    try:
        _release(file)
    except OSError:
        pass  # it was never held; closing releases whatever is
    finally:
        file.close()
