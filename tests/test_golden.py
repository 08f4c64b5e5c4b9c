"""Screens as they stand on a terminal of 80 and of 120 or 160 columns, in both languages, compared with `golden/`.

After a wanted change: `pytest --update-golden --no-cov tests/test_golden.py tests/test_readme.py`, and read the
difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from office import CITY, Run, tell_article

from danvan.messages import LANGUAGES

GOLDEN = Path(__file__).parent / "golden"
SCREENS = {
    "report": ("report", "2023"),
    "models": ("models",),
    "receptions": ("receptions", "--year", "2023"),
    "audits": ("audits",),
}
FORMS = {
    "form-tcd": ("form", "01/TCD", "2023", "--calendar", "calendar"),
    "form-ttr": ("form", "01/TTr", "2023"),
}
CASES = [(screen, lang, width) for screen in SCREENS for lang in LANGUAGES for width in (80, 120)]
CASES += [(screen, lang, width) for screen in FORMS for lang in LANGUAGES for width in (80, 160)]


def path_of(screen: str, lang: str, width: int) -> Path:
    return GOLDEN / f"{screen}.{lang}.{width}.txt"


def fill(run: Run) -> None:
    """The article's year and some single records, long and short."""
    tell_article(run)
    run("add-model", "Camera an ninh", "--field", "defence", "--holder", "collective", "--date", "10/2/2023")
    run(
        *("add-model", "Tổ phụ nữ thu gom rác thải nhựa giúp trẻ em nghèo đến trường", "--field", "khác"),
        *("--theme", "đô thị văn minh", "--theme", "nông thôn mới", "--level", "xã", "--unit", "Phường Trung Hòa"),
        *("--date", "1/6/2022", "--note", "Điều 5 [khoản 2]"),
    )
    run(
        *("add-reception", "Bồi thường đất, đơn số [/2023/KN]", "--mode", "định kỳ", "--category", "khiếu nại"),
        *("--subject", "đất đai", "--people", "12", "--cases-first", "2", "--unit", CITY, "--date", "15/3/2023"),
    )
    run(
        *("add-audit", "Quản lý đất đai", "--type", "thanh tra", "--branch", "hành chính", "--started", "1/11/2022"),
        *("--concluded", "20/5/2023", "--violations", "2 tỷ", "--recovery", "1,5 tỷ", "--other-handling", "500 triệu"),
    )
    run("add-reception", "--receiver", "staff", "--turns", "9", "--from", "15/12/2022", "--to", "14/3/2023")


@pytest.mark.parametrize(("screen", "lang", "width"), CASES)
def test_the_screen_is_the_golden_one(run: Run, updating: bool, screen: str, lang: str, width: int) -> None:
    fill(run)
    shown = "".join(
        f"{line.rstrip()}\n" for line in run(*(SCREENS | FORMS)[screen], lang=lang, width=width).plain.splitlines()
    )
    path = path_of(screen, lang, width)
    if updating:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(shown, "utf-8")
    assert shown == path.read_text("utf-8"), f"if this is wanted, run pytest --update-golden {Path(__file__).name}"


@pytest.mark.parametrize(("screen", "lang", "width"), CASES)
def test_no_line_is_wider_than_the_window(run: Run, screen: str, lang: str, width: int) -> None:
    fill(run)
    for line in run(*(SCREENS | FORMS)[screen], lang=lang, width=width).plain.splitlines():
        assert len(line) <= width


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_of_the_demonstration_is_the_golden_one(run: Run, updating: bool, lang: str) -> None:
    run("demo", "--out", run.home / "demo.json")
    run("report", "2023", "--db", run.home / "demo.json", "-o", run.home / "report.svg", lang=lang)
    drawn, path = (run.home / "report.svg").read_text("utf-8"), GOLDEN / f"report.{lang}.svg"
    if updating:
        path.write_text(drawn, "utf-8")
    assert drawn == path.read_text("utf-8"), f"if this is wanted, run pytest --update-golden {Path(__file__).name}"


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.glob("*.svg")} == {f"report.{lang}.svg" for lang in LANGUAGES}
    assert {path.name for path in GOLDEN.glob("*.txt")} == {path_of(*case).name for case in CASES}
