"""The three kinds of record, and everything danvan knows about their fields.

A record is **single** (one model, one reception, one audit; `date` is its day) or an **aggregate row** (what a
unit reports for the days `date` to `to`, both included, as counts). What an aggregate leaves blank is unknown.
What a single record leaves blank takes the field's `blank`.

Options, filters, columns, labels, sums and masks derive from the `Field` beside each attribute: to describe a
new kind is to write its class here and its words in the two catalogues.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, get_args, get_origin, get_type_hints

from msgspec import Struct

from danvan.errors import Problem
from danvan.periods import Period, days

Day = datetime.date
Sort = Literal["text", "choice", "choices", "date", "count", "money", "area"]
Form = Literal["single", "aggregate"]
BOTH: tuple[Form, ...] = ("single", "aggregate")
SINGLE: tuple[Form, ...] = ("single",)
AGGREGATE: tuple[Form, ...] = ("aggregate",)
NUMBERS: tuple[Sort, ...] = ("count", "money", "area")


class Field(NamedTuple):
    """What one attribute of a record is.

    Attributes:
        sort: how its value is typed, stored and shown; money is whole đồng, area whole m².
        choices: the codes it may hold; their words are `<kind>.<field>.<code>` in the catalogues.
        open: whether an office may add values of its own to `choices`.
        forms: the forms of record that have the field.
        required: the forms of record that cannot be without it.
        personal: whether it identifies a citizen: never an option, masked in every output.
        argument: whether it is the command's positional argument.
        unit: what a sum of it counts (`unit.<unit>` in the catalogues).
        blank: the value of a single record that leaves it blank; None is unknown.
        large: for a figure on large groups, the field from which one large single record takes it.
        parts: the fields that add up to it where it is blank itself.
        all_parts: whether a row must know all of its `parts`; otherwise some of them are a lower bound.
        asked: whether a prompt asks for it although a record can do without it.
    """

    sort: Sort
    choices: tuple[str, ...] = ()
    open: bool = False
    forms: tuple[Form, ...] = BOTH
    required: tuple[Form, ...] = ()
    personal: bool = False
    argument: bool = False
    unit: str = ""
    blank: int | None = None
    large: str = ""
    parts: tuple[str, ...] = ()
    all_parts: bool = False
    asked: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the value is a number that can be summed."""
        return self.sort in NUMBERS


class Step(Struct, frozen=True, omit_defaults=True, gc=False):
    """One dated step of a record's life: from `on`, its status is `status`."""

    status: str
    on: Day


class Movement(Struct, frozen=True, omit_defaults=True, gc=False):
    """What was done on a conclusion by `on`: recovered money (đồng) and land (m²), people and bodies disciplined."""

    on: Day
    recovered: int = 0
    recovered_land: int = 0
    collectives: int = 0
    individuals: int = 0
    note: str = ""


class Pause(Struct, frozen=True, omit_defaults=True, gc=False):
    """Days, both ends included, on which a deadline does not run; open-ended while `last` is None."""

    first: Day
    last: Day | None = None
    reason: str = ""


class Extension(Struct, frozen=True, omit_defaults=True, gc=False):
    """A deadline put off by `days`, of the sort that the deadline itself counts in."""

    on: Day
    days: int
    reason: str = ""


class Arrival(Struct, frozen=True, omit_defaults=True, gc=False):
    """How a version came into a register other than the one it was written in.

    Attributes:
        at, by: when and by whom the registers were merged.
        batch: what names all that this merge wrote.
        source: the name of the file it came from; empty for a version of this register that the merge put on top.
    """

    at: str = ""
    by: str = ""
    batch: str = ""
    source: str = ""


class Erasure(Struct, frozen=True, omit_defaults=True, gc=False):
    """That texts were erased from all versions of a record up to `rev`: when, why, and from which attributes.

    The version `rev` changed nothing else; later ones carry it on.
    """

    on: Day
    reason: str
    rev: int
    fields: tuple[str, ...] = ()


Count = int | None
TEXT = Field("text")
BOX = Field("text", forms=SINGLE)


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
        merged: how this version came here, if a merge brought it or put it on top; no part of what it says.
        erased: what was last erased from all versions before and why; None where nothing was.
    """

    # The field that holds the record's state, the states in which it is open, and which state may follow which
    # (a state that is not listed may follow any).
    STATE: ClassVar[str] = ""
    OPEN: ClassVar[tuple[str | None, ...]] = ()
    NEXT: ClassVar[Mapping[str | None, tuple[str, ...]]] = {}
    # The fields that tell a record at a glance, the most telling first, and what is computed from a single record:
    # properties, described as fields are.
    TELLING: ClassVar[tuple[str, ...]] = ()
    OBVIOUS: ClassVar[tuple[str, ...]] = ()  # of those, what goes without saying where all records are single
    COMPUTED: ClassVar[Mapping[str, Field]] = {}

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
    merged: Arrival | None = None
    erased: Erasure | None = None

    @property
    def is_aggregate(self) -> bool:
        """Whether the record reports counts of a unit over some days."""
        return self.to is not None

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

    def reached(self, status: str) -> Day | None:
        """The day on which the record first stood at `status`; its own day where no step says otherwise."""
        for step in self.steps:
            if step.status == status:
                return step.on
        return self.date if self.state == status and not self.steps else None

    def faults(self) -> Iterator[Problem]:
        """The rules of its own kind that the record breaks."""
        yield from ()


FIELDS_OF_WORK = ("economy", "culture", "defence", "politics", "other")
THEMES = ("clearance", "new-rural", "urban", "religious", "ethnic")
LEVELS = ("village", "commune", "district", "city")


class Model(Record, tag="model", frozen=True, gc=False):
    """A "Dân vận khéo" model, or a unit's count of models in one status.

    The eight texts from `situation` to `upkeep` are, with the name, the nine boxes of the registration form.
    """

    STATE = "status"
    OPEN = ("registered", "approved", "running", "evaluated")
    NEXT = {
        "registered": ("approved", "rejected"),
        "approved": ("running", "stopped"),
        "running": ("evaluated", "stopped", "ended"),
        "evaluated": ("recognised", "running", "ended"),
        "recognised": ("exemplary", "awarded", "replicated", "running", "ended"),
        "exemplary": ("awarded", "replicated", "running", "ended"),
        "awarded": ("replicated", "running", "ended"),
        "replicated": ("running", "ended"),
        "rejected": (),
        "stopped": ("running",),
        "ended": (),
    }
    TELLING = ("name", "unit", "count", "status")
    OBVIOUS = ("count",)

    name: Annotated[str, Field("text", forms=SINGLE, required=SINGLE, argument=True)] = ""
    field: Annotated[str | None, Field("choice", FIELDS_OF_WORK, open=True, required=SINGLE)] = None
    themes: Annotated[tuple[str, ...], Field("choices", THEMES, open=True)] = ()
    type: Annotated[str | None, Field("choice", ("model", "example", "project"))] = None
    holder: Annotated[str | None, Field("choice", ("collective", "individual"), asked=True)] = None
    level: Annotated[str | None, Field("choice", LEVELS, asked=True)] = None
    status: Annotated[
        str | None,
        Field(
            "choice",
            (
                "registered",
                "approved",
                "running",
                "evaluated",
                "recognised",
                "exemplary",
                "awarded",
                "replicated",
                "rejected",
                "stopped",
                "ended",
            ),
            required=BOTH,
        ),
    ] = None
    recognised_level: Annotated[str | None, Field("choice", LEVELS, forms=SINGLE)] = None
    decision: Annotated[str, Field("text", forms=SINGLE)] = ""
    count: Annotated[Count, Field("count", forms=AGGREGATE, required=AGGREGATE, unit="models", blank=1)] = None
    situation: Annotated[str, BOX] = ""
    goals: Annotated[str, BOX] = ""
    content: Annotated[str, BOX] = ""
    place: Annotated[str, BOX] = ""
    forces: Annotated[str, BOX] = ""
    resources: Annotated[str, BOX] = ""
    results: Annotated[str, BOX] = ""
    upkeep: Annotated[str, BOX] = ""

    @property
    def lot(self) -> tuple[str, str] | None:
        """A row counts models in one status; a single model was registered, whatever became of it."""
        return ("status", self.status or "") if self.is_aggregate else ("status", "registered")


DECIDED = ("upheld", "partly-upheld", "dismissed")


class Reception(Record, tag="reception", frozen=True, gc=False):
    """One reception of citizens, or a unit's counts of turns (lượt), people (người) and cases (vụ việc).

    Regular receptions are held by staff, periodic and unscheduled ones by a leader or a delegate; where one of
    `mode` and `receiver` follows from the other it need not be given (see `completed`).
    """

    STATE = "outcome"
    OPEN = (None, "accepted", "forwarded", "urged", "suspended")
    NEXT = {
        "accepted": ("forwarded", "urged", "answered", *DECIDED, "withdrawn", "suspended"),
        "forwarded": ("urged", "answered", "accepted", *DECIDED),
        "urged": ("answered", "accepted", *DECIDED),
        "suspended": ("accepted", *DECIDED, "withdrawn"),
        "returned": (),
        "filed": (),
        "withdrawn": (),
    }
    TELLING = ("summary", "unit", "turns", "people", "cases", "outcome", "category")

    summary: Annotated[str, Field("text", forms=SINGLE, argument=True, asked=True)] = ""
    mode: Annotated[str | None, Field("choice", ("regular", "periodic", "unscheduled"), required=SINGLE)] = None
    receiver: Annotated[str | None, Field("choice", ("staff", "leader", "delegated"), required=BOTH)] = None
    channel: Annotated[str | None, Field("choice", ("in-person", "online"))] = None
    category: Annotated[
        str | None, Field("choice", ("complaint", "denunciation", "petition", "feedback"), asked=True)
    ] = None
    subject: Annotated[
        str | None,
        Field(
            "choice",
            ("land", "policy", "officials", "corruption", "justice", "party", "other"),
            open=True,
            asked=True,
        ),
    ] = None
    outcome: Annotated[
        str | None,
        Field(
            "choice",
            (
                "guided",
                "accepted",
                "forwarded",
                "returned",
                "urged",
                "reception-refused",
                "filed",
                "not-accepted",
                "answered",
                "upheld",
                "partly-upheld",
                "dismissed",
                "withdrawn",
                "suspended",
            ),
            asked=True,
        ),
    ] = None
    stage: Annotated[str | None, Field("choice", ("first", "second"), forms=SINGLE)] = None
    complexity: Annotated[str | None, Field("choice", ("ordinary", "complex", "very-complex"), forms=SINGLE)] = None
    remote: Annotated[str | None, Field("choice", ("no", "yes"), forms=SINGLE)] = None
    reference: Annotated[str, Field("text", forms=SINGLE)] = ""
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    citizen: Annotated[str, Field("text", forms=SINGLE, personal=True)] = ""
    address: Annotated[str, Field("text", forms=SINGLE, personal=True)] = ""
    phone: Annotated[str, Field("text", forms=SINGLE, personal=True)] = ""
    turns: Annotated[Count, Field("count", forms=AGGREGATE, unit="turns", blank=1, asked=True)] = None
    sessions: Annotated[Count, Field("count", forms=AGGREGATE, unit="sessions")] = None
    people: Annotated[Count, Field("count", unit="people", blank=1, asked=True)] = None
    cases: Annotated[Count, Field("count", unit="cases", parts=("cases_first", "cases_repeat"))] = None
    cases_first: Annotated[Count, Field("count", unit="cases")] = None
    cases_repeat: Annotated[Count, Field("count", unit="cases")] = None
    groups: Annotated[Count, Field("count", forms=AGGREGATE, unit="groups", large="turns")] = None
    group_people: Annotated[Count, Field("count", forms=AGGREGATE, unit="people", large="people")] = None
    group_cases: Annotated[
        Count,
        Field(
            "count",
            forms=AGGREGATE,
            unit="cases",
            large="cases",
            parts=("group_cases_first", "group_cases_repeat"),
        ),
    ] = None
    group_cases_first: Annotated[Count, Field("count", forms=AGGREGATE, unit="cases", large="cases_first")] = None
    group_cases_repeat: Annotated[Count, Field("count", forms=AGGREGATE, unit="cases", large="cases_repeat")] = None

    @property
    def may_name_people(self) -> bool:
        """Only where it is sure that nobody denounces: who does is a state secret (QĐ 774/QĐ-TTg, 2020)."""
        return self.category not in (None, "denunciation")

    def faults(self) -> Iterator[Problem]:
        """Staff receive regularly; a denunciation names nobody; parts agree with their whole."""
        if self.mode and self.receiver and (self.mode == "regular") != (self.receiver == "staff"):
            yield Problem("receiver", "receiver", {"mode": self.mode, "receiver": self.receiver})
        if not self.may_name_people:
            for name in ("citizen", "address", "phone"):
                if getattr(self, name):
                    yield Problem(name, "identity", {"category": self.category})
        if self.people == 0 and not self.is_aggregate:
            yield Problem("people", "nobody", {})
        yield from _whole_and_parts(self, "cases")
        yield from _whole_and_parts(self, "group_cases")
        for part, whole in (("groups", "turns"), ("group_people", "people"), ("group_cases", "cases")):
            yield from _part_of(self, part, whole)


class Audit(Record, tag="audit", frozen=True, gc=False):
    """One inspection (thanh tra) or public-duty check (kiểm tra công vụ), or a unit's counts of them.

    `date` is the day it began; the amounts belong to the day of conclusion. Inspections and checks are never
    added to each other.
    """

    OPEN = ("launched", "ended")
    TELLING = ("title", "unit", "count", "type", "recovery", "state", "recovered")
    OBVIOUS = ("count",)
    COMPUTED = {
        "state": Field("choice", ("launched", "ended", "concluded"), forms=SINGLE),
        "recovered": Field("money", forms=SINGLE, unit="dong"),
        "recovered_land": Field("area", forms=SINGLE, unit="m2"),
    }

    title: Annotated[str, Field("text", forms=SINGLE, argument=True, asked=True)] = ""
    type: Annotated[str | None, Field("choice", ("inspection", "duty-check"), required=BOTH)] = None
    branch: Annotated[str | None, Field("choice", ("administrative", "specialised"), asked=True)] = None
    mode: Annotated[str | None, Field("choice", ("planned", "unannounced", "directed"), asked=True)] = None
    ended: Annotated[Day | None, Field("date", forms=SINGLE)] = None
    concluded: Annotated[Day | None, Field("date", forms=SINGLE)] = None
    count: Annotated[Count, Field("count", forms=AGGREGATE, unit="audits", blank=1, asked=True)] = None
    concluded_count: Annotated[Count, Field("count", forms=AGGREGATE, unit="audits", blank=1, asked=True)] = None
    units: Annotated[Count, Field("count", unit="units", blank=0)] = None
    violations: Annotated[
        Count, Field("money", unit="dong", blank=0, parts=("recovery", "other_handling"), all_parts=True)
    ] = None
    recovery: Annotated[Count, Field("money", unit="dong", blank=0)] = None
    other_handling: Annotated[Count, Field("money", unit="dong", blank=0)] = None
    violations_land: Annotated[
        Count, Field("area", unit="m2", blank=0, parts=("recovery_land", "other_land"), all_parts=True)
    ] = None
    recovery_land: Annotated[Count, Field("area", unit="m2", blank=0)] = None
    other_land: Annotated[Count, Field("area", unit="m2", blank=0)] = None
    collectives: Annotated[Count, Field("count", unit="collectives", blank=0)] = None
    individuals: Annotated[Count, Field("count", unit="individuals", blank=0)] = None
    referred: Annotated[Count, Field("count", unit="audits", blank=0)] = None
    referred_cases: Annotated[Count, Field("count", unit="crimes", blank=0)] = None
    referred_persons: Annotated[Count, Field("count", unit="suspects", blank=0)] = None
    policies: Annotated[Count, Field("count", unit="documents", blank=0)] = None
    carried: Annotated[Count, Field("count", forms=AGGREGATE, unit="audits", blank=0)] = None
    movements: tuple[Movement, ...] = ()

    @property
    def state(self) -> str:
        """launched, ended (field work) or concluded, as its days say."""
        return "concluded" if self.concluded else "ended" if self.ended else "launched"

    @property
    def lot(self) -> tuple[str, str] | None:
        """Inspections and checks are never added to each other."""
        return ("type", self.type) if self.type else None

    @property
    def recovered(self) -> int:
        """Money recovered so far, in đồng."""
        return self.moved("recovered")

    @property
    def recovered_land(self) -> int:
        """Land recovered so far, in m²."""
        return self.moved("recovered_land")

    def moved(self, name: str) -> int:
        """The sum of one figure (`recovered`, `recovered_land`, `collectives`, `individuals`) over the movements."""
        return sum(getattr(movement, name) for movement in self.movements)

    def faults(self) -> Iterator[Problem]:
        """A conclusion follows the start; branches and orders from above belong to one type each."""
        for name in ("ended", "concluded"):
            day = getattr(self, name)
            if day is not None and day < self.date:
                yield Problem(name, "before_start", {"day": day, "start": self.date})
        if self.type == "duty-check" and self.branch:
            yield Problem("branch", "branch", {"branch": self.branch})
        if self.type == "inspection" and self.mode == "directed":
            yield Problem("mode", "directed", {})


class Office(Record, tag="office", frozen=True, gc=False):
    """What an office settles once and what travels with its figures; the newest version counts.

    Attributes:
        name, superior: the office and the one above it, as they stand in a document's heading.
        layout: "party" or "state", the heading of documents.
        default_unit: the unit of records that name none.
        threshold: from how many people a reception is one of a large group. The article that danvan began with
            says 10; the statutory forms in use count from 5.
        calendars: the reporting calendar of each section that does not follow the calendar year.
        custom_start: month and day ("10-15") on which the office's own calendar begins.
        local: values the office adds to open choices, by "<kind>.<field>".
        closed_days: days off besides the public holidays.
        count_from: from which day a deadline counts: the "next-day" after the event, or the "same-day".
    """

    name: str = ""
    superior: str = ""
    layout: str = "party"
    default_unit: str = ""
    threshold: int = 10
    calendars: dict[str, str] = {}
    custom_start: str = ""
    local: dict[str, tuple[str, ...]] = {}
    closed_days: tuple[Day, ...] = ()
    count_from: str = "next-day"


class Closing(Record, tag="closing", frozen=True, gc=False):
    """A period of a section declared closed, with the figures as they were: measure key to value."""

    section: str = ""
    calendar: str = "calendar"
    figures: dict[str, int | None] = {}
    checksum: str = ""


class Reveal(Record, tag="reveal", frozen=True, gc=False):
    """That identity was shown: a line of its own, so that no record looks changed. `at` and `by` say when, to whom.

    Attributes:
        seen: the `uid` of each record of which it was shown; the number of one that has none.
        command: what showed it.
        reason: what for.
    """

    seen: tuple[str, ...] = ()
    command: str = ""
    reason: str = ""


KINDS: Mapping[str, type[Record]] = {"model": Model, "reception": Reception, "audit": Audit}
# Everything a line of the register can be: besides the three kinds, what the office keeps about itself.
STORED: tuple[type[Record], ...] = (*KINDS.values(), Office, Closing, Reveal)


def _whole_and_parts(record: Record, whole: str) -> Iterator[Problem]:
    total = getattr(record, whole)
    parts = [getattr(record, part) for part in fields(type(record))[whole].parts]
    known = [part for part in parts if part is not None]
    if total is None or not known:
        return
    if sum(known) > total or (len(known) == len(parts) and sum(known) != total):
        yield Problem(whole, "parts", {"total": total, "sum": sum(known)})


def _part_of(record: Record, part: str, whole: str) -> Iterator[Problem]:
    smaller, larger = getattr(record, part), getattr(record, whole)
    if smaller is not None and larger is not None and smaller > larger:
        yield Problem(part, "part_of", {"part": smaller, "whole": larger, "of": whole})


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
def described(kind: type[Record]) -> Mapping[str, Field]:
    """The fields of a kind and what is computed from them, by name."""
    return {**fields(kind), **kind.COMPUTED}


def happenings(record: Record) -> Iterator[Day]:
    """The days, besides its own, on which something happened to a record: its dates, its steps, its movements."""
    for name in _dates(type(record)):
        day = getattr(record, name)
        if day is not None:
            yield day
    for dated in (*record.steps, *getattr(record, "movements", ())):
        yield dated.on


@cache
def _dates(kind: type[Record]) -> tuple[str, ...]:
    return ("to", *(name for name, field in fields(kind).items() if field.sort == "date"))


def state_field(kind: type[Record]) -> str:
    """The name under which `described` has the state of a kind's records."""
    return kind.STATE or "state"


def completed(kind: type[Record], values: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """`values` with what follows from them, and without what goes without saying.

    A model begins as registered; the receiver follows from the mode, the regular mode from the staff. That one
    single record counts as one ("1 turn") need not be stored.
    """
    own = fields(kind)
    whole = {
        name: value
        for name, value in values.items()
        if form in own[name].forms or value != own[name].blank or value is None
    }
    if kind is Model:
        whole.setdefault("status", "registered")
    if kind is Reception:
        if whole.get("mode") and not whole.get("receiver"):
            whole["receiver"] = "staff" if whole["mode"] == "regular" else "leader"
        if whole.get("receiver") == "staff" and not whole.get("mode"):
            whole["mode"] = "regular"
    return whole


def problems(record: Record) -> list[Problem]:
    """Every rule that `record` breaks, so that all can be told at once."""
    found: list[Problem] = []
    form = record.form
    for name, field in fields(type(record)).items():
        value = getattr(record, name)
        is_blank = value in (None, "", ())
        if is_blank and form in field.required:
            found.append(Problem(name, "missing", {}))
        if not is_blank and form not in field.forms:
            found.append(Problem(name, f"only_{field.forms[0]}", {}))
        if field.is_number and value is not None and value < 0:
            found.append(Problem(name, "negative", {"value": value}))
        if field.choices and not field.open:
            given = value if isinstance(value, tuple) else (value,) if value else ()
            found += [Problem(name, "choice", {"value": code}) for code in given if code not in field.choices]
    if record.to is not None and record.to < record.date:
        found.append(Problem("to", "backwards", {"first": record.date, "last": record.to}))
    numbers = [name for name, field in fields(type(record)).items() if field.is_number]
    if record.is_aggregate and all(getattr(record, name) is None for name in numbers):
        found.append(Problem(numbers[0], "empty_aggregate", {}))
    found.extend(record.faults())
    return found


def amount(record: Record, name: str, threshold: int) -> tuple[int | None, bool]:
    """What `record` contributes to a sum of the field `name`, and whether that is all of it.

    Args:
        threshold: from how many people a reception is one of a large group.

    Returns:
        The figure (None where the record does not know it), and False where a part of it is unknown.
    """
    field = fields(type(record))[name]
    value = getattr(record, name)
    if value is not None:
        return value, True
    if record.to is None and field.large:
        people, _ = amount(record, "people", threshold)
        return amount(record, field.large, threshold) if (people or 0) >= threshold else (0, True)
    if field.parts:
        known = [getattr(record, part) for part in field.parts]
        given = [part for part in known if part is not None]
        is_whole = len(given) == len(known) or record.to is None
        if given and (is_whole or not field.all_parts):
            return sum(given), is_whole
    value = field.blank if record.to is None else None
    return value, value is not None
