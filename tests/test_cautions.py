"""Cautions: told on stderr, never in the way, errors with `--strict`."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from office import HALF, Run, holds

from danvan.cautions import alike_by, are_similar, is_overlapping, on_its_own
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.overlaps import same_unit
from danvan.records import Audit, Model, Reception
from danvan.store import Register, recent

TODAY = date(2023, 12, 26)
MODEL = ("add-model", "--field", "economy", "--unit", "Phường A", "--date", "10/2/2023")
RECEPTION = ("add-reception", "--mode", "regular", "--unit", "Phường A", "--date", "1/3/2023")
AUDIT = ("add-audit", "Quản lý đất", "--type", "inspection", "--started", "1/3/2023")
CONCLUDED = (*AUDIT, "--concluded", "20/5/2023")

# By the key of the message: what is there before, and what is then added.
CASES: dict[str, tuple[tuple[Any, ...], ...]] = {
    "problem.alike_model": ((*MODEL, "Camera an ninh"), (*MODEL, "Mô hình CAMERA AN NINH", "--unit", "phường  A")),
    "problem.alike_reception": ((*RECEPTION, "Bồi thường đất ông A"), (*RECEPTION, "Bồi thường đất, ông A")),
    "problem.alike_audit": (AUDIT, (*AUDIT, "--branch", "administrative")),
    "problem.few_in_groups": (
        ("add-reception", "--receiver", "staff", "--turns", 5, "--groups", 3, "--group-people", 29, *HALF),
    ),
    "problem.like_unit": ((*MODEL, "Camera"), (*RECEPTION, "Đất", "--unit", "phuong a")),
    "problem.overlaps": (
        (*RECEPTION, "Đất"),
        ("add-reception", "--receiver", "staff", "--turns", 9, "--unit", "PHƯỜNG A", *HALF[:4]),
    ),
    "problem.rows_overlap": (
        ("add-reception", "--receiver", "staff", "--turns", 9, "--unit", "PHƯỜNG A", *HALF[:4]),
        ("add-reception", "--receiver", "staff", "--turns", 12, "--unit", "Phường A", *HALF[:4]),
    ),
    "problem.sum_of_violations": ((*CONCLUDED, "--violations", "500 triệu", "--recovery", "450 triệu"),),
    "problem.idle": ((*AUDIT, "--recovery", "81,5 tỷ"),),
    "problem.uncounted": (
        ("add-audit", "Công vụ", "--type", "duty-check", "--mode", "planned", "--date", "1/3/2023", "--individuals", 3),
    ),
    "problem.sum_of_violations_land": (
        (*CONCLUDED, "--violations-land", 100, "--recovery-land", 10, "--other-land", 20),
    ),
    "problem.few_people": (("add-reception", "--receiver", "staff", "--turns", 5, "--people", 3, *HALF[:4]),),
    "problem.much_money": ((*CONCLUDED, "--recovery", "101 nghìn tỷ"),),
    "problem.little_money": ((*CONCLUDED, "--recovery", "99999"),),
    "problem.many_people": ((*RECEPTION, "Đất", "--people", 99_999),),
    "problem.to_come": ((*MODEL[:-1], "1/1/2024", "Đường hoa"),),
    "problem.no_districts": ((*MODEL[:-1], "1/8/2025", "Đường hoa", "--level", "quận", "--today", "2025-09-01"),),
    "problem.phone_in_text": ((*MODEL, "Đường hoa", "--note", "gọi 0912 345 678"),),
    "problem.citizen_number_in_text": ((*MODEL, "Đường hoa", "--note", "số 001099012345"),),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", CASES)
def test_each_caution_is_told_and_kept_nevertheless(run: Run, key: str, lang: str) -> None:
    *before, last = CASES[key]
    for line in before:
        assert run(*line).err == ""
    answer = run(*last, lang=lang)
    prefix = "Lưu ý: " if lang == "vi" else "Note: "
    assert answer.err.startswith(prefix)
    assert answer.err.count("\n") == 1
    assert len(run.stored()) == len(before) + 1


@pytest.mark.parametrize("key", CASES)
def test_strict_refuses_what_would_be_told(run: Run, key: str) -> None:
    *before, last = CASES[key]
    for line in before:
        run(*line)
    answer = run(*last, "--strict", code=1)
    assert answer.out == ""
    assert "--strict" in answer.err
    assert "Nothing was changed" in answer.err
    assert len(run.stored() if run.db.exists() else {}) == len(before)


def test_fewer_people_than_turns_are_told_on_import_and_by_check(run: Run) -> None:
    path = run.home / "rows.csv"
    path.write_text(
        "receiver,turns,people,groups,group_people,date,to\nstaff,5,3,,,1/1/2023,31/1/2023\nstaff,9,9,3,2,1/2/2023,28/2/2023\n",
        "utf-8",
    )
    answer = run("import", path, "--kind", "receptions")
    assert "People (--people): 3 people in 5 turns, and a turn is of at least one person" in answer.err
    assert "3 large groups" in answer.err
    findings = run("check", "--json").document["findings"]
    assert [(one["key"], one["id"], one["fault"]) for one in findings] == [
        ("few_people", 1, False),
        ("few_in_groups", 2, False),
    ]
    run("edit", 1, "--people", 5)
    run("edit", 2, "--group-people", 30, "--people", 36)
    assert run("check", "--json").document["findings"] == []


def test_people_in_large_groups_are_held_against_the_number_that_the_register_counts_from(run: Run) -> None:
    row = ("add-reception", "--receiver", "staff", "--turns", 5, "--groups", 3)
    assert "3 large groups of 10 people or more, but only 12 people" in run(*row, "--group-people", 12, *HALF).err
    assert run(*row, "--group-people", 30, "--unit", "B", *HALF).err == ""
    assert [(one["key"], one["id"]) for one in run("check", "--json").document["findings"]] == [("few_in_groups", 1)]
    run("config", "set", "threshold", 11)
    assert [one["id"] for one in run("check", "--json").document["findings"]] == [1, 2]
    run("config", "set", "threshold", 4)
    assert run("check", "--json").document["findings"] == []
    assert run("edit", 1, "--turns", 6).err == ""
    answer = run("edit", 1, "--group-people", 11, "--strict", code=1)
    assert holds(answer.err, catalogue("en")["problem.few_in_groups"])


@pytest.mark.parametrize(
    ("unit", "is_like"),
    [
        *(
            (unit, True)
            for unit in ("dich vong", "PHUONG DICH VONG", "phường dịchvọng", "P. Dịch Vọng", "Phường Dich Vọng")
        ),
        *(
            (unit, False)
            for unit in (
                "PHƯỜNG DỊCH VỌNG",
                "Phường Dịch Vòng",
                "Xã Dịch Vọng",
                "Phường Dịch",
                "Quận A, phường Dịch Vọng",
                "",
            )
        ),
    ],
)
def test_a_unit_that_may_be_another_one_is_asked_about_when_it_comes_new(run: Run, unit: str, is_like: bool) -> None:
    said = catalogue("en")["problem.like_unit"].partition("{")[0]
    run(*MODEL, "Camera", "--unit", "Phường Dịch Vọng")
    for like in (is_like, False):  # once it is there, nobody is asked again
        assert (said in run(*RECEPTION, "Đất", "--unit", unit).err) is like
    assert said not in run("edit", 1, "--name", "Hoa", lang="en").err
    assert (said in run("edit", 1, "--unit", f"{unit} ").err) is False


def test_a_unit_of_long_ago_is_known_however_seldom_it_reports(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "SIZE", 300)  # bytes; the last record
    for unit in ("thon dong", "Thôn Đông", "Thôn Đông"):
        run(*MODEL, "Camera", "--unit", unit)
    run(*RECEPTION, "Đất", "--unit", "thon dong", "--strict")
    (run.home / "a.csv").write_text("summary,date,mode,unit\nRác,2/3/2023,regular,thon dong\n", "utf-8")
    run(*MODEL, "Hoa", "--unit", "Thôn Đông")
    run("import", run.home / "a.csv", "--strict")
    said = run(*RECEPTION, "Chợ", "--unit", "Thon Dong", "--strict").err
    assert not holds(said, catalogue("en")["problem.like_unit"])
    assert holds(run(*RECEPTION, "Chợ", "--unit", "dong").err, catalogue("en")["problem.like_unit"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_units_of_a_file_that_may_be_one_are_asked_about(run: Run, lang: LanguageCode) -> None:
    rows = "name,field,date,unit\nHoa,other,1/2/2023,Phường A\nChợ,other,2/2/2023,phuong a\nRừng,other,3/2/2023,P.  B\n"
    (run.home / "a.csv").write_text(rows, "utf-8")
    run(*MODEL, "Camera", "--unit", "Phường B")
    said = catalogue(lang)["import.like_units"]
    assert (
        said.format(units="“phuong a” – “Phường A”; “P. B” – “Phường B”", count=2)
        in run("import", run.home / "a.csv", lang=lang).err
    )
    assert not holds(run("import", run.home / "a.csv", lang=lang).err, said)
    many = "".join(f"M{number},other,1/2/2023,{ward} {number}\n" for number in range(9) for ward in ("Xã Á", "xa a"))
    (run.home / "a.csv").write_text(f"name,field,date,unit\n{many}", "utf-8")
    told = run("import", run.home / "a.csv", lang=lang).err
    assert "(9): “xa a 0” – “Xã Á 0”; " in told
    assert "“xa a 4” – “Xã Á 4”; …" in told


def test_an_edit_tells_only_what_is_new(run: Run) -> None:
    run(*MODEL, "Đường hoa", "--note", "gọi 0912345678")
    assert run("edit", 1, "--holder", "individual").err == ""
    assert "still to come" in run("edit", 1, "--date", "1/1/2024").err


def test_what_is_void_is_like_nothing(run: Run) -> None:
    run(*MODEL, "Camera an ninh")
    run("void", 1, "--reason", "nhầm")
    assert run(*MODEL, "Camera an ninh").err == ""


def test_the_details_of_a_year_are_told_by_an_aggregate_row(run: Run) -> None:
    for day in range(1, 10):
        run(*RECEPTION[:-1], f"{day}/3/2023", f"Việc số {day}")
    answer = run("add-reception", "--receiver", "staff", "--turns", 9, "--unit", "Phường A", *HALF[:4])
    assert "1, 2, 3, 4, 5 +4 of this unit" in answer.err


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Camera an ninh", "camera An Ninh", True),
        ("Mô hình Đường hoa phụ nữ", "Đường hoa phụ nữ", True),
        ("Đường hoa phụ nữ tự quản", "Đường hoa phụ nữ tự quản.", True),
        ("Tổ dân phố số 5 tự quản", "Tổ dân phố số 6 tự quản", False),
        ("Camera an ninh", "Tủ sách thiếu nhi", False),
        ("Mô hình", "Mô hình", False),
        ("", "", False),
    ],
)
def test_names_are_compared_without_accents_and_by_their_numbers(one: str, other: str, expected: bool) -> None:
    assert are_similar(one, other) is expected
    assert are_similar(other, one) is expected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("0912345678", ["phone_in_text"]),
        ("gọi 0912.345.678 nhé", ["phone_in_text"]),
        ("+84 912 345 678", ["phone_in_text"]),
        ("024 3825 3536", ["phone_in_text"]),
        ("001099012345", ["citizen_number_in_text"]),
        ("001 099 012 345", ["citizen_number_in_text"]),
        ("81.500.000.000 đồng", []),
        ("Quyết định 1234/QĐ-UBND ngày 02/03/2023", []),
        ("từ 01.02.2023 đến 03.04.2023", []),
        ("hồ sơ 123456", []),
        ("1234567890123456", []),
    ],
)
def test_numbers_of_people_are_found_and_others_are_not(text: str, keys: list[str]) -> None:
    found = on_its_own(Model(date(2023, 5, 1), name="A", note=text), TODAY, 10)
    assert [problem.key for problem in found] == keys


def test_amounts_are_compared_only_where_they_are_known() -> None:
    def cautions(**amounts: int) -> list[str]:
        return [problem.key for problem in on_its_own(Audit(date(2023, 5, 1), **amounts), TODAY, 10)]  # type: ignore[arg-type]

    assert cautions(recovery=500_000) == []
    assert cautions(violations=500_000) == []
    assert cautions(violations=500_000, recovery=300_000) == ["sum_of_violations"]  # a blank in a single audit is 0
    row = Audit(date(2023, 1, 1), date(2023, 6, 30), violations=500_000, recovery=300_000)
    assert on_its_own(row, TODAY, 10) == []
    assert cautions(violations=500_000, recovery=300_000, other_handling=200_000) == []
    assert cautions(violations=500_000, recovery=300_000, other_handling=100_000) == ["sum_of_violations"]
    assert cautions(violations=500_000, recovery=600_000) == ["sum_of_violations"]


def test_a_row_may_end_some_days_after_it_is_told() -> None:
    row = {"unit": "A", "receiver": "staff", "turns": 3}
    assert on_its_own(Reception(date(2023, 1, 1), date(2023, 12, 31), **row), TODAY, 10) == []  # type: ignore[arg-type]
    late = on_its_own(Reception(date(2023, 1, 1), date(2024, 12, 31), **row), TODAY, 10)  # type: ignore[arg-type]
    assert [problem.field for problem in late] == ["to"]


def test_records_overlap_unless_something_sets_them_apart() -> None:
    first, last = date(2023, 1, 1), date(2023, 6, 30)
    staff = Reception(first, last, "Phường A", receiver="staff", turns=3)
    assert is_overlapping(staff, Reception(date(2023, 6, 30), None, "phuong a", receiver="staff"))
    assert is_overlapping(staff, Reception(date(2023, 6, 30), date(2023, 9, 1), "Phường A", turns=3))
    assert not is_overlapping(staff, Reception(date(2023, 7, 1), None, "Phường A", receiver="staff"))
    assert not is_overlapping(staff, Reception(first, None, "Phường B", receiver="staff"))
    assert not is_overlapping(staff, Reception(first, last, "Phường A", receiver="leader", turns=3))
    assert not is_overlapping(staff, Reception(first, last, "Phường A", receiver="staff", people=3))
    lac = Reception(first, last, "Phường Lạc", receiver="staff", turns=3)
    assert not is_overlapping(lac, Reception(first, last, "Phường Lác", receiver="staff", turns=3))
    assert is_overlapping(lac, Reception(first, last, "phuong  lac", receiver="staff", turns=3))
    registered = Model(first, last, "Phường A", status="registered", count=3)
    assert is_overlapping(registered, Model(first, None, "Phường A", name="A", status="running"))
    assert not is_overlapping(
        Model(first, last, "Phường A", status="recognised", count=3),
        Model(first, None, "Phường A", name="A", status="registered"),
    )


def test_looking_back_has_an_end(run: Run) -> None:
    register = Register(run.db, now=lambda: "2023-12-26T08:00:00+07:00", author="hương")
    register.add(Model(TODAY, None, "Phường A", name="Đầu tiên"))
    register.add_many([Model(TODAY, None, 'Phường "A"', name="x" * 300)] * 3000)
    register.add(Model(TODAY, None, "Phường A", name="Cuối"))
    register.revise(3002, lambda record: Model(record.date, None, "Phường A", name="Cuối cùng"))
    found = list(register.newest(Model, lambda unit: unit == "Phường A"))
    assert [(entry.id, entry.record.name) for entry in found if isinstance(entry.record, Model)] == [
        (3002, "Cuối cùng")
    ]
    quoted = list(register.newest(Model, lambda unit: unit == 'Phường "A"'))
    assert len(quoted) == 1000
    assert quoted[0].id == 3001


def test_a_step_before_the_last_one_is_told(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    run("edit", 1, "--status", "approved", "--on", "1/6/2023")
    answer = run("edit", 1, "--status", "running", "--on", "1/5/2023")
    assert "2023-05-01 comes after that of 2023-06-01" in answer.err  # "step_backwards"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_before_the_day_of_the_record_is_told(run: Run, lang: str) -> None:
    run(*RECEPTION, "Đất")
    step = ("edit", 1, "--outcome", "guided", "--on", "1/1/2022")
    assert holds(run(*step, lang=lang).err, catalogue(lang)["problem.step_early"])
    run("undo", "--yes")
    assert run(*step, "--strict", code=1).out == ""
    assert not holds(run(*step[:-1], "20/12/2023", lang=lang).err, catalogue(lang)["problem.step_early"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_turns_a_record_into_a_denunciation_is_told_that_its_texts_name_the_citizen(run: Run, lang: str) -> None:
    (run.home / "who.txt").write_text("họ tên: Nguyễn Văn Mật\n", "utf-8")
    told = (*RECEPTION, "Gặp ông Nguyễn Văn Mật", "--category", "complaint", "--identity-file", run.home / "who.txt")
    run(*told)
    answer = run("edit", 1, "--category", "denunciation", "--clear", "identity", lang=lang)
    assert holds(answer.err, catalogue(lang)["problem.citizen_in_text"])
    assert "Mật" not in answer.err


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Phường Trung Hòa", "phường  Trung Hoà", True),
        ("Phường Lạc", "Phường Lác", False),
        ("Phường Lạc", "Phường Lac", False),  # who types accents types them all
        ("Phường Lạc", "PHUONG LAC", True),
        ("Đống Đa", "dong da", True),
        ("phuong lac", "phuong lai", False),
        ("", "Phường Lạc", False),
    ],
)
def test_accents_tell_units_apart_where_both_were_typed_with_any(one: str, other: str, is_same: bool) -> None:
    assert same_unit(one, other) is same_unit(other, one) is is_same
    day = date(2023, 1, 1)
    models = (Model(day, unit=unit, name="Camera an ninh", field="other") for unit in (one, other))
    assert alike_by(*models) == ("name" if is_same else "")


@pytest.mark.parametrize("summary", ["Bồi thường nhà", "Xin đất"])
def test_no_caution_tells_whether_a_guess_who_came_is_right(run: Run, summary: str) -> None:
    right, wrong = run.home / "right.txt", run.home / "wrong.txt"
    right.write_text("họ tên: Nguyễn Văn Mật\n", "utf-8")
    wrong.write_text("họ tên: Lý Thị Mới\n", "utf-8")
    given = ("--mode", "regular", "--category", "petition", "--unit", "A", "--date", "1/3/2023", "--identity-file")
    run("add-reception", "Xin đất", *given, right)
    before = run.db.read_bytes()
    answers = set()
    for guess in (right, wrong):
        answer = run("add-reception", summary, *given, guess, "--strict", code=None)
        answers.add((answer.code, answer.err))
        run.db.write_bytes(before)
    assert len(answers) == 1
    assert (answers.pop()[0] == 1) is (summary == "Xin đất")


ROW = ("add-reception", "--mode", "regular", "--unit", "Xã A", "--turns", 1)
JANUARY, FEBRUARY = (("--from", f"2023-{month}-01", "--to", f"2023-{month}-28") for month in ("01", "02"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_entered_anew_is_told_with_the_command_that_takes_the_old_ones_out(run: Run, lang: LanguageCode) -> None:
    def said(**others: str) -> str:
        return catalogue(lang)["problem.rows_overlap"].format(**others)

    assert run(*ROW, *JANUARY).err == run(*ROW, *FEBRUARY).err == ""
    run("add-reception", "Đất", "--mode", "regular", "--unit", "Xã A", "--date", "2023-03-03")
    assert said(ids="1", numbers="1") in run(*ROW, *JANUARY, "--strict", lang=lang, code=1).err
    err = run(*ROW, "--from", "2023-01-01", "--to", "2023-03-31", lang=lang).err
    assert said(ids="1, 2", numbers="1-2") in err
    assert catalogue(lang)["problem.overlaps"].format(ids="3") in err
    run("void", 1, 2, "--reason", "đơn vị gửi lại")
    for _ in range(5):
        err = run(*ROW, *JANUARY, lang=lang).err
    assert said(ids="4, 5, 6, 7, 8", numbers="4-8") in err
    assert said(ids="4, 5, 6, 7, 8 +1", numbers="4-9") in run(*ROW, *JANUARY, lang=lang).err


TWO_ROWS = "Đơn vị,Ngày tiếp,Đến ngày,Người tiếp,Số lượt\nPhường Lạc,{days},cán bộ,50\n{unit},{days},cán bộ,60\n"


@pytest.mark.parametrize(("unit", "is_same"), [("Phường Lác", False), ("phuong lac", True)])
def test_every_command_agrees_on_whether_two_units_are_one(run: Run, unit: str, is_same: bool) -> None:
    row = ("add-reception", "--mode", "regular", "--turns", 50, "--from", "2023-01-01", "--to", "2023-06-30", "--unit")
    run(*row, "Phường Lạc")
    answer = run(*row, unit)
    (section,) = run("report", "2023", "--section", "receptions", "--json").document["sections"]
    findings = run("check", "--json").document["findings"]
    assert holds(answer.err, catalogue("en")["problem.rows_overlap"]) is is_same
    assert [note["ids"] for note in section["notes"]] == ([[1, 2]] if is_same else [])
    assert [finding["sort"] for finding in findings] == (["overlaps"] if is_same else [])
    file = run.home / "units.csv"
    file.write_text(TWO_ROWS.format(days="1/7/2023,31/12/2023", unit=unit), "utf-8")
    answer = run("import", file, "--kind", "reception", "--strict", code=1 if is_same else 0)
    assert answer.code or len(run.register().table()) == 4


def test_details_of_a_unit_like_that_of_a_row_are_counted_by_another(run: Run) -> None:
    row = ("add-reception", "--mode", "regular", "--turns", 50, "--from", "2023-01-01", "--to", "2023-06-30", "--unit")
    run(*row, "Phường Lạc")
    for unit in ("Phường Lác", "phường lạc"):
        run("add-reception", "Đất", "--mode", "regular", "--date", "2023-02-01", "--unit", unit)
    (section,) = run("report", "2023", "--section", "receptions", "--json").document["sections"]
    assert [note["ids"] for note in section["notes"]] == [[1, 3]]
    (finding,) = run("check", "--json").document["findings"]
    assert (finding["id"], finding["message"].endswith(": No. 3")) == (1, True)


def test_how_many_units_an_inspection_looks_into_is_known_before_its_conclusion(run: Run) -> None:
    assert run(*AUDIT, "--units", 3, "--unit", "Phường A").err == ""
    assert "idle" not in str(run("report", 2023, "--json").document)
