"""A table under its headings: which cells of a row are read, and rows that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from danvan.exchange import headings
from danvan.exchange.cells import as_text
from danvan.exchange.parts import Cell, Table, is_blank, letters
from danvan.exchange.reading import Column, Reading
from danvan.formatting.texts import fold
from danvan.messages import LANGUAGES, catalogue
from danvan.privacy import MASK
from danvan.records import KINDS, Record

Kind = type[Record]


class SheetReading:
    """A table under its headings."""

    def __init__(self, reading: Reading, table: Table, row: int, cells: Sequence[Cell]) -> None:
        self.reading = reading
        self.table = table
        self.row = row
        self.headings = [as_text(cell) if cell is not None else "" for cell in cells]
        plan = reading.plan
        self.kinds = None if plan.kind else self._column_of("heading.kind")
        self.kind = plan.kind or headings.likely(self.headings, plan.renamed, table.sheet)
        self.example = self._column_of("heading.ignored")
        self._known: dict[Kind, list[Column]] = {}
        self._foreign: dict[Kind, list[int]] = {}
        self._bare = [at for at, one in enumerate(self.headings) if not one.strip()]
        self._told: set[str] = set()
        # Merged cells below the headings, where they begin: what stands in one of them, does it count for each row?
        begin = [one for one in table.merged if one[0][0] >= row]
        self._merged = {(top + 1, left - table.first): one for one in begin for (top, left) in one[:1]}

    def read(self, rows: Iterable[tuple[int, Sequence[Cell]]]) -> None:
        """Read all rows."""
        self.reading.head = self.row
        self._look_at_headings()
        if self.kinds is None and self.kind is None:
            self.reading.find(self.row, "", "", "error.file.no_kind", {"kinds": ", ".join(KINDS)})
            return
        renamed, kinds = self.reading.plan.renamed, KINDS.values()
        if not any(headings.meaning(kind, one, renamed) == "date" for kind in kinds for one in self.headings):
            for one in [self.kind] if self.kind else ():
                self._columns(one)  # for what is wrong with the other headings
            self.reading.find(self.row, "", "", "error.heading.no_date", {})
            return
        for number, cells in rows:
            kind = self.kind if self.kinds is None else self._kind(number, cells)
            if kind and not self._is_example(number, cells) and not self._is_total(number, cells):
                self._read_row(kind, number, cells)

    def _column_of(self, key: str) -> int | None:
        """The first column whose heading is one of the words under a key."""
        return next((at for at, one in enumerate(self.headings) if fold(one) in words(key)), None)

    def _read_row(self, kind: Kind, number: int, cells: Sequence[Cell]) -> None:
        columns = self._columns(kind)
        width = len(cells)
        foreign = [at for at in self._foreign.get(kind, ()) if at < width and not is_blank(cells[at])]
        for at in foreign:
            self.reading.find(number, self.headings[at], as_text(cells[at]), "error.heading.foreign", {})
        unread = self._unreadable(number, cells, columns)
        pairs = [(column, cells[column.at]) for column in columns if column.at < width and column.name not in unread]
        called = {column.name: column.heading for column in columns}
        self.reading.keep(kind, number, pairs, called, unread, is_sound=not foreign)

    def _kind(self, number: int, cells: Sequence[Cell]) -> Kind | None:
        cell = cells[self.kinds] if self.kinds is not None and self.kinds < len(cells) else None
        kind = headings.kind_of(str(cell)) if cell else None
        if kind is None:
            self.reading.find_kindless(number, self.headings[self.kinds or 0], str(cell or ""))
        return kind

    def _columns(self, kind: Kind) -> list[Column]:
        if kind not in self._known:
            self._known[kind] = list(self._described(kind))
        return self._known[kind]

    def _described(self, kind: Kind) -> Iterator[Column]:
        seen: dict[str, str] = {}
        renamed = self.reading.plan.renamed
        is_export = any(headings.meaning(kind, one, renamed) == "uid" for one in self.headings)
        for at, heading in enumerate(self.headings):
            if self.kinds is not None and self._is_foreign(kind, heading):
                self._foreign.setdefault(kind, []).append(at)
                continue
            if not heading.strip():
                continue
            column = self.reading.column(kind, at, heading, self.row, is_export=is_export)
            if column and column.name in seen:
                facts = {"other": seen[column.name]}
                self.reading.find(self.row, heading, "", "error.heading.twice", facts)
            elif column:
                seen[column.name] = heading
                yield column

    def _is_foreign(self, kind: Kind, heading: str) -> bool:
        """Whether the heading is that of another kind in a table of several kinds."""
        renamed = self.reading.plan.renamed
        others = (headings.meaning(other, heading, renamed) for other in KINDS.values() if other is not kind)
        return headings.meaning(kind, heading, renamed) is None and any(name is not None for name in others)

    def _look_at_headings(self) -> None:
        for (top, left), (bottom, right) in self.table.merged:
            if top <= self.row - 1 <= bottom and right > left:
                facts = {"first": letters(left), "last": letters(right)}
                self.reading.find(self.row, letters(left), "", "error.heading.merged", facts)

    def _unreadable(self, number: int, cells: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
        """The fields whose cells are merged or without a result; cells without a heading are told too."""
        found = self._spread(number, cells, columns) if self._merged else []
        for column in columns if self.table.faults else ():
            letter = letters(self.table.first + column.at)
            fault = self.table.faults.get(f"{letter}{number}")
            if fault:
                self.reading.find(number, column.heading, "", f"error.{fault}", {})
                found.append(column.name)
        for at in (*self._bare, *range(len(self.headings), len(cells))):
            if at < len(cells) and not is_blank(cells[at]):
                self._without_heading(number, at)
        return found

    def _spread(self, number: int, cells: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
        """The fields whose cells are merged with those of other rows or columns."""
        found = []
        for column in columns:
            if column.at < len(cells) and not is_blank(cells[column.at]) and (number, column.at) in self._merged:
                (top, left), (bottom, right) = self._merged[number, column.at]
                facts = {"first": f"{letters(left)}{top + 1}", "last": f"{letters(right)}{bottom + 1}"}
                value = as_text(cells[column.at]) if not column.is_personal else MASK
                self.reading.find(number, column.heading, value, "error.cell.merged", facts)
                found.append(column.name)
        return found

    def _without_heading(self, number: int, at: int) -> None:
        letter = letters(self.table.first + at)
        if letter not in self._told:
            self._told.add(letter)
            self.reading.find(number, letter, "", "error.heading.none", {"column": letter})

    def _is_example(self, number: int, cells: Sequence[Cell]) -> bool:
        cell = cells[self.example] if self.example is not None and self.example < len(cells) else None
        if not isinstance(cell, str) or fold(cell) not in words("example.mark"):
            return False
        facts = {"file": self.reading.file, "row": number}
        self.reading.gathered.remarks.append(("import.example", facts))
        return True

    def _is_total(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row has figures, and nothing else in words than that they are sums."""
        said = {fold(cell) for cell in cells if isinstance(cell, str) and any(map(str.isalpha, cell))}
        if not said or not said <= words("total.mark"):
            return False
        self.reading.gathered.remarks.append(("import.total", {"file": self.reading.file, "row": number}))
        return True


@cache
def words(key: str) -> frozenset[str]:
    """The words of a text that lists several, in both languages, folded."""
    return frozenset(fold(word) for code in LANGUAGES for word in catalogue(code)[key].split("|"))
