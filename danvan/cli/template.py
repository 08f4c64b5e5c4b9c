"""`template FILE`: the Word template of the report, for the office to change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from danvan.cli.output import Force, deliver
from danvan.cli.report import LayoutOption, layout_of
from danvan.errors import Invalid
from danvan.session import Session

FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="option.template_file")]


def template(session: Session, file: FileArgument, layout: LayoutOption, force: Force) -> None:
    """Write the template of a layout, by default the office's."""
    if Path(file).suffix.casefold() != ".docx":
        raise Invalid("template_ending", value=file, where="FILE")
    deliver(session, session.template_docx(layout_of(session, layout)), file, force)
