"""`restore FILE`: a copy in the place of the register, which is kept aside first."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from danvan.cli.commands.backup import read_path
from danvan.cli.commands.check import held
from danvan.cli.progress import Progress
from danvan.cli.telling import tell
from danvan.errors import Invalid
from danvan.exchange.documents import VERSION, as_json
from danvan.session import Session
from danvan.store.file import copies
from danvan.store.keeping import restoring

Source = Annotated[str, typer.Argument(metavar="FILE", help="option.restore_file")]
Yes = Annotated[bool, typer.Option("--yes", help="option.yes")]


def restore(session: Session, source: Source, yes: Yes) -> None:
    """Look through a copy, ask, keep the register aside, and put the copy in its place.

    Raises:
        Invalid: nobody can be asked, and `--yes` does not say it.
    """
    language = session.language
    register, copy = session.register.file, session.open_register(read_path(source, "FILE")).file
    progress = Progress(language, "check.progress")
    checked = restoring.verified(copy, register, progress.at)
    progress.clear()
    facts = {"file": copy.path, "path": register.path, "what": held(checked, language)}
    if not session.json:
        tell(language.say("restore.holds", **facts))
    if faults := sum(finding.is_fault for finding in checked.findings):
        session.notice("restore_findings", count=faults, path=copy.path)
    if checked.uid != _present_uid(session):
        session.notice("restore_other", path=str(register.path))
    if again := restoring.brought_back(copy, register):
        session.notice("restore_erased", ids=" ".join(map(str, again)))
    if not yes and not _is_meant(session, facts):
        tell(language.say("restore.not_done"))
        return
    done = restoring.restore(copy, register)
    if session.json:
        aside = str(done.aside) if done.aside else None
        typer.echo(as_json({"version": VERSION, "restored": str(copy.path), "aside": aside}))
        return
    tell(language.say("restore.done", **facts))
    if done.aside:
        tell(language.say("restore.back", aside=done.aside))


def _present_uid(session: Session) -> str:
    """The name of the register that is there; empty where there is none, or none that is understood."""
    return copies.uid_of(session.register.file.resolved())


def _is_meant(session: Session, facts: dict[str, object]) -> bool:
    if not session.is_interactive:
        raise Invalid("restore_yes")
    question = session.language.say("restore.ask", **facts)
    return bool(import_module("danvan.cli.asking.prompts").is_confirmed(session, question))
