"""What `report`, `explain` and `close` share: which period is meant, and the ledger of its records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

from danvan.cli.options import each, whole
from danvan.errors import Invalid
from danvan.formatting.choosing import chosen, near, spellings
from danvan.formatting.numbers import Scale
from danvan.formatting.parsing import FIRST_YEAR, LAST_YEAR
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
BETWEEN = re.compile("[-–—/]")  # stands between a month and its year; word processors make dashes of hyphens


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
        said, part = period_named(year, period)
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
        begin, end = _number(first), _number(last)
        if end < begin:
            raise Invalid("years", value=text)
        return end, "year", tuple(range(begin, end + 1))
    known, named = spellings(PARTS, "part-name"), fold(text[:-4])
    part = known.get(named) or known.get(named.removesuffix(" nam").removesuffix(" of"))
    if part:
        return _number(text[-4:]), part, ()  # "quý 3/2023", "năm 2023", "first half of 2023"
    if BETWEEN.search(text):
        return *_month(text), ()
    return _number(text), "year", ()


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit()


def _number(text: str) -> int:
    if not _is_year(text):
        raise Invalid("year", value=text)
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise Invalid("day_range", value=text)
    return int(text)


def _month(text: str) -> tuple[int, str]:
    """A month of a year: "2023-04", "4/2023"."""
    first, second = (half.strip() for half in BETWEEN.split(text, 1))
    year, month = (second, first) if _is_year(second) else (first, second)
    if _is_year(year) and _is_year(month):
        raise Invalid("years_span", value=text, first=min(year, month), last=max(year, month))
    part = part_of_year(month) if month.isascii() and month.isdigit() else None
    if part is None:
        raise Invalid("period" if not month.isdigit() else "month", value=text, year=year)
    return _number(year), part


def period_named(year: int, text: str, option: str = "--period") -> tuple[int, str]:
    """The year and the part of it that a text names; the year is `year` unless it says another.

    Raises:
        Invalid: it names none.
    """
    known = spellings(PARTS, "part-name")
    part = part_of_year(text) or known.get(fold(text))
    if part is None and BETWEEN.search(text):
        return _month(text)
    if part is None:
        raise Invalid("period", value=text, where=option, nearest=tuple(near(text, known)), family="part-name")
    return year, part


def _compared(text: str | None, year: int) -> int | None:
    if text is None:
        return year - 1
    if text.casefold() in NONE:
        return None
    if _number(text) == year:
        raise Invalid("compare_itself", value=text, where="--compare")
    return _number(text)


def _calendars(session: Session, asked: str | None) -> dict[str, ReportingCalendar]:
    """The calendar of every section: the one asked for, else the one that the office has settled on."""
    settled = session.office.calendars
    wanted = {section: asked or settled.get(section, "") for section in SECTIONS}
    return {section: _calendar(session, key) for section, key in wanted.items() if key}


def _calendar(session: Session, key: str) -> ReportingCalendar:
    named = chosen(key, [*CALENDARS, "custom"], "--calendar", "calendar-name")
    return custom_calendar(session.office.custom_start) if named == "custom" else CALENDARS[named]
