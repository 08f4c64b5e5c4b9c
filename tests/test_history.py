"""`history ID`: every version of a record, with when, who, and what it changed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Run, office

from danvan.records import Movement, Reception, Step, fields

SECRET = "Lò Thị Bí Mật"


def tell(run: Run) -> None:
    """A reception that is added, accepted, corrected, voided and taken back."""
    run("add-reception", "Bồi thường đất", "--mode", "regular", "--category", "petition", "--date", "2023-03-15")
    run("edit", "1", "--outcome", "accepted", "--on", "2023-03-20")
    run("edit", "1", "--people", "12", "--clear", "category")
    run("void", "1", "--reason", "nhập hai lần")
    run("undo", "--yes")


def test_every_version_stands_with_its_moment_and_its_author(run: Run) -> None:
    tell(run)
    out = run("history", "1").out
    heads = re.findall(r"Version (\d) · \d{4}-\d\d-\d\d \d\d:\d\d · \S+", out)
    assert heads == ["1", "2", "3", "4", "5"]
    assert re.search(r"Lần 1 · \d\d/\d\d/\d{4} \d\d:\d\d · \S+", run("history", "1", lang="vi").out)


def test_what_changed_is_told_field_by_field_in_words(run: Run) -> None:
    tell(run)
    out = run("history", "1", lang="vi").out
    for part in (
        "ghi vào sổ",
        "Kết quả xử lý: (trống) → thụ lý",
        "20/03/2023 thụ lý",
        "Số người: (trống) → 12",
        "Loại việc: kiến nghị → (trống)",
        "hủy: nhập hai lần",
        "hoàn tác lần 4",
        "khôi phục",
    ):
        assert part in out


def test_programs_get_the_values(run: Run) -> None:
    tell(run)
    document = run("history", "1", "--json").document
    assert (document["version"], document["id"], document["kind"]) == (1, 1, "reception")
    versions = document["versions"]
    assert [version["rev"] for version in versions] == [1, 2, 3, 4, 5]
    assert versions[0]["changes"] == []
    assert {"field": "people", "old": None, "new": 12} in versions[2]["changes"]
    assert {"field": "category", "old": "petition", "new": None} in versions[2]["changes"]
    assert versions[3]["void"] == "nhập hai lần"
    assert versions[4]["undoes"] == 4


def test_a_number_that_becomes_zero_is_zero_and_not_unknown(run: Run) -> None:
    run("add-audit", "A", "--type", "inspection", "--recovery", "5 tỷ")
    run("edit", "1", "--recovery", "0")
    (change,) = run("history", "1", "--json").document["versions"][1]["changes"]
    assert change == {"field": "recovery", "old": 5_000_000_000, "new": 0}
    assert "Recovery recommended: 5,000,000,000 đ → 0 đ" in run("history", "1").out


def test_a_change_of_who_came_is_told_without_telling_who(run: Run) -> None:
    from msgspec.structs import replace

    run("add-reception", "Đất", "--mode", "regular", "--category", "petition")
    register = run.register()
    register.revise(1, lambda record: replace(record, citizen=SECRET))
    register.revise(1, lambda record: replace(record, citizen=f"{SECRET} khác"))
    out = run("history", "1").out
    assert "Citizen: (blank) → •••" in out
    assert "Citizen: ••• → •••" in out
    for argv in (("history", "1"), ("history", "1", "--json"), ("show", "1"), ("show", "1", "--json")):
        assert SECRET not in run(*argv).out


def test_long_changes_wrap_inside_the_window(run: Run) -> None:
    run("add-model", "Hoa", "--field", "other", "--note", "một " * 60)
    run("edit", "1", "--note", "hai " * 60)
    lines = run("history", "1", width=60).plain.splitlines()
    assert all(len(line) <= 60 for line in lines)
    assert sum(line.count("hai") for line in lines) == 60


STATES = st.sampled_from(fields(Reception)["outcome"].choices)


@given(st.lists(st.tuples(st.none() | STATES, st.none() | st.integers(0, 99)), min_size=1, max_size=5))
def test_the_changes_of_all_versions_lead_from_the_first_to_the_last(
    states: list[tuple[str | None, int | None]],
) -> None:
    from datetime import date

    from msgspec.structs import replace

    with office() as run:
        register = run.register()
        register.add(Reception(date(2023, 1, 1), mode="regular", receiver="staff"))
        for outcome, people in states:
            register.revise(1, lambda record, o=outcome, p=people: replace(record, outcome=o, people=p))  # type: ignore[misc]
        replayed: dict[str, object] = {"outcome": None, "people": None}
        for version in run("history", "1", "--json").document["versions"]:
            for change in version["changes"]:
                assert replayed[change["field"]] == change["old"]
                replayed[change["field"]] = change["new"]
        assert replayed == dict(zip(("outcome", "people"), states[-1], strict=True))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_came_to_a_list_and_what_went_is_told_item_by_item(run: Run, lang: str) -> None:
    from datetime import date

    from msgspec.structs import replace

    run("add-audit", "A", "--type", "inspection", "--started", "2023-01-01", "--concluded", "2023-02-01")
    register = run.register()
    first, second = Movement(date(2023, 3, 1), 10**9), Movement(date(2023, 4, 1), recovered_land=500)
    register.revise(1, lambda record: replace(record, movements=(first,), steps=(Step("ended", date(2023, 1, 5)),)))
    register.revise(1, lambda record: replace(record, movements=(second,)))
    out = run("history", "1", lang=lang).out
    assert out.count("500 m²") == 1
    assert "bỏ: 01/03/2023" in out if lang == "vi" else "taken out: 2023-03-01" in out
