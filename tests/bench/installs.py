"""Wheel and sdist, installed as a newcomer would: `python tests/bench/installs.py [PYTHON…]`.

Builds both, installs each into a fresh environment of every Python named (or of python3.11, python3.12 and python3.13),
and does a day's work with the installed program from an empty folder: entry, import, report, Word, Excel, manual page,
completion. Needs pip and what it fetches.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHONS = ("python3.11", "python3.12", "python3.13")
BUILD = "from hatchling.build import build_{what} as build; print(build({folder!r}))"
# A day's work: each command line, and what its output has in it.
WORK: Sequence[tuple[Sequence[str], str]] = (
    (("--version",), "danvan "),
    (("demo",), "22,858"),
    (("add-model", "Camera an ninh", "--field", "quốc phòng - an ninh", "--date", "10/2/2023"), "1"),
    (("add-reception", "Đất", "--mode", "regular", "--category", "complaint", "--date", "15/3/2023"), "2"),
    (("template", "models", "-o", "entry.xlsx"), ""),
    (("export", "models", "-o", "models.xlsx"), ""),
    (("import", "models.xlsx"), ""),
    (("report", "2023"), "2023"),
    (("report", "2023", "-o", "report.docx"), ""),
    (("report", "2023", "-o", "report.xlsx"), ""),
    (("due",), "Đất"),
    (("man",), ".TH"),
    (("completion", "bash"), "complete"),
    (("check",), ""),
)


def main(pythons: Sequence[str]) -> int:
    """Print a line for each package and Python, and fail if one of them does not work."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        faults = [fault for package in packages(folder) for one in pythons for fault in tried(package, one, folder)]
    print("\n".join(faults) or "all work")
    return bool(faults)


def packages(folder: Path) -> Iterator[Path]:
    """The wheel and the sdist of the checkout."""
    for what in ("wheel", "sdist"):
        code = BUILD.format(what=what, folder=str(folder))
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
        yield folder / done.stdout.split()[-1]


def tried(package: Path, python: str, folder: Path) -> Iterator[str]:
    """What does not work of a package on a Python."""
    place = Path(tempfile.mkdtemp(dir=folder))
    subprocess.run([python, "-m", "venv", place / "venv"], check=True)
    pip = [place / "venv" / "bin" / "pip", "install", "--quiet", package]
    installed = subprocess.run(pip, check=False, capture_output=True, encoding="utf-8")
    if installed.returncode:
        yield f"{package.name} on {python}: {installed.stderr[-2000:]}"
        return
    home = place / "home"
    home.mkdir()
    given = {"HOME": str(home), "PATH": os.environ["PATH"], "DANVAN_LANG": "en", "DANVAN_TODAY": "2023-12-26"}
    for argv, part in WORK:
        done = subprocess.run(
            [place / "venv" / "bin" / "danvan", *argv],
            cwd=home,
            env=given,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        if done.returncode or part not in done.stdout:
            yield f"{package.name} on {python}: danvan {' '.join(argv)}: {done.returncode} {done.stdout} {done.stderr}"
    if not zipfile.is_zipfile(home / "report.docx") or not zipfile.is_zipfile(home / "report.xlsx"):
        yield f"{package.name} on {python}: no documents"
    version = subprocess.run([python, "--version"], check=True, capture_output=True, encoding="utf-8").stdout.strip()
    print(f"{package.name} on {version}: {len(WORK)} commands")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PYTHONS))
