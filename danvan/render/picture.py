"""A picture of the terminal as SVG: one file that asks the network for nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.terminal_theme import TerminalTheme

WIDTH = 100
# As Rich's own frame, without its fonts from elsewhere: every run of text carries its length, so that any
# monospaced font fills the same cells.
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", "Liberation Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: system-ui, sans-serif; }}
{styles}
</style>
<defs>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
NIGHT = TerminalTheme(
    (24, 28, 36),
    (221, 225, 232),
    [
        *((24, 28, 36), (240, 113, 120), (150, 205, 130), (240, 190, 100)),
        *((110, 170, 250), (200, 150, 240), (100, 205, 220), (221, 225, 232)),
    ],
    [
        *((95, 105, 120), (255, 140, 145), (175, 225, 155), (255, 215, 135)),
        *((140, 190, 255), (220, 175, 255), (130, 225, 235), (255, 255, 255)),
    ],
)


def picture(parts: Iterable[object], title: str, width: int = WIDTH) -> str:
    """What a terminal of `width` columns shows of `parts`, in colour whatever the surroundings say."""
    console = Console(
        record=True,
        file=io.StringIO(),
        width=width,
        force_terminal=True,
        color_system="truecolor",
        no_color=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    svg = console.export_svg(title=title, theme=NIGHT, code_format=FRAME, unique_id="danvan")
    # Stretching whole letters, not the gaps between them, keeps accents over their letters in any font.
    svg = svg.replace(" textLength=", ' lengthAdjust="spacingAndGlyphs" textLength=')
    return "\n".join(line.rstrip() for line in svg.splitlines())
