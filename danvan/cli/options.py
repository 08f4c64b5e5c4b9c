"""Options: from the descriptions of fields, and the ones all commands share, to what Typer reads.

Typer learns a command's options from the signature of a function. `command` is the one clever function of
danvan: it gives a plain function the signature that its fields and the shared options ask for, and packs what
arrives into a `Session` and a dict of the values given.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

import typer

from danvan.cli.failures import where
from danvan.cli.telling import notice
from danvan.errors import Invalid, given_for
from danvan.formatting.language import Language
from danvan.formatting.parsing import parse_count
from danvan.formatting.parts import part_named
from danvan.records import Field, Record, described, fields, state_field, tag_of
from danvan.session import Session

if TYPE_CHECKING:
    from danvan.queries.spans import Span

Values = dict[str, Any]
KEYWORD = inspect.Parameter.KEYWORD_ONLY


# The options of every command; `--lang` is read before anything else (see `door.spoken`).
SHARED: Mapping[str, Any] = {
    "db": Annotated[list[str] | None, typer.Option("--db", metavar="FILE", help="option.db")],
    "lang": Annotated[str | None, typer.Option("--lang", metavar="LANGUAGE", help="option.lang")],
    "today": Annotated[str | None, typer.Option("--today", metavar="DAY", help="option.today")],
    "no_color": Annotated[bool, typer.Option("--no-color", help="option.no_color")],
    "json": Annotated[bool, typer.Option("--json", help="option.json")],
}
REVEALING = ("reveal", "reveal_reason")  # parameters that only kinds have which say who came
# Of several registers, those whose records are read.
RegisterOption = Annotated[
    list[str] | None, typer.Option("--register", metavar="NAME", help="option.register", rich_help_panel="which")
]
UnitOption = Annotated[
    list[str] | None, typer.Option("--unit", metavar="UNIT", help="option.unit", rich_help_panel="which")
]
STATUS = "--status"  # filters by the state of a record, whatever its field is called
COUNT = "--count"  # counts what matches, so that a filter by a field of that name is called otherwise


def command(run: Callable[..., Any], language: Language, kind: type[Record] | None = None) -> Callable[..., Any]:
    """`run` with the signature Typer reads.

    `run` is called with a `Session`; with the kind, if there is one; with the texts given for the kind's fields,
    by name, if it has a parameter `given` (or `changes`, where each field is an option); with the lists of texts
    to filter by, if it has one named `filters`; and with its own parameters, whose `help` are keys of the catalogue.
    """
    names = inspect.signature(run).parameters.keys()
    takes = next((name for name in names if name in OFFERS), "")
    offered = OFFERS[takes](kind, language) if kind and takes else {}
    own = [parameter for parameter in _own_parameters(run, language) if parameter.name not in offered]
    if kind and not any(field.personal for field in fields(kind).values()):
        own = [parameter for parameter in own if parameter.name not in REVEALING]
    common = [
        inspect.Parameter(name, KEYWORD, annotation=_worded(hint, language), default=_default(hint))
        for name, hint in SHARED.items()
    ]
    filled = [inspect.Parameter(name, KEYWORD, annotation=hint, default=None) for name, hint in offered.items()]

    def callback(**given: Any) -> Any:
        session = _session(given, language)
        texts = {name: given.pop(name) for name in offered}
        chosen = {name: text for name, text in texts.items() if text not in (None, [])}
        about = {"kind": kind, takes: chosen} if kind and takes else {}
        return run(session, **about, **given)

    parameters = [*filled, *own, *common]
    callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    callback.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return callback


def _session(given: dict[str, Any], language: Language) -> Session:
    asked = frozenset(name for name in ("lang", "db") if given[name])
    del given["lang"]
    return Session(
        language.code,
        notice(language, as_json=given["json"]),
        asked=asked,
        db=given.pop("db") or (),
        today=given.pop("today"),
        json=given.pop("json"),
        color=not given.pop("no_color"),
    )


def _own_parameters(run: Callable[..., Any], language: Language) -> list[inspect.Parameter]:
    hints = get_type_hints(run, include_extras=True)
    return [
        parameter.replace(
            kind=KEYWORD,
            annotation=_worded(hints[parameter.name], language),
            default=_default(hints[parameter.name]),
        )
        for parameter in inspect.signature(run).parameters.values()
        if get_origin(hints[parameter.name]) is Annotated
    ]


def _worded(hint: Any, language: Language) -> Any:
    """The annotation with its help turned from a key into words."""
    base, information = get_args(hint)
    information = copy(information)
    key, family, codes = offered(information.help)
    information.help = language.say(key, values=language.meanings(codes, family))
    return Annotated[base, information]


def offers(key: str, family: str, codes: Iterable[str]) -> str:
    """The help of an option that takes one of some codes: where it stands in the catalogue, and they with it.

    The text `key` has a placeholder `values` for the codes, told with their words `<family>.<code>`.
    """
    return "|".join((key, family, *codes))


def offered(help: str) -> tuple[str, str, Sequence[str]]:
    """The key, the family and the codes of a help; see `offers`."""
    key, family, *codes = [*help.split("|"), ""]
    return key, family, codes[:-1]


def _default(hint: Any) -> Any:
    base = get_args(hint)[0]
    if base is bool:
        return False
    return inspect.Parameter.empty if base in (str, list[str]) else None


def _described(kind: type[Record], language: Language, *, positional: bool = True) -> dict[str, Any]:
    """The Typer annotations of a kind's fields; what identifies a citizen is never an option."""
    return {
        name: _option(kind, name, field if positional else field._replace(argument=False), language)
        for name, field in fields(kind).items()
        if not field.personal
    }


def _option(kind: type[Record], name: str, field: Field, language: Language) -> Any:
    text = language.label(kind, name)
    if field.argument:
        text = language.say(f"hint.{tag_of(kind)}.{name}")
        return Annotated[str | None, typer.Argument(help=text, metavar=f"[{name.upper()}]", show_default=False)]
    if field.choices:
        text = f"{text}: {language.choices(kind, name)}"
    panel = "fields" if len(field.forms) > 1 else field.forms[0]  # what only one form of record can say
    option = typer.Option(
        where(name, field), help=text, metavar=METAVARS[field.sort], show_default=False, rich_help_panel=panel
    )
    return Annotated[list[str] | None, option] if field.sort == "choices" else Annotated[str | None, option]


def filter_option(kind: type[Record], name: str) -> str:
    """The option that filters by a field."""
    option = where(name, described(kind)[name]._replace(argument=False))
    return f"{option}-is" if option == COUNT else option


def _filters(kind: type[Record], language: Language) -> dict[str, Any]:
    """The annotations of a filter for each field that identifies nobody, and for what is computed from fields."""
    day = typer.Option(
        *dict.fromkeys(["--date", f"--{kind.DAY}"]),
        help=language.say("option.date_filter"),
        metavar=RANGES["date"],
        show_default=False,
        rich_help_panel="which",
    )
    known = {name: field for name, field in described(kind).items() if not field.personal}
    return {
        "date": Annotated[list[str] | None, day],
        **{name: _filter(kind, name, field, language) for name, field in known.items()},
    }


def _filter(kind: type[Record], name: str, field: Field, language: Language) -> Any:
    text = language.say("option.unit") if name == "unit" else language.label(kind, name)
    if field.choices:
        text = f"{text}: {language.choices(kind, name)}"
    options = dict.fromkeys([*([STATUS] if name == state_field(kind) else []), filter_option(kind, name)])
    metavar = "UNIT" if name == "unit" else RANGES[field.sort]
    option = typer.Option(*options, help=text, metavar=metavar, show_default=False, rich_help_panel="filters")
    return Annotated[list[str] | None, option]


METAVARS = {
    "text": "TEXT",
    "choice": "VALUE",
    "choices": "VALUE…",
    "date": "DAY",
    "count": "N",
    "money": "MONEY",
    "area": "AREA",
}
# What filters take: of whatever has an order also "from..to".
RANGES = {
    "text": "TEXT",
    "choice": "VALUE",
    "choices": "VALUE",
    **{sort: f"{METAVARS[sort]}|.." for sort in ("date", "count", "money", "area")},
}


# What the fields of a kind are to a command, by the parameter that takes what is given for them.
OFFERS: Mapping[str, Callable[[type[Record], Language], dict[str, Any]]] = {
    "given": _described,
    "changes": partial(_described, positional=False),
    "filters": _filters,
}


def read_values(kind: type[Record], given: Mapping[str, Any], session: Session) -> Values:
    """The values of fields from the texts given for them, each fault said with its option.

    Raises:
        Invalid: a text cannot be understood; `where` names the option.
    """
    values: Values = {}
    for name, text in given.items():
        texts = text if isinstance(text, list) else [text]
        with given_for(where(name, fields(kind)[name])):
            read = _read(kind, name, texts, session)
        values[name] = sum(read, ()) if fields(kind)[name].sort == "choices" else read[0]
    return values


def _read(kind: type[Record], name: str, texts: Sequence[str], session: Session) -> list[Any]:
    """What texts say for a field; where a record has one value only, a comma stands for itself."""

    def read(text: str) -> Any:
        return session.language.read(kind, name, text, session.today)

    return each(texts, read) if fields(kind)[name].sort == "choices" else [read(text) for text in texts]


def each(texts: Iterable[str], read: Callable[[str], Any]) -> list[Any]:
    """The values that a repeatable option of known values gives, where commas may stand between them as well.

    Raises:
        Invalid: one of them cannot be understood.
    """
    found = []
    for text in texts:
        try:
            found.append(read(text))
        except Invalid:  # a value of the office's own may hold a comma, so a text is one value where it can be
            parts = [part for part in text.split(",") if part.strip()]
            if len(parts) < 2:
                raise
            found += [read(part) for part in parts]
    return found


def whole(text: str, option: str, least: int) -> int:
    """A whole number from `least` up.

    Raises:
        Invalid: `text` is not one.
    """
    try:
        value = parse_count(text)
    except Invalid:
        value = least - 1
    if value < least:
        raise Invalid("whole", value=text, least=least, where=option)
    return value


def days_asked(option: str, text: str, today: date) -> Span:
    """The days that the text of an option names; see `queries.spans`.

    Raises:
        Invalid: it names none.
    """
    from danvan.queries.spans import read_days  # questions load only where something is asked

    with given_for(option):
        return read_days(text, today)


def read_year(text: str) -> int:
    """The year that a text names: 2023, "năm 2023".

    Raises:
        Invalid: it names none, or a part of one.
    """
    number, part = part_named(text) or (0, "")
    if part != "year":
        raise Invalid("year", value=text)
    return number
