"""What a fresh interpreter has loaded: modules are counted, never milliseconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from office import Run, holds

from danvan import __version__
from danvan.messages import LANGUAGES, LanguageCode, catalogue

DOOR = "import sys; sys.argv[1:] = {argv!r}; from danvan.__main__ import answered\nanswered()"
REPORT = "\nprint(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"


def loaded(code: str) -> set[str]:
    """The top-level modules that `code` leaves loaded."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}{REPORT}"], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stderr.split())


def test_the_command_line_loads_neither_rich_nor_tinydb() -> None:
    assert loaded("import danvan.cli").isdisjoint({"rich", "tinydb"})


def test_the_version_is_told_before_typer_and_msgspec_are_loaded() -> None:
    assert loaded(DOOR.format(argv=["--version"])).isdisjoint({"typer", "msgspec", "rich", "tinydb"})


@pytest.mark.parametrize("argv", [["--help"], ["add-model", "--help"], ["report", "--help"]])
def test_help_loads_no_rich(argv: list[str]) -> None:
    assert loaded(DOOR.format(argv=argv)).isdisjoint({"rich", "tinydb"})


@pytest.mark.parametrize(
    "argv",
    [
        ["add-model", "A", "--field", "other"],
        ["models", "--format", "json"],
        ["report", "2023", "--format", "text"],
    ],
)
def test_work_without_tables_loads_neither_rich_nor_tinydb(argv: list[str], tmp_path: object) -> None:
    path = f"{tmp_path}/register.json"
    assert loaded(DOOR.format(argv=[*argv, "--db", path])).isdisjoint({"rich", "tinydb"})


@pytest.mark.parametrize(
    ("argv", "said"), [(["--version"], __version__), (["-V"], __version__), (["--help"], "danvan")]
)
def test_the_command_answers(
    argv: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from danvan.__main__ import answered

    monkeypatch.setattr(sys, "argv", ["danvan", *argv])
    assert answered() == 0
    assert said in capsys.readouterr().out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("argv", [["--version"], ["--help"], ["models", "--format", "json"]])
def test_an_answer_that_the_disk_does_not_take_is_no_success(argv: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "danvan", *argv]
        environment = {**os.environ, "DANVAN_DB": f"{tmp_path}/register.json"}
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    assert done.returncode == 6
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_the_answer_is_lost_is_told_as_that_and_not_as_if_nothing_was_done(run: Run, lang: LanguageCode) -> None:
    argv = ["add-model", "A", "--field", "economy", "--date", "2023-02-02"]
    environment = {**os.environ, "DANVAN_DB": str(run.db), "DANVAN_LANG": lang}
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "danvan", *argv]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    say = catalogue(lang)
    assert done.returncode == 6
    assert holds(done.stderr.decode(), say["error.unanswered"])
    assert say["error.unchanged"] not in done.stderr.decode()
    assert len(run.stored()) == 1
