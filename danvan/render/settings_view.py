"""Settings as a table: what the defaults are stands back, what somebody settled stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from danvan.formatting.language import Language
from danvan.render.layout import Column, fitted
from danvan.render.table import Cells, drawn

WHOLE = (0, 3)  # the columns that are never wrapped: names and origins are read at a glance


class Row(NamedTuple):
    """A setting in words; `source` is who settled it."""

    key: str
    value: str
    origin: str
    meaning: str
    source: str


def settings_view(rows: Sequence[Row], language: Language, width: int) -> Iterator[object]:
    """The table; long values and meanings are wrapped, and a narrow window goes without the origins and says so."""
    columns = [
        Cells(language.say("config.key"), tuple(Text(row.key) for row in rows)),
        Cells(language.say("config.value"), tuple(Text(row.value, _style(row)) for row in rows)),
        Cells(language.say("config.meaning"), tuple(Text(row.meaning) for row in rows)),
        Cells(language.say("config.source"), tuple(Text(row.origin, _style(row)) for row in rows)),
    ]
    sizes = [column.size() for column in columns]
    for at in WHOLE:
        sizes[at] = Column(sizes[at].full, sizes[at].full)
    widths = fitted(sizes, width)
    yield drawn(columns, widths)
    left_out = [column.head for column in columns[len(widths) :]]
    if left_out:
        yield Text(language.say("config.narrow", columns=", ".join(left_out)), "dim")


def _style(row: Row) -> str:
    return "dim" if row.source == "default" else "bold"
