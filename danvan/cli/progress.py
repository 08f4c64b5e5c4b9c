"""How far long work has come, on a terminal."""

from __future__ import annotations

import sys
from time import monotonic

from danvan.formatting.language import Language

STEPS = 500
QUIET = 1.0  # seconds before progress is shown


class Progress:
    """How many rows have been read, on a terminal, once it takes long; `key` says it."""

    def __init__(self, language: Language, key: str) -> None:
        self._language = language
        self._key = key
        self._is_shown = sys.stderr.isatty()
        self._begin = monotonic()
        self._rows = 0
        self._width = 0

    def step(self) -> None:
        """One row more."""
        self._rows += 1
        if self._rows % STEPS == 0:
            self.at(self._rows)

    def at(self, rows: int) -> None:
        """So many rows by now."""
        if self._is_shown and monotonic() - self._begin > QUIET:
            text = self._language.say(self._key, rows=rows)
            self._width = max(self._width, len(text))
            print(f"\r{text}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def clear(self) -> None:
        """Leave no trace."""
        if self._width:
            print(f"\r{'':{self._width}}\r", end="", file=sys.stderr, flush=True)  # noqa: T201
