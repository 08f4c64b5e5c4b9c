"""`erase ID… --reason`: what records say about people, out of all their versions; the counts stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from danvan.cautions import naming, numbers_in
from danvan.cli.asking.answering import asked_for, headline, kind_word
from danvan.cli.asking.reasons import read_reason
from danvan.cli.asking.second_look import caution
from danvan.cli.telling import tell
from danvan.errors import Invalid
from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.language import Language
from danvan.formatting.texts import fold
from danvan.messages import LANGUAGES
from danvan.privacy import personal
from danvan.queries.versions import label_of
from danvan.records import Record
from danvan.session import Session
from danvan.store import Entry
from danvan.store.file import copies
from danvan.store.keeping.erasing import Erased, erase, holding, taken_back
from danvan.store.texts import GONE, erasable, said, stripped, written
from danvan.telltale import repeats, telltale

Numbers = Annotated[list[str], typer.Argument(metavar="ID…", help="option.id_ranges", show_default=False)]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="option.reason_erase")]
Fields = Annotated[list[str] | None, typer.Option("--fields", metavar="FIELD", help="option.erase_fields")]
Yes = Annotated[bool, typer.Option("--yes", help="option.yes")]
IDENTITY = "identity"


class Wanted(NamedTuple):
    """What is to be erased from a record: the attributes that say something, in which versions of it."""

    entry: Entry
    names: list[str]
    history: list[Record]


class Answer(NamedTuple):
    """What came of it.

    Attributes:
        silenced: the records of which reasons of earlier erasures went as well.
        back: those that had been taken back and were not asked for.
        older: the copies that hold it still.
    """

    done: Sequence[Erased]
    silenced: Collection[int]
    back: Sequence[int]
    older: Sequence[str]


def erase_records(session: Session, numbers: Numbers, reason: Reason, fields: Fields, yes: Yes) -> None:
    """Erase for good what records say about people; what cannot be undone is asked before it is done.

    Raises:
        Invalid: nobody can be asked, and `--yes` does not say it.
        Refused: there is no such record.
    """
    asked = asked_for(session.register, numbers)
    histories = {**asked, **taken_back(session.register, asked)}  # that nobody needs, and nobody would think of
    names = _named([type(history[-1]) for history in histories.values()], fields or ())
    wanted = [one for one in _wanted(histories, names) if one.names]
    why = read_reason(session, reason, refuse=partial(_refuse_names, wanted)) if wanted else ""
    if wanted and not yes and not _is_meant(session, wanted):
        tell(session.language.say("erase.not_done"))
        return
    done = erase(session.register, [one.entry.id for one in wanted], names, why, session.today)
    _look_at_rest(session, wanted, done)
    older = [str(path) for path in _holding(session, wanted, done)] if done else []
    silenced = [one.entry.id for one in wanted if not names and _gave_reasons(one.history)]
    back = [one.entry.id for one in done if one.entry.id not in asked]
    answer = Answer(done, silenced, back, older)
    tell(_json(answer) if session.json else "\n".join(_told(session.language, answer)), whole=session.json)


def _wanted(histories: Mapping[int, list[Record]], names: Sequence[str]) -> Iterator[Wanted]:
    """What is to be erased from each record, and where it stands."""
    for number, history in histories.items():
        asked = [name for name in erasable(type(history[-1])) if not names or name in names]
        said_once = [name for name in asked if any(said(version, [name]) for version in history)]
        yield Wanted(Entry(number, history[-1]), said_once, history)


def _refuse_names(wanted: Sequence[Wanted], why: str) -> None:
    """A reason stays for good: one that tells who asked to be forgotten would undo what it is for.

    Who denounces stands in no field for that: the names in the texts that go count as well.
    """
    if any(numbers_in(why)):
        raise Invalid("reason_numbers", where="--reason")
    for entry, names, history in wanted:
        texts = {text for version in history for text in written(version, names)}
        if repeats(why, texts, entry.record.unit) or any(telltale(version, is_wary=True)(why) for version in history):
            raise Invalid("reason_names", where="--reason")


def _look_at_rest(session: Session, wanted: Iterable[Wanted], done: Iterable[Erased]) -> None:
    """Say which texts tell who came, now that the identity is gone; afterwards nothing knows any more."""
    histories = {one.entry.id: one.history for one in wanted}
    for entry, gone, *_ in done:
        history = histories[entry.id]
        if set(personal(type(entry.record))).isdisjoint(gone):
            continue
        rest = [stripped(version, gone) for version in history]
        found = [problem for version in history for text in rest for problem in naming(text, version)]
        caution(
            session, entry.record, [one for place, one in enumerate(found) if one not in found[:place]], strict=False
        )


def _holding(session: Session, wanted: Iterable[Wanted], done: Iterable[Erased]) -> list[Path]:
    """The copies beside the register that hold what was erased."""
    uids = {one.entry.id: one.entry.record.uid for one in wanted}
    gone = {one.entry.id: (uids[one.entry.id], one.names) for one in done}
    return holding(copies.alike(session.register.file.resolved()), gone)


def _named(kinds: Sequence[type[Record]], texts: Iterable[str]) -> list[str]:
    """The attributes that `--fields` names, by their option or label in either language, several with commas."""
    known: dict[str, list[str]] = {}
    for kind in dict.fromkeys(kinds):
        for name in erasable(kind):
            for word in (name, name.replace("_", "-"), *(label_of(kind, name, Language(code)) for code in LANGUAGES)):
                known[fold(word)] = [name]
        if personal(kind):
            known[IDENTITY] = [*personal(kind)]
    found: list[str] = []
    for text in (part.strip() for whole in texts for part in whole.split(",")):
        if fold(text) not in known:
            choices = dict.fromkeys(name.replace("_", "-") for kind in kinds for name in erasable(kind))
            raise Invalid("erase_field", value=text, choices=", ".join((IDENTITY, *choices)), where="--fields")
        found += known[fold(text)]
    return list(dict.fromkeys(found))


def _is_meant(session: Session, wanted: Sequence[Wanted]) -> bool:
    if not session.is_interactive:
        raise Invalid("erase_yes")
    language = session.language
    for (number, record), names, _ in wanted:
        tell(f"  {number}  {kind_word(record, language)}: {headline(record, language)}")
        tell(f"     {_labels(type(record), names, language)}")
    question = language.say("erase.ask", count=len(wanted))
    return bool(import_module("danvan.cli.asking.prompts").is_confirmed(session, question))


def _labels(kind: type[Record], names: Iterable[str], language: Language) -> str:
    return ", ".join(label_of(kind, name, language) for name in names)


def _gave_reasons(history: Iterable[Record]) -> bool:
    """Whether a record says why something of it was erased before, which goes with all its texts."""
    return any(version.erased and version.erased.reason != GONE for version in history)


def _told(language: Language, answer: Answer) -> Iterable[str]:
    for one in answer.done:
        record = one.entry.record
        facts = {"kind": kind_word(record, language), "id": str(one.entry.id), "count": one.versions}
        also = (("erase.reasons", one.entry.id in answer.silenced), ("erase.reveal_reasons", one.is_unexplained))
        what = [_labels(type(record), one.names, language), *(language.say(key) for key, is_so in also if is_so)]
        yield language.say("erase.done", **facts, what=", ".join(what))
    if not answer.done:
        yield language.say("erase.nothing")
        return
    if answer.back:
        yield language.say("erase.back", ids=", ".join(map(str, answer.back)))
    yield language.say("erase.elsewhere" if answer.older else "erase.exports")
    for path in answer.older:
        yield f"  {path}"


def _json(answer: Answer) -> str:
    erased = [
        {
            "id": one.entry.id,
            "fields": one.names,
            "versions": one.versions,
            "former_reasons": one.entry.id in answer.silenced,
            "reveal_reasons": one.is_unexplained,
            "taken_back": one.entry.id in answer.back,
        }
        for one in answer.done
    ]
    return as_json({"version": VERSION, "erased": erased, "older_copies": answer.older})
