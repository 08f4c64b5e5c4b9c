"""`close YEAR`: declare the figures of a period final."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from danvan.cli.figures import closings_of, plan_of, summed_ledger
from danvan.cli.options import each, offers
from danvan.cli.spans import CalendarOption, PeriodOption, Threshold, YearArgument
from danvan.cli.telling import tell
from danvan.errors import Refused
from danvan.formatting.choosing import chosen
from danvan.reports import SECTIONS, Plan, Section, yearly
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
    """Write a closing for each section of each year that has figures; what did not change is left alone."""
    asked = each(section or SECTIONS, lambda name: chosen(name, SECTIONS, "--section", "section"))
    plan = plan_of(session, span, period, calendar, "none", threshold)
    plans = [plan._replace(year=year, years=()) for year in plan.years or (plan.year,)]
    wanted = [(one, part) for one in plans for part in _known(session, one) if part.key in asked]
    if not wanted:
        raise Refused("nothing_to_close")
    for blank in (one for one in plans if all(one is not other for other, _ in wanted)):
        session.notice("nothing_closed", span=_span(session, blank))
    pending = [(one, part) for one, part in wanted if _is_pending(part)]
    if not pending:
        titles = dict.fromkeys(_title(session, part) for _, part in wanted)
        raise Refused("already_closed", section=", ".join(titles))
    _warn_of_days_to_come(session, [part for _, part in pending])
    entries = session.register.add_many([closing(part) for _, part in pending])
    for (one, part), entry in zip(pending, entries, strict=True):
        tell(_answer(session, one, part, entry.id))
    tell(session.language.say("close.undo"))


def _warn_of_days_to_come(session: Session, sections: Iterable[Section]) -> None:
    """Say which periods are not over: a year may well be closed some days before its end, but nobody by mistake."""
    last = {part.key: part.period.last for part in sections if part.period.last > session.today}
    for day in sorted(set(last.values())):
        titles = (session.language.say(f"section.{key}") for key, ends in last.items() if ends == day)
        session.notice("closed_early", section=", ".join(titles), day=day)


def _known(session: Session, plan: Plan) -> Iterator[Section]:
    """The sections of which something is known in a period."""
    report = yearly(summed_ledger(session.register, plan), plan, closings_of(session.register, plan))
    yield from (one for one in report.sections if any(row.now.value is not None for row in one.rows))


def _answer(session: Session, plan: Plan, section: Section, number: int) -> str:
    done = closing(section)
    return session.language.say(
        "close.done",
        section=_title(session, section),
        span=_span(session, plan),
        count=len(done.figures),
        checksum=done.checksum,
        id=str(number),
    )


def _span(session: Session, plan: Plan) -> str:
    return session.language.say(f"span.{plan.part}", year=str(plan.year))


def _is_pending(section: Section) -> bool:
    return section.closing is None or bool(section.corrections)


def _title(session: Session, section: Section) -> str:
    return session.language.say(f"section.{section.key}")
