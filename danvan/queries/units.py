"""Which unit lies in which, as far as their names say.

A unit is free text. "Phường Trúc Bạch, Quận Ba Đình" names the smaller unit first, "Quận Ba Đình / Phường Trúc Bạch"
and "Quận Ba Đình > Phường Trúc Bạch" the larger one; either way the record lies in each unit that its text names.
A name without the sort of unit ("Ba Đình") means any sort. Case and Unicode form do not count, and accents only where
both are typed with some (see `overlaps.same_unit`); "Q.", "P." and the like are read in full, and what stands in
brackets may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from danvan.errors import given_for
from danvan.formatting.texts import fold, sought
from danvan.overlaps import is_bare, same_unit, tiers, unit_key


class Name(NamedTuple):
    """A unit as a text names it: what sort it is, "" where it is not said; its own name; both, as typed."""

    sort: str
    own: str
    whole: str


SORTS = ("thi tran", "thi xa", "thanh pho", "dac khu", "to dan pho", "quan", "huyen", "phuong", "tinh", "thon", "xa")
SHORT = {"q": "quan", "h": "huyen", "p": "phuong", "x": "xa", "tp": "thanh pho", "tx": "thi xa", "tt": "thi tran"}
BRACKETS = re.compile(r"\([^()]*\)")
BETWEEN = re.compile(r"[\W_]+")


def units_asked(texts: Sequence[str] | None) -> tuple[str, ...]:
    """The units that `--unit` asks for; a blank text asks for what is of no unit.

    Raises:
        Invalid: `no_letter_or_figure`.
    """
    with given_for("--unit"):
        return tuple(text and sought(text) and text for text in map(str.strip, texts or ()))


def lies_in_any(unit: str, wanted: Iterable[str]) -> bool:
    """Whether a unit is, or lies below, one of those that were asked for; see `units_asked`."""
    return any(lies_in(unit, one) if one else not unit for one in wanted)


def lies_in(unit: str, wanted: str) -> bool:
    """Whether `unit` is the unit `wanted` or lies below it; only what names no unit lies nowhere."""
    for bracketed in (unit, BRACKETS.sub(" ", unit)):
        path, sought = _path(bracketed), _path(wanted)
        starts = range(len(path) - len(sought) + 1)
        if sought and any(all(map(_means, sought, path[at:])) for at in starts):
            return True
    return False


class Spelled:
    """Units as they are spelled, to find one that another text may be meant for."""

    def __init__(self, units: Iterable[str] = ()) -> None:
        self._keys: set[str] = set()
        self._alike: dict[tuple[str, str], list[str]] = {}
        for unit in units:
            self.add(unit)

    def add(self, unit: str) -> None:
        """Know a unit."""
        self._keys.add(unit_key(unit))
        for letters in _letters(unit):
            self._alike.setdefault(letters, []).append(unit)

    def like(self, unit: str) -> str:
        """The unit that a text which is none of these may be meant for; empty if there is none.

        What differs in capitals or spaces only is alike, and so is a name without its accents or the sort of unit.
        Two names with accents are of two units: "Thôn Đống", "Thôn Đông".
        """
        if unit_key(unit) in self._keys:
            return ""
        found = (one for letters in _letters(unit) for one in self._alike.get(letters, ()))
        return next((one for one in found if _is_alike(_path(unit)[-1], _path(one)[-1])), "")


def _is_alike(one: Name, other: Name) -> bool:
    """Whether a name may be meant for another one of the same letters."""
    if one.sort not in ("", other.sort) and (other.sort or not is_bare(other.own)):  # a "Tây Hồ" is not each of them
        return False
    words, others = one.own.split(), other.own.split()
    wholes = "".join(words), "".join(others)
    pairs = zip(words, others, strict=True) if len(words) == len(others) else [wholes]
    return all(unit_key(mine) == unit_key(its) or is_bare(mine) or is_bare(its) for mine, its in pairs)


def _letters(unit: str) -> list[tuple[str, str]]:
    """The letters of the larger units that a text names, and of the smallest one: with its sort, and without."""
    *larger, last = _path(unit) or (Name("", "", ""),)
    above = "/".join(_squeezed(name.whole) for name in larger)
    return [(above, letters) for name in (last.whole, last.own) if (letters := _squeezed(name))]


def _squeezed(name: str) -> str:
    return fold(name).replace(" ", "")


def _means(wanted: Name, found: Name) -> bool:
    if wanted.sort not in ("", found.sort):
        return False
    if unit_key(wanted.own) == unit_key(found.own):
        return True
    return same_unit(wanted.whole, found.whole if wanted.sort else found.own)


@lru_cache(maxsize=4096)  # a register has many records of few units
def _path(text: str) -> tuple[Name, ...]:
    """The units a text names, the largest first."""
    spelled = (normalize("NFKC", part) for part in tiers(text))  # a sign like "№" as the letters it stands for
    return tuple(_name(words) for part in spelled if (words := BETWEEN.sub(" ", part).split()))


def _name(words: list[str]) -> Name:
    first = fold(words[0])
    if first in SHORT and words[1:]:
        words = [*SHORT[first].split(), *words[1:]]
    for sort in SORTS:
        count = sort.count(" ") + 1
        if words[count:] and fold(" ".join(words[:count])) == sort:
            return Name(sort, " ".join(words[count:]), " ".join(words))
    return Name("", " ".join(words), " ".join(words))
