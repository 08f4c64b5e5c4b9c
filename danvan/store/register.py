"""The typed register: what is written to it; `reader` is what it says.

The convention: an add, an edit and a void are the same write, one more line at the end. What people type is
the id; what tells records of different offices apart is the `uid`, which stays the same in all versions.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from danvan.errors import Refused
from danvan.records import Arrival, Office, Record
from danvan.store import settling, undoing, upkeep
from danvan.store.file import layout
from danvan.store.file.image import Image
from danvan.store.file.log import Log
from danvan.store.file.opening import RegisterFile
from danvan.store.reader import Entry, Reader, existing
from danvan.store.stamping import stamped
from danvan.store.undoing import Change

if TYPE_CHECKING:
    from danvan.store.joining import intake, merging
    from danvan.store.tiny import RegisterTable


def ignore(_: object, **_facts: object) -> None:
    """Take no notice."""


class Register(Reader):
    """The register at `path`, to read and to write; nothing is opened or created before it is used.

    Args:
        now: the present moment as text, kept as the `at` of every version.
        author: who writes, kept as `by`.
        notice: is told what happened on the way: `torn` (path, dropped), `edited` (path), `waiting` (path),
            `kept` (path, copy), `upgraded` (path, copy, format).
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
        super().__init__(RegisterFile(path, notice, wait), notice)
        self._now = now
        self._author = author

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
        from danvan.store.joining import intake  # only where records are brought in bulk

        with self._file.reading() as image:  # where nothing will be written, no register is created either
            state, found = image.state, intake.sorted_out(image, self.decoded, drafts)
        allow(found)
        if is_trial or not (found.new or change):
            return found
        with self._writing() as log:
            if log.state != state:
                found = intake.sorted_out(log.image, self.decoded, drafts)
                allow(found)
            own: Sequence[bytes] = ()
            first = log.state.next_id
            if change:
                _, own, first = settling.changed(log.image, change, self.decoded, self.signed(1))
            found = found._replace(first=first if found.new else 0)
            log.append(
                chain(own, intake.lines(drafts, found, self.signed(found.new, is_named=True))), first + found.new
            )
        return found

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
        from danvan.store.joining import merging  # only where registers are merged

        stamp = Arrival(self._now(), self._author, os.urandom(4).hex())
        with self._file.reading() as image:  # where nothing will be written, no register is created either
            state, outcome = image.state, merging.merge(image, self.decoded, found, choice, check, stamp)
        allow(outcome)
        if is_trial or not outcome.is_ready:
            return outcome
        with self._writing() as log:
            if log.state != state:
                outcome = merging.merge(log.image, self.decoded, found, choice, check, stamp)
                allow(outcome)
            if outcome.is_ready:
                log.append(list(outcome.lines(stamp)), max(log.state.next_id, outcome.records[-1].number + 1))
        return outcome

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
            present = [Entry(n, self.decoded(existing(versions.get(n, []), n)[-1])) for n in numbers]
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
            upkeep.keep(log, self._file.resolved(), before, self.decoded)

    def make_index(self) -> None:
        """Make the index, or carry it on, if the register is large enough to need one; see `upkeep`."""
        with self._file.reading() as image:
            if image.state.end >= upkeep.SINCE:
                upkeep.make(image, self._file.resolved(), self.decoded)

    def _append_again(self, log: Log, entries: Sequence[Entry]) -> None:
        lines = [layout.line(number, msgspec.json.encode(record), again=True) for number, record in entries]
        log.append(lines, log.state.next_id)

    def settle(self, change: settling.Change) -> Office:
        """Write what `change` makes of the office's settings as their next version; no change, no write."""
        with self._writing() as log:
            office, lines, next_id = settling.changed(log.image, change, self.decoded, self.signed(1))
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

    def last_change(self, passed: undoing.Passed = ignore) -> list[Change]:
        """What this author changed last and has not taken back: one version, or all of one command.

        The file is read backwards from its end, no further than to that change.

        Args:
            passed: see `undoing.last_change`.

        Raises:
            Refused: the author changed nothing, or somebody else changed the record after that.
        """
        with self._file.reading() as image:
            return self._last_change(image, passed)

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
            entries = [Entry(one.id, stamped(one.wanted(reason), stamp, one.rev + 1, **one.undoing)) for one in changes]
            self._append_again(log, entries)
        return entries

    def _last_change(self, image: Image, passed: undoing.Passed = ignore) -> list[Change]:
        return undoing.last_change(image, self._author, self.decoded, passed)

    def table(self) -> RegisterTable:
        """The records as a TinyDB table, for TinyDB's queries."""
        from danvan.store.tiny import RECORDS, RegisterStorage, RegisterTable  # TinyDB costs start-up time

        return RegisterTable(RegisterStorage(self._file), RECORDS)

    def signed(self, count: int, *, is_named: bool = False) -> dict[str, Any]:
        """What `count` versions have in common that are written together now.

        Args:
            is_named: whether they have a `batch` also where there are not several: others may bring the same at once.
        """
        return {"at": self._now(), "by": self._author, "batch": os.urandom(4).hex() if count > 1 or is_named else ""}
