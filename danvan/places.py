"""Files that a person names: one by one, or by a pattern; and what to call each where several are shown.

The convention: nothing is opened here. A text that names a file means that file, whatever characters it has; only
one that names none is a pattern.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from glob import glob, has_magic
from pathlib import Path


def expanded(texts: Iterable[str]) -> list[Path]:
    """The files that texts name, those of a pattern in the order of their names, each once.

    A text that names no file stands for itself, and so does a pattern that no file matches.
    """
    found = [path for text in texts for path in _files(text)]
    return list({os.path.realpath(path): path for path in reversed(found)}.values())[::-1]


def _files(text: str) -> list[Path]:
    path = Path(text).expanduser()
    if path.exists() or not has_magic(text):
        return [path]
    return [Path(name) for name in sorted(glob(str(path), recursive=True))] or [path]  # noqa: PTH207 -- absolute, too


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
