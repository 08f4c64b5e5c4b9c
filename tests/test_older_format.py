"""A register that an older danvan wrote: read as it is, and given the present format by the first who writes."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest
from office import Run, holds

from danvan.errors import FileFault
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Model
from danvan.store.file import disk, layout

OLD = Path(__file__).parent / "registers" / "format-1.json"  # written by danvan as it was before format 2
NEWS = ("add-model", "Mới", "--field", "economy")


@pytest.fixture
def old(run: Run) -> Run:
    """An office whose register has format 1."""
    shutil.copyfile(OLD, run.db)
    run.db.chmod(0o600)
    return run


def format_of(path: Path) -> int:
    number: int = json.loads(path.read_bytes())["danvan"]["1"]["format"]
    return number


def kept(run: Run) -> list[Path]:
    return sorted((run.home / "backups").glob("*")) if (run.home / "backups").exists() else []


def test_readers_read_it_and_leave_it_alone(old: Run) -> None:
    assert len(old("models", "--format", "json").document["records"]) == 1
    assert old.figures()["inspections.recovery"]["value"] == 81_500_000_000
    assert old("history", "2", "--json").document["versions"][1]["changes"]
    assert old("config", "get", "threshold").out.strip() == "5"
    assert old("check").code == 0
    assert old("check", "--json").document["format"] == 1
    old("backup")
    assert old.db.read_bytes() == OLD.read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_who_writes_gives_it_the_present_format_after_a_backup(old: Run, lang: LanguageCode) -> None:
    before = old("report", "2023", "--format", "json").document
    records = old.stored()
    answer = old(*NEWS, lang=lang)
    assert holds(answer.err, catalogue(lang)["notice.upgraded"])
    (copy,) = kept(old)
    assert str(copy) in answer.err
    assert copy.read_bytes() == OLD.read_bytes()
    assert "before-upgrade" in copy.name
    assert stat.S_IMODE(old.db.stat().st_mode) == stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert format_of(old.db) == layout.FORMAT
    assert {key: row for key, row in old.stored().items() if key != "8"} == records
    assert old("check").code == 0
    assert old("config", "get", "threshold").out.strip() == "5"
    old("void", "8", "--reason", "x")
    assert old("report", "2023", "--format", "json").document == before
    assert kept(old) == [copy], "once is enough"
    assert old(*NEWS).err == ""


def test_a_repair_and_a_restore_give_it_the_present_format(old: Run) -> None:
    old.db.write_text(OLD.read_text("utf-8").replace("Đường hoa", "Đường hoA"), "utf-8")
    old("check", "--repair")
    assert format_of(old.db) == layout.FORMAT
    old("restore", OLD, "--yes")
    assert format_of(old.db) == layout.FORMAT
    assert old("show", "2", "--json").document["records"][0]["name"] == "Đường hoa"
    assert format_of(OLD) == 1
    assert old("check").code == 0


@pytest.mark.parametrize("cut", [2, 40, 300])
def test_a_torn_one_is_mended_first(old: Run, cut: int) -> None:
    old.db.write_bytes(OLD.read_bytes()[:-cut])
    answer = old(*NEWS)
    assert holds(answer.err, catalogue("en")["notice.torn"])
    assert holds(answer.err, catalogue("en")["notice.upgraded"])
    assert format_of(old.db) == layout.FORMAT
    assert old("check").code == 0


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("call", ["write_at", "sync", "replace", "sync_folder"])
def test_an_upgrade_that_fails_leaves_it_as_it_was(
    old: Run, call: str, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = []
    sound = getattr(disk, call)

    def failing(*args: object) -> object:
        used.append(1)
        if len(used) == nth:
            raise OSError(28, "No space left on device")
        return sound(*args)

    with monkeypatch.context() as patch:
        patch.setattr(disk, call, failing)
        with pytest.raises(FileFault):
            old.register().add(Model(date(2023, 1, 1), name="x", field="other", status="registered"))
    assert old.db.read_bytes() == OLD.read_bytes()
    assert not list(old.home.rglob("*.tmp"))
    assert old(*NEWS).code == 0
