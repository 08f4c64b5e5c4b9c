"""Copies of the register: made whole, found again, thinned out with care, and put back with a way back."""

from __future__ import annotations

import errno
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import MINIMAL, Run, holds
from tinydb import TinyDB

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.store.file import copies, disk

MODEL = MINIMAL["model"].single
EN = catalogue("en")


def backups(run: Run, folder: str = "backups") -> list[Path]:
    return sorted((run.home / folder).iterdir()) if (run.home / folder).exists() else []


def backup(run: Run, *argv: object) -> Path:
    made: dict[str, Any] = run("backup", *argv, "--json").document["backup"]
    return Path(made["path"])


def names(path: Path) -> list[str]:
    with TinyDB(path, access_mode="r") as db:
        return [row["name"] for row in db.table("records").all() if "name" in row]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_backup_is_the_register_byte_for_byte_and_for_its_owner_alone(run: Run, lang: LanguageCode) -> None:
    run(*MODEL)
    answer = run("backup", lang=lang)
    (made,) = backups(run)
    assert made.read_bytes() == run.db.read_bytes()
    assert holds(answer.out, catalogue(lang)["backup.done"])
    assert str(made) in answer.out
    assert re.fullmatch(r"register\.\d{4}-\d\d-\d\d-\d{6}\.backup\.json", made.name)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert made.stat().st_mtime_ns == run.db.stat().st_mtime_ns
    assert run("models", "--db", made, "--format", "json").document == run("models", "--format", "json").document


def test_a_backup_goes_where_it_is_told(run: Run) -> None:
    run(*MODEL)
    made = backup(run, run.home / "usb" / "danvan")
    assert made.parent == run.home / "usb" / "danvan"
    assert not backups(run)


def test_two_backups_in_one_second_have_two_names(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*MODEL)
    monkeypatch.setattr(disk, "now", lambda: 1_703_577_600_000_000_000)
    made = [backup(run) for _ in range(3)]
    assert len(set(made)) == 3
    assert copies.kept(run.db) == made


def test_only_older_backups_of_this_register_are_removed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*MODEL)
    clock = iter(range(1_703_577_600, 1_703_577_700))
    monkeypatch.setattr(disk, "now", lambda: next(clock) * 10**9)
    made = [backup(run) for _ in range(4)]
    folder = made[0].parent
    other = folder / made[0].name.replace("register.", "other.")
    strangers = [
        folder / "register.2020-01-01-080000.backup.json",  # the name is right, the register another one
        folder / "register.2020-01-01-080000.before-repair.json",
        folder / "register.json",
        folder / "notes.txt",
        other,
    ]
    strangers[0].write_text('{"danvan":{"1":{"format":2,"uid":"other"}},\n"records":{\n},\n"state":{}}')
    for path in strangers[1:]:
        path.write_bytes(made[0].read_bytes())
    link = folder / "register.2020-01-02-080000.backup.json"
    link.symlink_to(made[0])
    answer = run("backup", "--keep", "2", "--json").document
    assert answer["removed"] == [str(path) for path in made[:3]]
    assert [path.exists() for path in made] == [False, False, False, True]
    assert all(path.exists() for path in strangers)
    assert link.is_symlink()
    for text in ("0", "-1", "x"):
        run("backup", "--keep", text, code=2)


def test_a_register_that_does_not_exist_is_not_backed_up_nor_created(run: Run) -> None:
    assert holds(run("backup", code=1).err, EN["error.no_register"])
    assert holds(run("check", code=1).err, EN["error.no_register"])
    assert holds(run("check", "--repair", code=1).err, EN["error.no_register"])
    assert not run.db.exists()
    assert not backups(run)


def test_a_backup_waits_for_nobody_who_reads_and_is_made_under_the_lock(run: Run) -> None:
    fcntl = pytest.importorskip("fcntl")
    run(*MODEL)
    seen = []
    sound = disk.copy_beside

    def copy_beside(source: Any, target: Path) -> Path:
        with run.db.open("rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        seen.append(len(run("models", "--format", "json").document["records"]))
        return sound(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "copy_beside", copy_beside)
        run("backup")
    assert seen == [1]


def test_a_copy_that_is_not_what_was_written_is_no_backup(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*MODEL)
    sound = disk.copy_beside

    def rotten(source: Any, target: Path) -> Path:
        beside = sound(source, target)
        data = beside.read_bytes()
        beside.write_bytes(data[:40] + b"x" + data[41:])
        return beside

    monkeypatch.setattr(disk, "copy_beside", rotten)
    assert holds(run("backup", code=6).err, EN["error.copy_differs"])
    assert not backups(run)


def test_a_copy_that_cannot_be_written_leaves_no_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*MODEL)
    copied = disk.copy_beside

    def full(source: Any, target: Path) -> Path:
        copied(source, target).unlink()
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(disk, "copy_beside", full)
    run("backup", run.home / "a" / "b", code=6)
    assert not (run.home / "a").exists()


def test_a_register_that_was_edited_is_copied_as_it_is_and_said_so(run: Run) -> None:
    run(*MODEL)
    run.db.write_text(run.db.read_text("utf-8").replace("economy", "culture"), "utf-8")
    assert holds(run("backup").err, EN["notice.backup_unsound"])
    run.db.write_bytes(run.db.read_bytes()[:-30])
    answer = run("backup", "--json")
    assert answer.document["backup"]["sound"] is False
    assert Path(answer.document["backup"]["path"]).read_bytes() == run.db.read_bytes()


def test_a_blank_folder_is_asked_for_again(run: Run) -> None:
    run(*MODEL)
    assert holds(run("backup", " ", code=2).err, EN["error.path_blank"])
    assert holds(run("backup", "a\x1bb", code=2).err, EN["error.control"])
    (run.home / "file").write_text("x")
    assert str(run.home / "file") in run("backup", run.home / "file", code=6).err
    assert holds(run("backup", "-", code=2).err, EN["error.backup_folder"])


# Restoring.


@pytest.fixture
def restorable(run: Run) -> tuple[Run, Path]:
    """An office with a backup, and a record more since."""
    run(*MODEL)
    run("edit", "1", "--note", "x")
    copy = backup(run)
    run("add-model", "Sau", "--field", "culture")
    return run, copy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_backup_is_restored_and_the_way_back_is_named(restorable: tuple[Run, Path], lang: LanguageCode) -> None:
    run, copy = restorable
    before = run.db.read_bytes()
    answer = run("restore", copy, "--yes", lang=lang)
    assert holds(answer.out, catalogue(lang)["restore.done"])
    assert holds(answer.out, catalogue(lang)["restore.back"])
    assert names(run.db) == ["Đường hoa"]
    assert len(run("history", "1", "--json").document["versions"]) == 2
    (aside,) = [path for path in backups(run) if "before-restore" in path.name]
    assert aside.read_bytes() == before
    assert stat.S_IMODE(run.db.stat().st_mode) == 0o600
    run("restore", aside, "--yes")
    assert names(run.db) == ["Đường hoa", "Sau"]
    assert run("check").code == 0


def test_numbers_given_since_the_backup_are_not_given_again(restorable: tuple[Run, Path]) -> None:
    run, copy = restorable
    run("restore", copy, "--yes")
    assert run("add-model", "Mới", "--field", "culture", "--json").document["id"] == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_undo_after_a_restore_takes_no_older_change_back_unseen(
    restorable: tuple[Run, Path], lang: LanguageCode
) -> None:
    (run, copy), say = restorable, catalogue(lang)
    run("restore", copy, "--yes")
    before = run.db.read_bytes()
    (aside,) = [path for path in backups(run) if "before-restore" in path.name]
    for year in (2001, 2099):  # clocks decide nothing
        aside = aside.rename(aside.with_name(f"{run.db.stem}.{year}-01-01-080000.before-restore.json"))
        refused = run("undo", "--yes", code=1, lang=lang).err
        assert holds(refused, say["error.undo_restored"])
        assert str(aside) in refused
    assert holds(run("undo", code=2, lang=lang).err, say["notice.undo_restored"])
    assert run.db.read_bytes() == before
    run("add-model", "Mới", "--field", "culture")
    assert "Mới" in run("undo", "--yes").out, "a change since the restore is taken back as ever"
    run("undo", "--yes", code=1)


@pytest.mark.parametrize("year", [2001, 2099])
def test_of_another_register_that_was_put_aside_the_moment_decides(restorable: tuple[Run, Path], year: int) -> None:
    run, copy = restorable
    other = run.home / "other.json"
    run("add-model", "Khác", "--field", "culture", "--db", other)
    run("restore", copy, "--yes", "--db", other)
    (aside,) = [path for path in backups(run) if path.name.startswith("other.")]
    aside.rename(aside.with_name(f"other.{year}-01-01-080000.before-restore.json"))
    run("undo", "--yes", "--db", other, code=int(year > 2050))


def test_without_a_terminal_a_restore_has_to_be_meant(restorable: tuple[Run, Path]) -> None:
    run, copy = restorable
    before = run.db.read_bytes()
    assert holds(run("restore", copy, code=2).err, EN["error.restore_yes"])
    assert run.db.read_bytes() == before
    assert len(backups(run)) == 1


def test_at_a_terminal_it_is_asked_and_enter_says_no(
    restorable: tuple[Run, Path], at_terminal: Callable[..., Any]
) -> None:
    run, copy = restorable
    before = run.db.read_bytes()
    for key, code in ((b"\r", 0), (b"\x03", 130)):
        terminal = at_terminal("restore", copy)
        terminal.until("(y/n)")
        terminal.press(key)
        terminal.end(code)
        assert run.db.read_bytes() == before
        assert len(backups(run)) == 1
    terminal = at_terminal("restore", copy)
    terminal.answer("(y/n)", "y")
    terminal.end()
    assert names(run.db) == ["Đường hoa"]


def test_what_is_no_sound_copy_is_not_restored(restorable: tuple[Run, Path]) -> None:
    run, copy = restorable
    before, whole = run.db.read_bytes(), copy.read_bytes()
    bad = run.home / "bad.json"
    for text, key, code in (
        (b"PK\x03\x04", "error.not_json", 5),
        (b"[]", "error.not_register", 5),
        (whole.replace(b'"format":2', b'"format":9'), "error.newer_format", 5),
        (whole[:-70], "error.copy_damaged", 5),
        (whole.replace(b'"name":"', b'"name":x', 1), "error.copy_damaged", 5),
    ):
        bad.write_bytes(text)
        answer = run("restore", bad, "--yes", code=code)
        assert holds(answer.err, EN[key]), key
        assert EN["error.unchanged"] in answer.err
        assert (f'danvan check --db "{bad}"' in answer.err) == (key == "error.copy_damaged")
    assert holds(run("restore", run.home / "none.json", "--yes", code=6).err, EN["error.unreadable"])
    assert holds(run("restore", run.db, "--yes", code=1).err, EN["error.restore_itself"])
    assert run.db.read_bytes() == before
    assert len(backups(run)) == 1


def test_a_register_beyond_understanding_can_be_replaced(restorable: tuple[Run, Path]) -> None:
    run, copy = restorable
    for ruin in (b"PK\x03\x04 what is this", b"", run.db.read_bytes().replace(b'"format":2', b'"format":9')):
        run.db.write_bytes(ruin)
        answer = run("restore", copy, "--yes", "--json").document
        assert (Path(answer["aside"]).read_bytes() if answer["aside"] else b"") == ruin
        assert names(run.db) == ["Đường hoa"]


def test_a_register_that_is_gone_is_restored(restorable: tuple[Run, Path]) -> None:
    run, copy = restorable
    run.db.unlink()
    assert run("restore", copy, "--yes", "--json").document["aside"] is None
    assert names(run.db) == ["Đường hoa"]


def test_another_offices_register_is_restored_with_a_word_about_it(run: Run) -> None:
    run(*MODEL)
    run("add-model", "Khác", "--field", "other", "--db", run.home / "other.json")
    answer = run("restore", run.home / "other.json", "--yes")
    assert holds(answer.err, EN["notice.restore_other"])
    assert names(run.db) == ["Khác"]


def test_a_copy_with_findings_is_restored_with_a_word_about_them(restorable: tuple[Run, Path]) -> None:
    run, copy = restorable
    copy.write_text(copy.read_text("utf-8").replace('"status":"registered"', '"status":"registerex"'), "utf-8")
    answer = run("restore", copy, "--yes")
    assert holds(answer.err, EN["notice.restore_findings"])
    assert f'danvan check --db "{copy}"' in answer.err
    assert run("check", code=3).out


def test_a_restored_copy_that_holds_what_was_erased_is_told(run: Run) -> None:
    run("add-model", "Ông Lộ", "--field", "economy")
    run("add-model", "Khác", "--field", "economy")
    copy = backup(run)
    run("erase", "1", "--reason", "theo đơn", "--yes")
    answer = run("restore", copy, "--yes")
    assert holds(answer.err, EN["notice.restore_erased"])
    assert "danvan erase 1 --reason" in answer.err
    run("erase", "1", "--reason", "theo đơn", "--yes")
    assert not holds(run("restore", backup(run), "--yes").err, EN["notice.restore_erased"])


def test_a_copy_made_between_two_erasures_of_one_record_is_told_as_well(run: Run) -> None:
    run("add-model", "Ông Lộ", "--field", "economy", "--note", "bà Sen")
    run("erase", "1", "--fields", "note", "--reason", "theo đơn", "--yes")
    run("edit", "1", "--note", "đã gặp")
    copy = backup(run)
    assert not holds(run("restore", copy, "--yes").err, EN["notice.restore_erased"]), "a note that was written since"
    run("erase", "1", "--fields", "name", "--reason", "theo đơn", "--yes")
    assert holds(run("restore", copy, "--yes").err, EN["notice.restore_erased"])


def test_a_symlinked_register_stays_one_through_everything(run: Run) -> None:
    real = run.home / "share" / "office.json"
    real.parent.mkdir()
    run(*MODEL, "--db", real)
    run.db.symlink_to(real)
    copy = backup(run)
    assert copy.parent == real.parent / "backups"
    assert copy.name.startswith("office.")
    run("erase", "1", "--reason", "x", "--yes")
    run("restore", copy, "--yes")
    real.write_text(real.read_text("utf-8").replace("economy", "culture"), "utf-8")
    run("check", "--repair")
    assert run.db.is_symlink()
    assert not real.is_symlink()
    assert "culture" in json.dumps(run("models", "--format", "json").document)
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


@pytest.mark.usefixtures("permitted")
def test_a_read_only_folder_is_told(run: Run) -> None:
    run(*MODEL)
    run.home.chmod(0o500)
    try:
        assert str(run.home) in run("backup", code=6).err
    finally:
        run.home.chmod(0o700)
