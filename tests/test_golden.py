"""Screens as they stand on a terminal of 80 and of 120 or 160 columns, in both languages, compared with `golden/`.

After a wanted change: `pytest --update-golden --no-cov tests/test_golden.py tests/test_readme.py`, and read the
difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from office import CITY, Run, tell_article

from danvan.exchange.outgoing.prose import SENTENCES, Phrase
from danvan.messages import LANGUAGES, catalogue

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
def test_the_screen_is_the_golden_one_and_no_line_is_wider_than_the_window(
    run: Run, updating: bool, screen: str, lang: str, width: int
) -> None:
    fill(run)
    lines = run(*(SCREENS | FORMS)[screen], lang=lang, width=width).plain.splitlines()
    assert all(len(line) <= width for line in lines)
    shown = "".join(f"{line.rstrip()}\n" for line in lines)
    path = path_of(screen, lang, width)
    if updating:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(shown, "utf-8")
    assert shown == path.read_text("utf-8"), f"if this is wanted, run pytest --update-golden {Path(__file__).name}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_of_the_demonstration_is_the_golden_one(run: Run, updating: bool, lang: str) -> None:
    run("demo", "--out", run.home / "demo.json")
    asked = ("report", "2023", "--db", run.home / "demo.json", "--today", "2024-01-15")
    run(*asked, "-o", run.home / "report.svg", lang=lang)
    drawn, path = (run.home / "report.svg").read_text("utf-8"), GOLDEN / f"report.{lang}.svg"
    if updating:
        path.write_text(drawn, "utf-8")
    assert drawn == path.read_text("utf-8"), f"if this is wanted, run pytest --update-golden {Path(__file__).name}"


def tell_everything(run: Run) -> None:
    """Two years in which every figure that sentences can say is known, and has changed."""
    for year, n in ((2022, 1), (2023, 2)):
        days = ("--from", f"{year}-01-01", "--to", f"{year}-12-31")
        for mode in ("planned", "unannounced", "directed"):
            run("add-audit", "--type", "duty-check", "--mode", mode, "--count", 3 * n, *days)
        run("add-audit", "--type", "duty-check", "--count", n, *days)
        answer = run(
            *("add-audit", f"Đất đai {year}", "--json", "--type", "inspection", "--started", f"{year}-02-01"),
            *("--concluded", f"{year}-05-20", "--violations", 90 * n, "--recovery", 50 * n, "--other-handling", 40 * n),
            *("--violations-land", 9 * n, "--recovery-land", 5 * n, "--other-land", 4 * n, "--collectives", 2 * n),
            *("--individuals", 4 * n, "--referred", 1, "--referred-cases", n, "--referred-persons", 2 * n),
        )
        run(
            *(
                "follow-up",
                answer.document["id"],
                "--on",
                f"{year}-09-01",
                "--recovered",
                10 * n,
                "--recovered-land",
                n,
            ),
            *("--collectives", n, "--individuals", n),
        )
        for holder in ("collective", "individual"):
            for status in ("registered", "running", "recognised", "exemplary", "awarded", "replicated"):
                run("add-model", "--field", "economy", "--holder", holder, "--status", status, "--count", 7 * n, *days)
        for receiver in ("staff", "leader", "delegated"):
            run(
                *("add-reception", "--receiver", receiver, "--turns", 20 * n, "--people", 90 * n, *days),
                *("--cases-first", 9 * n, "--cases-repeat", 4 * n),
                *("--groups", n, "--group-people", 30 * n, "--group-cases", n),
            )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentences_of_a_year_that_knows_everything_are_the_golden_ones(run: Run, updating: bool, lang: str) -> None:
    tell_everything(run)
    told = run("report", "2023", "--format", "text", "--change", "both", lang=lang).out
    path = GOLDEN / f"sentences.{lang}.txt"
    if updating:
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8"), f"if this is wanted, run pytest --update-golden {Path(__file__).name}"


def said(phrase: Phrase) -> set[str]:
    parts = [said(part) if isinstance(part, Phrase) else {part} for part in phrase.parts]
    return set().union({phrase.key, phrase.lead} - {""}, *parts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_clause_of_the_catalogue_has_its_place_in_a_sentence(lang: str) -> None:
    clauses = {key.removeprefix("clause.") for key in catalogue(lang) if key.startswith("clause.")}  # type: ignore[arg-type]
    assert clauses <= set().union(*(said(phrase) for phrases in SENTENCES.values() for phrase in phrases))


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.glob("*.svg")} == {f"report.{lang}.svg" for lang in LANGUAGES}
    screens = {path_of(*case).name for case in CASES}
    assert {path.name for path in GOLDEN.glob("*.txt")} == screens | {f"sentences.{lang}.txt" for lang in LANGUAGES}
