"""`import`: what a column means, where neither its heading nor `--map` says it well."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import Run, holds

from danvan.exchange.headings import meaning, targets
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import KINDS, Record, fields

MODES = "Nội dung,Ngày,Hình thức tiếp\nĐất,1/2/2023,Thường xuyên\nRác,2/2/2023,Định kỳ\n"


def listed(run: Run, rows: str) -> Path:
    path = run.home / "a.csv"
    path.write_text(rows, "utf-8")
    return path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS.values())
def test_every_field_that_is_offered_for_a_column_can_be_named(kind: type[Record], lang: LanguageCode) -> None:
    offered = targets(Language(lang), kind)
    assert [meaning(kind, "x", {"x": one}) for one in offered] == ["date", "to", *fields(kind)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_lists_every_field_that_a_column_may_mean(run: Run, lang: LanguageCode) -> None:
    page = " ".join(run("import", "--help", lang=lang).out.split())
    for kind in KINDS.values():
        assert "; ".join(targets(Language(lang), kind)) in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_field_that_no_kind_has_is_refused_with_the_nearest_and_where_all_are_listed(
    run: Run, lang: LanguageCode
) -> None:
    argv = ("import", listed(run, "Việc,Ngày\nĐất,1/2/2023\n"), "--map", "Việc=nội dunk")
    said = run(*argv, lang=lang, code=2).err
    assert holds(said, catalogue(lang)["error.map_field"])
    assert "danvan import --help" in said.partition("“nội dunk”")[2]
    assert f"{Language(lang).label(KINDS['reception'], 'summary')}" in said
    assert holds(
        run("config", "set", "columns", "Việc=nội dunk", lang=lang, code=2).err, catalogue(lang)["error.map_field"]
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_field_that_only_other_kinds_have_is_told_as_such(run: Run, lang: LanguageCode) -> None:
    rows = "Cuộc thanh tra,Loại,Ngày bắt đầu,Ngày kết luận\nĐất đai,thanh tra,1/2/2023,1/3/2023\n"
    path = listed(run, rows)
    said = run("import", path, "--kind", "audits", "--map", "Cuộc thanh tra=tên", lang=lang, code=3).err.splitlines()[0]
    assert holds(said, catalogue(lang)["error.heading.target"])
    assert "“tên”" in said
    title, every = Language(lang).label(KINDS["audit"], "title"), "; ".join(targets(Language(lang), KINDS["audit"]))
    assert every in said
    assert title in said.partition(every)[2]
    assert not holds(said, catalogue(lang)["error.heading.strange"])
    run("import", path, "--kind", "audits", "--map", f"Cuộc thanh tra={title}", lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_values_of_a_column_tell_which_field_its_heading_may_mean(run: Run, lang: LanguageCode) -> None:
    (said, *_) = run("import", listed(run, MODES), lang=lang, code=3).err.splitlines()
    label = Language(lang).label
    assert holds(said, catalogue(lang)["error.heading.unknown"])
    assert f"“{label(KINDS['reception'], 'mode')}”" in said
    online = MODES.replace("Thường xuyên", "trực tuyến").replace("Định kỳ", "trực tiếp")
    assert f"“{label(KINDS['reception'], 'channel')}”" in run("import", listed(run, online), lang=lang, code=3).err


def test_a_column_of_which_the_values_told_the_field_is_not_said_to_be_lacking_besides(run: Run) -> None:
    problems = run("import", listed(run, MODES), "--json", code=3).document["problems"]
    assert [one["says"] for one in problems] == ["error.heading.unknown"]


@pytest.mark.parametrize("values", [("Thường xuyên", "mưa"), ("", "")])
def test_values_of_which_one_is_none_of_the_field_tell_nothing(run: Run, values: tuple[str, str]) -> None:
    rows = MODES.replace("Thường xuyên", values[0]).replace("Định kỳ", values[1])
    said = run("import", listed(run, rows), code=3).err.splitlines()[0]
    assert "“Channel”" in said
