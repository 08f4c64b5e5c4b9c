"""`form 01/TCD|01/TTr YEAR`: a statutory form with the figures of a period.

A form follows the calendar of the circular that orders it, whatever the office settled for its own report: only
`--calendar` makes it follow another, and then it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from danvan.cli.figures import closings_of, one_year, plan_of
from danvan.cli.options import RegisterOption, UnitOption
from danvan.cli.output import Force, OutputFile, deliver, format_of, format_option
from danvan.cli.spans import OneYearArgument, PeriodOption, Threshold
from danvan.errors import Invalid
from danvan.exchange.outgoing.forms import form_csv, form_json
from danvan.formatting.choosing import nearest
from danvan.formatting.language import Language
from danvan.formatting.texts import collation, fold
from danvan.papers.forms import form_paper
from danvan.queries.units import lies_in_any, units_asked
from danvan.records import KINDS
from danvan.reports import Ledger, Plan, yearly
from danvan.reports.filled_forms import FilledForm, filled
from danvan.reports.forms import CALENDAR, FORMS, Form, FormColumn
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union

FORMATS = ("table", "csv", "json", "xlsx", "docx")

FormArgument = Annotated[str, typer.Argument(metavar="FORM", help="option.form")]
FormCalendar = Annotated[
    str | None, typer.Option("--calendar", metavar="CALENDAR", help="option.form_calendar", rich_help_panel="period")
]
Format = Annotated[str | None, format_option(FORMATS)]


def form(
    session: Session,
    code: FormArgument,
    one_span: OneYearArgument,
    period: PeriodOption,
    calendar: FormCalendar,
    unit: UnitOption,
    threshold: Threshold,
    format: Format,
    output: OutputFile,
    force: Force,
    register: RegisterOption = None,
) -> None:
    """Fill in a form and print it, or write it as a workbook or a document."""
    wanted = form_of(code)
    if wanted is None:
        near = nearest(code, {fold(one): one for one in FORMS})
        raise Invalid("choice", value=code, choices=tuple(FORMS), nearest=near, where="FORM")
    kind = format_of(session, format, output, FORMATS)
    records = session.reading(register or ())
    plan = form_plan(session, records, one_span, period, calendar, threshold)
    ledger = form_ledger(records, wanted, plan, units_asked(unit))
    closings = closings_of(records, plan)
    found = filled(wanted, ledger, plan, closings, collation)
    if found.closing:  # what was closed is the figures of all units
        whole = form_ledger(records, wanted, plan) if unit else ledger
        (section,) = yearly(whole, plan._replace(sections=(wanted.section,)), closings).sections
        found = found._replace(is_corrected=section.is_corrected)
    is_screen = output is None and session.render.is_terminal
    answer = _written(session, found, kind, is_screen=is_screen)
    deliver(session, answer, output, force, is_sheet=kind == "csv")


def form_of(text: str) -> Form | None:
    """The form that a text names by its code or the letters of it, in any spelling."""
    return next((one for code, one in FORMS.items() if fold(text) in (fold(code), one.key)), None)


def form_cell(text: str) -> tuple[Form, FormColumn] | None:
    """The column of a form that a text like "01/TCD:8" names; None where it names no form.

    Raises:
        Invalid: it names a form, and no column of it.
    """
    code, _, number = text.rpartition(":")
    wanted = form_of(text) or form_of(code)
    if wanted is None:
        return None
    column = wanted.column(int(number)) if number.isascii() and number.isdigit() and len(number) < 4 else None
    if column is None:
        numbers = [one.number for one in wanted.columns if one.measures]
        raise Invalid("form_column", form=wanted.code, first=numbers[0], last=numbers[-1], where="MEASURE")
    return wanted, column


def form_plan(
    session: Session,
    records: Register | Union,
    span: str,
    period: str | None,
    calendar: str | None,
    threshold: str | None,
) -> Plan:
    """The plan of a form.

    Raises:
        Invalid: one of the texts names no year, part of a year or calendar, or names several years.
    """
    return one_year(plan_of(session, span, period, calendar or CALENDAR, "none", threshold, records))


def form_ledger(records: Register | Union, wanted: Form, plan: Plan, units: Sequence[str] = ()) -> Ledger:
    """The records that a form can count: audits of any age, for one that is still open was carried over."""
    days = plan.span() if wanted.section == "receptions" else None
    entries = records.scan([KINDS[wanted.kind]], days)
    if not units:
        return Ledger(entries)
    return Ledger(entry for entry in entries if lies_in_any(entry.record.unit, units))


def _written(session: Session, found: FilledForm, kind: str, *, is_screen: bool) -> str | bytes:
    language: Language = session.language
    if kind == "json":
        return form_json(found, language)
    paper = form_paper(found, language, session.office.name, session.office.place)
    match kind:
        case "csv":
            return form_csv(paper, language)
        case "xlsx":
            workbook = import_module("danvan.exchange.outgoing.form_sheet")
            return bytes(workbook.form_xlsx(paper, language, session.today))
        case "docx":
            document = import_module("danvan.exchange.outgoing.form_document")
            return bytes(document.form_docx(paper, language, session.today))
    return session.render.form(paper, is_screen=is_screen)
