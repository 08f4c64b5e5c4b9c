"""`due`: what is to be done about open receptions, by when, and which rule says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from danvan.agenda import Agenda, Task
from danvan.cli.options import RegisterOption, UnitOption, days_asked, whole
from danvan.cli.output import Force, OutputFile, deliver, format_of, format_option
from danvan.deadlines import deadline
from danvan.exchange.outgoing.agenda import agenda_csv, agenda_json
from danvan.queries.units import lies_in_any, units_asked
from danvan.records import Reception, fields
from danvan.render.agenda_view import agenda_view
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union

# What an open reception's line does not contain: a large register has few open ones, and decoding costs time.
CLOSED = re.compile(
    b'"to":"|"void":"|"outcome":"(?:%s)"'
    % "|".join(code for code in fields(Reception)[Reception.STATE].choices if code not in Reception.OPEN).encode()
)
FORMATS = ("table", "json", "csv")
LIMIT = 20

Within = Annotated[str | None, typer.Option("--within", metavar="DAYS", help="option.within", rich_help_panel="which")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="option.until_due", rich_help_panel="which")]
Limit = Annotated[str | None, typer.Option("--limit", metavar="N", help="option.limit_due", rich_help_panel="shown")]
Format = Annotated[str | None, format_option(FORMATS)]


def due(
    session: Session,
    within: Within,
    until: Until,
    unit: UnitOption,
    limit: Limit,
    format: Format,
    output: OutputFile,
    force: Force,
    register: RegisterOption = None,
) -> None:
    """Show open receptions with their deadlines, overdue first; suspended ones last."""
    form = format_of(session, format, output, FORMATS)
    days = _days(session, within, until)
    is_screen = form == "table" and output is None and session.render.is_terminal
    most = whole(limit, "--limit", 1) if limit else LIMIT if is_screen else None
    found = open_tasks(session, session.reading(register or ()), units_asked(unit))
    tasks = sorted((task for task in found if task.is_within(days)), key=Task.urgency)
    agenda = Agenda(session.today, tuple(tasks[:most]), len(tasks), sum(task.is_overdue for task in tasks))
    if form == "table" and not tasks:
        answer = session.language.say("due.nothing_within" if days is not None or unit else "due.nothing")
    else:
        answer = _written(session, agenda, form, is_screen=is_screen)
    deliver(session, answer, output, force, is_sheet=form == "csv")


def _days(session: Session, within: str | None, until: str | None) -> int | None:
    """Within how many days from now on tasks are wanted; None for all."""
    days = whole(within, "--within", 0) if within else None
    if until is None:
        return days
    end = days_asked("--until", until, session.today).high
    left = (end - session.today).days - 1 if end else None
    return left if days is None else days if left is None else min(days, left)


def _written(session: Session, agenda: Agenda, form: str, *, is_screen: bool) -> str:
    if form == "json":
        return agenda_json(agenda, session.language)
    if form == "csv":
        return agenda_csv(agenda, session.language)
    same_day = session.office.count_from == "same-day"
    return session.render.drawn(
        lambda width: agenda_view(agenda, session.language, width, counts_same_day=same_day), is_screen=is_screen
    )


def open_tasks(session: Session, records: Register | Union, units: Sequence[str]) -> Iterator[Task]:
    """The open receptions of some units, or all, with their deadlines."""
    today: date = session.today
    for entry in records.scan([Reception], skip=CLOSED.search):
        record = entry.record
        if not isinstance(record, Reception) or (units and not lies_in_any(record.unit, units)):
            continue
        found = deadline(record, session.office)
        if found:
            yield Task(entry.id, record, found, found.left(today))
