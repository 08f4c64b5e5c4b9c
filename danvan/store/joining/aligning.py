"""Registers that came by the same records about single citizens on their own, under names of their own.

The convention: what another register brings is called here as it is called here already, or as the first register that
brings it calls it (see `linking`). Two records of one register are two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from danvan.naming import block, block_of
from danvan.records import Erasure, Record
from danvan.store.decoding import Decoded, histories, name_in
from danvan.store.file.image import Image
from danvan.store.joining import calling, linking
from danvan.store.joining.linking import INTACT, Face, Gone, Linkage, Links
from danvan.store.joining.sides import ERASED, HERE, Side, erasure, version
from danvan.store.joining.undone import VOID, is_back, is_more, is_withdrawn, standing

Sides = Mapping[str, Sequence[Side]]


class Aligned(NamedTuple):
    """What other registers bring, by the names under which this one has it, or will.

    Attributes:
        nameless: the names of those that come in without who came, and as what.
        guessed: the numbers here of those of which they bring nothing more, for that may be what was erased.
        twice: those whose identity was erased, by their names, each with the number of one here that may be the same.
        unwanted: how many are not brought: they were taken back, and may name somebody who was erased.
    """

    sides: Sides
    nameless: Mapping[str, Erasure]
    guessed: Sequence[int]
    twice: Mapping[str, int]
    unwanted: int


def aligned(image: Image, decoded: Decoded, sides: Sides) -> Aligned:
    """Other registers' records by the names of this one's."""
    asked = {block_of(uid.encode()) for uid in sides}
    numbers, gone = _here(image, decoded, asked)
    sides = _renamed(sides, _first_names(sides, numbers, gone))
    here = {
        name
        for name, number in numbers.items()
        if number not in gone or (name in sides and not is_more(sides[name], gone[number]))
    }
    others = {*sides, *(name for found in sides.values() for side in found for name in side.called)}
    there = calling.called(image, decoded, others)
    here |= {*there.values()}
    sides = _renamed(sides, calling.known(sides, here, there))
    removed = linking.erased(image, decoded, asked)
    groups = defaultdict(set, {HERE: {*blocks_of(here)}.union(*(one.blocks for one in removed.values()))})
    for uid, found in sides.items():
        if uid not in here:
            groups[found[0].source] |= {*blocks_of([uid])}
    blocks = met(groups.values())
    wanted = {uid: found for uid, found in sides.items() if uid not in here and block_of(uid.encode()) in blocks}
    held, gones = linking.faces(image, decoded, blocks, removed, _gones(wanted), is_stamped=True)
    links, unwanted = _same(wanted, held, sides, gones)
    guessed = links.unsure.keys() & links.same.keys()
    surplus = {uid.decode(): face.mark for uid, face in links.unsure.items() if uid not in guessed}
    left_out = guessed | unwanted
    brought = {uid: found for uid, found in sides.items() if uid.encode() not in left_out} if left_out else sides
    return Aligned(
        _renamed(brought, _names(links)),
        {uid: replace(mark, is_guess=True) for uid, mark in surplus.items() if mark},
        [number for uid in guessed if (number := links.unsure[uid].number)],
        {uid.decode(): face.number for uid, face in links.twice.items() if face.number},
        len(unwanted),
    )


def _here(
    image: Image, decoded: Decoded, blocks: Collection[bytes]
) -> tuple[dict[str, int], dict[int, Sequence[Record]]]:
    """The names of this register in some blocks, with their numbers, and the versions of what was taken back."""
    numbers: dict[str, int] = {}
    void: set[int] = set()
    for line in image.present() if blocks else ():
        if block_of(name := name_in(line.text)) in blocks:
            numbers[name.decode(errors="replace")] = line.number
            void |= {line.number} if VOID in line.text else set()
    known = histories(image, void, decoded)
    return numbers, {number: history for number, history in known.items() if is_back(history)}


def _first_names(sides: Sides, numbers: Mapping[str, int], gone: Collection[int]) -> dict[str, str]:
    """By which names this register has, or will have, what one brought again after it had been taken back.

    Args:
        numbers: what this register has, by its names.
        gone: what of that was taken back here.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for name, first in calling.brought_again({*numbers, *sides}).items():
        groups[first].append(name)
    found: dict[str, str] = {}
    for first, names in groups.items():
        own = [name for name in (first, *names) if name in numbers]
        live = [name for name in own if numbers[name] not in gone]
        target = [*live, *own, first][0]
        found |= {name: target for name in (first, *names) if name not in (target, *live)}
    return found


def among(sides: Sides, blocks: Collection[bytes]) -> dict[str, str]:
    """The names of records of several registers that are another one, each with the name of that."""
    first = calling.brought_again(sides.keys())
    sides = _renamed(sides, first)
    names = calling.known(sides, (), {})
    sides = _renamed(sides, names)
    wanted = {uid: found for uid, found in sides.items() if block_of(uid.encode()) in blocks}
    links = _names(_same(wanted, {}, sides, _gones(wanted))[0])
    called = {uid: links.get(name, name) for uid, name in names.items()} | links
    return {uid: called.get(name, name) for uid, name in first.items()} | called


def _names(links: Links) -> dict[str, str]:
    return {uid.decode(): name.decode() for uid, name in links.same.items()}


def blocks_of(uids: Iterable[str]) -> Iterator[bytes]:
    """The blocks that names put records into."""
    return (block_of(uid.encode()) for uid in uids)


def met(groups: Iterable[Collection[bytes]]) -> set[bytes]:
    """The blocks of several of some groups."""
    count = Counter(one for group in groups for one in group)
    return {one for one, found in count.items() if found > 1}


def _same(
    wanted: Sides, here: Mapping[bytes, Face], brought: Sides, gones: Collection[Gone]
) -> tuple[Links, set[bytes]]:
    """Which records of other registers are one of this register or of each other, and which are unwanted.

    Registers that erased something come first, so that it does not come in from the others. What was taken back is none
    of these, and does not come in either where it may name somebody who was erased.

    Args:
        brought: all that the other registers hold.
    """
    linkage, links = Linkage(gones), Links({}, {}, {})
    linkage.add(here)
    own: dict[str, list[bytes]] = defaultdict(list)
    erased: dict[str, set[bytes]] = defaultdict(set)
    for uid, sides in brought.items():
        for side in sides:
            own[side.source].append(uid.encode())
            if _is_erased_there(side):
                erased[side.source].add(uid.encode())
    new: dict[tuple[str, ...], dict[bytes, Face]] = defaultdict(dict)
    undone: dict[bytes, Face] = {}
    for uid, sides in sorted(wanted.items()):
        face = _face(sides, gones)
        if face and face.is_back:
            undone[uid.encode()] = face
        elif face:
            new[tuple(sorted(side.source for side in sides))][uid.encode()] = face
    for sources in sorted(new, key=lambda sources: (not any(one.mark for one in new[sources].values()), sources)):
        taken = {name for source in sources for uid in own[source] for name in (uid, links.same.get(uid, uid))}
        apart = frozenset[bytes]().union(*(erased[source] for source in sources))
        found = linkage.linked(new[sources], taken, apart)
        links.same.update(found.same)
        links.unsure.update(found.unsure)
        links.twice.update(found.twice)
        linkage.add({uid: face for uid, face in new[sources].items() if uid not in found.same})
    return links, {uid for uid, face in undone.items() if linkage.may_be_erased(face)}


def _is_erased_there(side: Side) -> bool:
    """Whether something was erased from a record in that register itself."""
    versions = zip(side.versions, side.batches, strict=True)
    return any(ERASED in one.text and not batch for one, batch in versions)


def _face(sides: Sequence[Side], gones: Collection[Gone]) -> Face | None:
    counting = standing(sides)
    history = [one.record for side in counting for one in side.versions]
    if not block(history[-1]):
        return None
    face = linking.face(history, gones, block_of(history[-1].uid.encode()), is_stamped=True)
    return face._replace(is_back=all(map(is_withdrawn, counting)))


def _gones(sides: Sides) -> set[Gone]:
    """What was erased from records, each as one set, and that nothing was."""
    marks = (erasure(found) for found in sides.values())
    return {INTACT, *(frozenset(mark.fields) for mark in marks if mark)}


def _renamed(sides: Sides, names: Mapping[str, str]) -> Sides:
    found: dict[str, list[Side]] = {}
    for uid, those in sides.items():
        name = names.get(uid, uid)
        found.setdefault(name, []).extend(those if name == uid else (_called(side, name) for side in those))
    return found


def _called(side: Side, name: str) -> Side:
    """A side under another name."""
    versions = tuple(version(replace(one.record, uid=name)) for one in side.versions)
    return side._replace(versions=versions, called=(*side.called, side.present.record.uid))
