"""`follow-up`: what was done on a conclusion, and how far it has come."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from office import Run, holds

from danvan.messages import LANGUAGES, catalogue
from danvan.records import Audit
from danvan.store import Register

AUDIT = ("add-audit", "Quản lý đất", "--type", "inspection", "--started", "1/3/2023")
CONCLUDED = (
    *AUDIT,
    "--concluded",
    "20/5/2023",
    "--recovery",
    "81,5 tỷ",
    "--recovery-land",
    "1080",
    "--individuals",
    10,
)


def test_a_movement_is_noted_and_summed_against_what_was_recommended(run: Run) -> None:
    run(*CONCLUDED)
    run("follow-up", 1, "--on", "30/6/2023", "--recovered", "30 tỷ", "--individuals", 3)
    answer = run("follow-up", 1, "--on", "30/9/2023", "--recovered", "8,5 tỷ", "--note", "Quyết định 15", lang="vi")
    assert "8,5 tỷ đồng" in answer.out.splitlines()[0]
    assert "Quyết định 15" in answer.out.splitlines()[0]
    assert "38,5/81,5 tỷ đồng" in answer.out.splitlines()[1]
    assert "47,2%" in answer.out.splitlines()[1]
    assert run.stored()["1"]["movements"] == [
        {"on": "2023-06-30", "recovered": 30_000_000_000, "individuals": 3},
        {"on": "2023-09-30", "recovered": 8_500_000_000, "note": "Quyết định 15"},
    ]


def test_more_may_be_recovered_than_was_recommended(run: Run) -> None:
    run(*CONCLUDED)
    answer = run("follow-up", 1, "--recovered", "90 tỷ", "--recovered-land", "2.000 m2")
    assert "110.4%" in answer.out
    assert "90,000,000,000 đ recovered, more than was recommended (81,500,000,000 đ)" in answer.err
    assert "2,000 m² recovered, more than was recommended (1,080 m²)" in answer.err
    assert run.stored()["1"]["movements"][0]["on"] == "2023-12-26"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("figures", "key"),
    [
        (("--recovered", "82 tỷ"), "problem.over_recovery"),
        (("--recovered-land", "1081"), "problem.over_recovery_land"),
        (("--collectives", 1), "problem.over_collectives"),
        (("--individuals", 11), "problem.over_individuals"),
    ],
)
def test_more_than_was_recommended_is_told_refused_with_strict_and_found_later(
    run: Run, figures: tuple[object, ...], key: str, lang: str
) -> None:
    told = catalogue(lang)[key]  # type: ignore[arg-type]
    run(*CONCLUDED, "--unit", "A")
    assert holds(run("follow-up", 1, *figures, "--strict", code=1, lang=lang).err, told)
    assert holds(run("follow-up", 1, *figures, "--on", "1/6/2023", lang=lang).err, told)
    assert holds(run("check", lang=lang).out, told)
    remarks = run("report", "2023", "--json").document["sections"][1]["notes"]
    assert remarks == [{"key": "overdone", "ids": [1]}]


def test_an_edit_below_what_was_recovered_is_told(run: Run) -> None:
    run(*CONCLUDED)
    assert run("follow-up", 1, "--recovered", "30 tỷ").err == ""
    assert "more than was recommended (20,000,000,000 đ)" in run("edit", 1, "--recovery", "20 tỷ").err


def test_a_fraction_stands_on_the_scale_of_its_larger_part_and_is_padded_as_a_whole(run: Run) -> None:
    run(*AUDIT, "--concluded", "20/5/2023", "--recovery", "900 triệu", "--individuals", 4)
    answer = run("follow-up", 1, "--recovered", "1 tỷ", "--individuals", 2)
    assert "Recovered 1/0.9 billion dong" in answer.out
    said = run("report", "2023", "--format", "text", "--pad").out
    assert "1/0.9 billion dong" in said
    assert "02/04" in said


def test_one_is_told_as_one(run: Run) -> None:
    run(*AUDIT, "--concluded", "20/5/2023", "--individuals", 1, "--collectives", 1)
    answer = run("follow-up", 1, "--individuals", 1, "--collectives", 1)
    assert "1 collective and 1 individual disciplined" in answer.out
    run("add-model", "A", "--field", "economy", "--date", "2022-03-01")
    said = run("report", "2023", "--format", "text").out
    run("add-model", "B", "--field", "economy", "--date", "2023-03-01")
    run("add-model", "C", "--field", "economy", "--date", "2023-03-01")
    said += run("report", "2023", "--format", "text").out
    assert "(up 1 model on 2022)" in said
    assert "1 people" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_conclusion_that_was_followed_up_cannot_be_taken_away(run: Run, lang: str) -> None:
    run(*CONCLUDED)
    run("follow-up", 1, "--on", "30/6/2023", "--recovered", "30 tỷ")
    before = run.db.read_bytes()
    told = catalogue(lang)["problem.no_conclusion"]  # type: ignore[arg-type]
    assert holds(run("edit", 1, "--clear", "concluded", code=2, lang=lang).err, told)
    assert run.db.read_bytes() == before
    run.db.write_bytes(before.replace(b'"concluded":"2023-05-20",', b""))
    assert holds(run("check", code=3, lang=lang).out, told)


def test_a_note_alone_is_a_movement(run: Run) -> None:
    run(*CONCLUDED)
    run("follow-up", 1, "--note", "đã đôn đốc", "--json")
    assert run.stored()["1"]["movements"] == [{"on": "2023-12-26", "note": "đã đôn đốc"}]


def test_what_somebody_else_noted_meanwhile_stays(run: Run) -> None:
    run(*CONCLUDED)
    run("follow-up", 1, "--recovered", "1 tỷ")
    Register(run.db, now=lambda: "2023-12-26T08:00:00+07:00", author="hương").revise(1, lambda record: record)
    run("follow-up", 1, "--recovered", "2 tỷ")
    record = Register(run.db, now=lambda: "", author="").get(1).record
    assert isinstance(record, Audit)
    assert record.moved("recovered") == 3_000_000_000


class Case(NamedTuple):
    """A command line that fails: its exit code and what its message names."""

    argv: tuple[str, ...]
    code: int = 1
    names: tuple[str, ...] = ()


CASES = {
    "error.not_audit": Case(("follow-up", "3", "--note", "x"), names=("3",)),
    "error.no_conclusion": Case(("follow-up", "2", "--note", "x"), names=("2", "--concluded")),
    "error.follow_nothing": Case(("follow-up", "1"), 2, ("--recovered", "--note")),
    "error.is_void": Case(("follow-up", "4", "--note", "x"), names=("4", "nhầm")),
    "error.money": Case(("follow-up", "1", "--recovered", "nhiều"), 2, ("--recovered", "nhiều")),
    "problem.before_conclusion": Case(("follow-up", "1", "--on", "1/5/2023", "--recovered", "1 tỷ", "--strict")),
    "problem.to_come": Case(("follow-up", "1", "--on", "1/5/2024", "--recovered", "1 tỷ", "--strict")),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", CASES)
def test_each_refusal_says_what_and_changes_nothing(run: Run, key: str, lang: str) -> None:
    case = CASES[key]
    run(*CONCLUDED)
    run(*AUDIT)
    run("add-model", "Đường hoa", "--field", "economy")
    run(*CONCLUDED)
    run("void", 4, "--reason", "nhầm")
    before = run.db.read_bytes()
    answer = run(*case.argv, code=case.code, lang=lang)
    assert all(name in answer.err for name in case.names), answer.err
    assert run.db.read_bytes() == before


def test_a_day_before_the_conclusion_is_warned_about_and_kept(run: Run) -> None:
    run(*CONCLUDED)
    assert "before the conclusion" in run("follow-up", 1, "--on", "1/5/2023", "--recovered", "1 tỷ").err
    assert len(run.stored()["1"]["movements"]) == 1


def test_what_was_done_is_shown_in_the_order_of_its_days(run: Run) -> None:
    run(*CONCLUDED)
    for day in ("1/9/2023", "1/10/2023", "1/6/2023"):
        run("follow-up", 1, "--on", day, "--recovered", "1 tỷ")
    shown = run("show", 1).out.partition("Follow-up")[2].partition("Recent")[0]
    days = [day for day in ("2023-06-01", "2023-09-01", "2023-10-01") if day in shown]
    assert [shown.index(day) for day in days] == sorted(shown.index(day) for day in days)
    assert len(days) == 3
