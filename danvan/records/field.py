"""What one attribute of a record is."""

from __future__ import annotations

import datetime
from typing import Literal, NamedTuple

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
        state: the state before which such a blank is 0, because nothing can have happened yet.
        large: for a figure on large groups, the field of which it is a part: from it one large single record takes it,
            and a row in which that is blank has at least so much of it.
        of: for a count in a row, what it counts something of: where there are 0 of those, a blank is 0.
        parts: the fields that add up to it where it is blank itself; some of them are a lower bound.
        stands_alone: whether nothing follows from it for a part that is blank.
        asked: whether a prompt asks for it although a record can do without it.
        holds: what a text that people type has to have one of at the least.
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
    state: str = ""
    large: str = ""
    of: str = ""
    parts: tuple[str, ...] = ()
    stands_alone: bool = False
    asked: bool = False
    holds: Literal["", "letter", "figure"] = ""

    @property
    def is_number(self) -> bool:
        """Whether the value is a number that can be summed."""
        return self.sort in NUMBERS


def option_name(name: str, field: Field) -> str:
    """What the option of a field is called; one that may be repeated is named for one value."""
    return (name.removesuffix("s") if field.sort == "choices" else name).replace("_", "-")


Count = int | None
TEXT = Field("text")
BOX = Field("text", forms=SINGLE)
