"""A register of any size, for measuring: `python tests/bench/generate.py OUT --records 500000 --years 2014..2023`.

The records are those of `danvan.sample`; some are edited and some voided later. The seed alone decides what comes
out; `write` is the one function that touches a file.
"""

from __future__ import annotations

import argparse
import datetime
import heapq
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar
from zlib import crc32

import msgspec

from danvan.records import Model, Reception, Record
from danvan.sample import LARGE, YEAR_COUNT, pick, portions, records
from danvan.store import Register
from danvan.store.file import disk, layout

T = TypeVar("T")
Day = datetime.date

LAG = 2_000  # after how many records, on the average, a record is edited or voided
CLERKS = ("hanh.bdv", "tuan.bdv", "oanh.tcd", "phuc.tcd", "quyen.tt")


class Version(NamedTuple):
    """One line to be: the record's number, one version of it, and whether it is a later one."""

    number: int
    record: Record
    is_later: bool


def versions(made: Iterable[Record], edits: float, voids: float, random: Random) -> Iterator[Version]:
    """The records numbered and stamped, a share of them edited and a share voided some time after their first line."""
    waiting: list[tuple[int, int, Record]] = []
    number, at = 0, ""
    for number, record in enumerate(made, 1):
        at = f"{record.date}T{8 + int(random.random() * 9):02}:{int(random.random() * 60):02}:00+07:00"
        uid = f"{random.getrandbits(128):032x}"
        first = msgspec.structs.replace(record, uid=uid, at=at, by=pick(CLERKS, random))
        yield Version(number, first, False)
        chance = random.random()
        if chance < edits + voids:
            later = _edited(first, random) if chance < edits else msgspec.structs.replace(first, void="Nhập trùng")
            heapq.heappush(waiting, (number + 1 + int(random.expovariate(1 / LAG)), number, later))
        while waiting and waiting[0][0] <= number:
            yield _later(heapq.heappop(waiting), at)
    while waiting:
        yield _later(heapq.heappop(waiting), at)


def _later(due: tuple[int, int, Record], at: str) -> Version:
    _, number, record = due
    return Version(number, msgspec.structs.replace(record, rev=record.rev + 1, at=at), True)


def _edited(record: Record, random: Random) -> Record:
    """A correction such as people make; one in fifty puts the record into the year before."""
    if random.random() < 0.02:
        day = record.date.replace(year=record.date.year - 1, day=min(record.date.day, 28))
        return msgspec.structs.replace(record, date=day)
    if isinstance(record, Model):
        return msgspec.structs.replace(record, holder="individual" if record.holder == "collective" else "collective")
    if isinstance(record, Reception):
        people = record.people or 1
        return msgspec.structs.replace(record, people=people + 1 if people != LARGE - 1 else people - 1)
    return msgspec.structs.replace(record, note="Đã bổ sung hồ sơ")


def register(count: int, years: Sequence[int], edits: float, voids: float, seed: int) -> Iterator[Version]:
    """All lines of a register of `count` records, spread evenly over `years`; a year's records depend on it alone."""
    made = (
        record
        for year, part in zip(years, portions([1] * len(years), count), strict=True)
        for record in records(year, part, Random(f"{seed} {year}"))
    )
    return versions(made, edits, voids, Random(f"{seed}"))


def write(path: Path, lines: Iterable[Version], seed: int) -> int:
    """Write a new register file with its index, for the owner's eyes only; return how many versions it holds.

    Raises:
        FileExistsError: `path` is there already.
    """
    encode = msgspec.json.Encoder().encode
    top = layout.head(layout.new_row(f"{seed:032x}"), {})
    crc, end, next_id, count = crc32(top), len(top), 1, 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", 1 << 20) as file:
        file.write(top)
        for number, record, is_later in lines:
            text = (b",\n" if count else b"\n") + layout.line(number, encode(record), again=is_later)
            file.write(text)
            crc, end, next_id, count = crc32(text, crc), end + len(text), max(next_id, number + 1), count + 1
        moment = disk.now()
        file.write(layout.closing(layout.State(next_id, end, crc, stamp=moment)))
    os.utime(path, ns=(moment, moment))
    Register(path, now=str, author="").make_index()
    return count


def _years(text: str) -> range:
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def _share(text: str) -> float:
    return float(text.removesuffix("%")) / 100 if text.endswith("%") else float(text)


def main() -> None:
    """Write the register that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a generated register.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to write; it must not exist")
    parser.add_argument("--records", type=int, default=YEAR_COUNT, help="how many records, without later versions")
    parser.add_argument("--years", type=_years, default=range(2023, 2024), help="2023 or 2014..2023")
    parser.add_argument("--edits", type=_share, default=0.05, help="share of records with a later version: 5%% or 0.05")
    parser.add_argument("--voids", type=_share, default=0.01, help="share of records that are void")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    lines = register(asked.records, asked.years, asked.edits, asked.voids, asked.seed)
    try:
        count = write(asked.out, lines, asked.seed)
    except FileExistsError:
        parser.error(f"{asked.out} exists")
    sys.stderr.write(f"{asked.out}: {asked.records} records, {count} versions, {asked.out.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
