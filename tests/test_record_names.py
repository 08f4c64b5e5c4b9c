"""What an imported record is called tells nobody who came: not in exports, not after erasing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import Run, holds, office

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.store import Register

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
    found = (one for one in run.stored().values() if one["kind"] == "reception" and not one.get("void"))
    return [one.get("citizen", "") for one in found]


def test_neither_a_guess_of_who_came_nor_of_a_text_is_confirmed_by_a_name(run: Run) -> None:
    run("import", listed(run, MO, BINH, ""))
    run("erase", 1, "--fields", "identity", *WHY)
    assert [record["citizen"] for record in exported(run) if "citizen" in record] == ["•••"]
    assert {record["uid"] for record in exported(run)} == uids(run)
    with office() as guesser:
        guesser("import", listed(guesser, MO, BINH, ""))
        assert uids(guesser).isdisjoint(uids(run))


def test_a_name_says_no_more_than_days_choices_numbers_and_the_unit(run: Run) -> None:
    run("import", listed(run, MO, "", address="Ngõ 3"))
    with office() as other:
        path = listed(other, BINH)
        path.write_text(path.read_text("utf-8").replace("Hỏi đất", "Việc khác"), "utf-8")
        other("import", path)
        assert len({uid[:16] for uid in uids(run) | uids(other)}) == 1


@settings(max_examples=40)
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


def test_registers_that_imported_one_file_have_the_same_records(run: Run) -> None:
    with office() as ward:
        for one in (run, ward):
            one("import", listed(one, MO, BINH, MO, ""))
        both = run("receptions", "--count", "--db", run.db, "--db", ward.db)
        assert both.out.strip() == "4"
        for here, there in ((run, ward), (ward, run), (run, ward)):
            here("merge", there.db)
            assert citizens(here) == [MO, BINH, MO, ""]
        run("edit", 2, "--note", "đã trả lời")
        ward("merge", run.db)
        assert ward.stored()["2"]["note"] == "đã trả lời"
        assert run("merge", ward.db, "--json").document["known"] == 4


def test_other_citizens_of_the_same_day_and_matter_are_other_records_in_every_register(run: Run) -> None:
    with office() as one, office() as two:
        one("import", listed(one, MO, BINH))
        two("import", listed(two, HOA, "Đỗ Văn Dung"))
        assert run("receptions", "--count", "--db", one.db, "--db", two.db).out.strip() == "4"
        run("merge", one.db, two.db)
        run("merge", two.db, one.db)
        assert sorted(citizens(run)) == sorted([MO, BINH, HOA, "Đỗ Văn Dung"])
        bring(run, listed(run, *NAMES), added=0, known=3)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(NAMES), max_size=4), st.lists(st.sampled_from(NAMES), max_size=4))
def test_what_two_registers_have_in_common_is_there_once(here: Sequence[str], there: Sequence[str]) -> None:
    union = sorted((Counter(here) | Counter(there)).elements())
    with office() as one, office() as two:
        for run, rows in ((one, here), (two, there)):
            run("add-model", "Đường hoa", "--field", "other")  # so that there is a register in any case
            if rows:
                run("import", listed(run, *rows))
        together = one("receptions", "--count", "--db", one.db, "--db", two.db)
        assert together.out.strip() == str(len(union))
        one("merge", two.db)
        two("merge", one.db)
        assert sorted(citizens(one)) == sorted(citizens(two)) == union


def test_a_crowd_of_one_day_is_merged_as_it_is(run: Run) -> None:
    crowd = [f"Nguyễn Thị Số {chr(at)}" for at in range(ord("A"), ord("Z"))]
    with office() as ward:
        for one in (run, ward):
            one("import", listed(one, *crowd))
        run("merge", ward.db)
        assert citizens(run) == crowd


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_may_be_the_erased_one_comes_in_without_a_name_and_is_told_of(run: Run, lang: LanguageCode) -> None:
    run("import", listed(run, MO, BINH))
    run("erase", 1, "--fields", "identity", *WHY)
    told = run("import", listed(run, HOA, MO, BINH), lang=lang)
    assert holds(told.err, catalogue(lang)["problem.taken_for_erased"])
    assert holds(told.err, catalogue(lang)["problem.left_nameless"])
    assert not any(name in told.out + told.err for name in NAMES)
    assert citizens(run) == ["", BINH, ""]
    before = run.db.read_bytes()
    bring(run, listed(run, MO, HOA, BINH), added=0, known=3)
    assert run.db.read_bytes() == before
    assert run("check", "--json").document["findings"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_erased_here_comes_in_from_no_register_that_has_it_on_its_own(run: Run, lang: LanguageCode) -> None:
    with office() as ward:
        for one in (run, ward):
            one("import", listed(one, MO, BINH))
        run("erase", 1, "--fields", "identity", *WHY)
        ward("import", listed(ward, HOA))
        trial = run("merge", ward.db, "--dry-run", lang=lang).err
        assert holds(trial, catalogue(lang)["merge.would_nameless"])
        (there,) = run("merge", ward.db, "--dry-run", "--json").document["doubts"]["nameless"]
        assert there in trial
        assert there in ("register:1", "register:3")
        told = run("merge", ward.db, lang=lang)
        assert holds(told.err, catalogue(lang)["merge.nameless"])
        assert citizens(run) == ["", BINH, ""]
        assert run("merge", ward.db, "--json").document["known"] == 3
        assert MO.encode() not in run.db.read_bytes()


def test_an_erasure_is_taken_over_for_the_record_it_was_made_on_and_no_other(run: Run) -> None:
    run("import", listed(run, MO, BINH))
    with office() as ward:
        ward("merge", run.db)
        run("erase", 2, "--fields", "identity", *WHY)
        ward("merge", run.db)
        assert citizens(ward) == [MO, ""]


def test_nobody_is_taken_for_who_was_erased_in_another_register(run: Run) -> None:
    run("import", listed(run, MO, BINH))
    with office() as ward:
        ward("import", listed(ward, BINH))
        ward("erase", 1, "--fields", "identity", *WHY)
        run("merge", ward.db)
        assert citizens(run) == [MO, BINH, ""]


def test_a_file_exported_in_another_register_is_known(run: Run) -> None:
    run("import", listed(run, MO, BINH))
    path = run.home / "export.json"
    run("export", "receptions", "--reveal", "--reason", "chuyển máy", "-o", path)
    with office() as other:
        other("import", listed(other, BINH))
        bring(other, path, added=1, known=1)
        bring(other, path, added=0, known=2)
        bring(other, listed(other, MO, BINH), added=0, known=2)
        run("merge", other.db)
        assert citizens(run) == [MO, BINH]


def test_what_was_erased_is_not_compared(run: Run) -> None:
    run("import", listed(run, MO))
    with office() as ward:
        ward("import", listed(ward, MO))
        run("erase", 1, "--fields", "summary", *WHY)
        run("merge", ward.db)
        assert citizens(run) == [MO]
        ward("merge", run.db)
        assert citizens(ward) == [MO]
        bring(run, listed(run, MO), added=0, known=1)


def test_who_denounces_by_now_does_not_come_back(run: Run) -> None:
    run("import", listed(run, MO, BINH))
    run("edit", 2, "--clear", "identity", "--category", "denunciation")
    run("check", "--repair", code=None)
    assert BINH not in run.db.read_text("utf-8")
    bring(run, listed(run, MO, BINH), added=0, known=2)


def test_a_copy_that_brings_back_who_was_erased_is_told_of(run: Run) -> None:
    run("import", listed(run, MO))
    copy = run.home / "copy.json"
    copy.write_bytes(run.db.read_bytes())
    run("erase", 1, "--fields", "identity", *WHY)
    assert "danvan erase 1 --reason" in run("restore", copy, "--yes").err


def carried(run: Run, to: Run, *, masked: bool = False) -> Any:
    """What an import says of an export of another register."""
    path = run.home / "export.json"
    run("export", "receptions", "-o", path, "--force", *(() if masked else ("--reveal", "--reason", "chuyển máy")))
    return to("import", path, "--json").document


def test_who_was_erased_does_not_come_back_by_way_of_another_register(run: Run) -> None:
    with office() as ward:
        for one in (run, ward):
            one("import", listed(one, MO, BINH))
        run("erase", 1, "--fields", "identity", *WHY)
        for _ in range(2):
            ward("merge", run.db)
            run("merge", ward.db)
            assert MO.encode() not in run.db.read_bytes()


def test_two_records_of_one_export_are_two(run: Run) -> None:
    with office() as other:
        other("import", listed(other, MO))
        run("merge", other.db)
        other("import", listed(other, MO, MO))
        assert carried(other, run)["added"] == {"reception": 1}


def test_registers_merged_at_once_or_one_after_the_other_come_to_the_same(run: Run) -> None:
    with office() as one, office() as two, office() as at_once:
        one("import", listed(one, MO))
        two("merge", one.db)
        two("import", listed(two, MO, MO))
        for here in (run, at_once):
            here("import", listed(here, MO))
        at_once("merge", one.db, two.db)
        run("merge", one.db)
        run("merge", two.db)
        assert citizens(run) == citizens(at_once) == [MO, MO]
        together = run("receptions", "--count", *(word for one in (run, one, two) for word in ("--db", one.db)))
        assert together.out.strip() == "2"


def test_what_pairs_of_registers_share_is_there_once(run: Run) -> None:
    with office() as one, office() as two, office() as three, office() as four:
        for here, copy in ((one, two), (three, four)):
            here("import", listed(here, MO))
            copy("merge", here.db)
        registers = [word for here in (one, two, three, four) for word in ("--db", here.db)]
        assert run("receptions", "--count", *registers).out.strip() == "1"


def test_what_was_taken_back_and_brought_again_under_its_name_is_known_by_what_it_says(run: Run) -> None:
    with office() as other:
        other("import", listed(other, MO, BINH))
        assert carried(other, run)["added"] == {"reception": 2}
        run("undo", "--yes")
        assert carried(other, run)["added"] == {"reception": 2}
        bring(run, listed(run, MO, BINH), added=0, known=2)


@pytest.mark.parametrize("rows", list(permutations((MO, "", BINH))))
def test_the_order_of_rows_decides_nothing_where_a_name_was_cleared_or_corrected(run: Run, rows: Sequence[str]) -> None:
    run("import", listed(run, MO, "", BINH))
    run("edit", 1, "--clear", "identity")
    path = run.home / "who.txt"
    path.write_text(f"citizen: {MO}\n", "utf-8")
    run("edit", 3, "--identity-file", path)
    bring(run, listed(run, *rows), added=0, known=3)


def test_a_guess_about_who_was_erased_stays_in_its_register(run: Run) -> None:
    run("import", listed(run, MO, BINH))
    run("erase", 1, "--fields", "identity", *WHY)
    with office() as ward:
        ward("import", listed(ward, HOA, BINH, "Đỗ Văn Dung"))
        run("merge", ward.db)
        told = ward("merge", run.db)
        assert "danvan erase" not in told.err
        assert {HOA, BINH, "Đỗ Văn Dung"} <= set(citizens(ward))
        for _ in range(2):  # by now the ward has somebody besides, who was erased here
            run("merge", ward.db)
            ward("merge", run.db)
            assert citizens(run) == ["", BINH, "", ""]
            assert sorted(citizens(ward)) == sorted([HOA, BINH, "Đỗ Văn Dung", ""])


def test_what_was_taken_back_elsewhere_brings_nobody_back_who_was_erased_here(run: Run) -> None:
    with office() as other:
        for one in (run, other):
            one("import", listed(one, MO))
        run("erase", 1, "--fields", "identity", *WHY)
        other("undo", "--yes")
        assert "Nothing to merge" in run("merge", other.db).out
        other("import", listed(other, MO, BINH))
        run("merge", other.db)
        run("undo", "--yes")
        assert (MO.encode() in run.db.read_bytes(), citizens(run)) == (False, [""])


def test_who_was_erased_from_what_was_taken_back_does_not_come_back(run: Run) -> None:
    run("import", listed(run, MO))
    run("undo", "--yes")
    run("erase", 1, "--fields", "identity", *WHY)
    bring(run, listed(run, MO), added=1, known=0)
    assert citizens(run) == [""]
    with office() as other:
        other("import", listed(other, MO, MO))
        run("merge", other.db)
    assert MO.encode() not in run.db.read_bytes()


def test_what_was_merged_once_is_found_again_among_others_alike(run: Run) -> None:
    with office() as other:
        for one in (run, other):
            one("import", listed(one, "", ""))
        other("edit", 2, "--category", "petition")
        run("merge", other.db, "--latest")
        for added in range(3):
            other("import", listed(other, *[""] * (3 + added)))
            run("merge", other.db)
            found = [record["category"] for record in exported(run)]
            assert sorted(found) == ["complaint"] * (2 + added) + ["petition"]


def test_merging_again_tells_the_same_guess(run: Run) -> None:
    run("import", listed(run, MO, BINH, HOA))
    run("erase", 1, 2, "--fields", "identity", *WHY)
    with office() as other:
        other("import", listed(other, *NAMES))
        run("merge", other.db)
        before = run.db.read_bytes()
        for _ in range(4):
            run("merge", other.db)
            assert run.db.read_bytes() == before


@pytest.mark.parametrize("names", [("a", "z"), ("z", "a")])
def test_what_was_erased_in_one_of_several_comes_first_however_its_file_is_called(
    run: Run, names: tuple[str, str]
) -> None:
    erasing, other = (run.home / f"{name}.json" for name in names)
    for path in (erasing, other):
        run("import", listed(run, MO, BINH), "--db", path)
    run("erase", 1, "--fields", "identity", *WHY, "--db", erasing)
    assert run("receptions", "--count", "--db", erasing, "--db", other).out.strip() == "2"
    run("merge", erasing, other)
    assert sorted(citizens(run)) == ["", BINH]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_told_after_an_erasure_is_said(run: Run, lang: LanguageCode) -> None:
    run("import", listed(run, MO, BINH))
    run("erase", 1, "--fields", "identity", *WHY)
    with office() as other:
        other("import", listed(other, HOA, BINH))
        told = run("merge", other.db, lang=lang)
        assert holds(told.err, catalogue(lang)["merge.taken"])
        assert citizens(run) == ["", BINH]
        trial = other("merge", run.db, "--dry-run", lang=lang)
        assert catalogue(lang)["merge.would_twice"].format(ids="register:1", others="1") in trial.err
        told = other("merge", run.db, lang=lang)
        assert holds(told.err, catalogue(lang)["merge.twice"])
        assert citizens(other) == [HOA, BINH, ""]


def test_an_erased_text_does_not_take_the_place_of_another_record(run: Run) -> None:
    path = listed(run, MO, MO)
    path.write_text(path.read_text("utf-8").replace("Hỏi đất", "Việc khác", 1), "utf-8")
    run("import", path)
    run("erase", 2, "--fields", "summary", *WHY)
    head, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([head, *reversed(rows)]), "utf-8")
    bring(run, path, added=0, known=2)


@pytest.mark.parametrize("day", ["2023-03-15", "2023-03-18", "2023-03-20"])
def test_who_was_erased_does_not_come_back_with_a_list_corrected_as_the_record_was(run: Run, day: str) -> None:
    run("import", listed(run, MO, BINH))
    run("edit", 2, "--date", "2023-03-18")
    run("edit", 2, "--date", "2023-03-20")
    run("erase", 2, "--fields", "identity", *WHY)
    path = listed(run, MO, BINH)
    before, _, last = path.read_text("utf-8").rpartition("2023-03-15")
    path.write_text(f"{before}{day}{last}", "utf-8")
    bring(run, path, added=0, known=2)
    with office() as other:
        other("import", path)
        run("merge", other.db)
    assert citizens(run) == [MO, ""]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_came_without_a_name_is_called_that_and_taken_back_as_it_came(run: Run, lang: LanguageCode) -> None:
    run("import", listed(run, MO, BINH))
    run("erase", 1, "--fields", "identity", *WHY)
    with office() as other:
        other("import", listed(other, *NAMES, "Đỗ Văn Dung"))
        for bring_in in (("import", listed(run, *NAMES, "Đỗ Văn Dung")), ("merge", other.db)):
            run(*bring_in)
            assert len(citizens(run)) == 4
            assert catalogue(lang)["history.nameless"].partition("{")[0] in run("show", 4, lang=lang).out
            run("undo", "--yes")
            assert citizens(run) == ["", BINH]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_masked_export_of_what_was_imported_here_as_well_is_asked_about(run: Run, lang: LanguageCode) -> None:
    for summary in ("Hỏi đất", ""):
        with office() as here, office() as other:
            for one in (here, other):
                path = listed(one, MO, BINH)
                path.write_text(path.read_text("utf-8").replace("Hỏi đất", summary), "utf-8")
                one("import", path)
            other("export", "receptions", "-o", run.home / "masked.json", "--force")
            told = here("import", run.home / "masked.json", "--map", "citizen=", lang=lang)
            assert holds(told.err, catalogue(lang)["problem.under_other_key"])


def test_a_merge_that_brought_what_was_erased_elsewhere_is_taken_back(run: Run) -> None:
    with office() as other:
        for one in (run, other):
            one("import", listed(one, MO, BINH))
        other("erase", 1, *WHY)
        for added in (1, 0):
            before = citizens(run)
            run("merge", other.db)
            run("undo", "--yes")
            assert citizens(run) == before, added
            run("import", listed(run, MO, BINH, HOA))


def test_two_records_of_a_register_are_two_though_another_has_one_of_them_as_well(run: Run) -> None:
    here, there = run.home / "here.json", run.home / "there.json"
    nobody, both = run.home / "nobody.csv", run.home / "both.csv"
    other = f"Xin nhà,regular,2023-03-16,complaint,{MO},"
    nobody.write_text(f"{HEAD}\n{ROW},,\n{ROW},,\n", "utf-8")
    both.write_text(f"{HEAD}\n{ROW},,\n{other}\n", "utf-8")
    run("import", both, "--db", here)
    both.write_text(f"{HEAD}\n{other}\n", "utf-8")
    run("import", both, "--db", there)
    run("erase", 1, "--fields", "identity", *WHY, "--db", there)
    run("merge", here, "--db", there)
    run("import", nobody, "--db", there)
    for registers in permutations((here, there)):
        names = [word for path in registers for word in ("--db", path)]
        assert len(run("receptions", "--json", *names).document["records"]) == 3
        merged = run.home / f"{registers[0].stem} first.json"
        run("merge", *registers, "--db", merged)
        assert len(run("receptions", "--json", "--db", merged).document["records"]) == 3


def test_who_was_filled_in_later_in_two_registers_is_the_same_person(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count()
    monkeypatch.setattr("danvan.session._now", lambda: f"2023-12-26T08:00:{next(clock):02}+07:00")
    with office() as other:
        for one, names in ((run, (MO, BINH) * 3), (other, (BINH, MO) * 3)):
            one("import", listed(one, *[""] * 6))
            for number, name in enumerate(names, 1):
                identity = one.home / "who.txt"
                identity.write_text(f"Họ tên: {name}\n", "utf-8")
                one("edit", number, "--identity-file", identity)
        run("merge", other.db)
        assert Counter(citizens(run)) == Counter({MO: 3, BINH: 3})


def test_who_was_filled_in_later_is_known_by_a_list_that_names_them(run: Run) -> None:
    run("import", listed(run, "", ""))
    identity = run.home / "who.txt"
    identity.write_text(f"Họ tên: {MO}\n", "utf-8")
    run("edit", 2, "--identity-file", identity)
    with office() as other:
        other("import", listed(other, "", MO))
        assert len(run("receptions", "--json", "--db", run.db, "--db", other.db).document["records"]) == 2
        other("merge", run.db)
        assert Counter(citizens(other)) == Counter({"": 1, MO: 1})


@pytest.mark.parametrize("exchanges", ["cb ac ac ! ab cb", "ba ba ba ! ba ca ab", "cb bc ! ba cb ab", "bc ca ! ca"])
def test_who_was_not_erased_keeps_the_name_however_offices_exchange_registers(
    run: Run, exchanges: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count()
    monkeypatch.setattr("danvan.session._now", lambda: f"2023-12-26T08:{next(clock):02}:00+07:00")
    paths = {name: run.home / f"{name}.json" for name in "abc"}
    for path, names in zip(paths.values(), permutations(NAMES), strict=False):
        run("import", listed(run, *names), "--db", path)
    for step in exchanges.split():
        if step == "!":
            run("erase", 1, "--fields", "identity", *WHY, "--db", paths["a"])
        else:
            run("merge", paths[step[0]], "--latest", "--db", paths[step[1]])
    run("merge", *paths.values(), "--latest")
    assert {BINH, HOA} <= set(citizens(run))
    assert MO not in citizens(run)


def test_who_is_erased_in_one_of_several_makes_them_look_into_no_other_day(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = run.home / "one.json", run.home / "other.json"
    for path, names in ((one, (MO, BINH)), (other, (MO, HOA))):
        day = listed(run, *names)
        run("import", day, "--db", path)
        day.write_text(day.read_text("utf-8").replace("2023-03-15", "2023-03-16").replace("đất", path.stem), "utf-8")
        run("import", day, "--db", path)
    run("erase", 1, "--fields", "identity", *WHY, "--db", one)
    looked: list[str] = []
    offered = Register.offered
    monkeypatch.setattr(Register, "offered", lambda self, uids: [looked.extend(uids), offered(self, uids)][1])
    found = run("receptions", "--json", "--db", one, "--db", other).document["records"]
    days = Counter(record["date"] for record in found)
    assert days == {"2023-03-15": 3, "2023-03-16": 4}
    assert len(looked) == 4
