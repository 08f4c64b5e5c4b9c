"""What was done on the conclusions that an aggregate row counts: it counts on its own day, wherever the row lies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from office import Run, holds

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Audit, Movement
from danvan.store import upkeep
from danvan.store.file import index

ROW = ("add-audit", "--type", "inspection", "--count", 9, "--concluded-count", 7, "--recovery", "10 tỷ", "--unit", "A")
BILLION = 10**9
RECOVERED = "inspections.recovered_done"
# The days of a row on which something is done in 2023: of that year, of the one before, across both of its borders.
ROWS = {
    "same year": ("2023-01-01", "2023-06-30"),
    "year before": ("2022-01-01", "2022-12-31"),
    "long ago": ("2019-01-01", "2019-12-31"),
    "from the year before": ("2022-07-01", "2023-06-30"),
    "into the next year": ("2023-07-01", "2024-06-30"),
}


def add(run: Run, days: tuple[str, str], *more: object) -> None:
    run(*ROW, "--from", days[0], "--to", days[1], *more)


def section_of(run: Run, year: int) -> Any:
    found: Any = next(one for one in run("report", year, "--json").document["sections"] if one["key"] == "inspections")
    return found


def value(run: Run, year: object, key: str = RECOVERED) -> Any:
    return run.figures(year).get(key, {}).get("value")


@pytest.mark.parametrize("days", ROWS.values(), ids=ROWS)
def test_what_is_done_on_a_row_counts_in_the_period_of_its_own_day(run: Run, days: tuple[str, str]) -> None:
    add(run, days)
    run("follow-up", 1, "--on", "20/9/2023", "--recovered", "3 tỷ", "--individuals", 2)
    run("follow-up", 1, "--on", "1/12/2023", "--recovered", "1 tỷ")
    assert value(run, 2023) == 4 * BILLION
    assert value(run, 2023, "inspections.individuals_done") == 2
    assert value(run, "2023-09") == 3 * BILLION
    assert [value(run, year) for year in (2022, 2024)] == [None, None]
    assert run.figures(2024)[RECOVERED]["previous"] == 4 * BILLION


@pytest.mark.parametrize("days", ROWS.values(), ids=ROWS)
def test_a_row_on_which_something_was_done_is_explained_with_the_day(run: Run, days: tuple[str, str]) -> None:
    add(run, days)
    run("follow-up", 1, "--on", "20/9/2023", "--recovered", "3 tỷ")
    told = run("explain", 2023, RECOVERED)
    assert "2023-09-20" in told.out
    assert days[1] not in told.out
    assert not holds(told.out, catalogue("en")["explain.straddles"])
    document = run("explain", 2023, RECOVERED, "--json").document
    assert [part["id"] for part in document["records"]] == [1]
    assert document["left_out"] == []


def test_a_row_alone_says_nothing_of_what_was_done(run: Run) -> None:
    add(run, ROWS["same year"])
    run("follow-up", 1, "--note", "đã đôn đốc")
    assert value(run, 2023) is None


def test_a_void_row_has_nothing_done_on_it(run: Run) -> None:
    add(run, ROWS["year before"])
    run("follow-up", 1, "--on", "20/9/2023", "--recovered", "3 tỷ")
    run("void", 1, "--reason", "nhầm")
    assert value(run, 2023) is None
    run("undo", "--yes")
    assert value(run, 2023) == 3 * BILLION


def test_rows_and_single_inspections_are_added_and_broken_down_by_the_month_of_what_was_done(run: Run) -> None:
    add(run, ROWS["year before"])
    run("add-audit", "Đất", "--type", "inspection", "--started", "1/3/2023", "--concluded", "20/5/2023", "--unit", "B")
    run("follow-up", 1, "--on", "20/9/2023", "--recovered", "3 tỷ")
    run("follow-up", 2, "--on", "21/9/2023", "--recovered", "1 tỷ")
    run("follow-up", 1, "--on", "2/10/2023", "--recovered", "2 tỷ")
    run("follow-up", 1, "--on", "5/11/2023", "--individuals", 2)
    assert value(run, 2023) == 6 * BILLION
    table = run("report", 2023, "--by", "unit", "--measure", RECOVERED, "--json").document["breakdowns"][0]
    assert {line["value"]: line["figures"]["now"]["figure"] for line in table["lines"]} == {
        "A": 5 * BILLION,
        "B": BILLION,
    }
    yearly = run("report", 2023, "--by", "month", "--measure", RECOVERED, "--json").document["breakdowns"][0]
    months = {line["value"]: line["figures"]["now"]["figure"] for line in yearly["lines"]}
    assert months == {"09": 4 * BILLION, "10": 2 * BILLION}
    explained = run("explain", 2023, RECOVERED, "--only", "month=9", "--json").document
    assert [(part["on"], part["adds"] // BILLION) for part in explained["records"]] == [
        ("2023-09-20", 3),
        ("2023-09-21", 1),
    ]
    monthly = run("report", "2023-09", "--by", "month", "--measure", RECOVERED, "--json").document["breakdowns"][0]
    assert [(line["value"], line["figures"]["now"]["figure"]) for line in monthly["lines"]] == [("09", 4 * BILLION)]


@pytest.mark.parametrize(("days", "is_told"), [(ROWS["same year"], True), (ROWS["year before"], False)])
def test_the_share_that_was_recovered_is_told_of_rows_that_count_in_the_period(
    run: Run, days: tuple[str, str], *, is_told: bool
) -> None:
    add(run, ROWS["same year"])
    add(run, days, "--unit", "B") if not is_told else None
    run("follow-up", 1 if is_told else 2, "--on", "20/9/2023", "--recovered", "5 tỷ")
    assert ("50.0%" in run("report", 2023, "--format", "text").out) is is_told


def test_more_than_was_recommended_on_a_row_is_a_remark_in_the_year_in_which_it_was_done(run: Run) -> None:
    add(run, ROWS["year before"])
    run("follow-up", 1, "--on", "20/9/2023", "--recovered", "11 tỷ")
    assert {"key": "overdone", "ids": [1]} in section_of(run, 2023)["notes"]
    assert {"key": "overdone", "ids": [1]} not in section_of(run, 2022)["notes"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_done_on_a_row_of_another_year_changes_closed_figures(run: Run, lang: LanguageCode) -> None:
    add(run, ROWS["year before"])
    add(run, ROWS["same year"])
    run("close", 2023)
    told = catalogue(lang)["problem.closed"]
    assert not holds(run("follow-up", 1, "--on", "20/9/2024", "--recovered", "1 tỷ", lang=lang).err, told)
    assert holds(run("follow-up", 1, "--on", "20/9/2023", "--recovered", "1 tỷ", lang=lang).err, told)
    assert [one["measure"] for one in section_of(run, 2023)["corrections"]] == [RECOVERED]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_before_the_row_begins_is_warned_about(run: Run, lang: LanguageCode) -> None:
    add(run, ROWS["same year"])
    told = catalogue(lang)["problem.before_start"]
    assert holds(run("follow-up", 1, "--on", "20/9/2022", "--recovered", "1 tỷ", lang=lang).err, told)
    assert not holds(run("follow-up", 1, "--on", "2/1/2023", "--recovered", "1 tỷ", lang=lang).err, told)


def test_a_list_shows_and_sums_what_was_recovered_on_rows(run: Run) -> None:
    add(run, ROWS["same year"])
    add(run, ROWS["year before"])
    run("follow-up", 1, "--recovered", "3 tỷ")
    assert "3,000,000,000" in run("audits").out
    assert "3/20 billion dong" in run("audits").out
    listed = run("audits", "--recovered", ">=1 tỷ", "--json").document
    assert [one["id"] for one in listed["records"]] == [1]
    assert listed["records"][0]["recovered"] == 3 * BILLION
    assert listed["totals"][0]["sums"]["recovered"]["value"] == 3 * BILLION


def test_a_large_register_counts_it_with_its_index_as_without(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BLOCK", 600)
    monkeypatch.setattr(upkeep, "SINCE", 900)
    moves = (Movement(date(2023, 9, 20), recovered=3 * BILLION),)
    row = Audit(
        date(2019, 1, 1), to=date(2019, 12, 31), unit="A", type="inspection", concluded_count=7, recovery=10 * BILLION
    )
    single = Audit(date(2021, 2, 1), unit="B", title="Đất", type="inspection", concluded=date(2021, 3, 1))
    run.register().add_many([row, *[single] * 30])
    run.register().revise(1, lambda present: replace(present, movements=moves))
    assert index.path_of(run.db).exists()
    quick = run("report", 2023, "--json").out, run("explain", 2023, RECOVERED).out
    index.path_of(run.db).unlink()
    assert (run("report", 2023, "--json").out, run("explain", 2023, RECOVERED).out) == quick
    assert value(run, 2023) == 3 * BILLION
    assert value(run, 2021) is None


def test_several_registers_read_together_count_it(run: Run) -> None:
    other = run.home / "other.json"
    run(*ROW, "--from", "2022-01-01", "--to", "2022-12-31", "--db", other)
    run("follow-up", 1, "--on", "20/9/2023", "--recovered", "3 tỷ", "--db", other)
    add(run, ROWS["year before"], "--unit", "B")
    run("follow-up", 1, "--on", "20/9/2023", "--recovered", "1 tỷ")
    assert value(run, 2023) == BILLION
    both = run("report", 2023, "--db", run.db, "--db", other, "--json").document
    rows = {row["measure"]: row for section in both["sections"] for row in section["rows"]}
    assert rows[RECOVERED]["value"] == 4 * BILLION
