"""`import`: in which unit amounts are given; none is taken that another place says to be a million times it."""

from __future__ import annotations

import json
from collections.abc import Iterable

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Run, holds, office

from danvan.messages import LANGUAGES, LanguageCode, catalogue

HEAD = ("Tên cuộc", "Loại", "Ngày bắt đầu", "Ngày kết luận", "Kiến nghị thu hồi")
ROW = ("Đất", "thanh tra", "1/2/2023", "1/3/2023", 1200)
MILLION = 1_000_000
Rows = list[tuple[object, ...]]
STATED = (
    "(Số liệu tính bằng triệu đồng)",
    "BIỂU TỔNG HỢP (triệu đồng)",
    "BIỂU TỔNG HỢP NĂM 2023 (triệu đồng)",
    "Ghi chú: đơn vị tính triệu đồng",
    "ĐVT: triệu đồng. Số liệu đến 31/12/2023",
    "Số tiền ghi theo triệu đồng",
    "Tiền tính bằng triệu",
    "Triệu đồng",
    "tr.đ",
    "(1.000.000 đồng)",
    "Amounts in million dong",
)
HARMLESS = (
    "Kinh phí 200 triệu đồng đã chi",
    "Đã thu hồi hàng tỷ đồng",
    "Mức phạt từ 5 đến 10 triệu đồng",
    "Đơn vị: Công ty Đồng Tâm",
    "Đơn vị: Phòng Lao động",
    "Đơn vị tính: cuộc",
    "Theo hợp đồng số 5",
    "Hội đồng thẩm định",
)


def brought(run: Run, rows: Rows, *argv: str, merged: str = "", code: int = 0, lang: LanguageCode = "en") -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    if merged:
        book.worksheets[0].merge_cells(merged)
    book.save(run.home / "a.xlsx")
    answer = run("import", run.home / "a.xlsx", *argv, code=code, lang=lang)
    return answer.err


def amounts(run: Run) -> list[int]:
    return [one["recovery"] for one in run("audits", "--json").document["records"]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("said", STATED)
def test_a_unit_that_stands_above_a_table_counts_and_is_named(run: Run, said: str, lang: LanguageCode) -> None:
    err = brought(run, [(said,), HEAD, ROW], lang=lang)
    assert amounts(run) == [1200 * MILLION]
    assert holds(err, catalogue(lang)["import.measure"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("partial", [(), ("--partial",)])
@pytest.mark.parametrize("said", STATED)
def test_a_unit_that_is_stated_below_what_was_read_refuses_the_file(
    run: Run, said: str, partial: tuple[str, ...], lang: LanguageCode
) -> None:
    for last in ((said,), ("Ghi chú", said), ("", "", "", "", said)):
        err = brought(run, [HEAD, ROW, last], *partial, code=3, lang=lang)
        assert holds(err, catalogue(lang)["error.heading.unit_late"])
        assert holds(err, catalogue(lang)["error.unchanged"])
        assert "--partial" not in err
        assert not run.db.exists()


@pytest.mark.parametrize("said", HARMLESS)
def test_what_only_mentions_money_changes_nothing(run: Run, said: str) -> None:
    brought(run, [(said,), HEAD, ROW, (said,)])
    assert amounts(run) == [1200]


def test_a_unit_that_is_stated_once_more_below_is_a_note_like_others(run: Run) -> None:
    err = brought(run, [("ĐVT: triệu đồng",), HEAD, ROW, ("Ghi chú: đơn vị tính triệu đồng",)])
    assert amounts(run) == [1200 * MILLION]
    assert holds(err, catalogue("en")["import.note"])
    brought(run, [HEAD, (*ROW[:-1], 7), ("Đơn vị tính: đồng",)])
    assert amounts(run)[1:] == [7]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("partial", [(), ("--partial",)])
@pytest.mark.parametrize("numbers", [[], [(1, 2, 3, 4, 5)]])
def test_a_row_below_the_headings_that_only_names_units_counts_and_is_named(
    run: Run, numbers: Rows, partial: tuple[str, ...], lang: LanguageCode
) -> None:
    for units in (("", "", "", "", "Triệu đồng"), ("", "(cuộc)", "", "", "triệu đồng"), ("ĐVT: triệu đồng",)):
        err = brought(run, [HEAD, units, *numbers, ROW], *partial, lang=lang)
        assert holds(err, catalogue(lang)["import.units"])
    assert amounts(run) == [1200 * MILLION]


def test_a_row_below_the_headings_names_the_unit_of_each_column(run: Run) -> None:
    head = (*HEAD, "Xử lý khác", "Kiến nghị thu hồi đất")
    said = brought(run, [head, ("", "", "", "", "Triệu đồng", "Nghìn đồng", "ha"), (*ROW, 3, 2)])
    told = catalogue("en")["import.measure_column"]
    for heading, unit in (("Xử lý khác", "Nghìn đồng"), (HEAD[-1], "Triệu đồng")):
        assert told.partition("{heading}")[2].format(unit=unit, row=2) in said.partition(f"“{heading}")[2]
    (record,) = run("audits", "--json").document["records"]
    assert [record[name] for name in ("recovery", "other_handling", "recovery_land")] == [1200 * MILLION, 3000, 20_000]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("merged", ["", "E1:E1", "E1:F1"])
def test_a_unit_in_the_upper_tier_counts_for_the_columns_below_it(run: Run, merged: str, lang: LanguageCode) -> None:
    head = (*HEAD, "Xử lý khác")
    err = brought(run, [("", "Cuộc", "", "", "Tiền (triệu đồng)"), head, (*ROW, 3)], merged=merged, lang=lang)
    (record,) = run("audits", "--json").document["records"]
    assert (record["recovery"], record["other_handling"]) == (1200 * MILLION, 3 * MILLION)
    assert holds(err, catalogue(lang)["import.measure"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("partial", [(), ("--partial",)])
def test_a_unit_that_counts_for_another_column_only_is_not_guessed(
    run: Run, partial: tuple[str, ...], lang: LanguageCode
) -> None:
    head = (*HEAD, "Xử lý khác")
    for rows in (
        [("", "Cuộc", "", "", "Tiền (triệu đồng)", "Khác"), head, (*ROW, 3)],
        [head, ("", "cuộc", "", "", "Triệu đồng", ""), (*ROW, 3)],
    ):
        err = brought(run, rows, *partial, code=3, lang=lang)
        assert holds(err, catalogue(lang)["error.heading.unit_elsewhere"])
        assert not run.db.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_rows_that_state_different_units_are_both_named(run: Run, lang: LanguageCode) -> None:
    rows: Rows = [("ĐVT: triệu đồng",), ("(Tiền: nghìn đồng)",), HEAD, ROW]
    err = brought(run, rows, "--partial", code=3, lang=lang)
    assert holds(err, catalogue(lang)["error.heading.units"])
    assert "triệu đồng" in err
    assert "nghìn đồng" in err
    assert not run.db.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("is_below", [False, True])
def test_a_heading_and_a_row_that_state_different_units_are_a_caution(
    run: Run, is_below: bool, lang: LanguageCode
) -> None:
    line, head = ("Đơn vị tính: nghìn đồng",), (*HEAD[:-1], "Kiến nghị thu hồi (đồng)")
    rows: Rows = [head, ROW, line] if is_below else [line, head, ROW]
    assert holds(brought(run, rows, "--strict", code=1, lang=lang), catalogue(lang)["import.units_differ"])
    assert not run.db.exists()
    err = brought(run, rows, lang=lang)
    assert holds(err, catalogue(lang)["import.units_differ"])
    assert amounts(run) == [1200]


@pytest.mark.parametrize(
    "heading", ["Kiến nghị thu hồi - triệu đồng", "Kiến nghị thu hồi, triệu đồng", "Kiến nghị thu hồi triệu đồng"]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_heading_says_its_unit_without_brackets_too_and_that_is_told(
    run: Run, heading: str, lang: LanguageCode
) -> None:
    err = brought(run, [(*HEAD[:-1], heading), ROW], lang=lang)
    assert amounts(run) == [1200 * MILLION]
    said = catalogue(lang)["import.measure_heading"]
    assert err == said.format(file=f"{run.home / 'a.xlsx'} · Sheet", heading=heading, unit="triệu đồng") + "\n"


@pytest.mark.parametrize("unit", ["(triệu đồng)", "(ĐVT: triệu đồng)", "(đồng)", "đồng"])
def test_a_unit_in_brackets_and_the_unit_of_the_register_need_no_word(run: Run, unit: str) -> None:
    assert brought(run, [(*HEAD[:-1], f"{HEAD[-1]} {unit}"), (*ROW[:-1], 120_000)]) == ""


@pytest.mark.parametrize("heading", ["Tiền thu hồi, triệu đồng", "Thu (triệu đồng) năm 2023", "Tiền - tr.đ"])
def test_a_heading_that_is_mapped_keeps_the_unit_it_says(run: Run, heading: str) -> None:
    brought(run, [(*HEAD[:-1], heading), ROW], "--map", f"{heading}=recovery")
    assert amounts(run) == [1200 * MILLION]


BY_ROW = (
    ("Đất", 1200, "triệu đồng"),
    ("Nhà", 5, "Tỷ đồng"),
    ("Vườn", 70_000_000, "đồng"),
    ("Chợ", "2 tỷ", "nghìn đồng"),
)
READ = [1200 * MILLION, 5000 * MILLION, 70 * MILLION, 2000 * MILLION]


def by_row(heading: str, rows: Iterable[tuple[object, ...]] = BY_ROW, own: str = "") -> Rows:
    head = (*HEAD[:-1], f"{HEAD[-1]}{own}", heading)
    return [head, *((title, *ROW[1:-1], amount, *units) for title, amount, *units in rows)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("heading", ["Đơn vị tính", "ĐVT", "Unit of amounts", "Tính bằng"])
def test_a_unit_that_each_row_states_in_a_column_counts_for_its_row(run: Run, heading: str, lang: LanguageCode) -> None:
    err = brought(run, by_row(heading), lang=lang)
    assert amounts(run) == READ
    assert err.count(catalogue(lang)["import.row_units"].format(file="", heading=heading)) == 1


def test_the_unit_of_a_row_goes_before_that_above_the_table(run: Run) -> None:
    brought(run, [("ĐVT: nghìn đồng",), *by_row("Đơn vị tính"), (*ROW, "")])
    assert amounts(run) == [*READ, 1200 * 1000]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", ["", "cuộc", "ha", "trăm triệu đồng", "USD"])
def test_a_row_that_states_no_unit_of_money_in_that_column_is_refused(run: Run, unit: str, lang: LanguageCode) -> None:
    head, first, *_ = by_row("Đơn vị tính")
    others = ((*ROW[:-1], 0, unit), (*ROW[:-1], "3 tỷ", unit))
    brought(run, [head, first, (*ROW, unit), *others], "--partial", code=3, lang=lang)
    assert amounts(run) == [1200 * MILLION, 0, 3000 * MILLION]
    said = run("import", run.home / "a.xlsx", lang=lang, code=3).err
    assert holds(said, catalogue(lang)["error.cell.row_unit"])
    assert "Đơn vị tính" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_amounts_that_each_say_their_unit_need_none_in_their_heading(run: Run, lang: LanguageCode) -> None:
    head = (*HEAD[:-1], "Kiến nghị thu hồi tiền", "Xử lý khác tiền")
    said = [(*ROW[:-1], "81,5 tỷ đồng", None), (*ROW[:-1], "754,8 triệu đồng", 0), (*ROW[:-1], "2 tỷ", "0")]
    brought(run, [head, *said])
    assert amounts(run) == [81_500 * MILLION, 754_800_000, 2000 * MILLION]
    run("undo", "--yes")
    refused = brought(run, [head, *said, (*ROW[:-1], 1200, None)], "--partial", code=3, lang=lang)
    assert refused.count(catalogue(lang)["error.heading.no_unit"]) == 1
    assert len(amounts(run)) == 3
    run("undo", "--yes")
    bare = [(*ROW[:-1], 1200, None), (*ROW[:-1], 5, 0)]
    refused = brought(run, [head, *bare], "--partial", code=3, lang=lang)
    assert refused.count(catalogue(lang)["error.heading.no_unit"]) == 1  # of the heading, with all of its rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_whose_unit_is_not_that_of_the_heading_is_refused(run: Run, lang: LanguageCode) -> None:
    rows = by_row("Đơn vị tính", [("Đất", 1200, "Triệu đồng"), ("Nhà", 5, "tỷ đồng"), ("Chợ", 7, "")], " (triệu đồng)")
    err = brought(run, rows, "--partial", code=3, lang=lang)
    assert holds(err, catalogue(lang)["error.cell.unit_beside"])
    assert amounts(run) == [1200 * MILLION, 7 * MILLION]


def test_a_unit_that_is_called_much_like_a_unit_of_money_is_one_that_sent_figures(run: Run) -> None:
    (run.home / "a.csv").write_text("Đơn vị,Tên mô hình,Lĩnh vực,Ngày\nTý,Hoa,khác,1/2/2023\n", "utf-8")
    run("import", run.home / "a.csv")
    assert run.stored()["1"]["unit"] == "Tý"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("partial", [(), ("--partial",)])
def test_a_column_of_units_of_which_nobody_can_tell_for_what_refuses_the_file(
    run: Run, partial: tuple[str, ...], lang: LanguageCode
) -> None:
    twice = [(*row, *more) for row, more in zip(by_row("ĐVT"), [("ĐVT đất",), *[("đồng",)] * 4], strict=True)]
    mixed = by_row("Tính", [("Đất", 1200, "triệu đồng"), ("Nhà", 5, "theo quý")])
    for rows in (twice, mixed):
        assert holds(brought(run, rows, *partial, code=3, lang=lang), catalogue(lang)["error.heading.row_units"])
        assert not run.db.exists()
    found = dict(zip(("title", "type", "date", "concluded", "recovery"), ROW, strict=True)) | {"ĐVT": "triệu đồng"}
    (run.home / "a.json").write_text(json.dumps([found | {"date": "2023-02-01", "concluded": "2023-03-01"}]), "utf-8")
    said = run("import", run.home / "a.json", *partial, "--kind", "audits", lang=lang, code=3).err
    assert holds(said, catalogue(lang)["error.heading.row_units"])
    assert not run.db.exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_unit_of_money_is_no_unit_that_sent_figures(run: Run, lang: LanguageCode) -> None:
    err = brought(run, by_row("Đơn vị"), "--partial", code=3, lang=lang)
    assert holds(err, catalogue(lang)["error.cell.unit_of_money"])
    assert not run.db.exists()
    brought(run, by_row("Đơn vị", [("Đất", 7, "Phường Đồng Tâm"), ("Nhà", 8, "Hội đồng"), ("Chợ", 9, "Tỷ Hà")]))
    assert amounts(run) == [7, 8, 9]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("heading", ["Ghi chú", "Tính bằng"])
def test_units_of_money_in_a_column_that_is_read_as_something_else_are_a_caution(
    run: Run, heading: str, lang: LanguageCode
) -> None:
    argv = ["--map", "Tính bằng="] if heading == "Tính bằng" else []
    said = catalogue(lang)["import.units_unread"].format(file=f"{run.home / 'a.xlsx'} · Sheet", heading=heading)
    assert said in brought(run, by_row(heading), *argv, "--strict", code=1, lang=lang)
    assert said in brought(run, by_row(heading), *argv, lang=lang)
    assert said not in brought(run, by_row(heading, [("Hoa", 5, "triệu đồng"), ("Lá", 6, "đã xong")]), *argv, lang=lang)


PLACES = st.sampled_from(("above", "tier", "below", "last", "heading"))


@given(PLACES, st.sampled_from(STATED), st.booleans())
def test_no_amount_is_taken_for_dong_beside_a_unit_wherever_it_stands(place: str, said: str, is_partial: bool) -> None:
    line = ("", "", "", "", said)
    rows = {
        "above": [(said,), HEAD, ROW],
        "tier": [line, HEAD, ROW],
        "below": [HEAD, line, ROW],
        "last": [HEAD, ROW, line],
        "heading": [(*HEAD[:-1], f"Tiền - {said}"), ROW],
    }[place]
    with office() as run:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(run.home / "a.xlsx")
        argv = [*(["--map", f"Tiền - {said}=recovery"] if place == "heading" else [])]
        argv += ["--partial"] if is_partial else []
        run("import", run.home / "a.xlsx", *argv, code=None)
        if run.db.exists():
            assert set(amounts(run)) <= {1200 * MILLION}


@pytest.mark.timeout(20)  # every two words doubled the time
@pytest.mark.parametrize("words", [("nghìn tỷ",) * 60, ("triệu", "đồng") * 400, ("trăm",) * 3000])
def test_words_for_units_again_and_again_are_read_in_no_time(run: Run, words: tuple[str, ...]) -> None:
    brought(run, [(" ".join(words) + " x",), HEAD, ROW])
    assert amounts(run) == [1200]
