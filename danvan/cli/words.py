"""The tables of completion, made from the commands as they are: `python -m danvan.cli.words` writes them anew.

The key that asks for completion is pressed in the middle of typing: there is no time to import the commands and
ask them. So what they would say is written down, and a test fails when they say something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from danvan import completion
from danvan.cli.commands import BY_ID, COMMANDS
from danvan.cli.knobs import KNOBS
from danvan.cli.options import command, offered
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES
from danvan.papers import measure_in_full
from danvan.periods import CALENDARS, PARTS
from danvan.records import KINDS, Record, described, fields, state_field
from danvan.reports import BY_KEY, SECTIONS
from danvan.reports.breakdowns import STATUS, THEME, dimensions, every_dimension
from danvan.reports.forms import FORMS

Kind = type[Record]
Entry = tuple[str, dict[str, tuple[str, str]], tuple[str, ...]]
Values = dict[str, tuple[tuple[str, str], ...]]

HEAD = '"""The words of completion; written by `python -m danvan.cli.words`, not by hand."""\n\n# ruff: noqa: E501\n'
# What the placeholder of an option or argument says about its value; any other takes free text.
SORTS = {
    "ID": "id",
    "FILE": "file",
    "UNIT": "unit",
    "DAY": "day",
    "DAY|": "day",
    "LANGUAGE": "language",
    "[ACTION]": "action",
    "[KEY]": "setting",
    "MEASURE": "measure",
    "[MEASURE]": "measure",
    "FORM": "form",
    "PERIOD": "period",
    "CALENDAR": "calendar",
    "SECTION": "section",
    "SECTION=CALENDAR": "section=",
    "DIMENSION=VALUE": "cell",
}
MONTHS = tuple(str(number) for number in range(1, 13))  # as help pages write them


def table(language: Language) -> tuple[dict[str, Entry], Values]:
    """Every command with its options and arguments, and every list of values they take."""
    values: Values = {sort: tuple(language.terms(words, family)) for sort, family, words in _plain_lists()}
    values |= _cells(language)
    values["period"] += values["month"]
    values["setting"] = tuple((key, "") for key in KNOBS)
    values["measure"] = tuple((key, measure_in_full(key, language)) for key in BY_KEY)
    entries: dict[str, Entry] = {}
    for name, run, kind in _runs():
        about = language.say(f"command.{name.partition(':')[0]}")
        options: dict[str, tuple[str, str]] = {}
        arguments: list[str] = []
        raw = get_type_hints(run, include_extras=True)
        for parameter, hint in command(run, language, kind).__annotations__.items():
            sort = _sort(parameter, hint, raw.get(parameter), kind)
            values |= _lists(sort, raw.get(parameter), kind, language)
            if declared := _declared(get_args(hint)[1]):
                options |= dict.fromkeys(declared, (sort, _about(parameter, hint, raw, kind, language)))
            else:
                arguments.append(sort + "…" * _is_list(hint))
        entries[name] = about, {**options, "--help": ("", language.say("help.help"))}, tuple(arguments)
    for name in entries:  # until it is known what the command is about, it may be about anything
        for other in [one for one in entries if one.startswith(f"{name}:")]:
            entries[name] = entries[name][0], entries[other][1] | entries[name][1], entries[name][2]
    return entries, values


def source(code: str) -> str:
    """The text of a table's module."""
    language = Language("vi" if code == "vi" else "en")
    entries, values = table(language)
    lines = [HEAD, "COMMANDS: dict[str, tuple[str, dict[str, tuple[str, str]], tuple[str, ...]]] = {"]
    for name, (about, options, arguments) in entries.items():
        lines += [f"    {name!r}: ({about!r}, {{", *_pairs(options, 8), f"    }}, {arguments!r}),"]
    lines += ["}", "", "VALUES: dict[str, tuple[tuple[str, str], ...]] = {", *_pairs(values, 4), "}", ""]
    return "\n".join(lines)


def _pairs(entries: Mapping[str, Any], depth: int) -> list[str]:
    return [f"{' ' * depth}{key!r}: {value!r}," for key, value in entries.items()]


def place(code: str) -> Path:
    """The file of a table."""
    return Path(completion.__path__[0]) / f"{code}.py"


def _runs() -> Iterator[tuple[str, Callable[..., Any], Kind | None]]:
    """Every command with its function and kind; one about a record once for every kind besides, as "<command>:<kind>".

    A command whose options depend on a word of its own stands there once for every such word.
    """
    for name, entry in COMMANDS.items():
        room, _, function = entry.place.partition(":")
        module = import_module(f"danvan.cli.commands.{room}")
        yield name, getattr(module, function), KINDS.get(entry.kind)
        if entry.kind == BY_ID:
            for kind, run in getattr(module, "EDITS", {}).items():
                yield f"{name}:{kind}", run, KINDS[kind]
            for word in getattr(module, "WHAT", ()):
                yield f"{name}:{word}", *module.variant([name, word], Language("en"))


def _plain_lists() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Lists that depend on no option: what they are called, the family of the words for their codes, and these."""
    calendars = (*CALENDARS, "custom")
    return (
        ("action", "", ("list", "get", "set", "unset")),
        ("language", "", LANGUAGES),
        ("day", "", ("today", "yesterday")),
        ("period", "part-name", tuple(part for part in PARTS if part[0] != "m")),
        ("calendar", "calendar-name", calendars),
        ("section", "section", SECTIONS),
        ("form", "", tuple(FORMS)),
        ("section=", "", tuple(f"{s.replace('_', '-')}={c}" for s in SECTIONS for c in calendars)),
    )


def _cells(language: Language) -> Values:
    """What `--only` takes: dimensions, and of which sort the values of each are; of one kind, and of any.

    Of which kind a measure is, the beginning of its key tells: the section, or the form.
    """
    kinds = {measure.section: measure.kind for measure in BY_KEY.values()}
    kinds |= {code: form.kind for code, form in FORMS.items()}
    found: Values = {"kinds": tuple(kinds.items())}
    found["month"] = tuple((month, language.say(f"month.{month:0>2}")) for month in MONTHS)
    named: dict[str, str] = {}
    sorts: dict[str, str] = {}
    for tag, kind in KINDS.items():
        own = {one: _cell_sort(one, kind) for one in dimensions(tag)}
        said = {one: language.say_of(f"dimension.{one}", tag) for one in own}
        found[f"cell {tag}"] = tuple((f"{one}=", about) for one, about in said.items())
        found[f"sorts {tag}"] = tuple(own.items())
        named = said | named
        sorts |= {one: sort if sorts.get(one, sort) == sort else "" for one, sort in own.items()}
    found["cell"] = tuple((f"{one}=", named[one]) for one in every_dimension())
    return found | {"sorts": tuple(sorts.items())}


def _cell_sort(dimension: str, kind: Kind) -> str:
    name = {THEME: "themes", STATUS: state_field(kind)}.get(dimension, dimension)
    if name in described(kind) and described(kind)[name].choices:
        return f"{'open ' if described(kind)[name].open else ''}{_tag(kind)}.{name}"
    return dimension


def _sort(parameter: str, hint: Any, raw: Any, kind: Kind | None) -> str:
    """What an option or argument takes: "" for a flag, "text" for anything."""
    base, information = get_args(hint)
    if base is bool:
        return ""
    metavar = str(information.metavar or "").rstrip(".…").replace("…]", "]")
    if raw is not None:
        if metavar in ("FIELD", "A,B|all") and kind:
            return f"columns {_tag(kind)}"
        return f"one {_offered(raw)}" if _offered(raw) else SORTS.get(metavar, "text")
    if kind and parameter in described(kind):
        field = described(kind)[parameter]
        if field.choices:
            return f"{'open ' if field.open else ''}{_tag(kind)}.{parameter}"
        return "unit" if parameter == "unit" else "day" if field.sort == "date" else "text"
    return SORTS.get(metavar, "text")


def _lists(sort: str, raw: Any, kind: Kind | None, language: Language) -> Values:
    """The values of a sort, where they depend on the option or the kind."""
    if sort.startswith("one "):
        _, family, codes = offered(get_args(raw)[1].help)
        return {sort: tuple(language.terms(codes, family))}
    if kind and sort.startswith("columns "):
        return {sort: tuple((name, language.label(kind, name)) for name in fields(kind))}
    if kind and "." in sort:
        return {sort: tuple(language.values(kind, sort.rpartition(".")[2]))}
    return {}


def _declared(information: Any) -> list[str]:
    """The names of an option; none for an argument. Typer keeps the first one as if it were a default."""
    names = (information.default, *(information.param_decls or ()))
    return [name for name in names if isinstance(name, str) and name.startswith("-")]


def _about(parameter: str, hint: Any, raw: Mapping[str, Any], kind: Kind | None, language: Language) -> str:
    """What an option is, in a line; its values are offered, so they need not be listed."""
    if kind and parameter in described(kind) and parameter not in raw:
        return language.label(kind, parameter)
    if parameter in raw and _offered(raw[parameter]):
        start, _, rest = language.say(offered(get_args(raw[parameter])[1].help)[0], values="{}").partition(": {}")
        if not rest:
            return start
    return str(get_args(hint)[1].help)


def _offered(raw: Any) -> str:
    """The codes that an option's description offers."""
    return "|".join(offered(str(get_args(raw)[1].help or ""))[2])


def _is_list(hint: Any) -> bool:
    return any(get_origin(one) is list for one in (get_args(hint)[0], *get_args(get_args(hint)[0])))


def _tag(kind: Kind) -> str:
    return next(tag for tag, known in KINDS.items() if known is kind)


def write() -> None:
    """Write the tables of all languages."""
    for code in LANGUAGES:
        place(code).write_text(source(code), encoding="utf-8")


if __name__ == "__main__":
    write()
