"""`close YEAR`: declare the figures of a period final."""

from __future__ import annotations

from typing import Annotated

import typer

from danvan.cli.figures import closings_of, plan_of, summed_ledger
from danvan.cli.options import offers
from danvan.cli.spans import CalendarOption, PeriodOption, Threshold, YearArgument
from danvan.errors import Refused
from danvan.formatting.choosing import chosen
from danvan.reports import SECTIONS, Section, yearly
from danvan.reports.closings import closing
from danvan.session import Session

SectionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--section", metavar="SECTION", help=offers("option.section", "section", SECTIONS), rich_help_panel="which"
    ),
]


def close(
    session: Session,
    span: YearArgument,
    period: PeriodOption,
    calendar: CalendarOption,
    section: SectionOption,
    threshold: Threshold,
) -> None:
    """Write a closing for each section that has figures; what was closed and did not change is left alone."""
    asked = [chosen(name, SECTIONS, "--section", "section") for name in section or SECTIONS]
    plan = plan_of(session, span, period, calendar, "none", threshold)
    report = yearly(summed_ledger(session.register, plan), plan, closings_of(session.register, plan))
    known = [one for one in report.sections if any(row.now.value is not None for row in one.rows)]
    wanted = [one for one in known if one.key in asked]
    if not wanted:
        raise Refused("nothing_to_close")
    pending = [one for one in wanted if _is_pending(one)]
    if not pending:
        raise Refused("already_closed", section=", ".join(_title(session, one) for one in wanted))
    entries = session.register.add_many([closing(one) for one in pending])
    say = session.language.say
    said = say(f"span.{plan.part}", year=str(plan.year))
    for one, entry in zip(pending, entries, strict=True):
        done = closing(one)
        typer.echo(
            say(
                "close.done",
                section=_title(session, one),
                span=said,
                count=len(done.figures),
                checksum=done.checksum,
                id=str(entry.id),
            )
        )
    typer.echo(say("close.undo"))


def _is_pending(section: Section) -> bool:
    return section.closing is None or bool(section.corrections)


def _title(session: Session, section: Section) -> str:
    return session.language.say(f"section.{section.key}")
