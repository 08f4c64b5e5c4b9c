"""`completion SHELL`: what a shell needs so that Tab completes danvan's commands; printed or installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from danvan.cli.options import offers
from danvan.cli.telling import aside, tell
from danvan.completion.answer import SHELLS
from danvan.completion.scripts import SCRIPTS
from danvan.errors import FileFault
from danvan.exchange.documents import VERSION, as_json
from danvan.formatting.choosing import chosen
from danvan.places import at
from danvan.session import Session

Shell = Annotated[str, typer.Argument(metavar="SHELL", help=offers("option.shell", "", SHELLS))]
Install = Annotated[bool, typer.Option("--install", help="option.install")]
SPELLINGS = {"pwsh": "powershell"}


def completion(session: Session, shell: Shell, install: Install) -> None:
    """Print the script of a shell, or write it where that shell looks for it."""
    name = chosen(SPELLINGS.get(shell.casefold(), shell), SHELLS, "SHELL")
    if not install:
        typer.echo(SCRIPTS[name], nl=False)
        return
    path = place(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SCRIPTS[name], encoding="utf-8", newline="\n")  # shells take no carriage return
    except OSError as fault:
        raise FileFault.of("write_failed", path, fault) from fault
    if session.json:
        tell(as_json({"version": VERSION, "written": [str(path)]}), whole=True)
    else:
        tell(session.language.say("completion.installed", path=path))
    then = session.language.say(f"completion.next.{name}", path=path, folder=path.parent)
    aside(then, "completion", as_json=session.json)


def place(shell: str) -> Path:
    """Where a shell looks for the completions of its user; zsh and PowerShell have to be told."""
    home = at("~")
    if not home.is_absolute():
        raise FileFault("no_home", option="danvan completion SHELL")
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    match shell:
        case "bash":
            return data / "bash-completion/completions/danvan"
        case "zsh":
            return home / ".zfunc/_danvan"
        case "fish":
            return settings / "fish/completions/danvan.fish"
    folder = home / "Documents/PowerShell" if sys.platform == "win32" else settings / "powershell"
    return folder / "danvan-completion.ps1"
