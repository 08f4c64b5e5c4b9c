"""A correction: from what is asked for to the next version of a record, and the words for what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import NamedTuple

from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from danvan.cli.asking.answering import kind_word, what_changed
from danvan.cli.asking.closed import Changed, look_at_closings
from danvan.cli.asking.second_look import caution, second_look
from danvan.cli.options import Values
from danvan.cli.telling import tell
from danvan.errors import Invalid, InvalidRecord, Problem, Refused
from danvan.exchange.documents import entry_json
from danvan.formatting.choosing import near
from danvan.formatting.language import Language
from danvan.formatting.texts import fold
from danvan.life import extended, is_odd, paused, stepped
from danvan.messages import LANGUAGES, catalogue
from danvan.privacy import personal, told
from danvan.queries.columns import spellings
from danvan.records import TRAILS, Extension, Pause, Reception, Record, Step, completed, fields, problems, tag_of
from danvan.session import Session
from danvan.store import Entry

VOID = "void"
IDENTITY = "identity"


class Wanted(NamedTuple):
    """What a command line asks to change."""

    values: Values
    days: Mapping[str, date]
    clear: Sequence[str] = ()
    on: date | None = None
    pause: Pause | None = None
    extension: int | None = None
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it asks for nothing."""
        return not any(self)


def keep(session: Session, entry: Entry, record: Record, *, strict: bool) -> None:
    """Write `record` as the next version of `entry` and say what changed.

    Raises:
        InvalidRecord: it breaks rules, or gives cautions that are to be refused.
        Refused: the record was changed by somebody else meanwhile, or the person thinks better of it.
    """
    faults = [_told(fault, entry, record, session.language) for fault in problems(record)]
    if faults:
        raise InvalidRecord(tag_of(type(record)), faults)
    if not _jump_is_meant(session, entry.record, record, strict=strict):
        raise Refused("not_meant")
    second_look(session, record, strict=strict, before=entry)
    look_at_closings(session, [Changed(entry.record, record, entry.id)], strict=strict)

    def change(present: Record) -> Record:
        if present != entry.record:
            raise Refused("changed_meanwhile")
        return record

    kept = session.register.revise(entry.id, change)
    if any(getattr(record, name) != getattr(entry.record, name) for name in told(entry.record)):
        session.notice("identity_stays", id=str(entry.id))
    tell(entry_json(*kept) if session.json else _answer(entry.record, kept, session.language), whole=session.json)


def _told(fault: Problem, before: Entry, record: Record, language: Language) -> Problem:
    """The fault; where identity was kept before, the command that rids the record of it, which no form can."""
    if fault.key != "identity" or fault.field not in told(before.record):
        return fault
    category = getattr(record, "category", None)
    said = f'--category "{language.choice(type(record), "category", category)}"' if category else "--clear category"
    return Problem(fault.field, "identity_there", {"id": str(before.id), "category": said})


def _answer(old: Record, kept: Entry, language: Language) -> str:
    what = what_changed(old, kept.record, language)
    key = "edited" if what else "edited.nothing"
    return language.say(key, kind=kind_word(old, language), id=str(kept.id), what=what)


def _jump_is_meant(session: Session, old: Record, new: Record, *, strict: bool) -> bool:
    """Whether a change of state is a usual one, or the person wants it all the same."""
    if not new.state or not is_odd(old, new.state):
        return True
    language, kind = session.language, type(old)
    usual = ", ".join(language.choice(kind, kind.STATE, code) for code in kind.NEXT[old.state])
    before, after = (language.choice(kind, kind.STATE, state or "") for state in (old.state, new.state))
    facts = {"old": before, "new": after, "usual": usual or language.say("jump.none")}
    if _is_back(kind, old.state, new.state):
        caution(session, new, [Problem(kind.STATE, "step_stays", {"old": before})], strict=False)
    if session.is_interactive and not strict:
        return bool(import_module("danvan.cli.asking.prompts").is_confirmed(session, language.say("jump.ask", **facts)))
    caution(session, new, [Problem(kind.STATE, "jump", {**facts})], strict=strict)
    return True


def _is_back(kind: type[Record], old: str | None, new: str) -> bool:
    """Whether a state comes before another in the life of a record: then a step was rather noted by mistake."""
    states = fields(kind)[kind.STATE].choices
    return old in states and new in states and states.index(new) < states.index(old)


def changed(session: Session, entry: Entry, wanted: Wanted) -> Record:
    """The record with what the command line asks for.

    Raises:
        Invalid, Refused: it asks for what does not go together.
    """
    record, kind = entry.record, type(entry.record)
    cleared = [name for text in wanted.clear for name in _clearable(kind, text)]
    for name in cleared:
        if name in wanted.values:
            raise Invalid("cleared_and_given", field=name)
    values = dict(wanted.values)
    status = values.pop(kind.STATE, None) if not record.is_aggregate else None
    record = revalued(_without(record, cleared), values, wanted.days)
    if status and (status != record.state or wanted.on):
        record = stepped(record, status, wanted.on or session.today)
    elif wanted.on and not wanted.extension:
        raise Invalid("on_aggregate" if record.is_aggregate else "on_alone", status=f"--{kind.STATE}")
    return _with_deadlines(record, wanted, session.today)


def _with_deadlines(record: Record, wanted: Wanted, today: date) -> Record:
    if not (wanted.pause or wanted.extension):
        return record
    if not isinstance(record, Reception) or record.is_aggregate:
        raise Refused("only_single_deadline")
    if wanted.extension:
        record = extended(record, Extension(wanted.on or today, wanted.extension, wanted.reason))
    return paused(record, wanted.pause) if wanted.pause else record


def revalued(record: Record, values: Values, days: Mapping[str, date]) -> Record:
    """The record with other values and days; what follows from them follows anew.

    Raises:
        Invalid: a last day is given for a single record.
    """
    if "to" in days and not record.is_aggregate:
        raise Invalid("single_to")
    known = {name: value for name in fields(type(record)) if (value := getattr(record, name)) is not None}
    if isinstance(record, Reception) and "mode" in values and (values["mode"] == "regular") != _is_by_staff(record):
        known.pop("receiver", None)
    full = completed(type(record), known | values, record.form)
    steps = record.steps
    if "date" in days and steps and steps[0].on == record.date:  # the step it began with goes along
        steps = (Step(steps[0].status, days["date"]), *steps[1:])
    return replace(record, **{**full, **days}, steps=steps)


def _is_by_staff(record: Reception) -> bool:
    return record.receiver == "staff"


def _without(record: Record, names: Sequence[str]) -> Record:
    """The record with some attributes as they are where nothing was said."""
    defaults = {field.name: field.default for field in struct_fields(record)}
    return replace(record, **{name: defaults[name] for name in names})


def _clearable(kind: type[Record], text: str) -> list[str]:
    """The attributes that `--clear` names: by their option or label in either language, or all of who came.

    Raises:
        Invalid: there is none.
    """
    trails = [name for name in TRAILS if name in kind.__struct_fields__]
    known = {key: name for key, name in spellings(kind).items() if name in fields(kind)}
    known |= {fold(catalogue(code)[f"record.{name}"]): name for code in LANGUAGES for name in trails}
    known |= {fold(name): name for name in (*fields(kind), *trails, VOID)}
    if fold(text) == IDENTITY and personal(kind):
        return [*personal(kind)]
    if fold(text) not in known:
        names, nearest = (*fields(kind), *trails, VOID), tuple(near(text, known))
        facts = {"choices": names, "nearest": nearest, "family": tag_of(kind), "where": "--clear"}
        raise Invalid("no_field", value=text, **facts)
    return [known[fold(text)]]
