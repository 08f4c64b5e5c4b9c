"""One record in full, and the versions of one, as they stand on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from rich.cells import cell_len

from danvan.formatting.days import moment
from danvan.formatting.language import Language
from danvan.formatting.texts import visible
from danvan.queries.facts import Fact
from danvan.queries.versions import Version, arrived, erasure_said, happened, item_said
from danvan.queries.words import state
from danvan.records import TRAILS, Record, Reveal, described, state_field, tag_of
from danvan.render.lines import Lines, Styled
from danvan.render.listing_view import QUIET, state_style

INDENT = 2
LATEST = 3
LEAST_VALUE = 24
NARROWEST = 20  # in a window below that the terminal breaks the lines, wherever it likes
VOID = "bold red"
Pair = tuple[str, str, str]  # label, text, style of the text


def record_view(
    number: int, history: Sequence[Version], facts: Sequence[Fact], language: Language, width: int
) -> Lines:
    """A record with what follows from it, what happened to it, and what was changed last."""
    return Lines(_record_lines(number, history, facts, language, max(width, NARROWEST)))


def history_view(
    number: int, history: Sequence[Version], reveals: Sequence[Reveal], language: Language, width: int
) -> Lines:
    """The versions of a record, the newest last, and below them when its identity was shown, and to whom."""
    width = max(width, NARROWEST)
    return Lines([*_history_lines(number, history, language, width), *_reveal_lines(reveals, language, width)])


def _record_lines(
    number: int, history: Sequence[Version], facts: Sequence[Fact], language: Language, width: int
) -> Iterator[list[Styled]]:
    record, say = history[-1].record, language.say
    pairs = list(_pairs(record, language))
    computed = [(say(f"fact.{fact.key}"), fact.words, "") for fact in facts]
    column = max(cell_len(label) for label, _, _ in [*pairs, *computed]) + INDENT + 2
    kind = say(f"kind.{tag_of(type(record))}")
    yield [(_title(say("show.title", kind=kind, id=str(number))), "bold")]
    if record.void:
        yield from _hanging(_void(history, language), width, VOID)
    if record.erased:
        yield from _hanging(_title(erasure_said(record, record.erased, language)), width, QUIET)
    yield from _table(pairs, column, width)
    if computed:
        yield from _section(say("show.facts"))
        yield from _table(computed, column, width)
    yield from _trails(record, language, width)
    if len(history) > 1:
        yield from _section(say("show.changes"))
        for version in history[-LATEST:]:
            yield from _version(version, language, width)
        if len(history) > LATEST:
            yield [(" " * INDENT, ""), (say("show.history", id=str(number)), QUIET)]


def _history_lines(number: int, history: Sequence[Version], language: Language, width: int) -> Iterator[list[Styled]]:
    kind = language.say(f"kind.{tag_of(type(history[-1].record))}")
    yield [(language.say("history.title", kind=kind, id=str(number)), "bold")]
    for version in history:
        yield from _version(version, language, width, is_numbered=True)


def _reveal_lines(reveals: Sequence[Reveal], language: Language, width: int) -> Iterator[list[Styled]]:
    if reveals:
        yield from _section(language.say("history.reveals"))
    for one in reveals:
        yield from _moment(one, "", language)
        said = language.say("history.revealed", command=one.command, reason=visible(one.reason))
        yield from _hanging(said, width, indent=2 * INDENT)


def _pairs(record: Record, language: Language) -> Iterator[Pair]:
    """Every value of a record under its label, the most telling first."""
    kind, status = type(record), state_field(type(record))
    first, *rest = kind.TELLING
    days = language.fact(record.date)
    if record.to is not None:
        days = f"{days} – {language.fact(record.to)} ({language.say('form.aggregate')})"
    order = dict.fromkeys([first, "date", *rest, *described(kind)])
    for name in order:
        if name == "date":
            yield language.say("record.date" if record.to else f"day.{tag_of(kind)}"), days, ""
        elif name == status:
            if state(record, language):
                yield language.label(kind, name), state(record, language), state_style(record)
        elif name not in kind.COMPUTED and (value := getattr(record, name)) not in (None, "", ()):
            is_text = described(kind)[name].sort == "text"
            text = visible(value, multiline=True) if is_text else language.show(kind, name, value)
            yield language.label_beside(kind, name), text, ""


def _void(history: Sequence[Version], language: Language) -> str:
    """That a record no longer counts, why, and since which version."""
    voiding = (one.record for one in reversed(history) if any(change.name == "void" for change in one.changes))
    record = next(voiding, history[-1].record)
    said = language.say("show.void", reason=record.void)
    when = moment(record.at, language.code)
    key = "show.void_by" if record.by else "show.void_when"
    return f"{said} ({language.say(key, at=when, by=record.by)})" if when else said


def _trails(record: Record, language: Language, width: int) -> Iterator[list[Styled]]:
    for name in TRAILS:
        items: Sequence[Any] = getattr(record, name, ())
        if name == "movements":  # which may be noted in any order
            items = sorted(items, key=lambda movement: movement.on)
        if items:
            yield from _section(language.say(f"show.{name}"))
            for item in items:
                yield from _hanging(item_said(type(record), item, language), width)


def _version(version: Version, language: Language, width: int, *, is_numbered: bool = False) -> Iterator[list[Styled]]:
    record = version.record
    number = language.say("history.version", rev=version.name) if is_numbered else ""
    yield from _moment(record, number, language, arrived(record, language))
    for sentence in happened(version, language):
        yield from _hanging(sentence, width, indent=2 * INDENT)


def _moment(record: Record, number: str, language: Language, merged: str = "") -> Iterator[list[Styled]]:
    head = " · ".join(filter(None, (number, moment(record.at, language.code), visible(record.by), merged)))
    yield [(" " * INDENT, ""), (head, QUIET)]


def _section(title: str) -> Iterator[list[Styled]]:
    yield []
    yield [(title, "bold")]


def _table(pairs: Iterable[Pair], column: int, width: int) -> Iterator[list[Styled]]:
    """Labels and values side by side, or in a narrow window one below the other."""
    is_stacked = width - column < LEAST_VALUE
    for label, text, style in pairs:
        start = INDENT * 2 if is_stacked else column
        lines = [line for part in text.split("\n") for line in _wrapped(part, width - start)]
        if is_stacked:
            yield from _hanging(label, width, QUIET)
        for at, line in enumerate(lines):
            head = "" if is_stacked or at else " " * INDENT + label
            yield [(head + " " * (start - cell_len(head)), QUIET), (line, style)]


def _hanging(text: str, width: int, style: str = "", indent: int = INDENT) -> Iterator[list[Styled]]:
    for at, line in enumerate(_wrapped(text, width - indent - INDENT)):
        yield [(" " * (indent + INDENT * bool(at)), ""), (line, style)]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 1), break_on_hyphens=False) or [""]


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]
