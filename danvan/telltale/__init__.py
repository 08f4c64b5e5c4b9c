"""Texts that tell who came, although the name is masked elsewhere; accents do not matter.

The convention: a **name** is two or more words that begin with capitals, or one behind a **title** ("bà Ngọc"); what
stands behind the word of a **place** ("phường Láng Hạ") or begins like a **body** ("Ban Dân vận") is none. A text
tells of a name by its last words, in their order: by three, by two that are capitalised or behind a title, by one that
is both; or by the whole name, where it is known for one. An address is known by the number of a house and its street,
a telephone by its figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from danvan.formatting.texts import fold
from danvan.records import Record
from danvan.telltale.surnames import begins_name, called, surnamed
from danvan.telltale.words import (
    LOUD_TITLES,
    MIDDLES,
    PLAIN_MIDDLES,
    PLAIN_TITLES,
    ROLES,
    TITLES,
    WORD,
    Word,
    is_at_place,
    is_led_by_place,
    is_nobody,
    is_titled,
    past_office,
    runs,
    words_in,
)

CALLING = TITLES | PLAIN_TITLES | MIDDLES | PLAIN_MIDDLES  # one of these stands in every name that leaves no doubt
ENOUGH = 3  # so many signs make a name: each of its words is one, and so are a title before it and capitals
LONGEST = 4  # words of a name in a text that is all capitals


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What stands between several names in what was noted of who came.
BETWEEN = re.compile(r"[()\[\],;:/+&\n–—]| - |\b(?:và|cùng|and)\b", re.IGNORECASE)
# What people write behind a name, and what is noted of who came without naming anybody.
DETAILS = re.compile(
    r"\b(?:sinh (?:năm|ngày)|sinh(?= *\d)|sn|cccd|cmnd|cmt|s?đt|(?:(?:thường|tạm) )?(?:trú|ngụ) (?:tại|ở))\b.*",
    re.IGNORECASE,
)
ANYBODY = re.compile(
    r"\b(?:người|hộ|nhóm|tập thể|đại diện|(?:công|nhân|thôn|cư) dân|bà con|không|chưa|ẩn danh|nặc danh|giấu tên"
    r"|people|citizens?|residents?|anonymous|unknown)\b",
    re.IGNORECASE,
)
# The numbers of these are no houses; and words that people leave out of an address, or not.
AREAS = _these("to thon khu ap xom phuong xa quan huyen tinh tp thi thanh dan cum doi khoi ban khom")
FILLERS = _these("so nha ngo ngach hem duong pho kiet")
NO_HOUSES = AREAS | FILLERS - {"so", "nha"}


# After whom wards and communes are called that leave out their kind.
NAMESAKES = (
    "Nguyễn Văn Cừ|Nguyễn Văn Trỗi|Nguyễn Văn Linh|Nguyễn Văn Thảnh|Nguyễn Văn Bảy|Nguyễn Thị Minh Khai"
    "|Nguyễn Thị Định|Hoàng Văn Thụ|Lương Văn Tri|Lương Văn Can|Phạm Văn Đồng|Phạm Văn Cội|Phạm Văn Hai"
    "|Võ Thị Sáu|Võ Văn Tần|Võ Văn Kiệt|Võ Văn Ngân|Bùi Thị Xuân|Chu Văn An|Phan Văn Trị|Lê Văn Duyệt|Lê Văn Tám"
    "|Lê Văn Sỹ|Lê Văn Lương|Lê Văn Thịnh|Lê Thị Riêng|Trần Văn Thời|Trần Văn Ơn|Lý Văn Lâm|Hồ Thị Kỷ"
)
CALLED_AFTER = frozenset(map(fold, NAMESAKES.split("|")))

GAP = re.compile(r"(?<=\d)[ .()-]+(?=\d)")  # between the figures of a telephone
SHORT = 6  # figures of a number that is everybody's


class Name(NamedTuple):
    """The words of a name, folded.

    Attributes:
        is_sure: it is one, so that it counts in small letters as well.
        is_certain: a title or "văn" and "thị" say so, and no place is called after that person.
    """

    keys: tuple[str, ...]
    is_sure: bool
    is_certain: bool = False


def telltale(who: Record, *, is_wary: bool = False) -> Callable[[str], bool]:
    """What says of a text whether it names the citizen of a record, or gives the address or the telephone.

    Args:
        is_wary: as of `naming`.
    """
    named = naming(_citizens(getattr(who, "citizen", ""), who.unit), is_wary=is_wary)
    house, phones = _house(getattr(who, "address", "")), _phones(getattr(who, "phone", ""))
    if not (house or phones):
        return named
    return lambda text: (
        named(text)
        or bool(house and f" {house} " in f" {_spare(text)} ")
        or any(phone in GAP.sub("", text) for phone in phones)
    )


def naming(names: Iterable[Name], *, is_wary: bool = False) -> Callable[[str], bool]:
    """What says of a text whether it tells of one of some names.

    Args:
        is_wary: whether one sign less is enough ("bà ngọc", "đơn của Ngọc"), where a false alarm costs only a word.
    """
    wanted = [(name, name.keys[-1].split()[-1]) for name in dict.fromkeys(names)]
    enough = ENOUGH - is_wary

    def is_named(text: str) -> bool:
        there = set(fold(text).split()) if wanted else set()
        near = [name for name, last in wanted if last in there]  # most texts hold no last word: no closer look
        words = words_in(text) if near else []
        return any(_is_told(name, words, enough) for name in near)

    return is_named


def repeats(reason: str, texts: Iterable[str], unit: str) -> bool:
    """Whether a reason tells of somebody whom one of some texts names; either may be without capitals."""
    in_reason = naming(names_in(reason, unit))
    return any(naming(names_in(text, unit), is_wary=True)(reason) or in_reason(text) for text in texts)


def names_in(text: str, unit: str, *, is_noted: bool = False) -> Iterator[Name]:
    """The names of people in a text.

    Args:
        unit: whose name tells of a place.
        is_noted: the text is what was noted of who came, where capitals are those of names.
    """
    words, place = words_in(text), f" {fold(unit)} "
    for start, end in () if is_noted else surnamed(words):
        keys = tuple(word.key for word in words[start:end])
        is_called = is_titled(words, start)
        if is_called or f" {' '.join(keys)} " not in place:
            is_middled = words[start + 1].key in PLAIN_MIDDLES and not is_led_by_place(words, start)
            yield Name(keys, is_sure=True, is_certain=is_called or is_middled)
    for start, _ in () if is_noted else called(words):
        yield Name((words[start].key,), is_sure=True)
    if text.isupper() and not is_noted:
        yield from _shouted(words)
        return
    for start, end in runs(words, is_loose=is_noted):
        is_called = is_titled(words, start + words[start].is_title)
        start = past_office(words, start + (words[start].is_title or words[start].is_area))
        keys = tuple(word.key for word in words[start:end])
        if not keys or is_at_place(words, start, end):
            continue
        is_unit = f" {' '.join(keys)} " in place
        if not is_called and (len(keys) < 2 or is_unit or is_nobody(words[start:end])):
            continue
        is_middled = any(word.is_middle for word in words[start + 1 : end - 1])
        is_name = len(keys) > 1 or begins_name(words, start)
        is_certain = is_name if is_called else is_middled and not is_led_by_place(words, start)
        yield Name(keys, is_called or is_noted or is_middled, is_certain)
        is_led = not (is_called or is_noted) and words[start].is_first and len(keys) > 2
        if is_led and not words[start + 1].is_middle:  # "Gặp Trần Bình"
            yield Name(keys[1:], is_sure=False)


def names_somebody(text: str, unit: str, *, is_certain: bool = False) -> bool:
    """Whether a text names a person.

    Args:
        unit: as of `names_in`.
        is_certain: whether only what leaves no doubt counts, for what is said again and again.
    """
    if is_certain and CALLING.isdisjoint(WORD.findall(text.lower())):  # most texts: no closer look
        return False
    found = names_in(text, unit)
    if any(name.is_certain if is_certain else name.is_sure for name in found):
        return True
    return text.isupper() and _is_cried(words_in(text), is_certain)


def is_somebody(text: str) -> bool:
    """Whether a text is a person's name behind a title; "Bà Nà", of two capitals, may be a place.

    Without a title only "văn" and "thị" tell it from a place, if no ward is called after that person.
    """
    words = words_in(text)
    if 2 < len(words) <= LONGEST and words[1].key in PLAIN_MIDDLES and not words[0].is_title:
        return any(start == 0 for start, _ in surnamed(words)) and fold(text) not in CALLED_AFTER
    if len(words) < 2 or not words[0].is_title or (len(words) == 2 and words[0].is_capital):
        return False
    return any(name.is_sure and len(name.keys) == len(words) - 1 for name in names_in(text, ""))


def _is_cried(words: Sequence[Word], is_certain: bool) -> bool:
    """Whether somebody stands behind a title where all is in capitals, unlike "HỘ NGHÈO", "ÔNG HÀNG XÓM"."""
    return any(
        begins_name(words, place) if is_certain else words[place].text not in ROLES
        for place in range(1, len(words))
        if words[place - 1].text in LOUD_TITLES and is_titled(words, place) and _is_open(words, place)
    )


def _shouted(words: Sequence[Word]) -> Iterator[Name]:
    """Where all is in capitals a title tells where a name begins, and nothing where it ends."""
    for place in range(1, len(words)):
        if words[place - 1].is_title and _is_open(words, place):
            for end in range(place + 1, min(place + 1 + LONGEST, len(words) + 1)):
                if words[end - 1].is_first or words[end - 1].is_area:
                    break
                yield Name(tuple(one.key for one in words[place:end]), is_sure=False)


def _is_open(words: Sequence[Word], place: int) -> bool:
    """Whether a name may begin with a word behind a title."""
    return past_office(words, place) == place and not (words[place].is_first or words[place].is_area)


def _citizens(citizen: str, unit: str) -> list[Name]:
    """The names in what was noted of who came; the first part is one, however it is written."""
    found: list[Name] = []
    for part in filter(None, (DETAILS.sub("", part).strip() for part in BETWEEN.split(citizen))):
        named = list(names_in(part, unit if found else "", is_noted=True))
        words = list(takewhile(lambda word: not word.text[0].isdigit(), words_in(part)))
        while words and words[0].is_title:
            words.pop(0)
        is_name = len(words) == 1 and words[0].is_capital if found else not ANYBODY.search(part)
        is_place = bool(words) and words[0].is_area and not words[0].text.isascii()
        if not named and words and is_name and not is_place:
            named = [Name(tuple(word.key for word in words), is_sure=True)]
        found += named
    return found


def _is_told(name: Name, words: Sequence[Word], enough: int) -> bool:
    ends = (place for place, word in enumerate(words) if word.key == name.keys[-1])
    return any(_is_call(name, words, start, end, enough) for end in ends for start in _starts(name.keys, words, end))


def _starts(keys: Sequence[str], words: Sequence[Word], end: int) -> Iterator[int]:
    """Where what ends with the last word of a name may begin: words of the name stand there in their order."""
    left = len(keys) - 1
    yield end
    for start in range(end - 1, -1, -1):
        left = next((place for place in range(left - 1, -1, -1) if keys[place] == words[start].key), -1)
        if left < 0:
            return
        yield start


def _is_call(name: Name, words: Sequence[Word], start: int, end: int, enough: int) -> bool:
    """Whether some words of a text, the last ones of a name, tell of it: with so many signs that they are enough."""
    found = words[start : end + 1]
    count, is_whole = len(found), len(found) == len(name.keys) > 1
    if is_whole and name.is_sure and count >= ENOUGH:
        return True
    is_capital = all(word.is_capital for word in found)
    before = [] if words[start].is_first else words[start - 1 : start]
    titles = [word for word in before if word.is_title]
    if is_at_place(words, start, end + 1) or not (is_capital or name.is_sure or (titles and enough < ENOUGH)):
        return False
    if count < ENOUGH:
        is_cried = any(word.is_loud for word in titles) or all(word.is_capital for word in words)
        if _goes_on(words, end) and not (words[end].is_loud and is_cried):  # "bà Ngọc Lan", but "BÀ NGỌC XIN ĐẤT"
            return False
        is_known = is_whole and (name.is_sure or any(word.is_first for word in before))
        if any(word.is_capital for word in before) and not titles and not is_known:  # of another name
            return False
        if is_whole and name.is_sure:
            return True
    return count + len(titles) + is_capital >= enough


def _goes_on(words: Sequence[Word], end: int) -> bool:
    """Whether a name goes on behind a word: "bà Ngọc Lan" is no "Ngọc", but "bà Ngọc UBND" is."""
    word, after = words[end], words[end + 1 : end + 2]
    return any(
        one.is_capital and not (one.is_first or one.is_area) and (word.is_loud or not one.is_loud) for one in after
    )


def _house(address: str) -> str:
    """The number of a house and where it stands, as far as that tells it from others; empty without such a number."""
    parts = [fold(part).split() for part in re.split(r"[,;]", address)]
    words = [(word, not place) for part in parts for place, word in enumerate(part)]
    numbers = [
        place
        for place, (word, _) in enumerate(words)
        if word[0].isdigit() and (not place or words[place - 1][0] not in NO_HOUSES)
    ]
    found: list[str] = []
    is_placed = False
    for word, is_first in words[numbers[0] :] if numbers else ():
        if is_placed and (is_first or word in AREAS):
            break
        if word not in FILLERS:
            found.append(word)
            is_placed = is_placed or (word not in AREAS and not word[0].isdigit())
    return " ".join(found) if is_placed else ""


def _phones(phone: str) -> list[str]:
    """The figures of telephones, as far as they are the same within the country and from abroad."""
    found = ("".join(filter(str.isdigit, part)) for part in re.split(r"[,;/\n]| - ", phone.replace("+84", "0")))
    return [figures.lstrip("0") for figures in found if len(figures) > SHORT]


def _spare(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in FILLERS)
