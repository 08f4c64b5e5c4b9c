"""The figures that can be asked about, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from danvan.formatting.language import Language
from danvan.render.layout import GAP
from danvan.render.table import Cells, drawn, widths_of

LEAST = 24  # columns for names beside the keys


class Named(NamedTuple):
    """A measure: its key, its name and its figure, in words."""

    key: str
    name: str
    figure: str


def measures_view(rows: Sequence[Named], year: int, language: Language, width: int) -> Iterator[object]:
    """The table, and how to ask about one of its lines; in a narrow window keys stand behind the names."""
    head, key, name = (language.say(f"measures.{part}") for part in ("figure", "key", "name"))
    figures = Cells(head, tuple(Text(row.figure, "bold") for row in rows), is_number=True)
    keys = Cells(key, tuple(Text(row.key) for row in rows))
    names = Cells(name, tuple(Text(row.name) for row in rows))
    room = width - figures.size().full - keys.size().full - 2 * GAP
    if room >= min(names.size().full, LEAST):
        columns, widths = [figures, keys, names], [figures.size().full, keys.size().full, min(names.size().full, room)]
    else:
        both = tuple(Text(f"{row.name} ({row.key})") for row in rows)
        columns = [figures, Cells(f"{name} ({key})", both)]
        widths = widths_of(columns, width)
    yield drawn(columns, widths, is_list=True)
    yield Text()
    yield Text(language.say("measures.more", year=str(year)), "dim")
