"""Units of amounts that rows state in a column of their own: "triệu đồng" for one row, "tỷ đồng" for the next.

The convention: what stands nearest to an amount counts: the amount itself, then its row, then what stands around the
table. A heading and a row are as near as each other, so that a row which differs from a heading is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from danvan.errors import Invalid
from danvan.exchange import measures
from danvan.exchange.cells import as_text, in_unit, lacks_unit
from danvan.exchange.incoming.records import Reading
from danvan.exchange.incoming.values import Column
from danvan.exchange.parts import Cell, is_blank
from danvan.formatting.texts import visible
from danvan.records import Record, fields

Kind = type[Record]
Pair = tuple[Column, Cell]


class RowUnits:
    """The column in which rows state their units, by its place and its heading."""

    def __init__(self, reading: Reading, at: int, heading: str) -> None:
        self.at = at
        self._reading = reading
        self._heading = visible(heading)

    def under(self, kind: Kind, row: int, cells: Sequence[Cell], pairs: Iterable[Pair]) -> tuple[list[Pair], list[str]]:
        """The cells of a row, amounts in the unit that it states, and the fields whose unit is in doubt.

        A doubt is told once for a row.
        """
        said = as_text(cells[self.at]) if self.at < len(cells) and not is_blank(cells[self.at]) else ""
        read: list[Pair] = []
        doubtful: list[str] = []
        for column, cell in pairs:
            try:
                read.append((column, self._whole(kind, column, cell, said)))
            except Invalid as fault:
                if not doubtful:
                    self._reading.find(row, self._heading, said, f"error.{fault.key}", fault.facts)
                doubtful.append(column.name)
        return read, doubtful

    def _whole(self, kind: Kind, column: Column, cell: Cell, said: str) -> Cell:
        """An amount with its unit behind it; nought, and what states its unit itself, stays as it is."""
        sort = fields(kind)[column.name].sort if column.name in fields(kind) else ""
        is_bare = not is_blank(cell) and lacks_unit(cell)
        unit = _unit(sort, column, said) if is_bare and sort in measures.PARSERS else ""
        if not unit:
            return cell
        self._reading.remark("import.row_units", {"heading": self._heading})
        whole: str = in_unit(cell, unit)
        return whole


def _unit(sort: str, column: Column, said: str) -> str:
    """The unit that a row states for a column; empty where that of the column counts.

    Raises:
        Invalid: `cell.unit_beside` where the heading states another one; `cell.row_unit` where neither the row nor
            anything else states one of money.
    """
    measured, found = column.measured, None
    with suppress(Invalid):
        found = measures.unit(sort, said)
    if measured.is_own:
        if said and measures.differs(sort, said, measured.unit):
            raise Invalid("cell.unit_beside", value=visible(said), heading=visible(column.heading))
        return ""
    if found is None and sort == "money" and (said or not measured.unit):
        raise Invalid("cell.row_unit", value=visible(said))
    return found or ""
