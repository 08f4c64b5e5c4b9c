"""`import` remarks on records of the same files that may say the same twice, as entry does against the register."""

from __future__ import annotations

import re
import shlex
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import Run, holds, office
from tinydb import TinyDB

from danvan import cautions
from danvan.exchange.incoming import doubles
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.overlaps import count_alike
from danvan.records import Reception

MODELS = "Tên mô hình,Lĩnh vực,Ngày,Đơn vị\n"
ROWS = "Đơn vị,Ngày tiếp,Đến ngày,Người tiếp,Số lượt,Số người,Nội dung\n"
AUDITS = "Tên cuộc,Loại,Ngày bắt đầu\n"
CASES = {
    "alike_model": MODELS + "Camera an ninh,khác,1/2/2023,Phường A\nMô hình CAMERA AN NINH,khác,1/3/2023,phường  a\n",
    "alike_reception": ROWS + "A,1/3/2023,,cán bộ,,,Bồi thường đất ông A\nA,1/3/2023,,cán bộ,,,Bồi thường đất; ông A\n",
    "alike_audit": AUDITS + "Quản lý đất,thanh tra,1/3/2023\nQuản lý đất,thanh tra,1/3/2023\n",
    "overlaps": ROWS + "A,1/1/2023,31/3/2023,cán bộ,10,12,\na,1/3/2023,30/6/2023,cán bộ,9,9,\n",
}
NONE = {
    "other figures": MODELS + "Tổ 5 tự quản,khác,1/2/2023,A\nTổ 6 tự quản,khác,1/2/2023,A\n",
    "another year": MODELS + "Camera an ninh,khác,1/2/2022,A\nCamera an ninh,khác,1/2/2023,A\n",
    "another unit": MODELS + "Camera an ninh,khác,1/2/2023,A\nCamera an ninh,khác,1/2/2023,B\n",
    "another day": AUDITS + "Quản lý đất,thanh tra,1/3/2023\nQuản lý đất,thanh tra,2/3/2023\n",
    "another receiver": ROWS + "A,1/1/2023,31/3/2023,cán bộ,10,12,\nA,1/1/2023,31/3/2023,thủ trưởng,9,9,\n",
    "the next days": ROWS + "A,1/1/2023,31/3/2023,cán bộ,10,12,\nA,1/4/2023,30/6/2023,cán bộ,9,9,\n",
    "nothing said": ROWS + "A,1/3/2023,,cán bộ,,,\nA,1/3/2023,,cán bộ,,,\n",
}


def imported(run: Run, text: str, *argv: object, code: int = 0, lang: LanguageCode = "en") -> str:
    (run.home / "a.csv").write_text(text, "utf-8")
    return run("import", run.home / "a.csv", *argv, code=code, lang=lang).err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", CASES)
def test_what_may_be_said_twice_in_a_file_is_remarked_on(run: Run, key: str, lang: LanguageCode) -> None:
    said = imported(run, CASES[key], lang=lang)
    assert holds(said, catalogue(lang)[f"several.{key}"])
    assert said.count("\n") == 1
    assert said.endswith(("số 1, 2\n", "No. 1, 2\n"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", CASES)
def test_where_nothing_is_written_the_rows_are_named(run: Run, key: str, lang: LanguageCode) -> None:
    rows = catalogue(lang)["import.row"].format(row="2, 3")
    assert imported(run, CASES[key], "--dry-run", lang=lang).endswith(f"a.csv · {rows}\n")
    assert f"a.csv · {rows}\n" in imported(run, CASES[key], "--strict", lang=lang, code=1)
    assert not run.db.exists()


@pytest.mark.parametrize("key", NONE)
def test_what_differs_is_not_remarked_on(run: Run, key: str) -> None:
    assert imported(run, NONE[key], "--strict") == ""


def test_a_single_record_that_a_row_counts_is_remarked_on_whichever_comes_first(run: Run) -> None:
    single, row = "A,5/4/2023,,cán bộ,,1,Đất\n", "a,1/4/2023,30/4/2023,cán bộ,10,12,\n"
    for text in (single + row, row + single):
        assert holds(imported(run, ROWS + text, "--dry-run"), catalogue("en")["several.overlaps"])
    others = "B,5/4/2023,,cán bộ,,1,Đất\nA,5/5/2023,,cán bộ,,1,Đất\n"
    assert imported(run, ROWS + row + others, "--dry-run") == ""


def test_records_of_several_files_are_compared_and_what_is_known_is_not_told_again(run: Run) -> None:
    head, one, other = CASES["alike_model"].splitlines()
    for name, row in (("a.csv", one), ("b.csv", other)):
        (run.home / name).write_text(f"{head}\n{row}\n", "utf-8")
    files = run.home / "a.csv", run.home / "b.csv"
    assert "b.csv · row 2" in run("import", *files, "--dry-run").err
    run("import", files[0])
    assert "(1 record): No. 2" in run("import", *files).err
    assert run("import", *files, "--strict").err == ""


@pytest.mark.parametrize("others", [0, 12, 300])
def test_the_same_citizen_twice_on_a_day_is_remarked_on_however_many_came_that_day(run: Run, others: int) -> None:
    head = "Nội dung,Chế độ tiếp,Loại việc,Ngày,Đơn vị,Họ và tên,Số người\n"
    row = "{text},thường xuyên,khiếu nại,1/2/2023,A,{who},1\n"
    twice = [row.format(text=text, who="Lê Thị Mơ") for text in ("Hỏi đường", "Khám bệnh")]
    crowd = [row.format(text=f"{chr(97 + at % 26) * 5} {at}", who=f"Lê Thị M{at}") for at in range(others)]
    said = imported(run, head + "".join([twice[0], *crowd, twice[1]]), "--dry-run")
    assert holds(said, catalogue("en")["several.alike_reception"])
    assert said.endswith(f"row 2, {others + 3}\n")
    assert "Citizen: much like" in said
    assert "Mơ" not in said


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B"]),
            st.integers(0, 40),
            st.one_of(st.none(), st.integers(0, 30)),
            st.sampled_from(["cán bộ", "thủ trưởng", "được ủy quyền"]),
            st.sampled_from([("5", ""), ("", "5"), ("5", "6")]),
        ),
        max_size=12,
    ),
    st.integers(0, 6),
)
def test_without_the_rows_that_are_remarked_on_nothing_is_counted_twice(rows: list[Any], before: int) -> None:
    def row(one: Any) -> str:
        unit, start, length, receiver, (turns, people) = one
        first = date(2023, 1, 1) + timedelta(start)
        last = "" if length is None else f"{first + timedelta(length):%d/%m/%Y}"
        who = "cán bộ" if length is None else receiver
        return f"{unit},{first:%d/%m/%Y},{last},{who},{turns if last else ''},{people},\n"

    with office() as run:
        if before:
            imported(run, ROWS + "".join(map(row, rows[:before])))
        known = len(list(run.register().scan([Reception])))
        with mock.patch.object(cautions, "NAMED", 100):  # every one is named
            said = imported(run, ROWS + "".join(map(row, rows)), code=0)
        entries = list(run.register().scan([Reception]))
    told = {int(number) for found in re.findall(r"No\. ([\d, ]+)$", said, re.MULTILINE) for number in found.split(",")}
    twice = [
        (one.id, other.id)
        for one, other in combinations(entries, 2)
        if other.id > known and one.record.unit == other.record.unit and count_alike(one.record, other.record)
    ]
    assert all({one, other} & told for one, other in twice), (twice, said)
    assert bool(told) == bool(twice)


@pytest.mark.parametrize("part", [2, 70, 1000])
def test_a_long_list_of_one_unit_and_year_is_compared_among_neighbours_only(
    run: Run, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(doubles, "PART", part)
    monkeypatch.setattr(doubles, "PIECE", part)
    compared = []
    monkeypatch.setattr(
        doubles, "alike_by", lambda one, other, **_: compared.append(1) or "name" * (one.name == other.name)
    )
    rows = "".join(f"Mô hình thứ {at % 399} của phường,khác,1/2/2023,A\n" for at in range(400))
    is_whole = part > 400  # else the two are compared only if they stand near in the file
    assert ("(2 records): No. 1, 400" in imported(run, MODELS + rows)) is is_whole
    assert len(compared) <= 400 * 2 * doubles.NEIGHBOURS


AGAIN = {
    "alike_model": (MODELS, "Camera tổ {n},khác,{n}/2/2023,A", "Camera Tổ {n},khác,2{n}/2/2023,a"),
    "alike_reception": (
        "Nội dung,Chế độ tiếp,Loại việc,Ngày,Đơn vị,Họ và tên,Số người\n",
        '"Đất ""{n}""",thường xuyên,khiếu nại,{n}/2/2023,"A ""b""",,3',
        '"Đất ""{n}""",thường xuyên,khiếu nại,{n}/2/2023,"a ""B""",Lê Thị Mơ,',
    ),
    "alike_audit": (
        "Tên cuộc,Loại,Ngày bắt đầu,Ghi chú\n",
        "Đất {n},thanh tra,{n}/2/2023,x",
        "Đất {n},thanh tra,{n}/2/2023,",
    ),
    "rows_overlap": (
        "Ngày tiếp,Đến ngày,Người tiếp,Số lượt,Đơn vị,Số người,Nội dung\n",
        "{n}/1/2023,{n}/3/2023,cán bộ,10,A{n},12,",
        "{n}/2/2023,{n}/4/2023,cán bộ,10,a{n},13,",
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", AGAIN)
def test_what_the_register_has_much_alike_is_named(run: Run, key: str, lang: LanguageCode) -> None:
    head, before, after = AGAIN[key]
    first, again = (f"{head}{row.format(n=1)}\n{row.format(n=2)}\n" for row in (before, after))
    say = catalogue(lang)
    assert imported(run, first, lang=lang) == ""
    told = holds(
        imported(run, again, "--strict", code=1, lang=lang), say[f"problem.{key}"].format(ids="1, 2", numbers="1-2")
    )
    rows = say["import.row"].format(row="2, 3")
    assert told
    assert rows in imported(run, again, "--dry-run", lang=lang)
    err = imported(run, again, lang=lang)
    assert holds(err, say[f"problem.{key}"].format(ids="1, 2", numbers="1-2"))
    assert err.count("\n") == 1
    assert err.endswith(("số 3, 4\n", "No. 3, 4\n"))


def test_a_row_is_compared_with_single_records_of_the_register_and_they_with_rows(run: Run) -> None:
    single, row = "A,5/4/2023,,cán bộ,,1,Đất\n", "a,1/4/2023,30/4/2023,cán bộ,10,12,\n"
    for first, second in ((single, row), (row, single)):
        with office() as other:
            imported(other, ROWS + first)
            assert holds(imported(other, ROWS + second), catalogue("en")["problem.overlaps"].format(ids="1"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_sent_anew_are_told_with_the_command_that_takes_the_old_ones_out(run: Run, lang: LanguageCode) -> None:
    head = "Đơn vị,Từ ngày,Đến ngày,Người tiếp,Số lượt\n"
    sent = "".join(f"Xã {at},1/1/2023,30/6/2023,cán bộ,1{at}\n" for at in range(7))
    imported(run, head + sent)
    said = imported(run, head + sent.replace("cán bộ,1", "cán bộ,2"), lang=lang)
    (command,) = re.findall(r'danvan (void 1-7 --reason ".*")', said)
    run(*shlex.split(command))
    assert [one["id"] for one in run("receptions", "--json").document["records"]] == [*range(8, 15)]
    said = imported(run, head + "Xã 8,1/1/2023,30/6/2023,cán bộ,1\n", lang=lang)
    assert said == ""
    said = imported(run, head + "Xã 8,1/4/2023,30/6/2023,cán bộ,2\n", lang=lang)
    assert "danvan void 15 --reason" in said
    assert holds(said, catalogue(lang)["problem.rows_overlap"])


def test_what_only_looks_like_a_record_of_the_register_is_not_remarked_on(run: Run) -> None:
    head = "Nội dung,Chế độ tiếp,Loại việc,Ngày,Đơn vị,Họ và tên,Số người\n"
    first = "Đất đai,thường xuyên,khiếu nại,1/2/2023,A,Lê Thị Mơ,1\n"
    imported(run, head + first)
    for other in (
        "Đất đai,thường xuyên,khiếu nại,1/2/2023,A,Lê Văn Tám,1\n",
        "Đất đai,thường xuyên,khiếu nại,1/2/2023,B,,1\n",
        "Đất đai,thường xuyên,khiếu nại,2/2/2023,A,,1\n",
        "Nhà,thường xuyên,khiếu nại,1/2/2023,A,,1\n",
        ",thường xuyên,khiếu nại,1/2/2023,A,,1\n",
    ):
        assert imported(run, head + other, "--dry-run") == ""
    again = head + first.replace("Lê Thị Mơ", "")
    for corrected in (again, again.replace(",1\n", ",2\n"), again.replace("khiếu nại", "kiến nghị")):
        assert "No. 1 " in imported(run, corrected, "--dry-run")
    run("void", 1, "--reason", "nhầm")
    assert imported(run, again, "--dry-run") == ""


def test_what_is_in_file_and_register_is_named_once(run: Run) -> None:
    head, one, other = CASES["alike_model"].splitlines()
    imported(run, f"{head}\n{one}\n")
    said = imported(run, f"{head}\n{one}\n{other}\n")
    assert holds(said, catalogue("en")["several.alike_model"])
    assert said.count("\n") == 1


def test_records_that_another_program_wrote_in_its_own_order_are_compared_too(run: Run) -> None:
    head, one, other = CASES["alike_model"].splitlines()
    imported(run, f"{head}\n{one}\n")
    run("config", "set", "office", "UBND")
    with TinyDB(run.db) as database:
        rows = database.table("records").all()
        database.drop_table("records")
        database.table("records").insert_multiple(dict(reversed(row.items())) for row in rows)
    assert "No. 1 of the same unit" in imported(run, f"{head}\n{other}\n", "--dry-run")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_of_a_unit_that_may_hold_those_of_units_below_are_asked_about(run: Run, lang: LanguageCode) -> None:
    head = "Đơn vị,Từ ngày,Đến ngày,Người tiếp,Số lượt\n"
    days = ",1/1/2023,31/3/2023,cán bộ,"
    below = f'"Phường Trúc Bạch, Quận Ba Đình"{days}5\nQuận Ba Đình / Phường Cống Vị{days}9\n'
    said = catalogue(lang)["problem.added_below"]
    assert said not in imported(run, f"{head}{below}Quận Ba Đình{days}13\n", "--dry-run", lang=lang)
    assert said not in imported(run, f"{head}{below}Quận Đống Đa{days}40\n", "--dry-run", lang=lang)
    audits = f"Đơn vị,Từ ngày,Đến ngày,Loại,Số cuộc\n{below}".replace("cán bộ", "thanh tra")
    (run.home / "b.csv").write_text(audits, "utf-8")
    assert said not in imported(run, f"{head}Quận Ba Đình{days}40\n", run.home / "b.csv", "--dry-run", lang=lang)
    whole = f"{head}{below}Quận Đống Đa{days}7\nQuận Ba Đình{days}40\n"
    assert said in imported(run, whole, "--strict", code=1, lang=lang)
    (line,) = imported(run, whole, lang=lang).splitlines()
    assert said in line
    assert line.endswith(("số 1, 2, 4", "No. 1, 2, 4"))
    assert imported(run, whole, lang=lang) == ""
