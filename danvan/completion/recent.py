"""What stands in the newest part of a register: units, and records with their names.

The convention: a bounded number of bytes is read, and no JSON is parsed: danvan writes one record a line with its
fields in a known order, and the few texts that matter are cut out of it. A register that another program wrote
gives nothing until danvan writes to it.
"""

from __future__ import annotations

from collections.abc import Iterator

TAIL = 1 << 18  # bytes; some 1 000 records
MOST = 100  # records that are offered
KINDS = {"model": "name", "reception": "summary", "audit": "title"}  # and the text that tells one from others
CLOSING = b'\n},\n"state":{'
VOID = b'"void":"'
POINTER = b'"office":'


def units(path: str) -> list[str]:
    """The units named last in records that are not void, the newest first, each once."""
    found = (_text(line, "unit") for _, _, line in _lines(path) if VOID not in line)
    return [unit for unit in dict.fromkeys(found) if unit]


def names(path: str) -> list[tuple[str, str]]:
    """The ids of the newest records that are not void, with what they are called."""
    found: list[tuple[str, str]] = []
    for number, kind, line in _lines(path):
        if VOID not in line:
            unit = _text(line, "unit")
            found.append((number, _text(line, KINDS[kind]) or unit))
        if len(found) == MOST:
            break
    return found


def kind_of(path: str, number: str) -> str:
    """The kind of a record, if it is among the newest."""
    return next((kind for known, kind, _ in _lines(path) if known == number), "")


def own_values(path: str, name: str) -> list[str]:
    """The values that the office added to a choice, "<kind>.<field>"."""
    tail, _ = _tail(path, 4096)
    at = tail.rfind(CLOSING)
    pointer = tail.find(POINTER, at)
    if at < 0 or pointer < 0:
        return []
    start = int(tail[pointer + len(POINTER) :].partition(b"}")[0].partition(b",")[0])
    with open(path, "rb") as file:  # noqa: PTH123 -- pathlib costs start-up
        file.seek(start)
        line = file.read(TAIL).partition(b"\n")[0]
    begin = line.find(b'"%s":[' % name.encode())
    if begin < 0:
        return []
    listed = line[line.index(b"[", begin) + 2 : line.index(b"]", begin) - 1]
    return [shown for part in listed.split(b'","') if (shown := _shown(part))]


def _lines(path: str) -> Iterator[tuple[str, str, bytes]]:
    """The present versions of records in the tail, newest first: id, kind, line."""
    tail, offset = _tail(path, TAIL)
    whole = tail[: max(tail.rfind(CLOSING), 0)].split(b"\n")
    seen = set()
    for line in reversed(whole[1:] if offset else whole):
        key, _, body = line.partition(b":")
        number = key.strip(b'"').decode(errors="replace")
        kind = body.lstrip(b"\t")[9:].partition(b'"')[0].decode(errors="replace")  # behind {"kind":"
        if number.isdigit() and number not in seen:
            seen.add(number)
            if kind in KINDS:
                yield number, kind, line


def _tail(path: str, count: int) -> tuple[bytes, int]:
    """The last bytes of a file and where they begin; nothing of a file that cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            offset = max(file.seek(0, 2) - count, 0)
            file.seek(offset)
            return file.read(count), offset
    except OSError:
        return b"", 0


def _text(line: bytes, name: str) -> str:
    """The text of a field; what would have to be unescaped is left out, quotation marks excepted."""
    start = line.find(b'"%s":"' % name.encode())
    if start < 0:
        return ""
    start += len(name) + 4
    end = line.find(b'"', start)
    while end > 0 and line[end - 1 : end] == b"\\":
        end = line.find(b'"', end + 1)
    return _shown(line[start:end])


def _shown(text: bytes) -> str:
    found = text.decode(errors="replace").replace('\\"', '"')
    return found if "\\" not in found and found.isprintable() else ""
