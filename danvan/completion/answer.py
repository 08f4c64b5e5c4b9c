"""From the words typed so far to what may come next."""

from __future__ import annotations

import sys
from importlib import import_module

from danvan import settings
from danvan.completion import recent

FILES = ":files"  # an answer that leaves it to the shell to complete the names of files
SHELLS = ("bash", "zsh", "fish", "powershell")
SHARED = ("--db", "--lang", "--today", "--no-color", "--json")
VALUED = ("--db", "--lang", "--today")
Offer = tuple[str, str]  # a word, and what it is


def run(arguments: list[str]) -> None:
    """Answer `--complete SHELL WORD…`, the last word being the one to complete."""
    shell, *words = arguments or ["bash"]
    if shell == "powershell" and words:
        words[-1] = words[-1].removeprefix(".")
    try:
        lines = [_line(offer, shell) for offer in offers(words or [""], shell)]
    except Exception:  # a key press may go without an answer, but never end in a page of errors
        lines = []
    sys.stdout.buffer.write("\n".join(lines).encode())


def offers(words: list[str], shell: str) -> list[Offer]:
    """What may stand in the place of the last word."""
    typed = words[-1]
    words = [unquoted(word) for word in words] if shell != "powershell" else list(words)
    line = _Line(words, shell)
    found = line.offers()
    quote = typed[:1] if typed[:1] in ("'", '"') else ""
    matching = [offer for offer in found if offer[0].startswith(line.current)] or _alike(found, line.current)
    if found == [(FILES, "")]:
        matching = found
    if shell.startswith("bash"):
        several = len(matching) > 1 and shell == "bash"
        return [(_for_bash(word, about if several else "", quote), about) for word, about in matching]
    return matching


def unquoted(word: str) -> str:
    """A word as the shell will hand it on, also while its quotation is still open."""
    if word[:1] in ("'", '"'):
        return word[1:].removesuffix(word[0])
    return word.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")


def _for_bash(word: str, about: str, quote: str) -> str:
    """A word as bash puts it on the command line; records are listed with their names, from several at least."""
    if word.isdigit() and about:
        return f"{word}  ({about})"
    if quote or word == FILES:
        return word
    return "".join(f"\\{c}" if c in " \t'\"\\$`&|;<>()*?[]{}!#~" else c for c in word)


def _alike(found: list[Offer], typed: str) -> list[Offer]:
    """What begins like the word if accents and case do not count."""
    wanted = plain(typed)
    return [offer for offer in found if plain(offer[0]).startswith(wanted)]


def plain(text: str) -> str:
    """The text in small letters without accents."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize

    letters = normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(c for c in letters if not combining(c))


def _line(offer: Offer, shell: str) -> str:
    return offer[0] if shell.startswith("bash") else "\t".join(filter(None, offer))


class _Line:
    """A command line in the making."""

    def __init__(self, words: list[str], shell: str) -> None:
        *self.before, self.current = words
        self.shell = shell
        table = import_module(f"danvan.completion.{self.language()}")
        self.commands, self.values = table.COMMANDS, table.VALUES

    def offers(self) -> list[Offer]:
        """Everything that fits, whatever was typed of it."""
        at = self._command_at()
        before = self._before_equals()
        if before:
            return self._values_of(before, at)
        option, equals, value = self.current.partition("=")
        if equals and option.startswith("--"):
            found = self._values_of(option, at, value)
            return [(f"{option}={word}", about) for word, about in found if word != FILES]
        if at is None:
            if self.before and self.before[-1] in VALUED:
                return self._shared_values(self.before[-1])
            return self._first_words()
        options, arguments = self._described(at)
        previous = self.before[-1]
        if len(self.before) - 1 > at and options.get(previous, ("", ""))[0]:
            return self._worded(options[previous][0], self.current)
        if self.current.startswith("-"):
            return [(name, about) for name, (_, about) in options.items()]
        return self._worded(_nth(arguments, self._count_arguments(at, options)))

    def language(self) -> str:
        """The language of the line, as a run would find it."""
        import os

        asked = self._value("--lang") or os.environ.get("DANVAN_LANG", "") or _person("language")
        return "vi" if (asked or settings.system_language()).casefold() == "vi" else "en"

    def register(self) -> str:
        """The register of the line, as a run would find it."""
        import os

        path = self._value("--db") or os.environ.get("DANVAN_DB", "") or _person("db")
        return os.path.expanduser(path or settings.default_register())  # noqa: PTH111 -- pathlib costs start-up

    def _value(self, option: str) -> str:
        for at, word in enumerate(self.before):
            if word.startswith(f"{option}="):
                return word.partition("=")[2]
            if word == option and at + 1 < len(self.before):
                return self.before[at + 1]
        return ""

    def _command_at(self) -> int | None:
        at = 0
        while at < len(self.before):
            if not self.before[at].startswith("-"):
                return at if self.before[at] in self.commands else None
            at += 2 if self.before[at] in VALUED else 1
        return None

    def _before_equals(self) -> str:
        """The option of which the value is typed behind "="; bash makes words of their own of all three."""
        if self.shell.startswith("bash"):
            if self.current == "=" and self.before:
                self.current = ""
                return self.before.pop()
            if len(self.before) > 1 and self.before[-1] == "=":
                del self.before[-1]
                return self.before.pop()
        return ""

    def _values_of(self, option: str, at: int | None, typed: str = "") -> list[Offer]:
        if at is None:
            return self._shared_values(option)
        options, _ = self._described(at)
        if not option.startswith("-"):  # what bash takes apart: --only, unit, =, and the beginning of a unit
            named = self.before[:-1] if self.before[-1] == "=" else self.before
            if options.get(named[-1], ("", ""))[0] == "cell":
                return [(word.partition("=")[2], about) for word, about in self._worded("cell", f"{option}=")]
            return []
        return self._worded(options.get(option, ("", ""))[0], typed)

    def _first_words(self) -> list[Offer]:
        if self.current.startswith("-"):
            return [(name, "") for name in ("--help", "--version", *SHARED)]
        return [(name, entry[0]) for name, entry in self.commands.items() if ":" not in name]

    def _shared_values(self, option: str) -> list[Offer]:
        return self._worded({"--db": "file", "--lang": "language", "--today": "day"}.get(option, ""))

    def _described(self, at: int) -> tuple[dict[str, Offer], tuple[str, ...]]:
        """The options and arguments of the command, and of one about a record or a kind, those that go with it."""
        name = self.before[at]
        for word in self.before[at + 1 :]:
            if f"{name}:{word}" in self.commands:
                name = f"{name}:{word}"
            elif word.isdigit() and f"{name}:model" in self.commands:
                kind = recent.kind_of(self.register(), word)
                name = f"{name}:{kind}" if kind else name
            else:
                continue
            break
        return self.commands[name][1:]  # type: ignore[no-any-return]

    def _count_arguments(self, at: int, options: dict[str, Offer]) -> int:
        count, is_value = 0, False
        for word in self.before[at + 1 :]:
            if not is_value and not word.startswith("-"):
                count += 1
            is_value = not is_value and bool(options.get(word, ("", ""))[0])
        return count

    def _cells(self, typed: str) -> list[Offer]:
        """Dimensions of the measure that was named and, behind "=", the values of one."""
        starts = (word.partition(end)[0] for word in self.before for end in ".:")
        kinds = dict(self.values["kinds"])
        of_kind = next((f" {kinds[start]}" for start in starts if start in kinds), "")
        dimension, equals, _ = typed.partition("=")
        if not equals:
            return list(self.values[f"cell{of_kind}"])
        sort = dict(self.values[f"sorts{of_kind}"]).get(dimension, "")
        return [(f"{dimension}={word}", about) for word, about in self._worded(sort)]

    def _worded(self, sort: str, typed: str = "") -> list[Offer]:
        """The values of a sort: written down, in the register, or the shell's business."""
        if sort == "cell":
            return self._cells(typed)
        if sort == "file":
            return [(FILES, "")]
        if sort == "unit":
            return [(unit, "") for unit in recent.units(self.register())]
        if sort.startswith("id"):
            return recent.names(self.register())
        found = list(self.values.get(sort, ()))
        if sort.startswith("open "):
            found += [(own, "") for own in recent.own_values(self.register(), sort.removeprefix("open "))]
        return found


def _nth(arguments: tuple[str, ...], count: int) -> str:
    """The sort of the next argument; the last one of some is repeated."""
    if count < len(arguments):
        return arguments[count].removesuffix("…")
    return arguments[-1].removesuffix("…") if arguments and arguments[-1].endswith("…") else ""


def _person(key: str) -> str:
    try:
        return settings.read().get(key, "")
    except (OSError, ValueError):
        return ""
