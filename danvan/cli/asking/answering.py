"""Answers of commands that change a record: which one it is, and what of it changed, each on one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from danvan.errors import Invalid, Refused
from danvan.formatting.language import Language
from danvan.formatting.texts import visible
from danvan.queries.versions import changes_said, versions
from danvan.records import COUNTED, Record, fields, tag_of

if TYPE_CHECKING:
    from danvan.store import Register

LONGEST = 10_000  # records in one range of numbers


def read_id(text: str) -> int:
    """The number of a record.

    Raises:
        Invalid: `text` is none.
    """
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10**15):
        raise Invalid("id", value=text)
    return int(text)


def read_ids(texts: Iterable[str]) -> dict[int, bool]:
    """The numbers of records, each with whether it is named by itself; "3-12" stands for all from 3 to 12.

    Raises:
        Invalid: a text is neither a number nor such a range, or the range is a long one.
    """
    found: dict[int, bool] = {}
    for text in texts:
        first, sign, last = text.replace("–", "-").replace("..", "-").partition("-")
        if not sign or not first:
            found[read_id(text)] = True
            continue
        numbers = range(read_id(first), read_id(last) + 1)
        if not 0 < len(numbers) <= LONGEST:
            raise Invalid("id_range", value=text, limit=LONGEST)
        found |= {number: False for number in numbers if number not in found}
    return found


def asked_for(register: Register, texts: Iterable[str]) -> dict[int, list[Record]]:
    """The versions of the records that a command line names; in a range, what the office settled took numbers as well.

    Raises:
        Invalid: see `read_ids`.
        Refused: there is no such record.
    """
    numbers = read_ids(texts)
    histories = register.histories(numbers)
    is_record = {number: type(history[-1]) in COUNTED for number, history in histories.items()}
    wrong = [number for number, is_named in numbers.items() if is_named and not is_record[number]]
    if wrong or not any(is_record.values()):
        raise Refused("no_record", id=str([*wrong, *numbers][0]))
    return {number: history for number, history in histories.items() if is_record[number]}


def kind_word(record: Record, language: Language) -> str:
    """What a record is, in a word or two."""
    return language.say(f"kind.{tag_of(type(record))}")


def headline(record: Record, language: Language) -> str:
    """What tells a record from others: its name, its unit, its days."""
    kind = type(record)
    named = [name for name, field in fields(kind).items() if field.argument]
    told = [visible(str(getattr(record, name))) for name in (*named, "unit") if getattr(record, name)]
    days = language.fact(record.date) + (f" – {language.fact(record.to)}" if record.to else "")
    return f"{', '.join(told)} ({days})" if told else f"({days})"


def added_said(counts: Mapping[str, int], ids: Sequence[int], language: Language) -> str:
    """How many records of which kinds were added, under which numbers; without numbers, what would be added."""
    what = ", ".join(language.say(f"import.count.{tag}", count=count) for tag, count in counts.items())
    if not ids:
        return language.say("import.would", what=what)
    first, last = str(ids[0]), str(ids[-1])
    return language.say("import.id" if first == last else "import.ids", what=what, first=first, last=last)


def what_changed(old: Record, new: Record, language: Language) -> str:
    """Every difference between two versions; who came is not told."""
    return "; ".join(changes_said(new, versions([old, new])[-1].changes, language))
