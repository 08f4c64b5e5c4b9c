"""`explain YEAR MEASURE`: the records behind a number of the report or, as "01/TCD:8", of a form."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from danvan.cli.cells import cell_of
from danvan.cli.figures import ledger_of, one_year, plan_of
from danvan.cli.measures import listed, measure_of
from danvan.cli.options import RegisterOption, whole
from danvan.cli.output import Force, OutputFile, deliver, format_of, format_option
from danvan.cli.spans import CalendarOption, OneYearArgument, PeriodOption, Threshold
from danvan.errors import Invalid
from danvan.exchange.outgoing.figures import explanation_json
from danvan.formatting.style import EXACT
from danvan.reports import Ledger, Measure, Plan
from danvan.reports.explanations import Explanation, explanation
from danvan.reports.filled_forms import explained
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.reports.forms import Form, FormColumn
    from danvan.store import Register, Union

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
    one_span: OneYearArgument,
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
        plan = one_year(plan_of(session, one_span, period, calendar, "none", threshold, records))
        deliver(session, listed(session, records, plan, form, is_screen=output is None), output, force)
        return
    most = whole(top, "--top", 1) if top else None
    found, plan = Question(session, records, (one_span, period, calendar), threshold, only or (), most).answer(measure)
    if form == "json":
        deliver(session, explanation_json(found), output, force)
        return
    said = session.language.say(f"span.{plan.part}", year=str(plan.year))
    deliver(session, session.render.explanation(found, said, EXACT, is_screen=output is None), output, force)


class Question(NamedTuple):
    """When a number is asked about, and which part of it: the texts of the command line."""

    session: Session
    records: Register | Union
    days: tuple[str, str | None, str | None]  # YEAR, --period, --calendar
    threshold: str | None
    only: Sequence[str]
    most: int | None

    def answer(self, text: str) -> tuple[Explanation, Plan]:
        """The records behind the measure, or the column of a form like "01/TCD:8", that `text` names."""
        if "/" in text or ":" in text:
            forms = import_module("danvan.cli.commands.statutory_form")
            cell = forms.form_cell(text)
            if cell and self.most:
                raise Invalid("rest_of_form", where="--top")
            if cell:
                return self._of_column(forms, *cell)
        return self._of_measure(measure_of(text))

    def _of_column(self, forms: ModuleType, form: Form, column: FormColumn) -> tuple[Explanation, Plan]:
        plan: Plan = forms.form_plan(self.session, self.records, *self.days, self.threshold)
        ledger: Ledger = forms.form_ledger(self.records, form, plan)
        only = cell_of(self.session, self.records, column.measures[0], ledger, plan, self.only)
        return explained(form, column, ledger, plan, only), plan

    def _of_measure(self, measure: Measure) -> tuple[Explanation, Plan]:
        # What stands beyond the top of a report depends on the year that it compares with.
        compare = None if self.most else "none"
        plan = one_year(plan_of(self.session, *self.days, compare, self.threshold, self.records))
        ledger = ledger_of(self.records, plan, [measure])
        only = cell_of(self.session, self.records, measure, ledger, plan, self.only, self.most)
        return explanation(measure, ledger, plan, only, self.most), plan
