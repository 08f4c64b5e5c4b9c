"""The figures of a report by what people call them: read from a key or a name, and listed with both."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from danvan.cli.figures import report_of
from danvan.errors import Invalid
from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.choosing import MOST, near
from danvan.formatting.language import Language
from danvan.formatting.style import EXACT
from danvan.formatting.texts import fold
from danvan.messages import LANGUAGES
from danvan.reports import BY_KEY, SECTIONS, Measure, Plan
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Register, Union


def measure_of(text: str) -> Measure:
    """The measure that a key or a name in either language means.

    Raises:
        Invalid: there is none.
    """
    if text in BY_KEY:
        return BY_KEY[text]
    from danvan.papers import measure_in_full  # words are asked only where no key was given

    languages = [Language(code) for code in LANGUAGES]
    known = {fold(measure_in_full(key, language)): key for language in languages for key in BY_KEY}
    known |= {fold(key): key for key in BY_KEY}
    if fold(text) not in known:
        heads = [key for key in BY_KEY if key.partition(".")[2] == fold(text)]  # what a word means first of all
        titles = {fold(language.say(f"section.{name}")): name for language in languages for name in SECTIONS}
        heads += [key for key, measure in BY_KEY.items() if measure.section == titles.get(fold(text))]
        likely = tuple(dict.fromkeys([*heads, *near(text, known, cutoff=0.4)]))[:MOST]
        raise Invalid("measure", value=text, nearest=likely, family="measure")
    return BY_KEY[known[fold(text)]]


def listed(session: Session, records: Register | Union, plan: Plan, form: str, *, is_screen: bool) -> str:
    """Every measure by its key and its name, with its figure of a period."""
    from danvan.papers import figure_cell, measure_in_full

    language = session.language
    report = report_of(records, plan)
    rows = [(row.measure, row.now) for row in report.rows]
    if form == "json":
        told = [
            {
                "measure": one.key,
                "label": measure_in_full(one.key, language),
                "value": now.value,
                "at_least": now.at_least,
            }
            for one, now in rows
        ]
        return as_json({"version": VERSION, "measures": told})
    view = import_module("danvan.render.measures_view")  # tables load only where one is drawn
    named = [
        view.Named(one.key, measure_in_full(one.key, language), figure_cell(now, one.unit, language, EXACT).text)
        for one, now in rows
    ]
    return session.render.drawn(
        lambda width: view.measures_view(named, plan.year, language, width), is_screen=is_screen
    )
