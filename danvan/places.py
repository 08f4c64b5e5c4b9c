"""Where records are: the register files that a person names, and the numbers of records in several of them.

The convention: nothing is opened here. A text that names a file means that file, whatever characters it has; only
one that names none is a pattern.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from glob import glob, has_magic
from pathlib import Path

WIDTH = 56  # bits for the number of a record in its register


def expanded(texts: Iterable[str]) -> list[Path]:
    """The files that texts name, those of a pattern in the order of their names, each once.

    A text that names no file stands for itself, and so does a pattern that no file matches.
    """
    found = [path for text in texts for path in _files(text)]
    return list({_real(path): path for path in reversed(found)}.values())[::-1]


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # a name that no file can have
        return str(path)


def at(text: str) -> Path:
    """The place that a text names; `~` is the person's own folder, where the system knows one."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 -- that of pathlib fails where the system knows none


def is_pattern(text: str) -> bool:
    """Whether a text names no file and can stand for several."""
    return has_magic(text) and not at(text).exists()


def _files(text: str) -> list[Path]:
    places = [at(form) for form in _forms(text)]
    if len(places) > 1 and (there := [path for path in places if path.exists()]):
        return there[:1]
    if not is_pattern(text):
        return places[:1]
    found = {name for path in places for name in glob(str(path), recursive=True)}  # noqa: PTH207 -- absolute, too
    return [Path(name) for name in sorted(found)] or places[:1]


def _forms(text: str) -> list[str]:
    """A text, and how it is spelled in other forms of Unicode: a Mac names files with the accents apart."""
    if text.isascii():
        return [text]
    from unicodedata import normalize

    return list(dict.fromkeys((text, normalize("NFC", text), normalize("NFD", text))))


def names(paths: Sequence[Path]) -> list[str]:
    """A name for each file: its own without the ending, with as many folders before it as tell it from the others."""
    parts = [path.absolute().with_suffix("").parts for path in paths]
    if len(set(parts)) < len(parts):  # only the endings differ
        parts = [path.absolute().parts for path in paths]
    for count in range(1, max(map(len, parts), default=1)):
        shown = ["/".join(one[-count:]) for one in parts]
        if len(set(shown)) == len(shown):
            return shown
    return [str(path) for path in paths]


class Place(int):
    """The number of a record among those of several registers: it says which register, and the number there.

    As a number it orders records by their registers and tells them apart; as a text people read and type it.
    """

    register: str
    number: int

    def __new__(cls, at: int, register: str, number: int) -> Place:
        """The record `number` of a register, the one at `at` among those that are read together."""
        place = super().__new__(cls, at << WIDTH | number)
        place.register, place.number = register, number
        return place

    def __str__(self) -> str:
        return f"{self.register}:{self.number}"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def own_number(number: int) -> int:
    """The number of a record in its own register."""
    return number.number if isinstance(number, Place) else number


def identified(number: int) -> dict[str, object]:
    """The number of a record for programs, with its register where there are several."""
    return {"id": number.number, "register": number.register} if isinstance(number, Place) else {"id": number}


def register_of(number: int) -> str | None:
    """The register of a record; None where there is only one."""
    return number.register if isinstance(number, Place) else None
