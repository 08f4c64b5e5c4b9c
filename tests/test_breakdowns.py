"""Breakdowns add up to the headline, and every cell can be explained."""

from __future__ import annotations

import random

import pytest
from office import Run, holds, office
from openpyxl import load_workbook

from danvan.cli.figures import ledger_of
from danvan.messages import LANGUAGES, catalogue
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


@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("top", [(), ("--top", 1), ("--top", 3)], ids=["all", "one", "three"])
def test_the_json_lines_of_two_years_add_up_to_the_total_of_each(seed, top):
    with office() as run:
        fill(run, seed)
        for month in (1, 5, 12):
            run("add-reception", "x", "--mode", "regular", "--date", f"2022-{month:02}-09", "--people", seed + month)
        for dimension in ("month", "unit", "category", "receiver"):
            (table,) = run("report", "2022..2023", "--by", dimension, *top, "--json").document["breakdowns"]
            assert len(table["total"]) == 2
            for column, whole in table["total"].items():
                found = sum(line["figures"][column]["figure"] or 0 for line in table["lines"])
                assert found == (whole["figure"] or 0)
                assert whole["figure"]


def test_the_same_month_of_two_years_stays_apart(run):
    for year, people in ((2022, 3), (2023, 4)):
        run("add-reception", "x", "--mode", "regular", "--date", f"{year}-05-09", "--people", people)
    run("add-reception", "x", "--mode", "regular", "--date", "2023-05-10", "--people", 1)
    (table,) = run("report", "2022..2023", "--by", "month", "--json").document["breakdowns"]
    (line,) = table["lines"]
    assert line["value"] == "05"
    assert sorted(figure["figure"] for figure in line["figures"].values()) == [1, 2]


def test_the_lines_beyond_the_top_are_summed_in_one_that_says_how_many(run):
    for unit, turns in (("A", 5), ("B", 4), ("C", 3), ("D", 2)):
        run(
            *("add-reception", "--mode", "regular", "--turns", turns, "--unit", unit),
            *("--from", "2023-01-01", "--to", "2023-12-31"),
        )
    asked = ("report", "2023", "--by", "unit", "--measure", "receptions.regular.turns")
    shown = run(*asked, "--top", "2").out.splitlines()
    assert [line.split()[:3] for line in shown if line.startswith(("A ", "B ", "2 others", "Total "))] == [
        ["A", "5", "35.7%"],
        ["B", "4", "28.6%"],
        ["2", "others", "5"],
        ["Total", "14", "unknown"],
    ]


@pytest.mark.parametrize(("dimension", "values"), [("month", ["01", "02", "…"]), ("unit", ["A 12", "A 11", "…"])])
def test_the_rest_is_told_apart_from_all_else_in_json(run, dimension, values):
    for month in range(1, 13):
        run(
            *("add-reception", "--mode", "regular", "--turns", month, "--unit", f"A {month}"),
            *("--from", f"2023-{month:02}-01", "--to", f"2023-{month:02}-20"),
        )
    run(
        *(
            "add-reception",
            "--mode",
            "regular",
            "--turns",
            1,
            "--unit",
            "B",
            "--from",
            "2023-01-01",
            "--to",
            "2023-12-31",
        )
    )
    (table,) = run("report", "2023", "--by", dimension, "--top", "2", "--json").document["breakdowns"]
    assert [line["value"] for line in table["lines"]] == values
    assert sum(line["figures"]["now"]["figure"] for line in table["lines"]) == table["total"]["now"]["figure"] == 79
    assert "11 others" in run("report", "2023", "--by", dimension, "--top", "2").out
    assert "several months" in run("report", "2023", "--by", "month").out


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_measure_of_the_json_is_understood_by_its_label_alone(run, lang):
    rows = [
        row for section in run("report", "2023", "--json", lang=lang).document["sections"] for row in section["rows"]
    ]
    assert len({row["label"] for row in rows}) == len(rows)


def test_months_stand_in_their_order_and_long_rows_in_one_line_of_their_own(run):
    run("add-reception", "x", "--mode", "regular", "--date", "2023-11-02")
    run("add-reception", "x", "--mode", "regular", "--date", "2023-02-02")
    run("add-reception", "--mode", "regular", "--turns", 9, "--from", "2023-01-01", "--to", "2023-06-30")
    lines = run("report", "2023", "--by", "month", lang="vi").out.splitlines()
    assert [line[:8] for line in lines if line.startswith(("Tháng 2", "Tháng 11", "nhiều"))] == [
        *("Tháng 2 ", "Tháng 11", "nhiều th")
    ]


def by_month(run: Run, *argv: str) -> dict[str, dict[str, int | None]]:
    """The lines of a breakdown by month: what each column counts."""
    (table,) = run("report", *argv, "--by", "month", "--json").document["breakdowns"]
    return {
        line["value"]: {key: one["figure"] for key, one in line["figures"].items() if one["figure"]}
        for line in table["lines"]
    }


def test_a_month_stands_beside_the_same_month_of_the_year_before(run):
    for day in ("2022-05-03", "2023-05-04", "2023-05-05", "2023-01-09"):
        run("add-model", f"Đường hoa {day}", "--field", "economy", "--date", day)
    assert by_month(run, "2023", "--measure", "models.registered") == {"01": {"now": 1}, "05": {"now": 2, "before": 1}}
    shown = run("report", "2023", "--by", "month").out
    assert shown.index("January ") < shown.index("May ")
    for month in ("5", "05", "2023-05", "5/2023", "May", "tháng 5"):
        found = run("explain", "2023", "models.registered", "--only", f"month={month}", "--json").document
        assert [record["date"] for record in found["records"]] == ["2023-05-04", "2023-05-05"]
    for month in ("2022-05", "q1", "colour"):
        assert "month=" not in run("explain", "2023", "models.registered", "--only", f"month={month}", code=2).out
    refused = run("explain", "2023", "models.registered", "--only", "month=2022-05", code=2).err
    assert "“2022-05” is no month of 2023" in refused  # "error.month"


def test_a_month_is_that_of_the_conclusion_and_of_the_reporting_calendar(run):
    run(
        *("add-audit", "Đất", "--type", "inspection", "--date", "2022-11-10"),
        *("--concluded", "2022-12-20", "--recovery", "1 tỷ"),
    )
    run("add-audit", "Chợ", "--type", "inspection", "--date", "2022-11-10", "--concluded", "2023-05-20")
    measure = ("--measure", "inspections.concluded")
    assert by_month(run, "2023", *measure) == {"05": {"now": 1}, "12": {"before": 1}}
    assert by_month(run, "2023", *measure, "--calendar", "inspectorate") == {"01": {"now": 1}, "06": {"now": 1}}
    (table,) = run(
        *("report", "2023", "--by", "month", *measure, "--calendar", "inspectorate", "--compare", "none", "--json")
    ).document["breakdowns"]
    assert [line["value"] for line in table["lines"]] == ["01", "06"]


def test_a_breakdown_stands_under_the_title_and_days_of_its_report(run):
    run("config", "set", "office", "Ban Dân vận")
    run("add-model", "A", "--field", "economy", "--date", "2023-01-02", "--unit", "Phường A")
    lines = run("report", "2023", "--by", "unit").out.splitlines()
    assert lines[0] == "Ban Dân vận: Figures of mass mobilization work, 2023"
    assert lines[2].startswith("── Models registered by unit")
    assert lines[3] == "Figures from 2023-01-01 to 2023-12-31 · provisional, not yet over"


def test_a_cross_table_has_the_sum_of_each_column(run):
    for unit, field in (("A", "economy"), ("A", "defence"), ("B", "economy")):
        run("add-model", f"Mô hình {unit} {field}", "--field", field, "--date", "2023-01-02", "--unit", unit)
    shown = run("report", "2023", "--by", "unit", "--by", "field", width=160).plain.splitlines()
    assert shown[-1].split() == ["Total", "3", "2", "1"]


def test_what_nobody_can_break_down_is_said(run):
    run("add-model", "A", "--field", "economy", "--date", "2023-01-02")
    shown = run("report", "2023", "--by", "receiver").out
    assert "There are no figures by what was asked for, 2023." in shown
    assert "Models registered" not in shown
    assert "the report goes without them" in run("report", "2023", "--by", "receiver", "--format", "text").err


def test_a_model_of_two_themes_stands_in_both_lines_and_the_report_says_so(run):
    run("add-model", "A", "--field", "economy", "--date", "2023-01-02", "--theme", "urban", "--theme", "ethnic")
    shown = run("report", "2023", "--by", "theme").out
    assert "civilised urban areas" in shown
    assert "ethnic communities" in shown
    assert "may add up to more than the total" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_narrow_window_recommends_what_the_command_can_write(run, lang):
    run("add-model", "A", "--field", "economy", "--date", "2023-01-02", "--unit", "Phường Trung Hòa")
    run("add-model", "B", "--field", "defence", "--date", "2023-01-02", "--unit", "Phường Trung Hòa")
    for argv in (("report", "2019..2023"), ("report", "2023", "--by", "unit", "--by", "field")):
        shown = " ".join(run(*argv, width=30, lang=lang).plain.split())
        assert ".xlsx" in shown
        assert "csv" not in shown


@pytest.mark.parametrize("form", [("report", "2023", "--by", "unit"), ("form", "01/TCD", "2023")])
def test_a_unit_that_is_spelled_in_several_ways_is_one_line(run, form):
    for number, unit in enumerate(("Phường Trung Hòa", "phường Trung Hoà", "Phường  Trung Hòa", "Phường Trung Hóa")):
        run("add-reception", "x", "--mode", "regular", "--unit", unit, "--date", f"2023-0{number + 1}-01")
    shown = run(*form).out
    assert [shown.count(unit) for unit in ("Phường Trung Hòa", "Phường Trung Hóa", "Hoà", "phường")] == [1, 1, 0, 0]
    found = run("explain", "2023", "receptions.turns", "--only", "unit=Phường Trung Hòa", "--json").document
    assert found["value"] == 3


def test_the_sheets_of_breakdowns_are_named_by_what_they_are_broken_down_by(run):
    told(run, "Quận Ba Đình", 2023, 40)
    run("add-audit", "A", "--type", "duty-check", "--date", "2023-02-01", "--unit", "Phường A")
    run("report", "2023", "--by", "unit", "--by", "month", "-o", run.home / "a.xlsx", lang="vi")
    names = [one for one in load_workbook(run.home / "a.xlsx").sheetnames if "×" in one]
    assert names == ["Đơn vị × tháng – Kiểm tra công", "Đơn vị × tháng – Tiếp công dân"]


@pytest.mark.parametrize("first", [2020, 2022])
def test_several_years_stand_side_by_side_in_their_order(run, first):
    years = range(first, 2024)
    for year in years:
        run("add-model", "A", "--field", "economy", "--date", f"{year}-02-01")
    shown = run("report", f"{first}..2023", "--by", "field").out
    head = next(line for line in shown.splitlines() if line.startswith("Field"))
    assert head.split() == ["Field", *map(str, years), "Share"]
    page = run("report", f"{first}..2023", "--by", "field", "--format", "markdown").out
    head = next(line for line in page.splitlines() if line.startswith("| Field"))
    assert head.replace("|", "").split() == ["Field", *map(str, years), "Share"]


def told(run: Run, unit: str, year: int, turns: int, *more: str) -> None:
    """What a unit reports of a year."""
    days = ("--from", f"{year}-01-01", "--to", f"{year}-12-31")
    run("add-reception", "--mode", "regular", "--turns", turns, "--unit", unit, *days, *more)


@pytest.mark.parametrize(
    ("is_whole", "cells"),
    [(False, ["unknown", "at least 40", "–", "–"]), (True, ["0", "at least 40", "0.0%", "0", "0"])],
)
def test_a_cross_table_shows_a_unit_of_another_year_only_where_it_shows_that_year(run, is_whole, cells):
    told(run, "Quận Ba Đình", 2022, 40)
    told(run, "Phường A", 2023, 50)
    days = ("--from", "2023-01-01", "--to", "2023-12-31")
    if is_whole:
        run("add-reception", "--mode", "periodic", "--turns", 5, "--unit", "Phường A", *days)
    cross = ("report", "2023", "--by", "unit", "--by", "receiver")
    assert "Quận Ba Đình" not in run(*cross).out
    assert "Quận Ba Đình" in run("report", "2023", "--by", "unit").out
    line = next(line for line in run(*cross, "--format", "markdown").out.splitlines() if "Quận Ba Đình" in line)
    assert [cell.strip() for cell in line.strip("|").split("|")] == ["Quận Ba Đình", *cells]
    only = ("--only", "unit=Quận Ba Đình")
    for further in ((), ("--only", "receiver=staff")):
        found = run("explain", "2023", "receptions.turns", *only, *further, "--json").document
        assert found["value"] == (0 if is_whole else None)


def test_what_a_row_launched_is_at_no_known_status_and_what_it_concluded_is_concluded(run):
    year = ("--from", "2023-01-01", "--to", "2023-12-31", "--unit", "Quận A")
    run("add-audit", "--type", "inspection", "--count", 8, "--concluded-count", 5, "--recovery", "7 tỷ", *year)
    run("add-audit", "--type", "duty-check", "--count", 12, *year)
    run("add-audit", "Chợ", "--type", "inspection", "--date", "2023-05-20", "--unit", "Quận B")
    run("add-audit", "Đất", "--type", "inspection", "--date", "2023-01-10", "--concluded", "2023-05-20")
    run("follow-up", 1, "--on", "2023-06-01", "--recovered", "2 tỷ")
    for measure, told in {
        "duty_checks.total": {None: 12},
        "inspections.launched": {None: 8, "launched": 1, "concluded": 1},
        "inspections.concluded": {"concluded": 6},
        "inspections.recovery": {"concluded": 7_000_000_000},
        "inspections.recovered_done": {"concluded": 2_000_000_000},
    }.items():
        (table,) = run("report", "2023", "--by", "status", "--measure", measure, "--json").document["breakdowns"]
        assert {line["value"]: line["figures"]["now"]["figure"] for line in table["lines"]} == told
        for status in (None, "launched", "concluded"):
            found = run("explain", "2023", measure, "--only", f"status={status or ''}", "--json").document
            assert found["value"] == told.get(status, 0)


@pytest.mark.parametrize(("dimension", "value"), [("unit", "Quận Ba Đình"), ("status", "running")])
def test_a_value_that_has_nothing_this_year_is_explained_by_nothing(run, dimension, value):
    run("add-model", "A", "--field", "economy", "--date", "2022-03-01", "--unit", "Quận Ba Đình", "--status", "running")
    run("add-model", "B", "--field", "economy", "--date", "2023-03-01", "--unit", "Phường A")
    shown = run("explain", "2023", "models.registered", "--only", f"{dimension}={value}").out
    assert "2023: 0" in shown
    assert "No record" in shown


def test_a_name_that_holds_a_comma_stands_in_quotes_among_others(run):
    for unit in ("Ban A, B", "Phường C"):
        told(run, unit, 2023, 1)
    said = run("explain", "2023", "receptions.turns", "--only", "unit=X", code=2).err
    assert "choose one of: “Ban A, B”; Phường C" in said


@pytest.mark.parametrize("only", ["unit=X", "receiver=X", "month=X", "colour=red"])
def test_a_cell_that_cannot_be_read_is_told_with_its_option(run, only):
    assert run("explain", "2023", "receptions.turns", "--only", only, code=2).err.count("Error: --only: ") == 1


def test_the_top_cuts_the_columns_of_units_but_not_those_of_a_short_list(run):
    for unit, turns in (("A", 5), ("B", 4), ("C", 3), ("D", 2)):
        told(run, unit, 2023, turns, "--category", "complaint")
        told(run, unit, 2023, 1, "--category", "petition")
    asked = ("report", "2023", "--by", "category", "--by", "unit", "--top", "2")
    shown = run(*asked, "--measure", "receptions.regular.turns", width=100).plain.splitlines()
    assert next(line for line in shown if line.startswith("Category")).split()[2:] == ["A", "B", "2", "others"]
    assert shown[-1].split() == ["Total", "18", "6", "5", "7"]
    (table,) = run("report", "2023", "--by", "unit", "--by", "category", "--top", "1", "--json").document["breakdowns"]
    assert [line["value"] for line in table["lines"]] == ["A", "…"]
    assert {cell["value"] for line in table["lines"] for cell in line["cells"]} == {"complaint", "petition"}
    assert (table["others"], table["others_across"]) == (3, 0)


@pytest.mark.unmeasured
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("top", [1, 2])
def test_the_line_of_the_others_is_explained_with_the_same_top(run, seed, top):
    fill(run, seed)
    run("add-reception", "x", "--mode", "regular", "--date", "2022-05-09", "--people", 30, "--unit", "A")
    for by in (("unit", "category"), ("category", "unit"), ("month", "unit"), ("mode", "receiver")):
        asked = ("report", "2023", "--by", by[0], "--by", by[1], "--top", top, "--json")
        (table,) = run(*asked).document["breakdowns"]
        for line in table["lines"]:
            given = {None: "?"}.get(line["value"], line["value"])
            only = ("explain", "2023", "receptions.turns", "--json", "--only", f"{by[0]}={given}")
            rest = ("--top", top) if given == "…" else ()
            found = run(*only, *rest).document
            assert found["value"] == line["figures"]["now"]["figure"]
            for cell in line.get("cells", ()):
                other = {None: "?"}.get(cell["value"], cell["value"])
                more = ("--top", top) if "…" in (given, other) else ()
                assert run(*only, "--only", f"{by[1]}={other}", *more).document["value"] == cell["figure"]


def test_the_others_are_named_with_the_top_they_are_beyond(run):
    for unit, turns in (("A", 5), ("B", 4), ("C", 3)):
        told(run, unit, 2023, turns)
    only = ("explain", "2023", "receptions.turns", "--only")
    shown = run(*only, "unit=...", "--top", "1").out
    assert shown.startswith("All reception turns (unit: 2 others), 2023: at least 7\n")
    said = catalogue("en")["error.rest"]
    assert f"--only: {said}" in run(*only, "unit=…", code=2).err
    assert f"--top: {said}" in run(*only, "unit=A", "--top", "1", code=2).err
    assert f"--top: {said}" in run("explain", "2023", "receptions.turns", "--top", "1", code=2).err
    form = ("explain", "2023", "01/TCD:1", "--only", "unit=…", "--top", "1")
    assert catalogue("en")["error.rest_of_form"] in run(*form, code=2).err


@pytest.mark.parametrize("width", range(40, 100, 6))
def test_no_name_and_no_bar_of_a_breakdown_is_cut(run, width):
    for unit, turns in (("Phường Trung Hòa Nhân Chính", 900), ("Quận Ba Đình", 300)):
        told(run, unit, 2023, turns)
    shown = run("report", "2023", "--by", "unit", width=width).plain
    assert "…" not in shown
    assert {"Phường", "Trung", "Hòa", "Nhân", "Chính"} <= set(shown.split())
    bars = [line.count("█") for line in shown.splitlines() if "█" in line]
    assert not bars or bars[0] == pytest.approx(3 * bars[1], abs=2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_total_is_called_the_same_in_the_report_its_breakdown_and_its_explanation(run, lang):
    told(run, "A", 2023, 5)
    for key in ("turns", "people", "cases"):
        name = catalogue(lang)[f"measure.receptions.{key}"]
        assert f"\n{name} " in run("report", "2023", lang=lang).out
        by = ("report", "2023", "--by", "unit", "--measure", f"receptions.{key}")
        assert f"── {name} " in run(*by, lang=lang).out
        assert run("explain", "2023", name, lang=lang).out.startswith(f"{name}, ")


def test_of_many_units_some_are_listed_and_the_nearest_named(run):
    for number in range(46):
        run("add-model", "A", "--field", "economy", "--date", "2023-03-01", "--unit", f"Phường {number}")
    said = run("explain", "2023", "models.registered", "--only", "unit=phuong 2x", code=2).err
    assert "and 6 more" in said
    assert said.count("Phường") < 46


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [48, 60, 80, 100])
def test_a_key_that_is_to_be_typed_is_never_broken(run, lang, width):
    shown = run("explain", "2023", width=width, lang=lang).plain
    for row in run("explain", "2023", "--json").document["measures"]:
        assert row["measure"] in shown
    assert all(len(line) <= width for line in shown.splitlines())


def test_the_largest_share_has_the_longest_bar_and_the_others_theirs(run):
    for month, turns in ((1, 100), (2, 75), (3, 50)):
        run(
            *("add-reception", "--mode", "regular", "--turns", turns),
            *("--from", f"2023-{month:02}-01", "--to", f"2023-{month:02}-20"),
        )
    shown = run("report", "2023", "--by", "month", width=100).plain
    assert [line.count("█") for line in shown.splitlines() if "█" in line] == [20, 15, 10]


def shares(run, *argv):
    (table,) = run("report", "2023", "--by", "unit", *argv, "--json").document["breakdowns"]
    return {line["value"]: line["share"] for line in table["lines"]}


def test_of_a_lower_bound_nothing_is_a_share(run):
    told(run, "A", 2023, 30)
    told(run, "B", 2023, 10)  # whether leaders received anybody is not known
    assert shares(run, "--section", "receptions") == {"A": None, "B": None}
    shown = run("report", "2023", "--by", "unit", "--section", "receptions", width=100).plain
    assert "%" not in shown
    assert [line.count("█") for line in shown.splitlines() if "█" in line] == [20, 7]
    told(run, "B", 2023, 10, "--people", 12)
    assert shares(run, "--measure", "receptions.regular.turns") == {"A": 60.0, "B": 40.0}
    assert shares(run, "--measure", "receptions.regular.people") == {"B": None, "A": None}
    assert shares(run, "--section", "receptions") == {"A": None, "B": None}


def test_a_line_that_sums_up_the_others_makes_no_bar_and_no_other_bar_small(run):
    for number, turns in enumerate((40, 30, 20, 20, 20, 20, 20, 20, 20)):
        told(run, f"Unit {number}", 2023, turns)
    shown = run("report", "2023", "--by", "unit", "--top", "2", width=100).plain
    assert [line.count("█") for line in shown.splitlines() if "Unit" in line or "others" in line] == [0, 20, 15, 0]
    small = run("report", "2023", "--by", "unit", "--small-cells", "25", width=100).plain
    assert [line.count("█") for line in small.splitlines() if "█" in line] == [20, 15]
    merged = run("report", "2023", "--by", "unit", "--small-cells", "50", width=100).plain
    rule = next(line for line in merged.splitlines() if line.startswith("───"))
    assert len(rule.split()) == 4  # unit, year, share, the year before, and nothing where no bar is


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_breakdown_says_what_was_corrected_and_left_out_of_its_figures(run, lang):
    told(run, "A", 2023, 5)
    run("close", "2023")
    told(run, "B", 2023, 8)
    run("add-reception", "--mode", "regular", "--turns", 40, "--from", "2022-07-01", "--to", "2023-06-30")
    run("add-model", "--count", 4, "--field", "economy", "--from", "2022-07-01", "--to", "2023-06-30")
    shown = run("report", "2023", "--by", "unit", "--section", "receptions", lang=lang).out
    assert holds(shown, catalogue(lang)["report.corrected"])
    assert holds(shown, catalogue(lang)["note.straddles"])
    (line,) = [
        line for line in shown.splitlines() if "5 → " in line and catalogue(lang)["measure.receptions.turns"] in line
    ]
    assert catalogue(lang)["section.receptions"] in line
    models = run("report", "2023", "--by", "field", lang=lang).out
    assert not holds(models, catalogue(lang)["report.corrected"])


def test_a_report_into_a_pipe_is_whole_however_many_years_it_has(run):
    told(run, "A", 2023, 5)
    shown = run("report", "2009..2023").out
    assert all(f"{year}" in shown for year in range(2009, 2024))
    assert "window is narrow" not in shown


def test_a_unit_without_a_record_has_none_where_the_others_are_all_there_is(run):
    for unit, year in (("A", 2022), ("B", 2023)):
        run("add-model", "X", "--field", "economy", "--unit", unit, "--date", f"{year}-03-01")
    (table,) = run("report", "2023", "--by", "unit", "--section", "models", "--json").document["breakdowns"]
    figures = {line["value"]: {key: one["figure"] for key, one in line["figures"].items()} for line in table["lines"]}
    assert figures == {"B": {"now": 1, "before": 0}, "A": {"now": 0, "before": 1}}
    for unit, year in (("A", 2022), ("B", 2023)):  # regular receptions alone: that leaders held any is not known
        told(run, unit, year, 5)
    (table,) = run("report", "2023", "--by", "unit", "--section", "receptions", "--json").document["breakdowns"]
    figures = {line["value"]: line["figures"]["now"]["figure"] for line in table["lines"]}
    assert figures == {"B": 5, "A": None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_months_that_begin_in_mid_month_say_so(run, lang):
    run("add-model", "X", "--field", "economy", "--date", "2022-12-20")
    note = catalogue(lang)["report.months"].format(first=15, last=14)
    by_month = ("report", "2023", "--by", "month", "--section", "models")
    assert note in run(*by_month, "--calendar", "inspectorate", lang=lang).out
    assert note not in run("report", "2022", *by_month[2:], lang=lang).out
    assert note not in run("report", "2023", "--by", "unit", "--calendar", "inspectorate", lang=lang).out


def test_a_month_of_a_year_that_begins_in_another_is_named_by_its_own(run: Run) -> None:
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2022-08-15")
    asked = ("explain", "2023", "models.registered", "--calendar", "assembly", "--only")
    for month in ("8", "2022-08", "8/2022"):
        assert "Đường hoa" in run(*asked, f"month={month}").out
    for month in ("2023-08", "2022-07"):
        assert holds(run(*asked, f"month={month}", code=2).err, catalogue("en")["error.month"])


def test_of_two_dimensions_the_one_that_is_none_is_named(run):
    said = run("report", "2023", "--by", "month", "--by", "mode", "--section", "models", code=2).err
    assert "no value “mode”" in said
    assert "“month" not in said


def test_a_cross_table_speaks_of_lower_bounds_only_where_it_shows_one(run):
    told(run, "Xã A", 2022, 40)
    for mode in ("regular", "periodic"):
        run("add-reception", "x", "--mode", mode, "--date", "2023-05-01", "--unit", "Xã A")
    note = catalogue("en")["note.at_least"]
    by = ("report", "2023", "--section", "receptions", "--by", "unit")
    assert note in run(*by).out
    assert note not in run(*by, "--by", "month").out
    assert note in run(*by, "--by", "month", "--format", "markdown").out
    run(
        "add-reception",
        "--receiver",
        "staff",
        "--people",
        4,
        "--unit",
        "Xã A",
        "--from",
        "2023-06-01",
        "--to",
        "2023-06-30",
    )
    assert note in run(*by, "--by", "month").out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_of_units_across_the_end_of_districts_is_marked_as_none(run, lang):
    said = catalogue(lang)["report.units_changed"].partition("{day}")[2]
    run("add-model", "A", "--field", "economy", "--date", "2024-05-01", "--unit", "Quận Cầu Giấy")
    run("add-model", "B", "--field", "economy", "--date", "2025-05-01", "--unit", "Quận Cầu Giấy")
    asked = ("--section", "models", "--today", "2027-01-01")
    by = ("--by", "unit", "--format", "markdown")
    for year, h1, units, is_told in (
        (2024, (), by, False),
        (2025, ("--period", "h1"), by, False),
        (2025, (), by, True),
    ):
        assert (said in run("report", year, *h1, *units, *asked, lang=lang).out) is is_told
    assert said not in run("report", 2025, "--by", "field", *asked, lang=lang).out
    assert said not in run("report", 2027, "--by", "unit", *asked, lang=lang).out
    run("add-model", "C", "--field", "economy", "--date", "2026-05-01", "--unit", "Phường Cầu Giấy")
    assert said in run("report", 2026, *by, *asked, lang=lang).out
    assert said not in run("report", 2026, *by, *asked, "--compare", "none", lang=lang).out
