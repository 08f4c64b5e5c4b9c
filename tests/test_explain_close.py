"""`explain` names the records behind a number; `close` makes later changes visible; remarks name doubts."""

from __future__ import annotations

import re
from datetime import date

import pytest
from office import MINIMAL, YEAR_2023, Run, holds, tell_article

from danvan.formatting.days import WHOLE_YEAR
from danvan.messages import LANGUAGES, catalogue
from danvan.records import Closing
from danvan.reports import BY_KEY
from danvan.reports.closings import checksum
from danvan.store import upkeep
from danvan.store.file import index

EN = catalogue("en")


def test_every_number_of_the_report_is_the_sum_of_the_records_that_explain_names(run):
    tell_article(run)
    for key, row in run.figures("2023").items():
        found = run("explain", "2023", key, "--format", "json").document
        assert found["value"] == row["value"]
        assert found["at_least"] == row["at_least"]
        assert sum(record["adds"] for record in found["records"]) == (row["value"] or 0)


def test_explain_shows_each_record_with_what_it_adds(run):
    tell_article(run)
    shown = run("explain", "2023", "duty_checks.total", lang="vi").out
    assert "Số cuộc kiểm tra công vụ, năm 2023: 38" in shown
    assert "2 bản ghi, cộng lại bằng 38" in shown


def test_report_explains_a_measure_in_place_of_the_report(run):
    tell_article(run)
    own = run("explain", "2023", "duty_checks.total").out
    assert run("report", "2023", "--explain", "duty_checks.total").out == own


@pytest.mark.parametrize("option", [("--section", "models"), ("--by", "unit"), ("--compare", 2021), ("--pad",)])
def test_what_an_explanation_would_pass_over_is_refused(run, option):
    tell_article(run)
    answer = run("report", "2023", "--explain", "duty_checks.total", *option, code=2)
    assert holds(answer.err, EN["error.explain_alone"])
    assert option[0] in answer.err


def test_explain_names_rows_that_were_left_out_and_rows_that_do_not_know(run):
    run("add-reception", "--mode", "regular", "--turns", 5, "--from", "2022-07-01", "--to", "2023-06-30")
    run("add-reception", "--mode", "regular", "--turns", 6, "--from", "2023-01-01", "--to", "2023-06-30")
    run("add-reception", "--mode", "regular", "--people", 9, "--from", "2023-07-01", "--to", "2023-12-31")
    found = run("explain", "2023", "receptions.regular.turns", "--format", "json").document
    assert (found["value"], found["at_least"], found["unknown"], found["left_out"]) == (6, True, [3], [1])
    shown = run("explain", "2023", "receptions.regular.turns").out
    assert "straddle the border of the period: No. 1" in shown
    assert "only “at least”: No. 3" in shown


def test_one_cell_of_a_breakdown_can_be_explained(run):
    for unit, turns in (("Quận Ba Đình", 5), ("Quận Đống Đa", 7)):
        run(
            *("add-reception", "--mode", "regular", "--turns", turns, "--unit", unit),
            *("--from", "2023-01-01", "--to", "2023-12-31"),
        )
    only = run("explain", "2023", "receptions.turns", "--only", "unit=quan ba dinh", "--format", "json").document
    assert [record["id"] for record in only["records"]] == [1]
    assert run("explain", "2023", "receptions.turns", "--only", "unit=Quận X", code=2).out == ""
    assert run("explain", "2023", "receptions.turns", "--only", "colour=red", code=2).out == ""


def test_an_unknown_measure_is_refused_with_the_nearest(run):
    assert "duty_checks.total" in run("explain", "2023", "duty_check.total", code=2).err
    assert set(run.figures("2023")) <= set(BY_KEY)


def test_a_report_is_provisional_until_its_period_is_closed(run):
    tell_article(run)
    assert "provisional" in run("report", "2023").out
    assert "Closed Receptions of citizens, 2023" in run("close", "2023").out
    shown = run("report", "2023").out
    assert "provisional" not in shown
    assert "closed on" in shown
    assert "provisional" in run("report", "2023", "--period", "h1").out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_on_a_closed_section_of_which_nothing_is_left_are_not_provisional(run, lang):
    run("add-model", "Hoa", "--field", "economy", "--date", "2023-02-10")
    sentences = ("report", "2023", "--format", "text")
    told = catalogue(lang)["report.provisional"]
    assert told in run(*sentences, lang=lang).out
    run("close", "2023")
    run("void", 1, "--reason", "nhầm")
    assert told not in run(*sentences, lang=lang).out
    assert told not in run(*sentences, "--section", "models", lang=lang).out
    assert told in run(*sentences, "--section", "receptions", lang=lang).out


def test_a_change_after_closing_shows_with_the_old_and_the_new_figure(run):
    tell_article(run)
    run("close", "2023")
    run("add-audit", "--type", "duty-check", "--mode", "planned", "--count", 2, *YEAR_2023)
    shown = run("report", "2023").out
    assert "Corrected after closing: Public-duty checks: 38 → 40" in shown
    corrections = run("report", "2023", "--json").document["sections"][0]["corrections"]
    (found,) = [one for one in corrections if one["measure"] == "duty_checks.total"]
    assert (found["closed"], found["now"], found["now_at_least"]) == (38, 40, False)
    run("close", "2023", "--section", "duty_checks")
    assert "Corrected" not in run("report", "2023").out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_closing_again_tells_what_it_takes_the_place_of(run, lang):
    tell_article(run)
    first = run("close", "2023", lang=lang)
    say = catalogue(lang)
    assert not holds(first.out, say["close.replaces"])
    run("add-audit", "--type", "duty-check", "--mode", "planned", "--count", 2, *YEAR_2023)
    again = run("close", "2023", lang=lang)
    assert holds(again.out, say["close.replaces"])
    assert holds(again.out, say["close.corrected"])
    assert "38 → 40" in again.out
    run("add-audit", "--type", "duty-check", "--mode", "planned", "--count", 2, *YEAR_2023)
    (closed,) = run("close", "2023", "--section", "duty_checks", "--json").document["closed"]
    assert (40, 42) in [(one["closed"], one["now"]) for one in closed["replaces"]["corrections"]]


def test_closing_with_another_threshold_says_from_how_many_people(run):
    run("add-reception", "x", "--mode", "regular", "--people", 6, "--date", "2023-03-01")
    run("close", "2023")
    assert holds(run("close", "2023", "--threshold", 5).out, EN["close.threshold"])


STAFF = ("add-reception", "--receiver", "staff", "--mode", "regular", *YEAR_2023)
LEADER = ("add-reception", "--receiver", "leader", "--mode", "periodic", "--turns", 5, "--people", 5, *YEAR_2023)


def test_a_correction_says_what_was_only_a_lower_bound(run):
    run(*STAFF, "--turns", 20, "--people", 30)
    run("close", "2023")
    assert run("report", "2023", "--json").document["sections"][0]["corrections"] == []
    run(*LEADER)
    assert "at least 20 → 25" in run("report", "2023").out
    assert "at least 30 → 35" in run("close", "2023").out


def test_a_figure_that_was_whole_and_is_a_lower_bound_now_was_corrected(run):
    run(*STAFF, "--turns", 20, "--people", 30)
    run(*LEADER)
    run("close", "2023")
    run(*STAFF, "--turns", 1)
    assert "35 → at least 35" in run("report", "2023").out


def test_a_closing_that_has_not_noted_lower_bounds_is_held_against_values_alone(run):
    run(*STAFF, "--turns", 20, "--people", 30)
    figures = {key: row["value"] for key, row in run.figures("2023").items() if key.startswith("receptions")}
    assert run.figures("2023")["receptions.turns"]["at_least"]
    own = {"section": "receptions", "figures": figures, "checksum": checksum(figures)}
    run.register().add(Closing(date(2023, 1, 1), date(2023, 12, 31), **own))
    shown = run("report", "2023").out
    assert "closed on 2023" in shown
    assert "Corrected" not in shown
    assert "altered" not in shown
    run(*STAFF, "--turns", 1, "--people", 1)
    assert "20 → at least 21" in run("report", "2023").out


def test_a_closing_that_was_altered_by_hand_is_remarked_on(run):
    tell_article(run)
    run("close", "2023")
    text = run.db.read_text("utf-8")
    assert '"duty_checks.total":38' in text
    run.db.write_text(text.replace('"duty_checks.total":38', '"duty_checks.total":39'), "utf-8")
    assert "altered outside danvan" in run("report", "2023").out


def test_closing_twice_or_closing_nothing_is_refused(run):
    assert "no figures" in run("close", "2023", code=1).err
    tell_article(run)
    run("close", "2023")
    assert "closed already, and nothing changed since" in run("close", "2023", code=1).err
    assert run("close", "2023", "--section", "nonsense", code=2).out == ""


@pytest.mark.parametrize("threshold", [5, 7, 10])
@pytest.mark.parametrize("plain", [True, False])
def test_a_closing_is_held_against_figures_counted_as_it_was(run, threshold, plain, monkeypatch):
    monkeypatch.setattr(upkeep, "SINCE", 100)
    for people in (3, 6, 8, 20):
        run("add-reception", "x", "--mode", "regular", "--people", people, "--date", "2023-03-01")
    if not plain:  # a row besides, which the figures by the day leave to the records themselves
        run("add-reception", "--receiver", "staff", "--turns", 2, *YEAR_2023)
    run("check")
    assert index.path_of(run.db).exists()
    run("close", "2023", "--threshold", threshold)
    for asked in (5, 7, 10):
        document = run("report", "2023", "--threshold", asked, "--json").document
        section = next(one for one in document["sections"] if one["key"] == "receptions")
        assert section["corrections"] == []
        groups = next(row for row in section["rows"] if row["measure"] == "receptions.regular.groups")
        assert not plain or groups["value"] == sum(people >= asked for people in (3, 6, 8, 20))
    assert holds(run("close", "2023", "--threshold", threshold, code=1).err, EN["error.already_closed"])
    run("edit", 3, "--people", 4)
    document = run("report", "2023", "--threshold", 10, "--json").document
    section = next(one for one in document["sections"] if one["key"] == "receptions")
    changed = {one["measure"] for one in section["corrections"]}
    assert ("receptions.regular.groups" in changed) == (threshold < 10)


def test_a_report_with_another_threshold_than_its_closing_says_so(run):
    run("add-reception", "x", "--mode", "regular", "--people", 6, "--date", "2023-03-01")
    run("close", "2023", "--threshold", 5)
    assert "The closed figures count large groups from 5 people" in run("report", "2023").out
    assert "closed figures count" not in run("report", "2023", "--threshold", 5).out
    sections = {one["key"]: one for one in run("report", "2023", "--json").document["sections"]}
    assert sections["receptions"]["closed_threshold"] == 5
    assert "closed_threshold" not in sections["models"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_closed_figures_that_are_gone_altogether_are_corrections_all_the_same(run: Run, lang: str) -> None:
    run("add-reception", "x", "--mode", "regular", "--people", 7, "--date", "2023-03-03", "--unit", "Xã A")
    run("close", "2023")
    run("void", 1, "--reason", "twice")
    told = catalogue(lang)["report.corrected"].partition("{")[0]
    for asked in ((), ("--section", "receptions"), ("--compare", "none"), ("--by", "unit"), ("--format", "markdown")):
        shown = run("report", "2023", *asked, lang=lang).out
        assert f"1 → {catalogue(lang)['report.unknown']}" in shown
        assert told in shown
    assert told in run("report", "2022..2023", lang=lang).out
    public = run("report", "2023", "--small-cells", 3, lang=lang).out
    assert told not in public
    assert holds(public, catalogue(lang)["report.closed_corrected"])


def test_a_section_whose_figures_are_gone_may_be_closed_anew(run):
    run("add-model", "Hoa", "--field", "economy", "--date", "2023-03-01")
    run("add-reception", "x", "--mode", "regular", "--date", "2023-03-01")
    run("close", "2023")
    run("void", 2, "--reason", "twice")
    assert "unknown" in run("report", "2023").out
    answer = run("close", "2023")
    assert "Closed Receptions" in answer.out
    assert "Receptions" not in next(line for line in answer.err.splitlines() if "no figures" in line)
    assert "Corrected after closing" not in run("report", "2023").out


def test_a_period_that_has_not_begun_is_not_closed(run):
    run("add-model", "Hoa", "--field", "economy", "--status", "running", "--date", "2023-03-01")
    assert holds(run("close", "2099", code=1).err, EN["error.not_begun"])


def test_a_period_may_be_closed_again_with_another_threshold(run):
    run("add-reception", "x", "--mode", "regular", "--people", 6, "--date", "2023-03-01")
    run("add-model", "Hoa", "--field", "economy", "--date", "2023-03-01")
    run("close", "2023")
    answer = run("close", "2023", "--threshold", 5)
    assert "Closed Receptions" in answer.out
    assert "models" not in answer.out


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sections_that_stay_open_for_want_of_figures_are_named(run, lang):
    run("add-model", "Hoa", "--field", "economy", "--date", "2023-03-01")
    answer = run("close", "2023", lang=lang)
    assert holds(answer.err, catalogue(lang)["notice.section_not_closed"])
    assert {"vi": "Kiểm tra công vụ, Thanh tra, Tiếp công dân", "en": "Public-duty checks, Inspections, Receptions"}[
        lang
    ] in answer.err
    assert run("close", "2023", "--section", "models", code=1).out == ""


def test_every_year_of_several_is_closed(run):
    run("add-model", "A", "--field", "economy", "--date", "2021-02-10")
    run("add-model", "B", "--field", "economy", "--date", "2023-02-10")
    answer = run("close", "2021..2023")
    assert [line.partition(":")[0] for line in answer.out.splitlines()[:2]] == [
        "Closed “Dân vận khéo” models, 2021",
        "Closed “Dân vận khéo” models, 2023",
    ]
    assert "2022: the register holds no figures" in answer.err
    assert "closed on" in run("report", "2021").out
    run("undo", "--yes")
    assert "provisional" in run("report", "2021").out


@pytest.mark.parametrize("argv", [("explain", "2022..2023", "duty_checks.total"), ("form", "01/TCD", "2022..2023")])
def test_what_tells_one_year_refuses_several(run, argv):
    tell_article(run)
    answer = run(*argv, code=2)
    assert "“2022..2023” means several years" in answer.err
    assert "several years" not in run(argv[0], "--help").out


def test_explain_shows_the_day_by_which_a_record_counts(run):
    run(
        *("add-audit", "Đất", "--type", "inspection", "--date", "2022-11-10", "--concluded", "2023-05-20"),
        *("--recovery", "1 tỷ", "--unit", "A"),
    )
    run("follow-up", 1, "--on", "2023-09-01", "--recovered", "200 triệu")
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2022-02-10")
    run("edit", 2, "--status", "recognised", "--on", "2023-03-04")
    for measure, head, day in (
        ("inspections.concluded", "Concluded", "2023-05-20"),
        ("inspections.recovered_done", "Done on", "2023-09-01"),
        ("models.recognised", "Since", "2023-03-04"),
    ):
        _, _, heads, line, *_ = run("explain", "2023", measure).out.splitlines()
        assert head in heads
        assert day in line


def test_a_figure_is_named_in_full_wherever_it_stands_alone(run):
    tell_article(run)
    run("add-reception", "Đất", "--mode", "regular", "--people", 4, "--date", "2023-02-01", "--unit", "B")
    assert "Regular reception: people, 2023: at least 4" in run("explain", "2023", "receptions.regular.people").out
    cell = run("explain", "2023", "receptions.turns", "--only", "receiver=leader", "--only", "month=2").out
    assert cell.startswith("All reception turns (receiver: leader; month: February), 2023: ")
    run("close", "2023")
    run("edit", 8, "--people", 6)
    shown = run("report", "2023", lang="vi").out
    assert "Tiếp thường xuyên: số người: ít nhất 4 → ít nhất 6" in shown
    assert re.search(r"đã chốt ngày \d\d/\d\d/\d{4}", shown)


def test_sentences_stay_clean_and_what_their_reader_should_know_is_said_beside_them(run):
    run("add-reception", "--mode", "regular", "--turns", 5, "--from", "2022-07-01", "--to", "2023-06-30")
    run("add-model", "A", "--field", "economy", "--date", "2023-01-02", "--unit", "A")
    run("close", "2023")
    run("add-model", "B", "--field", "economy", "--date", "2023-01-03")
    answer = run("report", "2023", "--format", "text")
    assert "straddle" not in answer.out
    assert answer.err.splitlines() == [
        "Note on “Dân vận khéo” models: Corrected after closing: Models registered: 1 → 2",
        "Note on “Dân vận khéo” models: Without a unit: No. 4",
        "Note on Receptions of citizens: Left out because they straddle the border of the period: aggregate rows No. 1",
    ]
    assert run("report", "2023", "--format", "text", "--json").err == ""


def test_days_of_closings_are_written_the_languages_way(run):
    run("add-audit", "A", "--date", "2023-05-20", "--type", "inspection", "--unit", "X")
    run("close", "2023", "--calendar", "inspectorate")
    iso = re.compile(r"\d{4}-\d\d-\d\d")
    assert "đã chốt ngày" in run("form", "01/TTr", "2023", lang="vi").out
    for argv in (("form", "01/TTr", "2023"), ("report", "2023", "--calendar", "inspectorate"), ("undo", "--yes")):
        assert not iso.search(run(*argv, lang="vi").out), argv


def test_a_narrow_window_loses_columns_of_an_explanation_and_says_which(run):
    run("add-audit", "Quản lý đất đai", "--date", "2023-05-20", "--type", "inspection", "--unit", "Phường Trung Hòa")
    shown = " ".join(run("explain", "2023", "inspections.launched", width=30).plain.split())
    assert "columns not shown: Title, Unit. Widen it or add -o FILE.txt." in shown
    run("explain", "2023", "inspections.launched", "-o", run.home / "why.txt")
    assert "Phường Trung Hòa" in (run.home / "why.txt").read_text("utf-8")


def test_closings_are_no_records_of_the_three_kinds(run):
    tell_article(run)
    run("close", "2023")
    assert run("receptions", "--format", "json").document["total"] == 3


def remarks(run: Run, section: str) -> dict[str, list[int]]:
    document = run("report", "2023", "--json").document
    found = next(one for one in document["sections"] if one["key"] == section)
    return {note["key"]: note["ids"] for note in found["notes"]}


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        (("--turns", 3, "--from", "2023-03-01", "--to", "2023-03-31", "--unit", "A"), True),
        (("x", "--date", "2023-03-01", "--unit", "A"), True),
        (("x", "--date", "2023-03-01", "--unit", "B"), False),
        (("x", "--date", "2023-08-01", "--unit", "A"), False),
        (("--people", 3, "--from", "2023-03-01", "--to", "2023-03-31", "--unit", "A"), False),
    ],
)
def test_a_row_beside_details_of_the_same_unit_and_days_is_remarked_on(run, other, clashes):
    run("add-reception", "--mode", "regular", "--turns", 9, "--from", "2023-01-01", "--to", "2023-06-30", "--unit", "A")
    run("add-reception", "--mode", "regular", *other)
    assert remarks(run, "receptions").get("overlaps") == ([1, 2] if clashes else None)


def test_large_groups_that_rows_count_from_another_number_are_remarked_on(run):
    year = ("--from", "2023-01-01", "--to", "2023-12-31")
    row = ("add-reception", "--mode", "regular", "--turns", 50, "--groups", 3)
    run(*row, "--group-people", 30, "--unit", "A", *year)
    run("add-reception", "--mode", "regular", "--turns", 9, "--groups", 0, "--unit", "B", *year)
    run(*MINIMAL["reception"].single, "--date", "2023-02-01", "--people", 12, "--unit", "C")

    def told(*argv: str) -> list[int] | None:
        document = run("report", "2023", *argv, "--json").document
        found = next(one for one in document["sections"] if one["key"] == "receptions")
        (form,) = [run("form", "01/TCD", "2023", "--calendar", "calendar", *argv, "--json").document]
        both = [{note["key"]: note["ids"] for note in notes} for notes in (found["notes"], form["notes"])]
        assert both[0].get("groups_as_sent") == both[1].get("groups_as_sent")
        return both[0].get("groups_as_sent")

    assert told() is None
    assert told("--threshold", "5") == [1]
    run("config", "set", "threshold", 5)
    assert told() is None
    assert told("--threshold", "10") == [1]
    run("edit", 1, "--group-people", 12)  # three groups of five are fifteen
    assert told() == [1]
    assert "No. 1" in run("report", "2023", "--by", "unit", "--section", "receptions").out


def test_large_groups_of_rows_of_the_year_compared_with_are_remarked_on(run):
    row = ("add-reception", "--mode", "regular", "--turns", 50, "--groups", 3, "--unit", "A")
    run(*row, "--from", "2022-01-01", "--to", "2022-12-31")
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-02-01", "--people", 12, "--unit", "A")
    assert remarks(run, "receptions") == {}
    document = run("report", "2023", "--threshold", "5", "--section", "receptions", "--json").document
    assert document["sections"][0]["notes"] == [{"key": "groups_as_sent", "ids": [1]}]


def test_rows_of_different_modes_do_not_clash(run):
    tell_article(run)
    assert "overlaps" not in remarks(run, "duty_checks")


def test_amounts_that_do_not_add_up_and_records_without_a_unit_are_remarked_on(run):
    day = ("--date", "2023-05-20", "--concluded", "2023-05-20", "--type", "inspection")
    run("add-audit", "A", *day, "--violations", "100", "--recovery", "60", "--other-handling", "40", "--unit", "X")
    run("add-audit", "B", *day, "--violations", "100", "--recovery", "60", "--other-handling", "30")
    assert remarks(run, "inspections") == {"sums": [2], "no_unit": [2]}


def test_amounts_without_a_day_of_conclusion_are_remarked_on_and_do_not_count(run):
    run("add-audit", "A", "--date", "2023-05-20", "--type", "inspection", "--recovery", "60", "--unit", "X")
    run("add-audit", "B", "--date", "2023-05-20", "--type", "inspection", "--unit", "X")
    run("add-audit", "C", "--date", "2023-05-20", "--type", "duty-check", "--recovery", "60", "--unit", "X")
    assert remarks(run, "inspections") == {"idle": [1]}
    assert remarks(run, "duty_checks") == {}
    assert run.figures("2023")["inspections.recovery"]["value"] == 0
    run("edit", 1, "--concluded", "2023-06-01")
    assert remarks(run, "inspections") == {}


def test_more_conclusions_than_inspections_under_way_are_remarked_on(run):
    run("add-audit", "--type", "inspection", "--count", 5, "--concluded-count", 6, *YEAR_2023)
    assert remarks(run, "inspections") == {"too_many_concluded": [1]}
    run("add-audit", "--type", "inspection", "--carried", 2, *YEAR_2023)
    assert "too_many_concluded" not in remarks(run, "inspections")


def test_parts_that_are_not_their_total_are_remarked_on(run):
    run("add-reception", "--mode", "regular", "--cases", 9, "--cases-first", 5, "--cases-repeat", 4, *YEAR_2023)
    assert remarks(run, "receptions") == {}
    run.db.write_text(run.db.read_text("utf-8").replace('"cases_first":5', '"cases_first":6'), "utf-8")
    assert remarks(run, "receptions") == {"broken": [1]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_measure_all_are_listed_and_each_can_be_asked_by_key_and_by_name(run: Run, lang: str) -> None:
    for lines in MINIMAL.values():
        run(*lines.single, "--date", "2023-02-01")
    listed = run("explain", "2023", "--json", lang=lang).document["measures"]
    figures = run.figures()
    told = {one["measure"]: (one["value"], one["at_least"]) for one in listed}
    assert told == {key: (row["value"], row["at_least"]) for key, row in figures.items()}
    table = run("explain", "2023", lang=lang).out
    for one in listed:
        assert one["measure"] in table
        assert one["label"] in table
        by_key = run("explain", "2023", one["measure"], lang=lang).out
        assert run("explain", "2023", one["label"].upper(), lang=lang).out == by_key


def test_what_is_like_several_measures_gets_them_suggested(run: Run) -> None:
    answer = run("explain", "2023", "đoàn đông người", lang="vi", code=2)
    assert "đoàn đông người (receptions.regular.groups), " in answer.err


def test_a_cell_cannot_be_asked_for_without_its_measure(run: Run) -> None:
    assert "MEASURE" in run("explain", "2023", "--only", "unit=x", code=2).err


def test_who_closes_a_period_that_is_not_over_is_told(run: Run) -> None:
    run(*MINIMAL["model"].single, "--date", "2023-02-01")
    assert "2023-12-31" in run("close", "2023").err
    assert "2023-06-30" not in run("close", "2023", "--period", "h1").err


def test_units_that_differ_in_accents_only_are_told_apart(run: Run) -> None:
    for unit in ("Xã Tân Hòa", "Xã Tân Hoa", "Xã Tân Hoa"):
        run(*MINIMAL["model"].single, "--date", "2023-02-01", "--unit", unit)
    for unit, count in (("Xã Tân Hòa", 1), ("xã tân hoa", 2)):
        answer = run("explain", "2023", "models.registered", "--only", f"unit={unit}", "--json").document
        assert answer["value"] == count
    assert (
        "Xã Tân Hoa, Xã Tân Hòa" in run("explain", "2023", "models.registered", "--only", "unit=XÃ TAN HOA", code=2).err
    )


def test_a_unit_is_found_by_each_of_its_spellings_beside_another_that_differs_in_accents(run: Run) -> None:
    for unit in ("Phường Trung Hòa", "Phường Trung Hòa", "Phường  Trung Hoà", "Phường Trung Hoa"):
        run(*MINIMAL["model"].single, "--date", "2023-02-01", "--unit", unit)
    for unit in ("Phường Trung Hòa", "Phường Trung Hoà", "phường  trung hoà"):
        for year, count in (("2023", 3), ("2022", None)):
            answer = run("explain", year, "models.registered", "--only", f"unit={unit}", "--json").document
            assert answer["value"] == count


@pytest.mark.parametrize("argv", [("2023-²",), ("2023", "--period", "²")])
def test_a_raised_figure_is_no_month(run: Run, argv: tuple[str, ...]) -> None:
    run("report", *argv, code=2)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 100])
def test_an_explanation_cuts_no_text_and_says_days_as_lists_do(run: Run, lang: str, width: int) -> None:
    summary = "Bồi thường, hỗ trợ và tái định cư khi thu hồi đất làm đường vành đai"
    run("add-reception", summary, "--mode", "regular", "--date", "2023-02-01", "--unit", "Phường Trung Hòa")
    run("add-reception", "--mode", "regular", "--turns", 3, "--from", "2023-01-01", "--to", "2023-12-31")
    shown = run("explain", "2023", "receptions.turns", width=width, lang=lang).plain
    assert "…" not in shown
    assert set(f"{summary} Phường Trung Hòa".split()) <= set(shown.split())
    assert WHOLE_YEAR[lang].format(year=2023) in shown  # type: ignore[index]


@pytest.mark.parametrize(("typed", "meant"), [("turns", "receptions.turns"), ("people", "receptions.people")])
def test_a_word_suggests_the_headline_that_it_means_first(run, typed, meant):
    said = run("explain", "2023", typed, code=2).err
    assert said.index(f"{meant} (") < said.index("receptions.regular")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_threshold_says_what_was_counted_from_the_one_before(run: Run, lang: str) -> None:
    row = ("add-reception", "--receiver", "staff", "--turns", 9, "--unit", "A", "--from", "2023-01-01", "--to")
    run(*row, "2023-06-30", "--groups", 2)
    run(*row, "2023-05-31")
    run("close", "2023", "--section", "receptions")
    said = catalogue(lang)
    told = run("config", "set", "threshold", 5, lang=lang).err
    assert told.strip() == said["config.groups_as_before"].format(ids="1", old=10, new=5)
    assert run("config", "set", "threshold", 5, lang=lang).err == ""
    for threshold, before in ((7, 5), (5, 7)):
        told = run("init", "--threshold", threshold, lang=lang).err
        assert said["config.groups_as_before"].format(ids="1", old=before, new=threshold) in told
    for form in ("table", "text", "markdown"):
        assert said["note.closed_threshold"].format(then=10) in run("report", "2023", "--format", form, lang=lang).out
    assert "config.groups_as_before" not in run("config", "unset", "threshold", lang=lang).err
    assert said["note.closed_threshold"].format(then=10) not in run("report", "2023", "--format", "text", lang=lang).out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_calendar_says_what_was_closed_by_the_one_before(run: Run, lang: str) -> None:
    run("add-audit", "A", "--date", "2023-05-20", "--type", "inspection", "--unit", "X")
    run("add-reception", "B", "--date", "2023-05-20", "--mode", "regular", "--unit", "X")
    run("close", "2023")
    said = catalogue(lang)
    section, calendar = said["section.inspections"], said["calendar-name.calendar"].partition("|")[0]
    told = run("config", "set", "calendar.inspections", "inspectorate", lang=lang).err
    assert told.strip() == said["config.closings_left"].format(calendar=calendar, sections=section)
    other = said["report.closed_otherwise"].partition("{day}")[0]
    for form in ("table", "text", "markdown"):
        assert run("report", "2023", "--format", form, lang=lang).out.count(other) == 1
        assert other not in run("report", "2023", "--period", "h1", "--format", form, lang=lang).out
        assert other not in run("report", "2023", "--calendar", "calendar", "--format", form, lang=lang).out
    run("config", "set", "year-start", "11-01")
    run("config", "set", "calendar.receptions", "custom")
    run("close", "2023", "--section", "receptions")
    told = run("config", "set", "year-start", "10-01", lang=lang).err
    assert said["calendar-name.custom"] in told
