"""Which columns of a report a window has room for.

The convention: where everything fits, everything is shown. Where it does not, first what says nothing goes, and lower
bounds are written shorter; then the columns that tell least, which are named. No number is ever cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.text import Text

from danvan.formatting.language import Language
from danvan.papers import UNKNOWN, Cell, Strand
from danvan.render.layout import GAP, fitted
from danvan.render.table import Cells

MOST_HEADS = 8  # so many columns that are left out are named
COMFORTABLE = 26  # in so many columns most names of measures stand on one line
WEIGHTY = 1  # the last weight of columns for which names are broken in several lines
UP, DOWN, QUIET = "cyan", "yellow", "dim"
STYLES = {"up": UP, "down": DOWN, "quiet": QUIET}


class Room(NamedTuple):
    """What is shown of the columns of a table: where they stand in it, how wide each is, and how lower bounds are said.

    Attributes:
        missed: the heads of the columns that were left out though they say something.
    """

    shown: tuple[int, ...]
    widths: tuple[int, ...]
    missed: tuple[str, ...] = ()
    is_short: bool = False

    @property
    def spread(self) -> int:
        """How wide the table is."""
        return sum(self.widths) + GAP * (len(self.widths) - 1)

    def columns(self, strands: Sequence[Strand], language: Language) -> list[Cells]:
        """The columns that are shown, as the terminal draws them."""
        return [cells_of(strands[at], language if self.is_short else None) for at in self.shown]


def room_of(strands: Sequence[Strand], width: int, language: Language) -> Room:
    """How much of a table fits into `width`."""
    shown = list(range(len(strands)))
    if _needed(strands, shown, full=True) > width:
        shown = [at for at in shown if not _says_nothing(strands[at])]
    is_short = _needed(strands, shown, full=True) > width
    if is_short:
        strands = [_shortened(strand, language) for strand in strands]
    missed = []
    for at in sorted(shown[1:], key=lambda at: _weight(strands, at), reverse=True):
        # What tells little goes already where lines have to be broken for it.
        least = COMFORTABLE if _weight(strands, at)[0] > WEIGHTY else 0
        if _weight(strands, at)[0] and _needed(strands, shown, full=False, least=least) > width:
            shown.remove(at)
            missed.append(at)
    first, *others = (cells_of(strands[at]).size() for at in shown)
    # What the lines are about is broken last: a head breaks once, and names would do so line by line.
    spare = width - sum(size.least for size in others) - GAP * len(others)
    sizes = [first._replace(least=max(first.least, min(first.full, spare))), *others]
    heads = tuple(strands[at].head for at in sorted(missed))
    return Room(tuple(shown), tuple(fitted(sizes, width)), heads, is_short)


def _needed(strands: Sequence[Strand], shown: Sequence[int], *, full: bool, least: int = 0) -> int:
    """The width of some columns; the first one has its own `least` width at the least."""
    first, *others = (cells_of(strands[at]).size() for at in shown)
    widths = [size.full if full else size.least for size in others]
    return sum(widths) + (first.full if full else max(first.least, min(first.full, least))) + GAP * len(widths)


def _weight(strands: Sequence[Strand], at: int) -> tuple[int, int]:
    """How little a column tells, and of columns that tell as much, which to do without first.

    The figures asked for (0), what they are compared with (1), the trend of all years (2), further years, the latest
    first (3), what nobody knows (4).
    """
    strand = strands[at]
    if strand.key in ("now", "trend"):
        return (0 if strand.key == "now" else 2), at
    is_further = strand.key.startswith("y")
    is_known = any(cell.value is not None or cell.hidden for cell in strand.cells)
    return (3 if is_further else 1) if is_known else 4, -at if is_further else at


def _says_nothing(strand: Strand) -> bool:
    total = strand.total.text if strand.total else ""
    return strand.is_number and all(text in ("", UNKNOWN) for text in (total, *(cell.text for cell in strand.cells)))


def _shortened(strand: Strand, language: Language) -> Strand:
    """With lower bounds as a sign instead of words."""
    long, short = (language.say(key, value="") for key in ("report.at_least", "form.at_least"))

    def said(cell: Cell) -> Cell:
        return cell._replace(text=cell.text.replace(long, short, 1)) if cell.at_least else cell

    return strand._replace(cells=tuple(map(said, strand.cells)), total=strand.total and said(strand.total))


def cells_of(strand: Strand, short: Language | None = None) -> Cells:
    """A column as the terminal draws it.

    Args:
        short: the language in which lower bounds are shortened, if they are.
    """
    strand = _shortened(strand, short) if short else strand
    total = strand.total.text if strand.total else ""
    return Cells(strand.head, tuple(map(_text, strand.cells)), strand.is_number, total)


def _text(cell: Cell) -> Text:
    return Text("  " * cell.depth + cell.text, STYLES.get(cell.tone, ""))


def left_out(room: Room, language: Language) -> list[str]:
    """That the window has no room for some columns, and which."""
    heads, more = room.missed[:MOST_HEADS], len(room.missed) - MOST_HEADS
    if more > 0:
        return [language.say("query.narrow_many", columns=", ".join(heads), count=more)]
    return [language.say("query.narrow", columns=", ".join(heads))] if heads else []
