"""The house rules, run as tests: lint, layout, strict types, the arrow of imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from danvan.cli.commands import COMMANDS

ROOT = Path(__file__).parent.parent
CHECKS = {
    "lint": ("-m", "ruff", "check", "."),
    "layout": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "types on Windows": ("-m", "mypy", "--platform", "win32", "--cache-dir", ".mypy_cache/win32"),
    "types on macOS": ("-m", "mypy", "--platform", "darwin", "--cache-dir", ".mypy_cache/darwin"),
    "imports": (
        "-c",
        "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())",
    ),
}
TOP_LEVEL = {"danvan", "tests", "pyproject.toml", "README.md"}
LONGEST_MODULE = 400
LONGEST_BODY = 40


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_rule_holds(check: str) -> None:
    done = subprocess.run(
        [sys.executable, *CHECKS[check]], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_lies_about_in_the_hall() -> None:
    made = {"build", "dist"}  # by tools; git passes over them
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - made == TOP_LEVEL


def test_no_module_outgrows_a_readers_patience() -> None:
    for path in (ROOT / "danvan").rglob("*.py"):
        is_words = "messages" in path.parts or path.name in ("vi.py", "en.py")  # those of completion are generated
        if not is_words:
            assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE, path


def test_no_function_does_more_than_a_reader_can_hold() -> None:
    for path in (ROOT / "danvan").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):  # the parameters of a command are its options, however many
                lines = (node.end_lineno or 0) - node.body[0].lineno + 1
                assert lines <= LONGEST_BODY, f"{path}: {node.name}"


def test_every_module_among_the_commands_is_that_of_one() -> None:
    modules = {path.stem for path in (ROOT / "danvan" / "cli" / "commands").glob("*.py")} - {"__init__"}
    assert modules == {command.place.partition(":")[0] for command in COMMANDS.values()}


def test_the_day_is_asked_in_one_place() -> None:
    asking = [path for path in (ROOT / "danvan").rglob("*.py") if "date.today()" in path.read_text("utf-8")]
    assert asking == [ROOT / "danvan" / "session.py"]
