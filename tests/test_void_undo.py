"""`void` and `undo`: what no longer counts, and what is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
from office import HALF, Run, holds

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Model
from danvan.store import Register
from danvan.store.file import image

Start = Callable[..., Any]
DAY = date(2023, 5, 1)
MODEL = ("add-model", "--field", "economy", "--unit", "Phường A", "--date", "10/2/2023")


def by(run: Run, author: str) -> Register:
    return Register(run.db, now=lambda: "2023-12-26T08:00:00+07:00", author=author)


def shown(run: Run) -> str:
    return run("models", "--format", "csv").out


def test_a_void_record_no_longer_counts_and_stays_in_the_history(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    answer = run("void", 1, "--reason", "nhập hai lần")
    assert "model 1: Đường hoa, Phường A (2023-02-10)" in answer.out
    assert "danvan undo" in answer.out
    assert "Đường hoa" not in shown(run)
    assert "nhập hai lần" in run("history", 1).out


def test_several_are_void_all_or_none(run: Run) -> None:
    for name in ("Đường hoa", "Sân chơi", "Tủ sách"):
        run(*MODEL, name)
    run("void", 1, 2, 99, "--reason", "nhầm", code=1)
    assert shown(run).count("Phường A") == 3
    run("void", 1, 2, "--reason", "nhầm")
    assert shown(run).count("Phường A") == 1


def test_a_range_stands_for_all_of_its_numbers(run: Run) -> None:
    for number in range(5):
        run("add-model", f"Đường {number}", "--field", "khác")
    shown = run("show", "4–5", "1..1", "--json").document["records"]
    assert [one["name"] for one in shown] == ["Đường 3", "Đường 4", "Đường 0"]
    run("void", "2-3", 3, "5–5", "--reason", "nhầm")
    assert [one["id"] for one in run("models", "--json").document["records"]] == [1, 4]
    assert "3" in run("void", "3-4", "--reason", "nhầm", code=1).err
    assert "6" in run("void", "4-6", "--reason", "nhầm", code=1).err
    assert len(run("models", "--json").document["records"]) == 2


@pytest.mark.parametrize("command", ["void", "erase"])
def test_a_range_passes_over_numbers_that_a_setting_took(run: Run, command: str) -> None:
    run(*MODEL, "Đường hoa")
    run("config", "set", "threshold", 5)
    run(*MODEL, "Tủ sách")
    asked = ("--reason", "nhầm", *(["--yes"] if command == "erase" else []))
    assert "2" in run(command, "1-3", 2, *asked, code=1).err
    assert "2" in run(command, "2-2", *asked, code=1).err
    run(command, "1-3", *asked)
    assert {number for number, record in run.stored().items() if record.get("void") or record.get("erased")} == {
        "1",
        "3",
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["3-1", "1-999999999999"])
def test_no_range_is_told_with_one(run: Run, text: str, lang: LanguageCode) -> None:
    assert holds(run("void", text, "--reason", "x", lang=lang, code=2).err, catalogue(lang)["error.id_range"])
    assert holds(run("void", "1-", "--reason", "x", lang=lang, code=2).err, catalogue(lang)["error.id"])


def test_an_add_is_undone_by_a_void_an_edit_and_a_void_by_what_was_before(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    run("edit", 1, "--unit", "Phường B")
    run("void", 1, "--reason", "nhầm")
    assert "voided model 1" in run("undo", "--yes").out
    assert "Phường B" in shown(run)
    assert "Unit: Phường A → Phường B" in run("undo", "--yes").out
    assert "Phường A" in shown(run)
    assert "added model 1" in run("undo", "--yes").out
    assert "Phường" not in shown(run)
    run("undo", "--yes", code=1)
    assert run.stored()["1"]["rev"] == 6


def test_what_is_done_after_an_undo_is_undone_first(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    run("edit", 1, "--unit", "B")
    run("undo", "--yes")
    run("edit", 1, "--unit", "C")
    assert "Phường A → C" in run("undo", "--yes").out
    assert "added model 1" in run("undo", "--yes").out


def test_what_one_command_wrote_is_undone_at_once(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    run(*MODEL, "Sân chơi", "--holder", "individual")
    run("void", 1, 2, "--reason", "nhầm")
    out = run("undo", "--yes").out
    assert "voided model 1" in out
    assert "voided model 2" in out
    assert shown(run).count("Phường A") == 2
    assert "added model 2" in run("undo", "--yes").out


def test_a_long_change_is_told_in_short(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    register = by(run, run.stored()["1"]["by"])
    register.add_many([Model(DAY, name=f"Mô hình {n}", field="economy", status="registered") for n in range(30)])
    assert "and 20 more" in run("undo", "--yes").out
    assert shown(run).count("2023-") == 1


def test_nobody_undoes_what_somebody_else_did(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    by(run, "hương").void_many([1], "nhầm")
    assert "changed after that by hương" in run("undo", "--yes", code=1).err  # "changed_later"
    with pytest.raises(Exception, match="nothing_of_yours"):
        by(run, "lan").last_change()
    changes = by(run, "hương").last_change()
    by(run, "hương").take_back(changes, "hoàn tác")
    assert "added model 1" in run("undo", "--yes").out


def test_an_undo_that_is_overtaken_changes_nothing(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    register = by(run, "hương")
    register.void_many([1], "nhầm")
    changes = register.last_change()
    register.revise(1, lambda record: Model(record.date, name="Khác", field="other", status="registered"))
    with pytest.raises(Exception, match="changed_meanwhile"):
        register.take_back(changes, "hoàn tác")


def test_an_undo_reads_the_file_from_its_end(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    register = by(run, "hương")
    register.add_many([Model(DAY, name="x" * 200, field="economy", status="registered")] * 5000)
    register.add(Model(DAY, name="mới", field="economy", status="registered"))
    read: list[int] = []
    whole = image.disk.read_at

    def counted(source: Any, offset: int, count: int) -> bytes:
        read.append(count)
        return whole(source, offset, count)

    monkeypatch.setattr(image.disk, "read_at", counted)
    assert [change.after.name for change in register.last_change() if isinstance(change.after, Model)] == ["mới"]
    assert sum(read) < run.db.stat().st_size / 3


def test_settings_and_closings_are_undone_like_records(run: Run) -> None:
    run("config", "set", "threshold", 5)
    run("config", "set", "model.field", "môi trường")
    run(*MODEL, "Đường hoa")
    run("close", 2023)
    assert "closed" in run("undo", "--yes").out
    assert "added model" in run("undo", "--yes").out
    assert "model.field: (blank) → môi trường" in run("undo", "--yes").out
    assert "môi trường" not in run("config", "list").out
    assert "threshold: 10 → 5" in run("undo", "--yes").out
    assert " 10 " in run("config", "list").out


def test_without_a_terminal_an_undo_needs_a_yes_and_says_what_it_would_do(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    before = run.db.read_bytes()
    answer = run("undo", code=2)
    assert "added model 1: Đường hoa" in answer.out
    assert "--yes" in answer.err  # "undo_yes"
    assert run.db.read_bytes() == before


def test_an_undo_answers_in_json(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    document = run("undo", "--yes", "--json").document
    assert (document["id"], document["record"]["void"]) == (1, "taken back")


class Case(NamedTuple):
    """A command line that fails: its exit code and what its message names."""

    argv: tuple[str, ...]
    code: int
    names: tuple[str, ...] = ()


CASES = {
    "error.already_void": Case(("void", "2", "--reason", "x"), 1, ("2", "nhầm")),
    "error.reason_missing": Case(("void", "1"), 2, ("--reason",)),
    "error.no_record": Case(("void", "99", "--reason", "x"), 1, ("99",)),
    "error.id": Case(("void", "5x", "--reason", "x"), 2),
    "error.nothing_to_undo": Case(("undo", "--yes"), 1),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", CASES)
def test_each_refusal_says_what_and_changes_nothing(run: Run, key: str, lang: str) -> None:
    case = CASES[key]
    register = by(run, "hương")
    for name in ("Đường hoa", "Nhầm"):
        register.add(Model(DAY, name=name, field="economy", status="registered"))
    register.void_many([2], "nhầm")
    before = run.db.read_bytes()
    answer = run(*case.argv, code=case.code, lang=lang)
    assert all(name in answer.err for name in case.names), answer.err
    assert run.db.read_bytes() == before


def test_who_is_asked_why_sees_what_will_be_void(run: Run, at_terminal: Start) -> None:
    run(*MODEL, "Đường hoa")
    terminal = at_terminal("void", 1)
    assert "Đường hoa, Phường A" in terminal.until("Reason")
    terminal.press(b"\x03")
    terminal.end(130)
    assert "void" not in run.stored()["1"]


def test_several_are_confirmed_on_a_terminal(run: Run, at_terminal: Start) -> None:
    run(*MODEL, "Đường hoa")
    run("add-model", "--count", 3, "--unit", "Quận B", *HALF)
    terminal = at_terminal("void", 1, 2, DANVAN_LANG="vi")
    assert "Đường hoa, Phường A" in terminal.until("Lý do")
    terminal.type("")
    terminal.answer("!", "nhầm")
    terminal.until("Hủy 2 bản ghi này?")
    terminal.type("")
    assert "Chưa có gì thay đổi" in terminal.end(130)
    assert shown(run).count("2023") > 1
    terminal = at_terminal("void", 1, 2, "--reason", "nhầm")
    terminal.answer("(y/n)", "y")
    terminal.end()
    assert "Phường A" not in shown(run)


def test_an_undo_is_asked_about_on_a_terminal(run: Run, at_terminal: Start) -> None:
    run(*MODEL, "Đường hoa")
    terminal = at_terminal("undo")
    terminal.answer("Take this back?", "n")
    assert "Nothing was taken back" in terminal.end()
    terminal = at_terminal("undo", DANVAN_LANG="vi")
    assert "đã ghi mô hình số 1: Đường hoa" in terminal.until("Hoàn tác?")
    terminal.type("có")
    assert "Đã hoàn tác" in terminal.end()
    assert "Đường hoa" not in shown(run)
