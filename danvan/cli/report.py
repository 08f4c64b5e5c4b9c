"""`report YEAR`: the figures of a period beside those of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from danvan.cli.figures import (
    CalendarOption,
    CompareOption,
    PeriodOption,
    Threshold,
    YearArgument,
    closings_of,
    ledger_of,
    plan_of,
    style_of,
)
from danvan.cli.options import chosen_format, whole
from danvan.cli.output import ENDINGS, Force, deliver, format_of
from danvan.errors import Invalid
from danvan.exchange.figures import report_json
from danvan.exchange.markdown import report_markdown
from danvan.exchange.prose import paragraphs, prose
from danvan.formatting.style import Style
from danvan.papers import Paper, paper
from danvan.reports import BY_KEY, SECTIONS, Ledger, Plan, Report, yearly
from danvan.reports.breakdowns import Breakdown, breakdown, dimensions, headline
from danvan.session import Session

FORMATS = ("table", "text", "json", "markdown", "html", "svg", "xlsx", "docx")
REPORT_ENDINGS = {
    **ENDINGS,
    ".txt": "text",
    ".htm": "html",
    **{f".{name}": name for name in ("html", "svg", "xlsx", "docx")},
}

Format = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="option.format|table|text|json|markdown|html|svg|xlsx|docx"),
]
By = Annotated[list[str] | None, typer.Option("--by", metavar="DIMENSION", help="option.by")]
MeasureOption = Annotated[str | None, typer.Option("--measure", metavar="MEASURE", help="option.measure")]
Top = Annotated[str | None, typer.Option("--top", metavar="N", help="option.top")]
Money = Annotated[str | None, typer.Option("--money", metavar="SCALE", help="option.money")]
Round = Annotated[str | None, typer.Option("--round", metavar="N", help="option.round")]
Decimals = Annotated[str | None, typer.Option("--decimals", metavar="N", help="option.decimals")]
Pad = Annotated[bool, typer.Option("--pad", help="option.pad")]
Change = Annotated[str | None, typer.Option("--change", metavar="HOW", help="option.change")]
ReportFile = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="option.report_output")]
Template = Annotated[str | None, typer.Option("--template", metavar="FILE", help="option.template")]
LayoutOption = Annotated[str | None, typer.Option("--layout", metavar="party|state", help="option.layout")]
Layout = Literal["party", "state"]
LAYOUTS: tuple[Layout, ...] = ("party", "state")


def report(
    session: Session,
    span: YearArgument,
    period: PeriodOption,
    calendar: CalendarOption,
    compare: CompareOption,
    by: By,
    measure: MeasureOption,
    top: Top,
    format: Format,
    output: ReportFile,
    force: Force,
    money: Money,
    round: Round,
    decimals: Decimals,
    pad: Pad,
    change: Change,
    threshold: Threshold,
    template: Template,
    layout: LayoutOption,
) -> None:
    """Print a report, or write it as a page, a workbook or a document, with breakdowns if they are asked for."""
    form = _form(session, format, output, template)
    style = style_of({"money": money, "round": round, "pad": pad, "decimals": decimals, "change": change})
    plan = plan_of(session, span, period, calendar, compare, threshold)
    ledger = ledger_of(session.register, plan)
    figures = yearly(ledger, plan, closings_of(session.register, plan))
    tables = list(_breakdowns(ledger, plan, by, measure, top)) if by else []
    asked = Asked(session, figures, tables, style, span)
    if form == "docx":
        answer: str | bytes = asked.docx(template, layout)
    elif form == "table":
        answer = asked.table(is_screen=output is None)
    else:
        answer = getattr(asked, form)()
    deliver(session, answer, output, force)


def _form(session: Session, format: str | None, output: str | None, template: str | None) -> str:
    """The format asked for, by its name, by the name of the file, or by what goes with one format only."""
    guessed = format_of(output, REPORT_ENDINGS)
    if format is None and guessed is None and output and Path(output).suffix and not template and not session.json:
        raise Invalid("ending", value=Path(output).suffix, choices=", ".join(REPORT_ENDINGS), where="-o")
    form = chosen_format(format or (None if session.json else guessed or (template and "docx")), FORMATS, session)
    if template and form != "docx":
        raise Invalid("only_docx", where="--template")
    return form


class Asked(NamedTuple):
    """A report that was asked for, in each of its forms."""

    session: Session
    figures: Report
    tables: Sequence[Breakdown]
    style: Style
    span: str

    @property
    def paper(self) -> Paper:
        """The report laid out."""
        return paper(self.figures, self.session.language, self.style, self.session.office.name, self.tables)

    def table(self, *, is_screen: bool) -> str:
        """For the terminal: breakdowns alone where they were asked for."""
        if self.tables:
            return self.session.render.breakdowns(self.paper.breakdowns, is_screen=is_screen)
        return self.session.render.report(self.paper, is_screen=is_screen)

    def text(self) -> str:
        """The sentences."""
        words = prose(self.figures, self.session.language, self.style)
        if not self.tables:
            return words
        return f"{words}\n{self.session.render.breakdowns(self.paper.breakdowns, is_screen=False)}"

    def json(self) -> str:
        """For programs."""
        return report_json(self.figures, self.session.language, self.tables)

    def markdown(self) -> str:
        """For other people's pages."""
        return report_markdown(self.paper, self.session.language)

    def html(self) -> str:
        """A page."""
        said = paragraphs(self.figures, self.session.language, self.style)
        return self.session.report_html(self.paper, said)

    def svg(self) -> str:
        """A picture of the terminal."""
        return self.session.render.picture(self.paper, f"danvan report {self.span}")

    def xlsx(self) -> bytes:
        """A workbook."""
        return self.session.report_xlsx(self.paper, self.style)

    def docx(self, template: str | None, layout: str | None) -> bytes:
        """A document: the office's own template filled, or the one danvan brings along."""
        if template is not None:
            return self.session.report_docx(self.paper, self.style, Path(template).expanduser().read_bytes())
        blank = self.session.template_docx(layout_of(self.session, layout))
        return self.session.report_docx(self.paper, self.style, blank)


def layout_of(session: Session, text: str | None) -> Layout:
    """The layout of documents: the one asked for, else the office's."""
    wanted = (text or session.office.layout).casefold()
    for layout in LAYOUTS:
        if layout == wanted:
            return layout
    raise Invalid("choice", value=wanted, choices=", ".join(LAYOUTS), where="--layout")


def _breakdowns(ledger: Ledger, plan: Plan, by: list[str], measure: str | None, top: str | None) -> Iterator[Breakdown]:
    """The breakdown of each section that has the dimensions, or of the one measure that was asked for."""
    most = whole(top, "--top", 1) if top else None
    if len(by) > 2:
        raise Invalid("two_dimensions")
    if measure is not None and measure not in BY_KEY:
        raise Invalid("choice", value=measure, choices=", ".join(BY_KEY), where="--measure")
    found = [BY_KEY[measure]] if measure else [one for section in SECTIONS if (one := headline(section, by[0]))]
    wanted = [one for one in found if all(dimension in dimensions(one.kind) for dimension in by)]
    if not wanted:
        allowed = sorted({dimension for one in found or BY_KEY.values() for dimension in dimensions(one.kind)})
        raise Invalid("choice", value=", ".join(by), choices=", ".join(allowed), where="--by")
    tables = [breakdown(one, ledger, plan, by, most) for one in wanted]
    yield from (table for table in tables if measure or table.is_known)
