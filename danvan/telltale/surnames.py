"""Names that no capitals show, for all or nothing of a text is in capitals: a surname and two more words behind it.

The convention: most surnames are words as well ("đỗ xe", "đoàn kiểm tra"), so what follows decides: "văn" or "thị", or
a word that stands in the middle of names and then one that ends names. Without "văn" and "thị" a surname that may be a
word wants a sign besides: a title, capitals among small letters, or what people write before and behind a name. A
surname that begins a word with what follows ("vi phạm") begins no name. Without accents too many words look like names:
there only "van" and "thi" count. Rather a name is missed than an ordinary sentence taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from danvan.formatting.texts import fold
from danvan.telltale.words import MIDDLES, Word, is_in_office, is_site, is_titled


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Surnames that are hardly ever words; with them those behind which "văn" and "thị" make a name for sure; those that may
# be words; and those that mostly are.
SURE = _these("nguyễn phạm huỳnh phan đặng bùi doãn")
CLEAR = SURE | _these("lê trần hoàng vũ võ đỗ ngô trịnh đinh vương trương tạ phùng quách khuất mạc")
COMMON = CLEAR | _these("hồ dương lý lí đào đoàn lâm mai tô hà cao lương lưu châu thái tôn kiều nghiêm hứa đàm")
SURNAMES = COMMON | _these(
    "la thạch lò vàng giàng sùng cầm quàng lường thân bạch kim chu nông triệu hầu ma viên ông âu giáp khổng lại lục"
    " ninh phí quan thiều tống từ ứng vi văn xa khu bế hoa khương mẫn ngụy nhữ ngọ nhâm ôn lộc tiêu tăng thẩm trà"
    " trang tưởng ung an danh sơn điêu hạng"
)
CERTAIN = "nguyễn"  # nothing else begins so
BEGUN = {  # what such a surname begins besides
    "phạm": _these("nhân"),
    "vi": _these("phạm"),
    "hoa": _these("văn thị"),
    "khu": _these("hoàng hồng thanh thành trung công đại"),
    "hoàng": _these("gia kim thành"),
    "vũ": _these("trường lực"),
    "trần": _these("tình"),
    "đinh": _these("ninh"),
    "vương": _these("quốc"),
    "trịnh": _these("trọng"),
    "đỗ": _these("trọng đại"),
    "tạ": _these("thế"),
    "hồ": _these("quang thành công đại"),
    "lâm": _these("trường"),
    "lý": _these("trưởng"),
    "nông": _these("trường"),
    "cao": _these("thế quý đại"),
    "lương": _these("thiện"),
    "lưu": _these("danh"),
    "nghiêm": _these("khắc minh trọng"),
    "tô": _these("hồng"),
    "tôn": _these("trọng"),
    "triệu": _these("phú"),
    "quan": _these("trọng"),
    "từ": _these("thiện"),
    "phí": _these("phạm"),
    "thân": _these("thế thiện"),
    "văn": _these("công minh"),
    "danh": _these("nghĩa"),
    "trang": _these("trọng"),
}
# What stands in the middle of names, and what they end with; many do both.
WITHIN = _these(
    "đình hữu đức quang minh ngọc thanh xuân công bá duy quốc tuấn hồng kim thu thúy thuý thùy thuỳ bích phương"
    " hải hoàng anh bảo chí đăng đại đắc gia hạnh hoài huy khánh khắc lan linh mạnh mỹ nam ngân nghĩa nhật như phú"
    " phúc phước quý thành thái thế thiên thảo thiện tiến trọng trung trúc trường tường viết việt vĩnh yến tố diệu"
    " tuyết cẩm cao danh doãn nữ nguyên diễm"
)
ENDING = WITHIN - _these("nữ tố thế đại như công gia") | _these(
    "an ánh bách bằng bình châu chi chiến chung cường cương dũng dung dương đạt điệp định đông giang hà hân hằng"
    " hào hảo hậu hiền hiển hiệp hiếu hoa hòa hoà hoan học hợp huệ hùng hưng hương hường huyền kiên kiệt kiều"
    " khang khải khoa khôi lâm lê liên loan long lộc lợi lực lương luyến luyện ly mai mẫn mận mơ my na nga nghĩa"
    " nguyên nguyệt nhàn nhân nhi nhung ninh oanh phong phước phượng quân quyên quyền quyết quỳnh sang sáng sinh"
    " sơn sử tài tâm tân thắm thắng thanh thịnh thọ thoa thơ thơm thuận thủy thuỷ thục thương tín tình tính toàn"
    " toản tú tùng tuyến tuyền tươi vân vinh vui vượng vy vũ xuyến ý trang trâm trân trí triều trinh uyên út khuê"
    " khoát khương hiên hoạt huân huấn chính giáp phát tuyên tuân diệp trà khanh khiêm sương hoàn lam cúc liễu lụa gấm"
    " tý tỵ đoan diện tiệp lưu chinh trọng bảo"
)
BOUND = {  # what such words begin besides, as in "văn hóa", "công an"
    "văn": _these("tự vần tế liệu hóa hoá phòng bản kiện nghệ thư bằng học công chương miếu minh"),
    "thị": _these("tứ phi trưởng tộc thực lực trấn xã trường sát ủy uỷ chính hiếu dân giá"),
    "bảo": _these("hiểm vệ đảm trợ hành mật"),
    "chi": _these("cục bộ hội nhánh đoàn"),
    "chí": _these("minh"),
    "công": _these("an nhân khai ty cộng trình chức tác bằng dân ích trường đoàn vụ nghiệp nghệ văn viên tố"),
    "danh": _these("tính sách hiệu mục dự"),
    "đại": _these("úy tá tướng thủy diện hội biểu học"),
    "đăng": _these("ký kí"),
    "đình": _these("chỉ làng chùa cũ"),
    "đức": _these("tính độ"),
    "gia": _these("đình"),
    "hải": _these("quan sản"),
    "minh": _these("bạch chứng họa"),
    "phương": _these("án tiện pháp"),
    "quang": _these("cảnh"),
    "quốc": _these("gia phòng lộ hội tịch doanh"),
    "thanh": _these("tra toán niên lý minh"),
    "thành": _these("phố viên lập tích ủy uỷ phần thăng cổ"),
    "thu": _these("hồi tiền phí chi nhập"),
    "tiến": _these("độ hành"),
    "tố": _these("cáo tụng giác"),
    "trọng": _these("tâm lượng điểm tuyên"),
    "trung": _these("úy tá tướng tâm ương học"),
    "trường": _these("học hợp gây tiểu mầm"),
}
LED = {  # what ends with such a surname
    "phạm": _these("vi toi quy su xuc xam can sai chinh trong mo ngoai dong tai thi thu nham pham"),
    "trương": _these("chu khau pho"),
    "bạch": _these("minh"),
    "đoàn": _these("tap"),
    "huỳnh": _these("den luu"),
    "pham": _these("vi toi quy su xuc xam can sai chinh trong mo ngoai dong tai thu nham"),
}
# What people write before a name, and what they write behind one that begins a sentence.
BEFORE = _these("của là gặp tên đơn với cùng do tiếp")
ANNOUNCED = re.compile(  # behind which only a name is to be expected
    r"(?:^| )(?:người (?:tố cáo|tố giác|gửi|nộp|ký|(?:đứng|làm|viết|gửi|nộp|ký) đơn)(?: là)?|họ(?: và)? tên|đơn của)$"
)
ANNOUNCING = _these("cáo giác gửi nộp ký đơn là tên của")  # what the last of these words is
CALLED = _these("ông bà anh chị cô bác cụ")  # before the name alone: "chị hoa ở tổ 5"
ACTING = _these("ở tố gửi trú nộp khiếu")  # what stands behind it then
NO_NAMES = {"cô": _these("nhi"), "anh": _these("hùng linh minh tài hào"), "ông": _these("công"), "bà": _these("mai")}
BEHIND = _these("tố khiếu gửi rút xin hỏi đến đề yêu phản kiến nộp ở trú sinh và cùng ký")
ON = _these("là ở và của bị có không đã chưa tố gửi khiếu được cho về tại đến hỏi đề yêu nhận chậm xin ký kí nộp")
BARE_SURE = _these("nguyen tran pham huynh phan hoang bui trinh dinh quach khuat truong le")
BARE = frozenset(map(fold, COMMON)) - _these("do an la tu")
BARE_BOUND = {  # and without accents, as in "vận động", "thi hành"
    "van": frozenset(map(fold, BOUND["văn"])) | _these("dong de chuyen hanh tai con chua khong"),
    "thi": frozenset(map(fold, BOUND["thị"])) | _these("hanh cong diem dua"),
}
BARE_ENDING = frozenset(map(fold, ENDING))
BARE_FIRST = BARE_SURE | BARE
REACH = 5  # words before a name that may announce it
SPELLED = 3  # words of such a name; one more behind a middle that goes on


def surnamed(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where such names stand: the first word and the end of each."""
    is_bare = all(word.text.isascii() for word in words)
    is_mixed = not all(word.is_capital for word in words)
    firsts = BARE_FIRST if is_bare else SURNAMES
    for start, first in enumerate(words):
        if first.text not in firsts:
            continue
        length = _length(words, start, is_bare=is_bare, is_mixed=is_mixed)
        if length and not _is_at_place(words, start):
            yield start, start + length


def called(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where somebody is called by the last word of a name in small letters: "chị hoa ở tổ 5 tố cáo …"."""
    for place, title in enumerate(words[:-2], 1):
        if title.text not in CALLED or words[place + 1].text not in ACTING or words[place].text not in ENDING:
            continue
        name, after = words[place : place + 2]
        if name.is_first or after.is_first or name.text in NO_NAMES.get(title.text, ()):
            continue
        if is_titled(words, place) and not _is_at_place(words, place - 1):
            yield place, place + 1


def _length(words: Sequence[Word], start: int, *, is_bare: bool, is_mixed: bool) -> int:
    """How many words a name has that begins with a surname; 0 if none does."""
    end = start + SPELLED
    found = words[start:end]
    is_whole = len(found) == SPELLED and found[-1].text.isalpha() and not any(word.is_first for word in found[1:])
    is_announced = _is_announced(words, start)
    if not is_whole:
        is_name = False
    elif is_bare:
        is_name = _is_bare_name(found)
    elif found[1].text in MIDDLES:
        is_name = _is_middled(found)
    else:
        is_shown = is_mixed and all(word.is_capital for word in found)
        is_led = is_shown or is_announced or _is_led(words, start, end)
        is_name = _is_name(found, is_led=is_led, is_called=is_titled(words, start), is_sure=is_shown or is_announced)
    if not is_name:
        return 2 if is_announced and _is_short_name(words, start) else 0
    after = words[end : end + 1]
    is_longer = found[-1].text in WITHIN and any(not one.is_first and one.text in ENDING for one in after)
    return SPELLED + is_longer


def _is_announced(words: Sequence[Word], start: int) -> bool:
    """Whether what stands before a word says that a name follows: "người tố cáo: …"."""
    if not start or words[start - 1].text not in ANNOUNCING:
        return False
    return ANNOUNCED.search(" ".join(word.text for word in words[max(0, start - REACH) : start])) is not None


def _is_short_name(words: Sequence[Word], start: int) -> bool:
    """Whether it is a name of two words: "trần bình", behind which nothing of it goes on."""
    found, after = words[start : start + 2], words[start + 2 : start + 3]
    if len(found) < 2 or found[1].is_first or found[0].text not in CLEAR:
        return False
    first, last = (word.text for word in found)
    is_over = all(one.is_first or one.text in BEHIND for one in after)
    return is_over and last in ENDING and last not in BEGUN.get(first, ())


def begins_name(words: Sequence[Word], start: int) -> bool:
    """Whether a word is one of those that names consist of, and begins nothing else."""
    first, after = words[start], words[start + 1 : start + 2]
    bound = BEGUN.get(first.text, frozenset()) | BOUND.get(first.text, frozenset())
    return first.text in COMMON | ENDING | WITHIN and not any(one.text in bound for one in after)


def _is_middled(found: Sequence[Word]) -> bool:
    """Whether "văn" or "thị" makes a name, rather than beginning a word: "trần văn phòng"."""
    first, middle, last = (word.text for word in found)
    if middle in BEGUN.get(first, ()):
        return False
    if first in CLEAR:
        return first in SURE or last not in BOUND[middle] - ENDING
    return first in SURNAMES and last not in BOUND[middle] | ON


def _is_name(found: Sequence[Word], *, is_led: bool, is_called: bool, is_sure: bool) -> bool:
    """Whether it is a name without "văn" and "thị": the more a surname may be a word, the more signs it wants."""
    first, middle, last = (word.text for word in found)
    if middle in BEGUN.get(first, ()) or last in BOUND.get(middle, ()) or last in ON:
        return False
    if first not in (SURNAMES if is_called else COMMON if is_led else SURE) or middle not in WITHIN | CLEAR:
        return False
    return last in ENDING or (first in CLEAR if is_called or is_sure else first == CERTAIN)


def _is_led(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether people write like that around a name: "đơn của …", or "… tố cáo" at the beginning."""
    if words[start].is_first:
        return end == len(words) or words[end].is_first or words[end].text in BEHIND
    return words[start - 1].text in BEFORE


def _is_bare_name(found: Sequence[Word]) -> bool:
    first, middle, last = (word.key for word in found)
    return last not in BARE_BOUND.get(middle, {last}) and (
        first in BARE_SURE or (first in BARE and last in BARE_ENDING)
    )


def _is_at_place(words: Sequence[Word], start: int) -> bool:
    """Whether what begins there is a street or an area, rather than somebody who has an office, or ends a word."""
    if not start or words[start].is_first:
        return False
    before, surname = words[start - 1], words[start].text
    if is_site(words, start - 1) or before.key in LED.get(surname, ()):
        return True
    return before.is_area and not is_in_office(words, start - 1)
