"""`init`: the settings that an office begins with. Every question is also an option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan.cli.asking.resettled import tell_meant
from danvan.cli.knobs import KNOBS, NOTHING, Knob, keep, meaning, office_value, read, shown, stable, value_of
from danvan.cli.options import offers
from danvan.cli.telling import tell
from danvan.errors import Invalid
from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.language import Language, word
from danvan.messages import LANGUAGES
from danvan.records import KINDS
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.cli.asking.prompts import Dialogue

Office = Annotated[
    str | None, typer.Option("--office", metavar="NAME", help="option.office", rich_help_panel="documents")
]
Superior = Annotated[
    str | None, typer.Option("--superior", metavar="NAME", help="option.superior", rich_help_panel="documents")
]
Place = Annotated[str | None, typer.Option("--place", metavar="NAME", help="option.place", rich_help_panel="documents")]
Layout = Annotated[
    str | None,
    typer.Option(
        "--layout",
        metavar="LAYOUT",
        help=offers("option.layout", "layout", KNOBS["layout"].words),
        rich_help_panel="documents",
    ),
]
Spoken = Annotated[str | None, typer.Option("--language", metavar="LANGUAGE", help="option.language")]
Unit = Annotated[
    str | None, typer.Option("--unit", metavar="UNIT", help="option.default_unit", rich_help_panel="counting")
]
Threshold = Annotated[
    str | None, typer.Option("--threshold", metavar="N", help="option.large", rich_help_panel="counting")
]
Calendars = Annotated[
    list[str] | None,
    typer.Option("--calendar", metavar="SECTION=CALENDAR", help="option.section_calendar", rich_help_panel="counting"),
]
YearStart = Annotated[
    str | None, typer.Option("--year-start", metavar="DAY", help="option.year_start", rich_help_panel="counting")
]
Fields = Annotated[
    list[str] | None, typer.Option("--field", metavar="TEXT", help="option.own_field", rich_help_panel="own")
]
Themes = Annotated[
    list[str] | None, typer.Option("--theme", metavar="TEXT", help="option.own_theme", rich_help_panel="own")
]
Subjects = Annotated[
    list[str] | None, typer.Option("--subject", metavar="TEXT", help="option.own_subject", rich_help_panel="own")
]

Chosen = dict[Knob, Any]
CALENDARS = [knob for knob in KNOBS.values() if knob.attribute == "calendars"]
ASKED = ("language", "office", "superior", "place", "layout", "unit", "threshold")


def init(
    session: Session,
    office: Office,
    superior: Superior,
    place: Place,
    layout: Layout,
    language: Spoken,
    unit: Unit,
    threshold: Threshold,
    calendar: Calendars,
    year_start: YearStart,
    field: Fields,
    theme: Themes,
    subject: Subjects,
) -> None:
    """Settle what is given, or ask for everything on a terminal, and say where it was written."""
    given = {
        "office": office,
        "superior": superior,
        "place": place,
        "layout": layout,
        "language": language,
        "unit": unit,
        "threshold": threshold,
        "year-start": year_start,
        "model.field": field,
        "model.themes": theme,
        "reception.subject": subject,
    }
    texts = {KNOBS[key]: text if isinstance(text, list) else [text] for key, text in given.items() if text}
    texts |= _calendars(calendar or [])
    chosen = {knob: _read(knob, words, session) for knob, words in texts.items()}
    if session.is_interactive and not chosen:
        _ask_all(session, chosen)
    _check_start(session, chosen)
    different = {knob: value for knob, value in chosen.items() if value != _settled(knob, session)}
    _tell(session, different, keep(session, different))
    tell_meant(session, different)


def _calendars(texts: Sequence[str]) -> Mapping[Knob, list[str]]:
    found = {}
    for text in texts:
        section, equals, name = text.partition("=")
        knob = KNOBS.get(f"calendar.{section.strip().casefold().replace('_', '-')}")
        if not (equals and knob):
            sections = (key.partition(".")[2] for key in KNOBS if key.startswith("calendar."))
            raise Invalid("section", value=text, sections=", ".join(sections), where="--calendar")
        found[knob] = [name.strip()]
    return found


def _read(knob: Knob, texts: Sequence[str], session: Session) -> Any:
    try:
        return read(knob, texts, session)
    except Invalid as fault:
        raise Invalid(fault.key, **{**fault.facts, "where": _option(knob)}) from None


def _option(knob: Knob) -> str:
    names = {"calendars": "--calendar", "local": f"--{knob.part.partition('.')[2].removesuffix('s')}"}
    return names.get(knob.attribute, f"--{knob.key}")


def _settled(knob: Knob, session: Session) -> Any:
    """What is written already: a language that only the environment asks for is not."""
    return session.person.get(knob.key) if knob.level == "person" else office_value(knob, session.office)


def _ask_all(session: Session, chosen: Chosen) -> None:
    from danvan.cli.asking.prompts import Dialogue

    tell(session.language.say("init.intro"))
    tell(session.language.say("ask.intro"))
    dialogue = Dialogue(session)
    dialogue.walk([partial(_ask, dialogue, knob) for knob in _asked()])
    chosen |= dialogue.answers


def _asked() -> Iterator[Knob]:
    """What is asked, in this order."""
    yield from (KNOBS[key] for key in ASKED)
    yield from CALENDARS
    yield KNOBS["year-start"]
    yield from (knob for knob in KNOBS.values() if knob.sort == "values")


def _ask(dialogue: Dialogue, knob: Knob) -> None:
    """Ask for one setting; for the first day of an own year only those who have one."""
    session, chosen = dialogue.session, dialogue.answers
    if knob.key == "year-start" and not _has_own_year(chosen):
        return
    if knob is CALENDARS[0]:
        tell(session.language.say("init.calendars"))
    now = shown(knob, dialogue.earlier.get(knob, value_of(knob, session)), session.language)
    is_needed = knob.key == "year-start"  # whoever has an own year
    read_one = partial(_read_one, knob, session)
    found = dialogue.ask(_question(knob, session.language), read_one, default=now, optional=not is_needed)
    if found is not None:
        chosen[knob] = found
    elif now and knob.level == "office":  # left blank
        chosen[knob] = office_value(knob, NOTHING)
    if knob.key == "language" and found:
        session.speak(found)


def _read_one(knob: Knob, session: Session, text: str) -> Any:
    return read(knob, [text], session)


def _has_own_year(chosen: Chosen) -> bool:
    return any(knob.attribute == "calendars" and value == "custom" for knob, value in chosen.items())


def _question(knob: Knob, language: Language) -> str:
    if knob.sort == "values":
        kind, _, name = knob.part.partition(".")
        label = language.label(KINDS[kind], name)
        known = Language(language.code).in_words(KINDS[kind], name)  # without those of the office
        return language.say("init.values", field=label, kind=language.say(f"kind.{kind}"), known=known)
    if knob.key == "unit":
        return language.say("init.unit")
    words = ", ".join(_words(knob, language))
    return f"{meaning(knob, language)} ({words})" if words else meaning(knob, language)


def _words(knob: Knob, language: Language) -> Iterator[str]:
    """What may be answered; of calendars that is told before the first of them."""
    if knob.key == "language":  # each by its own name: whoever looks for it may read no other
        yield from (word(code, f"language.{code}") for code in LANGUAGES)
    elif knob not in CALENDARS:
        yield from (word(language.code, f"{knob.family}.{code}") for code in knob.words)


def _check_start(session: Session, chosen: Chosen) -> None:
    start = KNOBS["year-start"]
    if _has_own_year(chosen) and not chosen.get(start, office_value(start, session.office)):
        raise Invalid("year_start_missing")


def _tell(session: Session, written: Chosen, places: Sequence[str]) -> None:
    if session.json:
        values = {knob.key: stable(value) for knob, value in written.items()}
        typer.echo(as_json({"version": VERSION, "settings": values, "written": places}))
        return
    if not places:
        tell(session.language.say("init.nothing"))
    for place in places:
        tell(session.language.say("init.done", place=place))
    tell(session.language.say("init.next"))
