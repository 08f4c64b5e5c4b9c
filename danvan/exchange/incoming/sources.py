"""Files from elsewhere as tables of cells and as objects, read row by row; what a file is, its content says.

The convention: a file that cannot be read at all is `Invalid` with a key `file.<fault>` and no place; whoever
reads several files turns it into a finding about that file.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import ENOENT
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec

from danvan.errors import Invalid
from danvan.exchange.objects import decoded
from danvan.exchange.parts import Objects, Part, Table

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DELIMITERS = ",;\t|"
TOP = 25  # lines that tell what stands between cells
HEAD = 1 << 16
LONGEST_CELL = 1 << 20
WHOLE = 1 << 29  # bytes of what has to be in memory as a whole
# How a text begins that is in another form of Unicode than UTF-8; the longer marks begin with the shorter.
MARKS = {BOM_UTF32_LE: "utf-32", BOM_UTF32_BE: "utf-32", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
# What is wrong with a text of cells, by what the reader of such texts says.
BROKEN = {"field larger": "file.long_cell", "unexpected end": "file.open_quote", "expected after": "file.inner_quote"}
TRUNCATED = "truncated"  # what the reader of JSON says of a text that ends too early
BYTE = re.compile(r"\(byte (\d+)\)")


@contextmanager
def parts(path: Path | None, stdin: bytes = b"") -> Iterator[Iterator[Part]]:
    """What a file holds; standard input, already read, if it has no path.

    Raises:
        Invalid: it is nothing that danvan reads, or changed while it was read.
        OSError: it cannot be opened.
    """
    before = _stamp(path) if path else ()
    with path.open("rb") if path else io.BytesIO(stdin) as file:
        source = io.BytesIO(_whole(file)) if path and not before else file
        head = source.read(HEAD)
        source.seek(0)
        if head.startswith(ZIP):
            from danvan.exchange.incoming import books  # only where there is a workbook

            yield books.sheets(source)
        elif head.startswith(OLE):
            raise Invalid("file.encrypted" if ENCRYPTED in _whole(source) else "file.old_excel")
        else:
            yield iter([_text(source, head)])
    if path and _stamp(path) != before:
        raise Invalid("file.changed")


def _stamp(path: Path) -> tuple[int, ...]:
    """The size of a file, and when it was changed; empty for pipes and the like, which are read as they flow."""
    try:
        now = path.stat()
    except ValueError:  # a name that no file can have
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT)) from None
    return (now.st_size, now.st_mtime_ns) if stat.S_ISREG(now.st_mode) else ()


def _whole(source: IO[bytes]) -> bytes:
    found = source.read(WHOLE + 1)
    if len(found) > WHOLE:
        raise Invalid("file.too_large", limit=WHOLE >> 20)
    return found


def _text(source: IO[bytes], head: bytes) -> Part:
    encoding = encoding_of(head)
    start = head.removeprefix(BOM_UTF8).lstrip()
    if not start:
        raise Invalid("file.empty")
    if encoding == "utf-8-sig" and _is_binary(head):
        raise Invalid("file.unknown")
    if start.startswith((b"{", b"[")) and encoding == "utf-8-sig":
        return Objects(_objects(source))
    if start.startswith((b"<", b"%PDF")):
        raise Invalid("file.unknown")
    return Table("", _rows(io.TextIOWrapper(source, encoding, newline="")))


def encoding_of(head: bytes) -> str:
    """The form of Unicode in which a text is written, by its beginning."""
    return next((name for mark, name in MARKS.items() if head.startswith(mark)), "utf-8-sig")


def _is_binary(head: bytes) -> bool:
    """Whether NUL bytes stand where there is no text around them; a single one in a text is a fault of its cell."""
    if b"\0" not in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as fault:
        if fault.end < len(head):  # not just a letter cut in two
            return True
    return head.count(0) * 10 > len(head)


def _rows(source: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text with one of `DELIMITERS` between cells."""
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    try:
        top = list(islice(filter(str.strip, iter(lambda: source.readline(LONGEST_CELL), "")), TOP))
        first = top[0] if top else ""
        named = first.strip()[4:] if first.lower().startswith("sep=") else ""
        delimiter = named or _delimiter(top)
        source.seek(0)
        for number, cells in enumerate(csv.reader(source, delimiter=delimiter, strict=True), 1):
            if number > 1 or not named:
                yield number, cells
    except UnicodeError:
        raise Invalid("file.encoding") from None
    except (csv.Error, TypeError) as fault:  # a separator of several characters is a TypeError
        key = next((key for said, key in BROKEN.items() if said in str(fault)), "file.csv")
        raise Invalid(key, row=number + 1, limit=LONGEST_CELL) from None


def _delimiter(lines: Sequence[str]) -> str:
    """What parts most lines into as many cells: a title above the table has none of it, and texts have other marks."""

    def parted(mark: str) -> int:
        try:
            widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=mark))
        except csv.Error:
            return 0
        return max((width * count for width, count in widths.items() if width > 1), default=0)

    return max(DELIMITERS, key=parted)


def _objects(source: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON list, of the list `records` of a JSON object, or of lines of JSON."""
    if _is_object(_first_line(source)):
        found: Iterator[Any] = _lines(source)
    else:
        document = _decoded(_whole(source).removeprefix(BOM_UTF8), 1)
        found = iter(document if isinstance(document, list) else [document])
    for number, one in enumerate(found, 1):
        if one is None:
            continue
        if not isinstance(one, dict):
            raise Invalid("file.no_object", row=number)
        nested = one.get("records")
        if "danvan" in one and isinstance(nested, dict):
            raise Invalid("file.register")
        for row, inner in enumerate(nested, 1) if isinstance(nested, list) else [(number, one)]:
            if not isinstance(inner, dict):
                raise Invalid("file.no_object", row=row)
            yield row, inner


def _first_line(source: IO[bytes]) -> bytes:
    """The first line in which something stands."""
    line = next((line for line in source if line.removeprefix(BOM_UTF8).strip()), b"")
    source.seek(0)
    return line.removeprefix(BOM_UTF8).strip()


def _lines(source: IO[bytes]) -> Iterator[Any]:
    for number, line in enumerate(source, 1):
        text = line.removeprefix(BOM_UTF8).strip()
        yield _decoded(text, number) if text else None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False


def _decoded(text: bytes, line: int) -> Any:
    try:
        return decoded(text)
    except UnicodeError:
        raise Invalid("file.encoding") from None
    except (msgspec.DecodeError, RecursionError) as fault:
        try:
            text.decode()
        except UnicodeError:
            raise Invalid("file.encoding") from None
        raise _json_fault(text, line, str(fault)) from None


def _json_fault(text: bytes, line: int, said: str) -> Invalid:
    """What is wrong with a text that begins in a line and is no JSON, and where, as far as its reader says so."""
    if TRUNCATED in said:
        return Invalid("file.json_cut", line=line + text.rstrip().count(b"\n"))
    if found := BYTE.search(said):
        before = text[: int(found[1])]
        column = len(before[before.rfind(b"\n") + 1 :].decode(errors="ignore")) + 1
        return Invalid("file.json", line=line + before.count(b"\n"), column=column)
    return Invalid("file.json_value", line=line)
