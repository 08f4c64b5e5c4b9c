"""Which records about single citizens are the same, where their names do not tell: record linkage within blocks.

The convention: only records of one block are compared (see `naming`). Two are the same if they say the same apart from
who came, and name the same person, each in one of its versions; of what was erased in either nothing is compared. Where
identity was erased or may not be kept, nobody can tell any more who that was, and nobody is to come back: such a record
is the first one that says all the rest and names somebody who is not there, and what is left over of those comes in
without its identity, as erased there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import product
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from danvan.naming import block, block_of, named
from danvan.privacy import personal
from danvan.records import Erasure, Record, fields
from danvan.store.decoding import Decoded, histories, name_in
from danvan.store.file.image import Image
from danvan.store.joining import undone
from danvan.store.joining.sides import ERASED, content
from danvan.store.texts import GONE, stripped

Gone = frozenset[str]  # fields of which something was erased
Index = dict[Hashable, list[bytes]]
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
        origins: names of what its versions say in texts, and of the block that it was written in at first.
        stamps: names of its versions, the newest first, in which two registers agree that have merged it before.
        gone: what was erased from it.
        mark: what says that who came was erased, or may not be kept; None where that is not so.
        number: its number in this register; 0 elsewhere.
        blocks: those in which it may be looked for.
        is_back: whether it was taken back: nothing is the same as it, and who was erased from it does not come back.
    """

    rests: Mapping[Gone, Sequence[bytes]]
    whos: Sequence[bytes]
    origins: Mapping[Gone, Sequence[bytes]] = {}
    stamps: Mapping[Gone, Sequence[bytes]] = {}
    gone: Gone = INTACT
    mark: Erasure | None = None
    number: int = 0
    blocks: Collection[bytes] = ()
    is_void: bool = False
    is_back: bool = False

    @property
    def weight(self) -> int:
        """How much is known of it that another register may know as well."""
        return max(map(len, self.stamps.values()), default=0)


class Removed(NamedTuple):
    """A record from which something was erased: its name, all blocks of it, and what is gone."""

    name: bytes
    blocks: set[bytes]
    gone: Gone


class Links(NamedTuple):
    """What became of records that were looked for among others.

    Attributes:
        same: the names of those that they are.
        unsure: those that name somebody who is not there, each with a record whose identity was erased, and which may
            be it; they must not say who came.
        twice: those whose identity was erased, each with a record of somebody that may be the same and is not.
    """

    same: dict[bytes, bytes]
    unsure: dict[bytes, Face]
    twice: dict[bytes, Face]


class Outline(NamedTuple):
    """Records by their `uid`s: what their versions say apart from who came, and those that are looked into anyway."""

    rests: dict[str, set[bytes]]
    unsure: set[str]


def face(history: Sequence[Record], gones: Iterable[Gone], first: bytes, *, is_stamped: bool = False) -> Face:
    """What a record is compared by.

    Args:
        history: its versions.
        gones: what may be erased in those that it is compared with.
        first: the block that it was written in at first.
    """
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
    origins = {with_: [*dict.fromkeys(_origin(one, own, with_, first) for one in said)] for with_ in unions}
    stamped = [replace(one, uid="", merged=None, erased=None) for one in reversed(history)] if is_stamped else []
    stamps = {with_: [_rest(one, (), with_) for one in stamped] for with_ in unions}
    return Face(rests, whos, origins, stamps, gone, mark, is_void=bool(history[-1].void))


def outline(image: Image, decoded: Decoded, blocks: Collection[bytes], erased: Collection[bytes]) -> Outline:
    """What the records of some blocks say.

    Args:
        erased: the blocks of records from which something was erased: nobody knows what those said, so that all of such
            a block are looked into.
    """
    found = Outline(defaultdict(set), set())
    for line in image.lines() if blocks else ():
        if block_of(name := name_in(line.text)) in blocks:
            record = decoded(line)
            own, said = personal(type(record)), replace(content(record), uid="", void="")
            alike = {_rest(said, own, INTACT), _origin(said, own, INTACT, block_of(name))}
            found.rests[name.decode()] |= alike
            if not record.may_name_people or (erased and not {block_of(name), block(record)}.isdisjoint(erased)):
                found.unsure.add(name.decode())
    return found


def _who(record: Record, own: Sequence[str]) -> bytes:
    who = [getattr(record, name) for name in own]
    return named(_encode(who)) if any(who) else NOBODY


def _rest(record: Record, own: Sequence[str], gone: Gone) -> bytes:
    bare = replace(record, **dict.fromkeys(own, ""))
    return named(_encode(stripped(bare, gone) if gone else bare))


def _origin(record: Record, own: Sequence[str], gone: Gone, first: bytes) -> bytes:
    bare = stripped(record, gone) if gone else record
    return named(first, _encode([getattr(bare, name) for name in _texts(type(record)) if name not in own]))


@cache
def _texts(kind: type[Record]) -> list[str]:
    """The texts of a kind, which a block does not stand for."""
    return [name for name, field in fields(kind).items() if field.sort == "text" and name != "unit"]


def faces(
    image: Image,
    decoded: Decoded,
    blocks: Collection[bytes],
    removed: Mapping[int, Removed],
    others: Collection[Gone] = (),
    *,
    is_stamped: bool = False,
) -> tuple[dict[bytes, Face], set[Gone]]:
    """The records of a register in some blocks, by their names; of what was taken back only what was erased from.

    Args:
        removed: those of these blocks from which something was erased.
        others: what was erased from those that they are compared with.

    Returns:
        With them, what was erased from any of these or those.
    """
    gones = {INTACT, *others, *(one.gone for one in removed.values())}
    names = {number: one.name for number, one in removed.items()}
    for line in image.present() if blocks else ():
        if block_of(name := name_in(line.text)) in blocks:
            names[line.number] = name
    versions = image.versions_of(names.keys())
    found: dict[bytes, Face] = {}
    for number, name in sorted(names.items()):
        history = [decoded(line) for line in versions[number]]
        is_back = undone.is_back(history)
        if not is_back or any(one.erased and not one.is_guess for one in history):
            places = removed[number].blocks if number in removed else {block_of(name)}
            known = face(history, gones, block_of(name), is_stamped=is_stamped)
            found[name] = known._replace(number=number, blocks=places, is_back=is_back)
    return found, gones


def erased(image: Image, decoded: Decoded, blocks: Collection[bytes]) -> dict[int, Removed]:
    """The records of some blocks from which something was erased, by their numbers.

    Days and choices may have been corrected: a list may say what any of its versions says, of another block.
    """
    numbers = {line.number for line in image.lines((ERASED,))} if blocks else set()
    found: dict[int, Removed] = {}
    for number, history in histories(image, numbers, decoded).items():
        name = history[-1].uid.encode()
        places = {block_of(name), *filter(None, map(block, history))}
        if block(history[-1]) and not places.isdisjoint(blocks):
            gone = INTACT.union(*(one.erased.fields for one in history if one.erased))
            found[number] = Removed(name, places, gone)
    return found


class Linkage:
    """Records in which others are looked for, each by what is surest first.

    Args:
        gones: what was erased from any of these, or of those that are looked for.
    """

    def __init__(self, gones: Collection[Gone]) -> None:
        self.faces: dict[bytes, Face] = {}
        self._gones = sorted(gones, key=lambda gone: (len(gone), sorted(gone)))
        self._sure: list[tuple[Said, Index]] = [(said, defaultdict(list)) for said in SURE]
        self._marked: Index = defaultdict(list)
        self._named: Index = defaultdict(list)
        self._back: Index = defaultdict(list)

    def add(self, faces: Mapping[bytes, Face]) -> None:
        """Take further records."""
        self.faces |= faces
        for name, face in sorted(faces.items(), key=lambda item: item[1].weight):
            index = self._back if face.is_back else self._marked if face.mark else self._named
            self._place(name, face, _rests, index)
            for said, index in self._sure if not face.is_back else ():
                self._place(name, face, said, index)

    def linked(
        self, ones: Mapping[bytes, Face], taken: Collection[bytes] = (), apart: Collection[bytes] = frozenset()
    ) -> Links:
        """Which of these records some others are; no two of them are the same one.

        Args:
            taken: those that none of the others can be.
            apart: those of them from which something was erased where the others stand: there they were told apart.
        """
        free, links = _Free(taken), Links({}, {}, {})
        # Of those that are alike to the letter, the ones of which most is known find theirs first.
        ordered = sorted(ones.items(), key=lambda item: item[1].weight, reverse=True)
        for said, index in self._sure:
            # An erased one is rather one from which the same was erased than one of which all is known.
            for is_alike, gone in product((True, False), self._gones):
                for key, one in ordered:
                    is_asked = key not in links.same and (one.gone == gone) is is_alike
                    if found := free.first(index, _places(one, gone, said) if is_asked else ()):
                        links.same[key] = found
        for key, one in ones.items():
            if key not in links.same and (one.mark or {*one.whos} != {NOBODY}):
                self._guess(key, one, free, links, apart)
        return links

    def like(self, one: Face) -> Face | None:
        """A record that says the same apart from who came, whoever that was."""
        places = self._all_places(one)
        name = _example(self._named, places) or _example(self._marked, places)
        return self.faces[name] if name else None

    def _guess(self, key: bytes, one: Face, free: _Free, links: Links, apart: Collection[bytes]) -> None:
        """Whether a record that is none for sure may be one that names nobody any more, or the other way round."""
        places = self._all_places(one)
        if found := free.first(self._marked, places):
            links.same[key] = found
        if one.mark and not found and (maybe := _example(self._named, places)):
            links.twice[key] = self.faces[maybe]
        if not one.mark and (maybe := found or self._erased(places, apart)):
            links.unsure[key] = self.faces[maybe]

    def may_be_erased(self, one: Face) -> bool:
        """Whether a record names somebody who may have been erased from another one."""
        return not one.mark and {*one.whos} != {NOBODY} and bool(self._erased(self._all_places(one)))

    def _erased(self, places: Sequence[Hashable], apart: Collection[bytes] = frozenset()) -> bytes | None:
        return _example(self._marked, places, apart) or _example(self._back, places, apart)

    def _all_places(self, one: Face) -> list[Hashable]:
        """Where those stand that say the same apart from who came, whatever was erased from them."""
        return [place for gone in self._gones for place in _places(one, gone, _rests)]

    def _place(self, name: bytes, face: Face, said: Said, index: Index) -> None:
        for gone in self._gones:
            for what in said(face, face.gone | gone):
                index[face.gone, gone, what].append(name)


def _places(one: Face, gone: Gone, said: Said) -> Iterator[Hashable]:
    """Where those stand that say the same, if that is gone from them."""
    for what in said(one, gone | one.gone):
        yield gone, one.gone, what


def _example(index: Index, places: Iterable[Hashable], apart: Collection[bytes] = frozenset()) -> bytes | None:
    """A record that stands at one of some places and is none of those that are told apart."""
    return next((name for place in places for name in index.get(place, ()) if name not in apart), None)


# What a record is looked for by, without what is gone from it or from another.


def _stamps(one: Face, gone: Gone) -> Iterable[Hashable]:
    return one.stamps.get(gone, ())


def _said(one: Face, gone: Gone, *, at: slice, is_named: bool) -> Iterable[Hashable]:
    return product(one.rests[gone][at], [who for who in one.whos[at] if (who != NOBODY) == is_named])


def _origins(one: Face, gone: Gone) -> Iterable[Hashable]:
    """Who said the same in a reception that began alike, whatever became of it before it was brought here."""
    return product(one.origins[gone], [who for who in one.whos if who != NOBODY])


FIRST = slice(1)  # what it said at first does not depend on what became of it
# The same person is surer than that nobody is named, which tells those apart that somebody was filled in for later.
SURE: Sequence[Said] = (
    _stamps,
    *(partial(_said, at=at, is_named=is_named) for is_named in (True, False) for at in (FIRST, slice(None))),
    _origins,
)


def _rests(one: Face, gone: Gone) -> Iterable[Hashable]:
    return (*one.rests[gone], *one.origins[gone])


class _Free:
    """Records that nobody is yet."""

    def __init__(self, taken: Collection[bytes]) -> None:
        self._taken = {*taken}
        self._at: dict[tuple[int, Hashable], int] = defaultdict(int)

    def first(self, index: Index, places: Iterable[Hashable]) -> bytes | None:
        """The first one that stands at one of some places; it is free no longer."""
        for place in places:
            names, at = index.get(place, ()), (id(index), place)
            while self._at[at] < len(names):
                name = names[self._at[at]]
                self._at[at] += 1
                if name not in self._taken:
                    self._taken.add(name)
                    return name
        return None
