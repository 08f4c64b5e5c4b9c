"""A filled form in words and figures, laid out once: what the terminal, CSV, the workbook and the document all show.

A cell carries both its figure (whole đồng, m² or things) and the words for it; money is said in millions of đồng, as
the forms have it. What is not known has neither: on paper such a cell stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from danvan.formatting.language import Language
from danvan.formatting.numbers import MILLION, fraction, number
from danvan.papers import Cell, ids_said, period_said, state_said
from danvan.reports.filled_forms import Failure, FilledForm, FormRow
from danvan.reports.forms import CALENDAR, SOURCE, THRESHOLD, Check, Form, FormColumn, head_of
from danvan.reports.tally import Figure

DONG_PLACES = 6


class Heading(NamedTuple):
    """A heading that spans some rows and columns; columns are counted from 0."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


class Strip(NamedTuple):
    """A column: its number with the sum that it must be ("1 = 4 + 13 + 22"), its headings from the top down."""

    number: int
    label: str
    heads: tuple[str, ...]
    unit: str

    @property
    def name(self) -> str:
        """All of its headings on one line."""
        return " – ".join(self.heads)


class Line(NamedTuple):
    """A row: the name of its unit, and its cells by column; None where the form leaves a cell to the pen."""

    name: str
    cells: tuple[Cell | None, ...]


class FormPaper(NamedTuple):
    """A form as it is shown.

    Attributes:
        place: the town where it is signed; dots where it is not known.
        code, source: its number and the text that orders it, in words.
        days: the days it speaks of, and whether its figures are final.
        depth: how many rows of headings it has.
        notes: what a reader must know to read it.
        faults: what has to be looked at before it is sent.
        hints: options of the command line that may help.
    """

    code: str
    source: str
    title: str
    office: str
    place: str
    days: str
    depth: int
    headings: tuple[Heading, ...]
    strips: tuple[Strip, ...]
    lines: tuple[Line, ...]
    total: Line
    notes: tuple[str, ...]
    faults: tuple[str, ...]
    hints: tuple[str, ...]


def form_paper(found: FilledForm, language: Language, office: str = "", place: str = "") -> FormPaper:
    """A form in words, for an office that may have no name yet."""
    form, say = found.form, language.say
    return FormPaper(
        say("form.number", code=form.code),
        say("form.source", source=SOURCE),
        say(f"form.{form.key}.title"),
        say("form.office", office=office or "…………………"),
        language.fact(place) or "…………",
        days_said(found, language),
        form.depth,
        tuple(Heading(head_said(one.key, language), *one[1:]) for one in head_of(form)),
        tuple(_strip(form, column, language) for column in form.columns),
        tuple(_line(form, row, unit_said(row.unit, language), language) for row in found.rows),
        _line(form, found.total, say("form.total"), language),
        tuple(_notes(found, language)),
        tuple(_faults(found, language)),
        tuple(_hints(found, language)),
    )


def days_said(found: FilledForm, language: Language) -> str:
    """The days that a form speaks of, and whether its figures are final."""
    period, today = found.period, found.plan.today
    state = state_said(found.closing, period, today, language, is_corrected=found.is_corrected)
    return f"{period_said(period, language)} · {state}"


def head_said(key: str, language: Language) -> str:
    """A heading in words."""
    return language.say(f"form.head.{key}")


def unit_said(unit: str, language: Language) -> str:
    """The name of a unit, which a record may not give."""
    return language.fact(unit) if unit else language.say("form.no_unit")


def figure_said(value: int, unit: str, language: Language) -> str:
    """A figure of a form, money in millions of đồng to the last đồng."""
    if unit == "dong":
        return fraction(value, MILLION, language.code, DONG_PLACES, trim=True)
    return number(value, language.code)


def _strip(form: Form, column: FormColumn, language: Language) -> Strip:
    sums = "".join(f" = {_sum(check)}" for check in form.checks if check.whole == column.number)
    return Strip(
        column.number,
        f"{column.number}{sums}",
        tuple(head_said(head, language) for head in column.heads),
        column.unit,
    )


def _sum(check: Check) -> str:
    return " + ".join(map(str, check.parts))


def _line(form: Form, row: FormRow, name: str, language: Language) -> Line:
    cells = (
        _cell(row.figures[column.number], column.unit, language) if column.measures else None for column in form.columns
    )
    return Line(name, tuple(cells))


def _cell(figure: Figure, unit: str, language: Language) -> Cell:
    if figure.value is None:
        return Cell("", tone="quiet")
    return Cell(_said(figure, unit, language), figure.value, unit, figure.at_least)


def _said(figure: Figure, unit: str, language: Language) -> str:
    text = figure_said(figure.value or 0, unit, language)
    return language.say("form.at_least", value=text) if figure.at_least else text


def _notes(found: FilledForm, language: Language) -> Iterator[str]:
    say = language.say
    if not found.rows:
        yield say("form.empty")
    if found.plan.registers:
        yield say("report.registers", names=", ".join(found.plan.registers))
    if found.calendar.key != CALENDAR:
        calendar = say(f"calendar.{found.calendar.key}", source=found.calendar.source)
        yield say("form.other_calendar", source=SOURCE, calendar=calendar)
    if found.form.key == "tcd":
        yield say("report.threshold", threshold=found.plan.threshold)
        if found.plan.threshold != THRESHOLD:
            yield say("form.other_threshold", statutory=THRESHOLD, threshold=found.plan.threshold)
    if found.is_incomplete:
        yield say("form.note_at_least")


def _faults(found: FilledForm, language: Language) -> Iterator[str]:
    for failure in found.failures:
        yield _failure(failure, found.form, language)
    for remark in found.remarks:
        yield language.say(f"note.{remark.key}", ids=ids_said(remark.ids, language))


def _hints(found: FilledForm, language: Language) -> Iterator[str]:
    if found.form.key == "tcd" and found.plan.threshold != THRESHOLD:
        yield language.say("form.try_threshold", statutory=THRESHOLD)
    if found.calendar.key == CALENDAR and any(remark.key == "straddles" for remark in found.remarks):
        yield language.say("form.try_calendar")


def _failure(failure: Failure, form: Form, language: Language) -> str:
    check = failure.check
    column = form.column(check.whole)
    assert column is not None
    facts = {
        "sum": f"{check.whole} = {_sum(check)}",
        "left": _said(failure.whole, column.unit, language),
        "right": _said(failure.parts, column.unit, language),
    }
    if failure.unit is None:
        return language.say("form.fails_total", **facts)
    ids = ids_said(failure.ids, language)
    return language.say("form.fails", unit=unit_said(failure.unit, language), ids=ids, **facts)
