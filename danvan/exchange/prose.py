"""The report as the sentences that are pasted into the office's document.

Which figures stand together in a sentence is a table of phrases; the words are the catalogue's. What is
unknown is not mentioned, nor is a part that is zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from danvan.formatting.language import Language
from danvan.formatting.numbers import money, number, rounded, show_percent
from danvan.reports import Report, Row

# Rounding must not cost a figure more than one part in a hundred.
ROUNDS_FROM = 100


class Phrase(NamedTuple):
    """Figures said together: `phrase.<key>` joins the clause of `lead` with those of `parts`.

    Attributes:
        lead: the measure without which the phrase is not said; empty if any of the parts will do.
        parts: measures or phrases; those that are unknown or zero are left out.
        glue: the message that joins the last two parts.
        needs: measures that must be known for the phrase to say anything new.
    """

    key: str
    lead: str
    parts: tuple[str | Phrase, ...] = ()
    glue: str = "prose.and"
    needs: tuple[str, ...] = ()


SENTENCES: tuple[Phrase, ...] = (
    Phrase(
        "duty_checks",
        "duty_checks.total",
        ("duty_checks.unannounced", "duty_checks.directed", "duty_checks.planned"),
    ),
    Phrase("inspections", "inspections.launched", ("inspections.concluded",)),
    Phrase(
        "findings",
        "",
        (
            "inspections.violations",
            "inspections.recovery",
            "inspections.other_handling",
            Phrase("discipline", "", ("inspections.collectives", "inspections.individuals")),
            "inspections.referred",
        ),
        glue="prose.list",
    ),
    Phrase("models", "models.registered", ("models.collective", "models.individual")),
    Phrase(
        "regular",
        "receptions.regular.turns",
        (
            "receptions.regular.people",
            "receptions.regular.cases_first",
            "receptions.regular.cases_repeat",
            "receptions.regular.groups",
        ),
    ),
    Phrase(
        "leaders",
        "receptions.leaders.turns",
        (
            "receptions.leaders.people",
            "receptions.leaders.cases_first",
            "receptions.leaders.cases_repeat",
            Phrase("groups", "receptions.leaders.groups", ("receptions.leaders.group_cases",)),
        ),
    ),
    Phrase(
        "all",
        "receptions.turns",
        ("receptions.people", "receptions.cases"),
        needs=("receptions.regular.turns", "receptions.leaders.turns"),
    ),
)


def prose(report: Report, language: Language, step: int = 1) -> str:
    """The report's sentences, a paragraph a section.

    Args:
        step: round counts down to multiples of it, said as "trên 13.660"; 1 leaves them as they are.
    """
    rows = {row.measure.key: row for section in report.sections for row in section.rows}
    writer = _Writer(rows, report, language, step)
    paragraphs = [
        " ".join(filter(None, (writer.sentence(phrase) for phrase in SENTENCES if writer.belongs(phrase, section.key))))
        for section in report.sections
    ]
    first = report.sections[0].period
    intro = language.say("prose.intro", begin=first.begin, last=first.last)
    return "\n\n".join(filter(None, (intro, *paragraphs)))


class _Writer(NamedTuple):
    rows: Mapping[str, Row]
    report: Report
    language: Language
    step: int

    def belongs(self, phrase: Phrase, section: str) -> bool:
        first = phrase.lead or phrase.parts[0]
        return isinstance(first, str) and first.partition(".")[0] == section

    def sentence(self, phrase: Phrase) -> str:
        text = self.phrase(phrase)
        return f"{text[0].upper()}{text[1:]}." if text else ""

    def phrase(self, phrase: Phrase) -> str:
        lead = self.clause(phrase.lead) if phrase.lead else ""
        if (phrase.lead and not lead) or any(self.rows[key].now.value is None for key in phrase.needs):
            return ""
        said = (self.phrase(part) if isinstance(part, Phrase) else self.part(part) for part in phrase.parts)
        parts = self.joined([text for text in said if text], phrase.glue)
        if not parts:
            return lead
        return self.language.say(f"phrase.{phrase.key}", lead=lead, parts=parts)

    def joined(self, texts: list[str], glue: str) -> str:
        if glue == "prose.list" or len(texts) < 2:
            return self.language.say("prose.list").join(texts)
        return ", ".join(texts[:-1]) + self.language.say(glue) + texts[-1]

    def part(self, key: str) -> str:
        return self.clause(key) if self.rows[key].now.value else ""

    def clause(self, key: str) -> str:
        row = self.rows[key]
        if row.now.value is None:
            return ""
        return self.language.say(
            f"clause.{key}",
            n=self.value(row),
            change=self.change(row, self.percent),
            change_number=self.change(row, self.difference),
            threshold=self.report.threshold,
        )

    def value(self, row: Row) -> str:
        value, at_least = row.now
        assert value is not None
        if row.measure.unit == "dong":
            text, direction = money(value, self.language.code), "exact"
        elif self.step > 1 and value >= ROUNDS_FROM * self.step:
            direction, whole = rounded(value, self.step)
            text = number(whole, self.language.code)
        else:
            text, direction = number(value, self.language.code), "exact"
        if at_least:
            return self.language.say("prose.at_least", value=text)
        return text if direction == "exact" else self.language.say(f"prose.{direction}", value=text)

    def change(self, row: Row, amount: Callable[[Row], str]) -> str:
        year = str(self.report.year - 1)
        if row.change is None:
            return ""
        if row.change == 0:
            return self.language.say("prose.same", year=year)
        if row.before.value == 0:
            return self.language.say("prose.base_zero", year=year)
        direction = "up" if row.change > 0 else "down"
        said = self.language.say(f"prose.{direction}", amount=amount(row))
        key = "prose.change_number" if amount == self.difference else "prose.change"
        return self.language.say(key, change=said, year=year)

    def percent(self, row: Row) -> str:
        percent = row.change_percent
        assert percent is not None
        return show_percent(abs(percent), self.language.code)

    def difference(self, row: Row) -> str:
        assert row.change is not None
        unit = self.language.say(f"unit.{row.measure.unit}")
        return f"{number(abs(row.change), self.language.code)} {unit}"
