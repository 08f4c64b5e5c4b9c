"""`show ID…`: one record in full, what follows from it, and what was changed last."""

from __future__ import annotations

import pytest
from office import HALF, MINIMAL, Run

SECRET = "Lò Thị Bí Mật"
LONG = "Thanh tra trách nhiệm của Chủ tịch Ủy ban nhân dân trong công tác tiếp công dân, giải quyết khiếu nại, tố cáo"


def tell(run: Run) -> None:
    """A followed-up inspection, a large reception of somebody, an aggregate row."""
    path = run.home / "who.txt"
    path.write_text(f"citizen: {SECRET}\n", "utf-8")
    run(
        *("add-audit", LONG, "--type", "thanh tra", "--unit", "Quận Ba Đình", "--started", "1/3/2023"),
        *("--concluded", "20/5/2023", "--recovery", "81,5 tỷ", "--individuals", "12", "--recovery-land", "2000"),
    )
    run(
        *("add-reception", "Bồi thường đất", "--mode", "regular", "--category", "petition", "--people", "12"),
        *("--date", "2023-03-15", "--identity-file", path),
    )
    run(*MINIMAL["reception"].aggregate, *HALF)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("kind", MINIMAL)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_record_is_shown_with_its_labels(run: Run, kind: str, lang: str) -> None:
    run(*MINIMAL[kind].single)
    out = run("show", "1", lang=lang, width=80).plain
    assert MINIMAL[kind].single[1] in out
    assert ("Đơn vị" if lang == "vi" else "Unit") not in out  # what is blank is not there
    assert ("Ngày" if lang == "vi" else "Start" if kind == "audit" else "Date") in out


def test_what_is_stored_is_shown_whole(run: Run) -> None:
    tell(run)
    out = run("show", "1", lang="vi", width=80).plain
    assert LONG in squeezed(out)
    assert all(len(line) <= 80 for line in out.splitlines())
    for part in ("81.500.000.000 đ", "2.000 m²", "đã kết luận", "20/05/2023", "Quận Ba Đình"):
        assert part in out
    assert LONG in run("show", "1").out


def test_a_narrow_window_puts_labels_above_their_values(run: Run) -> None:
    tell(run)
    out = run("show", "1", width=36).plain
    assert all(len(line) <= 36 for line in out.splitlines())
    assert LONG in squeezed(out)


def test_what_is_recovered_stands_against_what_was_recommended(run: Run) -> None:
    tell(run)
    run("follow-up", "1", "--on", "2023-09-30", "--recovered", "38,5 tỷ", "--individuals", "3", "--note", "QĐ 15")
    out = squeezed(run("show", "1", lang="vi").out)
    assert "Đã thu hồi 38,5/81,5 tỷ đồng, đạt tỷ lệ 47,2%" in out
    assert "Cá nhân đã xử lý 3/12, đạt tỷ lệ 25,0%" in out
    assert "30/09/2023 thu hồi 38,5 tỷ đồng, xử lý 3 cá nhân (QĐ 15)" in out
    (record,) = run("show", "1", "--json").document["records"]
    assert record["computed"]["recovered"] == {"done": 38_500_000_000, "recommended": 81_500_000_000, "unit": "dong"}


def test_more_recovered_than_recommended_is_no_error(run: Run) -> None:
    tell(run)
    run("follow-up", "1", "--on", "2023-09-30", "--recovered-land", "3000", "--collectives", "2")
    out = squeezed(run("show", "1").out)
    assert "Land recovered 3,000/2,000 m², 150.0% done" in out
    assert "Collectives disciplined 2 (none was recommended)" in out


def test_a_large_group_is_named_with_its_threshold(run: Run) -> None:
    tell(run)
    assert "yes: 12 people (counted from 10)" in run("show", "2").out
    run("config", "set", "threshold", "15")
    assert "no: 12 people (counted from 15)" in run("show", "2").out
    (record,) = run("show", "2", "--json").document["records"]
    assert record["computed"]["large"] == {"is_large": False, "people": 12, "threshold": 15}


def test_an_aggregate_row_says_how_many_days_it_covers(run: Run) -> None:
    tell(run)
    out = run("show", "3").out
    assert "2023-01-01 – 2023-06-30 (aggregate row)" in out
    assert "181 days" in out
    assert "Large group " not in out


def test_who_came_is_masked(run: Run) -> None:
    tell(run)
    answer = run("show", "2")
    assert "•••" in answer.out
    assert SECRET not in answer.out
    assert SECRET not in run("show", "2", "--json").out


def test_a_void_record_says_so_and_why(run: Run) -> None:
    tell(run)
    run("void", "2", "--reason", "nhập hai lần")
    lines = run("show", "2", lang="vi").out.splitlines()
    assert lines[1].strip().startswith("ĐÃ HỦY: nhập hai lần (hủy ")
    assert run("show", "2", "--json").document["records"][0]["void"] == "nhập hai lần"


def test_the_latest_changes_stand_below(run: Run) -> None:
    tell(run)
    for unit in ("Tổ 1", "Tổ 2", "Tổ 3", "Tổ 4"):
        run("edit", "1", "--unit", unit)
    out = run("show", "1").out
    assert "Unit: Tổ 3 → Tổ 4" in out
    assert "Tổ 1 → Tổ 2" in out
    assert "Quận Ba Đình → Tổ 1" not in out
    assert "danvan history 1" in out
    assert "Latest changes" not in run("show", "2").out


def test_text_of_several_lines_keeps_them(run: Run) -> None:
    from danvan.records import Model
    from danvan.store import Entry

    (entry,) = run.register().add_many([Model(__import__("datetime").date(2023, 1, 1), name="Hoa", goals="Một\nHai")])
    assert isinstance(entry, Entry)
    lines = run("show", "1").out.splitlines()
    at = next(at for at, line in enumerate(lines) if line.strip().endswith("Một"))
    assert lines[at + 1].strip() == "Hai"
    assert lines[at + 1].index("Hai") == lines[at].index("Một")


def test_several_records_stand_one_below_the_other_each_once(run: Run) -> None:
    tell(run)
    out = run("show", "3", "1", "3").out
    assert out.index("Reception 3") < out.index("Audit 1" if "Audit 1" in out else "Inspection")
    assert out.count("Reception 3") == 1
    assert [record["id"] for record in run("show", "3", "1", "--json").document["records"]] == [3, 1]


def test_one_number_that_does_not_exist_shows_nothing(run: Run) -> None:
    tell(run)
    answer = run("show", "1", "99", code=1)
    assert answer.out == ""
    assert "no record 99" in answer.err


def test_what_the_office_keeps_about_itself_is_no_record(run: Run) -> None:
    run("config", "set", "threshold", "5")
    assert "no record 1" in run("show", "1", code=1).err
    assert "no record 1" in run("history", "1", code=1).err


@pytest.mark.parametrize("text", ["abc", "-1", "1.5", "٣"])
def test_what_is_no_number_of_a_record_is_refused(run: Run, text: str) -> None:
    for command in ("show", "history"):
        run(command, "--", text, code=2)


def test_a_number_must_be_given(run: Run) -> None:
    assert "missing" in run("show", code=2).err


def test_markup_and_control_characters_stay_text(run: Run) -> None:
    run("add-model", "[bold]Hoa[/] :smile: [/x]", "--field", "other", "--note", "Điều 5 [khoản 2]")
    out = run("show", "1", width=80).plain
    assert "[bold]Hoa[/] :smile: [/x]" in out
    assert "Điều 5 [khoản 2]" in out
