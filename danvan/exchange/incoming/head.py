"""What the headings of a table say before any of its rows is read: which column tells what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

from danvan.exchange import headings
from danvan.exchange.cells import as_text
from danvan.exchange.incoming.gathering import Kind, Plan
from danvan.exchange.incoming.tiers import Row, Tiers
from danvan.exchange.parts import Cell, Table
from danvan.messages import LANGUAGES, catalogue
from danvan.records import KINDS, fields


class Head:
    """The headings of a table; columns are told by their places.

    Args:
        row: that of the headings.
        top: the rows over it.

    Attributes:
        texts: the headings as they stand there.
        called: the headings by which columns are looked up.
        kind: what all rows are, as far as that can be told without them.
        kinds: the column in which each row says of which kind it is.
        example: the column in which an example is marked.
    """

    def __init__(self, row: int, cells: Sequence[Cell], top: Sequence[Row], table: Table, plan: Plan) -> None:
        self.row = row
        self.texts = list(map(heading, cells))
        self.tiers = Tiers(self.texts, row, top, table)
        self.called = self.tiers.meant(plan.renamed)
        self.kind = plan.kind or headings.likely(self.called, plan.renamed, table.sheet)
        self.kinds = None if plan.kind else self._column_of("heading.kind")
        self.example = self._column_of("heading.ignored")
        meant = ([headings.meaning(kind, one, plan.renamed) for kind in KINDS.values()] for one in self.called)
        self._meant = [dict(zip(KINDS.values(), names, strict=True)) for names in meant]

    def _column_of(self, key: str) -> int | None:
        """The first column whose heading is one of the words under a key."""
        return next((at for at, one in enumerate(self.texts) if headings.key_of(one) in words(key)), None)

    def is_unknown(self, at: int) -> bool:
        """Whether a heading means nothing in records of any kind."""
        return all(name is None for name in self._meant[at].values())

    def is_foreign(self, kind: Kind, at: int) -> bool:
        """Whether a heading is that of another kind in a table of several kinds."""
        return self._meant[at][kind] is None and not self.is_unknown(at)

    @cached_property
    def bare(self) -> list[int]:
        """The columns without a heading."""
        return [at for at, one in enumerate(self.texts) if not one.strip()]

    @cached_property
    def numbered(self) -> list[int]:
        """The columns that a row of their numbers counts."""
        return [at for at, one in enumerate(self.texts) if one.strip() and at != self.example]

    @cached_property
    def days(self) -> list[int]:
        """The columns that tell the day of a record."""
        return [at for at, names in enumerate(self._meant) if "date" in names.values()]

    @cached_property
    def periods(self) -> list[int]:
        """The columns that were meant to tell the days, where none does."""
        places = [] if self.days else range(len(self.texts))
        return [at for at in places if self.is_unknown(at) and headings.is_period(self.texts[at])]

    @cached_property
    def without_units(self) -> list[int]:
        """The columns that are read, or passed over, whatever units they state; that of who sent them takes none."""
        places = [at for at, names in enumerate(self._meant) if "unit" not in names.values()]
        return [at for at in places if not self.is_unknown(at)]

    @cached_property
    def titles(self) -> list[int]:
        """The columns of what records are called."""
        titles = {kind: {name for name, field in fields(kind).items() if field.argument} for kind in KINDS.values()}
        return [
            at
            for at, names in enumerate(self._meant)
            if any(name in titles[kind] for kind, name in names.items() if name)
        ]


def heading(cell: Cell) -> str:
    """What stands in the cell of a heading."""
    return as_text(cell) if cell is not None else ""


@cache
def words(key: str) -> frozenset[str]:
    """The words of a text that lists several, in both languages, as keys of headings."""
    return frozenset(headings.key_of(word) for code in LANGUAGES for word in catalogue(code)[key].split("|"))
