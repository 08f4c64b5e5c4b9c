"""Text in Markdown: nothing that somebody typed acts there."""

from __future__ import annotations

import re

ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~&!$@]|(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)


def escaped(text: str) -> str:
    """The text as Markdown that shows just it, on one line: what Markdown or HTML would obey gets a backslash."""
    return ACTIVE.sub(r"\\\g<0>", " ".join(text.splitlines()))
