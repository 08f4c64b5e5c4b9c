"""What commands that write records take besides their fields: days, who came, how strict to be, whether to try only."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from danvan.cli.inputs import content_of
from danvan.cli.options import Values
from danvan.errors import FileFault, Invalid, given_for
from danvan.formatting.parsing import parse_day
from danvan.formatting.texts import checked, fold, holding
from danvan.privacy import personal
from danvan.records import Record, fields
from danvan.session import Session

Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="option.date", rich_help_panel="single")]
OtherDay = Annotated[
    str | None, typer.Option("--date", metavar="DAY", help="option.date_edit", rich_help_panel="single")
]
First = Annotated[str | None, typer.Option("--from", metavar="DAY", help="option.from", rich_help_panel="aggregate")]
Last = Annotated[str | None, typer.Option("--to", metavar="DAY", help="option.to", rich_help_panel="aggregate")]
Started = Annotated[
    str | None, typer.Option("--started", metavar="DAY", help="option.started", rich_help_panel="single")
]
IdentityFile = Annotated[
    str | None, typer.Option("--identity-file", metavar="FILE", help="option.identity_file", rich_help_panel="who")
]
Identity = Annotated[bool, typer.Option("--identity", help="option.identity", rich_help_panel="who")]
Strict = Annotated[bool, typer.Option("--strict", help="option.strict")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="option.dry_run")]


def read_days(
    session: Session, day: str | None, first: str | None, last: str | None, started: str | None = None
) -> dict[str, date]:
    """The days that were given: that of a single record, or the first and the last of an aggregate row.

    Args:
        started: the other name that the day of a single audit has.

    Raises:
        Invalid: days of both forms are given, or one under both names, or one is none.
    """
    if day and started:
        raise Invalid("started_both")
    if (day or started) and (first or last):
        raise Invalid("period_both")
    given = {"--date": ("date", day), "--started": ("date", started), "--from": ("date", first), "--to": ("to", last)}
    return {name: read_day(session, option, text) for option, (name, text) in given.items() if text}


def read_day(session: Session, option: str, text: str) -> date:
    """The day given with an option.

    Raises:
        Invalid: it is none; `where` names the option.
    """
    with given_for(option):
        return parse_day(text, session.today)


def read_identity(kind: type[Record], path: Path) -> Values:
    """The personal fields of a kind from a file of lines `name: value`, named in either language.

    Raises:
        FileFault: the file cannot be read.
        Invalid: a line says something else, or an item once more; or the file tells nothing.
    """
    from danvan.exchange.headings import spellings  # only where there is such a file
    from danvan.exchange.incoming.sources import encoding_of

    try:
        content = content_of(path)
        lines = content.decode(encoding_of(content)).splitlines()
    except UnicodeError:  # chained, it would carry what the file holds
        raise FileFault("unreadable", path=path, cause="encoding") from None
    names = {said: name for said, name in spellings(kind).items() if name in personal(kind)}
    values: Values = {}
    for number, line in enumerate(lines, 1):
        label, colon, text = line.partition(":")
        if not line.strip():
            continue
        if not colon or fold(label) not in names:
            raise Invalid("identity_line", line=number, path=path)
        name = names[fold(label)]
        if name in values:
            raise Invalid("identity_twice", line=number, path=path)
        with given_for(label.strip()):
            values[name] = holding(checked(text), fields(kind)[name].holds)
    if not any(values.values()):
        raise Invalid("identity_blank", path=path)
    return values
