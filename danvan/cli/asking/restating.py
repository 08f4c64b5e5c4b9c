"""Rows of files that say something else than the register of a record that it has: told by field, with what to do.

The convention: nothing of it is written, for a file may be older than the register. Who came is masked, and so is
what was written anew after it was erased; what was erased and is gone is not spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from danvan.cli.asking.answering import kind_word, what_changed
from danvan.cli.asking.second_look import say_caution
from danvan.exchange.headings import DAYS
from danvan.exchange.incoming.drafts import Drafts
from danvan.exchange.incoming.restated import BLANK, Restated
from danvan.formatting.days import moment
from danvan.formatting.language import Language, quoted
from danvan.life import Difference
from danvan.privacy import MASK
from danvan.queries.versions import change_document, label_of, versions
from danvan.records import Record, fields, option_name, tag_of
from danvan.session import Session
from danvan.store.texts import said, stripped

TOLD = 20
MANY = 4  # options on a command line; of more a form is easier
UNSAFE = re.compile(r"[\"\\$`%!\n]")  # what a shell reads as something else, also in quotes


def tell_restated(session: Session, drafts: Drafts) -> int:
    """Say which rows say something else of records that are there, and how many do."""
    language, count = session.language, 0
    for one in _restated(drafts):
        count += 1
        if count <= TOLD:
            (file, sheet), row = drafts.origin(one.place)
            where = " · ".join(filter(None, (file, sheet, language.say("import.row", row=str(row)) if row else "")))
            say_caution(session, "differs", language.say("error.where", where=where, message=_line(one, language)))
    if count > TOLD:
        say_caution(session, "differs", language.say("import.differs_more", count=count - TOLD))
    return count


def restated_documents(drafts: Drafts) -> Iterator[dict[str, Any]]:
    """The same for programs."""
    for one in _restated(drafts):
        (file, sheet), row = drafts.origin(one.place)
        changes = [change_document(change) for change in _changes(one)]
        yield {"file": file, "sheet": sheet, "row": row, "id": one.number, "changes": changes}


def _restated(drafts: Drafts) -> Iterator[Restated]:
    """The rows that say something else of a record than what was erased from it, which an older file still holds."""
    for one in drafts.restated():
        before, after = one.before, one.after
        if before.erased and type(before) is type(after):
            gone = [name for name in before.erased.fields if not said(before, [name])]
            after = stripped(after, gone)
        if after != before:
            yield one._replace(after=after)


def _line(one: Restated, language: Language) -> str:
    facts = {"id": str(one.number), "what": _what(one, language), "command": _command(one, language)}
    said = language.say("import.differs", **facts)
    if one.before.rev == 1:
        return said
    return f"{said}. {language.say('import.differs_later', at=moment(one.before.at, language.code))}"


def _what(one: Restated, language: Language) -> str:
    before, after = one.before, one.after
    if type(before) is not type(after):
        label = language.say("heading.kind").partition("|")[0]
        return language.say("change.line", label=label, old=kind_word(before, language), new=kind_word(after, language))
    hidden = _hidden(one)
    open_part = replace(after, **{name: getattr(before, name) for name in hidden})
    lines = [what_changed(before, open_part, language)] if open_part != before else []
    labels = (label_of(type(before), name, language) for name in hidden)
    return "; ".join([*lines, *(language.say("change.line", label=label, old=MASK, new=MASK) for label in labels)])


def _changes(one: Restated) -> list[Difference]:
    if type(one.before) is not type(one.after):
        tags = (tag_of(type(record)) for record in (one.before, one.after))
        return [Difference("kind", *tags)]
    hidden = _hidden(one)
    found = versions([one.before, one.after])[-1].changes
    return [Difference(change.name, MASK, MASK) if change.name in hidden else change for change in found]


def _hidden(one: Restated) -> list[str]:
    """What was erased from the record and written anew since, of which an older file may hold the former."""
    erased = one.before.erased.fields if one.before.erased else ()
    return [name for name in erased if getattr(one.before, name) != getattr(one.after, name)]


def _command(one: Restated, language: Language) -> str:
    """The command that makes the record say what the row says; without options where a form is the better way."""
    edit = f"{language.command('edit')} {one.number}"
    if type(one.before) is not type(one.after) or one.before.form != one.after.form or _hidden(one):
        return edit
    names = [change.name for change in versions([one.before, one.after])[-1].changes]
    options = [_option(one.after, name, language) for name in names]
    words = list(dict.fromkeys(word for found in options if found for word in found))
    is_told = all(options) and len(words) <= MANY
    return " ".join((edit, *words)) if is_told else edit


def _option(after: Record, name: str, language: Language) -> list[str]:
    """What gives a field its value on a command line; nothing where no option does."""
    value, kind = getattr(after, name), type(after)
    if name in DAYS:
        option = kind.DAY if not after.is_aggregate else "from" if name == "date" else "to"
        return [f"--{option} {language.fact(value)}"]
    field = fields(kind).get(name)
    if field is None:
        return []
    if field.personal:
        return ["--identity"]
    if value in BLANK:
        return [f"--clear {option_name(name, field)}"]
    given = value if isinstance(value, tuple) else (value,)
    words = [_word(kind, name, one, language) for one in given]
    on = f" --on {language.placeholder('DAY')}" if name == kind.STATE and not after.is_aggregate else ""
    return [f"--{option_name(name, field)} {word}{on}" for word in words] if all(words) else []


def _word(kind: type[Record], name: str, value: Any, language: Language) -> str:
    """A value as one word of a command line; nothing where it would not be read as it stands."""
    field = fields(kind)[name]
    text = language.choice(kind, name, value) if field.choices else _plain(value, language)
    if UNSAFE.search(text) or text.startswith("-"):
        return ""
    return quoted(text)


def _plain(value: Any, language: Language) -> str:
    return language.fact(value) if isinstance(value, date) else str(value)
