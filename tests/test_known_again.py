"""Receptions that other registers call otherwise, or that were edited before they came, are known again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office import Run, holds, office

from danvan.messages import catalogue

HEAD = "summary,mode,date,category,people,citizen"
MO, BINH, HOA = "Nguyễn Thị Mơ", "Trần Văn Bình", "Lê Thị Hoa"
REVEALED = ("--reveal", "--reason", "chuyển sổ")
LATEST = "--latest"


def listed(run: Run, *citizens: str, people: str = "") -> Path:
    path = run.home / "list.csv"
    rows = (f"Hỏi đất,regular,2023-03-15,complaint,{people},{citizen}" for citizen in citizens)
    path.write_text("\n".join((HEAD, *rows, "")), "utf-8")
    return path


def exported(run: Run, *argv: object) -> Path:
    path = run.home / "ex.csv"
    run("export", "receptions", "-o", path, "--force", *argv)
    return path


def bring(run: Run, path: Path, *argv: object, added: int, known: int) -> Any:
    masked = () if argv else ("--map", "citizen=")
    answer = run("import", path, "--json", *masked, *(one for one in argv if one))
    assert (answer.document["added"].get("reception", 0), answer.document["known"]) == (added, known)
    return answer


def there(run: Run) -> list[tuple[str, int | None]]:
    found = (one for one in run.stored().values() if one["kind"] == "reception" and not one.get("void"))
    return sorted((one.get("citizen", ""), one.get("people")) for one in found)


@pytest.fixture
def ward() -> Iterator[Run]:
    """A ward that has imported the same list as the office, on its own."""
    with office() as found:
        found("import", listed(found, MO, BINH, HOA))
        yield found


@pytest.fixture
def city(run: Run) -> Run:
    run("import", listed(run, HOA, MO, BINH))
    return run


def test_a_masked_export_is_known_once_the_register_it_is_from_was_merged(city: Run, ward: Run) -> None:
    before = there(city)
    city("merge", ward.db)
    for _ in range(2):
        answer = bring(city, exported(ward), added=0, known=3)
        assert "under_other_key" not in answer.err
        assert there(city) == before
        city("edit", 1, "--note", "đã trả lời")  # later versions know it as well


def test_what_such_an_export_says_otherwise_is_named_and_not_written(city: Run, ward: Run) -> None:
    city("merge", ward.db)
    ward("edit", 2, "--people", 4)
    answer = bring(city, exported(ward), added=0, known=3)
    ((number, changes),) = [(one["id"], one["changes"]) for one in answer.document["differing"]]
    assert changes == [{"field": "people", "old": None, "new": 4}]
    assert city.stored()[str(number)]["citizen"] == BINH


def test_an_export_of_both_registers_brings_nothing(city: Run, ward: Run) -> None:
    city("merge", ward.db)
    paths = exported(ward), exported(city)
    assert city("import", *paths, "--map", "citizen=", "--json").document["known"] == 6
    assert len(there(city)) == 3


def test_without_a_merge_nobody_can_tell_and_it_is_asked(city: Run, ward: Run) -> None:
    assert "under_other_key" in bring(city, exported(ward), added=3, known=0).err


def test_a_third_register_brings_the_same_records_under_the_wards_names(city: Run, ward: Run) -> None:
    with office() as third:
        third("import", exported(ward), "--map", "citizen=")
        city("merge", ward.db)
        city("merge", third.db, "--ours")
        assert there(city) == [(HOA, None), (MO, None), (BINH, None)]
        listing = city("receptions", "--format", "json", "--db", city.db, "--db", third.db).document
        assert len(listing["records"]) == 3


def test_what_a_register_calls_otherwise_is_known_through_it(city: Run, ward: Run) -> None:
    with office() as third:
        third("import", listed(third, MO, BINH, HOA))
        third("merge", ward.db)
        city("merge", third.db)
    bring(city, exported(ward), added=0, known=3)


def test_two_records_of_a_register_are_two_though_one_has_the_others_name(city: Run, ward: Run) -> None:
    city("import", exported(ward), "--map", "citizen=")  # without a merge, so under the ward's names as well
    city("merge", ward.db, LATEST)
    assert len(there(city)) == 6
    bring(city, exported(ward), added=0, known=3)


def test_after_an_erasure_the_wards_record_is_still_known_and_nobody_comes_back(city: Run, ward: Run) -> None:
    city("merge", ward.db)
    city("erase", 1, "--fields", "identity", "--reason", "theo đơn", "--yes")
    bring(city, exported(ward, *REVEALED), "", added=0, known=3)
    ward("edit", 3, "--note", "đã trả lời")
    city("merge", ward.db, LATEST)
    assert HOA not in city.db.read_text("utf-8")
    assert len(there(city)) == 3


def test_an_undone_merge_takes_no_other_record_along(city: Run, ward: Run) -> None:
    city("merge", ward.db)
    city("undo", "--yes")
    bring(city, exported(ward), added=0, known=3)
    assert there(city) == [(HOA, None), (MO, None), (BINH, None)]


def test_registers_that_call_each_others_records_otherwise_call_them_one(city: Run, ward: Run) -> None:
    ward("merge", city.db)
    ward("undo", "--yes")
    city("merge", ward.db)
    ward("undo", "--yes")
    for number in (1, 2, 3):
        city("edit", number, "--people", 4)
    with office() as other:
        assert other("merge", ward.db, city.db, "--json").document["added"] == {"reception": 3}
        assert [people for _, people in there(other)] == [4, 4, 4]


@pytest.mark.parametrize("is_list_first", [True, False])
def test_a_record_edited_before_its_export_is_known_by_its_list(run: Run, ward: Run, is_list_first: bool) -> None:
    ward("edit", 1, "--people", 3, "--outcome", "guided")
    files = [(exported(ward, *REVEALED), 3), (listed(ward, MO, BINH, HOA), 0)]
    for path, _ in reversed(files) if is_list_first else files:
        run("import", path)
    assert [who for who, _ in there(run)] == [HOA, MO, BINH]
    assert ((MO, 3) in there(run)) is not is_list_first


def test_where_the_list_came_first_the_edit_is_named(run: Run, ward: Run) -> None:
    run("import", listed(run, MO, BINH))
    ward("edit", 1, "--people", 3)
    answer = bring(run, exported(ward, *REVEALED), "", added=1, known=2)
    assert [one["changes"] for one in answer.document["differing"]] == [[{"field": "people", "old": None, "new": 3}]]


def test_another_citizen_of_the_same_beginning_is_another_record(run: Run, ward: Run) -> None:
    ward("edit", 1, "--people", 3)
    run("import", exported(ward, *REVEALED))
    bring(run, listed(run, "Người Khác", MO), "", added=1, known=1)
    bring(run, listed(run, MO, MO), "", added=1, known=1)  # two visits of one citizen are two
    bring(run, listed(run, MO, people="2"), "", added=1, known=0)  # nor is another beginning the same


def test_who_was_erased_from_an_edited_record_does_not_come_back_with_its_list(run: Run, ward: Run) -> None:
    ward("edit", 1, "--people", 3)
    run("import", exported(ward, *REVEALED))
    run("erase", 1, "--fields", "identity", "--reason", "theo đơn", "--yes")
    answer = run("import", listed(run, MO, BINH, HOA))
    assert holds(answer.err, catalogue("en")["problem.taken_for_erased"])
    assert MO not in run.db.read_text("utf-8")
    assert len(there(run)) == 3


def test_registers_read_together_know_it_as_well(run: Run, ward: Run) -> None:
    ward("edit", 1, "--people", 3)
    run("import", exported(ward, *REVEALED))
    with office() as other:
        other("import", listed(other, MO, BINH, HOA))
        listing = run("receptions", "--format", "json", "--db", run.db, "--db", other.db).document
        assert len(listing["records"]) == 3
