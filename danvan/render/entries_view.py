"""Records as a table: the most telling columns first, and only those that hold something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from danvan.formatting.language import Language
from danvan.privacy import masked
from danvan.records import Field, Record, fields
from danvan.render.table import Cells, drawn, widths_of

Numbered = tuple[int, Record]


def entries_view(
    kind: type[Record], entries: Sequence[Numbered], total: int, language: Language, width: int
) -> Iterator[object]:
    """The table, how many of `total` it shows, and which columns found no room."""
    hidden = [(number, masked(record)) for number, record in entries]
    columns = [*_leading(hidden, language), *_described(kind, hidden, language)]
    widths = widths_of(columns, width)
    yield drawn(columns, widths)
    yield Text(_count(len(entries), total, language), "dim")
    left_out = [column.head for column in columns[len(widths) :]]
    if left_out:
        yield Text(language.say("query.narrow", columns=", ".join(left_out)), "dim")


def _count(shown: int, total: int, language: Language) -> str:
    count = language.say("query.shown", shown=shown, total=total)
    return f"{count} · {language.say('query.limit', total=str(total))}" if total > shown else count


def _leading(entries: Sequence[Numbered], language: Language) -> Iterator[Cells]:
    numbers = tuple(Text(str(number)) for number, _ in entries)
    yield Cells(language.say("record.id"), numbers, is_number=True)
    days = tuple(Text(_days(record, language)) for _, record in entries)
    yield Cells(language.say("record.date"), days, is_number=True)


def _days(record: Record, language: Language) -> str:
    first = language.fact(record.date)
    return f"{first} – {language.fact(record.to)}" if record.is_aggregate else first


def _described(kind: type[Record], entries: Sequence[Numbered], language: Language) -> Iterator[Cells]:
    """The columns of the kind's fields: what names the record and its unit, then the rest as described."""
    described = fields(kind)
    telling = [name for name, field in described.items() if field.argument]
    for name in dict.fromkeys([*telling, "unit", *described]):
        values = [getattr(record, name) for _, record in entries]
        if any(value not in (None, "", ()) for value in values):
            cells = tuple(Text(language.show(kind, name, value)) for value in values)
            yield Cells(
                language.label(kind, name),
                cells,
                described[name].is_number,
                _total(kind, name, described[name], values, language),
            )


def _total(kind: type[Record], name: str, field: Field, values: Sequence[int | None], language: Language) -> str:
    if not field.is_number:
        return ""
    return language.show(kind, name, sum(value for value in values if value is not None))
