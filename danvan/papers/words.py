"""What stands around the figures of a report: periods, states, remarks, the names of measures and of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers.columns import figure_cell
from danvan.periods import CALENDARS, Period
from danvan.records import Closing
from danvan.reports import BY_KEY, Report, Section
from danvan.reports.report import Correction

MOST_IDS, MOST_AMOUNTS = 8, 4


def span_said(report: Report, language: Language) -> str:
    """The reported part of the year, "6 tháng đầu năm 2023", or of the years, or these."""
    years, part = report.plan.years, report.plan.part
    if years and part == "year":
        return language.say("span.years", first=str(years[0]), last=str(years[-1]))
    return language.say(f"span.{part}", year=f"{years[0]}–{years[-1]}" if years else str(report.plan.year))


def period_said(period: Period, language: Language) -> str:
    """The days that figures speak of."""
    return language.say("report.period", begin=period.begin, last=period.last)


def aspects_said(section: Section, today: date, language: Language) -> Iterator[str]:
    """By which calendar, unless it is the calendar year, whether the figures are final, or are by another calendar."""
    if section.calendar.key != "calendar":
        yield language.say(f"calendar.{section.calendar.key}", source=section.calendar.source)
    yield state_said(section.closing, section.period, today, language, is_corrected=section.is_corrected)
    if other := section.closed_otherwise:
        calendar = language.say(f"calendar.{other.calendar}", source=CALENDARS[other.calendar].source)
        yield language.say("report.closed_otherwise", day=other.on or "…", calendar=calendar)


def stated(period: str, aspects: Iterable[str]) -> str:
    """Period and aspects as a sentence."""
    return f"{period} ({'; '.join(aspects)})."


def state_said(
    closing: Closing | None, period: Period, today: date, language: Language, *, is_corrected: bool = False
) -> str:
    """Whether figures are final, and since when, and whether they changed after that; or that days are to come."""
    day = closing.on if closing else None
    if not day:
        return language.say("report.unfinished" if today < period.last else "report.provisional")
    return language.say("report.closed_corrected" if is_corrected else "report.closed", day=day)


def remarks_said(section: Section, language: Language, style: Style) -> Iterator[str]:
    """What was corrected after closing, and what a reader would ask about."""
    for correction in section.corrections:
        yield language.say("report.corrected", change=correction_said(correction, language, style))
    for remark in section.remarks:
        yield language.say(f"note.{remark.key}", ids=ids_said(remark.ids, language))


def correction_said(correction: Correction, language: Language, style: Style) -> str:
    """A figure as it was closed and as it is now: to the last đồng, if the difference might else be rounded away."""
    unit, both = BY_KEY[correction.measure].unit, (correction.closed, correction.now)
    exact = style.exactly(*(one.value for one in both if one.value is not None))
    closed, now = (figure_cell(one, unit, language, exact).text for one in both)
    return language.say(
        "report.correction", measure=measure_in_full(correction.measure, language), closed=closed, now=now
    )


def ids_said(ids: Sequence[int], language: Language) -> str:
    """Numbers of records in a sentence, the first few of many."""
    first = ", ".join(map(str, ids[:MOST_IDS]))
    return first if len(ids) <= MOST_IDS else language.say("note.more", ids=first, count=len(ids) - MOST_IDS)


def notes_said(report: Report, language: Language) -> Iterator[str]:
    """What holds for the whole report."""
    if report.plan.registers:
        yield language.say("report.registers", names=", ".join(report.plan.registers))
    if any(row.measure.is_of_groups for row in report.rows):
        yield language.say("report.threshold", threshold=report.plan.threshold)
    yield from closed_said(report, language)
    if report.is_incomplete:
        yield language.say("note.at_least")
    if report.is_covered:
        yield language.say("note.small_cells", least=report.least)


def closed_said(report: Report, language: Language) -> Iterator[str]:
    """That final figures were counted from another number of people on than those shown."""
    closings = [section.closing for section in report.sections if section.closing]
    for then in dict.fromkeys(one.threshold for one in closings if one.threshold not in (0, report.plan.threshold)):
        yield language.say("note.closed_threshold", then=then)


def rounding_said(rounded: Iterable[str], language: Language) -> Iterator[str]:
    """Which amounts of đồng are written rounded, the first few of many; nothing where none is."""
    amounts = tuple(dict.fromkeys(rounded))
    said, more = ", ".join(amounts[:MOST_AMOUNTS]), len(amounts) - MOST_AMOUNTS
    if more > 0:
        said = language.say("note.more_amounts", amounts=said, count=more)
    if amounts:
        yield language.say("note.rounded", amounts=said)


def measure_said(key: str, language: Language) -> str:
    """The name of a measure."""
    return language.say(f"measure.{key}").strip()


def measure_in_full(key: str, language: Language) -> str:
    """The name of a measure where it does not stand below the one it is a part of."""
    return language.say(f"full.{key}") if language.knows(f"full.{key}") else measure_said(key, language)
