"""Help pages: they fit their window in both languages, and whoever pastes an example gets what it promises."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from office import MINIMAL, Answer, Run, holds

from danvan.cli.commands import COMMANDS
from danvan.cli.help import PANELS, SHARED
from danvan.completion import en
from danvan.messages import LANGUAGES, catalogue

EXAMPLES = [
    pytest.param(lang, line, id=f"{lang} {line}")
    for lang in LANGUAGES
    for key, text in catalogue(lang).items()
    if key.startswith("example.") and key.split(".")[1] in COMMANDS
    for line in text.splitlines()
]
# The records that examples speak of, by number: 12 is a model, 7 a concluded inspection, the rest are receptions.
NUMBERED = {
    12: MINIMAL["model"].single,
    7: (*MINIMAL["audit"].single, "--date", "2023-01-01", "--concluded", "2023-09-01"),
}
NEEDS_TERMINAL = [["edit", number] for number in ("7", "11", "12")]  # what it does on one stands in test_edit
RECEPTION = (
    *MINIMAL["reception"].single,
    "--category",
    "complaint",
    "--note",
    "x",
    "--unit",
    "Quận Ba Đình",
    "--date",
    "2023-02-01",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register of 15 records and the files that examples name."""
    run = Run(tmp_path_factory.mktemp("office"))
    for number in range(1, 16):
        run(*NUMBERED.get(number, RECEPTION))
    for folder in ("units", "don-vi"):
        (run.home / folder).mkdir()
        run(*MINIMAL["model"].single, "--db", run.home / folder / "ba-dinh.json")
    run("export", "models", "-o", run.home / "quan-ba-dinh.xlsx")
    for name in ("list.csv", "danh-sach.csv"):
        (run.home / name).write_text("Tên gọi,field,date\nA,economy,2023-02-01\n", "utf-8")
    shutil.copy(run.db, run.home / "office.json")
    (run.home / "backups").mkdir()
    for lang in LANGUAGES:
        for line in catalogue(lang)["example.restore"].splitlines():
            shutil.copy(run.db, run.home / shlex.split(line)[2])
    return run.home


def words(line: str) -> list[str]:
    """The words of an example behind `danvan`, up to where a shell takes over."""
    own = line.removeprefix("danvan ").partition(" > ")[0].partition(" | ")[0]
    return shlex.split(own)


@pytest.mark.parametrize(("lang", "line"), EXAMPLES)
def test_an_example_can_be_pasted(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, line: str
) -> None:
    home = tmp_path / "office"
    shutil.copytree(office, home)
    monkeypatch.chdir(home)
    run = Run(home)
    run.environment |= {"EDITOR": "true", "SHELL": "/bin/bash"}
    given = words(line)
    if "--template" in given:
        run("template", given[given.index("--template") + 1])
    # What asks before it does something is told yes, as somebody at the keyboard would.
    asks = "--yes" in en.COMMANDS[given[0]][1] and "--yes" not in given
    answer = run(*given, *(["--yes"] if asks else []), lang=lang, code=2 if given in NEEDS_TERMINAL else 0)
    assert answer.out or answer.err
    assert "-o" not in given or (home / given[given.index("-o") + 1]).is_file()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("number", "key"), [(7, "edit.audit"), (11, "edit.reception"), (12, "edit")])
def test_examples_of_a_page_about_one_record_are_of_its_kind(office: Path, number: int, key: str, lang: str) -> None:
    page = Run(office)("edit", number, "--help", lang=lang, width=200).out
    assert all(f"  {line}\n" in page for line in catalogue(lang)[f"example.{key}"].splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_says_each_command_in_one_line_of_80_columns(run: Run, lang: str) -> None:
    lines = run("--help", lang=lang, width=80).out.splitlines()
    assert all(len(line) <= 80 for line in lines)
    for name in COMMANDS:
        told = [line for line in lines if line.startswith(f"  {name} ")]
        assert [line.split(maxsplit=1)[1] for line in told] == [catalogue(lang)[f"command.{name}"]]  # type: ignore[arg-type]


def pages(run: Run, lang: str, width: int) -> Iterator[tuple[str, Answer]]:
    for name in COMMANDS:
        yield name, run(name, "--help", lang=lang, width=width)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [44, 60, 78, 120])
def test_a_page_fits_its_window_and_breaks_examples_between_words(run: Run, lang: str, width: int) -> None:
    heading = catalogue(lang)["help.examples"]  # type: ignore[arg-type]
    for name, page in pages(run, lang, width):
        _, _, examples = page.out.partition(f"\n{heading}\n")
        assert not [line for line in page.out.splitlines() if len(line) > width and len(line.split()) > 1], name
        whole = catalogue(lang)[f"example.{name}"].splitlines()  # type: ignore[arg-type]
        joined = examples.replace("\n      ", " ").splitlines()
        assert [line.strip() for line in joined] == whole
        assert width < 78 or joined == examples.splitlines()


def test_a_page_fits_the_window_in_which_a_pager_shows_it(at_terminal: Callable[..., Any]) -> None:
    piped = "import subprocess, sys; danvan = [sys.executable, '-m', 'danvan', *sys.argv[1:]]"
    piped += "; print(subprocess.run(danvan, stdout=subprocess.PIPE).stdout.decode())"
    shown = at_terminal("report", "--help", columns=62, program=("-c", piped), COLUMNS="").end()
    widths = [len(line) for line in shown.splitlines()]
    assert 55 < max(widths) <= 62


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_stands_in_one_panel_and_the_general_ones_last(run: Run, lang: str) -> None:
    titles = {catalogue(lang)[f"help.{panel}"] for panel in PANELS}  # type: ignore[arg-type]
    assert len(titles) == len(PANELS)
    for _name, page in pages(run, lang, 120):
        lines = page.out.splitlines()
        terms = [line.split()[0].rstrip(",") for line in lines if line.startswith("  --")]
        assert len(terms) == len(set(terms))
        found = [line for line in lines if line in titles]
        assert found[-1] == catalogue(lang)["help.common"]  # type: ignore[arg-type]
        assert len(set(found)) == len(found)
        assert all(f"--{shared.replace('_', '-')} " in page.out for shared in SHARED)


@pytest.mark.parametrize(
    ("argv", "near"),
    [
        (["modles"], "models"),
        (["sửa"], "edit"),
        (["nhap"], "template, import"),
        (["tìm"], "models, receptions, audits"),
        (["models", "--statsu", "x"], "--status"),
        (["models", "--sort", "ten"], "name"),
        (
            ["receptions", "--outcome", "đã giải quyết"],
            "resolved: upheld or resolved: partly upheld or resolved: dismissed",
        ),
        (["receptions", "--category", "toó cáo"], "denunciation"),
        (["audits", "--mode", "unanounced"], "unannounced"),
        (["audits", "--other", "5"], "--other-handling, --other-land"),
        (["models", "--unt", "x"], "--until, --unit"),
        (["audits", "--land", "5"], "--violations-land, --recovery-land, --other-land"),
        (["audits", "--columns", "so tien thu hoi"], "recovery"),
        (["receptions", "--columns", "subjct"], "subject"),
        (["report", "2023", "--by", "fields"], "field"),
        (["models", "--field", "quoc phog"], "defence and security"),
        (
            ["receptions", "--outcome", "giải quyết"],
            "resolved: upheld or resolved: partly upheld or resolved: dismissed",
        ),
        (["report", "2023", "--period", "quy3"], "q3"),
        (["report", "2023", "--format", "wrod"], "docx"),
        (["report", "2023", "--calendar", "thanh trra"], "inspectorate"),
        (["report", "2023", "--by", "don vii"], "unit"),
        (["report", "2023", "--money", "trieuu"], "million"),
        (["report", "2023", "--by", "unit", "--measure", "receptions.turn"], "receptions.turns"),
        (["explain", "2023", "inspection.recovery"], "inspections.recovery"),
        (["form", "01/TCC", "2023"], "01/TCD"),
        (["export", "recetpions"], "receptions"),
        (["template", "mo hin"], "models"),
        (["schema", "reports"], "report"),
        (["completion", "bsh"], "bash"),
        (["config", "get", "laguage"], "language"),
        (["close", "2023", "--section", "thanh traa"], "inspections"),
        (["import", "--kind", "mo hinhh", "x.csv"], "models"),
    ],
)
def test_what_is_mistyped_gets_the_nearest_suggested(run: Run, argv: list[str], near: str) -> None:
    answer = run(*argv, code=2)
    assert catalogue("en")["error.nearest"].format(nearest=near).removesuffix("?") in answer.err


@pytest.mark.parametrize(
    "argv",
    [
        ["receptions", "--category", "xyz"],
        ["receptions", "--mode", "hàng tuần thứ"],
        ["models", "--field", "q"],
        ["audits", "--columns", "zzzz"],
        ["report", "2023", "--by", "?!"],
    ],
)
def test_what_is_like_nothing_gets_nothing_suggested(run: Run, argv: list[str]) -> None:
    assert "Did you mean" not in run(*argv, code=2).err


@pytest.mark.parametrize("argv", [("models", "--sort"), ("models", "--columns"), ("edit", "1", "--clear")])
def test_fields_are_told_and_suggested_in_the_words_of_the_language(run: Run, argv: tuple[str, ...]) -> None:
    run(*MINIMAL["model"].single)
    refused = run(*argv, "tên mo hinhh", lang="vi", code=2).err
    assert "Chủ thể (holder)" in refused
    assert "Có phải ý bạn là: Tên mô hình (name)?" in refused


@pytest.mark.parametrize("name", ["Kiến nghị thu hồi", "kien nghi thu hoi (dong)", "Recovery recommended", "recovery"])
def test_a_field_is_known_by_its_name_with_and_without_its_unit(run: Run, name: str) -> None:
    run("add-audit", "Land", "--type", "inspection", "--recovery", "5 tỷ", "--date", "1/5/2023")
    assert run("audits", "--sort", name, "--columns", name, "--format", "csv").out == "recovery\n5000000000\n"
    run("edit", "1", "--clear", name)
    assert "recovery" not in run.stored()["1"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--period", "Quý III"], ["--period", "q3"]),
        (["--period", "6 thang dau nam"], ["--period", "h1"]),
        (["--period", "tháng 4"], ["--period", "4"]),
        (["--period", "second half"], ["--period", "h2"]),
        (["--calendar", "thanh tra"], ["--calendar", "inspectorate"]),
        (["--by", "Đơn vị"], ["--by", "unit"]),
        (["--money", "triệu đồng", "--format", "lời văn"], ["--money", "million", "--format", "text"]),
    ],
)
def test_words_of_either_language_do_for_codes(run: Run, words: list[str], code: list[str]) -> None:
    for lines in MINIMAL.values():
        run(*lines.single, "--date", "2023-07-01")
    assert run("report", "2023", *words).out == run("report", "2023", *code).out


def test_a_y_that_is_written_as_an_i_is_understood(run: Run) -> None:
    run(*MINIMAL["reception"].single, "--mode", "định kì", "--date", "2023-07-01")
    assert run.stored()["1"]["mode"] == "periodic"


@pytest.mark.parametrize(("lang", "word"), [("en", "YEAR"), ("vi", "NĂM")])
def test_what_is_missing_is_called_as_on_the_help_page(run: Run, lang: str, word: str) -> None:
    answer = run("report", lang=lang, code=2)
    assert catalogue(lang)["error.usage.missing_argument"].format(parameter=word) in answer.err  # type: ignore[arg-type]
    assert f"danvan report {word}" in run("report", "--help", lang=lang).out


@pytest.mark.parametrize(("lang", "word"), [("en", "FORM"), ("vi", "BIỂU")])
def test_a_year_in_the_place_of_what_goes_before_it_leaves_that_missing(run: Run, lang: str, word: str) -> None:
    missing = catalogue(lang)["error.usage.missing_told"].partition("{told}")[0].format(parameter=word)  # type: ignore[arg-type]
    assert missing in run("form", "2024", lang=lang, code=2).err


def test_an_option_in_vietnamese_words_gets_the_one_that_means_it_suggested(run: Run) -> None:
    answer = run("models", "--don-vi", "x", lang="vi", code=2)
    assert catalogue("vi")["error.nearest"].format(nearest="--unit") in answer.err


@pytest.mark.parametrize("given", [("--measure", "receptions.turns"), ("--top", "3")])
def test_what_goes_with_a_breakdown_is_refused_without_one(run: Run, given: tuple[str, str]) -> None:
    assert catalogue("en")["error.needs_by"] in run("report", "2023", *given, code=2).err


def test_where_no_record_says_anything_no_empty_list_is_offered(run: Run) -> None:
    answer = run("explain", "2023", "receptions.turns", "--only", "unit=Ba Đình", code=2)
    assert catalogue("en")["error.no_choice"].format(value="Ba Đình") in answer.err


def test_a_list_is_not_written_into_a_workbook_and_the_way_to_one_is_told(run: Run) -> None:
    answer = run("models", "-o", run.home / "list.xlsx", code=2)
    assert catalogue("en")["error.list_workbook"].format(kind="models") in answer.err
    assert not (run.home / "list.xlsx").exists()
    assert holds(run("models", "-o", run.home / "list.pdf", code=2).err, catalogue("en")["error.ending"])


@pytest.mark.parametrize("argv", [("--lang", "vi", "--help"), ("--json", "-h")])
def test_general_options_before_help_lead_to_the_overview(run: Run, argv: tuple[str, ...]) -> None:
    assert "add-reception" in run(*argv).out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_report_names_every_breakdown_that_a_refusal_names(run: Run, language: str) -> None:
    told = " ".join(run("report", "--help", "--lang", language).out.split())
    error = run("report", 2023, "--by", "xyz", "--lang", language, code=2).err
    refused = next(line for line in error.splitlines() if "--by" in line)
    choices = refused.rpartition(": ")[2].split(", ")
    assert len(choices) > 1
    assert [choice for choice in choices if choice not in told.partition("--by ")[2].partition("--measure ")[0]] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_day_of_an_edited_record_stays_unless_it_is_given(run: Run, lang: str) -> None:
    run("add-model", "A", "--field", "economy", "--date", "2023-01-02")
    said = " ".join(run("edit", "1", "--help", lang=lang).out.split())
    assert catalogue(lang)["option.date_edit"] in said
    assert catalogue(lang)["option.date"] not in said
