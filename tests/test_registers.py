"""Several registers read as if they were one: what counts once, what says where it stands, and what is refused."""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
from collections.abc import Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import HALF, Run, holds, office
from test_merge import HISTORY, lived, opened

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.places import Place, expanded, names
from danvan.records import Closing, Model
from danvan.store import Union
from danvan.store.joining.sides import content

MODEL = ("add-model", "--field", "economy", "--date", "10/2/2023")
LEADERS = ("add-reception", "--receiver", "leader", "--unit", "Phường Trúc Bạch", *HALF)


@pytest.fixture
def units(run: Run) -> str:
    """The registers of two units; one model, later revised in the second, stands in both."""
    folder = run.home / "units"
    folder.mkdir()
    first, second = folder / "ba-dinh.json", folder / "tay-ho.json"
    run(*MODEL, "Đường hoa", "--unit", "Phường A", "--db", first)
    shutil.copy(first, second)
    run(*LEADERS, "--turns", 40, "--db", first)
    run("edit", 1, "--unit", "Phường B", "--db", second)
    run(*LEADERS, "--turns", 30, "--db", second)
    run("add-reception", "Đất", "--mode", "regular", "--category", "complaint", "--date", "1/12/2023", "--db", second)
    return str(folder / "*.json")


def figures(run: Run, *argv: object) -> dict[str, Any]:
    document = run("report", 2023, "--json", *argv).document
    return {row["measure"]: row["value"] for section in document["sections"] for row in section["rows"]}


def test_a_record_of_two_registers_counts_once_in_its_latest_version(run: Run, units: str) -> None:
    answer = run("models", "--json", "--db", units)
    (record,) = answer.document["records"]
    assert (record["id"], record["register"], record["unit"]) == (1, "tay-ho", "Phường B")
    assert holds(answer.err, catalogue("en")["notice.same_records"])
    assert figures(run, "--db", units)["models.registered"] == 1


def test_a_record_that_is_void_in_its_latest_version_counts_nowhere(run: Run, units: str) -> None:
    run("void", 1, "--reason", "nhầm", "--db", run.home / "units" / "tay-ho.json")
    assert run("models", "--count", "--db", units).out == "0\n"


def test_a_later_version_counts_without_what_was_erased_elsewhere(run: Run) -> None:
    first, second = run.home / "a.json", run.home / "b.json"
    many = ("--date", "1/2/2023", "--mode", "regular", "--category", "complaint", "--people", 1)
    run("add-reception", "Bà Mai hỏi đất", *many, "--db", first)
    run("merge", first, "--db", second)
    run("erase", 1, "--fields", "summary", "--reason", "x", "--yes", "--db", second)
    run("edit", 1, "--people", 5, "--today", "2027-01-01", "--db", first)
    run("edit", 1, "--people", 7, "--today", "2027-01-01", "--db", first)
    (record,) = run("receptions", "--json", "--db", first, "--db", second).document["records"]
    assert (record["people"], record["register"], record.get("summary", "")) == (7, "a", "")
    run("void", 1, "--reason", "x", "--db", first)
    assert not run("receptions", "--json", "--db", first, "--db", second).document["records"]


def test_a_later_version_of_other_days_is_not_counted_under_its_earlier_ones(run: Run, units: str) -> None:
    run("edit", 1, "--date", "2022-02-10", "--db", run.home / "units" / "tay-ho.json")
    assert run("models", "--year", 2023, "--count", "--db", units).out == "0\n"
    assert run("models", "--year", 2022, "--count", "--db", units).out == "1\n"


def test_figures_are_those_of_one_register_into_which_all_are_merged(run: Run, units: str) -> None:
    run("merge", units)
    whole = figures(run)
    assert whole["receptions.turns"] == 71
    assert figures(run, "--db", units) == whole
    first, second = (run.home / "units" / f"{name}.json" for name in ("ba-dinh", "tay-ho"))
    assert figures(run, "--db", second, "--db", first) == whole


def test_a_pattern_may_stand_in_the_environment(run: Run, units: str) -> None:
    run.environment["DANVAN_DB"] = units
    assert figures(run)["receptions.turns"] == 71


def test_lists_say_in_which_register_a_record_stands(run: Run, units: str) -> None:
    assert "tay-ho:1" in run("models", "--db", units).out
    assert "tay-ho:3" in run("due", "--db", units).out
    rows = list(csv.DictReader(io.StringIO(run("receptions", "--format", "csv", "--db", units).out)))
    assert [(row["id"], row["register"]) for row in rows] == [("2", "ba-dinh"), ("2", "tay-ho"), ("3", "tay-ho")]
    rows = list(csv.DictReader(io.StringIO(run("due", "--format", "csv", "--db", units).out)))
    assert [(row["id"], row["register"]) for row in rows] == [("3", "tay-ho")]
    answer = run("receptions", "--columns", "id,register,turns", "--sort", "register", "--reverse", "--db", units)
    assert answer.out.index("tay-ho:3") < answer.out.index("ba-dinh:2")


def test_the_register_is_no_column_where_there_is_one(run: Run) -> None:
    run(*MODEL, "Đường hoa")
    for form in ("csv", "json"):
        assert "register" not in run("models", "--format", form, "--columns", "all").out.replace("registered", "")


def test_the_register_is_a_filter(run: Run, units: str) -> None:
    for argv, found in (
        (("receptions", "--count"), "1\n"),
        (("models", "--count"), "0\n"),  # its latest version stands in the other one
    ):
        assert run(*argv, "--register", "BA-DINH", "--db", units).out == found
    assert figures(run, "--register", "ba-dinh", "--db", units)["receptions.turns"] == 40
    assert "tay-ho" not in run("due", "--register", "ba-dinh", "--db", units).out
    (record,) = run(
        "export", "receptions", "--format", "jsonl", "--register", "ba-dinh", "--db", units
    ).out.splitlines()
    assert '"register":"ba-dinh"' in record
    rows = run("form", "01/TCD", 2023, "--register", "ba-dinh", "--json", "--db", units).document["rows"]
    assert len(rows) == 1
    err = run("models", "--register", "hoan-kiem", "--db", units, code=2).err
    assert "ba-dinh, tay-ho" in err


def test_the_register_is_a_breakdown_and_each_of_its_cells_can_be_explained(run: Run, units: str) -> None:
    document = run("report", 2023, "--by", "register", "--json", "--db", units).document
    turns = next(table for table in document["breakdowns"] if table["measure"] == "receptions.turns")
    parts = {line["value"]: line["figures"]["now"]["figure"] for line in turns["lines"]}
    assert parts == {"ba-dinh": 40, "tay-ho": 31}
    for name, count in parts.items():
        argv = ("explain", 2023, "receptions.turns", "--only", f"register={name}", "--db", units)
        found = run(*argv, "--json").document
        assert found["value"] == count
        assert {record["register"] for record in found["records"]} == {name}
        assert f"{name}:2" in run(*argv).out


@pytest.mark.parametrize("argv", [("report", 2023, "--by"), ("explain", 2023, "receptions.turns", "--only")])
def test_one_register_is_not_broken_down_by_registers(run: Run, argv: tuple[object, ...]) -> None:
    run(*MODEL, "Đường hoa")
    word = "register" if argv[0] == "report" else "register=x"
    assert holds(run(*argv, word, code=2).err, catalogue("en")["error.one_register"])


def test_rows_that_repeat_each_other_are_remarked_on_across_registers(run: Run, units: str) -> None:
    assert "ba-dinh:2, tay-ho:2" in run("report", 2023, "--db", units).out
    document = run("report", 2023, "--json", "--db", units).document
    notes = {note["key"]: note["ids"] for section in document["sections"] for note in section["notes"]}
    assert notes["overlaps"] == ["ba-dinh:2", "tay-ho:2"]


def test_a_row_and_the_details_of_a_unit_below_are_remarked_on_across_registers(run: Run, units: str) -> None:
    city, below = run.home / "city.json", ("--mode", "regular", "--date", "1/2/2023")
    staff = ("add-reception", "--receiver", "staff", "--turns", 9, "--unit", "Quận Ba Đình", *HALF, "--db")
    run(*staff, city)
    for unit in ("Phường Trúc Bạch, Quận Ba Đình", "Quận Ba Đình / Phường Trúc Bạch", "Phường Trúc Bạch, Quận Ba Vì"):
        run("add-reception", "Đất", *below, "--unit", unit, "--db", run.home / "units" / "ba-dinh.json")
    assert "ba-dinh:3, ba-dinh:4, city:1" in run("report", 2023, "--db", units, "--db", city).out
    run(*staff, run.home / "units" / "ba-dinh.json")  # in one register both may be meant
    assert "counted twice" not in run("report", 2023, "--db", run.home / "units" / "ba-dinh.json").out


Q1 = ("--from", "1/1/2023", "--to", "31/3/2023", "--mode", "regular")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_of_a_unit_that_may_hold_those_of_units_below_are_named_with_them(run: Run, lang: LanguageCode) -> None:
    say = catalogue(lang)["note.added_below"]
    row = ("add-reception", *Q1)
    run(*row, "--unit", "Phường Trúc Bạch, Quận Ba Đình", "--turns", 5)
    run(*row, "--unit", "Quận Ba Đình / Phường Cống Vị", "--turns", 9)
    run(*row, "--unit", "Quận Đống Đa", "--turns", 90)
    run("add-reception", "--mode", "regular", "--date", "1/2/2023", "--unit", "Phường Láng, Quận Đống Đa")
    assert not holds(run("report", 2023, lang=lang).out, say)
    run(*row, "--unit", "Quận Ba Đình", "--turns", 40)
    assert say.format(ids="1, 2, 5") in " ".join(run("report", 2023, lang=lang).out.split())
    run("edit", 5, "--turns", 13)  # too few to hold both: what its own office did
    assert not holds(run("report", 2023, lang=lang).out, say)
    run(*row, "--unit", "Quận Ba Đình / Phường Cống Vị / Tổ 1", "--turns", 2)
    run(*row, "--unit", "Phường Cống Vị, Quận Ba Đình", "--turns", 9)  # however either is spelled
    assert say.format(ids="2, 6, 7") in " ".join(run("report", 2023, lang=lang).out.split())


def test_a_report_names_the_registers_it_is_made_from(run: Run, units: str) -> None:
    said = "Figures of these registers: ba-dinh, tay-ho"
    assert said in run("report", 2023, "--db", units).out
    assert said in run("form", "01/TCD", 2023, "--db", units, width=160).out
    assert run("report", 2023, "--json", "--db", units).document["registers"] == ["ba-dinh", "tay-ho"]
    assert "registers:" in run("report", 2023, "--register", "ba-dinh", "--db", units).out
    assert "registers:" not in run("report", 2023).out


def test_settings_are_those_of_the_first_register_and_others_are_told(run: Run, units: str) -> None:
    first, second = (run.home / "units" / f"{name}.json" for name in ("ba-dinh", "tay-ho"))
    run("config", "set", "office", "Ban Dân vận", "--db", second)
    assert "Settings" not in run("report", 2023, "--db", units).err
    run("config", "set", "threshold", 5, "--db", second)
    answer = run("report", 2023, "--db", units)
    assert holds(answer.err, catalogue("en")["notice.settings_differ"])
    assert "otherwise: tay-ho (size of a large group)." in answer.err
    assert "Large group: 10 people" in answer.out
    run("config", "set", "calendar.models", "inspectorate", "--db", second)
    assert "tay-ho (số người của đoàn đông người, kỳ báo cáo)" in run("report", 2023, "--db", units, lang="vi").err
    assert "Large group: 5 people" in run("report", 2023, "--db", second, "--db", first).out
    alone = run("report", 2023, "--db", units, "--register", "tay-ho")
    assert "Large group: 5 people" in alone.out
    assert "Ban Dân vận" in alone.out
    assert not holds(alone.err, catalogue("en")["notice.settings_differ"])


def test_the_unit_of_records_that_name_none_is_that_of_their_register(run: Run, units: str) -> None:
    run("config", "set", "unit", "Quận Tây Hồ", "--db", run.home / "units" / "tay-ho.json")
    (record,) = run("receptions", "--unit", "Quận Tây Hồ", "--json", "--db", units).document["records"]
    assert (record["register"], record["id"]) == ("tay-ho", 3)


def test_closings_hold_for_their_own_register_only(run: Run, units: str) -> None:
    run("close", 2023, "--db", run.home / "units" / "ba-dinh.json")
    out = run("report", 2023, "--db", units).out
    assert "provisional" in out
    assert "closed" not in out
    assert "closed" not in run("report", 2023, "--db", units, "--register", "tay-ho").out


def test_closings_hold_where_their_register_alone_is_read_of_several(run: Run, units: str) -> None:
    alone = run.home / "units" / "tay-ho.json"
    run("close", 2023, "--section", "receptions", "--db", alone)
    run("edit", 2, "--turns", 31, "--db", alone)
    for db, asked in ((alone, ()), (units, ("--register", "tay-ho"))):
        told = run("report", 2023, "--section", "receptions", "--db", db, *asked).out
        assert "corrected after" in told
        assert "Corrected after closing: Leaders' reception: turns: 30 → 31" in told
    form = ("form", "01/TCD", 2023, "--calendar", "calendar", "--db", units)
    assert "closed" in run(*form, "--register", "tay-ho").out
    assert "closed" not in run(*form).out


def test_what_was_exported_from_several_can_be_imported(run: Run, units: str) -> None:
    for form in ("csv", "xlsx", "json", "jsonl"):
        path = run.home / f"all.{form}"
        run("export", "all", "-o", path, "--db", units)
        run("import", path)
    assert figures(run)["receptions.turns"] == 71


def test_show_and_history_take_the_name_of_the_register(run: Run, units: str) -> None:
    assert "Phường B" in run("show", "tay-ho:1", "--db", units).out
    assert "Phường B" not in run("history", "Ba-Dinh:1", "--db", units).out
    document = run("show", "ba-dinh:2", "tay-ho:2", "--json", "--db", units).document
    assert [record["turns"] for record in document["records"]] == [40, 30]
    document = run("show", "tay-ho:2-3", "ba-dinh:2", "--json", "--db", units).document
    assert [record.get("turns") for record in document["records"]] == [30, None, 40]
    for text in ("1", "hoan-kiem:1"):
        assert holds(run("show", text, "--db", units, code=2).err, catalogue("en")["error.which_register"])
    run("show", "ba-dinh:x", "--db", units, code=2)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "argv",
    [
        (*MODEL, "Sân chơi"),
        ("edit", "1", "--unit", "x"),
        ("void", "1", "--reason", "x"),
        ("undo", "--yes"),
        ("follow-up", "1", "--note", "x"),
        ("close", "2023"),
        ("config", "set", "threshold", "5"),
        ("merge", "ba-dinh.json"),
        ("import", "list.csv"),
    ],
    ids=lambda argv: argv[0],
)
def test_what_writes_needs_one_register(run: Run, units: str, argv: Sequence[str], lang: str) -> None:
    files = [Path(name) for name in expanded([units])]
    before = [path.read_bytes() for path in files]
    (run.home / "list.csv").write_text("name,field,date\nx,other,2023-01-01\n")
    words = [
        str(run.home / word) if word.endswith(".csv") else str(files[0]) if ".json" in word else word for word in argv
    ]
    answer = run(*words, "--db", units, code=1, lang=lang)
    assert holds(answer.err, catalogue(lang)["error.several_registers"])  # type: ignore[arg-type]
    assert [path.read_bytes() for path in files] == before


def test_a_register_of_several_that_is_not_there_is_named(run: Run, units: str) -> None:
    for argv in (("--db", run.home / "x*.json"), ("--db", units, "--db", run.home / "nowhere.json")):
        assert holds(run("models", *argv, code=6).err, catalogue("en")["error.no_register"])


def test_an_answer_does_not_overwrite_one_of_the_registers(run: Run, units: str) -> None:
    path = run.home / "units" / "tay-ho.json"
    argv = ("models", "--db", units, "-o", path, "--force")
    assert holds(run(*argv, code=1).err, catalogue("en")["error.output_is_register"])


# Names and numbers.


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    odd, other = tmp_path / "a[1].json", tmp_path / "a1.json"
    odd.touch()
    other.touch()
    assert expanded([str(odd)]) == [odd]
    odd.unlink()
    assert expanded([str(odd)]) == [other]


def test_registers_are_called_as_shortly_as_tells_them_apart() -> None:
    assert names([Path("/a/x.json"), Path("/a/y.json")]) == ["x", "y"]
    assert names([Path("/a/x/so.json"), Path("/a/y/so.json")]) == ["x/so", "y/so"]
    assert names([Path("/a/x.json"), Path("/a/x.jsonl")]) == ["x.json", "x.jsonl"]
    assert names([Path("/so.json")]) == ["so"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 10**15 - 1)), unique=True))
def test_places_are_told_apart_and_stand_in_the_order_of_registers(found: list[tuple[int, int]]) -> None:
    places = [Place(at, str(at), number) for at, number in found]
    assert len(set(places)) == len(found)
    assert [(int(place.register), place.number) for place in sorted(places)] == sorted(found)
    assert [f"{place}" for place in places] == [f"{at}:{number}" for at, number in found]


@settings(max_examples=40)
@given(HISTORY)
def test_several_say_what_they_say_once_they_are_merged(history: Sequence[Any]) -> None:
    with office() as run:
        paths = lived(run, history)
        run("merge", *paths, "--latest")
        whole = {entry.record.uid: content(entry.record) for entry in run.register().scan()}
        for order in permutations(paths):
            union = Union({path.stem: opened(path) for path in order}, lambda *_, **__: None)
            read = [entry.record for entry in union.scan()]
            assert {record.uid: content(record) for record in read} == whole
            assert len(read) == len(whole)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["so-phu.json", "sổ phụ {1}.json"])
def test_a_command_that_is_advised_is_about_the_register_that_was_named(
    run: Run, name: str, lang: LanguageCode
) -> None:
    path = run.home / name
    for told in (
        run("models", "--db", path, lang=lang),
        run("show", 9, "--db", path, lang=lang, code=1),
        run("--db", path),
    ):
        advised = re.findall(r'danvan (?!demo)[a-z-]+ --db (".*?"|[^" ,\n]+)', told.out + told.err)
        assert {Path(one.strip('"')) for one in advised} == {path}
    (pasted,) = re.findall("danvan (add-model.*)", run("models", "--db", path).out)
    run(*shlex.split(pasted), "Vườn rau", "--field", "economy")
    assert "Vườn rau" in run("models", "--db", path).out
    identity = run.home / "who.txt"
    identity.write_text("citizen: Nguyễn Thị Mơ\n", "utf-8")
    land = ("Đất", "--mode", "regular", "--category", "complaint", "--identity-file", identity)
    run("add-reception", *land, "--db", path)
    run("show", 2, "--reveal", "--reason", "kiểm tra", "--db", path)
    assert "danvan show: kiểm tra" in run("history", 2, "--db", path, lang=lang).out
    assert not run.db.exists()
    assert "--db" not in run("models", lang=lang).out


def test_only_records_are_read_of_several(run: Run, units: str) -> None:
    union = Union({"a": opened(run.home / "units" / "ba-dinh.json")}, lambda *_, **__: None)
    assert list(union.scan([Closing])) == []
    assert len(list(union.scan([Model], voided=True))) == 1
    assert date(2023, 2, 10) in {entry.record.date for entry in union.scan()}
