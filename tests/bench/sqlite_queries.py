"""The rival for everyday questions: sqlite3 and Rich over the database that `sqlite_report.py load` made.

`sqlite_queries.py years DATABASE 2014 2023 | find DATABASE YEAR TEXT | show DATABASE ID | due DATABASE DAY |
check DATABASE`: each answers what the danvan command of that name answers, from an index where one helps. Deadlines
are counted by danvan's own rules, so that what is compared is how the records are found.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import sqlite_report
from rich.console import Console
from rich.table import Table

LIMIT = 20
FOUND = ("id", "date", "name", "unit", "status", "field", "themes", "type", "holder", "level")


def prepare(database: str) -> None:
    """Make the indexes that a careful programmer would make for these questions (not measured)."""
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE INDEX IF NOT EXISTS reception_outcome ON reception (outcome)")


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    table = Table(*heads)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(highlight=False).print(table)


def years(database: str, first: str, last: str) -> None:
    """Every figure of each year, side by side."""
    with sqlite3.connect(database) as connection:
        found = {year: sqlite_report.figures(connection, year) for year in range(int(first), int(last) + 1)}
    for title, rows in sqlite_report.SECTIONS.items():
        _table(
            [title, *map(str, found)], [[label, *(found[year][key] for year in found)] for key, label in rows.items()]
        )


def find(database: str, year: str, text: str) -> None:
    """Models of a year in whose name or note a text occurs."""
    where = "FROM model WHERE date >= ? AND date < ? AND (name LIKE ? OR note LIKE ?)"
    asked = (f"{year}-01-01", f"{int(year) + 1}-01-01", f"%{text}%", f"%{text}%")
    with sqlite3.connect(database) as connection:
        (total,) = connection.execute(f"SELECT count(*) {where}", asked).fetchone()
        rows = connection.execute(f"SELECT {', '.join(FOUND)} {where} ORDER BY date LIMIT {LIMIT}", asked).fetchall()
    _table(FOUND, rows)
    print(f"{len(rows)} of {total}")


def show(database: str, number: str) -> None:
    """A record in full."""
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        for kind in ("model", "reception", "audit"):
            row = connection.execute(f"SELECT * FROM {kind} WHERE id = ?", (int(number),)).fetchone()
            if row:
                _table(
                    ["Field", "Value"],
                    [cell for cell in zip(row.keys(), row, strict=True) if cell[1] not in (None, "")],
                )


def due(database: str, day: str) -> None:
    """The most pressing open receptions, and how many are overdue."""
    from danvan.deadlines import deadline
    from danvan.records import Office, Reception

    today, office, tasks = date.fromisoformat(day), Office(date.min), []
    names = ("id", "date", "category", "outcome", "stage", "complexity", "remote", "summary", "unit")
    opened = [outcome for outcome in Reception.OPEN if outcome]
    query = (
        f"SELECT {', '.join(names)} FROM reception WHERE outcome IS NULL OR outcome IN ({', '.join('?' * len(opened))})"
    )
    with sqlite3.connect(database) as connection:
        for number, on, *values in connection.execute(query, opened):
            record = Reception(date.fromisoformat(on), **dict(zip(names[2:], values, strict=True)))
            found = deadline(record, office)
            if found and found.due:
                tasks.append((found.due, number, record))
    tasks.sort(key=lambda task: task[:2])
    _table(["Due", "No.", "Summary"], [[due, number, record.summary] for due, number, record in tasks[:LIMIT]])
    print(f"{len(tasks)} open, {sum(due < today for due, _, _ in tasks)} overdue")


def check(database: str) -> None:
    """Whether the file is sound."""
    with sqlite3.connect(database) as connection:
        print(connection.execute("PRAGMA integrity_check").fetchone()[0])


QUESTIONS: dict[str, Callable[..., None]] = {one.__name__: one for one in (prepare, years, find, show, due, check)}

if __name__ == "__main__":
    QUESTIONS[sys.argv[1]](*sys.argv[2:])
