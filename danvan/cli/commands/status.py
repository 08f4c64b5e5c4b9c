"""`status`, and `danvan` alone: where things stand, and what to type next."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from danvan.cli.commands.due import open_tasks
from danvan.cli.figures import plan_of, report_of
from danvan.cli.telling import tell, window
from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers import figure_cell, measure_in_full
from danvan.records import KINDS, happenings
from danvan.reports import BY_KEY, SECTIONS, Row
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union

SHOWN = ("models.registered", "receptions.turns", "inspections.launched", "duty_checks.total")
LARGE = 1 << 24  # bytes: counting deadlines in more than that is left to `due`
NEXT = ("add-reception", "due", "report", "help")
PAST = ("add-reception", "due", "report_past", "help")
FIRST = ("demo", "init", "add-model", "import", "help")
MEGABYTE = 1 << 20


class Yearly(NamedTuple):
    """A row of a report and its reporting year, by the calendar of its section."""

    year: int
    row: Row


class Standing(NamedTuple):
    """Where things stand.

    Attributes:
        rows: the figures of this year and of the whole year before; where neither has any, of the last one that has.
            Where none of `SHOWN` is known, what else is.
        overdue, soon: how many receptions are overdue or due within days; None where counting would take long.
    """

    is_past: bool
    size: int
    changed: datetime
    rows: Sequence[Yearly]
    overdue: int | None
    soon: int | None

    @property
    def years(self) -> list[int]:
        """The reporting years that figures are of, the earliest first; sections may follow different calendars."""
        return sorted({one.year for one in self.rows})


def status(session: Session) -> None:
    """Show the register, this year's figures, what presses, and what to type next."""
    files = [path for path in session.paths if path.exists()]
    if not files:
        answer = _json(session, None) if session.json else "\n".join(_welcome(session))
    else:
        found = _standing(session)
        answer = _json(session, found) if session.json else "\n".join(_told(session, found))
    tell(answer)


def _standing(session: Session) -> Standing:
    records, stats = session.reading(()), [path.stat() for path in session.paths]
    size = sum(stat.st_size for stat in stats)
    is_past, rows = _latest(session, records)
    tasks = list(open_tasks(session, records, [])) if size <= LARGE else None
    return Standing(
        is_past,
        size,
        datetime.fromtimestamp(max(stat.st_mtime for stat in stats)),
        rows,
        None if tasks is None else sum(task.is_overdue for task in tasks),
        None if tasks is None else sum(task.is_soon for task in tasks),
    )


def _figures(session: Session, records: Register | Union, day: date) -> Sequence[Yearly]:
    """The figures of the reporting years that a day belongs to."""
    plan = plan_of(session, str(day.year), records=records)
    years = {section: plan.calendar(section).year_of(day) for section in SECTIONS}
    plans = {year: plan_of(session, str(year), records=records) for year in set(years.values())}
    reports = {year: report_of(records, plan) for year, plan in plans.items()}
    shown = [Yearly(years[BY_KEY[key].section], reports[years[BY_KEY[key].section]].row(key)) for key in SHOWN]
    if any(one.row.is_known for one in shown):
        return shown
    rows = (Yearly(year, row) for year, found in reports.items() for row in found.rows)
    return [*shown, *(one for one in rows if one.row.is_known and one.year == years[one.row.measure.section])]


def _latest(session: Session, records: Register | Union) -> tuple[bool, Sequence[Yearly]]:
    """Whether the last figures are of a year past, and they: else those of this year, as of the one before."""
    rows = _figures(session, records, session.today)
    if session.union is None and not any(one.row.is_known for one in rows):
        for day in _last_days(session):
            past = _figures(session, records, day)
            if any(one.row.now.value is not None for one in past):
                return True, past
    return False, rows


def _last_days(session: Session) -> Iterator[date]:
    """The last day of each year past on which something happened to one of the newest records, the latest first."""
    newest = (one.record for kind in KINDS.values() for one in session.register.newest(kind, lambda _unit: True))
    days = sorted({day for record in newest for day in (record.date, *happenings(record))}, reverse=True)
    for year, of_year in groupby(days, key=attrgetter("year")):
        if year < session.today.year:
            yield next(of_year)


def _told(session: Session, found: Standing) -> Iterator[str]:
    say, language = session.language.say, session.language
    yield say("status.register", path=", ".join(map(str, session.paths)), size=_sized(found.size, language))
    yield say("status.changed", day=found.changed.date(), time=f"{found.changed:%H:%M}")
    yield ""
    if found.is_past:
        yield say("status.since", year=str(found.years[-1]))
    this, last = ("/".join(map(str, years)) for years in (found.years, [year - 1 for year in found.years]))
    head = say("status.whole" if found.is_past else "status.so_far", year=this)
    yield from _aligned([("", head, say("status.whole", year=last)), *_cells(found, language)])
    yield ""
    if found.overdue is None:
        yield say("status.due_large")
    elif found.overdue or found.soon:
        yield say("status.due", overdue=found.overdue, soon=found.soon)
    else:
        yield say("status.nothing_due")
    yield ""
    names = PAST if found.is_past else NEXT
    yield from _commands(names if session.union is None else names[1:], session, found.years)  # several are only read


def _cells(found: Standing, language: Language) -> Iterator[tuple[str, str, str]]:
    style = Style()
    for year, row in found.rows:
        cells = (figure_cell(figure, row.measure.unit, language, style).text for figure in (row.now, row.before))
        label = measure_in_full(row.measure.key, language) + (f" ({year})" if found.years[1:] else "")
        yield (label, *cells)  # type: ignore[misc]


def _welcome(session: Session) -> Iterator[str]:
    yield session.language.say("status.welcome", path=", ".join(map(str, session.paths)))
    yield ""
    yield from _commands(FIRST, session, [session.today.year])


def _commands(names: Sequence[str], session: Session, years: Sequence[int]) -> Iterator[str]:
    say = session.language.say
    said = ((say(f"status.type.{name}", year=str(year)), say(f"status.why.{name}")) for name in names for year in years)
    rows = list(dict.fromkeys(said))
    width = max(len(typed) for typed, _ in rows)
    yield from (f"  {typed:{width}}   {why}" for typed, why in rows)


def _aligned(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Words to the left, figures to the right; in a window too narrow for that, figures below what they are about."""
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    if sys.stdout.isatty() and sum(widths) + 3 * len("  ") > window():
        (_, this, last), *figures = rows
        for label, now, before in figures:
            yield from (f"  {label}", f"    {this}: {now}", f"    {last}: {before}")
        return
    for label, now, before in rows:
        yield f"  {label:{widths[0]}}  {now:>{widths[1]}}  {before:>{widths[2]}}"


def _sized(size: int, language: Language) -> str:
    """A size in MB, or in kB below one."""
    unit, count = ("MB", size / MEGABYTE) if size >= MEGABYTE else ("kB", size / 1024)
    return f"{language.fact(max(round(count), 1))} {unit}"


def _json(session: Session, found: Standing | None) -> str:
    head: dict[str, Any] = {"version": VERSION, "registers": [str(path) for path in session.paths]}
    if found is None:
        return as_json(head | {"exists": False})
    figures = {
        row.measure.key: {"year": year, "value": row.now.value, "previous": row.before.value}
        for year, row in found.rows
    }
    due = {"overdue": found.overdue, "soon": found.soon}
    changed = found.changed.isoformat(timespec="seconds")
    return as_json(
        head
        | {
            "exists": True,
            "bytes": found.size,
            "changed": changed,
            "year": found.years[0],
            "figures": figures,
            "due": due,
        }
    )
