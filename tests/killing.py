"""Killing danvan at random moments, and what must be true afterwards.

A child does one thing after the other to a register and says before each what it is about to do, and after each what
came of it. It is killed with SIGKILL; then the register must hold what was acknowledged, and of what was under way
all or nothing.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import msgspec
from tinydb import TinyDB

from danvan.cli import main
from danvan.records import Model, Record
from danvan.store import Register
from danvan.store.keeping.checking import check

Said = dict[str, Any]
State = dict[int, list[Any]]  # id: name, note, version, whether it was erased
SCRATCH = 1  # a record in which another program changes a letter, to have something to mend
LONGEST = 0.08  # seconds before the kill


class Blow(NamedTuple):
    """One kill: what was under way, and whether it was found done."""

    deed: str
    is_done: bool


class Deeds:
    """What a child does to the register."""

    def __init__(self, path: Path, random: Random, say: Callable[[Said], None]) -> None:
        self.path = path
        self.random = random
        self.say = say
        self.count = 0
        self.register = opened(path)
        self.ids = [entry.id for entry in self.register.scan() if entry.id != SCRATCH]

    def do(self) -> None:
        """One thing, said before and after."""
        deeds = [self.add, self.add, self.edit, self.edit, self.load, self.merge, self.erase, self.repair, self.restore]
        self.random.choice(deeds)()

    def add(self) -> None:
        (name,) = self.begin("add", new=1)
        self.ended([self.register.add(model(name)).id])

    def edit(self) -> None:
        number = self.random.choice(self.ids or [SCRATCH])
        (note,) = self.begin("edit", new=1, ids=[number])
        self.register.revise(number, lambda record: msgspec.structs.replace(record, note=note))
        self.ended([number])

    def load(self) -> None:
        """An import of a file."""
        names = self.begin("import", new=self.random.randrange(2, 40))
        file = self.path.with_name("incoming.csv")
        rows = [f"2023-02-10,{name},economy,registered" for name in names]
        file.write_text("\n".join(["date,name,field,status", *rows]), "utf-8")
        self.run("import", file)
        self.ended_new(names)

    def merge(self) -> None:
        names = self.begin("merge", new=self.random.randrange(1, 20))
        other = self.path.with_name("other.json")
        other.unlink(missing_ok=True)
        opened(other).add_many([model(name) for name in names])
        self.run("merge", other)
        self.ended_new(names)

    def erase(self) -> None:
        chosen = self.random.sample(self.ids, min(len(self.ids), 3))
        self.begin("erase", ids=chosen)
        if chosen:
            self.run("erase", *chosen, "--reason", "theo đơn", "--yes")
        self.ended(chosen)

    def repair(self) -> None:
        self.begin("repair")
        with self.path.open("r+b") as file:
            at = file.read().index(b'"name":"scratch ') + len(b'"name":"scratch ')
            file.seek(at)
            file.write(bytes([self.random.choice(b"abcdefgh")]))
        self.run("check", "--repair")
        self.ended([])

    def restore(self) -> None:
        """A backup, and back to it."""
        self.begin("restore")
        made = json.loads(self.run("backup", "--keep", "2", "--json"))["backup"]["path"]
        self.run("restore", made, "--yes")
        self.ended([])

    def begin(self, deed: str, *, new: int = 0, ids: list[int] | None = None) -> list[str]:
        self.count += 1
        tokens = [f"{os.getpid()}-{self.count}-{at}-" + "x" * self.random.randrange(300) for at in range(new)]
        self.say({"begin": deed, "tokens": tokens, "ids": ids or []})
        return tokens

    def ended(self, ids: list[int]) -> None:
        histories = {number: self.register.history(number)[-1] for number in ids}
        self.ids += [number for number in ids if number not in self.ids]
        self.say({"done": {number: told(record) for number, record in histories.items()}})

    def ended_new(self, names: list[str]) -> None:
        wanted = set(names)
        self.ended([entry.id for entry in self.register.scan() if entry.record.name in wanted])  # type: ignore[attr-defined]

    def run(self, *argv: object) -> str:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*map(str, argv), "--db", str(self.path), "--lang", "en"])
        if code:
            self.say({"failed": [*map(str, argv)], "code": code, "out": out.getvalue(), "err": err.getvalue()})
            os._exit(1)
        return out.getvalue()


def opened(path: Path) -> Register:
    return Register(path, now=lambda: "2023-06-01T08:00:00+07:00", author="An")


def model(name: str) -> Model:
    return Model(date(2023, 2, 10), name=name, field="economy", status="registered")


def told(record: Record) -> list[Any]:
    return [record.name, record.note, record.rev, record.erased is not None]  # type: ignore[attr-defined]


def state(path: Path) -> State:
    return {entry.id: told(entry.record) for entry in opened(path).scan() if entry.id != SCRATCH}


def begun(path: Path, size: int) -> State:
    """A new register with some records, among them the scratch."""
    path.parent.mkdir(parents=True, exist_ok=True)
    opened(path).add_many([model("scratch a"), *(model(f"first {at} " + "y" * 200) for at in range(size))])
    return state(path)


def kills(folder: Path, count: int, seed: int, size: int = 20, rounds: int = 25) -> Iterator[Blow]:
    """Kill `count` children, at most `rounds` of them over one register, and check after each.

    Raises:
        AssertionError: something acknowledged is not there, or something unacknowledged is there in part.
    """
    random = Random(seed)
    before: State = {}
    path = folder
    for at in range(count):
        if at % rounds == 0:
            path = folder / str(at) / "register.json"
            before = begun(path, size)
        said = _until_killed(path, Random(random.random()), random.random() * LONGEST)
        before, blow = _survived(path, before, said)
        yield blow
        if (at + 1) % rounds == 0 or at + 1 == count:
            _is_tidy(path)


def _until_killed(path: Path, random: Random, seconds: float) -> list[Said]:
    """All that a child said before it was killed; half a sentence counts for none."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(path, random, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        first = pipe.readline()  # it has begun
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = (first + pipe.read()).split(b"\n")[:-1]
    return [json.loads(line) for line in lines]


def _live(path: Path, random: Random, writing: int) -> None:
    def say(what: Said) -> None:
        os.write(writing, json.dumps(what).encode() + b"\n")

    try:
        deeds = Deeds(path, random, say)
        while True:
            deeds.do()
    except BaseException as fault:
        say({"failed": repr(fault)})
    os._exit(1)


def _survived(path: Path, before: State, said: list[Said]) -> tuple[State, Blow]:
    """The state after a kill, once it was found to be what it must be."""
    expected, pending = dict(before), None
    for what in said:
        assert "failed" not in what, what
        if "done" in what:
            expected |= {int(number): value for number, value in what["done"].items()}
            pending = None
        else:
            pending = what
    now = state(path)
    missing = expected.keys() - now.keys()
    assert not missing, (missing, pending)
    changed = {number: value for number, value in now.items() if expected.get(number) != value}
    if changed:
        assert pending, changed
        _is_all_of(pending, changed, expected, path)
    _is_sound(path, pending)
    return now, Blow(pending["begin"] if pending else "nothing", bool(changed))


def _is_all_of(pending: Said, changed: State, expected: State, path: Path) -> None:
    """That what was under way was done as a whole."""
    match pending["begin"]:
        case "add" | "import" | "merge":
            assert sorted(value[0] for value in changed.values()) == sorted(pending["tokens"]), pending
            assert not changed.keys() & expected.keys()
        case "edit":
            (number,) = pending["ids"]
            name, _, rev, erased = expected[number]
            assert changed == {number: [name, pending["tokens"][0], rev + 1, erased]}
        case "erase":
            for number in pending["ids"]:
                assert number not in changed or changed[number][3]
                if number in changed:
                    texts = {(one.name, one.note) for one in opened(path).history(number)}  # type: ignore[attr-defined]
                    assert texts == {("—", "")}
            assert set(changed) <= set(pending["ids"])
        case deed:
            raise AssertionError((deed, changed))


def _is_sound(path: Path, pending: Said | None) -> None:
    """That danvan finds nothing wrong but an unfinished write, and stock TinyDB opens the mended file."""
    found = {finding.key for finding in check(opened(path).file).findings}
    allowed = {"torn"} | ({"checksum"} if pending and pending["begin"] == "repair" else set())
    assert found <= allowed, (found, pending)
    opened(path).revise(SCRATCH, lambda record: msgspec.structs.replace(record, note=record.note + "."))
    rows = opened(path).scan(voided=True)
    with TinyDB(path, access_mode="r") as db:
        assert {row.doc_id for row in db.table("records").all()} == {entry.id for entry in rows}


def _is_tidy(path: Path) -> None:
    """That no temporary file is left once the register was rewritten and backed up."""
    deeds = Deeds(path, Random(1), lambda _: None)
    deeds.restore()
    left = [one for one in path.parent.rglob("*") if one.suffix == ".tmp"]
    assert not left, left


def counted(blows: Iterator[Blow], tell: Callable[[int], None] = lambda _: None) -> tuple[Counter[str], Counter[str]]:
    """How many kills fell into what, and how much of that was found done."""
    fell: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for count, blow in enumerate(blows, 1):
        fell[blow.deed] += 1
        done[blow.deed] += blow.is_done
        tell(count)
    return fell, done
