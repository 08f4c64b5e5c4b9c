"""The Typer program of one run.

A run names one command; only that command's module is imported and only its options are described, so the
start-up of each command is its own. `danvan --help` needs neither this room nor Typer.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand

from danvan.cli.commands import BY_ID, COMMANDS
from danvan.cli.help import command_page
from danvan.cli.options import command
from danvan.errors import Invalid
from danvan.formatting.choosing import near, spellings
from danvan.formatting.language import Language
from danvan.formatting.texts import fold
from danvan.periods import PARTS
from danvan.records import KINDS, fields, tag_of

INTERRUPTED = 130
# What other programs call an option, or people who do not know it.
OTHERWISE = dict.fromkeys(("desc", "descending", "giam", "giam dan", "nguoc"), "--reverse")


def run(arguments: Sequence[str], language: Language) -> int:
    """Run the command that `arguments` begin with and return its exit code.

    Raises:
        Invalid: Typer's parser does not understand the rest of them.
        KeyboardInterrupt, BrokenPipeError: as they say.
    """
    try:
        outcome = build(arguments, language)(args=list(arguments), prog_name="danvan", standalone_mode=False)
    except typer.Abort as fault:
        raise KeyboardInterrupt from fault
    except typer.TyperException as fault:
        key, facts = _parser_fault(fault, language)
        raise Invalid(key, **facts) from None
    except SystemExit as left:  # so Typer answers a reader that closed the pipe
        raise BrokenPipeError from left
    if outcome == INTERRUPTED:  # and so an interruption
        raise KeyboardInterrupt
    return outcome if isinstance(outcome, int) else 0


def build(arguments: Sequence[str], language: Language) -> typer.Typer:
    """A Typer program with the command that `arguments` begin with, speaking `language`."""
    name = arguments[0]
    place, _, function = COMMANDS[name].place.partition(":")
    module = import_module(f"danvan.cli.commands.{place}")
    run, kind = getattr(module, function), KINDS.get(COMMANDS[name].kind)
    if COMMANDS[name].kind == BY_ID:
        run, kind = module.variant(arguments, language)
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback()(_program)
    page = _page_class(language, tag_of(kind) if kind and COMMANDS[name].kind == BY_ID else "")
    app.command(name, cls=page, help=language.say(f"command.{name}"))(command(run, language, kind))
    return app


def _program() -> None:
    """danvan."""


def _page_class(language: Language, kind: str) -> type[TyperCommand]:
    """A Typer command whose help page speaks `language`, about records of a kind if it names one."""

    class Page(TyperCommand):
        def get_help(self, ctx: Any) -> str:
            return command_page(self, ctx, language, kind)

    return Page


def _parser_fault(fault: typer.TyperException, language: Language) -> tuple[str, dict[str, object]]:
    """What Typer's parser found, by the attributes and words of its exceptions; their classes are not public."""
    message = fault.format_message()
    option = getattr(fault, "option_name", None)
    if type(fault).__name__ == "NoSuchOption":
        return "usage.no_such_option", {"option": option, "nearest": _near_option(fault, language)}
    if type(fault).__name__ == "MissingParameter":
        wanted = _missing(fault)
        parameter = language.placeholder(wanted.human_readable_name)
        return "usage.missing_told", {"parameter": parameter, "told": wanted.help}
    if type(fault).__name__ == "BadOptionUsage" and option:
        takes_none = "not take a value" in message
        return "usage.flag_value" if takes_none else "usage.option_value", {"option": option}
    if "unexpected extra argument" in message:
        return _surplus(fault, message[message.rindex("(") + 1 :].rstrip(")"))
    return "usage.other", {"message": message}


def _missing(fault: Any) -> Any:
    """The argument that nobody gave: where a year stands in the place of the one before it, that one."""
    wanted = fault.param
    before = next((one for one in fault.ctx.command.params if one.param_type_name == "argument"), wanted)
    is_year = wanted.name in ("span", "one_span") and _is_year(str(fault.ctx.params.get(before.name)))
    return before if is_year else wanted


def _surplus(fault: Any, typed: str) -> tuple[str, dict[str, object]]:
    """Words that a command has no place for, and what may have been meant by them there."""
    parameters = fault.ctx.command.get_params(fault.ctx) if fault.ctx else ()
    known = {parameter.name for parameter in parameters}
    named = {name for kind in KINDS.values() for name, field in fields(kind).items() if field.argument}
    years, sort = [word for word in typed.split() if _is_year(word)], ""
    if known & {"span", "one_span"}:  # any of the words before may be one year too many as well
        taken = (fault.ctx.params.get(one.name) for one in parameters if one.param_type_name == "argument")
        years = [*(word for word in taken if word and _is_year(word)), *years][1:]
    if "period" in known and fold(typed) in spellings(PARTS, "part-name"):
        sort = "_part"
    elif years and "one_span" in known:
        typed, sort = " ".join(years), "_one_year"
    elif years and "span" in known:
        sort = "_years"
    elif years == typed.split() and "year" in known:
        sort = "_year"
    elif "search" in known:
        sort = "_search"
    elif known & {*named, "measure"}:
        sort = "_words"
    return f"usage.extra{sort}", {"arguments": typed, "first": typed.partition(" ")[0]}


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit()


def _near_option(fault: Any, language: Language) -> str:
    """The option that a wrong one looks like, or whose help begins with its words ("--don-vi").

    What names records of another kind ("--title") stands for what names those of this one ("--summary").
    """
    typed = fold(fault.option_name)
    known = fault.ctx.command.get_params(fault.ctx) if fault.ctx else ()
    naming = [name for kind in KINDS.values() for name, field in fields(kind).items() if field.argument]
    states = [kind.STATE for kind in KINDS.values() if kind.STATE]
    for alike in (names for names in (naming, states) if typed in names):
        named = {parameter.name: parameter for parameter in known}
        for name in filter(named.get, alike):
            is_option = named[name].param_type_name == "option"
            return named[name].opts[0] if is_option else language.placeholder(name.upper())
    told = [parameter.opts[0] for parameter in known if fold(parameter.help or "").startswith(typed)]
    options = {fold(name): name for parameter in known for name in parameter.opts if name.startswith("--")}
    if OTHERWISE.get(typed) in options.values():
        return OTHERWISE[typed]
    parts = [name for words, name in options.items() if f" {typed} " in f" {words} "]
    return ", ".join(parts or told[:1] or near(typed, options, cutoff=0.7))
