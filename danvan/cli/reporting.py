"""What `report` answers: the figures that were asked for, in each of their forms."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from danvan.cli.figures import ledger_of, plan_of, report_of, style_of
from danvan.cli.inputs import content_of
from danvan.cli.measures import measure_of
from danvan.cli.options import each, whole
from danvan.cli.telling import fitted
from danvan.errors import Invalid
from danvan.exchange.outgoing.figures import report_json
from danvan.exchange.outgoing.markdown import report_markdown
from danvan.exchange.outgoing.prose import paragraphs, prose
from danvan.formatting.choosing import chosen
from danvan.formatting.style import Style
from danvan.papers import Paper, paper
from danvan.records import Layout
from danvan.reports import BY_KEY, Measure, Plan, Report
from danvan.reports.breakdowns import REGISTER, Breakdown, breakdown, dimensions, headline
from danvan.reports.small_cells import covered, published
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union


def asked(
    session: Session,
    records: Register | Union,
    span: str,
    which: Mapping[str, Any],
    how: Mapping[str, Any],
    by: list[str],
    measure: str | None,
    top: str | None,
    small_cells: str | None,
) -> Asked:
    """The report that a command line asks for.

    Args:
        records: what is reported on.
        which: the texts of `--period`, `--calendar`, `--compare`, `--threshold` and `--section`.
        how: the options of `figures.style_of`.
        by, measure, top: the breakdowns wanted.
        small_cells: the smallest count of people that may be printed.

    Raises:
        Invalid: one of the texts cannot be understood.
    """
    style = style_of(how)
    plan = plan_of(session, span, **which, records=records)
    least = whole(small_cells, "--small-cells", 2) if small_cells else 0
    tables = list(_breakdowns(records, plan, by, measure, top, least)) if by else []
    figures = report_of(records, plan)
    if least:
        figures = published(figures, least, tables)
        tables = [covered(table, figures) for table in tables]
    return Asked(session, figures, tables, style, span, by)


class Asked(NamedTuple):
    """A report that was asked for, in each of its forms."""

    session: Session
    figures: Report
    tables: Sequence[Breakdown]
    style: Style
    span: str
    by: Sequence[str] = ()

    @property
    def begin(self) -> date:
        """The first day that it speaks of."""
        return min(section.period.begin for section in self.figures.sections)

    @property
    def is_covered(self) -> bool:
        """Whether something is kept back in it that may not be published."""
        is_withheld = any(section.withheld for section in self.figures.sections)
        return is_withheld or self.figures.is_covered or any(table.is_covered for table in self.tables)

    @property
    def paper(self) -> Paper:
        """The report laid out."""
        return paper(self.figures, self.session.language, self.style, self.session.office.name, self.tables)

    def written(self, form: str, template: Path | Layout, *, is_screen: bool) -> str | bytes:
        """The report in the format `form`."""
        match form:
            case "docx":
                return self.docx(template)
            case "table":
                return self.table(is_screen=is_screen)
            case "text":
                return fitted(self.text(), sys.stdout) if is_screen else self.text()
        answer: str | bytes = getattr(self, form)()
        return answer

    def table(self, *, is_screen: bool) -> str:
        """For the terminal: breakdowns alone where they were asked for."""
        if self.by:
            return self.session.render.breakdowns(self.paper, is_screen=is_screen)
        return self.session.render.report(self.paper, is_screen=is_screen)

    def text(self) -> str:
        """The sentences."""
        language = self.session.language
        words = prose(self.figures, language, self.style)
        if self.figures.is_covered:
            words = f"{words}\n\n{language.say('note.small_cells', least=self.figures.least)}"
        if not self.tables:
            return words
        notes = (note for note in self.paper.notes_below if note not in words)
        return "\n".join([words, self.session.render.tables(self.paper.breakdowns), *notes])

    def remarks(self) -> Iterator[tuple[str, str]]:
        """What sentences do not say and their reader should know, with the section it is about."""
        say = self.session.language.say
        for sheet in self.paper.sheets:
            for remark in sheet.remarks:
                yield sheet.key, say("report.remark", section=sheet.title, remark=remark)

    def json(self) -> str:
        """For programs."""
        return report_json(self.figures, self.session.language, self.tables)

    def markdown(self) -> str:
        """For other people's pages."""
        return report_markdown(self.paper, self.session.language)

    def html(self) -> str:
        """A page."""
        said = paragraphs(self.figures, self.session.language, self.style)
        return self.session.report_html(self.paper, said)

    def svg(self) -> str:
        """A picture of the terminal."""
        return self.session.render.picture(self.paper, f"danvan report {self.span}")

    def xlsx(self) -> bytes:
        """A workbook, whose cells show whole đồng where no scale was asked for."""
        shown = self.style._replace(money="dong") if self.style.money == "auto" else self.style
        return self.session.report_xlsx(self._replace(style=shown).paper, self.style)

    def docx(self, template: Path | Layout) -> bytes:
        """A document: the office's own template filled, or the one danvan brings along in a layout."""
        blank = content_of(template) if isinstance(template, Path) else self.session.template_docx(template)
        return self.session.report_docx(self.paper, self.style, blank)


def _breakdowns(
    records: Register | Union, plan: Plan, by: list[str], measure: str | None, top: str | None, least: int
) -> Iterator[Breakdown]:
    """The breakdown of each section that has the dimensions, or of the one measure that was asked for."""
    most = whole(top, "--top", 1) if top else None
    by = each(by, lambda text: chosen(text, _dimensions(BY_KEY.values()), "--by", "dimension"))
    if len(by) > 2:
        raise Invalid("two_dimensions")
    if len({*by}) < len(by):
        raise Invalid("by_twice", where="--by")
    if REGISTER in by and not plan.registers:
        raise Invalid("one_register", where="--by")
    known = [measure_of(measure)] if measure else []
    if known and known[0].section not in plan.sections:
        raise Invalid("measure_left_out", choices=(known[0].section,), family="section", where="--measure")
    found = known or [one for section in plan.sections if (one := headline(section, by[0]))]
    wanted = [one for one in found if all(dimension in dimensions(one.kind) for dimension in by)]
    if not wanted:
        choices = _dimensions(found or [one for one in BY_KEY.values() if one.section in plan.sections])
        strange = [one for one in by if one not in choices]
        raise Invalid("choice", value=", ".join(strange or by), choices=choices, family="dimension", where="--by")
    ledger = ledger_of(records, plan, wanted)
    tables = [breakdown(one, ledger, plan, by, most, least) for one in wanted]
    yield from (table for table in tables if measure or table.is_known)


def _dimensions(measures: Iterable[Measure]) -> tuple[str, ...]:
    return tuple(sorted({dimension for one in measures for dimension in dimensions(one.kind)}))
