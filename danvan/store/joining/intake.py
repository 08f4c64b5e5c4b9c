"""Records brought in bulk, each at most once: what a register has already, by its `uid`, is passed over.

The convention: a draft is the JSON text of a record that holds a `uid` and no stamp. What was brought once and taken
back with an undo may be brought again, under a new name; what was declared void stays void. A draft that says who came
is known under its name if it got that from all that it says, as once it did, and else as one of `turns`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace

from danvan.naming import UID, again, by_chance
from danvan.records import Record
from danvan.store.decoding import Decoded, decoder, name_in
from danvan.store.file import layout
from danvan.store.file.image import Image, Line
from danvan.store.joining import calling, linking, undone
from danvan.store.joining.linking import Face
from danvan.store.texts import stripped

NEW, KNOWN, VOID = range(3)


class Met(Protocol):
    """What gathers those records of a register that drafts are compared with."""

    def is_far(self, text: bytes) -> bool:
        """Whether a record is not wanted, as far as its JSON tells without being decoded."""

    def keep(self, number: int, record: Record) -> None:
        """Take a record that is not void."""


class Drafts(Protocol):
    """Records that wait to be written."""

    @property
    def uids(self) -> Collection[bytes]:
        """Their names, each once."""

    @property
    def blocks(self) -> Mapping[bytes, bytes]:
        """The blocks of those about single citizens, by their names, which are none to keep unless brought along."""

    @property
    def named(self) -> Collection[bytes]:
        """Those of the names that were brought along, under which a register may have something else."""

    @property
    def unitless(self) -> Mapping[bytes, bytes]:
        """Of those that got the unit of the office what their blocks or else their names would be without it."""

    def texts(self) -> Iterator[bytes]:
        """Their texts, in the order of their names."""

    def meet(self) -> Met:
        """What gathers the records to compare them with; it has none yet."""

    def recognise(self, uid: bytes, number: int, text: bytes) -> None:
        """Take the JSON text of the record, not void, that one of the names stands for."""


class Intake(NamedTuple):
    """What became of drafts.

    Attributes:
        fates: `NEW`, `KNOWN` or `VOID` for each: written, or there already and not void, or void.
        renamed: the names of those that had been taken back or are about single citizens.
        unsure: those that may be a record whose identity was erased, with that; new ones do not say who came.
        alike: new ones that brought a name, each with a record that says the same apart from who came.
        first: the number of the first that was written, those of the others following; 0 where none was.
    """

    fates: bytes
    renamed: Mapping[bytes, bytes]
    unsure: Mapping[bytes, Face]
    alike: Mapping[bytes, Face]
    first: int = 0

    @property
    def new(self) -> int:
        """How many are new."""
        return self.fates.count(NEW)


class Found(NamedTuple):
    """What became of those drafts that are known by what they say; see `Intake`.

    Attributes:
        names: those of the records that they are.
    """

    names: Collection[bytes]
    fates: Mapping[bytes, int]
    unsure: Mapping[bytes, Face]
    alike: Mapping[bytes, Face]


def sorted_out(image: Image, decoded: Decoded, drafts: Drafts) -> Intake:
    """Which of the drafts a register has not got; they meet what it has besides."""
    called = _called(image, decoded, drafts)
    fates, renamed = _by_name(image, decoded, drafts, called)
    unsure, alike = dict[bytes, Face](), dict[bytes, Face]()
    taken = {*drafts.named, *called}
    # What says its unit itself comes first: what got the office's may be there with it or as it was read.
    stating = {uid: block for uid, block in drafts.blocks.items() if uid not in drafts.unitless}
    given = {uid: block for uid, block in drafts.blocks.items() if uid in drafts.unitless}
    read = {uid: drafts.unitless[uid] for uid in given}
    for blocks, as_read in ((stating, replace), (read, _unitless), (given, replace)):
        left = {uid: block for uid, block in blocks.items() if uid not in fates}
        found = _linked(image, decoded, drafts, left, as_read, taken)
        taken.update(found.names)
        fates |= found.fates
        unsure |= found.unsure
        alike |= found.alike
    unnamed = drafts.blocks.keys() - fates.keys() - {*drafts.named}
    renamed |= {uid: by_chance(drafts.blocks[uid]) for uid in unnamed}
    return Intake(bytes(fates.get(uid, NEW) for uid in drafts.uids), renamed, unsure, alike)


def _called(image: Image, decoded: Decoded, drafts: Drafts) -> dict[bytes, list[bytes]]:
    """The names of records that others call otherwise, with the drafts that come under such names."""
    found: dict[bytes, list[bytes]] = {}
    for uid, name in calling.called(image, decoded, {uid.decode() for uid in drafts.named}).items():
        found.setdefault(name.encode(), []).append(uid.encode())
    return found


def _by_name(
    image: Image, decoded: Decoded, drafts: Drafts, called: Mapping[bytes, Sequence[bytes]]
) -> tuple[dict[bytes, int], dict[bytes, bytes]]:
    """What becomes of drafts whose names the register has, and the new names of those that had been taken back."""
    fates: dict[bytes, int] = {}
    renamed: dict[bytes, bytes] = {}
    # Other names under which drafts may be there: without the unit that they got, or after they had been taken back.
    asked = {name: uid for uid, name in drafts.unitless.items() if uid not in drafts.blocks}
    names = {*drafts.uids, *asked, *called} if asked or called else drafts.uids
    found = _found(image, decoded, names, drafts.meet())
    while True:
        void: dict[int, tuple[bytes, list[bytes]]] = {}
        for name, line, record in found:
            own = [asked.get(name, name)] if name in asked or name in drafts.uids else []
            firsts = [*own, *called.get(name, ())]
            if record.void:
                void[line.number] = name, firsts
                continue
            for first in firsts:
                fates[first] = KNOWN
                if first in drafts.named:
                    drafts.recognise(first, line.number, line.text)
        back = undone.back(image, decoded, void.keys())
        fates |= {first: VOID for number, (_, firsts) in void.items() if number not in back for first in firsts}
        names_back = [void[number][0] for number in back]
        asked = {again(name): asked.get(name, name) for name in names_back if name in asked or name in drafts.uids}
        if not asked:
            return fates, renamed
        renamed |= {first: name for name, first in asked.items()}
        found = _found(image, decoded, asked)


def _linked(
    image: Image,
    decoded: Decoded,
    drafts: Drafts,
    blocks: Mapping[bytes, bytes],
    as_read: Callable[[Record], Record],
    taken: Collection[bytes],
) -> Found:
    """What becomes of drafts that are known by what they say."""
    wanted = {*blocks.values()}
    faces, gones = linking.faces(image, decoded, wanted, linking.erased(image, decoded, wanted))
    if not faces:
        return Found((), {}, {}, {})
    met = {block for face in faces.values() for block in face.blocks}
    ones = {
        uid: linking.face([as_read(decoder().decode(text))], gones, blocks[uid])
        for uid, text in zip(drafts.uids, drafts.texts(), strict=True)
        if blocks.get(uid) in met
    }
    linkage = linking.Linkage(gones)
    linkage.add(faces)
    links = linkage.linked(ones, taken)
    # Under a name of its own a record of another register may be one that is here, only that it does not say who came.
    asked = [uid for uid in ones if uid in drafts.named and uid not in links.unsure]
    alike = {uid: found for uid in asked if uid not in links.same and (found := linkage.like(ones[uid]))}
    fates = {uid: VOID if faces[name].is_void else KNOWN for uid, name in links.same.items()}
    stated = {faces[links.same[uid]].number: uid for uid in asked if fates.get(uid) == KNOWN}
    for number, lines in image.versions_of(stated.keys()).items() if stated else ():
        drafts.recognise(stated[number], number, lines[-1].text)
    return Found(links.same.values(), fates, links.unsure, alike)


def _unitless(record: Record) -> Record:
    return replace(record, unit="")


def _found(
    image: Image, decoded: Decoded, names: Collection[bytes], met: Met | None = None
) -> Iterator[tuple[bytes, Line, Record]]:
    """The records of some names with their lines; `met` gets those of the others that it wants."""
    for line in image.present():
        name = name_in(line.text)
        if name in names:
            yield name, line, decoded(line)
        elif met and not met.is_far(line.text):
            record = decoded(line)
            if not record.void:
                met.keep(line.number, record)


def lines(drafts: Drafts, intake: Intake, stamp: Mapping[str, Any]) -> Iterator[bytes]:
    """The lines of the new ones, under the stamp of their writing."""
    said = {name: value for name, value in stamp.items() if value}
    mark = b"," + msgspec.json.encode(said)[1:-1] if said else b""
    number = intake.first
    for uid, fate, text in zip(drafts.uids, intake.fates, drafts.texts(), strict=True):
        if fate == NEW:
            text = _nameless(text, intake.unsure[uid]) if uid in intake.unsure else text
            name = intake.renamed.get(uid, uid)
            named = text.replace(b'%s%s"' % (UID, uid), b'%s%s"%s' % (UID, name, mark), 1)
            yield layout.line(number, named)
            number += 1


def _nameless(text: bytes, other: Face) -> bytes:
    """A draft without what was erased from a record that it may be."""
    record, mark = decoder().decode(text), other.mark
    assert mark is not None, "something was erased"
    return msgspec.json.encode(replace(stripped(record, mark.fields), erased=replace(mark, rev=1, is_guess=True)))
