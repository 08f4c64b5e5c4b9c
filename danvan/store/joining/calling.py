"""What other registers call records that are called otherwise here.

The convention: a merge that brings a record under another name keeps that with the record's `Arrival`. Whatever comes
under such a name later on, in an export, a register or a union, is that record; what a register has under that name
itself is not. What was taken back and brought again has a name that follows from its first one, and is the same record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from danvan.naming import BLOCK, again
from danvan.store.decoding import Decoded, name_in
from danvan.store.file.image import Image
from danvan.store.joining.sides import Side

CALLED = b'"called":['


def brought_again(names: Collection[str]) -> dict[str, str]:
    """Those of some names that others of them have got where they were brought again, each with the first one."""
    found: dict[str, str] = {}
    blocks = Counter(name[:BLOCK] for name in names)
    asked = {name: name for name in names if blocks[name[:BLOCK]] > 1}
    while asked := {name: first for before, first in asked.items() if (name := _again(before)) in names}:
        found |= asked
    return found


def _again(name: str) -> str:
    return again(name.encode()).decode()


def called(image: Image, decoded: Decoded, names: Collection[str]) -> dict[str, str]:
    """Those of some names by which other registers call records, with the names that these have here."""
    found: dict[str, str] = {}
    for line in image.lines((CALLED,)) if names else ():
        record = decoded(line)
        found |= {other: record.uid for other in record.merged.called if other in names} if record.merged else {}
    if found:
        for line in image.present():
            found.pop(name_in(line.text).decode(errors="replace"), None)
    return found


def known(sides: Mapping[str, Iterable[Side]], here: Collection[str], there: Mapping[str, str]) -> dict[str, str]:
    """The names that records of other registers have, with those by which they are known.

    Two records of one register are two.

    Args:
        here: the names that this register has itself.
        there: what others call its records.
    """
    others = {one: uid for uid, found in sides.items() for side in found for one in side.called} | {**there}
    given: dict[str, set[str]] = defaultdict(set)
    for uid, found in sides.items():
        for side in found:
            given[side.source].add(uid)
    names: dict[str, str] = {}
    for uid, found in sorted(sides.items()):
        calls = [uid, *(one for side in found for one in side.called)]
        name = next((one if one in here else others[one] for one in calls if one in here or one in others), uid)
        name = _last(names, name)  # each of two may call the other
        if uid not in here and name != uid and not any(name in given[side.source] for side in found):
            names[uid] = name
            for side in found:
                given[side.source].add(name)
    return {uid: _last(names, name) for uid, name in names.items()}


def _last(names: Mapping[str, str], name: str) -> str:
    while name in names:
        name = names[name]
    return name
