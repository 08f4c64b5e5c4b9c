"""Which cells of ODS sheets are merged or hold an error, and which rows and columns are hidden: the reader tells none.

The convention: rows and columns count from 0, as in the file, where one element may stand for many equal cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple
from xml.parsers import expat

from danvan.errors import Invalid
from danvan.exchange.parts import EPOCH, letters

TABLE, ROW, COLUMN = "table:table", "table:table-row", "table:table-column"
CELLS = ("table:table-cell", "table:covered-table-cell")
HINTS = (b'-spanned="', b'value-type="error"', b'table:visibility="')  # without these nothing is to be found
UNSEEN = ("collapse", "filter")
REPEATED = 10_000  # rows or columns that are told one by one where one element stands for many
Range = tuple[tuple[int, int], tuple[int, int]]


class Found(NamedTuple):
    """What was found in a sheet.

    Attributes:
        merged: as rows and columns.
        faults: of cells, by their names.
        hidden: the numbers of hidden rows, from 1.
        unseen: hidden columns, from 0.
        epoch: as of `Table`.
    """

    merged: list[Range]
    faults: dict[str, str]
    hidden: set[int]
    unseen: set[int]
    epoch: date = EPOCH


def found_in(pieces: Iterable[bytes]) -> list[Found]:
    """What is found in each sheet, given the text of `content.xml`.

    Raises:
        Invalid: it is no XML, or declares entities.
    """
    looking = Looking()
    try:
        for piece in pieces:
            looking.parser.Parse(piece, False)
        looking.parser.Parse(b"", True)
    except expat.ExpatError:
        raise Invalid("file.broken") from None
    return looking.sheets


class Looking:
    """A look through the sheets of a document."""

    def __init__(self) -> None:
        self.sheets: list[Found] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse
        self._depth = self._row = self._at = self._column = 0
        self._repeated = 1

    def _begin(self, name: str, told: Mapping[str, str]) -> None:
        if name == TABLE:
            self._depth += 1
            if self._depth == 1:  # a table in a cell of a table is no sheet
                self.sheets.append(Found([], {}, set(), set()))
                self._row = self._column = 0
        elif self._depth == 1 and name == COLUMN:
            repeated = _number(told, "table:number-columns-repeated")
            if told.get("table:visibility") in UNSEEN:
                self.sheets[-1].unseen.update(_some(self._column, repeated))
            self._column += repeated
        elif self._depth == 1 and name == ROW:
            self._at, self._repeated = 0, _number(told, "table:number-rows-repeated")
            if told.get("table:visibility") in UNSEEN:
                self.sheets[-1].hidden.update(_some(self._row + 1, self._repeated))
        elif self._depth == 1 and name in CELLS:
            self._cell(told)

    def _cell(self, told: Mapping[str, str]) -> None:
        down, across = (_number(told, f"table:number-{what}-spanned") for what in ("rows", "columns"))
        sheet, row, at = self.sheets[-1], self._row, self._at
        if down > 1 or across > 1:
            sheet.merged.append(((row, at), (row + down - 1, at + across - 1)))
        if told.get("calcext:value-type") == "error":
            sheet.faults[f"{letters(at)}{row + 1}"] = "cell.error"
        self._at += _number(told, "table:number-columns-repeated")

    def _end(self, name: str) -> None:
        if name == TABLE:
            self._depth -= 1
        elif self._depth == 1 and name == ROW:
            self._row += self._repeated

    def _refuse(self, *_declared: object) -> None:
        raise Invalid("file.broken")


def _some(first: int, repeated: int) -> range:
    return range(first, first + min(repeated, REPEATED))


def _number(told: Mapping[str, str], name: str) -> int:
    value = told.get(name, "1")
    return int(value) if value.isdecimal() and len(value) < 10 else 1
