"""Which unit lies in which, as far as their names say.

A unit is free text. "Phường Trúc Bạch, Quận Ba Đình" names the smaller unit first, "Quận Ba Đình / Phường Trúc Bạch"
and "Quận Ba Đình > Phường Trúc Bạch" the larger one; either way the record lies in each unit that its text names.
A name without the sort of unit ("Ba Đình") means any sort. Accents, case and Unicode form do not count; "Q.", "P."
and the like are read in full, and what stands in brackets may be left out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from danvan.formatting.texts import fold

Name = tuple[str, str]  # the sort of unit, "" where it is not said, and the name

SORTS = ("thi tran", "thi xa", "thanh pho", "dac khu", "to dan pho", "quan", "huyen", "phuong", "tinh", "thon", "xa")
SHORT = {"q": "quan", "h": "huyen", "p": "phuong", "x": "xa", "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran"}
BRACKETS = re.compile(r"\([^()]*\)")
DOWNWARD = re.compile(r"[/>]")


def lies_in(unit: str, wanted: str) -> bool:
    """Whether `unit` is the unit `wanted` or lies below it; only what names no unit lies nowhere."""
    for bracketed in (unit, BRACKETS.sub(" ", unit)):
        path, sought = _path(bracketed), _path(wanted)
        starts = range(len(path) - len(sought) + 1)
        if sought and any(all(map(_means, sought, path[at:])) for at in starts):
            return True
    return False


def _means(wanted: Name, found: Name) -> bool:
    return wanted[1] == found[1] and wanted[0] in ("", found[0])


@lru_cache(maxsize=4096)  # a register has many records of few units
def _path(text: str) -> tuple[Name, ...]:
    """The units a text names, the largest first."""
    parts = DOWNWARD.split(text) if DOWNWARD.search(text) else text.split(",")[::-1]
    return tuple(_name(fold(part)) for part in parts if fold(part))


def _name(text: str) -> Name:
    first, _, rest = text.partition(" ")
    if rest and first in SHORT:
        text = f"{SHORT[first]} {rest}"
    for sort in SORTS:
        if text.startswith(f"{sort} "):
            return sort, text.removeprefix(f"{sort} ")
    return "", text
