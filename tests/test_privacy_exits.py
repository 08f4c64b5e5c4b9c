"""A citizen's identity goes in by one door and comes out by none, unless it is asked for (see `test_reveal`)."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from office import Run

from danvan.cli.commands import COMMANDS
from danvan.messages import LANGUAGES, LanguageCode, catalogue

NAME, ADDRESS, PHONE = "Nguyễn Thị Sentinel", "Số 99 ngõ Sentinel", "0912000111"
SENTINELS = (NAME, ADDRESS, PHONE, "Sentinel")


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    path = tmp_path / "who.txt"
    path.write_text(f"Họ tên: {NAME}\nđịa chỉ: {ADDRESS}\n\nphone: {PHONE}\n", "utf-8")
    return path


def add(run: Run, identity: Path, *argv: str) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--category", "complaint", "--identity-file", identity, *argv)


def test_the_identity_is_kept_and_the_file_belongs_to_its_owner_alone(run: Run, identity: Path) -> None:
    add(run, identity)
    assert (run.stored()["1"]["citizen"], run.stored()["1"]["phone"]) == (NAME, PHONE)
    assert run.db.stat().st_mode & 0o077 == 0


SAME = ("--mode", "regular", "--category", "complaint")
# What every command is asked for: all of its answers about people, and some refusals. A number before a command line
# is the exit code it ends with. A command that is not here fails the test: nobody has looked at its exits.
VISITS: dict[str, tuple[tuple[object, ...], ...]] = {
    "add-model": (("add-model", "Đường hoa", "--field", "economy"),),
    "add-reception": (
        ("add-reception", "Đất", *SAME, "--identity-file", "{who}"),
        (1, "add-reception", "Đất", *SAME, "--identity-file", "{who}", "--strict"),
        (2, "add-reception", "Đất", "--mode", "regular", "--identity-file", "{who}"),
        (2, "add-reception", "--mode", "regular", "--category", "denunciation", "--identity-file", "{who}"),
        (2, "add-reception", *SAME, "--identity-file", "{broken}"),
    ),
    "add-audit": (("add-audit", "Đất đai", "--type", "inspection"),),
    "models": (("models",),),
    "receptions": (
        *(
            ("receptions", "--format", form, "--columns", "all")
            for form in ("table", "json", "jsonl", "csv", "markdown")
        ),
        *(
            ("receptions", "--format", form, "--search", "Đất")
            for form in ("table", "json", "jsonl", "csv", "markdown")
        ),
        *(("receptions", "-o", f"{{home}}/list.{form}", "--force") for form in ("txt", "json", "jsonl", "csv", "md")),
        ("receptions", "--search", "{name}", "--format", "json"),
        (2, "receptions", "--sort", "citizen"),
        (2, "receptions", "--reveal"),
    ),
    "audits": (("audits",),),
    "show": (("show", "1", "2"), (2, "show", "1", "--reveal")),
    "history": (("history", "1"), ("history", "2"), (2, "history", "1", "--reveal", "--reason", "")),
    "man": (("man",),),
    "status": (("status",), ("status", "--json")),
    "due": (("due",), ("due", "--unit", "x")),
    "edit": (
        ("edit", "1", "--people", "3"),
        ("edit", "1", "--identity-file", "{other}"),
        (2, "edit", "1", "--category", "denunciation"),
        (2, "edit", "1", "--clear", "category"),
        ("edit", "1", "--clear", "citizen"),
    ),
    "follow-up": ((1, "follow-up", "1", "--note", "x"),),
    "void": (("void", "1", "2", "--reason", "nhầm"), (1, "void", "1", "9", "--reason", "nhầm")),
    "undo": (("undo", "--yes"), (2, "undo")),
    "report": (
        *(("report", "2023", "--format", form) for form in ("table", "text", "json", "markdown", "html", "svg")),
        *(("report", "2023", "--by", "category", "--format", form) for form in ("table", "json", "html")),
        *(("report", "2023", "-o", f"{{home}}/report.{form}", "--force") for form in ("xlsx", "docx")),
    ),
    "form": (
        *(("form", "01/TCD", "2023", "--format", form) for form in ("table", "csv", "json")),
        *(("form", "01/TCD", "2023", "-o", f"{{home}}/form.{form}", "--force") for form in ("xlsx", "docx")),
    ),
    "explain": (("explain", "2023", "receptions.turns"), ("explain", "2023", "01/TCD:4")),
    "close": (("close", "2023"),),
    "template": (
        ("template", "receptions", "-o", "{home}/entry.xlsx", "--force"),
        ("template", "models", "--form", "2026", "-o", "{home}/form.xlsx", "--force"),
    ),
    "schema": (("schema", "receptions"), ("schema", "report")),
    "import": (
        (3, "import", "{bad}", "--problems", "{home}/problems.csv", "--force"),
        ("import", "{good}", "--dry-run"),
    ),
    "export": (
        *(("export", "receptions", "--format", form) for form in ("csv", "json", "jsonl")),
        ("export", "receptions", "--excel", "--format", "csv"),
        ("export", "all", "--format", "csv"),
        ("export", "all", "-o", "{home}/all.xlsx", "--force"),
        (2, "export", "all", "--reveal"),
    ),
    "merge": (
        (3, "merge", "{unit}"),
        ("merge", "{unit}", "--theirs"),
        ("merge", "{unit}", "--ours", "--dry-run"),
        (3, "merge", "{denounced}", "--latest"),
    ),
    "check": (("check",), ("check", "--repair")),
    "backup": (("backup", "{home}/usb", "--keep", "1"),),
    "restore": (("restore", "{copy}", "--yes"), (2, "restore", "{copy}"), (5, "restore", "{broken}", "--yes")),
    "erase": (
        ("erase", "1", "2", "--reason", "theo đơn", "--yes"),
        ("erase", "1", "--fields", "identity", "--reason", "theo đơn", "--yes"),
        (2, "erase", "1", "--reason", "theo đơn"),
        (2, "erase", "1", "--fields", "name", "--reason", "theo đơn", "--yes"),
    ),
    "demo": (("demo", "--out", "{home}/demo.json"),),
    "init": (("init", "--office", "Ban Dân vận"),),
    "config": (("config",), ("config", "set", "unit", "Quận Ba Đình"), ("config", "list")),
    "completion": (("completion", "bash"), ("completion", "powershell")),
}
HOLDING = (
    "who.txt",
    "other.txt",
    "broken.txt",
    "bad.csv",
    "good.csv",
    "register.json",
    "unit.json",
    "denounced.json",
    "copy.json",
)
COPIES = ("usb", "backups")  # whole registers


@pytest.fixture
def watched(run: Run, identity: Path) -> Run:
    """An office whose register holds the sentinel in present, changed, voided and undone records."""
    for _ in range(2):
        add(run, identity)
    run("edit", "2", "--people", "12")
    run("void", "2", "--reason", "nhầm")
    run("undo", "--yes")
    return run


def placed(run: Run, words: tuple[object, ...], identity: Path) -> list[str]:
    """A command line with the names of files that hold the sentinel, which stands in each of them otherwise."""
    rows = "date,summary,mode,receiver,category,citizen,phone\n2023-03-15,Đất,regular,staff,{},{},{}\n"
    texts = {
        "who": identity.read_text("utf-8"),
        "other": f"Họ tên: Khác {NAME}\n",
        "broken": f"{NAME}\n",
        "bad": rows.format("denunciation", NAME, PHONE),
        "good": rows.format("complaint", NAME, PHONE),
    }
    paths = {}
    for name, text in texts.items():
        paths[name] = run.home / f"{name}.{'csv' if name in ('bad', 'good') else 'txt'}"
        paths[name].write_text(text, "utf-8")
    held = run.db.read_text("utf-8")
    for name, old, new in (("unit", "Đất", "Nhà"), ("denounced", '"complaint"', '"denunciation"')):
        paths[name] = run.home / f"{name}.json"
        paths[name].write_text(held.replace(old, new), "utf-8")
    paths["copy"] = run.home / "copy.json"
    paths["copy"].write_bytes(run.db.read_bytes())
    return [str(word).format(**paths, home=run.home, name=NAME) for word in words]


def left_behind(home: Path) -> Iterator[tuple[str, bytes]]:
    """The content of every file below a folder, of each member of a workbook or document, but for those that may."""
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.name not in HOLDING and path.parent.name not in COPIES:
            yield path.name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    yield from ((f"{path.name}/{name}", packed.read(name)) for name in packed.namelist())


def test_every_command_is_visited() -> None:
    assert set(VISITS) == set(COMMANDS)


@pytest.mark.unmeasured
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_lets_it_out(watched: Run, identity: Path, name: str, lang: LanguageCode) -> None:
    for visit in VISITS[name]:
        code, *words = visit if isinstance(visit[0], int) else (0, *visit)
        argv = placed(watched, tuple(words), identity)
        for flags, width in (((), None), ((), 80), (("--json",), None)):
            if flags and ("--format" in argv or argv[0] in ("template", "completion", "demo")):
                continue
            before = watched.db.read_bytes()
            watched.home.joinpath("demo.json").unlink(missing_ok=True)
            answer = watched(*argv, *flags, code=code, lang=lang, width=width)
            for sentinel in SENTINELS:
                assert sentinel not in answer.out + answer.err, argv
            watched.db.write_bytes(before)
    for file, content in left_behind(watched.home):
        for sentinel in SENTINELS:
            assert sentinel.encode() not in content, file


@pytest.mark.parametrize("typed", [("show", ""), ("edit", ""), ("edit", "1", "--"), ("receptions", "--unit", "")])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_does_not_offer_it(watched: Run, shell: str, typed: tuple[str, ...]) -> None:
    answer = watched.apart("--complete", shell, *typed)
    for sentinel in SENTINELS:
        assert sentinel not in answer.out + answer.err


def test_the_editors_form_does_not_hold_it_and_is_private_and_gone(
    watched: Run, at_terminal: Callable[..., Any]
) -> None:
    editor = watched.home / "editor.sh"
    editor.write_text('#!/bin/sh\nls -ld "$(dirname "$1")" "$1" > "$HOME/modes"\ncp "$1" "$HOME/form.txt"\n')
    editor.chmod(0o700)
    at_terminal("edit", 1, EDITOR=str(editor)).end()
    modes = [line[:10] for line in (watched.home / "modes").read_text().splitlines()]
    assert sorted(modes) == ["-rw-------", "drwx------"]
    for file, content in left_behind(watched.home):
        for sentinel in SENTINELS:
            assert sentinel.encode() not in content, file
    assert not [path for path in watched.home.iterdir() if path.name.startswith("danvan-")]


def test_errors_about_the_file_do_not_repeat_it(run: Run, identity: Path) -> None:
    identity.write_text(f"{NAME}\n", "utf-8")
    for flags in ((), ("--json",)):
        answer = run("add-reception", "--mode", "regular", "--identity-file", identity, *flags, code=2)
        assert "Sentinel" not in answer.out + answer.err
    assert not run.db.exists()


@pytest.mark.parametrize("category", ["tố cáo", "denunciation", "to cao"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_who_denounces_is_never_written(run: Run, identity: Path, category: str, lang: LanguageCode) -> None:
    argv = ("add-reception", "Đất", "--mode", "regular", "--category", category, "--identity-file", identity)
    for flags in ((), ("--json",)):
        answer = run(*argv, *flags, lang=lang, code=2)
        assert catalogue(lang)["problem.identity"] in answer.err
        assert ("bí mật nhà nước" if lang == "vi" else "state secret") in answer.err
        assert "Sentinel" not in answer.err
    assert not run.db.exists()


def test_without_a_category_nobody_is_named(run: Run, identity: Path) -> None:
    answer = run("add-reception", "Đất", "--mode", "regular", "--identity-file", identity, code=2)
    assert "Sentinel" not in answer.err
    assert not run.db.exists()


def test_an_unexpected_fault_shows_no_local_variables(
    run: Run, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import traceback

    from danvan.store import Register

    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Register, "add", broken)
    try:
        add(run, identity)
    except RuntimeError as fault:
        assert "Sentinel" not in "".join(traceback.format_exception(fault))
