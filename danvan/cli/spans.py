"""The options that say which period, and what of it, is meant, shared by all commands that report."""

from __future__ import annotations

from typing import Annotated

import typer

from danvan.cli.options import offers
from danvan.reports import SECTIONS

YearArgument = Annotated[str, typer.Argument(metavar="YEAR", help="option.report_span")]
OneYearArgument = Annotated[str, typer.Argument(metavar="YEAR", help="option.one_span")]
PeriodOption = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="option.period", rich_help_panel="period")
]
CalendarOption = Annotated[
    str | None, typer.Option("--calendar", metavar="CALENDAR", help="option.calendar", rich_help_panel="period")
]
CompareOption = Annotated[
    str | None, typer.Option("--compare", metavar="YEAR", help="option.compare", rich_help_panel="period")
]
SectionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--section", metavar="SECTION", help=offers("option.section", "section", SECTIONS), rich_help_panel="which"
    ),
]
Threshold = Annotated[
    str | None, typer.Option("--threshold", metavar="N", help="option.threshold", rich_help_panel="period")
]
