"""Everyday questions to a register of 500 000 records, against SQLite and stock TinyDB: part of `bench.py`."""

from __future__ import annotations

import subprocess

from bench import DANVAN, HERE, PYTHON, Contender, Folder, race, show

SIZE = 500_000
NUMBER = "250000"
TEXT = "rác"
DAY = "2023-12-31"
TINYDB_FIND = """
import sys
from tinydb import TinyDB, where

with TinyDB(sys.argv[1], access_mode="r") as db:
    records = db.table("records")
    found = records.search((where("kind") == "model") & where("date").search("^2023-") & where("name").search("rác"))
    for record in found[:20]:
        print(record.doc_id, record["date"], record["name"])
    print(len(found))
"""


def questions(folder: Folder, runs: int) -> None:
    """Reports of one year and of ten, a search, one record, deadlines, and a check of the whole."""
    register, database = str(folder.register(SIZE)), str(folder.database(SIZE))
    rival = [PYTHON, str(HERE / "sqlite_queries.py")]
    subprocess.run([*rival, "prepare", database], check=True)
    limited = ("--limit", "20", "--db", register)
    pairs = [
        (("report", "2014..2023", "--db", register), ("years", database, "2014", "2023")),
        (("models", "--year", "2023", "--search", TEXT, *limited), ("find", database, "2023", TEXT)),
        (("show", NUMBER, "--db", register), ("show", database, NUMBER)),
        (("due", "--today", DAY, *limited), ("due", database, DAY)),
        (("check", "--db", register), ("check", database)),
    ]
    for own, other in pairs:
        contenders = [Contender("sqlite3 and Rich", [*rival, *other]), Contender("danvan", [DANVAN, *own])]
        show(f"`{' '.join(own[: own.index('--db')])}`", contenders, race(contenders, runs))
    _against_tinydb(folder, register, runs)


def _against_tinydb(folder: Folder, register: str, runs: int) -> None:
    """What stock TinyDB takes for one question; it reads the whole file for any."""
    script = folder.script("tinydb_find.py", TINYDB_FIND)
    own = [DANVAN, "models", "--year", "2023", "--search", TEXT, "--limit", "20", "--db", register]
    contenders = [Contender("stock TinyDB", [PYTHON, script, str(folder.stock(SIZE))]), Contender("danvan", own)]
    show("The same search with stock TinyDB", contenders, race(contenders, runs))
