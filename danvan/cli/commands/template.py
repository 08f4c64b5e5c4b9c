"""`template`: the report's Word template for the office to change, and workbooks in which units enter records."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from danvan.cli.commands.report import LayoutOption, layout_of
from danvan.cli.options import offers
from danvan.cli.output import Force, OutputFile, deliver
from danvan.errors import Invalid
from danvan.formatting.choosing import chosen
from danvan.records import KINDS, Record
from danvan.session import Session

ENTRY = {f"{tag}s": kind for tag, kind in KINDS.items()}
FileArgument = Annotated[str, typer.Argument(metavar="WHAT", help=offers("option.template_file", "what", ENTRY))]
Aggregate = Annotated[bool, typer.Option("--aggregate", help="option.template_aggregate")]
PaperForm = Annotated[str | None, typer.Option("--form", metavar="YEAR", help="option.template_form")]


def template(
    session: Session,
    file: FileArgument,
    layout: LayoutOption,
    aggregate: Aggregate,
    form: PaperForm,
    output: OutputFile,
    force: Force,
) -> None:
    """Write the Word template of a layout, by default the office's; or an entry workbook for a kind of record."""
    if not Path(file).suffix:
        kind = ENTRY[chosen(file, ENTRY, "WHAT", "what")]
        _entry(session, kind, aggregate, form, output, force)
        return
    if form or aggregate:
        raise Invalid("entry_only", where="--form" if form else "--aggregate", kinds=", ".join(ENTRY))
    if Path(file).suffix.casefold() != ".docx":
        raise Invalid("template_ending", value=file, where="WHAT")
    deliver(session, session.template_docx(layout_of(session, layout)), file, force)


def _entry(
    session: Session, kind: type[Record], aggregate: bool, paper: str | None, output: str | None, force: bool
) -> None:
    if output is None or Path(output).suffix.casefold() != ".xlsx":
        raise Invalid("entry_file", where="-o")
    if paper and (paper not in kind.PAPERS or aggregate):
        known = [f"{name} --form {year}" for name, one in ENTRY.items() for year in one.PAPERS]
        raise Invalid("paper", value=paper, papers=", ".join(known), where="--form")
    # Only here is a workbook written.
    made = import_module("danvan.exchange.outgoing.entry_workbook").entry_workbook
    form = "aggregate" if aggregate else "single"
    deliver(session, made(kind, form, session.language, session.today, paper or ""), output, force)
