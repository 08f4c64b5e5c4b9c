"""`explain YEAR MEASURE`: the records behind a number of the report or, as "01/TCD:8", of a form."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from danvan.cli.cells import cell_of
from danvan.cli.figures import ledger_of, one_year, plan_of
from danvan.cli.measures import listed, measure_of
from danvan.cli.options import RegisterOption, whole
from danvan.cli.output import Force, OutputFile, deliver, format_of, format_option
from danvan.cli.spans import CalendarOption, OneYearArgument, PeriodOption, Threshold
from danvan.errors import Invalid
from danvan.exchange.figures import explanation_json
from danvan.formatting.style import EXACT
from danvan.reports.explanations import explanation
from danvan.reports.filled_forms import explained
from danvan.session import Session

FORMATS = ("table", "json")

MeasureArgument = Annotated[
    str | None, typer.Argument(metavar="[MEASURE]", help="option.explain_measure", show_default=False)
]
Only = Annotated[
    list[str] | None, typer.Option("--only", metavar="DIMENSION=VALUE", help="option.only", rich_help_panel="which")
]
Top = Annotated[str | None, typer.Option("--top", metavar="N", help="option.top_explain", rich_help_panel="which")]
Format = Annotated[str | None, format_option(FORMATS)]


def explain(
    session: Session,
    span: OneYearArgument,
    measure: MeasureArgument,
    period: PeriodOption,
    calendar: CalendarOption,
    only: Only,
    top: Top,
    threshold: Threshold,
    format: Format,
    output: OutputFile,
    force: Force,
    register: RegisterOption = None,
) -> None:
    """Show which records add what to a measure, which do not know it, and which were left out; or list the measures."""
    form, records = format_of(session, format, output, FORMATS), session.reading(register or ())
    if measure is None:
        if only or top:
            raise Invalid("usage.missing_argument", parameter=session.language.placeholder("MEASURE"))
        plan = one_year(plan_of(session, span, period, calendar, "none", threshold, records))
        deliver(session, listed(session, records, plan, form, is_screen=output is None), output, force)
        return
    most = whole(top, "--top", 1) if top else None
    forms = import_module("danvan.cli.statutory_form") if "/" in measure or ":" in measure else None  # "01/TCD:8"
    cell = forms.form_cell(measure) if forms else None
    if forms and cell:
        if top:
            raise Invalid("rest_of_form", where="--top")
        plan = forms.form_plan(session, records, span, period, calendar, threshold)
        ledger = forms.form_ledger(records, cell[0], plan)
        narrowed = cell_of(session, records, cell[1].measures[0], ledger, plan, only or ())
        found = explained(cell[0], cell[1], ledger, plan, narrowed)
    else:
        known = measure_of(measure)
        # What stands beyond the top of a report depends on the year that it compares with.
        plan = one_year(plan_of(session, span, period, calendar, None if most else "none", threshold, records))
        ledger = ledger_of(records, plan, [known])
        found = explanation(known, ledger, plan, cell_of(session, records, known, ledger, plan, only or (), most), most)
    if form == "json":
        deliver(session, explanation_json(found), output, force)
        return
    said = session.language.say(f"span.{plan.part}", year=str(plan.year))
    deliver(session, session.render.explanation(found, said, EXACT, is_screen=output is None), output, force)
