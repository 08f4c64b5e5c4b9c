"""Days as people write them: 31/12/2023 in Vietnamese, 2023-12-31 in English."""

from __future__ import annotations

from datetime import date

from danvan.formatting.numbers import LanguageCode


def day(value: date, language: LanguageCode) -> str:
    """The day in figures, with two-digit day and month and four-digit year."""
    if language == "vi":
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return value.isoformat()
