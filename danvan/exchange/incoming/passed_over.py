"""Lines of a table that are no records: numbers of columns, sums, notes and who signs below.

The convention: a row whose day can be read is none of them. What stands below a table is known only at its end.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from danvan.cautions import LIKE_TOTALS, is_of_totals
from danvan.exchange.cells import DASHES, as_text
from danvan.exchange.headings import key_of
from danvan.exchange.parts import Cell, is_blank
from danvan.formatting.texts import fold

NOTE = 200  # characters; what is longer is no line under a table
SIGNED = 80
ABREAST = 4  # more than so many do not sign beside each other
# Who signs, and what stands beside: how, when, and to whom it goes; folded.
SIGNATORY = re.compile(
    r"(?:(?:tm|kt|tl|tuq|q) \D+|"
    r"(?:nguoi (?:lap|tong hop|bao cao|ky)|can bo (?:lap|tong hop)|thu truong|ke toan|xac nhan cua|"
    r"(?:pho )?(?:chu tich|truong (?:ban|phong|doan)|giam doc|bi thu|chanh (?:van phong|thanh tra))|"
    r"ky (?:ten|ghi|dong dau)|noi nhan|nhu tren|luu|"
    r"prepared by|approved by|signed|signature|head of|chair(?:man|woman)?|accountant)\b\D*|"
    r"(?:\D+ )?ngay(?: \d+)? thang(?: \d+)? nam(?: \d+)?)"
)
SECTION = re.compile(r"(?:[IVXL]+|[A-ZĐ])(?:[.)]? \| |[.)] )(?=[^|]*[^\W\d])[^|]+")  # "I | Phường A", "I. Phường A"
NUMBER = re.compile(r"[(\[]?(\d{1,3})(?:\s*=[\d\s+*/()–-]+)?[)\].]?")  # also of a column that others add up to: "5=3+4"


def has_day(cells: Sequence[Cell], days: Collection[int]) -> bool:
    """Whether something stands in the columns of days that may be one."""
    for at in days:  # spelled out: this runs for every row
        cell = cells[at] if at < len(cells) else None
        if cell.strip()[:1].isdigit() if isinstance(cell, str) else cell is not None:
            return True
    return False


def undated(cells: Sequence[Cell], headings: Sequence[str], own: int | None) -> str:
    """What a row without a day is in place of a record; blank for a record that lacks its day.

    `total` and `section`, `headings` where they are repeated, `perhaps_total` where only who sent it can say.

    Args:
        headings: those of the table.
        own: the column of the rows' own numbers.
    """
    places = _filled(cells)
    if len(places) > 1 and all(at < len(headings) and _is_as(cells[at], headings[at]) for at in places):
        return "headings"
    filled = [cells[at] for at in places if at != own or isinstance(cells[at], str)]
    said = [cell.strip() for cell in filled if isinstance(cell, str)]
    said = [text for text in said if not text[:1].isdigit() and text not in DASHES]
    if 0 < len(said) < len(filled):  # figures, and nothing in words than that they are sums
        if all(map(is_of_totals, said)):
            return "total"
        # Beside who received, or the like: totals of a part, or a record.
        if any(map(is_of_totals, said)) or (len(said) == 1 and is_of_totals(said[0], LIKE_TOTALS)):
            return "perhaps_total"
    return "section" if _is_section(cells, own) else ""


def _is_as(cell: Cell, heading: str) -> bool:
    return isinstance(cell, str) and key_of(cell) == key_of(heading)


def _is_section(cells: Sequence[Cell], own: int | None) -> bool:
    """Whether a row is a heading of those that follow: a roman number or a letter in its place, and one text.

    Alone in the place of the rows' own numbers, any words are one: a unit, say, above its rows.
    """
    places = _filled(cells)
    filled = [cells[at] for at in places]
    if places == [own] and isinstance(filled[0], str):
        return any(map(str.isalpha, filled[0]))
    if not (len(places) == 1 or (len(places) == 2 and places[0] == own)):
        return False
    if not all(isinstance(cell, str) for cell in filled):
        return False
    return SECTION.fullmatch(" | ".join(map(str.strip, map(as_text, filled)))) is not None


def are_numbers(cells: Sequence[Cell], columns: Collection[int]) -> bool:
    """Whether a row below the headings counts the columns, these at least: "A, B, 1, 2, 3" or "(1), (2), (3)"."""
    places = _filled(cells)
    if len(places) < 2 or not set(columns) <= set(places):
        return False
    said = [as_text(cells[at]).strip() for at in places]
    letters = sum(1 for one in said if re.fullmatch("[A-H]", one))
    found = [NUMBER.fullmatch(one) for one in said[letters:]]
    return said[:letters] == list("ABCDEFGH"[:letters]) and all(
        one and int(one[1]) == turn for turn, one in enumerate(found, 1)
    )


class Below:
    """Lines that stand below a table, unless a record follows."""

    def __init__(self) -> None:
        self._held: list[tuple[int, Sequence[Cell], str]] = []
        self._signed: set[int] = set()

    def takes(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether a row may be such a line, which is held then, or says nothing at all."""
        places = _filled(cells)
        why = self._why([cells[at] for at in places], places) if len(places) <= ABREAST else ""
        if why:
            self._held.append((number, cells, why))
        return bool(why) or not places

    def given_back(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows that are no such lines, since the table goes on."""
        yield from ((number, cells) for number, cells, _ in self._held)
        self._held.clear()
        self._signed.clear()

    def told(self) -> Iterator[tuple[int, str]]:
        """The rows below the table, and what they are: `note` or `signature`."""
        yield from ((number, why) for number, _, why in self._held)

    def _why(self, filled: Sequence[Cell], places: Sequence[int]) -> str:
        words = [cell for cell in filled if isinstance(cell, str) and any(map(str.isalpha, cell))]
        if len(words) < len(filled) or not words:
            return ""
        if len(words) > 1 and all(_is_signatory(cell) for cell in words):
            self._signed |= set(places)
            return "signature"
        if len(words) == 1 and len(words[0]) <= NOTE:
            return "note"
        is_name = self._signed.issuperset(places) and not any(any(map(str.isdigit, cell)) for cell in words)
        return "signature" if is_name else ""  # below who signs, in the same columns: their names


def _is_signatory(cell: str) -> bool:
    return len(cell) <= SIGNED and SIGNATORY.fullmatch(fold(cell)) is not None


def _filled(cells: Sequence[Cell]) -> list[int]:
    return [at for at, cell in enumerate(cells) if not is_blank(cell)]
