"""The manual page danvan(1), from the same tables that completion works with.

The convention: only what stands in the tables and the catalogue is said; what roff would obey is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from textwrap import wrap
from types import ModuleType

Say = Callable[[str], str]
Options = Mapping[str, tuple[str, str]]
Values = Mapping[str, tuple[tuple[str, str], ...]]
ENVIRONMENT = ("DANVAN_DB", "DANVAN_LANG", "DANVAN_TODAY", "NO_COLOR")
INDENT = "    "
WIDEST = 100
# Values that the text of an option tells already, or that are too many to be told wherever one is asked for.
TOLD = ("period", "calendar", "measure", "cell")
EXITS = ("0", "1", "2", "3", "4", "5", "6", "130")


def manual(code: str, version: str, say: Say) -> str:
    """The page in roff, in the language `code`; `say` gives a text of its catalogue."""
    return "\n".join(_lines(import_module(f"danvan.completion.{code}"), version, say)) + "\n"


def plain(page: str, width: int) -> str:
    """A page as it reads without `man` in a window: headings, and what belongs under them set in."""
    return "\n".join(_plain_lines(page.splitlines(), min(width, WIDEST)))


def _plain_lines(lines: Sequence[str], width: int) -> Iterator[str]:
    indent = ""
    for line in lines:
        macro, _, rest = line.partition(" ")
        text = _unescaped(rest)
        match macro:
            case ".TH":
                yield rest.replace('"', "").replace("  ", " ")
            case ".SH":
                indent = INDENT
                yield from ("", text)
            case ".SS":
                indent = 2 * INDENT
                yield from ("", f"{INDENT}{text}")
            case ".TP":
                pass
            case ".B":
                yield f"{indent}{text}"
            case _:
                yield from _wrapped(_unescaped(line), f"{indent}{INDENT}", width)


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _unescaped(text: str) -> str:
    return text.removeprefix("\\&").replace("\\-", "-").replace("\\e", "\\")


def _lines(tables: ModuleType, version: str, say: Say) -> Iterator[str]:
    yield f'.TH DANVAN 1 "" "danvan {version}" "danvan"'
    yield from _part(say("man.name"), f"danvan \\- {escaped(say('man.about'))}")
    yield from _part(say("man.synopsis"), f".B danvan\n{escaped(say('help.commands'))}")
    yield from _part(say("man.description"), escaped(say("help.about")))
    yield f".SH {escaped(say('man.commands'))}"
    for name, (about, options, arguments) in tables.COMMANDS.items():
        if ":" not in name:  # what a command takes in one case only is listed with all it may take
            yield f".SS danvan {escaped(name)}{' …' if arguments else ''}"
            yield escaped(about)
            yield from _options(options, tables.VALUES)
    yield f".SH {escaped(say('man.environment'))}"
    for name in ENVIRONMENT:
        yield from _term(name, say(f"man.variable.{name}"))
    yield f".SH {escaped(say('man.exit'))}"
    for number in EXITS:
        yield from _term(number, say(f"man.exit.{number}"))


def _options(options: Options, values: Values) -> Iterator[str]:
    """Each option with what it does and, where these are few and known, the values it takes with their meaning."""
    for option, (sort, text) in options.items():
        known = () if sort in TOLD else values.get(sort, ())
        said = ", ".join(f"{word} ({other})" if other not in ("", word) else word for word, other in known)
        yield from _term(f"{option} …" if sort else option, f"{text}: {said}" if said else text)


def _part(title: str, text: str) -> tuple[str, str]:
    return f".SH {escaped(title)}", text


def _term(term: str, text: str) -> tuple[str, str, str]:
    return ".TP", f".B {escaped(term)}", escaped(text)


def escaped(text: str) -> str:
    """Text that roff takes for nothing but text."""
    quiet = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in quiet.splitlines())
