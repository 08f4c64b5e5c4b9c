"""Questions at a terminal: one by one, with defaults and numbered choices, and nothing left behind by Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unicodedata import normalize

import pytest
from office import HALF, Run

from danvan.messages import LANGUAGES, LanguageCode, catalogue

Start = Callable[..., Any]
COMPLETE = {
    "add-model": ("Đường hoa", "--field", "economy"),
    "add-reception": ("Đất", "--mode", "regular"),
    "add-audit": ("Đất", "--type", "inspection"),
}


def recorded(terminal: Any, question: str = "Record it") -> str:
    """All that was shown, once the person has said that the record will do."""
    terminal.answer(question, "")
    shown: str = terminal.end()
    return shown


@pytest.mark.parametrize("columns", [80, 160])
def test_a_model_is_asked_for_in_vietnamese(run: Run, at_terminal: Start, columns: int) -> None:
    terminal = at_terminal("add-model", DANVAN_LANG="vi", columns=columns)
    terminal.answer("Ngày [26/12/2023]:", "10/2/2023")
    terminal.answer("Tên mô hình:", "Đường hoa phụ nữ")
    assert "2  văn hóa - xã hội" in terminal.until("Số hoặc tên:")
    terminal.type("2")  # by its number
    terminal.answer("Số hoặc tên (Enter để bỏ qua):", "tap the")  # by its label, without accents
    terminal.answer("Số hoặc tên (Enter để bỏ qua):", "commune")  # by its code
    terminal.answer("Số hoặc tên [đăng ký]:", "")
    terminal.answer("Đơn vị", normalize("NFD", "Phường Trung Hòa"))
    shown = terminal.until("Ghi vào sổ")
    assert "Ngày: 10/02/2023" in shown
    assert "Lĩnh vực: văn hóa - xã hội" in shown
    terminal.type("")
    assert "Đã ghi mô hình số 1: Đường hoa phụ nữ" in terminal.end()
    record = run.stored()["1"]
    assert (record["field"], record["holder"], record["level"]) == ("culture", "collective", "commune")
    assert (record["status"], record["date"]) == ("registered", "2023-02-10")
    assert record["unit"] == normalize("NFC", "Phường Trung Hòa")


def test_a_bad_answer_is_asked_again_with_the_reason(run: Run, at_terminal: Start) -> None:
    terminal = at_terminal("add-reception", "Đất", "--category", "feedback", "--subject", "land", "--outcome", "guided")
    terminal.answer("Date", "31/2/2023")
    terminal.until("! the calendar has no day “31/2/2023”")
    terminal.answer("Date", "")
    terminal.answer("Number or name:", "")
    terminal.until("! is needed")
    terminal.answer("Number or name:", "9")
    terminal.until("! there is no “9” in the list; type a number from 1 to 3, or a name")  # "not_listed"
    terminal.answer("Number or name:", "periodical")
    terminal.until("Did you mean: periodic?")
    terminal.answer("Number or name:", "1")
    terminal.answer("People", "0")
    terminal.until("! one turn has at least 1 person")
    terminal.answer("People", "many")
    terminal.until("! “many” is not a whole count")
    terminal.answer("People", "")
    terminal.answer("Unit", "")
    for _ in range(3):
        terminal.answer("(Enter to skip):", "")
    terminal.answer("Record it", "perhaps")
    terminal.until("! “perhaps” is not understood here")  # "enter_only"
    recorded(terminal)
    assert run.stored()["1"]["receiver"] == "staff"


def test_the_offices_own_values_are_offered_too(run: Run, at_terminal: Start) -> None:
    run("config", "set", "model.field", "môi trường")
    terminal = at_terminal("add-model", "Đường hoa", DANVAN_LANG="vi")
    terminal.answer("Ngày", "")
    assert "6  môi trường" in terminal.until("Số hoặc tên:")
    terminal.type("6")
    for _ in range(3):
        terminal.answer("Số hoặc tên", "")
    terminal.answer("Đơn vị", "")
    recorded(terminal, "Ghi vào sổ")
    assert run.stored()["2"]["field"] == "môi trường"


def test_only_what_fits_is_offered(run: Run, at_terminal: Start) -> None:
    terminal = at_terminal("add-audit", "Đất", DANVAN_LANG="vi")
    terminal.answer("Ngày bắt đầu", "")
    terminal.answer("Số hoặc tên:", "thanh tra")
    terminal.answer("Số hoặc tên", "")  # the branch
    assert "chỉ đạo" not in terminal.until("Số hoặc tên")
    terminal.type("")
    terminal.answer("Đơn vị", "")
    terminal.answer("Ngày kết luận", "")
    recorded(terminal, "Ghi vào sổ")


@pytest.mark.parametrize(("receiver", "offered"), [("leader", ("periodic", "unscheduled")), ("staff", ())])
def test_who_received_decides_which_kinds_of_reception_are_offered(
    run: Run, at_terminal: Start, receiver: str, offered: tuple[str, ...]
) -> None:
    terminal = at_terminal("add-reception", "Land", "--receiver", receiver, "--unit", "A", "--date", "1/3/2023")
    if offered:
        shown = terminal.until("Number or name:")
        assert "regular" not in shown
        assert all(word in shown for word in offered)
        terminal.type("regular")
        terminal.until("! regular reception is held by staff")
        terminal.answer("Number or name:", "periodic")
        for _ in range(3):
            terminal.answer("(Enter to skip):", "")
        terminal.answer("People [1]:", "")
        terminal.answer("Record it", "")
    terminal.end()
    assert run.stored()["1"]["mode"] == (offered or ("regular",))[0]


def test_where_what_was_given_will_not_do_only_that_is_asked_again(run: Run, at_terminal: Start) -> None:
    terminal = at_terminal("add-audit", "--branch", "administrative", "--unit", "A", "--concluded", "1/3/2023")
    terminal.answer("Day it began", "2/3/2023")
    terminal.until("! 2023-03-01 lies before the start 2023-03-02")
    terminal.answer("Day it began [2023-12-26]:", "1/2/2023")
    terminal.answer("Title", "<")
    terminal.answer("Day it began [2023-02-01]:", "")
    terminal.answer("Title", "Land")  # that it is an inspection follows from the branch
    terminal.answer("Number or name (Enter to skip):", "planned")
    terminal.answer("Violations", "")
    terminal.answer("Recovery", "")
    terminal.answer("Other handling", "")
    recorded(terminal)
    stored = run.stored()["1"]
    assert (stored["title"], stored["date"], stored["concluded"]) == ("Land", "2023-02-01", "2023-03-01")


def test_a_record_that_breaks_a_rule_after_all_is_not_lost_but_asked_where_it_does(
    run: Run, at_terminal: Start
) -> None:
    given = ("--cases-first", 3, "--cases-repeat", 1, "--cases", 5, "--outcome", "guided", "--category", "petition")
    terminal = at_terminal("add-reception", "Land", "--people", 0, "--unit", "A", "--date", "1/3/2023", *given)
    terminal.answer("Number or name:", "regular")
    terminal.answer("Number or name (Enter to skip):", "land")
    for _ in range(3):
        terminal.answer("(Enter to skip):", "")
    terminal.until("! People: one turn has at least 1 person")
    terminal.until("! Cases: the total 5 is not the sum of its parts 4")
    terminal.answer("People [1]:", "2")
    terminal.answer("Cases (Enter to skip):", "4")
    recorded(terminal)
    stored = run.stored()["1"]
    assert (stored["subject"], stored["people"], stored["cases"]) == ("land", 2, 4)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("x", "--mode", "regular", *HALF), "Summary: belongs to a single record"),
        (("--mode", "regular", "--from", "1/5/2023", "--to", "1/3/2023"), "2023-03-01 lies before the first"),
    ],
)
def test_what_no_answer_can_mend_is_refused_before_the_first_question(
    run: Run, at_terminal: Start, argv: tuple[str, ...], said: str
) -> None:
    shown = at_terminal("add-reception", *argv).end(2)
    assert said in " ".join(shown.split())
    assert "Enter takes" not in shown


def test_a_concluded_audit_is_asked_for_its_amounts(run: Run, at_terminal: Start) -> None:
    terminal = at_terminal("add-audit", "Land", "--unit", "A")
    terminal.answer("Day it began [2023-12-26]:", "2023-03-01")
    terminal.answer("Number or name:", "inspection")
    terminal.answer("Number or name", "")
    terminal.answer("Number or name", "planned")
    terminal.answer("Day of the conclusion, if it is concluded", "2023-02-01")
    terminal.until("! 2023-02-01 lies before the start 2023-03-01")
    terminal.answer("Day of the conclusion", "20/5/2023")
    terminal.answer("Violations (dong)", "5 tỷ")
    terminal.answer("Recovery recommended (dong)", "3 tỷ")
    terminal.answer("Other handling (dong)", "1 tỷ")
    assert "are not recovery plus other handling" in " ".join(terminal.until("Record it").split())
    terminal.answer("", "<")
    terminal.answer("Other handling (dong)", "2 tỷ")
    assert "Start: 2023-03-01" in recorded(terminal)
    stored = run.stored()["1"]
    assert (stored["concluded"], stored["violations"], stored["recovery"]) == ("2023-05-20", 5 * 10**9, 3 * 10**9)


def test_a_person_may_go_back_one_question_and_another(run: Run, at_terminal: Start) -> None:
    terminal = at_terminal("add-model", "--unit", "A", "--date", "2023-01-01")
    terminal.until("< goes back to the question")
    terminal.answer("Name:", "<")  # there is none before
    terminal.answer("Name:", "Flwoer street")
    terminal.answer("Number or name:", "economy")
    terminal.answer("Number or name (Enter to skip):", "<")
    terminal.answer("Number or name [economy]:", "<")
    terminal.answer("Name [Flwoer street]:", "Flower street")
    terminal.answer("Number or name [economy]:", "culture")
    terminal.answer("Number or name (Enter to skip):", "")
    terminal.answer("Number or name (Enter to skip):", "")
    terminal.answer("Number or name [registered]:", "")
    terminal.answer("Record it (Enter: yes; <: back; n: no):", "<")
    terminal.answer("Number or name [registered]:", "")
    recorded(terminal)
    assert (run.stored()["1"]["name"], run.stored()["1"]["field"]) == ("Flower street", "culture")


def test_what_deserves_a_second_look_is_said_while_there_is_a_way_back(run: Run, at_terminal: Start) -> None:
    run("add-model", "Flower street", "--field", "economy", "--unit", "A", "--date", "2023-01-01")
    run("close", "2023")
    terminal = at_terminal("add-model", "--field", "economy", "--unit", "A", "--date", "2023-02-01")
    terminal.answer("Name:", "Flower streets")
    for _ in range(2):
        terminal.answer("(Enter to skip):", "")
    terminal.answer("[registered]:", "")
    shown = " ".join(terminal.until("Record it").split())
    assert "much like" in shown
    assert "closed on" in shown
    terminal.type("")
    assert "much like" not in terminal.end().rpartition("Record it")[2]
    assert run.stored()["3"]["name"] == "Flower streets"


def test_a_dash_leaves_blank_what_the_office_usually_says(run: Run, at_terminal: Start) -> None:
    run("config", "set", "unit", "Phường A")
    terminal = at_terminal("add-audit", "Land", "--branch", "administrative", "--mode", "planned")
    terminal.answer("Day it began", "")
    terminal.answer("Unit [Phường A]:", "-")
    terminal.answer("Day of the conclusion", "-")
    recorded(terminal)
    assert "unit" not in run.stored()["2"]


@pytest.mark.parametrize("answer", ["n", "không"])
def test_who_says_no_at_the_end_leaves_nothing_behind(run: Run, at_terminal: Start, answer: str) -> None:
    terminal = at_terminal("add-model", "--field", "economy", "--from", "1/1/2023", "--to", "30/6/2023")
    for question in ("Number or name", "Number or name", "[registered]"):
        terminal.answer(question, "")
    terminal.answer("Number of models:", "3")
    terminal.answer("Unit", "")
    shown = terminal.until("Record it")
    terminal.type(answer)
    assert "From 2023-01-01 to 2023-06-30" in shown
    assert "Nothing was changed" in terminal.end(130)
    assert not run.db.exists()


def test_who_came_is_asked_where_it_may_be_kept(run: Run, at_terminal: Start) -> None:
    given = ("Đất", "--subject", "land", "--outcome", "guided", "--people", 2, "--unit", "A", "--date", "1/3/2023")
    terminal = at_terminal("add-reception", *given, "--category", "complaint")
    terminal.answer("Number or name:", "regular")
    terminal.until("masked in every list")
    terminal.answer("Citizen", "Nguyễn Văn Mật")
    terminal.answer("Address", "")
    terminal.answer("Phone", "0912345678")
    recorded(terminal)
    assert (run.stored()["1"]["citizen"], run.stored()["1"]["phone"]) == ("Nguyễn Văn Mật", "0912345678")
    terminal = at_terminal("add-reception", *given, "--category", "denunciation")
    terminal.answer("Number or name:", "regular")
    shown = recorded(terminal)
    assert "state secret" in shown
    assert "Citizen" not in shown
    assert "citizen" not in run.stored()["2"]


def test_who_came_can_be_asked_of_a_reception_that_is_complete(run: Run, at_terminal: Start) -> None:
    terminal = at_terminal("add-reception", *COMPLETE["add-reception"], "--category", "complaint", "--identity")
    terminal.answer("Citizen", "Nguyễn Văn Mật")
    terminal.answer("Address", "")
    terminal.answer("Phone", "0912")
    terminal.answer("Record it", "<")
    terminal.answer("Phone [0912]", "0912345678")
    recorded(terminal)
    assert (run.stored()["1"]["citizen"], run.stored()["1"]["phone"]) == ("Nguyễn Văn Mật", "0912345678")
    run("add-reception", *COMPLETE["add-reception"], "--identity", code=2)


def test_who_came_by_a_file_is_masked_before_it_is_recorded(run: Run, at_terminal: Start) -> None:
    (run.home / "who.txt").write_text("họ tên: Nguyễn Văn Mật\n", "utf-8")
    given = ("--identity-file", run.home / "who.txt", "--category", "petition", "--unit", "A", "--date", "1/3/2023")
    terminal = at_terminal("add-reception", "Land", *map(str, given), "--subject", "land", "--outcome", "guided")
    terminal.answer("Number or name:", "regular")
    terminal.answer("People [1]:", "")
    for _ in range(2):
        terminal.answer("(Enter to skip):", "")
    shown = terminal.until("Record it")
    assert "Citizen: •••" in shown
    terminal.type("")
    terminal.end()
    assert "Mật" not in terminal.screen
    assert run.stored()["1"]["citizen"] == "Nguyễn Văn Mật"


def test_a_row_without_a_figure_is_asked_for_one(run: Run, at_terminal: Start) -> None:
    terminal = at_terminal("add-reception", "--receiver", "leader", *HALF)
    for _ in range(6):
        terminal.answer("(Enter to skip):", "")
    terminal.until("! an aggregate row needs at least one figure")
    terminal.answer("Turns:", "")
    terminal.until("! is needed")
    terminal.answer("Turns:", "40")
    recorded(terminal)
    assert run.stored()["1"]["turns"] == 40


@pytest.mark.parametrize("command", COMPLETE)
def test_with_all_it_needs_nothing_is_asked(run: Run, at_terminal: Start, command: str) -> None:
    assert at_terminal(command, *COMPLETE[command], columns=200).end().count("\n") == 1


@pytest.mark.parametrize("command", COMPLETE)
@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_person_who_stops_leaves_nothing_behind(run: Run, at_terminal: Start, command: str, key: bytes) -> None:
    questions = 1
    while True:
        terminal = at_terminal(
            command,
        )
        answered = answer_some(terminal, command, questions)
        if answered < questions:
            break
        terminal.press(key)
        assert "Nothing was changed" in terminal.end(130)
        assert not run.db.exists()
        questions += 1
    assert questions > 5


ANSWERS = {
    "add-model": ["", "Đường hoa", "1", "", "", "", "", ""],
    "add-reception": ["", "Đất", "1", "1", "", "", "", "", "", "", "", ""],
    "add-audit": ["", "Đất", "1", "", "", "", "2023-12-26", "", "", "", ""],
}


def answer_some(terminal: Any, command: str, questions: int) -> int:
    """Answer all but the last of so many questions; say how many there were."""
    for number, answer in enumerate(ANSWERS[command], 1):
        terminal.until(": ")
        if number == questions:
            return number
        terminal.type(answer)
    return len(ANSWERS[command])


def test_without_a_terminal_all_that_is_missing_is_named_at_once(run: Run) -> None:
    answer = run("add-model", code=2)
    assert "Name: is needed" in answer.err
    assert "--field" in answer.err
    assert run("add-model", "--json", code=2).out == ""
    assert not run.db.exists()


def test_whoever_goes_back_finds_the_answer_that_was_given(run: Run, at_terminal: Start) -> None:
    terminal = at_terminal("add-audit", columns=200)
    terminal.answer("Day it began", "")
    terminal.answer("Title", "Land")
    terminal.until(":")
    terminal.type("<")
    terminal.until("Title")
    assert "[Land]" in terminal.until(":")
    terminal.press(b"\x03")
    terminal.end(130)


def test_whoever_goes_back_finds_blank_what_was_left_blank(run: Run, at_terminal: Start) -> None:
    given = ("--date", "2023-01-01", "--category", "complaint", "--subject", "land")
    terminal = at_terminal("add-reception", "Land", *given, "--outcome", "guided", "--unit", "A")
    terminal.answer("Number or name:", "regular")
    terminal.answer("People [1]:", "-")
    terminal.answer("Citizen (Enter to skip):", "Le Thi Ba")
    terminal.answer("Address (Enter to skip):", "<")
    terminal.answer("Citizen [Le Thi Ba]:", "? ?")
    terminal.until("needs at least one letter")
    terminal.answer("Citizen [Le Thi Ba]:", "-")
    terminal.answer("Address (Enter to skip):", "<")
    terminal.answer("Citizen (Enter to skip):", "<")
    terminal.answer("People (Enter to skip):", "")
    for question in ("Citizen", "Address", "Phone"):
        terminal.answer(f"{question} (Enter to skip):", "")
    recorded(terminal)
    assert not {"people", "citizen"} & run.stored()["1"].keys()


def test_what_is_answered_after_all_is_offered_again(run: Run, at_terminal: Start) -> None:
    given = ("--date", "2023-01-01", "--category", "complaint", "--subject", "land")
    terminal = at_terminal("add-reception", "Land", *given, "--outcome", "guided", "--unit", "A")
    terminal.answer("Number or name:", "regular")
    terminal.answer("People [1]:", "-")
    terminal.answer("Citizen (Enter to skip):", "<")
    terminal.answer("People (Enter to skip):", "4")
    terminal.answer("Citizen (Enter to skip):", "<")
    terminal.until("People [4]:")
    terminal.press(b"\x03")
    terminal.end(130)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_question_is_broken_between_words_in_a_narrow_window(run: Run, at_terminal: Start, lang: str) -> None:
    run("add-model", "Đường hoa", "--field", "economy")
    terminal = at_terminal("erase", 1, "--reason", "theo đơn", columns=40, DANVAN_LANG=lang)
    terminal.until("/n)" if lang == "en" else "/k)")
    terminal.press(b"\x03")
    terminal.end(130)
    asked = [line for line in terminal.screen.splitlines() if "/" not in line[:-5]]
    assert len(asked) > 1
    assert max(map(len, asked)) <= 40, asked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_types_what_a_citizen_came_for_is_told_to_name_nobody(at_terminal: Start, lang: LanguageCode) -> None:
    terminal = at_terminal("add-reception", DANVAN_LANG=lang)
    terminal.answer(catalogue(lang)["ask.day.reception"], "")
    terminal.until(catalogue(lang)["ask.reception.summary"])
    terminal.press(b"\x03")
    terminal.end(130)
