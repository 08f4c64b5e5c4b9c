"""Which records about single citizens are the same, where their names do not tell: record linkage within blocks.

The convention: only records of one block are compared (see `naming`). Two are the same if they say the same apart from
who came, and name the same person, each in one of its versions; of what was erased in either nothing is compared. Where
identity was erased or may not be kept, nobody can tell any more who that was, and nobody is to come back: such a record
is the first one that says all the rest and names somebody who is not there, and what is left over of those comes in
without its identity, as erased there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from danvan.naming import block_of, named
from danvan.privacy import personal
from danvan.records import Erasure, Record
from danvan.store.decoding import Decoded, decoder, name_in
from danvan.store.image import Image
from danvan.store.sides import ERASED, content
from danvan.store.texts import GONE, stripped

Gone = frozenset[str]  # fields of which something was erased
INTACT: Gone = frozenset()
NOBODY = b""
_encode = msgspec.json.Encoder().encode


class Face(NamedTuple):
    """What a record is compared by.

    Attributes:
        rests: names of what its versions say apart from who came, also without fields that were erased elsewhere.
        whos: names of whom its versions say to have come, `NOBODY` where one says nothing.
        gone: what was erased from it.
        mark: what says that who came was erased, or may not be kept; None where that is not so.
        number: its number in this register; 0 elsewhere.
    """

    block: bytes
    rests: Mapping[Gone, frozenset[bytes]]
    whos: frozenset[bytes]
    gone: Gone = INTACT
    mark: Erasure | None = None
    number: int = 0
    is_void: bool = False


class Links(NamedTuple):
    """What became of records that were looked for among others.

    Attributes:
        same: the names of those that they are.
        unsure: those that name somebody who is not there, each with a record whose identity was erased, and which may
            be it; they must not say who came.
    """

    same: Mapping[bytes, bytes]
    unsure: Mapping[bytes, Face]


def face(block: bytes, history: Sequence[Record], gones: Iterable[Gone]) -> Face:
    """What a record is compared by, given its versions and what may be erased in those that it is compared with."""
    own = personal(type(history[-1]))
    said = [replace(content(one), uid="", void="") for one in history]
    marks = [one.erased for one in history if one.erased]
    gone = INTACT.union(*(mark.fields for mark in marks))
    whos = {_who(one, own) for one in said}
    mark = None
    if not gone.isdisjoint(own):
        mark = replace(marks[-1], fields=tuple(sorted(gone)))
        whos.discard(NOBODY)
    elif whos == {NOBODY} and not history[-1].may_name_people:
        mark = Erasure(history[-1].date, GONE, 1, tuple(own))
    rests = {with_: frozenset(_rest(one, own, with_) for one in said) for with_ in {gone | other for other in gones}}
    return Face(block, rests, frozenset(whos), gone, mark, is_void=bool(history[-1].void))


def _who(record: Record, own: Sequence[str]) -> bytes:
    who = [getattr(record, name) for name in own]
    return named(_encode(who)) if any(who) else NOBODY


def _rest(record: Record, own: Sequence[str], gone: Gone) -> bytes:
    bare = replace(record, **dict.fromkeys(own, ""))
    return named(_encode(stripped(bare, gone) if gone else bare))


def faces(image: Image, decoded: Decoded, blocks: Collection[bytes], gones: Collection[Gone]) -> dict[bytes, Face]:
    """The records of a register in some blocks, by their names; what was taken back is not there.

    Args:
        gones: what was erased from any of those, or of what they are compared with.
    """
    names = {line.number: name for line in image.present() if block_of(name := name_in(line.text)) in blocks}
    histories = image.versions_of(names.keys())
    found: dict[bytes, Face] = {}
    for number, name in sorted(names.items()):
        history = [decoded(line) for line in histories[number]]
        if not (history[-1].void and history[-1].undoes):
            found[name] = face(block_of(name), history, gones)._replace(number=number)
    return found


def erased(image: Image, blocks: Collection[bytes]) -> set[Gone]:
    """What was erased from records of some blocks, each as one set, and that nothing was."""
    found: dict[bytes, Gone] = {}
    for line in image.lines((ERASED,)) if blocks else ():
        name = name_in(line.text)
        if block_of(name) in blocks and (mark := decoder().decode(line.text).erased):
            found[name] = found.get(name, INTACT).union(mark.fields)
    return {INTACT, *found.values()}


def linked(ones: Mapping[bytes, Face], others: Mapping[bytes, Face]) -> Links:
    """Which of the others each record is; no two of them are the same one."""
    wanted = {one.gone for one in ones.values()}
    named_so: dict[Hashable, list[bytes]] = defaultdict(list)
    nameless: dict[Hashable, list[bytes]] = defaultdict(list)
    for name, other in others.items():
        for gone in wanted:
            for rest in other.rests[other.gone | gone]:
                place = other.block, other.gone, gone, rest
                for who in other.whos:
                    named_so[place, who].append(name)
                if other.mark:
                    nameless[place].append(name)
    known = {other.gone for other in others.values()}
    free = _Free()
    same = {key: found for key, one in ones.items() if (found := free.first(named_so, _faces_of(one, known)))}
    unsure: dict[bytes, Face] = {}
    for key, one in ones.items():
        places = list(_places(one, known)) if key not in same and (one.mark or one.whos != {NOBODY}) else []
        if found := free.first(nameless, places):
            same[key] = found
        maybe = found or next((nameless[place][0] for place in places if place in nameless), None)
        if maybe and not one.mark:
            unsure[key] = others[maybe]
    return Links(same, unsure)


def _places(one: Face, known: Collection[Gone]) -> Iterator[Hashable]:
    """Where records stand that say the same apart from who came."""
    for gone in known:
        for rest in one.rests[gone | one.gone]:
            yield one.block, gone, one.gone, rest


def _faces_of(one: Face, known: Collection[Gone]) -> Iterator[Hashable]:
    """Where records stand that say the same, and name the same person."""
    return product(_places(one, known), one.whos)


class _Free:
    """Records that nobody is yet."""

    def __init__(self) -> None:
        self._taken: set[bytes] = set()
        self._at: dict[Hashable, int] = defaultdict(int)

    def first(self, index: Mapping[Hashable, Sequence[bytes]], places: Iterable[Hashable]) -> bytes | None:
        """The first one that stands at one of some places; it is free no longer."""
        for place in places:
            names = index.get(place, ())
            while self._at[place] < len(names):
                name = names[self._at[place]]
                self._at[place] += 1
                if name not in self._taken:
                    self._taken.add(name)
                    return name
        return None
