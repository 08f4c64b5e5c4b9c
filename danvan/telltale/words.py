"""The words of a text as a reader of names sees them: capitalised, titles, or what begins a place or a body.

The convention: with its accents a word is what it says ("Tô" is a name, "tổ" a place). In a text without any accents
only a small letter tells "phuong Lang" from "Phuong Thi Lan".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from danvan.formatting.texts import fold, plain


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


DOUBLE = "đồng chí|gia đình|vợ chồng|công dân|dong chi|gia dinh|vo chong|cong dan"  # titles of two words
NEITHER = "bà con|bà mẹ|đàn ông|đàn bà|cha ông|bác hồ|ba con|ba me|dan ong|dan ba|cha ong|bac ho"  # no titles
DOUBLES = frozenset(DOUBLE.split("|"))
TITLES = _these("ông bà anh chị cô chú bác cụ em cháu dì cậu vợ chồng hộ mr mrs ms") | DOUBLES
PLAIN_TITLES = _these("ong ba anh chi bac em chau chong mr mrs ms") | DOUBLES
SURE_TITLES = frozenset(["ông", "bà"])  # what no name goes on with
LOUD_TITLES = SURE_TITLES | {"ong"}  # behind which people stand in capitals as well, unlike "HỘ NGHÈO"
NAME_TITLES = DOUBLES | {"anh"}  # and what follows the first word of many
WORD = re.compile(rf"(?:{DOUBLE}|{NEITHER}|hai bà trưng|bà rịa)\b|[^\W_]+", re.IGNORECASE)
JOINTS = frozenset(["-", "'", "’", ". ", "."])  # "Y-Lan", "H'Hen"; the point only behind a title
AREAS = _these("phường xã quận huyện tỉnh tp thôn tổ ấp xóm bản buôn khóm khu trấn phố")
PLAIN_AREAS = frozenset(map(fold, AREAS))
# A name behind these, or behind the number of a house, is that of a place, and so is one behind an area, unless an
# office stands before it, as in "trưởng thôn Trần Bình", "chủ tịch UBND xã Trần Bình".
OPENING = (  # but not in "tổ dân phố", "hiện tại", "yêu cầu"
    "đường|(?<!dân )(?<!thành )phố|ngõ|ngách|hẻm|đại lộ|ở|(?<!hiện )(?<!tồn )tại|(?<!trưởng )(?<!sát )khu vực|vỉa hè"
    "|trường|bệnh viện|trạm|phòng khám|nhà máy|nhà thuốc|nhà hàng|cửa hàng|khách sạn|chi nhánh|công ty|trung tâm|dự án"
    "|(?<!chủ )doanh nghiệp|chợ|(?<!yêu )(?<!khẩn )(?<!thỉnh )cầu|chùa|đền|công viên|vườn hoa|quảng trường|tượng đài"
    "|ngã tư|ngã ba|bến xe|chung cư|tòa nhà|(?<!trưởng )khu (?:đô thị|tập thể|dân cư|tái định cư|công nghiệp)"
)
SORTS = (  # what stands between that and the name, as in "trường tiểu học", "công ty cổ phần"
    "tiểu học|trung học|phổ thông|cơ sở|thcs|thpt|mầm non|mẫu giáo|cao đẳng|đại học|dân lập|tư thục|nội trú|chuyên"
    "|cấp [123]|đa khoa|quốc tế|tỉnh|huyện|tiếng|ngoại ngữ|tnhh|mtv|cổ phần|tư nhân|thương mại|dịch vụ|xây dựng"
    "|đầu tư|đô thị|mới|văn hóa|thể thao|y tế|đường|chung cư"
)
NATURE = _these("kênh mương rạch sông suối hồ đảo cồn núi đồi dốc miếu phủ vườn khu")  # what is called "Bà Đen"
AMBIGUOUS = _these("chợ cầu chùa đền trường")  # no openings without their accents: "cho", "chua" and "truong thon"
BEFORE_AREAS = _these(
    "o tai tren thuoc ve cua tu qua den toi do theo voi va gui hoi dan uy tran ubnd hdnd mttq and in of from"
)
OFFICES = _these("trưởng phó tịch thư viên đốc")
REACH = 5  # words before a name in which its office stands, or what opens the name of a place
# Before the number of a house; and what other numbers stand behind: "ngày 5", "đơn số 12", "hồ sơ 7", "quyết định 3".
NUMBERS = _these("số so")
COUNTED = _these("ngay thang nam lan don thu quy ky khoan dieu thua dat van so ban dinh bao luan")
LONGEST_NUMBER = 3  # figures of the number of a house
# What begins like these is the name of a body, a law, a street or a house, also behind the first word of a sentence.
BODIES = _these(
    "ban hội sở phòng bộ cục luật nghị thông quyết chỉ kế ubnd hđnd mttq đảng mặt thành tp"
    " đường ngõ ngách hẻm cầu chợ chùa đền trường viện"
)
# By these somebody is called who is no more than that: "ông Chủ tịch", "bà Phó Trưởng ban".
LEADING = _these("phó trưởng chánh tổng pho truong chanh")
RANKS = _these("trưởng phó viên úy tá truong pho vien uy ta")  # the ends of such words: "Hạt trưởng", "Đại úy"
HELD = (
    "chủ tịch|chủ nhiệm|bí thư|giám đốc|hiệu trưởng|viện trưởng|cán bộ|công an|hội trưởng|tổ trưởng|đội trưởng"
    "|kế toán|thủ quỹ|địa chính|tư pháp|văn thư|văn phòng|thanh tra|kiểm lâm|kiểm sát|thẩm phán|chấp hành|cảnh sát"
    "|quản lý|công chức|viên chức|thôn đội|xã đội|chỉ huy|đại biểu|liệt sĩ|bác sĩ|giáo viên|chánh án|thư ký|y tá"
    "|kiểm toán|cai thầu|lao công|thủ kho|thủ từ|già làng|trợ lý"
)
HOLDERS = frozenset([*HELD.split("|"), *plain(HELD).split("|")])
OPENERS = _these("theo căn gửi do vì về của đơn hỏi tại ở qua cho")
KNOWN = frozenset(["đoàn thanh", "công an", "hà nội", "việt nam", "hồ chí", "ha noi", "viet nam"])
MIDDLES = frozenset(["văn", "thị"])  # of a man and of a woman; many write them small
PLAIN_MIDDLES = frozenset(map(fold, MIDDLES))
# Who is meant by "ông hàng xóm", and what goes on behind such a title without a name.
ROLES = _these(
    "này ấy kia đó nội ngoại bà chủ hàng thầy lái lão già cha lạ bảo bán quản từ có là bị đã không và của để nói"
)
SITE = re.compile(rf"(?:^| )(?:{OPENING})(?: (?:{SORTS}))*$")
PLAIN_OPENING = "|".join(one for one in OPENING.split("|") if one.rpartition(")")[2] not in AMBIGUOUS)
PLAIN_SITE = re.compile(plain(rf"(?:^| )(?:(?:{PLAIN_OPENING})(?: (?:{SORTS}))*|trường(?: (?:{SORTS}))+)$"))

key_of = lru_cache(maxsize=4096)(fold)  # of words, which texts share


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        text, key: in small letters, and folded.
        is_first: nothing but a mark stands before it.
        is_capital, is_loud: it begins with a capital, or is all capitals.
        is_title: people stand behind it; `is_area`: the name of a place does.
    """

    text: str
    key: str
    is_first: bool
    is_capital: bool
    is_loud: bool
    is_title: bool
    is_area: bool

    @property
    def is_middle(self) -> bool:
        """Whether it stands in the middle of many names, and in nothing else that is capitalised."""
        return self.text in MIDDLES


def words_in(text: str) -> list[Word]:
    """The words of a text, in their order."""
    is_plain = text.isascii()
    found: list[Word] = []
    end = 0
    for one in WORD.finditer(text):
        said, gap = one[0], text[end : one.start()]
        before = found[-1] if found else None
        is_joined = gap.strip(" \u00a0") == "" or (gap in JOINTS and ("." not in gap or (before and before.is_title)))
        is_first = before is None or not is_joined
        small, is_capital = said.lower(), said[0].isupper()
        is_title = small in (PLAIN_TITLES if is_plain else TITLES)
        if is_title and said.istitle() and small not in SURE_TITLES and before and not is_first:
            is_led = before.is_first and not (is_plain or small in NAME_TITLES)  # "Gặp Chị Ngọc"
            is_title = before.is_title or not before.is_capital or is_led  # but "Trần Anh Tuấn", "Lò Thị Em"
        is_area = small in (PLAIN_AREAS if is_plain else AREAS) and not (is_capital and small.isascii())
        is_loud = len(said) > 1 and said.isupper()
        found.append(Word(small, key_of(said), is_first, is_capital, is_loud, is_title, is_area))
        end = one.end()
    return found


def runs(words: Sequence[Word], *, is_loose: bool) -> Iterator[tuple[int, int]]:
    """Where capitalised words stand together: the first and the end of each such run; a title or an area begins one.

    Args:
        is_loose: in "Nguyễn thị mơ" the small words belong to it.
    """
    start = -1
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else None
        is_small = word.is_middle and (is_loose or bool(after and after.is_capital and not after.is_first))
        is_tail = is_loose and start >= 0 and place - start > 1 and words[place - 1].is_middle
        begins = word.is_first or word.is_title or _is_area(words, start, place) or _is_acronym(words, place)
        if start >= 0 and (begins or not (word.is_capital or is_small or is_tail)):
            yield start, place
            start = -1
        if start < 0 and word.is_capital:
            start = place
    if start >= 0:
        yield start, len(words)


def _is_area(words: Sequence[Word], start: int, place: int) -> bool:
    """Whether the name of a place begins with a word, rather than that of a person ending: "Nguyễn Văn Tổ"."""
    if not words[place].is_area or place - start < 2:
        return words[place].is_area
    after = words[place + 1 : place + 2]
    return any(not one.is_first and (one.is_capital or one.text[0].isdigit()) for one in after)


def _is_acronym(words: Sequence[Word], place: int) -> bool:
    return words[place].is_loud and not words[place - 1].is_loud


def is_at_place(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether what stands from one word to another is the name of a place, as that before it says."""
    if not start or words[start].is_first:
        return False
    area = words[start - 1]
    if is_site(words, start - 1) or not area.is_area:
        return is_site(words, start - 1)
    if start == 1 or area.is_first:
        return True
    return (end - start > 2 or words[start - 2].key in BEFORE_AREAS) and not is_in_office(words, start - 1)


def is_site(words: Sequence[Word], place: int) -> bool:
    """Whether a word ends what opens the name of a street or a house: "phố", but not "tổ dân phố"."""
    if words[place].key[0].isdigit():
        return _is_house(words, place)
    before = words[max(0, place - REACH) : place + 1]
    text = " ".join(f", {word.text}" if word.is_first else word.text for word in before)
    return bool((PLAIN_SITE if text.isascii() else SITE).search(text))


def _is_house(words: Sequence[Word], place: int) -> bool:
    """Whether a number is that of a house, as in "tại 17 …", "số 5/3 …", rather than of a day, a file or a village."""
    first = place
    while first and words[first - 1].key[0].isdigit():
        first -= 1
    is_called = bool(first) and words[first - 1].text in NUMBERS
    about = words[first - 1 - is_called].key if first > is_called else ""
    is_long = len(words[place].key) > LONGEST_NUMBER or (first < place and not is_called)
    return not is_long and about not in COUNTED | PLAIN_AREAS


def is_titled(words: Sequence[Word], start: int) -> bool:
    """Whether a title stands before a word, and is none of a place, as in "phố Bà Triệu"."""
    if not 0 < start < len(words) or words[start].is_first or not words[start - 1].is_title:
        return False
    is_natural = start > 1 and words[start - 2].text in NATURE
    return not (words[start - 1].is_capital and (is_natural or is_led_by_place(words, start - 1)))


def is_led_by_place(words: Sequence[Word], start: int) -> bool:
    """Whether what opens the name of a place stands before a word."""
    return bool(start) and not words[start].is_first and (words[start - 1].is_area or is_site(words, start - 1))


def is_in_office(words: Sequence[Word], place: int) -> bool:
    """Whether an office stands before a word."""
    return not OFFICES.isdisjoint(word.text for word in words[max(0, place + 1 - REACH) : place])


def past_office(words: Sequence[Word], start: int) -> int:
    """Where a name may begin behind an office: that of "Chủ Tịch Trần Bình" at its third word."""
    while start + 1 < len(words) and not words[start + 1].is_first:
        first, second = words[start].text, words[start + 1].text
        is_rank = second in RANKS and words[start].is_loud == words[start + 1].is_capital
        if f"{first} {second}" in HOLDERS or is_rank:
            start += 2
        elif first in LEADING:
            start += 1
        else:
            break
    return start


def is_nobody(found: Sequence[Word]) -> bool:
    """Whether a run of capitalised words names a body or a place by itself: "Ban Dân", "Hà Nội", "Theo Luật"."""
    first, second = found[:2]
    is_plain_area = len(found) == 2 and first.key in PLAIN_AREAS and first.text == first.key
    is_led = first.text in OPENERS and second.text in BODIES
    return first.text in BODIES or is_plain_area or is_led or f"{first.text} {second.text}" in KNOWN
