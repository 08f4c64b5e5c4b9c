"""`models`, `receptions`, `audits`: what is in the register, as tables, JSON and CSV."""

from __future__ import annotations

import csv
import io

import pytest
from office import HALF, MINIMAL, Run


def fill(run: Run) -> None:
    for day, unit in (("2023-05-01", "Tổ 1"), ("2022-05-01", "Tổ 2"), ("2023-04-01", "tổ 2"), ("2021-12-31", "Tổ 1")):
        run("add-reception", f"Việc ngày {day}", "--mode", "regular", "--date", day, "--unit", unit, "--people", "2")


def summaries(run: Run, *argv: str) -> list[str]:
    return [record["summary"] for record in run("receptions", "--format", "json", *argv).document["records"]]


def test_an_empty_register_says_so_and_nothing_is_created(run: Run) -> None:
    for command in ("models", "receptions", "audits"):
        assert "No record" in run(command).out
        assert run(command, "--format", "json").document["total"] == 0
    assert list(run.home.iterdir()) == []


def test_the_newest_stands_last(run: Run) -> None:
    fill(run)
    assert summaries(run) == [f"Việc ngày {day}" for day in ("2021-12-31", "2022-05-01", "2023-04-01", "2023-05-01")]
    lines = run("receptions").out.splitlines()
    days = [line.split()[1] for line in lines if "Việc" in line]
    assert days == sorted(days)


def test_a_year_and_a_unit_narrow_the_question(run: Run) -> None:
    fill(run)
    assert len(summaries(run, "--year", "2023")) == 2
    assert len(summaries(run, "--unit", "TO 2")) == 2
    assert summaries(run, "--unit", "Tổ 2", "--year", "2023") == ["Việc ngày 2023-04-01"]
    assert summaries(run, "--year", "1999") == []


def test_an_aggregate_row_is_found_in_every_year_it_touches(run: Run) -> None:
    run("add-model", "--count", "5", "--from", "2022-12-01", "--to", "2023-01-31")
    for year in ("2022", "2023"):
        assert run("models", "--year", year, "--json").document["total"] == 1
    assert run("models", "--year", "2024", "--json").document["total"] == 0


def test_a_table_stops_at_its_limit_and_says_how_to_see_all(run: Run) -> None:
    fill(run)
    answer = run("receptions", "--limit", "1")
    assert "2023-05-01" in answer.out
    assert "2023-04-01" not in answer.out
    assert "1 of 4" in answer.out
    assert "--limit 4" in answer.out
    document = run("receptions", "--limit", "1", "--json").document
    assert (document["total"], document["shown"], len(document["records"])) == (4, 1, 1)


def test_the_footer_holds_the_totals(run: Run) -> None:
    fill(run)
    last_rows = run("receptions").out.splitlines()[-3:]
    assert any("8" in line.split() for line in last_rows)


def test_money_totals_are_exact(run: Run) -> None:
    for amount in ("81,5 tỷ", "846 triệu"):
        run("add-audit", "A", "--type", "inspection", "--recovery", amount)
    assert "82.346.000.000" in run("audits", lang="vi").out


def test_csv_has_a_head_and_leaves_the_unknown_blank(run: Run) -> None:
    run(*MINIMAL["reception"].aggregate, *HALF)
    (row,) = csv.DictReader(io.StringIO(run("receptions", "--format", "csv").out))
    assert (row["id"], row["date"], row["to"], row["turns"], row["people"]) == (
        "1",
        "2023-01-01",
        "2023-06-30",
        "40",
        "",
    )


@pytest.mark.parametrize("start", ["=1+1", "+84", "-5", "@cmd"])
def test_csv_cells_that_look_like_formulas_stay_text(run: Run, start: str) -> None:
    run("add-model", "--field", "other", "--", start)
    (row,) = csv.DictReader(io.StringIO(run("models", "--format", "csv").out))
    assert row["name"] == f"'{start}"


def test_a_narrow_window_drops_whole_columns_and_says_which(run: Run) -> None:
    run("add-audit", "Đất đai", "--type", "inspection", "--recovery", "81500000000", "--violations", "99999999999")
    wide = run("audits", width=200).plain
    assert "99,999,999,999" in wide
    narrow = run("audits", width=40).plain
    assert "columns not shown" in " ".join(narrow.split())
    for line in narrow.splitlines():
        assert len(line) <= 40
    for shown in narrow.split():
        assert not shown.startswith("99,9") or shown == "99,999,999,999"


def test_piped_output_is_complete_unwrapped_and_uncoloured(run: Run) -> None:
    name = "Một tên mô hình rất dài " * 8
    run("add-model", name, "--field", "other")
    out = run("models").out
    assert name.strip() in out
    assert "\x1b" not in out
