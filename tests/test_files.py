"""Files that danvan writes: private, never over another by accident, and never half."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from office import MINIMAL, Run, holds

from danvan.cli.commands import COMMANDS
from danvan.completion import en
from danvan.messages import catalogue

EN = catalogue("en")
# How every command that takes an output file is asked for one.
WRITING: dict[str, tuple[str, ...]] = {
    "models": ("models", "-o", "{out}.csv"),
    "receptions": ("receptions", "-o", "{out}.json"),
    "audits": ("audits", "-o", "{out}.md"),
    "due": ("due", "-o", "{out}.csv"),
    "explain": ("explain", "2023", "models.registered", "-o", "{out}.txt"),
    "report": ("report", "2023", "-o", "{out}.html"),
    "form": ("form", "01/TCD", "2023", "-o", "{out}.xlsx"),
    "template": ("template", "receptions", "-o", "{out}.xlsx"),
    "export": ("export", "all", "-o", "{out}.jsonl"),
    "schema": ("schema", "models", "-o", "{out}.json"),
    "man": ("man", "-o", "{out}.1"),
}


def test_every_command_that_takes_an_output_file_is_tried() -> None:
    taking = {name.partition(":")[0] for name, (_, options, _) in en.COMMANDS.items() if "-o" in options}
    assert taking == set(WRITING)
    assert taking <= set(COMMANDS)


def asked(name: str, out: Path) -> list[str]:
    return [word.format(out=out) for word in WRITING[name]]


@pytest.mark.parametrize("name", WRITING)
def test_a_file_that_is_there_is_overwritten_by_force_only(run: Run, name: str) -> None:
    for lines in MINIMAL.values():
        run(*lines.single)
    argv = asked(name, run.home / "out")
    path = Path(argv[-1])
    path.write_text("mine")
    answer = run(*argv, code=1)
    assert holds(answer.err, EN["error.output_exists"])
    assert path.read_text() == "mine"
    run(*argv, "--force")
    assert path.read_bytes() != b"mine"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink()
    run(*argv)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(run.home.rglob("*.tmp"))


@pytest.mark.parametrize("name", WRITING)
def test_the_register_is_no_output_file_not_even_by_force(run: Run, name: str) -> None:
    run(*MINIMAL["model"].single)
    before = run.db.read_bytes()
    argv = asked(name, run.home / "out")
    link = Path(argv[-1])
    link.symlink_to(run.db)
    run(*argv, "--force", code=1)
    assert run.db.read_bytes() == before


@pytest.mark.usefixtures("permitted")
@pytest.mark.parametrize("name", WRITING)
def test_a_folder_that_may_not_be_written_is_told(run: Run, name: str) -> None:
    run(*MINIMAL["model"].single)
    closed = run.home / "closed"
    closed.mkdir(0o500)
    assert str(closed) in run(*asked(name, closed / "out"), code=6).err


READ_ONLY: dict[str, tuple[tuple[str, ...], int]] = {
    "read": (("models",), 0),
    "report": (("report", "2023"), 0),
    "check": (("check",), 0),
    "backup elsewhere": (("backup", "{home}/usb"), 0),
    "add": (MINIMAL["model"].single, 6),
    "erase": (("erase", "1", "--reason", "x", "--yes"), 6),
    "repair": (("check", "--repair"), 6),
    "restore": (("restore", "{home}/copy.json", "--yes"), 6),
}


@pytest.mark.parametrize("deed", READ_ONLY)
def test_a_register_on_read_only_media_can_be_read_and_copied(
    run: Run, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write anywhere, so that the medium is simulated where files are opened to be changed."""
    from danvan.store.file import disk

    run(*MINIMAL["model"].single)
    (run.home / "copy.json").write_bytes(run.db.read_bytes())
    before = run.db.read_bytes()
    opening, creating = disk.open_existing, disk.create

    def open_existing(path: Path, *, writable: bool) -> object:
        if writable:
            raise OSError(30, "Read-only file system", str(path))
        return opening(path, writable=writable)

    def create(path: Path) -> object:
        if "usb" not in path.parts:
            raise OSError(30, "Read-only file system", str(path))
        return creating(path)

    monkeypatch.setattr(disk, "open_existing", open_existing)
    monkeypatch.setattr(disk, "create", create)
    argv, code = READ_ONLY[deed]
    answer = run(*(word.format(home=run.home) for word in argv), code=code)
    if code:
        assert "the disk is read-only" in answer.err
        assert EN["error.unchanged"] in answer.err
    assert run.db.read_bytes() == before
