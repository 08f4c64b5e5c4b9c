"""`demo`: the article's year at one command."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from office import Run, holds
from tinydb import TinyDB

from danvan.messages import catalogue


def test_the_demo_touches_nothing_of_the_users(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "register.json").write_text("precious")
    run.environment |= {"TMPDIR": str(tmp_path / "temporary")}
    (tmp_path / "temporary").mkdir()
    run.environment |= {"DANVAN_DB": str(own / "register.json"), "HOME": str(own), "XDG_DATA_HOME": str(own / "data")}
    answer = run("demo")
    assert sorted(path.name for path in own.iterdir()) == ["register.json"]
    assert (own / "register.json").read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own", "temporary"]
    assert str(tmp_path / "temporary") in answer.out


@pytest.mark.parametrize(
    ("lang", "said"),
    [("vi", ("Chinhphu.vn", "22.858", "giảm 1.382", "-5,7%")), ("en", ("Chinhphu.vn", "22,858", "1,382", "-5.7%"))],
)
def test_the_demo_says_what_it_is_and_what_to_type_next(run: Run, lang: str, said: tuple[str, ...]) -> None:
    out = run("demo", "--out", run.home / "thử.json", lang=lang).out
    for words in said:
        assert words in out
    last = out.splitlines()[-1]
    assert "danvan receptions --db " in last
    next_command = shlex.split(last[last.index("danvan ") :])[1:]
    assert "22" in run(*next_command).out


def test_the_demo_of_today_is_the_article_typed_by_hand(run: Run) -> None:
    from office import tell_article

    run("demo", "--out", run.home / "demo.json")
    demo = run.figures("2023", "--db", str(run.home / "demo.json"))
    tell_article(run)
    assert {key: row["value"] for key, row in run.figures().items()} == {key: row["value"] for key, row in demo.items()}


def test_every_row_of_the_demo_names_its_source(run: Run) -> None:
    path = run.home / "demo.json"
    run("demo", "--out", path)
    with TinyDB(path) as stock:
        rows = [dict(row) for row in stock.table("records").all() if row["kind"] in ("model", "reception", "audit")]
    assert len(rows) == 7
    assert all("Chinhphu.vn" in row["note"] for row in rows)


def test_the_demo_answers_in_json(run: Run) -> None:
    document = json.loads(run("demo", "--out", run.home / "demo.json", "--json").out)
    assert (document["version"], document["year"]) == (1, 2023)


def test_the_full_demo_is_generated_record_by_record_and_adds_up_to_the_article(run: Run) -> None:
    path = run.home / "full.json"
    said = run("demo", "--full", "--out", path).out
    assert "generated" in said
    document = run("report", "2023", "--json", "--db", path).document
    figures = {row["measure"]: row["value"] for section in document["sections"] for row in section["rows"]}
    assert (figures["models.registered"], figures["receptions.regular.turns"]) == (13_660, 22_858)
    assert (figures["receptions.leaders.turns"], figures["receptions.leaders.groups"]) == (11_751, 75)
    assert (figures["receptions.leaders.group_cases"], figures["inspections.recovery"]) == (37, 81_500_000_000)
    units = {record["unit"] for record in run("audits", "--format", "json", "--db", path).document["records"]}
    assert all(unit.endswith("(mẫu)") for unit in units)


def test_the_demo_is_not_built_into_a_file_that_is_there(run: Run) -> None:
    path = run.home / "mine.json"
    path.write_text("precious")
    answer = run("demo", "--out", path, code=6)
    assert holds(answer.err, catalogue("en")["error.demo_exists"])
    assert path.read_text() == "precious"
