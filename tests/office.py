"""The door tests use: `Run` calls danvan as one office would, in process, in a home of its own.

Nothing of the machine leaks in: environment, day, language and window are given, and every call says which exit
code it expects.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple
from unittest import mock

from msgspec.structs import replace
from tinydb import TinyDB

from danvan.cli import main
from danvan.records import Reception
from danvan.store import Register

TODAY = "2023-12-26"
STYLES = re.compile(r"\x1b\[[0-9;]*m")
# What differs from run to run in a stored record.
OWN = ("uid", "at", "by")


class Answer(NamedTuple):
    """What a run left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)

    @property
    def plain(self) -> str:
        """Standard output without bold and colours."""
        return STYLES.sub("", self.out)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Run:
    """danvan in the home folder `home`, with the register `home/register.json`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.db = home / "register.json"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "USERPROFILE": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "TMPDIR": str(home),
            "DANVAN_DB": str(self.db),
            "DANVAN_TODAY": TODAY,
            "DANVAN_LANG": "en",
            "COLUMNS": "100",
            "LINES": "40",
            "TERM": "xterm-256color",
            "NO_COLOR": "1",
            "PYTHONIOENCODING": "utf-8",
        }

    def __call__(
        self, *argv: object, code: int | None = 0, lang: str = "en", width: int | None = None, stdin: bytes = b""
    ) -> Answer:
        """Run a command line and expect an exit code, any if None; with a `width`, on a terminal of so many columns."""
        wanted = {"DANVAN_LANG": lang} | ({"COLUMNS": str(width)} if width else {})
        out = Terminal() if width else io.StringIO()
        err = io.StringIO()
        with (
            mock.patch.dict(os.environ, self.environment | wanted, clear=True),
            mock.patch.object(tempfile, "tempdir", None),
            mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8")),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            answer = Answer(main([str(word) for word in argv]), out.getvalue(), err.getvalue())
        assert code is None or answer.code == code, (argv, answer)
        return answer

    def apart(self, *argv: object, **environment: str) -> Answer:
        """Run a command line in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "danvan", *map(str, argv)],
            env=self.environment | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def add(self, *argv: object) -> dict[str, Any]:
        """Add a record and give it back as stored, without what differs from run to run."""
        answer: dict[str, Any] = self(argv[0], "--json", *argv[1:]).document
        return {name: value for name, value in answer["record"].items() if name not in OWN}

    def figures(self, *argv: object) -> dict[str, Any]:
        """The rows of a report by measure."""
        document = self("report", *(argv or ("2023",)), "--format", "json").document
        return {row["measure"]: row for section in document["sections"] for row in section["rows"]}

    def stored(self) -> dict[str, dict[str, Any]]:
        """The records table of the file, as any JSON parser reads it."""
        records: dict[str, dict[str, Any]] = json.loads(self.db.read_text("utf-8"))["records"]
        return records

    def register(self) -> Register:
        """The register behind the command line."""
        return Register(self.db, now=lambda: f"{TODAY}T08:00:00+07:00", author="an")


@contextmanager
def office() -> Iterator[Run]:
    """An office of its own, for tests that need many of them."""
    with tempfile.TemporaryDirectory() as home:
        yield Run(Path(home))


class Lines(NamedTuple):
    """The shortest command lines that add a record of a kind; an aggregate row needs its days besides."""

    single: tuple[str, ...]
    aggregate: tuple[str, ...]


MINIMAL = {
    "model": Lines(("add-model", "Đường hoa", "--field", "economy"), ("add-model", "--count", "3")),
    "reception": Lines(
        ("add-reception", "Đất", "--mode", "regular"), ("add-reception", "--receiver", "leader", "--turns", "40")
    ),
    "audit": Lines(
        ("add-audit", "Đất đai", "--type", "inspection"), ("add-audit", "--type", "inspection", "--count", "9")
    ),
}
HALF = ("--from", "2023-01-01", "--to", "2023-06-30")
CITY = "Thành phố Hà Nội"
YEAR_2023 = ("--from", "1/1/2023", "--to", "31/12/2023", "--unit", CITY)
YEAR_2022 = ("--from", "1/1/2022", "--to", "31/12/2022", "--unit", CITY)
# The article's year as somebody would type it. The base of 2022 is one that gives "giảm 5,7%".
ARTICLE: tuple[tuple[str, ...], ...] = (
    ("add-reception", "--mode", "thường xuyên", "--turns", "24.240", *YEAR_2022),
    ("add-audit", "--type", "kiểm tra công vụ", "--mode", "đột xuất", "--count", "33", *YEAR_2023),
    ("add-audit", "--type", "kiểm tra công vụ", "--mode", "xác minh theo chỉ đạo", "--count", "5", *YEAR_2023),
    (
        *("add-audit", "--type", "thanh tra", "--count", "370", "--concluded-count", "289"),
        *("--recovery", "81,5 tỷ", "--collectives", "45", "--individuals", "158", "--referred", "3", *YEAR_2023),
    ),
    ("add-model", "--count", "13.660", *YEAR_2023),
    ("add-reception", "--mode", "thường xuyên", "--turns", "22.858", *YEAR_2023),
    (
        *("add-reception", "--receiver", "thủ trưởng", "--turns", "11.751"),
        *("--groups", "75", "--group-cases", "37", *YEAR_2023),
    ),
)


def tell_article(run: Run) -> None:
    """Type the article's year into the register."""
    for line in ARTICLE:
        run(*line)


def stock(path: Path) -> list[str]:
    """The names of the records in a register, as stock TinyDB reads them."""
    with TinyDB(path, access_mode="r") as db:
        return [document["name"] for document in db.table("records").all()]


def holds(text: str, message: str) -> bool:
    """Whether a message of the catalogue, with any facts, stands in a text."""
    at = 0
    for piece in _pieces(message):
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _pieces(message: str) -> list[str]:
    return [literal for literal, _, _, _ in Formatter().parse(message) if literal.strip()]


def spelled_out(record: Any) -> Any:
    """The record with 0 for what it leaves blank of no cases, and a row also of no turns and of no large groups."""
    if not isinstance(record, Reception):
        return record
    for whole in ("cases", "group_cases"):
        if getattr(record, whole) == 0:
            record = with_noughts(record, f"{whole}_first", f"{whole}_repeat")
    if record.to is None:
        return record
    if record.turns == 0:
        record = with_noughts(record, "people", "cases", "cases_first", "cases_repeat", "groups")
    if record.groups == 0:
        record = with_noughts(record, "group_people", "group_cases", "group_cases_first", "group_cases_repeat")
    return record


def with_noughts(record: Reception, *names: str) -> Reception:
    return replace(record, **{name: 0 for name in names if getattr(record, name) is None})
