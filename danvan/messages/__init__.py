"""The catalogues: everything danvan says, in Vietnamese and in English, under the same keys.

A catalogue is a dict from key to text; placeholders are `str.format` names. A word of a choice may list other
accepted spellings behind `|`; the first is the one that is shown. Only the catalogue in use is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Literal

LanguageCode = Literal["vi", "en"]
LANGUAGES: tuple[LanguageCode, ...] = ("vi", "en")
TOPICS = (
    "answers",
    "changes",
    "choices",
    "commands",
    "deadlines",
    "errors",
    "files",
    "forms",
    "help",
    "kinds",
    "manual",
    "outputs",
    "privacy",
    "prose",
    "query",
    "registers",
    "report",
    "schema",
    "settings",
    "status",
    "trust",
)


@cache
def catalogue(code: LanguageCode) -> Mapping[str, str]:
    """Every text of one language, by key."""
    texts: dict[str, str] = {}
    for topic in TOPICS:
        texts |= import_module(f"danvan.messages.{code}.{topic}").ENTRIES
    return texts
