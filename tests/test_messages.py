"""The catalogues say the same things, all of them are said somewhere, and nothing is said that they lack."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import danvan
from danvan.cli.commands import COMMANDS
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.periods import PARTS
from danvan.records import KINDS, fields

CODE = sorted(path for path in Path(danvan.__file__).parent.rglob("*.py") if "messages" not in path.parts)
VI, EN = (catalogue(code) for code in LANGUAGES)
# Exceptions and problems name their entry without its prefix.
FAMILIES = ("error", "problem", "notice")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@cache
def trees() -> list[ast.Module]:
    return [ast.parse(path.read_text("utf-8")) for path in CODE]


def strings() -> Iterator[tuple[str, bool]]:
    """Every string in the code: itself, or as a pattern where parts of it are computed."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value.partition("|")[0]), False
            elif isinstance(node, ast.JoinedStr):
                parts = (
                    re.escape(part.value) if isinstance(part, ast.Constant) else r"([\w.-]+)" for part in node.values
                )
                yield "".join(parts), True


def calls(names: set[str]) -> Iterator[tuple[str, str]]:
    """The first argument of every call of one of these names, where it is written out."""
    for tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            position = 1 if name == "Problem" else 0
            if name in names and len(node.args) > position:
                argument = node.args[position]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield name, argument.value


def test_both_catalogues_have_the_same_keys() -> None:
    assert set(VI) == set(EN)


def test_both_texts_take_the_same_facts() -> None:
    assert [key for key in EN if placeholders(VI[key]) != placeholders(EN[key])] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_stands_in_another_unicode_form(lang: str) -> None:
    from unicodedata import normalize

    for key, text in catalogue(lang).items():  # type: ignore[arg-type]
        assert text.strip(), key
        assert text == normalize("NFC", text), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_is_written_twice(lang: str) -> None:
    seen: dict[str, Path] = {}
    for path in (Path(danvan.__file__).parent / "messages" / lang).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                for key in node.keys:
                    assert isinstance(key, ast.Constant)
                    assert key.value not in seen, (key.value, path, seen.get(str(key.value)))
                    seen[str(key.value)] = path


def test_every_text_is_said_somewhere() -> None:
    literal = {re.sub(r"\\(.)", r"\1", text) for text, computed in strings() if not computed}
    patterns = {re.compile(text) for text, computed in strings() if computed}

    def is_said(key: str) -> bool:
        """Whether the key stands in the code, or is put together from a pattern and words that stand there."""
        if key in literal:
            return True
        found = ((pattern.pattern, pattern.fullmatch(key)) for pattern in patterns)
        return any(
            match and (re.match(r"[\w\\-]{3}", pattern) or literal.issuperset(match.groups()))
            for pattern, match in found
        )

    described = {f"{kind}.{name}" for kind, record in KINDS.items() for name in fields(record)} | {
        f"{kind}.{name}.{code}"
        for kind, record in KINDS.items()
        for name, field in fields(record).items()
        for code in field.choices
    }
    described |= {f"part-name.{part}" for part in PARTS}
    unused = []
    for key in set(EN) - described:
        family, _, rest = key.partition(".")
        if not is_said(rest if family in FAMILIES and key not in literal else key):
            unused.append(key)
    assert not unused, "\n".join(sorted(unused))


def test_nothing_is_said_that_the_catalogues_lack() -> None:
    wanted = {key for _, key in calls({"say"}) if "." in key}
    wanted |= {f"error.{key}" for _, key in calls({"Refused", "Invalid", "Busy", "Damaged", "FileFault"})}
    wanted |= {f"problem.{key}" for _, key in calls({"Problem"})}
    wanted |= {f"notice.{key}" for _, key in calls({"notice", "_notice"})}
    wanted |= {text.replace("\\", "") for text, computed in strings() if not computed and text.startswith("option\\.")}
    for name, command in COMMANDS.items():
        wanted |= {f"command.{name}", f"example.{name}", f"panel.{command.panel}"}
    # A room may say its own texts without their prefix.
    tails = {key.partition(".")[2] for key in EN}
    missing = sorted(wanted - set(EN) - tails)
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_of_help_name_their_command(lang: str) -> None:
    for name in COMMANDS:
        assert f"danvan {name}" in catalogue(lang)[f"example.{name}"].splitlines()[0]  # type: ignore[arg-type]


def test_nothing_ever_offers_the_ambiguous_abbreviation() -> None:
    for text in (*VI.values(), *EN.values()):
        assert not re.search(r"\bKN\b", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_that_advises_a_command_about_a_register_asks_for_nothing_else(lang: LanguageCode) -> None:
    said = Language(lang, registers=["so {phu}.json"])
    for key, text in catalogue(lang).items():
        facts = {name: 1 if many else "x" for _, name, many, _ in Formatter().parse(text) if name}
        assert said.say(key, **facts).count(" --db ") <= text.count("danvan ") + text.count("--db")
