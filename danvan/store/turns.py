"""Which records of a register drafts are that say who came: names do not tell, so the register is looked into.

The convention: records that are the same but for who came have names that differ by their turn. A draft is the first
of them that names the same person in one of its versions; or else one of which identity was erased, for nobody is to
come back, and no name can tell any more who that was. What is none of them gets the next turn that is free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from danvan.naming import Told, told_apart, turned
from danvan.privacy import personal
from danvan.records import Record
from danvan.store.decoding import Decoded, name_in
from danvan.store.image import Image
from danvan.store.sides import content

Turn = tuple[bytes, int]  # the name of all but who came, and which of the records that have it in common


class Slot(NamedTuple):
    """A record of a register: its name, whom its versions name, and whether identity was erased from it."""

    name: bytes
    whos: Collection[bytes]
    is_erased: bool


def names(image: Image, decoded: Decoded, told: Mapping[bytes, Told], taken: Collection[bytes]) -> dict[bytes, bytes]:
    """The names of drafts that say who came: of a record of the register, or new.

    Args:
        told: what tells each of them from others.
        taken: the names of other drafts.
    """
    turns, slots = _turns(image, told), dict[bytes, list[Slot]]()
    versions = image.versions_of({number for number, _ in turns.values()})
    for (rest, _), (number, name) in sorted(turns.items()):
        history = [decoded(line) for line in versions[number]]
        if not (history[-1].void and history[-1].undoes):  # what was taken back may be brought again
            slots.setdefault(rest, []).append(_slot(name, history))
    found = _matched(told, slots)
    latest: Counter[bytes] = Counter()
    for uid, (rest, _) in told.items():
        while uid not in found:
            latest[rest] += 1
            name = turned(rest, latest[rest])
            if (rest, latest[rest]) not in turns and name not in taken:
                found[uid] = name
    return found


def _turns(image: Image, told: Mapping[bytes, Told]) -> dict[Turn, tuple[int, bytes]]:
    """The number and the name of each record of the register that has all but who came in common with a draft."""
    found: dict[Turn, tuple[int, bytes]] = {}
    ends = {rest: (1, count + 2) for rest, count in Counter(one.rest for one in told.values()).items()}
    while ends:
        asked = {turned(rest, turn): (rest, turn) for rest, (start, end) in ends.items() for turn in range(start, end)}
        met = {asked[name]: (line.number, name) for line in image.present() if (name := name_in(line.text)) in asked}
        found |= met
        more = {rest for rest, turn in met if turn + 1 == ends[rest][1]}
        ends = {rest: (ends[rest][1], 2 * ends[rest][1]) for rest in more}
    return found


def _slot(name: bytes, history: list[Record]) -> Slot:
    own = personal(type(history[-1]))
    told = filter(None, (told_apart(content(one)) for one in history))
    marks = (one.erased.fields for one in history if one.erased)
    return Slot(name, {one.who for one in told}, any(not set(own).isdisjoint(mark) for mark in marks))


def _matched(told: Mapping[bytes, Told], slots: Mapping[bytes, list[Slot]]) -> dict[bytes, bytes]:
    """The names of the records that drafts are; no record is two of them."""
    found: dict[bytes, bytes] = {}
    for is_it in _SAME:
        for uid, (rest, who) in told.items():
            free = slots.get(rest, [])
            slot = next((one for one in free if is_it(one, who)), None) if uid not in found else None
            if slot:
                found[uid] = slot.name
                free.remove(slot)
    return found


_SAME: tuple[Callable[[Slot, bytes], bool], ...] = (
    lambda slot, who: who in slot.whos,
    lambda slot, _: slot.is_erased,
)
