"""A report for publication: small counts of people are hidden, and so is what they could be worked out from.

Which measures are about people is said in `measures`. A breakdown takes its small lines together already when it is
made; here it loses what the rows above hide, and its cross cells are covered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from danvan.reports.breakdowns import MONTH, REST, SEVERAL, SO_FAR, TOLD_APART, Breakdown, Line, Value
from danvan.reports.report import Report, Row, Section
from danvan.reports.suppression import Balance, Count, covering, hidden_in, is_small
from danvan.reports.tally import HIDDEN, UNKNOWN, Figure

ALL, REGULAR, LEADERS = "receptions", "receptions.regular", "receptions.leaders"
SPLIT = ("cases_first", "cases_repeat")
# What adds up in each column of a report, or is a part of something printed there.
BALANCES = (
    *(Balance((f"{ALL}.{name}",), (f"{REGULAR}.{name}", f"{LEADERS}.{name}")) for name in ("turns", "people")),
    Balance((f"{ALL}.cases",), tuple(f"{who}.{name}" for who in (REGULAR, LEADERS) for name in SPLIT)),
    Balance((f"{LEADERS}.turns",), ("receptions.delegated.turns",)),
    *(
        Balance(tuple(f"{who}.{name}" for name in wholes), (f"{who}.{part}",))
        for who in (REGULAR, LEADERS)
        for part, wholes in (("groups", ("turns",)), ("group_people", ("people",)), ("group_cases", SPLIT))
    ),
)
GROUPED = tuple(tuple(f"{who}.{name}" for name in ("groups", "group_people", "people")) for who in (REGULAR, LEADERS))


def published(report: Report, least: int) -> Report:
    """The report without small counts of people, and without remarks, which are for the office's own eyes.

    Args:
        least: the smallest count that is printed.
    """
    sections = (_published(section, least, report.plan.threshold) for section in report.sections)
    return report._replace(sections=tuple(sections), least=least)


def _published(section: Section, least: int, threshold: int) -> Section:
    told = [row for row in section.rows if row.measure.is_about_people]
    counted = {_cell(row.measure.key, column): found.value for row in told for column, found in row.figures.items()}
    smallest = {
        _cell(row.measure.key, column): row.measure.smallest(least, threshold) for row in told for column in row.figures
    }
    telling = dict(_telling(section, counted, least * threshold))
    names = hidden_in(counted, list(_balances(section)), smallest, telling)
    rows = tuple(row._replace(figures=_masked(row.figures, _columns(row, names))) for row in section.rows)
    return section._replace(rows=rows, remarks=(), corrections=(), withheld=section.is_corrected)


def _telling(section: Section, counted: Mapping[str, Count], least: int) -> Iterator[tuple[str, list[str]]]:
    """What tells of how many large groups there were: the people in them, and all people where they are few.

    Sixteen people, some of them in a group of ten or more, were in one.

    Args:
        least: the smallest number of people that leaves it open.
    """
    for column in section.periods:
        for keys in GROUPED:
            groups, group_people, people = (_cell(key, column) for key in keys)
            few = [people] if is_small(counted.get(people), least) else []
            yield groups, [group_people, *few]
            yield group_people, few


def _balances(section: Section) -> Iterator[Balance]:
    """What adds up in each column, and over the parts of a year."""
    for column in section.periods:
        for wholes, parts in BALANCES:
            yield Balance(tuple(_cell(key, column) for key in wholes), tuple(_cell(key, column) for key in parts))
    for whole, part in SO_FAR:
        for row in section.rows:
            yield Balance((_cell(row.measure.key, whole),), (_cell(row.measure.key, part),))


def _cell(key: str, column: str) -> str:
    return f"{key} {column}"


def _columns(row: Row, names: set[str]) -> set[str]:
    return {column for column in row.figures if _cell(row.measure.key, column) in names}


def covered(table: Breakdown, report: Report) -> Breakdown:
    """A breakdown as it may stand in a published report."""
    if not table.measure.is_about_people:
        return table
    figures = report.row(table.measure.key).figures
    hidden = {column for column, found in figures.items() if found.hidden}
    counts = [[line.cells.get(value, UNKNOWN).value for value in table.values] for line in table.lines]
    places = covering(counts, table.measure.smallest(report.least, report.plan.threshold))
    if "now" in hidden or (places and not set(TOLD_APART).isdisjoint(table.dimensions)):
        places = {(at, column) for at in range(len(table.lines)) for column in range(len(table.values))}
    shut_of = [{table.values[column] for row, column in places if row == at} for at in range(len(table.lines))]
    # By their sizes, which are hidden, columns would stand in an order that tells of them.
    if places and table.dimensions[-1] != MONTH:
        table = table._replace(values=tuple(sorted(table.values, key=_named)))
    lines = tuple(_covered(line, table, hidden, shut) for line, shut in zip(table.lines, shut_of, strict=True))
    # The sum of a column might give away what is hidden in it; where nothing is, anybody could add it up.
    shut = set().union(*shut_of) | (set(table.sums) if "now" in hidden else set())
    sums = {value: HIDDEN if value in shut else found for value, found in table.sums.items()}
    return table._replace(lines=lines, whole=_masked(table.whole, hidden), sums=sums)


def _named(value: Value) -> tuple[bool, bool, str]:
    """The order of columns by what they are called: then those that stand for others, then what is not known."""
    return value is None, value in (SEVERAL, REST), value or ""


def _covered(line: Line, table: Breakdown, hidden: set[str], shut: Collection[Value]) -> Line:
    printed = {**line.cells, **dict.fromkeys(shut, HIDDEN)}
    cells = {value: printed[value] for value in table.values if value in printed}
    share = None if "now" in hidden else line.share
    return line._replace(figures=_masked(line.figures, hidden), cells=cells, share=share)


def _masked(figures: Mapping[str, Figure], hidden: set[str]) -> dict[str, Figure]:
    return {column: HIDDEN if column in hidden else found for column, found in figures.items()}
