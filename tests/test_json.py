"""With `--json` every answer is JSON, and so is all that is said beside it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from office import Run

from danvan.cli.commands import COMMANDS

ROWS = "name,field,date\nA,economy,2023-01-01\n"
# Each command in a register of a model, an audit that is concluded and a reception, in this order.
LINES = (
    *(("status",), ("demo",), ("init", "--office", "A")),
    *(("add-model", "B", "--field", "economy"), ("edit", "1", "--note", "x"), ("edit", "1", "--note", "0912345678")),
    *(("add-audit", "B", "--type", "duty-check"), ("add-reception", "B", "--mode", "regular")),
    *(("models",), ("models", "--count"), ("models", "--search", "nothing"), ("receptions",), ("audits",)),
    *(("show", "1"), ("history", "1"), ("due",), ("follow-up", "2", "--on", "2023-04-01", "--recovered", "5")),
    *(("void", "1", "--reason", "x"), ("undo", "--yes"), ("report", "2023"), ("report", "2023", "--by", "unit")),
    *(("form", "01/TCD", "2023"), ("explain", "2023"), ("explain", "2023", "models.registered"), ("close", "2023")),
    *(("import", "a.csv"), ("merge", "other.json"), ("export", "all"), ("export", "models", "--format", "jsonl")),
    *(("schema", "models"), ("check",), ("check", "--repair"), ("backup",), ("restore", "other.json", "--yes")),
    *(("erase", "3", "--reason", "x", "--yes"), ("config",), ("config", "get", "unit"), ("config", "set", "unit", "A")),
    *(("config", "unset", "unit"), ("completion", "bash", "--install")),
)
# Those that only ever write files or print what has a form of its own.
OTHERS = {"template", "man"}


@pytest.fixture
def office(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(run.home)
    run.environment |= {"HOME": str(run.home)}
    monkeypatch.setenv("HOME", str(run.home))
    run("add-model", "Hoa", "--field", "economy", "--date", "2023-02-01")
    audit = ("--type", "inspection", "--started", "2023-02-01", "--concluded", "2023-03-01", "--recovery", "100")
    run("add-audit", "Land", *audit)
    run("add-reception", "x", "--mode", "regular", "--category", "complaint", "--date", "2023-02-01")
    Path("a.csv").write_text(ROWS, "utf-8")
    Path("other.json").write_bytes(run.db.read_bytes())
    return run


@pytest.mark.parametrize("argv", LINES, ids=" ".join)
def test_every_answer_is_json(office: Run, argv: tuple[str, ...]) -> None:
    before = ("void", "1", "--reason", "y") if argv[0] == "undo" else ()
    if before:
        office(*before)
    answer = office(*argv, "--json")
    assert answer.out.strip()
    try:
        json.loads(answer.out)
    except json.JSONDecodeError:  # a document in a line
        for line in answer.out.splitlines():
            json.loads(line)
    for line in answer.err.splitlines():
        assert {"notice", "error"} & set(json.loads(line))


def test_no_command_is_forgotten() -> None:
    assert {argv[0] for argv in LINES} | OTHERS == set(COMMANDS)


@pytest.mark.parametrize(
    ("argv", "name", "start"),
    [
        (("report", "2023"), "a.docx", b"PK"),
        (("report", "2023"), "a.xlsx", b"PK"),
        (("report", "2023"), "a.txt", "Số".encode()),
        (("report", "2023"), "a.json", b"{"),
        (("report", "2023"), "a", b"{"),
        (("report", "2023"), "a.data", b"{"),
        (("form", "01/TTr", "2023"), "a.docx", b"PK"),
        (("models",), "b.csv", b"id,"),
    ],
)
def test_the_name_of_a_file_says_what_is_in_it_and_the_notice_of_it_is_json(
    office: Run, argv: tuple[str, ...], name: str, start: bytes
) -> None:
    answer = office(*argv, "-o", name, "--json", lang="vi")
    assert Path(name).read_bytes().removeprefix(b"\xef\xbb\xbf").startswith(start)
    assert answer.out == ""
    assert [json.loads(line)["notice"]["key"] for line in answer.err.splitlines()] == ["written"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give files no such names")
def test_a_register_whose_name_is_no_text_is_named_as_far_as_it_is_one(run: Run) -> None:
    path, named = run.home / "\udcff.json", str(run.home / "?.json")
    assert run("status", "--db", path, "--json").document["registers"] == [named]
    run("add-model", "Hoa", "--field", "economy", "--db", path)
    assert run("check", "--db", path, "--json").document["register"] == named


def test_the_figures_of_further_columns_that_are_lower_bounds_are_named(run: Run) -> None:
    for year in (2021, 2022, 2023):
        run("add-reception", "--receiver", "leader", "--turns", 40, "--from", f"{year}-01-01", "--to", f"{year}-06-30")
    run("add-reception", "--mode", "regular", "--turns", 2, "--from", "2021-01-01", "--to", "2021-06-30")
    row = run.figures("2021..2023")["receptions.turns"]
    assert row["columns"] == {"y2021": 42}
    assert "columns_at_least" not in row
    row = run.figures("2022..2023", "--compare", "2021")["receptions.turns"]
    assert row["columns"] == {"y2022": 40}
    assert row["columns_at_least"] == ["y2022"]
