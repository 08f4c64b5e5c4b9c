"""What a record carries along of its life: dated steps, movements, pauses, extensions, arrivals, erasures."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from danvan.records.field import Day

# The attributes that hold what happened to a record, and in which of its happenings people write freely, where.
TRAILS = ("steps", "movements", "pauses", "extensions")
WRITTEN: Mapping[str, str] = {"movements": "note", "pauses": "reason", "extensions": "reason"}


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
        called: the names of the record in other registers, where they are others than here.
    """

    at: str = ""
    by: str = ""
    batch: str = ""
    source: str = ""
    called: tuple[str, ...] = ()


class Erasure(Struct, frozen=True, omit_defaults=True, gc=False):
    """That texts were erased from all versions of a record up to `rev`: when, why, and from which attributes.

    The version `rev` changed nothing else; later ones carry it on.

    Attributes:
        is_guess: nothing was erased from this record; it came without who came, for that may be somebody who was erased
            from another one. It is so in this register alone.
    """

    on: Day
    reason: str
    rev: int
    fields: tuple[str, ...] = ()
    is_guess: bool = False
