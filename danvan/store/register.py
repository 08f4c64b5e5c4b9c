"""The typed register: records in, records out.

The convention: an add, an edit and a void are the same write, one more line at the end. What people type is
the id; what tells records of different offices apart is the `uid`, which stays the same in all versions.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from danvan.errors import Refused
from danvan.periods import Period
from danvan.records import KINDS, STORED, Arrival, Office, Record, Reveal, tag_of
from danvan.store import layout, recent, settling, sifting, undoing, upkeep
from danvan.store.decoding import beginning, decoded, name_in
from danvan.store.file import Log, RegisterFile
from danvan.store.image import Image, Line
from danvan.store.stamping import stamped
from danvan.store.undoing import Change

if TYPE_CHECKING:
    from danvan.reports.daily import Daily
    from danvan.store import intake, merging, sides
    from danvan.store.tiny import RegisterTable


class Entry(NamedTuple):
    """A record and the number people know it by."""

    id: int
    record: Record


def ignore(_: object, **_facts: object) -> None:
    """Take no notice."""


class Register:
    """The register at `path`; nothing is opened or created before it is used.

    Args:
        now: the present moment as text, kept as the `at` of every version.
        author: who writes, kept as `by`.
        notice: is told what happened on the way: `torn` (path, dropped), `edited` (path), `waiting` (path),
            `kept` (path, copy), `upgraded` (path, copy, format).
        wait: how many seconds to wait for another writer.

    All methods raise `Damaged` where the file is no register and `FileFault` where the disk says no; those
    that write raise `Busy` where somebody else does not stop writing. In every case nothing was changed.
    """

    read: Sequence[str] = ()  # the names of registers that are read together (see `union`); one needs none

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
        self._notice = notice

    @property
    def path(self) -> Path:
        """Where the register is, or will be."""
        return self._file.path

    @property
    def file(self) -> RegisterFile:
        """The file itself, for those who copy, check or rewrite it."""
        return self._file

    def add(self, record: Record) -> Entry:
        """Write a new record and give it its number; a `uid` it brings along is kept."""
        return self.add_many([record])[0]

    def add_many(self, records: Sequence[Record]) -> list[Entry]:
        """Write all `records` or none."""
        if not records:
            return []
        with self._writing() as log:
            first, stamp = log.state.next_id, self.signed(len(records))
            entries = [
                Entry(number, stamped(record, stamp, 1, record.uid or os.urandom(16).hex()))
                for number, record in enumerate(records, first)
            ]
            lines = [layout.line(number, msgspec.json.encode(record)) for number, record in entries]
            log.append(lines, first + len(lines))
        return entries

    def take_in(
        self,
        drafts: intake.Drafts,
        *,
        is_trial: bool = False,
        allow: Callable[[intake.Intake], object] = ignore,
        change: settling.Change | None = None,
    ) -> intake.Intake:
        """Write those of the drafts that the register has not got: all of them or, in a trial, none.

        Args:
            allow: is asked of the register as it is when it is written to, and has nothing written by raising.
            change: what becomes of the office's settings. It is one write with the records, and stands before them, so
                that an undo takes the records back before.
        """
        from danvan.store import intake  # only where records are brought in bulk

        with self._file.reading() as image:  # where nothing will be written, no register is created either
            state, found = image.state, intake.sorted_out(image, self._decoded, drafts)
        allow(found)
        if is_trial or not (found.new or change):
            return found
        with self._writing() as log:
            if log.state != state:
                found = intake.sorted_out(log.image, self._decoded, drafts)
                allow(found)
            own: Sequence[bytes] = ()
            first = log.state.next_id
            if change:
                _, own, first = settling.changed(log.image, change, self._decoded, self.signed(1))
            found = found._replace(first=first if found.new else 0)
            log.append(chain(own, intake.lines(drafts, found, self.signed(found.new))), first + found.new)
        return found

    def offered(self, uids: Collection[str]) -> dict[str, sides.Side]:
        """What of the records with these `uid`s other registers may know, also when they are void.

        Their versions end before a merge that was taken back; what such a merge added is not there.
        """
        from danvan.store import merging

        with self._file.reading() as image:
            found = merging.own(image, self._decoded, uids)
        return {uid: kept for uid, side in found.items() if (kept := merging.before_undone(side))}

    def uids(self) -> set[str]:
        """The `uid` of every record, also of void ones."""
        with self._file.reading() as image:
            return {name_in(line.text).decode(errors="replace") for line in image.lines()} - {""}

    def log(self) -> Iterator[Entry]:
        """Every version of everything that stands in the register, in the order in which it was written."""
        with self._file.reading() as image:
            for line in image.lines():
                yield Entry(line.number, self._decoded(line))

    def merge(
        self,
        found: merging.Brought,
        choice: merging.Choice,
        check: merging.Check,
        *,
        is_trial: bool = False,
        allow: Callable[[merging.Merge], object] = ignore,
    ) -> merging.Merge:
        """Write what other registers bring: all of it or, in a trial or where it is not ready, nothing.

        For `choice` and `check` see `merging.merge`, for `allow` `take_in`.
        """
        from danvan.store import merging  # only where registers are merged

        stamp = Arrival(self._now(), self._author, os.urandom(4).hex())
        with self._file.reading() as image:  # where nothing will be written, no register is created either
            state, outcome = image.state, merging.merge(image, self._decoded, found, choice, check, stamp)
        allow(outcome)
        if is_trial or not outcome.is_ready:
            return outcome
        with self._writing() as log:
            if log.state != state:
                outcome = merging.merge(log.image, self._decoded, found, choice, check, stamp)
                allow(outcome)
            if outcome.is_ready:
                log.append(list(outcome.lines(stamp)), max(log.state.next_id, outcome.records[-1].number + 1))
        return outcome

    def get(self, number: int) -> Entry:
        """The present version of a record, also when it is void; `Refused` where there is none."""
        return Entry(number, self.history(number)[-1])

    def history(self, number: int) -> list[Record]:
        """All versions of a record, oldest first; `Refused` where there is none."""
        return self.histories([number])[number]

    def histories(self, numbers: Collection[int]) -> dict[int, list[Record]]:
        """All versions of each of some records, oldest first, by one passage; `Refused` where one is not there."""
        with self._file.reading() as image:
            lines = image.versions_of(set(numbers))
            return {n: [self._decoded(line) for line in _found(lines.get(n, []), n)] for n in numbers}

    def versions_before(self, number: int, others: Collection[int]) -> dict[int, Record]:
        """What each of some records said when another one was last written; those that came later are left out."""
        with self._file.reading() as image:
            lines = image.versions_of({number, *others})
            until = lines[number][-1].offset
            earlier = {one: [line for line in lines.get(one, ()) if line.offset < until] for one in others}
            return {one: self._decoded(found[-1]) for one, found in earlier.items() if found}

    def reveals(self, number: int, uid: str) -> list[Reveal]:
        """When identity of a record was shown, oldest first."""
        name = uid or str(number)
        with self._file.reading() as image:
            lines = image.present((beginning(Reveal),), kept=(tag_of(Reveal),))
            found = [self._decoded(line) for line in lines if name.encode() in line.text]
        return [one for one in found if isinstance(one, Reveal) and name in one.seen]

    def revise(self, number: int, change: Callable[[Record], Record]) -> Entry:
        """Write what `change` makes of a record as its next version; no change, no write.

        Raises:
            Refused: there is no such record.
        """
        return self.revise_many([number], lambda entry: change(entry.record))[0]

    def revise_many(self, numbers: Sequence[int], change: Callable[[Entry], Record]) -> list[Entry]:
        """Write what `change` makes of each record as its next version: all of them or none.

        Raises:
            Refused: one of the records does not exist.
        """
        with self._writing() as log:
            versions = log.image.versions_of(set(numbers))
            present = [Entry(n, self._decoded(_found(versions.get(n, []), n)[-1])) for n in numbers]
            wanted = [(old, change(old)) for old in present]
            stamp = self.signed(sum(record != old.record for old, record in wanted))
            entries = [
                old
                if record == old.record
                else Entry(old.id, stamped(record, stamp, old.record.rev + 1, old.record.uid))
                for old, record in wanted
            ]
            self._append_again(log, [new for new, old in zip(entries, present, strict=True) if new is not old])
        return entries

    @contextmanager
    def _writing(self) -> Iterator[Log]:
        """The register under the lock; after the work its index is carried on, where that is due."""
        with self._file.writing() as log:
            before = log.state.end
            yield log
            upkeep.keep(log, self._file.resolved(), before, self._decoded)

    def make_index(self) -> None:
        """Make the index, or carry it on, if the register is large enough to need one; see `upkeep`."""
        with self._file.reading() as image:
            if image.state.end >= upkeep.SINCE:
                upkeep.make(image, self._file.resolved(), self._decoded)

    def summed(self, period: Period) -> tuple[Daily, list[Entry]] | None:
        """The figures of plain records by the day, and the other records that touch a period, if there is an index.

        The cost does not depend on how many records there are, only on how many are not plain.
        """
        with self._file.reading() as image:
            found = upkeep.summed(image, self._decoded, period)
            if found is None and image.state.end > upkeep.AT_ONCE:
                self._notice("no_index", path=str(self.path))
        return found and (found[0], [Entry(*one) for one in found[1]])

    def _append_again(self, log: Log, entries: Sequence[Entry]) -> None:
        lines = [layout.line(number, msgspec.json.encode(record), again=True) for number, record in entries]
        log.append(lines, log.state.next_id)

    def office(self) -> Office:
        """What the office has settled, at a cost that does not depend on the size of the file."""
        with self._file.reading() as image:
            return settling.settled(image.office(), self._decoded)

    def settle(self, change: settling.Change) -> Office:
        """Write what `change` makes of the office's settings as their next version; no change, no write."""
        with self._writing() as log:
            office, lines, next_id = settling.changed(log.image, change, self._decoded, self.signed(1))
            log.append(lines, next_id)
        return office

    def void_many(self, numbers: Sequence[int], reason: str) -> list[Entry]:
        """Write a version of each record that says why it no longer counts: of all or of none.

        Raises:
            Refused: one of them does not exist, or is void already.
        """

        def voided(entry: Entry) -> Record:
            if entry.record.void:
                raise Refused("already_void", id=str(entry.id), reason=entry.record.void)
            return msgspec.structs.replace(entry.record, void=reason)

        return self.revise_many(numbers, voided)

    def last_change(self) -> list[Change]:
        """What this author changed last and has not taken back: one version, or all of one command.

        The file is read backwards from its end, no further than to that change.

        Raises:
            Refused: the author changed nothing, or somebody else changed the record after that.
        """
        with self._file.reading() as image:
            return self._last_change(image)

    def take_back(self, expected: Sequence[Change], reason: str) -> list[Entry]:
        """Undo the last change: each record gets a version with its content before it, or void if it was added.

        Args:
            expected: what `last_change` said.
            reason: the `void` of records that were added.

        Raises:
            Refused: the last change is another one by now.
        """
        with self._writing() as log:
            changes = self._last_change(log.image)
            if changes != expected:
                raise Refused("changed_meanwhile")
            stamp = self.signed(len(changes))
            entries = [
                Entry(one.id, stamped(one.wanted(reason), stamp, one.rev + 1, undoes=one.after.rev)) for one in changes
            ]
            self._append_again(log, entries)
        return entries

    def _last_change(self, image: Image) -> list[Change]:
        return undoing.last_change(image, self._author, self._decoded)

    def newest(self, kind: type[Record], unit: Callable[[str], bool]) -> Iterator[Entry]:
        """The newest records of a kind that are not void, newest first.

        The cost is bounded, however large the register is: only the last `recent.SIZE` bytes are read and at
        most `recent.MOST` records decoded. What was written before is not found.

        Args:
            unit: whether the records of a unit are wanted.
        """
        with self._file.reading() as image:
            yield from (Entry(*one) for one in recent.newest(image, kind, unit, self._decoded))

    def scan(
        self,
        kinds: Collection[type[Record]] = (),
        period: Period | None = None,
        *,
        voided: bool = False,
        status: str = "",
        skip: Callable[[bytes], object] | None = None,
    ) -> Iterator[Entry]:
        """The present version of every record that matches, in the order these versions were written.

        Args:
            kinds: the kinds wanted; all of `KINDS` without any.
            period: some date of the record must lie in it, or the days of an aggregate row overlap it.
            voided: whether void records are wanted as well.
            status: records that ever stood at it are wanted whatever their dates.
            skip: whether a record is not wanted, as far as its JSON tells without being decoded.
        """
        # What is of no known kind is decoded like what is wanted, and found to be damaged.
        others = tuple(beginning(kind) for kind in STORED if kind not in (kinds or KINDS.values()))
        kept = () if not kinds or any(kind in KINDS.values() for kind in kinds) else tuple(map(tag_of, kinds))
        with self._file.reading() as image:
            for line in image.present(sifting.needles(kinds, period, status), sifting.years(period, status), kept):
                if line.text.startswith(others) or (skip and skip(line.text)):
                    continue
                record = self._decoded(line)
                if (period is None or sifting.touches(record, period) or (status and record.stood_at(status))) and (
                    voided or not record.void
                ):
                    yield Entry(line.number, record)

    def table(self) -> RegisterTable:
        """The records as a TinyDB table, for TinyDB's queries."""
        from danvan.store.tiny import RECORDS, RegisterStorage, RegisterTable  # TinyDB costs start-up time

        return RegisterTable(RegisterStorage(self._file), RECORDS)

    def signed(self, count: int) -> dict[str, Any]:
        """What `count` versions have in common that are written together now; `batch` only where there are several."""
        return {"at": self._now(), "by": self._author, "batch": os.urandom(4).hex() if count > 1 else ""}

    def _decoded(self, line: Line, kind: type[Record] | None = None) -> Record:
        return decoded(line, self.path, kind)


def _found(versions: list[Line], number: int) -> list[Line]:
    if not versions:
        raise Refused("no_record", id=str(number))
    return versions
