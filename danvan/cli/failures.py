"""Failures in words: every exception of danvan becomes one calm message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from danvan.errors import DanvanError, InvalidRecord, Problem
from danvan.formatting.choosing import nearest
from danvan.formatting.days import moment
from danvan.formatting.language import Language
from danvan.formatting.numbers import area, exact_money
from danvan.formatting.texts import fold
from danvan.records import KINDS, Field, Record, fields, option_name

USAGE = 2
LIST = "list_of_records"
LISTS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")  # tables, by the endings of their files
MOST_CHOICES = 40  # so many values are listed; an office may have units by the hundred
# Attributes of records besides their fields that are no options of their own.
HELD = ("steps", "movements", "pauses", "extensions", "closing")
UNANSWERED = "unanswered"  # what was to be done is done, and only the answer is lost
# Facts of parsers that are amounts, not counts, by the key of the error.
AMOUNTS: dict[str, Callable[..., str]] = {"ambiguous_money": exact_money, "ambiguous_area": area}


class Failure(NamedTuple):
    """What went wrong, as it is told."""

    exit_code: int
    key: str
    lines: tuple[str, ...]
    unchanged: str
    hint: str
    language: Language

    def text(self) -> str:
        """For people, on stderr."""
        head = self.language.say("error.prefix", message=self.lines[0])
        return "\n".join(filter(None, (head, *self.lines[1:], self.unchanged, self.hint)))

    def json(self) -> str:
        """For programs, on stderr."""
        from msgspec.json import encode

        error = {"code": self.exit_code, "key": self.key, "messages": self.lines}
        return encode({"version": 1, "error": error}).decode()


def explain(fault: DanvanError, language: Language, command: str) -> Failure:
    """The failure in a language; `command` is the one that was asked for, if it is known."""
    if isinstance(fault, InvalidRecord):
        key, lines = fault.key, tuple(_record_lines(fault, language))
    else:
        key, lines = fault.key, tuple(_lines(fault, language))
    hint = language.say("error.hint", command=f"danvan {command}".strip()) if fault.exit_code == USAGE else ""
    unchanged = "" if key == UNANSWERED else language.say("error.unchanged")
    return Failure(fault.exit_code, key, lines, unchanged, hint, language)


def reasoned(facts: Mapping[str, object], language: Language) -> dict[str, object]:
    """Facts with the system's reason, the name of which is `cause`, in the language where it has words for it."""
    cause = f"reason.{facts.get('cause')}"
    return {**facts, "reason": language.say(cause)} if language.knows(cause) else dict(facts)


def near_file(facts: Mapping[str, object]) -> str:
    """The file of nearly that name, if there is none of that; the fact `but` is a file that cannot be meant."""
    if facts.get("cause") != "ENOENT":
        return ""
    path, but = Path(str(facts["path"])), facts.get("but")
    try:
        beside = {fold(one.name): str(one) for one in path.parent.iterdir() if one.resolve() != but}
    except OSError:
        return ""
    return nearest(path.name, beside, cutoff=0.75)


def where(name: str, field: Field) -> str:
    """How a field is called on the command line; an option that may be repeated is named for one value."""
    if field.argument:
        return name.upper()
    return f"--{option_name(name, field)}"


def _lines(fault: DanvanError, language: Language) -> list[str]:
    facts = reasoned(fault.facts, language)
    near, where, hint = facts.pop("nearest", ""), str(facts.pop("where", "")), facts.pop("hint", "")
    choices, family = facts.get("choices"), str(facts.pop("family", ""))
    if isinstance(choices, tuple):
        facts["choices"] = language.meanings(choices[:MOST_CHOICES], family)
        if choices[MOST_CHOICES:]:
            facts["choices"] = language.say("note.more", ids=facts["choices"], count=len(choices) - MOST_CHOICES)
    if isinstance(near, tuple):
        near = language.meanings(near, family)
    if "at" in facts:
        facts["at"] = moment(str(facts["at"]), language.code)
    near = near or near_file(facts)
    hint = hint or _hint_of(fault)
    amount = AMOUNTS.get(fault.key)
    if amount:
        facts |= {name: amount(facts[name], language.code) for name in ("first", "second")}
    message = language.say(f"error.{fault.key}", **facts)
    if where:
        named = language.placeholder(where) if where.isalpha() else where  # an argument, not a place in a file
        message = language.say("error.where", where=named, message=message)
    more = [language.say("error.nearest", nearest=near)] if near else []
    adviser = Language(language.code) if hint == LIST else language  # the file that was named is no register
    return [message, *more, *([adviser.say(f"error.{hint}")] if hint else [])]


def _hint_of(fault: DanvanError) -> str:
    """What to do with a file of records that was given for a register."""
    is_none = fault.key in ("not_json", "not_register")
    is_list = fault.key == "not_register" or Path(str(fault.facts.get("path"))).suffix.casefold() in LISTS
    return LIST if is_none and is_list else ""


def problem_lines(kind: str, problems: Sequence[Problem], language: Language) -> list[str]:
    """Faults or cautions of a record in words, each with its field."""
    return [field_line(kind, one.field, _problem_said(KINDS[kind], one, language), language) for one in problems]


def _problem_said(kind: type[Record], problem: Problem, language: Language) -> str:
    """What is wrong; of a value that is missing, which there are."""
    field = fields(kind).get(problem.field)
    if problem.key == "missing" and field and field.choices:
        return language.say("problem.missing_choice", choices=language.choices(kind, problem.field))
    return language.say(f"problem.{problem.key}", **problem.facts)


def field_line(kind: str, name: str, message: str, language: Language) -> str:
    """What is to be said of a field of a kind, behind the field."""
    return language.say("error.where", where=_where(kind, name, language), message=message)


def _record_lines(fault: InvalidRecord, language: Language) -> list[str]:
    own = fields(KINDS[fault.kind])
    who = [one for one in fault.problems if (field := own.get(one.field)) and field.personal]
    lines = problem_lines(fault.kind, [one for one in fault.problems if one not in who], language)
    for key in dict.fromkeys(one.key for one in who):  # what may not be kept of who came is said once
        same = [one for one in who if one.key == key]
        message = language.say(f"problem.{key}", **same[0].facts)
        where = ", ".join(_where(fault.kind, one.field, language) for one in same)
        lines.append(language.say("error.where", where=where, message=message))
    return [language.say(f"error.{fault.key}"), *(f"  {line}" for line in lines)]


def _where(kind: str, name: str, language: Language) -> str:
    """A field by its name and, where it has one, its option; what is an argument needs no more than its name."""
    field = fields(KINDS[kind]).get(name)
    if field is None:
        label = language.say(f"record.{name}")
        return label if name in HELD else f"{label} (--{name})"
    label = language.label(KINDS[kind], name)
    return label if field.personal or field.argument else f"{label} ({where(name, field)})"
