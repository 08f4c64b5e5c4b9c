"""The door: from a command line to an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module

from danvan import __version__, session
from danvan.cli import streams
from danvan.cli.commands import COMMANDS
from danvan.cli.failures import UNANSWERED, Failure, explain
from danvan.cli.help import overview
from danvan.cli.telling import fitted, notice
from danvan.errors import DanvanError, FileFault, Invalid, has_no_reader
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES, LanguageCode, catalogue

INTERRUPTED = 130
ABOUT = ("--version", "-V", "--help", "-h")
HELP, VERSION = "help", "version"  # words for the two, which people try first
ALONE = "status"  # the command of a command line without one
# What people type for commands that are called otherwise, folded, before any other likeness counts. Of what takes a
# record out, to erase leaves it counted and cannot be undone: it comes second.
OTHERWISE = {
    "void, erase": ("xoa", "xoa bo", "delete", "del", "remove", "rm"),
    "models, receptions, audits": ("tim", "tim kiem", "loc", "danh sach", "liet ke", "search", "find", "list", "ls"),
}
# Options that take a value, for finding the command behind them.
VALUED = ("--db", "--lang", "--today")


def main(argv: Sequence[str]) -> int:
    """Run one command line and return the exit code of the process.

    0 done · 1 refused or not found · 2 usage · 3 the data has problems · 4 register busy · 5 register damaged or
    of a newer format · 6 disk or file error · 130 interrupted. A reader that closes the pipe early is no error.
    """
    arguments = _command_first(list(argv))
    language = Language("en")
    try:
        language = _language(arguments, spoken(arguments))
        streams.prepare()
        code = _dispatch(arguments, language)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        stopped = Failure(INTERRUPTED, "interrupted", (language.say("error.interrupted"),), "", "", language)
        print(stopped.json() if "--json" in arguments else f"\n{stopped.lines[0]}", file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except OSError as fault:
        if has_no_reader(fault):
            _discard_stdout()
            return 0
        key = "unreadable" if fault.filename else UNANSWERED  # an output has no name
        return _fail(FileFault.of(key, fault.filename or "", fault), arguments, language)
    except DanvanError as fault:
        if fault.key == "usage.language":
            language = _language(arguments, session.understood())
        return _fail(fault, arguments, language)
    finally:
        streams.tell_losses(notice(language, as_json="--json" in arguments))


def _language(arguments: Sequence[str], code: LanguageCode) -> Language:
    """A language that advises commands about the registers of this run; pages of help are about any."""
    is_help = not {HELP, "--help", "-h"}.isdisjoint(arguments)
    return Language(code, registers=() if is_help else [*_options(arguments, "--db")])


def spoken(arguments: Sequence[str]) -> LanguageCode:
    """The language of this run; `--lang` counts first."""
    return session.spoken(_option(arguments, "--lang"))


def _dispatch(arguments: list[str], language: Language) -> int:
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ABOUT):
        arguments.insert(0, next((word for word in arguments if word in ABOUT), ALONE))
    if arguments[0] == HELP:
        arguments[:] = _asked_about(_command_first(arguments[1:]))
    command = arguments[0]
    if command in ("--version", "-V", VERSION):
        print(f"danvan {__version__}")  # noqa: T201
        return 0
    if command in ("--help", "-h"):
        print(overview(COMMANDS, language))  # noqa: T201
        return 0
    if command not in COMMANDS:
        raise _unknown(command)
    return int(import_module("danvan.cli.app").run(arguments, language))  # Typer, and all it costs, only from here


def _asked_about(arguments: list[str]) -> list[str]:
    """`help COMMAND` as `COMMAND --help`, `help` alone as `--help`."""
    named = bool(arguments) and not arguments[0].startswith("-") and arguments[0] not in (HELP, VERSION)
    return [*arguments, "--help"] if named else ["--help"]


def _unknown(command: str) -> Invalid:
    """No command is called so; but one looks like it, or says it among its words ("bao-cao", "sua")."""
    from danvan.formatting.choosing import nearest
    from danvan.formatting.texts import fold

    near = next((names for names, words in OTHERWISE.items() if fold(command) in words), "")
    near = near or nearest(command, {fold(name): name for name in COMMANDS})
    if not near:
        word = f" {fold(command)} "
        said = {name: [catalogue(code)[f"command.{name}"] for code in LANGUAGES] for name in COMMANDS}
        near = ", ".join(name for name, texts in said.items() if any(word in f" {fold(text)} " for text in texts))
    return Invalid("usage.no_such_command", command=command, nearest=near)


def _fail(fault: DanvanError, arguments: Sequence[str], language: Language) -> int:
    command = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    failure: Failure = explain(fault, language, command)
    said = failure.json() if "--json" in arguments else fitted(failure.text(), sys.stderr)
    print(said, file=sys.stderr)  # noqa: T201
    return failure.exit_code


def _command_first(arguments: list[str]) -> list[str]:
    """Options that stand before the command, moved behind it: every option belongs to a command."""
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] in VALUED else 1
    rest = arguments[at:]
    return [*rest[:1], *arguments[:at], *rest[1:]] if rest else arguments


def _option(arguments: Sequence[str], name: str) -> str:
    return next(_options(arguments, name), "")


def _options(arguments: Sequence[str], name: str) -> Iterator[str]:
    """What the command line gives for an option, each time that it stands there."""
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == name and at + 1 < len(arguments):
            yield arguments[at + 1]
        if argument.startswith(f"{name}="):
            yield argument.partition("=")[2]


def _discard_stdout() -> None:
    # Python flushes stdout once more at exit; a closed pipe would complain there.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
