"""`template`: the report's Word template for the office to change, and workbooks in which units enter records."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from danvan.cli.output import Force, OutputFile, deliver
from danvan.cli.report import LayoutOption, layout_of
from danvan.errors import Invalid
from danvan.records import KINDS, Record
from danvan.session import Session

ENTRY = {f"{tag}s": kind for tag, kind in KINDS.items()}
FileArgument = Annotated[str, typer.Argument(metavar="FILE.docx|models|receptions|audits", help="option.template_file")]
Aggregate = Annotated[bool, typer.Option("--aggregate", help="option.template_aggregate")]


def template(
    session: Session, file: FileArgument, layout: LayoutOption, aggregate: Aggregate, output: OutputFile, force: Force
) -> None:
    """Write the Word template of a layout, by default the office's; or an entry workbook for a kind of record."""
    if file in ENTRY:
        _entry(session, ENTRY[file], aggregate, output, force)
        return
    if Path(file).suffix.casefold() != ".docx":
        raise Invalid("template_ending", value=file, where="FILE")
    deliver(session, session.template_docx(layout_of(session, layout)), file, force)


def _entry(session: Session, kind: type[Record], aggregate: bool, output: str | None, force: bool) -> None:
    if output is None or Path(output).suffix.casefold() != ".xlsx":
        raise Invalid("entry_file", where="-o")
    # Only here is a workbook written.
    made = import_module("danvan.exchange.entry_workbook").entry_workbook
    form = "aggregate" if aggregate else "single"
    deliver(session, made(kind, form, session.language, session.today), output, force)
