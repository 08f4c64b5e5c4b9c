"""Texts typed with the fonts of before Unicode, TCVN3 and VNI: what they look like where no such font draws them.

Both put other letters and signs in the places of Vietnamese ones: "Công tác" is kept as "C«ng t¸c" or as "Coâng taùc".
The convention: only what neither Vietnamese nor its neighbours ever write counts, and never a single word: a file is
such a one if many of its words are broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

# A sign within a word, "®" before one; the soft hyphen, which texts of the web have in words, does not count.
TCVN3 = re.compile(r"[a-z][¨©ª«¬®µ¶·¸¹»¼½¾×÷]+[a-z]|^®[^\W\d]|^®[×¸¹µ¶·¬«]")
# A vowel before a letter that stands for its accent; the pairs of French names ("Noël", "Anaïs") do not count.
VNI = re.compile(r"a[âùøõûäåê]|e[âäåøõ]|o[âäåøõ]|[öô][ùøûõï]|u[ùøõ]")
FONTS = {"TCVN3 (ABC)": TCVN3, "VNI": VNI}
LEAST = 3  # different broken words
SHARE = 10  # of so many words at least one is broken


def font_of(texts: Iterable[str]) -> str:
    """The sort of font with which texts were typed; empty for Unicode."""
    words = {word for text in texts for word in normalize("NFC", text).lower().split() if any(map(str.isalpha, word))}
    for font, sign in FONTS.items():
        broken = sum(sign.search(word) is not None for word in words)
        if broken >= LEAST and broken * SHARE >= len(words):
            return font
    return ""
