"""Rows that bring the `uid` of a record: what they say, beside what the register has under that name.

The convention: a row speaks of the fields that its file has columns for, a blank cell saying that there is nothing,
and of no other. A row without a `uid` of its own is named by its content and cannot say anything else. What the
register has is kept as a compressed text, and only where it is not what the row says to the letter.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from msgspec.structs import replace

from danvan.exchange.incoming.packed import Texts
from danvan.naming import PARTING, named
from danvan.records import Record, completed, fields

PIECE = 10_000  # records in memory at once
BLANK = (None, "", ())
# What a register keeps about the version of a record, right behind its `uid`, in most of them.
KEPT = re.compile(
    rb'(?:,"rev":\d+)?(?:,"at":"[^"\\]*")?(?:,"by":"[^"\\]*")?(?:,"batch":"[^"\\]*")?'
    rb'(?:,"undoes":\d+)?(?:,"undone":"[^"\\]*")?'
)
Decode = Callable[[bytes], Record]


class Stated(NamedTuple):
    """What a row speaks of: attributes of a record; `is_unit_given` where the unit is the office's, the cell blank."""

    names: frozenset[str]
    is_unit_given: bool = False


class Spoken:
    """What rows that bring a `uid` speak of: all that their table has columns for, or that they name themselves."""

    def __init__(self) -> None:
        self._known: dict[object, frozenset[str]] = {}

    def of(self, table: object, called: Iterable[str], names: Iterable[str]) -> frozenset[str]:
        """The attributes of a row; in a `table`, if it stands in one, those are the same for all rows."""
        if table is None:
            return frozenset(names) - {"uid"}
        if table not in self._known:
            self._known[table] = frozenset(called) - {"uid"}
        return self._known[table]


class Restated(NamedTuple):
    """A record that a row says something else of: the row's place, the number, what it says now, and by the row."""

    place: int
    number: int
    before: Record
    after: Record


class Restating:
    """The rows that bring the `uid` of a record, and those of these records that a register has.

    Attributes:
        stated: what these rows speak of.
    """

    def __init__(self) -> None:
        self.stated: dict[bytes, Stated] = {}
        self._known: dict[Stated, Stated] = {}
        self.forget()

    def forget(self) -> None:
        """Begin with another register, or with what it has become."""
        self._numbers = array("q")
        self._there: dict[bytes, int] = {}
        self._texts = Texts()

    def add(self, uid: bytes, stated: Stated) -> None:
        """Keep what a row speaks of."""
        self.stated[uid] = self._known.setdefault(stated, stated)

    def meet(self, uid: bytes, content: bytes, number: int, text: bytes) -> None:
        """Keep what a register says under a `uid` unless a row says the same to the letter, by the name of it."""
        if _content(uid, text) != content:
            self._there[uid] = len(self._numbers)
            self._numbers.append(number)
            self._texts.add(text)

    def differing(self, uids: Iterable[bytes], texts: Texts, decode: Decode) -> Iterator[Restated]:
        """The records that rows say something else of, in the order of the rows.

        Args:
            uids, texts: of all rows, in their order.
        """
        met = ((place, uid) for place, uid in enumerate(uids) if uid in self._there) if self._there else iter(())
        while piece := dict(islice(met, PIECE)):
            said = texts.some(piece)
            kept = self._texts.some({self._there[uid] for uid in piece.values()})
            for place, uid in piece.items():
                before = decode(kept[self._there[uid]])
                after = _restated(before, decode(said[place]), self.stated[uid])
                if after != before:
                    yield Restated(place, self._numbers[self._there[uid]], before, after)


def _content(uid: bytes, text: bytes) -> bytes:
    """The name of what the JSON text of a record says, were it not for what is kept about its version."""
    before, _, after = text.partition(b'%s%s"' % (PARTING, uid))
    kept = KEPT.match(after)
    return named(before, after[kept.end() :] if kept else after)


def _restated(before: Record, row: Record, stated: Stated) -> Record:
    """A record as a row says it; what follows from the rest by itself need not be said."""
    if type(row) is not type(before):
        return row
    said = {name: getattr(row, name) for name in stated.names}
    if stated.is_unit_given:
        said["unit"] = ""
    changes = {name: value for name, value in said.items() if value != getattr(before, name)}
    if any(getattr(before, name) in BLANK for name in changes):
        follows = completed(type(before), _told(before), before.form)
        changes = {name: value for name, value in changes.items() if value != follows.get(name, ...)}
    return replace(before, **changes)


def _told(record: Record) -> dict[str, Any]:
    return {name: value for name in fields(type(record)) if (value := getattr(record, name)) not in BLANK}
