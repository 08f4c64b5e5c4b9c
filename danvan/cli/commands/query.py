"""`models`, `receptions`, `audits`: what is in the register."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan.cli.asking.revealing import RevealOption, RevealReason, leave_trace, mask_of, reason_of
from danvan.cli.in_use import read_value
from danvan.cli.options import RegisterOption, days_asked, each, filter_option, read_year, whole
from danvan.cli.output import Force, OutputFile, deliver, format_of, format_option, target
from danvan.cli.telling import fitted
from danvan.errors import Invalid, given_for
from danvan.exchange.outgoing.listings import listing_csv, listing_json, listing_jsonl, listing_markdown
from danvan.formatting.texts import fold, sought
from danvan.messages import LANGUAGES, catalogue
from danvan.periods import Period, year
from danvan.privacy import personal
from danvan.queries import Listing, Query, ask
from danvan.queries.columns import REGISTER, VOID, column, names
from danvan.queries.spans import read_days, read_numbers
from danvan.queries.units import lies_in_any, units_asked
from danvan.records import Record, described, state_field, tag_of
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.store import Entry, Register, Union

Kind = type[Record]
FORMATS = ("table", "json", "jsonl", "csv", "markdown")
LIMIT = 20
VOIDED = b'"void"'  # stands in what is stored of void records, at the least
EVER = Period(date.min, date.max)
ALL = ("all", "tat ca")
OWN = ("unit", "date")  # filters that are no conditions on fields: they decide where to look

Year = Annotated[list[str] | None, typer.Option("--year", metavar="YEAR", help="option.year", rich_help_panel="which")]
Since = Annotated[str | None, typer.Option("--since", metavar="DAY", help="option.since", rich_help_panel="which")]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="option.until", rich_help_panel="which")]
Search = Annotated[
    list[str] | None, typer.Option("--search", metavar="TEXT", help="option.search", rich_help_panel="which")
]
Open = Annotated[bool, typer.Option("--open", help="option.open", rich_help_panel="which")]
Void = Annotated[bool, typer.Option("--void", help="option.void", rich_help_panel="which")]
Sort = Annotated[list[str] | None, typer.Option("--sort", metavar="FIELD", help="option.sort", rich_help_panel="shown")]
Reverse = Annotated[bool, typer.Option("--reverse", help="option.reverse", rich_help_panel="shown")]
Columns = Annotated[
    list[str] | None, typer.Option("--columns", metavar="A,B|all", help="option.columns", rich_help_panel="shown")
]
Limit = Annotated[str | None, typer.Option("--limit", metavar="N", help="option.limit", rich_help_panel="shown")]
Count = Annotated[bool, typer.Option("--count", help="option.count_only", rich_help_panel="shown")]
Format = Annotated[str | None, format_option(FORMATS)]


def query(
    session: Session,
    kind: Kind,
    filters: Mapping[str, list[str]],
    year: Year,
    since: Since,
    until: Until,
    search: Search,
    open: Open,
    void: Void,
    sort: Sort,
    reverse: Reverse,
    columns: Columns,
    limit: Limit,
    count_only: Count,
    format: Format,
    output: OutputFile,
    force: Force,
    register: RegisterOption = None,
    reveal: RevealOption = False,
    reveal_reason: RevealReason = None,
) -> None:
    """Show the records of a kind that meet all conditions, newest last unless told otherwise."""
    why = reason_of(session, reveal, reveal_reason)
    form = _form(session, kind, format, output)
    conditions = read_conditions(session, kind, filters)
    periods = read_periods(session, year or (), since, until, filters.get("date", ()), kind)
    units, texts = units_asked(filters.get("unit")), read_search(search)
    wanted = Query(kind, session.office.threshold, conditions, periods, units, texts, open, void)
    by, shown = _named(kind, sort or (), "--sort"), _columns(session, wanted, columns)
    entries = _scanned(session.reading(register or ()), wanted)
    if count_only:
        deliver(session, _count(kind, sum(1 for _ in wanted.matching(entries)), form), output, force)
        return
    is_screen = form == "table" and output is None and session.render.is_terminal
    most = whole(limit, "--limit", 1) if limit else LIMIT if is_screen else None
    listing = ask(wanted, entries, by=by, reverse=reverse, limit=most, mask=mask_of(why))
    answer = _written(session, listing, form, shown, is_screen)
    if not listing.total and form in ("table", "markdown"):
        own: dict[str, Any] = {"--year": year, "--date": filters.get("date"), "--since": since, "--until": until}
        own |= {"--unit": units, "--search": search, "--open": open, "--void": void}
        answer = _nothing(session, wanted, [option for option, value in own.items() if value])
        answer = fitted(answer, sys.stdout) if is_screen else answer
    if why:
        target(session, answer, output, force)
        leave_trace(session, f"{tag_of(kind)}s", why, listing.entries if _names_people(kind, shown) else ())
    deliver(session, answer, output, force, is_sheet=form == "csv")


def _form(session: Session, kind: Kind, format: str | None, output: str | None) -> str:
    if output and Path(output).suffix.casefold() == ".xlsx" and not (format or session.json):
        raise Invalid("list_workbook", kind=f"{tag_of(kind)}s", where="-o")
    return format_of(session, format, output, FORMATS)


def _names_people(kind: Kind, shown: Sequence[str] | None) -> bool:
    """Whether the columns asked for say who came; all are, or those that tell most, where none is asked for."""
    return shown is None or not set(shown).isdisjoint(personal(kind))


def read_conditions(session: Session, kind: Kind, filters: Mapping[str, list[str]]) -> dict[str, tuple[Any, ...]]:
    """What is accepted of each field; an empty text asks for records that say nothing there."""
    return {name: tuple(_accepted(session, kind, name, texts)) for name, texts in filters.items() if name not in OWN}


def _accepted(session: Session, kind: Kind, name: str, texts: Sequence[str]) -> list[Any]:
    if described(kind)[name].choices:
        return each(texts, lambda text: _wanted(session, kind, name, text))
    return [_wanted(session, kind, name, text) for text in texts]


def _wanted(session: Session, kind: Kind, name: str, text: str) -> Any:
    if not text.strip() or (name == state_field(kind) and fold(text) in _no_state()):
        return None
    language, today = session.language, session.today
    with given_for(filter_option(kind, name)):
        match described(kind)[name].sort:
            case "text":
                return sought(text)
            case "choice" | "choices":
                return read_value(session, kind, name, text)
            case "date":
                return read_days(text, today)
        return read_numbers(language, kind, name, text, today)


def read_search(texts: Sequence[str] | None) -> tuple[str, ...]:
    """The keys of what is to be found in names and free text."""
    with given_for("--search"):
        return tuple(map(sought, texts or ()))


def _no_state() -> set[str]:
    """What lists say of a record without a state, in either language."""
    return {fold(catalogue(code)["query.no_state"]) for code in LANGUAGES}


def read_periods(
    session: Session,
    years: Sequence[str],
    since: str | None,
    until: str | None,
    days: Sequence[str] = (),
    kind: Kind = Record,
) -> tuple[Period, ...]:
    """The periods that records must touch; none if any day will do.

    Raises:
        Invalid: the options leave no day.
    """
    first = days_asked("--since", since, session.today).low if since else None
    end = days_asked("--until", until, session.today).high if until else None
    if not (years or since or until or days):
        return ()
    whole_years = [year(read_year(text)) for text in years] or [EVER]
    option = "/".join(dict.fromkeys(("--date", f"--{kind.DAY}")))
    spans = [days_asked(option, text, session.today) for text in days]
    named = [Period(span.low or date.min, span.high or date.max) for span in spans] or [EVER]
    cut = [
        Period(max(p.begin, q.begin, first or p.begin), min(p.end, q.end, end or p.end))
        for p in whole_years
        for q in named
    ]
    left = tuple(period for period in cut if period.begin < period.end)
    if not left:
        raise Invalid("no_days")
    return left


def _scanned(records: Register | Union, query: Query) -> Iterator[Entry]:
    """What may match; where void records are wanted, others need not be decoded."""
    if query.is_void:
        return records.scan([query.kind], query.span, voided=True, skip=lambda text: VOIDED not in text)
    return records.scan([query.kind], query.span)


def _columns(session: Session, query: Query, texts: Sequence[str] | None) -> list[str] | None:
    if not texts:
        return None
    if any(fold(text) in ALL for text in texts):
        idle = {REGISTER if session.union is None else "", "" if query.is_void else VOID}
        return [name for name in names(query.kind) if name not in idle]
    return _named(query.kind, texts, "--columns") or None


def _named(kind: Kind, texts: Sequence[str], option: str) -> list[str]:
    """The columns that an option names, one or several with commas between them."""
    with given_for(option):
        named = [_column(kind, text, option) for part in texts for text in _split(part)]
    for name in named:
        # The order of records would tell who stands before whom.
        if option == "--sort" and name in personal(kind):
            raise Invalid("personal_sort", where=option)
    return list(dict.fromkeys(named))


def _column(kind: Kind, text: str, option: str) -> str:
    if option == "--sort" and text.lstrip().startswith("-"):  # elsewhere that turns an order round
        raise Invalid("sort_downwards", value=text.lstrip(" -"))
    fits = [name for name in names(kind) if name not in personal(kind)] if option == "--sort" else ()
    return column(kind, text, fits)


def _split(text: str) -> list[str]:
    return [part for part in text.split(",") if part.strip()]


def _count(kind: Kind, found: int, form: str) -> str:
    if form in ("json", "jsonl"):
        from msgspec.json import encode

        return encode({"version": 1, "kind": tag_of(kind), "total": found}).decode()
    return str(found)


def _nothing(session: Session, query: Query, given: Sequence[str]) -> str:
    """That nothing matches, and how to find something: without one of the options `given` or the filters."""
    say, tag = session.language.say, tag_of(query.kind)
    facts = {"kind": say(f"kinds.{tag}"), "tag": tag}
    if next(_scanned(session.records, Query(query.kind, 0, is_void=query.is_void)), None) is None:
        if query.is_void:
            return say("query.nothing_void", **facts)
        has_void = next(session.records.scan([query.kind], voided=True), None) is not None
        return say("query.all_void" if has_void else "query.nothing_yet", **facts)
    filters = [filter_option(query.kind, name) for name in query.fields]
    said = [say("query.empty"), say("query.widen", conditions=", ".join([*filters, *given]))]
    near = _near_units(session, query)
    if near:
        said.append(say("query.near_units", units="; ".join(near)))
    return "\n".join(said)


def _near_units(session: Session, query: Query) -> list[str]:
    """Units of the register whose names are close to the ones asked for, where these have no record at all."""
    if not query.units:
        return []
    from difflib import get_close_matches

    units = {entry.record.unit for entry in _scanned(session.records, query)} - {""}
    if any(lies_in_any(unit, query.units) for unit in units):
        return []
    folded = {fold(unit): unit for unit in units}
    near = (key for wanted in query.units for key in get_close_matches(fold(wanted), folded, n=3))
    return list(dict.fromkeys(folded[key] for key in near))


def _written(session: Session, listing: Listing, form: str, shown: list[str] | None, is_screen: bool) -> str:
    match form:
        case "json":
            return listing_json(listing, shown)
        case "jsonl":
            return listing_jsonl(listing, shown)
        case "csv":
            return listing_csv(listing, shown)
    if form == "markdown":
        return listing_markdown(listing, session.language, shown)
    return session.render.listing(listing, shown, is_screen=is_screen)
