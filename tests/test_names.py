"""Names of files and folders on systems that spell them otherwise, and systems that know no home."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

import pytest
from office import MINIMAL, Run, holds

from danvan.messages import LANGUAGES, catalogue

EN = catalogue("en")
MODEL = MINIMAL["model"].single
FORMS = ("NFC", "NFD")


@pytest.mark.parametrize(("kept", "typed"), [FORMS, FORMS[::-1]], ids=["kept whole", "kept apart"])
def test_a_file_from_a_mac_is_found_however_it_is_typed(run: Run, kept: str, typed: str) -> None:
    name = "quận Ba Đình.csv"
    path = run.home / normalize(kept, name)
    path.write_text("name,field,date\nĐường hoa,economy,2023-02-10\n", "utf-8")
    run("import", "--kind", "models", run.home / normalize(typed, name))
    run(*MODEL, "--db", run.home / normalize(kept, "sổ quận.json"))
    run("merge", run.home / normalize(typed, "sổ*.json"))
    assert len(run.stored()) == 2


@pytest.mark.parametrize(("kept", "typed"), [FORMS, FORMS[::-1]], ids=["kept whole", "kept apart"])
def test_the_copies_of_a_register_are_known_however_its_name_is_spelled(run: Run, kept: str, typed: str) -> None:
    run(*MODEL, "--db", run.home / normalize(typed, "sổ.json"))
    run("backup", "--db", run.home / normalize(typed, "sổ.json"))
    for path in (run.home / "backups").iterdir():
        path.rename(path.with_name(normalize(kept, path.name)))
    run("backup", "--db", run.home / normalize(typed, "sổ.json"))
    names = [normalize("NFC", path.name) for path in (run.home / "backups").iterdir()]
    assert len(set(names)) == 2, "where both spellings are one name, the older copy would be gone"
    run("backup", "--keep", "1", "--db", run.home / normalize(typed, "sổ.json"))
    assert len(list((run.home / "backups").iterdir())) == 1


@pytest.fixture
def homeless(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """An office on a system that knows no home folder."""
    monkeypatch.setattr(os.path, "expanduser", lambda path: os.fspath(path))
    monkeypatch.chdir(run.home)
    for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "DANVAN_DB"):
        run.environment.pop(name)
    return run


@pytest.mark.parametrize(
    "argv", [MODEL, ("status",), ("config", "set", "language", "vi"), ("completion", "bash", "--install")]
)
def test_without_a_home_it_is_asked_where(homeless: Run, argv: tuple[str, ...]) -> None:
    assert holds(homeless(*argv, code=6).err, EN["error.no_home"])
    assert not list(homeless.home.iterdir())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("argv", [("models",), ("add-model", "x", "--field", "economy"), ("status",)], ids=" ".join)
@pytest.mark.parametrize("db", ["", "  "])
def test_a_register_of_no_name_is_not_the_usual_one(run: Run, argv: tuple[str, ...], db: str, lang: str) -> None:
    for given in (("--db", db), ("--db", run.db, "--db", db)):
        refused = run(*argv, *given, lang=lang, code=2)
        assert f"--db: {catalogue(lang)['error.no_file_named']}" in refused.err  # type: ignore[arg-type]
    assert not list(run.home.iterdir())


def test_without_a_home_a_register_that_is_named_will_do(homeless: Run) -> None:
    homeless(*MODEL, "--db", "a.json")
    assert [path.name for path in homeless.home.iterdir()] == ["a.json"]


def test_the_home_of_nobody_is_a_name_like_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run.home)
    assert holds(run("import", "~nobody-of-that-name/models.csv", code=6).err, EN["error.unreadable"])
    run("models", "-o", "~nobody-of-that-name/models.csv")
    assert (run.home / "~nobody-of-that-name" / "models.csv").exists()


def test_a_mac_is_asked_to_empty_the_drives_own_cache(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl
    import sys

    asked = []
    sound = fcntl.fcntl
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda *args: asked.append(args) or 0 if args[1] == 51 else sound(*args))
    monkeypatch.delattr(os, "posix_fadvise", raising=False)
    run(*MODEL, "--db", Path(run.home / "mac.json"), "--lang", "en")
    run("backup", "--db", Path(run.home / "mac.json"))
    run("erase", "1", "--reason", "x", "--yes", "--db", Path(run.home / "mac.json"))
    assert len(asked) >= 3
