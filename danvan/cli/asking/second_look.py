"""Cautions told before a record is kept: on stderr, never in the way unless `--strict` asks for it.

The convention: the rules load where a record is looked at, for pages of help and lists begin in this room as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from danvan.cli.failures import field_line, problem_lines
from danvan.cli.telling import aside
from danvan.errors import Doubtful, Problem
from danvan.formatting.texts import fold
from danvan.privacy import personal, told
from danvan.records import KINDS, Record, tag_of
from danvan.session import Session


class Doubt(NamedTuple):
    """A caution about one of many records: its kind, what it is, its place; `other` is the number of one like it."""

    kind: str
    problem: Problem
    place: int
    other: int = 0


UNIT = re.compile(rb'"unit":("(?:[^"\\]|\\.)*")')  # in the text of a record
FEW = 100  # a reason that is about more people names none of them
Caution = tuple[str, str, str, bool]  # a kind, a field, a key of `problem.`, and whether others are named

if TYPE_CHECKING:
    from danvan.store import Entry


def second_look(session: Session, record: Record, *, strict: bool, before: Entry | None = None) -> None:
    """Say what deserves a second look; of a record that was there before, only what is new.

    Only the newest part of the register is compared with, so that this costs the same in a large one.

    Raises:
        Doubtful: `strict` forbids to keep such a record.
    """
    caution(session, record, _found(session, record, before), strict=strict)


def caution(session: Session, record: Record, found: Sequence[Problem], *, strict: bool) -> None:
    """Say some cautions.

    Raises:
        Doubtful: `strict` forbids to keep a record with any.
    """
    kind = tag_of(type(record))
    if found and strict:
        raise Doubtful(kind, found)
    for problem, line in zip(found, problem_lines(kind, found, session.language), strict=True):
        say_caution(session, problem.key, line)


def look_through(session: Session, found: Iterable[Doubt], named: Callable[[Sequence[int]], str]) -> bool:
    """Say of many records at once what deserves a second look, and whether anything does.

    Each caution is told with how many records give it, and which.

    Args:
        named: says which records stand at some places.
    """
    from danvan.cautions import NAMED, others_said

    counts: Counter[Caution] = Counter()
    some: dict[Caution, list[int]] = {}
    first: dict[Caution, Problem] = {}
    others: dict[Caution, set[int]] = {}
    for kind, problem, place, other in found:
        told = (kind, problem.field, problem.key, other > 0)
        counts[told] += 1
        first.setdefault(told, problem)
        others.setdefault(told, set()).add(other)
        if len(places := some.setdefault(told, [])) < NAMED:
            places.append(place)
    for told, count in counts.items():
        kind, _, key, has_others = told
        if has_others:
            first[told] = first[told]._replace(facts=others_said(others[told]))
        which = named(some[told]) + " …" * (count > NAMED)
        message = _grouped(session, kind, first[told], count)
        message = session.language.say("caution.count", message=message, count=count)
        say_caution(session, key, session.language.say("caution.records", message=message, which=which))
    return bool(counts)


def _grouped(session: Session, kind: str, problem: Problem, count: int) -> str:
    """A caution that several records give, without the facts of one of them."""
    several = f"several.{problem.key}"
    if not problem.field:
        return session.language.say(f"problem.{problem.key}", **problem.facts)
    if session.language.knows(several) and (count > 1 or not problem.facts) and "ids" not in problem.facts:
        return field_line(kind, problem.field, session.language.say(several), session.language)
    (line,) = problem_lines(kind, [problem], session.language)
    return line


def look_at_reason(session: Session, text: str, about: Sequence[tuple[int, Record]], *, strict: bool = False) -> None:
    """Say that a reason seems to hold a citizen's number, or tells who came or who denounces.

    Args:
        about: the numbered records that it is about, one at least.

    Raises:
        Doubtful: `strict` forbids such a reason.
    """
    from danvan.cautions import names_in_denunciation, numbers_in
    from danvan.telltale import telltale

    few = [number for number, _ in about] if len(about) <= FEW else []
    keys = [*numbers_in(text)]
    if any(telltale(version)(text) for version in naming_versions(session, few)):
        keys.append("citizen_in_text")
    if any(names_in_denunciation(record, text) for _, record in about):
        keys.append("person_in_text")
    caution(session, about[0][1], [Problem("reason", key, {}) for key in keys], strict=strict)


def naming_versions(session: Session, numbers: Sequence[int]) -> list[Record]:
    """The versions of some records that say who came: the history shows what a later one no longer says."""
    histories = session.register.histories(numbers) if numbers else {}
    return [version for history in histories.values() for version in history if told(version)]


def units_here(session: Session) -> list[str]:
    """The units of the newest records, the newest first."""
    found: dict[str, None] = {}

    def is_wanted(unit: str) -> bool:
        found[unit] = None
        return False

    for kind in KINDS.values():
        found.update((entry.record.unit, None) for entry in session.register.newest(kind, is_wanted))
    return [*found]


def units_in(session: Session, units: Iterable[str]) -> set[str]:
    """Those of some units that a record has, spelled like this; this looks once through the whole register."""
    from msgspec.json import encode

    wanted, found = {encode(unit) for unit in units}, set[str]()

    def is_another(text: bytes) -> bool:
        said = UNIT.search(text)
        return not said or said[1] not in wanted

    for entry in session.register.scan(skip=is_another) if wanted else ():
        found.add(entry.record.unit)
        wanted.discard(encode(entry.record.unit))
        if not wanted:
            break
    return found


def say_caution(session: Session, key: str, message: str) -> None:
    """Say a caution in its words; for programs its key stands beside them."""
    line = message if session.json else session.language.say("caution.line", message=message)
    aside(line, key, as_json=session.json)


def _found(session: Session, record: Record, before: Entry | None) -> list[Problem]:
    from danvan.cautions import beside, left_of_another, naming, on_its_own
    from danvan.queries.units import Spelled
    from danvan.telltale import telltale

    unit = fold(record.unit)
    others = [
        entry
        for entry in session.register.newest(type(record), lambda other: fold(other) == unit)
        if before is None or entry.id != before.id
    ]
    threshold = session.office.threshold
    found = [*on_its_own(record, session.today, threshold), *beside(record, others)]
    if before is None or before.record.unit != record.unit:
        like = Spelled(units_here(session)).like(record.unit)
        if like and not units_in(session, [record.unit]):
            found.append(Problem("unit", "like_unit", {"unit": like}))
    if before is None:
        return found
    history = session.register.histories([before.id])[before.id] if personal(type(record)) else []
    past = [version for version in history if told(version)]
    names = [problem for version in past for problem in naming(record, version)]
    known = [*on_its_own(before.record, session.today, threshold), *beside(before.record, others)]
    known += [problem for version in past for problem in naming(before.record, version)]
    told_now = [one for one in (*found, *names) if one not in known or not _is_old(one, before.record, record)]
    if told(before.record) and not told(record):  # who came is gone, and texts name them still
        told_now += [problem for version in past for text in (*history, record) for problem in naming(text, version)]
        seen_for = [one.reason for one in session.register.reveals(before.id, before.record.uid)]
        tells = [telltale(version) for version in past]
        told_now += [Problem("reason", "citizen_in_text", {}) for why in seen_for if any(tell(why) for tell in tells)]
    told_now += left_of_another(before.record, record)
    return [problem for place, problem in enumerate(told_now) if problem not in told_now[:place]]


def _is_old(problem: Problem, before: Record, record: Record) -> bool:
    """Whether a caution was given before; what says no more than which text it is about is new where the text is."""
    return bool(problem.facts) or getattr(before, problem.field, None) == getattr(record, problem.field, None)
