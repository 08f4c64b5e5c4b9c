"""Days as people write them: 31/12/2023 in Vietnamese, 2023-12-31 in English."""

from __future__ import annotations

from datetime import date, datetime

from danvan.formatting.numbers import LanguageCode

WHOLE_YEAR = {"vi": "cả năm {year}", "en": "all of {year}"}


def day(value: date, language: LanguageCode) -> str:
    """The day in figures, with two-digit day and month and four-digit year."""
    if language == "vi":
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return value.isoformat()


def span(first: date, last: date, language: LanguageCode) -> str:
    """The days from `first` to `last` as shortly as can be said without doubt: "01/01 – 30/06/2023"."""
    if first == last:
        return day(first, language)
    if (first.month, first.day, last) == (1, 1, date(first.year, 12, 31)):
        return WHOLE_YEAR[language].format(year=first.year)
    begin, end = day(first, language), day(last, language)
    if first.year == last.year:
        begin, end = (begin[:5], end) if language == "vi" else (begin, end[5:])
    return f"{begin} – {end}"


def moment(text: str, language: LanguageCode) -> str:
    """The moment of a writing, to the minute, at the place where it was written; what is none stays as it is."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{day(at.date(), language)} {at:%H:%M}"
