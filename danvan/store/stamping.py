"""What a version says of its own writing: when, by whom, together with which others, and its turn in its record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from danvan.records import Record

Stamp = Mapping[str, Any]  # what versions have in common that are written together
Version = TypeVar("Version", bound=Record)


def stamped(record: Version, stamp: Stamp, rev: int, uid: str = "", **said: Any) -> Version:
    """`record` as a version of its own: no merge brought it and, unless `said` tells of one, it takes none back."""
    own = {"uid": uid or record.uid, "rev": rev, "undoes": 0, "undone": "", "merged": None}
    return msgspec.structs.replace(record, **{**stamp, **own, **said})
