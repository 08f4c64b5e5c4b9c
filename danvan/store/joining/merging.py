"""Registers of other offices in this one: which versions come in, which of them counts, what has to be decided.

The convention. The `uid` says which records are the same (see `aligning`); ids are every register's own. A version is
known by all that it says, number and stamp (`rev`, `at`, `by`, `batch`, `undoes`) included, and keeps these wherever
it goes: `history` shows who wrote it and when, and in `merged` how it came. A register's versions of a record are a
set; to merge is to unite sets. Nothing written is moved: what comes stands behind what is there, the earlier before
the later, and the present version last, where need be once more.

The later of two versions is the one with more versions before it, then the younger, then one by the order of its
bytes: no clock can put a version before one it was made from. Of the present versions of several registers one
counts if every other register that knows it not is known to it; where two are left that say different things,
somebody has to decide. A decision against the later one is a version of its own, by whoever decides. So the present
version of a record is always its latest, and it does not matter in which order registers are merged, or how often.

Only records travel: settings, closings and notes of who saw what are about the register they stand in. What a
register took back with an undo is looked at as `undone` says.
What one register has erased comes in from none: all sides are looked at without it, and the present version says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from danvan.errors import Problem
from danvan.privacy import told
from danvan.records import COUNTED, Arrival, Closing, Erasure, Record
from danvan.store.decoding import Decoded, name_in
from danvan.store.file import layout
from danvan.store.file.image import Image
from danvan.store.joining.aligning import Aligned, aligned
from danvan.store.joining.sides import (
    ERASED,
    HERE,
    Side,
    Version,
    content,
    erasure,
    side,
    silent,
    version,
    without,
)
from danvan.store.joining.undone import happened, standing, withdraws

DENOUNCES = b'"category":"denunciation"'

Choice = Literal["", "ours", "theirs", "latest"]
Check = Callable[[Record], Sequence[Problem]]
Numbered = tuple[int, Record]


class Fault(NamedTuple):
    """What is wrong with a version that would come in, the register it stands in, and its number there."""

    source: str
    number: int
    record: Record
    problem: Problem


class Brought(NamedTuple):
    """What other registers bring.

    Attributes:
        sides: by `uid`.
        closings: how many lines are about the register they stand in.
    """

    sides: Mapping[str, Sequence[Side]]
    closings: int
    faults: Sequence[Fault]


class Conflict(NamedTuple):
    """A record of which several present versions are left: source, number there, version; this register's first."""

    sides: tuple[tuple[str, int, Record], ...]


class Merged(NamedTuple):
    """What becomes of one record.

    Attributes:
        number: its id here; 0 until a new one has got one.
        before: its present version so far; None where it is new.
        after: its present version from now on.
        coming: the versions to be written, with their sources, in order.
        called: what other registers call it, as far as that is new here.
        place: what puts new records in an order that is not that of the files.
        origin: a register that has it, and its number there.
        is_exposing: it says who came, and one of the registers has it as a denunciation.
    """

    number: int
    before: Version | None
    after: Version
    coming: Sequence[tuple[Version, str]]
    called: Sequence[str]
    place: tuple[float, int, str]
    origin: tuple[str, int]
    is_exposing: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether a record that was here says something else from now on."""
        return self.before is not None and content(self.before.record) != content(self.after.record)


class Doubts(NamedTuple):
    """What nobody can tell where identity was erased, by the numbers of records.

    Attributes:
        nameless: new ones without who came, for that may be somebody who was erased from another one.
        taken: those from which identity was erased, and which others that name somebody were taken for.
        twice: new ones without who came, each with one that names somebody and may be the same.
    """

    nameless: Sequence[int]
    taken: Sequence[int]
    twice: Mapping[int, int]


class Merge(NamedTuple):
    """What merging comes to.

    Attributes:
        records: those to which something comes; new ones last, in the order of their ids.
        same: how many records brought nothing new.
        conflicts, faults: what has to be decided or mended first; with any, nothing is written.
        closings: how many lines are about the register they stand in, and stay there.
        erased: records here of which another register erased texts that older versions here still hold.
        doubts: what cannot be told where identity was erased.
    """

    records: Sequence[Merged]
    same: int
    conflicts: Sequence[Conflict]
    faults: Sequence[Fault]
    closings: int
    erased: Sequence[int]
    doubts: Doubts

    @property
    def is_ready(self) -> bool:
        """Whether there is something to write, and nothing against it."""
        return bool(self.records) and not (self.conflicts or self.faults)

    def lines(self, stamp: Arrival) -> Iterator[bytes]:
        """The lines to append."""
        for one in self.records:
            again = one.before is not None
            for left, (each, source) in zip(reversed(range(len(one.coming))), one.coming, strict=True):
                arrival = msgspec.structs.replace(stamp, source=source, called=() if left else tuple(one.called))
                record = msgspec.structs.replace(each.record, merged=arrival)
                yield layout.line(one.number, msgspec.json.encode(record), again=again)
                again = True


def brought(registers: Iterable[tuple[str, Iterable[Numbered]]]) -> Brought:
    """What registers hold, each given as its name and all its lines in the order of its file."""
    sides: dict[str, list[Side]] = {}
    faults: list[Fault] = []
    closings = 0
    for source, entries in registers:
        found: dict[int, list[Version]] = {}
        arrivals: dict[int, list[Arrival | None]] = {}
        for number, record in entries:
            if isinstance(record, COUNTED):
                found.setdefault(number, []).append(version(record))
                arrivals.setdefault(number, []).append(record.merged)
            else:
                closings += isinstance(record, Closing)
        names: dict[str, int] = {}
        for number, versions in found.items():
            record = versions[-1].record
            fault = _misnamed(record, number, names)
            if fault:
                faults.append(Fault(source, number, record, fault))
            elif kept := happened(side(source, number, versions, arrivals[number])):
                sides.setdefault(record.uid, []).append(kept)
    return Brought(sides, closings, faults)


def _misnamed(record: Record, number: int, names: dict[str, int]) -> Problem | None:
    """Why a record cannot be told from others, if so; `names` keeps those that were seen."""
    if not record.uid:
        return Problem("uid", "no_uid", {})
    other = names.setdefault(record.uid, number)
    return None if other == number else Problem("uid", "uid_shared", {"id": str(other)})


def own(image: Image, decoded: Decoded, uids: Collection[str]) -> dict[str, Side]:
    """This register's side of each record that has one of these `uid`s."""
    found: dict[int, tuple[str, list[Version], list[Arrival | None]]] = {}
    for line in image.lines() if uids else ():
        if line.number in found or name_in(line.text).decode(errors="replace") in uids:
            record = decoded(line)
            if not isinstance(record, COUNTED):
                continue
            _, versions, arrivals = found.setdefault(line.number, (record.uid, [], []))
            versions.append(version(record))
            arrivals.append(record.merged)
    return {
        uid: side(HERE, number, versions, arrivals)
        for number, (uid, versions, arrivals) in reversed(found.items())
        if uid in uids
    }


def merge(image: Image, decoded: Decoded, found: Brought, choice: Choice, check: Check, stamp: Arrival) -> Merge:
    """What uniting this register's versions with those that are brought comes to.

    Args:
        choice: which version counts where several sides revised a record; of several others' it is the latest.
        check: what is wrong with a version.
        stamp: when and by whom the registers are merged.
    """
    theirs_here = aligned(image, decoded, found.sides)
    here = own(image, decoded, theirs_here.sides)
    records: list[Merged] = []
    conflicts: list[Conflict] = []
    faults = list(found.faults)
    erased: list[int] = []
    for uid, offered in sorted(theirs_here.sides.items()):
        mine = here.get(uid)
        theirs = [one for one in offered if not _is_guess(one)] or ([] if mine else offered)
        if not theirs:
            continue
        sides = silent([mine, *theirs] if mine else theirs)
        if mark := theirs_here.nameless.get(uid) or erasure(sides):
            kept, sides = mine, [without(one, mark) for one in sides]
            mine, theirs = (sides[0], sides[1:]) if mine else (None, sides)
            erased += [kept.number] if kept and kept != mine else []
        wrong = list(_wrong(mine, theirs, check))
        faults += wrong
        before = happened(mine) if mine else None
        counting = standing([before, *theirs] if before else theirs)
        heads = _heads(counting)
        winner = _winner(heads, before, choice)
        if wrong:
            continue
        if winner is None:
            conflicts.append(_conflict(heads, counting))
        elif one := _merged(uid, mine, theirs, winner, _latest(counting), mark, stamp):
            records.append(one)
    same = len(theirs_here.sides) + len(theirs_here.guessed) + theirs_here.unwanted - len(records) - len(conflicts)
    done = _numbered(records, image.state.next_id)
    return Merge(done, same, conflicts, faults, found.closings, erased, _doubts(done, theirs_here))


def _doubts(done: Sequence[Merged], found: Aligned) -> Doubts:
    names = {one.after.record.uid: one.number for one in done}
    return Doubts(
        [number for uid, number in names.items() if uid in found.nameless],
        sorted({*found.guessed}),
        {number: found.twice[uid] for uid, number in names.items() if uid in found.twice},
    )


def _is_guess(side: Side) -> bool:
    """Whether a register could not tell whom a record names: what it made of that is for nobody else."""
    return ERASED in side.present.text and side.present.record.is_guess


def _numbered(records: Sequence[Merged], next_id: int) -> list[Merged]:
    """Records with their ids: new ones in an order that does not depend on that of the files."""
    old = sorted((one for one in records if one.number), key=lambda one: one.number)
    new = sorted((one for one in records if not one.number), key=lambda one: one.place)
    return [*old, *(one._replace(number=number) for number, one in enumerate(new, next_id))]


def _wrong(mine: Side | None, theirs: Sequence[Side], check: Check) -> Iterator[Fault]:
    """The faults of versions that are not here yet."""
    kind = type((mine or theirs[0]).present.record)
    for each, one in _coming(mine, theirs).items():
        record = each.record
        wrong = check(record) if type(record) is kind else [Problem("uid", "uid_kind", {})]
        yield from (Fault(one.source, one.number, record, problem) for problem in wrong)


def _coming(mine: Side | None, theirs: Sequence[Side]) -> dict[Version, Side]:
    """The versions that are not here yet, the earlier before the later, with a side that has them."""
    known = set(mine.versions) if mine else set()
    found: dict[Version, Side] = {}
    for one in sorted(theirs, key=lambda one: (one.source, one.number)):
        for each in one.versions:
            if each not in known:
                found.setdefault(each, one)
    return dict(sorted(found.items()))


def _heads(sides: Sequence[Side]) -> list[Version]:
    """The present versions that no other side knows and has gone on from."""
    known: dict[Version, set[Version]] = {}
    for one in sides:
        known.setdefault(one.present, set()).update(one.versions)
    left = [
        head
        for head in known
        if not any(head in known[other] and other not in known[head] for other in known if other != head)
    ]
    return left or list(known)


def _winner(heads: Sequence[Version], mine: Side | None, choice: Choice) -> Version | None:
    """The version that counts; None where it has to be decided."""
    if len(heads) == 1 or all(content(one.record) == content(heads[0].record) for one in heads[1:]):
        return max(heads)
    if all(withdraws(one.record) for one in heads):
        return max(heads)
    match choice:
        case "":
            return None
        case "ours" if mine and mine.present in heads:
            return mine.present
        case "theirs":
            return max(head for head in heads if not (mine and head == mine.present))
    return max(heads)


def _latest(sides: Sequence[Side]) -> Version:
    return max(one for side in sides for one in side.versions)


def _conflict(heads: Sequence[Version], sides: Sequence[Side]) -> Conflict:
    there = {one.present: one for one in reversed(sides)}
    return Conflict(tuple((there[head].source, there[head].number, head.record) for head in heads))


def _merged(
    uid: str,
    mine: Side | None,
    theirs: Sequence[Side],
    winner: Version,
    latest: Version,
    mark: Erasure | None,
    stamp: Arrival,
) -> Merged | None:
    """What becomes of a record of which `winner` counts; None where nothing does.

    Args:
        latest: the latest of all versions that say what counts.
    """
    before = happened(mine) if mine else None  # what was taken back comes once more
    coming = [(each, one.source) for each, one in _coming(before, theirs).items()]
    present = mine.present if mine else None
    if not coming and present and content(winner.record) == content(present.record):
        return None
    is_against = content(winner.record) != content(latest.record)
    if is_against or latest.record.erased != mark:  # what is present says that something was erased
        latest = _decision(winner if is_against else latest, latest, mark, stamp)
    if (coming[-1][0] if coming else present) != latest:
        coming.append((latest, HERE))
    first = min(theirs, key=lambda one: (one.versions[0].instant, one.number, one.source))
    place = first.versions[0].instant, first.number, uid
    called = {name for one in theirs for name in one.called} - {uid, *(mine.called if mine else ())}
    sides = [mine, *theirs] if mine else theirs
    is_exposing = any(DENOUNCES in one.present.text for one in sides) and bool(told(latest.record))
    return Merged(mine.number if mine else 0, present, latest, coming, sorted(called), place, first[:2], is_exposing)


def _decision(winner: Version, latest: Version, mark: Erasure | None, stamp: Arrival) -> Version:
    """What `winner` says as a version after the latest one, by whoever merges."""
    signed = {"rev": latest.rev + 1, "at": stamp.at, "by": stamp.by, "batch": "", "erased": mark}
    if not withdraws(winner.record):
        signed |= {"undoes": 0, "undone": ""}
    return version(msgspec.structs.replace(winner.record, **signed))
