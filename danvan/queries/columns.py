"""What a record can be asked for: its number and days, the fields of its kind, and what is computed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from danvan.errors import Invalid
from danvan.formatting.choosing import near
from danvan.formatting.language import Language
from danvan.formatting.texts import fold, nfc
from danvan.messages import LANGUAGES
from danvan.records import Record, amount, described, option_name, state_field, tag_of

Kind = type[Record]
Numbered = tuple[int, Record]
# What every record has besides its fields.
REGISTER = "register"
VOID = "void"
LEADING = ("id", REGISTER, "date", "to", VOID)
STATUS = "status"


@cache
def numbers(kind: Kind) -> tuple[str, ...]:
    """The names of what can be summed."""
    return tuple(name for name, field in described(kind).items() if field.is_number)


def figure(record: Record, name: str, threshold: int) -> tuple[int | None, bool]:
    """What a record counts as in a sum of `name`, and whether that is all of it; see `records.amount`."""
    if name not in type(record).COMPUTED:
        return amount(record, name, threshold)
    found = getattr(record, name)
    return (found if found or not record.is_aggregate else None), True  # of a row only what somebody noted is known


def is_noted(record: Record, name: str) -> bool:
    """Whether somebody noted a figure, or a part of it; what is computed, or no matter of the record, needs no note."""
    field = described(type(record))[name]
    if name in type(record).COMPUTED or record.form not in field.forms:
        return True
    return any(getattr(record, one) is not None for one in (name, *field.parts))


def value(record: Record, name: str, threshold: int) -> Any:
    """What a record says for a column other than its number: a figure where it counts; None where it does not know."""
    if name in ("date", "to", VOID):
        return getattr(record, name) or None
    field = described(type(record))[name]
    if field.is_number:
        return figure(record, name, threshold)[0]
    if record.form not in field.forms:
        return None
    found = getattr(record, name)
    return None if found in ("", ()) else found


def telling(kind: Kind, records: Sequence[Record], threshold: int) -> list[str]:
    """The columns that say something of `records`, the most telling first; a mask says nothing.

    Of the figures that are not telling only those are there that somebody stored: that each model is one model
    needs no column.
    """
    is_plain = not any(record.is_aggregate for record in records)
    rest = [name for name, field in described(kind).items() if not (field.is_number or field.personal)]
    return [
        name
        for name in dict.fromkeys([*kind.TELLING, *numbers(kind), *rest])
        if not (is_plain and name in kind.OBVIOUS) and any(_says(record, name, threshold) for record in records)
    ]


@cache
def places(kind: Kind) -> Mapping[str, int]:
    """Where each column stands beside others: what names a record and where it is, other words, figures, its note."""
    name, *_ = kind.TELLING
    words = [one for one, field in described(kind).items() if not (field.is_number or field.personal or one == "note")]
    people = [one for one, field in described(kind).items() if field.personal]
    order = dict.fromkeys(["id", REGISTER, "date", "to", *people, name, VOID, "unit", *words, *numbers(kind), "note"])
    return {one: place for place, one in enumerate(order)}


def _says(record: Record, name: str, threshold: int) -> bool:
    kind = type(record)
    if name in kind.COMPUTED and name in numbers(kind):
        return bool(getattr(record, name))
    if name in kind.TELLING or name not in numbers(kind):
        return value(record, name, threshold) is not None
    return getattr(record, name) is not None


def names(kind: Kind) -> tuple[str, ...]:
    """Every column of a kind."""
    return (*LEADING, *described(kind))


def column(kind: Kind, text: str, offered: Sequence[str] = ()) -> str:
    """The column that a name or a label in either language means.

    Args:
        offered: those that are listed where it means none, if not all are.

    Raises:
        Invalid: there is no such column.
    """
    known = spellings(kind)
    found = _labels(kind).get(nfc(text).casefold().strip()) or known.get(fold(text))
    if found is None:
        choices = tuple(offered or names(kind))
        likely = tuple(name for name in near(text, known) if name in choices)
        raise Invalid("choice", value=text, choices=choices, family=tag_of(kind), nearest=likely)
    return found


def label(language: Language, kind: Kind, name: str) -> str:
    """The head of a column."""
    return language.say(f"record.{name}") if name in LEADING else language.label(kind, name)


@cache
def spellings(kind: Kind) -> Mapping[str, str]:
    """Every spelling of a column, folded, with its name."""
    labelled: dict[str, str] = {}
    for text, name in _labels(kind).items():
        labelled.setdefault(fold(text), name)  # of "Số" and "Sổ" the number of the record
    options = {fold(option_name(name, field)): name for name, field in described(kind).items()}
    own = {fold(kind.DAY): "date", STATUS: state_field(kind)}
    return {**labelled, **options, **own, **{fold(name): name for name in names(kind)}}


@cache
def _labels(kind: Kind) -> Mapping[str, str]:
    """Every column by its heads as they are written, but for case."""
    heads = {label(Language(code), kind, name).casefold(): name for code in LANGUAGES for name in names(kind)}
    # "Recovery recommended" for "Recovery recommended (dong)"
    short = {Language(code).label_beside(kind, name).casefold(): name for code in LANGUAGES for name in described(kind)}
    return short | heads
