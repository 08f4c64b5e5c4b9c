"""Figures that were closed: whoever changes one is told so at once, and may be refused."""

from __future__ import annotations

from typing import Any

import pytest
from office import Run, holds

from danvan.messages import LANGUAGES, catalogue
from danvan.store.file.opening import RegisterFile

TOLD = catalogue("en")["problem.closed"]
MODEL = ("add-model", "Đường hoa", "--field", "economy", "--date", "2022-02-10")


@pytest.fixture
def closed(run: Run) -> Run:
    """An office that closed 2022."""
    run(*MODEL)
    run("add-audit", "Đất đai", "--type", "inspection", "--date", "2022-01-10", "--concluded", "2022-05-20")
    run("add-audit", "Chợ", "--type", "inspection", "--date", "2022-03-10")
    run("follow-up", "2", "--on", "2022-06-01", "--recovered", "1 tỷ")
    run("add-reception", "Land", "--mode", "regular", "--category", "petition", "--date", "2022-12-20")
    run("close", "2022")
    return run


@pytest.mark.parametrize(
    "change",
    [
        ("add-model", "Camera", "--field", "other", "--date", "2022-07-01"),
        ("edit", "1", "--date", "2021-02-10"),
        ("edit", "3", "--concluded", "2022-12-31"),
        ("void", "1", "--reason", "x"),
        ("follow-up", "2", "--on", "2022-12-01", "--recovered", "1 tỷ"),
    ],
    ids=" ".join,
)
def test_a_change_of_closed_figures_is_told(closed: Run, change: tuple[str, ...]) -> None:
    answer = closed(*change)
    assert holds(answer.err, TOLD)
    assert "2022-01-01 – 2022-12-31" in answer.err


@pytest.mark.parametrize(
    "change",
    [
        ("add-model", "Camera", "--field", "other", "--date", "2023-07-01"),
        ("edit", "1", "--note", "đã xem"),
        ("edit", "4", "--outcome", "answered", "--on", "2023-01-05"),
        ("edit", "1", "--status", "approved", "--on", "2023-06-01"),
        ("edit", "3", "--ended", "2023-01-02"),
        ("edit", "3", "--concluded", "2023-01-02"),
        ("edit", "2", "--concluded", "2022-05-31"),
        ("edit", "1", "--date", "2022-02-28"),
        ("follow-up", "2", "--on", "2023-02-01", "--recovered", "1 tỷ"),
        ("follow-up", "2", "--on", "2022-09-01", "--note", "đã đôn đốc"),
    ],
    ids=" ".join,
)
def test_what_leaves_closed_figures_as_they_are_is_not_remarked_on(closed: Run, change: tuple[str, ...]) -> None:
    assert not holds(closed(*change).err, TOLD)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "change",
    [
        ("edit", "1", "--unit", "Phường B"),
        ("edit", "1", "--field", "other"),
        ("edit", "1", "--date", "2022-07-01"),
        ("edit", "2", "--concluded", "2022-04-30"),
        ("edit", "1", "--status", "approved", "--on", "2022-06-01"),
        ("edit", "3", "--ended", "2022-06-01"),
        ("edit", "4", "--outcome", "guided", "--on", "2022-12-21"),
    ],
)
def test_a_change_of_where_closed_figures_stand_in_tables_is_told_too(
    closed: Run, change: tuple[str, ...], lang: str
) -> None:
    said = catalogue(lang)["problem.closed_parts"]  # type: ignore[arg-type]
    before = closed.db.read_bytes()
    assert holds(closed(*change, "--strict", lang=lang, code=1).err, said)
    assert closed.db.read_bytes() == before
    answer = closed(*change, lang=lang)
    assert holds(answer.err, said)
    assert not holds(answer.err, catalogue(lang)["problem.closed"])  # type: ignore[arg-type]
    assert closed("report", "2022", "--json").document["sections"][2]["corrections"] == []


BACK = [
    (("edit", "1", "--date", "2021-02-10"), ("edit", "1", "--date", "2022-02-10")),
    (("edit", "1", "--date", "2021-02-10"), ("undo", "--yes")),
    (("void", "1", "3", "--reason", "x"), ("undo", "--yes")),
    (("void", "1", "--reason", "x"), ("edit", "1", "--clear", "void")),
    (("add-model", "Camera", "--field", "other", "--date", "2022-07-01"), ("void", "8", "--reason", "x")),
    (("import", "new.csv"), ("undo", "--yes")),
    (("edit", "1", "--field", "other"), ("edit", "1", "--field", "economy")),
]


@pytest.mark.parametrize(("change", "back"), BACK, ids=str)
def test_what_brings_closed_figures_back_is_not_remarked_on(
    closed: Run, change: tuple[str, ...], back: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(closed.home)
    (closed.home / "new.csv").write_text("name,field,date\nCamera,other,2022-07-01\n", "utf-8")
    told = [catalogue("en")[f"problem.{key}"] for key in ("closed", "closed_parts")]
    moved = closed(*change).err
    assert any(holds(moved, one) for one in told)
    moved = closed(*back, "--strict").err
    assert not any(holds(moved, one) for one in told)
    document = closed("report", "2022", "--json").document
    assert [section["corrections"] for section in document["sections"]] == [[]] * 4


def test_what_moves_within_figures_that_were_corrected_is_told_as_that(closed: Run) -> None:
    closed("edit", "3", "--concluded", "2022-09-01")
    answer = closed("edit", "3", "--concluded", "2022-10-01").err
    assert holds(answer, catalogue("en")["problem.closed_parts"])
    assert not holds(answer, TOLD)


STRICT = [
    ("add-model", "Camera", "--field", "other", "--date", "2022-07-01"),
    ("edit", "1", "--date", "2021-02-10"),
    ("void", "1", "--reason", "x"),
    ("import", "new.csv"),
    ("merge", "other.json"),
    ("undo", "--yes"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("change", STRICT, ids=" ".join)
def test_with_strict_closed_figures_stay_as_they_are(
    closed: Run, change: tuple[str, ...], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(closed.home)
    (closed.home / "new.csv").write_text("name,field,date\nCamera,other,2022-07-01\n", "utf-8")
    closed(*MODEL[:1], "Camera", *MODEL[2:], "--db", "other.json")
    if change[0] == "undo":
        for day in ("2021-02-10", "2022-02-10"):
            closed("edit", "1", "--date", day)
    before = closed.db.read_bytes()
    answer = closed(*change, "--strict", code=1, lang=lang)
    assert holds(answer.err, catalogue(lang)["problem.closed"])  # type: ignore[arg-type]
    assert catalogue(lang)["error.unchanged"] in answer.err  # type: ignore[arg-type]
    if change[0] in ("import", "merge"):
        assert catalogue(lang)["error.cautions"] in answer.err  # type: ignore[arg-type]
    assert closed.db.read_bytes() == before
    closed(*change)
    assert closed.db.read_bytes() != before


@pytest.mark.parametrize("bringing", [("import", "new.csv"), ("merge", "other.json")], ids=" ".join)
def test_with_strict_what_another_machine_closes_in_the_meantime_stays_as_it_is(
    run: Run, bringing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(run.home)
    run(*MODEL)
    (run.home / "new.csv").write_text("Tên gọi,field,date\nCamera,other,2022-07-01\n", "utf-8")
    run(*MODEL[:1], "Camera", *MODEL[2:], "--db", "other.json")
    writing, meanwhile = RegisterFile.writing, []

    def slow(file: RegisterFile) -> Any:
        if not meanwhile:
            meanwhile.append(run.apart("close", "2022"))
        return writing(file)

    monkeypatch.setattr(RegisterFile, "writing", slow)
    mapping = ("--map", "Tên gọi=name", "--remember") if bringing[0] == "import" else ()
    answer = run(*bringing, *mapping, "--strict", code=1)
    assert [one.code for one in meanwhile] == [0], meanwhile
    assert holds(answer.err, catalogue("en")["problem.closed"])
    assert len(run("models", "--year", "2022", "--json").document["records"]) == 1
    assert "Tên gọi" not in run("config", "get", "columns").out


def test_a_refused_import_tells_what_else_is_wrong(closed: Run) -> None:
    rows = "name,field,date,note\nA,other,2023-07-01,0912345678\nB,other,soon,\n"
    (closed.home / "odd.csv").write_text(rows, "utf-8")
    problems = closed.home / "problems.csv"
    answer = closed("import", closed.home / "odd.csv", "--partial", "--strict", "--problems", problems, code=1)
    assert "“soon”" in answer.err
    assert "soon" in problems.read_text("utf-8-sig")


def test_an_import_with_strict_takes_what_gives_no_caution(closed: Run) -> None:
    (closed.home / "new.csv").write_text("name,field,date\nCamera,other,2023-07-01\n", "utf-8")
    (closed.home / "odd.csv").write_text("name,field,date,note\nA,other,2023-07-01,0912345678\n", "utf-8")
    before = closed.db.read_bytes()
    closed("import", closed.home / "odd.csv", closed.home / "new.csv", "--strict", code=1)
    assert closed.db.read_bytes() == before
    assert "Added 1 model" in closed("import", closed.home / "new.csv", "--strict").out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_merge_that_changes_closed_figures_says_so(closed: Run, lang: str) -> None:
    other = closed.home / "other.json"
    closed(*MODEL[:1], "Camera", *MODEL[2:], "--db", other)
    answer = closed("merge", other, lang=lang)
    assert holds(answer.err, catalogue(lang)["problem.closed"])  # type: ignore[arg-type]


def test_of_figures_closed_twice_the_later_closing_is_told_once(closed: Run) -> None:
    closed(*MODEL)
    closed("close", "2022")
    answer = closed(*MODEL)
    assert len([line for line in answer.err.splitlines() if holds(line, TOLD)]) == 1


def test_an_import_into_closed_figures_says_so_once(closed: Run) -> None:
    rows = "".join(f"Mô hình {at},economy,2022-03-{at:02}\n" for at in range(1, 20))
    (closed.home / "list.csv").write_text(f"name,field,date\n{rows}", "utf-8")
    for trial in (["--dry-run"], []):
        answer = closed("import", closed.home / "list.csv", *trial)
        assert len([line for line in answer.err.splitlines() if holds(line, TOLD)]) == 1
    assert not holds(closed("import", closed.home / "list.csv").err, TOLD)


def test_who_takes_back_what_closed_figures_count_is_told(run: Run) -> None:
    run(*MODEL)
    run.environment["XDG_CONFIG_HOME"] = str(run.home / "another")
    run("config", "set", "author", "bình")
    run("close", "2022")
    run.environment["XDG_CONFIG_HOME"] = str(run.home / "config")
    assert holds(run("undo", "--yes").err, TOLD)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("add-reception", "Chợ", "--mode", "regular", "--people", "12", "--date", "2022-01-06"), "0 → unknown"),
        (("add-audit", "Chợ", "--type", "duty-check", "--date", "2022-03-01"), "unknown → 1"),
        (("follow-up", "2", "--on", "2022-09-01", "--recovered", "1 tỷ"), "unknown → 1 billion dong"),
        (("edit", "1", "--status", "running", "--on", "2022-06-01"), "→ 1"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else one,
)
def test_what_was_unknown_at_closing_or_is_now_is_a_correction_too(
    run: Run, change: tuple[str, ...], told: str
) -> None:
    run(*MODEL)
    run("add-audit", "Đất đai", "--type", "inspection", "--date", "2022-01-10", "--concluded", "2022-05-20")
    run("add-reception", "Đất", "--mode", "regular", "--people", "1", "--date", "2022-01-05")
    run("close", "2022")
    section_is_closed = "duty-check" not in change
    assert holds(run(*change).err, TOLD) is section_is_closed
    for form in ("table", "text", "json", "markdown", "html", "docx", "xlsx"):
        run("report", "2022", "--format", form, "-o", run.home / f"report.{form}")
    shown = run("report", "2022").out
    assert (told in shown) is section_is_closed


def test_a_merge_that_is_not_carried_out_says_nothing_of_closed_figures(closed: Run) -> None:
    other = closed.home / "other.json"
    other.write_bytes(closed.db.read_bytes())
    closed("edit", "1", "--note", "a")
    closed("edit", "1", "--note", "b", "--db", other)
    closed(*MODEL[:1], "Camera", *MODEL[2:], "--db", other)
    answer = closed("merge", other, code=3)
    assert not holds(answer.err, TOLD)
