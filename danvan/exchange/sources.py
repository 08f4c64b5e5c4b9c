"""Files from elsewhere as tables of cells and as objects, read row by row; what a file is, its content says.

The convention: a file that cannot be read at all is `Invalid` with a key `file.<fault>` and no place; whoever
reads several files turns it into a finding about that file.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from danvan.errors import Invalid

Cell = str | int | float | bool | date | datetime | time | timedelta | None
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = ",;\t|"
HEAD = 1 << 16
LONGEST_CELL = 1 << 20


class Table(NamedTuple):
    """A sheet or a text file of rows.

    Attributes:
        sheet: its name; empty in a text file.
        rows: the number of each row as a spreadsheet counts, and its cells from the column `first` on.
        merged: rows and columns of merged cells, from 0: (top, left), (bottom, right).
        faults: cells that have no value although they should, with the key of the fault.
    """

    sheet: str
    rows: Iterator[tuple[int, Sequence[Cell]]]
    first: int = 0
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    faults: Mapping[str, str] = {}


class Objects(NamedTuple):
    """Records as objects, each with its number in the file."""

    objects: Iterator[tuple[int, dict[str, Any]]]


class Hidden(NamedTuple):
    """A sheet that was passed over because it is hidden."""

    sheet: str


Part = Table | Objects | Hidden


@contextmanager
def parts(path: Path | None, stdin: bytes = b"") -> Iterator[Iterator[Part]]:
    """What a file holds; standard input, already read, if it has no path.

    Raises:
        Invalid: it is nothing that danvan reads.
        OSError: it cannot be opened.
    """
    with io.BytesIO(stdin) if path is None else path.open("rb") as source:
        head = source.read(HEAD)
        source.seek(0)
        if head.startswith(ZIP):
            from danvan.exchange import books  # only where there is a workbook

            yield books.sheets(source)
        elif head.startswith(OLE):
            raise Invalid("file.encrypted" if ENCRYPTED in source.read() else "file.old_excel")
        else:
            yield iter([_text(source, head)])


def _text(source: IO[bytes], head: bytes) -> Part:
    encoding = "utf-16" if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    start = head.removeprefix(BOM_UTF8).lstrip()
    if not start:
        raise Invalid("file.empty")
    if b"\0" in head and encoding == "utf-8-sig":
        raise Invalid("file.unknown")
    if start.startswith((b"{", b"[")) and encoding == "utf-8-sig":
        return Objects(_objects(source, start))
    if start.startswith((b"<", b"%PDF")):
        raise Invalid("file.unknown")
    return Table("", _rows(io.TextIOWrapper(source, encoding, newline="")))


def _rows(source: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text with one of `DELIMITERS` between cells."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        first = source.readline()
        while first and not first.strip():
            first = source.readline()
        named = first.strip()[4:] if first.lower().startswith("sep=") else ""
        delimiter = named or max(DELIMITERS, key=_outside_quotes(first).count)
        source.seek(0)
        for number, cells in enumerate(csv.reader(source, delimiter=delimiter, strict=True), 1):
            if number > 1 or not named:
                yield number, cells
    except UnicodeError:
        raise Invalid("file.encoding") from None
    except csv.Error as fault:
        raise Invalid("file.csv", reason=str(fault)) from None


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _objects(source: IO[bytes], start: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON list, of the list `records` of a JSON object, or of lines of JSON."""
    if start.startswith(b"{") and _is_whole(start.partition(b"\n")[0]):
        found: Iterator[Any] = _lines(source)
    else:
        document = _decoded(source.read().removeprefix(BOM_UTF8), 0)
        found = iter(document.get("records", [document]) if isinstance(document, dict) else document)
    for number, one in enumerate(found, 1):
        if one is None:
            continue
        if not isinstance(one, dict):
            raise Invalid("file.no_object", row=number)
        nested = one.get("records")
        for row, inner in enumerate(nested, 1) if isinstance(nested, list) else [(number, one)]:
            if not isinstance(inner, dict):
                raise Invalid("file.no_object", row=row)
            yield row, inner


def _lines(source: IO[bytes]) -> Iterator[Any]:
    for number, line in enumerate(source, 1):
        text = line.removeprefix(BOM_UTF8).strip()
        yield _decoded(text, number) if text else None


def _is_whole(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError):
        return False
    return True


def _decoded(text: bytes, line: int) -> Any:
    try:
        return msgspec.json.decode(text)
    except UnicodeError:
        raise Invalid("file.encoding") from None
    except (msgspec.DecodeError, RecursionError) as fault:
        try:
            text.decode()
        except UnicodeError:
            raise Invalid("file.encoding") from None
        raise Invalid("file.json", line=line, reason=str(fault)) from None
