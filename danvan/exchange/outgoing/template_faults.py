"""What is wrong with a Word template, so that whoever wrote it finds the place; not in the words of the program inside.

The convention: a placeholder or a sign opens and closes within a paragraph, in however many pieces Word keeps that.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from zipfile import ZipFile

from danvan.errors import Refused

PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
SIGN = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
SHOWN = 60  # characters of a template that are told
# What the program that fills templates says of some mistakes.
OPEN_BLOCK = re.compile(r"block that needs to be closed is '(\w+)'")
NO_FILTER = re.compile(r"No (?:filter|test) named '(.+?)'")


def mistake(template: bytes, fault: Exception) -> Refused:
    """A fault in the words of danvan."""
    for text in _paragraphs(template):
        for opened, start in _unclosed(text):
            rest = SIGN.split(text[start + len(opened) :])[0].rstrip()
            return Refused("template_unclosed", near=f"{opened}{rest}"[:SHOWN], sign=CLOSING[opened])
    near = _near(fault)
    if block := OPEN_BLOCK.search(str(fault)):
        return Refused("template_block", begin=f"{{% {block[1]} … %}}", end=f"{{% end{block[1]} %}}")
    if name := NO_FILTER.search(str(fault)):
        return Refused("template_filter", name=name[1], near=near)
    return Refused("template_syntax" if near else "template_failed", near=near, reason=str(fault))


def _near(fault: Exception) -> str:
    """The text of the template around a fault."""
    lines = [" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in getattr(fault, "docx_context", ())]
    marked = [line for line in lines if "{" in line or "}" in line]
    return (marked or lines or [""])[-1][:SHOWN]


def _paragraphs(template: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(template)) as archive:
        for name in filter(PARTS.fullmatch, archive.namelist()):
            for paragraph in PARAGRAPH.findall(archive.read(name).decode(errors="replace")):
                yield unescape("".join(TEXT.findall(paragraph)))


def _unclosed(text: str) -> Iterator[tuple[str, int]]:
    """The signs that open something and are followed by another such sign or by the end, and their places."""
    opened: tuple[str, int] | None = None
    for sign in SIGN.finditer(text):
        if sign[0] in CLOSING:
            if opened:
                yield opened
            opened = sign[0], sign.start()
        elif opened and sign[0] == CLOSING[opened[0]]:
            opened = None
    if opened:
        yield opened
