"""What a new user stumbles over: lists typed with commas, words that are tried first, files that are not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import MINIMAL, Run, holds

from danvan.messages import LANGUAGES, catalogue

AtTerminal = Callable[..., Any]
MODEL = ("add-model", "Đường hoa", "--field", "economy", "--date", "2023-02-10")


def test_init_with_an_option_asks_nothing(run: Run, at_terminal: AtTerminal) -> None:
    shown = at_terminal("init", "--office", "Ban Dân vận", "--superior", "Thành ủy").end()
    assert "Written to" in shown
    assert "?" not in shown
    assert run("config", "get", "superior").out.strip() == "Thành ủy"


@pytest.mark.parametrize(("lang", "days"), [("en", "14 December"), ("vi", "15/12")])
def test_init_alone_asks_and_says_what_the_calendars_are(
    run: Run, at_terminal: AtTerminal, lang: str, days: str
) -> None:
    run.environment["DANVAN_LANG"] = lang
    terminal = at_terminal("init", "--lang", lang)
    for _ in range(7):
        terminal.until(":")
        terminal.type("")
    terminal.until(days)
    terminal.press(b"\x03")
    terminal.end(130)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_demo_refuses_the_register_of_others_and_names_its_own_option(run: Run, lang: str) -> None:
    answer = run("demo", "--db", run.home / "zz.json", code=2, lang=lang)
    assert "--out" in answer.err  # "demo_db"
    assert not (run.home / "zz.json").exists()


@pytest.mark.parametrize(("lang", "told"), [("en", "was not found"), ("vi", "không tìm thấy")])
def test_an_editor_that_is_not_there_is_named_with_how_to_set_one(
    run: Run, at_terminal: AtTerminal, lang: str, told: str
) -> None:
    run(*MODEL)
    run.environment |= {"EDITOR": "notthere", "VISUAL": "", "DANVAN_LANG": lang}
    shown = at_terminal("edit", "1", "--lang", lang).end(1)
    assert told in shown
    assert "EDITOR" in shown


@pytest.mark.parametrize("argv", [("models",), ("report", "2023"), ("due",), ("export", "models")])
def test_reading_a_register_that_is_not_there_says_so(run: Run, argv: tuple[str, ...]) -> None:
    answer = run(*argv, "--db", run.home / "nothere.json")
    assert answer.err.count("nothere.json is not there yet") == 1
    assert "nothere.json" in run(*argv, "--db", run.home / "nothere.json", lang="vi").err
    assert not (run.home / "nothere.json").exists()
    run(*MODEL)
    assert "not there" not in run(*argv).err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_register_is_told_to_who_named_it_and_may_have_mistyped(run: Run, lang: str) -> None:
    other = run.home / "new.json"
    assert holds(run(*MODEL, "--db", other, lang=lang).err, catalogue(lang)["notice.created"])
    assert not holds(run("void", 1, "--reason", "x", "--db", other, lang=lang).err, catalogue(lang)["notice.created"])
    assert run(*MODEL, lang=lang).err == ""  # at its usual place nobody can mistype it


@pytest.mark.parametrize("lang", LANGUAGES)
def test_undo_under_another_name_says_whose_the_last_change_is(run: Run, lang: str) -> None:
    run("config", "set", "author", "Nguyễn An")
    run(*MODEL)
    run("config", "set", "author", "Trần Bình")
    told = run("undo", "--yes", code=1, lang=lang).err
    assert "Nguyễn An" in told
    assert "Trần Bình" in told
    assert "danvan config get author" in told
    assert not re.search(r"\dT\d", told)


def test_lists_with_commas_and_repeated_options_are_the_same(run: Run) -> None:
    line = ("add-model", "A", "--field", "economy", "--date", "2023-01-01")
    both = run.add(*line, "--theme", "new-rural,đô thị văn minh")
    assert both["themes"] == ["new-rural", "urban"]
    assert both["themes"] == run.add(*line, "--theme", "new-rural", "--theme", "urban")["themes"]
    run.add(*line, "--theme", "ethnic", "--status", "running")
    assert run("models", "--theme", "urban,ethnic", "--count").out == "3\n"
    assert run("models", "--status", "registered,running", "--count").out == "3\n"
    assert (
        run("report", "2023", "--by", "theme,field").out == run("report", "2023", "--by", "theme", "--by", "field").out
    )
    assert "“stone”" in run(*line, "--theme", "urban,stone", code=2).err
    run("close", "2023", "--section", "models,receptions")


def test_a_value_of_the_offices_own_may_hold_a_comma(run: Run) -> None:
    run("config", "set", "model.themes", "rừng, biển; núi")
    assert run.add(*MODEL, "--theme", "rừng, biển")["themes"] == ["rừng, biển"]
    assert run.add(*MODEL, "--theme", "núi,urban")["themes"] == ["núi", "urban"]


def test_a_column_is_also_known_by_the_name_of_its_option(run: Run) -> None:
    run(*MODEL, "--theme", "urban")
    run("add-audit", "Land", "--type", "inspection", "--started", "2023-03-01")
    assert run("models", "--columns", "name,theme", "--sort", "theme", "--format", "csv").out.startswith(
        "name,themes\n"
    )
    assert run("audits", "--columns", "started", "--sort", "started", "--format", "csv").out.startswith("date\n")


def test_lists_are_filtered_by_the_day_of_records(run: Run) -> None:
    for lines in MINIMAL.values():
        run(*lines.single, "--date", "2023-03-01")
        run(*lines.single, "--date", "2023-05-01")
        run(*lines.aggregate, "--from", "2023-01-01", "--to", "2023-03-31")
    for name in ("models", "receptions", "audits"):
        counts = [
            run(name, "--date", days, "--count").out.strip()
            for days in ("2023-03-01", "2023-05", "2023-04..", "..2023-02")
        ]
        assert counts == ["2", "1", "1", "1"]
        assert run(name, "--date", "2023-05", "--date", "2023-03-01", "--until", "2023-04", "--count").out == "2\n"
    assert run("audits", "--started", "1/5/2023", "--count").out == "1\n"
    assert run("audits", "--started", "yore", code=2).err.startswith("Error: --date/--started:")
    assert run("export", "audits", "--started", "1/5/2023", "--format", "csv").out.count("\n") == 2


@pytest.mark.parametrize(
    ("argv", "near"),
    [
        (("edit", "1", "--title", "x"), "--summary"),
        (("receptions", "--name", "x"), "--summary"),
        (("models", "--title", "x"), "--name"),
        (("add-audit", "--summary", "x"), "TITLE"),
    ],
)
def test_what_names_another_kind_is_answered_with_what_names_this_one(
    run: Run, argv: tuple[str, ...], near: str
) -> None:
    run(*MINIMAL["reception"].single)
    assert f"Did you mean: {near}?" in run(*argv, code=2).err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_and_version_are_understood_as_words(run: Run, lang: str) -> None:
    assert run("help", lang=lang).out == run("--help", lang=lang).out
    assert run("help", "report", lang=lang).out == run("report", "--help", lang=lang).out
    assert run("help", "--lang", "vi", "report").out == run("report", "--help", lang="vi").out
    assert run("version", lang=lang).out == run("--version", lang=lang).out
    assert "reprot" in run("help", "reprot", code=2, lang=lang).err


@pytest.mark.parametrize(("lang", "before"), [("en", "was: "), ("vi", "trước đây: ")])
def test_setting_anew_says_what_was_there_and_nothing_is_a_word(run: Run, lang: str, before: str) -> None:
    first = run("config", "set", "closed-days", "2023-05-01", lang=lang).out
    assert before not in first
    assert before in run("config", "set", "closed-days", "2023-05-02,2023-05-03", lang=lang).out
    assert run("config", "get", "columns", lang=lang).out == ("(none)\n" if lang == "en" else "(không có)\n")
    assert run("config", "get", "columns", "--json").document["value"] == []


@pytest.mark.parametrize(("lang", "when"), [("en", "2023-12-26 08:00"), ("vi", "26/12/2023 08:00")])
def test_undo_tells_the_moment_as_history_does(run: Run, monkeypatch: pytest.MonkeyPatch, lang: str, when: str) -> None:
    monkeypatch.setattr("danvan.session._now", lambda: "2023-12-26T08:00:00+07:00")
    run("add-audit", "Land", "--type", "inspection", "--started", "2023-03-01", "--concluded", "2023-05-20")
    run("follow-up", "1", "--on", "2023-09-01", "--recovered", "5 tỷ")
    shown = run("history", "1", lang=lang, width=100).plain
    answer = run("undo", "--yes", lang=lang)
    assert when in shown
    assert when in answer.out
    assert ": + " not in shown + answer.out


def test_a_folder_in_the_place_of_a_file_is_not_blamed_on_another_option(run: Run) -> None:
    (run.home / "bk").mkdir()
    run(*MODEL)
    told = run("restore", run.home / "bk", "--yes", code=6).err
    assert "bk is a folder" in told
    assert "--db" not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_manual_is_readable_on_a_terminal_and_roff_elsewhere(run: Run, tmp_path: Path, lang: str) -> None:
    shown = run("man", width=80, lang=lang).plain
    assert not any(line.startswith((".", "'")) or "\\" in line for line in shown.splitlines())
    assert max(map(len, shown.splitlines())) <= 100
    assert "add-model" in shown
    assert "--threshold" in shown
    assert run("man", lang=lang).out.startswith(".TH")
    run("man", "-o", tmp_path / "danvan.1", width=80, lang=lang)
    assert (tmp_path / "danvan.1").read_text("utf-8").startswith(".TH")


@pytest.mark.parametrize(
    ("argv", "option"),
    [
        (("add-audit", "A", "--type", "inspection", "--started", "31/2/2023"), "--started"),
        (("add-audit", "A", "--type", "inspection", "--date", "31/2/2023"), "--date"),
        (("edit", "1", "--started", "31/2/2023"), "--started"),
        (("export", "audits", "--started", "yore"), "--date/--started"),
    ],
)
def test_a_day_that_is_none_is_told_with_the_option_it_was_given_with(
    run: Run, argv: tuple[str, ...], option: str
) -> None:
    run(*MINIMAL["audit"].single)
    assert run(*argv, code=2).err.startswith(f"Error: {option}: ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("argv", "key"),
    [
        (("report", "2023-04", "--period", "q2"), "error.period_twice"),
        (("report", "2023", "--compare", "2023"), "error.compare_itself"),
        (("report", "2023-13"), "error.month"),
        (("backup", "copy.json"), "error.backup_folder"),
        (("import", "a.csv", "--map", "Nope=name"), "error.map_unmet"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    run: Run, argv: tuple[str, ...], key: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(run.home)
    (run.home / "a.csv").write_text("name,field,date\nHoa,economy,1/2/2023\n", "utf-8")
    run(*MINIMAL["model"].single)
    assert holds(run(*argv, lang=lang, code=2).err, catalogue(lang)[key])
    assert not (run.home / "copy.json").exists()


def test_an_amount_that_is_none_is_quoted_whole(run: Run) -> None:
    for text in ("1,5 tỉ rưỡi", "1,2 tỷ 500 triệu"):
        answer = run("add-audit", "A", "--type", "inspection", "--recovery", text, code=2)
        assert f"“{text}”" in answer.err


def test_names_of_a_letter_are_not_alike(run: Run) -> None:
    run("add-model", "A", "--field", "economy", "--unit", "X")
    assert run("add-model", "B", "--field", "economy", "--unit", "X").err == ""
    assert "much like" in run("add-model", "B", "--field", "economy", "--unit", "X").err


def test_no_records_as_json_lines_are_no_lines(run: Run) -> None:
    run(*MINIMAL["model"].single)
    assert run("receptions", "--format", "jsonl").out == ""
    run("export", "receptions", "--format", "jsonl", "-o", run.home / "none.jsonl")
    assert (run.home / "none.jsonl").read_bytes() == b""


def test_records_behind_a_number_stand_by_their_days(run: Run) -> None:
    for day in ("3/3/2023", "1/1/2023", "2/2/2023"):
        run("add-model", "A", "--field", "economy", "--date", day)
    run("edit", 3, "--field", "other")
    found = run("explain", "2023", "models.registered", "--json").document["records"]
    assert [one["id"] for one in found] == [2, 3, 1]


@pytest.mark.parametrize(("lang", "near"), [("vi", "quý 3 (q3)"), ("en", "q3")])
def test_a_part_of_a_year_is_suggested_in_words(run: Run, lang: str, near: str) -> None:
    assert near in run("report", "2023", "--period", "quýy 3", lang=lang, code=2).err


def test_rows_that_are_in_are_left_alone_while_others_are_mended(run: Run) -> None:
    (run.home / "a.csv").write_text("name,field,date\nHoa,economy,1/2/2023\nA,economy,soon\n", "utf-8")
    assert holds(run("import", run.home / "a.csv", "--partial", code=3).err, catalogue("en")["import.faults_taken"])
