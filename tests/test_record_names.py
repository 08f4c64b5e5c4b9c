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
from office import Run, holds, office

from danvan.messages import LANGUAGES, LanguageCode, catalogue
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


def faults(run: Run) -> set[str]:
    return {finding["sort"] for finding in run("check", "--json", code=None).document["findings"]}


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


@pytest.mark.parametrize("fields", [(), ("--fields", "identity"), ("--fields", "note,identity")])
def test_erasing_leaves_no_name_that_tells_who_came(run: Run, fields: tuple[str, ...]) -> None:
    old = once(MO)
    run.register().add_many([once(BINH), old])
    run("edit", 2, "--note", "đã trả lời")
    run("show", 2, "--reveal", "--reason", "xem lại")
    run("erase", 2, *fields, *WHY)
    data = run.db.read_text("utf-8")
    assert old.uid not in data
    assert once(BINH).uid in data
    assert faults(run) == {"uid_tells"}
    assert len(run("history", 2, "--json").document["reveals"]) == 1
    bring(run, listed(run, MO, BINH), added=0, known=2)
    bring(run, listed(run, MO, BINH, HOA), added=1, known=2)


def test_identity_goes_from_a_name_also_where_another_text_went_before(run: Run) -> None:
    old = once(MO, note="gặp trưởng phòng")
    run.register().add(old)
    run("erase", 1, "--fields", "note", *WHY)
    assert old.uid not in uids(run)
    run("erase", 1, "--fields", "identity", *WHY)
    assert len(uids(run)) == 1


def test_a_repair_that_takes_out_who_denounced_leaves_no_name_that_tells(run: Run) -> None:
    old = once(MO)
    run.register().add_many([once(BINH), old])
    run("show", 2, "--reveal", "--reason", "xem lại")
    run("edit", 2, "--clear", "identity", "--category", "denunciation")
    run("check", "--repair", code=None)
    data = run.db.read_text("utf-8")
    assert MO not in data
    assert old.uid not in data
    assert len(run("history", 2, "--json").document["reveals"]) == 1
    assert faults(run) == set()
    bring(run, listed(run, MO, BINH), added=0, known=2)


@pytest.mark.parametrize("is_erased", [False, True])
@pytest.mark.parametrize("is_former_here", [False, True])
def test_registers_that_imported_one_file_before_and_since_are_merged(
    run: Run, is_former_here: bool, is_erased: bool
) -> None:
    with office() as ward:
        before, since = (run, ward) if is_former_here else (ward, run)
        before.register().add_many([once(MO), once(BINH)])
        since("import", listed(since, MO, BINH))
        if is_erased:
            since("erase", 1, "--fields", "identity", *WHY)
        left = [*filter(None, ["" if is_erased else MO]), BINH]
        for _ in range(2):
            for here, there in ((run, ward), (ward, run)):
                here("merge", there.db)
                assert len(here.stored()) == 2
                assert [one for one in citizens(here) if one] == left
        assert faults(since) == set()
        assert faults(before) == {"uid_tells"}
        for one in (run, ward):
            bring(one, listed(one, MO, BINH), added=0, known=2)


def test_what_merging_adds_gets_no_name_of_before(run: Run) -> None:
    run("import", listed(run, HOA))
    with office() as ward:
        ward.register().add_many([once(MO), once(BINH)])
        run("merge", ward.db)
        assert citizens(run) == [HOA, MO, BINH]
        assert uids(run).isdisjoint({once(MO).uid, once(BINH).uid})
        assert run("merge", ward.db, "--json").document["known"] == 2


def test_a_copy_that_brings_back_who_was_erased_is_told_of_under_either_name(run: Run) -> None:
    run.register().add(once(MO))
    copy = run.home / "copy.json"
    copy.write_bytes(run.db.read_bytes())
    run("erase", 1, "--fields", "identity", *WHY)
    assert "danvan erase 1 --reason" in run("restore", copy, "--yes").err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_check_finds_names_that_tell_and_a_repair_gives_others(run: Run, lang: LanguageCode) -> None:
    run.register().add_many([once(MO), once(BINH)])
    run("import", listed(run, MO, BINH, HOA))
    run("edit", 1, "--note", "đã trả lời")
    run("show", 1, 3, "--reveal", "--reason", "xem lại")
    kept = run("show", 1, 2, 3, "--json").document["records"]
    answer = run("check", code=3, lang=lang)
    for key in ("finding.uid_tells", "advice.uid_tells"):
        assert holds(answer.out, catalogue(lang)[key])
    run("check", "--repair", lang=lang)
    assert uids(run).isdisjoint(once(name).uid for name in NAMES)
    assert faults(run) == set()
    assert len(run("history", 1, "--json").document["reveals"]) == 1
    after = run("show", 1, 2, 3, "--json").document["records"]
    assert [{**one, "uid": ""} for one in after] == [{**one, "uid": ""} for one in kept]
    assert after[2]["uid"] == kept[2]["uid"]
    bring(run, listed(run, HOA, BINH, MO), added=0, known=3)
