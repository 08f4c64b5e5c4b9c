"""Help pages in the language of the run, laid out plainly: no Rich is loaded to read a list of options."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from danvan import __version__
from danvan.formatting.language import Language

if TYPE_CHECKING:
    from danvan.cli.commands import Command

WIDEST = 100
TERM = 26
LEAST = 20  # columns for an explanation beside its term; in a narrower window it stands below
SHARED = ("db", "lang", "today", "no_color", "json", "help")


def overview(commands: Mapping[str, Command], language: Language) -> str:
    """`danvan --help`: the commands in their panels."""
    parts = [
        f"danvan {__version__}. {language.say('help.about')}\n",
        f"{language.say('help.usage')} danvan {language.say('help.commands')}",
    ]
    panels = dict.fromkeys(command.panel for command in commands.values())
    for panel in panels:
        rows = [(name, language.say(f"command.{name}")) for name, command in commands.items() if command.panel == panel]
        parts.append(_panel(language.say(f"panel.{panel}"), rows))
    return _page([*parts, f"\n{language.say('help.more')}"])


def command_page(command: Any, ctx: Any, language: Language) -> str:
    """`danvan COMMAND --help`: what a Typer command takes, its own options before the general ones."""
    usage = " ".join(command.collect_usage_pieces(ctx))
    arguments: list[tuple[str, str]] = []
    own: list[tuple[str, str]] = []
    filters: list[tuple[str, str]] = []
    shared: list[tuple[str, str]] = []
    for parameter in command.get_params(ctx):
        row = _row(parameter, language)
        if parameter.param_type_name == "argument":
            arguments.append(row)
        else:
            is_filter = getattr(parameter, "rich_help_panel", None) == "filters"
            (shared if parameter.name in SHARED else filters if is_filter else own).append(row)
    return _page(
        [
            f"{language.say('help.usage')} danvan {command.name} {usage}\n",
            f"  {command.help}",
            _panel(language.say("help.arguments"), arguments),
            _panel(language.say("help.filters"), filters),
            _note(language.say("help.filters_note")) if filters else "",
            _panel(language.say("help.options"), own),
            _panel(language.say("help.common"), shared),
            _examples(command.name, language),
        ]
    )


def _row(parameter: Any, language: Language) -> tuple[str, str]:
    text = language.say("help.help") if parameter.name == "help" else parameter.help or ""
    if parameter.param_type_name == "argument":
        required = f" ({language.say('help.required')})" if parameter.required else ""
        return parameter.human_readable_name.strip("[]"), f"{text}{required}"
    names = ", ".join(parameter.opts)
    return (names if parameter.is_flag else f"{names} {parameter.metavar}"), text


def _panel(title: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [line for row in rows for line in _entry(*row)]
    return "\n".join([f"\n{title}", *lines]) if lines else ""


def _note(text: str) -> str:
    return "\n" + textwrap.fill(text, max(_width(), LEAST), initial_indent="  ", subsequent_indent="  ")


def _entry(term: str, text: str) -> list[str]:
    room = _width() - TERM - 2
    if room < LEAST:
        return [
            f"  {term}",
            *textwrap.wrap(text, max(_width(), LEAST), initial_indent="    ", subsequent_indent="    "),
        ]
    body = textwrap.wrap(text, room) or [""]
    if len(term) + 2 > TERM:
        return [f"  {term}", *(f"{'':{TERM + 2}}{line}" for line in body)]
    return [f"  {term:{TERM}}{body[0]}", *(f"{'':{TERM + 2}}{line}" for line in body[1:])]


def _examples(name: str, language: Language) -> str:
    lines = language.say(f"example.{name}").splitlines()
    return "\n".join([f"\n{language.say('help.examples')}", *(f"  {line}" for line in lines)])


def _page(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _width() -> int:
    return min(get_terminal_size().columns, WIDEST)
