"""Aggregate rows that count what other records count: looked for in a whole register at once.

The convention: rows are few and known already; of the single records only those are decoded whose unit has a row
over their day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from danvan.cautions import ids_said, is_overlapping
from danvan.overlaps import unit_letters
from danvan.records import KINDS, Record, tag_of
from danvan.store import layout
from danvan.store.findings import Finding

Place = tuple[bytes, str]  # the tag of a kind, and a unit without accents and capitals
HEAD = re.compile(rb'\{"kind":"(\w+)","date":"(\d{4}-\d\d-\d\d)"(?:,"unit":("(?:[^"\\]|\\.)*"))?[,}]')
_DECODERS = {tag.encode(): msgspec.json.Decoder(kind) for tag, kind in KINDS.items()}


def overlaps(
    lines: Iterable[tuple[int, bytes]], rows: Mapping[int, Record], latest: Mapping[int, int]
) -> Iterator[Finding]:
    """The aggregate rows that count what others count, each with the numbers of those.

    Args:
        lines: all lines of the register, each with where it begins.
        rows: the present aggregate rows, by number.
        latest: where the present version of a record begins, for those with several.
    """
    places: dict[Place, list[tuple[int, Record]]] = defaultdict(list)
    for number, row in rows.items():
        places[_place(tag_of(type(row)).encode(), row.unit)].append((number, row))
    found: dict[int, list[int]] = defaultdict(list)
    for (number, row), (other, second) in _pairs(places):
        if is_overlapping(row, second):
            found[max(number, other)].append(min(number, other))
    for number, single in _singles(lines, places, latest) if rows else ():
        for other, row in places[_place(tag_of(type(single)).encode(), single.unit)]:
            if is_overlapping(row, single):
                found[other].append(number)
    for number in sorted(found):
        yield Finding("overlaps", number, 0, {"ids": ids_said(found[number])}, tag_of(type(rows[number])))


def _pairs(
    places: Mapping[Place, list[tuple[int, Record]]],
) -> Iterator[tuple[tuple[int, Record], tuple[int, Record]]]:
    """Rows of one place whose days overlap, two by two."""
    for placed in places.values():
        ordered = sorted(placed, key=lambda entry: entry[1].date)
        for at, entry in enumerate(ordered):
            for other in ordered[at + 1 :]:
                if other[1].date >= entry[1].period.end:
                    break
                yield entry, other


def _singles(
    lines: Iterable[tuple[int, bytes]], places: Mapping[Place, list[tuple[int, Record]]], latest: Mapping[int, int]
) -> Iterator[tuple[int, Record]]:
    """The present single records over whose day their unit has a row."""
    spans = {
        place: [(str(row.date).encode(), str(row.to).encode()) for _, row in placed] for place, placed in places.items()
    }
    for offset, raw in lines:
        key = layout.KEY.match(raw)
        head = HEAD.match(raw, key.end()) if key else None
        if not key or not head or head[1] not in _DECODERS:
            continue
        day = head[2]
        if not any(first <= day <= last for first, last in spans.get(_place(head[1], _said(head[3])), ())):
            continue
        number = int(key[1])
        if latest.get(number, offset) == offset:
            record = _decoded(head[1], raw[key.end() :].removesuffix(b","))
            if record and not record.void and not record.is_aggregate:
                yield number, record


def _decoded(tag: bytes, text: bytes) -> Record | None:
    try:
        record: Record = _DECODERS[tag].decode(text)
    except ValueError:
        return None  # which is a finding already
    return record


@cache
def _said(text: bytes | None) -> str:
    return msgspec.json.decode(text, type=str) if text else ""


@cache
def _place(tag: bytes, unit: str) -> Place:
    return tag, unit_letters(unit)
