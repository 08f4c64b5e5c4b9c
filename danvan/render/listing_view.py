"""A listing on the terminal: the most telling columns that fit, figures whole, sums over all that match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from danvan.formatting.language import Language
from danvan.queries import Listing
from danvan.queries.words import Head, basis, count_said, heads, progress, said, total_rows
from danvan.records import Record
from danvan.render.layout import GAP, Column, fitted
from danvan.render.lines import Lines, Styled, joined

LEAST_TEXT = 10
LEAST_HEAD = 8
NARROW = 24  # a column in which names can hardly be told apart on one line
COMFORTABLE = 40  # how much of a text should be seen before less telling columns find room
MOST_IDS = 8
OPEN, DONE, ENDED, QUIET, WARNING = "yellow", "green", "dim", "dim", "yellow"


class Strip(NamedTuple):
    """One column from its head to its sums, and how wide it is."""

    head: Head
    cells: list[str]
    styles: list[str]
    totals: list[str]

    def size(self) -> Column:
        """The width it needs at the least and would like; heads may break between words."""
        widest = max(map(cell_len, self.cells), default=0)
        if self.head.is_number:
            words = (*self.head.label.split(), *self.totals)
            whole = max(widest, *map(cell_len, words), min(cell_len(self.head.label), LEAST_HEAD))
            return Column(whole, whole)
        full = max(widest, cell_len(self.head.label), *map(cell_len, self.totals), 0)
        return Column(min(full, max(LEAST_TEXT, cell_len(self.head.label.partition(" ")[0]))), full)


Cell = tuple[str, Strip, str]  # a text, the column it stands in, its style


def listing_view(
    listing: Listing, names: Sequence[str] | None, language: Language, width: int
) -> Iterator[Lines | Text]:
    """The table, how many of all that match it shows, and what else its reader should know."""
    strips = _strips(listing, heads(listing, language, names), language)
    widths = _widths(strips, width)
    shown = sorted(zip(strips, widths, strict=False), key=lambda one: one[0].head.place)
    yield Lines(_lines([strip for strip, _ in shown], [width for _, width in shown]))
    yield Text(_count(listing, language), QUIET)
    yield from map(Text, progress(listing, language))
    yield from (Text(line, QUIET) for line in basis(listing, language))
    yield from (Text(note, WARNING) for note in _notes(listing, strips[: len(widths)], language))
    left_out = [strip.head.label for strip in strips[len(widths) :]]
    if left_out:
        yield Text(language.say("query.columns_hidden", columns=", ".join(left_out)), QUIET)


def _widths(strips: Sequence[Strip], width: int) -> list[int]:
    """The widths of the columns that are shown: the telling ones, and more where these have room enough."""
    sizes = [strip.size() for strip in strips]
    roomy = [Column(max(size.least, min(size.full, COMFORTABLE)), size.full) for size in sizes]
    telling = sum(strip.head.is_telling for strip in strips)
    shown = max(len(fitted(roomy, width)), len(fitted(sizes[:telling], width)))
    sizes = sizes[:shown]
    for at, strip in enumerate(strips[:shown]):  # names may be cut, but half a word of a list says little
        whole = [*sizes[:at], sizes[at]._replace(least=sizes[at].full), *sizes[at + 1 :]]
        if strip.head.is_choice and len(fitted(whole, width)) == shown:
            sizes = whole
    return fitted(sizes, width)


def _strips(listing: Listing, columns: Sequence[Head], language: Language) -> list[Strip]:
    totals = list(total_rows(listing, columns, language))
    return [
        Strip(
            head,
            [said(entry, head, language) for entry in listing.entries],
            [state_style(record) if head.is_state else "" for _, record in listing.entries],
            [row[at] for row in totals],
        )
        for at, head in enumerate(columns)
    ]


def state_style(record: Record) -> str:
    """The colour of a record's state: something is still to be done, done, or ended without more to come."""
    if record.is_open:
        return OPEN
    return ENDED if record.NEXT.get(record.state) == () else DONE


def _lines(strips: Sequence[Strip], widths: Sequence[int]) -> Iterator[list[Styled]]:
    yield from _block([(strip.head.label, strip, "bold") for strip in strips], widths)
    for at in range(len(strips[0].cells)):
        yield from _row([(strip.cells[at], strip, strip.styles[at]) for strip in strips], widths)
    rows = range(len(strips[0].totals))
    summed = [at for at in rows if any(strip.totals[at] for strip in strips if strip.head.is_number)]
    if summed:
        yield joined(("─" * width, QUIET) for width in widths)
    for at in summed:
        cells, spans = _spread([(strip.totals[at], strip, "bold") for strip in strips], widths)
        yield from _block(cells, spans)


def _row(cells: Sequence[Cell], widths: Sequence[int]) -> Iterator[list[Styled]]:
    """A record on one line; where a column is narrow, its texts take a second one before they are cut."""
    broken = [
        _folded(text, width) if width < NARROW and not strip.head.is_number else [text]
        for (text, strip, _), width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, broken))
    yield from _abreast([[*lines, *[""] * (height - len(lines))] for lines in broken], cells, widths)


def _folded(text: str, width: int) -> list[str]:
    """A text on one line or, broken between words, on two; what is left of it stands on the second."""
    first, *rest = wrap(text, width, break_on_hyphens=False) or [""]
    return [first, text[len(first) :].lstrip()] if rest else [first]


def _spread(cells: Sequence[Cell], widths: Sequence[int]) -> tuple[list[Cell], list[int]]:
    """Cells and their widths, where words that are too long for their column take the blank ones beside it."""
    kept: list[Cell] = []
    spans: list[int] = []
    for cell, width in zip(cells, widths, strict=True):
        is_room = not cell[0] and not cell[1].head.is_number
        if kept and is_room and cell_len(kept[-1][0]) > spans[-1] and not kept[-1][1].head.is_number:
            spans[-1] += GAP + width
        else:
            kept.append(cell)
            spans.append(width)
    return kept, spans


def _block(cells: Sequence[Cell], widths: Sequence[int]) -> Iterator[list[Styled]]:
    """Cells that may take several lines, with their last lines side by side."""
    broken = [
        wrap(text, width, break_long_words=False) if strip.head.is_number else _folded(text, width)
        for (text, strip, _), width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, broken), default=0)
    yield from _abreast([[*[""] * (height - len(lines)), *lines] for lines in broken], cells, widths)


def _abreast(broken: Sequence[Sequence[str]], cells: Sequence[Cell], widths: Sequence[int]) -> Iterator[list[Styled]]:
    """Cells side by side, each of as many lines as the others."""
    for texts in zip(*broken, strict=True):
        yield joined(
            (_fit(text, strip, width), style)
            for text, (_, strip, style), width in zip(texts, cells, widths, strict=True)
        )


def _fit(text: str, strip: Strip, width: int) -> str:
    if cell_len(text) > width and not strip.head.is_number:
        text = set_cell_size(text, max(width - 1, 0)).rstrip() + "…"
    space = " " * (width - cell_len(text))
    return space + text if strip.head.is_number else text + space


def _count(listing: Listing, language: Language) -> str:
    shown, total = len(listing.entries), listing.total
    count = count_said(listing, language)
    return f"{count} · {language.say('query.limit', total=str(total))}" if total > shown else count


def _notes(listing: Listing, strips: Sequence[Strip], language: Language) -> Iterator[str]:
    names = {strip.head.name for strip in strips}
    sums = [total for lot in listing.totals.lots.values() for name, total in lot.items() if name in names]
    if any(total.at_least for total in sums):
        yield language.say("note.at_least")
    beyond = listing.totals.beyond
    if beyond:
        ids = ", ".join(map(str, beyond[:MOST_IDS])) + (", …" if len(beyond) > MOST_IDS else "")
        yield language.say("query.beyond", ids=ids)
