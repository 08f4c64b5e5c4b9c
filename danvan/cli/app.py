"""The commands, and the Typer program made of those that a run needs.

A run names one command; only that command's module is imported and only its options are described, so the
start-up of each command is its own. `danvan --help` needs none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

import typer

from danvan.cli.help import page_class
from danvan.cli.options import command
from danvan.formatting.language import Language
from danvan.records import KINDS

BY_ID = "by-id"


class Command(NamedTuple):
    """One command: its panel in the overview, where its function stands, and the kind it is about, if any.

    Where the kind is that of a record named on the command line (`BY_ID`), the module's `variant` tells which
    function to run and on which kind.
    """

    panel: str
    place: str
    kind: str = ""


COMMANDS: Mapping[str, Command] = {
    "add-model": Command("add", "add:add", "model"),
    "add-reception": Command("add", "add:add_reception", "reception"),
    "add-audit": Command("add", "add:add_audit", "audit"),
    **{f"{kind}s": Command("query", "query:query", kind) for kind in KINDS},
    "show": Command("query", "show:show"),
    "history": Command("query", "show:history"),
    "due": Command("query", "due:due"),
    "edit": Command("correct", "edit:edit", BY_ID),
    "follow-up": Command("correct", "follow_up:follow_up"),
    "void": Command("correct", "void:void"),
    "undo": Command("correct", "undo:undo"),
    "report": Command("report", "report:report"),
    "explain": Command("report", "explain:explain"),
    "close": Command("report", "close:close"),
    "template": Command("report", "template:template"),
    "import": Command("files", "importing:import_files"),
    "import": Command("files", "importing:import_files"),
    "demo": Command("start", "demo:demo"),
    "init": Command("start", "init:init"),
    "config": Command("start", "config:config"),
    "completion": Command("start", "completion:completion"),
}


def build(names: Iterable[str], language: Language, arguments: Sequence[str] = ()) -> typer.Typer:
    """A Typer program with the named commands, speaking `language`, for the command line `arguments`."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(_program)
    for name in names:
        place, _, function = COMMANDS[name].place.partition(":")
        module = import_module(f"danvan.cli.{place}")
        run, kind = getattr(module, function), KINDS.get(COMMANDS[name].kind)
        if COMMANDS[name].kind == BY_ID:
            run, kind = module.variant(arguments, language)
        app.command(name, cls=page_class(language), help=language.say(f"command.{name}"))(command(run, language, kind))
    return app


def _program() -> None:
    """danvan."""
