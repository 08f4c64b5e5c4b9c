"""`check`: the whole register looked through, and mended if asked to."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer

from danvan.cli.failures import problem_lines
from danvan.cli.progress import Progress
from danvan.cli.telling import tell
from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.language import Language
from danvan.session import Session
from danvan.store.file import copies
from danvan.store.keeping.checking import Checked, check
from danvan.store.keeping.findings import Finding
from danvan.store.keeping.mending import Repaired, repair

FAULTY = 3  # the exit code of data that has problems
TOLD = 20  # findings of one sort on a terminal

RepairOption = Annotated[bool, typer.Option("--repair", help="option.repair")]


def check_register(session: Session, repair_it: RepairOption) -> int:
    """Tell everything that is wrong with the register, and what to do about it; a sound file gets its index."""
    progress = Progress(session.language, "check.progress")
    file = session.register.file
    checked, repaired = repair(file, progress.at) if repair_it else (check(file, progress.at), None)
    progress.clear()
    if checked.records and all(finding.id for finding in checked.findings):  # the file itself is sound
        session.register.make_index()
    older = [str(path) for path in copies.as_found(file.resolved())]
    if session.json:
        typer.echo(_json(str(file.path), checked, repaired, older, session.language))
    else:
        asides = (session.language.say("check.as_found", copy=path) for path in older)
        tell("\n".join((*_told(str(file.path), checked, repaired, session.language), *asides)))
    return FAULTY if any(finding.is_fault for finding in checked.findings) else 0


def _told(path: str, checked: Checked, repaired: Repaired | None, language: Language) -> Iterator[str]:
    say = language.say
    facts = {"path": path, "what": held(checked, language), "versions": checked.versions}
    if repaired and repaired.copy:
        yield say("check.mended", count=len(repaired.mended))
        yield from _sorts(repaired.mended, language, is_mended=True)
        yield say("check.copy", copy=repaired.copy)
        if any(finding.key == "identity" for finding in repaired.mended):
            yield say("check.copy_names")
        if repaired.aside:
            yield say("check.aside", aside=repaired.aside)
    elif repaired:
        yield say("check.nothing_to_mend")
    faults = [finding for finding in checked.findings if finding.is_fault]
    remarks = [finding for finding in checked.findings if not finding.is_fault]
    yield say("check.looked" if faults else "check.sound", **facts, checksum=f"{checked.crc:08x}")
    for key, found in (("check.found", faults), ("check.remarks", remarks)):
        if found:
            yield say(key, count=len(found))
            yield from _sorts(found, language)
    if any(finding.is_mendable for finding in faults):
        yield say("check.repair")


def held(checked: Checked, language: Language) -> str:
    """How many records a register holds, and how many of them are void; what is about the register itself is apart."""
    records = language.say("check.records", count=checked.records)
    if checked.void:
        records = language.say("check.void", records=records, count=checked.void)
    return language.say("check.others", records=records, count=checked.others) if checked.others else records


def _sorts(findings: Sequence[Finding], language: Language, *, is_mended: bool = False) -> Iterator[str]:
    """Findings by what they are, each sort with what to do about it."""
    sorts: dict[str, list[Finding]] = {}
    for finding in findings:
        sorts.setdefault(finding.key, []).append(finding)
    most = TOLD if sys.stdout.isatty() else len(findings)
    for key, found in sorts.items():
        for finding in found[:most]:
            yield f"  {said(finding, language)}"
        if len(found) > most:
            yield f"  {language.say('check.more', count=len(found) - most)}"
        if not is_mended:
            yield f"    → {language.say(f'advice.{key}', id=_ids(found))}"


def _ids(found: Sequence[Finding]) -> str:
    """The number to write in a command that is advised."""
    return next((str(finding.id) for finding in found if finding.id), "")


def said(finding: Finding, language: Language) -> str:
    """A finding in words: where, and what is wrong."""
    if finding.problem:
        (text,) = problem_lines(finding.kind, [finding.problem], language)
    else:
        text = language.say(f"finding.{finding.key}", **_facts(finding, language))
    where = _where(finding, language)
    return language.say("error.where", where=where, message=text) if where else text


def _facts(finding: Finding, language: Language) -> Mapping[str, Any]:
    facts = dict(finding.facts)
    if "before" in facts:
        facts |= {"before": language.say(f"kind.{facts['before']}"), "kind": language.say(f"kind.{finding.kind}")}
    return facts


def _where(finding: Finding, language: Language) -> str:
    if finding.id:
        kind = language.say(f"kind.{finding.kind}") if finding.kind else language.say("check.record")
        return language.say("check.where", kind=kind, id=str(finding.id))
    return language.say("check.line", line=str(finding.line)) if finding.line else ""


def _json(path: str, checked: Checked, repaired: Repaired | None, older: Sequence[str], language: Language) -> str:
    document: dict[str, Any] = {
        "version": VERSION,
        "register": path,
        "format": checked.format,
        "records": checked.records,
        "void": checked.void,
        "others": checked.others,
        "versions": checked.versions,
        "crc32": f"{checked.crc:08x}",
        "findings": [_document(finding, language) for finding in checked.findings],
        "as_found": older,
    }
    if repaired:
        document["repaired"] = {
            "mended": [_document(finding, language) for finding in repaired.mended],
            "copy": str(repaired.copy) if repaired.copy else None,
            "aside": str(repaired.aside) if repaired.aside else None,
        }
    return as_json(document)


def _document(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "key": finding.problem.key if finding.problem else finding.key,
        "sort": finding.key,
        "id": finding.id or None,
        "line": finding.line or None,
        "field": finding.problem.field if finding.problem else None,
        "fault": finding.is_fault,
        "mendable": finding.is_mendable,
        "message": said(finding, language),
        "advice": language.say(f"advice.{finding.key}", id=str(finding.id or "")),
    }
