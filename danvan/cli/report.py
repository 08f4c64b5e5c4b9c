"""`report YEAR`: the figures of a year beside the year before."""

from __future__ import annotations

from typing import Annotated

import typer

from danvan.cli.options import chosen_format, read_year, whole
from danvan.exchange import prose, report_json
from danvan.periods import Period, year
from danvan.reports import Report, yearly
from danvan.session import Session
from danvan.store import Register

FORMATS = ("table", "text", "json")
# From how many people the article that danvan began with counts a large group; the statutory forms say 5.
THRESHOLD = 10

Year = Annotated[str, typer.Argument(metavar="YEAR", help="option.report_year")]
Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="option.format|table|text|json")]
Round = Annotated[str | None, typer.Option("--round", metavar="N", help="option.round")]
Threshold = Annotated[str | None, typer.Option("--threshold", metavar="N", help="option.threshold")]


def report(session: Session, number: Year, format: Format, round: Round, threshold: Threshold) -> None:
    """Print the yearly report as a table, as sentences or as JSON."""
    form = chosen_format(format, FORMATS, session)
    step = whole(round, "--round", 1) if round else 1
    large = whole(threshold, "--threshold", 2) if threshold else THRESHOLD
    figures = report_of(session.register, read_year(number).begin.year, large)
    if form == "json":
        typer.echo(report_json(figures, session.language))
    elif form == "text":
        typer.echo(prose(figures, session.language, step))
    else:
        session.render.report(figures)


def report_of(register: Register, number: int, threshold: int) -> Report:
    """The report of a year from the records that touch it or the year before."""
    both = Period(year(number - 1).begin, year(number).end)
    return yearly(register.scan(period=both), number, threshold)
