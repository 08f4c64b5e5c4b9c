"""`import` of records that the register has: what a file says otherwise is named, and no correction is lost unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from office import Run, holds

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.privacy import MASK

LAND = ("add-reception", "Đất đai", "--mode", "regular", "--category", "complaint", "--date", "2023-02-01")
ROAD = ("add-reception", "Đường", "--mode", "regular", "--date", "2023-02-03", "--unit", "Xã A")
NAME, OTHER = "Nguyễn Văn An", "Lê Thị Hoa"


def exported(run: Run, what: str = "receptions", *argv: str) -> Path:
    path = run.home / "ex.xlsx"
    run("export", what, "-o", path, "--force", *argv, lang="vi")
    return path


def corrected(path: Path, changes: dict[str, Any], row: int = 2) -> Path:
    """What an office does with an export: type over some cells of a row, and save."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in changes.items():
        sheet.cell(row, heads[heading]).value = value
    other = path.with_name("ex2.xlsx")
    book.save(other)
    return other


def differing(run: Run, path: Path, *argv: str) -> list[tuple[int, str, Any, Any]]:
    found = run("import", path, "--json", *argv).document["differing"]
    return [(one["id"], change["field"], change["old"], change["new"]) for one in found for change in one["changes"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_correction_made_in_a_spreadsheet_is_named_and_not_called_known(run: Run, lang: LanguageCode) -> None:
    run(*LAND, "--people", "2")
    run(*ROAD)
    path = corrected(exported(run), {"Số người": 5})
    answer = run("import", path, lang=lang)
    say = catalogue(lang)
    assert holds(answer.err, say["import.differs"])
    assert f"{path} · Tiếp công dân · {say['import.row'].format(row=2)}: " in answer.err
    assert f"{say['reception.people'].partition('|')[0]}: 2 → 5" in answer.err
    assert answer.err.endswith("danvan edit 1 --people 5\n")
    known, told = answer.out.splitlines()
    assert known == say["import.known"].format(count=1)
    assert holds(told, say["import.differing"])
    assert run.register().get(1).record.rev == 1
    answer = run("import", path, "--strict", code=1, lang=lang)
    assert holds(answer.err, say["import.differs"])
    assert say["error.cautions"] in answer.err


def test_what_differs_is_told_to_programs(run: Run) -> None:
    run(*LAND, "--people", "2")
    path = corrected(exported(run), {"Số người": 5})
    answer = run("import", path, "--json")
    assert (answer.document["known"], answer.document["problems"]) == (1, [])
    assert answer.document["differing"] == [
        {
            "file": str(path),
            "sheet": "Tiếp công dân",
            "row": 2,
            "id": 1,
            "changes": [{"field": "people", "old": 2, "new": 5}],
        }
    ]
    assert json.loads(answer.err)["notice"]["key"] == "differs"


def test_a_row_speaks_of_the_columns_of_its_file_alone_and_an_emptied_cell_says_so(run: Run) -> None:
    run(*LAND, "--people", "2", "--note", "xem lại", "--unit", "Xã A")
    (record,) = run.stored().values()
    path = run.home / "a.csv"
    head = "Nội dung,Ngày,Chế độ tiếp,Loại việc,Ghi chú,Mã bản ghi"
    path.write_text(f"{head}\nĐất đai,1/2/2023,thường xuyên,khiếu nại,,{record['uid']}\n", "utf-8")
    assert differing(run, path) == [(1, "note", "xem lại", None)]
    assert run("import", path).err.endswith("danvan edit 1 --clear note\n")
    assert differing(run, path, "--unit", "Xã B") == [(1, "unit", "Xã A", "Xã B"), (1, "note", "xem lại", None)]


def test_what_only_follows_from_the_rest_or_from_the_office_is_no_difference(run: Run) -> None:
    run(*LAND)
    number, record = run.register().get(1)
    run.register().revise(number, lambda _: replace(record, receiver=None))
    path = exported(run)
    run("config", "set", "unit", "Xã Z")
    assert differing(run, path) == []
    assert differing(run, corrected(path, {"Loại việc": "phản ánh"})) == [(1, "category", "complaint", "feedback")]


def test_who_came_is_never_told(run: Run) -> None:
    (run.home / "who").write_text(f"Họ tên: {NAME}\n", "utf-8")
    run(*LAND, "--identity-file", run.home / "who")
    path = corrected(exported(run, "receptions", "--reveal", "--reason", "sửa"), {"Họ tên công dân": OTHER})
    for argv in ((), ("--json",)):
        answer = run("import", path, *argv)
        assert MASK in answer.err
        assert not any(name in answer.out + answer.err for name in (NAME, OTHER))
    assert "danvan edit 1 --identity" in answer.err


def test_what_was_erased_is_not_told_by_an_older_file(run: Run) -> None:
    run(*LAND, "--note", "nhà ở thôn 2")
    path = exported(run)
    run("export", "all", "-o", lines := run.home / "all.jsonl")
    run("erase", "1", "--reason", "theo đơn", "--yes")
    for brought in (path, lines):
        answer = run("import", brought, "--strict", "--json")
        assert (answer.document["differing"], answer.err) == ([], "")
    run("edit", "1", "--category", "feedback")
    assert [change[1] for change in differing(run, path)] == ["category"]


def test_what_was_written_anew_after_an_erasure_is_told_without_its_words(run: Run) -> None:
    run(*LAND, "--note", "nhà ở thôn 2")
    path = exported(run)
    run("erase", "1", "--reason", "theo đơn", "--fields", "note", "--yes")
    run("edit", "1", "--note", "nhà ở xã bên")
    answer = run("import", path, "--json")
    (one,) = answer.document["differing"]
    assert one["changes"] == [{"field": "note", "old": MASK, "new": MASK}]
    assert "thôn 2" not in answer.out + answer.err
    assert holds(run("import", path).err, catalogue("en")["import.differs_later"])


def test_the_note_of_a_movement_that_was_erased_is_not_told_by_an_older_file(run: Run) -> None:
    run("add-audit", "Chợ", "--type", "inspection", "--date", "2023-01-10", "--concluded", "2023-02-01")
    run("follow-up", "1", "--on", "2023-03-01", "--recovered", "1 tỷ", "--note", "bà Mơ nộp")
    run("export", "all", "-o", path := run.home / "all.jsonl")
    run("erase", "1", "--reason", "theo đơn", "--fields", "movements", "--yes")
    assert run("import", path, "--strict", "--json").document["differing"] == []


def test_the_same_export_brought_again_says_nothing_and_an_older_one_says_so(run: Run) -> None:
    run(*LAND, "--people", "2")
    path = exported(run)
    assert run("import", path, "--strict").err == ""
    run("edit", "1", "--people", "5", "--outcome", "accepted")
    said = run("import", path).err
    assert holds(said, catalogue("en")["import.differs_later"])
    assert "5 → 2" in said
    run("void", "1", "--reason", "nhầm")
    assert differing(run, path) == []


def test_what_came_without_a_uid_and_was_edited_since_is_known(run: Run) -> None:
    path = run.home / "a.csv"
    path.write_text("Nội dung,Ngày,Chế độ tiếp,Số người\nĐất,1/2/2023,thường xuyên,2\n", "utf-8")
    run("import", path)
    run("edit", "1", "--people", "5")
    assert run("import", path, "--strict").err == ""


def test_another_kind_under_the_same_name_is_told(run: Run) -> None:
    run(*LAND)
    (record,) = run.stored().values()
    path = run.home / "a.json"
    path.write_text(
        json.dumps([{"kind": "model", "name": "Hoa", "field": "economy", "date": "2023-02-01", "uid": record["uid"]}])
    )
    assert differing(run, path) == [(1, "kind", "reception", "model")]
    assert holds(run("import", path).err, catalogue("en")["import.differs"])


@pytest.mark.parametrize(
    ("argv", "changes", "command"),
    [
        (LAND, {"Ngày": "2/2/2023"}, "--date 2023-02-02"),
        (LAND, {"Nội dung": "Đất ở"}, '--summary "Đất ở"'),
        (LAND, {"Nội dung": 'Đất "ở"'}, ""),
        (LAND, {"Loại việc": None, "Nội dung": None}, "--clear summary --clear category"),
        (LAND, {"Chế độ tiếp": "định kỳ", "Người tiếp": "thủ trưởng"}, "--mode periodic --receiver leader"),
        (LAND, {"Kết quả xử lý": "thụ lý"}, "--outcome accepted --on DAY"),
    ],
)
def test_the_command_that_corrects_is_told_where_options_can_say_it(
    run: Run, argv: tuple[str, ...], changes: dict[str, Any], command: str
) -> None:
    run(*argv)
    run(*ROAD, "--outcome", "guided")
    path = corrected(exported(run), changes)
    said = run("import", path).err.strip()
    assert said.rpartition("right: ")[2] == f"danvan edit 1 {command}".strip()


def test_many_rows_are_told_by_their_number(run: Run) -> None:
    rows = "".join(f"Đất {day},{day}/2/2023,thường xuyên,2\n" for day in range(1, 26))
    (run.home / "a.csv").write_text("Nội dung,Ngày,Chế độ tiếp,Số người\n" + rows, "utf-8")
    run("import", run.home / "a.csv")
    out = run("export", "receptions", "--format", "csv").out
    (run.home / "b.csv").write_text(out.replace(",2,,", ",3,,"), "utf-8")
    said = run("import", run.home / "b.csv").err.splitlines()
    assert len(said) == 21
    assert holds(said[-1], catalogue("en")["import.differs_more"])
    assert len(differing(run, run.home / "b.csv")) == 25


def test_what_one_cell_says_of_two_fields_is_compared_as_well(run: Run) -> None:
    run("add-audit", "Đất", "--type", "inspection", "--date", "2023-02-01")
    path = corrected(exported(run, "audits"), {"Loại": "thanh tra chuyên ngành"})
    assert differing(run, path) == [(1, "branch", None, "specialised")]


ROWS = {
    "models": "name,field,date\nĐường hoa,economy,2023-02-10\n",
    "receptions": f"summary,mode,date,category,citizen\nHỏi đất,regular,2023-03-15,complaint,{NAME}\n",
    "rows": "mode,from,to,turns,people\nregular,2023-01-01,2023-03-31,40,45\n",
}


@pytest.mark.parametrize("what", ROWS)
def test_a_list_without_units_is_known_again_once_the_office_has_settled_its_unit(run: Run, what: str) -> None:
    path = run.home / "list.csv"
    path.write_text(ROWS[what], "utf-8")
    run("import", path)
    run("config", "set", "unit", "Phường A")
    assert run("import", path, "--json").document["known"] == 1
    path.write_text(ROWS[what].replace("15", "16").replace("10", "11").replace("40", "41"), "utf-8")
    for known in (0, 1):
        assert run("import", path, "--json").document["known"] == known
    run("undo", "--yes")
    for known in (0, 1):
        assert run("import", path, "--json").document["known"] == known


def test_rows_that_say_their_unit_do_not_stand_back_behind_those_that_got_it(run: Run) -> None:
    path, row = run.home / "list.csv", "Đất,regular,2023-03-15,complaint"
    path.write_text(f"summary,mode,date,category,unit\n{row},\n{row},\n{row},Phường A\n", "utf-8")
    assert run("import", path, "--json").document["added"] == {"reception": 3}
    run("config", "set", "unit", "Phường A")
    for _ in range(2):
        assert run("import", path, "--json").document["known"] == 3


@pytest.mark.parametrize("what", ROWS)
def test_lists_without_units_of_two_offices_are_of_two_units(run: Run, what: str) -> None:
    registers = []
    for unit in ("Phường A", "Phường B"):
        path, registers = run.home / f"{unit}.csv", [*registers, run.home / f"{unit}.json"]
        path.write_text(ROWS[what], "utf-8")
        run("config", "set", "unit", unit, "--db", registers[-1])
        run("import", path, "--db", registers[-1])
    together = [word for path in registers for word in ("--db", path)]
    kind = what if what == "models" else "receptions"
    assert run(kind, "--count", *together).out.strip() == "2"
    assert sum(run("merge", *registers, "--json").document["added"].values()) == 2
