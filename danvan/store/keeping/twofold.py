"""Aggregate rows that count what other records count: looked for in a whole register at once.

The convention: rows are few and known already; of the single records only those are decoded whose unit has a row
over their day.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from danvan.cautions import NAMED, ids_said
from danvan.overlaps import Bundle, bundled, may_share, same_unit, side_by_side, sort_of, unit_letters
from danvan.records import KINDS, Record, tag_of
from danvan.store.file import layout
from danvan.store.keeping.findings import Finding

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
    bundles = bundled(sorted(rows.items()))
    beside: dict[Bundle, list[Sequence[int]]] = defaultdict(list)  # the numbers of rows
    for one, other in side_by_side(bundles):
        for bundle, beyond in {one: other, other: one}.items():
            beside[bundle].append(beyond.numbers)
    singles: dict[Bundle, list[int]] = defaultdict(list)
    for number, bundle in _singles(lines, bundles, latest) if rows else ():
        singles[bundle].append(number)
    said = {
        number: _said_of(number, beside[bundle], singles[bundle]) for bundle in bundles for number in bundle.numbers
    }
    for number, ids in sorted(said.items()):
        if ids:
            yield Finding("overlaps", number, 0, {"ids": ids}, tag_of(type(rows[number])))


def _said_of(number: int, rows: Iterable[Sequence[int]], singles: Sequence[int]) -> str:
    """The numbers of earlier rows, and of single records, as they are said."""
    counts = [(numbers, bisect(numbers, number - 1)) for numbers in rows]
    counts.append((sorted(singles), len(singles)))
    first = [one for numbers, count in counts for one in numbers[: min(count, NAMED)]]
    return ids_said(first, sum(count for _, count in counts) - len(first))


def _singles(
    lines: Iterable[tuple[int, bytes]], bundles: Iterable[Bundle], latest: Mapping[int, int]
) -> Iterator[tuple[int, Bundle]]:
    """The present single records that rows count, each with a bundle of these."""
    places: dict[Place, list[tuple[bytes, bytes, Bundle]]] = defaultdict(list)
    for bundle in bundles:
        first, last = (str(day).encode() for day in (bundle.period.begin, bundle.period.last))
        places[_place(tag_of(bundle.sort.kind).encode(), bundle.unit)].append((first, last, bundle))
    for offset, raw in lines:
        key = layout.KEY.match(raw)
        head = HEAD.match(raw, key.end()) if key else None
        if not key or not head or head[1] not in _DECODERS:
            continue
        near = places.get(_place(head[1], _said(head[3])), ())
        around = [bundle for first, last, bundle in near if first <= head[2] <= last]
        is_present = around and latest.get(int(key[1]), offset) == offset
        record = _decoded(head[1], raw[key.end() :].removesuffix(b",")) if is_present else None
        if record and not record.void and not record.is_aggregate:
            sort = sort_of(record)
            met = (one for one in around if same_unit(one.unit, record.unit) and may_share(one.sort, sort))
            yield from ((int(key[1]), bundle) for bundle in met)


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
