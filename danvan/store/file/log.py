"""What writes to a register file: lines added at its end, or a whole text in its place.

The convention: success is reported only when the disk has what was written. A write that fails or is interrupted
leaves the state before it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from danvan.errors import FileFault
from danvan.store.file import copies, disk, index, layout
from danvan.store.file.addition import Addition
from danvan.store.file.image import Image

READERS = 10.0  # seconds that readers of a large register may need before Windows lets it be replaced


class Log:
    """A register under the lock: its image, and the two ways to change it.

    Args:
        kept: given where something else changed the file: it is copied before the first write, and this is told where.
    """

    def __init__(self, file: io.FileIO, image: Image, path: Path, kept: Callable[[Path], None] | None = None) -> None:
        self._file = file
        self._path = path
        self._kept = kept
        self.image = image

    @property
    def state(self) -> layout.State:
        """The state of the register now."""
        return self.image.state

    def append(self, lines: Iterable[bytes], next_id: int) -> None:
        """Add `lines`: all of them or, if anything fails, none.

        What lies beyond the old end of the file is written first, so that a full disk is met while the old
        closing part still stands. Then that part is overwritten save for the one byte that tells it from a
        record: while it stands, what follows is an unfinished write, whatever it may look like. That byte is
        the commit. The last one comes last: until then no reader takes the new closing part for a finished one.

        Raises:
            FileFault: the disk refused; the register is as it was.
        """
        end, old = self.state.end, layout.closing(self.state)
        addition = Addition(self._accepted(), lines, is_first=end == self.image.head.size)
        pieces = addition.pieces()
        if first := next(pieces, b""):
            with self._as_found():
                self._add(addition, pieces, first, old, next_id)

    def _accepted(self) -> layout.State:
        """The state to go on from: the checksum of the records as they are, whoever changed them."""
        return self.state if self.image.is_untouched else self.state._replace(crc=self.image.checksum())

    @contextmanager
    def _as_found(self) -> Iterator[None]:
        """Keep the file as something else left it; of a write that fails no copy stays."""
        if not self._kept:
            yield
            return
        copy = copies.copy(self._file, self._path, copies.AS_FOUND).path
        try:
            yield
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        self._kept(copy)
        self._kept = None

    def _add(self, addition: Addition, pieces: Iterator[bytes], first: bytes, old: bytes, next_id: int) -> None:
        """Write an addition of which `first` is the first piece over the `old` closing part."""
        end = self.state.end
        at, rest = end + len(old), first[len(old) :]
        try:
            for piece in pieces:
                disk.write_at(self._file, rest, at)
                at, rest = at + len(rest), piece
            state = addition.state._replace(next_id=next_id, stamp=disk.now())
            self._finish(first[: len(old)], rest + layout.closing(state), at, state, is_batch=addition.count > 1)
        except BaseException as fault:
            self._undo(old, end)
            if isinstance(fault, OSError):
                raise FileFault.of("write_failed", self._path, fault) from fault
            raise
        self.image.state = state

    def _finish(self, start: bytes, rest: bytes, at: int, state: layout.State, *, is_batch: bool) -> None:
        """Write the last of an addition, to `at`, then its `start` over the old closing part."""
        end = self.state.end
        short = len(layout.closing(self.state)) - len(start)  # what is added may be shorter than what it overwrites
        start, rest = start + rest[:short], rest[short:]
        # The last line is checked on opening. More than that could reach the disk in any order, hence the
        # syncs.
        in_steps = is_batch or at + len(rest) - end > layout.TAIL
        commit = layout.commit_at(start)
        disk.write_at(self._file, rest[:-1] + b" ", at)
        if in_steps:
            disk.sync(self._file)
        disk.write_at(self._file, start[commit + 1 :], end + commit + 1)
        if in_steps:
            disk.sync(self._file)
        disk.write_at(self._file, start[commit : commit + 1], end + commit)
        disk.write_at(self._file, rest[-1:], at + len(rest) - 1)
        disk.stamp(self._file, state.stamp)
        disk.sync(self._file)

    def _undo(self, old: bytes, end: int) -> None:
        with suppress(OSError):
            disk.write_at(self._file, old, end)
        with suppress(OSError):
            disk.truncate(self._file, end + len(old))
            disk.sync(self._file)

    def replace(self, text: bytes) -> None:
        """Put `text` in the place of the whole file; the log is at its end after that.

        Raises:
            FileFault: the disk refused; the register is as it was.
        """
        with self._as_found():
            self._replace(text)

    def _replace(self, text: bytes) -> None:
        moment = disk.now()
        own = (self._path.name, index.path_of(self._path).name)
        disk.sweep(self._path.parent, own.__contains__)
        try:
            beside = disk.write_beside(self._path, layout.stamped(text, moment), moment)
            try:
                disk.let_go(self._file)
                disk.replace(beside, self._path, READERS)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
            try:
                disk.sync_folder(self._path.parent)
            except BaseException:
                self._put_back()
                raise
        except OSError as fault:
            raise FileFault.of("write_failed", self._path, fault) from fault

    def _put_back(self) -> None:
        with suppress(OSError):  # a disk that fails twice has whatever it has
            disk.replace(disk.copy_beside(self._file, self._path), self._path)
