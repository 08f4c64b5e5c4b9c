"""What counts that are not printed might be, as far as those that are, and what anybody knows of both, leave it open.

The convention: an answer is a proof. It is a whole set of counts with which every fact agrees. Where none is found in
so many steps there may be one nevertheless, and the answer is None all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

LARGEST = 10**9  # no count is larger
FAILURES = 100
NARROWINGS = 2_000
Range = tuple[int, int]


class Fact(NamedTuple):
    """That counts, each times a factor, add up to `least` or more.

    Attributes:
        told: the counts without which nobody would know.
    """

    terms: Mapping[str, int]
    least: int = 0
    told: tuple[str, ...] = ()

    def holds(self, counts: Mapping[str, int]) -> bool:
        """Whether it is true of these counts."""
        return sum(factor * counts[name] for name, factor in self.terms.items()) >= self.least

    def narrowed(self, ranges: Mapping[str, Range]) -> Iterator[tuple[str, Range]]:
        """The counts of which it rules some values out, with those that it leaves, if any."""
        spare = sum(factor * ranges[name][factor > 0] for name, factor in self.terms.items()) - self.least
        for name, factor in self.terms.items():
            least, most = ranges[name]
            if abs(factor) * (most - least) > spare:
                yield name, (most - spare // factor, most) if factor > 0 else (least, least + spare // -factor)


class Possibilities:
    """The sets of counts within ranges with which facts agree.

    Args:
        near: a possible set; others are looked for near to it.
        ranges: of the counts that are rather to stay as they are before those of others.
    """

    def __init__(self, near: Mapping[str, int], facts: Iterable[Fact], ranges: Mapping[str, Range]) -> None:
        self._near = near
        self._open = [name for name, (least, most) in ranges.items() if least < most]
        self._facts = [fact for fact in facts if not fact.terms.keys().isdisjoint(self._open)]
        self._about: dict[str, list[int]] = defaultdict(list)  # places among the facts
        for at, fact in enumerate(self._facts):
            for name in fact.terms:
                self._about[name].append(at)
        self._given = ranges

    @cached_property
    def _ranges(self) -> Mapping[str, Range]:
        """Those given, as far as facts leave them."""
        return self._narrowed(self._given, range(len(self._facts))) or self._given

    def one_with(self, name: str, within: Range) -> Mapping[str, int] | None:
        """A possible set, one of whose counts is within a range; None if none was found."""
        waiting, failures = [(self._ranges, name, within)], 0
        while waiting and failures < FAILURES:
            before, name, within = waiting.pop()
            ranges = self._within(before, name, within)
            if ranges is None:
                failures += 1
                continue
            name = next((name for name in self._open if ranges[name][0] < ranges[name][1]), "")
            waiting += [(ranges, name, part) for part in self._parts(name, ranges[name])] if name else []
            found = {} if name else {one: least for one, (least, _) in ranges.items()}
            if found and all(fact.holds(found) for fact in self._facts):
                return found
        return None

    def _parts(self, name: str, within: Range) -> Iterator[Range]:
        """The parts of a range, in the end what is to be tried first: as near as can be, else smaller, else larger."""
        least, most = within
        near = min(max(self._near[name], least), most)
        yield from (part for part in ((near + 1, most), (least, near - 1), (near, near)) if part[0] <= part[1])

    def _within(self, ranges: Mapping[str, Range], name: str, within: Range) -> Mapping[str, Range] | None:
        least, most = max(within[0], ranges[name][0]), min(within[1], ranges[name][1])
        return None if least > most else self._narrowed({**ranges, name: (least, most)}, self._about[name])

    def _narrowed(self, ranges: Mapping[str, Range], places: Iterable[int]) -> Mapping[str, Range] | None:
        """The ranges without what facts rule out by themselves; None where nothing is left of one."""
        left, waiting, done = dict(ranges), dict.fromkeys(places), 0
        while waiting and done < NARROWINGS:
            at = next(iter(waiting))
            del waiting[at]
            for name, (least, most) in self._facts[at].narrowed(left):
                if least > most:
                    return None
                left[name] = least, most
                done += 1
                waiting |= dict.fromkeys(self._about[name])
        return left
