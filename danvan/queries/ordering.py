"""The order of records: by day unless asked otherwise, the unknown always last.

Text follows the Vietnamese alphabet, numbers and days go by value, choices in the order in which they are described
(a status by its place in the life cycle), and an office's own choices after those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest, nsmallest
from typing import Any

from danvan.formatting.texts import collation
from danvan.places import register_of
from danvan.queries.columns import REGISTER, Kind, Numbered, value
from danvan.records import described

Key = Callable[[Numbered], Any]


class Descending:
    """A key whose order is turned round."""

    __slots__ = ("key",)

    def __init__(self, key: Any) -> None:
        self.key = key

    def __lt__(self, other: Descending) -> bool:
        return bool(other.key < self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Descending) and bool(self.key == other.key)

    __hash__ = None  # type: ignore[assignment]  # keys are compared, never looked up


def ordered(
    entries: Iterable[Numbered], kind: Kind, by: Sequence[str], *, reverse: bool, limit: int | None, threshold: int
) -> list[Numbered]:
    """`entries` in order, at most `limit` of them.

    By default the newest stand last, and a limit keeps these; in any other order it keeps the first.
    """
    if not by and not reverse:
        return sorted(entries if limit is None else nlargest(limit, entries, key=_by_day), key=_by_day)
    key = order(kind, by, reverse=reverse, threshold=threshold)
    return sorted(entries, key=key) if limit is None else nsmallest(limit, entries, key=key)


def order(kind: Kind, by: Sequence[str], *, reverse: bool, threshold: int) -> Key:
    """The key of an order; records that are the same in all of `by` follow by day and number."""
    keys = [_by_column(kind, name, threshold) for name in by]
    turned: Callable[[Any], Any] = Descending if reverse else lambda key: key

    def key(entry: Numbered) -> Any:
        found = [one(entry) for one in keys]
        placed = tuple((False, turned(value)) if value is not None else (True,) for value in found)
        return placed, turned(_by_day(entry))

    return key


def _by_day(entry: Numbered) -> Any:
    return entry[1].date, entry[0]


def _by_column(kind: Kind, name: str, threshold: int) -> Key:
    """The key of one column; None where the record does not know."""
    if name == "id":
        return lambda entry: entry[0]
    if name == REGISTER:
        return lambda entry: register_of(entry[0])
    if name == "to":
        return lambda entry: entry[1].to or entry[1].date
    field = described(kind).get(name)
    places = {code: place for place, code in enumerate(field.choices)} if field else {}

    def place(code: str) -> Any:
        return (places[code],) if code in places else (len(places), collation(code))

    def key(entry: Numbered) -> Any:
        found = value(entry[1], name, threshold)
        if found is None or field is None or field.is_number or field.sort == "date":
            return found
        match field.sort:
            case "text":
                return collation(found)
            case "choice":
                return place(found)
        return [place(code) for code in found]

    return key
