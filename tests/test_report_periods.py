"""Reports of any part of a year, by any calendar, beside any other year."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import docx
import pytest
from office import Run
from rich.cells import cell_len

from danvan.messages import LANGUAGES, LanguageCode, catalogue


def receive(run: Run, first: str, last: str, turns: int, **more: object) -> None:
    options = [word for name, value in more.items() for word in (f"--{name}", value)]
    run("add-reception", "--mode", "regular", "--from", first, "--to", last, "--turns", turns, *options)


@pytest.fixture
def months(run: Run) -> Run:
    """Regular receptions reported month by month: 100 × month in 2022, 10 more in 2023; the first half of each."""
    for year, more in ((2022, 0), (2023, 10)):
        for month, last in zip(range(1, 7), (31, 28, 31, 30, 31, 30), strict=True):
            receive(run, f"{year}-{month:02}-01", f"{year}-{month:02}-{last}", 100 * month + more)
    return run


@pytest.mark.parametrize(
    ("asked", "now", "before"),
    [
        (("2023", "--period", "q1"), 630, 600),
        (("2023", "--period", "q2"), 1530, 1500),
        (("2023", "--period", "h1"), 2160, 2100),
        (("2023", "--period", "6m"), 2160, 2100),
        (("2023", "--period", "9m"), 2160, 2100),
        (("2023", "--period", "h2"), None, None),
        (("2023", "--period", "2023-04"), 410, 400),
        (("2023-04",), 410, 400),
        (("4/2023",), 410, 400),
        (("2023", "--period", "4"), 410, 400),
    ],
)
def test_a_part_of_a_year_is_compared_with_the_same_part_of_the_year_before(months, asked, now, before):
    row = months.figures(*asked)["receptions.regular.turns"]
    assert (row["value"], row["previous"]) == (now, before)


def test_a_month_stands_beside_the_year_so_far(months):
    row = months.figures("2023-05")["receptions.regular.turns"]
    assert row["columns"] == {"to_date": 1550, "to_date_before": 1500}
    text = months("report", "2023-05", "--format", "text", lang="vi").out
    assert (
        "510 lượt công dân (tăng 2,0% so với cùng kỳ năm 2022; lũy kế 5 tháng: 1.550, tăng 3,3% so với cùng kỳ" in text
    )


def test_the_inspectorate_year_begins_in_mid_december(run):
    for day in ("2022-12-14", "2022-12-15", "2023-12-14", "2023-12-15"):
        run("add-audit", day, "--type", "inspection", "--date", day)
    row = run.figures("2023", "--calendar", "inspectorate")["inspections.launched"]
    assert (row["value"], row["previous"]) == (2, 1)
    section = run("report", "2023", "--calendar", "inspectorate", "--json").document["sections"][1]
    assert section["period"] == {"from": "2022-12-15", "to": "2023-12-14", "calendar": "inspectorate"}
    assert "15/12/2022 đến ngày 14/12/2023" in run("report", "2023", "--calendar", "inspectorate", lang="vi").out


def test_any_year_can_be_compared_with_or_none(months):
    receive(months, "2019-01-01", "2019-12-31", 1080)
    row = months.figures("2023", "--compare", "2019")["receptions.regular.turns"]
    assert (row["previous"], row["change"], row["change_percent"]) == (1080, 1080, 100.0)
    row = months.figures("2023", "--compare", "none")["receptions.regular.turns"]
    assert (row["previous"], row["change"]) == (None, None)
    assert "2022" not in months("report", "2023", "--compare", "none").out


def test_years_stand_side_by_side_with_a_trend(run):
    for year, turns in ((2019, 100), (2020, 50), (2021, 200), (2022, 400), (2023, 800)):
        receive(run, f"{year}-01-01", f"{year}-12-31", turns)
    row = run.figures("2019..2023")["receptions.regular.turns"]
    assert row["columns"] == {"y2019": 100, "y2020": 50, "y2021": 200}
    assert (row["value"], row["previous"]) == (800, 400)
    shown = next(line for line in run("report", "2019..2023").out.splitlines() if "Regular reception" in line)
    assert shown.split()[-1] == "▂▁▃▅█"


def test_a_trend_of_parts_of_years_is_none_of_the_years_so_far(run):
    for year, turns in ((2021, 10), (2022, 20), (2023, 30)):
        receive(run, f"{year}-01-01", f"{year}-03-31", 100)
        receive(run, f"{year}-04-01", f"{year}-06-30", turns)
    lines = run("report", "2021..2023", "--period", "q2", "--format", "markdown").out.splitlines()
    told = [[one.strip() for one in line.strip("|").split("|")] for line in lines]
    head, row = (
        next(line for line in told if line[0].strip("* ") == name) for name in ("Measure", "Regular reception: turns")
    )
    assert [one for one in head if "202" in one] == [
        *(f"Quarter 2 of {y}" for y in (2021, 2022, 2023)),
        *(f"{y} to date" for y in (2022, 2023)),
    ]
    assert row[-3:] == ["▃▆█", "120", "130"]
    by = ("--by", "receiver", "--measure", "receptions.regular.turns")
    shown = run("report", "2021..2023", "--period", "q2", *by).out.splitlines()
    cells = next(line for line in shown if line.startswith("staff")).split()
    assert cells[:7] == ["staff", "10", "20", "30", "100.0%", "120", "130"]


def test_a_change_is_told_in_percent_or_number_or_both(months):
    def told(how: str) -> str:
        return months("report", "2023", "--period", "q1", "--format", "text", "--change", how, lang="vi").out

    assert "630 lượt công dân (tăng 5,0% so với cùng kỳ năm 2022)" in told("percent")
    assert "630 lượt công dân (tăng 30 lượt so với cùng kỳ năm 2022)" in told("number")
    assert "630 lượt công dân (tăng 30 lượt, tương ứng 5,0% so với cùng kỳ năm 2022)" in told("both")


def test_a_change_in_number_calls_what_is_counted_as_its_sentence_does(run):
    for year, count in ((2022, 30), (2023, 37)):
        days = ("--from", f"{year}-01-01", "--to", f"{year}-12-31")
        run("add-audit", "--type", "inspection", "--count", count, "--concluded-count", 1, "--referred", count, *days)
        run("add-audit", "--type", "duty-check", "--mode", "planned", "--count", count, *days)
    text = run("report", "2023", "--format", "text", "--change", "number").out
    assert "37 public-duty checks were carried out (up 7 checks on 2022)" in text
    assert "37 inspections were launched (up 7 inspections on 2022)" in text
    assert "referred 37 inspections (up 7 inspections on 2022)" in text
    assert "Referred to investigators (inspections)" in run("report", "2023").out


def test_report_and_explain_call_a_measure_by_the_same_words(months):
    named = {row["measure"]: row["label"] for row in months("explain", "2023", "--json").document["measures"]}
    for lang in LANGUAGES:
        sections = months("report", "2023", "--format", "json", lang=lang).document["sections"]
        for row in (row for section in sections for row in section["rows"]):
            answer = months("explain", "2023", row["measure"], lang=lang)
            assert answer.out.startswith(f"{row['label']}, "), row
            assert lang != "en" or row["label"] == named[row["measure"]]


def test_models_are_compared_in_number_by_custom(run):
    for year, count in ((2020, 1795), (2021, 2071)):
        run("add-model", "--count", count, "--from", f"{year}-01-01", "--to", f"{year}-12-31")
    text = run("report", "2021", "--format", "text", lang="vi").out
    assert "2.071 mô hình (tăng 276 mô hình so với năm 2020)" in text


def test_a_base_of_zero_has_no_percent_and_an_equal_one_is_said_to_be_equal(run):
    receive(run, "2022-01-01", "2022-12-31", 0)
    receive(run, "2023-01-01", "2023-12-31", 7)
    receive(run, "2024-01-01", "2024-12-31", 7)
    row = run.figures("2023")["receptions.regular.turns"]
    assert (row["change"], row["change_percent"]) == (7, None)
    assert "7 lượt công dân (năm 2022: 0)" in run("report", "2023", "--format", "text", lang="vi").out
    assert "7 lượt công dân (bằng cùng kỳ năm 2023)" in run("report", "2024", "--format", "text", lang="vi").out


def test_percentages_take_as_many_decimals_as_are_asked_for(months):
    text = months("report", "2023", "--period", "h1", "--format", "text", "--decimals", "2", lang="vi").out
    assert "tăng 2,86%" in text


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        ("auto", "4,902 tỷ đồng"),
        ("billion", "4,902 tỷ đồng"),
        ("million", "4.902,0 triệu đồng"),
        ("dong", "4.902.000.000 đồng"),
    ],
)
def test_money_takes_the_scale_that_is_asked_for(run, scale, said):
    day = "2023-05-20"
    run("add-audit", "X", "--type", "inspection", "--date", day, "--concluded", day, "--recovery", "4902000000")
    assert said in run("report", "2023", "--format", "text", "--money", scale, lang="vi").out


def test_small_counts_can_be_padded_with_a_zero(run):
    run("add-audit", "--type", "duty-check", "--count", 5, "--from", "2023-01-01", "--to", "2023-12-31")
    assert "05 cuộc kiểm tra công vụ" in run("report", "2023", "--format", "text", "--pad", lang="vi").out


def test_what_was_done_on_conclusions_is_told_against_what_was_recommended(run):
    day = "2023-05-20"
    run("add-audit", "X", "--type", "inspection", "--date", day, "--concluded", day, "--recovery", "81,5 tỷ")
    run("follow-up", "1", "--on", "2023-09-01", "--recovered", "38,5 tỷ")
    text = run("report", "2023", "--format", "text", lang="vi").out
    assert "đã thu hồi 38,5/81,5 tỷ đồng, đạt tỷ lệ 47,2%" in text


def test_what_is_recovered_on_an_old_conclusion_counts_in_the_year_of_the_recovery(run):
    old = ("--started", "1/2/2019", "--concluded", "1/5/2019", "--recovery", "100 triệu", "--unit", "A")
    run("add-audit", "Quản lý đất", "--type", "inspection", *old)
    run("follow-up", 1, "--on", "1/3/2023", "--recovered", "40 triệu")
    assert run.figures("2023")["inspections.recovered_done"]["value"] == 40_000_000
    assert "40,000,000 dong" in run("explain", "2023", "inspections.recovered_done").out


def test_what_a_movement_does_not_tell_of_is_unknown_and_no_correction(run: Run) -> None:
    old = ("--started", "1/2/2023", "--concluded", "1/4/2023", "--recovery", "4 tỷ", "--individuals", 70)
    run("add-audit", "Quản lý đất", "--type", "inspection", *old)
    run("follow-up", 1, "--on", "1/6/2023", "--individuals", 7)
    run("close", "2023", "--section", "inspections")
    run("follow-up", 1, "--on", "1/7/2023", "--recovered", "1 tỷ")
    figures = run.figures("2023")
    assert figures["inspections.individuals_done"]["value"] == 7
    assert figures["inspections.recovered_done"]["value"] == 10**9
    assert "inspections.recovered_land_done" not in figures
    (section,) = run("report", "2023", "--section", "inspections", "--json").document["sections"]
    assert [one["measure"] for one in section["corrections"]] == ["inspections.recovered_done"]


def test_the_change_stands_with_the_figure_and_the_rate_behind_it(run: Run) -> None:
    for year, done in (("2022", 3), ("2023", 7)):
        days = ("--started", f"1/2/{year}", "--concluded", f"1/4/{year}")
        run("add-audit", "Đất", "--type", "inspection", *days, "--individuals", {"2022": 19, "2023": 70}[year])
        run("follow-up", {"2022": 1, "2023": 2}[year], "--on", f"1/6/{year}", "--individuals", done)
    assert "đã xử lý 7/70 cá nhân (tăng 133,3% so với cùng kỳ năm 2022), đạt tỷ lệ 10,0%" in sentences(run, "2023")


def test_a_report_of_days_to_come_says_so(run: Run) -> None:
    run("add-model", "A", "--field", "economy", "--date", "2021-03-01", "--status", "running")
    said = catalogue("en")["notice.to_come"].partition("{")[0]
    assert said not in run("report", "2023", "--today", "2023-01-02").err
    assert f"{said}2024-01-01 (today is 2023-12-31)" in run("report", "2024", "--today", "2023-12-31").err


def test_running_models_count_once_a_year_while_they_run(run):
    run("add-model", "A", "--field", "economy", "--date", "2021-03-01", "--status", "running")
    run("add-model", "B", "--field", "economy", "--date", "2023-03-01")
    figures = run.figures("2023")
    assert figures["models.registered"]["value"] == 1
    assert figures["models.running"]["value"] == 1
    assert figures["models.running"]["previous"] == 1


@pytest.mark.parametrize("left", ["stopped", "ended"])
def test_a_model_that_left_and_runs_again_is_running_again_and_once_a_year(run, left):
    run("add-model", "A", "--field", "economy", "--date", "2021-03-01", "--status", "running")
    for status, day in (
        (left, "2022-05-01"),
        ("running", "2024-02-01"),
        (left, "2024-03-01"),
        ("running", "2024-06-01"),
    ):
        run("edit", 1, "--status", status, "--on", day)
    asked = ("2020", "2021", "2022", "2023", "2024", "2024-04", "2024-06", "2025")
    figures = {period: run.figures(period).get("models.running", {"value": None})["value"] for period in asked}
    assert [period for period in asked if figures[period]] == ["2021", "2022", "2024", "2024-06", "2025"]
    assert {*filter(None, figures.values())} == {1}
    for period, since in (("2022", "2021-03-01"), ("2024-06", "2024-06-01"), ("2025", "2024-06-01")):
        assert since in run("explain", period, "models.running").out


@pytest.mark.parametrize(
    "asked",
    [
        ("23",),
        ("2023-13",),
        ("2023..2019",),
        ("2023", "--period", "4/2022"),
        ("2020..2023", "--period", "2022-04"),
        ("2023", "--period", "q5"),
        ("2023", "--calendar", "lunar"),
        ("2023", "--compare", "last"),
        ("2023", "--money", "dollar"),
        ("2023", "--decimals", "x"),
        ("2023", "--change", "some"),
        ("2023", "--by", "colour"),
        ("2023", "--by", "unit", "--top", "0"),
        ("2023", "--by", "unit", "--by", "mode", "--by", "month"),
        ("2023", "--by", "unit", "--by", "Đơn vị"),
        ("2023", "--by", "unit", "--measure", "no.such"),
    ],
)
def test_a_period_or_style_that_does_not_exist_is_refused(run, asked):
    answer = run("report", *asked, code=2)
    assert answer.out == ""
    assert "Nothing was changed" in answer.err


@pytest.mark.parametrize("asked", ["2023-2024", "2023 - 2024", "2023–2024", "2024 — 2023", "2023/2024"])
def test_years_with_a_dash_between_them_are_told_how_several_are_written(run, asked):
    assert "2023..2024" in run("report", asked, code=2).err
    assert "2023..2024" not in run("form", "01/TCD", "2023", "2024", code=2).err


@pytest.mark.parametrize("asked", ["2023-04", "2023 – 4", "4 / 2023", "2023/4", "04-2023"])
def test_a_month_is_read_by_its_year_whatever_stands_between_them(months, asked):
    assert months.figures(asked)["receptions.regular.turns"]["value"] == 410


@pytest.mark.parametrize("year", ["0001", "1944", "2101", "9999"])
def test_a_year_that_no_record_is_of_is_told_as_it_was_typed(run, year):
    answer = run("report", year, code=2)
    assert f"“{year}”" in answer.err
    assert "1945–2100" in answer.err


def sentences(run: Run, *argv: str) -> str:
    return run("report", *argv, "--format", "text", lang="vi").out


def test_what_was_concluded_is_said_where_nothing_was_launched(run: Run) -> None:
    run(
        "add-audit",
        "Đất đai",
        "--type",
        "inspection",
        "--date",
        "2022-01-10",
        "--concluded",
        "2023-05-20",
        "--recovery",
        "1 tỷ",
    )
    said = sentences(run, "2023", "--period", "q2")
    assert "Kết luận 1 cuộc thanh tra" in said
    assert "iển khai" not in said


def test_a_rate_stands_behind_what_it_is_a_rate_of(run: Run) -> None:
    given = ("--date", "2023-01-10", "--concluded", "2023-05-20", "--collectives", "2")
    run("add-audit", "Đất đai", "--type", "inspection", *given)
    run("follow-up", "1", "--on", "2023-06-01", "--collectives", "1")
    assert "đã xử lý 1/2 tập thể, đạt tỷ lệ 50,0%" in sentences(run, "2023")


def test_turns_bring_people_and_are_partly_of_groups(run: Run) -> None:
    given = ("--receiver", "leader", "--turns", "98", "--people", "135", "--from", "2023-01-01", "--to", "2023-12-31")
    run("add-reception", *given, "--groups", "2")
    said = sentences(run, "2023")
    assert "98 lượt công dân, với 135 người, trong đó có 2 lượt đoàn đông người" in said
    run("edit", "1", "--groups", "0")
    assert "98 lượt công dân, với 135 người.\n" in sentences(run, "2023")


def test_the_title_of_several_years_names_them(run: Run) -> None:
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2022-02-10")
    assert "các năm 2021–2023" in run("report", "2021..2023", lang="vi").out
    assert "tháng 2 năm 2021–2023" in run("report", "2021..2023", "--period", "2", lang="vi").out


def test_a_document_says_calendar_and_state_in_one_pair_of_brackets(run: Run) -> None:
    run("add-audit", "Đất đai", "--type", "inspection", "--date", "2023-01-10")
    run("report", "2023", "--calendar", "inspectorate", "-o", run.home / "report.docx", lang="vi")
    text = document(run.home / "report.docx")
    assert ") (" not in text
    assert "; tạm tính)." in text


def test_rows_that_the_base_leaves_out_are_named_too(run: Run) -> None:
    run("add-model", "--count", "30", "--unit", "Quận Ba Đình", "--from", "2022-01-01", "--to", "2022-12-31")
    run("add-model", "Đường hoa", "--field", "economy", "--unit", "Quận Ba Đình", "--date", "2023-02-10")
    told = catalogue("en")["note.straddles_base"].format(ids="1")
    assert told in run("report", "2023", "--period", "h1").out
    assert told in run("report", "2023", "--period", "h1", "--format", "text").err
    assert told not in run("report", "2023").out
    assert told not in run("report", "2023", "--period", "h1", "--compare", "none").out


def test_a_calendar_of_its_own_that_the_office_has_not_settled_is_told_with_the_way_to_it(run: Run) -> None:
    assert catalogue("en")["error.no_year_start"] in run("report", "2023", "--calendar", "custom", code=2).err


def test_a_document_says_which_section_a_remark_is_about(run: Run) -> None:
    run("add-audit", "Đất đai", "--type", "inspection", "--date", "2023-01-10")
    run("report", "2023", "-o", run.home / "report.docx", lang="vi")
    assert "Thanh tra: Không ghi đơn vị" in document(run.home / "report.docx")


def document(path: Path) -> str:
    """The text of a Word document's paragraphs."""
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_a_narrow_window_does_without_columns_that_say_nothing(run: Run) -> None:
    days = ("--from", "2023-01-01", "--to", "2023-12-31", "--unit", "A")
    run("add-reception", "--mode", "regular", "--turns", 7, *days)
    for width, heads in ((60, ["Measure", "2023", "2022"]), (100, ["Measure", "2023", "2022", "Change", "Percent"])):
        shown = run("report", "2023", width=width).plain
        assert next(line for line in shown.splitlines() if line.startswith("Measure")).split() == heads
        assert "not shown" not in shown
    run("add-reception", "--mode", "regular", "--turns", 5, *(word.replace("2023", "2022") for word in days))
    head = next(line for line in run("report", "2023", width=60).plain.splitlines() if line.startswith("Measure"))
    assert head.split() == ["Measure", "2023", "2022", "Change", "Percent"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("by", [(), ("--by", "unit"), ("--by", "unit", "--by", "receiver")])
def test_a_window_of_any_width_shows_the_year_asked_for_and_names_what_it_leaves_out(
    run: Run, lang: str, by: tuple[str, ...]
) -> None:
    for year in (2020, 2022, 2023):
        for unit, turns in (("Phường Trung Hòa", 7), ("Quận Ba Đình", 12_345)):
            days = ("--from", f"{year}-01-01", "--to", f"{year}-12-31", "--unit", unit)
            run("add-reception", "--mode", "regular", "--turns", turns, *days)
    for width in range(36, 120, 4):
        shown = run("report", "2019..2023", *by, width=width, lang=lang).plain
        assert all(cell_len(line) <= width for line in shown.splitlines())
        words = " ".join(shown.split())
        for year in ("2023", "2022", "2021", "2020", "2019") if not by[2:] else ("2023",):
            assert year in words
        assert re.search("12[.,]3(45|52)", shown)


def test_a_lower_bound_is_shortened_where_there_is_little_room(run: Run) -> None:
    run("add-reception", "--mode", "regular", "--turns", 7, "--from", "2023-01-01", "--to", "2023-12-31")
    assert "at least 7" in run("report", "2023", width=100).plain
    shown = run("report", "2023", width=40).plain
    assert "≥ 7" in shown
    assert "at least 7" not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_heads_are_broken_before_the_names_of_measures_are(months: Run, lang: str) -> None:
    shown = months("report", "2023-05", width=90, lang=lang).plain.splitlines()
    for key in ("regular.turns", "leaders.group_cases", "leaders.cases_first", "people"):
        name = catalogue(lang)[f"measure.receptions.{key}"]  # type: ignore[arg-type]
        assert any(line.startswith(f"{name} ") for line in shown), name


def test_the_trend_of_all_years_stays_longer_than_years_gone_by(run: Run) -> None:
    for year in range(2019, 2024):
        run("add-reception", "--mode", "regular", "--turns", 7, "--from", f"{year}-01-01", "--to", f"{year}-12-31")
    lines = run("report", "2019..2023", width=74).plain.splitlines()
    head = next(line for line in lines if line.startswith("Measure")).split()
    assert "Trend" in head
    assert {"2022", "2023"} < set(head)
    assert "2019" not in head


def test_a_trend_compares_no_lower_bounds(run: Run) -> None:
    row = ("add-reception", "--mode", "regular")
    for year, turns in ((2020, 90), (2021, 35), (2022, 10), (2023, 70)):
        days = ("--from", f"{year}-01-01", "--to", f"{year}-12-31")
        run(*row, "--turns", turns, *days)
        if year in (2020, 2022):
            run(*row, "--people", 5, "--unit", "Xã A", *days)  # in how many turns is not known
    lines = run("report", "2020..2023", "--section", "receptions").out.splitlines()
    regular, all_turns = (next(one for one in lines if one.startswith(name)) for name in ("Regular", "All reception"))
    assert "at least 90" in regular
    assert regular[-4:] == " ▅ █"
    assert "at least 90" in all_turns
    assert not set(all_turns) & set("▁▂▃▄▅▆▇█")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_recovered_on_earlier_conclusions_is_no_share_of_what_was_recommended_this_year(
    run: Run, lang: str
) -> None:
    inspection = ("add-audit", "--type", "inspection")
    run(*inspection, "A", "--started", "2022-01-05", "--concluded", "2022-05-20", "--recovery", "10 tỷ")
    run(*inspection, "B", "--started", "2023-01-05", "--concluded", "2023-05-20", "--recovery", "8 tỷ")
    run("follow-up", 2, "--on", "2023-09-01", "--recovered", "2 tỷ")
    sentences = ("report", "2023", "--format", "text")
    assert "2/8" in run(*sentences, lang=lang).out
    run("follow-up", 1, "--on", "2023-09-01", "--recovered", "5 tỷ")
    text = run(*sentences, lang=lang).out
    assert "/8" not in text
    told = text.strip().rpartition(": ")[2]
    assert re.search(r"(?<!\d)7 (tỷ đồng|billion dong)", told)
    assert "%" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_recovered_is_no_share_of_a_lower_bound(run: Run, lang: str) -> None:
    run(
        *("add-audit", "--type", "inspection", "B", "--started", "2023-01-05", "--concluded", "2023-05-20"),
        *("--recovery", "8 tỷ"),
    )
    run("follow-up", 1, "--on", "2023-09-01", "--recovered", "2 tỷ")
    run(
        *("add-audit", "--type", "inspection", "--count", 3, "--concluded-count", 3),
        *("--from", "2023-01-01", "--to", "2023-06-30", "--unit", "Quận Ba Đình"),
    )
    told = run("report", "2023", "--format", "text", lang=lang).out.strip().rpartition(": ")[2]
    assert re.search(r"(?<!\d)2 (tỷ đồng|billion dong)", told)
    assert "/8" not in told
    assert "%" not in told


SO_FAR = {
    "en": "There are no figures of the period yet; 9 months to date: 40 “Dân vận khéo” models were registered.",
    "vi": "Trong kỳ chưa có số liệu; lũy kế 9 tháng: "
    "tổng số mô hình “Dân vận khéo” được đăng ký triển khai là 40 mô hình.",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_of_a_year_without_figures_tells_those_of_the_year_so_far(run, lang):
    run("add-model", "--count", 40, "--from", "2023-01-01", "--to", "2023-03-31")
    run("add-audit", "--type", "inspection", "--count", 2, "--from", "2023-07-01", "--to", "2023-09-30")
    text = run("report", "2023", "--period", "q3", "--format", "text", "--section", "models", lang=lang).out
    assert text.rstrip().endswith(SO_FAR[lang])
    assert SO_FAR[lang] in run("report", "2023", "--period", "q3", "--format", "text", lang=lang).out
    run("report", "2023", "--period", "q3", "-o", run.home / "a.docx", lang=lang)
    document = docx.Document(run.home / "a.docx")
    assert SO_FAR[lang] in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert SO_FAR[lang].split(";")[0] not in run("report", "2023", "--period", "q1", "--format", "text", lang=lang).out


def test_of_a_part_of_a_year_whose_figures_are_not_printed_nobody_says_that_there_are_none(run):
    staff = ("add-reception", "--receiver", "staff", "--unit", "A")
    run(*staff, "--turns", 40, "--people", 45, "--from", "2023-01-01", "--to", "2023-03-31")
    run(*staff, "--turns", 2, "--people", 2, "--from", "2023-04-01", "--to", "2023-06-30")
    asked = ("report", "2023", "--period", "q2", "--section", "receptions", "--format", "text", "--small-cells", 3)
    assert "\n\n6 months to date: regular reception received 42 turns" in run(*asked).out
    assert "\n\nLũy kế 6 tháng: tiếp thường xuyên 42 lượt" in run(*asked, lang="vi").out


def test_the_year_so_far_tells_what_was_concluded_and_what_it_is_about(run):
    run(
        *("add-audit", "--type", "inspection", "--count", 3, "--concluded-count", 2, "--recovery", 81_500_450_000),
        *("--from", "2023-01-01", "--to", "2023-03-31", "--unit", "A"),
    )
    asked = ("report", "2023", "--period", "q2", "--format", "text")
    told = run(*asked, lang="vi").out
    assert "lũy kế 6 tháng: triển khai 3 cuộc thanh tra và đã kết luận 2 cuộc; qua thanh tra đã kiến nghị" in told
    assert "kiến nghị thu hồi về Ngân sách Nhà nước 81,5 tỷ đồng" in told
    assert "đã làm tròn: 81,5 tỷ đồng;" in told


def test_the_year_so_far_tells_nothing_twice(run):
    launched = ("add-audit", "--type", "inspection", "--unit", "A", "--started", "2023-01-15", "--concluded")
    run(*launched, "2023-03-14")
    run(*launched, "2023-12-14")
    told = run("report", "2023-12", "--format", "text", lang="vi").out
    assert "Kết luận 1 cuộc thanh tra (lũy kế 12 tháng: 2). Lũy kế 12 tháng: triển khai 2 cuộc thanh tra." in told


@pytest.mark.parametrize(
    ("receiver", "said"), [("staff", "Tiếp thường xuyên"), ("leader", "Lãnh đạo tiếp định kỳ, đột xuất")]
)
def test_people_of_whom_nobody_says_in_how_many_turns_they_came_are_told(run, receiver, said):
    days = ("--from", "2023-01-01", "--to", "2023-12-31")
    run("add-reception", "--receiver", receiver, "--people", 30, "--cases-first", 4, *days)
    assert f"{said} 30 người và 4 vụ việc lần đầu." in run("report", "2023", "--format", "text", lang="vi").out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_document_says_that_there_are_no_figures_only_where_there_are_none(run, lang):
    def said(*argv):
        run("report", "2023", *argv, "-o", run.home / "a.docx", "--force", lang=lang)
        texts = [one.text for one in docx.Document(run.home / "a.docx").paragraphs]
        return [texts.count(catalogue(lang)[key]) for key in ("letter.nothing", "letter.unsaid")]

    run("add-reception", "--receiver", "staff", "--cases", 0, "--from", "2023-01-01", "--to", "2023-12-31")
    assert said() == [3, 1]
    run("void", 1, "--reason", "x")
    run("add-reception", "A", "--mode", "regular", "--date", "2023-04-15", "--unit", "A")
    assert said() == said("--small-cells", 3) == [3, 0]


def test_the_year_so_far_tells_what_nothing_is_said_of_in_its_part(run):
    launched = ("add-audit", "--type", "inspection", "--unit", "A", "--count", 3)
    run(*launched, "--concluded-count", 2, "--recovery", "3 tỷ", "--from", "2023-01-01", "--to", "2023-03-31")
    run(*launched, "--concluded-count", 0, "--from", "2023-04-01", "--to", "2023-06-30")
    told = run("report", "2023", "--period", "q2", "--format", "text", lang="vi").out
    assert "Triển khai 3 cuộc thanh tra (lũy kế 6 tháng: 6)" in told
    assert ". Lũy kế 6 tháng: qua thanh tra đã kiến nghị thu hồi về Ngân sách Nhà nước " in told


def test_the_months_of_the_year_so_far_are_those_of_the_sections_calendar(run):
    run("config", "set", "calendar.models", "assembly")
    run("add-model", "--count", 40, "--from", "2023-08-01", "--to", "2023-08-31")
    run("add-model", "--count", 2, "--from", "2023-09-01", "--to", "2023-09-30")
    told = run("report", "2023-09", "--section", "models", "--format", "text").out
    assert "2 months to date: 42" in told


def test_a_month_is_the_one_that_was_typed_by_every_calendar(run):
    for year in (2022, 2023):
        run("add-model", "--count", year - 2000, "--from", f"{year}-08-01", "--to", f"{year}-08-31")
    for calendar in ("calendar", "assembly"):
        for asked in (("2023-08",), ("2023", "--period", "8")):
            row = run.figures(*asked, "--calendar", calendar)["models.registered"]
            assert (row["value"], row["previous"]) == (23, 22)
    told = run("report", "2023-08", "--calendar", "assembly", lang="vi").out
    assert "tháng 8 năm 2023" in told
    assert "từ ngày 01/08/2023 đến ngày 31/08/2023" in told


def test_the_month_that_is_to_come_has_its_own_year(run):
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2023-07-15")
    run("report", "2023-07", "--calendar", "assembly", "-o", run.home / "a.docx", lang="vi")
    document = docx.Document(run.home / "a.docx")
    assert any("THÁNG 8 NĂM 2023" in paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize(("month", "calendar"), [("2023-01", "calendar"), ("2023-08", "assembly")])
def test_the_first_month_of_a_year_is_all_of_the_year_so_far(run, month, calendar):
    run("add-model", "--count", 3, "--from", f"{month}-01", "--to", f"{month}-31")
    asked = ("report", month, "--section", "models", "--calendar", calendar)
    assert "to date" not in run(*asked).out + run(*asked, "--format", "text").out


@pytest.mark.parametrize(
    ("asked", "today", "last", "period"),
    [
        (("2023",), "2023-06-01", "2023-12-31", "2023 --period 5"),
        (("2023",), "2023-07-01", "2023-12-31", "2023 --period h1"),
        (("2023", "--period", "h1"), "2023-06-01", "2023-06-30", "2023 --period 5"),
        (("2023", "--period", "h1"), "2023-04-20", "2023-06-30", "2023 --period q1"),
        (
            ("2023", "--calendar", "inspectorate"),
            "2023-06-15",
            "2023-12-14",
            "2023 --period h1 --calendar inspectorate",
        ),
        (("2023", "--calendar", "assembly"), "2023-06-15", "2023-07-31", "2023 --period 5 --calendar assembly"),
        (("2023", "--section", "receptions"), "2023-06-01", "2023-12-31", "2023 --period 5 --section receptions"),
        (("2023-05",), "2023-05-20", "2023-05-31", ""),
        (("2023",), "2023-01-20", "2023-12-31", ""),
    ],
)
def test_a_period_that_is_not_over_is_said_to_stand_beside_a_whole_one(months, asked, today, last, period):
    told = months("report", *asked, "--today", today).err
    said = catalogue("en")
    assert said["notice.unfinished"].format(last=last, year=2022) in told
    advised = said["notice.unfinished_part"].partition("{")[0]
    assert told.count(advised) == (1 if period else 0)
    assert f"{advised}danvan report {period}" in told or not period


def test_of_a_period_that_is_over_or_compared_with_none_nobody_says_that_it_is_not(months):
    said = catalogue("vi")["notice.unfinished"].partition("{")[0]
    assert said in months("report", "2023", "--today", "2023-12-30", lang="vi").err
    assert said not in months("report", "2023", "--today", "2023-12-31", lang="vi").err
    assert said not in months("report", "2023", "--compare", "none", lang="vi").err
    assert said not in months("report", "2023", "--section", "models", lang="vi").err
    months("close", "2023")
    assert said not in months("report", "2023", lang="vi").err


@pytest.mark.parametrize("span", ["2023..2026", "2023..2024"])
def test_years_of_which_only_the_first_has_figures_are_shown(run: Run, span: str) -> None:
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2023-02-10")
    assert "Models registered" in run("report", span).out


def test_a_month_that_has_figures_of_the_year_so_far_alone_is_shown(run: Run) -> None:
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2023-02-10")
    assert "Models registered" in run("report", "2023-04").out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_of_a_report_says_once_that_its_period_is_not_over_and_which_calendar_it_follows(
    months: Run, lang: LanguageCode
) -> None:
    said = catalogue(lang)["report.unfinished"]
    named = catalogue(lang)["calendar.assembly"]
    asked = ("report", "2023", "--section", "receptions", "--calendar", "assembly", "--today", "2023-06-15")
    for form in ("table", "text", "markdown", "html"):
        out = unescape(months(*asked, "--format", form, lang=lang).out)
        assert (form, out.count(said), out.count(named)) == (form, 1, 1)
    assert said not in months(*asked[:-1], "2023-07-31", "--format", "text", lang=lang).out
    months("report", "2023", "--today", "2023-06-15", "-o", months.home / "report.docx", lang=lang)
    assert document(months.home / "report.docx").count(said) == 1


def test_a_part_that_fell_to_zero_is_told_with_what_it_was_and_parts_of_none_are_not(run: Run) -> None:
    for year, unannounced in ((2022, 3), (2023, 0)):
        days = ("--from", f"{year}-01-01", "--to", f"{year}-06-30")
        run("add-audit", "--type", "duty-check", "--mode", "unannounced", "--count", unannounced, *days)
        run("add-audit", "--type", "duty-check", "--mode", "planned", "--count", 4, *days)
        run("add-audit", "--type", "duty-check", "--mode", "directed", "--count", 0, *days)
    told = sentences(run, "2023")
    assert "trong đó có 0 cuộc kiểm tra đột xuất (năm 2022: 3) và 4 cuộc kiểm tra theo kế hoạch" in told
    assert (
        "0 unannounced (down 3 checks on 2022)" in run("report", "2023", "--format", "text", "--change", "number").out
    )
    august = ("--from", "2023-08-01", "--to", "2023-08-31")
    for mode in ("planned", "unannounced", "directed"):
        run("add-audit", "--type", "duty-check", "--mode", mode, "--count", 0, *august)
    said = "Thực hiện 0 cuộc kiểm tra công vụ (lũy kế 8 tháng: 4, giảm 42,9% so với cùng kỳ năm 2022).\n"
    assert said in sentences(run, "2023-08")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "đã xử lý 2 tập thể (tăng 100,0% so với cùng kỳ năm 2022) và 9 cá nhân."),
        ("en", "disciplinary action against 2 collectives (up 100.0% on 2022) and 9 individuals."),
    ],
)
def test_collectives_and_individuals_are_disciplined_in_one_breath(run: Run, lang: str, said: str) -> None:
    run("add-audit", "Đất", "--type", "inspection", "--date", "2021-01-10", "--concluded", "2021-05-20")
    run("follow-up", 1, "--on", "2022-03-01", "--collectives", 1)
    run("follow-up", 1, "--on", "2023-03-01", "--collectives", 2, "--individuals", 9)
    assert said in run("report", "2023", "--format", "text", lang=lang).out


def test_a_month_without_figures_is_told_with_its_days(run: Run) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--date", "2024-02-29")
    assert "2024-01-15 to 2024-02-14" in run("report", "2024-02", "--calendar", "inspectorate").out


def test_nothing_is_told_of_what_no_conclusion_brought_nor_of_noughts_that_have_no_exact_figure_beside(
    run: Run,
) -> None:
    before, now = (("--from", f"{year}-01-01", "--to", f"{year}-06-30") for year in (2022, 2023))
    found = ("--violations", "3 triệu", "--collectives", 5)
    run("add-audit", "--type", "inspection", "--count", 4, "--concluded-count", 3, *found, *before)
    run("add-audit", "--type", "inspection", "--count", 1, "--concluded-count", 0, *now)
    run("add-model", "--count", 5, "--holder", "collective", *before)
    run("add-model", "--count", 2, *before)
    run("add-model", "--count", 7, "--holder", "individual", *now)
    told = sentences(run, "2023")
    assert "Qua thanh tra" not in told
    assert "đã kết luận 0 cuộc (năm 2022: 3)" in told
    assert "tập thể" not in told
