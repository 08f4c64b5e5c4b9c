"""What is said to people: answers on standard output, remarks beside them on standard error.

The convention: in a window lines are broken between words; into a pipe or a file they go whole. Pages that only people
read, help and the manual, fit the window in both cases.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from textwrap import TextWrapper
from typing import TextIO

from danvan.formatting.language import Language

LEAST = 20  # columns of a window that lines are broken for
USUAL = 80  # columns of a window that does not tell
COLUMN = re.compile(r" +\S(?:.{0,24}?\S)? {2,}(?=\S)")  # the first column of an indented line of two


def tell(text: str, *, whole: bool = False) -> None:
    """Say something in answer, on stdout; `whole` is what programs read, of which no line is broken."""
    print(text if whole else fitted(text, sys.stdout))  # noqa: T201


def aside(message: str, key: str = "", *, as_json: bool = False) -> None:
    """Say something beside the answer, on stderr: a line of text, or for programs a JSON document in a line."""
    if as_json:
        from msgspec.json import encode

        message = encode({"version": 1, "notice": {"key": key, "message": message}}).decode()
    print(message if as_json else fitted(message, sys.stderr), file=sys.stderr)  # noqa: T201


def fitted(text: str, stream: TextIO) -> str:
    """Text with its lines broken between words, where a window would break them anywhere; whole in a pipe or a file.

    What is broken goes on below its own beginning, of two columns below that of the second.
    """
    if not stream.isatty():
        return text
    wrap = TextWrapper(max(_columns(stream), LEAST), break_long_words=False, break_on_hyphens=False)
    lines: list[str] = []
    for line in text.split("\n"):
        first = line.lstrip()
        margin, column = line[: len(line) - len(first)], COLUMN.match(line)
        wrap.initial_indent, wrap.subsequent_indent = margin, " " * column.end() if column else margin
        lines += wrap.wrap(first) or [""]
    return "\n".join(lines)


def window() -> int:
    """How wide the window is in which a page is read, also through a pipe into a pager."""
    streams = (sys.stdout, sys.stderr, sys.stdin)
    return _columns(next((stream for stream in streams if stream.isatty()), sys.stdout))


def _columns(stream: TextIO) -> int:
    """How wide the window is that a stream writes to; what COLUMNS says goes first, as everywhere."""
    said = os.environ.get("COLUMNS", "")
    try:
        return int(said) if said.isdecimal() and int(said) else os.get_terminal_size(stream.fileno()).columns or USUAL
    except (OSError, ValueError):  # no window that tells
        return USUAL


def notice(language: Language, *, as_json: bool = False) -> Callable[..., None]:
    """A teller of what people should know of the register file, on stderr."""

    told: set[str] = set()

    def remark(key: str, **facts: object) -> None:
        message = language.say(f"notice.{key}", **facts)
        if message not in told:  # a command may open the register more than once
            told.add(message)
            aside(message, key, as_json=as_json)

    return remark
