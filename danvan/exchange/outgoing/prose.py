"""A report as the sentences that are pasted into the office's document.

Which figures stand together in a sentence is a table of phrases; the words are the catalogue's. What is
unknown is not mentioned, nor is a part that is zero and was so before. Of what is not mentioned the year so far is
told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from danvan.formatting.language import Language
from danvan.formatting.numbers import Counted
from danvan.formatting.style import Style
from danvan.papers import aspects_said, closed_said, period_said, rounding_said, stated
from danvan.records import KINDS, fields, in_groups
from danvan.reports import Comparison, Figure, Measure, Report, Row, Section
from danvan.reports.report import COMPARED, SO_FAR
from danvan.reports.tally import UNKNOWN, share_of_whole


class Phrase(NamedTuple):
    """Figures said together: `phrase.<key>` joins the clause of `lead` with those of `parts`.

    Attributes:
        lead: the measure without which the phrase is not said; empty if any of the parts will do.
        parts: measures or phrases; those that are unknown, or zero as they were before, are left out.
        glue: the message that joins the last two parts.
        needs: measures that must be known for the phrase to say anything new.
        unless: a measure whose own phrase says this one's figures, if it is known.
        is_apart: whether the parts are none of what the lead counts, so that none of it does not say none of them.
        of: the measure of what brings the parts about; of none of it they go without saying.
    """

    key: str
    lead: str
    parts: tuple[str | Phrase, ...] = ()
    glue: str = "prose.and"
    needs: tuple[str, ...] = ()
    unless: str = ""
    is_apart: bool = False
    of: str = ""


def _named(section: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{section}.{name}" for name in names)


EVEN = ("prose.list", "prose.comma")  # what stands between all parts alike
COUNTS = ("people", "cases_first", "cases_repeat")


def _groups(who: str) -> Phrase:
    return Phrase("groups", f"receptions.{who}.groups", _named(f"receptions.{who}", "group_people", "group_cases"))


def _received(who: str, *among: str | Phrase) -> Phrase:
    """Turns, with the people and cases they brought, and which turns among them were special."""
    parts = (Phrase("with", "", _named(f"receptions.{who}", *COUNTS)), Phrase("among", "", among))
    return Phrase("received", f"receptions.{who}.turns", parts, glue="prose.comma")


def _came(who: str) -> Phrase:
    """Whom and what turns brought of which nobody says how many they were."""
    counts = _named(f"receptions.{who}", *COUNTS)
    return Phrase(f"came_{who}", "", (*counts, _groups(who)), unless=f"receptions.{who}.turns")


SENTENCES: dict[str, tuple[Phrase, ...]] = {
    "duty_checks": (
        Phrase("duty_checks", "duty_checks.total", _named("duty_checks", "unannounced", "directed", "planned")),
    ),
    "inspections": (
        Phrase("inspections", "inspections.launched", ("inspections.concluded",), is_apart=True),
        Phrase("concluded", "inspections.concluded", unless="inspections.launched"),
        Phrase(
            "findings",
            "",
            (
                *_named("inspections", "violations", "violations_land", "recovery", "recovery_land"),
                *_named("inspections", "other_handling", "other_land"),
                Phrase("discipline", "", _named("inspections", "collectives", "individuals")),
                Phrase("referral", "", _named("inspections", "referred", "referred_cases", "referred_persons")),
            ),
            glue="prose.list",
            of="inspections.concluded",
        ),
        Phrase(
            "follow_up",
            "",
            (
                *_named("inspections", "recovered_done", "recovered_land_done"),
                Phrase("disciplined", "", _named("inspections", "collectives_done", "individuals_done")),
            ),
            glue="prose.list",
        ),
    ),
    "models": (
        Phrase("models", "models.registered", _named("models", "collective", "individual")),
        Phrase("models_life", "", _named("models", "running", "recognised", "exemplary", "awarded", "replicated")),
    ),
    "receptions": (
        _received("regular", _groups("regular")),
        _came("regular"),
        _received("leaders", "receptions.delegated.turns", _groups("leaders")),
        _came("leaders"),
        Phrase(
            "all",
            "receptions.turns",
            _named("receptions", "people", "cases"),
            needs=_named("receptions", "regular.turns", "leaders.turns"),
        ),
    ),
}
# Offices tell the change in the number of models in models, other changes in percent.
TOLD_IN_NUMBERS = ("models",)


def prose(report: Report, language: Language, style: Style) -> str:
    """The report's sentences, a paragraph a section, under the days that the figures speak of.

    What is rounded in them, or was closed otherwise, is said at their end.
    """
    writer = _Writer(report, language, style)
    said, parts = "", []
    for section in report.sections:
        text, intro = writer.paragraph(section), writer.intro(section)
        if text:
            parts.append(text if intro == said else f"{intro}\n\n{text}")
            said = intro
    # Where nothing is left of a section that was declared final, the report speaks of no provisional figures.
    first = next((section for section in report.sections if section.closing), report.sections[0])
    notes = (*closed_said(report, language), *rounding_said(writer.rounded, language))
    nothing = [writer.intro(first), *([language.say("report.no_figures")] if report.is_empty else [])]
    return "\n\n".join([*(parts or nothing), *notes])


def paragraphs(report: Report, language: Language, style: Style) -> dict[str, str]:
    """The sentences of each section, by its key; none where nothing is known."""
    writer = _Writer(report, language, style)
    return {section.key: writer.paragraph(section) for section in report.sections}


def changes(report: Report, language: Language, style: Style) -> dict[str, str]:
    """How each known figure has changed, as sentences say it, by measure: "giảm 5,7% so với cùng kỳ năm 2022"."""
    writer = _Writer(report, language, style)
    rows = (row for row in report.rows if row.now.value is not None)
    return {row.measure.key: writer.change(row) for row in rows}


class _Writer:
    """Writes of one column of a report, beside what it is compared with, and notes the amounts that it rounded."""

    def __init__(self, report: Report, language: Language, style: Style, column: str = "now") -> None:
        self.report = report
        self.language = language
        self.style = style
        self.column = column
        self.rows = {row.measure.key: row for row in report.rows}
        self.rounded: list[str] = []
        self.written: set[str] = set()
        self.before: frozenset[str] = frozenset()  # what of another column has been written together with this one

    def intro(self, section: Section) -> str:
        aspects = aspects_said(section, self.report.plan.today, self.language)
        return stated(period_said(section.period, self.language), aspects)

    def paragraph(self, section: Section) -> str:
        said = [self.phrase(phrase) for phrase in SENTENCES[section.key]]
        untold = [phrase for phrase, text in zip(SENTENCES[section.key], said, strict=True) if not text]
        return " ".join(map(self.sentence, filter(None, [*said, self.so_far(section, untold)])))

    def so_far(self, section: Section, untold: Iterable[Phrase]) -> str:
        """What is known of the year so far where nothing is said of the part of it that is reported."""
        writer = _Writer(self.report, self.language, self.style, SO_FAR["now"])
        writer.rounded, writer.before = self.rounded, frozenset(self.written)
        said = writer.joined([text for phrase in untold if (text := writer.phrase(phrase))], "prose.list")
        if not said:
            return ""
        told = self.language.say("prose.to_date", months=self.months(section.key), value=said)
        is_unknown = all(row.now == UNKNOWN for row in section.rows)
        return self.language.say("prose.so_far", to_date=told) if is_unknown else told

    def sentence(self, text: str) -> str:
        return f"{text[0].upper()}{text[1:]}."

    def phrase(self, phrase: Phrase, *, of_none: bool = False) -> str:
        """A phrase; nothing where there is nothing to say. `of_none`: the parts of what is zero go without saying."""
        if phrase.lead and self.figure(phrase.lead).value is None:
            return ""
        if phrase.unless and self.figure(phrase.unless).value is not None:
            return ""
        if any(found.value is None and not found.hidden for found in map(self.figure, phrase.needs)):
            return ""
        lead = self.clause(phrase.lead, phrase.key) if phrase.lead else ""
        if phrase.lead:
            of_none = self.figure(phrase.lead) == Figure(0) and not phrase.is_apart
        of_none = of_none or (bool(phrase.of) and self.figure(phrase.of) == Figure(0))
        said = (self.part(part, of_none=of_none) for part in phrase.parts)
        parts = self.joined([text for text in said if text], phrase.glue)
        return self.language.say(f"phrase.{phrase.key}", lead=lead, parts=parts) if parts else lead

    def joined(self, texts: list[str], glue: str) -> str:
        if glue in EVEN or len(texts) < 2:
            return self.language.say(glue).join(texts)
        return ", ".join(texts[:-1]) + self.language.say(glue) + texts[-1]

    def part(self, part: str | Phrase, *, of_none: bool) -> str:
        key = part.lead if isinstance(part, Phrase) else part
        is_fallen = bool(key) and not of_none and self.is_fallen(key)
        if isinstance(part, Phrase):
            is_told = not key or is_fallen or self.figure(key).value
            return self.phrase(part, of_none=of_none) if is_told else ""
        is_told = (is_fallen or self.is_news(part)) and part not in self.before
        return self.clause(part) if is_told else ""

    def is_fallen(self, key: str) -> bool:
        """Whether a figure is zero and, as is said behind it, was none before or is none in the year so far."""
        if self.figure(key) != Figure(0):
            return False
        found = self.rows[key].figures
        before, so_far = found.get(COMPARED[self.column], UNKNOWN), found.get(SO_FAR.get(self.column, ""), UNKNOWN)
        return bool((before.value and not before.at_least) or so_far.value)

    def is_news(self, key: str) -> bool:
        """Whether there is something to say: not nought, and no lower bound of which the parts say as much."""
        figure = self.figure(key)
        if not figure.value or not figure.at_least:
            return bool(figure.value)
        measure = self.rows[key].measure
        kind, name = KINDS[measure.kind], measure.sum
        ways = fields(kind)[name].parts, [part for whole, part in in_groups(kind).items() if whole == name]
        return figure.value not in [self.told_of(measure, parts) for parts in ways]

    def told_of(self, whole: Measure, parts: Collection[str]) -> int:
        """What the figures on parts of a measure add up to."""
        section = f"{whole.key.rpartition('.')[0]}."
        rows = (row for row in self.rows.values() if row.measure.key.startswith(section) and row.measure.by == whole.by)
        return sum(self.of(row).value or 0 for row in rows if row.measure.sum in parts)

    def figure(self, key: str) -> Figure:
        return self.of(self.rows[key]) if key in self.rows else UNKNOWN

    def of(self, row: Row) -> Figure:
        """The figure of a row in the column written of."""
        return row.figures.get(self.column, UNKNOWN)

    def clause(self, key: str, alone: str = "") -> str:
        """A figure in words; in a phrase of its own they may be other words."""
        row = self.rows[key]
        self.written.add(key)
        own = alone if self.language.knows(f"clause.{alone}") else key
        ratio, rate = self.ratio(row)
        n = Counted(self.value(self.of(row), row), self.of(row).value or 0)
        threshold = self.report.plan.threshold
        return self.language.say(
            f"clause.{own}", n=n, threshold=threshold, ratio=ratio, rate=rate, change=self.aside(row)
        )

    def value(self, figure: Figure, row: Row) -> str:
        assert figure.value is not None
        direction, text = self.style.loose(figure.value, row.measure.unit, self.language.code)
        if figure.at_least and direction == "exact":
            text = self.style.least(figure.value, row.measure.unit, self.language.code)
        self.note(row, figure.value, text)
        if figure.at_least:
            return self.language.say("prose.at_least", value=text)
        return text if direction == "exact" else self.language.say(f"prose.{direction}", value=text)

    def ratio(self, row: Row) -> tuple[Counted, str]:
        """What was done, beside what had been recommended in the same period, and its share of that; both if known.

        What was done on earlier conclusions is no share of that, and of a lower bound nothing is.
        """
        part, whole = self.of(row), self.figure(row.measure.of) if row.measure.of else UNKNOWN
        now, is_mixed = part.value or 0, row.is_mixed or self.column != "now"  # of other columns nobody looked
        share = None if is_mixed else share_of_whole(part, whole)
        if share is None or whole.value is None:
            return Counted(self.value(part, row), now), ""
        for one in (now, whole.value):
            self.note(row, one, self.style.amount(one, row.measure.unit, self.language.code))
        rate = self.language.say("prose.rate", percent=self.style.percent(share, self.language.code))
        return Counted(self.style.ratio(now, whole.value, row.measure.unit, self.language.code), whole.value), rate

    def aside(self, row: Row) -> str:
        """The change, and in a part of a year the figures so far, in one pair of brackets."""
        said = [self.change(row)]
        to_date = row.figures.get(SO_FAR["now"], UNKNOWN)
        if to_date.value is not None and self.column == "now":
            change = self.change(row, SO_FAR["now"])
            value = ", ".join(filter(None, [self.value(to_date, row), change]))
            said.append(self.language.say("prose.to_date", months=self.months(row.measure.section), value=value))
        text = "; ".join(filter(None, said))
        return self.language.say("prose.aside", aside=text) if text else ""

    def months(self, section: str) -> str:
        period = self.report.plan.calendar(section).to_date(self.report.plan.year, self.report.plan.part)
        count = (period.end.year - period.begin.year) * 12 + period.end.month - period.begin.month
        return self.language.say("months", count=count)

    def change(self, row: Row, column: str = "") -> str:
        """How a figure of a column, of the one written of if none is named, has changed."""
        column, year = column or self.column, self.report.plan.compare
        compared = row.compared(column, COMPARED[column])
        if compared.change is None or year is None:
            return ""
        if compared.change == 0:
            return self.language.say("prose.same", year=str(year))
        told = self.style.change or ("number" if row.measure.unit in TOLD_IN_NUMBERS else "percent")
        if compared.before.value == 0 or (compared.now.value == 0 and told == "percent"):
            return self.language.say("prose.base", year=str(year), value=self.value(compared.before, row))
        size = self.told(row, compared, told)
        if not size:
            return self.language.say("prose.about", year=str(year))
        amount = self.language.say(f"prose.{'up' if compared.change > 0 else 'down'}", amount=size)
        is_year = self.report.plan.part == "year"
        key = "prose.change_number" if told == "number" and is_year else "prose.change"
        return self.language.say(key, change=amount, year=str(year))

    def told(self, row: Row, compared: Comparison, how: str) -> str:
        """How much more or less, in number where percent would say nothing; nothing where it is lost in rounding."""
        assert compared.percent is not None
        percent = self.style.percent(abs(compared.percent), self.language.code)
        if percent == self.style.percent(Decimal(0), self.language.code):
            percent = ""
        if how == "percent" and percent:
            return percent
        difference = self.difference(compared, row)
        if how == "both" and percent and difference:
            return self.language.say("prose.both", number=difference, percent=percent)
        return difference

    def difference(self, compared: Comparison, row: Row) -> str:
        """How much more or less, in the word that the sentence has for what is counted; nothing as in `told`."""
        unit, now, before = row.measure.unit, compared.now.value, compared.before.value
        assert now is not None
        assert before is not None
        if unit in ("dong", "m2"):
            said = self.style.difference(now, before, unit, self.language.code)
            self.note(row, abs(now - before), said)
            return said
        return self.language.say(f"counted.{row.measure.section if unit == 'audits' else unit}", n=abs(now - before))

    def note(self, row: Row, amount: int, text: str) -> None:
        if text and self.style.is_rounded(text, amount, row.measure.unit, self.language.code):
            self.rounded.append(text)
