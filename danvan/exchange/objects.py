"""JSON as Python has it, without losing what an object says twice: of repeated keys every reader keeps but the last."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec


class Repeated(dict[str, Any]):
    """An object that has some keys more than once; of these it holds the last values."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.keys_twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]


def decoded(text: bytes | str) -> Any:
    """What a JSON text says.

    Raises:
        msgspec.DecodeError, UnicodeError, RecursionError: it is none.
    """
    msgspec.json.decode(text)  # it is stricter, and says where a fault is
    return json.loads(text, object_pairs_hook=_object)


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Repeated(pairs)
