"""Settings as a table: what the defaults are stands back, what somebody settled stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from danvan.formatting.language import Language
from danvan.render.layout import Column, fitted
from danvan.render.table import Cells, drawn, height

WHOLE = (0, 3)  # the columns that are never wrapped: names and origins are read at a glance
WRAPPED = (1, 2)


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
    widths = _lowest(columns, sizes, fitted(sizes, width))
    yield drawn(columns, widths)
    left_out = [column.head for column in columns[len(widths) :]]
    if left_out:
        yield Text(language.say("config.narrow", columns=", ".join(left_out)), "dim")


def _lowest(columns: Sequence[Cells], sizes: Sequence[Column], widths: list[int]) -> list[int]:
    """Widths with which the table takes the fewest lines: a long path need not make every meaning narrow."""
    if len(widths) <= max(WRAPPED):
        return widths
    one, other = WRAPPED
    both = widths[one] + widths[other]
    ways = [(at, both - at) for at in range(sizes[one].least, both - sizes[other].least + 1)]
    wrapped = [columns[at] for at in WRAPPED]
    best = min(ways, key=lambda way: (height(wrapped, way), abs(way[0] - way[1])), default=(widths[one], widths[other]))
    return [widths[0], *best, *widths[3:]]


def _style(row: Row) -> str:
    return "dim" if row.source == "default" else "bold"
