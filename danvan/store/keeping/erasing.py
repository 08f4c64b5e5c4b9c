"""Erasing what a record says about people, from all its versions by one rewrite of the file.

The convention: what is erased are texts, never what is counted or placed: no figure of any report changes. A version
is put on top that says when, by whom and why, and what; the record keeps its number, its `uid` and its history.

When identity was shown, and to whom, stays as well, but not what for, which may name people too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from danvan.errors import Refused
from danvan.naming import UID
from danvan.privacy import told
from danvan.records import COUNTED, Erasure, Reception, Record, Reveal
from danvan.store.decoding import Decoded, decoder, histories, name_in
from danvan.store.file import layout
from danvan.store.file.image import MANY, Image
from danvan.store.joining.sides import content
from danvan.store.joining.undone import UNDOES, is_back
from danvan.store.keeping.looking import may_hold
from danvan.store.reader import Entry
from danvan.store.register import Register
from danvan.store.stamping import Stamp, stamped
from danvan.store.texts import GONE, erasable, said, stripped

REVEAL = b'{"kind":"reveal"'


class Erased(NamedTuple):
    """What was erased from one record.

    Attributes:
        entry: its present version, which says so.
        names: the attributes that said something in some version.
        versions: how many versions said something.
        is_unexplained: whether it went as well what the identity of the record was shown for.
    """

    entry: Entry
    names: tuple[str, ...]
    versions: int
    is_unexplained: bool


def erase(register: Register, numbers: Sequence[int], names: Collection[str], reason: str, on: date) -> list[Erased]:
    """Erase texts from all versions of records, all of it at once; records that say nothing there are left alone.

    Args:
        names: the attributes to erase; all that a kind has of them without any.

    Raises:
        Refused: there is no such record.
        Busy, Damaged, FileFault: the register cannot be written; nothing was changed.
    """
    with register.file.writing() as log:
        found = _found(log.image, register.decoded, numbers, names)
        if not found:
            return []
        stamp = register.signed(len(found))
        explained = _explained(log.image, register.decoded)
        done = [
            _marked(Entry(number, history[-1]), history, gone, stamp, reason, on, explained)
            for number, (history, gone) in found.items()
        ]
        lines = [
            *_rewritten(log.image, register.decoded, done, is_whole=not names),
            *(layout.line(one.entry.id, msgspec.json.encode(one.entry.record), again=True) for one in done),
        ]
        head = log.image.head
        text, _ = layout.whole(layout.head(head.row, head.tables), lines, log.state.next_id)
        log.replace(text)
    return done


def taken_back(register: Register, others: Mapping[int, Sequence[Record]]) -> dict[int, list[Record]]:
    """The records that were taken back and say the same as others, with their versions.

    The unit tells nothing of them where they name who came or are denunciations: a list may have been taken back for
    its units. Elsewhere another unit may have had the same; and what another register brought may be of somebody else.
    """
    units: dict[Record, set[str]] = {}
    for one in (version for history in others.values() for version in history):
        units.setdefault(_unplaced(one), set()).add(one.unit)
    with register.file.reading() as image:
        numbers = {line.number for line in image.lines((UNDOES,))} - others.keys()
        found = histories(image, numbers, register.decoded)
    return {
        number: history
        for number, history in sorted(found.items())
        if type(history[-1]) in COUNTED and is_back(history) and any(_says_as(one, units) for one in history)
    }


def _says_as(record: Record, units: Mapping[Record, Collection[str]]) -> bool:
    """Whether a version that was taken back says the same as others, of which these are the units."""
    there = units.get(_unplaced(record))
    if there is None or told(record):
        return there is not None
    is_secret = isinstance(record, Reception) and record.category == "denunciation"
    return not record.merged and (is_secret or not record.unit or not {record.unit, ""}.isdisjoint(there))


def _unplaced(record: Record) -> Record:
    """What a version says, whatever it is called, of whichever unit."""
    return replace(content(record), uid="", void="", unit="")


def holding(paths: Iterable[Path], gone: Mapping[int, tuple[str, Collection[str]]]) -> list[Path]:
    """Those of the copies of a register that hold what was erased from it, or may do so.

    Args:
        gone: of each record, by its number, what it was called, and the attributes that were erased.
    """
    called = {uid.encode(): names for uid, names in gone.values() if uid}
    needles = [*(b'\n"%d":' % number for number in gone), *(UID + uid for uid in called)]

    def holds(image: Image) -> bool:
        for line in image.lines(needles if len(needles) < MANY else ()):
            _, names = gone.get(line.number, ("", called.get(name_in(line.text), ())))
            if names and said(decoder().decode(line.text), names):
                return True
        return False

    return [path for path in paths if may_hold(path, holds)]


def _found(
    image: Image, read: Decoded, numbers: Sequence[int], names: Collection[str]
) -> dict[int, tuple[list[Record], tuple[str, ...]]]:
    """The versions of each record, and which attributes said something in one of them; only where some did."""
    known = histories(image, set(numbers), read)
    found = {}
    for number in dict.fromkeys(numbers):
        history = known.get(number)
        if not history or type(history[-1]) not in COUNTED:
            raise Refused("no_record", id=str(number))
        wanted = [name for name in erasable(type(history[-1])) if not names or name in names]
        gone = tuple(name for name in wanted if any(said(record, [name]) for record in history))
        if gone:
            found[number] = history, gone
    return found


def _explained(image: Image, read: Decoded) -> set[str]:
    """Which records' identity was shown with what for, by what a reveal calls them."""
    reveals = map(read, image.lines([REVEAL]))
    return {uid for one in reveals if isinstance(one, Reveal) and one.reason != GONE for uid in one.seen}


def _called(entry: Entry) -> str:
    """What a reveal calls a record."""
    return entry.record.uid or str(entry.id)


def _marked(
    last: Entry,
    history: list[Record],
    gone: tuple[str, ...],
    stamp: Stamp,
    reason: str,
    on: date,
    explained: Collection[str],
) -> Erased:
    rev = last.record.rev + 1
    record = stamped(stripped(last.record, gone), stamp, rev, erased=Erasure(on, reason, rev, gone))
    versions = sum(bool(said(record, gone)) for record in history)
    return Erased(Entry(last.id, record), gone, versions, _called(last) in explained)


def _rewritten(image: Image, read: Decoded, done: Sequence[Erased], *, is_whole: bool) -> Iterable[bytes]:
    """All lines of the register, without what is to be erased."""
    gone = {one.entry.id: one.names for one in done}
    uids = {_called(one.entry) for one in done}
    seen: set[int] = set()
    for line in image.lines():
        number, _, text = line
        if number in gone:
            text = msgspec.json.encode(_silent(stripped(read(line), gone[number]), is_whole=is_whole))
        elif text.startswith(REVEAL):
            reveal = read(line)
            if isinstance(reveal, Reveal) and not uids.isdisjoint(reveal.seen):
                text = msgspec.json.encode(replace(reveal, reason=GONE))
        yield layout.line(number, text, again=number in seen)
        seen.add(number)


def _silent(record: Record, *, is_whole: bool) -> Record:
    """The record; where all its texts go, without why some went before, which is a text as well."""
    if not (is_whole and record.erased):
        return record
    return replace(record, erased=replace(record.erased, reason=GONE))
