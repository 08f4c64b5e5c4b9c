"""Columns of which one is ticked in every row, as in the books that offices keep: "Khiếu nại | Tố cáo", an x in one.

The convention: headings that are values of one field, with ticks below, are one column of that field. It stands in the
place of the first of them, and in it what is ticked; the others are blank. What stands over them says of what they are:
"Yes | No" and words of several fields are read only below the name of a field, and below anything else only so many
values as no other question has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from danvan.exchange import headings
from danvan.exchange.cells import DASHES, as_text
from danvan.exchange.headings import Kind
from danvan.exchange.incoming.gathering import Plan
from danvan.exchange.incoming.passed_over import has_day
from danvan.exchange.parts import Cell, is_blank
from danvan.formatting.language import Language
from danvan.records import fields

Row = tuple[int, Sequence[Cell]]
Over = Callable[[int], Sequence[str]]  # what stands over the heading of a column, the highest first
MARKS = frozenset(("x", "×", "v", "✓", "✔", "√", "☑", "☒", "+", "1"))
NONE = frozenset((*DASHES, "0"))
MANY = 3  # values of a field that stand below words which nobody understands


class Choice(NamedTuple):
    """The columns that tick a value of one field.

    Attributes:
        values: their headings, by column.
        label: the heading of the field.
        reads: whether a text is a value of it.
        is_many: whether several may be ticked, or none.
        beside: other columns with ticks, which nobody understands.
    """

    values: dict[int, str]
    label: str
    reads: Callable[[str], bool]
    is_many: bool
    beside: Sequence[int] = ()


class Ticked(NamedTuple):
    """A table of single records that tells fields by ticks; `days` are its columns of days."""

    choices: Sequence[Choice]
    days: Sequence[int]
    language: Language

    @classmethod
    def of(cls, kind: Kind, cells: Sequence[Cell], over: Over, below: Sequence[Row], plan: Plan) -> Ticked | None:
        """What is ticked below some headings, by the first rows; None where nothing is."""
        names = [headings.meaning(kind, cell, plan.renamed) if cell else "" for cell in cells]
        days = [at for at, name in enumerate(names) if name == "date"]
        if "to" in names:  # where counts stand, 1 is one
            return None
        dated = [row for _, row in below if has_day(row, days)]
        unknown = {at: str(cells[at]) for at, name in enumerate(names) if name is None}
        free = {at: text for at, text in unknown.items() if _is_ticked(at, text, dated)}
        found: list[Choice] = []
        for name, field in fields(kind).items():
            values = _values(kind, name, free, over, plan) if field.choices and name not in names else {}
            if len(values) > 1 and any(_text(row, at) in MARKS for row in dated for at in values):
                label = headings.label(plan.language, kind, name)
                reads = partial(headings.reads, kind, name, language=plan.language)
                found.append(Choice(values, label, reads, field.sort == "choices"))
                free = {at: text for at, text in free.items() if at not in values}
        ticked = [at for at in free if any(_text(row, at) in MARKS for row in dated)]
        return cls([one._replace(beside=ticked) for one in found], days, plan.language) if found else None

    def headed(self, cells: Sequence[Cell]) -> list[Cell]:
        """The headings, with one in the place of those of each field."""
        told = list(cells)
        for choice in self.choices:
            for at in choice.values:
                told[at] = choice.label if at == min(choice.values) else None
        return told

    def read(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, with what is ticked in words; one without a day may be one of sums, and stays but for an x."""
        for number, cells in rows:
            told, is_dated = list(cells), has_day(cells, self.days)
            for choice in self.choices:
                filled = {at: text for at in choice.values if (text := _text(cells, at))}
                if is_dated or not MARKS.isdisjoint({*filled.values()} - {"1"}):
                    told += [None] * (max(choice.values) + 1 - len(told))
                    for at in choice.values:
                        told[at] = None
                    told[min(choice.values)] = self._said(choice, filled, cells)
            yield number, told

    def _said(self, choice: Choice, filled: dict[int, str], cells: Sequence[Cell]) -> Cell:
        """What is ticked; where anything is no tick, that as it stands there, so that it cannot be read."""
        if not filled:
            is_elsewhere = any(_text(cells, at) in MARKS for at in choice.beside)
            return None if choice.is_many or is_elsewhere else self.language.say("import.no_tick")
        called = choice.values
        odd = [at for at, text in filled.items() if not _is_tick(text, called[at])]
        if odd and choice.reads(said := as_text(cells[odd[0]])):  # a value, in the column of another
            return f"{called[odd[0]]}: {said}"
        return cells[odd[0]] if odd else ", ".join(called[at] for at in filled)


def _values(kind: Kind, name: str, free: Mapping[int, str], over: Over, plan: Plan) -> dict[int, str]:
    """The columns that are headed by values of a field; none where anything else may be meant by them."""
    values = {at: text for at, text in free.items() if headings.reads(kind, name, text, plan.language)}
    above = {next(iter(over(at)[-1:]), "") for at in values} - {""}
    meant = {headings.meaning(kind, text, plan.renamed) for text in above}
    if meant == {name}:
        return values
    others = [other for other, field in fields(kind).items() if field.choices and other != name]
    is_shared = any(
        all(headings.reads(kind, other, text, plan.language) for text in values.values()) for other in others
    )
    is_question = headings.is_question(kind, name)
    is_elsewhere = bool(above) and (meant != {None} or len(values) < MANY)
    return {} if is_shared or is_question or is_elsewhere else values


def _is_ticked(at: int, heading: str, rows: Iterable[Sequence[Cell]]) -> bool:
    """Whether a tick stands in a column, or nothing."""
    filled = {text for row in rows if (text := _text(row, at))}
    return not filled or any(_is_tick(text, heading) for text in filled)


def _is_tick(text: str, heading: str) -> bool:
    """Whether a text ticks a column: an x, or what stands at its head once more."""
    return text in MARKS or headings.key_of(text) == headings.key_of(heading)


def _text(cells: Sequence[Cell], at: int) -> str:
    """What stands in a cell; nothing where that says that nothing does."""
    text = as_text(cells[at]).strip().casefold() if at < len(cells) and not is_blank(cells[at]) else ""
    return "" if text in NONE else text
