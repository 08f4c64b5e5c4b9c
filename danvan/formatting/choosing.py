"""One of several codes, by what a person typed: the code itself, or a word for it in either language.

The words of a code stand in the catalogues as `<family>.<code>`, the shown one first, other spellings behind "|".
Case, accents and punctuation do not count. A code without a word is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from danvan.errors import Invalid
from danvan.formatting.texts import fold, nfc
from danvan.messages import LANGUAGES, catalogue

MOST = 3
INITIALS = 2  # words of so many letters shorten others ("KT - XH"), and a letter that differs makes another name


def chosen(text: str, codes: Collection[str], where: str, family: str = "") -> str:
    """The code that `text` names.

    Raises:
        Invalid: it names none; `where` says which option or argument it was given for.
    """
    known = spellings(codes, family)
    same = [code for code in codes if fold(code) == fold(text)]
    exact = [code for code in same if nfc(code).casefold() == nfc(text.strip()).casefold()]
    if len(same) > 1 and not exact:  # names that differ in their accents only
        raise Invalid("choice", value=text, choices=tuple(codes), family=family, nearest=tuple(same), where=where)
    code = exact[0] if exact else known.get(fold(text))
    if code is None:
        raise Invalid(
            "choice" if codes else "no_choice",
            value=text,
            choices=tuple(codes),
            family=family,
            nearest=tuple(near(text, known)),
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
    """What `text` may have been meant for: what the spellings nearest to it stand for, at most three.

    Nearest are those that have it among their words; else those that begin with it; else those that stand whole in
    it or have most of its words; else those that are most like it, if one is like it at all.

    Args:
        known: folded spellings, with what they stand for.
        cutoff: how like it a spelling has to be, from 0 to 1.
    """
    typed = fold(text)
    if not typed:
        return []
    ways: tuple[Callable[[], Collection[str]], ...] = (
        lambda: _worded(typed, known),
        lambda: _begun(typed, known, cutoff),
        lambda: _whole(typed, known),
        lambda: _sharing(typed, known),
        lambda: _alike(typed, known, cutoff),
    )
    keys = next(filter(None, (way() for way in ways)), ())
    return list(dict.fromkeys(known[key] for key in keys))[:MOST]


def _worded(typed: str, known: Iterable[str]) -> list[str]:
    """The spellings that have a text among their words; what goes on after it ("models" for "model") comes first."""
    found = [key for key in known if f" {typed} " in f" {key} "]
    return [*(key for key in known if key.startswith(typed) and key not in found), *found] if found else []


def _whole(typed: str, known: Iterable[str]) -> list[str]:
    """The spellings that stand whole in a text, none of them in another, if they are half of it together."""
    inside = [key for key in known if key and f" {key} " in f" {typed} "]
    found = [key for key in inside if not any(key != other and f" {key} " in f" {other} " for other in inside)]
    return found if 2 * sum(map(len, found)) >= len(typed) else []


def _begun(typed: str, known: Iterable[str], cutoff: float) -> list[str]:
    """The spellings that begin with a text; what is as likely only a letter short ("unt" for "unit") goes with them."""
    found = [key for key in known if key.startswith(typed) and len(typed) > 2]
    return [*found, *(key for key in _alike(typed, known, cutoff) if key not in found)] if found else []


def _sharing(typed: str, known: Iterable[str]) -> list[str]:
    """The few spellings that share most words with a text, if those are more than half of its words."""
    words = typed.split()
    shared = {key: len({*words} & {*key.split()}) for key in known}
    most = max(shared.values(), default=0)
    found = [key for key, count in shared.items() if count == most]
    return found if 2 * most > len(words) and len(found) <= MOST else []


def _alike(typed: str, known: Iterable[str], cutoff: float) -> list[str]:
    from difflib import SequenceMatcher, get_close_matches  # only where something was mistyped

    if max(map(len, typed.split()), default=0) <= INITIALS:
        return []
    likely = get_close_matches(typed, list(known), n=MOST, cutoff=cutoff)
    ratios = {key: SequenceMatcher(None, key, typed).ratio() for key in likely}
    return [key for key, ratio in ratios.items() if ratio == max(ratios.values())]


def nearest(text: str, known: Mapping[str, str], cutoff: float = 0.6) -> str:
    """The same as one phrase."""
    return ", ".join(near(text, known, cutoff))
