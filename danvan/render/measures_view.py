"""The figures that can be asked about, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from danvan.formatting.language import Language
from danvan.render.table import Cells, drawn, widths_of


class Named(NamedTuple):
    """A measure: its key, its name and its figure, in words."""

    key: str
    name: str
    figure: str


def measures_view(rows: Sequence[Named], year: int, language: Language, width: int) -> Iterator[object]:
    """The table, and how to ask about one of its lines; a narrow window wraps the names."""
    columns = [
        Cells(language.say("measures.figure"), tuple(Text(row.figure, "bold") for row in rows), is_number=True),
        Cells(language.say("measures.key"), tuple(Text(row.key) for row in rows)),
        Cells(language.say("measures.name"), tuple(Text(row.name) for row in rows)),
    ]
    yield drawn(columns, widths_of(columns, width), cut=False)
    yield Text()
    yield Text(language.say("measures.more", year=str(year)), "dim")
