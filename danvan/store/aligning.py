"""Registers that came by the same records about single citizens on their own, under names of their own.

The convention: what another register brings is called here as it is called here already, or as the first register that
brings it calls it (see `linking`). Two records of one register are two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from danvan.naming import block, block_of
from danvan.records import Erasure
from danvan.store import linking
from danvan.store.decoding import Decoded, name_in
from danvan.store.image import Image
from danvan.store.linking import INTACT, Face, Gone, Links
from danvan.store.sides import HERE, Side, erasure, version

Sides = Mapping[str, Sequence[Side]]


class Aligned(NamedTuple):
    """What other registers bring, by the names under which this one has it, or will.

    Attributes:
        nameless: the names of those that come in without who came, and as what.
        guessed: how many bring nothing, for they may be what was erased here.
    """

    sides: Sides
    nameless: Mapping[str, Erasure]
    guessed: int


def aligned(image: Image, decoded: Decoded, sides: Sides) -> Aligned:
    """Other registers' records by the names of this one's."""
    asked = {block_of(uid.encode()) for uid in sides}
    names_here = (name_in(line.text) for line in image.present()) if sides else iter(())
    here = {name.decode(errors="replace") for name in names_here if block_of(name) in asked}
    groups: dict[str, set[str]] = defaultdict(set, {HERE: here})
    for uid, found in sides.items():
        if uid not in here:
            groups[found[0].source].add(uid)
    blocks = met(groups.values())
    wanted = {uid: found for uid, found in sides.items() if uid not in here and block_of(uid.encode()) in blocks}
    gones = linking.erased(image, blocks) | _gones(wanted)
    held = linking.faces(image, decoded, blocks, gones, is_stamped=True)
    links = _same(wanted, held, sides, gones)
    guessed = links.unsure.keys() & links.same.keys()
    surplus = {uid.decode(): face.mark for uid, face in links.unsure.items() if uid not in guessed}
    brought = {uid: found for uid, found in sides.items() if uid.encode() not in guessed} if guessed else sides
    return Aligned(
        _renamed(brought, _names(links)),
        {uid: replace(mark, is_guess=True) for uid, mark in surplus.items() if mark},
        len(guessed),
    )


def among(sides: Sides, blocks: Collection[bytes]) -> dict[str, str]:
    """The names of records of several registers that are another one, each with the name of that."""
    wanted = {uid: found for uid, found in sides.items() if block_of(uid.encode()) in blocks}
    return _names(_same(wanted, {}, sides, _gones(wanted)))


def _names(links: Links) -> dict[str, str]:
    return {uid.decode(): name.decode() for uid, name in links.same.items()}


def met(groups: Iterable[Collection[str]]) -> set[bytes]:
    """The blocks in which names of several groups stand."""
    count = Counter(one for names in groups for one in {block_of(uid.encode()) for uid in names})
    return {one for one, found in count.items() if found > 1}


def _same(wanted: Sides, here: Mapping[bytes, Face], brought: Sides, gones: Collection[Gone]) -> Links:
    """Which records of other registers are one of this register or of each other.

    Args:
        brought: all that the other registers hold.
    """
    held, same, unsure = dict(here), dict[bytes, bytes](), dict[bytes, Face]()
    first = {uid: min(side.source for side in found) for uid, found in wanted.items()}
    for source in sorted({*first.values()}):
        there = [uid.encode() for uid, found in brought.items() if any(side.source == source for side in found)]
        own = {name for uid in there for name in (uid, same.get(uid, uid))}
        faces = {uid.encode(): _face(uid, wanted[uid], gones) for uid in sorted(first) if first[uid] == source}
        ones = {uid: face for uid, face in faces.items() if face}
        links = linking.linked(ones, held, own)
        same |= links.same
        unsure |= links.unsure
        held |= {uid: face for uid, face in ones.items() if uid not in links.same}
    return Links(same, unsure)


def _face(uid: str, sides: Sequence[Side], gones: Collection[Gone]) -> Face | None:
    history = [one.record for side in sides for one in side.versions]
    is_undone = all(side.present.record.void and side.present.record.undoes for side in sides)
    if is_undone or not block(history[-1]):
        return None
    return linking.face(block_of(uid.encode()), history, gones, is_stamped=True)


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
    return side._replace(versions=tuple(version(replace(one.record, uid=name)) for one in side.versions))
