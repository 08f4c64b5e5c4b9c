"""Which records of a register drafts are that say who came: names do not tell, so the register is looked into.

The convention: records that are the same but for who came have names that differ by their turn. A draft is the first
of them that names the same person in one of its versions; or else one of which identity was erased or may not be kept,
for nobody is to come back, and no name can tell any more who that was. What is none of them gets the next free turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeVar

from danvan.naming import Told, told_apart, turned
from danvan.privacy import personal
from danvan.records import Record
from danvan.store.decoding import Decoded, name_in
from danvan.store.image import Image
from danvan.store.sides import content

Key = TypeVar("Key")
Turn = tuple[bytes, int]  # the name of all but who came, and which of the records that have it in common


class Slot(NamedTuple):
    """A record of a register: its name, whom its versions name, and whether identity may have been taken out of it."""

    name: bytes
    whos: Collection[bytes]
    is_emptied: bool


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
            slots.setdefault(rest, []).append(slot(name, history))
    found = matched(told, slots)
    left = {uid: one for uid, one in told.items() if uid not in found}
    return found | free(left, {name for _, name in turns.values()}, taken)


def free(told: Mapping[Key, Told], *taken: Collection[bytes]) -> dict[Key, bytes]:
    """The names of records by what tells them from others: the next turns that are not taken."""
    found: dict[Key, bytes] = {}
    latest: Counter[bytes] = Counter()
    for key, (rest, _) in told.items():
        while key not in found:
            latest[rest] += 1
            name = turned(rest, latest[rest])
            if not any(name in names for names in taken):
                found[key] = name
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


def slot(name: bytes, history: Sequence[Record]) -> Slot:
    """What drafts are compared with of a record, given its versions."""
    own = personal(type(history[-1]))
    whos = {one.who for one in map(told_apart, map(content, history)) if one}
    is_erased = any(one.erased and not set(own).isdisjoint(one.erased.fields) for one in history)
    return Slot(name, whos, is_erased or not (whos or history[-1].may_name_people))


def matched(told: Mapping[bytes, Told], slots: Mapping[bytes, list[Slot]]) -> dict[bytes, bytes]:
    """The names of the records that drafts are; no record is two of them."""
    found: dict[bytes, bytes] = {}
    for is_it in _SAME:
        for uid, (rest, who) in told.items():
            others = slots.get(rest, [])
            record = next((one for one in others if is_it(one, who)), None) if uid not in found else None
            if record:
                found[uid] = record.name
                others.remove(record)
    return found


_SAME: tuple[Callable[[Slot, bytes], bool], ...] = (
    lambda record, who: who in record.whos,
    lambda record, _: record.is_emptied,
)
