"""`due`: open receptions with their deadlines, what presses most on top, rules and sources named once."""

from __future__ import annotations

import csv
import io

import pytest
from office import Run

TODAY = ("--today", "2023-03-20")


@pytest.fixture
def busy(run: Run) -> Run:
    """An office with open receptions of several sorts on 20 March 2023."""
    lines = (
        ("Bồi thường đất", "complaint", "2023-03-01", "Phường Trúc Bạch, Quận Ba Đình"),  # due 13/3
        ("Xin xác nhận", "petition", "2023-03-06", "Quận Ba Đình"),  # due 20/3
        ("Phản ánh [rác]", "feedback", "2023-03-13", "Quận Tây Hồ"),  # due 27/3
        ("Sai phạm", "denunciation", "2023-03-10", ""),  # due 21/3
    )
    for summary, category, date, unit in lines:
        run("add-reception", summary, "--mode", "regular", "--category", category, "--date", date, "--unit", unit)
    run("add-reception", "Xong", "--mode", "regular", "--outcome", "guided", "--date", "2023-03-01")
    run("add-reception", "--receiver", "staff", "--turns", 4, "--from", "2023-01-01", "--to", "2023-01-31")
    run("add-model", "X", "--field", "economy", "--date", "2023-03-01")
    return run


def test_open_receptions_are_listed_by_their_last_day_and_nothing_else_is(busy: Run) -> None:
    answer = busy("due", "--json", *TODAY).document
    assert [(task["id"], task["due"], task["left"]) for task in answer["tasks"]] == [
        (1, "2023-03-13", -7),
        (2, "2023-03-20", 0),
        (4, "2023-03-21", 1),
        (3, "2023-03-27", 7),
    ]
    assert (answer["version"], answer["today"], answer["total"], answer["overdue"]) == (1, "2023-03-20", 4, 1)


def test_what_is_blank_is_left_out_of_json_and_blank_in_csv(busy: Run) -> None:
    tasks = busy("due", "--json", *TODAY).document["tasks"]
    assert ["unit" in task for task in tasks] == [True, True, False, True]
    assert all("outcome" not in task for task in tasks)
    rows = csv.DictReader(io.StringIO(busy("due", "--format", "csv", *TODAY).out))
    assert [row["unit"] for row in rows][2] == ""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["7 days overdue", "today", "1 day left", "7 days left", "4 of 4 shown, 1 overdue", "11/2026"]),
        ("vi", ["quá hạn 7 ngày", "hôm nay", "còn 1 ngày", "còn 7 ngày", "hiện 4/4 việc, 1 việc quá hạn", "11/2026"]),
    ],
)
def test_days_left_are_said_in_words(busy: Run, lang: str, words: list[str]) -> None:
    shown = busy("due", *TODAY, lang=lang).out
    for word in words:
        assert word in shown
    assert "Phản ánh [rác]" in shown


def test_each_rule_names_its_source_once_below_the_table(busy: Run) -> None:
    shown = busy("due", *TODAY, lang="vi").out
    table, _, notes = shown.partition("\n\n")
    assert "Luật" not in table
    assert notes.count("Luật Tiếp công dân, Điều 28") == 1
    law = "Luật Khiếu nại, Điều 27 (áp dụng cho lượt tiếp đến hết ngày 30/06/2026)"
    assert f"Thụ lý khiếu nại: trong 10 ngày kể từ ngày tiếp công dân – {law}" in notes
    assert "ngày thứ nhất là ngày liền sau ngày tiếp công dân" in notes
    assert "Điều 148 khoản 5" in notes


def test_a_span_of_days_keeps_what_is_overdue(busy: Run) -> None:
    assert [task["id"] for task in busy("due", "--within", 1, "--json", *TODAY).document["tasks"]] == [1, 2, 4]
    assert [task["id"] for task in busy("due", "--within", 0, "--json", *TODAY).document["tasks"]] == [1, 2]


def test_tasks_may_be_asked_for_up_to_a_day_a_month_or_a_year(busy: Run) -> None:
    def asked(*argv: object) -> list[int]:
        return [task["id"] for task in busy("due", *argv, "--json", *TODAY).document["tasks"]]

    assert asked("--until", "21/3/2023") == [1, 2, 4]
    assert asked("--until", "20/3/2023") == [1, 2]
    assert asked("--until", "2023-03") == asked("--until", "năm 2023") == [1, 2, 4, 3]
    assert asked("--until", "31/3/2023", "--within", 0) == asked("--until", "20/3/2023", "--within", 30) == [1, 2]
    assert "--until" in busy("due", "--until", "mai", code=2).err


def test_a_unit_includes_what_lies_below_it(busy: Run) -> None:
    tasks = busy("due", "--unit", "quan ba dinh", "--json", *TODAY).document["tasks"]
    assert [task["id"] for task in tasks] == [1, 2]
    both = busy("due", "--unit", "Quận Ba Đình", "--unit", "Tây Hồ", "--json", *TODAY).document["tasks"]
    assert [task["id"] for task in both] == [1, 2, 3]


def test_a_terminal_shows_the_most_pressing_and_says_how_to_see_the_rest(busy: Run) -> None:
    shown = busy("due", "--limit", 2, *TODAY, width=80).plain
    assert "2 of 4 shown, 1 overdue · add --limit 4 to see all" in shown
    assert "Bồi thường đất" in shown
    assert "Sai phạm" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_colour_says_what_the_words_say(busy: Run) -> None:
    del busy.environment["NO_COLOR"]
    shown = busy("due", *TODAY, width=160).out
    assert "\x1b[1;31m7 days overdue" in shown.replace("\x1b[1;31m ", "\x1b[1;31m")
    assert "\x1b[33m" in shown
    assert "\x1b" not in busy("due", *TODAY).out


def test_csv_has_a_row_for_each_with_its_source(busy: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(busy("due", "--format", "csv", *TODAY).out)))
    assert [row["id"] for row in rows] == ["1", "2", "4", "3"]
    assert rows[0]["source"] == "Law on Complaints, art. 27"
    assert rows[0]["due"] == "2023-03-13"


def test_identity_is_in_no_form_of_the_answer(run: Run) -> None:
    secret = run.home / "who.txt"
    secret.write_text("citizen: Nguyễn Văn Kín\naddress: 12 Hàng Kín\nphone: 0900000009\n", "utf-8")
    run(
        *("add-reception", "Đất", "--mode", "regular", "--category", "complaint", "--date", "2023-03-01"),
        *("--identity-file", secret),
    )
    for form in ("table", "csv", "json"):
        shown = run("due", "--format", form, *TODAY).out
        assert "Đất" in shown
        assert not any(word in shown for word in ("Kín", "0900000009"))


def test_nothing_due_is_an_answer_that_says_how_to_widen(run: Run) -> None:
    assert "No reception is open" in run("due").out
    assert "--within" in run("due", "--within", 3).out
    assert not run.db.exists()


def test_a_suspended_case_stands_last_without_a_day(busy: Run) -> None:
    busy("add-reception", "Tạm dừng", "--mode", "regular", "--outcome", "suspended", "--date", "2023-03-01")
    tasks = busy("due", "--json", *TODAY).document["tasks"]
    assert (tasks[-1]["summary"], tasks[-1]["due"], tasks[-1]["left"]) == ("Tạm dừng", None, None)
    assert "suspended" in busy("due", *TODAY).out
    assert len(busy("due", "--within", 99, "--json", *TODAY).document["tasks"]) == 4


def test_the_days_off_and_the_counting_of_the_office_hold(busy: Run) -> None:
    busy("config", "set", "closed-days", "2023-03-20")
    assert busy("due", "--json", *TODAY).document["tasks"][1]["due"] == "2023-03-21"
    busy("config", "unset", "closed-days")
    busy("config", "set", "count-from", "same-day")
    assert busy("due", "--json", *TODAY).document["tasks"][1]["due"] == "2023-03-17"
    assert "count-from" in busy("due", *TODAY).out


def test_show_names_the_deadline_the_rule_and_its_source(busy: Run) -> None:
    shown = busy("show", 1, *TODAY).out
    assert "2023-03-13 (7 days overdue)" in shown
    assert "Law on Complaints, art. 27" in shown
    assert "11/03/2023 là ngày nghỉ" in busy("show", 1, *TODAY, lang="vi").out
    computed = busy("show", 1, "--json", *TODAY).document["records"][0]["computed"]
    assert computed["deadline"] == {"due": "2023-03-13", "left": -7}
    assert "deadline" not in busy("show", 5, "--json", *TODAY).document["records"][0]["computed"]


@pytest.mark.parametrize(("option", "value"), [("--within", "soon"), ("--within", "-1"), ("--limit", "0")])
def test_a_number_that_is_none_is_refused(run: Run, option: str, value: str) -> None:
    assert option in run("due", option, value, code=2).err


def test_a_rule_says_from_which_day_its_days_run_and_for_which_receptions(busy: Run) -> None:
    busy("edit", "1", "--outcome", "accepted", "--on", "2023-03-05")
    late = ("--mode", "regular", "--category", "complaint", "--date", "2026-07-02")
    busy("add-reception", "Khiếu nại mới", *late, "--today", "2026-07-03")
    notes = busy("due", "--today", "2026-07-03").out.partition("\n\n")[2]
    assert "Decide the complaint, first: within 30 days of the acceptance – Law on Complaints, art. 28\n" in notes
    assert "Accept the complaint: within 7 working days of the reception" in notes
    assert "(for receptions from 2026-07-01)" in notes


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [48, 60, 80, 100])
def test_no_text_of_a_task_is_cut(busy: Run, lang: str, width: int) -> None:
    summary = "Bồi thường, hỗ trợ và tái định cư khi thu hồi đất làm đường vành đai"
    busy("edit", "1", "--summary", summary)
    shown = busy("due", *TODAY, width=width, lang=lang).plain
    assert "…" not in shown
    assert all(len(line) <= width for line in shown.splitlines())
    assert width < 60 or set(summary.split()) <= set(shown.split())
