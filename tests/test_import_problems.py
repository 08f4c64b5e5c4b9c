"""`import` tells all that is wrong with a row at once, and nothing that only an unreadable cell makes wrong."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
from office import Run, holds
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import KINDS


def told(run: Run, content: str, *argv: object) -> list[tuple[str, str]]:
    path = run.home / "list.csv"
    path.write_text(content, "utf-8")
    answer: dict[str, Any] = run("import", "--json", path, *argv, code=3).document
    return [(problem["column"], problem["says"]) for problem in answer["problems"]]


ROWS = "".join(f"Hoa {day},Kinh tế,{day}/2/2023\n" for day in range(1, 21))


@pytest.mark.parametrize(
    ("heading", "value", "found"),
    [
        ("Lĩnh vựcc", "Tổ 5", [("Lĩnh vựcc", "error.heading.unknown")]),
        ("Nhóm", "Tổ 5", [("Nhóm", "error.heading.strange"), ("Field", "error.heading.absent")]),
        ("Nhóm", "Kinh tế", [("Nhóm", "error.heading.unknown")]),
    ],
)
def test_a_heading_that_is_not_understood_is_told_once_and_not_for_every_row(
    run: Run, heading: str, value: str, found: list[tuple[str, str]]
) -> None:
    assert told(run, f"Tên mô hình,{heading},Ngày\n{ROWS.replace('Kinh tế', value)}") == found


def test_a_heading_of_days_that_is_not_understood_is_told_beside_the_lack_of_one(run: Run) -> None:
    assert told(run, f"Tên mô hình,Lĩnh vực,Ngyà\n{ROWS}") == [
        ("Ngyà", "error.heading.unknown"),
        ("", "error.heading.no_date"),
    ]


def days(run: Run, *typed: str, first: str = "Ngày") -> Path:
    """A list as an Excel of the US keeps what is typed into it, day before month; "!" stands for what it leaves."""
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(("Tên mô hình", "Lĩnh vực", "Đơn vị", first))
    for name, one in zip(cycle(("Hoa", "Chợ", "Rừng", "Camera", "Đèn")), typed, strict=False):
        month, day, year = map(int, one.strip("!").split("/"))
        cell = date(year, month, day) if month <= 12 and "!" not in one else one.strip("!")
        book.active.append((name, "khác", "Phường A", cell))
    book.save(run.home / "us.xlsx")
    return run.home / "us.xlsx"


# Nobody came on the fourth of a month, and texts name all others: what chance makes of a whole year at times.
YEAR = (
    *(f"{day}/{month}/2023" for month in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12) for day in (15, 27)),
    *("1/4/2023", "5/4/2023", "9/4/2023", "12/4/2023", "2/4/2023"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        ("10/8/2023", "16/11/2023", "6/5/2023", "27/8/2023"),
        ("13/1/2023", "1/2/2023", "2/1/2023", "3/3/2023", "5/6/2023"),
        YEAR,
    ],
)
def test_days_that_an_excel_of_the_us_exchanged_with_months_refuse_the_file_with_what_to_do(
    run: Run, typed: tuple[str, ...], lang: LanguageCode
) -> None:
    for partial in ((), ("--partial",)):
        said = run("import", days(run, *typed), *partial, lang=lang, code=3).err
        assert holds(said, catalogue(lang)["error.heading.days_turned"])
        assert ("(D2)" in said) is (typed[0] == "10/8/2023")
        assert not run.db.exists()


@pytest.mark.parametrize(
    "typed",
    [
        ("10/8/2023", "16/11/2023"),  # which chance makes as well
        ("10/8/2023", "16/11/2023", "6/5/2023", "27/8/2023", "3/4/2023!"),
        ("1/2/2023", "2/2/2023", "3/3/2023", "5/3/2023", "6/3/2023"),
        ("16/11/2023", "27/8/2023", "14/8/2023", "1/8/2023!"),
        ("3/3/2023", "3/5/2023", "3/10/2023", "13/3/2023!", "17/3/2023!"),  # 5 and 10 March, and texts of March
    ],
)
def test_days_that_were_not_exchanged_are_taken(run: Run, typed: tuple[str, ...]) -> None:
    run("import", days(run, *typed))


ENDS = ((1, "31/1/2023"), (4, "30/4/2023"), (7, "31/7/2023"), (10, "31/10/2023"))


@pytest.mark.parametrize(
    ("periods", "are_turned"),
    [
        ([(date(2023, 1, month), end) for month, end in ENDS], True),
        ([(date(2023, month, 1), end) for month, end in ENDS], False),
        ([(date(year, 1, 1), f"31/12/{year}") for year in range(2019, 2024)], False),  # the same in either order
    ],
)
def test_periods_that_all_seem_to_begin_in_january_give_themselves_away_by_their_ends(
    run: Run, periods: list[tuple[date, str]], are_turned: bool
) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(("Đơn vị", "Từ ngày", "Đến ngày", "Người tiếp", "Số lượt"))
    for count, (first, end) in enumerate(periods, 1):
        book.active.append((f"Phường {count}", first, end, "cán bộ", count))
    book.save(run.home / "a.xlsx")
    said = run("import", run.home / "a.xlsx", code=3 if are_turned else 0).err
    assert holds(said, catalogue("en")["error.heading.days_turned"]) is are_turned


def test_the_counts_of_an_import_add_up(run: Run) -> None:
    rows = ["Hoa,economy,1/2/2023", "Hoa,,1/2/2023", "Camera,iron,", ",economy,2/2/2023", "Rừng,economy,3/2/2023"]
    (run.home / "a.csv").write_text("name,field,date\n" + "\n".join(rows), "utf-8")
    twice = '{"kind": "model", "name": "Hoa", "field": "economy", "date": "2023-02-01"}'
    (run.home / "b.json").write_text(f'[{{"kind": "medal"}}, {{"kind": "model", "name": "Hoa"}}, {twice}]', "utf-8")
    for added, known in ((2, 0), (0, 2)):
        found = run("import", run.home / "a.csv", run.home / "b.json", "--partial", "--json", code=3).document
        assert (found["rows"], found["left_out"], found["repeated"]) == (8, 5, 1)
        assert (sum(found["added"].values()), found["known"]) == (added, known)
        assert found["rows"] == found["left_out"] + added + known + found["repeated"]


@pytest.mark.parametrize("mark", ["Cộng", "TỔNG CỘNG:", "tong so", "Total"])
def test_a_row_of_totals_is_passed_over_and_told(run: Run, mark: str) -> None:
    head = "STT,Đơn vị,Ngày tiếp,Đến ngày,Người tiếp,Số lượt,Số người"
    text = f"{head}\n1,A,1/1/2023,31/3/2023,cán bộ,10,12\n,{mark},,,,10,12\n"
    (run.home / "a.csv").write_text(text, "utf-8")
    answer = run("import", run.home / "a.csv")
    assert "a.csv: row 3 is a row of totals and is passed over" in answer.err
    assert "Added 1 reception" in answer.out


@pytest.mark.parametrize("row", ["Tổng cộng,Tổng cộng,,,,10,12", "Cộng,,,,Total,10,12"])
def test_a_total_may_be_said_in_several_cells_of_its_row(run: Run, row: str) -> None:
    head = "STT,Đơn vị,Ngày tiếp,Đến ngày,Người tiếp,Số lượt,Số người"
    (run.home / "a.csv").write_text(f"{head}\n1,A,1/1/2023,31/3/2023,cán bộ,10,12\n{row}\n", "utf-8")
    answer = run("import", run.home / "a.csv")
    assert "a.csv: row 3 is a row of totals and is passed over" in answer.err
    assert "Added 1 reception" in answer.out


@pytest.mark.parametrize(("lang", "days"), [("vi", "Từ ngày, Đến ngày"), ("en", "From, To")])
def test_a_figure_of_an_aggregate_row_beside_one_day_is_told_with_the_columns_it_lacks(
    run: Run, lang: str, days: str
) -> None:
    text = "Nội dung,Chế độ tiếp,Người tiếp,Ngày,Số lượt\nĐất,định kỳ,lãnh đạo,1/2/2023,10\n"
    (run.home / "a.csv").write_text(text, "utf-8")
    answer = run("import", run.home / "a.csv", lang=lang, code=3)
    assert "Số lượt" in answer.err
    assert days in answer.err
    assert "--date" not in answer.err


def test_what_is_only_called_like_a_total_is_a_record(run: Run) -> None:
    (run.home / "a.csv").write_text("Tên,Lĩnh vực,Ngày\nCộng đồng tự quản,khác,1/2/2023\nCộng,khác,2/2/2023\n", "utf-8")
    assert "Added 2 model" in run("import", run.home / "a.csv").out


def test_a_heading_that_is_like_none_gets_none_suggested(run: Run) -> None:
    assert told(run, "Tên,Lĩnh vực,Ngày,Mã số thuế\nA,khác,1/2/2023,09\n") == [("Mã số thuế", "error.heading.strange")]


@pytest.mark.parametrize(("lang", "meant"), [("vi", "Số người"), ("en", "People")])
def test_the_meaning_of_a_heading_is_suggested_in_the_language_of_the_run(run: Run, lang: str, meant: str) -> None:
    (run.home / "a.csv").write_text("Nội dung,Ngày,Chế độ tiếp,Số người đến\nĐất,1/2/2023,định kỳ,3\n", "utf-8")
    assert f"“{meant}”" in run("import", run.home / "a.csv", lang=lang, code=3).err


def test_a_file_that_is_not_there_hides_nothing_of_the_others(run: Run) -> None:
    (run.home / "good.csv").write_text("name,field,date\nHoa,economy,2023-02-01\n", "utf-8")
    (run.home / "bad.csv").write_text("name,field,date\nHoa,economy,31/2/2023\n", "utf-8")
    files = [run.home / name for name in ("absent.csv", "good.csv", "bad.csv")]
    answer = run("import", *files, code=3)
    assert (
        f"{files[0]}: the file cannot be read: there is no such file or folder" in answer.err
    )  # "error.file.unreadable"
    assert "31/2/2023" in answer.err
    assert "Nothing was changed" in answer.err
    assert not run.db.exists()
    assert "Added 1 model" in run("import", *files, "--partial", code=3).out


def test_a_row_with_an_unreadable_cell_is_also_held_to_the_rules_of_its_kind(run: Run) -> None:
    found = told(run, "Summary,Mode,Receiver,Date,People\nLand,regular,leader,2023-05-01,two\n")
    assert found == [("People", "error.count"), ("Receiver", "problem.receiver")]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("title,type,from,to,count\n,inspection,2023-01-01,2023-12-31,many\n", [("count", "error.count")]),
        ("type,started,concluded\ninspection,yesterdays,2023-05-01\n", [("started", "error.day")]),
        ("type,from,to,count,title\ninspection,2023-01-01,later,3,Land\n", [("to", "error.day")]),
        ("summary,mode,receiver,date\nLand,sometimes,,2023-05-01\n", [("mode", "error.choice")]),
        ("summary,mode,date,category,citizen\nLand,regular,2023-05-01,sad,Mr A\n", [("category", "error.choice")]),
        (
            "mode,from,to,cases,cases first,cases repeat\nregular,2023-01-01,2023-12-31,x,3,4\n",
            [("cases", "error.count")],
        ),
        ("type,date,branch\nsomething,2023-05-01,administrative\n", [("type", "error.choice")]),
    ],
)
def test_an_unreadable_cell_makes_no_problems_of_others(run: Run, row: str, found: list[tuple[str, str]]) -> None:
    assert told(run, row) == found


def test_a_rule_broken_whatever_the_unreadable_cell_means_is_told(run: Run) -> None:
    rows = "name,field,from,to,count\nA,iron,2023-12-31,2023-01-01,3\nB,,2023-01-01,,many\n"
    assert told(run, rows) == [
        ("field", "error.choice"),
        ("name", "problem.only_single"),
        ("to", "problem.backwards"),
        ("count", "error.count"),
        ("field", "problem.missing"),
    ]


def test_a_row_without_a_day_is_held_to_the_other_rules_too(run: Run) -> None:
    assert told(run, "name,field,date,status\nB,,,\nA,iron,,\n") == [
        ("date", "problem.missing"),
        ("field", "problem.missing"),
        ("field", "error.choice"),
        ("date", "problem.missing"),
    ]


def test_lines_under_a_table_are_passed_over_and_told(run: Run) -> None:
    rows = "STT,Tên,Lĩnh vực,Ngày\n1,Hoa,khác,1/2/2023\n,,Người lập biểu,\n,,Nguyễn Văn A,\n"
    (run.home / "a.csv").write_text(rows, "utf-8")
    answer = run("import", run.home / "a.csv")
    assert "Added 1 model record" in answer.out
    assert "row 3 is a single cell of words" in answer.err
    assert "row 4 is a single cell of words" in answer.err


@pytest.mark.parametrize("row", ["Tổng cộng toàn quận,,,3", "Cộng (3 đơn vị),,,3", "Tổng mô hình,,,3 mô hình"])
def test_totals_have_many_names(run: Run, row: str) -> None:
    head = "Đơn vị,Lĩnh vực,Từ ngày,Đến ngày,Số mô hình\nA,khác,1/1/2023,31/3/2023,3\n"
    (run.home / "a.csv").write_text(head + row.replace(",,,", ",,,,") + "\n", "utf-8")
    answer = run("import", run.home / "a.csv")
    assert "row 3 is a row of totals" in answer.err
    assert "Added 1 model record" in answer.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_totals_that_look_like_a_record_give_a_caution(run: Run, lang: str) -> None:
    head = "Đơn vị,Lĩnh vực,Từ ngày,Đến ngày,Số mô hình\nA,khác,1/1/2023,31/3/2023,3\n"
    (run.home / "a.csv").write_text(head + "Tổng cộng,khác,1/1/2023,31/3/2023,3\n", "utf-8")
    said = catalogue(lang)["problem.of_totals"]  # type: ignore[arg-type]
    assert said in run("import", run.home / "a.csv", "--dry-run", lang=lang).err
    assert said in run("import", run.home / "a.csv", "--strict", lang=lang, code=1).err
    name = "Tổng vệ sinh đường phố"
    assert said not in run("add-model", name, "--field", "khác", lang=lang).err


def test_a_row_of_totals_needs_no_kind(run: Run) -> None:
    rows = "kind,unit,field,date,to,count\nmodel,A,other,1/1/2023,31/3/2023,3\n,Tổng,,,,3\n"
    (run.home / "a.csv").write_text(rows, "utf-8")
    assert "row 3 is a row of totals" in run("import", run.home / "a.csv").err


def test_every_row_of_merged_cells_is_left_out(run: Run) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (("Tên", "Lĩnh vực", "Ngày", "Đơn vị"), *((name, "khác", date(2023, 2, 1), None) for name in "ABC")):
        page.append(row)
    page["D2"] = "Phường M"
    page.merge_cells("D2:D3")
    book.save(run.home / "a.xlsx")
    answer = run("import", run.home / "a.xlsx", "--partial", code=3)
    assert "cells D2 to D3 are merged" in answer.err
    assert "Added 1 model record" in answer.out


def test_a_denunciation_is_refused_once_with_all_that_it_names(run: Run, tmp_path: Path) -> None:
    who = tmp_path / "who.txt"
    who.write_text("citizen: Mr A\naddress: 1 Main St\nphone: 0912345678\n", "utf-8")
    line = ("add-reception", "Land", "--mode", "regular", "--category", "denunciation", "--identity-file", who)
    answer = run(*line, code=2)
    assert answer.err.count("state secret") == 1
    assert "Citizen, Address, Phone: " in answer.err
    assert run(*line, code=2, lang="vi").err.count("bí mật nhà nước") == 1


def listed(run: Run, content: str) -> Path:
    path = run.home / "rows.csv"
    path.write_text(content, "utf-8")
    return path


ONE_BAD = "name,field,date\nA,economy,2023-01-01\nB,culture,2023-01-01\nC,x,2023-01-01\n"


@pytest.mark.parametrize(
    ("lang", "left_out", "unchanged"),
    [("en", "Left out because of their problems: 1 row", "changed"), ("vi", "Bỏ qua vì có lỗi: 1 dòng", "thay đổi")],
)
def test_taking_the_sound_rows_says_what_was_left_out_and_advises_nothing_that_was_done(
    run: Run, lang: str, left_out: str, unchanged: str
) -> None:
    path = listed(run, ONE_BAD)
    answer = run("import", path, "--partial", code=3, lang=lang)
    assert "--partial" not in answer.err
    assert unchanged not in answer.err
    assert "1–2)" in answer.out.splitlines()[0]
    assert answer.out.splitlines()[-1] == left_out
    again = run("import", path, "--partial", code=3, lang=lang)
    assert unchanged not in again.err
    assert left_out in again.out.splitlines()
    assert run("models", "--count").out.strip() == "2"


def test_sound_rows_are_offered_only_where_there_are_any(run: Run) -> None:
    assert "--partial" in run("import", listed(run, ONE_BAD), code=3).err
    answer = run("import", listed(run, "name,field,date\nA,x,2023-01-01\n"), code=3)
    assert "--partial" not in answer.err
    assert "Nothing was changed." in answer.err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_that_stand_in_two_files_are_not_said_to_be_in_the_register(run: Run, lang: LanguageCode) -> None:
    (run.home / "other.csv").write_text(ONE_BAD, "utf-8")
    files = listed(run, ONE_BAD), run.home / "other.csv"
    say = catalogue(lang)
    known, repeated = (say[f"import.{key}"].partition(":")[0] for key in ("known", "repeated"))
    refused = run("import", *files, code=3, lang=lang)
    assert refused.out == ""
    assert say["error.unchanged"] in refused.err
    for is_known in (False, True):
        told = run("import", *files, "--partial", code=3, lang=lang).out
        assert repeated in told
        assert (known in told) is is_known


def test_programs_read_how_many_rows_were_left_out(run: Run) -> None:
    assert run("import", listed(run, ONE_BAD), "--partial", "--json", code=3).document["left_out"] == 1


def test_what_is_known_already_ends_in_one_sentence(run: Run) -> None:
    path = listed(run, "name,field,date\nA,economy,2023-01-01\n")
    run("import", path)
    answer = run("import", path)
    assert answer.out.splitlines() == [
        "Already in the register, not added again: 1",
        "Nothing new: nothing was added.",
    ]
    assert answer.err == ""


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_import_gives_the_cautions_of_entry_grouped_and_counted(run: Run, lang: str) -> None:
    typed = run("add-model", "A", "--field", "economy", "--date", "2055-09-02", lang=lang).err
    one = run("import", listed(run, "name,field,date\nB,economy,2/9/2055\n"), lang=lang).err
    day = "2/9/2055" if lang == "vi" else "2055-09-02"
    assert day.split("/")[-1] in one
    assert one.startswith(typed.rstrip().rstrip(".")), (typed, one)
    rows = "type,title,started,concluded,violations,recovery\n" + "".join(
        f"inspection,T{n},2023-01-0{n},2055-01-0{n},500000,600000\n" for n in range(1, 7)
    )
    told = run("import", listed(run, rows), lang=lang).err.splitlines()
    assert len(told) == 2
    assert all("6" in line and "3, 4, 5, 6, 7 …" in line for line in told)


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("form", [(), ("--aggregate",)])
@pytest.mark.parametrize("kind", ["models", "receptions", "audits"])
def test_a_column_is_starred_exactly_where_a_row_without_it_is_refused(
    run: Run, kind: str, form: tuple[str, ...], lang: str
) -> None:
    path = run.home / "entry.xlsx"
    run("template", kind, *form, "-o", path, lang=lang)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["A2"] = None
    starred = {cell.column for cell in sheet[1] if str(cell.value).endswith("*")}
    asked = [cell.column for cell in sheet[1] if cell.column > 1 and sheet.cell(2, cell.column).value is not None]
    figures = {cell.column for cell in sheet[1] if sheet.cell(2, cell.column).value == 12}
    for column in sorted(starred | set(asked)):
        before = sheet.cell(2, column).value
        sheet.cell(2, column).value = None
        book.save(path)
        code = run("import", path, "--dry-run", code=None, lang=lang).code
        assert code == (3 if column in starred else 0) or figures == {column}, sheet.cell(1, column).value
        sheet.cell(2, column).value = before


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("Nội dung,Ngày,Chế độ\nĐất,1/2/2023,định kỳ\n", [("Chế độ", "error.heading.unknown")]),
        ("Nội dung,Ngày,Loại việc\nĐất,1/2/2023,khiếu nại\n", [("Mode", "error.heading.absent")]),
        (
            "Nội dung,Ngày,Chế độ tiếp\nĐất,1/2/2023,\nRác,1/2/2023,định kỳ\n",
            [("Chế độ tiếp", "problem.missing")],
        ),
    ],
)
def test_a_field_that_follows_from_another_is_not_asked_for_besides(
    run: Run, rows: str, found: list[tuple[str, str]]
) -> None:
    assert told(run, rows) == found


def test_a_row_that_lacks_both_its_days_is_told_so_and_nothing_of_columns_that_are_there(run: Run) -> None:
    head = "Đơn vị,Từ ngày,Đến ngày,Người tiếp,Lượt\nXã A,1/1/2023,31/3/2023,cán bộ,5\n"
    assert told(run, f"{head}Xã B,,,cán bộ,6\n") == [("Từ ngày", "problem.missing"), ("Đến ngày", "problem.missing")]
    assert told(run, f"{head}Xã B,,31/3/2023,cán bộ,6\n") == [("Từ ngày", "problem.missing")]


@pytest.mark.parametrize(("epoch", "number"), [(WINDOWS_EPOCH, 45000), (MAC_EPOCH, 45000 - 1462)])
def test_a_day_that_a_spreadsheet_holds_as_a_number_is_told_as_the_day_it_is(
    run: Run, epoch: datetime, number: int
) -> None:
    book = openpyxl.Workbook()
    book.epoch = epoch
    for row in (("Tên", "Lĩnh vực", "Ngày"), ("Hoa", "khác", number)):
        book.worksheets[0].append(row)
    book.save(run.home / "a.xlsx")
    said = run("import", run.home / "a.xlsx", lang="vi", code=3).err  # "error.cell.serial_day"
    assert f"“{number}” có lẽ là ngày 15/03/2023" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_as_what_a_file_was_read_is_told_beside_its_problems(run: Run, lang: str) -> None:
    (run.home / "a.csv").write_text("Tên gọi,Lĩnh vực,Ngày,Điện thoại\nHoa,kinh tế,1/2/2023,09\n", "utf-8")
    said = catalogue(lang)["import.taken"]  # type: ignore[arg-type]
    assert holds(run("import", run.home / "a.csv", lang=lang, code=3).err, said)
    assert not holds(run("import", run.home / "a.csv", "--kind", "models", lang=lang, code=3).err, said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_may_be_chosen_is_told_once_for_a_column_and_then_only_what_is_nearest(run: Run, lang: str) -> None:
    says: Any = catalogue(lang)  # type: ignore[arg-type]
    rows = ["Hoa,quoc phong an nin,1/2/2023", "Chợ,nông nghiệp,2/2/2023", "Rừng,kinh tees,3/2/2023"]
    for name in ("a.csv", "b.csv"):
        (run.home / name).write_text("Tên mô hình,Lĩnh vực,Ngày\n" + "\n".join(rows), "utf-8")
    answer = run("import", run.home / "a.csv", run.home / "b.csv", "--problems", run.home / "p.csv", code=3, lang=lang)
    for text in (answer.err, (run.home / "p.csv").read_text("utf-8-sig")):
        told = [line for line in text.splitlines() if any(row.split(",")[1] in line for row in rows)]
        assert len(told) == 6
        assert [holds(line, says["error.choice"]) for line in told] == [True, False, False] * 2
        assert all(says["error.choice_again"].partition("“")[0] in line for line in told)
        near = says["error.nearest"].partition("{")[0]
        assert [near in line for line in told] == [True, False, True] * 2
        assert says["model.field.defence"].partition("|")[0] in told[0].partition(near)[2]
    found = run("import", run.home / "a.csv", "--json", code=3, lang=lang).document["problems"]
    assert all(holds(problem["expected"], says["error.choice"]) for problem in found)


@pytest.mark.parametrize("mark", ["Cộng", "TỔNG CỘNG", "Tổng số"])
def test_a_total_may_stand_in_the_column_of_running_numbers(run: Run, mark: str) -> None:
    rows = f"STT;Tên mô hình;Lĩnh vực;Ngày;Ghi chú\n1;Hoa;khác;1/2/2023;\n2;Chợ;khác;1/2/2023;\n{mark};2;;;\n"
    (run.home / "a.csv").write_text("\ufeff" + rows.replace("\n", "\r\n"), "utf-8")
    answer = run("import", run.home / "a.csv")
    assert "Added 2 model" in answer.out
    assert holds(answer.err, catalogue("en")["import.total"])


@pytest.mark.parametrize("cell", ["ngày 1 tháng 3 năm 2023", "1 tháng 3 năm 2023", "Ngày 01/3/2023"])
def test_a_day_that_is_written_out_is_read_and_a_day_that_moves_is_not(run: Run, cell: str) -> None:
    head = "Tên mô hình;Lĩnh vực;Ngày\nHoa;khác;"
    (run.home / "a.csv").write_text(f"{head}{cell}\n", "utf-8")
    run("import", run.home / "a.csv")
    assert run("models", "--json").document["records"][0]["date"] == "2023-03-01"
    assert run.add("add-model", "Cờ", "--field", "khác", "--date", cell)["date"] == "2023-03-01"
    for word in ("hôm nay", "today", "yesterday"):
        assert told(run, f"{head}{word}\n") == [("Ngày", "error.day")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_that_shorten_a_name_are_like_no_other_such_letters(run: Run, lang: LanguageCode) -> None:
    for value, nearest in (("KT - XH", False), ("VH - XX", False), ("văn hoá xa hội", None), ("kinh tê-xã", True)):
        (run.home / "a.csv").write_text(f"Tên mô hình;Lĩnh vực;Ngày\nHoa;{value};1/2/2023\n", "utf-8")
        answer = run("import", run.home / "a.csv", lang=lang, code=None if nearest is None else 3)
        assert holds(answer.err, catalogue(lang)["error.nearest"]) == bool(nearest)


@pytest.mark.parametrize("cell", ["2023-03-01 08:30:00", "1/3/2023 8:30", datetime(2023, 3, 1, 8, 30)])
def test_a_day_with_the_time_of_the_clock_is_that_day(run: Run, cell: object) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(("Tên mô hình", "Lĩnh vực", "Ngày"))
    book.active.append(("Hoa", "khác", cell))
    book.save(run.home / "a.xlsx")
    run("import", run.home / "a.xlsx")
    assert run("models", "--json").document["records"][0]["date"] == "2023-03-01"


def test_headings_of_lists_that_offices_keep_are_understood(run: Run) -> None:
    head = "Ngày tiếp,Họ và tên,Địa chỉ,Nội dung vụ việc,Loại đơn,Người tiếp,Tên đơn vị\n"
    (run.home / "a.csv").write_text(f"{head}1/3/2023,Nguyễn A,Tổ 5,Lối đi,Khiếu nại,cán bộ TCD,Phường A\n", "utf-8")
    assert run("import", run.home / "a.csv").out.startswith("Added 1 reception")


@pytest.mark.parametrize(
    ("unit", "cell", "amount"),
    [
        ("triệu đồng", 812.5, 812_500_000),
        ("triệu đồng", "812,5", 812_500_000),
        ("tr.đ", 1.234, 1_234_000),
        ("ĐVT: triệu đồng", 500, 500_000_000),
        ("tỷ đồng", "81,5", 81_500_000_000),
        ("million dong", "81.5", 81_500_000),
        ("triệu đồng", "2 tỷ", 2_000_000_000),
        ("nghìn đồng", "1.500", None),
        ("triệu đồng", 0.0000001, None),
        ("đồng", 500, 500),
    ],
)
@pytest.mark.parametrize("is_mapped", [False, True])
def test_amounts_are_read_in_the_unit_that_their_heading_says(
    run: Run, unit: str, cell: object, amount: int | None, is_mapped: bool
) -> None:
    name = "Tiền" if is_mapped else "Kiến nghị thu hồi"
    mapping = ("--map", f"{name} ({unit})=recovery") if is_mapped else ()
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(("Tên cuộc", "Loại", "Ngày bắt đầu", "Ngày kết luận", f"{name} ({unit})"))
    book.active.append(("Đất", "thanh tra", "1/2/2023", "1/3/2023", cell))
    book.save(run.home / "a.xlsx")
    answer = run("import", run.home / "a.xlsx", *mapping, code=3 if amount is None else 0)
    if amount is None:
        assert f"row 2 · {name} ({unit})" in answer.err
        assert not run.db.exists()
    else:
        assert run("audits", "--json").document["records"][0]["recovery"] == amount


FRACTIONS = {
    "Số cuộc": (1.234, 4.9, 0.5),
    "Kiến nghị thu hồi": (4.902, 81.5, 1234.567),
    "Kiến nghị thu hồi đất (m²)": (1.108, 2.5),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("heading", "cell"), [(name, cell) for name, cells in FRACTIONS.items() for cell in cells])
def test_a_number_with_decimals_is_refused_and_never_read_as_thousands(
    run: Run, heading: str, cell: float, lang: LanguageCode
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("Đơn vị", "Loại", "Từ ngày", "Đến ngày", "Số cuộc đã kết luận", heading))
    book.worksheets[0].append(("Phường A", "thanh tra", "1/1/2023", "31/3/2023", 2, cell))
    book.save(run.home / "a.xlsx")
    name = {"Số cuộc": "count", "Kiến nghị thu hồi": "recovery"}.get(heading, "recovery_land")
    row = {"kind": "audit", "unit": "Phường A", "type": "inspection", "date": "2023-01-01", "to": "2023-03-31"}
    (run.home / "a.json").write_text(json.dumps([{**row, name: cell}]), "utf-8")
    for file in ("a.xlsx", "a.json"):
        err = run("import", run.home / file, lang=lang, code=3).err
        assert holds(err, catalogue(lang)["error.cell.fraction"])
        assert (f"{cell}".replace(".", ",") if lang == "vi" else f"{cell}") in err
        assert not run.db.exists()


@pytest.mark.parametrize(
    ("unit", "cell", "amount"),
    [
        ("triệu đồng", 1.1 * 3, 3_300_000),
        ("tỷ đồng", 0.1 + 0.2, 300_000_000),
        ("triệu đồng", 1.234 * 3, 3_702_000),
        ("đồng", 1.1 * 3 * 1e6, 3_300_000),
        ("đồng", 12.000000000000002, 12),
    ],
)
def test_a_number_that_was_computed_is_read_as_spreadsheets_show_it(
    run: Run, unit: str, cell: float, amount: int
) -> None:
    # In JSON, since the writers of workbooks for tests round a number before they write it; Excel does not.
    row = {"kind": "audit", "title": "Đất", "type": "inspection", "date": "2023-02-01", "concluded": "2023-03-01"}
    figures = {f"Kiến nghị thu hồi ({unit})": cell, "collectives": 12.000000000000002}
    (run.home / "a.json").write_text(json.dumps([row | figures]), "utf-8")
    run("import", run.home / "a.json")
    (record,) = run("audits", "--json").document["records"]
    assert (record["recovery"], record["collectives"]) == (amount, 12)


def test_an_area_is_read_in_the_unit_that_its_heading_says(run: Run) -> None:
    head = "Tên cuộc;Loại;Ngày bắt đầu;Ngày kết luận;Kiến nghị thu hồi đất (ha);Vi phạm về đất (USD)\n"
    (run.home / "a.csv").write_text(f"{head}Đất;thanh tra;1/2/2023;1/3/2023;2,5;\n", "utf-8")
    assert "(USD)" in run("import", run.home / "a.csv", code=3).err
    run("import", run.home / "a.csv", "--map", "Vi phạm về đất (USD)=")
    assert run("audits", "--json").document["records"][0]["recovery_land"] == 25_000


@pytest.mark.parametrize(
    "above",
    [
        *("ĐVT: triệu đồng", "(Đơn vị tính: Triệu đồng)", "Đơn vị: tr.đ", "ĐVT: triệu đồng.", "Đvt triệu đồng"),
        *("Đơn vị tính - triệu đồng", "(Tiền: triệu đồng)", "ĐVT: triệu đồng; đất: ha", "Đơn vị: Triệu đồng, ha"),
        *("ĐVT: 1.000.000 đồng", "ĐVT: 1,000,000đ", "ÐVT: TRIỆU ĐỒNG", normalize("NFD", "Đơn vị tính: triệu đồng")),
    ],
)
def test_amounts_are_read_in_the_unit_that_stands_above_the_table(run: Run, above: str) -> None:
    head = "Tên cuộc;Loại;Ngày bắt đầu;Ngày kết luận;Kiến nghị thu hồi;Xử lý khác (đồng);Số đơn vị được thanh tra\n"
    (run.home / "a.csv").write_text(
        f"KẾT QUẢ THANH TRA;;;;;;\n{above};;;;;;\n{head}Đất;thanh tra;1/2/2023;1/3/2023;500,5;700;2\n", "utf-8"
    )
    run("import", run.home / "a.csv")
    (record,) = run("audits", "--json").document["records"]
    assert (record["recovery"], record["other_handling"], record["units"]) == (500_500_000, 700, 2)


@pytest.mark.parametrize(
    ("above", "amount"),
    [("Đơn vị tính: 1.000 đồng", 500_000), ("ĐVT: 1000đ", 500_000), ("ĐVT: tỷ đồng, ha", 500_000_000_000)],
)
def test_thousands_and_billions_above_the_table_are_understood(run: Run, above: str, amount: int) -> None:
    head = f"{above};;;;\nTên cuộc;Loại;Ngày bắt đầu;Ngày kết luận;Kiến nghị thu hồi\n"
    (run.home / "a.csv").write_text(f"{head}Đất;thanh tra;1/2/2023;1/3/2023;500\n", "utf-8")
    run("import", run.home / "a.csv")
    assert run("audits", "--json").document["records"][0]["recovery"] == amount


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("above", ["ĐVT: trăm triệu đồng", "Đơn vị tính: 100 đồng", "ĐVT: USD"])
def test_a_unit_of_amounts_that_is_not_understood_is_refused(run: Run, above: str, lang: str) -> None:
    head = "Tên cuộc;Loại;Ngày bắt đầu;Ngày kết luận;Kiến nghị thu hồi"
    (run.home / "a.csv").write_text(f"{above};;;;\n{head}\nĐất;thanh tra;1/2/2023;1/3/2023;500\n", "utf-8")
    answer = run("import", run.home / "a.csv", code=3, lang=lang)
    assert holds(answer.err, catalogue(lang)["error.heading.measure"])
    mapped = f"Kiến nghị thu hồi ({above})"
    (run.home / "b.csv").write_text(
        f"{head.replace('Kiến nghị thu hồi', mapped)}\nA;thanh tra;1/2/2023;1/3/2023;5\n", "utf-8"
    )
    answer = run("import", run.home / "b.csv", "--map", f"{mapped}=recovery", code=3, lang=lang)
    assert holds(answer.err, catalogue(lang)["error.heading.measure"])


def test_a_unit_of_the_office_above_the_table_is_no_unit_of_amounts(run: Run) -> None:
    head = "Đơn vị: Phường Trúc Bạch;;;;\nTên cuộc;Loại;Ngày bắt đầu;Ngày kết luận;Kiến nghị thu hồi\n"
    (run.home / "a.csv").write_text(f"{head}Đất;thanh tra;1/2/2023;1/3/2023;500\n", "utf-8")
    run("import", run.home / "a.csv")
    assert run("audits", "--json").document["records"][0]["recovery"] == 500


def test_headings_of_two_rows_are_read_with_what_reaches_down_and_what_stands_over_them(run: Run) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["BÁO CÁO"])
    sheet.append(["STT", "Đơn vị", "Kỳ báo cáo", None, "Người tiếp", "Số lượt", "Vụ việc", None])
    sheet.append([None, None, "Từ ngày", "Đến ngày", None, None, "Lần đầu", "Nhiều lần"])
    sheet.append([1, "Phường A", "1/1/2023", "30/6/2023", "cán bộ", 12, 5, 4])
    for cells in ("A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "G2:H2"):
        sheet.merge_cells(cells)
    book.save(run.home / "a.xlsx")
    run("import", run.home / "a.xlsx", "--strict")
    (record,) = run("receptions", "--json").document["records"]
    wanted = {"unit": "Phường A", "date": "2023-01-01", "to": "2023-06-30", "turns": 12, "cases_first": 5}
    assert {name: record[name] for name in wanted} == wanted
    assert record["cases_repeat"] == 4


def test_merged_cells_below_the_headings_are_a_fault_still(run: Run) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Tên mô hình", "Lĩnh vực", "Ngày"], ["Hoa", "khác", "1/2/2023"], ["Chợ", None, "1/2/2023"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(run.home / "a.xlsx")
    assert holds(run("import", run.home / "a.xlsx", code=3).err, catalogue("en")["error.cell.merged"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dash", ["-", "–"])
def test_a_dash_for_a_number_is_told_what_to_write_instead(run: Run, dash: str, lang: LanguageCode) -> None:
    head = "Tên cuộc;Loại;Ngày bắt đầu;Ngày kết luận;Kiến nghị thu hồi (triệu đồng);Số đơn vị được thanh tra\n"
    (run.home / "a.csv").write_text(f"{head}Đất;thanh tra;1/2/2023;1/3/2023;{dash};{dash}\n", "utf-8")
    problems = run("import", run.home / "a.csv", "--json", lang=lang, code=3).document["problems"]
    assert [one["says"] for one in problems] == ["error.cell.dash"] * 2
    assert holds(run("import", run.home / "a.csv", lang=lang, code=3).err, catalogue(lang)["error.cell.dash"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_without_days_is_told_how_to_give_a_period_and_how_to_leave_it_out(
    run: Run, lang: LanguageCode
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("Tên mô hình", "Lĩnh vực", "Ngày"))
    book.worksheets[0].append(("Hoa", "khác", "1/2/2023"))
    book.create_sheet("Tổng hợp").append(("Đơn vị", "Tên mô hình"))
    book.worksheets[1].append(("Phường A", "Hoa"))
    book.save(run.home / "a.xlsx")
    assert holds(run("import", run.home / "a.xlsx", lang=lang, code=3).err, catalogue(lang)["import.other_sheet"])
    run("import", run.home / "a.xlsx", "--sheet", "Sheet")
    assert len(run("models", "--json").document["records"]) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("argv", [("models",), ("receptions",), ("audits",), ("receptions", "--aggregate")])
def test_a_record_that_was_typed_over_an_example_is_not_lost(
    run: Run, argv: tuple[str, ...], lang: LanguageCode
) -> None:
    path = run.home / "t.xlsx"
    run("template", *argv, "-o", path, lang=lang)
    answer = run("import", path, lang=lang)
    assert holds(answer.err, catalogue(lang)["import.example"])
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if one["A2"].value in ("Ví dụ", "Example"))
    for cell in sheet[2][1:]:
        if cell.value == 12:
            cell.value = 7
        elif cell.value in {catalogue(lang)[f"entry.example.{tag}"] for tag in KINDS}:
            cell.value = "Việc A"
    book.save(path)
    for partial in ((), ("--partial",)):
        answer = run("import", path, *partial, lang=lang, code=3)
        assert holds(answer.err, catalogue(lang)["error.example_filled"])
    assert not run.db.exists()


@pytest.mark.parametrize("typed", [("Việc A", None), ("Việc A", "Phường X")])
def test_a_record_typed_over_the_words_of_an_example_is_not_lost_with_its_figures(
    run: Run, typed: tuple[str, str | None]
) -> None:
    path = run.home / "t.xlsx"
    run("template", "receptions", "-o", path)
    book = openpyxl.load_workbook(path)
    sheet = next(one for one in book.worksheets if one["A2"].value == "Example")
    said = {catalogue("en")["entry.example.reception"]: typed[0], catalogue("en")["entry.example.unit"]: typed[1]}
    for cell in sheet[2][1:]:
        cell.value = said.get(cell.value) or cell.value
    book.save(path)
    assert holds(run("import", path, code=3).err, catalogue("en")["error.example_filled"])
    assert not run.db.exists()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("thanh tra hành chính", ("inspection", "administrative", None)),
        ("Thanh tra chuyên ngành", ("inspection", "specialised", None)),
        ("specialised inspection", ("inspection", "specialised", None)),
        ("thanh tra đột xuất", ("inspection", None, "unannounced")),
        ("Thanh tra hành chính theo kế hoạch", ("inspection", "administrative", "planned")),
        ("kiểm tra công vụ đột xuất", ("duty-check", None, "unannounced")),
    ],
)
def test_a_type_may_say_its_branch_and_mode_as_well(run: Run, said: str, found: tuple[str | None, ...]) -> None:
    (run.home / "a.csv").write_text(f"Tên cuộc,Loại,Ngành,Ngày bắt đầu\nĐất,{said},,1/2/2023\n", "utf-8")
    run("import", run.home / "a.csv")
    (record,) = run.stored().values()
    assert tuple(record.get(name) for name in ("type", "branch", "mode")) == found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_type_that_says_another_branch_than_its_column_is_told(run: Run, lang: LanguageCode) -> None:
    rows = "Đất,thanh tra hành chính,chuyên ngành,1/2/2023\nNhà,thanh tra hành chính,hành chính,1/2/2023\n"
    (run.home / "a.csv").write_text(f"Tên cuộc,Loại,Ngành,Ngày bắt đầu\n{rows}", "utf-8")
    answer = run("import", run.home / "a.csv", "--json", code=3, lang=lang).document
    ((row, says),) = [(one["row"], one["says"]) for one in answer["problems"]]
    assert (row, says) == (2, "error.choice_beside")
    assert holds(answer["problems"][0]["expected"], catalogue(lang)["error.choice_beside"])


@pytest.mark.parametrize(("lang", "near"), [("vi", "thanh tra; Ngành: hành chính"), ("en", "Branch: administrative")])
def test_such_a_type_on_the_command_line_is_told_in_its_parts(run: Run, lang: str, near: str) -> None:
    said = run("add-audit", "Đất", "--type", "thanh tra hành chính", "--date", "1/2/2023", code=2, lang=lang).err
    assert near in said
