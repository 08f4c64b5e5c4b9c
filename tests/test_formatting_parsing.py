"""What people type: read in one way or refused, never guessed."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from danvan.errors import Invalid
from danvan.formatting.days import day
from danvan.formatting.numbers import LanguageCode, Scale, area, exact_money, money, number, padded
from danvan.formatting.parsing import parse_area, parse_count, parse_day, parse_money

TODAY = date(2023, 12, 26)
Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD", "NFKC", "NFKD")
BILLION = 10**9
languages = st.sampled_from(("vi", "en"))
wholes = st.integers(0, 10**18)

Parser = Callable[[str], int]
PARSERS: tuple[Parser, ...] = (parse_count, parse_money, parse_area)


def refusal(parse: Callable[[], object]) -> tuple[str, dict[str, object]]:
    """Key and facts of what a parser raises."""
    with pytest.raises(Invalid) as caught:
        parse()
    return caught.value.key, caught.value.facts


@given(wholes, languages)
def test_whole_numbers_are_read_as_written(value: int, language: LanguageCode) -> None:
    assert parse_count(number(value, language)) == value
    assert parse_count(str(value)) == parse_count(padded(value, language)) == value
    assert parse_money(exact_money(value, language)) == parse_money(number(value, language)) == value
    assert parse_area(area(value, language)) == value


@given(st.integers(0, 10**9), languages, st.sampled_from(("auto", "dong", "million", "billion")))
@example(4_902_000, "vi", "auto")
@example(4_902_000_000, "vi", "auto")
@example(4_902_000_000, "en", "auto")
def test_money_of_three_decimals_is_read_as_written(value: int, language: LanguageCode, scale: Scale) -> None:
    amount = value if scale == "dong" else value * 10**3
    if scale == "billion" or (scale == "auto" and amount >= BILLION):
        amount *= 10**3
    text = money(amount, language, scale)
    for form in FORMS:
        assert parse_money(normalize(form, text)) == amount


@given(st.dates(date(1945, 1, 1), date(2100, 12, 31)), languages)
def test_days_are_read_as_written(value: date, language: LanguageCode) -> None:
    assert parse_day(day(value, language), TODAY) == value
    assert parse_day(f"{value.day}.{value.month}.{value.year}", TODAY) == value


@pytest.mark.parametrize(
    "text", ["22858", "22.858", "22,858", "22 858", "22\u00a0858", "22\u202f858", " 22858\n", "022858"]
)
def test_a_count_may_be_grouped(text: str) -> None:
    assert parse_count(text) == 22858


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "5,7", "5.7", "1e5", "+5", "0x10", "1_000", "1'000", "12a345", "5%", "1-234", "1/234"),
        *("1.23.456", "12,34,567", "1.234,567", "1 234.567", "1234.567", ".123", "123.", "1..234", "1  234"),
        *("0.902", "012.345", "1.2345", "1\n234", "١٢", "１２", "²", "½", "1\u200b234", "--5", "-", "-a"),
        *("9" * 5_000, "9" * 30, str(10**18 + 1)),
    ],
)
def test_a_malformed_count_is_refused(text: str) -> None:
    assert refusal(lambda: parse_count(text)) == ("count", {"value": text})


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("text", ["-5", "- 5", "−5", "–5", " -1.234", "-0"])
def test_a_negative_value_is_refused_as_such(parse: Parser, text: str) -> None:
    assert refusal(lambda: parse(text)) == ("negative", {"value": text})


def test_a_negative_amount_is_refused_before_it_is_found_ambiguous() -> None:
    assert refusal(lambda: parse_money("-4.902 tỷ"))[0] == "negative"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *((text, 81_500_000_000) for text in ("81500000000", "81.500.000.000", "81,500,000,000 đ", "81 500 000 000 đ")),
        *((text, 1_200_000_000) for text in ("1 tỷ 200 triệu", "1 Tỉ  200 triệu đồng", "1 tỷ 200 tr.đ")),
        ("2 tỷ 500 triệu 300 nghìn đồng", 2_500_300_000),
        ("1 nghìn tỷ", 10**12),
        *((text, 81_500_000_000) for text in ("81,5 tỷ", "81.5 tỷ", "81,5 TỈ", "81.5 ty", "81,5ti", "81,50 tỷ đồng")),
        *((text, 81_500_000_000) for text in ("81.5 billion", "81,5 bn", "81.5 Billion dong", "81.500,0 triệu")),
        *(
            (text, 81_500_000_000)
            for text in ("81 500 triệu", "81500 tr", "81500 trđ", "0,0815 nghìn tỷ", "81.5 bn vnd")
        ),
        *((text, 846_000_000) for text in ("846 triệu", "846 trieu", "846tr", "846 million dong", "846,0 triệu ₫")),
        *((text, 4_902_000_000) for text in ("4,902 tỷ đồng", "4.902 billion", "4,9020 tỷ", "4.902 bn")),
        *((text, 902_000_000) for text in ("0,902 tỷ", "0.902 tỷ", "0,902 billion", "0.902 billion")),
        *((text, 81_500) for text in ("81.500", "81,500", "81 500 VNĐ", "81.500,00 đ", "81,5 nghìn", "81.5 ngàn đồng")),
        *((text, 81_500) for text in ("81.5 thousand", "81.500\u00a0₫")),
        ("1.234.567 tỷ", 1_234_567 * BILLION),
        ("1.234,567 tỷ", 1_234_567_000_000),
        ("4.902,0 tỷ đồng", 4_902 * BILLION),
        ("2 nghìn tỷ", 2_000 * BILLION),
        ("1.5 trillion dong", 1_500 * BILLION),
        ("0", 0),
        ("0,000 tỷ", 0),
    ],
)
def test_money_is_read_in_any_of_its_spellings(text: str, amount: int) -> None:
    for form in FORMS:
        assert parse_money(normalize(form, text)) == amount


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("4.902 tỷ", 4_902 * BILLION, 4_902_000_000),
        ("4.902 ty dong", 4_902 * BILLION, 4_902_000_000),
        ("4,902 billion", 4_902 * BILLION, 4_902_000_000),
        ("1,500 triệu", 1_500_000_000, 1_500_000),
        ("4,900 tỷ", 4_900 * BILLION, 4_900_000_000),
        ("2.000 million", 2_000_000_000, 2_000_000),
        ("754.800 triệu", 754_800_000_000, 754_800_000),
        ("1,500 bn", 1_500 * BILLION, 1_500_000_000),
        ("81.500 nghìn đồng", 81_500_000, 81_500),
        ("1.500 nghìn tỷ", 1_500_000 * BILLION, 1_500 * BILLION),
    ],
)
def test_an_ambiguous_amount_is_refused_with_both_readings(text: str, first: int, second: int) -> None:
    for form in FORMS:
        typed = normalize(form, text)
        facts = {"value": typed, "first": first, "second": second}
        assert refusal(partial(parse_money, typed)) == ("ambiguous_money", facts)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "tỷ", "đ", "81,5", "81.5 đ", "0,0000000001 tỷ", "1,2345 nghìn", "0.902", "0,500 đ", "81.500,000"),
        *("81,5 tỷ tỷ", "81,5 tỷ đồng đồng", "đồng 81", "81,5 tỷ.", "81, tỷ", ",5 tỷ", "1.23.456 tỷ", "1,2,3 tỷ"),
        *("81 m", "81 m2", "81 usd", "1e5", "+5 tỷ", "١٢ tỷ", "１２ tỷ", "81-500", "81-5 tỷ", "007,500 tỷ", "1,5 1 tỷ"),
        *("1 tỷ 1200 triệu", "200 triệu 1 tỷ", "1 tỷ 1 tỷ", "1 tỷ 200 người", "1,5 tỷ 200 triệu", "1 tỷ -2 triệu"),
        *("1.5 tỷ 200 triệu", "1.200 tỷ 500 triệu", "1 tỷ 2.5 triệu"),
        *("81,5 tỷ 200", "9" * 5_000, "0," + "0" * 5_000 + " tỷ", "9999999 nghìn tỷ", "81\n500"),
    ],
)
def test_a_malformed_amount_is_refused(text: str) -> None:
    assert refusal(lambda: parse_money(text)) == ("money", {"value": text})


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        *((text, 1080) for text in ("1080", "1.080 m2", "1.080m²", "1,080 M2", "1 080 mét vuông", "1080 ㎡")),
        *((text, 25_000) for text in ("2,5 ha", "2.5 ha", "2,50 héc ta", "2.5 hectares", "2,5000 ha")),
        *((text, 15_250) for text in ("1,525 hecta", "1.525 hectare")),
        *((text, 5_250) for text in ("0.525 ha", "0,525 ha")),
        ("1 080 ha", 10_800_000),
    ],
)
def test_areas_are_read_in_any_of_their_spellings(text: str, metres: int) -> None:
    for form in FORMS:
        assert parse_area(normalize(form, text)) == metres


@pytest.mark.parametrize("text", ["1.080 ha", "1,080 ha", "1.080 hecta", "1,080 hectares"])
def test_an_ambiguous_area_is_refused_with_both_readings(text: str) -> None:
    facts = {"value": text, "first": 10_800_000, "second": 10_800}
    assert refusal(lambda: parse_area(text)) == ("ambiguous_area", facts)


@pytest.mark.parametrize("text", ["", "ha", "1,5 m2", "0,00001 ha", "1080 đ", "1080 m", "1.08.0 m2", "m2 1080"])
def test_a_malformed_area_is_refused(text: str) -> None:
    assert refusal(lambda: parse_area(text)) == ("area", {"value": text})


@pytest.mark.parametrize(
    "text", ["2023-04-03", "2023-4-3", "03/04/2023", "3/4/2023", "03-04-2023", "3.4.2023", " 3/4/2023 "]
)
def test_the_day_comes_before_the_month(text: str) -> None:
    assert parse_day(text, TODAY) == date(2023, 4, 3)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text",
    [
        "ngày 3 tháng 4 năm 2023",
        "3 tháng 4 năm 2023",
        "NGÀY 03 THÁNG 04 NĂM 2023",
        "ngày 3 tháng 4, năm 2023",
        "mùng 3 tháng 4 năm 2023",
        "ngày mồng 3 tháng 4 năm 2023",
        "ngày 3/4/2023",
        "03/04 năm 2023",
    ],
)
def test_a_day_may_be_written_as_in_documents(text: str, form: Form) -> None:
    assert parse_day(normalize(form, text), TODAY) == date(2023, 4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "ngày 3 tháng 4",
        "ngày tháng 4 năm 2023",
        "3 tháng tư năm 2023",
        "7 tháng 2023",
        "6 năm 2023",
    ],
)
def test_what_lacks_a_figure_of_a_day_is_none(text: str) -> None:
    assert refusal(partial(parse_day, text, TODAY)) == ("day", {"value": text})


@pytest.mark.parametrize("text", ["tháng 4 năm 2023", "4/2023", "2023-04"])
def test_several_days_are_told_by_their_first_and_their_last(text: str) -> None:
    first, last = date(2023, 4, 1), date(2023, 4, 30)
    assert refusal(partial(parse_day, text, TODAY)) == ("day_span", {"value": text, "first": first, "last": last})


@pytest.mark.parametrize("form", FORMS)
def test_days_near_today_have_names(form: Form) -> None:
    for text in ("today", "Today", "hôm nay", " HÔM  NAY ", "hom nay"):
        assert parse_day(normalize(form, text), TODAY) == TODAY
    for text in ("yesterday", "hôm qua", "hom qua"):
        assert parse_day(normalize(form, text), TODAY) == date(2023, 12, 25)


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("day", ("", "26", "26/12", "2023/12/26", "26/12-2023", "a/b/2023")),
        ("no_such_day", ("31/11/2023", "29.2.2023", "12/26/2023", "01/01/0000")),
        ("day", ("26/12/20233", "026/12/2023", "2023-12-26T10:00", "２６/12/2023", "26/12/2023/1", "-1/2/2023")),
        ("day", ("tomorrow", "26 12 2023")),
        ("short_year", ("26/12/23", "26-12-23", "23-12-26", "1.1.7")),
        ("day_range", ("31/12/1944", "1/1/2101", "0001-01-01")),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(key: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        assert refusal(partial(parse_day, text, TODAY)) == (key, {"value": text})


def well_formed(text: str) -> bool:
    """An oracle without any parsing: every well-formed count of 12 figures or fewer is written by this function."""
    figures = "".join(c for c in text if c in "0123456789")
    if not figures:
        return False
    spellings = {f"{int(figures):,}".replace(",", mark) for mark in (",", ".", " ", "\u00a0", "\u202f")}
    return text.strip() == figures or text.strip() in spellings


@given(st.text("0123456789.,\u00a0 -+e١", max_size=12))
def test_counts_are_accepted_exactly_if_well_formed(text: str) -> None:
    try:
        value = parse_count(text)
    except Invalid as refused:
        assert not well_formed(text)
        assert refused.facts == {"value": text}
    else:
        assert well_formed(text)
        assert str(value) == ("".join(c for c in text if c in "0123456789").lstrip("0") or "0")


@given(st.text(), st.sampled_from(("", " tỷ", " billion", " đ", " ha", "m2")))
def test_any_text_is_read_or_refused(text: str, unit: str) -> None:
    parsers: list[Callable[[str], object]] = [*PARSERS, partial(parse_day, today=TODAY)]
    for parse in parsers:
        try:
            parse(text + unit)
        except Invalid as refused:
            assert refused.facts["value"] == text + unit


@given(st.text("0123456789., ", min_size=1, max_size=9), st.sampled_from(("tỷ", "triệu", "billion", "million", "đ")))
def test_a_digit_string_has_one_meaning_under_both_readers(figures: str, unit: str) -> None:
    """What is accepted is the grouped reading or the decimal one of the figures, and nothing third."""
    try:
        amount = parse_money(f"{figures} {unit}")
    except Invalid:
        return
    bare = int("".join(c for c in figures if c in "0123456789"))
    assume(bare)
    size = {"tỷ": 10**9, "billion": 10**9, "triệu": 10**6, "million": 10**6, "đ": 1}[unit]
    decimals = len(figures.strip()) - 1 - max(figures.strip().rfind("."), figures.strip().rfind(","))
    assert amount in (bare * size, bare * size // 10**decimals)
