"""`schema models|receptions|audits|report`: JSON Schema of what goes out to other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from danvan.cli.options import offers
from danvan.cli.output import Force, OutputFile, deliver
from danvan.exchange.outgoing.schema import SCHEMAS, schema
from danvan.formatting.choosing import chosen
from danvan.session import Session

What = Annotated[str, typer.Argument(metavar="WHAT", help=offers("option.schema_what", "what", SCHEMAS))]


def print_schema(session: Session, what: What, output: OutputFile, force: Force) -> None:
    """Print the schema of records of a kind, or of the report."""
    deliver(session, schema(chosen(what, SCHEMAS, "WHAT", "what")), output, force)
