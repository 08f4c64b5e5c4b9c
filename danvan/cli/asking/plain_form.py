"""A form as plain text, for people at an editor: a line `Name: value` for each field, blocks below a `[Name]`.

Lines that begin with `#` are remarks. Further lines of a value are indented. Names are what people call a thing, in
any spelling that `fold` takes for the same; what they stand for is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from danvan.errors import DanvanError, Invalid
from danvan.formatting.texts import fold

REMARK = "#"
INDENT = "    "

Lines = dict[str, str]  # the text behind each name


class Filled(NamedTuple):
    """What stands in a form: lines before the first block, and the blocks below each name, in their order."""

    lines: Lines
    blocks: dict[str, list[Lines]]
    faults: list[DanvanError]


def line(name: str, value: str) -> str:
    """A line of a form, and those that its value goes on in."""
    first, *more = value.split("\n")
    return "\n".join([f"{name}: {first}" if first else f"{name}:", *(f"{INDENT}{text}" for text in more)])


def block(name: str) -> str:
    """The line above a block."""
    return f"[{name}]"


def filled(text: str) -> Filled:
    """What stands in a form, with a fault for each line that is none (`form_line`) or stands twice (`form_twice`)."""
    found = Filled({}, {}, [])
    lines = found.lines
    for name, value in _entries(text):
        if name is None:
            found.faults.append(Invalid("form_line", value=value))
        elif value is None:
            lines = {}
            found.blocks.setdefault(name, []).append(lines)
        elif fold(name) in map(fold, lines):
            found.faults.append(Invalid("form_twice", value=name))
        else:
            lines[name] = value.strip()
    return found


def _entries(text: str) -> Iterator[tuple[str | None, str | None]]:
    """Each name with its value; the head of a block has none, and what cannot be read has no name."""
    name = ""
    values: list[str] = []
    for before, one in pairwise(["", *text.split("\n")]):
        if one.startswith(REMARK):
            if (
                name and before.strip() and not before.startswith(REMARK)
            ):  # of a text that was pasted: no remark of ours
                yield None, one
            continue
        if name and (not one.strip() or one[0].isspace()):  # the value goes on, or ends with blank lines
            values.append(one.removeprefix(INDENT))
            continue
        if name:
            yield name, "\n".join(values)
            name = ""
        head, colon, value = one.partition(":")
        if one.startswith("[") and one.rstrip().endswith("]"):
            yield one.strip().strip("[]"), None
        elif colon and head.strip():
            name, values = head.strip(), [value.removeprefix(" ")]
        elif one.strip():
            yield None, one.strip()
    if name:
        yield name, "\n".join(values)
