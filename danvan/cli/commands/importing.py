"""`import FILE…`: what the command line takes; `bringing` does it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from danvan.cli.options import offers
from danvan.cli.output import Force
from danvan.cli.particulars import DryRun, Strict
from danvan.errors import Invalid, Refused
from danvan.places import at
from danvan.records import KINDS, tag_of
from danvan.session import Session

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="option.import_files")]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=offers("option.import_kind", "what", [f"{tag}s" for tag in KINDS]),
        rich_help_panel="reading",
    ),
]
Map = Annotated[
    list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="option.import_map", rich_help_panel="reading")
]
Remember = Annotated[bool, typer.Option("--remember", help="option.import_remember", rich_help_panel="reading")]
SheetOption = Annotated[
    list[str] | None, typer.Option("--sheet", metavar="SHEET", help="option.import_sheet", rich_help_panel="reading")
]
Unit = Annotated[
    str | None, typer.Option("--unit", metavar="UNIT", help="option.import_unit", rich_help_panel="reading")
]
Problems = Annotated[
    str | None, typer.Option("--problems", metavar="FILE", help="option.import_problems", rich_help_panel="faults")
]
Partial = Annotated[bool, typer.Option("--partial", help="option.import_partial", rich_help_panel="faults")]


def import_files(
    session: Session,
    files: Files,
    kind: KindOption,
    map: Map,
    remember: Remember,
    sheet: SheetOption,
    unit: Unit,
    problems: Problems,
    partial: Partial,
    dry_run: DryRun,
    strict: Strict,
    force: Force,
) -> int:
    """Add what files hold: every record once, however often it is brought."""
    if problems and at(problems).exists() and not force:
        raise Refused("output_exists", path=problems)
    if remember and not map:
        raise Invalid("remember", where="--remember")
    if not kind:
        _refuse_kinds(files, session.language.placeholder("FILE"))
    bringing = import_module("danvan.cli.bringing")  # what reads files loads only where one is brought
    columns = map or ()
    incoming = bringing.read(session, files, bringing.plan(session, kind, columns, sheet or (), unit))
    how = bringing.How(columns if remember else (), problems, partial, dry_run, strict, force)
    code: int = bringing.brought(session, incoming, how)
    return code


def _refuse_kinds(files: Sequence[str], placeholder: str) -> None:
    """Refuse a word for a kind that stands where a file belongs, with the line that was meant."""
    from danvan.exchange.headings import kind_of
    from danvan.formatting.language import quoted

    for word in files:
        kind = kind_of(word)
        if kind and not at(word).exists():
            others = [quoted(one) for one in files if one != word]
            raise Invalid("kind_as_file", value=word, files=" ".join(others) or placeholder, kind=f"{tag_of(kind)}s")
