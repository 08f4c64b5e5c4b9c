"""Registers that came by the same records under names of two sorts: former ones, which tell who came, and those of now.

The convention: what another register brings is called here as it is called here already, so a record that was known
stays one, and whose identity was erased does not come back; what is new here gets no former name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from danvan.naming import Told
from danvan.store import former, turns
from danvan.store.decoding import Decoded, name_in
from danvan.store.image import Image
from danvan.store.sides import Side, version

Sides = Mapping[str, Sequence[Side]]


def aligned(image: Image, decoded: Decoded, sides: Sides) -> Sides:
    """What other registers bring, by the names under which this one has it, or will."""
    here = {name_in(line.text) for line in image.present()} if sides else set()
    foreign = {uid.encode(): found for uid, found in sides.items() if uid.encode() not in here}
    told = {uid: one for uid, found in foreign.items() if (one := _told(found))}
    names = turns.names(image, decoded, told, {uid.encode() for uid in sides}) if told else {}
    names |= _kept_here(image, {uid: found for uid, found in foreign.items() if uid not in told})
    return _renamed(sides, {old.decode(): new.decode() for old, new in names.items()}) if names else sides


def _told(sides: Sequence[Side]) -> Told | None:
    versions = (one for side in sides for one in side.versions if any(said in one.text for said in former.SAYING))
    return former.told(one.record for one in versions)


def _kept_here(image: Image, foreign: Mapping[bytes, Sequence[Side]]) -> dict[bytes, bytes]:
    """The former names here of records that come under a name of now."""
    told: dict[bytes, Told] = {}
    for record, one in former.bearers(image, foreign):
        told.setdefault(record.uid.encode(), one)
    slots: dict[bytes, list[turns.Slot]] = {}
    for rest in {one.rest for one in told.values()}:
        found = [(name, foreign[name]) for name in former.called(rest) if name in foreign]
        slots[rest] = [
            turns.slot(name, [one.record for side in sides for one in side.versions]) for name, sides in found
        ]
    return {name: uid for uid, name in turns.matched(told, slots).items()}


def _renamed(sides: Sides, names: Mapping[str, str]) -> Sides:
    found: dict[str, list[Side]] = {}
    for uid, those in sides.items():
        name = names.get(uid, uid)
        found.setdefault(name, []).extend(those if name == uid else (_called(side, name) for side in those))
    return found


def _called(side: Side, name: str) -> Side:
    return side._replace(versions=tuple(version(replace(one.record, uid=name)) for one in side.versions))
