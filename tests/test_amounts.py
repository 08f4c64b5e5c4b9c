"""Amounts in what is printed: exact where few decimals do, else rounded and said to be; and changes agree with them."""

from __future__ import annotations

import re

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from office import Run
from openpyxl import load_workbook

from danvan.formatting.numbers import Scale, money
from danvan.formatting.parsing import parse_money
from danvan.formatting.style import Style
from danvan.messages import LANGUAGES, catalogue

ROUNDED = "Số tiền đã làm tròn: "
SCALES = st.sampled_from(("auto", "dong", "million", "billion"))
AMOUNTS = st.one_of(st.integers(0, 10**14), st.integers(0, 10**9), st.integers(0, 10**8).map(lambda n: n * 10**6))


def inspect(run: Run, year: int, recovery: int, other: int = 0, unit: str = "A") -> None:
    """An inspection that was concluded in a year, with its amounts."""
    days = ("--started", f"1/2/{year}", "--concluded", f"1/4/{year}", "--violations", recovery + other)
    run(
        "add-audit",
        "Đất",
        "--type",
        "inspection",
        "--unit",
        unit,
        *days,
        "--recovery",
        recovery,
        "--other-handling",
        other,
    )


def row(text: str, name: str) -> list[str]:
    """The cells of a row of a Markdown table, without its name."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {name}"))
    return [cell.strip().replace("\\", "") for cell in line.split("|")[2:-1]]


def table(run: Run, *argv: object) -> str:
    return run("report", 2023, "--format", "markdown", *argv, lang="vi").out


def test_what_explain_shows_adds_up_to_the_dong(run: Run) -> None:
    inspect(run, 2023, 617_250_000, 617_250_000)
    inspect(run, 2023, 617_250_001, 617_250_000)
    shown = run("explain", 2023, "inspections.violations", lang="vi").out
    assert "Tổng vi phạm, năm 2023: 2.469.000.001 đồng" in shown
    assert "1.234.500.000 đồng" in shown
    assert "1.234.500.001 đồng" in shown
    assert "cộng lại bằng 2.469.000.001 đồng" in shown
    assert "2.469.000.001 đồng" in run("explain", 2023, lang="vi").out


def test_a_sum_that_needs_more_than_four_decimals_is_rounded_and_said_to_be(run: Run) -> None:
    inspect(run, 2023, 1_234_500_000)
    inspect(run, 2023, 617_250_000, 617_250_000)
    said = run("report", 2023, "--format", "text", lang="vi").out
    assert "phát hiện vi phạm 2,469 tỷ đồng; kiến nghị thu hồi về Ngân sách Nhà nước 1,852 tỷ đồng" in said
    assert "kiến nghị xử lý khác 617,25 triệu đồng" in said
    assert said.rstrip().endswith(f"{ROUNDED}1,852 tỷ đồng; các phần cộng lại có thể hơi khác tổng")


def test_what_is_exact_is_not_said_to_be_rounded(run: Run) -> None:
    inspect(run, 2023, 1_234_500_000, 1_234_500_000)
    said, shown = run("report", 2023, "--format", "text", lang="vi").out, table(run, "--by", "unit")
    assert "phát hiện vi phạm 2,469 tỷ đồng; kiến nghị thu hồi về Ngân sách Nhà nước 1,2345 tỷ đồng" in said
    assert "làm tròn" not in said + shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rounded_amounts_are_told_once_in_every_form(run: Run, lang: str) -> None:
    inspect(run, 2023, 1_234_567_890)
    note = catalogue(lang)["note.rounded"].format(amounts=money(1_234_567_890, lang))
    for form in ("table", "text", "markdown", "html", "svg"):
        run("report", 2023, "--format", form, "-o", run.home / f"a.{form}", lang=lang)
        data = (run.home / f"a.{form}").read_text("utf-8")
        plain = re.sub(r"<[^>]*>", "", data).replace("&#160;", " ").replace("\\", "")
        assert plain.count(note.partition(";")[0]) == 1, form
    run("report", 2023, "-o", run.home / "a.docx", lang=lang)
    paragraphs = Document(str(run.home / "a.docx")).paragraphs
    assert [one.text for one in paragraphs].count(note) == 1
    divided = ("report", 2023, "--by", "unit", "--measure", "inspections.recovery")
    assert note in run(*divided, lang=lang).out
    assert note not in run(*divided, "--money", "dong", lang=lang).out
    for form in ("table", "markdown", "text", "html", "svg"):
        data = re.sub(r"<[^>]*>", "", run(*divided, "--format", form, lang=lang).out)
        assert data.replace("&#160;", " ").replace("\\", "").count(note.partition(";")[0]) == 1, form


@pytest.mark.parametrize(
    ("amounts", "scale", "rounded"),
    [
        ((1_234_567_890,), "auto", "1,235 tỷ đồng"),
        ((234_567_890,), "auto", "234,568 triệu đồng"),
        ((1_234_567_890,), "million", "1.234,568 triệu đồng"),
        ((234_567_890,), "billion", "0,235 tỷ đồng"),
        ((1_234_567_890,), "dong", ""),
        ((1_234_500_000,), "auto", ""),
        ((234_567,), "auto", ""),
        # 6,8568 billion and 129,75 million are all of them; their sum is not.
        ((6_856_800_000, 129_750_000), "auto", "6,987 tỷ đồng"),
        (
            [1_000_000_001 * one for one in range(1, 6)],
            "auto",
            "5 tỷ đồng, 4 tỷ đồng, 3 tỷ đồng, 2 tỷ đồng và 2 số khác",
        ),
    ],
)
def test_the_note_says_which_amounts_are_rounded(run: Run, amounts: tuple[int, ...], scale: str, rounded: str) -> None:
    for unit, amount in zip("ABCDE", amounts, strict=False):
        inspect(run, 2023, amount, unit=unit)
    argv = ("--by", "unit", "--measure", "inspections.recovery", "--money", scale)
    shown = run("report", 2023, *argv, lang="vi").out
    assert [
        line.removeprefix(ROUNDED).partition(";")[0] for line in shown.splitlines() if line.startswith(ROUNDED)
    ] == [one for one in [rounded] if one]


@pytest.mark.parametrize(
    ("known", "argv", "said"),
    [
        (6_237_560_000, (), "6,237 tỷ đồng"),
        (999_999_999, (), "999 triệu đồng"),
        (999_999, ("--money", "billion"), "999.999 đồng"),
        (1_234_500_000, (), "1,2345 tỷ đồng"),
    ],
)
def test_of_what_is_known_at_least_no_more_is_said_than_is_known(
    run: Run, known: int, argv: tuple[str, ...], said: str
) -> None:
    inspect(run, 2023, known)
    row_of = ("add-audit", "--type", "inspection", "--count", 2, "--concluded-count", 2, "--unit", "B")
    run(*row_of, "--from", "2023-01-01", "--to", "2023-06-30")
    assert row(table(run, *argv), "Kiến nghị thu hồi")[0] == f"ít nhất {said}"
    assert f"ít nhất {said}" in run("report", 2023, "--format", "text", *argv, lang="vi").out
    run("report", 2023, "-o", run.home / "a.xlsx", "--money", "billion")
    sheet = load_workbook(run.home / "a.xlsx")["Inspections"]
    cell = next(line[1] for line in sheet.iter_rows() if line[0].value == "Recovery recommended")
    assert (cell.value, " đ" in cell.number_format.replace('"', " ")) == (known, known != 1_234_500_000)


def test_a_workbook_shows_whole_dong_and_needs_no_note(run: Run) -> None:
    inspect(run, 2023, 1_234_567_890)
    run("report", 2023, "-o", run.home / "a.xlsx", lang="vi")
    run("report", 2023, "-o", run.home / "b.xlsx", "--money", "billion", lang="vi")
    notes = [
        [str(cell.value) for line in load_workbook(run.home / name)["Kỳ và ghi chú"] for cell in line]
        for name in ("a.xlsx", "b.xlsx")
    ]
    assert [any(ROUNDED in text for text in texts) for texts in notes] == [False, True]


@pytest.mark.parametrize(
    ("before", "now", "argv", "change", "words"),
    [
        # What is lost in the rounding of both is no "down 2 đồng" of two equal figures.
        (1_234_567_892, 1_234_567_890, (), "xấp xỉ", "xấp xỉ cùng kỳ năm 2022"),
        (1_000_002, 1_000_000, ("--money", "million"), "xấp xỉ", "xấp xỉ cùng kỳ năm 2022"),
        (1_234_499_999, 1_234_500_001, (), "xấp xỉ", "xấp xỉ cùng kỳ năm 2022"),
        # What can be seen is told as exactly as the figures.
        (81_000_000_000, 81_512_345_678, (), "tăng 512 triệu đồng", "tăng 0,6% so với cùng kỳ năm 2022"),
        (80_000_000_000, 81_512_345_678, (), "tăng 1,512 tỷ đồng", "tăng 1,9% so với cùng kỳ năm 2022"),
        (1_234_000_000, 1_234_500_000, (), "tăng 500.000 đồng", "tăng 500.000 đồng so với cùng kỳ năm 2022"),
        (1_234_500_000, 1_234_500_000, (), "bằng", "bằng cùng kỳ năm 2022"),
        (500_002, 500_000, (), "giảm 2 đồng", "giảm 2 đồng so với cùng kỳ năm 2022"),
    ],
)
def test_a_change_agrees_with_the_figures_beside_it(
    run: Run, before: int, now: int, argv: tuple[str, ...], change: str, words: str
) -> None:
    inspect(run, 2022, before)
    inspect(run, 2023, now)
    assert row(table(run, *argv), "Kiến nghị thu hồi")[2] == change
    said = run("report", 2023, "--format", "text", *argv, lang="vi").out
    clause = next(part for part in said.split(";") if "kiến nghị thu hồi" in part)
    assert f"({words})" in clause


def test_a_change_in_numbers_that_is_lost_in_rounding_is_told_as_such(run: Run) -> None:
    inspect(run, 2022, 1_234_567_892)
    inspect(run, 2023, 1_234_567_890)
    for how in ("number", "both"):
        said = run("report", 2023, "--format", "text", "--change", how, lang="vi").out
        assert "1,235 tỷ đồng (xấp xỉ cùng kỳ năm 2022)" in said


@pytest.mark.parametrize(("before", "change"), [(22_859, "giảm 1 lượt"), (22_857, "tăng 1 lượt")])
def test_a_change_whose_percentage_is_nought_is_told_in_number(run: Run, before: int, change: str) -> None:
    for year, turns in ((2022, before), (2023, 22_858)):
        days = ("--from", f"{year}-01-01", "--to", f"{year}-12-31")
        run("add-reception", "--mode", "regular", "--turns", turns, *days)
    said = [run("report", 2023, "--format", "text", *argv, lang="vi").out for argv in ((), ("--change", "both"))]
    assert all(f"22.858 lượt công dân ({change} so với cùng kỳ năm 2022)" in text for text in said)


def test_a_correction_that_rounding_would_hide_is_told_to_the_dong(run: Run) -> None:
    inspect(run, 2023, 1_234_567_890)
    run("close", 2023)
    run("edit", 1, "--recovery", 1_234_567_892, "--violations", 1_234_567_892)
    shown = run("report", 2023, lang="vi").out
    assert "Kiến nghị thu hồi: 1.234.567.890 đồng → 1.234.567.892 đồng" in shown


def test_what_was_done_of_a_recommendation_is_shown_as_exactly_as_the_record(run: Run) -> None:
    inspect(run, 2023, 1_234_567_890)
    answer = run("follow-up", 1, "--on", "1/5/2023", "--recovered", 234_567_891, lang="vi").out
    assert "thu hồi 234.567.891 đồng" in answer
    assert "234.567.891/1.234.567.890 đồng" in answer
    assert "234.567.891/1.234.567.890 đồng" in run("show", 1, lang="vi").out


@given(AMOUNTS, SCALES)
def test_an_amount_is_written_exactly_or_known_to_be_rounded(value: int, scale: Scale) -> None:
    style = Style(money=scale)
    shown, least = parse_money(money(value, "vi", scale)), style.rounding(value, "dong")
    assert abs(shown - value) * 2 <= least - (least == 1)
    assert bool(shown) == bool(value)


@given(AMOUNTS, AMOUNTS, SCALES)
def test_a_change_is_as_near_as_the_figures_and_never_a_nought(now: int, before: int, scale: Scale) -> None:
    style = Style(money=scale)
    least = max(style.rounding(now, "dong"), style.rounding(before, "dong"))
    shown = style.difference(now, before, "dong", "vi")
    if shown:
        assert parse_money(shown) > 0
        assert abs(parse_money(shown) - abs(now - before)) <= max(least, style.rounding(abs(now - before), "dong"))
    else:
        assert abs(now - before) <= least
        assert least > 1 or now == before


@given(AMOUNTS, AMOUNTS.filter(bool), SCALES)
def test_a_share_is_written_no_less_exactly_than_its_amounts(part: int, whole: int, scale: Scale) -> None:
    style = Style(money=scale)
    first, second = style.ratio(part, whole, "dong", "vi").split("/")
    unit = second.partition(" ")[2]
    shown = parse_money(first if " " in first else f"{first} {unit}"), parse_money(second)
    for amount, said in zip((part, whole), shown, strict=True):
        assert abs(amount - said) * 2 <= style.rounding(amount, "dong") - (style.rounding(amount, "dong") == 1)
