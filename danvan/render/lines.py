"""Lines that are as wide as they should be: nothing is left for Rich to measure, wrap or crop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style

from danvan.render.layout import GAP

Styled = tuple[str, str]


class Lines:
    """Styled lines that are as wide as they should be: Rich neither wraps nor crops them."""

    def __init__(self, lines: Iterable[Sequence[Styled]]) -> None:
        self._lines = lines

    @property
    def plain(self) -> str:
        """The lines without their styles."""
        return "\n".join("".join(text for text, _ in line).rstrip() for line in self._lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        styles: dict[str, Style] = {}
        for line in self._lines:
            for text, name in line:
                if name not in styles:
                    styles[name] = console.get_style(name or "none")
                yield Segment(text, styles[name])
            yield Segment.line()


def joined(parts: Iterable[Styled]) -> list[Styled]:
    """The cells of a line with gaps between them."""
    line: list[Styled] = []
    for text, style in parts:
        line += [(text, style), (" " * GAP, "")]
    return line[:-1]
