"""`report YEAR`: the figures of a period beside those of another."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

import typer

from danvan.cli.options import RegisterOption, chosen_format
from danvan.cli.output import ENDINGS, Force, deliver, format_of
from danvan.cli.spans import CalendarOption, CompareOption, PeriodOption, Threshold, YearArgument
from danvan.errors import Invalid
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
Explain = Annotated[str | None, typer.Option("--explain", metavar="MEASURE", help="option.explain")]
ReportFile = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="option.report_output")]
SmallCells = Annotated[str | None, typer.Option("--small-cells", metavar="N", help="option.small_cells")]
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
    explain: Explain,
    small_cells: SmallCells,
    register: RegisterOption = None,
) -> None:
    """Print a report, or write it as a page, a workbook or a document, with breakdowns if they are asked for."""
    if explain:
        if small_cells:
            raise Invalid("small_cells_explain", where="--small-cells")
        told = import_module("danvan.cli.explain").explain
        told(session, span, explain, period, calendar, None, threshold, format, register)
        return
    form = _form(session, format, output, template)
    how = {"money": money, "round": round, "pad": pad, "decimals": decimals, "change": change}
    which = {"period": period, "calendar": calendar, "compare": compare, "threshold": threshold}
    records = session.reading(register or ())
    # Reports, and what writes them, load only where a report is made.
    reporting = import_module("danvan.cli.reporting")
    asked = reporting.asked(session, records, span, which, how, by or [], measure, top, small_cells)
    if form == "docx":
        answer = asked.docx(Path(template).expanduser() if template else layout_of(session, layout))
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


def layout_of(session: Session, text: str | None) -> Layout:
    """The layout of documents: the one asked for, else the office's."""
    wanted = (text or session.office.layout).casefold()
    for layout in LAYOUTS:
        if layout == wanted:
            return layout
    raise Invalid("choice", value=wanted, choices=", ".join(LAYOUTS), where="--layout")
