"""Values of an office's own that records have, whether or not its settings still name them.

The convention: what a record has can be asked for, but nobody can choose it any more once it is taken out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from danvan.errors import Invalid
from danvan.formatting.texts import fold
from danvan.records import Record, described
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union


def read_value(session: Session, kind: type[Record], name: str, text: str) -> str:
    """The code of a value that is allowed, or else that some record has.

    Raises:
        Invalid: it is neither.
    """
    try:
        return session.language.read_choice(kind, name, text)
    except Invalid:
        is_asked = described(kind)[name].open and all(path.exists() for path in session.paths)
        known = {fold(value): value for value in used(session.records, kind, name)} if is_asked else {}
        if fold(text) not in known:
            raise
        return known[fold(text)]


def used(records: Register | Union, kind: type[Record], name: str) -> Counter[str]:
    """How many records have each value of a choice."""
    found: Counter[str] = Counter()
    for entry in records.scan([kind]):
        value = getattr(entry.record, name) or ()
        found.update((value,) if isinstance(value, str) else value)
    return found
