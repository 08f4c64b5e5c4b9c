"""`merge FILE…`: registers of other offices in this one; all of them, or a list of what has to be decided or mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from danvan.cli.asking.answering import added_said, headline, kind_word, what_changed
from danvan.cli.asking.closed import Changed, look_at_closings
from danvan.cli.asking.second_look import Doubt, look_through
from danvan.cli.particulars import DryRun, Strict
from danvan.cli.progress import Progress
from danvan.cli.telling import aside, tell
from danvan.errors import FileFault, Invalid, Problem, Refused
from danvan.exchange.documents import VERSION, as_json, document_of
from danvan.formatting.days import moment
from danvan.formatting.language import Language
from danvan.formatting.texts import visible
from danvan.places import expanded, names
from danvan.queries.versions import stated, versions
from danvan.records import Reception, Record, fields, tag_of
from danvan.session import Session
from danvan.soundness import faults
from danvan.store import Entry
from danvan.store.joining.merging import DENOUNCES, Brought, Choice, Conflict, Fault, Merge, Merged, brought

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="option.merge_files")]
Ours = Annotated[bool, typer.Option("--ours", help="option.merge_ours", rich_help_panel="conflicts")]
Theirs = Annotated[bool, typer.Option("--theirs", help="option.merge_theirs", rich_help_panel="conflicts")]
Latest = Annotated[bool, typer.Option("--latest", help="option.merge_latest", rich_help_panel="conflicts")]

FAULTY = 3  # the exit code of data that has problems
TOLD = 20
SHOWN = 10


def merge(
    session: Session, files: Files, ours: Ours, theirs: Theirs, latest: Latest, dry_run: DryRun, strict: Strict
) -> int:
    """Take over what other registers have and this one has not."""
    choice, found = _choice(ours, theirs, latest), _read(session, _others(session, files))

    def allow(outcome: Merge) -> None:
        if outcome.is_ready and _look(session, outcome, dry_run) and strict:
            raise Refused("cautions")

    outcome = session.register.merge(found, choice, faults, is_trial=dry_run, allow=allow)
    if session.json:
        typer.echo(_json(outcome, dry_run))
    else:
        Told(session.language, outcome, dry_run).tell()
    return FAULTY if outcome.conflicts or outcome.faults else 0


def _look(session: Session, outcome: Merge, is_trial: bool) -> bool:
    """Say what of denunciations deserves a second look and which closed figures change, and whether anything does."""
    is_doubtful = look_through(session, _doubtful(outcome), lambda places: _named(session, outcome, places, is_trial))
    changes = (
        Changed(one.before.record, one.after.record, one.number) if one.before else Changed(None, one.after.record)
        for one in outcome.records
    )
    return look_at_closings(session, changes) or is_doubtful


def _doubtful(outcome: Merge) -> Iterator[Doubt]:
    """The records that say who denounces, or may do so."""
    from danvan.cautions import people

    for place, one in enumerate(outcome.records):
        if one.is_exposing:
            yield Doubt("reception", Problem("", "denounced", {}), place)
        if DENOUNCES in one.after.text and (one.before is None or one.is_changed):
            record = one.after.record
            for problem in people(record, is_certain=True) if isinstance(record, Reception) else ():
                yield Doubt("reception", problem, place)


def _named(session: Session, outcome: Merge, places: Sequence[int], is_trial: bool) -> str:
    """Records by their numbers; in a trial new ones, which have none yet, by those of the register they come from."""
    return session.language.say("caution.ids", ids=", ".join(_name(outcome.records[at], is_trial) for at in places))


def _name(one: Merged, is_trial: bool) -> str:
    return ":".join(map(str, one.origin)) if is_trial and one.before is None else str(one.number)


def _choice(ours: bool, theirs: bool, latest: bool) -> Choice:
    if ours + theirs + latest > 1:
        raise Invalid("merge_choice")
    return "ours" if ours else "theirs" if theirs else "latest" if latest else ""


def _others(session: Session, files: Sequence[str]) -> list[Path]:
    """The registers that are named.

    Raises:
        FileFault: one of them is not there.
        Refused: one of them is the register itself.
    """
    paths = expanded(files)
    for path in paths:
        if not path.exists():
            raise FileFault("no_register", path=path, cause="ENOENT", but=session.path.resolve())
        if session.path.exists() and path.samefile(session.path):
            raise Refused("merge_self", path=path)
    return paths


def _read(session: Session, paths: Sequence[Path]) -> Brought:
    progress = Progress(session.language, "merge.progress")

    def counted(path: Path) -> Iterator[Entry]:
        for entry in session.open_register(path).log():
            progress.step()
            yield entry

    try:
        return brought((name, counted(path)) for name, path in zip(names(paths), paths, strict=True))
    finally:
        progress.clear()


def _json(outcome: Merge, is_trial: bool) -> str:
    new = [one for one in outcome.records if one.before is None]
    changed = sum(one.is_changed for one in outcome.records)
    is_done = outcome.is_ready and not is_trial
    return as_json(
        {
            "version": VERSION,
            "dry_run": is_trial,
            "added": dict(Counter(tag_of(type(one.after.record)) for one in new)),
            "changed": changed,
            "void": _void(new),
            "joined": len(outcome.records) - len(new) - changed,
            "known": outcome.same,
            "ids": [new[0].number, new[-1].number] if new and is_done else [],
            "closings": outcome.closings,
            "erased": outcome.erased,
            "doubts": _doubts(outcome, is_trial),
            "conflicts": [_conflict(one) for one in outcome.conflicts],
            "problems": [_problem(one) for one in outcome.faults],
        }
    )


def _void(new: Sequence[Merged]) -> int:
    """How many of the new records do not count."""
    return sum(bool(one.after.record.void) for one in new)


def _doubts(outcome: Merge, is_trial: bool) -> dict[str, Any]:
    """What nobody can tell; new records, which have no number in a trial, by that of the register they come from."""
    new = {one.number: _name(one, is_trial) for one in outcome.records if is_trial and one.before is None}
    nameless, taken, twice = outcome.doubts
    return {
        "nameless": [new.get(number, number) for number in nameless],
        "taken": taken,
        "twice": {new.get(number, number): other for number, other in twice.items()},
    }


def _conflict(one: Conflict) -> list[dict[str, Any]]:
    return [{"register": source or None, **document_of(number, record)} for source, number, record in one.sides]


def _problem(one: Fault) -> dict[str, Any]:
    return {
        "register": one.source,
        "id": one.number,
        "rev": one.record.rev,
        "field": one.problem.field,
        "problem": one.problem.key,
    }


class Told:
    """What came of it, for people: what was done on stdout, what stands in the way on stderr."""

    def __init__(self, language: Language, outcome: Merge, is_trial: bool) -> None:
        self.language = language
        self.outcome = outcome
        self.is_trial = is_trial

    def tell(self) -> None:
        """Tell all of it."""
        say, outcome = self.language.say, self.outcome
        if outcome.closings:
            aside(say("merge.closings", count=outcome.closings))
        if outcome.conflicts or outcome.faults:
            self._tell_hindrances()
            return
        if outcome.erased:
            aside(say("merge.erased", ids=", ".join(map(str, outcome.erased))))
        for key, numbers in _doubts(outcome, self.is_trial).items():
            if numbers:
                others = ", ".join(map(str, numbers.values())) if isinstance(numbers, dict) else ""
                told = f"merge.would_{key}" if self.is_trial and key != "taken" else f"merge.{key}"
                aside(say(told, ids=", ".join(map(str, numbers)), others=others))
        new = [one for one in outcome.records if one.before is None]
        old = [one for one in outcome.records if one.before is not None]
        self._tell_new(new)
        self._tell_old(old)
        if outcome.same and outcome.records:
            tell(say("merge.same", count=outcome.same))
        if not outcome.records:
            tell(say("merge.nothing"))
        elif old and not new and not self.is_trial:
            tell(say("merge.undo"))

    def _tell_new(self, new: Sequence[Merged]) -> None:
        counts = Counter(tag_of(type(one.after.record)) for one in new)
        if new:
            ids = () if self.is_trial else (new[0].number, new[-1].number)
            tell(added_said(counts, ids, self.language))
        if void := _void(new):
            tell(self.language.say("merge.void", count=void))

    def _tell_old(self, old: Sequence[Merged]) -> None:
        say = self.language.say
        changed = [one for one in old if one.is_changed]
        if changed:
            tell(say("merge.would_change" if self.is_trial else "merge.changes", count=len(changed)))
        for one in changed[:SHOWN]:
            assert one.before
            before, after = one.before.record, one.after.record
            facts = {"kind": kind_word(after, self.language), "id": str(one.number)}
            what = what_changed(before, after, self.language)
            tell(f"  {say('merge.changed', **facts, what=what)}")
        if len(changed) > SHOWN:
            tell(f"  {say('undo.more', count=len(changed) - SHOWN)}")
        if len(old) > len(changed):
            tell(say("merge.joined", count=len(old) - len(changed)))

    def _tell_hindrances(self) -> None:
        say, outcome = self.language.say, self.outcome
        for fault in outcome.faults[:TOLD]:
            aside(fault_said(fault, self.language))
        for conflict in outcome.conflicts[:TOLD]:
            aside("\n".join(conflict_said(conflict, self.language)))
        more = sum(max(len(found) - TOLD, 0) for found in (outcome.faults, outcome.conflicts))
        if more:
            aside(say("merge.more", count=more))
        if outcome.faults:
            aside(say("merge.faults", count=len(outcome.faults)))
        if outcome.conflicts:
            aside(say("merge.conflicts", count=len(outcome.conflicts)))
        aside(say("error.unchanged"))


def fault_said(one: Fault, language: Language) -> str:
    """A fault as a line: register, record, version, field, what is wrong."""
    kind, name = type(one.record), one.problem.field
    label = language.label(kind, name) if name in fields(kind) else _held(name, language)
    record = f"{kind_word(one.record, language)} {one.number}"
    version = language.say("merge.version", rev=str(one.record.rev))
    message = language.say(f"problem.{one.problem.key}", **one.problem.facts)
    return language.say("error.where", where=" · ".join((one.source, record, version, label)), message=message)


def _held(name: str, language: Language) -> str:
    """The name of an attribute that is no field."""
    return language.say("heading.uid" if name == "uid" else f"record.{name}").partition("|")[0]


def conflict_said(one: Conflict, language: Language) -> Iterator[str]:
    """A conflict in lines: the record, and what each side says where they differ."""
    records = [record for _, _, record in one.sides]
    changes = [change for record in records for change in versions([records[0], record])[-1].changes]
    names = list(dict.fromkeys(change.name for change in changes))
    yield f"{kind_word(records[0], language)} {headline(records[0], language)}"
    for source, number, record in one.sides:
        yield _side_said(source, number, record, stated(record, names, language), language)


def _side_said(source: str, number: int, record: Record, what: str, language: Language) -> str:
    facts = {
        "register": source or language.say("merge.here"),
        "id": str(number),
        "rev": str(record.rev),
        "at": moment(record.at, language.code),
        "by": visible(record.by),
    }
    return language.say("merge.side_differs", **facts, what=what) if what else language.say("merge.side", **facts)
