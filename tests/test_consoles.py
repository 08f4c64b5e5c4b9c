"""What consoles and pipes of every encoding show: Vietnamese that can be read, and a hint where letters are missing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from office import MINIMAL, Run, holds, tell_article

from danvan.messages import catalogue

PAGES = ("cp1258", "cp1252", "cp437", "cp850", "latin-1", "ascii")
MODEL = MINIMAL["model"].single
WINDOWS = Path(__file__).parent / "windows.py"


def shown(run: Run, encoding: str, *argv: str, **environment: str) -> tuple[str, str]:
    """What a command writes to both outputs in an encoding, read as that encoding."""
    wanted = run.environment | {"PYTHONIOENCODING": encoding} | environment
    done = subprocess.run([sys.executable, "-m", "danvan", *argv], env=wanted, capture_output=True, check=True)
    return done.stdout.decode(encoding), done.stderr.decode(encoding)


def bare(text: str) -> str:
    """A text as it is read without accents."""
    letters = normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in letters if letter.isascii())


@pytest.fixture
def article(run: Run) -> Run:
    """An office with the article's year."""
    tell_article(run)
    return run


def test_vietnamese_windows_shows_every_accent(article: Run) -> None:
    argv = ("report", "2023", "--format", "text", "--lang", "vi", "--today", "2024-01-05")
    out, err = shown(article, "cp1258", *argv)
    assert normalize("NFC", out) == article(*argv).out
    assert err == ""


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("encoding", PAGES)
def test_an_encoding_without_the_letters_shows_them_without_accents(article: Run, encoding: str, language: str) -> None:
    for argv in (("report", "2023"), ("report", "2023", "--format", "text"), ("audits",), ("status",), ("--help",)):
        out, err = shown(article, encoding, *argv, "--lang", language)
        assert "?" not in out, out
        assert len(out.splitlines()) == len(article(*argv, "--lang", language).out.splitlines())
        if encoding != "cp1258" and language == "vi":
            assert holds(bare(err), bare(catalogue("vi")["notice.encoding"])), err
    out, _ = shown(article, encoding, "report", "2023", "--format", "text", "--lang", "vi")
    assert "Tiep thuong xuyen" in bare(out)


def test_nothing_is_said_of_letters_where_none_is_missing(article: Run) -> None:
    for argv in (("receptions", "--columns", "id,turns", "--format", "csv"), ("--version",), ("due", "--json")):
        assert shown(article, "ascii", *argv)[1] == ""


def test_an_error_is_readable_in_every_encoding(run: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "danvan", "add-model", "A", "--lang", "vi"],
        env=run.environment | {"PYTHONIOENCODING": "cp437"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"?" not in done.stderr
    assert "Lôi:" in done.stderr.decode("cp437")


@pytest.mark.parametrize("form", ["utf-8-sig", "utf-16"])
def test_standard_input_may_come_from_windows(run: Run, form: str) -> None:
    data = "name,field,date\r\nĐường hoa,economy,2023-02-10\r\n".encode(form)
    run("import", "-", "--kind", "models", stdin=data)
    assert run.stored()["1"]["name"] == "Đường hoa"


def test_standard_input_in_a_code_page_is_told_how_to_be_saved(run: Run) -> None:
    data = "name,field\r\nTên mô hình,kinh tế\r\n".encode("cp1258", "replace")
    assert "UTF-8" in run("import", "-", "--kind", "models", stdin=data, code=3).err


def test_answers_may_end_as_those_of_windows_do(at_terminal: Callable[..., Any], run: Run) -> None:
    run(*MODEL)
    terminal = at_terminal("undo")
    terminal.until("(y")
    terminal.press(b"y\r\n")
    terminal.end()
    assert '"void"' in run.db.read_text("utf-8")


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"NO_COLOR": "1"}], ids=["dumb", "no colour"])
def test_a_terminal_that_knows_no_colours_gets_none(
    at_terminal: Callable[..., Any], run: Run, environment: dict[str, str]
) -> None:
    run(*MODEL)
    terminal = at_terminal("models", **environment)
    terminal.end()
    assert b"\x1b[3" not in terminal._raw
    if environment.get("TERM") == "dumb":
        assert b"\x1b" not in terminal._raw


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the other system is played on Linux only")
def test_an_old_console_of_windows_is_shown_no_control_sequences(at_terminal: Callable[..., Any], run: Run) -> None:
    run(*MODEL)
    assert os.access(WINDOWS, os.R_OK)
    for environment, is_styled in (({"OLD_CONSOLE": "1"}, False), ({}, True)):
        terminal = at_terminal("models", program=[str(WINDOWS)], NO_COLOR="", **environment)
        assert "Đường hoa" in terminal.end()
        assert (b"\x1b[" in terminal._raw) is is_styled
