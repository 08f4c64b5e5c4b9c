"""The terminal of one run."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console

from danvan.formatting.language import Language
from danvan.formatting.style import Style
from danvan.papers import Paper, Sheet
from danvan.papers.forms import FormPaper
from danvan.queries import Listing
from danvan.queries.facts import Fact
from danvan.queries.versions import Version
from danvan.records import Reveal
from danvan.render.breakdown_view import breakdown_view, breakdowns_view
from danvan.render.explanation_view import explanation_view
from danvan.render.form_view import form_view
from danvan.render.lines import Lines
from danvan.render.listing_view import listing_view
from danvan.render.picture import WIDTH, picture
from danvan.render.record_view import history_view, record_view
from danvan.render.report_view import report_view
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
        self.is_terminal = sys.stdout.isatty()

    def drawn(self, view: Callable[[int], Iterable[object]], *, is_screen: bool) -> str:
        """What a view makes of a width; whole and uncoloured where it is not for the screen."""
        return self.text(*view(self.width if is_screen else UNLIMITED), is_screen=is_screen)

    def report(self, paper: Paper, *, is_screen: bool) -> str:
        """A report, section by section."""
        return self.drawn(lambda width: report_view(paper, self.language, width), is_screen=is_screen)

    def breakdowns(self, paper: Paper, *, is_screen: bool) -> str:
        """Figures by one or two dimensions, under the title of their report."""
        return self.drawn(lambda width: breakdowns_view(paper, self.language, width), is_screen=is_screen)

    def tables(self, sheets: Iterable[Sheet]) -> str:
        """The same without the title, to stand below something else."""
        views = (breakdown_view(sheet, self.language, UNLIMITED) for sheet in sheets)
        return self.text(*(part for view in views for part in view), is_screen=False)

    def picture(self, paper: Paper, title: str) -> str:
        """The terminal as it shows a report, as SVG."""
        parts = [*report_view(paper, self.language, WIDTH)]
        parts += [part for sheet in paper.breakdowns for part in breakdown_view(sheet, self.language, WIDTH)]
        return picture(parts, title)

    def form(self, paper: FormPaper, *, is_screen: bool) -> str:
        """A form."""
        return self.drawn(lambda width: form_view(paper, self.language, width), is_screen=is_screen)

    def explanation(self, found: Explanation, span: str, style: Style, *, is_screen: bool) -> str:
        """The records behind a number."""
        return self.drawn(lambda width: explanation_view(found, span, self.language, style, width), is_screen=is_screen)

    def listing(self, listing: Listing, names: Sequence[str] | None, *, is_screen: bool) -> str:
        """The records of a listing as a table; whole where it is not for the screen."""
        if is_screen:
            return self.text(*listing_view(listing, names, self.language, self.width))
        return "\n".join(part.plain for part in listing_view(listing, names, self.language, sys.maxsize))

    def records(self, found: Sequence[tuple[int, Sequence[Version], Sequence[Fact]]]) -> None:
        """Records in full, one below the other."""
        for at, (number, history, facts) in enumerate(found):
            self._lines(record_view(number, history, facts, self.language, self._width), is_next=at > 0)

    def history(self, number: int, history: Sequence[Version], reveals: Sequence[Reveal]) -> None:
        """The versions of a record, and when its identity was shown."""
        self._lines(history_view(number, history, reveals, self.language, self._width))

    @property
    def _width(self) -> int:
        return self.width if self.is_terminal else sys.maxsize

    def _lines(self, lines: Lines, *, is_next: bool = False) -> None:
        text = self.text(lines) if self.is_terminal else lines.plain
        sys.stdout.write("\n" * is_next + text + "\n")

    def text(self, *parts: object, is_screen: bool = True) -> str:
        """What `parts` look like, without the last line break."""
        console = self.console if is_screen else Console(file=io.StringIO(), no_color=True, width=UNLIMITED)
        with console.capture() as captured:
            for part in parts:
                console.print(part, markup=False, emoji=False, highlight=False, crop=not isinstance(part, Lines))
        return "\n".join(line.rstrip() for line in captured.get().splitlines())

    def _print(self, *parts: object) -> None:
        # Prepared as a whole before any of it is printed: never half a report.
        sys.stdout.write(self.text(*parts) + "\n")
