"""How files are read, and what has been read of all of them so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from danvan.errors import FileFault
from danvan.exchange.cells import REMEMBERED
from danvan.exchange.incoming.drafts import Drafts
from danvan.exchange.incoming.findings import Finding
from danvan.formatting.language import Language
from danvan.records import Record

Kind = type[Record]


class Plan(NamedTuple):
    """How files are read.

    Attributes:
        threshold: from how many people the register counts large groups.
        kind: what all rows are; None if headings tell.
        renamed: fields by folded heading; "" for what is not read.
        remembered: those of the headings whose meaning the office had settled before, and how.
        unit, default_unit: that of rows that name none; the second, without a `unit`, tells nothing of who sent them.
        sheets: the only sheets to read, if any are named.
        typed: the headings whose meaning was given with this import, by how they are folded.
    """

    language: Language
    today: date
    threshold: int
    kind: Kind | None = None
    renamed: Mapping[str, str] = {}
    remembered: Mapping[str, str] = {}
    unit: str = ""
    default_unit: str = ""
    sheets: Sequence[str] = ()
    typed: Mapping[str, str] = {}


class Gathered:
    """What has been read so far.

    Attributes:
        drafts: the records.
        unopened: why files could not be opened, each of them a finding, too.
        unitless: the files and sheets without a column of units that bring records of none.
        repeated: how many rows said what another file had said.
        rows: how many rows were read as such.
        left_out: how many of them have problems.
        remarks: what was passed over, or counts for all: keys of the catalogues and facts.
        cautions: what deserves a second look in the files themselves: the same.
        is_refused: whether nothing can be taken, sound rows neither.
        remembered: which meanings of headings, of those that the office had settled, came to bear.
        met: the folded headings that the files have.
        taken: as which kind a file or sheet was read where only the headings told.
    """

    def __init__(self, plan: Plan, on_row: Callable[[], None] = lambda: None) -> None:
        self.plan = plan
        self.drafts = Drafts(plan.today, plan.threshold)
        self.findings: list[Finding] = []
        self.unopened: list[FileFault] = []
        self.remarks: list[tuple[str, dict[str, object]]] = []
        self.cautions: list[tuple[str, dict[str, object]]] = []
        self.is_refused = False
        self.remembered: dict[str, None] = {}
        self.met: set[str] = set()
        self.taken: dict[tuple[str, str], Kind] = {}
        self.unitless: dict[tuple[str, str], None] = {}
        self.repeated = 0
        self.left_out = 0
        self.rows = 0
        self._facts: dict[str, Mapping[str, object]] = {}
        self._on_row = on_row

    def shared(self, facts: Mapping[str, object]) -> Mapping[str, object]:
        """The same facts, kept once: every row of a long file may have the same fault."""
        key = repr(facts)
        if key not in self._facts and len(self._facts) < REMEMBERED:
            self._facts[key] = facts
        return self._facts.get(key, facts)
