"""The register file: opening it to read or to write, and mending it.

The convention: readers never write and never wait for a writer who is doing well; writers hold the lock and
find the file as it should be, or mend it first.
"""

from __future__ import annotations

import io
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from danvan.errors import Damaged, FileFault, Refused
from danvan.store.file import copies, disk, index, layout
from danvan.store.file.image import Image
from danvan.store.file.index import Index
from danvan.store.file.lock import locked
from danvan.store.file.log import Log

MENDINGS = 5  # one is enough, unless another program goes on writing
LOOKS = (0.001, 0.004, 0.016)  # seconds between looks at a file in the middle of somebody's write


class RegisterFile:
    """A register at a path.

    Args:
        notice: is told `created` (path), `torn` (path, dropped), `edited` (path), `kept` (path, copy),
            `upgraded` (path, copy, format) and `waiting` (path).
        wait: how many seconds to wait for another writer.
    """

    def __init__(self, path: Path, notice: Callable[..., None], wait: float) -> None:
        self.path = path
        self._notice = notice
        self._wait = wait
        self._seen: tuple[int, ...] = ()
        self._known: Index | None = None

    @contextmanager
    def reading(self) -> Iterator[Image]:
        """The register as it is now; one that does not exist is empty, and nothing is created."""
        image = self._image()
        with image.source:
            yield image

    def _image(self) -> Image:
        path = self.resolved()
        while True:
            try:
                file = self._open(path, writable=False)
                image = self._quick_look(file)
                if image:
                    return image
                file.close()
                with self._locked(path, lambda: self._open(path, writable=False)) as file:
                    if not self.look(file):
                        return self._understood(file)
            except FileNotFoundError:
                text, state = layout.whole(layout.head(layout.new_row(), {}), (), 1)
                return self.image_of(text, state)

    def stamp(self) -> tuple[int, ...]:
        """What changes whenever the register does."""
        return disk.identity(self.resolved())

    @contextmanager
    def writing(self) -> Iterator[Log]:
        """The register under the lock, created or mended where need be.

        Raises:
            Busy, Damaged, FileFault: it cannot be written; nothing was changed.
        """
        path = self.resolved()
        for _ in range(MENDINGS):
            with self._locked(path, lambda: self._open_or_create(path)) as file:
                image = self.look(file)
                if image and image.head.row["format"] == layout.FORMAT:
                    is_changed = image.state.stamp and not image.is_untouched
                    yield Log(file, image, path, self._tell_kept if is_changed else None)
                    return
                if image:
                    self._upgrade(file, image, path)
                else:
                    self._mend(file, path)
        raise Damaged("not_register", path=str(self.path))

    def _tell_kept(self, copy: Path) -> None:
        self._notice("kept", path=str(self.path), copy=str(copy))

    @contextmanager
    def held(self) -> Iterator[io.FileIO]:
        """The file as it is, in whatever state, while nobody writes to it.

        Raises:
            Refused: there is none.
            Busy, FileFault: it cannot be read.
        """
        path = self.resolved()
        try:
            with self._locked(path, lambda: self._open(path, writable=False)) as file:
                yield file
        except FileNotFoundError:
            raise Refused("no_register", path=str(self.path)) from None

    @contextmanager
    def taken(self) -> Iterator[tuple[io.FileIO, Log]]:
        """The file as it is, in whatever state, and a log to replace it with; created where there is none.

        Raises:
            Busy, FileFault: it cannot be written; nothing was changed.
        """
        path = self.resolved()
        is_new = not path.exists()
        with self._locked(path, lambda: self._open_or_create(path)) as file:
            try:
                yield file, self._log(file, path)
            except BaseException:
                if is_new and path.exists() and not path.stat().st_size:
                    disk.let_go(file)
                    path.unlink()
                raise

    def _log(self, file: io.FileIO, path: Path, kept: Callable[[Path], None] | None = None) -> Log:
        """A log that can only be replaced."""
        return Log(file, Image(file, layout.Head({}, {}, 0), layout.State(1, 0, 0)), path, kept)

    def look(self, file: disk.Source) -> Image | None:
        """The image of a file as danvan left it, whatever its size at the same cost; None where it has to be mended.

        Raises:
            Damaged: a newer danvan wrote it.
        """
        try:
            length = disk.size(file)
            head = self._head(file, length)
            if head is None:
                return None
            offset = max(length - layout.TAIL, 0)
            state = layout.read_closing(disk.read_at(file, offset, layout.TAIL), offset)
        except OSError as fault:
            raise FileFault.of("unreadable", self.path, fault) from fault
        is_whole = state is not None and state.end >= head.size
        return Image(file, head, state, self._index) if state and is_whole else None

    def _upgrade(self, file: io.FileIO, image: Image, path: Path) -> None:
        """Give a register of an older format the present one; the file as it was is kept aside."""
        kept = copies.copy(file, path, "before-upgrade")
        row = {**image.head.row, "format": layout.FORMAT}
        text = layout.moved(disk.read_at(file, 0, image.state.end), image.head, row, image.state)
        self._log(file, path).replace(text)
        self._notice("upgraded", path=str(self.path), copy=str(kept.path), format=layout.FORMAT)

    def resolved(self) -> Path:
        """The file itself, behind all links."""
        return Path(os.path.realpath(self.path))

    def _locked(self, path: Path, opened: Callable[[], io.FileIO]) -> AbstractContextManager[io.FileIO]:
        return locked(path, opened, self._notice, self._wait)

    def _open(self, path: Path, *, writable: bool) -> io.FileIO:
        try:
            mode = path.stat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # a pipe would be waited for, a device is empty
                raise FileFault("no_file", path=str(self.path))
            return disk.open_existing(path, writable=writable)
        except FileNotFoundError:
            raise
        except OSError as fault:
            if path.is_dir():
                raise FileFault("is_directory", path=str(self.path)) from fault
            raise FileFault.of("read_only" if writable else "unreadable", self.path, fault) from fault

    def _open_or_create(self, path: Path) -> io.FileIO:
        while True:
            with suppress(FileNotFoundError):
                return self._open(path, writable=True)
            try:
                file = disk.create(path)
            except FileExistsError:
                continue  # somebody was faster
            except OSError as fault:
                raise FileFault.of("read_only", self.path, fault) from fault
            self._notice("created", path=str(self.path))
            return file

    def _quick_look(self, file: io.FileIO) -> Image | None:
        for pause in LOOKS:
            if image := self.look(file):
                return image
            time.sleep(pause)
        return self.look(file)

    def _index(self) -> Index | None:
        """The index beside the register, read once for all that a run asks."""
        path = index.path_of(self.resolved())
        seen = disk.identity(path)
        if seen != self._seen:
            self._seen, self._known = seen, index.open_at(path)
        return self._known

    def _head(self, file: disk.Source, length: int) -> layout.Head | None:
        count = layout.TAIL
        while True:
            data = disk.read_at(file, 0, count)
            head = layout.read_head(data, str(self.path))
            if head or count >= length or not data.startswith(layout.OPENING):
                return head
            count *= 8

    def _recover(self, file: io.FileIO) -> layout.Mended:
        try:
            data = disk.read_at(file, 0, disk.size(file))
        except OSError as fault:
            raise FileFault.of("unreadable", self.path, fault) from fault
        mended = layout.recover(data, str(self.path))
        if mended.cause == "torn":
            self._notice("torn", path=str(self.path), dropped=mended.dropped)
        return mended

    def _understood(self, file: io.FileIO) -> Image:
        """What a reader sees of a file that a writer will have to mend."""
        mended = self._recover(file)
        if mended.cause == "edited":
            self._notice("edited", path=str(self.path))
        text = mended.text
        if text is None:
            text = disk.read_at(file, 0, mended.state.end) + layout.closing(mended.state)
        return self.image_of(text, mended.state)

    def image_of(self, text: bytes, state: layout.State) -> Image:
        """The image of a whole file that is not on the disk, or not yet."""
        source = io.BytesIO(text)
        head = self._head(source, disk.size(source))
        assert head is not None, "danvan wrote it"
        return Image(source, head, state)

    def _mend(self, file: io.FileIO, path: Path) -> None:
        mended = self._recover(file)
        if mended.cause == "edited" and mended.text is not None:
            self._log(file, path, self._tell_kept).replace(mended.text)
            return
        start = 0 if mended.text is not None else mended.state.end
        text = mended.text if mended.text is not None else layout.closing(mended.state)
        try:
            disk.write_at(file, text, start)
            disk.truncate(file, start + len(text))
            disk.sync(file)
            if mended.cause == "new":
                disk.sync_folder(path.parent)
        except OSError as fault:
            raise FileFault.of("write_failed", self.path, fault) from fault
