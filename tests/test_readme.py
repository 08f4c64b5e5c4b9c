"""The README is true: its console blocks are run in their order, and its outputs compared.

A block is fenced as `console`; a line that begins with `$ ` is a command, what follows is its output, in which `…`
stands for anything. The two halves stand each on its own: blocks below the Vietnamese title run in Vietnamese, and each
half begins in an empty home. `pytest --update-golden` writes outputs without `…` anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from danvan.cli.commands import COMMANDS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
VIETNAMESE = "\n# Sổ dân vận"
INSTALL = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/danvan demo"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """A command of the README, the output it promises, and where that stands in the text."""

    command: str
    promised: str
    start: int
    end: int
    lang: str


def steps(text: str) -> Iterator[Step]:
    border = text.index(VIETNAMESE)
    for block in BLOCK.finditer(text):
        for found in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block[1], re.MULTILINE):
            start, end = (block.start(1) + found.start(2), block.start(1) + found.end(2))
            yield Step(found[1], found[2], start, end, "vi" if start > border else "en")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with `danvan` and `python` on its path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, call in (("danvan", f'"{sys.executable}" -m danvan'), ("python", f'"{sys.executable}"')):
        (folder / name).write_text(f'#!/bin/sh\nexec {call} "$@"\n')
        (folder / name).chmod(0o755)
    return tmp_path


def said(step: Step, home: Path) -> str:
    """What a command prints in the home of its half, errors included."""
    own = home / step.lang
    own.mkdir(exist_ok=True)
    environment = {
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(own),
        "DANVAN_LANG": step.lang,
        "DANVAN_TODAY": "2024-01-15",
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "TMPDIR": str(own),
        "USER": "an",
    }
    done = subprocess.run(
        ["bash", "-c", step.command],
        cwd=own,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def keeps(promised: str, said: str) -> bool:
    pattern = re.escape(promised).replace(re.escape("…"), ".*")
    return re.fullmatch(pattern, said, re.DOTALL) is not None


@pytest.mark.skipif(shutil.which("bash") is None, reason="the blocks are for bash")
def test_every_block_does_what_it_shows(home: Path, updating: bool) -> None:
    text = README.read_text("utf-8")
    broken, fresh, at = [], "", 0
    for step in steps(text):
        answer = said(step, home)
        kept = keeps(step.promised, answer)
        if not kept:
            broken.append(f"$ {step.command}\n{answer}--- instead of ---\n{step.promised}")
        fresh += text[at : step.start] + (step.promised if kept or "…" in step.promised else answer)
        at = step.end
    if updating:
        README.write_text(fresh + text[at:], "utf-8")
    assert not broken, "\n".join(broken)


def halves() -> tuple[str, str]:
    english, vietnamese = README.read_text("utf-8").split(VIETNAMESE)
    return english, vietnamese


def test_the_two_commands_of_a_newcomer_stand_first_in_both_halves() -> None:
    for half in halves():
        assert re.findall(r"^```sh\n(.*?)\n```$", half, re.MULTILINE | re.DOTALL)[:2] == [INSTALL, TEST]
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    for command in (INSTALL, TEST):
        for part in command.split(" && "):
            assert part in script


TASKS = {"en": ("## What do you want to do?", "## All commands"), "vi": ("## Muốn làm gì", "## Toàn bộ các lệnh")}


@pytest.mark.parametrize("lang", TASKS)
def test_the_table_of_tasks_names_every_command_and_none_that_is_not(lang: str) -> None:
    first, last = TASKS[lang]
    table = README.read_text("utf-8").partition(first)[2].partition(last)[0]
    assert set(re.findall(r"`danvan ([a-z-]+)", table)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_both_languages_of_the_readme(name: str) -> None:
    for part in halves():
        assert re.search(rf"danvan {name}\b|`{name}\b|^  {name} ", part, re.MULTILINE)


def test_every_dependency_is_named_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    tables = [re.findall(r"^\| (`.*`) \|", half, re.MULTILINE) for half in halves()]
    for requirement in (
        *project["dependencies"],
        *(r for group in project["optional-dependencies"].values() for r in group),
    ):
        name = re.match(r"[A-Za-z0-9_.-]+", requirement)
        assert name
        for table in tables:
            assert any(f"`{name[0]}`" in cell for cell in table)


ROOMS = {"en": "## Rooms of the code", "vi": "## Các phòng của mã nguồn"}


@pytest.mark.parametrize("lang", ROOMS)
def test_the_map_of_the_code_has_the_rooms_in_the_order_that_is_held(lang: str) -> None:
    arrow, *_ = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    table = README.read_text("utf-8").partition(ROOMS[lang])[2].partition("\n## ")[0]
    rooms = [re.findall("`(.*?)`", cell) for cell in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)]
    assert rooms == [[one.strip().removeprefix("danvan.") for one in layer.split("|")] for layer in arrow["layers"]]


def outline(half: str) -> list[tuple[int, int, int, int]]:
    """Of each section in turn: list items, table rows, commands that are run, and how many options it names."""
    shapes = []
    for section in re.split(r"^## ", half, flags=re.MULTILINE)[1:]:
        counted = (r"^- ", r"^\|", r"^\$ ")
        items, rows, commands = (len(re.findall(what, section, re.MULTILINE)) for what in counted)
        shapes.append((items, rows, commands, len(options(section))))
    return shapes


def options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", re.sub(r"^\|[-:|]+$", "", text, flags=re.MULTILINE)))


def test_both_halves_say_the_same_in_the_same_order() -> None:
    english, vietnamese = map(outline, halves())
    assert english == vietnamese
    first, second = map(options, halves())
    assert first == second


def test_no_half_writes_a_file_twice() -> None:
    for half in halves():
        files = re.findall(r"(?:-o|template) ([a-z-]+\.[a-z]+)", half)
        assert len(files) > 5
        assert len(files) == len(set(files))
