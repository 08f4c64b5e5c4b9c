"""Help pages in the language of the run, laid out plainly: no Rich is loaded to read a list of options."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from danvan import __version__
from danvan.cli.telling import window
from danvan.formatting.language import Language
from danvan.records import KINDS

if TYPE_CHECKING:
    from danvan.cli.commands import Command

WIDEST = 100
TERM = 26
LEAST = 20  # columns for an explanation beside its term; in a narrower window it stands below
SHARED = ("db", "lang", "today", "no_color", "json", "help")
# The panels of a command's page, in their order; an option that names none stands among the `options`.
PANELS = (
    *("arguments", "period", "which", "filters", "breakdown", "fields", "single", "aggregate", "life", "who"),
    *("reading", "faults", "conflicts", "documents", "counting", "own", "shown", "wording", "public", "options"),
    *("output", "common"),
)
# What is not broken: a quotation, and an option with its value.
WHOLE, HARD_SPACE = re.compile(r'( -[^ ]+ )?("[^"]*"|(?<= )[^-" ][^ ]*)'), "\u00a0"
Row = tuple[str, str]


def overview(commands: Mapping[str, Command], language: Language) -> str:
    """`danvan --help`: the commands in their panels."""
    parts = [
        _paragraph(f"danvan {__version__}. {language.say('help.about')}", ""),
        f"\n{language.say('help.usage')} danvan {language.say('help.commands')}",
    ]
    term = max(map(len, commands)) + 2
    for panel in dict.fromkeys(command.panel for command in commands.values()):
        rows = [(name, language.say(f"command.{name}")) for name, command in commands.items() if command.panel == panel]
        parts.append(_panel(language.say(f"panel.{panel}"), rows, term))
    return _page([*parts, f"\n{language.say('help.more')}"])


def command_page(command: Any, ctx: Any, language: Language, kind: str = "") -> str:
    """`danvan COMMAND --help`: what a Typer command takes, its own options before the general ones.

    Args:
        kind: that of the record which the command is about, where it stands on the command line.
    """
    panels: dict[str, list[Row]] = {panel: [] for panel in PANELS}
    usage = [f"{language.say('help.usage')} danvan {command.name}"]
    for parameter in command.get_params(ctx):
        panels[_panel_of(parameter)].append(_row(parameter, language))
        if parameter.param_type_name == "argument":
            usage.append(language.placeholder(parameter.make_metavar(ctx).strip("{}")))
    return _page(
        [
            *_broken(" ".join([*usage, language.placeholder("[OPTIONS]")]), ""),
            _about(command.name, language),
            *(
                _panel(language.say(f"help.{name}"), rows) + _note(name, language)
                for name, rows in panels.items()
                if rows
            ),
            _examples(command.name, kind, language),
        ]
    )


def _panel_of(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return "arguments"
    return "common" if parameter.name in SHARED else getattr(parameter, "rich_help_panel", None) or "options"


def _row(parameter: Any, language: Language) -> Row:
    text = language.say("help.help") if parameter.name == "help" else parameter.help or ""
    if parameter.param_type_name == "argument":
        required = f" ({language.say('help.required')})" if parameter.required else ""
        return language.placeholder(parameter.human_readable_name.strip("[]")), f"{text}{required}"
    names = ", ".join(parameter.opts)
    return (names if parameter.is_flag else f"{names} {language.placeholder(parameter.metavar)}"), text


def _about(name: str, language: Language) -> str:
    """What a command does, and what else is to be known of it."""
    said = [f"{language.say(f'command.{name}')}."]
    if language.knows(f"about.{name}"):
        said.append(language.say(f"about.{name}"))
    return "\n" + "\n".join(_paragraph(text, "  ") for text in said)


def _panel(title: str, rows: Sequence[Row], term: int = TERM) -> str:
    return "\n".join([f"\n{title}", *(line for row in rows for line in _entry(*row, term))])


def _note(panel: str, language: Language) -> str:
    """What is to be known of a panel as a whole."""
    key = f"help.{panel}_note"
    said = [_paragraph(language.say(key), "  ")] if language.knows(key) else []
    said += [_paragraph(line, "    ") for line in _targets(language)] if panel == "reading" else []
    return "\n".join(["\n", *said]) if said else ""


def _targets(language: Language) -> Iterator[str]:
    """What columns of files may be said to mean, by kind."""
    from danvan.exchange.headings import targets  # only a page that lists them needs to know

    for tag, kind in KINDS.items():
        yield f"{language.say(f'kinds.{tag}')}: {'; '.join(targets(language, kind))}"


def _entry(name: str, text: str, term: int) -> list[str]:
    room = _width() - term - 2
    if room < LEAST:
        return [f"  {name}", _paragraph(text, "    ")]
    body = textwrap.wrap(text, room, break_on_hyphens=False) or [""]
    if len(name) + 2 > term:
        return [f"  {name}", *(f"{'':{term + 2}}{line}" for line in body)]
    return [f"  {name:{term}}{body[0]}", *(f"{'':{term + 2}}{line}" for line in body[1:])]


def _examples(name: str, kind: str, language: Language) -> str:
    lines = language.say_of(f"example.{name}", kind).splitlines()
    broken = (part for line in lines for part in _broken(line, "  "))
    return "\n".join([f"\n{language.say('help.examples')}", *broken])


def _broken(line: str, indent: str) -> list[str]:
    """A command line; in a window that is too narrow, in several that are set in."""
    joined = WHOLE.sub(lambda found: found[0][:1] + found[0][1:].replace(" ", HARD_SPACE), line)
    wrap = textwrap.TextWrapper(
        max(_width(), LEAST),
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [part.replace(HARD_SPACE, " ") for part in wrap.wrap(joined)]


def _paragraph(text: str, indent: str) -> str:
    width = max(_width(), LEAST)
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _page(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _width() -> int:
    return min(window(), WIDEST)
