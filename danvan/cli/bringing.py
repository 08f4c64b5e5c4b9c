"""What `import` does: records from Excel, CSV and JSON files; all of them, or a list of what is wrong with them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import typer

from danvan.cautions import NAMED
from danvan.cli.asking.answering import added_said
from danvan.cli.asking.closed import Changed, look_at_closings
from danvan.cli.asking.doubts import doubts, like_units, named
from danvan.cli.asking.restating import restated_documents, tell_restated
from danvan.cli.asking.second_look import look_through, say_caution, units_here, units_in
from danvan.cli.faults import expected, explained, gathered, line, place
from danvan.cli.knobs import KNOBS, settled, with_columns
from danvan.cli.output import deliver
from danvan.cli.progress import Progress
from danvan.cli.telling import aside, tell
from danvan.errors import Invalid, Refused
from danvan.exchange.documents import VERSION, as_json
from danvan.exchange.headings import key_of, kind_of, read_renamed
from danvan.exchange.incoming.drafts import Drafts
from danvan.exchange.incoming.files import Incoming
from danvan.exchange.incoming.gathering import Plan
from danvan.exchange.outgoing.tables import findings_csv
from danvan.formatting.choosing import chosen
from danvan.formatting.texts import checked, fold
from danvan.places import expanded
from danvan.records import KINDS, Office, tag_of
from danvan.session import Session
from danvan.store.joining.intake import NEW, VOID, Intake

STDIN = "-"
FAULTY = 3  # the exit code of data that has problems
TOLD = 20


class How(NamedTuple):
    """What is to be done with what files hold.

    Attributes:
        columns: what columns mean, to be remembered for the office.
        problems: the file for what is wrong.
        partial: whether sound rows are taken although others are not.
        dry_run: whether nothing is written.
        strict: whether cautions are refused.
        force: whether the file for what is wrong may replace another.
    """

    columns: Sequence[str]
    problems: str | None
    partial: bool
    dry_run: bool
    strict: bool
    force: bool


def brought(session: Session, incoming: Incoming, how: How) -> int:
    """Write what was read, tell what came of it, and return the exit code.

    Raises:
        Refused: `how` forbids cautions, and there are some.
    """
    if incoming.is_refused:
        how = how._replace(partial=False)
    drafts = (
        incoming.drafts if how.partial or not incoming.findings else Drafts(session.today, session.office.threshold)
    )
    if incoming.findings and how.problems:
        rows = ([*place(one), text] for one, text in explained(incoming.findings, session.language))
        deliver(session, findings_csv(rows, session.language), how.problems, how.force)
    is_kept = bool(how.columns) and len(drafts) > 0 and not how.dry_run

    def allow(intake: Intake) -> None:
        if how.strict and _look(session, incoming, drafts, intake, units):
            _tell_findings(session, incoming)
            raise Refused("cautions")

    def remembering(before: Office) -> Office:
        wanted = {KNOBS["columns"]: with_columns(before.columns, how.columns, session.language)}
        return settled(before, wanted, session.today)

    change = remembering if is_kept else None
    units = like_units(drafts, units_here(session), partial(units_in, session))
    intake = session.register.take_in(drafts, is_trial=how.dry_run, allow=allow, change=change)
    if not how.strict:
        _look(session, incoming, drafts, intake, units)
    said = Outcome(session, incoming, drafts, intake, how, how.columns if is_kept else ())
    said.tell()
    return FAULTY if incoming.findings else 0


def plan(session: Session, kind: str | None, map: Sequence[str], sheets: Sequence[str], unit: str | None) -> Plan:
    """How files are to be read.

    Raises:
        Invalid: one of the texts names no kind, or no field.
    """
    words = {f"{tag}s": one for tag, one in KINDS.items()}
    found = kind_of(kind) or words[chosen(kind, words, "--kind", "what")] if kind else None
    settled = read_renamed(session.office.columns, "columns", session.language)
    typed = read_renamed(map, "--map", session.language)
    return Plan(
        session.language,
        session.today,
        session.office.threshold,
        found,
        settled | typed,
        {one: said for said in session.office.columns if (one := key_of(said.rpartition("=")[0])) not in typed},
        checked(unit or ""),
        session.office.default_unit,
        sheets,
        {key_of(heading): heading.strip() for heading in (text.rpartition("=")[0] for text in map)},
    )


def read(session: Session, files: Sequence[str], how: Plan) -> Incoming:
    """What files hold, with all that is wrong with them.

    Raises:
        FileFault: one of them cannot be opened, and nothing else is wrong.
        Invalid: `--map` names a column, or `--sheet` a sheet, that none of them has.
    """
    progress = Progress(session.language, "import.progress")
    incoming = Incoming(how, progress.step)
    for path in expanded(files):
        if str(path) == STDIN:
            incoming.read(session.language.say("import.stdin"), None, _standard_input())
        else:
            incoming.read(str(path), path)
    progress.clear()
    if len(incoming.unopened) == len(incoming.findings) == 1:
        raise incoming.unopened[0]
    unmet = [heading for key, heading in how.typed.items() if key not in incoming.met]
    if unmet and not incoming.unopened:
        raise Invalid("map_unmet", value=", ".join(unmet), where="--map")
    sheets = [name for name in how.sheets if fold(name) not in incoming.sheets]
    if sheets and not any(one.says == "error.file.no_sheet" for one in incoming.findings):
        raise Invalid("sheet_unmet", value=", ".join(sheets), where="--sheet")
    return incoming


def _standard_input() -> bytes:
    stream: Any = getattr(sys.stdin, "buffer", None)
    return stream.read() if stream else sys.stdin.read().encode()


def _look(session: Session, incoming: Incoming, drafts: Drafts, intake: Intake, units: Mapping[int, str]) -> bool:
    """Say what deserves a second look in files and in records that are new, and whether anything does.

    Args:
        units: as of `like_units`.
    """
    said = [*incoming.cautions]
    if alike := [pair for place, pair in units.items() if intake.fates[place] == NEW]:
        few = [*alike[:NAMED], *(["…"] if len(alike) > NAMED else [])]
        said.append(("import.like_units", {"units": "; ".join(few), "count": len(alike)}))
    for key, facts in said:
        say_caution(session, _bare(key), session.language.say(key, **facts))
    found = doubts(drafts, intake) if intake.new or intake.unsure else ()
    is_doubtful = look_through(session, found, lambda places: named(places, drafts, intake, session.language))
    is_doubtful |= tell_restated(session, drafts) > 0
    fates = zip(drafts.records(), intake.fates, strict=True)
    new = (Changed(None, record) for record, fate in fates if fate == NEW)
    return look_at_closings(session, new) or is_doubtful or bool(said)


def _tell_findings(session: Session, incoming: Incoming) -> int:
    """Tell the first findings, alike ones in one line, and return how many rows were named."""
    alike = gathered(incoming.findings)[:TOLD]
    texts = explained((one for one, _ in alike), session.language)
    for (one, rows), (_, text) in zip(alike, texts, strict=True):
        aside(line(one, rows, text, session.language), _bare(one.says), as_json=session.json)
    return sum(min(len(rows), NAMED) for _, rows in alike)


def _bare(key: str) -> str:
    """A key of the catalogues without its family."""
    return key.partition(".")[2]


class Outcome:
    """What came of it."""

    def __init__(
        self,
        session: Session,
        incoming: Incoming,
        drafts: Drafts,
        intake: Intake,
        how: How,
        kept: Sequence[str],
    ) -> None:
        self.session = session
        self.language = session.language
        self.incoming = incoming
        self.added = Counter(kind for kind, fate in zip(drafts.kinds(), intake.fates, strict=True) if fate == NEW)
        self.ids = (intake.first, intake.first + intake.new - 1) if intake.first else ()
        self.known = len(drafts) - intake.new
        self.differing = [*restated_documents(drafts)]
        self.repeated = incoming.repeated if len(drafts) else 0
        self.voided = intake.fates.count(VOID)
        self.how = how
        self.kept = kept

    def tell(self) -> None:
        """What came of it on stdout; what was passed over, left out or is missing on stderr."""
        for key, facts in self._remarks():
            aside(self.language.say(key, **facts), _bare(key), as_json=self.session.json)
        if self.session.json:
            for key, message in self._unitless():
                aside(message, _bare(key), as_json=True)
            typer.echo(self._json())
        else:
            self._tell_people()

    def _json(self) -> str:
        head = {"version": VERSION, "dry_run": self.how.dry_run, "added": dict(self.added), "known": self.known}
        problems = [
            {**one._asdict(), "says": one.says, "expected": expected(one, self.language)}
            for one in self.incoming.findings
        ]
        for problem in problems:
            del problem["facts"]
        return as_json(
            head
            | {"repeated": self.repeated, "differing": self.differing}
            | {"ids": self.ids, "rows": self.incoming.rows, "left_out": self.incoming.left_out, "problems": problems}
        )

    def _remarks(self) -> Iterator[tuple[str, dict[str, object]]]:
        yield from self.incoming.remarks
        if self.incoming.remembered:
            yield "import.remembered", {"columns": "; ".join(self.incoming.remembered)}

    def _unitless(self) -> Iterator[tuple[str, str]]:
        """How to give a unit to what was added from files without a column of units."""
        end = "_added" if self.ids else ""
        for file, places in groupby(self.incoming.unitless if self.added else (), itemgetter(0)):
            sheets = [sheet for _, sheet in places]
            key = f"import.no_unit{'_sheets' * (len(sheets) > 1)}{end}"
            place = " · ".join(filter(None, (file, *(sheets if len(sheets) == 1 else ()))))
            yield key, self.language.say(key, file=place, sheets=", ".join(f"“{sheet}”" for sheet in sheets))

    def _tell_people(self) -> None:
        told = _tell_findings(self.session, self.incoming)
        if self.incoming.findings:
            self._tell_faults(told)
        for said in self._closing():
            tell(said)

    def _tell_faults(self, told: int) -> None:
        """How many there are besides those that were told, and what can be done about them."""
        say, count = self.language.say, len(self.incoming.findings)
        if count > told and not self.how.problems:
            aside(say("import.more", count=count - told))
        for (file, sheet), kind in self.incoming.taken.items():
            if any((one.file, one.sheet) == (file, sheet) for one in self.incoming.findings):
                name = say(f"kinds.{tag_of(kind)}")
                aside(say("import.taken", file=" · ".join(filter(None, (file, sheet))), kind=name))
        is_choice = len(self.incoming.drafts) > 0 and not (self.how.partial or self.incoming.is_refused)
        key = "faults_taken" if self.added else "faults_partial" if is_choice else "faults"
        aside(say(f"import.{'faults_column' if self.incoming.is_refused else key}", count=count))
        if not (self.how.partial or self.added):
            aside(say("error.unchanged"))

    def _closing(self) -> Iterator[str]:
        say = self.language.say
        if self.added:
            yield added_said(self.added, self.ids, self.language)
            yield from (message for _, message in self._unitless())
        if self.kept:
            yield say("import.kept", columns="; ".join(self.kept))
        if self.incoming.left_out and self.how.partial:
            yield say("import.left_out", count=self.incoming.left_out)
        if self.repeated:
            yield say("import.repeated", count=self.repeated)
        if same := self.known - len(self.differing):
            yield say("import.known", count=same)
        if self.voided:
            yield say("import.voided", count=self.voided)
        if self.differing:
            yield say("import.differing", count=len(self.differing))
        elif not (self.added or self.known or self.incoming.findings):
            yield say("import.nothing")
        elif not (self.added or self.kept) and (self.how.partial or not self.incoming.findings):
            yield say("import.no_new")
