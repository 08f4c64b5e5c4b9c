"""`explain YEAR MEASURE`: the records behind a number of the report or, as "01/TCD:8", of a form."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from danvan.cli.figures import ledger_of, one_year, period_named, plan_of
from danvan.cli.measures import listed, measure_of
from danvan.cli.options import RegisterOption
from danvan.cli.output import Force, OutputFile, deliver, format_of, format_option
from danvan.cli.spans import CalendarOption, OneYearArgument, PeriodOption, Threshold
from danvan.errors import Invalid
from danvan.exchange.figures import explanation_json
from danvan.formatting.choosing import chosen
from danvan.formatting.language import word
from danvan.formatting.style import Style
from danvan.formatting.texts import fold
from danvan.messages import LANGUAGES
from danvan.records import KINDS, state_field
from danvan.reports import Ledger, Measure, Plan
from danvan.reports.breakdowns import MONTH, REGISTER, SEVERAL, STATUS, THEME, UNIT, dimensions
from danvan.reports.explanations import explanation
from danvan.reports.filled_forms import explained
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union

FORMATS = ("table", "json")
BLANK = ("?", "unknown", "không rõ")  # besides what breakdowns print: that a record does not tell

MeasureArgument = Annotated[
    str | None, typer.Argument(metavar="[MEASURE]", help="option.explain_measure", show_default=False)
]
Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="DIMENSION=VALUE", help="option.only", rich_help_panel="which")
]
Format = Annotated[str | None, format_option(FORMATS)]


def explain(
    session: Session,
    span: OneYearArgument,
    measure: MeasureArgument,
    period: PeriodOption,
    calendar: CalendarOption,
    only: Only,
    threshold: Threshold,
    format: Format,
    output: OutputFile,
    force: Force,
    register: RegisterOption = None,
) -> None:
    """Show which records add what to a measure, which do not know it, and which were left out; or list the measures."""
    form, records = format_of(session, format, output, FORMATS), session.reading(register or ())
    if measure is None:
        if only:
            raise Invalid("usage.missing_argument", parameter=session.language.placeholder("MEASURE"))
        plan = one_year(plan_of(session, span, period, calendar, "none", threshold, records))
        deliver(session, listed(session, records, plan, form, is_screen=output is None), output, force)
        return
    forms = import_module("danvan.cli.statutory_form") if "/" in measure or ":" in measure else None  # "01/TCD:8"
    cell = forms.form_cell(measure) if forms else None
    if forms and cell:
        plan = forms.form_plan(session, records, span, period, calendar, threshold)
        ledger = forms.form_ledger(records, cell[0], plan)
        found = explained(
            cell[0], cell[1], ledger, plan, _conditions(session, records, cell[1].measures[0], ledger, plan, only)
        )
    else:
        known = measure_of(measure)
        plan = one_year(plan_of(session, span, period, calendar, "none", threshold, records))
        ledger = ledger_of(records, plan, [known])
        found = explanation(known, ledger, plan, _conditions(session, records, known, ledger, plan, only))
    if form == "json":
        deliver(session, explanation_json(found), output, force)
        return
    said = session.language.say(f"span.{plan.part}", year=str(plan.year))
    deliver(session, session.render.explanation(found, said, Style(), is_screen=output is None), output, force)


def _conditions(
    session: Session,
    records: Register | Union,
    measure: Measure,
    ledger: Ledger,
    plan: Plan,
    only: Sequence[str] | None,
) -> dict[str, str | None]:
    return dict(_condition(session, records, measure, ledger, plan, text) for text in only or ())


def _condition(
    session: Session, records: Register | Union, measure: Measure, ledger: Ledger, plan: Plan, text: str
) -> tuple[str, str | None]:
    """A dimension and one of its values, by its code or by its word in either language.

    Raises:
        Invalid: there is no such dimension, or no such value of it.
    """
    named, equals, value = text.partition("=")
    allowed = dimensions(measure.kind)
    if not equals:
        raise Invalid("only", value=text, choices=", ".join(allowed), where="--only")
    dimension = chosen(named, allowed, "--only", "dimension")
    if dimension == REGISTER and not plan.registers:
        raise Invalid("one_register", where="--only")
    words = (*(word(code, "report.value_unknown") for code in LANGUAGES), *BLANK)
    if value.strip() == "?" or (fold(value) and fold(value) in map(fold, words)):
        return dimension, None
    if dimension == MONTH:
        return dimension, _month(value, plan)
    if dimension == REGISTER:
        return dimension, chosen(value, plan.registers, "--only")
    if dimension == UNIT:
        return dimension, _unit(value, measure, ledger, records)
    kind = KINDS[measure.kind]
    name = {THEME: "themes", STATUS: state_field(kind)}.get(dimension, dimension)
    try:
        return dimension, session.language.read_choice(kind, name, value)
    except Invalid as fault:
        raise Invalid(fault.key, **fault.facts, where="--only") from None


def _month(text: str, plan: Plan) -> str:
    """The month of the reported year that a text names ("5", "2025-05", "May"), as breakdowns have it.

    Raises:
        Invalid: it names none.
    """
    if text.strip() == SEVERAL or fold(text) in {fold(word(code, "report.several_months")) for code in LANGUAGES}:
        return SEVERAL
    year, part = period_named(plan.year, text, "--only")
    if year != plan.year or not part.startswith("m"):
        raise Invalid("month", value=text, year=str(plan.year), where="--only")
    return f"{int(part[1:]):02}"


def _unit(text: str, measure: Measure, ledger: Ledger, records: Register | Union) -> str:
    """The unit that a text names: one of the period, or one that a comparison with another year may show.

    Raises:
        Invalid: the register has none of that name; those of the period are listed.
    """
    try:
        return chosen(text, _units(measure, ledger), "--only")
    except Invalid:
        with suppress(Invalid):
            return chosen(text, _units(measure, Ledger(records.scan([KINDS[measure.kind]]))), "--only")
        raise


def _units(measure: Measure, ledger: Ledger) -> list[str]:
    entries = (*ledger.rows(measure.kind), *ledger.singles(measure.kind))
    return sorted({record.unit for _, record in entries if record.unit})
