"""`import`: lines of a table that are no records are passed over and named, and no record ever is."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from office import Run, holds, office

from danvan.cautions import LIKE_TOTALS, TOTALS, is_of_totals
from danvan.messages import LANGUAGES, LanguageCode, catalogue

HEAD = "Tên mô hình;Lĩnh vực;Đơn vị;Ngày;Ghi chú\n"
ROW = "Đường hoa;khác;Phường A;1/2/2023;\n"
SIGNED = [
    "Người lập biểu;;;Thủ trưởng đơn vị;\n",
    "NGƯỜI LẬP BIỂU;;;THỦ TRƯỞNG;\n(Ký, ghi rõ họ tên);;;(Ký tên, đóng dấu);\n",
    "Người tổng hợp;;;TM. ỦY BAN NHÂN DÂN;\n;;;KT. CHỦ TỊCH;\n;;;PHÓ CHỦ TỊCH;\n",
    "Kế toán;Người lập biểu;;Trưởng ban;\nLê Thị Hoa;Trần Văn Bình;;Nguyễn An;\n",
    "Người lập;;;Hà Nội, ngày 31 tháng 12 năm 2023;\n;;;Chủ tịch;\n;;;Nguyễn An;\n",
    "Người lập;;;Ngày … tháng … năm 20…;\n",
    "Nơi nhận:;;;TL. GIÁM ĐỐC;\n- Như trên;;;CHÁNH VĂN PHÒNG;\n- Lưu: VT;;;;\n",
    "Prepared by;;;Approved by;\n",
]


def listed(run: Run, rows: str, name: str = "a.csv") -> Path:
    path = run.home / name
    path.write_text(rows, "utf-8")
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lines", SIGNED)
def test_who_signs_below_a_table_is_passed_over_and_named(run: Run, lines: str, lang: LanguageCode) -> None:
    answer = run("import", listed(run, HEAD + ROW + lines), lang=lang)
    passed = answer.err.splitlines()
    assert len(passed) == lines.count("\n")
    assert holds(passed[0], catalogue(lang)["import.signature"])
    assert all(str(number) in line for number, line in enumerate(passed, 3))
    assert len(run("models", "--json").document["records"]) == 1


@pytest.mark.parametrize(
    "lines",
    [
        "Người lập biểu;;;Thủ trưởng đơn vị;\n" + ROW.replace("hoa", "cờ"),  # the table goes on
        "Đường cờ;;;Thủ trưởng;\n",
        "Người lập biểu;;;31/12;\n",
        "Người lập biểu;;;Thủ trưởng;5\n",
        "Nguyễn An;;;Trần Bình;\n",
        "Kế toán;;;Thủ trưởng;\nĐường cờ;khác;Phường A;;\n",
    ],
)
def test_what_may_be_a_record_is_not_taken_for_a_line_of_who_signs(run: Run, lines: str) -> None:
    answer = run("import", listed(run, HEAD + ROW + lines), code=3)
    assert not holds(answer.err, catalogue("en")["import.signature"])
    assert not run.db.exists()


WORDS = st.sampled_from(
    ("Người lập biểu", "Thủ trưởng", "Kế toán", "KT. Chủ tịch", "Nơi nhận", "1", "2", "3", "4", "5", "(2)", "")
)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5))
@example([("Kế toán", "Thủ trưởng", "Chủ tịch")])
@example([("1", "3", "5"), ("Kế toán", "Thủ trưởng", "Chủ tịch")])
def test_a_row_with_a_name_and_a_day_is_a_record_whatever_it_says(rows: list[tuple[str, str, str]]) -> None:
    with office() as run:
        said = "".join(
            f"{name or 'x'};khác;{unit};{at + 1}/2/2023;{note}\n" for at, (name, unit, note) in enumerate(rows)
        )
        answer = run("import", listed(run, HEAD + said))
        assert len(run("models", "--json").document["records"]) == len(rows), answer
        assert not any(holds(answer.err, catalogue("en")[f"import.{key}"]) for key in ("signature", "numbers", "note"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "numbers", ["1;2;3;4;5", "(1);(2);(3);(4);(5)", "A;B;1;2;3", ";1;2;3;4", "1;2;3;4;5=3+4", "[1];[2];[3];[4];[5]"]
)
def test_a_line_that_numbers_the_columns_is_passed_over_and_named(run: Run, numbers: str, lang: LanguageCode) -> None:
    head = "STT;Tên mô hình;Lĩnh vực;Ngày;Ghi chú\n"
    answer = run("import", listed(run, f"{head}{numbers}\n1;Đường hoa;khác;1/2/2023;x\n"), lang=lang)
    (passed,) = answer.err.splitlines()
    assert holds(passed, catalogue(lang)["import.numbers"])
    assert "2" in passed
    assert len(run("models", "--json").document["records"]) == 1


def test_numbers_of_columns_may_be_numbers_of_a_workbook(run: Run) -> None:
    book = openpyxl.Workbook()
    for row in (("STT", "Tên mô hình", "Lĩnh vực", "Ngày"), (1, 2, 3, 4.0), (1, "Hoa", "khác", "1/2/2023")):
        book.worksheets[0].append(row)
    book.save(run.home / "a.xlsx")
    assert holds(run("import", run.home / "a.xlsx").err, catalogue("en")["import.numbers"])


@pytest.mark.parametrize(
    "rows",
    [
        ROW + "1;2;3;4;5\n",  # not below the headings
        "1;2;4;5;6\n" + ROW,
        "2;1;3;4;5\n" + ROW,
        "1;2;3;;\n" + ROW,  # a column without a number, that of the days
        "1;1;1;1;1\n" + ROW,
    ],
)
def test_what_does_not_count_the_columns_is_read_as_a_record(run: Run, rows: str) -> None:
    answer = run("import", listed(run, HEAD + rows), code=3)
    assert not holds(answer.err, catalogue("en")["import.numbers"])
    assert not run.db.exists()


SECTIONS = [
    "I;Phường Trúc Bạch;;;",
    "II.;Phường Trúc Bạch;;;",
    "B;;Phường Trúc Bạch;;",
    "IV. Phường Trúc Bạch;;;;",
    "PHƯỜNG A;;;;",
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_heading_within_a_table_is_passed_over_and_named(run: Run, section: str, lang: LanguageCode) -> None:
    head = "STT;Tên mô hình;Lĩnh vực;Ngày;Ghi chú\n"
    rows = f"{section}\n1;Đường hoa;khác;1/2/2023;x\n"
    answer = run("import", listed(run, head + rows), lang=lang)
    (passed,) = answer.err.splitlines()
    assert holds(passed, catalogue(lang)["import.section"])
    assert "2" in passed
    assert "--unit" in passed
    run("import", listed(run, f"{head}1;Đường cờ;khác;1/2/2023;x\n{rows.replace('hoa', 'cây')}", "b.csv"))
    assert len(run("models", "--json").document["records"]) == 3


@pytest.mark.parametrize(
    "row", ["I;Đường cờ;khác;;", "1;Đường cờ;;;", "I;Đường cờ;;1/3/2023;", "I;12;;;", "Mới;Đường cờ;;;"]
)
def test_what_says_more_than_a_heading_is_not_passed_over(run: Run, row: str) -> None:
    head = "STT;Tên mô hình;Lĩnh vực;Ngày;Ghi chú\n"
    answer = run("import", listed(run, f"{head}{row}\n1;Đường hoa;khác;1/2/2023;x\n"), code=3)
    assert not holds(answer.err, catalogue("en")["import.section"])
    assert not run.db.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("head", ["Ngày;Tên mô hình;Lĩnh vực;Đơn vị", "Ngày;Nội dung;Chế độ tiếp;Số việc;x;"])
def test_a_second_table_below_the_first_refuses_both(run: Run, head: str, lang: LanguageCode) -> None:
    first = "Tên mô hình;Lĩnh vực;Ngày;Đơn vị\nHoa;khác;1/2/2023;Phường A\n"
    path = listed(run, f"{first};;;\nII. KHÁC;;;\n{head}\n2/2/2023;Cờ;khác;x\n")
    for how, added in ((), 0), (("--partial",), 1):
        answer = run("import", path, "--json", *how, lang=lang, code=3).document
        (problem,) = answer["problems"]
        assert (problem["row"], problem["says"]) == (5, "error.heading.second")
        assert sum(answer["added"].values()) == added


def test_a_table_above_one_whose_headings_say_more_is_not_passed_over(run: Run) -> None:
    first = "Tên mô hình;Lĩnh vực;Ngày;\nHoa;khác;1/2/2023;\nCờ;khác;1/3/2023;\n;;;\n"
    path = listed(run, f"DANH SÁCH;;;\n{first}Ngày;Nội dung;Chế độ tiếp;Đơn vị\n2/2/2023;Đất;thường xuyên;x\n")
    (problem,) = run("import", path, "--json", code=3).document["problems"]
    assert (problem["row"], problem["says"]) == (6, "error.heading.second")
    assert run("import", path, "--partial", code=3).out.startswith("Added 2 model")


@pytest.mark.parametrize("tiers", [slice(0, 2), slice(0, 1), slice(1, 2)])
def test_a_tier_of_the_headings_that_is_repeated_is_passed_over(run: Run, tiers: slice) -> None:
    head = ["Tên mô hình;Lĩnh vực;Ngày;Đăng ký;\n", ";;;Đơn vị;Cấp\n"]
    row = "Hoa;khác;1/2/2023;Phường A;phường\n"
    again = "".join(head[tiers])
    answer = run("import", listed(run, f"{''.join(head)}{row}{again}{row.replace('Hoa', 'Cờ')}"))
    assert "Added 2" in answer.out
    assert holds(answer.err, catalogue("en")["import.headings"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_unit_that_stands_only_once_for_a_group_of_rows_is_a_caution(run: Run, lang: LanguageCode) -> None:
    rows = "Phường A;Hoa;khác;1/2/2023\n" + "".join(f";Cờ {at};khác;2/2/2023\n" for at in range(7))
    path = listed(run, f"Đơn vị;Tên mô hình;Lĩnh vực;Ngày\n{rows}")
    said = run("import", path, lang=lang).err
    assert holds(said, catalogue(lang)["import.blank_units"])
    assert "3, 4, 5, 6, 7…" in said
    assert not holds(run("import", path, "--unit", "Phường B", code=None).err, catalogue("en")["import.blank_units"])


SUMS = (
    ("Tổng cộng", "", "", "10", "5"),  # where the days stand
    ("Cộng tháng", "", "", "10", "5"),
    ("Cộng tháng 1", "", "", "10", "-"),
    ("", "", "Tổng cộng", "10", "–"),
    ("", "", "Cộng quý I", "10", "5"),
    ("", "", "Cộng xã A", "10", "-"),
    ("Lũy kế 6 tháng", "", "", "10", "5"),
    ("", "", "Tổng toàn xã", "10", "5"),
    ("", "", "Total Q1", "10", "5"),
    ("", "", "Subtotal", "10", "5"),
)
PERHAPS = (
    ("", "", "Cộng Láng Hạ", "10", "5"),
    ("Tổng Láng Hạ", "", "", "10", "-"),
    ("", "", "Total Ba Dinh", "1", "2"),
    ("", "", "Toàn huyện", "10", "5"),
    ("", "", "Tổng hợp toàn huyện", "10", "5"),
    ("", "", "Tổng cộng", "10", "5", "thường xuyên"),
)
FIGURES = "Từ ngày;Đến ngày;Đơn vị;Lượt;Số người;Chế độ tiếp\n1/1/2023;31/3/2023;Phường A;10;12;thường xuyên\n"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cells", SUMS)
def test_a_row_of_sums_is_passed_over_wherever_it_says_so_and_whatever_has_no_figure(
    run: Run, cells: tuple[str, ...], lang: LanguageCode
) -> None:
    row = ";".join(cells) + ";\n"
    later = "1/4/2023;30/6/2023;Phường A;7;8;thường xuyên\n"
    for number, rows in enumerate((row, row + later)):
        answer = run("import", listed(run, FIGURES + rows, f"{number}.csv"), lang=lang)
        (passed,) = answer.err.splitlines()[:1]
        assert holds(passed, catalogue(lang)["import.total"])
    assert sum(one["turns"] for one in run("receptions", "--json").document["records"]) == 17


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cells", PERHAPS)
def test_what_may_be_a_row_of_sums_is_told_as_one_and_nothing_else_is_said_of_it(
    run: Run, cells: tuple[str, ...], lang: LanguageCode
) -> None:
    answer = run("import", listed(run, f"{FIGURES}{';'.join(cells)};\n"), "--json", lang=lang, code=3).document
    assert [(one["row"], one["says"]) for one in answer["problems"]] == [(3, "error.perhaps_total")]
    assert (answer["rows"], answer["left_out"]) == (2, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "unit", ["Cộng Láng Hạ", "Tổng Láng Hạ", "Toàn huyện", "TOÀN XÃ LÁNG HẠ", "toan huyen", "Tổng hợp toàn huyện"]
)
def test_a_unit_that_may_be_a_sum_gives_a_caution_where_the_row_has_its_days(
    run: Run, unit: str, lang: LanguageCode
) -> None:
    row = f"1/1/2023;31/3/2023;{unit};10;12;thường xuyên\n"
    said = catalogue(lang)["problem.of_totals"]
    answer = run("import", listed(run, FIGURES + row), lang=lang)
    assert said in answer.err
    assert "2" in answer.out
    run("undo", "--yes")
    assert said in run("import", listed(run, FIGURES + row), "--strict", lang=lang, code=1).err


@pytest.mark.parametrize("unit", ["Cộng Hoà", "Tổng cục Thuế", "Công an xã", "cong an xa", "Toàn Thắng", "Tổng Cọt"])
def test_a_unit_that_is_called_in_words_of_sums_gives_none(run: Run, unit: str) -> None:
    row = f"1/1/2023;31/3/2023;{unit};10;12;thường xuyên\n"
    assert not run("import", listed(run, FIGURES + row)).err


TURNS = "Đơn vị;Từ ngày;Đến ngày;Người tiếp;Số lượt;Số người\n"


def turns(*rows: str) -> str:
    parts = (row.split() for row in rows)
    return TURNS + "".join(f"{a};1/1/2023;31/3/2023;{b};{c};{d}\n" for a, b, c, d in parts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        (("A1 staff 10 12", "A2 staff 5 6", "Cả staff 15 18"), "3"),
        (("Q staff 15 18", "A1 staff 10 12", "A2 staff 5 6", "Chung staff 15 18"), "1, 4"),
        (("A1 staff 9 9", "A2 leader 3 5", "A3 staff 1 1", "A4 leader 6 8", "Cả staff 10 10", "Hai leader 9 13"), "6"),
    ],
)
def test_a_row_that_is_the_sum_of_the_others_is_asked_about_whatever_it_is_called(
    run: Run, rows: tuple[str, ...], totals: str, lang: LanguageCode
) -> None:
    said = run("import", listed(run, turns(*rows)), lang=lang).err
    assert holds(said, f"{catalogue(lang)['problem.sum_of_rows']}{{}}{totals}\n")
    assert "(1" in said or "(2" in said


CLUSTERS = (
    "A1 staff 30 50",
    "A2 staff 40 60",
    "CumA staff 70 110",
    "B1 staff 31 51",
    "B2 staff 41 61",
    "CumB staff 72 112",
)
AHEAD = (
    "CumA staff 70 110",
    "A1 staff 30 50",
    "A2 staff 40 60",
    "CumB staff 72 112",
    "B1 staff 31 51",
    "B2 staff 41 61",
)


@pytest.mark.parametrize(
    ("rows", "totals"), [((*CLUSTERS, "Ca staff 142 222"), "3, 6, 7"), (CLUSTERS, "3, 6"), (AHEAD, "1, 4")]
)
def test_sums_of_parts_are_asked_about_as_those_of_all(run: Run, rows: tuple[str, ...], totals: str) -> None:
    said = run("import", listed(run, turns(*rows))).err
    assert holds(said, f"{catalogue('en')['problem.sum_of_rows']}{{}}No. {totals}\n")


def test_rows_that_sum_a_part_by_chance_are_none_unless_they_do_so_month_after_month(run: Run) -> None:
    chance = Random(197)  # of which one file in 200 of so many rows has rows that happen to be sums
    rows, summed = [TURNS], [TURNS]
    for month in range(1, 5):
        days = f"1/{month}/2023;28/{month}/2023;staff"
        for at in range(14):
            if at % 7 == 0:
                summed.append("")
                sums = [0, 0]
            figures = [met := chance.randint(0, 30), met + chance.randint(0, met // 3)]
            sums = [one + other for one, other in zip(sums, figures, strict=True)]
            rows.append(f"P{at};{days};{figures[0]};{figures[1]}\n")
            summed.append(rows[-1])
            if at % 7 == 6:
                summed[-8] = f"Q{at};{days};{sums[0]};{sums[1]}\n"
    says = catalogue("en")["problem.sum_of_rows"]
    assert not holds(run("import", listed(run, "".join(rows)), "--dry-run").err, says)
    assert holds(run("import", listed(run, "".join(summed))).err, f"{says} (8 records): No. 1, 9, 17, 25, 33 …\n")


def test_sums_of_models_which_have_one_figure_are_told_where_it_is_large(run: Run) -> None:
    rows = (f"{unit};1/1/2023;31/12/2023;{count}\n" for unit, count in (("A", 30), ("B", 41), ("C", 52), ("Cả", 123)))
    said = run("import", listed(run, "Đơn vị;Từ ngày;Đến ngày;Số mô hình\n" + "".join(rows))).err
    assert holds(said, f"{catalogue('en')['problem.sum_of_rows']}{{}}4\n")


@pytest.mark.parametrize(
    "rows",
    [
        ("A1 staff 2 2", "A2 staff 3 3", "A3 staff 5 5"),  # as chance has it
        ("A1 staff 10 12", "A3 staff 15 18", "A2 staff 5 6"),  # between those that it sums
        ("A1 staff 10 12", "A2 staff 5 6", "A3 staff 15 17"),
        ("A1 staff 10 12", "A2 leader 5 6", "A3 staff 15 18"),
        ("A1 staff 10 12", "A2 staff 10 12"),
        ("A1 staff 10 12", "A2 staff 5 6", "Tổng staff 15 18"),  # which is told by its name
    ],
)
def test_a_row_that_may_be_none_of_sums_is_not_asked_about(run: Run, rows: tuple[str, ...]) -> None:
    said = run("import", listed(run, turns(*rows))).err
    assert not holds(said, catalogue("en")["problem.sum_of_rows"])


def test_a_sum_of_one_month_that_is_none_of_the_others_is_not_asked_about(run: Run) -> None:
    months = ("1/1/2023;31/1/2023", "1/2/2023;28/2/2023")
    figures = (("10;12", "5;6", "15;18"), ("9;9", "5;6", "12;13"))
    rows = [
        f"{unit};{days};staff;{one}\n"
        for days, those in zip(months, figures, strict=True)
        for unit, one in zip("ABC", those, strict=True)
    ]
    told = catalogue("en")["problem.sum_of_rows"]
    assert not holds(run("import", listed(run, TURNS + "".join(rows))).err, told)
    assert holds(run("import", listed(run, TURNS + "".join(rows[:3]).replace("2023", "2024"))).err, told)


def test_a_record_whose_name_begins_like_a_sum_is_no_row_of_sums(run: Run) -> None:
    head = "Tên mô hình;Lĩnh vực;Đơn vị;Ngày;Ghi chú\n"
    rows = "Tổng vệ sinh;khác;Phường A;1/2/2023;\nCộng đồng xanh;khác;Phường A;2/2/2023;12\n"
    assert run("import", listed(run, head + rows)).out.startswith("Added 2 model")
    assert not run("import", listed(run, rows := f"{head}Cộng đồng cờ;khác;Phường A;;12\n"), code=3).out, rows
    assert "is needed" in run("import", listed(run, rows), code=3).err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_that_are_repeated_in_a_table_are_passed_over_and_named(run: Run, lang: LanguageCode) -> None:
    again = HEAD.upper()
    answer = run("import", listed(run, HEAD + ROW + again + ROW.replace("hoa", "cờ") + HEAD), lang=lang)
    passed = [one for one in answer.err.splitlines() if holds(one, catalogue(lang)["import.headings"])]
    assert ["3" in passed[0], "5" in passed[1], len(passed)] == [True, True, 2]
    assert len(run("models", "--json").document["records"]) == 2


def test_a_row_that_says_something_beside_the_headings_is_read(run: Run) -> None:
    run("import", listed(run, HEAD + ROW + HEAD.replace("Ghi chú", "mới")), code=3)
    run("import", listed(run, HEAD + ROW + HEAD.replace("Ngày", "3/3/2023").replace("Lĩnh vực", "khác")))
    assert len(run("models", "--json").document["records"]) == 2


@pytest.mark.parametrize("name", ["Công sở văn minh", "Tổng công ty Điện lực", "Tống Xá", "Công xã", "Lũy tre làng"])
@pytest.mark.parametrize("named", [TOTALS, LIKE_TOTALS])
def test_words_of_other_accents_are_no_sums(name: str, named: re.Pattern[str]) -> None:
    assert not is_of_totals(name, named)


@pytest.mark.parametrize("name", ["TỔNG CỘNG:", "tong cong", "Cộng (quý I)", "Tổng số lượt", "Luỹ kế", "Cộng dồn"])
def test_sums_are_known_by_their_names(name: str) -> None:
    assert is_of_totals(name)


def test_what_is_passed_over_is_named_with_its_sheet(run: Run) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("Tháng 2")):
        sheet.append(("Tên mô hình", "Lĩnh vực", "Ngày", "Ghi chú"))
        sheet.append(("Hoa", "khác", "1/2/2023"))
        sheet.append(("Cộng", None, None, 1))
    book.save(run.home / "a.xlsx")
    assert "a.xlsx · Tháng 2: row 3" in run("import", run.home / "a.xlsx").err
