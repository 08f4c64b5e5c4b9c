"""`models`, `receptions`, `audits`: what is in the register, as tables, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from office import HALF, MINIMAL, Run, holds, office
from rich.cells import cell_len

from danvan.cli.app import COMMANDS, build
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES, catalogue
from danvan.records import KINDS, Model, described


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


@pytest.mark.parametrize("name", ["=1+1", "'=1+1", "''-2", "'Hoa"])
def test_the_csv_of_a_list_is_read_back_as_the_same_texts(run: Run, name: str) -> None:
    run("add-model", f" {name}", "--field", "economy", "--date", "2023-02-10")
    path, other = run.home / "list.csv", ("--db", run.home / "other.json")
    run("models", "--format", "csv", "--columns", "name,field,date,status", "-o", path)
    run("import", path, *other)
    assert [one["name"] for one in run("models", "--json", *other).document["records"]] == [name]


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


UNITS = ("Phường Trúc Bạch, Quận Ba Đình", "Quận Ba Đình", "Quận Đống Đa / Phường Khâm Thiên", "Phường Ba Đình")


def tell_audits(run: Run) -> None:
    """Three inspections and a check, of which one is open and one has been followed up."""
    run(
        *("add-audit", "Quản lý đất đai", "--type", "thanh tra", "--unit", UNITS[0], "--started", "1/11/2022"),
        *("--concluded", "20/5/2023", "--recovery", "81,5 tỷ"),
    )
    run("add-audit", "Đấu thầu", "--type", "inspection", "--unit", UNITS[1], "--started", "2023-02-01")
    run("add-audit", "Ấn chỉ", "--type", "inspection", "--started", "2023-03-01", "--ended", "2023-04-01")
    run("add-audit", "Một cửa", "--type", "duty-check", "--mode", "unannounced", "--date", "2023-06-01")
    run("follow-up", "1", "--on", "2023-09-30", "--recovered", "38,5 tỷ")


def tell_receptions(run: Run) -> None:
    """One reception in each of four units, with 1, 2, 3 and 12 people."""
    for people, unit in zip((1, 2, 3, 12), UNITS, strict=True):
        run(
            *("add-reception", f"Việc của {people} người", "--mode", "regular", "--people", people),
            *("--unit", unit, "--date", f"2023-0{min(people, 9)}-01"),
        )


def fault(run: Run, *argv: object, code: int) -> str:
    """The key of the error that a command line ends with."""
    return str(json.loads(run(*argv, "--json", code=code).err)["error"]["key"])


def ids(run: Run, command: str, *argv: str) -> list[int]:
    return [record["id"] for record in run(command, "--json", *argv).document["records"]]


def test_what_is_not_recorded_can_be_asked_for_and_a_blank_is_no_figure(run: Run) -> None:
    for people in ((), ("--people", 1), ("--people", 9)):
        run("add-reception", "Đất", "--mode", "regular", "--date", "2023-02-02", *people)
    ids = ("--columns", "id", "--format", "csv")
    assert run("receptions", "--people", "", *ids).out.split() == ["id", "1"]
    assert run("receptions", "--people", "1", *ids).out.split() == ["id", "1", "2"]  # it counts as one
    days = ("--started", "2023-02-01")
    run("add-audit", "A", "--type", "inspection", *days)
    run("add-audit", "B", "--type", "inspection", *days, "--concluded", "2023-03-01")
    run("add-audit", "C", "--type", "inspection", *days, "--concluded", "2023-03-01", "--recovery", "0")
    assert run("audits", "--recovery", "", *ids).out.split() == ["id", "4", "5"]
    assert run("audits", "--recovery", "..500 triệu", *ids).out.split() == ["id", "6"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_identifies_nobody_is_a_filter_and_no_option_is_there_twice(run: Run, kind: str) -> None:
    command = f"{kind}s"
    program = typer.main.get_command(build([command], Language("en")))
    names = [name for parameter in program.commands[command].params for name in parameter.opts]  # type: ignore[attr-defined]
    assert len(names) == len(set(names))
    parameters = {parameter.name for parameter in program.commands[command].params}  # type: ignore[attr-defined]
    for name, field in described(KINDS[kind]).items():
        assert (name in parameters) is not field.personal
    for name in (name for name in names if name.startswith("--")):
        assert name in run(command, "--help").out


def test_the_same_filter_again_widens_and_another_narrows(run: Run) -> None:
    tell_audits(run)
    assert ids(run, "audits", "--type", "thanh tra") == [1, 2, 3]
    assert ids(run, "audits", "--type", "inspection", "--type", "kiem tra cong vu") == [1, 2, 3, 4]
    assert ids(run, "audits", "--type", "inspection", "--title", "dau") == [2]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("2", [2]),
        ("2..3", [2, 3]),
        ("2..", [2, 3, 4]),
        ("..2", [1, 2]),
        (">=2", [2, 3, 4]),
        (">2", [3, 4]),
        ("<=2", [1, 2]),
        ("<2", [1]),
        ("≥ 3", [3, 4]),
        ("", []),
    ],
)
def test_numbers_are_asked_for_by_their_ends(run: Run, wanted: str, found: list[int]) -> None:
    tell_receptions(run)
    assert sorted(ids(run, "receptions", "--people", wanted)) == found


def test_a_record_is_asked_for_what_it_counts_as(run: Run) -> None:
    run("add-reception", "Một lượt", "--mode", "regular", "--people", "12")
    run(*MINIMAL["reception"].aggregate, *HALF)
    assert ids(run, "receptions", "--turns", "1") == [1]
    assert ids(run, "receptions", "--groups", "1") == [1]
    assert ids(run, "receptions", "--people", "") == [2]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("2023", [1]),
        ("5/2023", [1]),
        ("2023-05", [1]),
        ("2023-06", []),
        ("20/5/2023", [1]),
        ("2023-01..2023-04", []),
        (">=2023-05-20", [1]),
        (">20/5/2023", []),
        ("", [2, 3, 4]),
    ],
)
def test_days_are_asked_for_by_day_month_or_year(run: Run, wanted: str, found: list[int]) -> None:
    tell_audits(run)
    assert ids(run, "audits", "--concluded", wanted) == found


def test_money_is_asked_for_as_it_is_written(run: Run) -> None:
    tell_audits(run)
    assert ids(run, "audits", "--recovery", "81,5 tỷ") == [1]
    assert ids(run, "audits", "--recovery", "1 tỷ..100 tỷ") == [1]
    assert ids(run, "audits", "--recovery", "..0") == []
    assert ids(run, "audits", "--recovery", "") == [2, 3, 4]
    assert ids(run, "audits", "--recovered", "1..") == [1]


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("Quận Ba Đình", [1, 2]),
        ("quan ba dinh", [1, 2]),
        ("Q. Ba Đình", [1, 2]),
        ("Ba Đình", [1, 2, 4]),
        ("Phường Ba Đình", [4]),
        ("Quận Đống Đa", [3]),
        ("Phường Khâm Thiên", [3]),
        ("Phường Khâm Thiên, Quận Đống Đa", [3]),
        ("Quận Đống Đa > Phường Khâm Thiên", [3]),
        ("Quận Ba", []),
        ("", []),
    ],
)
def test_a_unit_holds_what_lies_below_it(run: Run, unit: str, found: list[int]) -> None:
    tell_receptions(run)
    assert sorted(ids(run, "receptions", "--unit", unit)) == found


def test_units_that_differ_in_accents_are_two_where_they_are_typed_with_them(run: Run) -> None:
    days = ("--from", "2023-01-01", "--to", "2023-03-31")
    for unit, turns in (("Phường Lạc", 50), ("Phường Lác", 40)):
        run("add-reception", "--mode", "regular", "--turns", turns, "--unit", unit, *days)
    assert ids(run, "receptions", "--unit", "Phường Lạc") == [1]
    assert ids(run, "receptions", "--unit", "phuong lac") == [1, 2]
    form = ("form", "01/TCD", "2023", "--calendar", "calendar", "--format", "csv")
    assert "90" not in run(*form, "--unit", "Phường Lạc").out
    assert "90" in run(*form, "--unit", "phuong lac").out


def test_a_unit_of_signs_only_is_refused_and_a_blank_one_asks_for_what_has_none(run: Run) -> None:
    tell_receptions(run)
    nowhere = ("--mode", "regular", "--receiver", "staff", "--category", "petition")
    run("add-reception", "Đường làng", *nowhere, "--date", "2023-06-01")
    for command in (("receptions",), ("due",), ("form", "01/TCD", "2023")):
        assert fault(run, *command, "--unit", "%", code=2) == "no_letter_or_figure"
    assert ids(run, "receptions", "--unit", " ") == [5]
    due = run("due", "--unit", " ", "--today", "2023-06-02", "--json").document
    assert [task["id"] for task in due["tasks"]] == [5]


def test_a_unit_with_a_sign_for_letters_is_asked_for_like_any_other(run: Run) -> None:
    run("add-reception", "Đường làng", "--mode", "regular", "--date", "2023-06-01", "--unit", "Tổ 3, №")
    run("add-reception", "Đất đai", "--mode", "regular", "--date", "2023-06-01", "--unit", "Tổ 4, \u0345")
    for unit, found in (("Tổ 3", [1]), ("№", [1]), ("no", [1]), ("Tổ 4", [2]), ("℃", [])):
        assert ids(run, "receptions", "--unit", unit) == found
    assert "Tổ 3" in run("form", "01/TCD", "2023", "--unit", "Tổ 3", "--format", "csv").out


def test_days_and_years_meet_in_what_they_have_in_common(run: Run) -> None:
    tell_receptions(run)
    assert ids(run, "receptions", "--since", "2023-02-01", "--until", "2023-03") == [2, 3]
    assert ids(run, "receptions", "--year", "2022", "--year", "2023", "--since", "2/2023") == [2, 3, 4]
    assert fault(run, "receptions", "--year", "2022", "--since", "2023-01-01", code=2) == "no_days"
    assert fault(run, "receptions", "--people", "9..3", code=2) == "span_backwards"


def test_a_part_of_a_year_gives_filters_its_first_and_its_last_day(run: Run) -> None:
    tell_receptions(run)
    for said in ("quý 1/2023", "Q1 2023", "first half of 2023", "6 tháng đầu năm 2023"):
        assert ids(run, "receptions", "--since", said, "--until", said) == [1, 2, 3]
    for said, found in (("tháng 3/2023", [3]), ("quý III năm 2023", [4]), ("tháng 2/2023..Q3 2023", [2, 3, 4])):
        assert ids(run, "receptions", "--date", said) == found


def test_a_year_may_be_said_in_words_and_a_part_of_one_is_none(run: Run) -> None:
    tell_receptions(run)
    assert ids(run, "receptions", "--year", "năm 2023", "--until", "tháng 2/2023") == [1, 2]
    assert fault(run, "receptions", "--year", "quý 2/2023", code=2) == "year"


@pytest.mark.parametrize("options", [("--date",), ("--from", "--to")])
def test_days_of_a_record_are_single_ones_and_what_to_type_is_said(run: Run, options: Sequence[str]) -> None:
    for lang, said, days in (
        ("vi", "quý 2/2025", "01/04/2025 và 30/06/2025"),
        ("en", "Q2 2025", "2025-04-01 and 2025-06-30"),
    ):
        argv = [part for option in options for part in (option, said)]
        told = run("add-reception", "Đất", "--mode", "regular", *argv, lang=lang, code=2).err
        assert f"“{said}”" in told
        assert days in told
    assert fault(run, "add-reception", "Đất", "--mode", "regular", *argv, code=2) == "day_span"


def test_a_search_looks_through_names_and_free_text_but_never_at_who_came(run: Run) -> None:
    path = run.home / "who.txt"
    path.write_text("citizen: Lò Thị Bí Mật\n", "utf-8")
    run("add-reception", "Cấp sổ đỏ", "--mode", "regular", "--category", "kiến nghị", "--identity-file", path)
    run("add-model", "Tuyến đường hoa", "--field", "economy", "--note", "Điều 5 [khoản 2]")
    assert ids(run, "receptions", "--search", "SO DO") == [1]
    assert ids(run, "receptions", "--search", "Bí Mật") == []
    assert ids(run, "models", "--search", "khoan 2") == [2]
    assert ids(run, "models", "--search", "hoa Điều") == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["%", "...", "–", "°", "  "])
def test_a_text_that_says_nothing_to_look_for_is_refused(run: Run, text: str, lang: str) -> None:
    run("add-model", "Tuyến đường hoa", "--field", "economy")
    for argv in (
        ("models", "--search", text),
        ("models", "--count", "--search", text),
        ("export", "models", "--search", text),
    ):
        refused = run(*argv, lang=lang, code=2)
        assert catalogue(lang)["error.no_letter_or_figure"].format(value=text) in refused.err
        assert "--search" in refused.err
        assert not refused.out
    if text.strip():  # a blank asks for records that say nothing there
        assert fault(run, "models", "--name", text, code=2) == "no_letter_or_figure"


def test_a_search_finds_the_note_of_a_movement(run: Run) -> None:
    tell_audits(run)
    run("follow-up", "1", "--on", "2023-10-30", "--note", "Quyết định 15/QĐ-TTr")
    assert ids(run, "audits", "--search", "quyet dinh 15") == [1]


def test_a_state_is_asked_for_by_the_same_option_in_every_kind(run: Run) -> None:
    tell_audits(run)
    assert ids(run, "audits", "--status", "đã kết luận") == [1]
    assert ids(run, "audits", "--status", "launched", "--status", "ended") == [2, 3, 4]
    assert ids(run, "audits", "--open") == [2, 3, 4]
    run("add-reception", "Đất", "--mode", "regular", "--outcome", "thụ lý", "--date", "2023-01-01")
    run("add-reception", "Nhà", "--mode", "regular", "--date", "2023-01-02")
    assert ids(run, "receptions", "--status", "accepted") == ids(run, "receptions", "--outcome", "thu ly") == [5]
    assert ids(run, "receptions", "--status", "") == [6]
    run("add-model", "Hoa", "--field", "other", "--date", "2023-01-01")
    assert ids(run, "models", "--status", "đăng ký") == [7]
    for kind in ("audits", "receptions", "models"):
        assert "“khong co”" in run(kind, "--status", "khong co", code=2).err


def test_an_aggregate_row_has_no_state_of_its_own(run: Run) -> None:
    run(*MINIMAL["audit"].aggregate, *HALF)
    assert ids(run, "audits", "--status", "launched") == []
    assert ids(run, "audits", "--open") == []
    assert ids(run, "audits", "--status", "") == [1]


def test_text_is_sorted_by_the_vietnamese_alphabet_and_the_unknown_stands_last(run: Run) -> None:
    for name in ("Đường hoa", "Dân vận", "Ăn sạch", "Ấm áp", "An toàn"):
        run("add-model", name, "--field", "other")
    run("add-model", "--count", "3", *HALF)
    document = run("models", "--sort", "name", "--json").document
    assert [record.get("name") for record in document["records"]] == [
        *("An toàn", "Ăn sạch", "Ấm áp", "Dân vận", "Đường hoa"),
        None,
    ]
    turned = run("models", "--sort", "Tên mô hình", "--reverse", "--json").document
    assert [record.get("name") for record in turned["records"]][-1] is None
    assert turned["records"][0]["name"] == "Đường hoa"


def test_numbers_are_sorted_by_value_and_a_limit_keeps_the_first(run: Run) -> None:
    tell_audits(run)
    assert ids(run, "audits", "--sort", "recovery", "--reverse", "--limit", "1") == [1]
    assert ids(run, "audits", "--sort", "type,title") == [3, 2, 1, 4]
    assert ids(run, "audits", "--reverse", "--limit", "1") == [4]
    assert ids(run, "audits", "--limit", "1") == [4]


@pytest.mark.parametrize("order", ["-date", "title,-date", "-ngày"])
def test_an_order_that_other_programs_would_turn_round_is_refused_with_the_way_to_do_it(run: Run, order: str) -> None:
    tell_audits(run)
    answer = run("audits", "--sort", order, code=2)
    assert "--sort" in answer.err and "--reverse" in answer.err
    assert fault(run, "audits", "--sort", order, code=2) == "sort_downwards"
    assert "--sort" in run("audits", f"--sort={order}", code=2, lang="vi").err


@pytest.mark.parametrize("option", ["--desc", "--descending", "--giam-dan"])
def test_whoever_asks_for_a_descending_order_by_another_name_hears_its_own(run: Run, option: str) -> None:
    assert "Did you mean: --reverse?" in run("models", "--sort", "date", option, code=2).err
    assert "--reverse" not in run("add-model", option, code=2).err


def test_nothing_is_sorted_by_who_came(run: Run) -> None:
    assert fault(run, "receptions", "--sort", "citizen", code=2) == "personal_sort"
    assert "identifies a citizen" in run("receptions", "--sort", "họ tên công dân", code=2).err


def test_columns_are_chosen_by_name_or_label(run: Run) -> None:
    tell_audits(run)
    head, *rows = csv.reader(io.StringIO(run("audits", "--format", "csv", "--columns", "id,Trạng thái,recovered").out))
    assert head == ["id", "state", "recovered"]
    assert rows == [
        ["1", "concluded", "38500000000"],
        ["2", "launched", "0"],
        ["3", "ended", "0"],
        ["4", "launched", "0"],
    ]
    every = run("audits", "--columns", "all", "--json").document["records"][0]
    assert set(every) == {"id", "date", "to", *described(KINDS["audit"])}
    assert "Did you mean: recovery" in run("audits", "--columns", "recovry", code=2).err


def test_masked_columns_are_there_only_where_they_are_asked_for(run: Run) -> None:
    path = run.home / "who.txt"
    path.write_text("citizen: Lò Thị Bí Mật\n", "utf-8")
    run("add-reception", "Đất", "--mode", "regular", "--category", "kiến nghị", "--identity-file", path)
    assert "•••" not in run("receptions").out
    answer = run("receptions", "--columns", "summary,citizen")
    assert "•••" in answer.out
    assert "Bí Mật" not in answer.out


def test_a_count_is_a_bare_number(run: Run) -> None:
    tell_receptions(run)
    assert run("receptions", "--people", "2..", "--count").out == "3\n"
    assert run("receptions", "--count", "--json").document == {"version": 1, "kind": "reception", "total": 4}


def test_every_line_of_json_lines_is_a_record(run: Run) -> None:
    tell_receptions(run)
    lines = run("receptions", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 2, 3, 4]


def test_markdown_says_what_the_table_says_and_nothing_acts_in_it(run: Run) -> None:
    run("add-model", "Hoa | <b>đẹp</b> *x*", "--field", "economy", "--date", "2023-01-01")
    lines = run("models", "--format", "markdown", lang="vi").out.splitlines()
    assert lines[0].startswith("| Số | Ngày | Tên mô hình |")
    assert r"Hoa \| \<b\>đẹp\</b\> \*x\*" in lines[2]
    assert lines[-1] == "hiện 1/1 bản ghi"


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        (("models",), "Đường hoa"),
        (("due",), "Quận Ba Đình"),
        (("form", "01/TCD", "2023"), "Quận Ba Đình"),
    ],
)
def test_a_list_in_a_csv_file_is_marked_for_excel_and_in_a_pipe_it_is_not(
    run: Run, argv: tuple[str], name: str
) -> None:
    run("add-model", "Đường hoa", "--field", "other")
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-03-15", "--unit", "Quận Ba Đình")
    path = run.home / "list.csv"
    run(*argv, "-o", path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert name in data.decode()
    assert data.decode("utf-8-sig") == run(*argv, "--format", "csv").out
    run(*argv, "-o", path, "--format", "json", "--force")
    assert json.loads(path.read_bytes())


def test_a_list_in_a_csv_file_is_read_back_by_import(run: Run) -> None:
    run("add-model", "Đường hoa", "--field", "other", "--date", "2023-02-10")
    path = run.home / "list.csv"
    run("models", "--columns", "name,date,field,status", "-o", path)
    run("import", path, "--db", run.home / "other.json")
    listed = run("models", "--format", "csv", "--columns", "name,date,field,status", "--db", run.home / "other.json")
    assert listed.out == path.read_text("utf-8-sig")


@pytest.mark.parametrize("width", [70, 80, 100, 120, 160, 200, 250])
def test_columns_stand_in_one_natural_order_however_many_of_them_fit(run: Run, width: int) -> None:
    amounts = ("--violations", "300 triệu", "--recovery", "200 triệu", "--other-handling", "100 triệu")
    days = ("--date", "2023-03-01", "--concluded", "2023-05-20", "--unit", "Xã A")
    run("add-audit", "Đất", "--type", "inspection", "--mode", "planned", "--branch", "administrative", *days, *amounts)
    run("follow-up", 1, "--on", "2023-09-01", "--recovered", "50 triệu")
    heads = ["No.", "Title", "Unit", "Type", "Branch", "Mode", "Concluded", "Status", "Violations", "Recovery", "Other"]
    table = run("audits", width=width).plain.partition("───")[0]
    shown = [head for head in heads if head in table]
    row = next(line for line in table.splitlines() if "No." in line)
    marks = run("audits", "--format", "markdown").out.splitlines()[0]
    assert [head for head in sorted(shown, key=row.find) if head in row] == [head for head in shown if head in row]
    assert [marks.find(f"| {head}") for head in heads] == sorted(marks.find(f"| {head}") for head in heads)
    assert {"Title", "Recovery"} <= set(shown)


def test_columns_that_are_asked_for_stand_as_they_are_asked_for(run: Run) -> None:
    run("add-audit", "Đất", "--type", "inspection", "--date", "2023-03-01", "--unit", "Xã A")
    head = run("audits", "--columns", "type,unit,title,id", "--format", "markdown").out.splitlines()[0]
    assert head == "| Type | Unit | Title | No. |"


def test_a_file_is_private_whole_and_never_overwritten_unasked(run: Run) -> None:
    tell_receptions(run)
    path = run.home / "out.csv"
    answer = run("receptions", "-o", path)
    assert answer.out == ""
    assert str(path) in answer.err
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert len(rows) == 4
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "--force" in run("receptions", "-o", path, "--format", "json", code=1).err
    assert fault(run, "receptions", "-o", path, code=1) == "output_exists"
    assert len(list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))) == 4
    run("receptions", "-o", path, "--format", "json", "--force")
    assert json.loads(path.read_text("utf-8"))["total"] == 4
    assert sorted(one.name for one in run.home.iterdir()) == ["out.csv", "register.json"]


@pytest.mark.parametrize(
    ("ending", "start"), [("json", "{"), ("jsonl", "{"), ("md", "| No."), ("txt", "No."), ("CSV", "\ufeffid,")]
)
def test_the_ending_of_a_file_tells_its_form(run: Run, ending: str, start: str) -> None:
    tell_receptions(run)
    path = run.home / f"out.{ending}"
    run("receptions", "-o", path, width=60)
    text = path.read_text("utf-8")
    assert text.startswith(start)
    assert "\x1b" not in text
    if ending == "txt":
        assert "Phường Trúc Bạch, Quận Ba Đình" in text


def test_a_folder_that_does_not_exist_is_made_for_no_answer_that_fails(run: Run) -> None:
    run("add-model", "Hoa", "--field", "other")
    path = run.home / "file"
    path.write_text("", "utf-8")
    assert "cannot be written" in run("models", "-o", path / "out.csv", code=6).err


def test_nothing_found_says_how_to_find_more(run: Run) -> None:
    tell_receptions(run)
    answer = run("receptions", "--unit", "Quận Ba Đing", "--people", "3..", "--year", "2023")
    for part in ("No record matches", "--unit", "--people", "--year", "Quận Ba Đình"):
        assert part in answer.out
    assert "danvan add-model" in run("models").out
    assert ids(run, "receptions", "--people", "1000..") == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_turns_people_and_cases_are_seen_in_a_window_of_80_columns(run: Run, lang: str) -> None:
    run(
        *("add-reception", "Khiếu nại việc bồi thường, hỗ trợ và tái định cư của dự án " * 2, "--mode", "regular"),
        *("--unit", "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội", "--people", "12", "--cases-first", "2"),
    )
    run("add-reception", "--receiver", "staff", "--turns", "22858", "--from", "2023-01-01", "--to", "2023-06-30")
    lines = run("receptions", lang=lang, width=80).plain.splitlines()
    head = " ".join(lines[0].split())
    for name in ("turns", "people", "cases"):
        assert Language(lang).label(KINDS["reception"], name) in head  # type: ignore[arg-type]
    assert "…" in "".join(lines)
    assert any("22.858" in line or "22,858" in line for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_totals_are_over_all_that_match_and_say_where_they_are_lower_bounds(run: Run) -> None:
    tell_receptions(run)
    run(*MINIMAL["reception"].aggregate, *HALF)
    answer = " ".join(run("receptions", "--limit", "1", width=120).plain.split())
    assert "Total of all 5 44 ≥ 18" in answer
    assert "1 of 5" in answer
    (lot,) = run("receptions", "--limit", "1", "--json").document["totals"]
    assert lot["sums"]["turns"] == {"value": 44, "at_least": False}
    assert lot["sums"]["people"] == {"value": 18, "at_least": True}


def test_only_a_concluded_inspection_counts_as_concluded(run: Run) -> None:
    inspection = ("add-audit", "Đất", "--type", "inspection", "--date", "2023-02-01")
    run(*inspection, "--mode", "planned")
    run(*inspection, "--mode", "unannounced", "--concluded", "2023-05-20")
    run("add-audit", "Chợ", "--type", "inspection", "--date", "2023-03-01")
    lines = run("audits", "--columns", "id,title,status,concluded,concluded-count", width=120).plain.splitlines()
    assert [line.split()[-1] for line in lines if line[:3] in ("  1", "  2", "  3")] == ["way", "1", "way"]
    (lot,) = run("audits", "--json").document["totals"]
    assert lot["sums"]["concluded_count"] == {"value": 1, "at_least": False}
    assert [run("audits", "--concluded-count", count, "--count").out.strip() for count in ("0", "1")] == ["2", "1"]


@pytest.mark.parametrize(
    ("asked", "instead"),
    [
        (("--year", "2023"), "--concluded 2023"),
        (("--since", "2023-05"), "--concluded 2023-05-01.."),
        (("--until", "2023-05"), "--concluded ..2023-05-31"),
        (("--year", "2022", "--year", "2023"), "--concluded 2022 --concluded 2023"),
    ],
)
def test_a_list_by_day_of_start_says_by_which_day_the_report_counts(
    run: Run, asked: tuple[str, ...], instead: str
) -> None:
    run("add-audit", "Đất", "--type", "inspection", "--date", "2023-05-01", "--concluded", "2023-05-20")
    shown = run("audits", *asked).out.splitlines()
    assert shown[-1] == f"Sums by day of start; the report counts inspections by day of conclusion: {instead}"
    assert "1 of 1 record" in run("audits", *instead.split()).out
    assert "day of conclusion" not in run("audits").out + run("receptions", *asked).out


def test_what_no_record_knows_has_no_sum(run: Run) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--cases-first", 0)
    run("add-reception", "Chợ", "--mode", "regular")
    assert "at least 0" not in run("receptions", "--columns", "id,cases-first", width=120).plain
    (lot,) = run("receptions", "--json").document["totals"]
    assert "cases_first" not in lot["sums"]


def test_inspections_and_checks_are_never_added(run: Run) -> None:
    run(*MINIMAL["audit"].aggregate, *HALF)
    run("add-audit", "--type", "duty-check", "--count", "33", *HALF)
    lots = run("audits", "--json").document["totals"]
    assert {lot["type"]: lot["sums"]["count"]["value"] for lot in lots} == {"inspection": 9, "duty-check": 33}
    out = run("audits", width=120).plain
    assert "Total: inspection" in out
    assert "42" not in out.split()


def test_models_of_different_statuses_are_not_added(run: Run) -> None:
    for status, count in (("registered", 612), ("running", 500)):
        run("add-model", "--count", count, "--status", status, *HALF)
    run("add-model", "Hoa", "--field", "other", "--date", "2023-02-01")
    lots = run("models", "--json").document["totals"]
    assert {lot["status"]: lot["sums"]["count"]["value"] for lot in lots} == {"registered": 613, "running": 500}


def test_the_sums_of_models_are_those_of_the_statuses_that_their_list_shows(run: Run) -> None:
    for status in ("registered", "running", "recognised"):
        run("add-model", "Hoa", "--field", "other", "--date", "2023-02-01", "--status", status, "--unit", "A")
    run("add-model", "--count", 5, "--status", "registered", *HALF)

    def sums(*asked: str) -> dict[str, int]:
        lots = run("models", *asked, "--json").document["totals"]
        return {lot["status"]: lot["sums"]["count"]["value"] for lot in lots}

    assert sums() == {"registered": 8}  # whatever became of them, they were registered
    run("add-model", "--count", 7, "--status", "running", *HALF)
    assert [*sums().items()] == [("registered", 6), ("running", 8), ("recognised", 1)]
    assert sums("--status", "running") == {"running": 8}
    assert "Total " in run("models", "--status", "running", width=120).plain


def test_a_row_that_reaches_beyond_the_period_is_in_no_total_and_named(run: Run) -> None:
    run("add-model", "--count", "5", "--from", "2022-12-01", "--to", "2023-01-31")
    run("add-model", "--count", "7", "--from", "2023-01-01", "--to", "2023-12-31")
    document = run("models", "--year", "2023", "--json").document
    assert document["totals"][0]["sums"]["count"]["value"] == 7
    assert document["beyond"] == [1]
    assert "beyond the period asked for: No. 1" in run("models", "--year", "2023").out
    assert run("models", "--json").document["totals"][0]["sums"]["count"]["value"] == 12


def test_what_is_recovered_stands_against_what_was_recommended(run: Run) -> None:
    tell_audits(run)
    assert "Đã thu hồi: 38,5/81,5 tỷ đồng, đạt tỷ lệ 47,2%" in run("audits", lang="vi", width=100).plain
    assert "recovered" not in run("audits", "--type", "duty-check", width=160).plain.casefold()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_recovered_is_no_rate_of_what_is_not_known_in_full(run: Run, lang: str) -> None:
    days = ("--from", "2023-01-01", "--to", "2023-06-30")
    run("add-audit", "--type", "inspection", "--count", 3, "--concluded-count", 3, "--unit", "A", *days)
    run(*("add-audit", "B", "--type", "inspection", "--started", "2023-02-01", "--concluded", "2023-03-01"))
    run("edit", 2, "--recovery", "10 tỷ", "--unit", "B")
    run("follow-up", 2, "--on", "2023-06-01", "--recovered", "5 tỷ")
    partly = catalogue(lang)["fact.progress.partly"].partition("}")[2]
    for form in (("--format", "table"), ("--format", "markdown")):
        shown = run("audits", *form, lang=lang).out
        (line,) = (line for line in shown.splitlines() if line.startswith(catalogue(lang)["fact.recovered"] + ":"))
        assert line.endswith(partly)
        assert "%" not in line
        assert "/10" not in line
    assert "50" in run("audits", "--unit", "B", lang=lang).out.partition("%")[0][-5:]
    run("follow-up", 1, "--on", "2023-09-01", "--recovered", "1 tỷ", lang=lang)
    for shown in (run("follow-up", 1, "--recovered", "1 tỷ", lang=lang).out, run("show", 1, lang=lang).out):
        assert partly in shown, "a row that does not say what was recommended has not said that nothing was"
        assert catalogue(lang)["fact.progress.alone"].partition("}")[2] not in shown
    computed = run("show", 1, "--json").document["records"][0]["computed"]["recovered"]
    assert computed == {"done": 2_000_000_000, "recommended": None, "unit": "dong"}


def test_states_have_words_and_colours(run: Run) -> None:
    tell_audits(run)
    run.environment.pop("NO_COLOR")
    out = run("audits", width=140).out
    assert "\x1b[32mconcluded" in out
    assert "\x1b[33munder way" in out


def test_void_records_are_neither_listed_nor_counted(run: Run) -> None:
    tell_receptions(run)
    run("void", "4", "--reason", "nhập hai lần")
    assert ids(run, "receptions") == [1, 2, 3]
    assert run("receptions", "--count").out == "3\n"


def test_help_says_how_to_write_a_filter(run: Run) -> None:
    page = " ".join(run("receptions", "--help").out.split())
    for part in ("10..20", "without regard to accents", "different filters mean “and”", "--year YEAR"):
        assert part in page
    assert "--count-is" in run("models", "--help").out
    assert {"models", "receptions", "audits", "show", "history"} <= COMMANDS.keys()


def test_an_output_of_thousands_of_records_is_complete(run: Run) -> None:
    run.register().add_many(
        [
            Model(date(2023, 1, 1), name=f"Mô hình {number}", field="other", status="registered")
            for number in range(3000)
        ]
    )
    lines = run("models").out.splitlines()
    assert sum("Mô hình" in line for line in lines) == 3000
    assert lines[-1] == "3,000 of 3,000 records shown"


def test_reading_into_a_file_elsewhere_leaves_the_register_alone(run: Run, tmp_path: Path) -> None:
    run("add-model", "Hoa", "--field", "other")
    before = run.db.read_bytes()
    run("models", "-o", tmp_path / "a.md")
    assert run.db.read_bytes() == before


@pytest.mark.parametrize("width", [40, 61, 80, 97, 120])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_columns_stand_straight_however_text_is_cut(run: Run, width: int, lang: str) -> None:
    names = ("Tổ dân phố không rác", "Văn minh trong việc cưới, việc tang ở khu dân cư", "漢字の村 modelo", "Đ " * 40)
    for name in names:
        run("add-model", name, "--field", "other", "--unit", "Phường Trúc Bạch, Quận Ba Đình")
    lines = run("models", lang=lang, width=width).plain.splitlines()[1:5]
    starts = {cell_len(line[: line.rindex("Phường"[:2])]) for line in lines if "Ph" in line}
    assert len(starts) <= 1
    assert all(cell_len(line) <= width for line in lines)


def test_a_figure_that_nobody_stored_and_that_adds_nothing_is_blank(run: Run) -> None:
    run("add-audit", "A", "--type", "inspection")
    run("add-audit", "B", "--type", "inspection", "--recovery", "0")
    run("add-audit", "C", "--type", "inspection", "--recovery", "5 tỷ")
    rows = [line for line in run("audits", "--columns", "title,recovery").out.splitlines() if line[:1] in "ABC"]
    assert [row.split()[1:] for row in rows] == [[], ["0"], ["5,000,000,000"]]


def test_the_register_is_never_an_output(run: Run) -> None:
    run("add-model", "Hoa", "--field", "other")
    before = run.db.read_bytes()
    answer = run("models", "-o", run.home / "." / run.db.name, "--force", code=1)
    assert "is the register itself" in answer.err
    assert fault(run, "models", "-o", run.db, code=1) == "output_is_register"
    assert run.db.read_bytes() == before


def test_columns_without_a_name_are_the_usual_ones(run: Run) -> None:
    run("add-model", "Hoa", "--field", "other")
    assert run("models", "--columns", ",").out == run("models").out


@pytest.mark.parametrize("width", [1, 5, 12, 20])
def test_the_narrowest_window_shows_something(run: Run, width: int) -> None:
    run("add-model", "Hoa", "--field", "other")
    assert "1" in run("models", width=width).out
    assert "Hoa" in run("show", "1", width=width).out


@pytest.mark.parametrize("word", ["chưa có kết quả", "chua co ket qua", "", "no outcome yet"])
def test_a_list_can_be_asked_for_what_it_calls_without_a_state(run: Run, word: str) -> None:
    run("add-reception", "Đất", "--mode", "regular")
    run("add-reception", "Chợ", "--mode", "regular", "--outcome", "answered")
    assert run("receptions", "--status", word, "--count").out == "1\n"


@pytest.mark.parametrize("width", range(50, 120, 5))
def test_a_sum_that_is_a_lower_bound_stands_on_one_line(run: Run, width: int) -> None:
    run("add-reception", "x", "--mode", "regular", "--people", 1234, "--cases", 1234, "--date", "2023-02-01")
    run("add-reception", "--mode", "regular", "--turns", 9, "--from", "2023-01-01", "--to", "2023-12-31")
    lines = run("receptions", width=width).plain.splitlines()
    total = next(line for line in lines if " Total" in line)
    assert total.count("≥ 1,234") == sum(line.count("≥") for line in lines if "“" not in line)


def voided(run: Run) -> None:
    """Two receptions that are void, and one that counts."""
    for summary in ("Đất đai", "Môi trường", "Chế độ"):
        run("add-reception", summary, "--mode", "regular", "--people", "3", "--unit", "Phường A")
    run("void", 1, 3, "--reason", "nhập hai lần")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_void_records_are_found_again_with_the_reason(run: Run, lang: str) -> None:
    voided(run)
    out = run("receptions", "--void", lang=lang).out
    assert out.count("nhập hai lần") == 2
    assert "Môi trường" not in out
    assert catalogue(lang)["record.void"] in out  # type: ignore[arg-type]
    assert ("bản ghi đã hủy" if lang == "vi" else "2 of 2 void records shown") in out
    assert "6" not in out.split()  # people of void records add up to nothing
    assert "2 of 2 void records shown" in run("receptions", "--void", "--format", "markdown").out
    assert ids(run, "receptions") == [2]
    assert run("receptions", "--void", "--count").out == "2\n"


def test_void_records_answer_to_the_other_filters_as_well(run: Run) -> None:
    voided(run)
    assert ids(run, "receptions", "--void", "--search", "dat") == [1]
    assert ids(run, "receptions", "--void", "--unit", "Phường B") == []
    assert ids(run, "receptions", "--void", "--year", "2022") == []
    assert ids(run, "receptions", "--void", "--sort", "summary") == [3, 1]
    assert ids(run, "receptions", "--void", "--limit", "1", "--reverse") == [3]


def test_programs_get_the_reason_as_well(run: Run) -> None:
    voided(run)
    document = run("receptions", "--void", "--json").document
    assert [record["void"] for record in document["records"]] == ["nhập hai lần"] * 2
    assert document["totals"] == []
    rows = list(csv.DictReader(io.StringIO(run("receptions", "--void", "--format", "csv").out)))
    assert [row["void"] for row in rows] == ["nhập hai lần"] * 2
    assert "void" not in run("receptions", "--format", "csv").out
    assert "void" not in run("receptions", "--columns", "all", "--format", "csv").out
    assert run("receptions", "--void", "--columns", "id,lý do hủy", "--format", "csv").out.splitlines() == [
        "id,void",
        "1,nhập hai lần",
        "3,nhập hai lần",
    ]


def test_void_records_of_several_registers_are_found(run: Run) -> None:
    voided(run)
    other = run.home / "other.json"
    run("add-model", "Đường hoa", "--field", "other", "--db", other)
    run("void", 1, "--reason", "nhầm", "--db", other)
    assert "nhầm" in run("models", "--void", "--db", run.db, "--db", other).out
    assert run("receptions", "--void", "--count", "--db", run.db, "--db", other).out == "2\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_all_is_void_or_nothing_is_a_list_says_so(run: Run, lang: str) -> None:
    words = catalogue(lang)  # type: ignore[arg-type]
    assert holds(run("models", "--void", lang=lang).out, words["query.nothing_void"])
    voided(run)
    run("void", 2, "--reason", "nhầm")
    said = run("receptions", lang=lang).out
    assert holds(said, words["query.all_void"])
    assert "danvan receptions --void" in said
    shown = run("receptions", lang=lang, width=60).plain.splitlines()
    assert max(map(cell_len, shown)) <= 60
    assert "\n".join(shown).split() == said.split()


@settings(max_examples=15)
@given(st.sets(st.integers(1, 8)))
def test_every_record_is_either_void_or_in_the_list(gone: set[int]) -> None:
    with office() as run:
        for number in range(1, 9):
            run("add-model", f"Mô hình {number}", "--field", "other")
        if gone:
            run("void", *sorted(gone), "--reason", "nhầm")
        assert set(ids(run, "models", "--void")) == gone
        assert set(ids(run, "models")) == set(range(1, 9)) - gone


def test_only_what_can_be_sorted_by_is_offered_for_it(run: Run) -> None:
    offered = run("receptions", "--sort", "foo", code=2).err
    assert "summary" in offered
    assert not any(f"{name} (" in offered for name in ("citizen", "address", "phone"))
