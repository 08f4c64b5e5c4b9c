"""Disks that refuse: whatever is written, and whichever call fails, the old state stands and nothing lies about."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from office import MINIMAL, Answer, Run, holds
from test_store_faults import failing

from danvan.messages import catalogue

OLD = Path(__file__).parent / "registers" / "format-1.json"
EN = catalogue("en")
MODEL = MINIMAL["model"].single
# Each call that changes something on the disk, or opens something to change it.
CALLS = ("create", "write_at", "truncate", "sync", "sync_folder", "replace", "copy_beside", "write_beside")
REFUSALS = [
    *(pytest.param(call, errno.EIO, marks=pytest.mark.unmeasured) for call in CALLS),
    ("create", errno.ENOSPC),
    ("write_at", errno.ENOSPC),
]
MOST = 12  # calls of one sort that one command may make


@pytest.fixture
def ready(run: Run) -> Run:
    """An office with some records, a copy of its register, a register of another office and a file to import."""
    for _ in range(3):
        run(*MODEL)
    run("edit", "1", "--note", "x")
    shutil.copyfile(run.db, run.home / "copy.json")
    run(*MODEL, "--db", run.home / "unit.json")
    (run.home / "rows.csv").write_text("date,name,field\n2023-01-01,a,economy\n2023-01-02,b,economy\n", "utf-8")
    return run


def as_it_is(run: Run) -> None:
    """Leave the register alone."""


def edited(run: Run) -> None:
    """Have another program change the register."""
    run.db.write_text(run.db.read_text("utf-8").replace("economy", "culture", 1), "utf-8")


def broken(run: Run) -> None:
    """Have another program ruin a line in the middle."""
    run.db.write_text(run.db.read_text("utf-8").replace('"2":{', '"two":{'), "utf-8")


def torn(run: Run) -> None:
    """Cut the register off."""
    run.db.write_bytes(run.db.read_bytes()[:-30])


def older(run: Run) -> None:
    """Put a register of format 1 there."""
    shutil.copyfile(OLD, run.db)


def gone(run: Run) -> None:
    """Take the register away."""
    run.db.unlink()


class Way(NamedTuple):
    """A way to write: how the register is before, and the command."""

    before: Callable[[Run], None]
    argv: tuple[str, ...]


WAYS: Mapping[str, Way] = {
    "add": Way(as_it_is, MODEL),
    "add a long one": Way(as_it_is, (*MODEL, "--note", "x" * 9000)),
    "add to a torn one": Way(torn, MODEL),
    "add to one with a letter changed": Way(edited, MODEL),
    "erase in one with a letter changed": Way(edited, ("erase", "1", "--reason", "x", "--yes")),
    "add to an older one": Way(older, MODEL),
    "add the first": Way(gone, MODEL),
    "edit": Way(as_it_is, ("edit", "1", "--note", "y")),
    "void": Way(as_it_is, ("void", "1", "2", "--reason", "x")),
    "undo": Way(as_it_is, ("undo", "--yes")),
    "import": Way(as_it_is, ("import", "{home}/rows.csv")),
    "import and remember": Way(as_it_is, ("import", "{home}/rows.csv", "--map", "name=name", "--remember")),
    "merge": Way(as_it_is, ("merge", "{home}/unit.json")),
    "settle": Way(as_it_is, ("config", "set", "threshold", "5")),
    "close": Way(as_it_is, ("close", "2023")),
    "erase": Way(as_it_is, ("erase", "1", "--reason", "x", "--yes")),
    "backup": Way(as_it_is, ("backup",)),
    "backup elsewhere": Way(as_it_is, ("backup", "{home}/usb")),
    "restore": Way(as_it_is, ("restore", "{home}/copy.json", "--yes")),
    "restore what is gone": Way(gone, ("restore", "{home}/copy.json", "--yes")),
    "repair an edited one": Way(edited, ("check", "--repair")),
    "repair a broken one": Way(broken, ("check", "--repair")),
    "repair a torn one": Way(torn, ("check", "--repair")),
    "write a list": Way(as_it_is, ("models", "-o", "{home}/list.csv")),
    "write a report": Way(as_it_is, ("report", "2023", "-o", "{home}/report.html")),
}


# What begins with a step of its own that counts by itself: a new file, a mending, an upgrade with its copy.
IN_STEPS = ("add the first", "add to a torn one", "add to an older one")


def there(home: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def meaning(run: Run) -> Any:
    """What the register says, however it is written."""
    return list(run.register().scan(voided=True)) if run.db.exists() else []


@pytest.mark.parametrize(("call", "code"), REFUSALS)
@pytest.mark.parametrize("way", WAYS)
def test_a_failing_call_is_told_and_leaves_the_old_state(ready: Run, way: str, call: str, code: int) -> None:
    start = there(ready.home)
    argv = [word.format(home=ready.home) for word in WAYS[way].argv]
    for nth in range(1, MOST):
        put_back(ready.home, start)
        WAYS[way].before(ready)
        before, said = there(ready.home), meaning(ready) if way in IN_STEPS else None
        with failing(call, nth, code) as used:
            answer = ready(*argv, code=None)
        if len(used) < nth:
            assert answer.code in (0, 3), answer  # a line that is lost leaves a gap in a history
            return
        assert_refused(answer, code)
        after = there(ready.home)
        assert not [name for name in after if name.endswith(".tmp")]
        if way in IN_STEPS:
            assert meaning(ready) == said
        else:
            assert after == before
        assert ready(*argv, code=None).code in (0, 3)
    pytest.fail("the command never ended")


def put_back(home: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold these files and no others."""
    for name in there(home).keys() - files.keys():
        (home / name).unlink()
    for name, content in files.items():
        (home / name).write_bytes(content)


def assert_refused(answer: Answer, code: int) -> None:
    assert answer.code == 6, answer
    assert holds(answer.err, EN["error.write_failed"]) or holds(answer.err, EN["error.read_only"])
    assert EN[f"reason.{errno.errorcode[code]}"] in answer.err
    assert EN["error.unchanged"] in answer.err


SIZES = ("0", "1", "97", "600", "1300")


@pytest.mark.parametrize("room", SIZES)
@pytest.mark.parametrize("way", ["add", "add a long one", "import", "erase", "backup", "restore", "write a list"])
def test_a_limit_of_the_system_itself_is_met_as_calmly(ready: Run, way: str, room: str) -> None:
    """Files may not grow beyond what the register has now and `room` bytes: the kernel refuses, no simulation."""
    resource = pytest.importorskip("resource", reason="limits are those of Unix")
    before = there(ready.home)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ready.db.stat().st_size + int(room), usual[1]))
    try:  # Python passes over the signal that goes with it
        answer = ready(*(word.format(home=ready.home) for word in WAYS[way].argv), code=None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert answer.code in (0, 6), answer
    if answer.code:
        assert_refused(answer, errno.EFBIG)
        assert there(ready.home) == before
    ready(*MODEL)
    assert ready("check").code == 0
