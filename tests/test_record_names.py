"""What an imported record is called tells nobody who came: not in exports, not after erasing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from office import Run, office

from danvan.naming import again, named, parted
from danvan.records import Reception

HEAD = "summary,mode,date,category,citizen,address"
ROW = "Hỏi đất,regular,2023-03-15,complaint"
MO, BINH, HOA = NAMES = ("Nguyễn Thị Mơ", "Trần Văn Bình", "Lê Thị Hoa")
WHY = ("--reason", "theo đơn", "--yes")


def listed(run: Run, *citizens: str, address: str = "") -> Path:
    path = run.home / "list.csv"
    path.write_text("\n".join((HEAD, *(f"{ROW},{citizen},{address}" for citizen in citizens), "")), "utf-8")
    return path


def bring(run: Run, path: Path, *, added: int, known: int) -> None:
    answer = run("import", path, "--json").document
    assert (answer["added"].get("reception", 0), answer["known"]) == (added, known)


def uids(run: Run) -> set[str]:
    lines = run.db.read_bytes().split(b"\n")[2:-2]
    return {json.loads(line.partition(b":")[2].strip(b",\t"))["uid"] for line in lines}


def exported(run: Run, *argv: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("export", "receptions", "--format", "json", *argv).document["records"]
    return found


def citizens(run: Run) -> list[str]:
    return [record.get("citizen", "") for record in run.stored().values() if not record.get("void")]


def once(citizen: str, **said: Any) -> Reception:
    """What a list says of a citizen, under the name that it once got from all of it."""
    day = date(2023, 3, 15)
    given = {"summary": "Hỏi đất", "mode": "regular", "receiver": "staff", "category": "complaint", "citizen": citizen}
    bare = Reception(day, **{**given, **said}, uid="0" * 32)
    return replace(bare, uid=named(*parted(bare)).decode())


def test_a_name_does_not_depend_on_who_came(run: Run) -> None:
    run("import", listed(run, MO))
    (masked,) = exported(run)
    assert masked["citizen"] == "•••"
    for citizen, address in ((BINH, ""), (MO, "Ngõ 3")):
        with office() as other:
            other("import", listed(other, citizen, address=address))
            assert exported(other)[0]["uid"] == masked["uid"]
    with office() as other:
        other("import", listed(other, ""))
        assert exported(other)[0]["uid"] != masked["uid"]


def test_no_guess_is_confirmed_by_an_export_nor_after_erasing(run: Run) -> None:
    run("import", listed(run, *NAMES))
    for _ in range(2):
        assert {record["uid"] for record in exported(run)} == uids(run)
        for guess in map(once, NAMES):
            name = guess.uid.encode()
            assert uids(run).isdisjoint(one.decode() for one in (name, again(name), again(name, 2), again(name, 3)))
        run("erase", 1, 2, 3, "--fields", "identity", *WHY)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_rows_that_differ_in_who_came_are_known_again_in_any_order(rows: Sequence[str], random: Any) -> None:
    with office() as run:
        bring(run, listed(run, *rows), added=len(rows), known=0)
        assert citizens(run) == list(rows)
        assert len(uids(run)) == len(rows)
        bring(run, listed(run, *random.sample(rows, len(rows))), added=0, known=len(rows))
        bring(run, listed(run, "Người mới", *rows), added=1, known=len(rows))
        assert citizens(run) == [*rows, "Người mới"]


def test_another_person_of_the_same_day_and_matter_is_another_record(run: Run) -> None:
    for at, citizen in enumerate(NAMES):
        bring(run, listed(run, citizen), added=1, known=0)
        bring(run, listed(run, *NAMES[: at + 1]), added=0, known=at + 1)
    run("edit", 1, "--note", "đã trả lời")
    run("void", 2, "--reason", "nhầm")
    bring(run, listed(run, *NAMES), added=0, known=3)


def test_whose_identity_was_erased_does_not_come_back(run: Run) -> None:
    run("import", listed(run, MO, BINH))
    run("erase", 1, "--fields", "identity", *WHY)
    run("erase", 1, "--fields", "summary", *WHY)
    before = run.db.read_bytes()
    for rows in ((MO, BINH), (BINH, MO), (MO,)):
        bring(run, listed(run, *rows), added=0, known=len(rows))
    assert run.db.read_bytes() == before
    assert MO.encode() not in before
    bring(run, listed(run, MO, BINH, HOA), added=1, known=2)


def test_what_was_taken_back_can_be_brought_again(run: Run) -> None:
    for _ in range(3):
        bring(run, listed(run, MO, BINH), added=2, known=0)
        bring(run, listed(run, BINH, MO), added=0, known=2)
        run("undo", "--yes")
        assert citizens(run) == []


def test_registers_that_imported_the_same_file_have_the_same_records(run: Run) -> None:
    with office() as ward:
        for one in (run, ward):
            one("import", listed(one, MO, BINH, MO))
        assert uids(run) == uids(ward)
        run("merge", ward.db)
        assert citizens(run) == [MO, BINH, MO]


@pytest.mark.parametrize("turn", [1, 2])
def test_what_has_a_name_of_before_is_known_and_gets_no_other_one(run: Run, turn: int) -> None:
    old = once(MO)
    old = old if turn == 1 else replace(old, uid=again(old.uid.encode(), turn).decode())
    run.register().add_many([once(MO), old][2 - turn :])
    rows = [MO] * turn
    bring(run, listed(run, *rows), added=0, known=turn)
    bring(run, listed(run, *rows, BINH), added=1, known=turn)


def test_no_name_of_before_is_given_again_after_an_undo(run: Run) -> None:
    old = once(MO)
    run.register().add(old)
    run("config", "set", "author", "an")
    run("undo", "--yes")
    bring(run, listed(run, MO), added=1, known=0)
    assert uids(run).isdisjoint({again(old.uid.encode()).decode()})
    bring(run, listed(run, MO), added=0, known=1)


@pytest.mark.parametrize("unit", ["", "Phường Láng"])
def test_a_file_exported_before_is_known_and_brings_no_name_of_before(run: Run, unit: str) -> None:
    old = once(MO)
    run.register().add(replace(old, unit=unit))  # the default unit was filled in behind the name
    path = run.home / "export.json"
    run("export", "receptions", "--reveal", "--reason", "chuyển máy", "-o", path)
    bring(run, path, added=0, known=1)
    with office() as other:
        bring(other, path, added=1, known=0)
        assert old.uid not in uids(other)
        bring(other, path, added=0, known=1)
        bring(other, listed(other, MO), added=0, known=1)


def test_a_name_that_a_file_brings_is_not_given_to_another_row(run: Run) -> None:
    run("import", listed(run, MO))
    path = run.home / "export.json"
    run("export", "receptions", "--reveal", "--reason", "chuyển máy", "-o", path)
    with office() as other:
        answer = other("import", listed(other, BINH), path, "--json").document
        assert answer["added"] == {"reception": 2}
        assert len(uids(other)) == 2
        bring(other, listed(other, BINH, MO), added=0, known=2)
