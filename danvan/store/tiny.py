"""TinyDB over a register file, through TinyDB's own extension points.

The convention: a query sees what stock TinyDB would see. What is different on purpose: inserts and updates
append instead of rewriting, ids are never used twice, older versions of a record stay in the file until the
record is removed, the tables that hold danvan's own state are hidden, and so is a table of records that is
empty.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from danvan.store.file import layout
from danvan.store.file.image import Image
from danvan.store.file.log import Log
from danvan.store.file.opening import RegisterFile

RECORDS = "records"
HIDDEN = ("danvan", "state")
Tables = dict[str, dict[str, Any]]


class RegisterStorage(Storage):
    """A register file as a TinyDB storage."""

    def __init__(self, file: RegisterFile | Path | str) -> None:
        super().__init__()
        if not isinstance(file, RegisterFile):
            file = RegisterFile(Path(file), lambda *_args, **_facts: None, 30.0)
        self.file = file

    def read(self) -> Tables:
        """All tables in their present state."""
        with self.file.reading() as image:
            return tables_of(image)

    def write(self, data: Tables) -> None:
        """Make `data` the present state; what it does not mention is removed."""
        with self.file.writing() as log:
            change(log, tables_of(log.image), data)


class RegisterTable(Table):
    """A table of a register file; the table of records appends, other programs' tables are rewritten."""

    _storage: RegisterStorage

    def __init__(self, storage: Storage, name: str, **options: Any) -> None:
        self._seen: tuple[int, ...] = ()
        super().__init__(storage, name, **options)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append a document; see `Table.insert`."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append documents, all or none; see `Table.insert_multiple`."""
        if self.name != RECORDS:
            self._next_id = None  # another process may have taken the one remembered
            return super().insert_multiple(documents)
        with self._storage.file.writing() as log:
            numbers, lines, next_id = self._numbered(log, documents)
            log.append(lines, next_id)
        self.clear_cache()
        return numbers

    def _numbered(self, log: Log, documents: Iterable[Mapping[str, Any]]) -> tuple[list[int], list[bytes], int]:
        """Lines for `documents` with their ids, and the next free id."""
        numbers: list[int] = []
        lines = []
        next_id = log.state.next_id
        for document in documents:
            if not isinstance(document, Mapping):
                raise ValueError("Document is not a Mapping")
            number = next_id
            if isinstance(document, self.document_class):
                number = document.doc_id
                if number < 0:
                    raise ValueError(f"Document with ID {number}: the ids of a register are not negative")
                if number in numbers or (number < log.state.next_id and log.image.versions(number)):
                    raise ValueError(f"Document with ID {number} already exists")
            numbers.append(number)
            lines.append(layout.line(number, layout.body(document)))
            next_id = max(next_id, number + 1)
        return numbers, lines, next_id

    def search(self, cond: QueryLike) -> list[Document]:
        """See `Table.search`; the query cache ends when any process writes."""
        stamp = self._storage.file.stamp()
        if stamp != self._seen:
            self.clear_cache()
            self._seen = stamp
        return super().search(cond)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        # The one door through which all of TinyDB's updates and removals go, here under one lock.
        with self._storage.file.writing() as log:
            before = tables_of(log.image)
            after = tables_of(log.image)
            table = {self.document_id_class(key): value for key, value in after.get(self.name, {}).items()}
            updater(table)
            after[self.name] = {str(key): value for key, value in table.items()}
            change(log, before, after)
        self.clear_cache()


class RegisterDB(TinyDB):
    """`TinyDB` over a register file: `RegisterDB(path)`; its default table is that of the records."""

    table_class: type[Table] = RegisterTable
    default_table_name = RECORDS
    default_storage_class: type[Storage] = RegisterStorage  # type: ignore[assignment]  # inferred too narrowly there


def tables_of(image: Image) -> Tables:
    """The tables of a register in their present state."""
    found: Tables = json.loads(image.text())
    return {name: table for name, table in found.items() if name not in HIDDEN and (name != RECORDS or table)}


def change(log: Log, before: Tables, after: Tables) -> None:
    """Turn the register from `before` to `after`: by appending, or where something goes, by a rewrite."""
    old, new = before.get(RECORDS, {}), after.get(RECORDS, {})
    changed = {
        int(key): layout.body(document)
        for key, document in new.items()
        if key not in old or layout.body(old[key]) != layout.body(document)
    }
    lines = [layout.line(number, text, again=str(number) in old) for number, text in changed.items()]
    next_id = max(log.state.next_id, max(changed, default=0) + 1)
    others = {name: table for name, table in after.items() if name not in layout.OWN_TABLES}
    removed = {int(key) for key in old if key not in new}
    if removed or layout.dumped(others) != layout.dumped(log.image.head.tables):
        kept = _without(log.image, removed)
        text, _ = layout.whole(layout.head(log.image.head.row, others), [*kept, *lines], next_id)
        log.replace(text)
    else:
        log.append(lines, next_id)


def _without(image: Image, removed: set[int]) -> list[bytes]:
    """The lines of all versions of all records that were not removed."""
    seen: set[int] = set()
    lines = []
    for number, _, text in image.lines():
        if number not in removed:
            lines.append(layout.line(number, text, again=number in seen))
            seen.add(number)
    return lines
