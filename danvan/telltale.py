"""Texts that tell who came, although the name is masked elsewhere; accents and case do not matter.

The convention: a name counts as a whole, or as people are called: by a title and the last word or two ("bà Bích Ngọc").
A word alone is in many texts, and a place without the number of a house is anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from danvan.formatting.texts import fold
from danvan.records import Record

# What stands between several names, and additions: "Nguyễn Văn An (đại diện), Trần Bình và vợ".
BETWEEN = re.compile(r"\([^)]*\)?|[,;:/+&\n–—]| - |\b(?:và|cùng|and)\b", re.IGNORECASE)
PLACE = re.compile(r".*\d|(phuong|xa|quan|huyen|to|thon|ap|khu|tinh|thanh pho|tp)\b")
TITLES = "ông|bà|anh|chị|cô|chú|bác|cụ|đồng chí|mr|mrs|ms"
TITLED = re.compile(rf"^(?:(?:{TITLES})\.? )+(?=\S)", re.IGNORECASE)
CALLED = re.compile(rf"\b(?:{TITLES})\.? +(\w+)(?: +(\w+))?", re.IGNORECASE)


def telltale(who: Record) -> Callable[[str], bool]:
    """What says of a text whether it names the citizen of a record, or gives the address."""
    names = _names_in(getattr(who, "citizen", ""))
    address = fold(getattr(who, "address", ""))
    whole = [name for name in names if " " in name] + [address] * _is_exact(address)
    found = re.compile(rf"\b(?:{'|'.join(map(re.escape, whole))})\b").search if whole else None
    called = {" ".join(name.split()[-count:]) for name in names for count in (1, 2)}
    return lambda text: (
        bool(found and found(fold(text))) or any(_is_called(one, called) for one in CALLED.finditer(text))
    )


def _names_in(citizen: str) -> list[str]:
    """The names in what was noted of who came, folded, without titles and additions."""
    parts = [part.strip() for part in BETWEEN.split(citizen) if part.strip()]
    others = [part for part in parts[1:] if all(word[0].isupper() for word in part.split())]  # "đại diện" is no name
    found = [fold(TITLED.sub("", part)) for part in (*parts[:1], *others)]
    return [name for name in found if name and not PLACE.match(name)]


def _is_exact(address: str) -> bool:
    return " " in address and any(map(str.isdigit, address))


def _is_called(found: re.Match[str], called: set[str]) -> bool:
    """Whether what follows a title is one of these ends of names; "bà Ngọc Lan" is no "Ngọc"."""
    first, second = found[1], found[2] or ""
    if not first[0].isupper():
        return False
    return fold(f"{first} {second}" if second[:1].isupper() else first) in called
