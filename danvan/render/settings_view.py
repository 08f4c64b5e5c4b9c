"""Settings as a table: what the defaults are stands back, what somebody settled stands out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from danvan.formatting.language import Language
from danvan.render.table import Cells, drawn, widths_of


class Row(NamedTuple):
    """A setting in words; `source` is who settled it."""

    key: str
    value: str
    origin: str
    meaning: str
    source: str


def settings_view(rows: Sequence[Row], language: Language, width: int) -> Iterator[object]:
    """The table; long values are wrapped, not cut."""
    columns = [
        Cells(language.say("config.key"), tuple(Text(row.key) for row in rows), is_number=False),
        Cells(language.say("config.value"), tuple(Text(row.value, _style(row)) for row in rows)),
        Cells(language.say("config.source"), tuple(Text(row.origin, _style(row)) for row in rows)),
        Cells(language.say("config.meaning"), tuple(Text(row.meaning) for row in rows)),
    ]
    yield drawn(columns, widths_of(columns, width), cut=False)


def _style(row: Row) -> str:
    return "dim" if row.source == "default" else "bold"
