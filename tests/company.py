"""Several processes at work on one register: writers who add and edit, readers who look at it all the time."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec
from killing import model, opened
from tinydb import TinyDB

from danvan.store.keeping.checking import check


class Company(NamedTuple):
    """What came of it.

    Attributes:
        acknowledged: how many writes were reported done: an add or an edit each.
        added: the ids that were given.
        reads: how often somebody looked.
        seconds: how long the writers took.
    """

    acknowledged: int
    added: list[int]
    reads: int
    seconds: float


def keep_company(path: Path, writers: int, writes: int, readers: int) -> Company:
    """Let `writers` make `writes` changes each while `readers` look, and check what is there afterwards.

    Raises:
        AssertionError: a writer or a reader failed, or something acknowledged is not there.
    """
    opened(path).add(model("first"))
    started = time.monotonic()
    writing = [_child(lambda say, who=who: _write(path, who, writes, say)) for who in range(writers)]  # type: ignore[misc]
    looking = [_child(lambda say: _look(path, say)) for _ in range(readers)]
    said = [one.ended() for one in writing]
    seconds = time.monotonic() - started
    stop(path).touch()
    seen = [one.ended() for one in looking]
    stop(path).unlink()
    _is_all_there(path, said)
    added = [number for one in said for number in map(int, one["added"])]
    acknowledged = sum(len(one["added"]) + one["edits"] for one in said)
    return Company(acknowledged, added, sum(one["reads"] for one in seen), seconds)


def stop(path: Path) -> Path:
    """The file that tells readers to stop."""
    return path.with_name("stop")


class Child(NamedTuple):
    """A process of which the answer is awaited."""

    pid: int
    pipe: int

    def ended(self) -> dict[str, object]:  # type: ignore[type-arg]
        with os.fdopen(self.pipe, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        assert status == 0, (status, answer)
        found: dict[str, object] = json.loads(answer)
        return found


def _child(work: Callable[[Callable[[object], None]], None]) -> Child:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    try:
        os.close(reading)
        work(lambda what: os.write(writing, json.dumps(what).encode()))
    except BaseException as fault:
        os.write(writing, repr(fault).encode())
        os._exit(1)
    os._exit(0)


def _write(path: Path, who: int, writes: int, say: Callable[[object], None]) -> None:
    """Adds, and edits of what this writer added: each edit counts one up."""
    random, register = Random(who), opened(path)
    added: dict[int, int] = {}
    edits = 0
    for turn in range(writes):
        if added and random.random() < 0.4:
            number = random.choice(list(added))
            register.revise(number, lambda record: msgspec.structs.replace(record, note=record.note + "."))
            added[number] += 1
            edits += 1
        else:
            added[register.add(model(f"{who}-{turn}")).id] = 0
    say({"who": who, "added": added, "edits": edits})


def _look(path: Path, say: Callable[[object], None]) -> None:
    """Scans of everything, none of which may fail or see fewer records than the one before."""
    reads, most = 0, 0
    while not stop(path).exists():
        records = [entry.record for entry in opened(path).scan()]
        assert len(records) >= most
        most = len(records)
        reads += 1
    say({"reads": reads})


def _is_all_there(path: Path, said: list[dict[str, object]]) -> None:
    register = opened(path)
    present = {entry.id: entry.record for entry in register.scan()}
    for one in said:
        for number, edits in one["added"].items():  # type: ignore[attr-defined]
            record = present.pop(int(number))
            assert record.name.startswith(f"{one['who']}-")  # type: ignore[attr-defined]
            assert (record.rev, len(record.note)) == (edits + 1, edits)
    assert [record.name for record in present.values()] == ["first"]  # type: ignore[attr-defined]
    assert check(register.file).findings == []
    with TinyDB(path, access_mode="r") as db:
        assert len(db.table("records")) == sum(len(one["added"]) for one in said) + 1  # type: ignore[arg-type]
