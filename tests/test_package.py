"""What is shipped: the wheel holds danvan and its data and nothing else, and says what it is."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from danvan import __version__

ROOT = Path(__file__).parent.parent
BUILD = "from hatchling.build import build_{what} as build; build({folder!r})"


def built(what: str, folder: Path) -> Path:
    """What hatchling makes of the checkout; nothing is fetched."""
    code = BUILD.format(what=what, folder=str(folder))
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(built("wheel", tmp_path_factory.mktemp("wheel")))


def test_the_wheel_holds_every_file_of_danvan_and_no_other(wheel: zipfile.ZipFile) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "danvan").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == wanted
    assert "danvan/py.typed" in wanted


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    (place,) = (name for name in wheel.namelist() if name.endswith("METADATA"))
    said = Parser().parsestr(wheel.read(place).decode())
    assert (said["Name"], said["Version"], said["Requires-Python"]) == ("danvan", __version__, ">=3.11")
    assert said["License-Expression"] == "MIT"
    assert {f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13)} <= set(said.get_all("Classifier"))
    assert "# danvan" in said.get_payload()
    (scripts,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert b"danvan = danvan.__main__:run" in wheel.read(scripts)


def test_the_source_holds_the_tests_and_no_rubbish(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as source:
        names = [name.partition("/")[2] for name in source.getnames()]
    assert {"pyproject.toml", "README.md", "danvan/__init__.py", "tests/test_package.py"} <= set(names)
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "build", "dist"))]


def test_every_dependency_has_a_lower_bound() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "bench" / "lowest.py")], capture_output=True, encoding="utf-8", check=True
    )
    assert "typer==0.28" in done.stdout.splitlines()
