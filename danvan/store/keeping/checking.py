"""The whole register looked through: what is wrong with the file, its lines, its records, and them together.

The convention: a fault is a `Finding`, found by reading alone; all of them are told at once. Nothing is believed on
the word of the closing part. What a finding says goes without any content of a record, which may name people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from io import BytesIO
from operator import attrgetter
from typing import NamedTuple
from zlib import crc32

import msgspec

from danvan.cautions import amounts, naming, people, small_groups
from danvan.errors import Damaged
from danvan.privacy import personal
from danvan.records import KINDS, Closing, Office, Reception, Record, tag_of
from danvan.reports.closings import is_altered
from danvan.store.decoding import decoder
from danvan.store.file import disk, layout
from danvan.store.file.image import Image
from danvan.store.file.opening import RegisterFile
from danvan.store.keeping import twofold
from danvan.store.keeping.findings import DAMAGE, Finding
from danvan.store.keeping.rules import broken_by, hidden_in

STEP = 20_000  # lines between two calls of `progress`

_decode = decoder().decode
_encode = msgspec.json.Encoder().encode
_identity = attrgetter(*personal(Reception))


class Checked(NamedTuple):
    """What came of it.

    Attributes:
        records, void: how many records were understood, and how many of them are void.
        others: how many entries are about the register itself: settings, closings, notes of who saw what.
        versions: how many lines were understood.
        crc: the checksum of all before the closing part, as it is.
        secret: the numbers of records that may not say who came, and do.
        without_uid: the numbers of records without a `uid`.
    """

    findings: list[Finding]
    records: int
    void: int
    others: int
    versions: int
    format: int
    uid: str
    crc: int
    secret: frozenset[int]
    without_uid: frozenset[int]

    @property
    def is_damaged(self) -> bool:
        """Whether lines of the file are lost or beyond understanding."""
        return any(finding.key in DAMAGE for finding in self.findings)


def check(file: RegisterFile, progress: Callable[[int], None] = lambda _: None) -> Checked:
    """Look through the whole register; others may write to it meanwhile, and are not waited for.

    Raises:
        Refused: there is none.
        Damaged: it is no register at all, or of a newer format.
    """
    with opened(file) as (image, found):
        return examine(image, found, progress)


@contextmanager
def opened(file: RegisterFile) -> Iterator[tuple[Image, list[Finding]]]:
    """The register as it is now, in whatever state, and what is wrong with its end."""
    with file.held() as source:
        image, found = understood(file, source)
        if image.source is source:  # what stands before the end stays as it is, so nobody need wait for the reading
            image.source = disk.open_existing(file.resolved(), writable=False)
    with image.source:
        yield image, found


def understood(file: RegisterFile, source: disk.Source) -> tuple[Image, list[Finding]]:
    """An image of the file, in whatever state that is, and what is wrong with its end."""
    image = file.look(source)
    if image:
        return image, []
    data = disk.read_at(source, 0, disk.size(source))
    try:
        mended = layout.recover(data, str(file.path))
    except Damaged as fault:
        top = layout.read_head(data, str(file.path))
        if top is None or fault.key == "newer_format":
            raise
        return _as_it_is(data, top), [Finding("closing")]
    text = mended.text or data[: mended.state.end] + layout.closing(mended.state)
    top = layout.read_head(text, str(file.path))
    assert top is not None, "what is understood has a head"
    found = [] if mended.cause == "new" else [Finding(mended.cause, facts={"dropped": mended.dropped})]
    return Image(BytesIO(text), top, mended.state), found


def _as_it_is(data: bytes, top: layout.Head) -> Image:
    """A broken file, all lines of which are to be looked at."""
    end = data.rfind(layout.CLOSING_START)
    end = end if end >= top.size else len(data.rstrip())
    found = layout.CLOSING.match(data, end)
    next_id = int(found["next_id"]) if found else 1
    return Image(BytesIO(data), top, layout.State(next_id, end, crc32(data[:end])))


def examine(image: Image, found: list[Finding], progress: Callable[[int], None] = lambda _: None) -> Checked:
    """Look through an image; `found` is what is known to be wrong with its end."""
    reading = Reading(image)
    reading.found += found
    for count, (offset, raw) in enumerate(raw_lines(image), 1):
        reading.line(offset, raw)
        if count % STEP == 0:
            progress(count)
    reading.end()
    findings = [
        *reading.findings(),
        *_named(image, reading.secret),
        *twofold.overlaps(raw_lines(image), reading.rows, reading.latest),
    ]
    row = image.head.row
    records = [known for known in reading.known.values() if known.kind in KINDS.values()]
    return Checked(
        findings,
        len(records),
        sum(known.is_void for known in records),
        len(reading.known) - len(records),
        reading.versions,
        row["format"],
        str(row.get("uid", "")),
        reading.crc,
        reading.secret,
        frozenset(number for number, known in reading.known.items() if not known.uid),
    )


def _named(image: Image, numbers: Collection[int]) -> Iterator[Finding]:
    """The records that may not say who came, and say it in texts, too; once the identity is gone nothing knows."""
    for number, history in sorted(histories(image, numbers).items()):
        if any(any(naming(record, who)) for record in history for who in history):
            yield Finding("named", number, kind="reception")


def histories(image: Image, numbers: Collection[int]) -> dict[int, list[Record]]:
    """The versions of some records, of those lines that can be read."""
    found: dict[int, list[Record]] = {}
    for _, raw in raw_lines(image) if numbers else ():
        key = layout.KEY.match(raw)
        if key and int(key[1]) in numbers:
            with suppress(ValueError, RecursionError):  # it is no record, a finding of its own
                found.setdefault(int(key[1]), []).append(read(raw[key.end() :].removesuffix(b",").strip())[0])
    return found


def raw_lines(image: Image) -> Iterator[tuple[int, bytes]]:
    """Everything between the head and the closing part, line by line, each with its offset."""
    for offset, block, stop in image.blocks(image.head.size, image.state.end):
        at = offset
        for piece in block[:stop].split(b"\n"):
            if at > offset or piece:  # before the first line feed there should be nothing
                yield at, piece
            at += len(piece) + 1


def read(text: bytes) -> tuple[Record, Collection[str]]:
    """The record in the JSON text of a line, and what it holds that danvan does not know.

    Raises:
        ValueError, RecursionError: it is no record, or Python's own JSON, and so TinyDB, cannot read it.
    """
    record: Record = _decode(text)
    if _encode(record) == text:
        return record, ()
    return record, json.loads(text).keys() - {"kind", *record.__struct_fields__}


class Known(NamedTuple):
    """What is remembered of a record: its present version's number, what names it, its kind."""

    rev: int
    uid: str
    kind: type[Record]
    is_merged: bool
    is_void: bool


class Reading:
    """What was found so far.

    Attributes:
        known: every record, by number.
        rows: the present aggregate rows, by number; void ones are not among them.
        latest: where the present version of a record begins, for those with several.
        crc: the checksum of what was read.
    """

    def __init__(self, image: Image) -> None:
        self.found: list[Finding] = []
        self.known: dict[int, Known] = {}
        self.rows: dict[int, Record] = {}
        self.latest: dict[int, int] = {}
        self.versions = 0
        top = disk.read_at(image.source, 0, image.head.size)
        self.crc = crc32(top)
        self._image = image
        self._at = top.count(b"\n") + 1  # the line the last one looked at stands on
        self._rules: dict[int, list[Finding]] = {}
        self._named: dict[int, bool] = {}  # who says or said who came, and whether that is allowed by now
        self._exposed: set[int] = set()
        self._by_uid: dict[str, int] = {}
        self._office = 0
        self._threshold = Office(date.min).threshold
        self._comma = True

    @property
    def secret(self) -> frozenset[int]:
        """Who must not be named is: in a version that may not, or in an older one of what is a denunciation by now."""
        return frozenset(self._exposed).union(number for number, may_name in self._named.items() if not may_name)

    def line(self, offset: int, raw: bytes) -> None:
        """Look at one line."""
        self._at += 1
        self.crc = crc32(raw, crc32(b"\n", self.crc))
        if not self._comma:
            self.found.append(Finding("comma", line=self._at - 1))
        self._comma = raw.endswith(b",")
        key = layout.KEY.match(raw)
        if key is None:
            self.found.append(Finding("no_record", line=self._at))
            return
        number, text = int(key[1]), raw[key.end() : -1 if self._comma else None]
        try:
            record, unknown = read(text)
        except (ValueError, RecursionError) as fault:
            is_record = layout.is_record(raw[:-1] if self._comma else raw)
            reason = {"reason": str(fault)} if is_record else {}
            self.found.append(Finding("unreadable" if is_record else "no_record", number, self._at, reason))
            return
        self.versions += 1
        self._version(number, record, offset, text, is_marked=raw.startswith(layout.MARK, key.end() - 1))
        for name in unknown:
            self._add("unknown_field", number, record, name=name)

    def _version(self, number: int, record: Record, offset: int, text: bytes, *, is_marked: bool) -> None:
        before = self.known.get(number)
        if not is_marked and (before or layout.spans(text)):
            self._add("mark", number, record)
        if before is None:
            self._first(number, record)
        else:
            self._later(number, record, before)
            self.latest[number] = offset
        is_merged = getattr(record, "merged", None) is not None
        self.known[number] = Known(record.rev, record.uid, type(record), is_merged, bool(record.void))
        if isinstance(record, Office):
            self._office = offset
            self._threshold = record.threshold
        elif isinstance(record, Closing) and is_altered(record):
            self._add("altered", number, record)
        elif type(record) in KINDS.values():
            self._content(number, record, text)

    def _content(self, number: int, record: Record, text: bytes) -> None:
        """What the version itself says; of a record's versions only the present one has to keep the rules."""
        rules = [
            Finding("rule", number, self._at, {}, tag_of(type(record)), problem)
            for problem in (*broken_by(record), *hidden_in(record, text))
            if problem.key != "identity"
        ]
        if not record.void:
            rules += [
                Finding("sums", number, self._at, {}, tag_of(type(record)), problem) for problem in amounts(record)
            ]
            rules += [
                Finding("texts", number, self._at, {}, "reception", problem)
                for problem in (people(record, is_certain=True) if isinstance(record, Reception) else ())
            ]
        if rules or number in self._rules:
            self._rules[number] = rules
        if isinstance(record, Reception):
            self._identity(number, record)
        if record.to is not None and not record.void:
            self.rows[number] = record
        else:
            self.rows.pop(number, None)

    def _identity(self, number: int, record: Reception) -> None:
        may_name = record.may_name_people
        if any(_identity(record)):
            self._named[number] = may_name
            if not may_name:
                self._exposed.add(number)
        elif number in self._named:
            self._named[number] = may_name

    def _first(self, number: int, record: Record) -> None:
        if record.rev != 1 and getattr(record, "merged", None) is None:
            self._add("chain_rev", number, record, rev=record.rev, expected=1)
        elif self.known and number < next(reversed(self.known)):
            self._add("order", number, record)
        if not record.uid:
            self._add("no_uid", number, record)
        elif (other := self._by_uid.setdefault(record.uid, number)) != number:
            self._add("uid_twice", number, record, other=str(other))

    def _later(self, number: int, record: Record, before: Known) -> None:
        is_merged = before.is_merged or getattr(record, "merged", None) is not None
        if record.uid != before.uid:
            self._add("chain_uid", number, record)
        if type(record) is not before.kind:
            self._add("chain_kind", number, record, before=tag_of(before.kind))
        if not is_merged and record.rev != before.rev + 1:
            self._add("chain_rev", number, record, rev=record.rev, expected=before.rev + 1)
        if not 0 <= record.undoes < record.rev:
            self._add("chain_undoes", number, record, undoes=record.undoes)

    def end(self) -> None:
        """Compare with what the closing part says."""
        state = self._image.state
        if self._comma and self.versions:
            self.found.append(Finding("comma", line=self._at))
        is_closed = not any(finding.key == "closing" for finding in self.found)
        if is_closed and self.crc != state.crc:
            self.found.append(Finding("checksum"))
        highest = max(self.known, default=0)
        if state.next_id <= highest:
            self.found.append(Finding("next_id", facts={"next_id": state.next_id, "highest": highest}))
        if is_closed and state.office != self._office:
            self.found.append(Finding("office"))

    def findings(self) -> list[Finding]:
        """All of them: of the file and its lines first, then of the records."""
        rules = [finding for found in self._rules.values() for finding in found]
        secret = [Finding("identity", number, kind="reception") for number in sorted(self.secret)]
        groups = [
            Finding("sums", number, kind="reception", problem=problem)
            for number, row in self.rows.items()
            for problem in small_groups(row, self._threshold)
        ]
        return [*self.found, *secret, *rules, *groups]

    def _add(self, key: str, number: int, record: Record, **facts: object) -> None:
        self.found.append(Finding(key, number, self._at, facts, tag_of(type(record))))
