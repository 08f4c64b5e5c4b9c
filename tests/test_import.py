"""`import`: what files hold, or a list of all that is wrong with them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from office import Run, holds, office

from danvan.exchange import headings
from danvan.exchange.cells import Cells, compiled
from danvan.exchange.incoming import books
from danvan.formatting.language import Language
from danvan.formatting.texts import fold
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import KINDS, fields

HEAD = ("Tên mô hình", "Lĩnh vực", "Ngày", "Đơn vị")
ROW = ("Đường hoa", "kinh tế", date(2023, 2, 10), "Phường Trúc Bạch")


def workbook(path: Path, *rows: tuple[Any, ...], title: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def text(run: Run, content: str | bytes, name: str = "list.csv") -> Path:
    path = run.home / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def names(run: Run) -> list[str]:
    return [record["name"] for record in run("models", "--json").document["records"]]


def faults(run: Run, *argv: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("import", "--json", *argv, code=3).document["problems"]
    assert not run.db.exists()
    return found


def test_a_workbook_in_vietnamese_is_read_with_its_dates(run: Run) -> None:
    answer = run("import", workbook(run.home / "a.xlsx", HEAD, ROW))
    assert answer.out.splitlines() == ["Added 1 model record (number 1). Not as intended? danvan undo"]
    (record,) = run("models", "--json").document["records"]
    assert (record["name"], record["field"], record["date"], record["unit"], record["status"]) == (
        "Đường hoa",
        "economy",
        "2023-02-10",
        "Phường Trúc Bạch",
        "registered",
    )


@pytest.mark.parametrize(
    "head",
    [
        "ten mo hinh,LINH VUC,ngay,don vi",
        "NAME,field,Date,Unit",
        "Unit;name;FIELD;date".replace(";", ","),
        normalize("NFD", "Tên mô hình (*),Lĩnh vực:,Từ ngày,Đơn vị"),
    ],
)
def test_headings_are_read_without_regard_to_accents_case_punctuation_and_order(run: Run, head: str) -> None:
    values = {"name": "Đường hoa", "field": "kinh te", "date": "10/2/2023", "unit": "Tổ 1"}
    row = [values[str(headings.spellings(KINDS["model"])[fold(word)])] for word in head.split(",")]
    run("import", text(run, f"{head}\n{','.join(row)}\n"))
    assert names(run) == ["Đường hoa"]


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_is_read_in_unicode_with_any_separator(run: Run, form: str, mark: str) -> None:
    content = f"{mark.join(HEAD)}\r\n{mark.join(('Đường hoa', 'kinh tế', '10/02/2023', 'Tổ 1'))}\r\n"
    run("import", text(run, content.encode(form)))
    assert names(run) == ["Đường hoa"]


@pytest.mark.parametrize(
    "content",
    [
        '[{"name": "Đường hoa", "field": "economy", "date": "2023-02-10"}]',
        '{"version": 1, "kind": "model", "records": [{"name": "Đường hoa", "field": "economy", "date": "2023-02-10"}]}',
        '{"kind": "model", "name": "Đường hoa", "field": "kinh tế", "date": "2023-02-10", "count": null}\n\n',
    ],
)
def test_json_and_json_lines_are_read(run: Run, content: str) -> None:
    run("import", text(run, content, "a.json"))
    assert names(run) == ["Đường hoa"]


def test_numbers_are_read_in_every_style_and_the_ambiguous_is_refused(run: Run) -> None:
    head = "type,from,to,count,recovery\n"
    run("import", text(run, f'{head}thanh tra,1/1/2023,31/12/2023,1.370,"81,5 tỷ"\n'))
    (record,) = run("audits", "--json").document["records"]
    assert (record["count"], record["recovery"]) == (1370, 81_500_000_000)
    with office() as other:
        (fault,) = faults(other, text(other, f"{head}thanh tra,1/1/2023,31/12/2023,5,4.902 tỷ\n"))
        assert (fault["row"], fault["column"], fault["value"]) == (2, "recovery", "4.902 tỷ")
        assert "4,902,000,000,000 đ" in fault["expected"]


def test_all_faults_of_all_files_are_told_at_once_and_nothing_is_written(run: Run) -> None:
    one = workbook(run.home / "one.xlsx", HEAD, ("A", "sắt", "31/2/2023", "Tổ 1"), ROW, title="Quý I")
    other = text(run, "summary,mode,date,people\nĐất,định kỳ,2023-05-01,vài người\n")
    found = faults(run, one, other)
    assert [(Path(f["file"]).name, f["sheet"], f["row"], f["column"]) for f in found] == [
        ("one.xlsx", "Quý I", 2, "Lĩnh vực"),
        ("one.xlsx", "Quý I", 2, "Ngày"),
        ("list.csv", "", 2, "people"),
    ]
    answer = run("import", one, other, code=3)
    assert "Nothing was changed" in answer.err


def test_twenty_are_shown_and_the_rest_is_written_on_request(run: Run) -> None:
    rows = "".join(f"=N{number},x{number},2023-01-01\n" for number in range(30))
    path = text(run, f"name,field,date\n{rows}")
    answer = run("import", path, code=3)
    assert "and 10 more" in answer.err
    assert "row 21" in answer.err
    assert "row 22" not in answer.err
    out = run.home / "problems.csv"
    run("import", path, "--problems", out, code=3)
    written = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert len(written) == 30
    assert written[29]["Row"] == "31"
    assert out.stat().st_mode & 0o077 == 0
    assert "exists" in run("import", path, "--problems", out, code=1).err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_of_the_same_fault_are_told_in_one_line_with_what_can_be_pasted(run: Run, lang: LanguageCode) -> None:
    rows = "".join(f"N{number},khác,2023-01-01\n" for number in range(30))
    path = text(run, f"Tên mô hình,Lĩnh vực của mô hình,Ngày\n{rows}")
    label, say = Language(lang).label(KINDS["model"], "field"), catalogue(lang)
    assert f'--map "Lĩnh vực của mô hình={label}"' in run("import", path, lang=lang, code=3).err
    path = text(run, f"Tên mô hình,Lĩnh vực,Ngày\n{rows.replace('khác', 'zz')}")
    first, more, *_ = run("import", path, lang=lang, code=3).err.splitlines()
    assert say["import.rows"].format(row="2, 3, 4, 5, 6…") in first
    assert more == say["import.more"].format(count=25)


def test_the_good_rows_are_taken_if_that_is_asked_for(run: Run) -> None:
    path = text(run, "name,field,date\nA,economy,2023-01-01\nB,x,2023-01-01\n")
    answer = run("import", path, "--partial", code=3)
    assert "Nothing was changed" not in answer.err
    assert names(run) == ["A"]


def test_a_trial_writes_nothing(run: Run) -> None:
    answer = run("import", workbook(run.home / "a.xlsx", HEAD, ROW), "--dry-run")
    assert "Would add 1 model record" in answer.out
    assert not run.db.exists()


def test_the_same_content_is_added_once_whatever_became_of_it(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", HEAD, ROW, ROW)
    run("import", path)
    assert len(names(run)) == 2
    same = text(run, f"{','.join(HEAD)}\n" + "Đường hoa,economy,2023-02-10,Phường Trúc Bạch\n" * 3)
    run("edit", "1", "--name", "Tên khác")
    answer = run("import", same)
    assert "not added again: 2" in answer.out
    assert len(names(run)) == 3
    again = run("import", same, path).out
    assert "not added again: 3" in again
    assert "taken once: 2 rows" in again
    assert len(names(run)) == 3


def test_what_was_taken_back_can_be_brought_again(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", HEAD, ROW, ROW)
    for _ in range(2):
        run("import", path)
        assert len(names(run)) == 2
        run("undo", "--yes")
        assert names(run) == []


def test_what_was_declared_void_stays_void(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", HEAD, ROW)
    run("import", path)
    run("void", "1", "--reason", "entered twice")
    answer = run("import", path)
    assert "void" in answer.out
    assert names(run) == []


def test_an_unknown_column_is_no_reason_to_guess(run: Run) -> None:
    path = text(run, "name,field,date,Chủ nhiệm\nA,economy,2023-01-01,Ông An\n")
    (fault,) = faults(run, path)
    assert (fault["row"], fault["column"]) == (1, "Chủ nhiệm")
    assert holds(fault["expected"], catalogue("en")["error.heading.unknown"])
    run("import", path, "--map", "chủ nhiệm=note")
    assert run("models", "--json").document["records"][0]["note"] == "Ông An"
    run("import", path, "--map", "Chủ nhiệm=", "--map", "name=name")
    for mapping, key in (("x=nothing", "error.map_field"), ("x", "error.map")):
        assert holds(run("import", path, "--map", mapping, code=2).err, catalogue("en")[key])


def test_what_columns_mean_is_remembered_if_that_is_asked_for(run: Run) -> None:
    path = text(run, "Tên gọi,field,date,Chủ nhiệm\nA,economy,2023-01-01,Ông An\n")
    mapping = ("--map", "Tên gọi=name", "--map", "Chủ nhiệm=")
    run("import", path, *mapping, "--remember", "--dry-run")
    assert not run.db.exists()
    answer = run("import", path, *mapping, "--remember")
    assert holds(answer.out, catalogue("en")["import.kept"])
    assert run("config", "get", "columns").out.splitlines() == ["Tên gọi=name", "Chủ nhiệm="]
    other = text(run, "TÊN GỌI,field,date\nB,economy,2023-01-01\n", "other.csv")
    answer = run("import", other)
    assert holds(answer.err, catalogue("en")["import.remembered"])
    assert "Tên gọi=name" in answer.err
    assert "Chủ nhiệm" not in answer.err
    assert names(run) == ["A", "B"]
    run("import", path, "--map", "tên gọi=note", "--map", "field=", code=3)
    run("config", "unset", "columns")
    run("import", other, code=3)


def test_what_is_remembered_stands_before_the_records_that_an_undo_takes_back(run: Run) -> None:
    path = text(run, "Tên gọi,field,date\nA,economy,2023-01-01\nB,economy,2023-01-01\n")
    run("import", path, "--map", "Tên gọi=name", "--remember")
    run("undo", "--yes")
    assert names(run) == []
    assert run("config", "get", "columns").out.strip() == "Tên gọi=name"


def test_a_faulty_file_leaves_nothing_to_remember(run: Run) -> None:
    path = text(run, "Tên gọi,field,date\nA,economy,2023-01-01\nB,x,2023-01-01\n")
    run("import", path, "--map", "Tên gọi=name", "--remember", code=3)
    assert not run.db.exists()
    assert holds(run("import", path, "--remember", code=2).err, catalogue("en")["error.remember"])
    run("import", path, "--map", "Tên gọi=name", "--remember", "--partial", code=3)
    assert run("config", "get", "columns").out.strip() == "Tên gọi=name"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("kind,name,field,date,turns\nmodel,A,economy,2023-01-01,3\n", "error.heading.foreign"),
        ("name,field,date,steps\nA,economy,2023-01-01,yesterday\n", "error.trail"),
        (
            f"uid,name,field,date\n{'a' * 32},A,economy,2023-01-01\n{'a' * 32},B,economy,2023-01-01\n",
            "error.uid_twice",
        ),
    ],
)
def test_what_only_an_export_holds_is_checked_all_the_same(run: Run, content: str, key: str) -> None:
    found = faults(run, text(run, content))
    assert any(holds(fault["expected"], catalogue("en")[key]) for fault in found), found


def test_a_formula_that_ends_in_an_error_is_refused(run: Run) -> None:
    path = run.home / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, (*HEAD, "Ghi chú"))
    sheet.write_row(1, 0, ROW)
    sheet.write_formula(1, len(ROW), "=1/0", None, "#DIV/0!")
    book.close()
    assert any(holds(fault["expected"], catalogue("en")["error.cell.error"]) for fault in faults(run, path))


def test_the_kind_can_be_said(run: Run) -> None:
    path = text(run, "Ngày,Đến ngày,Đơn vị\n1/1/2023,31/12/2023,Tổ 1\n")
    (fault,) = faults(run, path)
    assert "--kind" in fault["expected"]
    assert any("at least one figure" in fault["expected"] for fault in faults(run, path, "--kind", "mô hình"))
    assert "--kind" in run("import", path, "--kind", "x", code=2).err


def test_rows_of_several_kinds_stand_in_one_file(run: Run) -> None:
    head = "kind,date,name,field,summary,mode\n"
    run("import", text(run, f"{head}model,2023-01-01,A,economy,,\nreception,2023-01-02,,,Đất,regular\n"))
    assert names(run) == ["A"]
    assert run("receptions", "--count").out.strip() == "1"
    with office() as other:
        (fault,) = faults(other, text(other, f"{head}reception,2023-01-02,A,,Đất,regular\n"))
        assert fault["column"] == "name"


def test_who_came_is_read_but_never_who_denounces_nor_a_mask(run: Run) -> None:
    head = "Nội dung,Chế độ tiếp,Ngày,Loại việc,Họ tên công dân\n"
    run("import", text(run, f"{head}Đất,định kỳ,2023-01-01,khiếu nại,Nguyễn Thị Sentinel\n"))
    assert run.stored()["1"]["citizen"] == "Nguyễn Thị Sentinel"
    with office() as other:
        path = text(other, f"{head}Đất,định kỳ,2023-01-01,tố cáo,Nguyễn Thị Sentinel\n")
        answer = other("import", path, code=3)
        assert "state secret" in answer.err
        assert "Sentinel" not in answer.err
        out = other.home / "p.csv"
        other("import", path, "--problems", out, code=3)
        assert "Sentinel" not in out.read_text("utf-8")
        (fault,) = faults(other, text(other, f"{head}Đất,định kỳ,2023-01-01,khiếu nại,•••\n"))
        assert "masked" in fault["expected"]


def test_a_title_above_the_headings_and_empty_rows_do_not_matter(run: Run) -> None:
    rows: list[tuple[Any, ...]] = [("DANH SÁCH MÔ HÌNH",), (), ("STT", *HEAD), (1, *ROW), (), (2, *ROW[:2], 45000, "T")]
    path = workbook(run.home / "a.xlsx", *rows)
    (fault,) = faults(run, path)
    assert (fault["row"], fault["column"], fault["value"]) == (6, "Ngày", "45000")


def test_line_breaks_in_names_and_units_become_spaces_and_stay_in_other_texts(run: Run) -> None:
    head, row = (*HEAD, "Mục tiêu, tiêu chí"), ("Đường\nhoa", "kinh tế", "1/1/2023", "Tổ\r\n1", " 1. một\r\n2. hai\t3 ")
    run("import", workbook(run.home / "b.xlsx", head, row))
    stored = run.stored()["1"]
    assert (stored["name"], stored["unit"], stored["goals"]) == ("Đường hoa", "Tổ 1", "1. một\n2. hai 3")


def test_hidden_sheets_are_passed_over_and_named(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", HEAD, ROW)
    book = openpyxl.load_workbook(path)
    hidden = book.create_sheet("Nháp")
    hidden.append(("gì đó",))
    hidden.sheet_state = "hidden"
    book.save(path)
    assert "“Nháp”" in run("import", path).err
    assert len(names(run)) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_that_was_asked_for_and_is_not_there_is_told(run: Run, lang: LanguageCode) -> None:
    says = catalogue(lang)
    for name, sheet in (("a.xlsx", "Tháng 1"), ("b.xlsx", "Tháng 2")):
        book = openpyxl.load_workbook(workbook(run.home / name, HEAD, ROW))
        book.worksheets[0].title = sheet
        book.save(run.home / name)
    one, other = run.home / "a.xlsx", run.home / "b.xlsx"
    err = run("import", one, other, "--sheet", "tháng 1", lang=lang, code=3).err
    assert holds(err, says["error.file.no_sheet"])
    assert "b.xlsx" in err
    assert "“tháng 1”" in err
    assert "Tháng 2" in err
    err = run("import", one, "--sheet", "Tháng 1,Tháng 2", lang=lang, code=3).err
    assert holds(err, says["error.file.no_sheet"])
    assert "--sheet" in err
    err = run("import", one, "--sheet", "Tháng 1", "--sheet", "Tháng 9", lang=lang, code=2).err
    assert holds(err, says["error.sheet_unmet"])
    assert "“Tháng 9”" in err
    assert not run.db.exists()
    run("import", one, other, "--sheet", "Tháng 1", "--sheet", "Tháng 2")
    assert len(names(run)) == 1  # both files hold the same row


def test_a_file_without_sheets_is_read_whichever_sheets_are_asked_for(run: Run) -> None:
    path = run.home / "a.csv"
    path.write_text("name,field,date\nHoa,economy,2023-01-01\n", "utf-8")
    run("import", path, workbook(run.home / "b.xlsx", HEAD, ROW), "--sheet", "Sheet1")
    assert len(names(run)) == 2


def test_merged_headings_are_refused(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", (*HEAD, "Ghi chú", None), (*ROW, "a", "b"))
    book = openpyxl.load_workbook(path)
    assert book.active
    book.active.merge_cells("E1:F1")
    book.save(path)
    found = {fault["column"]: fault["expected"] for fault in faults(run, path)}
    assert holds(found["E"], catalogue("en")["error.heading.merged"])


def test_a_formula_without_a_saved_result_is_refused(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", (*HEAD, "Ghi chú"), (*ROW, '="a"&"b"'))
    (fault,) = faults(run, path)
    assert (fault["row"], fault["column"]) == (2, "Ghi chú")
    assert holds(fault["expected"], catalogue("en")["error.cell.no_result"])


def test_a_formula_whose_result_is_an_empty_text_is_a_blank_cell(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", (*HEAD, "Ghi chú"), (*ROW, '=IF(G2="","",G2)'))
    saved = run.home / "b.xlsx"  # as Excel and LibreOffice save it
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(saved, "w") as other:
        for part in one.namelist():
            other.writestr(part, one.read(part).replace(b'<c r="E2">', b'<c r="E2" t="str">'))
    assert b't="str"' in zipfile.ZipFile(saved).read("xl/worksheets/sheet1.xml")
    run("import", saved)
    assert names(run) == ["Đường hoa"]


@pytest.mark.unmeasured
def test_a_hundred_thousand_empty_rows_are_nothing(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", HEAD, ROW)
    book = openpyxl.load_workbook(path)
    assert book.active
    for row in range(3, 100_003):
        book.active.cell(row, 1).number_format = "0.00"
    book.save(path)
    run("import", path)
    assert len(names(run)) == 1


@pytest.mark.parametrize(
    "rows",
    [
        'name,field,date\n"A\nb; c; d",economy,2023-01-01\n"A\nb; c; e",economy,2023-01-01\n',
        "name,field,date,unit\na; b,economy,2023-01-01\nc d; e,economy,2023-01-01,B\nk; m,economy,2023-01-01,,\n",
        "name;field;date\nA, b, c, d, e, f;economy;2023-01-01\nA;economy;2023-01-01\n",
    ],
)
def test_marks_in_texts_do_not_part_cells(run: Run, rows: str) -> None:
    run("import", text(run, rows.encode(), "a.csv"))
    assert len(names(run)) == rows.count("economy")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("title", ["", "BIỂU TỔNG HỢP, NĂM 2023\n", "UBND phường A, quận B, TP C\n\nNăm 2023; quý I\n"])
def test_what_stands_between_cells_is_told_by_most_lines_whatever_stands_above(run: Run, mark: str, title: str) -> None:
    rows = [("name", "field", "date", "note")]
    rows += [(f"Mô hình {n}", "economy", "2023-01-01", '"rau, hoa; quả, cá, gạo"') for n in range(3)]
    run("import", text(run, (title + "\n".join(map(mark.join, rows)) + "\n").encode(), "a.csv"))
    assert names(run) == ["Mô hình 0", "Mô hình 1", "Mô hình 2"]


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "file.empty"),
    "blank": (b"\xef\xbb\xbf \r\n", "file.empty"),
    "broken": (b"PK\x03\x04" + b"x" * 200, "file.broken"),
    "locked": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "file.encrypted"),
    "old": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "file.old_excel"),
    "page": (b"<html><table></table></html>", "file.unknown"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "file.unknown"),
    "legacy": ("Tên mô hình,Lĩnh vực\nTªn\n".encode("cp1258", "replace"), "file.encoding"),
    "late legacy": (b"name,field,date\n" + b"A,economy,2023-01-01\n" * 9000 + b"\xad\xcb\n", "file.encoding"),
    "json": (b'{"name": ', "file.json_cut"),
    "register": (b'{"danvan":{"1":{"format":2}},\n"records":{\n}}', "file.register"),
    "number": (b"[1, 2]", "file.no_object"),
    "headings": (b"a,b,c\n1,2,3\n", "file.no_heading"),
    "quotes": (b'name,field,date\n"A,economy\n', "file.open_quote"),
    "no day": (b"name,field\nA,economy\n", "heading.no_date"),
    "twice": (b"name,field,date,ten mo hinh\nA,economy,2023-01-01,B\n", "heading.twice"),
    "bare": (b"name,field,date,\nA,economy,2023-01-01,B\n", "heading.none"),
    "unknown kind": (b'[{"kind": "x"}]', "file.no_kind"),
    "lists": (b'[{"name": ["A"], "field": "economy", "date": "2023-01-01"}]', "cell.nested"),
    "deep": (b"[" * 100_000, "file.json_value"),
    "lone": (b'[{"name": "\\ud800", "field": "economy", "date": "2023-01-01"}]', "file.json"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_bad_file_is_told_calmly(run: Run, case: str, lang: LanguageCode) -> None:
    content, key = BAD[case]
    path = text(run, content, "list.xlsx")
    answer = run("import", path, lang=lang, code=3)
    assert "list.xlsx" in answer.err
    assert "Traceback" not in answer.err
    assert holds(answer.err, catalogue(lang)[f"error.{key}"])
    assert not run.db.exists()


def test_a_zip_bomb_is_not_unpacked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(run.home / "a.xlsx", HEAD, ROW)
    monkeypatch.setattr(books, "UNPACKED", 2_000)
    (fault,) = faults(run, path)
    assert holds(fault["expected"], catalogue("en")["error.file.too_large"])


def test_a_sheet_that_reaches_too_far_is_not_opened(run: Run) -> None:
    path = workbook(run.home / "a.xlsx", HEAD, ROW)
    book = openpyxl.load_workbook(path)
    assert book.active
    book.active["XFD1048576"] = "x"
    book.save(path)
    (fault,) = faults(run, path)
    assert holds(fault["expected"], catalogue("en")["error.file.too_wide"])


def test_another_zip_file_is_no_workbook(run: Run) -> None:
    path = run.home / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    (fault,) = faults(run, path)
    assert "neither" in fault["expected"]


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"{", b"name,field,date\n", b"\xff\xfe", b"[{"]))
def test_no_bytes_at_all_make_a_traceback(content: bytes, start: bytes) -> None:
    with office() as run:
        path = text(run, start + content + b"\xff\xfe\xff")
        assert run("import", path, code=3).err


def test_a_missing_file_is_a_file_error(run: Run) -> None:
    assert "nowhere.csv" in run("import", "nowhere.csv", code=6).err


def test_no_two_fields_of_a_kind_share_a_heading() -> None:
    for kind in KINDS.values():
        labels = list(headings._labels(kind))
        assert len({fold(label) for label, _ in labels}) >= len(fields(kind))
        for label, name in labels:
            assert headings.spellings(kind)[fold(label)] == name, (kind, label)


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = json.dumps({"kind": "model", "name": "A", "field": "economy", "date": "2023-01-01"})
    done = run.apart("import", "-", "--dry-run")
    assert done.code == 3
    monkeypatch.setattr("danvan.cli.bringing._standard_input", lambda: lines.encode())
    run("import", "-")
    assert names(run) == ["A"]


@pytest.mark.parametrize(
    ("cell", "people"),
    [("12 người", 12), ("12người", 12), ("1.200 NGƯỜI", 1200), ("12 people", 12), ("1 person", 1), (12, 12)],
)
def test_a_number_may_have_the_word_for_what_it_counts_behind_it(run: Run, cell: object, people: int) -> None:
    head = ("Nội dung", "Ngày tiếp", "Chế độ tiếp", "Số người", "Vụ việc")
    path = workbook(run.home / "a.xlsx", head, ("Đất", date(2023, 2, 10), "định kỳ", cell, "3 vụ"))
    run("import", path)
    (record,) = run("receptions", "--json").document["records"]
    assert (record["people"], record["cases"]) == (people, 3)
    row = ("add-reception", "Đất", "--mode", "periodic", "--date", "2023-02-10", "--people", cell)
    assert run.add(*row)["people"] == people


@pytest.mark.parametrize("cell", ["12 vụ", "12 người 3 vụ", "khoảng 12 người", "12-15 người", "người", "12,5 người"])
def test_a_number_with_other_words_behind_it_is_a_fault(run: Run, cell: str) -> None:
    head = ("Nội dung", "Ngày tiếp", "Chế độ tiếp", "Số người")
    (fault,) = faults(run, workbook(run.home / "a.xlsx", head, ("Đất", date(2023, 2, 10), "định kỳ", cell)))
    assert (fault["value"], fault["says"]) == (cell, "error.count")


@given(st.data())
def test_every_number_is_read_with_the_words_of_its_own_unit(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(KINDS.values())))
    name = data.draw(st.sampled_from([one for one, field in fields(kind).items() if field.sort == "count"]))
    code: LanguageCode = data.draw(st.sampled_from(LANGUAGES))
    word = data.draw(st.sampled_from(catalogue(code)[f"unit.{fields(kind)[name].unit}"].split("|")))
    value = data.draw(st.integers(0, 10**9))
    cell = normalize(data.draw(st.sampled_from(("NFC", "NFD"))), f"{value} {word}")
    for is_table in (True, False):
        assert compiled(kind, name, Language(code), date(2023, 12, 26), Cells(is_table))(cell) == value
    assert Language(code).read(kind, name, cell, date(2023, 12, 26)) == value


@pytest.mark.parametrize("cell", ["2,5 tr.đ", "2,5 trđ", "2,5 tr. đồng", "2.500.000 đồng", "2,5 triệu đ"])
def test_amounts_are_read_as_offices_write_them(run: Run, cell: str) -> None:
    head = ("Tên cuộc", "Loại", "Ngày bắt đầu", "Ngày kết luận", "Kiến nghị thu hồi (đồng)")
    run("import", workbook(run.home / "a.xlsx", head, ("A", "thanh tra", "1/2/2023", "1/3/2023", cell)))
    (record,) = run("audits", "--json").document["records"]
    assert record["recovery"] == 2_500_000


@pytest.mark.parametrize(
    ("said", "column", "key"),
    [
        ('"count":5,"Số mô hình":7', "Số mô hình", "error.heading.twice"),
        ('"count":5,"count":7', "count", "error.heading.repeated"),
        ('"count":7,"count":7', "count", "error.heading.repeated"),
        ('"count":5,"count":6,"count":7', "count", "error.heading.repeated"),
        ('"count":5,"kind":"model"', "kind", "error.heading.repeated"),
        ('"count":5,"Số mô hình":null', "Số mô hình", "error.heading.twice"),
    ],
)
@pytest.mark.parametrize("form", ["[%s,%s]", '{"records":[%s,%s]}', "%s\n%s"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_object_says_twice_is_refused(
    run: Run, form: str, said: str, column: str, key: str, lang: LanguageCode
) -> None:
    row = '{"kind":"model","date":"2023-01-01","to":"2023-12-31","unit":"%s",%s}'
    path = text(run, form % (row % ("Tổ 1", '"count":3'), row % ("Tổ 2", said)), "a.json")
    (fault,) = faults(run, path)
    assert (fault["row"], fault["column"]) == (2, column)
    assert holds(run("import", path, code=3, lang=lang).err, catalogue(lang)[key])
    run("import", path, "--partial", code=3)
    assert [record["unit"] for record in run.stored().values()] == ["Tổ 1"]


def test_who_came_is_not_told_where_it_is_said_twice(run: Run) -> None:
    row = '{"summary":"Đất","mode":"regular","date":"2023-01-01","category":"complaint",%s}'
    for said in ('"citizen":"An","citizen":"Sentinel"', '"citizen":"An","Họ tên công dân":"Sentinel"'):
        assert "Sentinel" not in run("import", text(run, row % said, "a.json"), code=3).err


def test_a_step_that_says_something_twice_is_refused(run: Run) -> None:
    steps = '[{"status":"registered","on":"2023-01-01","on":"2023-02-01"}]'
    row = f'{{"name":"A","field":"economy","date":"2023-01-01","status":"registered","steps":{steps}}}'
    quoted = steps.replace('"', '""')
    for path in (
        text(run, row, "a.json"),
        text(run, f'name,field,date,status,steps\nA,economy,2023-01-01,registered,"{quoted}"\n'),
    ):
        (fault,) = faults(run, path)
        assert fault["column"] == "steps"
        assert holds(fault["expected"], catalogue("en")["error.trail"])


def test_what_is_passed_over_is_told_to_programs_as_to_people(run: Run) -> None:
    path = text(run, "Nội dung,Ngày,Chế độ tiếp\nĐất,1/2/2023,thường xuyên\nRác,x,thường xuyên\nCộng,,2\n", "a.csv")
    said = run("import", path, "--unit", "Xã A", "--partial", "--json", "--strict", "--today", "2023-01-01", code=1).err
    keys = [json.loads(one).get("notice", {}).get("key") for one in said.splitlines()]
    assert keys == ["to_come", "day", None]
    answer = run("import", path, "--unit", "Xã A", "--partial", "--json", code=3)
    assert [json.loads(one)["notice"]["key"] for one in answer.err.splitlines()] == ["total"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sheets_of_no_unit_are_told_together_with_how_to_import_one_by_one(run: Run, lang: LanguageCode) -> None:
    say, book = catalogue(lang), openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for ward in ("P. A", "P. B"):
        page = book.create_sheet(ward)
        page.append(("Từ ngày", "Đến ngày", "Người tiếp", "Lượt"))
        page.append((date(2023, 1, 1), date(2023, 3, 31), "cán bộ", len(page.title)))
    path = run.home / "a.xlsx"
    book.save(path)
    facts = {"file": path, "sheets": "“P. A”, “P. B”"}
    assert say["import.no_unit_sheets"].format(**facts) in run("import", path, "--dry-run", lang=lang).out
    answer = run("import", path, lang=lang)
    assert say["import.no_unit_sheets_added"].format(**facts) in answer.out
    assert say["problem.overlaps_unitless"] in answer.err
    assert "--unit" not in answer.err
    said = run("import", path, "--sheet", "P. A", "--unit", "Phường A", lang=lang)
    assert "--unit" not in said.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_of_no_unit_is_told_with_how_to_give_it_one(run: Run, lang: LanguageCode) -> None:
    say = catalogue(lang)
    path = run.home / "dai-thinh.csv"
    path.write_text("Nội dung,Ngày,Chế độ tiếp\nĐất,1/2/2023,thường xuyên\n", "utf-8")
    said = say["import.no_unit"].format(file=path)
    assert said in run("import", path, "--dry-run", lang=lang).out
    assert "--unit" not in run("import", path, "--unit", "Xã Đại Thịnh", "--dry-run", lang=lang).out
    assert say["import.no_unit_added"].format(file=path) in run("import", path, lang=lang).out
    assert "--unit" not in run("import", path, lang=lang).out  # nothing is new
    run("undo", "--yes", lang=lang)
    for key, argv in (("no_unit", ["--dry-run"]), ("no_unit_added", [])):
        answer = run("import", path, "--json", *argv, lang=lang)
        assert json.loads(answer.err)["notice"] == {"key": key, "message": say[f"import.{key}"].format(file=path)}
        assert answer.document["added"] == {"reception": 1}
    run("undo", "--yes", lang=lang)
    run("import", path, "--unit", "Xã Đại Thịnh", lang=lang)
    assert [one["unit"] for one in run.stored().values() if not one.get("void")] == ["Xã Đại Thịnh"]
    path.write_text("Nội dung,Ngày,Chế độ tiếp\nĐất,1/2/2023,sai\nNhà,2/2/2023,thường xuyên\n", "utf-8")
    assert "--unit" in run("import", path, "--partial", lang=lang, code=3).out
    path.write_text("Nội dung,Ngày,Chế độ tiếp,Đơn vị\nVườn,2/2/2023,thường xuyên,\n", "utf-8")
    assert "--unit" not in run("import", path, lang=lang).out
    run("config", "set", "unit", "Xã A", lang=lang)
    path.write_text("Nội dung,Ngày,Chế độ tiếp\nCửa,1/2/2023,thường xuyên\n", "utf-8")
    assert "--unit" not in run("import", path, lang=lang).out
