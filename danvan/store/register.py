"""The typed register: records in, records out.

The convention: an add, an edit and a void are the same write, one more line at the end. What people type is
the id; what tells records of different offices apart is the `uid`, which stays the same in all versions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import msgspec

from danvan.errors import Damaged, Refused
from danvan.periods import Period
from danvan.records import KINDS, Record, fields
from danvan.store import layout
from danvan.store.file import Log, RegisterFile
from danvan.store.image import Line

if TYPE_CHECKING:
    from danvan.store.tiny import RegisterTable

FEW_YEARS = 3  # looking for more years than that costs as much as decoding every line


class Entry(NamedTuple):
    """A record and the number people know it by."""

    id: int
    record: Record


def ignore(_key: str, **_facts: object) -> None:
    """Take no notice."""


class Register:
    """The register at `path`; nothing is opened or created before it is used.

    Args:
        now: the present moment as text, kept as the `at` of every version.
        author: who writes, kept as `by`.
        notice: is told what happened on the way: `torn` (path, dropped), `edited` (path), `waiting` (path).
        wait: how many seconds to wait for another writer.

    All methods raise `Damaged` where the file is no register and `FileFault` where the disk says no; those
    that write raise `Busy` where somebody else does not stop writing. In every case nothing was changed.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], str],
        author: str,
        notice: Callable[..., None] = ignore,
        wait: float = 30.0,
    ) -> None:
        self._file = RegisterFile(path, notice, wait)
        self._now = now
        self._author = author

    @property
    def path(self) -> Path:
        """Where the register is, or will be."""
        return self._file.path

    def add(self, record: Record) -> Entry:
        """Write a new record and give it its number; a `uid` it brings along is kept."""
        return self.add_many([record])[0]

    def add_many(self, records: Sequence[Record]) -> list[Entry]:
        """Write all `records` or none."""
        if not records:
            return []
        with self._file.writing() as log:
            first = log.state.next_id
            entries = [
                Entry(number, self._stamped(record, 1, record.uid or uuid4().hex))
                for number, record in enumerate(records, first)
            ]
            lines = [layout.line(number, msgspec.json.encode(record)) for number, record in entries]
            log.append(lines, first + len(lines))
        return entries

    def get(self, number: int) -> Entry:
        """The present version of a record, also when it is void.

        Raises:
            Refused: there is no such record.
        """
        return Entry(number, self.history(number)[-1])

    def history(self, number: int) -> list[Record]:
        """All versions of a record, oldest first.

        Raises:
            Refused: there is no such record.
        """
        with self._file.reading() as image:
            return [self._decoded(line) for line in _found(image.versions(number), number)]

    def revise(self, number: int, change: Callable[[Record], Record]) -> Entry:
        """Write what `change` makes of a record as its next version; no change, no write.

        Raises:
            Refused: there is no such record.
        """
        with self._file.writing() as log:
            return self._revised(log, number, change)

    def _revised(self, log: Log, number: int, change: Callable[[Record], Record]) -> Entry:
        present = self._decoded(_found(log.image.versions(number), number)[-1])
        wanted = change(present)
        if wanted == present:
            return Entry(number, present)
        entry = Entry(number, self._stamped(wanted, present.rev + 1, present.uid))
        line = layout.line(number, msgspec.json.encode(entry.record), again=True)
        log.append([line], log.state.next_id)
        return entry

    def void(self, number: int, reason: str) -> Entry:
        """Write a version of a record that says why it no longer counts.

        Raises:
            Refused: there is no such record.
        """
        return self.revise(number, lambda record: msgspec.structs.replace(record, void=reason))

    def scan(
        self, kinds: Collection[type[Record]] = (), period: Period | None = None, *, voided: bool = False
    ) -> Iterator[Entry]:
        """The present version of every record that matches, in the order these versions were written.

        Args:
            kinds: the kinds wanted; all without any.
            period: some date of the record must lie in it, or the days of an aggregate row overlap it.
            voided: whether void records are wanted as well.
        """
        with self._file.reading() as image:
            for line in image.present(_years(period)):
                record = self._decoded(line)
                if (
                    (period is None or touches(record, period))
                    and (not kinds or type(record) in kinds)
                    and (voided or not record.void)
                ):
                    yield Entry(line.number, record)

    def table(self) -> RegisterTable:
        """The records as a TinyDB table, for TinyDB's queries."""
        from danvan.store.tiny import RECORDS, RegisterStorage, RegisterTable  # TinyDB costs start-up time

        return RegisterTable(RegisterStorage(self._file), RECORDS)

    def _stamped(self, record: Record, rev: int, uid: str) -> Record:
        return msgspec.structs.replace(record, uid=uid, rev=rev, at=self._now(), by=self._author)

    def _decoded(self, line: Line) -> Record:
        try:
            record: Record = _decoder().decode(line.text)
        except ValueError as fault:
            raise Damaged("bad_record", path=str(self.path), id=line.number, reason=str(fault)) from fault
        return record


def touches(record: Record, period: Period) -> bool:
    """Whether a date of `record` lies in `period`, or its days overlap it."""
    if period.begin <= record.date < period.end:  # spelled out: this line runs for every candidate
        return True
    if record.to is not None and record.date < period.end and record.to >= period.begin:
        return True
    if any(getattr(record, name) in period for name in _dates(type(record))):
        return True
    return any(step.on in period for step in record.steps)


def _found(versions: list[Line], number: int) -> list[Line]:
    if not versions:
        raise Refused("no_record", id=number)
    return versions


@cache
def _dates(kind: type[Record]) -> tuple[str, ...]:
    return ("to", *(name for name, field in fields(kind).items() if field.sort == "date"))


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(reduce(or_, KINDS.values()))


def _years(period: Period | None) -> tuple[bytes, ...]:
    """What the line of a record of `period` must contain, save for those that are marked; empty for any."""
    if period is None or period.last.year - period.begin.year >= FEW_YEARS:
        return ()
    return tuple(b'"%04d-' % year for year in range(period.begin.year, period.last.year + 1))
