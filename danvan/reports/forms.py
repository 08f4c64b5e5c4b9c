"""The statutory forms as tables of descriptions: numbered columns, their headings, the measures they show.

A form has one row a unit, then the total. A column without measures is left to the pen. What is printed under the
headings of a form as "1 = 4 + 13 + 22" is a `Check`, verified in every row as far as the figures are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from danvan.reports.measures import (
    BY_KEY,
    CARRIED,
    INSPECTIONS,
    LEADERS,
    PERFORMED,
    REGULAR,
    SESSIONS,
    Condition,
    Measure,
)

# The circular orders both forms, the period they speak of, and that groups are counted from five people.
SOURCE = "Thông tư 01/2024/TT-TTCP"
CALENDAR = "inspectorate"
THRESHOLD = 5


class FormColumn(NamedTuple):
    """A column of a form.

    Attributes:
        heads: its headings from the top down, `form.head.<head>` in the catalogues.
        measures: what its figure is the sum of.
    """

    number: int
    heads: tuple[str, ...]
    measures: tuple[Measure, ...] = ()

    @property
    def unit(self) -> str:
        """What the figures count, as `unit.<unit>` names it; money is shown in millions of đồng."""
        return self.measures[0].unit if self.measures else ""


class Check(NamedTuple):
    """A sum that a form states of its columns, by their numbers."""

    whole: int
    parts: tuple[int, ...]


class Form(NamedTuple):
    """A form: its code, the section of the report it details, its columns and the sums they must satisfy."""

    code: str
    section: str
    columns: tuple[FormColumn, ...]
    checks: tuple[Check, ...]

    @property
    def key(self) -> str:
        """What the catalogues call it: "tcd"."""
        return self.code.partition("/")[2].casefold()

    @property
    def kind(self) -> str:
        """The kind of record it counts."""
        return next(column.measures[0].kind for column in self.columns if column.measures)

    @property
    def measures(self) -> list[Measure]:
        """All that its columns are made of."""
        return [measure for column in self.columns for measure in column.measures]

    @property
    def depth(self) -> int:
        """How many rows its head has."""
        return max(len(column.heads) for column in self.columns)

    def column(self, number: int) -> FormColumn | None:
        """The column of a number, unless the form does not have it or leaves it to the pen."""
        return next((column for column in self.columns if column.number == number and column.measures), None)


class Head(NamedTuple):
    """A heading that spans some rows and columns of the head of a form; columns are counted from 0."""

    key: str
    row: int
    column: int
    rows: int
    columns: int


def _receptions(
    first: int, scope: Condition, part: Condition, heads: Sequence[str], fields: Sequence[str]
) -> Iterator[FormColumn]:
    """The columns of one sort of reception, from the number `first` on."""
    for number, name in enumerate(fields, first):
        measure = Measure(f"receptions.{heads[-1]}.{name}", "reception", name, scope, part)
        if name == "sessions":
            measure = measure._replace(by=SESSIONS)
        yield FormColumn(number, (*heads, *HEADS[name]), (measure,))


CASES = {"cases_first": ("cases", "first"), "cases_repeat": ("cases", "repeat")}
HEADS: Mapping[str, tuple[str, ...]] = {
    "sessions": ("sessions",),
    "turns": ("turns",),
    "people": ("people",),
    **CASES,
    "groups": ("large", "groups"),
    "group_people": ("large", "people"),
    **{f"group_{name}": ("large", *heads) for name, heads in CASES.items()},
}
HELD = tuple(name for name in HEADS if name != "sessions")

# A delegate receives in the leader's place: where receptions of either are known, none of the other is 0.
RECEPTIONS = Form(
    "01/TCD",
    "receptions",
    (
        FormColumn(1, ("all_turns",), (BY_KEY["receptions.turns"],)),
        FormColumn(2, ("all_people",), (BY_KEY["receptions.people"],)),
        FormColumn(3, ("all_cases",), (BY_KEY["receptions.cases"],)),
        *_receptions(4, REGULAR, {}, ("regular",), HELD),
        *_receptions(12, LEADERS, {"receiver": ("leader",)}, ("leaders", "leader"), tuple(HEADS)),
        *_receptions(21, LEADERS, {"receiver": ("delegated",)}, ("leaders", "delegated"), tuple(HEADS)),
        FormColumn(30, ("notes",)),
    ),
    (Check(1, (4, 13, 22)), Check(2, (5, 14, 23)), Check(3, (6, 7, 15, 16, 24, 25))),
)

# An inspection counts as administrative unless it is said to be specialised; the form names those that say neither.
ADMINISTRATIVE: Condition = {**INSPECTIONS, "branch": ("administrative", None)}


def _performed(part: Condition) -> tuple[Measure, Measure]:
    carried = Measure("inspections.carried", "audit", "carried", ADMINISTRATIVE, part, by=CARRIED, present=PERFORMED)
    return carried, carried._replace(key="inspections.begun", sum="count", by="date")


def _concluded(name: str) -> tuple[Measure]:
    """What belongs to a conclusion, money and land included, counts on its day."""
    return (Measure(f"inspections.{name}", "audit", name, ADMINISTRATIVE, by="concluded", present=PERFORMED),)


INSPECTED = Form(
    "01/TTr",
    "inspections",
    (
        FormColumn(1, ("performed", "all"), _performed({})),
        FormColumn(2, ("performed", "progress", "carried"), _performed({})[:1]),
        FormColumn(3, ("performed", "progress", "begun"), _performed({})[1:]),
        FormColumn(4, ("performed", "mode", "planned"), _performed({"mode": ("planned",)})),
        FormColumn(5, ("performed", "mode", "unannounced"), _performed({"mode": ("unannounced",)})),
        FormColumn(6, ("concluded",), _concluded("concluded_count")),
        FormColumn(7, ("units",), _concluded("units")),
        FormColumn(8, ("violations", "money"), _concluded("violations")),
        FormColumn(9, ("violations", "land"), _concluded("violations_land")),
        FormColumn(10, ("handling", "recovery", "money"), _concluded("recovery")),
        FormColumn(11, ("handling", "recovery", "land"), _concluded("recovery_land")),
        FormColumn(12, ("handling", "other", "money"), _concluded("other_handling")),
        FormColumn(13, ("handling", "other", "land"), _concluded("other_land")),
        FormColumn(14, ("handling", "discipline", "collectives"), _concluded("collectives")),
        FormColumn(15, ("handling", "discipline", "individuals"), _concluded("individuals")),
        FormColumn(16, ("handling", "referred", "crimes"), _concluded("referred_cases")),
        FormColumn(17, ("handling", "referred", "suspects"), _concluded("referred_persons")),
        FormColumn(18, ("policies",), _concluded("policies")),
    ),
    (Check(1, (2, 3)), Check(1, (4, 5)), Check(8, (10, 12)), Check(9, (11, 13))),
)

FORMS: Mapping[str, Form] = {form.code: form for form in (RECEPTIONS, INSPECTED)}


def head_of(form: Form) -> Iterator[Head]:
    """The head of a form, from the top down and left to right: equal headings side by side are one."""
    for row in range(form.depth):
        start = 0
        while start < len(form.columns):
            heads = form.columns[start].heads
            end = start + 1
            while end < len(form.columns) and form.columns[end].heads[: row + 1] == heads[: row + 1]:
                end += 1
            if row < len(heads):
                is_last = row == len(heads) - 1
                yield Head(heads[row], row, start, form.depth - row if is_last else 1, end - start)
            start = end
