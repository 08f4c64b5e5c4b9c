"""`report YEAR`: the figures of a period beside those of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

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
from danvan.errors import Invalid
from danvan.exchange import prose, report_json
from danvan.reports import BY_KEY, SECTIONS, Ledger, Plan, yearly
from danvan.reports.breakdowns import Breakdown, breakdown, dimensions, headline
from danvan.session import Session

FORMATS = ("table", "text", "json")

Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="option.format|table|text|json")]
By = Annotated[list[str] | None, typer.Option("--by", metavar="DIMENSION", help="option.by")]
MeasureOption = Annotated[str | None, typer.Option("--measure", metavar="MEASURE", help="option.measure")]
Top = Annotated[str | None, typer.Option("--top", metavar="N", help="option.top")]
Money = Annotated[str | None, typer.Option("--money", metavar="SCALE", help="option.money")]
Round = Annotated[str | None, typer.Option("--round", metavar="N", help="option.round")]
Decimals = Annotated[str | None, typer.Option("--decimals", metavar="N", help="option.decimals")]
Pad = Annotated[bool, typer.Option("--pad", help="option.pad")]
Change = Annotated[str | None, typer.Option("--change", metavar="HOW", help="option.change")]


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
    money: Money,
    round: Round,
    decimals: Decimals,
    pad: Pad,
    change: Change,
    threshold: Threshold,
) -> None:
    """Print a report as a table, as sentences or as JSON, with breakdowns if they are asked for."""
    form = chosen_format(format, FORMATS, session)
    style = style_of({"money": money, "round": round, "pad": pad, "decimals": decimals, "change": change})
    plan = plan_of(session, span, period, calendar, compare, threshold)
    ledger = ledger_of(session.register, plan)
    figures = yearly(ledger, plan, closings_of(session.register, plan))
    if by:
        session.render.breakdowns(_breakdowns(ledger, plan, by, measure, top), style)
    elif form == "json":
        typer.echo(report_json(figures, session.language))
    elif form == "text":
        typer.echo(prose(figures, session.language, style))
    else:
        session.render.report(figures, style, session.office.name)


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
