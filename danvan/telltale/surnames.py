"""Names that no capitals show, for all or nothing of a text is in capitals: a surname and two more words behind it.

The convention: most surnames are words as well ("đỗ xe", "đoàn kiểm tra"), so what follows decides: "văn" or "thị", or
a word that stands in the middle of names and, behind a surname that may be a word, one that ends names. Without accents
too many words look like names: there only "van" and "thi" count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from danvan.formatting.texts import fold
from danvan.telltale.words import MIDDLES, Word, is_in_office, is_site


def _these(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Surnames that are hardly ever words; with them those behind which "văn" and "thị" make a name for sure; and others.
SURE = _these("nguyễn phạm huỳnh phan đặng bùi phùng quách khuất doãn mạc")
CLEAR = SURE | _these("lê trần hoàng vũ võ đỗ ngô trịnh đinh vương trương tạ")
OTHERS = _these(
    "hồ dương lý lí đào đoàn lâm mai tô hà cao lương lưu châu thái tôn kiều nghiêm la thạch lò vàng giàng sùng"
    " cầm quàng lường hứa thân bạch kim chu nông triệu hầu ma viên ông âu đàm giáp khổng lại lục ninh phí quan"
    " thiều tống từ ứng vi văn xa khu bế hoa khương mẫn ngụy nhữ ngọ nhâm ôn lộc tiêu tăng thẩm trà trang tưởng"
    " ung an danh sơn điêu hạng"
)
BARE_SURE = _these("nguyen tran pham huynh phan hoang bui trinh dinh quach khuat truong le")
# What stands in the middle of names, and what they end with; many do both.
WITHIN = _these(
    "đình hữu đức quang minh ngọc thanh xuân công bá duy quốc tuấn hồng kim thu thúy thuý thùy thuỳ bích phương"
    " hải hoàng anh bảo chí đăng đại đắc gia hạnh hoài huy khánh khắc lan linh mạnh mỹ nam ngân nghĩa nhật như phú"
    " phúc phước quý thành thái thế thiên thảo thiện tiến trọng trung trúc trường tường viết việt vĩnh yến tố diệu"
    " tuyết cẩm cao danh doãn nữ"
)
ENDING = WITHIN - _these("nữ tố thế đại như công gia") | _these(
    "an ánh bách bằng bình châu chi chiến chung cường cương dũng dung dương đạt điệp định đông giang hà hân hằng"
    " hào hảo hậu hiền hiển hiệp hiếu hoa hòa hoà hoan học hợp huệ hùng hưng hương hường huyền kiên kiệt kiều"
    " khang khải khoa khôi lâm lê liên loan long lộc lợi lực lương luyến luyện ly mai mẫn mận mơ my na nga nghĩa"
    " nguyên nguyệt nhàn nhân nhi nhung ninh oanh phong phước phượng quân quyên quyền quyết quỳnh sang sáng sinh"
    " sơn sử tài tâm tân thắm thắng thanh thịnh thọ thoa thơ thơm thuận thủy thuỷ thục thương tín tình tính toàn"
    " toản tú tùng tuyến tuyền tươi vân vinh vui vượng vy vũ xuyến ý trang trâm trân trí triều trinh uyên út khuê"
    " khoát khương hiên hoạt huân huấn"
)
BOUND = {  # what such words begin besides, as in "văn hóa", "công an"
    "văn": _these("hóa hoá phòng bản kiện nghệ thư bằng học công chương miếu minh"),
    "thị": _these("trấn xã trường sát ủy uỷ chính hiếu dân giá"),
    "bảo": _these("hiểm vệ đảm trợ hành mật"),
    "chí": _these("minh"),
    "công": _these("an nhân khai ty cộng trình chức tác bằng dân ích trường đoàn vụ nghiệp nghệ văn viên tố"),
    "danh": _these("tính sách hiệu mục dự"),
    "đại": _these("thủy diện hội biểu học"),
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
    "trung": _these("tâm ương học"),
    "trường": _these("học hợp gây tiểu mầm"),
}
LED = {  # what ends with such a surname
    "phạm": _these("vi toi quy su xuc can"),
    "trương": _these("chu khau pho"),
    "bạch": _these("minh"),
    "đoàn": _these("tap"),
    "pham": _these("vi toi quy su xuc can"),
}
ON = _these("là ở và của bị có không đã chưa tố gửi khiếu được cho về tại đến hỏi đề yêu nhận chậm xin ký kí nộp")
BARE = frozenset(map(fold, CLEAR | OTHERS)) - _these("do an la tu")
BARE_BOUND = {  # and without accents, as in "vận động", "thi hành"
    "van": frozenset(map(fold, BOUND["văn"])) | _these("dong de chuyen hanh tai con chua khong"),
    "thi": frozenset(map(fold, BOUND["thị"])) | _these("hanh cong diem dua"),
}
BARE_ENDING = frozenset(map(fold, ENDING))
SPELLED = 3  # words of such a name; one more behind a middle that goes on


def surnamed(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where such names stand: the first word and the end of each."""
    is_bare = all(word.text.isascii() for word in words)
    for start in range(len(words) - SPELLED + 1):
        found = words[start : start + SPELLED]
        if any(word.is_first for word in found[1:]) or not found[-1].text.isalpha() or _is_at_place(words, start):
            continue
        if _is_bare_name(found) if is_bare else _is_name(found):
            after = words[start + SPELLED : start + SPELLED + 1]
            is_longer = found[-1].text in WITHIN and any(not one.is_first and one.text in ENDING for one in after)
            yield start, start + SPELLED + is_longer


def _is_name(found: Sequence[Word]) -> bool:
    first, middle, last = (word.text for word in found)
    if middle in MIDDLES and first in CLEAR:
        return True
    if last in BOUND.get(middle, ()) or last in ON:
        return False
    is_within = middle in MIDDLES or middle in WITHIN or middle in CLEAR
    is_known = first in SURE or (first in CLEAR | OTHERS and (middle in MIDDLES or last in ENDING))
    return is_within and is_known


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
