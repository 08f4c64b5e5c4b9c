"""What all kinds of record share, and how a kind is asked for its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Annotated, ClassVar, get_args, get_origin, get_type_hints

from msgspec import Struct

from danvan.errors import Problem
from danvan.periods import Period, days
from danvan.records.field import TEXT, Day, Field, Form
from danvan.records.trails import Arrival, Erasure, Step


# `gc=False`: records hold no cycles, and there may be half a million of them.
class Record(Struct, frozen=True, omit_defaults=True, tag_field="kind", gc=False):
    """What all kinds share. `uid` and all after it are kept by the register, not by people.

    Attributes:
        date: the day of a single record; the first day of an aggregate row.
        to: the last day of an aggregate row; None says the record is single.
        uid: names the record among all offices.
        rev: 1 for the first version of a record, then 2, 3 …
        at, by: when and by whom this version was written.
        void: why the record no longer counts; empty while it does.
        batch: what names the versions that were written by one command together.
        undoes: the `rev` that this version takes back; 0 for any other version.
        undone: which of the versions with that `rev`: the `batch` of that one or, where it has none, its `at`.
        merged: how this version came here, if a merge brought it or put it on top; no part of what it says.
        erased: what was last erased from all versions before and why; None where nothing was.
    """

    # The field that holds the record's state, the states in which it is open, which state may follow which (a state
    # that is not listed may follow any), and the states that a record may come to once more while it stands there.
    STATE: ClassVar[str] = ""
    OPEN: ClassVar[tuple[str | None, ...]] = ()
    NEXT: ClassVar[Mapping[str | None, tuple[str, ...]]] = {}
    ANEW: ClassVar[tuple[str, ...]] = ()
    DAY: ClassVar[str] = "date"  # what the day of a single record is called on the command line
    # The fields that tell a record at a glance, the most telling first, and what is computed from a record:
    # properties, described as fields are.
    TELLING: ClassVar[tuple[str, ...]] = ()
    OBVIOUS: ClassVar[tuple[str, ...]] = ()  # of those, what goes without saying where all records are single
    COMPUTED: ClassVar[Mapping[str, Field]] = {}
    # The choices that people say in one word with another one, by the field of that one: "thanh tra hành chính".
    SAID_WITH: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # What a prompt asks last of a single record, and what besides where that is answered.
    ASKED_LAST: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # The boxes of the paper forms on which units register one, in their order, by the year of the form.
    PAPERS: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    date: Day
    to: Day | None = None
    unit: Annotated[str, Field("text", asked=True)] = ""
    steps: tuple[Step, ...] = ()
    note: Annotated[str, TEXT] = ""
    uid: str = ""
    rev: int = 1
    at: str = ""
    by: str = ""
    void: str = ""
    batch: str = ""
    undoes: int = 0
    undone: str = ""
    merged: Arrival | None = None
    erased: Erasure | None = None

    @property
    def is_aggregate(self) -> bool:
        """Whether the record reports counts of a unit over some days."""
        return self.to is not None

    @property
    def is_guess(self) -> bool:
        """Whether it came without who came, for that may be somebody who was erased from another record."""
        return bool(self.erased and self.erased.is_guess)

    @property
    def erases(self) -> bool:
        """Whether this version says that something was erased, and nothing else."""
        return bool(self.erased and not self.erased.is_guess and self.erased.rev == self.rev)

    @property
    def may_name_people(self) -> bool:
        """Whether it may be kept, and shown on request, who stands behind the record."""
        return False

    @property
    def form(self) -> Form:
        """Which of the two forms the record has."""
        return "single" if self.to is None else "aggregate"

    @property
    def period(self) -> Period:
        """The days the record speaks of."""
        return days(self.date, self.to or self.date)

    @property
    def state(self) -> str | None:
        """Where the record stands in its life, a value of its `STATE` field; None before the first step."""
        return getattr(self, self.STATE) if self.STATE else None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return not self.is_aggregate and self.state in self.OPEN

    def stood_at(self, status: str) -> bool:
        """Whether the record stands or ever stood at `status`."""
        return self.state == status or any(step.status == status for step in self.steps)

    @property
    def lot(self) -> tuple[str, str] | None:
        """A field and its value, where figures may be added to those of records with the same value only."""
        return None

    def reached(self) -> list[tuple[str, Day]]:
        """Each status the record came to, with the days; its own day if it has no steps."""
        if not self.steps:
            return [(self.state, self.date)] if self.state else []
        return [(step.status, step.on) for step in self.steps]

    def stood_on(self, day: Day) -> str | None:
        """Where the record stood at the end of a day, by the days that its steps tell, in whatever order."""
        past = sorted((step for step in self.steps if step.on <= day), key=attrgetter("on"))
        return past[-1].status if past else None if self.steps else self.state

    def faults(self) -> Iterator[Problem]:
        """The rules of its own kind that the record breaks."""
        yield from ()


def tag_of(kind: type[Record]) -> str:
    """The name of a kind, a key of `KINDS`."""
    return str(kind.__struct_config__.tag)


@cache
def fields(kind: type[Record]) -> Mapping[str, Field]:
    """The described fields of a kind, by name, its own before the ones all kinds share."""
    hints = get_type_hints(kind, include_extras=True)
    described = {
        name: field
        for name, hint in hints.items()
        if get_origin(hint) is Annotated
        for field in get_args(hint)[1:]
        if isinstance(field, Field)
    }
    shared = [name for name in Record.__struct_fields__ if name in described]
    own = [name for name in kind.__struct_fields__ if name in described and name not in shared]
    return {name: described[name] for name in (*own, *shared)}


@cache
def wholes(kind: type[Record]) -> Mapping[str, tuple[str, ...]]:
    """The fields of a kind that others add up to, with those others."""
    return {name: field.parts for name, field in fields(kind).items() if field.parts}


def unbalanced(record: Record) -> Iterator[tuple[str, dict[str, object]]]:
    """The figures of a record that its parts, as far as they are known, cannot add up to: field, `total` and `sum`."""
    own = fields(type(record))
    for whole, parts in wholes(type(record)).items():
        total = getattr(record, whole)
        given = [value for part in parts if (value := getattr(record, part)) is not None]
        if total is None or not given:
            continue
        blanks = [own[part].blank if record.to is None else None for part in parts if getattr(record, part) is None]
        known = sum(given) + sum(filter(None, blanks))
        if known > total or (None not in blanks and known != total):
            yield whole, {"total": total, "sum": known}
