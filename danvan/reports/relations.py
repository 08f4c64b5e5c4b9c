"""How the counts of a published report hang together, as anybody knows: sums, parts, and what a large group is.

The convention: a cell is named by its measure and its column, and what no report prints likewise. A count that is not
known is taken as nought, for it adds nothing to a sum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from danvan.records import Reception, fields, in_groups
from danvan.reports.breakdowns import Breakdown
from danvan.reports.measures import MEASURES
from danvan.reports.possibilities import LARGEST, Fact
from danvan.reports.report import SO_FAR

ALL, REGULAR, LEADERS = "receptions", "receptions.regular", "receptions.leaders"
TOTALS = {measure.sum: measure.key for measure in MEASURES if measure.families}
# The figures that make up each of these.
PARTS = {name: fields(Reception)[name].parts or (name,) for name in TOTALS}
# What there was of large groups, of what it is a part, and what no report prints: what there was of others.
GROUPED = [(in_groups(Reception)[name], parts, f"other_{name}") for name, parts in PARTS.items()]
IN_ONE_TURN = LARGEST // 1000  # as many people or cases as may be in it


def cell(key: str, column: str) -> str:
    """The name of a measure's count in a column."""
    return f"{key} {column}"


def earlier(whole: str, part: str) -> str:
    """The column of what came before a part of a year."""
    return f"{whole}-{part}"


class Relations:
    """What is known of the counts of a section.

    Args:
        printed: the counts that the report prints, by the names of their cells.
        threshold: from how many people a reception is one of a large group.

    Attributes:
        printed: their names.
        counts: these, and what no report prints.
        facts: how they hang together.
    """

    def __init__(self, printed: Mapping[str, int], threshold: int) -> None:
        self.printed = tuple(printed)
        self.counts = dict(printed)
        self.facts: list[Fact] = []
        self._threshold = threshold

    def so_far(self, keys: Sequence[str], whole: str, part: str) -> None:
        """That the year so far is a part of it and what came before."""
        for key in keys:
            self._split([cell(key, whole)], [cell(key, part)], cell(key, earlier(whole, part)))

    def receptions(self, column: str) -> None:
        """How the counts of receptions in a column hang together."""

        def named(who: str, *names: str) -> list[str]:
            return [cell(f"{who}.{name}", column) for name in names]

        for name in TOTALS:
            parts = [one for who in (REGULAR, LEADERS) for one in named(who, *PARTS[name])]
            self._total(named(ALL, name), parts, *named(ALL, f"{name}_rest"))
        self._split(named(LEADERS, "turns"), named(f"{ALL}.delegated", "turns"), *named(LEADERS, "own_turns"))
        for who in (REGULAR, LEADERS):
            for part, wholes, other in GROUPED:
                self._split(named(who, *wholes), named(who, part), *named(who, other))
            groups, people, cases = named(who, *(part for part, _, _ in GROUPED))
            turns, others, other_cases = named(who, *(other for _, _, other in GROUPED))
            self._each(groups, people, self._threshold, IN_ONE_TURN)
            self._each(turns, others, 1, self._threshold - 1)
            self._each(groups, cases, 0, IN_ONE_TURN)
            self._each(turns, other_cases, 0, IN_ONE_TURN)

    def _total(self, wholes: Sequence[str], parts: Sequence[str], rest: str) -> None:
        """That parts add up to the whole; where they do not, that they and a rest do."""
        if self._sum(wholes) == self._sum(parts):
            self._equal(wholes, parts)
        else:
            self._split(wholes, parts, rest)

    def _split(self, wholes: Sequence[str], parts: Sequence[str], rest: str) -> None:
        """That wholes are made up of parts and of a rest that is not printed."""
        self.counts[rest] = max(0, self._sum(wholes) - self._sum(parts))
        self._equal(wholes, [*parts, rest])

    def _sum(self, names: Sequence[str]) -> int:
        return sum(self.counts.setdefault(name, 0) for name in names)

    def _equal(self, some: Sequence[str], others: Sequence[str]) -> None:
        terms = dict.fromkeys(some, 1) | dict.fromkeys(others, -1)
        self.facts += [Fact(terms), Fact({name: -factor for name, factor in terms.items()})]

    def _each(self, few: str, many: str, least: int, most: int) -> None:
        """That in each of few there are from `least` to `most` of many."""
        self.facts += [Fact({many: 1, few: -least}), Fact({few: most, many: -1})]

    def table(self, table: Breakdown, columns: Collection[str]) -> None:
        """What a breakdown tells besides sums: into how many pieces people and their cases fall.

        In each there was a turn at least; and in people who are too few for a group there was none.
        """
        who, _, name = table.measure.key.rpartition(".")
        for column, sources, pieces in _pieces(table):
            if column not in columns:
                continue
            told = tuple(cell(table.measure.key, source) for source in sources)
            receivers = (REGULAR, LEADERS) if who == ALL else (who,)
            groups = [cell(f"{one}.groups", column) for one in receivers]
            turns = cell(f"{who}.turns", column)
            self._known({turns: 1}, len(pieces), told)
            self._known({turns: 1}, len(pieces) - 1 + table.others, told)  # its last line says of how many it is
            if name in ("people", "group_people"):
                most = sum(people // self._threshold for people in pieces)
                self._known(dict.fromkeys(groups, -1), -most, told)
            if name in ("group_people", "group_cases"):
                self._known(dict.fromkeys(groups, 1), len(pieces), told)
            if name == "people":  # no turn but that of a group takes in as many
                own = [-(-people // max(1, self._threshold - 1)) for people in pieces]
                self._known({turns: 1} | dict.fromkeys(groups, max(own, default=1) - 1), sum(own), told)

    def _known(self, terms: Mapping[str, int], least: int, told: tuple[str, ...]) -> None:
        for name in terms:
            self.counts.setdefault(name, 0)
        self.facts.append(Fact(terms, least, told))


def _pieces(table: Breakdown) -> Iterator[tuple[str, tuple[str, ...], list[int]]]:
    """The figures above nought into which a breakdown parts each column: the column, those it is known by, figures."""
    for column in table.whole:
        lines = [
            line.cells.values() if line.cells and column == "now" else [line.figures[column]] for line in table.lines
        ]
        yield column, (column,), [found.value for line in lines for found in line if found.value]
    for part, whole in SO_FAR.items():
        if whole in table.whole:
            pairs = [(line.figures[whole].value or 0, line.figures[part].value or 0) for line in table.lines]
            yield earlier(whole, part), (whole, part), [more - less for more, less in pairs if more > less]
