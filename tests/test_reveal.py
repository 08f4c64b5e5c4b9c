"""Who came is shown on request, for a reason, and never without a line about it in the register."""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import Run
from openpyxl import load_workbook
from tinydb import TinyDB

from danvan.messages import LANGUAGES, LanguageCode, catalogue

NAME, ADDRESS, PHONE = "Trần Thị Kín Đáo", "Số 7 ngõ Kín", "0912000222"
WHY = ("--reveal", "--reason", "chuyển hồ sơ 12")
CITIZEN = {"citizen": NAME, "address": ADDRESS, "phone": PHONE}


@pytest.fixture
def told(run: Run) -> Run:
    """An office with a complaint that says who came, a petition that does not, and a model."""
    tell(run, "complaint")
    run("add-reception", "Cấp sổ", "--mode", "regular", "--category", "petition", "--date", "2023-03-16")
    run("add-model", "Đường hoa", "--field", "economy")
    return run


def tell(run: Run, category: str, *argv: str) -> None:
    who = run.home / "who.txt"
    who.write_text(f"Họ tên: {NAME}\nđịa chỉ: {ADDRESS}\nphone: {PHONE}\n", "utf-8")
    given = ("--mode", "regular", "--category", category, "--date", "2023-03-15", "--identity-file", who)
    run("add-reception", "Đất", *given, *argv)


def reveals(run: Run, number: int = 1) -> list[dict[str, str]]:
    found: list[dict[str, str]] = run("history", number, "--json").document["reveals"]
    return found


FORMATS = ("table", "json", "jsonl", "csv", "markdown")
REVEALING: dict[str, tuple[str, ...]] = {
    "show": ("show", "1"),
    "show --json": ("show", "1", "2", "--json"),
    **{f"receptions {form}": ("receptions", "--format", form) for form in FORMATS},
    **{f"export {form}": ("export", "receptions", "--format", form) for form in ("csv", "json", "jsonl")},
    "export all": ("export", "all", "--format", "json"),
    "export for Excel": ("export", "receptions", "--format", "csv", "--excel"),
}


@pytest.mark.parametrize("argv", REVEALING.values(), ids=REVEALING.keys())
def test_it_is_shown_and_the_history_says_to_whom_when_and_what_for(told: Run, argv: tuple[str, ...]) -> None:
    assert NAME not in told(*argv).out
    answer = told(*argv, *WHY)
    assert NAME in answer.out
    assert ADDRESS in answer.out
    assert "1 record" in answer.err
    assert NAME not in answer.err
    (one,) = reveals(told)
    assert (one["command"], one["reason"]) == (argv[0], "chuyển hồ sơ 12")
    assert one["at"]
    assert one["by"]
    for lang in LANGUAGES:
        said = told("history", 1, lang=lang).out
        assert catalogue(lang)["history.reveals"] in said
        assert f"danvan {argv[0]}: chuyển hồ sơ 12" in said
        assert NAME not in said
    assert NAME not in told(*argv).out


def test_a_terminal_shows_who_came_beside_the_day(told: Run) -> None:
    lines = told("receptions", *WHY, width=100).plain.splitlines()
    assert lines[0].split()[:3] == ["No.", "Date", "Citizen"]
    assert NAME in told("show", 1, *WHY, width=60).plain
    assert PHONE in told("receptions", "--columns", "id,phone", *WHY, width=60).plain


def test_the_records_stay_as_they_are(told: Run) -> None:
    figures, before = told.figures(), told("show", 1, "--json").document
    told("receptions", *WHY)
    assert told("show", 1, "--json").document == before
    assert told.figures() == figures
    assert told("receptions", "--count").out == "2\n"
    assert told("show", 4, code=1).err.startswith("Error: there is no record 4")
    told("edit", 1, "--people", "2")
    assert told.stored()["1"]["rev"] == 2


def test_undo_takes_back_what_was_changed_and_not_what_was_seen(told: Run) -> None:
    told("edit", 1, "--people", "5")
    told("receptions", *WHY)
    told("undo", "--yes")
    assert "people" not in told.stored()["1"]
    told("show", 1, *WHY)
    told("undo", "--yes")
    assert told.stored()["3"]["void"]
    assert len(reveals(told)) == 2


def test_one_answer_about_many_records_is_one_line(run: Run) -> None:
    for _ in range(4):
        tell(run, "petition")
    run("receptions", *WHY, "--limit", "3")
    assert [len(reveals(run, number)) for number in (1, 2, 3, 4)] == [0, 1, 1, 1]
    run("export", "all", "--format", "jsonl", *WHY)
    kinds = [row["kind"] for row in run.stored().values()]
    assert kinds.count("reveal") == 2
    assert [row["kind"] for row in TinyDB(run.db).table("records")] == kinds


def test_where_nobody_is_named_nothing_is_written_and_it_says_so(told: Run) -> None:
    before = told.db.read_bytes()
    for argv in (("show", 2), ("history", 2), ("receptions", "--columns", "id,summary"), ("export", "models")):
        if argv[0] == "export":
            told(*argv, *WHY, code=2)  # models have nobody to name, and no option for it
        else:
            assert "Nothing was revealed" in told(*argv, *WHY).err
    assert told.db.read_bytes() == before


def test_only_kinds_that_say_who_came_have_the_option(run: Run) -> None:
    assert "--reveal" in run("receptions", "--help").out
    assert "--reveal" in run("export", "all", "--help").out
    for argv in (("models",), ("audits",), ("export", "audits"), ("due",), ("report",)):
        assert "--reveal" not in run(*argv, "--help").out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("argv", [("show", "1"), ("history", "1"), ("receptions",), ("export", "all")])
def test_without_a_reason_nothing_is_shown(told: Run, argv: tuple[str, ...], lang: LanguageCode) -> None:
    before = told.db.read_bytes()
    for flags in (("--reveal",), ("--reveal", "--reason", "  "), ("--reveal", "--reason", "…")):
        answer = told(*argv, *flags, lang=lang, code=2)
        assert catalogue(lang)["error.reveal_reason"] in answer.err
        assert answer.out == ""
    assert catalogue(lang)["error.reveal_alone"] in told(*argv, "--reason", "x", lang=lang, code=2).err
    assert told.db.read_bytes() == before


def test_on_a_terminal_the_reason_is_asked_for(told: Run, at_terminal: Callable[..., Any]) -> None:
    terminal = at_terminal("show", 1, "--reveal")
    terminal.answer("What is it needed for", "gọi lại cho dân")
    assert NAME in terminal.end()
    assert reveals(told)[0]["reason"] == "gọi lại cho dân"


@pytest.mark.usefixtures("permitted")
def test_a_register_that_cannot_be_written_reveals_nothing(told: Run) -> None:
    told.db.chmod(0o400)
    for argv in REVEALING.values():
        answer = told(*argv, *WHY, code=6)
        assert (answer.out, NAME in answer.err) == ("", False)


@pytest.mark.parametrize("argv", REVEALING.values(), ids=REVEALING.keys())
def test_where_the_line_cannot_be_written_nothing_is_shown(
    told: Run, argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from danvan.store.file import disk

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = told.db.read_bytes()
    monkeypatch.setattr(disk, "write_at", full)
    answer = told(*argv, *WHY, code=6)
    assert answer.out == ""
    assert NAME not in answer.err
    monkeypatch.undo()
    assert told.db.read_bytes() == before
    assert reveals(told) == []


def test_no_line_is_written_for_a_file_that_cannot_be_made(told: Run) -> None:
    out = told.home / "out.csv"
    out.write_text("")
    told("export", "receptions", "-o", out, *WHY, code=1)
    told("receptions", "-o", told.home, *WHY, code=1)
    assert reveals(told) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "jsonl"])
def test_an_export_with_identity_is_private_and_is_the_same_record_elsewhere(
    told: Run, form: str, tmp_path: Path
) -> None:
    out = tmp_path / f"out.{form}"
    out.touch(0o644)
    told("export", "receptions", "-o", out, "--force", *WHY)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    elsewhere = tmp_path / "elsewhere.json"
    told("import", out, "--db", elsewhere)
    there = json.loads(elsewhere.read_text("utf-8"))["records"]["1"]
    for name in ("summary", "category", "uid", *CITIZEN):
        assert there[name] == told.stored()["1"][name]


def test_a_workbook_says_that_it_is_masked_only_where_it_is(told: Run) -> None:
    for flags, is_masked in (((), True), (WHY, False)):
        out = told.home / f"{is_masked}.xlsx"
        told("export", "receptions", "-o", out, *flags)
        sheet = load_workbook(io.BytesIO(out.read_bytes())).worksheets[0]
        assert any(cell.comment for cell in sheet[1]) is is_masked
    assert told("export", "receptions", "--format", "json", *WHY).document["masked"] is False


def test_the_past_is_shown_with_its_changes(told: Run) -> None:
    who = told.home / "who.txt"
    who.write_text("Họ tên: Lê Thị Khác\n", "utf-8")
    told("edit", 1, "--identity-file", who)
    for flags in ((), ("--json",)):
        out = told("history", 1, *flags).out
        assert "•••" in out
        assert NAME not in out
    assert reveals(told) == []
    assert f"{NAME} → Lê Thị Khác" in told("history", 1, *WHY).out
    assert [one["command"] for one in reveals(told)] == ["history"]
    changes = told("history", 1, "--json", *WHY).document["versions"][1]["changes"]
    assert changes == [{"field": "citizen", "old": NAME, "new": "Lê Thị Khác"}]
    assert f"{NAME} → Lê Thị Khác" in told("show", 1, *WHY).out


def test_who_denounces_is_shown_by_nothing(told: Run) -> None:
    told("edit", 1, "--category", "denunciation", "--clear", "identity")
    before = told.db.read_bytes()
    for argv in REVEALING.values():
        answer = told(*argv, *WHY)
        assert NAME not in answer.out + answer.err
    assert told.db.read_bytes() == before
    written = told.db.read_text("utf-8").replace('"category":"complaint"', '"category":"denunciation"')
    told.db.write_text(written, "utf-8")  # as somebody with an editor might
    for argv in REVEALING.values():
        answer = told(*argv, *WHY)
        assert NAME not in answer.out + answer.err


def test_who_denounced_stays_secret_where_the_record_is_called_something_else_again(told: Run) -> None:
    told("edit", 1, "--category", "denunciation", "--clear", "identity")
    told("edit", 1, "--category", "complaint")
    later = told.home / "later.txt"
    later.write_text("Họ tên: Lê Thị Khác\n", "utf-8")
    told("edit", 1, "--identity-file", later)
    for argv in REVEALING.values():
        answer = told(*argv, *WHY)
        assert NAME not in answer.out + answer.err
        assert "Lê Thị Khác" in answer.out
    assert NAME not in told("history", 1, *WHY).out


def test_a_void_record_is_traced_too(told: Run) -> None:
    told("void", 1, "--reason", "nhập hai lần")
    assert NAME in told("show", 1, *WHY).out
    assert len(reveals(told)) == 1


def test_a_number_in_the_reason_is_warned_about(told: Run) -> None:
    answer = told("show", 1, "--reveal", "--reason", "gọi 0987654321")
    assert "Reason (--reason): seems to contain a telephone number" in answer.err
    assert "0987654321" not in answer.err
