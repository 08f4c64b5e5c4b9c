"""What `report`, `explain` and `close` share: which period is meant, and the ledger of its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

from danvan.cli.options import each, read_year, whole
from danvan.errors import Invalid
from danvan.formatting.choosing import chosen, near, spellings
from danvan.formatting.numbers import Scale
from danvan.formatting.parts import BETWEEN, is_year, part_named
from danvan.formatting.style import Style, Telling
from danvan.formatting.texts import fold
from danvan.periods import CALENDARS, PARTS, ReportingCalendar, custom_calendar, part_of_year
from danvan.records import KINDS, Closing
from danvan.reports import MEASURES, SECTIONS, Ledger, Measure, Plan, Report, yearly
from danvan.reports.daily import uncountable
from danvan.reports.measures import RUNNING
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union

NONE = ("none", "không", "khong")


def plan_of(
    session: Session,
    span: str,
    period: str | None = None,
    calendar: str | None = None,
    compare: str | None = None,
    threshold: str | None = None,
    records: Register | Union | None = None,
    section: Sequence[str] | None = None,
) -> Plan:
    """The plan that a command line asks for: "2023", "2023-04" or "2019..2023".

    Raises:
        Invalid: one of the texts names no year, part of a year, calendar or section.
    """
    asked = each(section or SECTIONS, lambda name: chosen(name, SECTIONS, "--section", "section"))
    year, part, years = _span(span)
    if period:
        if part != "year":
            raise Invalid("period_twice", value=span, where="--period")
        said, part = period_asked(year, period)
        if said != year:
            raise Invalid("period_year", value=period, year=str(year), where="--period")
    return Plan(
        year,
        part,
        _compared(compare, year),
        years,
        _calendars(session, calendar),
        whole(threshold, "--threshold", 2) if threshold else session.office.threshold,
        session.office.threshold,
        tuple(records.read) if records else (),
        tuple(key for key in SECTIONS if key in asked),
        session.today,
    )


def one_year(plan: Plan) -> Plan:
    """The plan, if it is of one year.

    Raises:
        Invalid: several years were asked for where one is told at a time.
    """
    if plan.years:
        raise Invalid("one_year", value=f"{plan.years[0]}..{plan.years[-1]}", where="YEAR")
    return plan


def ledger_of(records: Register | Union, plan: Plan, measures: Sequence[Measure] = MEASURES) -> Ledger:
    """Every record that measures can count in the periods of a plan."""
    kinds = tuple(KINDS[kind] for kind in dict.fromkeys(measure.kind for measure in measures))
    ever = RUNNING if any(measure.by == RUNNING for measure in measures) else ""
    return Ledger(records.scan(kinds, plan.span(), status=ever), calendar=plan.calendar("models"))


def report_of(records: Register | Union, plan: Plan) -> Report:
    """The report that a plan asks for."""
    closings = closings_of(records, plan)
    return yearly(summed_ledger(records, plan, closings), plan, closings)


def summed_ledger(records: Register | Union, plan: Plan, closings: Iterable[Closing] = ()) -> Ledger:
    """As `ledger_of`, with the figures of plain records by the day where the register has an index.

    Such a ledger answers what the figures of the plan are, and those that closings are held against, not which
    records make them up.
    """
    span = plan.span()
    found = records.summed(span)
    if found is None:
        return ledger_of(records, plan)
    daily, others = found
    thresholds = (plan.threshold, *(one.threshold for one in closings if one.threshold))
    whole = tuple(uncountable(daily, others, span, thresholds))
    entries = [entry for entry in others if type(entry.record) not in whole]
    if whole:
        entries += records.scan(whole, span, status=RUNNING)
    tallies = {tag: daily for tag, kind in KINDS.items() if kind not in whole}
    return Ledger(entries, tallies, plan.calendar("models"))


def closings_of(records: Register | Union, plan: Plan) -> list[Closing]:
    """The closings of the periods that a plan speaks of."""
    found = (entry.record for entry in records.scan([Closing], plan.span()))
    return [record for record in found if isinstance(record, Closing)]


def style_of(given: Mapping[str, Any]) -> Style:
    """The style that the options ask for.

    Raises:
        Invalid: one of them has no such value.
    """
    money: Any = chosen(given["money"] or "auto", get_args(Scale), "--money", "scale")
    change: Any = chosen(given["change"], get_args(Telling), "--change", "telling") if given["change"] else None
    return Style(
        money,
        whole(given["round"], "--round", 1) if given["round"] else 1,
        given["pad"],
        whole(given["decimals"], "--decimals", 0) if given["decimals"] else 1,
        change,
    )


def _span(text: str) -> tuple[int, str, tuple[int, ...]]:
    first, dots, last = text.partition("..")
    if dots:
        begin, end = read_year(first), read_year(last)
        if end < begin:
            raise Invalid("years", value=text)
        return end, "year", tuple(range(begin, end + 1))
    found = part_named(text)
    if found is None:
        raise _unnamed(text) if BETWEEN.search(text) else Invalid("year", value=text)
    return *found, ()


def _unnamed(text: str) -> Invalid:
    """Why a text that seems to be a month of a year names none."""
    first, second = (half.strip() for half in BETWEEN.split(text, 1))
    year, month = (second, first) if is_year(second) else (first, second)
    if is_year(year) and is_year(month):
        return Invalid("years_span", value=text, first=min(year, month), last=max(year, month))
    if is_year(year) or not month.isdigit():
        return Invalid("month" if month.isdigit() else "period", value=text, year=year)
    return Invalid("year", value=text)


def period_asked(year: int, text: str, option: str = "--period") -> tuple[int, str]:
    """The year and the part of it that a text names; the year is `year` unless it says another.

    Raises:
        Invalid: it names none.
    """
    known = spellings(PARTS, "part-name")
    part = part_of_year(text) or known.get(fold(text))
    found = (year, part) if part else part_named(text)
    if found:
        return found
    if BETWEEN.search(text):
        raise _unnamed(text)
    raise Invalid("period", value=text, where=option, nearest=tuple(near(text, known)), family="part-name")


def _compared(text: str | None, year: int) -> int | None:
    if text is None:
        return year - 1
    if text.casefold() in NONE:
        return None
    if read_year(text) == year:
        raise Invalid("compare_itself", value=text, where="--compare")
    return read_year(text)


def _calendars(session: Session, asked: str | None) -> dict[str, ReportingCalendar]:
    """The calendar of every section: the one asked for, else the one that the office has settled on."""
    settled = session.office.calendars
    wanted = {section: asked or settled.get(section, "") for section in SECTIONS}
    return {section: _calendar(session, key) for section, key in wanted.items() if key}


def _calendar(session: Session, key: str) -> ReportingCalendar:
    named = chosen(key, [*CALENDARS, "custom"], "--calendar", "calendar-name")
    return custom_calendar(session.office.custom_start) if named == "custom" else CALENDARS[named]
