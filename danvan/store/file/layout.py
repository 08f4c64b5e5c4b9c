"""The text of a register file: what its bytes mean, and how a torn or edited one is understood.

The convention: pure functions over bytes, no disk. A file is a head, records, and a closing part:

    {"danvan":{"1":{"format":1,"uid":"…"}},
    "records":{
    "1":{"kind":"model",…},
    "2":{"kind":"audit",…},
    "1":→{"kind":"model",…,"rev":2}
    },
    "state":{"1":{"next_id":3,"end":214,"crc32":"9f1c2ab0","office":52,"stamp":1700989200000000000}}}

One record a line. A repeated key is a later version, and JSON parsers keep the last. Tables of other
programs stand in the head, a line each. `end` is the offset of the closing part itself, so that one moved
by an editor or left by an interrupted append is not believed. `office` is the offset of the newest line of
the office's settings, absent while there is none: what every write needs to know is found without a search.
`stamp` is the time of change that danvan gave the file with that write: a file with another one was touched by
another program, or copied, and its checksum has to say whether it is still danvan's own work.
The tab (→) after a colon marks a line that readers must not skip: a later version, or an aggregate row that
spans a calendar year without naming it. A bare tab cannot occur inside a JSON string, so these lines are
found in a fraction of the time it takes to look at every line.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from zlib import crc32

from danvan.errors import Damaged

FORMAT = 2
TAIL = 4096  # bytes read at the end of a file to find and check its closing part
MARK = b"\t"
OPENING = b'{"danvan":{"1":{"format":'
RECORDS = b'\n"records":{'
OWN_TABLES = ("danvan", "records", "state")
CLOSING_START = b'\n},\n"state":{'
CLOSING = re.compile(
    rb'\n\},\n"state":\{"1":\{"next_id":(?P<next_id>\d+),"end":(?P<end>\d+),"crc32":"(?P<crc>[0-9a-f]{8})"'
    rb'(?:,"office":(?P<office>[1-9]\d*))?(?:,"stamp":(?P<stamp>[1-9]\d*))?\}\}(?P<last>[} ])'
)
UNCOMMITTED = (b'\n\n"', b'\n}"')  # how an addition begins whose committing byte is still that of the closing part
OFFICE = re.compile(rb'"\d+":\t?\{"kind":"office"')
KEY = re.compile(rb'"(\d+)":\t?(?=\{)')
SPAN = re.compile(rb'[{,]"(date|to)":"(\d{4})-')


class State(NamedTuple):
    """What the closing part says.

    Attributes:
        next_id: the next free id.
        end: the offset of the closing part itself.
        crc: the CRC-32 of the bytes before it.
        office: the offset of the newest line of the office's settings; 0 while there is none.
        stamp: the time of change that the file was given with this state, in nanoseconds since 1970; 0 for none.
    """

    next_id: int
    end: int
    crc: int
    office: int = 0
    stamp: int = 0


class Head(NamedTuple):
    """What stands before the records: the register's own row, tables of others, and where the head ends."""

    row: dict[str, Any]
    tables: dict[str, Any]
    size: int


class Mended(NamedTuple):
    """How a file that is not as danvan left it is to be read.

    Attributes:
        state: the state of the records that were understood.
        cause: "new" for a register whose creation was cut short, "torn", or "edited".
        text: the whole file as it should be; None where the bytes before `state.end` are good as they stand.
        dropped: how many bytes at the end belong to no complete record.
    """

    state: State
    cause: str
    text: bytes | None = None
    dropped: int = 0


def dumped(value: object) -> bytes:
    """`value` as compact JSON, for the values of other programs that are not typed records.

    Raises:
        TypeError, ValueError: JSON cannot say it.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair has no UTF-8, only an escape
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def body(document: Mapping[str, Any]) -> bytes:
    """A document of other programs as the body of a line; the kind comes first, where readers look for it."""
    if "kind" in document:
        document = {"kind": document["kind"], **document}
    return dumped(dict(document))


def line(number: int, text: bytes, *, again: bool = False) -> bytes:
    """The line of record `number`; `again` says that the file holds an earlier version of it."""
    return b'"%d":%s%s' % (number, MARK if again or spans(text) else b"", text)


def spans(text: bytes) -> bool:
    """Whether the text is that of an aggregate row over a calendar year that it does not name."""
    if b'"to":"' not in text:
        return False
    years = {name: int(year) for name, year in SPAN.findall(text)}
    return years.get(b"to", 0) - years.get(b"date", 0) > 1


def closing(state: State) -> bytes:
    """The closing part."""
    row = b'"next_id":%d,"end":%d,"crc32":"%08x"' % state[:3]
    for name, value in ((b"office", state.office), (b"stamp", state.stamp)):
        if value:
            row += b',"%s":%d' % (name, value)
    return CLOSING_START + b'"1":{' + row + b"}}}"


def commit_at(added: bytes) -> int:
    """Which byte of an addition is the first that tells it from the closing part it overwrites."""
    return 0 if added.startswith(b",") else 1


def head(row: Mapping[str, Any], tables: Mapping[str, Any]) -> bytes:
    """The head of a file, up to the brace that opens the records."""
    others = b"".join(b"\n%s:%s," % (dumped(name), dumped(table)) for name, table in tables.items())
    return b'{"danvan":{"1":' + dumped(row) + b"}," + others + RECORDS


def new_row(uid: str = "") -> dict[str, Any]:
    """The row a new register begins with; `uid` tells it from the registers of other offices."""
    return {"format": FORMAT, "uid": uid or os.urandom(16).hex()}


def whole(top: bytes, lines: Iterable[bytes], next_id: int) -> tuple[bytes, State]:
    """A whole file: `top` is its head."""
    kept = list(lines)
    text = top + b"\n" + b",\n".join(kept) if kept else top
    state = State(next_id, len(text), crc32(text), newest_office(kept, len(top) + 1))
    return text + closing(state), state


def moved(text: bytes, old: Head, row: Mapping[str, Any], state: State) -> bytes:
    """A whole file: the records of `text`, all before the closing part of another, below a head with another row."""
    top = head(row, old.tables)
    body = top + text[old.size :]
    office = state.office and state.office + len(top) - old.size
    return body + closing(State(state.next_id, len(body), crc32(body), office))


def stamped(text: bytes, moment: int) -> bytes:
    """A whole file with `moment` as the stamp of its closing part."""
    offset = max(len(text) - TAIL, 0)
    state = read_closing(text[offset:], offset)
    assert state is not None, "a whole file closes"
    return text[: state.end] + closing(state._replace(stamp=moment))


def newest_office(lines: Iterable[bytes], offset: int) -> int:
    """Where the last line of an office's settings stands among `lines`, of which the first begins at `offset`.

    0 where there is none.
    """
    found = 0
    for text in lines:
        if OFFICE.match(text):
            found = offset
        offset += len(text) + len(b",\n")
    return found


def read_head(data: bytes, path: str) -> Head | None:
    """The head that `data`, the beginning of a file, starts with; None where there is no complete one.

    Raises:
        Damaged: a newer danvan wrote it.
    """
    stop = data.find(RECORDS)
    if not data.startswith(OPENING) or stop < 0:
        return None
    size = stop + len(RECORDS)
    try:
        tables = json.loads(data[:size] + b"}}")
        row = tables["danvan"]["1"]
    except (ValueError, KeyError, TypeError):
        return None
    _check_format(row, path)
    return Head(row, {name: table for name, table in tables.items() if name not in OWN_TABLES}, size)


def _check_format(row: Mapping[str, Any], path: str) -> None:
    written = row.get("format")
    if not isinstance(written, int):
        raise Damaged("not_register", path=path)
    if written > FORMAT:
        raise Damaged("newer_format", path=path, format=written)


def read_closing(tail: bytes, offset: int) -> State | None:
    """The state a file closes with, if its end can be believed; `tail` is the file from `offset` on.

    The last line is looked at as well: where the disk kept the end of an append but not its beginning, what
    stands there is no record.
    """
    at = tail.rfind(CLOSING_START)
    found = CLOSING.fullmatch(tail, at) if at >= 0 else None
    if not found or found["last"] != b"}" or int(found["end"]) != offset + at:
        return None
    start = tail.rfind(b"\n", 0, at)
    last = tail[start + 1 : at]
    if start >= 0 and not is_record(last) and last != RECORDS[1:]:
        return None
    return _state(found)


def _state(found: re.Match[bytes]) -> State:
    numbers = (int(found[name] or 0) for name in ("office", "stamp"))
    return State(int(found["next_id"]), int(found["end"]), int(found["crc"], 16), *numbers)


def is_record(text: bytes) -> bool:
    """Whether `text` is one complete line of a record, without its comma.

    It is Python's own JSON that decides, as in TinyDB: others refuse what it lets pass, like half a
    surrogate pair.
    """
    key = KEY.match(text)
    if not key:
        return False
    try:
        json.loads(text[key.end() :])
    except (ValueError, RecursionError):
        return False
    return True


def recover(data: bytes, path: str) -> Mended:
    """How to read a whole file whose closing part cannot be believed.

    Raises:
        Damaged: it is no register, of a newer format, or broken in a way that no interrupted write explains.
    """
    new = _begun(data)
    if new:
        return new
    if data.rstrip().endswith((b"}", b"]")):
        try:
            found = json.loads(data, object_pairs_hook=_Repeated)
        except (ValueError, RecursionError):
            pass
        else:
            return _edited(found, path)
    top = read_head(data, path)
    if top is None:
        raise Damaged("not_json", path=path)
    return _torn(data, top, path)


def _begun(data: bytes) -> Mended | None:
    """A register of which only the creation was cut short: `data` is the beginning of a new file."""
    known = head(new_row("?"), {}).partition(b"?")[0]
    uid = data[len(known) : len(known) + 32].ljust(32, b"0")
    if not re.fullmatch(rb"[0-9a-f]{32}", uid):
        return None
    text, state = whole(head(new_row(uid.decode()), {}), (), 1)
    if not text.startswith(data):
        return None
    if len(data) < len(known) + 32:
        text, state = whole(head(new_row(), {}), (), 1)
    return Mended(state, "new", text)


class _Repeated(dict[str, Any]):
    """A JSON object that remembers its pairs, so that repeated keys are not lost."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def _edited(found: Any, path: str) -> Mended:
    """A file that another program wrote: any layout, as long as it holds the tables of a register."""
    try:
        row, records = found["danvan"]["1"], found.get("records", _Repeated([]))
        _check_format(row, path)
        lines, highest = _lines(records.pairs)
        top = head(row, {name: table for name, table in found.items() if name not in OWN_TABLES})
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Damaged("not_register", path=path) from None
    return Mended(*_second(whole(top, lines, max(_known_next(found), highest + 1))))


def _second(made: tuple[bytes, State]) -> tuple[State, str, bytes]:
    return made[1], "edited", made[0]


def _known_next(found: Mapping[str, Any]) -> int:
    try:
        known = found["state"]["1"]["next_id"]
    except (KeyError, TypeError):
        return 1
    return known if type(known) is int else 1


def _lines(pairs: Iterable[tuple[str, Any]]) -> tuple[list[bytes], int]:
    """Lines of `pairs` and the highest id; ValueError where a key is no id or a value no object."""
    seen: set[int] = set()
    lines = []
    for key, document in pairs:
        if not (key.isascii() and key.isdigit() and isinstance(document, dict)):
            raise ValueError(key)
        lines.append(line(int(key), body(document), again=int(key) in seen))
        seen.add(int(key))
    return lines, max(seen, default=0)


def _torn(data: bytes, top: Head, path: str) -> Mended:
    """A file of danvan's whose last write did not finish: every complete record counts."""
    end, highest, office = top.size, 0, 0
    separator = b"\n"
    while data.startswith(separator, end):
        start = end + len(separator)
        stop = data.find(b"\n", start)
        text = data[start : stop if stop >= 0 else len(data)].removesuffix(b",")
        text = text.removesuffix(b",}")  # the first byte of an append over the closing part behind the record
        if not is_record(text):
            break
        highest = max(highest, int(text[1 : text.index(b'"', 1)]))
        office = start if OFFICE.match(text) else office
        end = start + len(text)
        separator = b",\n"
    found = CLOSING.match(data, end)
    sure = found is not None and int(found["end"]) == end
    if not sure and _is_broken(data[end:], end):
        raise Damaged("broken_line", path=path, line=data.count(b"\n", 0, end) + 2)
    next_id = max(int(found["next_id"]) if found and sure else 1, highest + 1)
    return Mended(State(next_id, end, crc32(data[:end]), office), "torn", None, len(data) - end)


def _is_broken(rest: bytes, offset: int) -> bool:
    """Whether `rest`, what follows the last record understood, is more than an interrupted write leaves.

    Such a write leaves part of one line, or a batch whose closing part was never completed. Complete records
    after a broken line, or a closing part that has moved, are the work of an editor: cutting them off would
    lose records that were acknowledged.
    """
    at = rest.rfind(CLOSING_START)
    found = CLOSING.fullmatch(rest, at) if at >= 0 else None
    if found and int(found["end"]) != offset + at:
        return True
    if (found and found["last"] == b" ") or rest.startswith(UNCOMMITTED):
        return False
    later = rest.removeprefix(b",").removeprefix(b"\n").split(b"\n")[1:]
    return any(is_record(text.removesuffix(b",")) for text in later)
