"""Faults of files in words: a line for each, or one for many rows that have the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from danvan.cli.failures import AMOUNTS, near_file, reasoned
from danvan.exchange.incoming.findings import Finding, listed
from danvan.formatting.language import Language
from danvan.privacy import MASK

CHOICE, CHOICE_AGAIN = "error.choice", "error.choice_again"
SUGGESTING = (CHOICE, CHOICE_AGAIN, "error.heading.target")  # what is nearest stands behind the message
COMPARED = 10_000  # findings that are looked through for alike ones


def place(one: Finding) -> list[str]:
    """Where a finding is, as the cells of a row."""
    return [one.file, one.sheet, str(one.row or ""), one.column, one.value]


def gathered(findings: Sequence[Finding]) -> list[tuple[Finding, list[int]]]:
    """Findings, of those that say the same of several rows the first, each with its rows."""
    found: dict[tuple[object, ...], tuple[Finding, list[int]]] = {}
    for one in findings[:COMPARED]:
        content = one.file, one.sheet, one.column, one.value, one.says, repr(one.facts)
        found.setdefault(content, (one, []))[1].append(one.row)
    return list(found.values())


def explained(findings: Iterable[Finding], language: Language) -> Iterator[tuple[Finding, str]]:
    """Findings with what is wrong; what may be chosen is told once for each column of a file."""
    told = set()
    for one in findings:
        listed = one.file, one.sheet, one.column, one.facts.get("choices")
        is_again = one.says == CHOICE and listed in told
        told.add(listed)
        yield one, expected(one._replace(says=CHOICE_AGAIN) if is_again else one, language)


def expected(one: Finding, language: Language) -> str:
    """What is wrong and what was expected."""
    facts = _mapped(one, language) | reasoned(one.facts, language)
    family, _, key = one.says.partition(".")
    amount = AMOUNTS.get(key) if family == "error" else None
    if amount:
        facts |= {name: amount(facts[name], language.code) for name in ("first", "second")}
    near = facts["nearest"] if one.says in SUGGESTING else near_file(facts)
    said = f"import.{one.says}"  # what is advised of options, said of columns
    message = language.say(said if language.knows(said) else one.says, **facts)
    own, is_said = facts.get("own"), facts.get("value") not in (MASK, language.say("import.no_tick"))
    if one.says == CHOICE and not near and isinstance(own, tuple) and is_said:
        setting, *values = own
        quoted = " ".join(f'"{value}"' for value in (*values, facts["value"]))
        message += language.say("import.own_value", setting=setting, values=quoted)
    if measure := facts.get("measure"):
        message += language.say("import.in_unit", unit=measure)
    if not near:
        return message
    return f"{message}{'' if message.endswith('.') else '.'} {language.say('error.nearest', nearest=near)}"


def _mapped(one: Finding, language: Language) -> dict[str, object]:
    """What stands on both sides of a `--map` that can be pasted; names of placeholders where one cannot tell."""
    column, field = " ".join(one.column.split()), str(one.facts.get("label") or one.facts.get("nearest") or "")
    return {
        "column": language.placeholder("COLUMN") if not column or '"' in column else column,
        "field": language.placeholder("FIELD") if not field or ", " in field else field,
    }


def line(one: Finding, rows: Sequence[int], text: str, language: Language) -> str:
    """A finding of some rows as a line: file, sheet, rows, column, what is wrong."""
    row = language.say("import.rows" if len(rows) > 1 else "import.row", row=listed(rows)) if one.row else ""
    where = " · ".join(filter(None, (one.file, one.sheet, row, one.column)))
    return language.say("error.where", where=where, message=text)
