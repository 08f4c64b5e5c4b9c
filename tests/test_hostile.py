"""What people type never acts: not as markup, not as a command to the terminal, not as a trick on the eye."""

from __future__ import annotations

import os
import stat

import pytest
from office import Run, holds

from danvan.messages import LANGUAGES, LanguageCode, catalogue

HARMLESS = (
    "Điều 5 [khoản 2]",
    "đơn số [/2023/KN]",
    "[bold]đậm[/bold]",
    "[link=http://example.org]x[/link]",
    ":smile: $(rm -rf ~) `id` %s {0} {name}",
    "\\[red]",
    "100% | a > b && c",
)
REFUSED = {
    "an escape": "a\x1b[31mb",
    "a bell": "a\x07b",
    "a carriage return": "a\rb",
    "a new line": "a\nb",
    "an override of direction": "a\u202eb",
    "an isolate": "a\u2066b",
    "a zero width space": "a\u200bb",
    "an eight-bit control": "a\x9bb",
}


@pytest.mark.parametrize("text", HARMLESS)
@pytest.mark.parametrize("width", [None, 120])
def test_markup_stays_text_in_tables(run: Run, text: str, width: int | None) -> None:
    run("add-reception", "--mode", "regular", "--unit", text, "--", text)
    answer = run("receptions", width=width)
    assert answer.plain.count(text) == 2
    assert text in run("receptions", "--unit", text, width=width).plain


@pytest.mark.parametrize("text", HARMLESS)
def test_markup_stays_text_in_answers_json_and_csv(run: Run, text: str) -> None:
    assert text in run("add-model", text, "--field", "other").out
    assert run("models", "--json").document["records"][0]["name"] == text
    assert text in run("models", "--format", "csv").out


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_the_invisible_is_refused_with_its_place(run: Run, text: str) -> None:
    answer = run("add-model", text, "--field", "other", code=2)
    assert f"U+{ord(text[1]):04X}" in answer.err
    assert "2" in answer.err
    assert "NAME" in answer.err
    assert not run.db.exists()


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_the_invisible_in_a_file_of_others_does_not_reach_the_terminal(run: Run, text: str) -> None:
    run("add-model", "MARKER", "--field", "other", "--unit", "Tổ 1")
    stored = run.db.read_text("utf-8").replace("MARKER", _escaped(text))
    run.db.write_text(stored, "utf-8")
    for width in (None, 100):
        out = run("models", width=width).plain
        assert text[1] not in out.replace("\n", "") or text[1] == "\n"
        assert "b" in out


def _escaped(text: str) -> str:
    return "".join(c if c.isprintable() and c != "\\" else f"\\u{ord(c):04x}" for c in text)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_error_messages_do_not_repeat_what_acts(run: Run, text: str) -> None:
    for argv in (
        ("add-model", "A", "--field", text),
        ("add-model", "A", "--field", "other", "--date", text),
        ("report", text),
        (f"add-{text}",),
        ("models", f"--{text}"),
        ("models", "--limit", text),
    ):
        err = run(*argv, code=2).err
        assert text[1] not in err.replace("\n", "")


def test_a_number_is_whole_or_not_there(run: Run) -> None:
    run("add-reception", "--receiver", "staff", "--turns", "22858", "--from", "1/1/2023", "--to", "31/12/2023")
    for width in (20, 30, 40, 60, 80):
        for word in run("report", "2023", width=width, lang="vi").plain.split():
            assert not word.startswith("22") or word == "22.858"


OUTPUTS = (("models", "--format", "csv"), ("report", "2023", "--format", "xlsx"), ("export", "all"))
posix = pytest.mark.skipif(os.name == "nt", reason="links and devices of POSIX")


@pytest.fixture
def filled(run: Run) -> Run:
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2023-03-01")
    return run


@posix
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("argv", OUTPUTS, ids=lambda argv: argv[0])
def test_an_answer_replaces_no_device_and_no_folder(filled: Run, argv: tuple[str, ...], lang: LanguageCode) -> None:
    before = os.lstat("/dev/null")
    words = {"output_is_device": ["/dev/null", "/dev/full"], "output_is_directory": [filled.home, "/", "../.."]}
    for key, names in words.items():
        for name in names:
            for force in ((), ("--force",)):
                answer = filled(*argv, "-o", name, *force, lang=lang, code=1)
                said = catalogue(lang)[f"error.{key}"].partition("{path}")[2]
                assert said in answer.err
    assert stat.S_ISCHR(os.lstat("/dev/null").st_mode)
    assert os.lstat("/dev/null").st_ino == before.st_ino


@posix
@pytest.mark.parametrize("argv", OUTPUTS, ids=lambda argv: argv[0])
def test_an_answer_never_takes_the_registers_place(filled: Run, argv: tuple[str, ...]) -> None:
    before = filled.db.read_bytes()
    soft, hard = filled.home / "soft.csv", filled.home / "hard.csv"
    soft.symlink_to(filled.db)
    hard.hardlink_to(filled.db)
    (filled.home / "sub").mkdir()
    for name in (filled.db, soft, hard, filled.home / "sub" / ".." / "register.json"):
        answer = filled(*argv, "-o", name, "--force", code=1)
        assert "is the register itself" in answer.err
    assert filled.db.read_bytes() == before


@posix
def test_a_link_stays_a_link_and_is_followed_only_by_force(filled: Run) -> None:
    link, far = filled.home / "link.csv", filled.home / "far.csv"
    link.symlink_to(far)
    filled("models", "-o", link, code=1)
    filled("models", "-o", link, "--force")
    assert link.is_symlink()
    assert "Đường hoa" in far.read_text("utf-8")
    loop = filled.home / "loop.csv"
    loop.symlink_to(loop)
    filled("models", "-o", loop, code=1)


@pytest.mark.parametrize("name", ["a\nb.csv", "a\x1b[2Jb.csv", "a\u202eb.csv", "a\udcff.csv"])
def test_a_name_that_acts_is_no_name_of_a_file(filled: Run, name: str) -> None:
    answer = filled("models", "-o", filled.home / name, code=2)
    assert "-o: a control or invisible character" in answer.err
    assert name[1] not in answer.err.replace("\n", "")


def test_a_name_that_the_system_does_not_take_is_a_calm_error(filled: Run) -> None:
    for name in (
        "x" * 300 + ".csv",
        "nowhere/" * 3 + "a.csv" if os.geteuid() else "/proc/nowhere/a.csv",
        "/proc/a.csv",
    ):
        answer = filled("models", "-o", name, code=6)
        assert "Traceback" not in answer.err
    assert not list(filled.home.glob(".*.tmp"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pipe_or_a_device_is_no_register_and_nothing_waits_for_it(run: Run, lang: LanguageCode) -> None:
    pipe = run.home / "pipe.json"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/null"):
        for argv in (("models",), ("check",), ("add-model", "A", "--field", "economy", "--date", "2023-01-01")):
            answer = run(*argv, "--db", path, lang=lang, code=6)
            assert holds(answer.err, catalogue(lang)["error.no_file"])
