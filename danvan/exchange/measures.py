"""In which unit amounts of a table are given: by their heading, by what stands above it, right below it or elsewhere.

The convention: words state a unit where they name one and no amount, so "Kinh phí 200 triệu đồng" states none. A unit
of money that is said and not understood is refused, and so is one of which nobody can tell for which columns it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from danvan.errors import Invalid
from danvan.exchange.parts import Cell, Table, is_blank
from danvan.formatting.parsing import parse_area, parse_money
from danvan.formatting.texts import nfc, plain

PARSERS = {"money": parse_money, "area": parse_area}
BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
INNER = re.compile(r"\(([^()]*)\)")
# Units are told as they are written, so that these match letters with and without accents.
UNIT = "[dđð](?:vt|v t[ií]nh|[oơ]n v[iị] t[ií]nh)"
MEASURE = re.compile(rf"^(?:{UNIT}|[dđð][oơ]n v[iị])\b\s*:?\s*", re.IGNORECASE)
NAMED = re.compile(rf"\b{UNIT}\b\s*[:–-]?\s*(?:l[aà]\s+)?(\S.*)$", re.IGNORECASE)
# What may speak of other things as well: "Đơn vị: Phường A".
HINTED = re.compile(
    r"(?:\b(?:[dđð][oơ]n v[iị]|ti[eề]n)\s*:|\bt[ií]nh\s+(?:b[aằ]ng|theo|ra)\b|\bin\b)\s*(\S.*)$", re.IGNORECASE
)
BETWEEN = re.compile(r"[;,](?!\d)|\bv[aà]\b", re.IGNORECASE)  # units of one line: "triệu đồng; đất: ha"
DASH = re.compile(r"\s[–-]\s")
GROUPED = re.compile(r"([\d., ]*\d)\s*(?:d|dong|vnd)")
SCALES = {"1000": "nghìn đồng", "1000000": "triệu đồng", "1000000000": "tỷ đồng"}
# What speaks of money, understood or not.
OF_MONEY = re.compile(r"\b(?:dong|vnd|usd|ty|trieu|tr|nghin|ngan)\b|\d\s*d\b")
SCALE = r"ngh[iì]n t[yỷ]|ngh[iì]n|ng[aà]n|tri[eệ]u|t[yỷỹ]|t[iỉ]|tr|thousands?|millions?|billions?"
CURRENCY = r"[dđð][oồ]ng|vn[dđð]|usd|[dđð]"
# A text of nothing but words for a unit. A word that is taken stays taken: many times "nghìn tỷ" would take forever.
WHOLE = re.compile(
    rf"(?:(?>tr[aă]m|ch[uụ]c|m[uư][oơờ]i|{SCALE}|{CURRENCY}|of|ha|h[eé]c\s?ta|m2|m²)[\s.]*)+", re.IGNORECASE
)
ONE = re.compile(r"[dđð]|tr|t[iy]|of")  # which alone may be another word, or its letters with other accents
BILLION = ("tỷ", "tỉ")
WITHIN = re.compile(
    rf"(?<!\w)(?<!c[oô]ng )(?:{SCALE})\b\.?\s*(?:of\s+)?(?:{CURRENCY})(?!\w)|(?<!\w)trđ(?!\w)", re.IGNORECASE
)
# What makes an amount of a unit that follows: "200 triệu đồng", "hàng tỷ đồng".
COUNTING = re.compile(
    r"(?:\d|\b(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|chuc|tram|nghin|ngan|trieu|vai|may|hang|nhieu|bac|hon|gan|"
    r"one|two|three|several|many|hundred)) *$"
)
# Characters; what is longer is neither a heading nor a remark on a table, and takes long to look through.
LONGEST = 2_000


class Stated(NamedTuple):
    """A unit that a table states outside of the headings of its columns; it counts for all of them or for some.

    Attributes:
        said: the words.
        row: where they stand.
        columns: those that they stand over or under; all if it is empty.
    """

    said: str
    row: int
    columns: range = range(0)


class Measured(NamedTuple):
    """The unit of a column.

    Attributes:
        unit: as it is written; empty for đồng and m².
        row: of the words that count for the column; 0 where its heading says it, or nothing.
        is_own: whether its heading says it.
        is_loose: whether it does so without brackets.
        other: another unit that is stated for it as well.
        is_missing: whether nothing states one where it has to be stated, so that each cell must.
    """

    unit: str = ""
    row: int = 0
    is_own: bool = False
    is_loose: bool = False
    other: Stated | None = None
    is_missing: bool = False


def stated(text: str) -> str:
    """The words of a text that state a unit of amounts; empty where it states none."""
    if len(text) > LONGEST:
        return ""
    text = nfc(text).strip()
    if found := NAMED.search(text):
        return str(found[1])
    if (found := HINTED.search(text)) and _is_of_units(found[1]):
        return str(found[1])
    for part in (text, *INNER.findall(text)):
        if _is_of_units(part):
            return str(part)
    return next((str(one[0]) for one in WITHIN.finditer(text) if not COUNTING.search(plain(text[: one.start()]))), "")


def _is_of_units(text: str) -> bool:
    return any(map(_is_unit, _trimmed(text)))


def _parts(text: str) -> list[str]:
    return [one for part in BETWEEN.split(text) for one in DASH.split(part)]


def _is_unit(text: str) -> bool:
    figures = GROUPED.fullmatch(plain(text))
    if figures:
        return re.sub(r"\D", "", figures[1]) in SCALES
    return WHOLE.fullmatch(text) is not None and not ONE.fullmatch(text)


def is_money(text: str) -> bool:
    """Whether a text is nothing but a unit of money: "triệu đồng"."""
    said = nfc(text).strip().lower()
    if ONE.fullmatch(plain(said)) and said not in BILLION:
        return False
    with suppress(Invalid):
        return text[:1].isalpha() and parse_money(f"1 {text}") > 0
    return False


def unit(sort: str, said: str) -> str | None:
    """The unit of money or area that words state, as it is written; None if they state none of the sort.

    Raises:
        Invalid: `heading.measure` (`value`) where words speak of money and are no unit.
    """
    parse = PARSERS[sort]
    for one in filter(None, _units(said)):
        with suppress(Invalid):
            parse(f"1 {one}")
            return one
    if sort == "money" and OF_MONEY.search(plain(said)):
        raise Invalid("heading.measure", value=said)
    return None


def _units(said: str) -> Iterator[str]:
    """The units that words name: "triệu đồng; đất: ha" two, "1.000 đồng" thousands."""
    for part in _parts(said):
        one = part.rpartition(":")[2].strip(" ().-–")
        one, *_ = re.split(r"[.)]\s|\)", one)  # a sentence ends
        figures = GROUPED.fullmatch(plain(one))
        yield SCALES.get(re.sub(r"\D", "", figures[1]), "") if figures else "" if one[:1].isdigit() else one


def size(sort: str, one: str) -> int:
    """How many đồng or m² a unit has."""
    return PARSERS[sort](f"1 {one}")


def own(sort: str, heading: str) -> str | None:
    """The unit that a heading says: "Vi phạm (triệu đồng)".

    Raises:
        Invalid: `heading.measure`, as `unit` does.
    """
    found = BRACKETS.search(heading)
    one = unit(sort, MEASURE.sub("", nfc(found[0]).strip(" ()"))) if found else None
    return unit(sort, said) if one is None and (said := stated(heading)) else one


def bare(heading: str) -> str:
    """A heading without the unit behind it; empty if there is none."""
    if len(heading) > LONGEST:
        return ""
    text = nfc(heading).strip()
    behind = BRACKETS.search(text) or next((one for one in WITHIN.finditer(text) if one.end() == len(text)), None)
    return text[: behind.start()].rstrip(" ,;:–-") if behind else ""


def measured(sort: str, heading: str, at: int, statements: Sequence[Stated]) -> Measured:
    """The unit in which a column of amounts is given.

    Raises:
        Invalid: `heading.measure`, as `unit` does; `heading.units` where rows state several for it;
            `heading.unit_elsewhere` where one is stated for other columns only.
    """
    said = own(sort, heading)
    if said is not None:
        other = next((one for one in statements if _counts(one, at) and differs(sort, one.said, said)), None)
        is_loose = not any(map(_is_of_units, INNER.findall(heading)))
        return Measured(_unless_plain(sort, said), is_own=True, is_loose=is_loose, other=other)
    units = [(one, found) for one in statements if (found := unit(sort, one.said)) is not None]
    near = [pair for pair in units if _counts(pair[0], at)]
    for one, found in near:
        if size(sort, found) != size(sort, near[0][1]):
            first, value = near[0]
            raise Invalid("heading.units", value=value, row=first.row, other=found, second=one.row)
    if near:
        return Measured(_unless_plain(sort, near[0][1]), near[0][0].row)
    if units:
        raise Invalid("heading.unit_elsewhere", value=units[0][1], row=units[0][0].row)
    return Measured()


def _counts(one: Stated, at: int) -> bool:
    return not one.columns or at in one.columns


def differs(sort: str, said: str, one: str) -> bool:
    """Whether words state a unit of the sort, understood or not, that is not as large as another."""
    try:
        other = unit(sort, said)
    except Invalid:
        return True
    return other is not None and size(sort, other) != size(sort, one)


def _unless_plain(sort: str, one: str) -> str:
    return one if size(sort, one) > 1 else ""


def above(rows: Iterable[tuple[int, Sequence[Cell]]], table: Table, head: int) -> Iterator[Stated]:
    """What the rows above the headings state.

    Words that do not stand alone in their row, and say more than a unit, count for the columns below them: those as
    far as the next words. What reaches down into the row of the headings is one of them.
    """
    headings = {(top + 1, left) for (top, left), (bottom, _) in table.merged if top + 1 < head <= bottom + 1}
    for number, cells in rows:
        filled = [at for at, cell in enumerate(cells) if not is_blank(cell)]
        for at, end in zip(filled, [*filled[1:], len(cells)], strict=True):
            said = stated(text) if isinstance(text := cells[at], str) else ""
            if said and (number, table.first + at) not in headings:
                is_wide = len(filled) == 1 or is_bare(str(cells[at]))
                yield Stated(said, number, range(0) if is_wide else range(at, end))


def below(number: int, cells: Sequence[Cell], table: Table) -> list[Stated]:
    """What the row right below the headings states if it only names units; empty if it says anything else."""
    filled = [at for at, cell in enumerate(cells) if not is_blank(cell)]
    texts = [text for at in filled if isinstance(text := cells[at], str)]
    if len(texts) < len(filled) or any(any(map(str.isdigit, text)) and not is_bare(text) for text in texts):
        return []
    ends = {left: right for (top, left), (_, right) in table.merged if top + 1 == number}
    found = [(at, said) for at in filled if (said := stated(str(cells[at])))]
    if len(filled) == 1:
        return [Stated(said, number) for _, said in found]
    last = {at: ends.get(table.first + at, table.first + at) - table.first for at, _ in found}
    return [Stated(said, number, range(at, last[at] + 1)) for at, said in found]


def is_bare(text: str) -> bool:
    """Whether a text says nothing but a unit: "(ĐVT: triệu đồng)"."""
    text = nfc(text).strip(" ()")
    return NAMED.match(text) is not None or (bool(stated(text)) and all(map(_is_unit, _trimmed(text))))


def _trimmed(text: str) -> Iterator[str]:
    return (part.rpartition(":")[2].strip(" ().-–") for part in _parts(MEASURE.sub("", text)))
