"""Crashes, full disks and company: what is acknowledged stays, what fails leaves no trace."""

from __future__ import annotations

import errno
import fcntl
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import stock

from danvan.errors import Busy, FileFault
from danvan.records import Model
from danvan.store import Register
from danvan.store.file import addition, disk, lock
from danvan.store.file.opening import RegisterFile

pytestmark = pytest.mark.usefixtures("impatient")

WRITES = ("write_at", "truncate", "sync", "sync_folder", "replace")


def model(name: str, note: str = "") -> Model:
    return Model(date(2023, 2, 10), name=name, note=note)


def opened(path: Path, **options: Any) -> Register:
    return Register(path, now=lambda: "2023-06-01T08:00:00", author="An", **options)


def names(path: Path) -> list[str]:
    return [entry.record.name for entry in opened(path).scan()]  # type: ignore[attr-defined]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    opened(path).add(model("một"))
    opened(path).add(model("hai"))
    return path


ONE = [model("ba")]
LARGE = [model("ba", "x" * 9000)]
BATCH = [model(name) for name in ("ba", "bốn", "năm")]
PIECES = [model(name, "x" * 150) for name in ("ba", "bốn", "năm", "sáu")]  # a piece each, where they are that small


@contextmanager
def small_pieces() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addition, "PIECE", 256)
        yield


@contextmanager
def every_step(path: Path) -> Iterator[list[bytes]]:
    """The contents of the file after every byte that is written to it, as a crash would leave them."""
    states: list[bytes] = []
    with pytest.MonkeyPatch.context() as patch:

        def write_at(handle: Any, data: bytes, offset: int) -> None:
            for at in range(len(data)):
                before(handle, data[at : at + 1], offset + at)
                states.append(path.read_bytes())

        before = disk.write_at
        patch.setattr(disk, "write_at", write_at)
        yield states


@pytest.mark.parametrize("added", [ONE, BATCH, PIECES], ids=["one", "batch", "pieces"])
def test_a_crash_after_any_byte_leaves_the_old_state_or_the_new(path: Path, added: list[Model]) -> None:
    with every_step(path) as states, small_pieces():
        opened(path).add_many(added)
    old, new = ["một", "hai"], ["một", "hai", *(record.name for record in added)]
    seen = []
    for step, state in enumerate(states):
        path.write_bytes(state)
        seen.append(names(path))
        assert seen[-1] in (old, new)
        if step % 10 == 0 or step > len(states) - 3:
            opened(path).add(model("mới"))
            assert stock(path) == [*seen[-1], "mới"]
    assert seen == sorted(seen, key=len), "the new state never gives way to the old"
    assert seen[-1] == new


def test_a_crash_in_a_mending_loses_nothing(path: Path) -> None:
    whole = path.read_bytes()
    for torn in (whole[:-30], whole + b'of an unfinished {"line"' * 9):
        path.write_bytes(torn)
        with every_step(path) as states:
            opened(path).add(model("ba"))
        for state in states:
            path.write_bytes(state)
            assert names(path) in (["một", "hai"], ["một", "hai", "ba"])


def test_a_disk_that_kept_the_end_of_an_append_without_its_beginning_is_seen_through(path: Path) -> None:
    before = path.read_bytes()
    opened(path).add(model("ba"))
    path.write_bytes(before + path.read_bytes()[len(before) :])
    assert names(path) == ["một", "hai"]
    opened(path).add(model("bốn"))
    assert stock(path) == ["một", "hai", "bốn"]


@contextmanager
def failing(call: str, nth: int, code: int) -> Iterator[list[int]]:
    """Let the `nth` use of a call in `disk` fail; the list counts the uses."""
    used: list[int] = []
    sound = getattr(disk, call)

    def unsound(*args: Any) -> Any:
        used.append(1)
        if len(used) != nth:
            return sound(*args)
        if call == "write_at":
            handle, data, offset = args
            sound(handle, data[: len(data) // 2], offset)
        raise OSError(code, os.strerror(code))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, call, unsound)
        yield used


def change_one(path: Path) -> None:
    opened(path).add_many(ONE)


def change_large(path: Path) -> None:
    opened(path).add_many(LARGE)


def change_batch(path: Path) -> None:
    opened(path).add_many(BATCH)


def change_pieces(path: Path) -> None:
    with small_pieces():
        opened(path).add_many(PIECES)


def change_void(path: Path) -> None:
    opened(path).void_many([1], "nhầm")


def change_remove(path: Path) -> None:
    opened(path).table().remove(doc_ids=[1])


CHANGES = [change_one, change_large, change_batch, change_pieces, change_void, change_remove]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", WRITES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_failing_call_leaves_everything_as_it_was(
    path: Path, change: Callable[[Path], None], call: str, code: int
) -> None:
    before = path.read_bytes()
    for nth in range(1, 12):
        with failing(call, nth, code) as used:
            try:
                change(path)
            except FileFault as fault:
                assert fault.key == "write_failed"
                assert fault.facts == {"path": str(path), "reason": os.strerror(code), "cause": errno.errorcode[code]}
            if len(used) < nth:
                break
        if call != "sync_folder":
            assert path.read_bytes() == before
        assert list(path.parent.iterdir()) == [path]
    else:
        pytest.fail("the change never ended")
    opened(path, wait=0).add(model("sau"))
    assert names(path)[-1] == "sau"


def test_a_disk_that_fails_for_good_keeps_the_records(path: Path) -> None:
    def dead(*_args: Any) -> None:
        raise OSError(errno.EIO, "dead")

    with failing("write_at", 2, errno.EIO), pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "truncate", dead)
        with pytest.raises(FileFault):
            opened(path).add_many(BATCH)
    assert names(path) == ["một", "hai"]
    opened(path).add(model("ba"))
    assert stock(path) == ["một", "hai", "ba"]


@pytest.mark.parametrize("call", ["write_at", "sync"])
def test_a_register_that_cannot_be_created_is_no_half_register(tmp_path: Path, call: str) -> None:
    path = tmp_path / "new.json"
    with failing(call, 1, errno.ENOSPC), pytest.raises(FileFault):
        opened(path).add(model("một"))
    assert names(path) == []
    opened(path).add(model("một"))
    assert stock(path) == ["một"]


def test_a_mending_that_fails_is_tried_again(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])
    for call in ("write_at", "truncate", "sync"):
        with failing(call, 1, errno.ENOSPC), pytest.raises(FileFault):
            opened(path).add(model("ba"))
        path.write_bytes(path.read_bytes()[:-2])
    assert names(path) == ["một", "hai"]
    opened(path).add(model("ba"))
    assert stock(path) == ["một", "hai", "ba"]


def test_an_interrupt_in_the_middle_is_undone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def interrupted(_file: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(disk, "sync", interrupted)
    for change in (change_one, change_batch, change_remove):
        with pytest.raises(KeyboardInterrupt):
            change(path)
        assert path.read_bytes() == before
        assert list(path.parent.iterdir()) == [path]


class Sips:
    """A file that takes seven bytes at a time."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def seek(self, offset: int) -> int:
        return int(self._file.seek(offset))

    def write(self, data: Any) -> int:
        return int(self._file.write(data[:7]))


def test_a_short_write_is_continued(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = disk.write_at
    monkeypatch.setattr(disk, "write_at", lambda handle, data, offset: whole(Sips(handle), data, offset))  # type: ignore[arg-type]
    opened(path).add_many(BATCH)
    assert stock(path) == ["một", "hai", "ba", "bốn", "năm"]


def test_a_file_system_without_locks_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lockless(_file: Any) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_take", lockless)
    with pytest.raises(FileFault) as caught:
        opened(path).add(model("ba"))
    assert caught.value.key == "no_locks"
    assert names(path) == ["một", "hai"]


def test_waiting_is_announced_once_and_has_an_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    told: list[str] = []
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert names(path) == ["một", "hai"], "readers do not wait"
        with pytest.raises(Busy) as caught:
            opened(path, notice=lambda key, **_: told.append(key), wait=0.2).add(model("ba"))
    assert caught.value.facts == {"path": str(path), "seconds": 0}
    assert told == ["waiting"]
    opened(path, wait=0).add(model("ba"))


def test_a_writer_who_waited_finds_the_file_that_took_the_place(path: Path) -> None:
    register = RegisterFile(path, lambda *_, **__: None, 5.0)
    writer = "import sys; from test_store_faults import *; opened(Path(sys.argv[1])).add(model('ba'))"
    with register.writing() as log:
        child = subprocess.Popen([sys.executable, "-c", writer, str(path)], cwd=Path(__file__).parent)
        time.sleep(0.7)
        text = path.read_bytes()
        log.replace(text.replace(b"hai", b"HAI"))
    assert child.wait(30) == 0
    assert names(path) == ["một", "HAI", "ba"]


def test_a_reader_waits_out_a_writer_in_the_middle(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    commit = disk.write_at

    def write_at(handle: Any, data: bytes, offset: int) -> None:
        if data == b"}":
            assert RegisterFile(path, lambda *_: None, 0.0)._quick_look(handle) is None
            with pytest.raises(Busy):
                list(opened(path, wait=0.01).scan())
            seen.append([])
        commit(handle, data, offset)

    monkeypatch.setattr(disk, "write_at", write_at)
    opened(path).add(model("ba"))
    assert seen == [[]]
    assert names(path) == ["một", "hai", "ba"]


WRITER = """
import sys
from test_store_faults import *
register, batch = opened(Path(sys.argv[1])), int(sys.argv[3])
for turn in range(int(sys.argv[2])):
    entries = register.add_many([model("x" * (turn + 1), sys.argv[4]) for _ in range(batch)])
    print(*(entry.id for entry in entries), flush=True)
"""


def writer(path: Path, turns: int, batch: int, who: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(turns), str(batch), who]
    return subprocess.Popen(command, cwd=Path(__file__).parent, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("batch", [1, 3])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, batch: int) -> None:
    path = tmp_path / "register.json"
    chance = random.Random(batch)
    told: list[int] = []
    for _ in range(6):
        child = writer(path, 5000, batch, "x")
        assert child.stdout is not None
        told += map(int, child.stdout.readline().split())
        time.sleep(chance.random() * 0.1)
        child.send_signal(signal.SIGKILL)
        told += map(int, child.stdout.read().rpartition("\n")[0].split())
        child.wait()
        found = [entry.id for entry in opened(path).scan()]
        assert set(told) <= set(found)
        assert len(found) % batch == 0, "a batch is there as a whole or not at all"
    opened(path).add(model("mới"))
    assert len(stock(path)) == len(found) + 1


def test_four_writers_and_a_reader_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    children = [writer(path, 40, 1, str(number)) for number in range(4)]
    counts = [0]
    while any(child.poll() is None for child in children):
        counts.append(len(names(path)))
    assert counts == sorted(counts)
    told = [int(number) for child in children for number in child.communicate()[0].split()]
    assert sorted(told) == list(range(1, 161))
    assert [entry.id for entry in opened(path).scan()] == list(range(1, 161))
    assert len(stock(path)) == 160
