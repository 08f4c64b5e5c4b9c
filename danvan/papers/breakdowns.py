"""A breakdown laid out: a line for each value of a dimension, its headline as the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers.columns import columns_shown, figure_cell, head_said, percent_cell
from danvan.papers.sheets import UNKNOWN, Cell, Sheet, Strand
from danvan.papers.words import aspects_said, measure_in_full, period_said
from danvan.records import KINDS, TWO_TIERS, state_field
from danvan.reports import Figure, Report, Section
from danvan.reports.breakdowns import MERGED, MONTH, REGISTER, REST, SEVERAL, STATUS, THEME, UNIT, Breakdown

# Since that day there are no districts any more, and of the wards and communes few are what they were.
SUMS = (REST, MERGED)  # lines of many values


def broken_down(table: Breakdown, report: Report, language: Language, style: Style) -> Sheet:
    """A breakdown as a sheet, its headline as the total."""
    names = " × ".join(language.say_of(f"dimension.{one}", table.measure.kind) for one in table.dimensions)
    title = language.say("report.by", measure=measure_in_full(table.measure.key, language), dimensions=names)
    section = next(section for section in report.sections if section.key == table.measure.section)
    said = [language.say("report.overlaps")] if table.overlaps else []
    day = section.calendar.day
    if MONTH in table.dimensions and day > 1:
        said.append(language.say("report.months", first=day, last=day - 1))
    if _is_across_units(table, section):
        said.append(language.say("report.units_changed", day=TWO_TIERS))
    if table.is_incomplete:
        said.append(language.say("note.at_least"))
    if table.is_covered:
        said.append(language.say("note.small_cells", least=report.least))
    return Sheet(
        f"{table.measure.key}.{'.'.join(table.dimensions)}",
        title,
        period_said(section.period, language),
        tuple(aspects_said(section, report.plan.today, language)),
        tuple(breakdown_strands(table, report, language, style)),
        tuple(said),
        section=section.key,
        name=f"{names[0].upper()}{names[1:]} – {language.say(f'section.{section.key}')}",
    )


def _is_across_units(table: Breakdown, section: Section) -> bool:
    """Whether a table has figures of units as they were, and of those that took their place."""
    known = [column for column, figure in table.whole.items() if figure.value is not None or figure.hidden]
    periods = [section.periods[column] for column in known if UNIT in table.dimensions]
    return any(one.begin < TWO_TIERS for one in periods) and any(one.end > TWO_TIERS for one in periods)


def breakdown_strands(table: Breakdown, report: Report, language: Language, style: Style) -> Iterator[Strand]:
    """The columns of a breakdown: values, figures by year, shares; or the values of the second dimension."""
    unit, kind, dimension = table.measure.unit, table.measure.kind, table.dimensions[0]
    values = tuple(
        Cell(value_said(line.value, dimension, kind, language, table.others), is_sum=line.value in SUMS)
        for line in table.lines
    )
    total = Cell(language.say("report.total"))
    yield Strand("value", language.say_of(f"dimension.{dimension}", kind).capitalize(), values, False, total)
    for column in columns_shown(report.plan):
        cells = tuple(figure_cell(line.figures[column.key], unit, language, style) for line in table.lines)
        head = head_said(column, report.plan, language)
        whole = figure_cell(table.whole[column.key], unit, language, style)
        yield Strand(column.key, head, cells, total=whole)
    shares = tuple(percent_cell(line.share, language, style) for line in table.lines)
    yield Strand("share", language.say("report.share"), shares)
    nought = figure_cell(Figure(0), unit, language, style)._replace(tone="quiet")
    bare = [nought if line.figures["now"] == Figure(0) else Cell(UNKNOWN, tone="quiet") for line in table.lines]
    for second in table.values:
        cells = tuple(
            figure_cell(line.cells.get(second, Figure(0)), unit, language, style) if line.cells else beside
            for line, beside in zip(table.lines, bare, strict=True)
        )
        below = figure_cell(table.sums[second], unit, language, style) if second in table.sums else None
        head = value_said(second, table.dimensions[1], kind, language, table.others_across)
        yield Strand("", head, cells, total=below)


def is_bare(cell: Cell) -> bool:
    """Whether a cell of a cross table stands in a line that is there for the sake of another year."""
    return cell.tone == "quiet" and (cell.text == UNKNOWN or cell.value == 0)


def cell_said(
    only: Mapping[str, str | None], rest: Mapping[str, Sequence[str | None]], kind: str, language: Language
) -> str:
    """The values that tell a cell of a breakdown apart: "Receiver: leader; Month: May".

    Args:
        rest: the values that the last line of a dimension stands for.
    """
    named = (
        (language.say_of(f"dimension.{one}", kind), value_said(value, one, kind, language, len(rest.get(one, ()))))
        for one, value in only.items()
    )
    return "; ".join(f"{dimension}: {value}" for dimension, value in named)


def value_said(value: str | None, dimension: str, kind: str, language: Language, others: int = 0) -> str:
    """A value of a dimension in words; `others` is how many further ones a last line stands for."""
    if value is None:
        return language.say("report.value_unknown")
    if value == MERGED:
        return language.say("report.merged")
    if value == SEVERAL and dimension == MONTH:
        return language.say("report.several_months")
    if value == REST:
        return language.say("report.others", count=others)
    if dimension == MONTH:
        return language.say(f"month.{value}")
    if dimension in (UNIT, REGISTER):
        return language.fact(value)
    record = KINDS[kind]
    name = {THEME: "themes", STATUS: state_field(record)}.get(dimension, dimension)
    return language.choice(record, name, value)
