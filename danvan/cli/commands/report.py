"""`report YEAR`: the figures of a period beside those of another."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from danvan.cli.options import RegisterOption, offers
from danvan.cli.output import Force, OutputFile, deliver, format_of, format_option
from danvan.cli.spans import CalendarOption, CompareOption, PeriodOption, SectionOption, Threshold, YearArgument
from danvan.cli.telling import aside
from danvan.errors import Invalid
from danvan.formatting.choosing import chosen
from danvan.formatting.language import quoted
from danvan.formatting.numbers import Scale
from danvan.formatting.style import Telling
from danvan.places import at
from danvan.records import LAYOUTS, Layout
from danvan.reports.breakdowns import every_dimension
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.cli.reporting import Asked
    from danvan.reports import Report

FORMATS = ("table", "text", "json", "markdown", "html", "svg", "xlsx", "docx")

Format = Annotated[str | None, format_option(FORMATS)]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="DIMENSION",
        help=offers("option.by", "dimension", every_dimension()),
        rich_help_panel="breakdown",
    ),
]
MeasureOption = Annotated[
    str | None, typer.Option("--measure", metavar="MEASURE", help="option.measure", rich_help_panel="breakdown")
]
Top = Annotated[str | None, typer.Option("--top", metavar="N", help="option.top", rich_help_panel="breakdown")]
Money = Annotated[
    str | None,
    typer.Option(
        "--money", metavar="SCALE", help=offers("option.money", "scale", get_args(Scale)), rich_help_panel="wording"
    ),
]
Round = Annotated[str | None, typer.Option("--round", metavar="N", help="option.round", rich_help_panel="wording")]
Decimals = Annotated[
    str | None, typer.Option("--decimals", metavar="N", help="option.decimals", rich_help_panel="wording")
]
Pad = Annotated[bool, typer.Option("--pad", help="option.pad", rich_help_panel="wording")]
Change = Annotated[
    str | None,
    typer.Option(
        "--change", metavar="HOW", help=offers("option.change", "telling", get_args(Telling)), rich_help_panel="wording"
    ),
]
Explain = Annotated[
    str | None, typer.Option("--explain", metavar="MEASURE", help="option.explain", rich_help_panel="breakdown")
]
NOT_MADE = ("csv", "pdf")  # what people ask for, and get otherwise
SmallCells = Annotated[
    str | None, typer.Option("--small-cells", metavar="N", help="option.small_cells", rich_help_panel="public")
]
Template = Annotated[
    str | None, typer.Option("--template", metavar="FILE", help="option.template", rich_help_panel="output")
]
LayoutOption = Annotated[
    str | None,
    typer.Option(
        "--layout", metavar="LAYOUT", help=offers("option.layout", "layout", LAYOUTS), rich_help_panel="output"
    ),
]


def report(
    session: Session,
    span: YearArgument,
    period: PeriodOption,
    section: SectionOption,
    calendar: CalendarOption,
    compare: CompareOption,
    by: By,
    measure: MeasureOption,
    top: Top,
    format: Format,
    output: OutputFile,
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
    how = {"money": money, "round": round, "pad": pad, "decimals": decimals, "change": change}
    if explain:
        if small_cells:
            raise Invalid("small_cells_explain", where="--small-cells")
        own = {"section": section, "compare": compare, "by": by, "measure": measure, "top": top}
        _refuse(own | how | {"template": template, "layout": layout})
        told = import_module("danvan.cli.commands.explain").explain
        told(session, span, explain, period, calendar, None, None, threshold, format, output, force, register)
        return
    if not by and (measure or top):
        raise Invalid("needs_by", where="--measure" if measure else "--top")
    form = _form(session, format, output, template)
    if section and form == "docx":  # the letter, and templates, have a place for each section
        raise Invalid("section_docx", where="--section")
    which = {"period": period, "calendar": calendar, "compare": compare, "threshold": threshold, "section": section}
    records = session.reading(register or ())
    # Reports, and what writes them, load only where a report is made.
    reporting = import_module("danvan.cli.reporting")
    asked = reporting.asked(session, records, span, which, how, by or [], measure, top, small_cells)
    blank = at(template) if template else layout_of(session, layout)
    if by and not asked.tables and form != "table":
        session.notice("no_breakdown")
    deliver(session, asked.written(form, blank, is_screen=output is None), output, force)
    _remark(session, asked, which, with_sections=form == "text" and not session.json)


def _remark(session: Session, asked: Asked, which: Mapping[str, Any], *, with_sections: bool) -> None:
    """Say beside a report what its reader should know and the report itself does not say."""
    if asked.is_covered:
        session.notice("public")
    if asked.begin > session.today:
        session.notice("to_come", day=asked.begin, today=session.today)
    _tell_unfinished(session, asked.figures, which)
    if with_sections:
        for key, remark in asked.remarks():
            aside(remark, key)


def _tell_unfinished(session: Session, figures: Report, which: Mapping[str, Any]) -> None:
    """Say that a period which is not over stands beside one that was, and what of it can be compared."""
    named = [(name, which[name]) for name in ("calendar", "compare")]
    named += [("section", section) for section in which["section"] or ()]
    options = "".join(f" --{name} {quoted(value)}" for name, value in named if value)
    for section in figures.sections:
        period, is_compared = section.period, any(row.change is not None for row in section.rows)
        if period.begin <= session.today < period.last and is_compared and not section.closing:
            session.notice("unfinished", last=period.last, year=str(figures.plan.compare))
            year, part = section.calendar.last_over(session.today)
            if period.covers(section.calendar.period(year, part)):
                again = f"{session.language.command('report')} {year} --period {part.removeprefix('m')}{options}"
                session.notice("unfinished_part", command=again)


def _refuse(given: Mapping[str, object]) -> None:
    """Refuse what says nothing to an explanation, rather than pass over it."""
    for name, value in given.items():
        if value:
            raise Invalid("explain_alone", where=f"--{name}")


def _form(session: Session, format: str | None, output: str | None, template: str | None) -> str:
    """The format asked for; a template goes with one format only."""
    is_told = format or session.json or (output and Path(output).suffix)
    wished = (format or (Path(output).suffix if output else "")).strip().removeprefix(".").casefold()
    if wished in NOT_MADE:
        raise Invalid(f"no_{wished}", where="--format" if format else "-o")
    form = format_of(session, "docx" if template and not is_told else format, output, FORMATS)
    if template and form != "docx":
        raise Invalid("only_docx", where="--template")
    return form


def layout_of(session: Session, text: str | None) -> Layout:
    """The layout of documents: the one asked for, else the office's."""
    layout: Any = chosen(text or session.office.layout, LAYOUTS, "--layout", "layout")
    return cast("Layout", layout)
