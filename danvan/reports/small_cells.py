"""A report for publication: small counts of people are hidden, and so is what they could be worked out from.

Which measures are about people is said in `measures`. A breakdown takes its small lines together already when it is
made; here it loses what the rows above hide, and its cross cells are covered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from danvan.reports.breakdowns import MERGED, MONTH, REST, SEVERAL, TOLD_APART, Breakdown, Line, Value
from danvan.reports.measures import BY_KEY
from danvan.reports.relations import ALL, TOTALS, Relations, cell, earlier
from danvan.reports.report import SO_FAR, Report, Row, Section
from danvan.reports.suppression import Counts, covering
from danvan.reports.tally import HIDDEN, UNKNOWN, Figure

Name = TypeVar("Name", bound=str | None)


def published(report: Report, least: int, tables: Sequence[Breakdown] = ()) -> Report:
    """The report without small counts of people, and without remarks, which are for the office's own eyes.

    Args:
        least: the smallest count that is printed.
        tables: breakdowns that are to be published with it; see `covered`.
    """
    sections = (_published(section, report.plan.threshold, least, tables) for section in report.sections)
    return report._replace(sections=tuple(sections), least=least)


def _published(section: Section, threshold: int, least: int, tables: Sequence[Breakdown]) -> Section:
    hidden = set[str]()
    for columns in _years(section):
        known = _known(section, columns, threshold, tables)
        smallest = {name: _smallest(name, least, threshold) for name in known.counts}
        hidden |= Counts(known.counts, known.facts, smallest, known.printed).hidden()
    rows = tuple(row._replace(figures=_masked(row.figures, _columns(row, hidden))) for row in section.rows)
    return section._replace(rows=rows, remarks=(), corrections=(), withheld=section.is_corrected)


def _years(section: Section) -> Iterator[tuple[str, ...]]:
    """The columns that tell of each other: a year so far and a part of it; any other by itself."""
    parts = {whole: part for part, whole in SO_FAR.items() if whole in section.periods}
    for column in section.periods:
        if column not in parts.values():
            yield (column, parts[column]) if column in parts else (column,)


def _known(section: Section, columns: Sequence[str], threshold: int, tables: Sequence[Breakdown]) -> Relations:
    """How the counts of a section hang together in columns that tell of each other."""
    rows = [row for row in section.rows if row.measure.is_about_people]
    rows.sort(key=lambda row: row.measure.key not in TOTALS.values())  # which are rather to be printed
    printed = {cell(row.measure.key, column): row.figures[column].value or 0 for row in rows for column in columns}
    known = Relations(printed, threshold)
    if len(columns) > 1:
        whole, part = columns
        known.so_far([row.measure.key for row in rows], whole, part)
        columns = [whole, part, earlier(whole, part)]
    if section.key == ALL:
        for column in columns:
            known.receptions(column)
        for table in tables:
            if table.measure.section == ALL:
                known.table(table, columns)
    return known


def _smallest(name: str, least: int, threshold: int) -> int:
    """The smallest figure above 0 that may be printed of a cell."""
    measure = BY_KEY.get(name.partition(" ")[0])
    return measure.smallest(least, threshold) if measure else least


def _columns(row: Row, names: Collection[str]) -> set[str]:
    return {column for column in row.figures if cell(row.measure.key, column) in names}


def covered(table: Breakdown, report: Report) -> Breakdown:
    """A breakdown as it may stand in a published report."""
    if not table.measure.is_about_people:
        return table
    hidden, is_apart = _hidden(table, report), _is_told_apart(table, report)
    table = table._replace(whole=_masked(table.whole, hidden))
    if is_apart and table.lines and table.dimensions[0] in TOLD_APART:
        return _without_cells(table)._replace(lines=(Line(MERGED, table.whole, {}, None),))
    if "now" in hidden:  # how many columns there are would tell how much it is at least
        table = _without_cells(table)
    elif table.values:
        table = _cells_covered(table, table.measure.smallest(report.least, report.plan.threshold), is_apart=is_apart)
    return table._replace(lines=tuple(_lines_covered(table, hidden)))


def _hidden(table: Breakdown, report: Report) -> set[str]:
    """The columns whose sum is hidden; all of them where the report does not show it, for then nobody looked."""
    shown = [row.figures for row in report.rows if row.measure.key == table.measure.key]
    return {column for column in table.whole if not shown or shown[0][column].hidden}


def _is_told_apart(table: Breakdown, report: Report) -> bool:
    """Whether something is hidden of the rows that tell the lines or columns of a table apart as well.

    Of turns those of turns tell; of people, groups and cases, which come with turns, all do.
    """
    if table.measure.section != ALL or set(TOLD_APART).isdisjoint(table.dimensions):
        return False
    rows = [row for row in report.rows if row.measure.section == ALL and row.measure.key not in TOTALS.values()]
    telling = [row for row in rows if table.measure.sum != "turns" or row.measure.sum == "turns"]
    return any(found.hidden for row in telling for found in row.figures.values())


def _lines_covered(table: Breakdown, hidden: Collection[str]) -> list[Line]:
    """The lines of which some figure above 0 is printed, or one for all where there is none.

    So they tell of nothing that is hidden. A further one for the others would: that somebody came there, or before.
    """
    lines = [line._replace(figures=_masked(line.figures, hidden)) for line in table.lines]
    if "now" in hidden:
        lines = [line._replace(share=None) for line in lines]
    # By their sizes, if these are hidden, they would stand in an order that tells of them.
    if "now" in hidden and table.dimensions[0] != MONTH:
        lines.sort(key=lambda line: _named(line.value))
    full = [line for line in lines if not hidden or any(found.value for found in line.figures.values())]
    return full or [Line(MERGED, table.whole, {}, None)] * bool(lines)


def _cells_covered(table: Breakdown, least: int, *, is_apart: bool) -> Breakdown:
    """A cross table without its small cells, and those that give them away; in one column where that does not do."""
    places = covering([[line.cells.get(value, UNKNOWN).value for value in table.values] for line in table.lines], least)
    if is_apart or places is None or (places and not set(TOLD_APART).isdisjoint(table.dimensions)):
        return _in_one_column(table)
    shut: list[set[Value]] = [set() for _ in table.lines]
    for at, column in places:
        shut[at].add(table.values[column])
    values = table.values
    # By their sizes, which are hidden, columns would stand in an order that tells of them.
    if places and table.dimensions[-1] != MONTH:
        values = tuple(sorted(values, key=_named))
    lines = []
    for at, line in enumerate(table.lines):
        printed = {**line.cells, **dict.fromkeys(shut[at], HIDDEN)}
        lines.append(line._replace(cells={value: printed[value] for value in values if value in printed}))
    # The sum of a column might give away what is hidden in it; where nothing is, anybody could add it up.
    return table._replace(lines=tuple(lines), values=values, sums=_masked(table.sums, set[Value]().union(*shut)))


def _in_one_column(table: Breakdown) -> Breakdown:
    lines = (line._replace(cells={MERGED: line.figures["now"]} if line.cells else {}) for line in table.lines)
    return table._replace(lines=tuple(lines), values=(MERGED,), sums={MERGED: table.whole["now"]}, others_across=0)


def _without_cells(table: Breakdown) -> Breakdown:
    lines = (line._replace(cells={}) for line in table.lines)
    return table._replace(lines=tuple(lines), values=(), sums={}, others_across=0)


def _named(value: Value) -> tuple[bool, bool, str]:
    """The order of lines and columns by what they are called: those that stand for others, then what is not known."""
    return value is None, value in (SEVERAL, REST, MERGED), value or ""


def _masked(figures: Mapping[Name, Figure], hidden: Collection[Name]) -> dict[Name, Figure]:
    return {column: HIDDEN if column in hidden else found for column, found in figures.items()}
