"""Breakdowns add up to the headline, and every cell can be explained."""

from __future__ import annotations

import random

import pytest
from office import Run, office

from danvan.cli.figures import ledger_of
from danvan.reports import BY_KEY, Plan
from danvan.reports.breakdowns import breakdown, dimensions
from danvan.reports.explanations import explanation

UNITS = ("Quận Ba Đình", "Quận Đống Đa", "Phường Cửa Nam", "")


def fill(run: Run, seed: int, count: int = 25) -> None:
    """Receptions of every sort, single and aggregate, known and unknown, from the CLI."""
    chance = random.Random(seed)
    for _ in range(count):
        day = f"2023-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        unit = ["--unit", chance.choice(UNITS)]
        mode = ["--mode", chance.choice(("regular", "periodic", "unscheduled"))]
        category = ["--category", chance.choice(("complaint", "petition"))] if chance.random() < 0.7 else []
        if chance.random() < 0.3:
            last = f"2023-{day[5:7]}-28" if chance.random() < 0.5 else "2023-12-31"
            figures = ["--turns", chance.randint(0, 50)] + (["--people", 60] if chance.random() < 0.5 else [])
            run("add-reception", "--from", day, "--to", last, *figures, *unit, *mode, *category)
        else:
            run("add-reception", "x", "--date", day, "--people", chance.randint(1, 15), *unit, *mode, *category)


@pytest.mark.parametrize("seed", range(4))
def test_lines_and_cells_add_up_to_the_headline_and_to_what_explain_says(seed):
    with office() as run:
        fill(run, seed)
        plan = Plan(2023, compare=2022)
        ledger = ledger_of(run.register(), plan)
        headlines = run.figures("2023")
        for key in ("receptions.turns", "receptions.people", "receptions.regular.groups"):
            measure, headline = BY_KEY[key], headlines[key]["value"]
            for dimension in dimensions("reception"):
                table = breakdown(measure, ledger, plan, [dimension, "mode"])
                assert sum(line.figures["now"].value or 0 for line in table.lines) == (headline or 0)
                for line in table.lines:
                    assert sum(cell.value or 0 for cell in line.cells.values()) == (line.figures["now"].value or 0)
                    found = explanation(measure, ledger, plan, {dimension: line.value})
                    assert found.figure.value == line.figures["now"].value
                    assert sum(part.amount or 0 for part in found.adding) == (found.figure.value or 0)


def test_the_lines_beyond_the_top_are_summed_in_one_that_says_how_many(run):
    for unit, turns in (("A", 5), ("B", 4), ("C", 3), ("D", 2)):
        run(
            *("add-reception", "--mode", "regular", "--turns", turns, "--unit", unit),
            *("--from", "2023-01-01", "--to", "2023-12-31"),
        )
    shown = run("report", "2023", "--by", "unit", "--top", "2").out.splitlines()
    assert [line.split()[:3] for line in shown if line.startswith(("A ", "B ", "2 others", "Total "))] == [
        ["A", "5", "35.7%"],
        ["B", "4", "28.6%"],
        ["2", "others", "5"],
        ["Total", "at", "least"],
    ]


def test_months_stand_in_their_order_and_long_rows_in_one_line_of_their_own(run):
    run("add-reception", "x", "--mode", "regular", "--date", "2023-11-02")
    run("add-reception", "x", "--mode", "regular", "--date", "2023-02-02")
    run("add-reception", "--mode", "regular", "--turns", 9, "--from", "2023-01-01", "--to", "2023-06-30")
    lines = run("report", "2023", "--by", "month", lang="vi").out.splitlines()
    shown = [line.split()[0] for line in lines if line.startswith(("02/", "11/", "nhiều"))]
    assert shown == ["02/2023", "11/2023", "nhiều"]


def test_a_model_of_two_themes_stands_in_both_lines_and_the_report_says_so(run):
    run("add-model", "A", "--field", "economy", "--date", "2023-01-02", "--theme", "urban", "--theme", "ethnic")
    shown = run("report", "2023", "--by", "theme").out
    assert "civilised urban areas" in shown
    assert "ethnic communities" in shown
    assert "may add up to more than the total" in shown
