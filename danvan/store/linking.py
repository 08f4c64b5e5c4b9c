"""Which records about single citizens are the same, where their names do not tell: record linkage within blocks.

The convention: only records of one block are compared (see `naming`). Two are the same if they say the same apart from
who came, and name the same person, each in one of its versions; of what was erased in either nothing is compared. Where
identity was erased or may not be kept, nobody can tell any more who that was, and nobody is to come back: such a record
is the first one that says all the rest and names somebody who is not there, and what is left over of those comes in
without its identity, as erased there.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
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
Index = dict[Hashable, deque[bytes]]
Said = Callable[["Face", Gone], Iterable[Hashable]]
INTACT: Gone = frozenset()
NOBODY = b""
_encode = msgspec.json.Encoder().encode


class Face(NamedTuple):
    """What a record is compared by.

    Attributes:
        rests: names of what its versions say apart from who came, the first one first, also without fields that were
            erased elsewhere.
        whos: names of whom its versions say to have come, the first one first; `NOBODY` where one says nothing.
        stamps: names of its versions, the newest first, in which two registers agree that have merged it before.
        gone: what was erased from it.
        mark: what says that who came was erased, or may not be kept; None where that is not so.
        number: its number in this register; 0 elsewhere.
    """

    block: bytes
    rests: Mapping[Gone, Sequence[bytes]]
    whos: Sequence[bytes]
    stamps: Mapping[Gone, Sequence[bytes]] = {}
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


def face(block: bytes, history: Sequence[Record], gones: Iterable[Gone], *, is_stamped: bool = False) -> Face:
    """What a record is compared by, given its versions and what may be erased in those that it is compared with."""
    own = personal(type(history[-1]))
    said = [replace(content(one), uid="", void="") for one in history]
    marks = [one.erased for one in history if one.erased]
    gone = INTACT.union(*(mark.fields for mark in marks))
    whos = [*dict.fromkeys(_who(one, own) for one in said)]
    mark = None
    if not gone.isdisjoint(own):
        mark = replace(marks[-1], fields=tuple(sorted(gone)))
        whos = [who for who in whos if who != NOBODY]
    elif whos == [NOBODY] and not history[-1].may_name_people:
        mark = Erasure(history[-1].date, GONE, 1, tuple(own))
    unions = {gone | other for other in gones}
    rests = {with_: [*dict.fromkeys(_rest(one, own, with_) for one in said)] for with_ in unions}
    stamped = [replace(one, uid="", merged=None, erased=None) for one in reversed(history)] if is_stamped else []
    stamps = {with_: [_rest(one, (), with_) for one in stamped] for with_ in unions}
    return Face(block, rests, whos, stamps, gone, mark, is_void=bool(history[-1].void))


def _who(record: Record, own: Sequence[str]) -> bytes:
    who = [getattr(record, name) for name in own]
    return named(_encode(who)) if any(who) else NOBODY


def _rest(record: Record, own: Sequence[str], gone: Gone) -> bytes:
    bare = replace(record, **dict.fromkeys(own, ""))
    return named(_encode(stripped(bare, gone) if gone else bare))


def faces(
    image: Image, decoded: Decoded, blocks: Collection[bytes], gones: Collection[Gone], *, is_stamped: bool = False
) -> dict[bytes, Face]:
    """The records of a register in some blocks, by their names; what was taken back is not there.

    Args:
        gones: what was erased from any of those, or of what they are compared with.
    """
    if not blocks:
        return {}
    names = {line.number: name for line in image.present() if block_of(name := name_in(line.text)) in blocks}
    histories = image.versions_of(names.keys())
    found: dict[bytes, Face] = {}
    for number, name in sorted(names.items()):
        history = [decoded(line) for line in histories[number]]
        if not (history[-1].void and history[-1].undoes):
            found[name] = face(block_of(name), history, gones, is_stamped=is_stamped)._replace(number=number)
    return found


def erased(image: Image, blocks: Collection[bytes]) -> set[Gone]:
    """What was erased from records of some blocks, each as one set, and that nothing was."""
    found: dict[bytes, Gone] = {}
    for line in image.lines((ERASED,)) if blocks else ():
        name = name_in(line.text)
        if block_of(name) in blocks and (mark := decoder().decode(line.text).erased):
            found[name] = found.get(name, INTACT).union(mark.fields)
    return {INTACT, *found.values()}


def linked(ones: Mapping[bytes, Face], others: Mapping[bytes, Face], taken: Collection[bytes] = ()) -> Links:
    """Which of the others each record is; no two of them are the same one.

    Args:
        taken: those of the others that none of these can be.
    """
    wanted, known = ({face.gone for face in faces.values()} for faces in (ones, others))
    free, same = _Free(taken), dict[bytes, bytes]()
    # Of those that are alike to the letter, the ones of which most is known find theirs first, and leave it no other.
    ordered = sorted(ones.items(), key=_weight, reverse=True)
    lightest = dict(sorted(others.items(), key=_weight))
    for said in _stamps, _first, _any:
        index = _index(lightest, wanted, said)
        for key, one in ordered:
            if key not in same and (found := free.first(index, _places(one, known, said))):
                same[key] = found
    nameless = _index({name: other for name, other in others.items() if other.mark}, wanted, _rests)
    example = {place: others[names[0]] for place, names in nameless.items()}
    unsure: dict[bytes, Face] = {}
    for key, one in ones.items():
        if key in same or not (one.mark or {*one.whos} != {NOBODY}):
            continue
        maybe = [place for place in _places(one, known, _rests) if place in nameless]
        if found := free.first(nameless, maybe):
            same[key] = found
        if maybe and not one.mark:
            unsure[key] = others[found] if found else example[maybe[0]]
    return Links(same, unsure)


def _weight(item: tuple[bytes, Face]) -> int:
    return max(map(len, item[1].stamps.values()), default=0)


# What a record is looked for by, without what is gone from it or from another; from the surest to what is only a guess.


def _stamps(one: Face, gone: Gone) -> Iterable[Hashable]:
    return one.stamps.get(gone, ())


def _first(one: Face, gone: Gone) -> Iterable[Hashable]:
    """What it said at first, which does not depend on what became of it."""
    return product(one.rests[gone][:1], one.whos[:1])


def _any(one: Face, gone: Gone) -> Iterable[Hashable]:
    return product(one.rests[gone], one.whos)


def _rests(one: Face, gone: Gone) -> Iterable[Hashable]:
    return one.rests[gone]


def _index(others: Mapping[bytes, Face], wanted: Collection[Gone], said: Said) -> Index:
    """The names of records by where they stand."""
    index: Index = defaultdict(deque)
    for name, other in others.items():
        for gone in wanted:
            for one in said(other, other.gone | gone):
                index[other.block, other.gone, gone, one].append(name)
    return index


def _places(one: Face, known: Collection[Gone], said: Said) -> Iterator[Hashable]:
    """Where the others stand that say the same."""
    for gone in known:
        for what in said(one, gone | one.gone):
            yield one.block, gone, one.gone, what


class _Free:
    """Records that nobody is yet."""

    def __init__(self, taken: Collection[bytes]) -> None:
        self._taken = {*taken}

    def first(self, index: Index, places: Iterable[Hashable]) -> bytes | None:
        """The first one that stands at one of some places; it is free no longer."""
        for place in places:
            names = index.get(place)
            while names:
                name = names.popleft()
                if name not in self._taken:
                    self._taken.add(name)
                    return name
        return None
