"""`close YEAR`: declare the figures of a period final."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from danvan.cli.figures import plan_of, report_of
from danvan.cli.spans import CalendarOption, PeriodOption, SectionOption, Threshold, YearArgument
from danvan.cli.telling import tell
from danvan.errors import Refused
from danvan.exchange.documents import VERSION, as_json
from danvan.exchange.outgoing.figures import correction_document
from danvan.formatting.style import Style
from danvan.papers import correction_said
from danvan.records import Closing
from danvan.reports import Plan, Section
from danvan.reports.closings import closing
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Entry


def close(
    session: Session,
    span: YearArgument,
    period: PeriodOption,
    calendar: CalendarOption,
    section: SectionOption,
    threshold: Threshold,
) -> None:
    """Write a closing for each section of each year that has figures; what did not change is left alone."""
    plan = plan_of(session, span, period, calendar, "none", threshold, section=section)
    _refuse_what_is_to_come(session, plan)
    plans = [plan._replace(year=year, years=()) for year in plan.years or (plan.year,)]
    sections = [(one, part) for one in plans for part in report_of(session.register, one).sections]
    wanted = [(one, part) for one, part in sections if _is_known(part)]
    if not wanted:
        raise Refused("nothing_to_close")
    for one in plans:
        _tell_blanks(session, one, [part for other, part in sections if other is one])
    pending = [(one, part) for one, part in wanted if _is_pending(part, one.threshold)]
    if not pending:
        titles = dict.fromkeys(_title(session, part) for _, part in wanted)
        raise Refused("already_closed", section=", ".join(titles))
    _warn_of_days_to_come(session, [part for _, part in pending])
    entries = session.register.add_many([closing(part, one.threshold) for one, part in pending])
    if session.json:
        closed = [_document(part, entry) for (_, part), entry in zip(pending, entries, strict=True)]
        tell(as_json({"version": VERSION, "closed": closed}), whole=True)
        return
    for (one, part), entry in zip(pending, entries, strict=True):
        tell(_answer(session, one, part, entry))
        for line in _replaced(session, one, part):
            tell(line)
    tell(session.language.say("close.undo"))


def _refuse_what_is_to_come(session: Session, plan: Plan) -> None:
    begin = plan.span().begin
    if begin > session.today:
        raise Refused("not_begun", day=begin)


def _warn_of_days_to_come(session: Session, sections: Iterable[Section]) -> None:
    """Say which periods are not over: a year may well be closed some days before its end, but nobody by mistake."""
    last = {part.key: part.period.last for part in sections if part.period.last > session.today}
    for day in sorted(set(last.values())):
        titles = (session.language.say(f"section.{key}") for key, ends in last.items() if ends == day)
        session.notice("closed_early", section=", ".join(titles), day=day)


def _is_known(section: Section) -> bool:
    """Whether there is something to declare: figures, or that those which were declared are gone."""
    return section.closing is not None or any(row.now.value is not None for row in section.rows)


def _tell_blanks(session: Session, plan: Plan, sections: Sequence[Section]) -> None:
    """Say of which sections of a period nothing is known, so that they stay open."""
    blank = [part for part in sections if not _is_known(part)]
    if len(blank) == len(sections):
        session.notice("nothing_closed", span=_span(session, plan))
    elif blank:
        titles = ", ".join(_title(session, part) for part in blank)
        session.notice("section_not_closed", section=titles, span=_span(session, plan))


def _document(section: Section, entry: Entry) -> dict[str, object]:
    """A closing for programs."""
    assert isinstance(entry.record, Closing)
    period = {"from": section.period.begin, "to": section.period.last, "calendar": section.calendar.key}
    document = {"id": entry.id, "section": section.key, "period": period, "figures": entry.record.figures}
    document["at_least"] = entry.record.at_least
    if section.closing is None:
        return document
    corrections = [correction_document(one) for one in section.corrections]
    return document | {"replaces": {"closed": section.closing.at, "corrections": corrections}}


def _answer(session: Session, plan: Plan, section: Section, entry: Entry) -> str:
    assert isinstance(entry.record, Closing)
    count = len(entry.record.figures)
    return session.language.say("close.done", section=_title(session, section), span=_span(session, plan), count=count)


def _replaced(session: Session, plan: Plan, section: Section) -> Iterator[str]:
    """What a closing takes the place of: reports no longer show the corrections of the one before."""
    say, before = session.language.say, section.closing
    if before is None:
        return
    yield say("close.replaces", day=before.on or "…")
    if before.threshold not in (0, plan.threshold):
        yield say("close.threshold", now=plan.threshold, then=before.threshold)
    for one in section.corrections:
        yield say("close.corrected", change=correction_said(one, session.language, Style()))


def _span(session: Session, plan: Plan) -> str:
    return session.language.say(f"span.{plan.part}", year=str(plan.year))


def _is_pending(section: Section, threshold: int) -> bool:
    """Whether there is something to close: for the first time, anew, or with another threshold of large groups."""
    before = section.closing
    return before is None or bool(section.corrections) or before.threshold not in (0, threshold)


def _title(session: Session, section: Section) -> str:
    return session.language.say(f"section.{section.key}")
