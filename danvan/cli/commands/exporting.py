"""`export models|receptions|audits|all`: records for other programs and offices, to be imported again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer

from danvan.cli.asking.revealing import RevealOption, RevealReason, leave_trace, mask_of, reason_of
from danvan.cli.commands.query import Open, Search, Since, Until, Year, read_conditions, read_periods, read_search
from danvan.cli.options import RegisterOption, UnitOption, offers
from danvan.cli.output import Force, OutputFile, deliver, format_of, format_option, target
from danvan.errors import Invalid
from danvan.exchange.outgoing.tables import records_csv, records_json, records_jsonl
from danvan.formatting.choosing import chosen, spellings
from danvan.formatting.language import Language
from danvan.formatting.texts import fold
from danvan.privacy import MASK, Mask, personal
from danvan.queries import Query, ask
from danvan.records import KINDS, Reception, Record
from danvan.session import Session

Kind = type[Record]
Tables = Mapping[Kind, Sequence[tuple[int, Record]]]
ALL = "all"
WHAT: Mapping[str, Kind | None] = {f"{tag}s": kind for tag, kind in KINDS.items()} | {ALL: None}
FORMATS = ("csv", "xlsx", "json", "jsonl")

What = Annotated[str, typer.Argument(metavar="WHAT", help=offers("option.export_what", "what", WHAT))]
Excel = Annotated[bool, typer.Option("--excel", help="option.export_excel", rich_help_panel="output")]
Format = Annotated[str | None, format_option(FORMATS)]


def variant(arguments: Sequence[str], _language: Language) -> tuple[Callable[..., None], Kind | None]:
    """The function that exports what a command line names, and its kind, whose fields are the filters."""
    known = spellings(WHAT, "what")
    named = next((known[fold(word)] for word in arguments[1:] if fold(word) in known), ALL)
    return export, WHAT[named]


def export(
    session: Session,
    what: What,
    year: Year,
    since: Since,
    until: Until,
    search: Search,
    open: Open,
    format: Format,
    excel: Excel,
    output: OutputFile,
    force: Force,
    kind: Kind | None = None,
    filters: Mapping[str, list[str]] = {},
    unit: UnitOption = None,
    register: RegisterOption = None,
    reveal: RevealOption = False,
    reveal_reason: RevealReason = None,
) -> None:
    """Export the records of one kind, or of all, that meet all conditions."""
    chosen(what, WHAT, "WHAT", "what")
    units, texts = tuple(filters.get("unit") or unit or ()), read_search(search)
    periods = read_periods(session, year or (), since, until, filters.get("date", ()), kind or Record)
    threshold = session.office.threshold
    wanted = [
        Query(one, threshold, read_conditions(session, one, filters), periods, units, texts, open)
        for one in ([kind] if kind else KINDS.values())
    ]
    _deliver(session, register, wanted, format, excel, output, force, reason_of(session, reveal, reveal_reason))


def _deliver(
    session: Session,
    register: Sequence[str] | None,
    queries: Sequence[Query],
    format: str | None,
    excel: bool,
    output: str | None,
    force: bool,
    why: str,
) -> None:
    form = format_of(session, format, output, FORMATS)
    mask, records = mask_of(why), session.reading(register or ())
    tables = {one.kind: ask(one, records.scan([one.kind], one.span), mask=mask).entries for one in queries}
    if excel and form != "csv":
        raise Invalid("excel_csv", where="--excel")
    answer = _written(session, tables, form, excel, mask)
    if why:
        target(session, answer, output, force)
        leave_trace(session, "export", why, (entry for entries in tables.values() for entry in entries))
    deliver(session, answer, output, force)
    hidden = sum(_is_masked(record) for entries in tables.values() for _, record in entries)
    if hidden:
        session.notice("masked", count=hidden)
    _look_at_texts(session, tables)


def _written(session: Session, tables: Tables, form: str, excel: bool, mask: Mask) -> Any:
    entries = [entry for one in tables.values() for entry in one]
    match form:
        case "xlsx":
            # Only here is a workbook written.
            return import_module("danvan.exchange.outgoing.record_book").record_book(tables, session.language, mask)
        case "csv":
            return records_csv(list(tables), entries, session.language, is_for_excel=excel, mask=mask)
        case "jsonl":
            return records_jsonl(entries, mask)
    return records_json(list(tables), entries, mask)


def _look_at_texts(session: Session, tables: Tables) -> None:
    """Say which denunciations certainly name somebody in texts that go out with them."""
    receptions = [(number, one) for number, one in tables.get(Reception, ()) if isinstance(one, Reception)]
    if not any(one.category == "denunciation" for _, one in receptions):
        return
    from danvan.cautions import ids_said, people

    if telling := [number for number, record in receptions if any(people(record, is_certain=True))]:
        session.notice("texts_name", count=len(telling), ids=ids_said(telling))


def _is_masked(record: Record) -> bool:
    return any(getattr(record, name) == MASK for name in personal(type(record)))
