"""One of several codes, by what a person typed: the code itself, or a word for it in either language.

The words of a code stand in the catalogues as `<family>.<code>`, the shown one first, other spellings behind "|".
Case, accents and punctuation do not count. A code without a word is its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from danvan.errors import Invalid
from danvan.formatting.texts import fold, nfc
from danvan.messages import LANGUAGES, catalogue

MOST = 3


def chosen(text: str, codes: Collection[str], where: str, family: str = "") -> str:
    """The code that `text` names.

    Raises:
        Invalid: it names none; `where` says which option or argument it was given for.
    """
    known = spellings(codes, family)
    same = [code for code in codes if fold(code) == fold(text)]
    exact = [code for code in same if nfc(code).casefold() == nfc(text.strip()).casefold()]
    if len(same) > 1 and not exact:  # names that differ in their accents only
        raise Invalid("choice", value=text, choices=tuple(codes), family=family, nearest=", ".join(same), where=where)
    code = exact[0] if exact else known.get(fold(text))
    if code is None:
        raise Invalid(
            "choice" if codes else "no_choice",
            value=text,
            choices=tuple(codes),
            family=family,
            nearest=nearest(text, known),
            where=where,
        )
    return code


def spellings(codes: Collection[str], family: str) -> dict[str, str]:
    """Every accepted spelling of the codes, folded, with the code it stands for."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        for code in codes:
            words = catalogue(language).get(f"{family}.{code}", "")
            known |= {fold(word): code for word in words.split("|") if word}
    return known | {fold(code): code for code in codes}


def near(text: str, known: Mapping[str, str], cutoff: float = 0.6) -> list[str]:
    """What the spellings that have `text` among their words stand for, at most three, or else the one most like it.

    The keys of `known` are folded.
    """
    from difflib import get_close_matches  # only where something was mistyped

    word = fold(text)
    keys = [key for key in known if word and f" {word} " in f" {key} "]
    return list(dict.fromkeys(known[key] for key in keys or get_close_matches(word, known, n=1, cutoff=cutoff)))[:MOST]


def nearest(text: str, known: Mapping[str, str], cutoff: float = 0.6) -> str:
    """The same as one phrase."""
    return ", ".join(near(text, known, cutoff))
