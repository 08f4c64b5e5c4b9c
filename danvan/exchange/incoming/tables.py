"""A table under its headings: which cells of a row are read, and rows that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TypeGuard

from danvan.exchange import headings, measures
from danvan.exchange.cells import as_text
from danvan.exchange.incoming.findings import listed
from danvan.exchange.incoming.gathering import Kind
from danvan.exchange.incoming.head import Head, words
from danvan.exchange.incoming.passed_over import Below, are_numbers, has_day, undated
from danvan.exchange.incoming.records import Reading
from danvan.exchange.incoming.row_units import RowUnits
from danvan.exchange.incoming.turned_days import TurnedDays
from danvan.exchange.incoming.values import Column
from danvan.exchange.parts import Cell, Table, is_blank, letters
from danvan.exchange.spreadsheets import SHOWN_FIGURE
from danvan.formatting.texts import fold, visible
from danvan.privacy import MASK, personal
from danvan.records import KINDS, tag_of

Row = tuple[int, Sequence[Cell]]


class SheetReading:
    """A table under its headings.

    Args:
        row: that of the headings.
        begin: the first rows below it.
        top: the rows over it and itself, as they stand there.
    """

    def __init__(
        self,
        reading: Reading,
        table: Table,
        row: int,
        cells: Sequence[Cell],
        begin: Sequence[tuple[int, Sequence[Cell]]],
        top: Sequence[Row] = (),
    ) -> None:
        self.reading = reading
        self.table = table
        self.begin = begin
        self.head = Head(row, cells, top, table, reading.plan)
        reading.gathered.met.update(map(headings.key_of, (*self.head.texts, *self.head.called)))
        tiers = [self.head.texts, *(cells for _, cells in top)]
        self._heads = {(at, headings.key_of(cell)) for tier in tiers for at, cell in enumerate(tier) if _is_said(cell)}
        self._known: dict[Kind, list[Column]] = {}
        self._foreign: dict[Kind, list[int]] = {}
        self._turned = TurnedDays()
        self._units_told: dict[Kind, int | None] = {}  # the column of units that is watched for blanks
        self._blank_units: list[int] = []  # the rows that leave the column of units empty
        self._are_units_said = False
        self._dated: dict[str, tuple[int, str]] = {}  # headings of texts below which a day stands, and the first
        self._told: set[str] = set()
        self._unseen: dict[int, str] = {}  # hidden columns from which something was taken, and their headings
        self._units = self._row_units()
        reading.has_row_units = self._units is not None
        steering = (self.head.kinds, self._units.at if self._units else None)
        self._steering = [at for at in steering if at is not None]  # columns that say how others are to be read
        # Merged cells below the headings: what stands in the first of them, does it count for each row?
        self._merged = [one for one in table.merged if one[0][0] >= row]

    def read(self, rows: Iterable[tuple[int, Sequence[Cell]]]) -> None:
        """Read all rows."""
        self.reading.head = self.head.row
        if self.head.kind and not self.reading.plan.kind:
            self.reading.gathered.taken[self.reading.file, self.reading.sheet] = self.head.kind
        self._look_at_headings()
        if self.head.kinds is None and self.head.kind is None:
            self.reading.find_kindless(self.head.row, "", "")
            return
        if not self.head.days:
            for one in [self.head.kind] if self.head.kind else ():
                self._columns(one)  # for what is wrong with the other headings
            self._find_no_day()
            return
        below = Below()
        for number, cells in self._after_units(iter(rows)):
            is_dated = has_day(cells, self.head.days)
            if not is_dated and (self._states_unit(number, cells) or below.takes(number, cells)):
                continue
            for row in below.given_back():
                self._read_one(*row, is_dated=False)
            if not is_dated and self._is_another_head(cells):
                self.reading.find_unread(number, "", "error.heading.second")
                break
            self._read_one(number, cells, is_dated=is_dated)
        for number, why in below.told():
            self._pass_over(number, why)
        self._tell_blank_units()
        self._tell_unseen()
        self._tell_turned()
        self._tell_dated()

    def _is_another_head(self, cells: Sequence[Cell]) -> bool:
        """Whether a row holds other headings than those of the table, and nothing else."""
        return headings.are_headings(cells, self.reading.plan.renamed) and not self._is_own_head(cells)

    def _is_own_head(self, cells: Sequence[Cell]) -> bool:
        """Whether a row repeats the headings, or a tier of them, as on every printed page."""
        said = [(at, cell) for at, cell in enumerate(cells) if not is_blank(cell)]
        return len(said) > 1 and all(_is_said(cell) and (at, headings.key_of(cell)) in self._heads for at, cell in said)

    def _find_no_day(self) -> None:
        more = self.reading.plan.language.say("import.other_sheet") if self.table.sheet else ""
        said = ", ".join(self.head.texts[at] for at in self.head.periods)
        self.reading.find(self.head.row, said, "", f"error.heading.{'period' if said else 'no_date'}", {"more": more})

    def _after_units(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows without those right below the headings that number the columns or name their units."""
        for number, cells in rows:
            if are_numbers(cells, self.head.numbered):
                self._pass_over(number, "numbers")
            elif not has_day(cells, self.head.days) and (found := measures.below(number, cells, self.table)):
                self.reading.statements += found
                self._pass_over(number, "units")
            else:
                return chain([(number, cells)], rows)
        return rows

    def _states_unit(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row states another unit than its columns have, which is told then."""
        said = filter(None, (measures.stated(cell) for cell in cells if isinstance(cell, str)))
        kinds = [self.head.kind] if self.head.kind else list(self._known)
        pairs = [(kind, one) for one in said for kind in kinds]
        told = [self.reading.check_units(kind, self._columns(kind), number, one) for kind, one in pairs]
        return any(told)

    def _read_one(self, number: int, cells: Sequence[Cell], *, is_dated: bool) -> None:
        """Read a row, unless it is an example or says the totals of the others."""
        why = "" if is_dated else undated(cells, self.head.texts, self.head.example)
        if not (is_dated or why) and self._is_own_head(cells):
            why = "headings"
        if self._is_marked(cells):
            self._read_example(number, cells)
        elif why == "perhaps_total":
            self.reading.find_unread(number, "", "error.perhaps_total")
        elif why:
            self._pass_over(number, why)
        elif kind := self.head.kind if self.head.kinds is None else self._kind(number, cells):
            self._read_row(kind, number, cells)

    def _pass_over(self, number: int, why: str) -> None:
        self.reading.gathered.remarks.append((f"import.{why}", {"file": self.reading.place, "row": number}))

    def _row_units(self) -> RowUnits | None:
        """The column in which rows state the unit of their amounts, by its heading or by all that stands in it."""
        for at, heading in enumerate(self.head.texts):
            if self.head.is_unknown(at) and heading.strip() and (headings.is_measure(heading) or self._is_of_money(at)):
                return RowUnits(self.reading, at, heading)
        return None

    def _is_of_money(self, at: int) -> bool:
        """Whether nothing but units of money stands in a column of the first rows."""
        values = self._values(at)
        return bool(values) and all(map(measures.is_money, values))

    def _read_row(self, kind: Kind, number: int, cells: Sequence[Cell]) -> None:
        columns = self._columns(kind)
        width = len(cells)
        foreign = [at for at in self._foreign.get(kind, ()) if at < width and not is_blank(cells[at])]
        for at in foreign:
            self.reading.find(number, self.head.called[at], as_text(cells[at]), "error.heading.foreign", {})
        unread = self._unreadable(number, cells, columns)
        pairs = [(column, cells[column.at]) for column in columns if column.at < width and column.name not in unread]
        if self._units:
            pairs, doubtful = self._units.under(kind, number, cells, pairs)
            unread += doubtful
        for column, cell in pairs if self.table.sheet else ():
            if column.sort == "date":
                self._turned.note(column.name, number, cell)
            elif column.sort == "text" and isinstance(cell, date):
                value = MASK if column.name in personal(kind) else as_text(cell)
                self._dated.setdefault(column.heading, (number, value))
        if self.table.unseen:
            self._note_unseen(cells, (column.at for column, _ in pairs))
        called = {column.name: column.heading for column in columns}
        refused = self.reading.gathered.left_out
        self.reading.keep(kind, number, pairs, called, unread, is_sound=not foreign)
        if self.reading.gathered.left_out == refused:
            self._note_unit(number, self._units_told[kind], cells)

    def _note_unseen(self, cells: Sequence[Cell], read: Iterable[int]) -> None:
        """Note which hidden columns say something of a row: its kind, the unit of its amounts, its fields."""
        for at in (*read, *self._steering):
            if self.table.first + at in self.table.unseen and at < len(cells) and not is_blank(cells[at]):
                self._unseen[self.table.first + at] = self.head.texts[at]

    def _telling_units(self, columns: Sequence[Column]) -> int | None:
        """The column of units, where a blank below may mean the unit above: nobody says of which unit such rows are.

        In tables that danvan gave out, which have a `uid`, it means the office's own.
        """
        places = {column.name: column.at for column in columns}
        is_known = self.reading.plan.unit or self.reading.plan.default_unit or "uid" in places
        return None if is_known else places.get("unit")

    def _note_unit(self, number: int, at: int | None, cells: Sequence[Cell]) -> None:
        """Note whether a row says in a column of which unit it is."""
        if at is None:
            return
        if at < len(cells) and not is_blank(cells[at]):
            self._are_units_said = True
        elif self._are_units_said:
            self._blank_units.append(number)

    def _tell_blank_units(self) -> None:
        """Tell which rows name no unit below one that does: it may stand once for all rows of a group."""
        if rows := self._blank_units:
            facts: dict[str, object] = {"file": self.reading.place, "count": len(rows), "rows": listed(rows)}
            self.reading.gathered.cautions.append(("import.blank_units", facts))

    def _tell_unseen(self) -> None:
        """Tell which columns were read that whoever looks at the sheet does not see."""
        if self._unseen:
            columns = ", ".join(f"{letters(at)} ({visible(heading)})" for at, heading in sorted(self._unseen.items()))
            facts: dict[str, object] = {"file": self.reading.place, "columns": columns}
            self.reading.gathered.cautions.append(("import.hidden_column", facts))

    def _tell_dated(self) -> None:
        """Tell which columns of texts hold days, as spreadsheets make them of what is typed."""
        for heading, (number, value) in self._dated.items():
            facts = {"file": self.reading.place, "row": number, "heading": visible(heading), "value": value}
            self.reading.gathered.cautions.append(("import.day_in_text", facts))

    def _tell_turned(self) -> None:
        """Tell which columns have days and months exchanged, and the formula that puts them right."""
        found = {one.name: one for one in self._turned.found()}
        for column in (column for columns in self._known.values() for column in columns if column.name in found):
            _, day, row, text = found.pop(column.name)
            cell = f"{letters(self.table.first + column.at)}{row}"
            facts = {"day": day, "turned": date(day.year, day.day, day.month), "text": text, "cell": cell}
            self.reading.refuse(self.head.row, column.heading, "error.heading.days_turned", facts)

    def _kind(self, number: int, cells: Sequence[Cell]) -> Kind | None:
        cell = cells[self.head.kinds] if self.head.kinds is not None and self.head.kinds < len(cells) else None
        kind = headings.kind_of(str(cell)) if cell else None
        if kind is None:
            self.reading.find_kindless(number, self.head.texts[self.head.kinds or 0], str(cell or ""))
        return kind

    def _columns(self, kind: Kind) -> list[Column]:
        if kind not in self._known:
            self._known[kind] = list(self._described(kind))
            self._units_told[kind] = self._telling_units(self._known[kind])
        return self._known[kind]

    def _described(self, kind: Kind) -> Iterator[Column]:
        seen: dict[str, int] = {}
        renamed = self.reading.plan.renamed
        self.reading.held = {headings.meaning(kind, one, renamed) for one in self.head.called}
        is_export = "uid" in self.reading.held
        for at, heading in enumerate(self.head.texts):
            if self.head.kinds is not None and self.head.is_foreign(kind, at):
                self._foreign.setdefault(kind, []).append(at)
                continue
            if not heading.strip() or at in self.head.periods or (self._units and at == self._units.at):
                continue
            called, values = self.head.called[at], self._values(at)
            names = called, self.head.tiers.told(at)
            column = self.reading.column(kind, at, heading, self.head.row, values, names, is_export=is_export)
            if column and column.name in seen:
                self._find_twice(kind, seen[column.name], at)
            elif column:
                seen[column.name] = at
                yield column

    def _find_twice(self, kind: Kind, first: int, at: int) -> None:
        """Tell that two columns mean the same field, and how to write down what is parted by an upper tier."""
        pairs = zip(self.head.tiers.over(first), self.head.tiers.over(at), strict=False)
        groups = next((pair for pair in pairs if pair[0] != pair[1]), ())
        is_typed = headings.key_of(self.head.texts[at]) in self.reading.plan.renamed  # both were said to mean it
        column = visible(self.head.tiers.full(at))
        facts: dict[str, object] = {"other": self.head.tiers.full(first), "column": column, "kinds": f"{tag_of(kind)}s"}
        says = "twice_over" if groups and not is_typed else "twice"
        facts |= dict(zip(("first", "second"), groups, strict=False))
        self.reading.refuse(self.head.row, column, f"error.heading.{says}", facts)

    def _values(self, at: int) -> set[str]:
        """What stands in a column of the first rows, as texts."""
        cells = (cells[at] for _, cells in self.begin if at < len(cells) and not is_blank(cells[at]))
        return {as_text(cell) for cell in cells}

    def _look_at_headings(self) -> None:
        for (top, left), (bottom, right) in self.table.merged:
            if top <= self.head.row - 1 <= bottom and right > left:
                facts = {"first": letters(left), "last": letters(right)}
                self.reading.refuse(self.head.row, letters(left), "error.heading.merged", facts)
        for at in self.head.without_units:
            if self._is_of_money(at):
                unread: dict[str, object] = {"file": self.reading.place, "heading": visible(self.head.texts[at])}
                self.reading.gathered.cautions.append(("import.units_unread", unread))

    def _unreadable(self, number: int, cells: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
        """The fields whose cells are merged or without a result; cells without a heading are told too."""
        found = self._spread(number, cells, columns) if self._merged else []
        for column in columns if self.table.faults else ():
            letter = letters(self.table.first + column.at)
            fault = self.table.faults.get(f"{letter}{number}")
            if fault:
                self.reading.find(number, column.heading, "", f"error.{fault}", {})
                found.append(column.name)
        for at in (*self.head.bare, *range(len(self.head.texts), len(cells))):
            if at < len(cells) and not is_blank(cells[at]):
                self._without_heading(number, at)
        return found

    def _spread(self, number: int, cells: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
        """The fields whose cells are merged with those of other rows or columns; each area is told where it begins."""
        found = []
        for (top, left), (bottom, right) in (one for one in self._merged if one[0][0] < number <= one[1][0] + 1):
            for column in (one for one in columns if left <= self.table.first + one.at <= right):
                found.append(column.name)
                if (number, self.table.first + column.at) == (top + 1, left):
                    facts = {"first": f"{letters(left)}{top + 1}", "last": f"{letters(right)}{bottom + 1}"}
                    value = as_text(cells[column.at]) if column.at < len(cells) else ""
                    self.reading.find(number, column.heading, value, "error.cell.merged", facts)
        return found

    def _without_heading(self, number: int, at: int) -> None:
        letter = letters(self.table.first + at)
        if letter not in self._told:
            self._told.add(letter)
            self.reading.refuse(number, letter, "error.heading.none", {"column": letter})

    def _is_marked(self, cells: Sequence[Cell]) -> bool:
        cell = cells[self.head.example] if self.head.example is not None and self.head.example < len(cells) else None
        return isinstance(cell, str) and fold(cell) in words("example.mark")

    def _read_example(self, number: int, cells: Sequence[Cell]) -> None:
        """Pass over a row that is marked as an example, unless somebody has typed a record over it.

        The example has a title of its own or, where rows have none, a unit and figures.
        """
        said = {
            at: fold(as_text(cell)) for at, cell in enumerate(cells) if at != self.head.example and not is_blank(cell)
        }
        titles = [said[at] for at in self.head.titles if at in said]
        own = {word for tag in (KINDS if titles else ["unit"]) for word in words(f"entry.example.{tag}")}
        figures = set() if titles else {one for one in said.values() if one.isdecimal()} - {str(SHOWN_FIGURE)}
        if not said or not (figures or own.isdisjoint(titles or said.values())):
            self._pass_over(number, "example")
        else:
            self.reading.find_unread(number, self.head.texts[self.head.example or 0], "error.example_filled")


def _is_said(cell: Cell) -> TypeGuard[str]:
    return isinstance(cell, str) and bool(cell)
