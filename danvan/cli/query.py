"""`models`, `receptions`, `audits`: what is in the register."""

from __future__ import annotations

from typing import Annotated

import typer

from danvan.cli.options import chosen_format, read_year, whole
from danvan.exchange import entries_csv, entries_json
from danvan.formatting.texts import fold
from danvan.records import Record
from danvan.session import Session

FORMATS = ("table", "json", "csv")
LIMIT = 20

Year = Annotated[str | None, typer.Option("--year", metavar="YEAR", help="option.year")]
Unit = Annotated[str | None, typer.Option("--unit", metavar="TEXT", help="option.unit")]
Limit = Annotated[str | None, typer.Option("--limit", metavar="N", help="option.limit")]
Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="option.format|table|json|csv")]


def query(session: Session, kind: type[Record], year: Year, unit: Unit, limit: Limit, format: Format) -> None:
    """Show the records of a kind, newest last; a table stops at the newest ones unless told otherwise."""
    form = chosen_format(format, FORMATS, session)
    most = whole(limit, "--limit", 1) if limit else (LIMIT if form == "table" else None)
    period = read_year(year) if year else None
    entries = [
        entry
        for entry in session.register.scan([kind], period)
        if (period is None or entry.record.period.overlaps(period))
        and (unit is None or fold(entry.record.unit) == fold(unit))
    ]
    entries.sort(key=lambda entry: (entry.record.date, entry.id))
    shown = entries[-most:] if most else entries
    if form == "json":
        typer.echo(entries_json(kind, shown, len(entries)))
    elif form == "csv":
        typer.echo(entries_csv(kind, shown))
    elif entries:
        session.render.entries(kind, shown, len(entries))
    else:
        typer.echo(session.language.say("query.empty"))
