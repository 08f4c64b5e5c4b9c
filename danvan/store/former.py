"""Records named by all that they say, who came as well, as once all imported ones were: such a name may not stay.

The convention: a former name is known by a version of which it can be made. So who came is not taken out of a record
without giving it, in all its versions, the name that it would get now; afterwards nobody could tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from danvan.naming import Told, formerly, turned
from danvan.privacy import personal
from danvan.records import KINDS, Record, Reveal
from danvan.store import turns
from danvan.store.decoding import decoder
from danvan.store.image import Image
from danvan.store.sides import content

MOST = 16  # records of one day and matter that are looked for under names of now
# What stands in the text of a version that says who came.
SAYING = tuple(f'"{name}":"'.encode() for kind in KINDS.values() for name in personal(kind))


def told(history: Iterable[Record]) -> Told | None:
    """What tells a record from others, given its versions, if it has a former name."""
    return next(filter(None, (formerly(content(one)) for one in history)), None)


def renamed(histories: Mapping[int, Iterable[Record]], taken: Collection[bytes]) -> dict[int, str]:
    """The new names of those of some records that have a former one, by their numbers.

    Args:
        taken: the names that the register has.
    """
    found = {number: one for number, history in histories.items() if (one := told(history))}
    return {number: name.decode() for number, name in turns.free(found, taken).items()}


def seen_as(reveal: Reveal, names: Mapping[str, str]) -> Reveal:
    """A note that identity was shown, with the new names of records."""
    seen = tuple(names.get(uid, uid) for uid in reveal.seen)
    return replace(reveal, seen=seen) if seen != reveal.seen else reveal


def bearers(image: Image, wanted: Collection[bytes]) -> Iterator[tuple[Record, Told]]:
    """The versions of a register by which a record has a former name and might have one of those wanted instead."""
    for line in image.lines(SAYING) if wanted else ():
        record = decoder().decode(line.text)
        one = told([record])
        if one and any(name in wanted for name in called(one.rest)):
            yield record, one


def called(rest: bytes) -> Iterator[bytes]:
    """The names of now that records may have which say the same but for who came: the first ones."""
    return (turned(rest, turn) for turn in range(1, MOST + 1))
