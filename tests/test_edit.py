"""`edit`: by options and as a form in an editor."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from drawing import OWN, records
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from office import HALF, Run, holds

from danvan.cli.asking.record_form import form as form_of
from danvan.cli.asking.record_form import read as read_form
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Model, Reception, Record, fields
from danvan.session import Session
from danvan.store import Entry

Start = Callable[..., Any]
MODEL = ("add-model", "Đường hoa", "--field", "economy", "--unit", "Phường A", "--date", "10/2/2023")
RECEPTION = ("add-reception", "Bồi thường đất", "--mode", "regular", "--category", "complaint", "--date", "1/3/2023")
AUDIT = ("add-audit", "Quản lý đất", "--type", "inspection", "--started", "1/3/2023")


def test_only_what_is_given_changes_and_the_answer_says_old_and_new(run: Run) -> None:
    run(*MODEL)
    answer = run("edit", 1, "--unit", "Phường B", "--name", "Đường cờ")
    assert "Name: Đường hoa → Đường cờ" in answer.out
    assert "Unit: Phường A → Phường B" in answer.out
    assert run.stored()["1"]["field"] == "economy"


def test_a_field_is_cleared_by_its_option_or_its_label_in_either_language(run: Run) -> None:
    run(*MODEL, "--note", "xem lại", "--holder", "individual", "--level", "city")
    answer = run("edit", 1, "--clear", "ghi chú", "--clear", "holder", "--clear", "Level")
    assert "Note: xem lại → (blank)" in answer.out
    assert not {"note", "holder", "level"} & run.stored()["1"].keys()


def test_what_is_like_that_already_writes_nothing(run: Run) -> None:
    run(*MODEL)
    before = run.db.read_bytes()
    assert "Nothing to change" in run("edit", 1, "--unit", "Phường A").out
    assert run.db.read_bytes() == before


def test_the_options_are_those_of_the_records_kind(run: Run) -> None:
    run(*MODEL)
    run(*AUDIT)
    assert "--theme" in run("edit", "--json", 1, "--help").out
    assert "--concluded" in run("edit", 2, "--help").out
    assert "--theme" not in run("edit", 2, "--help").out
    assert "danvan edit ID --help" in run("edit", "--help").out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "words", [("2", "3", "5"), ("2 3 5",), ("2,3, 5",), ("2", "--unit", "Xã A", "3", "--strict", "5")]
)
def test_of_several_numbers_one_at_a_time_is_edited(run: Run, words: tuple[str, ...], lang: LanguageCode) -> None:
    said = run("edit", *words, "--note", "7", code=2, lang=lang).err  # "error.edit_one"
    assert catalogue(lang)["error.edit_one"].format(id=2, ids="3, 5") in said


def test_a_status_is_a_dated_step_and_the_one_it_began_with_stays(run: Run) -> None:
    run(*MODEL)
    answer = run("edit", 1, "--status", "đã duyệt", "--on", "1/3/2023")
    assert "Status: registered → approved (from 2023-03-01)" in answer.out
    run("edit", 1, "--status", "running", "--on", "1/6/2023")
    record = run.stored()["1"]
    assert record["status"] == "running"
    assert [(step["status"], step["on"]) for step in record["steps"]] == [
        ("registered", "2023-02-10"),
        ("approved", "2023-03-01"),
        ("running", "2023-06-01"),
    ]


def test_the_same_status_again_corrects_its_day(run: Run) -> None:
    run(*RECEPTION)
    run("edit", 1, "--outcome", "accepted", "--on", "5/3/2023")
    run("edit", 1, "--outcome", "thụ lý", "--on", "6/3/2023")
    assert run.stored()["1"]["steps"] == [{"status": "accepted", "on": "2023-03-06"}]


def test_an_unusual_step_is_warned_about_and_done(run: Run) -> None:
    run(*MODEL)
    answer = run("edit", 1, "--status", "recognised")
    assert "registered is not usually followed by recognised (usually by: approved, rejected)" in answer.err
    assert run.stored()["1"]["status"] == "recognised"
    run("edit", 1, "--status", "registered", "--strict", code=1)
    assert run.stored()["1"]["status"] == "recognised"


def test_the_first_step_goes_along_with_the_records_day(run: Run) -> None:
    run(*MODEL)
    run("edit", 1, "--status", "approved", "--on", "1/3/2023")
    run("edit", 1, "--date", "11/2/2023")
    assert [step["on"] for step in run.stored()["1"]["steps"]] == ["2023-02-11", "2023-03-01"]


def test_the_receiver_follows_from_another_mode(run: Run) -> None:
    run(*RECEPTION)
    assert "Receiver: staff → leader" in run("edit", 1, "--mode", "định kỳ").out


def test_a_deadline_is_paused_ended_and_put_off(run: Run) -> None:
    run(*RECEPTION)
    run("edit", 1, "--pause", "1/4/2023..", "--reason", "chờ giám định")
    run("edit", 1, "--pause", "1/4/2023..15/4/2023")
    run("edit", 1, "--extend", 15, "--reason", "phức tạp", "--on", "20/4/2023")
    record = run.stored()["1"]
    assert record["pauses"] == [{"first": "2023-04-01", "last": "2023-04-15", "reason": "chờ giám định"}]
    assert record["extensions"] == [{"on": "2023-04-20", "days": 15, "reason": "phức tạp"}]
    run("edit", 1, "--clear", "pauses")
    assert "pauses" not in run.stored()["1"]


def test_an_audit_ends_and_is_concluded_by_its_days(run: Run) -> None:
    run(*AUDIT)
    answer = run("edit", 1, "--ended", "1/4/2023", "--concluded", "20/5/2023", "--recovery", "81,5 tỷ", lang="vi")
    assert "Ngày kết luận: (trống) → 20/05/2023" in answer.out
    assert "81.500.000.000 đ" in answer.out


def test_days_of_an_aggregate_row_are_changed_apart(run: Run) -> None:
    run("add-model", "--count", "12", *HALF)
    run("edit", 1, "--to", "31/7/2023", "--count", "14")
    record = run.stored()["1"]
    assert (record["date"], record["to"], record["count"]) == ("2023-01-01", "2023-07-31", 14)


def test_who_came_is_told_by_a_file_and_never_answered(run: Run) -> None:
    run(*RECEPTION)
    file = run.home / "identity.txt"
    file.write_text("họ tên: Nguyễn Văn Mật\n", "utf-8")
    answer = run("edit", 1, "--identity-file", file)
    assert "Mật" not in answer.out + answer.err
    assert run.stored()["1"]["citizen"] == "Nguyễn Văn Mật"
    assert "Mật" not in run("edit", 1, "--clear", "citizen").out
    assert "citizen" not in run.stored()["1"]


def test_an_edit_answers_in_json(run: Run) -> None:
    run(*MODEL)
    document = run("edit", 1, "--holder", "cá nhân", "--json").document
    assert (document["id"], document["record"]["holder"], document["record"]["rev"]) == (1, "individual", 2)


def test_a_void_record_counts_again_by_clearing_that(run: Run) -> None:
    run(*MODEL)
    run("void", 1, "--reason", "nhầm")
    run("edit", 1, "--unit", "X", code=1)
    run("edit", 1, "--clear", "void")
    assert "void" not in run.stored()["1"]


class Case(NamedTuple):
    """A command line about record 1, a reception, that fails: its exit code and what its message names."""

    argv: tuple[str, ...]
    code: int = 2
    names: tuple[str, ...] = ()


CASES = {
    "error.id": Case(("edit", "abc"), names=("abc",)),
    "error.nothing_to_change": Case(("edit", "1"), names=("--unit",)),
    "error.no_field": Case(("edit", "1", "--clear", "colour"), names=("--clear", "colour", "note")),
    "error.cleared_and_given": Case(("edit", "1", "--clear", "note", "--note", "x"), names=("note",)),
    "error.on_alone": Case(("edit", "1", "--on", "1/4/2023"), names=("--outcome",)),
    "error.on_aggregate": Case(("edit", "2", "--outcome", "guided", "--on", "1/4/2023")),
    "error.single_to": Case(("edit", "1", "--to", "1/4/2023"), names=("--date",)),
    "error.reason_alone": Case(("edit", "1", "--reason", "x"), names=("--pause", "--extend")),
    "error.pause": Case(("edit", "1", "--pause", "1/4/2023"), names=("1/4/2023", "..")),
    "error.pauses_overlap": Case(("edit", "1", "--pause", "2/2/2023.."), 1, ("2023-02-01", "2023-02-10")),
    "error.only_single_deadline": Case(("edit", "2", "--extend", "3"), 1),
    "error.identity_terminal": Case(("edit", "1", "--identity"), names=("--identity-file",)),
    "error.is_void": Case(("edit", "3", "--note", "x"), 1, ("3", "nhầm", "--clear void")),
    "error.no_record": Case(("edit", "99", "--note", "x"), 1, ("99",)),
    "problem.jump": Case(("edit", "4", "--status", "ended", "--strict"), 1, ("registered", "ended", "approved")),
    "error.doubtful": Case(("edit", "1", "--date", "1/1/2024", "--strict"), 1, ("--strict", "2024-01-01")),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", CASES)
def test_each_refusal_says_what_and_changes_nothing(run: Run, key: str, lang: str) -> None:
    case = CASES[key]
    run(*RECEPTION)
    run("edit", 1, "--pause", "1/2/2023..10/2/2023")
    run("add-reception", "--receiver", "leader", "--turns", "3", *HALF)
    run("add-audit", "Nhầm", "--type", "inspection")
    run("void", 3, "--reason", "nhầm")
    run(*MODEL)
    before = run.db.read_bytes()
    answer = run(*case.argv, code=case.code, lang=lang)
    if lang == "en":
        assert all(name in answer.err for name in case.names), answer.err
    assert answer.out == ""
    assert run.db.read_bytes() == before


EDITOR = """
import os, shlex, stat, subprocess, sys
from pathlib import Path

path = Path(sys.argv[1])
home = Path(os.environ["HOME"])
text = path.read_text("utf-8")
turn = len(list(home.glob("turn-*")))
(home / f"turn-{turn}").write_text(text, "utf-8")
(home / "modes").write_text(f"{stat.S_IMODE(path.stat().st_mode):o} {stat.S_IMODE(path.parent.stat().st_mode):o}")
changes = (home / "changes").read_text("utf-8").split("\\n---\\n")
if turn < len(changes) and changes[turn] == "FAIL":
    sys.exit(1)
if turn < len(changes) and changes[turn] == "EMPTY":
    text = ""
elif turn < len(changes):
    for line in changes[turn].splitlines():
        if line.startswith("ENCODE "):
            path.write_bytes(text.replace("Đường hoa", "Đường cờ").encode(line[7:], errors="ignore"))
            sys.exit()
        if line.startswith("RUN "):  # somebody else at another window
            subprocess.run([sys.executable, "-m", "danvan", *shlex.split(line[4:])], check=True)
            continue
        old, _, new = line.partition(" => ")
        old = old.replace("\\\\n", "\\n")
        assert old in text, (old, text)
        text = text.replace(old, new.replace("\\\\n", "\\n"))
path.write_text(text, "utf-8")
"""


@pytest.fixture
def form(run: Run, at_terminal: Start) -> Callable[..., Any]:
    """Edit record 1 in an editor that makes the changes given, one text each time it opens."""
    (run.home / "editor.py").write_text(EDITOR, "utf-8")

    def start(*changes: str, **environment: str) -> Any:
        (run.home / "changes").write_text("\n---\n".join(changes), "utf-8")
        return at_terminal("edit", 1, EDITOR=f"{sys.executable} {run.home / 'editor.py'}", **environment)

    return start


def opened(run: Run, turn: int) -> str:
    return (run.home / f"turn-{turn}").read_text("utf-8")


def test_a_form_is_private_commented_and_gone_afterwards(run: Run, form: Callable[..., Any]) -> None:
    run(*RECEPTION, "--note", 'nói "không" \\ rồi')
    screen = form("Số người: => Số người: 12\nLĩnh vực: => Lĩnh vực: dat dai", DANVAN_LANG="vi").end()
    assert "Đã sửa lượt tiếp công dân số 1" in screen
    assert run.stored()["1"]["people"] == 12
    assert run.stored()["1"]["subject"] == "land"
    assert run.stored()["1"]["note"] == 'nói "không" \\ rồi'
    assert (run.home / "modes").read_text() == "600 700"
    assert "# khiếu nại, tố cáo, kiến nghị, phản ánh\nLoại việc: " in opened(run, 0)
    assert "Ngày: 01/03/2023\n" in opened(run, 0)
    assert not [path for path in run.home.iterdir() if path.name.startswith("danvan-")]


def test_lines_of_a_text_stay_lines_in_a_form(run: Run, form: Callable[..., Any]) -> None:
    text = '1. "một"\n#! hai\n\\n'
    run.register().add(Model(date(2023, 1, 1), name="Hoa", field="economy", status="registered", goals=text))
    form("Name: Hoa => Name: Đường hoa", "hai => ba").end()
    assert (run.stored()["1"]["name"], run.stored()["1"]["goals"]) == ("Đường hoa", text)
    form("", "hai => ba").end()
    assert run.stored()["1"]["goals"] == text.replace("hai", "ba")


def test_a_wrong_form_comes_back_with_every_reason_and_nothing_lost(run: Run, form: Callable[..., Any]) -> None:
    run(*RECEPTION)
    terminal = form(
        "People: => People: mười\nRemote area: => Remote area: xa\nUnit: => Unit: Phường A",
        "mười => 10\nRemote area: xa => xa",
        "\\nxa => \\nRemote area: yes\\nColour: red\\nPeople: 11\\nUnits: B",
        "Colour: red => \nPeople: 11 => \nUnits: B => ",
    )
    assert "Unit: (blank) → Phường A" in terminal.end()
    assert "#! People: “mười” is not a whole count" in opened(run, 1)
    assert "#! Remote area: there is no value “xa”" in opened(run, 1)
    assert "Unit: Phường A\n" in opened(run, 1)
    assert "#! “xa” is not understood" in opened(run, 2)  # "form_line"
    assert "#! there is no “Colour” in this form" in opened(run, 3)
    assert "#! “People” stands twice" in opened(run, 3)
    assert "#! Did you mean: Unit" in opened(run, 3)
    assert "#! People: " not in opened(run, 3)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_cannot_be_read_of_a_step_is_not_called_missing_and_lines_are_short(
    run: Run, form: Callable[..., Any], lang: str
) -> None:
    run(*MODEL)
    steps, status, day = (catalogue(lang)[key] for key in ("record.steps", "form.step.status", "form.step.on"))
    form(
        f"{status}:\\n{day}: => {status}: aproved\\n{day}: 31/2/2023",
        "aproved => approved\n31/2/2023 => 1/3/2023",
        DANVAN_LANG=lang,
    ).end()
    told = [line for line in opened(run, 1).splitlines() if line.startswith("#!")]
    text = " ".join(line.removeprefix("#! ") for line in told)
    assert f"{steps}, {status}: " in text
    assert f"{steps}, {day}: " in text
    assert not holds(text, catalogue(lang)["error.form_missing"])
    assert max(map(len, told)) <= 80
    assert len(told) > 4
    assert run.stored()["1"]["steps"] == [{"status": "approved", "on": "2023-03-01"}]


@pytest.mark.parametrize("change", ["", "EMPTY"])
def test_a_form_left_as_it_is_or_emptied_changes_nothing(run: Run, form: Callable[..., Any], change: str) -> None:
    run(*RECEPTION)
    before = run.db.read_bytes()
    assert "Nothing was changed" in form(change).end()
    assert run.db.read_bytes() == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_taken_out_of_a_form_stays_and_is_named(
    run: Run, form: Callable[..., Any], lang: LanguageCode
) -> None:
    run(*RECEPTION, "--people", 4, "--note", "đã xem")
    run("edit", 1, "--outcome", "accepted", "--on", "1/4/2023")
    say, label = Language(lang).say, Language(lang).label
    unit, people, note = (label(Reception, name) for name in ("unit", "people", "note"))
    steps, status, day = (say(key) for key in ("record.steps", "form.step.status", "form.step.on"))
    blocks = f"[{steps}]\\n{status}: {Language(lang).choice(Reception, 'outcome', 'accepted')}\\n{day}: "
    blocks += f"{Language(lang).fact(date(2023, 4, 1))}\\n[{steps}]\\n{status}:\\n{day}:\\n"
    change = f"{people}: 4\\n => \n{note}: đã xem\\n => \n{unit}: => {unit}: Phường A\n{blocks} => "
    screen = " ".join(form(change, DANVAN_LANG=lang).end().split())
    assert say("notice.form_left", names=f"{people}, {note}, {steps}") in screen
    stored = run.stored()["1"]
    assert (stored["people"], stored["note"], stored["unit"], len(stored["steps"])) == (4, "đã xem", "Phường A", 1)


def test_what_is_blank_may_leave_the_form_without_a_word(run: Run, form: Callable[..., Any]) -> None:
    run(*RECEPTION)
    assert "as before" not in form("Unit:\\n => \nPeople: => People: 2").end()


def test_what_was_typed_is_kept_in_a_file_where_the_editor_fails_later(run: Run, form: Callable[..., Any]) -> None:
    run(*RECEPTION)
    before = run.db.read_bytes()
    screen = "".join(form("People: => People: mười", "FAIL").end(1).split())
    (kept,) = run.home.glob("danvan-1-*.txt")
    assert str(kept) in screen  # "editor_failed_again"
    assert "deletethatfile" in screen.casefold()
    assert "\nPeople: mười\n" in kept.read_text("utf-8")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert run.db.read_bytes() == before


def test_an_editor_that_fails_or_is_missing_changes_nothing(
    run: Run, form: Callable[..., Any], at_terminal: Start
) -> None:
    run(*RECEPTION)
    before = run.db.read_bytes()
    assert "ended with an error" in " ".join(form("FAIL").end(1).split())  # "editor_failed"
    assert not list(run.home.glob("danvan-*"))
    there = run.home / "nano"
    there.write_text("#!/bin/sh\n")
    there.chmod(0o755)
    told = " ".join(at_terminal("edit", 1, VISUAL="no-such-program", PATH=str(run.home)).end(1).split())
    assert (
        "VISUAL names “no-such-program”, which was not found; without VISUAL danvan takes nano" in told
    )  # "editor_missing"
    there.unlink()
    for wish in ("", "no-such-program"):
        nowhere = at_terminal("edit", 1, EDITOR=wish, VISUAL="", PATH=str(run.home))
        told = " ".join(nowhere.end(1).split())
        assert "no editor was found (looked for " in told  # "no_editor"
        assert wish in told
    assert run.db.read_bytes() == before


def test_steps_are_corrected_in_the_form_and_lead_the_status(run: Run, form: Callable[..., Any]) -> None:
    run(*MODEL)
    run("edit", 1, "--status", "approved", "--on", "1/3/2023")
    form("[Steps]\\nStatus: approved => [Steps]\\nStatus: running").end()
    assert run.stored()["1"]["status"] == "running"


def test_a_form_saved_in_another_encoding_is_read_or_comes_back(run: Run, form: Callable[..., Any]) -> None:
    run(*MODEL)
    form("ENCODE utf-16").end()
    assert run.stored()["1"]["name"] == "Đường cờ"
    run("edit", 1, "--name", "Đường hoa")
    for turn in run.home.glob("turn-*"):
        turn.unlink()
    assert "Nothing was changed" in form("ENCODE cp1258").end()
    assert "#! letters marked" in opened(run, 1)  # "form_encoding"
    assert run.stored()["1"]["name"] == "Đường hoa"


def test_what_others_change_while_a_form_is_open_stays(run: Run, form: Callable[..., Any]) -> None:
    run(*MODEL)
    screen = form('RUN edit 1 --unit "Phường B" --note "đã xem"\nName: Đường hoa => Name: Đường cờ').end()
    assert "Name: Đường hoa → Đường cờ" in screen
    assert "Unit" not in screen.rpartition("Changed")[2]
    stored = run.stored()["1"]
    assert (stored["name"], stored["unit"], stored["note"]) == ("Đường cờ", "Phường B", "đã xem")


def test_what_two_change_at_once_is_shown_to_the_second(run: Run, form: Callable[..., Any]) -> None:
    run(*MODEL)
    form(
        'RUN edit 1 --name "Đường cây"\nName: Đường hoa => Name: Đường cờ\nUnit: Phường A => Unit: Phường C',
        "Name: Đường cây => Name: Đường cây, đường cờ",
    ).end()
    assert "#! Name: somebody else has changed this meanwhile" in opened(run, 1)  # "form_clash"
    assert "“Đường cờ”" in " ".join(opened(run, 1).replace("#!", "").split())
    assert "\nName: Đường cây\n" in opened(run, 1)
    assert (run.stored()["1"]["name"], run.stored()["1"]["unit"]) == ("Đường cây, đường cờ", "Phường C")


def test_steps_that_two_note_at_once_are_shown_in_words(run: Run, form: Callable[..., Any]) -> None:
    run(*MODEL)
    mine = "[Steps]\\nStatus:\\nFrom: => [Steps]\\nStatus: running\\nFrom: 1/4/2023"
    form(f"RUN edit 1 --status approved --on 1/3/2023\n{mine}").end()
    told = " ".join(opened(run, 1).replace("#!", "").split())
    assert "you had “step added: 2023-04-01 running”" in told
    assert run.stored()["1"]["status"] == "approved"


def test_the_form_says_how_identity_is_taken_out_which_it_cannot_do(run: Run, form: Callable[..., Any]) -> None:
    file = run.home / "identity.txt"
    file.write_text("họ tên: Nguyễn Văn Mật\n", "utf-8")
    run(*RECEPTION, "--identity-file", file)
    form("Category: complaint => Category: denunciation").end()
    told = " ".join(opened(run, 1).replace("#!", "").split())
    assert 'danvan edit 1 --category "denunciation" --clear identity' in told


def test_a_record_that_was_voided_while_its_form_was_open_stays_void(run: Run, form: Callable[..., Any]) -> None:
    run(*MODEL)
    form("RUN void 1 --reason nhầm\nName: Đường hoa => Name: Đường cờ").end()
    assert (run.stored()["1"]["name"], run.stored()["1"]["void"]) == ("Đường hoa", "nhầm")


def test_a_form_speaks_of_identity_only_where_there_can_be_any(run: Run, form: Callable[..., Any]) -> None:
    run(*MODEL)
    form("").end()
    assert "--identity" not in opened(run, 0)


def test_a_status_changed_in_the_form_is_a_step_of_today(run: Run, form: Callable[..., Any]) -> None:
    run(*RECEPTION)
    form("Outcome: => Outcome: guided").end()
    assert run.stored()["1"]["steps"] == [{"status": "guided", "on": "2023-12-26"}]


def test_who_came_is_never_in_the_form(run: Run, form: Callable[..., Any]) -> None:
    file = run.home / "identity.txt"
    file.write_text("họ tên: Nguyễn Văn Mật\n", "utf-8")
    run(*RECEPTION, "--identity-file", file)
    form("People: => People: 2").end()
    assert "Mật" not in opened(run, 0)
    assert "Citizen:" not in opened(run, 0)
    assert "edit 1 --identity" in opened(run, 0)
    assert run.stored()["1"]["citizen"] == "Nguyễn Văn Mật"


FORM_FAULTS = {
    "form_key": ("People: => Foo: 1", "there is no “Foo” in this form"),
    "form_twice": ("People: => People: 1\\nsố người: 1\\nPeople: 2", "“People” stands twice"),
    "form_line": ("People: => People", "“People” is not understood"),
    "form_pasted": ("People: => People: 1\\n# two", "“# two” is not understood"),
    "control": ("Unit: => Unit: Phường A\\n    một dòng nữa", "U+000A"),
    "form_state": (
        "Outcome: => Outcome: guided\n[Steps]\\nStatus:\\nFrom: => [Steps]\\nStatus: filed\\nFrom: 1/4/2023",
        "say different things",
    ),
    "form_missing": ("[Steps]\\nStatus: => [Steps]\\nStatus: filed", "Steps, From: is needed"),
}


@pytest.mark.parametrize("key", FORM_FAULTS)
def test_each_fault_of_a_form_is_said_in_it(run: Run, form: Callable[..., Any], key: str) -> None:
    change, message = FORM_FAULTS[key]
    run(*RECEPTION)
    assert "Nothing was changed" in form(change).end()
    assert message in opened(run, 1)


def test_an_unusual_step_is_asked_about_on_a_terminal(run: Run, at_terminal: Start) -> None:
    run(*MODEL)
    terminal = at_terminal("edit", 1, "--status", "ended", DANVAN_LANG="vi")
    terminal.answer("Vẫn sửa?", "có thể")
    terminal.answer("không phải c hay k", "k")  # "yes_or_no"
    assert "chưa" in terminal.end(1).casefold()  # "not_meant"
    assert run.stored()["1"]["status"] == "registered"
    terminal = at_terminal("edit", 1, "--status", "ended")
    terminal.answer("all the same?", "y")
    terminal.end()
    assert run.stored()["1"]["status"] == "ended"


def test_who_came_is_asked_on_a_terminal_only(run: Run, at_terminal: Start) -> None:
    run(*RECEPTION)
    terminal = at_terminal("edit", 1, "--identity")
    terminal.answer("Citizen", "Nguyễn Văn Mật")
    terminal.answer("Address", "")
    terminal.answer("Phone", "")
    terminal.end()
    assert run.stored()["1"]["citizen"] == "Nguyễn Văn Mật"


def test_a_dash_takes_an_item_of_who_came_out_and_enter_leaves_it(run: Run, at_terminal: Start) -> None:
    who = run.home / "id.txt"
    who.write_text("họ tên: Nguyễn Văn Mật\nđịa chỉ: thôn 3\nđiện thoại: 0912345678\n", "utf-8")
    run(*RECEPTION, "--identity-file", who)
    terminal = at_terminal("edit", 1, "--identity")
    terminal.answer("Citizen (Enter to leave it as it is, - to clear it)", "Lý Thị Mới")
    terminal.answer("Address", "-")
    terminal.answer("Phone", "")
    shown = terminal.end()
    assert "Phone: stays" in shown
    assert "Address: stays" not in shown
    record = run.stored()["1"]
    assert (record["citizen"], record.get("address"), record["phone"]) == ("Lý Thị Mới", None, "0912345678")
    terminal = at_terminal("edit", 1, "--identity")
    for label in ("Citizen", "Address", "Phone"):
        terminal.answer(label, "-")
    terminal.end()
    assert not {"citizen", "address", "phone"} & run.stored()["1"].keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stays_of_another_person_is_remarked_on(run: Run, lang: LanguageCode) -> None:
    who, other, spelled = (run.home / name for name in ("id.txt", "other.txt", "spelled.txt"))
    who.write_text("họ tên: Nguyễn Văn Mật\nđịa chỉ: thôn 3\n", "utf-8")
    other.write_text("họ tên: Lý Thị Mới\n", "utf-8")
    spelled.write_text("họ tên: NGUYỄN VĂN MẬT\n", "utf-8")
    warning = catalogue(lang)["problem.left_of_another"]
    run(*RECEPTION, "--identity-file", who)
    assert warning not in run("edit", 1, "--identity-file", spelled, lang=lang).err
    refused = run("edit", 1, "--identity-file", other, "--strict", lang=lang, code=1).err
    assert warning in refused
    assert warning in run("edit", 1, "--identity-file", other, lang=lang).err
    assert run.stored()["1"]["address"] == "thôn 3"


def test_the_register_is_as_private_after_an_edit(run: Run) -> None:
    run(*MODEL)
    run("edit", 1, "--unit", "B")
    assert stat.S_IMODE(Path(run.db).stat().st_mode) == 0o600


def test_what_the_office_keeps_about_itself_is_no_record_to_edit(run: Run) -> None:
    run(*MODEL)
    run("config", "set", "office", "Ban Dân vận")
    for argv in (("edit", 2, "--name", "x"), ("edit", 3, "--name", "x"), ("edit", 2)):
        assert f"there is no record {argv[1]}" in run(*argv, code=1).err


def session_in(code: LanguageCode) -> Session:
    session = Session(code, lambda *_, **__: None, today="2023-12-26")
    session.language = Language(code, lambda: OWN)
    return session


@pytest.mark.measured
@given(kept=records(), code=st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_a_form_that_is_left_as_it_is_changes_nothing(kept: Record, code: LanguageCode) -> None:
    session = session_in(code)
    changes = read_form(form_of(Entry(1, kept), session.language), Entry(1, kept), session)
    assert not any(changes)
    assert changes.onto(kept, session) == kept


@pytest.mark.measured
@given(kept=records(), codes=st.tuples(st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES)))
@settings(max_examples=150, deadline=None)
def test_a_form_says_all_of_a_record_in_either_language(kept: Record, codes: tuple[LanguageCode, LanguageCode]) -> None:
    written, read = map(session_in, codes)
    names = [name for name, field in fields(type(kept)).items() if name == "unit" or field.argument]
    kept = replace(kept, steps=(), **{name: " ".join(getattr(kept, name).split()) for name in names})
    bare = replace(type(kept)(date(2000, 1, 1), date(2000, 1, 2) if kept.to else None), **state_of(kept))
    changes = read_form(form_of(Entry(1, kept), written.language), Entry(1, bare), read)
    assert replace(changes.onto(bare, read), steps=()) == kept


def state_of(record: Record) -> dict[str, Any]:
    return {type(record).STATE: record.state} if type(record).STATE and record.state else {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_goes_back_in_the_life_of_a_record_is_told_that_the_later_step_stays(run: Run, lang: str) -> None:
    run(*MODEL)
    for state in ("approved", "running"):
        assert not holds(run("edit", 1, "--status", state, lang=lang).err, catalogue(lang)["problem.step_stays"])
    assert holds(run("edit", 1, "--status", "registered", lang=lang).err, catalogue(lang)["problem.step_stays"])


def test_what_stands_behind_two_dashes_is_the_record(run: Run) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--people", 3)
    run("edit", "--people", 8, "--", 1)
    assert "8" in run("receptions", "--columns", "id,people", "--format", "csv").out
    assert "“--people 9”" in run("edit", "--", 1, "--people", 9, code=2).err
