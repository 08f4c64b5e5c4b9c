"""Sums over all records that match, shown or not; lots that must not be added to each other stay apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from danvan.periods import Period
from danvan.queries.columns import Kind, figure, numbers
from danvan.records import Record, described

Lot = tuple[str, str] | None


class Total(NamedTuple):
    """A sum; `at_least` where some records could not tell their part."""

    value: int
    at_least: bool


class Totals(NamedTuple):
    """What records add up to.

    Attributes:
        lots: the sums by column, for each lot of records whose figures may be added; only what is known at all.
        beyond: the aggregate rows that reach beyond the periods asked for, whose figures are in no sum.
    """

    lots: Mapping[Lot, Mapping[str, Total]]
    beyond: tuple[int, ...] = ()


class Tally:
    """Adds up records as they go by.

    Args:
        periods: the periods asked for, if any.
        threshold: from how many people a reception is one of a large group.
    """

    def __init__(self, kind: Kind, periods: Iterable[Period], threshold: int) -> None:
        self._names = numbers(kind)
        self._fields = described(kind)
        told = () if kind.lot is Record.lot else ("lot", "state")
        self._said = attrgetter("to", *told, *self._names)
        self._periods = tuple(periods)
        self._threshold = threshold
        # Most records count alike, so each sort of them is looked at once.
        self._alike: dict[tuple[Any, ...], tuple[Record, int]] = {}
        self._beyond: list[int] = []
        self.count = 0

    def add(self, number: int, record: Record) -> None:
        """Count one more record."""
        self.count += 1
        if self._periods and record.to is not None and not any(p.covers(record.period) for p in self._periods):
            self._beyond.append(number)
            return
        said = self._said(record)
        first, count = self._alike.get(said, (record, 0))
        self._alike[said] = (first, count + 1)

    def counting(self, entries: Iterable[tuple[int, Record]]) -> Iterator[tuple[int, Record]]:
        """`entries` as they are, each counted as it goes by."""
        for entry in entries:
            self.add(*entry)
            yield entry

    def totals(self) -> Totals:
        """The sums of all that went by."""
        lots = self._lots(lambda record: record.lot)
        if len(lots) > 1:  # models of several statuses are not added, so each goes with those that stand at its own
            lots = self._lots(_shown_lot)
        sums = {lot: dict(self._sums(lots[lot])) for lot in sorted(lots, key=self._place)}
        return Totals(sums, tuple(sorted(self._beyond)))

    def _place(self, lot: Lot) -> int:
        """Where a lot stands among others: as its value among those of its field."""
        name, value = lot or ("", "")
        choices = self._fields[name].choices if name else ()
        return choices.index(value) if value in choices else len(choices)

    def _lots(self, of: Callable[[Record], Lot]) -> dict[Lot, list[tuple[Record, int]]]:
        lots: dict[Lot, list[tuple[Record, int]]] = {}
        for record, count in self._alike.values():
            lots.setdefault(of(record), []).append((record, count))
        return lots

    def _sums(self, alike: list[tuple[Record, int]]) -> Iterator[tuple[str, Total]]:
        for name in self._names:
            value, known, exact = 0, False, True
            for record, count in alike:
                part, is_all = figure(record, name, self._threshold)
                exact = exact and is_all
                if part is not None:
                    known = True
                    value += part * count
            if known and (value or exact):  # "at least 0" would say no more than that nobody knows
                yield name, Total(value, not exact)


def _shown_lot(record: Record) -> Lot:
    """The lot of a record by what a list shows of it: the status at which a single model stands."""
    return record.lot and (record.lot[0], getattr(record, record.lot[0]) or "")
