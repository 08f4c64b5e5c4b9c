"""Sheets of XLSX and ODS workbooks.

A workbook is a zip file, and what it says about itself is not believed: its parts are unpacked once in small
pieces and counted before the reader, which keeps a whole sheet in memory, sees it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, Any
from zipfile import BadZipFile, LargeZipFile, ZipFile

from danvan.errors import Invalid
from danvan.exchange.incoming.ods import HINTS, Found, found_in
from danvan.exchange.parts import EPOCH, Cell, Hidden, Part, Table

EPOCH_1904 = date(1904, 1, 1)  # of workbooks that began on a Mac
IS_1904 = re.compile(rb'<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(?:1|true)"')
CONTENT = "content.xml"  # of an ODS workbook
NOTHING = Found([], {}, set(), set())
UNPACKED = 1 << 29  # bytes; half a million rows of twenty columns
AREA = 40_000_000  # cells between the first and the last one of a sheet
PIECE = 1 << 20
LONGEST = 1 << 15  # no cell's markup is cut in two as long as pieces overlap by this
LAST_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
WIDE = re.compile(rb'<(?:\w+:)?c r="([A-Z]{2,3})\d+"[^>]*[^/]>')
# A formula without a result: not one whose result is an empty text, which has its type.
NO_VALUE = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?r="([A-Z]+\d+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
NUMBER = re.compile(rb'\br="(\d+)"')
COLUMNS = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
BOUND = re.compile(rb'\b(?:min|max)="(\d{1,5})"')
ERROR = re.compile(rb'<(?:\w+:)?c\b[^>]*?r="([A-Z]+\d+)"[^>]*?\bt="e"')


def sheets(source: IO[bytes]) -> Iterator[Part]:
    """The sheets of a workbook.

    Raises:
        Invalid: it is broken, too large when unpacked, or no workbook.
    """
    found = _checked(source)
    source.seek(0)
    try:
        yield from _opened(source, found)
    except Invalid:
        raise
    except BaseException as fault:  # the reader is not Python: what it trips over may be no Exception
        if isinstance(fault, (KeyboardInterrupt, GeneratorExit, MemoryError, SystemExit)):
            raise
        key = "file.encrypted" if type(fault).__name__ == "PasswordError" else "file.broken"
        raise Invalid(key) from None


def _opened(source: IO[bytes], found: Sequence[Found]) -> Iterator[Part]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_filelike(source) as book:
        for place, told in enumerate(book.sheets_metadata):
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            if told.visible != SheetVisibleEnum.Visible:
                yield Hidden(told.name)
                continue
            sheet = book.get_sheet_by_name(told.name)
            first = sheet.start[1] if sheet.start else 0
            one = found[place] if place < len(found) else NOTHING
            merged = sheet.merged_cell_ranges or one.merged
            yield Table(told.name, _rows(sheet), first, merged, one.faults, one.hidden, one.unseen, one.epoch)


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    yield from enumerate(sheet.iter_rows(), 1) if sheet.start else ()


def _checked(source: IO[bytes]) -> list[Found]:
    """What the reader does not tell of each sheet, in the order of the sheets; of XLSX it tells merged cells."""
    try:
        with ZipFile(source) as archive:
            names = archive.namelist()
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise Invalid("file.too_large", limit=UNPACKED >> 20)
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise Invalid("file.encrypted")
            if CONTENT in names:
                return _ods(archive)
            if "xl/workbook.xml" not in names:
                raise Invalid("file.unknown")
            _count(archive, [name for name in names if name.endswith("sharedStrings.xml")])
            epoch = EPOCH_1904 if IS_1904.search(archive.read("xl/workbook.xml")) else EPOCH
            return [_sheet(archive, name)._replace(epoch=epoch) for name in _in_order(archive)]
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError):
        raise Invalid("file.broken") from None


def _in_order(archive: ZipFile) -> list[str]:
    """The parts that hold the sheets, in the order in which the workbook lists them."""
    links = dict(_links(archive.read("xl/_rels/workbook.xml.rels")))
    listed = re.findall(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', archive.read("xl/workbook.xml"))
    named = [links[one].decode().removeprefix("/xl/").removeprefix("xl/") for one in listed if one in links]
    return [f"xl/{name}" for name in named if f"xl/{name}" in archive.namelist()]


def _links(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    for tag in re.findall(rb"<Relationship\b[^>]*>", text):
        name, target = re.search(rb'\bId="([^"]+)"', tag), re.search(rb'\bTarget="([^"]+)"', tag)
        if name and target:
            yield name[1], target[1]


def _sheet(archive: ZipFile, name: str) -> Found:
    """The cells of a sheet that have no value although a formula or an error stands in them, and what is hidden."""
    last, widest = 1, 26
    found: dict[str, str] = {}
    hidden: set[int] = set()
    unseen: set[int] = set()
    for piece in _pieces(archive, name):
        rows = LAST_ROW.findall(piece)
        last = max(last, int(rows[-1])) if rows else last
        widest = max([widest, *map(_column, set(WIDE.findall(piece)))])
        if last * widest > AREA:
            raise Invalid("file.too_wide", rows=last, columns=widest)
        if b"<f" in piece:
            found |= {cell.decode(): "cell.no_result" for cell in NO_VALUE.findall(piece)}
        if b't="e"' in piece:
            found |= {cell.decode(): "cell.error" for cell in ERROR.findall(piece)}
        if b' hidden="' in piece:
            hidden |= {int(number[1]) for row in ROW.findall(piece) if (number := NUMBER.search(row))}
            unseen.update(*map(_bounded, COLUMNS.findall(piece)))
    return Found([], found, hidden, unseen)


def _bounded(columns: bytes) -> range:
    """The columns, from 0, that an element of XLSX speaks of."""
    bounds = [int(number) for number in BOUND.findall(columns)]
    return range(min(bounds) - 1, max(bounds)) if bounds else range(0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _ods(archive: ZipFile) -> list[Found]:
    """What is found in the sheets, if anything; one that is locked by a password is refused."""
    if b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Invalid("file.encrypted")
    if sum(hint in piece for piece in _pieces(archive, CONTENT) for hint in HINTS):  # all of it is to be unpacked
        with archive.open(CONTENT) as part:
            return found_in(iter(lambda: part.read(PIECE), b""))
    return []


def _count(archive: ZipFile, names: Sequence[str]) -> None:
    """Unpack parts once, so that a part that is larger than it says is found out."""
    for name in names:
        for _ in _pieces(archive, name):
            pass


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        rest = b""
        while piece := part.read(PIECE):
            yield rest + piece
            rest = piece[-LONGEST:]
