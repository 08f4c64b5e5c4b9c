"""A whole report laid out: its sections, breakdowns and charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers.breakdowns import broken_down
from danvan.papers.charts import charts
from danvan.papers.columns import strands
from danvan.papers.sheets import Paper, Sheet
from danvan.papers.words import aspects_said, notes_said, period_said, remarks_said, rounding_said, span_said
from danvan.reports import Report
from danvan.reports.breakdowns import Breakdown


def paper(report: Report, language: Language, style: Style, office: str = "", by: Iterable[Breakdown] = ()) -> Paper:
    """The whole report, with breakdowns behind its sections."""
    columns = strands(report, language, style)
    sheets, at = [], 0
    for section in report.sections:
        rows = slice(at, at + len(section.rows))
        at = rows.stop
        sheets.append(
            Sheet(
                section.key,
                language.say(f"section.{section.key}"),
                period_said(section.period, language),
                tuple(aspects_said(section, report.plan.today, language)),
                tuple(strand._replace(cells=strand.cells[rows]) for strand in columns),
                tuple(remarks_said(section, language, style)),
                tuple(row.measure.key for row in section.rows),
            )
        )
    tables = tuple(broken_down(one, report, language, style) for one in by)

    def rounding(*shown: Sheet) -> Iterator[str]:
        return rounding_said(chain.from_iterable(sheet.rounded for sheet in shown), language)

    return Paper(
        language.say("report.title", span=span_said(report, language)),
        language.fact(office),
        report,
        tuple(sheets),
        tables,
        tuple(charts(report, language, style)),
        (*notes_said(report, language), *rounding(*sheets, *tables)),
        tuple(rounding(*tables)),
    )
