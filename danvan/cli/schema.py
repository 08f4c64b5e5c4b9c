"""`schema models|receptions|audits|report`: JSON Schema of what goes out to other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from danvan.cli.output import Force, OutputFile, deliver
from danvan.errors import Invalid
from danvan.exchange.schema import SCHEMAS, schema
from danvan.session import Session

What = Annotated[str, typer.Argument(metavar="models|receptions|audits|report", help="option.schema_what")]


def print_schema(session: Session, what: What, output: OutputFile, force: Force) -> None:
    """Print the schema of records of a kind, or of the report."""
    if what not in SCHEMAS:
        raise Invalid("choice", value=what, choices=", ".join(SCHEMAS), where="schema")
    deliver(session, schema(what), output, force)
