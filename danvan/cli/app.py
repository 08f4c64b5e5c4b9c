"""The commands, and the Typer program made of those that a run needs.

A run names one command; only that command's module is imported and only its options are described, so the
start-up of each command is its own. `danvan --help` needs none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import NamedTuple

import typer

from danvan.cli.help import page_class
from danvan.cli.options import command
from danvan.formatting.language import Language
from danvan.records import KINDS


class Command(NamedTuple):
    """One command: its panel in the overview, where its function stands, and the kind it is about, if any."""

    panel: str
    place: str
    kind: str = ""


COMMANDS: Mapping[str, Command] = {
    "add-model": Command("add", "add:add", "model"),
    "add-reception": Command("add", "add:add_reception", "reception"),
    "add-audit": Command("add", "add:add_audit", "audit"),
    **{f"{kind}s": Command("query", "query:query", kind) for kind in KINDS},
    "report": Command("report", "report:report"),
    "explain": Command("report", "explain:explain"),
    "close": Command("report", "close:close"),
    "demo": Command("start", "demo:demo"),
}


def build(names: Iterable[str], language: Language) -> typer.Typer:
    """A Typer program with the named commands, speaking `language`."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(_program)
    for name in names:
        module, _, function = COMMANDS[name].place.partition(":")
        run = getattr(import_module(f"danvan.cli.{module}"), function)
        app.command(name, cls=page_class(language), help=language.say(f"command.{name}"))(
            command(run, language, KINDS.get(COMMANDS[name].kind))
        )
    return app


def _program() -> None:
    """danvan."""
