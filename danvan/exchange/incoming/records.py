"""Cells under their headings as records: every row becomes a record or findings, and all findings are told at once.

A record that brings no `uid` gets one from its content, and from its place among the same contents in one file: the
same content is the same record, whatever file it comes in and whatever becomes of the record later. One about single
citizens has that name only as long as it waits (see `naming`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from danvan.errors import Invalid, Problem
from danvan.exchange import headings, measures
from danvan.exchange.cells import REMEMBERED, Cells, as_text, compiled, lacks_unit
from danvan.exchange.incoming.certainty import certain, shape
from danvan.exchange.incoming.drafts import UNNAMED
from danvan.exchange.incoming.findings import Finding, tells_who
from danvan.exchange.incoming.gathering import Gathered, Kind
from danvan.exchange.incoming.restated import Spoken, Stated
from danvan.exchange.incoming.values import Column, read_values
from danvan.exchange.parts import EPOCH
from danvan.formatting.texts import visible
from danvan.naming import block, block_of, named, parted, turned
from danvan.privacy import MASK, personal
from danvan.records import KINDS, TRAILS, Form, Record, completed, fields, problems, tag_of

SHOWN = 80  # characters of a value in a finding
NOT_FIELDS = (*headings.DAYS, "uid", *TRAILS)


class Reading:
    """One file being read."""

    def __init__(self, gathered: Gathered, file: str, on_row: Callable[[], None]) -> None:
        self.gathered = gathered
        self.plan = gathered.plan
        self.file = file
        self.sheet = ""
        self.statements: list[measures.Stated] = []  # what the sheet says of units outside of its headings
        self.epoch = EPOCH
        self.has_row_units = False  # whether each row says the unit of its amounts
        self.held: Collection[str | None] = ()  # fields that columns of the table have, which no other one may mean
        self.hidden: Collection[int] = ()  # rows of the sheet that are not seen
        self.head = 0  # the row of the headings; 0 where every row brings its own
        # Fields that a sheet has no column for, once that was told or another heading was told to be like them.
        self._absent: set[tuple[str, Kind, str]] = set()
        self._personal: dict[str, bool] = {}  # headings, and whether they are those of who came
        self._spoken = Spoken()
        self._same: Counter[bytes] = Counter()
        self._sound: set[Any] = set()
        self._on_row = on_row

    @property
    def place(self) -> str:
        """The file, and the sheet if it has one."""
        return " · ".join(filter(None, (self.file, self.sheet)))

    def find(
        self, row: int, column: str, value: str, says: str, facts: Mapping[str, object], kind: Kind | None = None
    ) -> None:
        """Keep a finding, masked where it would tell who came.

        Args:
            kind: that of the row; None where nobody can tell.
        """
        if value and (self._is_personal(column) or tells_who(kind, value)):
            value, facts = MASK, {**facts, "value": MASK}
        value = visible(value)
        value = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
        facts = self.gathered.shared(facts)
        self.gathered.findings.append(Finding(self.file, self.sheet, row, visible(column), value, says, facts))

    def _is_personal(self, heading: str) -> bool:
        """Whether a column tells who came, in records of whatever kind."""
        if heading not in self._personal:
            meant = ((kind, headings.meaning(kind, heading, self.plan.renamed)) for kind in KINDS.values())
            self._personal[heading] = any(name in personal(kind) for kind, name in meant)
        return self._personal[heading]

    def find_kindless(self, row: int, column: str, value: str) -> None:
        """Keep that nobody can tell of which kind a row is."""
        kinds = self.plan.language.meanings([f"{tag}s" for tag in KINDS], "what")
        self.find_unread(row, column, "error.file.no_kind", value, {"kinds": kinds})

    def find_unread(
        self, row: int, column: str, says: str, value: str = "", facts: Mapping[str, object] | None = None
    ) -> None:
        """Keep a finding about a row of which nothing is read."""
        self.find(row, column, value, says, facts or {})
        self.gathered.rows += 1
        self.gathered.left_out += 1

    def column(
        self,
        kind: Kind,
        at: int,
        heading: str,
        row: int,
        values: Collection[str] = (),
        names: tuple[str, str] = ("", ""),
        *,
        is_table: bool = True,
        is_export: bool = False,
    ) -> Column | None:
        """The column under a heading; None if it is not read.

        Args:
            values: some that stand in it, to tell what a heading may mean that is not known.
            names: the name by which its meaning was given, and that under which it is told, if these are others.
        """
        called, told = (one or heading for one in names)
        name = headings.meaning(kind, called, self.plan.renamed)
        key = headings.key_of(called)
        self.gathered.met.add(key)
        if settled := self.plan.remembered.get(key):
            self.gathered.remembered[settled] = None
        if name is None:
            self._unknown(kind, heading, told, row, values, self.plan.renamed.get(key))
        if not name or name == "kind":
            return None
        measured = self._measured(kind, name, at, heading, row, values)
        if measured is None:
            return None
        how = Cells(is_table, is_export, measured.unit, self.epoch, measured.is_missing)
        read = compiled(kind, name, self.plan.language, self.plan.today, how)
        if name in personal(kind):  # by the name under which its meaning was given, too
            self._personal[heading] = True
        sort = "date" if name in headings.DAYS else fields(kind)[name].sort if name in fields(kind) else ""
        return Column(at, heading, name, read, measured, sort)

    def _measured(
        self, kind: Kind, name: str, at: int, heading: str, row: int, values: Collection[str]
    ) -> measures.Measured | None:
        """The unit of a column; None where it cannot be told, which is told then."""
        sort = fields(kind)[name].sort if name in fields(kind) else ""
        if sort not in measures.PARSERS:
            return measures.Measured()
        try:
            found = measures.measured(sort, heading, at, self.statements)
        except Invalid as fault:
            self._absent.add((self.sheet, kind, name))
            self.refuse(row, heading, f"error.{fault.key}", fault.facts)
            return None
        is_said = found.is_own or found.row or self.has_row_units or headings.key_of(heading) in self.plan.renamed
        if sort == "money" and not is_said and not headings.is_own(kind, name, heading):
            if any(any(map(str.isalpha, one)) for one in values) or not any(map(lacks_unit, values)):
                return measures.Measured(is_missing=True)
            self.refuse(row, heading, "error.heading.no_unit", {})
            return None
        if found.row and found.unit:
            facts: dict[str, object] = {"row": found.row, "unit": found.unit}
            is_for_all = not any(measures.differs(sort, one.said, found.unit) for one in self.statements)
            key = "import.measure" if is_for_all else "import.measure_column"
            self.remark(key, facts if is_for_all else facts | {"heading": visible(heading)})
        if found.is_loose and found.unit:
            self.remark("import.measure_heading", {"heading": visible(heading), "unit": found.unit})
        if found.other:
            facts = {"heading": visible(heading), "row": found.other.row, "unit": visible(found.other.said)}
            self._remark(self.gathered.cautions, "import.units_differ", facts)
        return found

    def refuse(self, row: int, heading: str, says: str, facts: Mapping[str, object]) -> None:
        """Keep what is wrong with a column: with all of its rows, so that none of them can be taken."""
        self.find(row, heading, "", says, facts)
        self.gathered.is_refused = True

    def remark(self, key: str, facts: dict[str, object]) -> None:
        """Keep once what counts for a whole sheet."""
        self._remark(self.gathered.remarks, key, facts)

    def _remark(self, kept: list[tuple[str, dict[str, object]]], key: str, facts: dict[str, object]) -> None:
        if (remark := (key, {"file": self.place, **facts})) not in kept:
            kept.append(remark)

    def check_units(self, kind: Kind, columns: Iterable[Column], row: int, said: str) -> bool:
        """Look at a unit that is stated after columns were read; whether it is another than theirs."""
        is_other = False
        for column in columns:
            sort = fields(kind)[column.name].sort if column.name in fields(kind) else ""
            if sort not in measures.PARSERS or not measures.differs(sort, said, column.measured.unit):
                continue
            is_other = True
            facts = {"row": row, "unit": visible(said), "heading": visible(column.heading)}
            if column.measured.is_own:
                self._remark(self.gathered.cautions, "import.units_differ", facts)
            else:
                self.refuse(self.head, column.heading, "error.heading.unit_late", facts)
        return is_other

    def _unknown(
        self, kind: Kind, heading: str, told: str, row: int, values: Collection[str], said: str | None
    ) -> None:
        """Tell that a heading means no field of a kind, or is said to mean one that the kind has not got."""
        language = self.plan.language
        if headings.is_measure(heading) or any(map(measures.is_money, values)):
            self.refuse(row, told, "error.heading.row_units", {})
            return
        if not said and headings.is_total(heading):
            self.refuse(row, told, "error.heading.total", {})
            return
        near = [one for one in headings.nearest(kind, heading, values, language) if one not in self.held]
        own = [one for one in near if one in fields(kind)]
        is_shown = any(headings.reads(kind, one, value, language) for one in own for value in values)
        label = ", ".join(headings.fields_of_value(kind, heading, language)) if not (said or is_shown) else ""
        if label:
            self.refuse(row, told, "error.heading.value", {"value": visible(heading), "label": label})
            return
        self._absent |= {(self.sheet, kind, one) for one in near}
        if said:
            facts = {"value": said, "kind": language.say(f"kinds.{tag_of(kind)}")}
            facts |= {"nearest": headings.nearest_target(language, [kind], said)}
            self.refuse(row, told, "error.heading.target", facts)
            return
        facts = {"nearest": ", ".join(headings.label(language, kind, one) for one in near)}
        if any(headings.reads(kind, one, heading, language) for one in own):  # a column for each value
            facts["field"] = language.placeholder("FIELD")
        self.refuse(row, told, f"error.heading.{'unknown' if near else 'strange'}", facts)

    def keep(
        self,
        kind: Kind,
        row: int,
        cells: Sequence[tuple[Column, Any]],
        called: Mapping[str, str],
        unread: Sequence[str] = (),
        *,
        is_sound: bool = True,
    ) -> None:
        """Keep the record that cells make, or all that is wrong with it.

        Args:
            called: the headings of the fields that have one.
            unread: the fields of other cells, which cannot be read.
            is_sound: whether nothing else is wrong with the row.
        """
        values, misread = read_values(kind, cells, self.plan.language)
        for fault in misread:
            self._misread(kind, row, *fault)
        missed = [*unread, *(column.name for column, _, _ in misread)] if misread or unread else []
        is_doubtful = missed or not is_sound or (values and "date" not in values)
        if is_doubtful or values:
            self._on_row()
            self.gathered.rows += 1
        if is_doubtful:
            self._doubt(kind, row, values, called, missed)
        elif values:
            self._add(kind, row, values, called, self._names(kind, cells, called) if "uid" in values else None)

    def _names(self, kind: Kind, cells: Sequence[tuple[Column, Any]], called: Mapping[str, str]) -> frozenset[str]:
        """What a row that brings a `uid` speaks of; in a table every row speaks of the same."""
        table = (self.sheet, kind) if self.head else None
        return self._spoken.of(table, called, (column.name for column, _ in cells))

    def _doubt(
        self, kind: Kind, row: int, values: dict[str, Any], called: Mapping[str, str], missed: Sequence[str]
    ) -> None:
        """Tell what else is wrong with a row that will not do, as far as its readable cells tell."""
        self.gathered.left_out += 1
        if "date" not in values and "date" not in missed:
            is_of_row = "to" in called and any(
                "single" not in fields(kind)[one].forms for one in values if one in fields(kind)
            )
            for name in headings.DAYS if is_of_row and "to" not in (*values, *missed) else ("date",):
                heading = called.get(name, headings.label(self.plan.language, kind, name))
                self.find(row, heading, "", "problem.missing", {})
                missed = [*missed, name]
        days = {name: values[name] for name in headings.DAYS if name in values}
        said = {name: value for name, value in values.items() if name not in NOT_FIELDS}
        alike = shape(kind, said, days), tuple(missed)
        if alike in self._sound:
            return
        faults = certain(kind, said, days, (*missed, *self._lacking(kind)))
        for fault in faults:
            self._broken(row, kind, values, fault, called)
        if not faults and len(self._sound) < REMEMBERED:
            self._sound.add(alike)

    def _misread(self, kind: Kind, row: int, column: Column, cell: Any, fault: Invalid) -> None:
        try:
            value = as_text(cell)
        except Invalid:
            value = ""
        self.find(row, column.heading, value, f"error.{fault.key}", fault.facts, kind)

    def _add(
        self, kind: Kind, row: int, values: dict[str, Any], called: Mapping[str, str], names: frozenset[str] | None
    ) -> None:
        form: Form = "aggregate" if "to" in values else "single"
        aside = {name: values.pop(name) for name in NOT_FIELDS if name in values}
        if self.plan.unit and "unit" not in values:
            values["unit"] = self.plan.unit
        if names is not None and not names.issuperset(values):  # what --unit says, or one cell says of other columns
            names = names.union(values)
        whole = completed(kind, values, form)
        aside.setdefault("uid", UNNAMED)
        record = kind(**whole, **aside)
        alike = shape(kind, whole, aside)
        if alike not in self._sound:
            faults = problems(record)
            lacking = self._lacking(kind) if faults else []
            days = {name: aside[name] for name in headings.DAYS if name in aside}
            for fault in certain(kind, values, days, lacking) if lacking else faults:
                self._broken(row, kind, whole | aside, fault, called)
            if faults:
                self.gathered.left_out += 1
                return
            if len(self._sound) < REMEMBERED:
                self._sound.add(alike)
        self._unique(row, record, names, called)

    def _broken(self, row: int, kind: Kind, said: Mapping[str, Any], fault: Problem, called: Mapping[str, str]) -> None:
        if fault.key == "missing" and self.head and fault.field not in called:
            self._lack(kind, fault.field, said, called)
            return
        heading = called.get(fault.field) or headings.label(self.plan.language, kind, fault.field)
        field = fields(kind).get(fault.field)
        value = said.get(fault.field)
        value = self.plan.language.show(kind, fault.field, value) if field else str(value or "")
        self.find(row, heading, value, f"problem.{fault.key}", fault.facts, kind)

    def _lacking(self, kind: Kind) -> list[str]:
        """The fields of which rows may say what is not read."""
        return [one for sheet, other, one in self._absent if (sheet, other) == (self.sheet, kind)]

    def _lack(self, kind: Kind, name: str, said: Mapping[str, Any], called: Mapping[str, str]) -> None:
        """Tell once for a sheet that rows need a field for which it has no column, if no other cell can say it."""
        lacking = self._lacking(kind)
        blanks = [*lacking, *(one for one in called if one not in said)]
        days = {one: said[one] for one in headings.DAYS if one in said}
        values = {one: value for one, value in said.items() if one not in NOT_FIELDS}
        if name not in lacking and any(one.field == name for one in certain(kind, values, days, blanks)):
            self._absent.add((self.sheet, kind, name))
            self._find_absent(kind, name)

    def _find_absent(self, kind: Kind, name: str) -> None:
        language, field = self.plan.language, fields(kind).get(name)
        label = headings.label(language, kind, name)
        choices = language.in_words(kind, name) if field and field.choices else ""
        values = language.say("import.absent_values", values=choices) if choices else ""
        self.find(self.head, label, "", "error.heading.absent", {"label": label, "values": values})

    def _unique(self, row: int, record: Record, names: frozenset[str] | None, called: Collection[str]) -> None:
        """Keep a record that no other row is; `names` are what a row speaks of that brings a `uid`."""
        is_given = not record.unit and self.plan.default_unit != ""
        bare, record = record, msgspec.structs.replace(record, unit=self.plan.default_unit) if is_given else record
        text = parted(record)
        content = named(*(text if names is None else parted(bare)))
        uid = self._named(content) if names is None else record.uid.encode()
        drafts = self.gathered.drafts
        there = drafts.uids.get(uid)
        if there == content:
            self.gathered.repeated += 1
        elif there is not None:
            self.find(row, "uid", record.uid, "error.uid_twice", {})
            self.gathered.left_out += 1
        else:
            stated = Stated(names, is_given and "unit" in names) if names else None
            if not record.unit and not is_given and self.head and names is None and "unit" not in called:
                self.gathered.unitless[self.file, self.sheet] = None
            source, is_hidden = (self.file, self.sheet), row in self.hidden
            drafts.add(record, uid, content, text, source, row, is_hidden=is_hidden, stated=stated)
            if place := block(record):
                drafts.blocks[uid] = place if names is None else block_of(uid)
            if is_given and names is None:
                drafts.unitless[uid] = block(bare) or self._named(named(*parted(bare)))

    def _named(self, content: bytes) -> bytes:
        """The name of a record that brings none; the same content in one file stands for several records."""
        self._same[content] = turn = self._same[content] + 1
        return turned(content, turn)
