"""Which texts tell who came, and which only look so: a table for each, in both spellings and any case."""

from __future__ import annotations

from datetime import date

import pytest
from office import Run, holds

from danvan.formatting.texts import plain
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Reception
from danvan.telltale import telltale

DAY = date(2023, 3, 15)
HOUSE = "số 7 ngõ 12 Láng Hạ, phường Láng, Hà Nội"


def is_told(citizen: str, text: str, **given: str) -> bool:
    return telltale(Reception(DAY, citizen=citizen, **given))(text)


# Who is kept as the citizen, and a text that names one of them.
FOUND = [
    # a name as a whole, in any case
    ("Tô Thị Hoa", "theo đơn của bà Tô Thị Hoa"),
    ("Quan Văn Tám", "Quan Văn Tám hỏi đất"),
    ("Xa Thị Bình", "đơn của Xa Thị Bình"),
    ("Khu Văn Lợi", "gặp Khu Văn Lợi"),
    ("Tô Thị Hoa", "tô thị hoa xin đất"),
    ("To Thi Hoa", "Bà Tô Thị Hoa hỏi về đất"),
    ("Đoàn Văn Hậu", "Đoàn Văn Hậu hỏi về đất"),
    ("nguyễn văn an", "Ông Nguyễn Văn An hỏi về đất"),
    ("Nguyễn thị mơ", "gặp Nguyễn Thị Mơ"),
    ("NGUYỄN VĂN AN", "Ông Nguyễn Văn An hỏi về đất"),
    ("Công ty Hoa Mai", "Công ty Hoa Mai xin đất"),
    # one of several
    ("Ông Nguyễn Văn An và bà Lê Thị Hoa", "Lê Thị Hoa đến"),
    ("Nguyễn Văn An, bà Lê Thị Hoa", "theo đơn của bà Lê Thị Hoa"),
    ("Ông Nguyễn Văn An và bà Lê Thị Hoa", "Nguyễn Văn An đến"),
    ("NGUYỄN VĂN AN VÀ BÀ LÊ THỊ HOA", "Lê Thị Hoa đến"),
    ("Nguyễn Văn An (con là Lê Thị Hoa)", "Lê Thị Hoa đến"),
    ("Nguyễn Văn An, Trần Bình", "trần bình hỏi về đất"),
    ("vợ chồng ông An, bà Bình", "gặp bà Bình"),
    ("Đại diện: lê văn lợi", "Lê Văn Lợi hỏi về đất"),
    # with what people write behind a name
    ("Nguyễn Văn An sinh năm 1970", "Ông Nguyễn Văn An hỏi về đất"),
    ("Nguyễn Văn An 0912345678", "Nguyễn Văn An hỏi về đất"),
    ("Nguyễn Văn An CCCD 001093012345", "Nguyễn Văn An hỏi về đất"),
    ("Nguyễn Văn An tổ 3", "Nguyễn Văn An hỏi về đất"),
    ("NGUYỄN VĂN AN SINH NĂM 1970", "Nguyễn Văn An hỏi về đất"),
    ("Tô Thị Hoa, tổ 3, phường Láng", "bà Hoa xin đất"),
    # as people are called
    ("Trần Thị Bích Ngọc", "gặp bà Bích Ngọc"),
    ("Trần Thị Bích Ngọc", "Bích Ngọc xin đất"),
    ("Trần Thị Bích Ngọc", "bà bích ngọc xin đất"),
    ("Trần Thị Bích Ngọc", "bà Trần Bích Ngọc xin đất"),
    ("Trần Thị Bích Ngọc", "bà cụ Ngọc xin đất"),
    ("Trần Thị Bích Ngọc", "ông và bà Ngọc"),
    ("Trần Thị Bích Ngọc", "anh của chị Ngọc"),
    ("Trần Thị Bích Ngọc", "Đồng chí Ngọc xin đất"),
    ("Trần Thị Bích Ngọc", "công dân Ngọc yêu cầu"),
    ("Trần Thị Bích Ngọc", "bà Ngọc (phường Láng) xin đất"),
    ("Trần Thị Bích Ngọc", "bà Ngọc Phường Láng xin đất"),
    ("Nguyễn Văn An", "gia đình ông bà An"),
    ("Nguyễn Văn An", "gia đình An xin đất"),
    ("Nguyễn Văn An", "hộ An xin đất"),
    ("Nguyễn Văn An", "Mr. An"),
    ("Nguyễn Văn An", "ÔNG AN YÊU CẦU"),
    ("Nguyễn Văn An", "THEO Ý ÔNG AN"),
    ("Nguyễn Văn An", "ong An yeu cau"),
    ("Trần Anh Tuấn", "gặp anh Tuấn"),
    ("Trần Anh Tuấn", "gặp ông Anh Tuấn"),
    ("Trần Bình", "trưởng thôn Trần Bình nhận đơn"),
    ("Trần Bình", "chủ tịch UBND xã Trần Bình nhận đơn"),
    ("Trần Bình", "tổ trưởng tổ dân phố Trần Bình nhận đơn"),
    ("Trần Bình", "yêu cầu Trần Bình trả đất"),
    ("2 vợ chồng ông Nguyễn Văn Thành", "gặp ông Thành"),
    ("Nguyễn Văn Trú", "gặp ông Trú"),
    ("Lê Công Dân", "ông Lê Công Dân xin đất"),
    ("Nguyễn Văn Bác", "ông Bác xin đất"),
    ("Lò Thị Em", "chị Em xin đất"),
    ("Nguyễn Thị Phường", "bà Phường xin đất"),
    ("Nguyễn Văn Tổ, tổ 3", "ông Tổ xin đất"),
    ("không rõ, bà Lê Thị Hoa", "gặp bà Hoa"),
]

# Who is kept as the citizen, and a text that names nobody of them.
PASSED = [
    # a place or a unit
    ("Tô Thị Hoa", "hỏi ở phường Láng"),
    ("Tô Thị Hoa", "theo Tô chức"),
    ("Tô Thị Hoa", "theo Tổ chức Đảng"),
    ("Tô Thị Hoa, tổ 3, Phường Láng", "Các hộ ở tổ 3, Phường Láng"),
    ("Tổ dân phố 3, phường Láng", "Tổ dân phố 3 hỏi về đất"),
    ("Nguyễn Văn An, Láng Hạ", "hỏi ở phường Láng Hạ"),
    ("Nguyễn Văn An, Láng Hạ", "UBND phường Láng Hạ chuyển đơn"),
    ("Nguyễn Văn An, Láng Hạ", "Các hộ ở Láng Hạ"),
    ("Nguyễn Văn An, Hà Nội", "Thành ủy Hà Nội chuyển đơn"),
    ("Nguyễn Văn An ở phường Láng Hạ", "Phường Láng Hạ chuyển đơn"),
    ("Nguyễn Văn An, thôn Đoài", "ông Đoài hỏi"),
    ("Nguyễn Văn Láng", "hỏi ở phường Láng"),
    ("Nguyễn Văn Cao", "đường Văn Cao bị ngập"),
    ("Nguyễn Văn Đồng", "đường Phạm Văn Đồng bị ngập"),
    # somebody else
    ("Nguyễn Văn An", "Nguyễn Văn Anh hỏi về đất"),
    ("Nguyễn Văn An", "ông Nguyễn Văn Bình hỏi về đất"),
    ("Nguyễn Văn An", "ông Lê An hỏi về đất"),
    ("Trần Thị Bích Ngọc", "Bà Ngọc Lan xin đất"),
    ("Trần Thị Bích Ngọc", "ông NGỌC LAN xin đất"),
    ("Trần Thị Hoa", "Lê Thị Hoa rút đơn"),
    ("Lê Minh Tuấn", "Trần Anh Tuấn hỏi về đất"),
    ("Lê Hoa", "bà Lê Hoa Mai hỏi về đất"),
    ("Bình An", "ông Bình hỏi"),
    # nobody
    ("An", "Bình An"),
    ("Nguyễn Văn Giao", "Cô giáo trường làng xin đất"),
    ("Nguyễn Văn Đất", "Hộ dân có đất bị thu hồi"),
    ("Nguyễn Văn Thể", "nói cụ thể về đất"),
    ("Nguyễn Văn An (đại diện)", "Đại diện các hộ dân tổ 3"),
    ("Nguyễn Văn An, người dân", "Một người dân hỏi về đất"),
    ("Công dân", "Công dân hỏi về đất"),
    ("Một số hộ dân", "Một số hộ dân hỏi về đất"),
    ("Nguyễn Văn An và vợ", "hai vợ chồng hỏi về đất"),
    ("Nguyễn Văn An", "theo yêu cầu của công dân ngày 26/12"),
    ("không rõ", "không rõ hỏi gì"),
    ("Lê Văn Trưng", "phường Hai Bà Trưng chuyển đơn"),
    ("Nguyễn Văn An", ""),
    ("", "Nguyễn Văn An"),
]


@pytest.mark.parametrize(("citizen", "text"), FOUND)
def test_a_text_that_names_who_came_is_found(citizen: str, text: str) -> None:
    assert is_told(citizen, text)


@pytest.mark.parametrize(("citizen", "text"), PASSED)
def test_a_text_that_names_nobody_passes(citizen: str, text: str) -> None:
    assert not is_told(citizen, text)


@pytest.mark.parametrize("spelled", [plain, str.lower, str.upper, lambda text: text])
def test_a_name_as_a_whole_is_found_however_it_is_spelled(spelled: object) -> None:
    assert callable(spelled)
    for name in ("Tô Thị Hoa", "Nguyễn Văn An", "Trần Bình", "Xa Thị Bình", "Đoàn Văn Hậu"):
        for text in (f"{name} hỏi về đất", f"gặp bà {name}", f"đơn ({name})"):
            assert is_told(name, spelled(text)), (name, spelled(text))
            assert is_told(spelled(name), text), (spelled(name), text)


@pytest.mark.parametrize(
    ("address", "text", "is_found"),
    [
        (HOUSE, "nhà ở số 7 ngõ 12 Láng Hạ", True),
        (HOUSE, "nhà ở Số 7, ngõ 12, đường Láng Hạ bị dột", True),
        (HOUSE, "NHÀ SỐ 7 NGÕ 12 LÁNG HẠ", True),
        (HOUSE, "nha so 7 ngo 12 lang ha", True),
        (HOUSE, "nhà 7/12 Láng Hạ", True),
        (HOUSE, "hỏi ở phường Láng, Hà Nội", False),
        (HOUSE, "ngõ 12 Láng Hạ bị ngập", False),
        (HOUSE, "số 17 ngõ 12 Láng Hạ", False),
        ("12A Láng Hạ phường Láng", "nhà 12a Láng Hạ", True),
        ("Số 7, tổ 3, phường Láng", "ở tổ 3, phường Láng", False),
        ("Số 7, tổ 3, phường Láng", "ở số 7 tổ 3 phường Láng", True),
        ("tổ 3, phường Láng", "Các hộ ở tổ 3, phường Láng", False),
        ("thôn 2, xã Đại Thịnh", "Các hộ thôn 2, xã Đại Thịnh", False),
        ("Láng Hạ, Hà Nội", "Các hộ ở Láng Hạ, Hà Nội", False),
        ("số 7", "đơn số 7", False),
    ],
)
def test_an_address_is_found_by_its_house(address: str, text: str, is_found: bool) -> None:
    assert is_told("", text, address=address) is is_found


@pytest.mark.parametrize(
    ("phone", "text", "is_found"),
    [
        ("0912 345 678", "gọi 0912345678", True),
        ("0912345678", "gọi +84 912.345.678", True),
        ("024 3825 1234", "máy 38251234, gọi 024-38251234", True),
        ("38251234; 0912345678", "gọi 3825 1234", True),
        ("0912345678", "đơn số 12 ngày 26/12/2023", False),
        ("0912345678", "gọi 0912345679", False),
        ("113", "gọi 113", False),
    ],
)
def test_a_telephone_is_found_by_its_figures(phone: str, text: str, is_found: bool) -> None:
    assert is_told("", text, phone=phone) is is_found


# The text that is about to be erased, a reason that repeats a name of it, and one that does not.
NAMED = "Ông Nguyễn Văn Tám ở thôn 2 tố cáo trưởng thôn"
REFUSED = [
    (NAMED, "ghi nhầm tên Nguyễn Văn Tám"),
    (NAMED, "ghi nhầm tên nguyễn văn tám"),
    (NAMED, "ghi nham ten nguyen van tam"),
    (NAMED, "Theo ý ông Tám"),
    (NAMED, "GHI NHẦM TÊN NGUYỄN VĂN TÁM"),
    (NAMED, "Xóa Nguyễn Văn Tám"),
    (NAMED, "nhầm tên Văn Tám"),
    ("Gặp Nguyễn Văn Tám về đất", "Xóa Nguyễn Văn Tám"),
    ("Gặp Trần Bình về đất", "Xóa Trần Bình"),
    ("ong nguyen van tam to cao truong thon", "nhầm tên Nguyễn Văn Tám"),
    ("ÔNG NGUYỄN VĂN TÁM TỐ CÁO TRƯỞNG THÔN", "nhầm tên Nguyễn Văn Tám"),
    ("ÔNG NGUYỄN VĂN TÁM TỐ CÁO TRƯỞNG THÔN", "ĐỂ BẢO VỆ ÔNG NGUYỄN VĂN TÁM"),
    ("ÔNG NGUYỄN VĂN TÁM TỐ CÁO TRƯỞNG THÔN", "theo ý ông Tám"),
    ("Tố cáo trưởng thôn Nguyễn Văn Tám", "nhầm tên trưởng thôn Nguyễn Văn Tám"),
    ("Bà Hoa ở tổ 3 hỏi về đất", "theo ý bà Hoa"),
    ("Tô Thị Hoa hỏi về đất", "xóa tên Tô Thị Hoa"),
    ("Nguyễn Văn Tám, Phường Láng Hạ hỏi", "xóa tên Nguyễn Văn Tám"),
    ("Gặp Láng Hạ", "xóa tên Láng Hạ"),
    ("Trần Thành Nam hỏi về đất", "xóa tên Trần Thành Nam"),
    ("Ông Thành hỏi về đất", "theo ý ông Thành"),
    ("Tố cáo chủ tịch UBND xã Nguyễn Văn Tám", "nhầm tên chủ tịch UBND xã Nguyễn Văn Tám"),
    ("Tố cáo chủ tịch UBND xã Trần Bình", "nhầm tên chủ tịch UBND xã Trần Bình"),
    ("Yêu cầu Nguyễn Văn Tám trả đất", "yêu cầu Nguyễn Văn Tám"),
    ("Tố cáo ông Phó Chủ tịch Trần Bình", "nhầm tên Trần Bình"),
    ("Tố cáo ông Chủ Tịch Trần Bình", "nhầm tên Trần Bình"),
]
ALLOWED = [
    (NAMED, "theo đơn ngày 26/12"),
    (NAMED, "ghi nhầm tên công dân"),
    (NAMED, "Ông trưởng thôn yêu cầu"),
    (NAMED, "theo đơn của ông Nguyễn Văn Bình"),
    ("Hỏi ở phường Láng", "hỏi ở phường Láng"),
    ("Dân ở phường Láng Hạ hỏi về đất", "theo công văn của UBND phường Láng Hạ"),
    ("Hỏi về đất, Phường Láng Hạ", "theo Phường Láng Hạ"),
    ("Làm theo tổ dân phố 3", "theo Tô chức"),
    ("Làm theo tổ dân phố 3", "Theo Tổ chức Đảng"),
    ("Theo Nghị định 13, hỏi về đất", "Theo Nghị định 13"),
    ("Theo Luật Đất đai, hỏi về đất", "Theo Luật Đất đai"),
    ("Ban Dân vận chuyển đơn", "theo Ban Dân vận"),
    ("Thành ủy Hà Nội chuyển đơn", "theo Thành ủy Hà Nội"),
    ("Nhà văn hóa thôn bị dột", "theo Nhà văn hóa"),
    ("Đoàn Thanh niên phường hỏi", "theo Đoàn Thanh niên"),
    ("Đường Trần Hưng Đạo bị ngập", "theo dân đường Trần Hưng Đạo"),
    ("BÀ CON NHÂN DÂN HỎI VỀ ĐẤT", "theo ý bà con nhân dân"),
    ("TỐ CÁO CỦA CÔNG DÂN", "THEO TỐ CÁO CỦA CÔNG DÂN"),
    ("Tố cáo ông Chủ tịch xã", "theo ý ông Chủ tịch"),
    ("TỐ CÁO ÔNG CHỦ TỊCH XÃ", "theo ý ông Chủ tịch"),
    ("Dân phường Hai Bà Trưng hỏi", "theo phường Hai Bà Trưng"),
    ("Dân xã Đại Thịnh hỏi", "đơn ở xã Đại Thịnh"),
    ("Gặp dân Láng Hạ", "theo UBND Láng Hạ"),  # the unit of the record
]


@pytest.mark.parametrize(
    ("text", "reason", "is_refused"), [*((*pair, True) for pair in REFUSED), *((*pair, False) for pair in ALLOWED)]
)
def test_a_reason_repeats_no_name_of_the_texts_that_it_erases(
    run: Run, text: str, reason: str, is_refused: bool
) -> None:
    unit = () if (text, reason) in REFUSED else ("--unit", "Phường Láng Hạ")
    run("add-reception", text, "--mode", "regular", "--category", "denunciation", *unit)
    before = run.db.read_bytes()
    answer = run("erase", 1, "--reason", reason, "--yes", code=2 if is_refused else 0)
    assert (catalogue("en")["error.reason_names"] in answer.err) is is_refused
    assert (run.db.read_bytes() == before) is is_refused
    assert not is_refused or reason not in answer.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_such_a_name_counts_wherever_it_stood(run: Run, lang: LanguageCode) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--note", "gặp ông Nguyễn Văn Tám")
    run("edit", 1, "--note", "gặp Lê Thị Mơ")
    run("edit", 1, "--pause", "1/12/2023..5/12/2023", "--reason", "chờ bà Phạm Thị Ngọc")
    for why in ("nhầm tên Nguyễn Văn Tám", "nhầm tên Lê Thị Mơ", "nhầm bà Ngọc"):
        refused = run("erase", 1, "--reason", why, "--yes", lang=lang, code=2).err
        assert catalogue(lang)["error.reason_names"] in refused
    run("erase", 1, "--fields", "pauses", "--reason", "nhầm tên Lê Thị Mơ", "--yes", lang=lang)  # the note keeps it


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("why", ["gọi lại 0912 345 678", "căn cước 001093012345", "gọi 3825 1234"])
def test_a_reason_holds_no_number_of_a_citizen(run: Run, lang: LanguageCode, why: str) -> None:
    (run.home / "who.txt").write_text("phone: 38251234\n", "utf-8")
    given = ("--mode", "regular", "--category", "complaint", "--identity-file", run.home / "who.txt")
    run("add-reception", "Đất", *given)
    before = run.db.read_bytes()
    answer = run("erase", 1, "--reason", why, "--yes", lang=lang, code=2)
    key = "names" if "3825" in why else "numbers"
    assert catalogue(lang)[f"error.reason_{key}"] in answer.err  # type: ignore[index]
    assert why not in answer.err
    assert run.db.read_bytes() == before


def test_the_next_erasure_takes_the_reasons_of_earlier_ones_along(run: Run) -> None:
    run("add-model", "Đường hoa", "--field", "other", "--note", "cũ")
    run("erase", 1, "--fields", "note", "--reason", "theo đơn của Hà Thị Bí", "--yes")
    run("erase", 1, "--reason", "theo đơn", "--yes")
    assert "Bí" not in run.db.read_text("utf-8")
    assert run("check").code == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_still_tells_who_came_is_named_where_the_identity_goes(run: Run, lang: LanguageCode) -> None:
    (run.home / "who.txt").write_text("họ tên: Lê Văn Kín\n", "utf-8")
    warning = catalogue(lang)["problem.citizen_in_text"]
    given = ("--mode", "regular", "--category", "complaint", "--identity-file", run.home / "who.txt")
    run("add-reception", "Đất", *given, "--note", "Lê Văn Kín ký")
    run("add-reception", "Đất", *given, "--note", "Lê Văn Kín ký")
    run("edit", 2, "--note", "đã ký")
    for number in (1, 2):
        answer = run("erase", number, "--fields", "identity", "--reason", "yêu cầu", "--yes", lang=lang)
        assert answer.err.count(warning) == 1
        assert "Kín" not in answer.out + answer.err
    assert warning not in run("erase", 1, "--reason", "yêu cầu", "--yes", lang=lang).err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_repair_says_which_texts_still_tell_who_denounces(run: Run, lang: LanguageCode) -> None:
    (run.home / "who.txt").write_text("họ tên: Lê Văn Kín\n", "utf-8")
    given = ("--mode", "regular", "--category", "complaint", "--identity-file", run.home / "who.txt")
    run("add-reception", "Đất", *given)
    run("edit", 1, "--note", "Lê Văn Kín ký")
    run("edit", 1, "--category", "denunciation", "--clear", "identity")
    say = catalogue(lang)
    for words in (("check",), ("check", "--repair")):
        answer = run(*words, lang=lang, code=3)
        assert say["finding.named"] in answer.out
        assert "danvan erase 1" in answer.out
        assert "Kín" not in answer.out + answer.err
    assert "Kín" in run("show", 1).out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Tố cáo của ông Hà Văn Bí", True),
        ("Bà Hà Thị Bí tố cáo trưởng thôn", True),
        ("bà Bí tố cáo trưởng thôn", True),
        ("Hà Thị Bí tố cáo trưởng thôn", True),
        ("ÔNG HÀ VĂN BÍ TỐ CÁO", True),
        ("Tố cáo ông Chủ tịch xã Đại Thịnh", False),
        ("TỐ CÁO CỦA BÀ CON", False),
        ("Tố cáo Ban Quản lý chợ, đường Trần Hưng Đạo", False),
        ("Tố cáo cán bộ phường Láng Hạ nhận tiền", False),
    ],
)
def test_a_denunciation_that_seems_to_name_somebody_is_remarked_on(
    run: Run, lang: LanguageCode, text: str, is_named: bool
) -> None:
    given = ("--mode", "regular", "--category")
    answer = run("add-reception", text, *given, "denunciation", lang=lang)
    warning = catalogue(lang)["problem.person_in_text"]
    assert (warning in answer.err) is is_named
    assert not is_named or text not in answer.err
    assert warning not in run("add-reception", text, *given, "complaint", lang=lang).err
    voiding = ("void", "--reason", text)
    assert (warning in run(*voiding, 1, "--strict", code=1 if is_named else 0, lang=lang).err) is is_named
    if is_named:
        assert warning in run(*voiding, 2, 1, lang=lang).err
        assert warning not in run("undo", "--yes", lang=lang).err
    assert warning not in run(*voiding, 2, lang=lang).err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_of_a_denunciation_that_names_somebody_is_told_by_check_and_by_export(
    run: Run, lang: LanguageCode
) -> None:
    run("add-reception", "Đơn tố cáo", "--mode", "regular", "--category", "denunciation", "--note", "bà Hoa ở số 5 nộp")
    run("add-reception", "bà Hoa hỏi đất", "--mode", "regular", "--category", "complaint")
    say = catalogue(lang)
    answer = run("check", lang=lang)
    assert say["problem.person_in_text"] in answer.out
    assert holds(answer.out, say["advice.texts"])
    told = run("export", "receptions", "--format", "json", lang=lang).err
    assert holds(told, say["notice.texts_name"])
    assert "Hoa" not in answer.out + told
    run("edit", 1, "--note", "chị Lan nộp", "--strict", code=1)
    run("edit", 1, "--clear", "note")
    assert not holds(run("export", "receptions", "--format", "json", lang=lang).err, say["notice.texts_name"])


@pytest.mark.parametrize(
    ("unit", "is_named"),
    [
        ("Bà Trần Thị Hoa", True),
        ("bà Hoa", True),
        ("ÔNG TRẦN VĂN HÒA", True),
        ("Vũ Thị Bí Mật", True),
        ("LÊ VĂN KÍN", True),
        ("nguyễn thị minh khai", False),
        ("Thị trấn Văn Điển", False),
        ("Vân Thị Trấn", False),
        ("Nguyễn Văn Cừ", False),
        ("Phường Võ Thị Sáu", False),
        ("Trường THCS Nguyễn Văn Trỗi", False),
        ("Bà Nà", False),
        ("Trần Hưng Đạo", False),
        ("Hội Phụ nữ", False),
    ],
)
def test_a_person_in_the_place_of_the_unit_of_a_denunciation_is_remarked_on(
    run: Run, unit: str, is_named: bool
) -> None:
    given = ("--mode", "regular", "--category", "denunciation", "--unit", unit)
    assert (catalogue("en")["problem.person_in_unit"] in run("add-reception", "Đơn", *given).err) is is_named


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [
        ("Gửi đơn tố cáo ông chủ tịch", True),
        ("ĐƠN TỐ CÁO cán bộ", True),
        ("to cao truong thon", True),
        ("Công dân đến gửi đơn tố cáo", True),
        ("Phản ánh việc chậm giải quyết đơn tố cáo", False),
        ("Hỏi cách gửi đơn tố cáo", False),
        ("Tổ cao tuổi xin kinh phí", False),
    ],
)
def test_a_text_that_says_it_is_a_denunciation_is_remarked_on_where_who_came_is_kept(
    run: Run, lang: LanguageCode, text: str, is_doubted: bool
) -> None:
    (run.home / "who.txt").write_text("họ tên: Lò Thị Kín\n", "utf-8")
    given = ("add-reception", text, "--mode", "regular", "--category", "feedback")
    kept = run(*given, "--identity-file", run.home / "who.txt", "--strict", lang=lang, code=int(is_doubted)).err
    assert (catalogue(lang)["problem.denounces"] in kept) is is_doubted
    assert catalogue(lang)["problem.denounces"] not in run(*given, lang=lang).err
