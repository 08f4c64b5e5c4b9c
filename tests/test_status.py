"""Where things stand: what `danvan` alone says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from office import Run, tell_article

from danvan.cli.commands import status
from danvan.messages import LANGUAGES, LanguageCode, catalogue


def test_alone_it_shows_the_year_so_far_what_presses_and_what_to_type_next(run: Run) -> None:
    tell_article(run)
    run("add-reception", "Land", "--mode", "regular", "--category", "complaint", "--date", "2023-11-01")
    out = run().out
    assert str(run.db) in out
    assert "Models registered" in out
    assert "13,660" in out
    assert "Receptions overdue: 1; due within three days: 0" in out
    assert "danvan report 2023" in out
    assert run("status").out == out


def test_without_a_register_it_says_how_to_begin_and_creates_nothing(run: Run) -> None:
    for lang in ("vi", "en"):
        out = run(lang=lang).out
        assert str(run.db) in out
        for command in ("danvan demo", "danvan init", "danvan add-model", "danvan import", "danvan --help"):
            assert command in out
    assert run("--json").document == {"version": 1, "registers": [str(run.db)], "exists": False}
    assert not run.db.exists()


def test_it_takes_the_general_options_and_speaks_json(run: Run) -> None:
    tell_article(run)
    found = run("--db", run.db, "--json", "--today", "2024-01-05").document
    assert found["year"] == 2024
    assert found["figures"]["models.registered"] == {"year": 2024, "value": None, "previous": 13660}
    assert found["due"] == {"overdue": 0, "soon": 0}


def test_where_the_last_two_years_have_no_figures_it_shows_the_year_that_has(run: Run) -> None:
    tell_article(run)
    out = run("--today", "2026-11-26").out
    assert "There are no figures after 2023." in out
    assert "13,660" in out
    assert "danvan report 2023 " in out
    assert "Sau năm 2023 chưa có số liệu nào." in run("--today", "2026-11-26", lang="vi").out
    assert run("--today", "2026-11-26", "--json").document["year"] == 2023


def test_of_several_registers_nothing_is_advised_that_writes(run: Run) -> None:
    run("add-model", "Đường hoa", "--field", "economy")
    run("add-model", "Tủ sách", "--field", "economy", "--db", run.home / "other.json")
    assert "add-reception" in run("status").out
    assert "add-reception" not in run("status", "--db", run.home / "other.json", "--db", run.db).out


def test_what_only_steps_of_older_records_count_is_shown(run: Run) -> None:
    run("add-model", "Camera", "--field", "defence", "--date", "2020-02-10")
    run("edit", 1, "--status", "recognised", "--on", "2022-03-01", "--recognised-level", "commune")
    run("add-reception", "Land", "--mode", "regular", "--date", "2020-02-10")
    run("edit", 2, "--outcome", "accepted", "--on", "2024-05-02")
    answer = run("--today", "2026-11-26")
    assert "There are no figures after 2022." in answer.out
    assert "Recognised" in answer.out
    run("edit", 1, "--status", "running", "--on", "2023-03-01")
    answer = run("--today", "2026-11-26")
    assert "There are no figures after" not in answer.out
    assert "Models running in the period" in answer.out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_section_shows_the_reporting_year_that_runs_by_its_calendar(run: Run, lang: LanguageCode) -> None:
    for setting in (
        ("year-start", "15/10"),
        ("calendar.receptions", "custom"),
        ("calendar.inspections", "inspectorate"),
    ):
        run("config", "set", *setting)
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-11-20")
    run("add-reception", "Đất", "--mode", "regular", "--date", "2023-10-14")
    run("add-audit", "Chợ", "--type", "inspection", "--date", "2023-12-20")
    run("add-model", "Hoa", "--field", "economy", "--date", "2023-12-20")
    found = run("status", "--json").document
    told = {key: tuple(row.values()) for key, row in found["figures"].items()}
    assert told["receptions.turns"] == (2024, 1, 1)
    assert told["inspections.launched"] == (2024, 1, None)
    assert told["models.registered"] == (2023, 1, None)
    assert found["year"] == 2023
    out = run("status", lang=lang).out
    assert catalogue(lang)["status.so_far"].format(year="2023/2024") in out
    assert "(2024)  " in out
    assert "danvan report 2023" in out
    run("config", "set", "calendar.models", "inspectorate")
    assert run("status", "--today", "2023-11-20", "--json").document["figures"]["models.registered"]["year"] == 2023


def test_in_a_large_register_deadlines_are_left_to_due(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    tell_article(run)
    monkeypatch.setattr(status, "LARGE", 10)
    assert "danvan due" in run().out
    assert run("--json").document["due"] == {"overdue": None, "soon": None}


def test_every_line_fits_a_narrow_window_but_for_the_path(run: Run) -> None:
    tell_article(run)
    for lang in ("vi", "en"):
        assert all(len(line) <= 80 for line in run(lang=lang).out.splitlines() if str(run.home) not in line)
        assert len(run(lang=lang).out.splitlines()) <= 18


def test_an_option_that_does_not_exist_is_refused_without_a_command_too(run: Run) -> None:
    assert "--foo" in run("--foo", code=2).err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_broken_goes_on_below_its_own_column(run: Run, at_terminal: Callable[..., Any], lang: str) -> None:
    shown = at_terminal(columns=50, DANVAN_LANG=lang).end()
    listed = shown.split("\n\n")[1].splitlines()
    begun = [line for line in listed if line.startswith("  danvan")]
    (column,) = {len(line) - len(re.split(r" {2,}", line.strip(), maxsplit=1)[1]) for line in begun}
    broken = [line for line in listed if line not in begun]
    assert broken
    assert {len(line) - len(line.lstrip()) for line in broken} == {column}
    assert max(map(len, listed)) <= 50


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 60, 80])
def test_figures_stand_whole_in_a_window_of_any_width(run: Run, lang: str, width: int) -> None:
    run("add-reception", "--mode", "regular", "--turns", 12345, "--from", "2023-01-01", "--to", "2023-02-01")
    shown = run("status", lang=lang, width=width).plain
    unknown = catalogue(lang)["report.unknown"]  # type: ignore[arg-type]
    assert shown.count(unknown) == 7
    assert all(len(line) <= width for line in shown.splitlines() if "  " in line)
