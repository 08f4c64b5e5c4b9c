"""The options that say which period is meant, shared by all commands that report; no room of reports is loaded."""

from __future__ import annotations

from typing import Annotated

import typer

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
Threshold = Annotated[
    str | None, typer.Option("--threshold", metavar="N", help="option.threshold", rich_help_panel="period")
]
