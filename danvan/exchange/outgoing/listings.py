"""Query answers for other programs and papers: JSON (version 1), JSON lines, CSV, Markdown.

JSON and CSV give what is stored, under stable names: blank is blank, not 0. Markdown is for reading: it says what
the terminal says. Identity is masked in all of them as it is in the listing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec

from danvan.exchange.documents import VERSION, as_json, csv_cell, document_of
from danvan.formatting.language import Language
from danvan.formatting.markdown import escaped
from danvan.places import identified
from danvan.privacy import Mask
from danvan.queries import Listing
from danvan.queries.columns import VOID, value
from danvan.queries.words import basis, count_said, heads, progress, said, total_rows
from danvan.records import Record, fields, tag_of

Names = Sequence[str] | None


def listing_json(listing: Listing, names: Names = None) -> str:
    """The records, how many match, and the sums of all that match."""
    records = _rows(listing, names)
    lots = [
        {**(dict([lot]) if lot else {}), "sums": {name: total._asdict() for name, total in sums.items()}}
        for lot, sums in listing.totals.lots.items()
    ]
    head = {"version": VERSION, "kind": tag_of(listing.kind), "total": listing.total, "shown": len(records)}
    return as_json(head | {"totals": lots, "beyond": listing.totals.beyond, "records": records})


def listing_jsonl(listing: Listing, names: Names = None) -> str:
    """The records, each an object on a line of its own."""
    return "\n".join(msgspec.json.encode(row).decode() for row in _rows(listing, names))


def listing_csv(listing: Listing, names: Names = None) -> str:
    """The records, one a row under the names of the fields."""
    first = listing.entries[0][0] if listing.entries else 0
    void = [VOID] if listing.is_void else []
    names = names or [*identified(first), "date", "to", *void, *fields(listing.kind)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in _rows(listing, names):
        writer.writerow([csv_cell(row[name]) for name in names])
    return out.getvalue().removesuffix("\n")


def listing_markdown(listing: Listing, language: Language, names: Names = None) -> str:
    """The records as a table in words, with its sums and how many match."""
    columns = sorted(heads(listing, language, names), key=lambda head: head.place)
    rows = [[escaped(said(entry, column, language)) for column in columns] for entry in listing.entries]
    totals = [
        [f"**{escaped(part)}**" if part else "" for part in row] for row in total_rows(listing, columns, language)
    ]
    rule = ["---:" if column.is_number else "---" for column in columns]
    lines = [[escaped(column.label) for column in columns], rule, *rows, *totals]
    count = count_said(listing, language)
    return "\n".join(
        [
            *(f"| {' | '.join(line)} |" for line in lines),
            "",
            count,
            *progress(listing, language),
            *basis(listing, language),
        ]
    )


def _rows(listing: Listing, names: Names) -> list[dict[str, Any]]:
    return [_row(*entry, names, listing.mask) for entry in listing.entries]


def _row(number: int, record: Record, names: Names, mask: Mask) -> dict[str, Any]:
    """A record as it is stored, with what is computed from it; only `names`, if they are given."""
    whole = document_of(number, record, mask)
    computed = {name: value(record, name, 0) for name in type(record).COMPUTED}
    whole |= {name: found for name, found in computed.items() if found is not None}
    return whole if names is None else {name: whole.get(name) for name in names}
