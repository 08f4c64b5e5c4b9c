"""Kills, crowds and locks: what was acknowledged is there, and nobody waits for the dead.

The same at full length: `python tests/bench/trust.py`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from office import MINIMAL, Run, holds

from danvan.messages import catalogue

if sys.platform == "win32":
    pytest.skip("processes are forked here", allow_module_level=True)

from company import keep_company
from killing import Deeds, counted, kills, model, opened, state

KILLS = 60
EN = catalogue("en")


@pytest.mark.unmeasured
@pytest.mark.parametrize("size", [20, 4000])  # the larger register has an index
def test_what_was_acknowledged_survives_kills_in_the_middle_of_everything(tmp_path: Path, size: int) -> None:
    count = KILLS if size < 1000 else KILLS // 6
    fell, _ = counted(kills(tmp_path, count, seed=size, size=size))
    assert sum(fell.values()) == count


def test_every_deed_that_is_killed_works_when_it_is_not(tmp_path: Path) -> None:
    from random import Random

    path = tmp_path / "register.json"
    opened(path).add_many([model("scratch a"), *(model(f"first {at}") for at in range(9))])
    said = []
    deeds = Deeds(path, Random(1), said.append)
    for deed in (deeds.add, deeds.edit, deeds.load, deeds.merge, deeds.erase, deeds.repair, deeds.restore):
        deed()
        assert "done" in said[-1], said[-1]
    assert state(path)


def test_nobody_is_in_anybodys_way(tmp_path: Path) -> None:
    outcome = keep_company(tmp_path / "register.json", writers=4, writes=60, readers=2)
    assert outcome.acknowledged == 240
    assert len(set(outcome.added)) == len(outcome.added)
    assert outcome.reads > 0


def holder(path: Path) -> int:
    """A process that holds the register's lock until it is killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        with opened(path).file.writing():
            os.write(writing, b".")
            time.sleep(60)
        os._exit(0)
    os.read(reading, 1)
    os.close(reading)
    os.close(writing)
    return pid


def test_who_was_killed_holds_no_lock(run: Run) -> None:
    run(*MINIMAL["model"].single)
    pid = holder(run.db)
    try:
        assert run("models", "--count").out
        started = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        run(*MINIMAL["model"].single)
        assert time.monotonic() - started < 20, "it did not wait until patience ended"
    finally:
        with_nothing_left(pid)
    assert not list(run.home.glob("*lock*"))


def with_nothing_left(pid: int) -> None:
    """End a process that may have ended already."""
    try:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


@pytest.mark.parametrize(
    "argv",
    [("backup",), ("check", "--repair"), ("erase", "1", "--reason", "x", "--yes"), ("restore", "copy.json", "--yes")],
)
def test_waiting_for_who_lives_is_announced_and_has_an_end(
    run: Run, argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from danvan.store import register
    from danvan.store.file import lock

    run(*MINIMAL["model"].single)
    copy = run.home / "copy.json"
    copy.write_bytes(run.db.read_bytes())
    before = run.db.read_bytes()
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    monkeypatch.setattr(register.Register.__init__, "__kwdefaults__", {"notice": register.ignore, "wait": 0.3})
    pid = holder(run.db)
    try:
        answer = run(*(str(copy) if word == "copy.json" else word for word in argv), code=4)
        assert holds(answer.err, EN["notice.waiting"])
        assert holds(answer.err, EN["error.busy"])
    finally:
        with_nothing_left(pid)
    assert run.db.read_bytes() == before
    assert sorted(path.name for path in run.home.iterdir()) == ["copy.json", "register.json"]


@pytest.mark.parametrize(
    "argv", [("backup",), ("check",), ("check", "--repair"), ("erase", "1", "--reason", "x", "--yes")]
)
def test_a_file_system_without_locks_is_said_by_every_keeper(
    run: Run, argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from danvan.store.file import lock

    run(*MINIMAL["model"].single)
    before = run.db.read_bytes()

    def lockless(_file: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(lock, "_take", lockless)
    assert holds(run(*argv, code=6).err, EN["error.no_locks"])
    assert run.db.read_bytes() == before
    assert [path.name for path in run.home.iterdir()] == ["register.json"]


def test_the_dead_leave_no_temporary_files_for_long(run: Run) -> None:
    run(*MINIMAL["model"].single)
    (run.home / "backups").mkdir()
    dead = [
        run.home / ".register.json.99999.tmp",
        run.home / ".register.json.index.99999.tmp",
        run.home / "backups" / ".register.2023-12-26-080000.backup.json.99999.tmp",
    ]
    alive = [
        run.home / ".other.json.99999.tmp",
        run.home / ".register.json.notes.99999.tmp",
        run.home / "backups" / ".register.b.2023-12-26-080000.backup.json.99999.tmp",
    ]
    for path in (*dead, *alive):
        path.write_text("x")
    run("backup")
    run("erase", "1", "--reason", "x", "--yes")
    assert [path.exists() for path in dead] == [False] * 3
    assert [path.exists() for path in alive] == [True] * 3
    assert json.loads(run.db.read_bytes())
