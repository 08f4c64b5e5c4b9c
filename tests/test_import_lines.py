"""`import`: lines of a table that are no records are passed over and named, and no record ever is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from office import Run, holds, office

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


SECTIONS = ["I;Phường Trúc Bạch;;;", "II.;Phường Trúc Bạch;;;", "B;;Phường Trúc Bạch;;", "IV. Phường Trúc Bạch;;;;"]


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
