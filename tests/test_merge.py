"""`merge`: registers of other offices in this one, every record and every version once."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import HALF, Run, Terminal, holds, office
from tinydb import TinyDB

from danvan.cli import progress
from danvan.errors import Refused
from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import Model, Record
from danvan.store import Register
from danvan.store.file import disk
from danvan.store.joining.sides import content, version

NAME = "Nguyễn Thị Sentinel"
MODEL = ("add-model", "--field", "economy", "--unit", "Phường A", "--date", "10/2/2023")


@pytest.fixture
def ward(run: Run) -> Path:
    """A ward's copy of the register, in which one model is known to both."""
    run(*MODEL, "Đường hoa")
    return Path(shutil.copy(run.db, run.home / "ba-dinh.json"))


def names(run: Run, *argv: object) -> list[str]:
    return [record["name"] for record in run("models", "--json", *argv).document["records"]]


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_another_register_has_comes_in_under_new_numbers(run: Run, ward: Path) -> None:
    run(*MODEL, "Sân chơi")
    run(*MODEL, "Tủ sách", "--db", ward)
    run("add-reception", "Đất", "--mode", "regular", "--db", ward)
    before = ward.read_bytes()
    answer = run("merge", ward)
    assert "1 model record, 1 reception record" in answer.out
    assert "numbers 3–4" in answer.out
    assert names(run) == ["Đường hoa", "Sân chơi", "Tủ sách"]
    assert ward.read_bytes() == before


def test_the_later_version_counts_and_history_says_who_wrote_it_and_how_it_came(run: Run, ward: Path) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("config", "set", "author", "hương")
    answer = run("merge", ward)
    assert "changed model 1: Unit: Phường A → Phường B" in answer.out
    (first, second) = run("history", 1, "--json").document["versions"]
    assert first["merged"] is None
    assert second["merged"]["source"] == "ba-dinh"
    assert re.search(r"merged from ba-dinh \d{4}-\d\d-\d\d \d\d:\d\d hương", run("history", 1).out)
    assert "Nothing to merge" in run("merge", ward).out


def test_a_register_that_is_behind_brings_nothing(run: Run, ward: Path) -> None:
    run("edit", 1, "--unit", "Phường B")
    before = run.db.read_bytes()
    assert "Nothing to merge" in run("merge", ward).out
    assert run.db.read_bytes() == before


@pytest.mark.parametrize("choice", ["--ours", "--theirs", "--latest"])
def test_history_shows_of_each_side_only_what_somebody_changed_there(run: Run, choice: str) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--people", "7")
    copy = shutil.copy(run.db, run.home / "ba-dinh.json")
    run("edit", 1, "--people", "8")
    run("edit", 1, "--people", "9", "--db", copy)
    run("edit", 1, "--note", "đã xem", "--db", copy)
    run("merge", copy, choice)
    made = [
        [(change["field"], change["old"], change["new"]) for change in version["changes"]]
        for version in run("history", 1, "--json").document["versions"]
    ]
    assert made[1:4] == [[("people", 7, 8)], [("people", 7, 9)], [("note", None, "đã xem")]]
    bases = [version["base"] for version in run("history", 1, "--json").document["versions"]]
    assert bases[:4] == [None, None, 1, None]
    for lang, said in (("en", "made from version 1,"), ("vi", "sửa từ lần 1,")):
        assert run("history", 1, lang=lang).out.count(said) == 1
    if choice == "--ours":  # which somebody decided
        assert ("people", 9, 8) in made[4]


def test_a_version_that_counts_once_more_changes_nothing_in_history(run: Run, ward: Path) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("edit", 1, "--unit", "Phường C")
    run("edit", 1, "--note", "đã xem")
    run("merge", ward, "--latest")
    *_, theirs, kept = run("history", 1, "--json").document["versions"]
    assert [(change["old"], change["new"]) for change in theirs["changes"]] == [("Phường A", "Phường B")]
    assert ("source" in kept["merged"], kept["changes"], kept["base"]) == (False, [], 3)
    assert run("history", 1).out.count("made from version") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_record_revised_on_both_sides_has_to_be_decided(run: Run, ward: Path, lang: str) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run(*MODEL, "Tủ sách", "--db", ward)
    run("edit", 1, "--unit", "Phường C")
    before = run.db.read_bytes()
    answer = run("merge", ward, code=3, lang=lang)
    mine, theirs = (line for line in answer.err.splitlines() if line.startswith("  "))
    assert mine.endswith("Phường C")
    assert theirs.endswith("Phường B")
    assert mine.lstrip().startswith(catalogue(lang)["merge.here"])  # type: ignore[arg-type]
    assert theirs.lstrip().startswith("ba-dinh")
    assert "→" not in answer.err
    assert holds(answer.err, catalogue(lang)["merge.conflicts"])  # type: ignore[arg-type]
    assert catalogue(lang)["error.unchanged"] in answer.err  # type: ignore[arg-type]
    ((mine, theirs),) = run("merge", ward, "--json", code=3).document["conflicts"]
    assert (mine["register"], mine["unit"]) == (None, "Phường C")
    assert (theirs["register"], theirs["unit"]) == ("ba-dinh", "Phường B")
    assert run.db.read_bytes() == before


@pytest.mark.parametrize(("choice", "unit"), [("--ours", "Phường C"), ("--theirs", "Phường B")])
def test_a_decision_is_applied_and_kept(run: Run, ward: Path, choice: str, unit: str) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("edit", 1, "--unit", "Phường C")
    run("merge", ward, choice)
    assert run.stored()["1"]["unit"] == unit
    said = run("history", 1).out
    assert "Phường B" in said
    assert "Phường C" in said
    assert "Nothing to merge" in run("merge", ward).out
    run("merge", run.db, "--db", ward)
    assert json.loads(ward.read_text("utf-8"))["records"]["1"]["unit"] == unit


def test_only_one_choice_can_be_made(run: Run, ward: Path) -> None:
    assert holds(run("merge", ward, "--ours", "--theirs", code=2).err, catalogue("en")["error.merge_choice"])


def test_the_same_change_on_both_sides_is_no_conflict(run: Run, ward: Path) -> None:
    run("config", "set", "author", "hương")
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("config", "set", "author", "lan")
    run("edit", 1, "--unit", "Phường B")
    run("edit", 1, "--note", "đã xem")
    run("edit", 1, "--clear", "note")
    assert "history added: 1" in run("merge", ward).out
    assert run.stored()["1"]["unit"] == "Phường B"
    assert len(run("history", 1, "--json").document["versions"]) == 6  # the present one stands last, once more


def test_void_records_come_as_void(run: Run, ward: Path) -> None:
    run("void", 1, "--reason", "nhập hai lần", "--db", ward)
    run("merge", ward)
    assert names(run) == []
    assert "nhập hai lần" in run("history", 1).out


def test_a_merge_is_taken_back_as_a_whole_and_may_be_made_again(run: Run, ward: Path) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("edit", 1, "--note", "xem lại", "--db", ward)
    run(*MODEL, "Tủ sách", "--db", ward)
    run("merge", ward)
    said = run("undo", "--yes").out
    assert "Unit: Phường B → Phường A" not in said
    assert "added model 2: Tủ sách" in said
    assert names(run) == ["Đường hoa"]
    assert run.stored()["1"]["unit"] == "Phường A"
    run("merge", ward)
    assert names(run) == ["Đường hoa", "Tủ sách"]
    assert run.stored()["1"]["unit"] == "Phường B"
    assert "Nothing to merge" in run("merge", ward).out
    run("undo", "--yes")
    assert "added model 1" in run("undo", "--yes").out  # what was done before the merges
    assert "nothing of yours" in run("undo", "--yes", code=1).err


@pytest.mark.parametrize(
    ("choice", "unit"), [("--ours", "Phường A"), ("--theirs", "Phường B"), ("--latest", "Phường A")]
)
def test_what_was_taken_back_and_gone_on_from_is_decided_once(run: Run, ward: Path, choice: str, unit: str) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("merge", ward)
    run("undo", "--yes")
    run("edit", 1, "--note", "xem lại")
    run("merge", ward, code=3)
    run("merge", ward, choice)
    assert run.stored()["1"]["unit"] == unit
    assert "Nothing to merge" in run("merge", ward).out
    run("undo", "--yes")
    run("merge", ward, code=3)


def test_what_is_taken_back_here_stays_as_it_is_in_the_office_it_came_from(run: Run, ward: Path) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run(*MODEL, "Tủ sách", "--db", ward)
    before = ward.read_bytes()
    run("merge", ward)
    run("undo", "--yes")
    both = ("--db", run.db, "--db", ward)
    assert "Tủ sách" in run("models", *both).out
    shown = run("models", *both, "--json", "--columns", "name,unit").document["records"]
    assert {(one["name"], one["unit"]) for one in shown} == {("Đường hoa", "Phường B"), ("Tủ sách", "Phường A")}
    assert "Nothing to merge" in run("merge", run.db, "--db", ward).out
    assert ward.read_bytes() == before
    third = run.home / "third.json"
    run("merge", run.db, "--db", third)
    assert names(run, "--db", third) == ["Đường hoa"]


def test_an_undo_passes_over_what_is_undone_in_the_other_register(run: Run, ward: Path) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("undo", "--yes", "--db", ward)
    run("edit", 1, "--unit", "Phường C")
    run("merge", ward, "--ours")
    assert "same content" in run("undo", "--yes").out
    assert "Phường A → Phường C" in run("undo", "--yes").out


ROWS = {
    "models": "name,field,date\nĐường hoa,economy,2023-02-10\n",
    "receptions": "date,mode,category,summary,citizen\n2023-02-10,regular,complaint,Hỏi đất,\n",
}


def counted(run: Run, kind: str, *paths: Path) -> int:
    return int(run(kind, "--count", *(word for path in paths for word in ("--db", path))).out)


@pytest.fixture(params=ROWS)
def offices(run: Run, request: pytest.FixtureRequest) -> tuple[str, list[Path]]:
    """Two offices that imported the same list on their own, and one that merged from the second of them."""
    path, paths = run.home / "list.csv", [run.home / f"{name}.json" for name in "abc"]
    path.write_text(ROWS[request.param], "utf-8")
    for register in paths[:2]:
        run("import", path, "--kind", request.param, "--db", register)
    run("merge", paths[1], "--db", paths[2])
    return request.param, paths


def test_an_undo_takes_back_what_its_own_office_added_and_no_more(run: Run, offices: tuple[str, list[Path]]) -> None:
    kind, (first, second, third) = offices
    run("undo", "--yes", "--db", second)
    several = ((first, second, third), (first, second), (third, first), (second, third))
    assert [counted(run, kind, *paths) for paths in several] == [1, 1, 1, 0]
    for place, order in enumerate(((first, second, third), (third, second, first))):
        at_once, one_by_one = (run.home / f"{name}{place}.json" for name in ("once", "each"))
        run("merge", *order, "--db", at_once)
        for path in order:
            run("merge", path, "--db", one_by_one)
        for merged in (at_once, one_by_one):
            assert counted(run, kind, merged) == 1
            assert "Nothing to merge" in run("merge", *order, "--db", merged).out
            run("check", "--db", merged)


@pytest.mark.parametrize("is_first", [True, False])
def test_who_merged_hears_of_every_undo_and_counts_what_nobody_took_back(
    run: Run, offices: tuple[str, list[Path]], is_first: bool
) -> None:
    kind, (first, second, third) = offices
    run("merge", first, "--db", third)
    first, second = (first, second) if is_first else (second, first)
    run("undo", "--yes", "--db", first)
    run("merge", first, "--db", third)
    assert counted(run, kind, third) == counted(run, kind, first, third) == 1
    run("undo", "--yes", "--db", second)
    assert counted(run, kind, first, second, third) == 0
    run("merge", second, "--db", third)
    assert counted(run, kind, third) == 0


def test_what_was_taken_back_and_brought_again_is_what_the_others_have(
    run: Run, offices: tuple[str, list[Path]]
) -> None:
    kind, (first, second, _) = offices
    for _ in range(2):
        run("undo", "--yes", "--db", second)
        run("import", run.home / "list.csv", "--kind", kind, "--db", second)
    merged = run.home / "merged.json"
    assert counted(run, kind, first, second) == counted(run, kind, second, first) == 1
    for here, others in ((merged, (second, first)), (first, (second, merged)), (second, (first, merged))):
        run("merge", *others, "--db", here)
        assert counted(run, kind, here) == 1
        assert "Nothing to merge" in run("merge", *others, "--db", here).out
    assert run("import", run.home / "list.csv", "--kind", kind, "--db", merged, "--json").document["known"] == 1


def test_what_came_with_a_merge_taken_back_and_then_with_a_list_is_there_once(
    run: Run, offices: tuple[str, list[Path]]
) -> None:
    kind, (_, second, third) = offices
    run("undo", "--yes", "--db", third)
    run("import", run.home / "list.csv", "--kind", kind, "--db", third)
    assert counted(run, kind, second, third) == counted(run, kind, third, second) == 1
    for here, other in ((third, second), (second, third)):
        run("merge", other, "--db", here)
        assert counted(run, kind, here) == 1
        assert "Nothing to merge" in run("merge", other, "--db", here).out


def test_what_others_have_under_the_name_of_what_was_taken_back_is_what_is_here(
    run: Run, offices: tuple[str, list[Path]]
) -> None:
    kind, (first, second, _) = offices
    fourth, merged = run.home / "d.json", run.home / "merged.json"
    run("import", run.home / "list.csv", "--kind", kind, "--db", fourth)
    run("merge", second, "--db", fourth)
    run("undo", "--yes", "--db", second)
    for path in (second, first, fourth):
        run("merge", path, "--db", merged)
    assert counted(run, kind, merged) == counted(run, kind, second, first, fourth) == 1


def test_an_undo_of_a_merge_and_then_of_what_was_there_before_take_back_these(
    run: Run, offices: tuple[str, list[Path]]
) -> None:
    kind, (first, second, _) = offices
    run("merge", first, "--db", second)
    for _ in range(2):
        run("undo", "--yes", "--db", second)
    assert (counted(run, kind, first, second), counted(run, kind, second)) == (1, 0)
    told = run("history", 1, "--db", second).out
    called = re.findall(r"Version (\S+)", told)
    assert [called[0], *called[-2:]] == ["1.1", "2", "3"]
    assert re.findall(r"takes back version (\S+)", told) == [called[-3], "1.1"]
    merged = run.home / "merged.json"
    assert run("merge", second, "--db", merged, "--dry-run", "--json").document["void"] == 1
    said = run("merge", second, "--db", merged).out
    assert catalogue("en")["merge.void"].format(count=1) in said
    assert counted(run, kind, merged) == 0
    run("merge", first, "--db", merged)
    assert counted(run, kind, merged) == 1


def test_nobody_undoes_a_merge_of_somebody_else(run: Run, ward: Path) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("config", "set", "author", "hương")
    run("merge", ward)
    run("config", "set", "author", "lan")
    with pytest.raises(Refused, match="nothing_of_yours"):
        Register(run.db, now=str, author="lan").last_change()
    run("undo", "--yes", code=1)


def test_a_dry_run_says_what_would_happen_and_creates_nothing(run: Run, ward: Path) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    before = run.db.read_bytes()
    assert "Would be changed to what the other register has: 1" in run("merge", ward, "--dry-run").out
    assert run.db.read_bytes() == before
    run.db.unlink()
    assert "Would add 1 model record" in run("merge", ward, "--dry-run").out
    assert not run.db.exists()


def test_settings_and_closings_stay_in_their_register(run: Run, ward: Path) -> None:
    run("config", "set", "threshold", 5, "--db", ward)
    run("close", 2023, "--db", ward)
    answer = run("merge", ward)
    assert "Closings of other registers stay there (1)" in answer.err
    assert "provisional" in run("report", 2023).out
    assert run("config", "get", "threshold").out.strip() == "10"


def test_a_register_is_not_merged_into_itself(run: Run, ward: Path) -> None:
    link = run.home / "link.json"
    link.symlink_to(run.db)
    for path in (run.db, link):
        assert holds(run("merge", path, code=1).err, catalogue("en")["error.merge_self"])


def test_a_register_that_is_not_there_is_named(run: Run, ward: Path) -> None:
    answer = run("merge", ward, "nowhere.json", code=6)
    assert holds(answer.err, catalogue("en")["error.no_register"])
    assert "nowhere.json" in answer.err
    near = run("merge", run.home / "." / ".." / run.home.name / "registre.json", code=6)  # like the one merged into
    assert "Did you mean" not in near.err
    (run.home / "list.json").write_text("[1]")
    assert holds(run("merge", run.home / "list.json", code=5).err, catalogue("en")["error.not_register"])


def test_a_pattern_names_many_registers(run: Run, ward: Path) -> None:
    folder = run.home / "units"
    folder.mkdir()
    for name in ("b", "a"):
        run(*MODEL, f"Mô hình {name}", "--db", folder / f"{name}.json")
    run("merge", folder / "*.json", folder / "a.json")
    assert sorted(names(run)) == ["Mô hình a", "Mô hình b", "Đường hoa"]


def test_who_denounces_does_not_come_in(run: Run, ward: Path) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--category", "denunciation", "--db", ward)
    rewrite(ward, '"category":"denunciation"', f'"category":"denunciation","citizen":"{NAME}"')
    before = run.db.read_bytes()
    for flags in ((), ("--json",)):
        answer = run("merge", ward, "--theirs", *flags, code=3)
        assert "Sentinel" not in answer.out + answer.err
    answer = run("merge", ward, code=3)
    assert "ba-dinh · reception 2 · version 1" in answer.err
    assert holds(answer.err, catalogue("en")["problem.identity"])
    assert run.db.read_bytes() == before


BROKEN = {
    "problem.part_of": ('"turns":40', '"turns":40,"groups":41'),
    "problem.no_uid": ('"uid":"', '"uid_":"'),
    "problem.control": ('"turns":40', '"turns":40,"note":"a\u202eb"'),
    "problem.too_long": ('"turns":40', f'"turns":40,"note":"{"a" * 10_001}"'),
}


@pytest.mark.parametrize("key", BROKEN)
def test_what_breaks_the_rules_does_not_come_in(run: Run, key: str) -> None:
    path = run.home / "unit.json"
    run("add-reception", "--receiver", "leader", "--turns", "40", *HALF, "--db", path)
    text = path.read_text("utf-8")
    head, lines = text.split('"records":{')
    path.write_text(f'{head}"records":{{{lines.replace(*BROKEN[key])}', "utf-8")
    answer = run("merge", path, code=3)
    assert holds(answer.err, catalogue("en")[key])
    assert not run.db.exists()


def test_one_key_for_two_records_is_refused(run: Run, ward: Path) -> None:
    uid = run.stored()["1"]["uid"]
    run(*MODEL, "Tủ sách", "--db", ward)
    other = json.loads(ward.read_text("utf-8"))["records"]["2"]["uid"]
    rewrite(ward, other, uid)
    assert holds(run("merge", ward, code=3).err, catalogue("en")["problem.uid_shared"])


def test_one_key_for_two_kinds_is_refused(run: Run, ward: Path) -> None:
    fresh = run.home / "fresh.json"
    run("add-reception", "Đất", "--mode", "regular", "--db", fresh)
    rewrite(fresh, json.loads(fresh.read_text("utf-8"))["records"]["1"]["uid"], run.stored()["1"]["uid"])
    assert holds(run("merge", fresh, code=3).err, catalogue("en")["problem.uid_kind"])


def test_a_torn_register_is_read_and_left_as_it_is(run: Run, ward: Path) -> None:
    run(*MODEL, "Tủ sách", "--db", ward)
    ward.write_bytes(ward.read_bytes()[:-150])
    before = ward.read_bytes()
    assert "is missing or unfinished" in run("merge", ward).err
    assert ward.read_bytes() == before


def test_a_full_disk_leaves_the_register_as_it_was(run: Run, ward: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run(*MODEL, "Tủ sách", "--db", ward)
    before = run.db.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "sync", full)
        assert holds(run("merge", ward, code=6).err, catalogue("en")["error.write_failed"])
    assert run.db.read_bytes() == before
    assert "Added 1 model record" in run("merge", ward).out


def test_what_another_program_changed_is_a_revision_like_any_other(run: Run, ward: Path) -> None:
    with TinyDB(ward) as stock:
        stock.table("records").update({"unit": "Phường B"}, doc_ids=[1])
    assert "Phường B" in run("merge", ward, code=3).err
    run("merge", ward, "--theirs")
    assert run.stored()["1"]["unit"] == "Phường B"
    assert "Nothing to merge" in run("merge", ward).out
    assert "merge" not in run("edit", 1, "--unit", "Phường C").err
    assert "Nothing to merge" in run("merge", ward).out
    assert run.stored()["1"]["unit"] == "Phường C"


def test_an_edit_begun_before_a_merge_does_not_overwrite_it(run: Run, ward: Path) -> None:
    from danvan.cli.asking import correcting

    run("edit", 1, "--unit", "Phường B", "--db", ward)
    run("edit", 1, "--unit", "Phường C")
    really = correcting.second_look

    def meanwhile(*args: Any, **named: Any) -> None:
        really(*args, **named)
        assert Run(run.home)("merge", ward, "--latest").code == 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(correcting, "second_look", meanwhile)
        run("edit", 1, "--note", "đã xem", code=1)


# The order of registers does not matter. Offices edit copies of each other's registers by clocks that are wrong.

EDIT = st.tuples(st.sampled_from(["edit", "void", "undo", "add"]), st.integers(0, 3), st.sampled_from("xyz"))
STEP = st.tuples(st.integers(0, 2), st.integers(0, 3), EDIT)  # which register, by what clock, does what
PASS = st.tuples(st.integers(0, 2), st.integers(0, 2))  # which register takes over which
HISTORY = st.lists(st.one_of(STEP, PASS), max_size=14)


def opened(path: Path, clock: int = 0) -> Register:
    return Register(path, now=lambda: f"2023-12-26T08:00:0{clock}+07:00", author=path.stem)


def model(name: str) -> Model:
    return Model(date(2023, 2, 10), name=name, field="economy", status="registered")


def edited(register: Register, what: str, at: int, value: str) -> None:
    numbers = [entry.id for entry in register.scan(voided=True)]
    match what:
        case "add":
            register.add_many([model(value), model(value)])
        case "edit" if numbers:
            register.revise(numbers[at % len(numbers)], lambda old: msgspec.structs.replace(old, unit=value))
        case "void" if numbers:
            register.revise(numbers[at % len(numbers)], lambda old: msgspec.structs.replace(old, void=value))
        case "undo":
            try:
                register.take_back(register.last_change(), "hoàn tác")
            except Refused:
                return


def lived(run: Run, history: Sequence[Any]) -> list[Path]:
    """Three registers that began as one and went through a history."""
    paths = [run.home / f"{name}.json" for name in "abc"]
    opened(paths[0]).add_many([model("một"), model("hai")])
    for path in paths[1:]:
        shutil.copy(paths[0], path)
    for step in history:
        if len(step) == 2:
            one, other = step
            if one != other:
                run("merge", paths[other], "--db", paths[one], "--latest")
        else:
            which, clock, edit = step
            edited(opened(paths[which], clock), *edit)
    return paths


def held(path: Path) -> dict[str, tuple[Record, frozenset[bytes]]]:
    """What a register says of each record, and all versions of it."""
    found: dict[str, list[Record]] = {}
    for entry in opened(path).log():
        found.setdefault(entry.record.uid, []).append(entry.record)
    present = {entry.record.uid: content(entry.record) for entry in opened(path).scan(voided=True)}
    return {uid: (present[uid], frozenset(version(one).text for one in all_)) for uid, all_ in found.items()}


def merged(run: Run, name: str, orders: Iterator[Sequence[Path]] | Sequence[Sequence[Path]], choice: str) -> Any:
    path = run.home / f"{name}.json"
    path.unlink(missing_ok=True)
    for paths in orders:
        run("merge", *paths, "--db", path, choice)
    return held(path)


@settings(max_examples=40)
@given(HISTORY)
def test_registers_come_to_the_same_in_any_order_one_by_one_at_once_and_twice(history: Sequence[Any]) -> None:
    with office() as run:
        paths = lived(run, history)
        whole = merged(run, "whole", [paths], "--latest")
        for number, order in enumerate(permutations(paths)):
            steps = [[path] for path in order]
            assert merged(run, f"steps{number}", [*steps, *steps], "--latest") == whole


@settings(max_examples=40)
@given(HISTORY, st.sampled_from(["--ours", "--theirs"]))
def test_a_decision_does_not_depend_on_the_order_of_files_and_is_made_once(history: Sequence[Any], choice: str) -> None:
    with office() as run:
        first, *others = lived(run, history)
        said = []
        for order in (others, others[::-1]):
            path = Path(shutil.copy(first, run.home / "own.json"))
            run("merge", *order, "--db", path, choice)
            once = path.read_bytes()
            run("merge", *order, "--db", path, choice)
            assert path.read_bytes() == once
            said.append({uid: present for uid, (present, _) in held(path).items()})
            if choice == "--ours":  # what was decided here is decided where it is taken over
                run("merge", path, "--db", Path(shutil.copy(others[0], run.home / "other.json")), "--theirs")
        assert said[0] == said[1]


@settings(max_examples=40)
@given(HISTORY)
def test_undoing_every_merge_gives_back_what_was_there(history: Sequence[Any]) -> None:
    with office() as run:
        first, *others = lived(run, history)
        before = {uid: present for uid, (present, _) in held(first).items()}
        run("merge", *others, "--db", first, "--latest")
        arrivals = [entry.record.merged for entry in opened(first).log() if entry.record.merged]
        register = Register(first, now=str, author=arrivals[-1].by if arrivals else "")
        after = held(first)
        if {uid: present for uid, (present, _) in after.items()} != before:
            register.take_back(register.last_change(), "hoàn tác")
        for uid, (present, _) in held(first).items():
            assert present == before[uid] if uid in before else present.void


def test_long_work_shows_how_far_it_has_come(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = run.home / "many.json"
    opened(path).add_many([model(f"Mô hình {n}") for n in range(1100)])
    monkeypatch.setattr(progress, "QUIET", -1.0)
    with monkeypatch.context() as patch:
        patch.setattr(progress, "sys", SimpleNamespace(stderr=Terminal()))
        run("merge", path, "--dry-run")
        said = progress.sys.stderr.getvalue()
    assert "1,000 versions read" in said
    assert said.endswith("\r")


# What was erased in one register stays erased in all.


@pytest.fixture
def told(run: Run) -> Path:
    """A ward's copy of a register in which a summary names somebody."""
    run("add-reception", f"Đơn của {NAME}", "--mode", "regular", "--category", "petition", "--unit", "Phường A")
    return Path(shutil.copy(run.db, run.home / "ba-dinh.json"))


@pytest.mark.parametrize("choice", ["", "--ours", "--theirs", "--latest"])
def test_what_was_erased_here_does_not_come_back(run: Run, told: Path, choice: str) -> None:
    run("erase", 1, "--reason", "theo yêu cầu", "--yes")
    run("edit", 1, "--outcome", "guided", "--db", told)
    for _ in range(2):
        run("merge", told, *([choice] if choice else ["--theirs"]))
        assert "Sentinel" not in run.db.read_text("utf-8")
        assert run.stored()["1"]["erased"]["reason"] == "theo yêu cầu"
    run("undo", "--yes", code=1)


def test_what_was_erased_elsewhere_is_present_no_longer_and_said_to_be_in_older_versions(run: Run, told: Path) -> None:
    run(*MODEL, "Tủ sách", "--db", told)
    run("erase", 1, "--reason", "theo yêu cầu", "--yes", "--db", told)
    answer = run("merge", told)
    assert holds(answer.err, catalogue("en")["merge.erased"])
    assert run("merge", told, "--json").document["erased"] == [1]
    assert "Sentinel" not in run("receptions", "--columns", "all", "--format", "json").out
    assert run.stored()["1"]["erased"]["reason"] == "theo yêu cầu"
    run("erase", 1, "--reason", "theo yêu cầu", "--yes")
    assert "Sentinel" not in run.db.read_text("utf-8")
    assert run("merge", told, "--json").document["erased"] == []
    assert not [one for one in run("check", "--json").document["findings"] if one["key"].startswith("chain")]


def test_the_reason_of_an_earlier_erasure_that_went_with_all_texts_does_not_come_back(run: Run, told: Path) -> None:
    run("erase", 1, "--fields", "summary", "--reason", "Reason of the first", "--yes", "--db", told)
    run("edit", 1, "--note", "xem lại", "--db", told)
    run("merge", told, "--theirs")
    run("erase", 1, "--reason", "theo yêu cầu", "--yes")
    assert "Nothing to merge" in run("merge", told).out
    run("edit", 1, "--outcome", "guided", "--db", told)
    run("merge", told, "--theirs")
    assert "Reason of the first" not in run.db.read_text("utf-8")


def test_a_revision_of_what_was_erased_elsewhere_says_that_it_was(run: Run, told: Path) -> None:
    run("erase", 1, "--reason", "theo yêu cầu", "--yes", "--db", told)
    run("edit", 1, "--outcome", "guided")
    run("merge", told, code=3)
    run("merge", told, "--ours")
    present = run.stored()["1"]
    assert present["outcome"] == "guided"
    assert present["erased"]["reason"] == "theo yêu cầu"
    assert "summary" not in present
    assert "Nothing to merge" in run("merge", told).out


def test_an_undo_of_a_merge_leaves_what_was_erased_and_takes_back_the_rest(run: Run, told: Path) -> None:
    run(*MODEL, "Đường hoa", "--db", told)
    run("erase", 1, "--reason", "theo yêu cầu", "--yes", "--db", told)
    run(*MODEL, "Tủ sách", "--db", told)
    run("merge", told)
    said = run("undo", "--yes").out
    assert "Đường hoa" in said
    assert "Tủ sách" in said
    assert names(run) == []
    assert run.stored()["1"]["erased"]


def test_what_was_erased_in_one_of_several_registers_is_read_so(run: Run, told: Path) -> None:
    run("erase", 1, "--reason", "theo yêu cầu", "--yes", "--db", told)
    for note in ("một", "hai", "ba"):
        run("edit", 1, "--note", note)
    assert "Sentinel" not in run("receptions", "--json", "--db", run.db, "--db", told).out


@pytest.mark.parametrize("options", [(), ("--strict",), ("--dry-run",), ("--strict", "--dry-run")], ids=" ".join)
def test_a_merge_reads_each_register_once(run: Run, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    other = run.home / "other.json"
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2023-02-10", "--db", other)
    read, log = [], Register.log
    monkeypatch.setattr(Register, "log", lambda self: [read.append(self.path), log(self)][1])
    run("merge", other, *options)
    assert read == [other]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("choice", ["--theirs", "--latest"])
def test_who_may_denounce_comes_back_with_a_merge_only_with_a_word_and_not_if_strict(
    run: Run, lang: LanguageCode, choice: str
) -> None:
    who = run.home / "who.txt"
    who.write_text(f"citizen: {NAME}\n", "utf-8")
    reception = ("add-reception", "Đất", "--mode", "regular", "--category", "complaint")
    run(*reception, "--identity-file", who)
    other = Path(shutil.copy(run.db, run.home / "m.json"))
    run("edit", 1, "--category", "denunciation", "--clear", "identity")
    for people in (3, 4):
        run("edit", 1, "--people", people, "--db", other)
    warning = catalogue(lang)["problem.denounced"]
    which = catalogue(lang)["caution.ids"].format(ids=1)
    before = run.db.read_bytes()
    refused = run("merge", other, choice, "--strict", lang=lang, code=1).err
    assert run("merge", other, "--ours", "--dry-run", lang=lang).err == ""
    assert warning in refused and which in refused
    assert warning in run("merge", other, choice, "--dry-run", lang=lang).err
    assert run.db.read_bytes() == before
    assert warning in run("merge", other, choice, lang=lang).err
    assert run("merge", other, choice, lang=lang).err == ""  # it is here by now


def test_of_several_registers_one_may_say_that_it_is_a_denunciation(run: Run) -> None:
    who = run.home / "who.txt"
    who.write_text(f"citizen: {NAME}\n", "utf-8")
    one, other = run.home / "one.json", run.home / "other.json"
    run("add-reception", "Đất", "--mode", "regular", "--category", "complaint", "--identity-file", who, "--db", one)
    shutil.copy(one, other)
    run("edit", 1, "--category", "denunciation", "--clear", "identity", "--db", other)
    run("edit", 1, "--people", 3, "--db", one)
    run("edit", 1, "--people", 4, "--db", one)
    told = run("merge", one, other, "--latest", "--dry-run").err
    assert catalogue("en")["problem.denounced"] in told and "one:1" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_denunciation_that_names_somebody_in_its_text_is_told_of_when_it_comes(run: Run, lang: LanguageCode) -> None:
    other = run.home / "m.json"
    text = "Bà Nguyễn Thị Tố tố cáo cán bộ"
    run("add-reception", text, "--mode", "regular", "--category", "denunciation", "--db", other)
    warning = catalogue(lang)["problem.person_in_text"]
    assert warning in run("merge", other, "--strict", lang=lang, code=1).err
    assert not run.db.exists()
    told = run("merge", other, lang=lang).err
    assert warning in told and text not in told
