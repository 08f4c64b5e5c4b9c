"""`import`: what a column means, where neither its heading nor `--map` says it well."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from office import Run, holds

from danvan.exchange.headings import meaning, nearest, targets
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import KINDS, Record, fields

MODES = "Nội dung,Ngày,Hình thức tiếp\nĐất,1/2/2023,Thường xuyên\nRác,2/2/2023,Định kỳ\n"


def listed(run: Run, rows: str) -> Path:
    path = run.home / "a.csv"
    path.write_text(rows, "utf-8")
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS.values())
def test_every_field_that_is_offered_for_a_column_can_be_named(kind: type[Record], lang: LanguageCode) -> None:
    offered = targets(Language(lang), kind)
    assert [meaning(kind, "x", {"x": one}) for one in offered] == ["date", "to", *fields(kind)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_lists_every_field_that_a_column_may_mean(run: Run, lang: LanguageCode) -> None:
    page = " ".join(run("import", "--help", lang=lang).out.split())
    for kind in KINDS.values():
        assert "; ".join(targets(Language(lang), kind)) in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_field_that_no_kind_has_is_refused_with_the_nearest_and_where_all_are_listed(
    run: Run, lang: LanguageCode
) -> None:
    argv = ("import", listed(run, "Việc,Ngày\nĐất,1/2/2023\n"), "--map", "Việc=nội dunk")
    said = run(*argv, lang=lang, code=2).err
    assert holds(said, catalogue(lang)["error.map_field"])
    assert "danvan import --help" in said.partition("“nội dunk”")[2]
    assert f"{Language(lang).label(KINDS['reception'], 'summary')}" in said
    assert holds(
        run("config", "set", "columns", "Việc=nội dunk", lang=lang, code=2).err, catalogue(lang)["error.map_field"]
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_field_that_only_other_kinds_have_is_told_as_such(run: Run, lang: LanguageCode) -> None:
    rows = "Cuộc thanh tra,Loại,Ngày bắt đầu,Ngày kết luận\nĐất đai,thanh tra,1/2/2023,1/3/2023\n"
    path = listed(run, rows)
    said = run("import", path, "--kind", "audits", "--map", "Cuộc thanh tra=tên", lang=lang, code=3).err.splitlines()[0]
    assert holds(said, catalogue(lang)["error.heading.target"])
    assert "“tên”" in said
    title = Language(lang).label(KINDS["audit"], "title")
    assert title in said.partition("danvan import --help")[2]
    assert not holds(said, catalogue(lang)["error.heading.strange"])
    run("import", path, "--kind", "audits", "--map", f"Cuộc thanh tra={title}", lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_values_of_a_column_tell_which_field_its_heading_may_mean(run: Run, lang: LanguageCode) -> None:
    (said, *_) = run("import", listed(run, MODES), lang=lang, code=3).err.splitlines()
    label = Language(lang).label
    assert holds(said, catalogue(lang)["error.heading.unknown"])
    assert f"“{label(KINDS['reception'], 'mode')}”" in said
    online = MODES.replace("Thường xuyên", "trực tuyến").replace("Định kỳ", "trực tiếp")
    assert f"“{label(KINDS['reception'], 'channel')}”" in run("import", listed(run, online), lang=lang, code=3).err


def test_a_column_of_which_the_values_told_the_field_is_not_said_to_be_lacking_besides(run: Run) -> None:
    problems = run("import", listed(run, MODES), "--json", code=3).document["problems"]
    assert [one["says"] for one in problems] == ["error.heading.unknown"]


@pytest.mark.parametrize("values", [("Thường xuyên", "mưa"), ("", "")])
def test_values_of_which_one_is_none_of_the_field_tell_nothing(run: Run, values: tuple[str, str]) -> None:
    rows = MODES.replace("Thường xuyên", values[0]).replace("Định kỳ", values[1])
    said = run("import", listed(run, rows), code=3).err.splitlines()[0]
    assert "“Channel”" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("word", ["models", "model", "mô hình", "Mo hinh"])
def test_a_kind_that_stands_where_a_file_belongs_is_told_with_the_line_to_type(
    run: Run, word: str, lang: LanguageCode
) -> None:
    path = listed(run, "Tên mô hình,Lĩnh vực,Ngày\nHoa,khác,1/2/2023\n").rename(run.home / "đơn vị.csv")
    said = run("import", word, path, lang=lang, code=2).err
    assert holds(said, catalogue(lang)["error.kind_as_file"])
    assert f'danvan import "{path}" --kind models' in said
    file = Language(lang).placeholder("FILE")
    assert f"danvan import {file} --kind models" in run("import", word, lang=lang, code=2).err
    assert not run.db.exists()


def test_a_file_that_is_called_like_a_kind_is_read(run: Run) -> None:
    listed(run, "Tên mô hình,Lĩnh vực,Ngày\nHoa,khác,1/2/2023\n").rename(run.home / "models")
    run("import", run.home / "models")


ADVICE = {
    "problem.identity": "Nội dung,Ngày,Chế độ tiếp,Loại việc,Họ tên công dân\nĐất,1/2/2023,định kỳ,tố cáo,Nguyễn A\n",
    "problem.only_single": "Từ ngày,Đến ngày,Người tiếp,Lượt,Nội dung\n1/1/2023,31/1/2023,cán bộ,4,Đất\n",
    "problem.only_aggregate": "Nội dung,Ngày,Chế độ tiếp,Lượt\nĐất,1/2/2023,định kỳ,4\n",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", ADVICE)
def test_what_is_advised_in_a_file_are_columns_and_no_options_that_import_has_not_got(
    run: Run, key: str, lang: LanguageCode
) -> None:
    path = listed(run, ADVICE[key])
    (problem, *_) = run("import", path, "--json", lang=lang, code=3).document["problems"]
    assert problem["says"] == key
    assert " --" not in problem["expected"]
    assert problem["expected"] == catalogue(lang)[f"import.{key}"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("above", "column", "said"),
    [
        ("ĐVT: Triệu đồng", "", "Triệu đồng"),
        ("Đơn vị tính: 1.000.000 đồng", "", "triệu đồng"),
        ("", " (ĐVT: triệu đồng)", "triệu đồng"),
        ("(Tiền: tỷ đồng; đất: ha)", "", "tỷ đồng"),
    ],
)
def test_a_cell_under_a_unit_is_told_as_it_stands_with_the_unit_as_it_is_written(
    run: Run, above: str, column: str, said: str, lang: LanguageCode
) -> None:
    head = f"{above};;;;\nTên cuộc;Loại;Ngày bắt đầu;Ngày kết luận;Kiến nghị thu hồi{column}\n"
    path = listed(run, f"{head}Đất;thanh tra;1/2/2023;1/3/2023;1.500\nĐê;thanh tra;1/2/2023;1/3/2023;-2\n")
    ambiguous, negative = run("import", path, "--json", lang=lang, code=3).document["problems"]
    assert (ambiguous["value"], negative["value"]) == ("1.500", "-2")
    assert ambiguous["expected"].startswith("“1.500”")
    for one in (ambiguous, negative):
        assert one["expected"].endswith(catalogue(lang)["import.in_unit"].format(unit=said))
    run("import", path, "--problems", run.home / "p.csv", lang=lang, code=3)
    assert f"“{said}”" in (run.home / "p.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("heading", ["Người đến", "Công dân", "Họ tên người đến"])
def test_a_column_of_who_came_is_taken_for_their_names_not_for_their_number(
    run: Run, heading: str, lang: LanguageCode
) -> None:
    kind = KINDS["reception"]
    assert meaning(kind, heading, {}) in (None, "citizen")
    assert nearest(kind, heading) == ["citizen"]
    rows = f"Nội dung;Ngày tiếp;Chế độ tiếp;{heading}\nĐất;1/2/2023;thường xuyên;Trần Thị Ngọc\n"
    said = run("import", listed(run, rows), "--kind", "receptions", lang=lang, code=None).err
    assert f"“{Language(lang).label(kind, 'people')}”" not in said
    assert "Ngọc" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("heading", [" ", "%", "--"])
def test_a_heading_of_no_letter_is_not_that_of_the_running_numbers(run: Run, heading: str, lang: LanguageCode) -> None:
    head = f"{heading};STT;Từ ngày;Đến ngày;Đơn vị;Trạng thái;Số mô hình\n"
    example = ";Ví dụ;01/01/2026;31/03/2026;Phường Trúc Bạch;đăng ký;12\n"
    path = listed(run, f"{head}{example};1;01/01/2023;31/03/2023;Phường A;đăng ký;7\n")
    is_blank = not heading.strip()
    answer = run("import", path, "--kind", "models", "--json", lang=lang, code=0 if is_blank else 3).document
    assert [one["says"] for one in answer["problems"]] == ([] if is_blank else ["error.heading.strange"])
    run("import", path, "--kind", "models", "--map", f"{heading}=", lang=lang, code=2 if is_blank else 0)
    (record,) = run("models", "--json").document["records"]
    assert record["count"] == 7


@pytest.mark.parametrize("heading", ["#", "№", "No."])
def test_a_sign_may_head_the_running_numbers(run: Run, heading: str) -> None:
    run("import", listed(run, f"{heading};Tên mô hình;Lĩnh vực;Ngày\n1;Hoa;khác;1/2/2023\n"))


def test_a_sign_that_is_mapped_is_no_other_heading(run: Run) -> None:
    rows = "%; ;Tên mô hình;Lĩnh vực;Ngày;--\nPhường A;;Hoa;khác;1/2/2023;\n"
    answer = run("import", listed(run, rows), "--map", "%=unit", "--json", code=3).document
    assert [(one["column"], one["says"]) for one in answer["problems"]] == [("--", "error.heading.strange")]
    run("import", listed(run, rows), "--map", "%=unit", "--map", "--=", "--remember")
    assert run("models", "--json").document["records"][0]["unit"] == "Phường A"
    answer = run("import", listed(run, rows.replace("Hoa", "Chợ")))
    assert "%=unit" in answer.err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("heading", ["Tháng", "QUÝ", "Năm", "Kỳ báo cáo", "Month", "Reporting period"])
def test_a_column_of_months_is_no_column_of_days_and_says_what_is_wanted(
    run: Run, heading: str, lang: LanguageCode
) -> None:
    path = listed(run, f"Đơn vị,{heading},Số lượt,Chế độ tiếp\nPhường A,1,12,thường xuyên\n")
    (problem,) = run("import", path, "--kind", "receptions", "--json", lang=lang, code=3).document["problems"]
    assert (problem["column"], problem["row"]) == (heading, 1)
    assert problem["expected"] == catalogue(lang)["error.heading.period"].format(more="")
    head = f"Đơn vị,{heading},Từ ngày,Đến ngày,Số lượt,Chế độ tiếp"
    path = listed(run, f"{head}\nPhường A,1,1/1/2023,31/1/2023,12,thường xuyên\n")
    (problem,) = run("import", path, "--kind", "receptions", "--json", lang=lang, code=3).document["problems"]
    assert problem["says"] == "error.heading.strange"
    run("import", path, "--kind", "receptions", "--map", f"{heading}=", lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "cell", ["1", "01", "tháng 1", "1/2023", "Tháng 1/2023", "Quý I/2023", "quý 1 năm 2023", "Q1/2023", "2023"]
)
def test_a_cell_that_names_a_month_is_no_day_and_says_what_is_wanted(run: Run, cell: str, lang: LanguageCode) -> None:
    path = listed(run, f"Nội dung,Tháng,Chế độ tiếp\nĐất,{cell},thường xuyên\n")
    (problem,) = run("import", path, "--map", "Tháng=date", "--json", lang=lang, code=3).document["problems"]
    assert problem["expected"] == catalogue(lang)["error.cell.part_of_day"].format(value=cell)


def test_columns_of_months_and_of_years_are_told_as_one_thing(run: Run) -> None:
    path = listed(run, "Đơn vị,Tháng,Năm,Số lượt,Chế độ tiếp\nPhường A,1,2023,12,thường xuyên\n")
    (problem,) = run("import", path, "--kind", "receptions", "--json", code=3).document["problems"]
    assert (problem["column"], problem["says"]) == ("Tháng, Năm", "error.heading.period")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("has_tiers", [True, False])
def test_two_columns_of_one_meaning_are_told_apart(run: Run, has_tiers: bool, lang: LanguageCode) -> None:
    tiers = ";;Tiếp thường xuyên;;Lãnh đạo tiếp;\n" if has_tiers else "BIỂU TỔNG HỢP;;;;;\n"
    rows = f"{tiers}STT;Đơn vị;Số lượt;Số người;Số lượt;Số người\n1;Xã A;120;150;24;30\n"
    answer = run("import", listed(run, rows), "--kind", "receptions", "--json", lang=lang, code=3).document
    *twice, no_date = answer["problems"]
    over = ("Tiếp thường xuyên / ", "Lãnh đạo tiếp / ") if has_tiers else ("", "")
    says = "error.heading.twice_over" if has_tiers else "error.heading.twice"
    assert no_date["says"] == "error.heading.no_date"
    assert [(one["column"], one["says"]) for one in twice] == [
        (f"{over[1]}Số lượt (E)", says),
        (f"{over[1]}Số người (F)", says),
    ]
    for one, first in zip(twice, (f"{over[0]}Số lượt (C)", f"{over[0]}Số người (D)"), strict=True):
        assert f"“{first}”" in one["expected"]
        assert holds(one["expected"], catalogue(lang)[says])
        assert ("danvan template receptions --aggregate" in one["expected"]) == has_tiers


def test_headings_as_books_of_receptions_and_lists_of_models_have_them_are_understood(run: Run) -> None:
    head = "STT,Ngày tháng năm,Họ và tên,Địa chỉ,Nội dung vụ việc,Loại vụ việc,Số người,Chế độ tiếp,SĐT"
    head += ",Kết quả giải quyết\n"
    row = "1,6/1/2023,Lê Thị Mười,thôn 3,Xin cấp GCN,khiếu nại,1,thường xuyên,0987654321,đúng\n"
    assert run("import", listed(run, head + row)).out.startswith("Added 1 reception")
    run("import", listed(run, "Tên mô hình,Lĩnh vực,Loại hình,Ngày\nHoa,khác,điển hình,1/2/2023\n"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_field_that_cannot_hold_what_stands_in_a_column_is_not_offered_for_it(run: Run, lang: LanguageCode) -> None:
    label = Language(lang).label
    head = "Ngày,Nội dung,Chế độ tiếp,{}\n2/1/2023,Đất,thường xuyên,{}\n"
    for heading, value, field in (("Dạng vụ việc", "tố cáo", "category"), ("Vụ việc khác", "2", "cases")):
        (said, *_) = run(
            "import", listed(run, head.format(heading, value)), "--kind", "receptions", lang=lang, code=3
        ).err.splitlines()
        assert f"“{label(KINDS['reception'], field)}" in said, said
    (said, *_) = run(
        "import", listed(run, head.format("Dạng vụ việc", "dài dòng")), "--kind", "receptions", lang=lang, code=3
    ).err.splitlines()
    assert holds(said, catalogue(lang)["error.heading.strange"])


def test_a_field_that_another_column_has_is_not_offered(run: Run) -> None:
    head = "Ngày,Nội dung,Chế độ tiếp,Hướng xử lý,Kết quả sử lý\n2/1/2023,Đất,thường xuyên,thụ lý,x\n"
    (problem,) = run("import", listed(run, head), "--json", code=3).document["problems"]
    assert problem["says"] == "error.heading.strange"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_said_of_an_identity_while_the_column_of_the_category_is_in_doubt(
    run: Run, lang: LanguageCode
) -> None:
    rows = "Ngày,Nội dung,Chế độ tiếp,Loại,Điện thoại\n3/1/2023,Đất,thường xuyên,khiếu nại,0911222334\n"
    path = listed(run, rows + "x,Rác,thường xuyên,tố cáo,0911222334\n")
    for partial in ((), ("--partial",)):
        problems = run("import", path, "--json", *partial, lang=lang, code=3).document["problems"]
        assert [one["says"] for one in problems] == ["error.heading.unknown", "error.day"]
        assert not run.db.exists()
    assert Language(lang).label(KINDS["reception"], "category") in problems[0]["expected"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_or_number_of_a_citizen_in_a_wrong_cell_is_not_repeated(run: Run, lang: LanguageCode) -> None:
    head = "Ngày,Nội dung,Chế độ tiếp,Loại việc,Họ tên công dân\n"
    rows = ("Lê Văn Kín,5/1/2023,Đất,0911222334,x\n", "6/1/2023,Rác,Hà Thị Bí,tố cáo,\n", "7/1/2023,Đất,Kỳ,tố cáo,\n")
    path = listed(run, head + "".join(rows))
    table = run.home / "p.csv"
    said = run("import", path, "--problems", table, lang=lang, code=3).err + table.read_text("utf-8-sig")
    said += run("import", path, "--json", lang=lang, code=3).out
    for one in ("Kín", "Bí", "0911222334"):
        assert one not in said
    assert "“•••”" in said
    assert "Kỳ" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("heading", "key", "said"),
    [
        ("Cộng", "heading.total", ""),
        ("Tổng số", "heading.total", ""),
        ("Tập thể", "heading.value", "“Tập thể”"),
        ("Văn hóa - xã hội", "heading.value", "“Văn hóa - xã hội”"),
    ],
)
def test_a_column_of_totals_or_of_one_value_is_told_as_such_and_no_field_is_guessed(
    run: Run, heading: str, key: str, said: str, lang: LanguageCode
) -> None:
    path = listed(run, f"Đơn vị,Từ ngày,Đến ngày,Số mô hình,{heading}\nXã A,1/1/2023,31/3/2023,5,3\n")
    (problem,) = run("import", path, "--kind", "models", "--json", lang=lang, code=3).document["problems"]
    assert problem["says"] == f"error.{key}"
    assert holds(problem["expected"], catalogue(lang)[f"error.{key}"])
    assert said in problem["expected"]
    run("import", path, "--map", f"{heading}=", lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_that_an_office_may_have_made_its_own_is_told_with_how_to_make_it_one(
    run: Run, lang: LanguageCode
) -> None:
    run("config", "set", "model.field", "môi trường")
    run("add-model", "Hoa", "--field", "môi trường")
    run("export", "models", "-o", run.home / "a.csv")
    run("config", "set", "model.field", "chợ", "--db", run.home / "other.json")
    other = ("--db", run.home / "other.json")
    said = run("import", run.home / "a.csv", *other, lang=lang, code=3).err
    assert holds(said, catalogue(lang)["import.own_value"].partition("danvan")[0])
    assert ' set model.field "chợ" "môi trường"\n' in said
    run("config", "set", "model.field", "chợ", "môi trường", *other)
    run("import", run.home / "a.csv", *other)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_amount_with_parts_of_a_dong_is_told_as_one_with_how_to_round_it(run: Run, lang: LanguageCode) -> None:
    head = ("Tên cuộc", "Loại", "Ngày bắt đầu", "Ngày kết luận", "Vi phạm (triệu đồng)")
    path = tiers(run, head, ("Đất", "thanh tra", date(2023, 2, 1), date(2023, 3, 1), 12.3456789), merged="")
    (problem,) = run("import", path, "--json", lang=lang, code=3).document["problems"]
    shown = "12,3456789" if lang == "vi" else "12.3456789"
    assert problem["expected"].startswith(catalogue(lang)["error.cell.too_fine"].format(value=shown, places=6))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_in_a_column_of_texts_is_asked_about_and_who_came_is_not_told(run: Run, lang: LanguageCode) -> None:
    head = ("Nội dung", "Ngày", "Chế độ tiếp", "Số hồ sơ giấy", "Địa chỉ", "Loại việc")
    row = ("Đất", date(2023, 2, 1), "thường xuyên", date(2023, 5, 12), date(2023, 10, 7), "khiếu nại")
    path = tiers(run, head, row, ("Rác", *row[1:3], "12/5", "x", "khiếu nại"), merged="")
    said = run("import", path, "--dry-run", lang=lang).err
    for column, value in (("Số hồ sơ giấy", "2023-05-12"), ("Địa chỉ", "•••")):
        facts = {"file": f"{path} · Sheet", "row": 2, "heading": column, "value": value}
        assert catalogue(lang)["import.day_in_text"].format(**facts) in said
    assert "2023-10-07" not in said
    run("import", path, "--strict", code=1)


OF_KINDS = "Loại sổ,Ngày,Đơn vị,Tên mô hình,Lĩnh vực,Nội dung,Chế độ tiếp,Họ tên công dân,Điện thoại\n"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "row",
    [
        "mô hình,2023-05-01,Xã A,Camera,kinh tế,,,Kín,\n",  # a model has nobody who came
        "mô hình,2023-05-01,Xã A,Camera,kinh tế,,,,0912 345 678\n",
        "mô hình,2023-05-01,Xã A,Camera,kinh tế,Lê Văn Kín,,,\n",
        "Lê Văn Kín,2023-05-01,Xã A,,,Đất,thường xuyên,,\n",  # a row that slipped to the side is of no kind
    ],
)
def test_who_came_is_not_told_in_a_row_of_another_kind_or_of_none(run: Run, row: str, lang: LanguageCode) -> None:
    path, table = listed(run, OF_KINDS + row), run.home / "p.csv"
    said = run("import", path, "--problems", table, lang=lang, code=3).err + table.read_text("utf-8-sig")
    said += run("import", path, "--json", lang=lang, code=3).out
    assert "Kín" not in said
    assert "0912" not in said
    assert said.count("•••") >= 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("head", "last"),
    [
        ("Người phụ trách", "Lan"),
        ("Kinh phí (triệu)", "12"),
        ("Tên gọi", "Hoa"),
        ("", "Hoa"),
    ],
)
def test_what_is_wrong_with_a_column_lets_no_row_in_not_even_sound_ones(
    run: Run, head: str, last: str, lang: LanguageCode
) -> None:
    path = listed(run, f"Tên mô hình,Lĩnh vực,Ngày,{head}\nA,khác,1/2/2023,{last}\nB,khác,2/2/2023,{last}\n")
    for partial in ((), ("--partial",)):
        err = run("import", path, *partial, lang=lang, code=3).err
        assert "--partial" not in err
        assert catalogue(lang)["import.faults_column"].format(count=1) in err
        assert catalogue(lang)["error.unchanged"] in err
    assert not run.db.exists()


def test_what_is_wrong_with_a_key_of_objects_lets_none_of_them_in(run: Run) -> None:
    row = '{"kind":"model","name":"%s","field":"other","date":"2023-01-01"%s}'
    path = run.home / "a.jsonl"
    path.write_text("\n".join((row % ("A", ""), row % ("B", ',"wards":3'))), "utf-8")
    assert "wards" in run("import", path, "--partial", code=3).err
    assert not run.db.exists()


def groups_in_tiers(run: Run, people: str) -> Path:
    """The usual form: what groups brought stands under a heading of its own."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(("Đơn vị", "Từ ngày", "Đến ngày", "Chế độ tiếp", "Số lượt", "Số người", "Đoàn đông người", None))
    page.append((*[None] * 6, "Số đoàn", people))
    page.append(("Xã A", date(2023, 1, 1), date(2023, 3, 31), "thường xuyên", 120, 150, 2, 24))
    for column in "ABCDEF":
        page.merge_cells(f"{column}1:{column}2")
    page.merge_cells("G1:H1")
    path = run.home / "a.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_column_of_a_doubled_meaning_can_be_given_another_by_the_name_it_is_told_under(
    run: Run, lang: LanguageCode
) -> None:
    path = groups_in_tiers(run, "Người")
    (problem,) = run("import", path, "--json", lang=lang, code=3).document["problems"]
    assert (problem["column"], problem["says"]) == ("Đoàn đông người / Người (H)", "error.heading.twice")
    facts = {"other": "Số người (F)", "column": problem["column"]}
    assert problem["expected"] == catalogue(lang)["error.heading.twice"].format(**facts)
    for name in (problem["column"], "Đoàn đông người / Người", "Người (H)"):
        run("import", path, "--map", f"{name}=Số người trong đoàn", lang=lang)
        (record,) = (one for one in run.stored().values() if not one.get("void"))
        assert (record["people"], record["groups"], record["group_people"]) == (150, 2, 24)
        run("undo", "--yes")
    run("import", path, "--map", "Người (H)=", "--remember", lang=lang)
    assert "group_people" not in run.stored()["4"]
    assert "Người (H)=" in run("import", path, lang=lang).err
    told = run("import", path, "--map", "Người (G)=", lang=lang, code=2).err
    assert catalogue(lang)["error.map_unmet"].format(value="Người (G)") in told


def test_people_below_a_heading_of_large_groups_are_those_of_the_groups(run: Run) -> None:
    run("import", groups_in_tiers(run, "Số người"))
    record = run.stored()["1"]
    assert (record["people"], record["groups"], record["group_people"]) == (150, 2, 24)


def test_the_unit_of_a_column_is_not_read_from_its_letter(run: Run) -> None:
    head = "Tên cuộc,Loại,Ngày bắt đầu,Vi phạm (triệu đồng),Vi phạm (triệu đồng)\n"
    path = listed(run, head + "Đất,thanh tra,1/2/2023,5,3\n")
    run("import", path, "--kind", "audits", "--map", "Vi phạm (triệu đồng) (D)=")
    assert next(iter(run.stored().values()))["violations"] == 3_000_000


def tiers(run: Run, *rows: tuple[object, ...], merged: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for area in merged.split():
        book.worksheets[0].merge_cells(area)
    book.save(run.home / "tiers.xlsx")
    return run.home / "tiers.xlsx"


WIDE = (
    ("Đơn vị", "Từ ngày", "Đến ngày", "Tiếp thường xuyên", *[None] * 5, "Thủ trưởng tiếp", None, None),
    (
        None,
        None,
        None,
        "Số lượt",
        "Số vụ việc",
        None,
        "Trong đó đoàn đông người",
        None,
        None,
        "Số lượt",
        "Nội dung",
        None,
    ),
    (*[None] * 4, "Tiếp lần đầu", "Tiếp nhiều lần", "Số đoàn", "Số vụ việc", None, None, "Đất", "Đất"),
    (*[None] * 7, "Lần đầu", "Nhiều lần"),
    ("Xã A", date(2023, 1, 1), date(2023, 3, 31), 9, 1, 2, 1, 1, 0, 4, "x", "y"),
)
MERGES = "A1:A4 B1:B4 C1:C4 D1:I1 J1:L1 D2:D4 E2:F2 G2:I2 J2:J4 K2:L2 E3:E4 F3:F4 G3:G4 H3:I3 K3:K4 L3:L4"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_column_below_several_tiers_is_told_by_what_stands_over_it_and_no_further(
    run: Run, lang: LanguageCode
) -> None:
    path = tiers(run, *WIDE, merged=MERGES)
    problems = run("import", path, "--kind", "receptions", "--json", lang=lang, code=3).document["problems"]
    twice, *strange = ((one["column"], one["expected"]) for one in problems[:-1])  # and who received
    facts = {"other": "Tiếp thường xuyên / Số lượt (D)", "first": "Tiếp thường xuyên", "second": "Thủ trưởng tiếp"}
    expected = catalogue(lang)["error.heading.twice_over"].format(**facts, kinds="receptions")
    assert twice == ("Thủ trưởng tiếp / Số lượt (J)", expected)
    assert [column for column, _ in strange] == [f"Thủ trưởng tiếp / Nội dung / Đất ({letter})" for letter in "KL"]
    own = (f"--map={column}=" for column, _ in (twice, *strange))
    left = run("import", path, "--kind", "receptions", *own, "--json", code=3).document["problems"]
    assert [one["says"] for one in left] == ["error.heading.absent"]


AMOUNTS = ("Tên cuộc", "Loại", "Ngày bắt đầu", "Ngày kết luận", "Tổng vi phạm", None, "Kiến nghị thu hồi", None)
PARTED = (*[None] * 4, "Tiền (tr.đ)", "Đất (ha)", "Tiền (tr.đ)", "Đất (ha)")
INSPECTION = ("Quản lý đất", "thanh tra", date(2023, 2, 1), date(2023, 3, 1), 1500, 2.5, 1000, "1,5")
DOWN = str.maketrans("12", "23")  # the same merged cells a row further down
MERGED = "A1:A2 B1:B2 C1:C2 D1:D2 E1:F1 G1:H1"


def test_amounts_below_the_headings_of_the_statutory_form_are_understood(run: Run) -> None:
    run("import", tiers(run, AMOUNTS, PARTED, INSPECTION, merged=MERGED))
    names = ("violations", "violations_land", "recovery", "recovery_land")
    assert [run.stored()["1"][name] for name in names] == [1_500_000_000, 25_000, 1_000_000_000, 15_000]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_amounts_below_those_headings_need_a_unit_that_somebody_states(run: Run, lang: LanguageCode) -> None:
    bare = tuple(str(one).partition(" (tr")[0] if one else one for one in PARTED)
    row = (*INSPECTION[:5], 25_000, 1000, 15_000)
    path = tiers(run, AMOUNTS, bare, row, merged=MERGED)
    found = run("import", path, "--partial", lang=lang, code=3).err
    assert found.count(catalogue(lang)["error.heading.no_unit"]) == 2
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["I1"], book.worksheets[0]["I3"] = "Đơn vị tính", "triệu đồng"
    book.worksheets[0].merge_cells("I1:I2")
    book.save(path)
    run("import", path)
    run("import", tiers(run, ("ĐVT: triệu đồng",), AMOUNTS, bare, row, merged=MERGED.translate(DOWN)))
    assert [one["violations"] for one in run.stored().values()] == [1_500_000_000]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_strange_columns_of_one_heading_are_told_by_names_that_can_be_mapped(run: Run, lang: LanguageCode) -> None:
    head = tuple(one and str(one).replace("Tổng vi phạm", "Phát hiện").replace("Kiến nghị", "Đã") for one in AMOUNTS)
    path = tiers(run, head, PARTED, INSPECTION, merged=MERGED)
    problems = run("import", path, "--json", lang=lang, code=3).document["problems"]
    told = [one["column"] for one in problems]
    assert told == [f"{over} / {one}" for over in ("Phát hiện", "Đã thu hồi") for one in ("Tiền (tr.đ)", "Đất (ha)")]
    meant = zip(told, ("Vi phạm", "Vi phạm về đất", "Kiến nghị thu hồi", "Kiến nghị thu hồi đất"), strict=True)
    run("import", path, *(f"--map={heading}={name}" for heading, name in meant), lang=lang)
    assert run.stored()["1"]["violations_land"] == 25_000
    said = run("import", path, "--map=Tiền (tr.đ)=Vi phạm", "--map=Đất (ha)=", lang=lang, code=3).err
    assert holds(said, catalogue(lang)["error.heading.twice"])


def book_of_receptions(run: Run, mode: str = "") -> Path:
    """The book that the law prescribes: how a matter is handled is ticked under a heading of several columns."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(("SỔ TIẾP CÔNG DÂN",))
    page.append(("Ngày tiếp", "Nội dung vụ việc", mode or "Ghi chú", "Hướng xử lý", None))
    page.append((None, None, None, "Thụ lý để giải quyết", "Trả lại đơn và hướng dẫn"))
    page.append((date(2023, 1, 6), "Xin cấp giấy", "thường xuyên", "x", None))
    for column in "ABC":
        page.merge_cells(f"{column}2:{column}3")
    page.merge_cells("D2:E2")
    path = run.home / "so.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lower_tier_of_headings_is_no_row_of_the_table(run: Run, lang: LanguageCode) -> None:
    answer = run("import", book_of_receptions(run), "--json", lang=lang, code=3).document
    assert [(one["row"], one["column"], one["says"]) for one in answer["problems"]] == [
        (3, "Thụ lý để giải quyết", "error.heading.unknown"),
        (3, "Trả lại đơn và hướng dẫn", "error.heading.strange"),
        (3, Language(lang).label(KINDS["reception"], "mode"), "error.heading.absent"),
    ]
    ticked = ("--map", "Thụ lý để giải quyết=", "--map", "Hướng xử lý / Trả lại đơn và hướng dẫn=")
    run("import", book_of_receptions(run, "Chế độ tiếp"), *ticked, lang=lang)
    assert run.stored()["1"]["summary"] == "Xin cấp giấy"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_field_that_the_file_does_not_have_is_told_with_the_column_and_the_values_to_add(
    run: Run, lang: LanguageCode
) -> None:
    language, kind = Language(lang), KINDS["reception"]
    answer = run("import", listed(run, "Nội dung,Ngày,Loại việc\nĐất,1/2/2023,khiếu nại\n"), lang=lang, code=3)
    assert f"“{language.label(kind, 'mode')}”" in answer.err
    assert language.choice(kind, "mode", "regular") in answer.err
    assert holds(answer.err, catalogue(lang)["error.heading.absent"])


def test_two_tiers_of_headings_are_known_where_no_cells_are_merged(run: Run) -> None:
    head = "STT;Đơn vị;Từ ngày;Đến ngày;Người tiếp;Số lượt;Đoàn đông người;;Ghi chú\n;;;;;;Số đoàn;Số người;\n"
    row = "1;Xã A;1/1/2023;31/3/2023;cán bộ;10;1;12;x\n"
    run("import", listed(run, head + row))
    (record,) = run.stored().values()
    assert (record["turns"], record["groups"], record["group_people"], record["note"]) == (10, 1, 12, "x")


@pytest.mark.parametrize("merged", ["D3:E3", "A3:A4 C3:C4 F3:F4", "A1:F1 D3:E3 A3:A4", "A6:B6 D3:E3"])
def test_two_tiers_of_headings_are_known_where_only_some_cells_are_merged(run: Run, merged: str) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["BẢNG TỔNG HỢP"],
        [],
        ["Từ ngày", "Đến ngày", "Người tiếp", "Đoàn đông người", None, "Ghi chú"],
        [None, None, None, "Số đoàn", "Số người", None],
        [date(2023, 1, 1), date(2023, 3, 31), "cán bộ", 1, 12, "x"],
    ):
        page.append(row)
    for area in merged.split():
        page.merge_cells(area)
    book.save(run.home / "a.xlsx")
    run("import", run.home / "a.xlsx")
    (record,) = run.stored().values()
    assert (record["groups"], record["group_people"], record["note"]) == (1, 12, "x")


@pytest.mark.parametrize("lower", [";;;;;;x;;", ";;;;;;;y;", ";;;;;;2;y;", "1;Xã A;;;;;x;y;"])
def test_a_row_of_a_table_is_no_lower_tier_of_its_headings(run: Run, lower: str) -> None:
    head = "STT;Đơn vị;Từ ngày;Đến ngày;Người tiếp;Số lượt;Số đoàn;;Ghi chú\n"
    row = "1;Xã A;1/1/2023;31/3/2023;cán bộ;10;1;;x\n"
    assert "row 2" in run("import", listed(run, f"{head}{lower}\n{row}"), code=3).err


def test_a_letter_names_a_column_only_where_its_heading_does_not(run: Run) -> None:
    head = "Từ ngày,Đến ngày,Đơn vị,Người tiếp"
    doubled, other = run.home / "i.csv", run.home / "k.csv"
    doubled.write_text(f"{head},Số lượt,Số lượt\n1/1/2023,31/3/2023,Phường X,staff,3,4\n", "utf-8")
    other.write_text(f"{head},Số vụ việc,Số lượt\n1/1/2023,31/3/2023,Phường Y,staff,9,25\n", "utf-8")
    run("import", doubled, other, "--kind", "receptions", "--map", "Số lượt (F)=")
    assert [record["turns"] for record in run.stored().values()] == [3, 25]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "head",
    [
        "Đơn vị;Tháng 1;Tháng 2;Quý I",
        "Đơn vị;Chế độ tiếp;T1/2023;T2/2023",
        "Unit;January;February",
        "Đơn vị;Quý I năm 2023;Quý II năm 2023",
    ],
)
def test_columns_of_months_are_told_once_with_what_to_do(run: Run, head: str, lang: LanguageCode) -> None:
    rows = f"{head}\n" + ";".join(["Phường A", *["5"] * head.count(";")]) + "\n"
    answer = run("import", listed(run, rows), "--kind", "receptions", "--json", lang=lang, code=3)
    (problem,) = answer.document["problems"]
    assert (problem["row"], problem["says"]) == (1, "error.heading.parts_of_year")
    said = run("import", listed(run, rows), lang=lang, code=3).err
    assert "danvan template receptions --aggregate" in said
    assert catalogue(lang)["import.faults"].format(count=1) in said


def test_columns_of_quarters_beside_a_day_are_columns_like_others(run: Run) -> None:
    path = listed(run, "Tên mô hình;Lĩnh vực;Ngày;Quý 1;Quý 2\nHoa;khác;1/2/2023;x;\n")
    problems = run("import", path, "--json", code=3).document["problems"]
    assert [(one["column"], one["says"]) for one in problems] == [
        ("Quý 1", "error.heading.strange"),
        ("Quý 2", "error.heading.strange"),
    ]
    run("import", path, "--map=Quý 1=", "--map=Quý 2=")


BOOK = "TT;Ngày tiếp;Nội dung;Chế độ tiếp;Khiếu nại;Tố cáo;Kiến nghị;Phản ánh\n"


def test_a_kind_that_is_ticked_in_a_column_of_its_own_is_read(run: Run) -> None:
    rows = "1;1/2/2023;Đất;thường xuyên;x;;;\n2;2/2/2023;Rác;thường xuyên;;;X;\n3;3/2/2023;Nước;định kỳ;0;-;;Phản ánh\n"
    assert "Added 3" in run("import", listed(run, f"{BOOK}{rows}Tổng;;;;1;0;1;1\n")).out
    assert [one["category"] for one in run.stored().values()] == ["complaint", "petition", "feedback"]
    themes = "Tên mô hình;Ngày;Lĩnh vực;Đô thị văn minh;Đồng bào có đạo\n"
    run("import", listed(run, f"{themes}Hoa;1/2/2023;khác;1;1\nCờ;2/2/2023;khác;;\n"))
    assert [one.get("themes", []) for one in list(run.stored().values())[3:]] == [["urban", "religious"], []]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("ticks", "told"),
    [
        ("x;x;;", "Khiếu nại, Tố cáo"),
        (";;;", ""),
        (";;OK?;", "OK?"),
        ("x;tố cáo;Kiến nghị;", "Khiếu nại, Tố cáo, Kiến nghị"),
        ("Tố cáo;;;", "Khiếu nại: Tố cáo"),
        (";x;khiếu nại;", "Kiến nghị: khiếu nại"),
        ("2;x;;", "2"),
        ("NGUYEN THI HOA;;;", "•••"),
    ],
)
def test_what_is_ticked_not_once_is_told_with_what_is(run: Run, ticks: str, told: str, lang: LanguageCode) -> None:
    first = "".join(f"{at};1/2/2023;Đất {at};thường xuyên;{'x;;' if at > 1 else ';;x'};\n" for at in range(1, 40))
    rows = f"{BOOK}{first}40;2/2/2023;Rác;thường xuyên;{ticks}\n"
    (problem,) = run("import", listed(run, rows), "--json", lang=lang, code=3).document["problems"]
    assert (problem["row"], problem["column"]) == (41, Language(lang).label(KINDS["reception"], "category"))
    assert problem["value"] == (told or catalogue(lang)["import.no_tick"])


def test_what_is_ticked_in_a_column_that_nobody_understands_is_not_told_row_by_row(run: Run) -> None:
    head = BOOK.replace("Kiến nghị;Phản ánh", "Kiến nghị, phản ánh")
    rows = "1;1/2/2023;Đất;thường xuyên;x;;\n2;2/2/2023;Rác;thường xuyên;;;x\n"
    (problem,) = run("import", listed(run, head + rows), "--json", code=3).document["problems"]
    assert problem["row"] == 1


@pytest.mark.parametrize(
    ("kind", "tier", "lower", "told"),
    [
        ("receptions", "Đã có văn bản trả lời", ("Có", "Không"), None),
        ("receptions", "", ("Có", "Không"), None),
        ("receptions", "Vùng sâu, vùng xa", ("Có", "Không"), ("remote", "yes")),
        ("receptions", "Phân loại đơn thư", ("Khiếu nại", "Tố cáo", "Kiến nghị"), ("category", "complaint")),
        ("models", "Cấp công nhận", ("Thành phố", "Phường"), ("recognised_level", "city")),
        ("models", "Đề nghị khen thưởng cấp", ("Thành phố", "Phường"), None),
        ("models", "Hồ sơ", ("Tập thể", "Cá nhân"), None),
        ("models", "Chủ thể", ("Tập thể", "Cá nhân"), ("holder", "collective")),
    ],
)
def test_what_is_ticked_is_read_as_what_stands_over_it(
    run: Run, kind: str, tier: str, lower: tuple[str, ...], told: tuple[str, str] | None
) -> None:
    base = {
        "receptions": ("Ngày tiếp", "Nội dung", "Chế độ tiếp"),
        "models": ("Ngày đăng ký", "Tên mô hình", "Lĩnh vực"),
    }
    row = {"receptions": (date(2023, 3, 1), "Đất", "thường xuyên"), "models": (date(2023, 3, 1), "Hoa", "kinh tế")}
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.append((*base[kind], tier, *[None] * (len(lower) - 1)))
    sheet.append((None, None, None, *lower))
    sheet.append((*row[kind], "x"))
    for column in "ABC":
        sheet.merge_cells(f"{column}1:{column}2")
    sheet.merge_cells(start_row=1, start_column=4, end_row=1, end_column=3 + len(lower))
    book.save(run.home / "a.xlsx")
    said = run("import", run.home / "a.xlsx", "--kind", kind, code=0 if told else 3).err
    assert holds(said, catalogue("en")["import.ticks"]) is bool(told)
    if told:
        (record,) = run.stored().values()
        assert record[told[0]] == told[1]


def test_counts_below_the_names_of_kinds_are_no_ticks(run: Run) -> None:
    head = "Từ ngày;Đến ngày;Chế độ tiếp;Số lượt;Khiếu nại;Tố cáo\n"
    told = run("import", listed(run, f"{head}1/1/2023;31/1/2023;thường xuyên;2;1;1\n"), code=3).err
    assert holds(told, catalogue("en")["error.heading.value"])
