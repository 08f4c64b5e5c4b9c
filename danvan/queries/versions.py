"""The versions of a record: what each changed, in words and as values. Identity is masked unless it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from danvan.formatting.days import moment
from danvan.formatting.language import Language
from danvan.formatting.numbers import Counted
from danvan.formatting.style import Style
from danvan.formatting.texts import visible
from danvan.life import Difference, differences, taken_back
from danvan.privacy import Mask, masked, personal
from danvan.queries.columns import LEADING, Kind
from danvan.records import TRAILS, Erasure, Extension, Movement, Pause, Record, Step

BLANK = (None, "", ())
# What a movement tells of, and under which verb each amount is said, with its unit.
DONE = {
    "recovery": {"recovered": "dong", "recovered_land": "m2"},
    "discipline": {"collectives": "", "individuals": ""},
}


class Version(NamedTuple):
    """One version of a record, and what it changed; nothing is said to have changed in the first.

    Attributes:
        name: its number, and where several have that one, which of these it is.
        base: the version it was made from, by its number, where that is not the one that stands before it.
        from_: the name of that one.
        undone: the name of the version that it takes back; blank where it takes none back.
    """

    record: Record
    changes: Sequence[Difference]
    is_first: bool
    name: str
    base: int = 0
    from_: str = ""
    undone: str = ""


def versions(history: Sequence[Record], mask: Mask = masked) -> list[Version]:
    """The versions of a record, oldest first; none says who came up to the last one that is a denunciation."""
    open_ = nameable(history)
    shown = [mask(one) if at >= open_ else masked(one) for at, one in enumerate(history)]
    names, back = _names(history), taken_back(history)
    found = [Version(shown[0], [], is_first=True, name=names[0])]
    for at, record in enumerate(history[1:], 1):
        from_ = _base(history[:at], record)
        before = history[from_]
        changes = [_masked(one, shown[from_], shown[at]) for one in differences(before, record)]
        base = (0, "") if from_ == at - 1 else (before.rev, names[from_])
        undone = names[back[at]] if at in back else str(record.undoes or "")
        found.append(Version(shown[at], changes, False, names[at], *base, undone))
    return found


def _names(history: Sequence[Record]) -> list[str]:
    """What versions are called: by their numbers, and by their turns as well where several have one."""
    count, turn = Counter(one.rev for one in history), Counter[int]()
    names = []
    for one in history:
        turn[one.rev] += 1
        names.append(f"{one.rev}.{turn[one.rev]}" if count[one.rev] > 1 else str(one.rev))
    return names


def nameable(history: Sequence[Record]) -> int:
    """From which version of a record on it may be shown who came.

    Who denounced stays secret also where the record is called something else again.
    """
    return max((at for at, one in enumerate(history, 1) if not one.may_name_people), default=0)


def _base(earlier: Sequence[Record], record: Record) -> int:
    """The place of the version that one was made from: of what a merge brought, the one before it where it came from.

    What a merge has put on top once more was not made anew.
    """
    arrival = record.merged
    if arrival is None:
        return len(earlier) - 1
    if not arrival.source:
        stamp = record.rev, record.at, record.by
        same = [at for at, one in enumerate(earlier) if (one.rev, one.at, one.by) == stamp]
        return next((at for at in same if not differences(earlier[at], record)), len(earlier) - 1)
    before = [at for at, one in enumerate(earlier) if one.rev == record.rev - 1]
    beside = [at for at in before if (came := earlier[at].merged) and came.source == arrival.source]
    return (beside or before or [len(earlier) - 1])[-1]


def happened(version: Version, language: Language) -> list[str]:
    """What a version did, a sentence each."""
    record, say = version.record, language.say
    if version.is_first:
        return [say("history.added")]
    said = [say("history.undone", rev=version.undone)] if version.undone else []
    if record.erased and record.erased.rev == record.rev:
        said.append(erasure_said(record, record.erased, language))
    said += changes_said(record, version.changes, language)
    said = said or [say("history.same")]
    is_beside = version.base not in (0, record.rev)  # else it is the one above, or itself once more
    return [*said, say("history.base", rev=version.from_)] if is_beside else said


def arrived(record: Record, language: Language) -> str:
    """How a version came into the register, if not by being written in it."""
    if record.merged is None:
        return ""
    merged = record.merged
    key, at = "history.merged" if merged.source else "history.kept", moment(merged.at, language.code)
    return language.say(key, source=merged.source, at=at, by=merged.by).strip()


def erasure_said(record: Record, erasure: Erasure, language: Language) -> str:
    """What was erased from a record and its older versions, when and why."""
    labels = [label_of(type(record), name, language) for name in erasure.fields]
    facts = {"day": erasure.on, "reason": visible(erasure.reason), "fields": ", ".join(labels)}
    return language.say("history.nameless" if erasure.is_guess else "history.erased", **facts)


def changes_said(record: Record, changes: Iterable[Difference], language: Language) -> Iterator[str]:
    """All that a version of a record changed, a phrase each; a step is said with the status it led to."""
    kind, found = type(record), {change.name: change for change in changes}
    state, steps = found.get(kind.STATE), found.pop("steps", None)
    came, went = _apart(steps) if steps else ([], [])
    is_dated = bool(state and came and came[-1] == record.steps[-1] and came[-1].status == state.new)
    since = came.pop().on if is_dated else None
    if state and went and steps and went[-1] == steps.old[-1] and went[-1].status == state.old:
        went.pop()  # it goes with its status
    if steps and not (steps.old and steps.new):  # with the first step that is noted comes what the record began with
        began = {(steps.old or steps.new)[0]} if len(steps.old or steps.new) > 1 else set()
        came, went = ([one for one in items if one not in began] for items in (came, went))
    for change in found.values():
        if change.name == "void":
            yield language.say("history.voided", reason=change.new) if change.new else language.say("history.restored")
            continue
        lines = change_said(kind, change, language)
        is_state = change.name == kind.STATE and since
        yield from (language.say("change.since", line=line, day=since) for line in lines) if is_state else lines
    yield from _items_said(kind, "steps", came, went, language)


def change_said(kind: Kind, change: Difference, language: Language) -> Iterator[str]:
    """A difference in words: old and new, or what came and what went."""
    if change.name in TRAILS:
        yield from _items_said(kind, change.name, *_apart(change), language)
        return
    old, new = (_value_said(kind, change.name, value, language) for value in (change.old, change.new))
    yield language.say("change.line", label=label_of(kind, change.name, language), old=old, new=new)


def _apart(change: Difference) -> tuple[list[Any], list[Any]]:
    """The items that came, and those that went."""
    came = [item for item in change.new if item not in change.old]
    return came, [item for item in change.old if item not in change.new]


def _items_said(kind: Kind, name: str, came: Sequence[Any], went: Sequence[Any], language: Language) -> Iterator[str]:
    """What came to a trail and what went from it; as many as went are taken for those as they were before."""
    new, old = ([item_said(kind, item, language) for item in items] for items in (came, went))
    if len(new) == len(old):
        label = label_of(kind, name, language)
        yield from (language.say("change.line", label=label, old=a, new=b) for a, b in zip(old, new, strict=True))
        return
    yield from (language.say(f"change.removed.{name}", old=one) for one in old)
    yield from (language.say(f"change.added.{name}", new=one) for one in new)


def stated(record: Record, names: Iterable[str], language: Language, mask: Mask = masked) -> str:
    """What a record says of some of its attributes, blanks told as such."""
    shown = mask(record)
    return "; ".join(f"{label_of(type(shown), name, language)}: {_stated(shown, name, language)}" for name in names)


def _stated(record: Record, name: str, language: Language) -> str:
    value = getattr(record, name)
    if name in TRAILS and value:
        return ", ".join(item_said(type(record), item, language) for item in value)
    return visible(value) if name == "void" and value else _value_said(type(record), name, value, language)


def label_of(kind: Kind, name: str, language: Language) -> str:
    """The name of an attribute of a record."""
    if name in LEADING or name in TRAILS:
        return language.say(f"record.{name}")
    return language.label_beside(kind, name)


def item_said(kind: Kind, item: Step | Movement | Pause | Extension, language: Language) -> str:
    """One dated item of a record's life."""
    match item:
        case Step():
            return f"{language.fact(item.on)} {language.choice(kind, kind.STATE or 'state', item.status)}"
        case Movement():
            return f"{language.fact(item.on)} {_movement(item, language)}"
        case Pause():
            days = language.say("trail.pause" if item.last else "trail.pause.open", first=item.first, last=item.last)
            return _with_reason(days, item.reason)
        case Extension():
            return _with_reason(language.say("trail.extension", on=item.on, count=item.days), item.reason)


def change_document(change: Difference) -> dict[str, Any]:
    """A difference for programs."""
    old, new = (None if value in BLANK else msgspec.to_builtins(value) for value in (change.old, change.new))
    return {"field": change.name, "old": old, "new": new}


def _movement(item: Movement, language: Language) -> str:
    """What was done: each verb once, with all that it is said of; the note beside it, or alone."""
    told = []
    for verb, amounts in DONE.items():
        parts = [
            language.say(f"trail.{name}", amount=Counted(_exact(amount, unit, language), amount))
            for name, unit in amounts.items()
            if (amount := getattr(item, name))
        ]
        if parts:
            told.append(language.say(f"trail.{verb}", parts=language.say("trail.and").join(parts)))
    return _with_reason(", ".join(told), item.note) if told else visible(item.note)


def _exact(amount: int, unit: str, language: Language) -> str:
    return Style().exactly(amount).amount(amount, unit, language.code)


def _with_reason(text: str, reason: str) -> str:
    return f"{text} ({visible(reason)})" if reason else text


def _value_said(kind: Kind, name: str, value: Any, language: Language) -> str:
    if value in BLANK:
        return language.say("change.blank")
    return language.fact(value) if isinstance(value, date) else language.show(kind, name, value)


def _masked(change: Difference, before: Record, after: Record) -> Difference:
    """The difference as the masked versions say it; that two names differ is told also where neither is."""
    if change.name not in personal(type(after)):
        return change
    return Difference(change.name, getattr(before, change.name), getattr(after, change.name))
