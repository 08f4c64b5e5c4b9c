"""A language: the words of its catalogue and its way of writing values, and both read back.

`show` and `read` are inverse: what is shown of a field can be typed for it, in either language, with or
without accents, in any Unicode form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from danvan.errors import Invalid
from danvan.formatting.choosing import near
from danvan.formatting.days import day
from danvan.formatting.numbers import Counted, area, exact_money, number
from danvan.formatting.parsing import parse_area, parse_count, parse_day, parse_money
from danvan.formatting.texts import checked, fold, holding, plain, visible
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Record, described, tag_of

Y = re.compile(r"\b([hklmst])y\b")  # which many write as an i
CAPITALS = re.compile("[A-Z]+")
# A command to be typed, or what danvan does; its example has a register of its own.
ADVISED = re.compile(r"danvan (?!demo)([a-z{][a-z{}-]*+)(?! --help|:)")
PLAIN = re.compile(r"[\w.,/:+-]+")  # what any shell takes as it stands
Kind = type[Record]
Local = Mapping[str, Sequence[str]]
Term = tuple[str, str]  # how a value is called, and its other name, if it has one


class Language:
    """Vietnamese or English, as danvan speaks and reads it.

    Args:
        local: gives the values an office adds to open choices, by "<kind>.<field>"; asked only if it matters.
        registers: the files that the command line names; a command that a text advises is about these as well.
    """

    def __init__(self, code: LanguageCode, local: Callable[[], Local] = dict, registers: Sequence[str] = ()) -> None:
        self.code: LanguageCode = code
        self._local = local
        self._registers = "".join(f" --db {visible(quoted(one))}" for one in registers)

    def say(self, key: str, /, **facts: object) -> str:
        """The text `key` with its placeholders filled; numbers and days are written the language's way."""
        text, said = catalogue(self.code)[key], {name: self.fact(fact) for name, fact in facts.items()}
        if self._registers and "--db" not in text:
            text, said = ADVISED.sub(self._advised, text), {**said, "db": self._registers}
        return text.format_map(said)

    def _advised(self, found: re.Match[str]) -> str:
        is_command = "{" in found[1] or self.knows(f"command.{found[1]}")
        return f"{found[0]}{{db}}" if is_command else found[0]

    def command(self, name: str) -> str:
        """A command as it is typed, about the registers that the command line names."""
        return f"danvan {name}{self._registers}"

    def say_of(self, key: str, kind: str) -> str:
        """The text `key`, or the one that records of a kind have of their own: `<key>.<kind>`."""
        return self.say(own if self.knows(own := f"{key}.{kind}") else key)

    def knows(self, key: str) -> bool:
        """Whether the catalogue has a text of that key."""
        return key in catalogue(self.code)

    def fact(self, value: object) -> str:
        """A fact as it stands in a sentence; text from elsewhere is made harmless."""
        if isinstance(value, Counted):
            return value
        if isinstance(value, int):
            return Counted(number(value, self.code), value)
        if isinstance(value, date):
            return day(value, self.code)
        return visible(str(value))

    def label(self, kind: Kind, name: str) -> str:
        """The name of a field."""
        return word(self.code, f"{tag_of(kind)}.{name}")

    def label_beside(self, kind: Kind, name: str) -> str:
        """The name of a field beside a value that tells its own unit: without that unit in brackets."""
        field, label = described(kind)[name], self.label(kind, name)
        return label.removesuffix(f" ({self.say(f'unit.{field.unit}')})") if field.sort in ("money", "area") else label

    def show(self, kind: Kind, name: str, value: Any) -> str:
        """The value of a field in words; blank if it has none."""
        if value in (None, "", ()):
            return ""
        field = described(kind)[name]
        match field.sort:
            case "choice":
                return self.choice(kind, name, value)
            case "choices":
                return ", ".join(self.choice(kind, name, code) for code in value)
            case "money":
                return exact_money(value, self.code)
            case "area":
                return area(value, self.code)
            case "count":
                return number(value, self.code)
            case "date":
                return day(value, self.code)
            case "text":
                return visible(str(value))

    def choice(self, kind: Kind, name: str, code: str) -> str:
        """The word for one allowed value; a value of the office's own stands for itself."""
        key = f"{tag_of(kind)}.{name}.{code}"
        return word(self.code, key) if self.knows(key) else visible(code)

    def read(self, kind: Kind, name: str, text: str, today: date) -> Any:
        """The value of a field from what a person typed.

        Raises:
            Invalid: the text cannot be understood, or can be understood in two ways.
        """
        field = described(kind)[name]
        match field.sort:
            case "choice":
                return self.read_choice(kind, name, text)
            case "choices":
                return (self.read_choice(kind, name, text),)
            case "money":
                return parse_money(text)
            case "area":
                return parse_area(text)
            case "count":
                return parse_count(text, counted(kind, name))
            case "date":
                return parse_day(text, today)
            case "text":
                return holding(checked(text), field.holds)

    def read_choice(self, kind: Kind, name: str, text: str) -> str:
        """The code of an allowed value from its code or its label in either language.

        A value of the office's own is its own code, spelled as the office settled it.
        """
        code = self.known_choice(kind, name, text)
        if code is None:
            accepted = {**spellings(kind, name), **{fold(value): value for value in self.local(kind, name)}}
            likely = (self.choice(kind, name, code) for code in near(text, accepted))
            nearest = self._parted(kind, name, text) or f" {self.say('nearest_or')} ".join(likely)
            facts: dict[str, object] = {"choices": self.choices(kind, name), "nearest": nearest}
            if described(kind)[name].open:  # the setting that has the office's own values, and these
                facts["own"] = (f"{tag_of(kind)}.{name}", *self.local(kind, name))
            raise Invalid("choice", value=text, **facts)
        return code

    def known_choice(self, kind: Kind, name: str, text: str) -> str | None:
        """The code of an allowed value as of `read_choice`; None if there is none."""
        known, said = spellings(kind, name), fold(text)
        own = (value for value in self.local(kind, name) if fold(value) == said)
        return known.get(said) or next(own, None) or _with_i(kind, name).get(Y.sub(r"\1i", said))

    def _parted(self, kind: Kind, name: str, text: str) -> str:
        """The values of several fields that a text says together, those of other fields behind their names."""
        said = said_together(kind, name).get(fold(text), {})
        labels = {one: "" if one == name else f"{self.label_beside(kind, one)}: " for one in said}
        return "; ".join(f"{labels[one]}{self.choice(kind, one, code)}" for one, code in said.items())

    def placeholder(self, text: str) -> str:
        """A name that stands for a value in a usage line ("DAY..DAY"), its words in capitals being translated."""
        return CAPITALS.sub(lambda found: catalogue(self.code).get(f"placeholder.{found[0]}", found[0]), text)

    def in_words(self, kind: Kind, name: str) -> str:
        """Every allowed value of a field in words, as one phrase."""
        codes = described(kind)[name].choices
        return _listed([*(self.choice(kind, name, code) for code in codes), *map(visible, self.local(kind, name))])

    def choices(self, kind: Kind, name: str) -> str:
        """Every allowed value of a field with its meaning, as one phrase."""
        return _listed([*map(_beside, self.values(kind, name)), *map(visible, self.local(kind, name))])

    def values(self, kind: Kind, name: str) -> Iterator[Term]:
        """Every allowed value of a field as it is shown, and its other name; in Vietnamese the word comes first."""
        return self.terms(described(kind)[name].choices, f"{tag_of(kind)}.{name}")

    def meanings(self, codes: Iterable[str], family: str) -> str:
        """Codes with their meanings, `<family>.<code>` in the catalogue, as one phrase; a clear code tells its own.

        In Vietnamese the words come first.
        """
        return _listed([*map(_beside, self.terms(codes, family))])

    def terms(self, codes: Iterable[str], family: str) -> Iterator[Term]:
        """Codes as they are shown, each with its other name; in Vietnamese the word comes first."""
        terms = self._terms(codes, family)
        return ((other or shown, shown if other else "") for shown, other in terms) if self.code == "vi" else terms

    def _terms(self, codes: Iterable[str], family: str) -> Iterator[Term]:
        """Codes, each with the word for it, blank where it tells no more."""
        for code in codes:
            key = next(filter(self.knows, (f"{family}.{code}", f"record.{code}")), "")
            if key:
                meaning = word(self.code, key).strip()
                yield code, "" if fold(meaning) == fold(code) else meaning
            else:  # a name of the office's own; its comma divides no list
                yield f"“{code}”" if "," in code else code, ""

    def local(self, kind: Kind, name: str) -> Sequence[str]:
        """The values that the office added to an open choice."""
        return self._local().get(f"{tag_of(kind)}.{name}", ()) if described(kind)[name].open else ()


@cache
def spellings(kind: Kind, name: str) -> Mapping[str, str]:
    """Every accepted spelling of a field's values, folded, with the code it stands for."""
    found: dict[str, str] = {}
    for code in described(kind)[name].choices:
        found[fold(code)] = code
        for language in LANGUAGES:
            for spelling in catalogue(language)[f"{tag_of(kind)}.{name}.{code}"].split("|"):
                found[fold(spelling)] = code
    return found


@cache
def _with_i(kind: Kind, name: str) -> Mapping[str, str]:
    """The same as those write them who end no syllable in a y: "định kì", "lí do"."""
    return {Y.sub(r"\1i", text): code for text, code in spellings(kind, name).items()}


@cache
def said_together(kind: Kind, name: str) -> Mapping[str, Mapping[str, str]]:
    """What says a value of a field and of others as well, folded, with all of these: "thanh tra hành chính"."""
    others = kind.SAID_WITH.get(name, ())
    parts = [[("", ""), *spellings(kind, one).items()] for one in others]
    found: dict[str, Mapping[str, str]] = {}
    for (own, code), *rest in product(spellings(kind, name).items(), *parts) if others else ():
        told = {one: value for one, (_, value) in zip(others, rest, strict=True) if value}
        words = [own, *(word for word, _ in rest if word)]
        for text in (" ".join(words), " ".join(reversed(words))) if told else ():
            found.setdefault(text, {name: code, **told})
    return found


@cache
def counted(kind: Kind, name: str) -> Collection[str]:
    """The words for what a number of a field counts, in both languages and plain, which may stand behind it."""
    unit = described(kind)[name].unit
    words = (catalogue(code)[f"unit.{unit}"] for code in LANGUAGES if unit)
    return frozenset(plain(word) for listed in words for word in listed.split("|"))


def _beside(term: Term) -> str:
    """A value with its other name."""
    shown, other = term
    return f"{shown} ({other})" if other else shown


def _listed(said: Sequence[str]) -> str:
    return ("; " if any(", " in one for one in said) else ", ").join(said)


def word(code: LanguageCode, key: str) -> str:
    """The shown form of a catalogue entry that may list other spellings."""
    return catalogue(code)[key].partition("|")[0]


def reading(languages: Sequence[str]) -> LanguageCode:
    """The first of some wishes that names a language; English where none does.

    Raises:
        Invalid: a wish names no language that danvan speaks.
    """
    for wish in languages:
        if wish:
            code = wish.casefold()
            for known in LANGUAGES:
                if code == known:
                    return known
            raise Invalid("usage.language", value=wish)
    return "en"


def quoted(word: str) -> str:
    """A word as it is typed on a command line."""
    return word if PLAIN.fullmatch(word) else f'"{word}"'
