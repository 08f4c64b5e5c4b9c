"""A denunciation names nobody, whichever way it is written; numbers of citizens in texts are warned about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from office import HALF, Run, holds
from openpyxl import load_workbook

from danvan.messages import LANGUAGES, LanguageCode, catalogue

NAME = "Phạm Thị Ẩn Danh"
HEADS = "kind,date,summary,mode,receiver,category,citizen"


@pytest.fixture
def who(tmp_path: Path) -> Path:
    path = tmp_path / "who.txt"
    path.write_text(f"Họ tên: {NAME}\n", "utf-8")
    return path


def tell(run: Run, who: Path, category: str = "complaint") -> None:
    run("add-reception", "Đất", "--mode", "regular", "--category", category, "--identity-file", who)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("category", ["denunciation", "tố cáo"])
def test_a_record_that_names_somebody_becomes_no_denunciation(
    run: Run, who: Path, category: str, lang: LanguageCode
) -> None:
    tell(run, who)
    before = run.db.read_bytes()
    answer = run("edit", 1, "--category", category, lang=lang, code=2)
    assert holds(answer.err, catalogue(lang)["problem.identity_there"])
    word = "tố cáo" if lang == "vi" else "denunciation"
    assert f'danvan edit 1 --category "{word}" --clear identity' in answer.err
    assert "danvan edit 1 --clear category --clear identity" in run("edit", 1, "--clear", "category", code=2).err
    assert NAME not in answer.err
    assert run.db.read_bytes() == before
    run("edit", 1, "--category", word, "--clear", "identity")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_who_came_it_does_and_says_where_the_name_still_stands(run: Run, who: Path, lang: LanguageCode) -> None:
    tell(run, who)
    answer = run("edit", 1, "--category", "denunciation", "--clear", "identity", lang=lang)
    assert "danvan erase 1" in answer.err
    assert NAME not in answer.out + answer.err
    assert catalogue(lang)["problem.citizen_in_text"] not in answer.err
    assert "citizen" not in run.stored()["1"]
    assert NAME in run.db.read_text("utf-8")  # the log keeps what was written


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_of_earlier_versions_that_name_who_denounces_are_told_when_it_becomes_secret(
    run: Run, who: Path, lang: LanguageCode
) -> None:
    tell(run, who)
    run("edit", 1, "--note", f"gặp {NAME}")
    run("edit", 1, "--note", "đã gặp")
    run("show", 1, "--reveal", "--reason", f"mời {NAME}")
    answer = run("edit", 1, "--category", "denunciation", "--clear", "identity", lang=lang)
    assert answer.err.count(catalogue(lang)["problem.citizen_in_text"]) == 2
    assert NAME not in answer.out + answer.err


def test_a_name_that_is_corrected_is_said_to_stay_in_the_past(run: Run, who: Path) -> None:
    tell(run, who)
    assert "danvan erase" not in run("edit", 1, "--people", 2).err
    who.write_text("Họ tên: Lê Văn Đúng\n", "utf-8")
    assert "danvan erase 1" in run("edit", 1, "--identity-file", who).err
    assert "danvan erase 1" in run("edit", 1, "--clear", "citizen").err
    assert "danvan erase" not in run("edit", 1, "--identity-file", who).err


def test_a_denunciation_is_given_no_name_later(run: Run, who: Path) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--category", "denunciation")
    before = run.db.read_bytes()
    answer = run("edit", 1, "--identity-file", who, code=2)
    assert catalogue("en")["problem.identity"] in answer.err
    assert NAME not in answer.err
    assert run.db.read_bytes() == before


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("category", ["denunciation", "tố cáo", ""])
def test_an_imported_denunciation_names_nobody(run: Run, form: str, lang: LanguageCode, category: str) -> None:
    row = dict(
        zip(HEADS.split(","), ("reception", "2023-03-15", "Đất", "regular", "staff", category, NAME), strict=True)
    )
    if not category:
        del row["category"]
    text = f"{','.join(row)}\n{','.join(row.values())}\n" if form == "csv" else json.dumps(row)
    path, out = run.home / f"in.{form}", run.home / "problems.csv"
    path.write_text(text, "utf-8")
    for flags in ((), ("--json",), ("--partial",), ("--problems", out)):
        answer = run("import", path, *flags, lang=lang, code=3)
        assert catalogue(lang)["import.problem.identity"] in answer.out + answer.err
        assert NAME not in answer.out + answer.err
    assert NAME not in out.read_text("utf-8-sig")
    assert not run.db.exists() or NAME not in run.db.read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("flags", [(), ("--aggregate",)])
def test_the_entry_workbook_does_not_ask_who_came(run: Run, lang: LanguageCode, flags: tuple[str, ...]) -> None:
    out = run.home / "entry.xlsx"
    run("template", "receptions", "-o", out, *flags, lang=lang)
    said = " ".join(
        str(cell.value) for sheet in load_workbook(out).worksheets for row in sheet for cell in row if cell.value
    )
    for name in ("citizen", "address", "phone"):
        assert catalogue(lang)[f"reception.{name}"].partition("|")[0] not in said


RECEPTION = ("add-reception", "Đất", "--mode", "regular", "--category", "complaint")
AUDIT = ("add-audit", "Đất đai", "--type", "inspection", "--concluded", "2023-12-01", "--date", "2023-11-01")
NUMBERS = {"phone_in_text": "0912 345 678", "citizen_number_in_text": "001093012345"}
WRITING: dict[str, tuple[tuple[str, ...], ...]] = {
    "add": ((*RECEPTION, "--note", "{}"),),
    "add as argument": (("add-model", "Gọi {}", "--field", "other"),),
    "add aggregate": (("add-model", "--count", "3", "--note", "{}", *HALF),),
    "edit": (RECEPTION, ("edit", "1", "--note", "{}")),
    "edit pause": (RECEPTION, ("edit", "1", "--pause", "1/12/2023..", "--reason", "{}")),
    "edit extension": (RECEPTION, ("edit", "1", "--extend", "3", "--reason", "{}")),
    "follow-up": (AUDIT, ("follow-up", "1", "--collectives", "1", "--note", "{}")),
    "void": (RECEPTION, ("void", "1", "--reason", "{}")),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", NUMBERS)
@pytest.mark.parametrize("lines", WRITING.values(), ids=WRITING.keys())
def test_a_citizens_number_in_a_text_is_warned_about_and_not_repeated(
    run: Run, lines: tuple[tuple[str, ...], ...], key: str, lang: LanguageCode
) -> None:
    for line in lines[:-1]:
        run(*line)
    answer = run(*(word.replace("{}", NUMBERS[key]) for word in lines[-1]), lang=lang)
    assert catalogue(lang)[f"problem.{key}"] in answer.err  # type: ignore[index]
    assert NUMBERS[key] not in answer.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_that_is_masked_is_warned_about_where_a_text_gives_it(run: Run, lang: LanguageCode) -> None:
    path = run.home / "id.txt"
    path.write_text("citizen: Hoàng Thị Bí Mật\n", "utf-8")
    texts = ("Bà HOÀNG THỊ BÍ MẬT hỏi về đất", "--note", "gọi bà Hoang Thi  Bi Mat", "--reference", "Hoàng Thị Bích")
    answer = run(*RECEPTION[:1], *texts, *RECEPTION[2:], "--identity-file", path, lang=lang)
    warning = catalogue(lang)["problem.citizen_in_text"]
    assert [line.count(warning) for line in answer.err.splitlines()] == [1, 1]
    assert "Mật" not in answer.err
    rows = "summary,mode,category,date,citizen,note\n"
    (run.home / "in.csv").write_text(f"{rows}Đất,regular,complaint,2023-03-01,Lê Thị Mơ,bà Lê Thị Mơ\n", "utf-8")
    assert warning in run("import", run.home / "in.csv", lang=lang).err
    run(*RECEPTION, "--unit", "A", "--identity-file", path)
    assert warning in run("edit", "3", "--note", "Hoàng Thị Bí Mật", lang=lang).err


@pytest.mark.parametrize(
    ("citizen", "text", "is_named"),
    [
        ("Nguyễn Văn An (đại diện)", "Ông Nguyễn Văn An hỏi về đất", True),
        ("Nguyễn Văn An, Trần Bình", "Trần Bình hỏi về đất", True),
        ("bà Nguyễn Thị Lan và ông Trần Bình", "gặp Nguyen Thi Lan", True),
        ("Nguyễn Văn An (đại diện", "nguyễn văn an", True),
        ("Nguyễn Văn An (đại diện)", "Đại diện các hộ dân tổ 3", False),
        ("Nguyễn Văn An, tổ 3, Phường Láng", "Các hộ ở tổ 3, Phường Láng", False),
        ("Nguyễn Văn An, người dân", "Một người dân hỏi về đất", False),
        ("Nguyễn Văn An", "Nguyễn Văn Anh hỏi về đất", False),
        ("An", "Bình An", False),
        ("An", "Ông An hỏi về đất", True),
        ("Trần Thị Bích Ngọc", "Bà Bích Ngọc xin đất", True),
        ("Trần Thị Bích Ngọc", "gặp bà Ngọc, xin đất", True),
        ("Trần Thị Bích Ngọc", "Bà Ngọc Lan xin đất", False),
        ("Trần Thị Bích Ngọc", "Đường Ngọc Hà, ngọc trai", False),
        ("Nguyễn Văn Giao", "Cô giáo trường làng xin đất", False),
        ("Nguyễn Văn Đất", "Hộ dân có đất bị thu hồi", False),
        ("x y\naddress: số 7 ngõ 12 Láng Hạ", "Nhà ở Số 7, ngõ 12 Láng Hạ bị dột", True),
        ("x y\naddress: Láng Hạ, Hà Nội", "Các hộ ở Láng Hạ, Hà Nội", False),
    ],
)
def test_a_name_with_an_addition_is_found_in_texts(run: Run, citizen: str, text: str, is_named: bool) -> None:
    path = run.home / "id.txt"
    path.write_text(f"citizen: {citizen}\n", "utf-8")
    answer = run("add-reception", text, *RECEPTION[2:], "--identity-file", path)
    assert (catalogue("en")["problem.citizen_in_text"] in answer.err) is is_named


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reason_that_tells_who_came_is_refused_where_it_stays_and_remarked_on_elsewhere(
    run: Run, lang: LanguageCode
) -> None:
    path = run.home / "id.txt"
    path.write_text("citizen: Trần Thị Bích Ngọc\naddress: số 7 ngõ 12 Láng Hạ\n", "utf-8")
    say = catalogue(lang)
    for _ in range(2):
        run(*RECEPTION, "--identity-file", path)
    run("edit", 1, "--clear", "identity")
    for why in ("theo ý của bà ngọc", "đơn của Ngọc", "thím Ngọc xin"):  # where it costs only a word to be wary
        assert say["error.reason_names"] in run("erase", 1, "--reason", why, "--yes", lang=lang, code=2).err
    for why in ("bà Trần Thị Bích Ngọc yêu cầu", "theo ý bà Ngọc", "đơn ở số 7, ngõ 12 Láng Hạ"):
        refused = run("erase", 1, "--reason", why, "--yes", lang=lang, code=2).err
        assert say["error.reason_names"] in refused
        assert why not in refused
        assert say["problem.citizen_in_text"] in run("show", 2, "--reveal", "--reason", why, lang=lang).err
    assert say["problem.citizen_in_text"] in run("void", 2, "--reason", "bà Ngọc rút đơn", lang=lang).err
    run("erase", 1, "--reason", "công dân yêu cầu", "--yes", lang=lang)
    assert "Ngọc" not in run("history", 1, lang=lang).out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_an_earlier_version_names_is_still_told_of(run: Run, lang: LanguageCode) -> None:
    path = run.home / "id.txt"
    path.write_text("họ tên: Lê Thị Hoa\n", "utf-8")
    warning = catalogue(lang)["problem.citizen_in_text"]
    run(*RECEPTION, "--identity-file", path)
    run("edit", 1, "--clear", "identity")
    assert warning in run("edit", 1, "--note", "gặp bà Hoa", lang=lang).err
    assert warning not in run("edit", 1, "--people", 2, lang=lang).err  # it was said of the note before
    assert warning in run("edit", 1, "--reference", "đơn của Lê Thị Hoa", lang=lang).err
    assert warning in run("edit", 1, "--note", "bà Hoa đến", "--strict", lang=lang, code=1).err  # it is another text
    path.write_text("họ tên: Trần Bình\n", "utf-8")
    run("edit", 1, "--identity-file", path)
    assert warning in run("show", 1, "--reveal", "--reason", "bà Hoa yêu cầu", lang=lang).err
    assert warning in run("void", 1, "--reason", "bà Hoa rút đơn", lang=lang).err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Họ tên: - -", "no_letter"),
        ("citizen: ? ?", "no_letter"),
        ("điện thoại: không có", "no_figure"),
        ("phone: Nguyễn Văn Mật", "no_figure"),
    ],
)
def test_what_can_be_no_name_or_number_of_a_citizen_is_refused_and_not_repeated(
    run: Run, line: str, key: str, lang: LanguageCode
) -> None:
    path = run.home / "id.txt"
    path.write_text(f"{line}\n", "utf-8")
    answer = run(*RECEPTION, "--identity-file", path, lang=lang, code=2)
    assert catalogue(lang)[f"error.{key}"] in answer.err
    assert line.partition(":")[0].casefold() in answer.err.casefold()
    assert line.partition(": ")[2] not in answer.err
    assert not run.db.exists()
    rows = f"summary,mode,category,date,citizen,phone\nĐất,regular,complaint,2023-03-01,{'An,abc'}\n"
    (run.home / "in.csv").write_text(rows, "utf-8")
    assert catalogue(lang)["error.no_figure"] in run("import", run.home / "in.csv", lang=lang, code=3).err


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_who_came_is_read_in_unicode_under_the_headings_of_lists(run: Run, form: str) -> None:
    (run.home / "id.txt").write_text("Họ và tên: Nguyễn Bí Mật\nĐịa chỉ: thôn 3\n", form)
    run(*RECEPTION, "--identity-file", run.home / "id.txt")
    assert run.stored()["1"]["citizen"] == "Nguyễn Bí Mật"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("HỌ TÊN: Nguyễn Bí Mật\nđịa chỉ: thôn 3\ncitizen: Hai Bí\n", "identity_twice", "3"),
        ("", "identity_blank", "id.txt"),
        ("\n\n", "identity_blank", "id.txt"),
        ("họ tên:\nđịa chỉ: \n", "identity_blank", "id.txt"),
    ],
)
def test_a_file_that_tells_an_item_twice_or_nothing_is_refused(
    run: Run, text: str, key: str, told: str, lang: LanguageCode
) -> None:
    path = run.home / "id.txt"
    path.write_text(text, "utf-8")
    answer = run(*RECEPTION, "--identity-file", path, lang=lang, code=2).err
    assert holds(answer, catalogue(lang)[f"error.{key}"])
    assert told in answer
    assert "Bí" not in answer
    assert not run.db.exists()


def test_a_dash_in_the_column_of_names_is_no_name(run: Run) -> None:
    rows = "summary,mode,category,date,citizen,phone\nĐất,regular,complaint,2023-03-01,-,…\n"
    (run.home / "in.csv").write_text(rows, "utf-8")
    run("import", run.home / "in.csv")
    assert not {"citizen", "phone"} & run.stored()["1"].keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_denounces_is_sent_to_no_field_of_the_record_but_to_erase(run: Run, lang: LanguageCode) -> None:
    line = ("add-reception", "Tố cáo", "--mode", "regular", "--category", "denunciation")
    err = run(*line, "--note", "Nguyễn Văn C, 0912 345 678", lang=lang).err
    assert "danvan erase" in err
    assert catalogue(lang)["problem.phone_in_text"] in err
    for word in ("identity", "danh tính"):
        assert word not in err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("flags", [(), ("--dry-run",)])
def test_citizens_numbers_in_a_file_are_counted(run: Run, lang: LanguageCode, flags: tuple[str, ...]) -> None:
    path = run.home / "in.csv"
    rows = [f"2023-03-{day:02},Mô hình {day * 'x'},other,gọi {NUMBERS['phone_in_text']}" for day in range(1, 8)]
    path.write_text("\n".join(["date,name,field,note", *rows, "2023-05-01,Khác,other,001093012345"]), "utf-8")
    err = run("import", path, "--kind", "models", *flags, lang=lang).err
    assert catalogue(lang)["problem.phone_in_text"] in err
    assert catalogue(lang)["problem.citizen_number_in_text"] in err
    assert "(7 " in err
    assert ("1, 2, 3, 4, 5 …" in err) is (not flags)
    assert not any(number in err for number in NUMBERS.values())
