"""What deserves a second look before a record is kept: never a rule that it breaks, only what people get wrong.

The convention: a caution is a `Problem` under a key of its own; its words are `problem.<key>` of the catalogues.
Nothing here reads the register: who asks brings the records to compare with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby, pairwise

from danvan.errors import Problem
from danvan.formatting.texts import fold, nfc, plain
from danvan.overlaps import count_alike, same_unit
from danvan.privacy import told
from danvan.records import TWO_TIERS, Audit, Model, Reception, Record, fields, tag_of, trail_texts, unbalanced
from danvan.telltale import is_somebody, names_somebody, telltale

Numbered = tuple[int, Record]

ALIKE = 0.8  # the share of letter pairs that two names must have in common
# Words that say nothing about which model is meant.
GENERIC = re.compile(r"\b(mo hinh|dien hinh|cong trinh|dan van kheo)\b")
# What a row of totals is called, of the whole or of a period or place; "Cộng đồng …" and "Tổng vệ sinh …" are not.
SUMMED = r"so|cong|don|luy ke|mo hinh|luot|cuoc|quy|thang|nam|ky|toan|xa|phuong|dac khu|thi tran|don vi|\d+"
TOTALS = re.compile(
    rf"(?:tong|cong)(?: (?:{SUMMED})\b.*)?|luy ke\b.*|(?:grand |sub ?)?totals?(?: (?:for|of|q?\d+)\b.*)?|sum|in all"
)
WHOLE = r"huyen|quan|xa|phuong|thi xa|thi tran|dac khu|tinh|thanh pho|tp|nganh|dia ban|co quan|don vi"
LIKE_TOTALS = re.compile(rf"(?:(?:tong|cong|luy ke|(?:grand |sub ?)?totals?)\b|(?:tong hop )?toan (?:{WHOLE})\b).*")
# Units that are called in the same words: "Xã Cộng Hòa", "Tổng cục …", and those that "công" begins without its accent.
UNITS = (
    r"cong (?:dong|hoa|lac|hien|an|ty|doan|chung|thuong|nghe|nghiep|trinh|vien|tac|vu)|"
    r"tong (?:cong ty|cuc|cot|doi|kho|lien|hoi|thanh tra|dai)"
)
TOTALS_OF_UNITS = re.compile(rf"(?!(?:{UNITS})\b){LIKE_TOTALS.pattern}")
FIRST = frozenset("tclgsiTCLGSI")  # letters that such a name begins with: most texts need no closer look
SPELLED = {"tong": "tổng", "cong": "cộng", "toan": "toàn"}  # which "Tống Văn An" and "Công sở" are not
# How a text begins that says what is brought is a denunciation.
DENOUNCES = re.compile(
    r"\W*(?:(?:công dân|người dân|bà con|cong dan|nguoi dan) )?(?:(?:đến|den) )?"
    r"(?:(?:gửi|nộp|làm|viết|có|gui|nop|lam|viet|co) )?(?:(?:đơn|don) (?:thư |thu )?)?(?:tố cáo|to cao)\b"
    r"|\W*(?:(?:sent|filed|brought) )?(?:an? )?denunciation\b"
)
FIGURE = re.compile(r"\d")
# Ten or eleven figures from 0, or one fewer behind +84, in the groups people write; twelve of a citizen's number.
PHONE = re.compile(r"(?<![\d.,/])(?:\+84[ .-]?|0)[235789]\d([ .-]?)\d(?:[ .-]?\d){6,7}(?![\d/])")
CITIZEN_NUMBER = re.compile(r"(?<![\d.,/])\d(?: ?\d){11}(?![\d/])")
# Which field names a record of a kind, and what is said where two have much the same name.
TWICE = {
    "model": ("name", "alike_model"),
    "reception": ("summary", "alike_reception"),
    "audit": ("title", "alike_audit"),
}
MUCH = 10**14  # đồng; a hundred thousand billion are more than a province spends in a year
LITTLE = 10**5  # đồng; what stands in a table of millions or billions without its unit is below it, no conclusion is
CROWD = 1000  # of so many people in one turn the papers would write
SOON = timedelta(days=31)
NAMED = 5  # so many records are named; of more, the number


def on_its_own(record: Record, today: date, threshold: int) -> list[Problem]:
    """Cautions that the record itself gives: days to come, amounts that do not add up or count, numbers of citizens.

    Args:
        threshold: from how many people the register counts large groups.
    """
    found = [*_days_to_come(record, today), *_steps_backwards(record), *amounts(record)]
    found += small_groups(record, threshold)
    return [*found, *_bygone(record), *_idle(record), *_of_totals(record), *numbers_in_texts(record)]


def beside(record: Record, others: Iterable[Numbered]) -> list[Problem]:
    """Cautions that other records of its kind and unit give.

    Args:
        others: numbered records; those of another unit or time are passed over.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for number, other in others:
        if other.is_aggregate or record.is_aggregate:
            if is_overlapping(record, other):
                key = "rows_overlap" if other.is_aggregate and record.is_aggregate else "overlaps"
                found.setdefault(("unit", key), []).append(number)
        elif by := alike_by(record, other):
            found.setdefault((by, TWICE[tag_of(type(record))][1]), []).append(number)
    return [Problem(*told, others_said(numbers)) for told, numbers in found.items()]


def _bygone(record: Record) -> Iterator[Problem]:
    if isinstance(record, Model) and record.level == "district" and record.date >= TWO_TIERS:
        yield Problem("level", "no_districts", {"day": TWO_TIERS})


def is_overlapping(record: Record, other: Record) -> bool:
    """Whether an aggregate row counts what another record of the unit counts."""
    return same_unit(record.unit, other.unit) and count_alike(record, other)


def alike_by(record: Record, other: Record, *, is_later: bool = False, knows_who: bool = False) -> str:
    """The attribute by which two single records seem to be the same one, entered twice; empty if they do not.

    Args:
        is_later: one came with a later file than the other; then what they count may have been corrected meanwhile.
        knows_who: who came may be compared, too: who enters one record could try one name after another unseen.
    """
    if not same_unit(record.unit, other.unit):
        return ""
    is_same = False
    match record, other:
        case Model(), Model():
            is_same = record.date.year == other.date.year and are_similar(record.name, other.name)
        case Reception(), Reception() if record.date == other.date:
            return _same_reception(record, other, is_later=is_later, knows_who=knows_who)
        case Audit(), Audit():
            is_same = record.date == other.date and record.type == other.type and are_similar(record.title, other.title)
    return TWICE[tag_of(type(record))][0] if is_same else ""


def are_similar(one: str, other: str) -> bool:
    """Whether two names differ in little; other figures ("tổ 5", "tổ 6") name something else."""
    first, second = (GENERIC.sub("", fold(name)).strip() for name in (one, other))
    if not first or not second or re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    if first == second:
        return True
    pairs, others = (Counter(pairwise(text)) for text in (first, second))
    return bool(pairs and others) and 2 * (pairs & others).total() >= ALIKE * (pairs.total() + others.total())


def _same_reception(record: Reception, other: Reception, *, is_later: bool, knows_who: bool) -> str:
    """The text that tells receptions apart and is the same in both, if there is one and nothing sets them apart."""
    is_corrected = is_later and bool(record.summary) and fold(record.summary) == fold(other.summary)
    for name, field in fields(Reception).items() if not is_corrected else ():
        mine, others = getattr(record, name), getattr(other, name)
        if (field.sort == "choice" or field.is_number) and None not in (mine, others) and mine != others:
            return ""
    for name in ("reference", *(["citizen"] if knows_who else [])):
        mine, others = fold(getattr(record, name)), fold(getattr(other, name))
        if mine and others:
            return name if mine == others else ""
    return "summary" if are_similar(record.summary, other.summary) else ""


def _days_to_come(record: Record, today: date) -> Iterator[Problem]:
    dated = [("date", record.date)]
    if record.to and record.to > today + SOON:  # a year's figures are often known some days before its end
        dated.append(("to", record.to))
    dated += [(name, getattr(record, name)) for name in _dates(type(record))]
    if record.steps:
        dated += [("steps", step.on) for step in record.steps]
    dated += [("movements", movement.on) for movement in getattr(record, "movements", ())]
    for name, day in dated:
        if day is not None and day > today:
            yield Problem(name, "to_come", {"day": day, "today": today})


def _steps_backwards(record: Record) -> Iterator[Problem]:
    for earlier, later in pairwise(record.steps):
        if later.on < earlier.on:
            yield Problem("steps", "step_backwards", {"later": later.on, "earlier": earlier.on})
    first = min((step.on for step in record.steps), default=record.date)
    if first < record.date:
        yield Problem("steps", "step_early", {"day": first, "start": record.date})


def amounts(record: Record) -> Iterator[Problem]:
    """Violations found are what is to be recovered and what is handled otherwise; no more is done than recommended.

    A turn of citizens brings at least one of them, and not a thousand.
    """
    if isinstance(record, Reception):
        yield from _crowded(record)
    if not isinstance(record, Audit):
        return
    yield from (Problem(whole, f"sum_of_{whole}", facts) for whole, facts in unbalanced(record))
    for name, field in fields(Audit).items():
        value = getattr(record, name) or 0 if field.sort == "money" else 0
        if 0 < value < LITTLE or value > MUCH:
            yield Problem(name, "little_money" if value < LITTLE else "much_money", {"value": value})
    for name, done, planned in record.overdone():
        yield Problem("movements", f"over_{name}", {"done": done, "planned": planned})


def _crowded(record: Reception) -> Iterator[Problem]:
    for name, turns, people in (
        ("people", record.turns if record.is_aggregate else 1, record.people),
        ("group_people", record.groups, record.group_people),
    ):
        if turns is None or people is None or turns <= people <= CROWD * turns:
            continue
        if people > turns:
            yield Problem(name, "many_people", {"turns": turns, "people": people})
        elif name == "people":
            yield Problem(name, "few_people", {"turns": turns, "people": people})


def small_groups(record: Record, threshold: int) -> Iterator[Problem]:
    """Large groups that were not: units may count from another number than the register does."""
    if isinstance(record, Reception) and record.has_smaller_groups(threshold):
        facts: dict[str, object] = {"groups": record.groups, "people": record.group_people, "threshold": threshold}
        yield Problem("group_people", "few_in_groups", facts)


def is_of_totals(text: str, named: re.Pattern[str] = TOTALS) -> bool:
    """Whether a text is what people call the totals of a table; by `LIKE_TOTALS`, whether it may be."""
    if text.lstrip()[:1] not in FIRST or named.fullmatch(fold(text)) is None:
        return False
    first = nfc(text).lower().split()[:2]
    return all(word in (plain(word), SPELLED.get(plain(word), word)) for word in first)


def _of_totals(record: Record) -> Iterator[Problem]:
    """A row of totals that was taken for a record counts everything twice."""
    for name, named in ((TWICE[tag_of(type(record))][0], TOTALS), ("unit", TOTALS_OF_UNITS)):
        if (text := getattr(record, name)) and is_of_totals(text, named):
            yield Problem(name, "of_totals", {})


def _idle(record: Record) -> Iterator[Problem]:
    if isinstance(record, Audit) and record.is_idle:
        yield Problem("concluded", "idle", {})
    if isinstance(record, Audit) and record.is_uncounted:
        yield Problem("type", "uncounted", {})


def left_of_another(before: Record, after: Record) -> Iterator[Problem]:
    """What stays of who came where another name was put in."""
    if not isinstance(before, Reception) or not isinstance(after, Reception):
        return
    if before.citizen and after.citizen and fold(before.citizen) != fold(after.citizen):
        for name in ("address", "phone"):
            if getattr(before, name) and getattr(before, name) == getattr(after, name):
                yield Problem(name, "left_of_another", {})


def numbers_in_texts(record: Record) -> Iterator[Problem]:
    """That a text, a note on a movement or a reason seems to hold a citizen's number or name; neither is repeated."""
    for name in _texts(type(record)):
        if (text := getattr(record, name)) and FIGURE.search(text):
            yield from (Problem(name, key, {}) for key in numbers_in(text))
    found = {(trail, key): None for trail, text in trail_texts(record) for key in numbers_in(text)}
    yield from (Problem(trail, key, {}) for trail, key in found)
    if isinstance(record, Reception):
        yield from naming(record, record)
        yield from people(record)
        if record.category == "denunciation" and is_somebody(record.unit):  # of a row that slipped to the side
            yield Problem("unit", "person_in_unit", {})
        if record.category != "denunciation" and told(record) and DENOUNCES.match(nfc(record.summary).lower()):
            yield Problem("category", "denounces", {})


def naming(record: Record, who: Record) -> Iterator[Problem]:
    """The texts of a record that tell who came by another version of it."""
    if not told(who):
        return
    tells = telltale(who)
    texts = [*((field, getattr(record, field)) for field in _texts(type(record))), *trail_texts(record)]
    for field in dict.fromkeys(field for field, text in texts if text and tells(text)):
        yield Problem(field, "citizen_in_text", {})


def people(record: Reception, *, is_certain: bool = False) -> Iterator[Problem]:
    """The texts of a denunciation that seem to name somebody, which nobody need have told it of.

    Args:
        is_certain: only those that leave no doubt, where it is said of the record again and again.
    """
    if record.category != "denunciation":
        return
    texts = [*((field, getattr(record, field)) for field in _texts(Reception) if field != "unit"), *trail_texts(record)]
    found = (field for field, text in texts if text and names_somebody(text, record.unit, is_certain=is_certain))
    for field in dict.fromkeys(found):
        yield Problem(field, "person_in_text", {})


def names_in_denunciation(record: Record, text: str) -> bool:
    """Whether a text about a denunciation seems to name somebody."""
    is_denunciation = isinstance(record, Reception) and record.category == "denunciation"
    return is_denunciation and names_somebody(text, record.unit)


def numbers_in(text: str) -> Iterator[str]:
    """The cautions that numbers in a text give, as keys of `problem.`."""
    if not FIGURE.search(text):
        return
    if PHONE.search(text):
        yield "phone_in_text"
    if CITIZEN_NUMBER.search(text):
        yield "citizen_number_in_text"


@cache
def _dates(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, field in fields(kind).items() if field.sort == "date")


@cache
def _texts(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, field in fields(kind).items() if field.sort == "text" and not field.personal)


def others_said(numbers: Collection[int]) -> dict[str, object]:
    """Other records as the facts of a caution: in words, and as a command takes them."""
    ordered = sorted(numbers)
    runs = [[n for _, n in run] for _, run in groupby(enumerate(ordered), lambda placed: placed[1] - placed[0])]
    command = " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return {"ids": ids_said(ordered), "numbers": command}


def ids_said(numbers: Iterable[int], further: int = 0) -> str:
    """The numbers of records in words: a few by name, of more, those beyond these numbers too, how many."""
    ordered = sorted(numbers)
    named, rest = ", ".join(map(str, ordered[:NAMED])), len(ordered[NAMED:]) + further
    return f"{named} +{rest}" if rest else named
