"""Charts as inline SVG that needs no script: lengths are percentages, so that words keep their size on any paper.

Colours, sizes and dashes are the page's (see `page.css`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from danvan.papers import Cell, Chart

# Bars leave room at their end for the figure.
LONGEST = 68.0
LABEL, BAR, GAP, BETWEEN = 20, 16, 4, 14
HEIGHT, TOP, BOTTOM = 120, 26, 24
EDGE = 9.0


def chart_svg(chart: Chart) -> str:
    """Bars for one or two years, lines for a row of years."""
    return _lines(chart) if len(chart.series) > 2 else _bars(chart)


def _bars(chart: Chart) -> str:
    most = max((_size(cell) for _, cells in chart.lines for cell in cells), default=0) or 1
    parts, y = [], 0
    for label, cells in chart.lines:
        parts.append(f'<text class="label" x="0" y="{y + 14}">{escape(label)}</text>')
        y += LABEL
        for at, cell in enumerate(cells):
            if cell.value is not None:
                parts.append(_bar(cell, most, y, at))
                y += BAR + GAP
        y += BETWEEN
    return _svg("".join(parts), y - BETWEEN, chart)


def _bar(cell: Cell, most: int, y: int, at: int) -> str:
    length = round(LONGEST * _size(cell) / most, 2)
    bar = f'<rect class="s{at}" x="0" y="{y}" width="{length}%" height="{BAR}" rx="2"/>' if length else ""
    words = f'<text class="value" x="{length}%" dx="6" y="{y + 13}">{escape(cell.text)}</text>'
    return bar + words


def _lines(chart: Chart) -> str:
    """A small picture for each figure, one under the other, each on its own scale."""
    parts, y = [], 0
    for label, cells in chart.lines:
        parts.append(f'<text class="label" x="0" y="{y + 14}">{escape(label)}</text>')
        parts += _line(cells, chart.series, y + LABEL)
        y += LABEL + HEIGHT + BETWEEN
    return _svg("".join(parts), y - BETWEEN, chart)


def _line(cells: Sequence[Cell], years: Sequence[str], y: int) -> Iterator[str]:
    most = max(map(_size, cells), default=0) or 1
    spread = HEIGHT - TOP - BOTTOM
    step = (100 - 2 * EDGE) / (len(cells) - 1)
    points = [
        (EDGE + step * at, y + TOP + spread * (1 - _size(cell) / most), cell, years[at])
        for at, cell in enumerate(cells)
    ]
    known = [point for point in points if point[2].value is not None]
    for at, (one, other) in enumerate(pairwise(points)):
        if one[2].value is not None and other[2].value is not None:
            yield f'<line class="line" {_at(one, 1)} {_at(other, 2)} data-step="{at}"/>'
    for x, top, cell, _ in known:
        yield f'<circle class="dot" cx="{x:.2f}%" cy="{top:.1f}" r="3.5"/>'
        yield f'<text class="value" text-anchor="middle" x="{x:.2f}%" y="{top - 9:.1f}">{escape(cell.text)}</text>'
    for x, _, _, year in points:
        yield f'<text class="year" text-anchor="middle" x="{x:.2f}%" y="{y + HEIGHT - 4}">{escape(year)}</text>'


def _at(point: tuple[float, float, Cell, str], end: int) -> str:
    return f'x{end}="{point[0]:.2f}%" y{end}="{point[1]:.1f}"'


def _svg(body: str, height: int, chart: Chart) -> str:
    said = "; ".join(
        f"{label}: " + ", ".join(f"{year} {cell.text}" for year, cell in zip(chart.series, cells, strict=True))
        for label, cells in chart.lines
    )
    name = escape(f"{chart.title}. {said}", quote=True)
    return f'<svg role="img" aria-label="{name}" width="100%" height="{height}">{body}</svg>'


def _size(cell: Cell) -> int:
    return int(cell.value or 0)
