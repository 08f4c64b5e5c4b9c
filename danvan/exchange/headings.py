"""Which column of a file means which field: names and labels in either language, however they are written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from danvan.errors import Invalid
from danvan.exchange import measures
from danvan.exchange.spreadsheets import fitting_name
from danvan.formatting import choosing
from danvan.formatting.language import Language
from danvan.formatting.texts import fold
from danvan.messages import LANGUAGES, catalogue
from danvan.periods import PARTS
from danvan.records import KINDS, TRAILS, Record, fields, tag_of

Kind = type[Record]
IGNORED = ""
# What the register keeps itself, and a name for what is recognised and not read.
KEPT = ("id", "rev", "at", "by", "batch", "undoes", "undone", "merged", "void", "register", "erased")
DAYS = ("date", "to")
YEAR = re.compile(r"(?: nam)? (?:19|20)\d\d")  # behind a part of it


def key_of(heading: str) -> str:
    """What two spellings of a heading share; signs alone ("#", "%") are no spelling of each other, or of nothing."""
    return fold(heading) or heading.strip()


@cache
def spellings(kind: Kind) -> Mapping[str, str]:
    """Every heading that is understood, as its `key_of`, with the name of the field it means; `IGNORED` if not read."""
    found = {key_of(word): IGNORED for word in (*KEPT, *_words("ignored"), *_words("register"))}
    found |= {fold(name): IGNORED for name in kind.COMPUTED}
    found |= {fold(Language(code).label(kind, name)): IGNORED for code in LANGUAGES for name in kind.COMPUTED}
    for name in (*DAYS, "uid", "kind", *TRAILS):
        if name not in TRAILS or name in kind.__struct_fields__:
            found |= {fold(word): name for word in (name, *_words(name))}
    labelled = list(_labels(kind))
    short = [fold(measures.BRACKETS.sub("", label)) for label, _ in labelled]
    found |= {one: name for one, (_, name) in zip(short, labelled, strict=True) if _is_single(one, short, labelled)}
    found |= {fold(label): name for label, name in labelled}
    return found | {fold(name): name for name in fields(kind)}


def _is_single(one: str, short: Sequence[str], labelled: Sequence[tuple[str, str]]) -> bool:
    return len({name for other, (_, name) in zip(short, labelled, strict=True) if other == one}) == 1


def _labels(kind: Kind) -> Iterator[tuple[str, str]]:
    for code in LANGUAGES:
        for name in fields(kind):
            yield from ((label, name) for label in catalogue(code)[f"{tag_of(kind)}.{name}"].split("|"))


def _words(name: str) -> Iterator[str]:
    for code in LANGUAGES:
        yield from catalogue(code)[f"heading.{name}"].split("|")


def label(language: Language, kind: Kind, name: str) -> str:
    """The heading under which danvan writes a field."""
    if name in fields(kind):
        return language.label(kind, name)
    return language.say("record.id" if name == "id" else f"heading.{name}").partition("|")[0]


def meaning(kind: Kind, heading: object, renamed: Mapping[str, str]) -> str | None:
    """The field that a heading means, `IGNORED` if it is not read, None if it is not known."""
    said = key_of(str(heading))
    name = renamed.get(said)
    if name is None:
        return spellings(kind).get(said) or _measured(kind, str(heading), spellings(kind).get(said))
    return spellings(kind).get(fold(name)) if name else IGNORED


def _measured(kind: Kind, heading: str, known: str | None) -> str | None:
    """The field of amounts that a heading means which says another unit than danvan's own: "Vi phạm (triệu đồng)"."""
    if known is not None or not (rest := measures.bare(heading)):
        return known
    name = spellings(kind).get(fold(rest), IGNORED)
    sort = fields(kind)[name].sort if name in fields(kind) else ""
    try:
        return name if sort in measures.PARSERS and measures.own(sort, heading) else None
    except Invalid:
        return None


def kind_of(text: str) -> Kind | None:
    """The kind that a word means: its name or its label in either language, for one or for many."""
    return _kind_words().get(fold(text))


@cache
def _kind_words() -> Mapping[str, Kind]:
    found = {fold(form): kind for tag, kind in KINDS.items() for form in (tag, f"{tag}s")}
    for code in LANGUAGES:
        for tag, kind in KINDS.items():
            labels = [catalogue(code)[f"{family}.{tag}"] for family in ("kind", "kinds")]
            found |= {fold(form): kind for label in labels for form in (label, fitting_name(label))}
    return found


def likely(headings: Iterable[object], renamed: Mapping[str, str], sheet: str = "") -> Kind | None:
    """The kind that a line of headings is about; None if two will do as well."""
    words = [heading for heading in headings if heading not in (None, "")]
    known = {kind: sum(meaning(kind, word, renamed) is not None for word in words) for kind in KINDS.values()}
    most = max(known.values())
    best = [kind for kind, count in known.items() if count == most]
    if len(best) > 1 and kind_of(sheet) in best:
        return kind_of(sheet)
    return best[0] if len(best) == 1 else None


def matches(cells: Iterable[object], renamed: Mapping[str, str]) -> int:
    """How many cells of a row are headings, of the kind they suit best."""
    words = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    return max(sum(meaning(kind, word, renamed) is not None for word in words) for kind in KINDS.values())


def are_headings(cells: Iterable[object], renamed: Mapping[str, str]) -> bool:
    """Whether the cells of a row are headings, several of them and most."""
    said = [cell for cell in cells if cell not in (None, "")]
    known = matches(said, renamed) if len(said) > 1 else 0
    return known > 1 and 2 * known > len(said)


def is_period(heading: object) -> bool:
    """Whether a heading speaks of months, quarters or years, which are no days."""
    return key_of(str(heading)) in _known("period")


def parts_of_year(cells: Iterable[object], renamed: Mapping[str, str]) -> list[str]:
    """The headings that mean no field and name a month, a quarter or the like: "Tháng 1", "T1", "Quý II/2023"."""
    words = [cell for cell in cells if isinstance(cell, str) and YEAR.sub("", fold(cell)) in _parts()]
    return [word for word in words if all(meaning(kind, word, renamed) is None for kind in KINDS.values())]


@cache
def _parts() -> frozenset[str]:
    short = (f"t{space}{month}" for month in range(1, 13) for space in ("", " "))
    return frozenset((*choosing.spellings([part for part in PARTS if part != "year"], "part-name"), *short))


def is_measure(heading: object) -> bool:
    """Whether a heading speaks of the units in which rows give their amounts."""
    return key_of(str(heading)) in _known("measure")


def is_own(kind: Kind, name: str, heading: str) -> bool:
    """Whether a heading is what danvan calls a field itself, its unit aside: not another word, as of a paper form."""
    said = {label(Language(code), kind, name) for code in LANGUAGES}
    own = {fold(one) for one in (name, *said, *(measures.BRACKETS.sub("", one) for one in said))}
    return bool(own & {key_of(heading), fold(measures.bare(heading))})


def is_total(heading: object) -> bool:
    """Whether a heading says no more than that sums stand below it."""
    return key_of(str(heading)) in _known("total")


def fields_of_value(kind: Kind, heading: str, language: Language) -> list[str]:
    """The fields, as they are called, of which a heading is a value and no name; "Yes" may answer anything."""
    return [
        label(language, kind, name)
        for name in fields(kind)
        if _is_choice(kind, name) and not is_question(kind, name) and reads(kind, name, heading, language)
    ]


def is_question(kind: Kind, name: str) -> bool:
    """Whether a field is answered by yes or no."""
    return {*fields(kind)[name].choices} == {"no", "yes"}


@cache
def _known(name: str) -> frozenset[str]:
    return frozenset(map(fold, _words(name)))


def nearest(kind: Kind, heading: object, values: Collection[str] = (), language: Language | None = None) -> list[str]:
    """The fields that a heading which is not understood may mean.

    Args:
        values: some that stand below it. Where they are choices, they tell more than the heading, and a field that
            could hold none of them is not meant.
    """
    barred = DAYS if is_period(heading) else ()
    known = {word: name for word, name in spellings(kind).items() if name and name not in barred}
    near = choosing.near(str(heading), known, cutoff=0.7)
    if not (values and language):
        return near
    told = [name for name in fields(kind) if _is_choice(kind, name) and _are_choices(kind, name, values, language)]
    if both := [name for name in told if name in near]:
        return both
    first = told if len(told) <= choosing.MOST else []
    others = [name for name in near if not (first and _is_choice(kind, name))]
    return [*first, *(name for name in others if _may_hold(kind, name, values, language))][: choosing.MOST]


def _may_hold(kind: Kind, name: str, values: Collection[str], language: Language) -> bool:
    """Whether one of some values can be read as a number or a day, where a field asks for these."""
    if name in DAYS:
        return any(any(map(str.isdigit, value)) for value in values)
    return not (name in fields(kind) and fields(kind)[name].is_number) or any(
        reads(kind, name, value, language) for value in values
    )


def reads(kind: Kind, name: str, value: str, language: Language) -> bool:
    """Whether a text is a value of a field."""
    if fields(kind)[name].choices:
        return language.known_choice(kind, name, value) is not None
    try:
        language.read(kind, name, value, date.min)
    except Invalid:
        return False
    return True


def _is_choice(kind: Kind, name: str) -> bool:
    return name in fields(kind) and bool(fields(kind)[name].choices)


def _are_choices(kind: Kind, name: str, values: Collection[str], language: Language) -> bool:
    return all(reads(kind, name, value, language) for value in values)


def targets(language: Language, kind: Kind) -> list[str]:
    """What a column of a kind may be said to mean: its fields, as they are called."""
    return [label(language, kind, name) for name in (*DAYS, *fields(kind))]


def nearest_target(language: Language, kinds: Iterable[Kind], name: str) -> str:
    """The fields that a name which none of the kinds has may stand for, as they are called."""
    known = {
        word: label(language, kind, one)
        for kind in kinds
        for word, one in spellings(kind).items()
        if one in DAYS or one in fields(kind)
    }
    return choosing.nearest(name, known)


def read_renamed(texts: Sequence[str], option: str, language: Language) -> dict[str, str]:
    """What columns are called, from texts "heading=field"; nothing behind the sign says that it is not read.

    Raises:
        Invalid: a text says something else, or no kind has the field.
    """
    found: dict[str, str] = {}
    for text in texts:
        heading, sign, name = text.rpartition("=")
        if not sign or not heading.strip():
            raise Invalid("map", value=text, where=option)
        if name.strip() and not any(fold(name) in spellings(kind) for kind in KINDS.values()):
            near = nearest_target(language, KINDS.values(), name)
            raise Invalid("map_field", value=name, nearest=near, where=option)
        found[key_of(heading)] = name.strip()
    return found
