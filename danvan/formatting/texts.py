"""Text people typed or sent: one Unicode form, comparison without accents, Vietnamese order, nothing hidden.

Inside danvan text is NFC. What a reader cannot see or a terminal would obey is refused on the way in
(`checked`) and taken out on the way to the screen (`visible`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import category, normalize

from danvan.errors import Invalid

LIMIT = 10_000
SPACES = re.compile(" {2,}")
OUTER = " \t\r\n\u00a0\u202f\u3000"
BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")

# Characters that show nothing although Unicode counts them as letters, marks or symbols: the grapheme joiner,
# Hangul and Khmer fillers, the blank Braille cell, variation selectors.
BLANKS = frozenset(
    chr(code)
    for codes in (
        (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),
        range(0x180B, 0x1810),
        range(0xFE00, 0xFE10),
        range(0xE0100, 0xE01F0),
    )
    for code in codes
)

# The Vietnamese alphabet, with the four letters of foreign words at their places in the Latin one.
ALPHABET = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng
FIGURES = frozenset("0123456789")
STROKED = str.maketrans("đðɖ", "ddd")  # đ and the two letters whose capital looks like Đ

Element = tuple[int, int, str]
Collation = tuple[tuple[Element, ...], tuple[int, ...], tuple[bool, ...], str]


class Weight(NamedTuple):
    """What one letter, number or gap means to the order of texts, the first entry above the others."""

    element: Element
    tone: int
    is_capital: bool


GAP = Weight((0, 0, ""), 0, False)


def nfc(text: str) -> str:
    """The text in the one Unicode form danvan keeps."""
    return normalize("NFC", text)


class Letters(dict[int, str]):
    """What each character becomes, found when it is first met: a table for `str.translate`."""

    def __init__(self, *, is_key: bool) -> None:
        self._is_key = is_key

    def __missing__(self, code: int) -> str:
        spelled = normalize("NFKD", normalize("NFKD", chr(code)).casefold()).translate(STROKED)
        kept = (c for c in spelled if c.isascii() or (category(c)[0] != "M" and category(c) != "Cf"))
        found = "".join(c if c.isalnum() or not self._is_key else " " for c in kept)
        self[code] = found
        return found


PLAIN, KEYS = Letters(is_key=False), Letters(is_key=True)


def plain(text: str) -> str:
    """The text in small letters without accents; punctuation and spaces stay."""
    return text.translate(PLAIN)


def fold(text: str) -> str:
    """A key that is the same for texts that differ in accents, case, punctuation or Unicode form only."""
    return " ".join(text.translate(KEYS).split())


def sought(text: str) -> str:
    """The key of a text to be looked for in others: of one that has none, everything would seem to be full.

    Raises:
        Invalid: `no_letter_or_figure`.
    """
    key = fold(text)
    if not key:
        raise Invalid("no_letter_or_figure", value=text)
    return key


def collation(text: str) -> Collation:
    """A sort key in the order of the Vietnamese alphabet; only the same text has the same key.

    Letters decide first, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), then case. Words end before letters,
    numbers come before letters and are compared by value: "Phường 2" before "Phường 10".
    """
    composed = nfc(text)
    weights: list[Weight] = []
    for is_number, run in groupby(composed, FIGURES.__contains__):
        if is_number:
            digits = "".join(run).lstrip("0")
            weights.append(Weight((1, len(digits), digits), 0, False))
            continue
        for character in run:
            found = weight(character)
            if found is not None and (found != GAP or (weights and weights[-1] != GAP)):
                weights.append(found)
    elements, tones, capitals = zip(*weights, strict=True) if weights else ((), (), ())
    return elements, tones, capitals, composed


@lru_cache(maxsize=1024)
def weight(character: str) -> Weight | None:
    """What a character other than a figure weighs; None for an accent that no letter of Unicode carries."""
    if category(character)[0] == "M":
        return None
    if not character.isalnum():
        return GAP
    spelled = normalize("NFD", character)
    base, marks = spelled[0], spelled[1:]
    letter = base.lower()
    for mark in marks:
        if nfc(letter + mark) in ALPHABET:
            letter = nfc(letter + mark)
    element = (2, ALPHABET[letter], "") if letter in ALPHABET else (3, 0, letter)
    return Weight(element, max((TONES.get(mark, 0) for mark in marks), default=0), base.isupper())


def checked(text: str, limit: int = LIMIT, *, multiline: bool = False) -> str:
    """The text as it may be stored: NFC, without white space around it, in a line with single spaces between words.

    Raises:
        Invalid: `control` for a character that is invisible or acts on a terminal (its `code`, its `position`
            in `text` counted from 1), `too_long` beyond `limit` characters (`length`, `limit`).
    """
    if multiline:
        text = text.replace("\r\n", "\n")
    inner = text.strip(OUTER)
    if is_suspicious(inner):
        start = len(text) - len(text.lstrip(OUTER)) + 1
        for position, character in enumerate(inner, start):
            if is_hidden(character) and not (multiline and character == "\n"):
                raise Invalid("control", position=position, code=f"U+{ord(character):04X}")
    inner = nfc(inner if multiline else SPACES.sub(" ", inner))
    if len(inner) > limit:
        raise Invalid("too_long", length=len(inner), limit=limit)
    return inner


def holding(text: str, what: str) -> str:
    """The text, if it is blank or has a "letter", a "figure" or nothing in particular.

    Raises:
        Invalid: `no_letter` or `no_figure`; the text is not repeated.
    """
    has = {"letter": str.isalpha, "figure": str.isdigit}.get(what)
    if text and has and not any(map(has, text)):
        raise Invalid(f"no_{what}")
    return text


def visible(text: str, *, multiline: bool = False) -> str:
    """The text without what a terminal would obey or nobody can see; breaks and tabs become spaces.

    With `multiline` line feeds and tabs stay.
    """
    if not is_suspicious(text):
        return text
    kept = "\n\t" if multiline else ""
    unified = text.replace("\r\n", "\n")
    shown = (c if c in kept or not is_hidden(c) else " " if c in BREAKS else "" for c in unified)
    return "".join(shown)


def is_suspicious(text: str) -> bool:
    """Whether the text has to be looked at character by character; most text does not."""
    return not (text.isprintable() and BLANKS.isdisjoint(text))


def is_hidden(character: str) -> bool:
    """Whether a character is a control, a format character, a lone surrogate, a noncharacter or a blank."""
    if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return True
    code = ord(character)
    return character in BLANKS or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
