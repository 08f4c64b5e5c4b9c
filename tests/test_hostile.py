"""What people type never acts: not as markup, not as a command to the terminal, not as a trick on the eye."""

from __future__ import annotations

import pytest
from office import Run

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
