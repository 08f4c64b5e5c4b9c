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
        "Kết quả xử lý: (trống) → thụ lý (từ 20/03/2023)",
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
    assert versions[4]["undone"] == (versions[3]["batch"] or versions[3]["at"])


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


def test_each_change_is_one_phrase_without_words_said_twice(run: Run) -> None:
    run("add-model", "Hoa", "--field", "other", "--status", "registered", "--date", "2023-02-10")
    run("edit", "1", "--status", "approved", "--on", "2023-05-01")
    run("undo", "--yes")
    run("add-audit", "A", "--type", "inspection", "--started", "2023-01-01", "--concluded", "2023-02-01")
    done = ("--recovered", "2 tỷ", "--recovered-land", "1 ha", "--collectives", 1, "--individuals", 2)
    run("follow-up", 2, "--on", "2023-06-01", *done, "--note", "QĐ 15")
    run("add-reception", "Đất", "--mode", "regular", "--category", "petition", "--date", "2023-03-01")
    run("edit", 3, "--pause", "2023-03-10..", "--reason", "nghỉ")
    run("edit", 3, "--pause", "2023-03-10..2023-03-12")
    run("edit", 3, "--extend", 10, "--on", "2023-03-14")

    def told(number: int, lang: str) -> list[str]:
        lines = run("history", number, lang=lang).out.splitlines()
        return [line.strip() for line in lines if line.startswith("    ")][1:]

    assert told(1, "vi") == [
        "Trạng thái: đăng ký → đã duyệt (từ 01/05/2023)",
        "hoàn tác lần 2",
        "Trạng thái: đã duyệt → đăng ký",
    ]
    assert told(1, "en") == [
        "Status: registered → approved (from 2023-05-01)",
        "takes back version 2",
        "Status: approved → registered",
    ]
    assert told(2, "vi") == [
        "thực hiện kết luận: 01/06/2023 thu hồi 2 tỷ đồng và 10.000 m² đất, xử lý 1 tập thể và 2 cá nhân (QĐ 15)"
    ]
    assert told(2, "en") == [
        "done on the conclusion: 2023-06-01 2 billion dong and 10,000 m² of land recovered,"
        " 1 collective and 2 individuals disciplined (QĐ 15)"
    ]
    assert told(3, "vi") == [
        "tạm dừng thời hạn từ 10/03/2023 (nghỉ)",
        "Tạm dừng: từ 10/03/2023 (nghỉ) → 10/03/2023 – 12/03/2023 (nghỉ)",
        "gia hạn ngày 14/03/2023: thêm 10 ngày",
    ]
    assert told(3, "en") == [
        "deadline paused from 2023-03-10 (nghỉ)",
        "Pauses: from 2023-03-10 (nghỉ) → 2023-03-10 – 2023-03-12 (nghỉ)",
        "deadline put off on 2023-03-14: 10 days more",
    ]


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
    assert ("bước 05/01/2023" in out) if lang == "vi" else ("step added: 2023-01-05" in out)
    assert re.search(r"(01/03/2023|2023-03-01) .* → (01/04/2023|2023-04-01) .*500 m²", out)
