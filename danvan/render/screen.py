"""The terminal of one run."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.records import Record
from danvan.render.breakdown_view import breakdown_view
from danvan.render.entries_view import entries_view
from danvan.render.explanation_view import explanation_view
from danvan.render.report_view import report_view
from danvan.reports import Report
from danvan.reports.breakdowns import Breakdown
from danvan.reports.explanations import Explanation

# Where no window limits the width, nothing is cut.
UNLIMITED = 10_000


class Screen:
    """Standard output in one language: a terminal or, when it is piped, plain unwrapped text."""

    def __init__(self, language: Language, *, color: bool = True) -> None:
        self.language = language
        self.console = Console(
            file=sys.stdout,
            markup=False,
            emoji=False,
            highlight=False,
            no_color=None if color else True,
            width=None if sys.stdout.isatty() else UNLIMITED,
        )
        self.width = self.console.width

    def report(self, report: Report, style: Style, office: str = "") -> None:
        """A report, section by section."""
        self._print(*report_view(report, self.language, style, self.width, office))

    def breakdowns(self, tables: Iterable[Breakdown], style: Style) -> None:
        """Figures by one or two dimensions."""
        self._print(*(part for table in tables for part in breakdown_view(table, self.language, style, self.width)))

    def explanation(self, found: Explanation, span: str, style: Style) -> None:
        """The records behind a number."""
        self._print(*explanation_view(found, span, self.language, style, self.width))

    def entries(self, kind: type[Record], entries: Sequence[tuple[int, Record]], total: int) -> None:
        """A table of records with totals, `total` of which match."""
        self._print(*entries_view(kind, entries, total, self.language, self.width))

    def _print(self, *parts: object) -> None:
        # Prepared as a whole before any of it is printed: never half a report.
        with self.console.capture() as captured:
            for part in parts:
                self.console.print(part)
        lines = (line.rstrip() for line in captured.get().splitlines())
        sys.stdout.write("\n".join(lines) + "\n")
