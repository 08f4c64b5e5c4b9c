"""Numbers, percentages, money and days as they are written."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Run

from danvan.formatting.days import day
from danvan.formatting.language import Language
from danvan.formatting.numbers import (
    LanguageCode,
    area,
    decimal,
    exact_money,
    money,
    number,
    padded,
    rounded,
    show_percent,
)
from danvan.percent import percent_of


def test_thousands_are_grouped_the_language_s_way() -> None:
    assert [number(22858, "vi"), number(22858, "en")] == ["22.858", "22,858"]
    assert [number(-1234567, "vi"), number(0, "vi"), number(999, "en")] == ["-1.234.567", "0", "999"]


def test_small_counts_can_be_padded() -> None:
    assert [padded(count, "vi") for count in (5, 12, -5, 1808)] == ["05", "12", "-05", "1.808"]
    assert padded(7, "en", width=3) == "007"


@pytest.mark.parametrize(
    ("value", "places", "trim", "text"),
    [
        ("0.05", 1, False, "0,1"),
        ("-0.05", 1, False, "-0,1"),
        ("-0.04", 1, False, "0,0"),
        ("2.675", 2, False, "2,68"),
        ("2.5", 0, False, "3"),
        ("1234.5", 1, False, "1.234,5"),
        ("1234.50", 3, True, "1.234,5"),
        ("12.0", 2, True, "12"),
        ("9.99", 1, False, "10,0"),
        ("100", 0, True, "100"),
    ],
)
def test_halves_go_away_from_zero(value: str, places: int, trim: bool, text: str) -> None:
    assert decimal(Decimal(value), "vi", places, trim) == text


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 5))
def test_rounding_is_that_of_the_decimal_module(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert decimal(value, "en", places) == f"{expected if expected else abs(expected):,}"


def test_the_change_of_the_year_s_receptions_is_5_7_percent() -> None:
    change = percent_of(22858 - 24240, 24240)
    assert change is not None
    assert [show_percent(abs(change), "vi"), show_percent(change, "en")] == ["5,7%", "-5.7%"]


def test_there_is_no_percentage_without_a_base() -> None:
    assert percent_of(5, 0) is None
    assert percent_of(0, 0) is None


def test_a_share_is_counted_in_percent() -> None:
    assert percent_of(33, 40) == Decimal("82.5")
    assert show_percent(percent_of(1, 3) or Decimal(), "vi", places=2) == "33,33%"


@given(st.integers(0, 10**15), st.integers(1, 10**15))
def test_percentages_round_as_the_exact_fraction_does(now: int, before: int) -> None:
    change = percent_of(now - before, before)
    assert change is not None
    exact = abs(Fraction((now - before) * 1000, before))
    tenths = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    assert show_percent(abs(change), "en") == f"{tenths // 10:,}.{tenths % 10}%"


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (81_500_000_000, "81,5 tỷ đồng", "81.5 billion dong"),
        (4_902_000_000, "4,902 tỷ đồng", "4.902 billion dong"),
        (4_902_000_000_000, "4.902,0 tỷ đồng", "4,902.0 billion dong"),
        (1_234_567_000_000_000, "1.234.567 tỷ đồng", "1,234,567 billion dong"),
        (754_800_000, "754,8 triệu đồng", "754.8 million dong"),
        (1_000_000, "1 triệu đồng", "1 million dong"),
        (846_500, "846.500 đồng", "846,500 dong"),
        (0, "0 đồng", "0 dong"),
        (-81_500_000_000, "-81,5 tỷ đồng", "-81.5 billion dong"),
        (1_000_000_499, "1 tỷ đồng", "1 billion dong"),
        (1_000_500_000, "1,0005 tỷ đồng", "1.0005 billion dong"),  # four decimals, and all of it
        (1_000_450_000, "1 tỷ đồng", "1 billion dong"),
        (999_999_499, "999,999 triệu đồng", "999.999 million dong"),
        (999_999_500, "1 tỷ đồng", "1 billion dong"),
    ],
)
def test_money_is_written_in_words_of_its_size(value: int, vietnamese: str, english: str) -> None:
    assert [money(value, "vi"), money(value, "en")] == [vietnamese, english]


def test_the_scale_of_money_can_be_chosen() -> None:
    assert money(81_500_000_000, "vi", "million") == "81.500,0 triệu đồng"
    assert money(81_512_300_000, "vi", "million") == "81.512,3 triệu đồng"
    assert money(81_500_000_000, "vi", "dong") == "81.500.000.000 đồng"
    assert money(500_000, "en", "billion") == "0.0005 billion dong"
    assert money(512_345, "en", "billion") == "0.001 billion dong"
    assert money(499_999, "en", "billion") == "499,999 dong"  # rather than 0


@pytest.mark.parametrize(("language", "text"), [("vi", "81.500.000.000 đ"), ("en", "81,500,000,000 đ")])
def test_money_can_be_written_to_the_last_dong(language: LanguageCode, text: str) -> None:
    assert exact_money(81_500_000_000, language) == text


def test_areas_are_whole_square_metres() -> None:
    assert [area(1080, "vi"), area(1080, "en")] == ["1.080 m²", "1,080 m²"]


def test_deliberate_rounding_says_its_direction() -> None:
    assert rounded(13_664, 10) == ("over", 13_660)
    assert rounded(13_660, 10) == ("exact", 13_660)
    assert rounded(13_651, 10, "up") == ("under", 13_660)


def test_days_are_written_in_figures() -> None:
    assert [day(date(2023, 12, 31), "vi"), day(date(2023, 1, 5), "vi")] == ["31/12/2023", "05/01/2023"]
    assert day(date(2023, 1, 5), "en") == "2023-01-05"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 records"), (1, "1 record"), (2, "2 records"), (1000, "1,000 records")]
)
def test_a_word_takes_the_form_that_its_count_asks_for(count: int, said: str) -> None:
    shown = Language("en").fact(count)
    assert f"{shown:record|records}" == said
    assert f"{shown} of {shown:>2}".startswith(shown)


def test_english_sentences_speak_of_one_thing_in_the_singular(run: Run) -> None:
    run("add-audit", "Land", "--type", "inspection", "--started", "2023-03-01")
    run("add-model", "Camera", "--field", "other", "--date", "2023-03-01")
    told = run("report", "2023", "--format", "text").out
    assert "1 inspection was launched" in told
    assert "1 “Dân vận khéo” model was registered" in told
