"""A file as units send it, for measuring imports: `python tests/bench/sheets.py OUT.csv --records 50000`.

Receptions of citizens under Vietnamese headings, with Vietnamese words and days and no record keys; the same at every
call.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from danvan.exchange import headings
from danvan.exchange.outgoing.tables import said, value
from danvan.formatting.language import Language
from danvan.records import Reception, Record
from danvan.sample import records

FIELDS = (
    *("date", "summary", "unit", "mode", "receiver", "channel", "category", "subject", "outcome"),
    *("people", "cases_first", "cases_repeat", "note"),
)
VIETNAMESE = Language("vi")
YEARS = range(2014, 2024)


def receptions(count: int) -> Iterator[Record]:
    """So many single receptions of some years; the same at every call."""
    part = -(-count // len(YEARS))
    found = (
        record
        for year in YEARS
        for record in islice((one for one in records(year, 2 * part, Random(year)) if _is_single(one)), part)
    )
    return islice(found, count)


def _is_single(record: Record) -> bool:
    return isinstance(record, Reception) and not record.is_aggregate


def rows(count: int) -> Iterator[Sequence[Any]]:
    """A row of headings, then a row for each reception, its days as days."""
    yield [headings.label(VIETNAMESE, Reception, name) for name in FIELDS]
    for record in receptions(count):
        yield [value(0, record, name, VIETNAMESE) for name in FIELDS]


def write_csv(path: Path, count: int) -> None:
    """The receptions as UTF-8 text with commas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in rows(count):
            writer.writerow([said(cell, VIETNAMESE) for cell in row])


def write_xlsx(path: Path, count: int) -> None:
    """The receptions as a workbook with days and numbers."""
    from xlsxwriter import Workbook

    with Workbook(str(path), {"constant_memory": True}) as book:
        day, sheet = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_worksheet()
        for number, row in enumerate(rows(count)):
            for at, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(number, at, cell, day)
                elif cell is not None:
                    sheet.write(number, at, cell)


def main() -> None:
    """Write the file that the command line asks for: a process of its own, as the bench has to stay small."""
    import argparse

    parser = argparse.ArgumentParser(description="Write receptions as a unit would send them.")
    parser.add_argument("out", type=Path, metavar="OUT.csv|OUT.xlsx")
    parser.add_argument("--records", type=int, default=50_000)
    asked = parser.parse_args()
    write = write_xlsx if asked.out.suffix == ".xlsx" else write_csv
    write(asked.out, asked.records)


if __name__ == "__main__":
    main()
