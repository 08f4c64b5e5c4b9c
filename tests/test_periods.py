"""Periods and the calendars that offices report by."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.errors import Invalid
from danvan.periods import CALENDARS, PARTS, Period, custom_calendar, days, following, part_of_year

starts = st.builds("{:02}-{:02}".format, st.integers(1, 12), st.integers(1, 28))
calendars = st.one_of(st.sampled_from(list(CALENDARS.values())), starts.map(custom_calendar))
years = st.integers(1950, 2090)
TILINGS = (["h1", "h2"], ["q1", "q2", "q3", "q4"], ["9m", "q4"])
MONTHS = [f"m{month}" for month in range(1, 13)]


@given(calendars, years)
def test_the_parts_of_a_year_tile_it_without_gap_or_overlap(calendar, number):
    whole = calendar.period(number, "year")
    for tiling in TILINGS:
        parts = sorted(calendar.period(number, part) for part in tiling)
        assert parts[0].begin == whole.begin
        assert parts[-1].end == whole.end
        assert all(one.end == following.begin for one, following in pairwise(parts))


@given(calendars, years)
def test_a_month_ends_in_the_calendar_month_that_it_is_named_for_and_the_next_one_follows(calendar, number):
    months = [calendar.period(year, part) for year in (number, number + 1) for part in MONTHS]
    assert [(month.last.year, month.last.month) for month in months[:12]] == [(number, month) for month in range(1, 13)]
    assert all(one.end == following.begin for one, following in pairwise(months))
    assert all(calendar.month_of(month.begin) == calendar.month_of(month.last) == month.last.month for month in months)


@given(calendars, years)
def test_each_year_begins_where_the_one_before_ends(calendar, number):
    assert calendar.period(number - 1, "year").end == calendar.period(number, "year").begin


@given(calendars, st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_every_day_falls_in_exactly_one_year(calendar, day):
    claimed = [number for number in range(day.year - 1, day.year + 3) if day in calendar.period(number, "year")]
    assert len(claimed) == 1


@given(calendars, years, st.sampled_from(list(PARTS)))
def test_the_year_to_date_begins_with_the_year_and_ends_with_the_part(calendar, number, part):
    to_date = calendar.to_date(number, part)
    assert to_date.end == calendar.period(number, part).end
    assert to_date.begin in [calendar.period(year, "year").begin for year in (number, number + (part in MONTHS))]
    assert (to_date.end - to_date.begin).days <= 366


@given(calendars, years, st.sampled_from(list(PARTS)))
def test_the_same_period_of_last_year_begins_twelve_months_earlier(calendar, number, part):
    now, before = calendar.period(number, part), calendar.period(number - 1, part)
    assert before.begin == now.begin.replace(year=now.begin.year - 1)


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("year", date(2022, 12, 15), date(2023, 12, 14)),
        ("q1", date(2022, 12, 15), date(2023, 3, 14)),
        ("q2", date(2023, 3, 15), date(2023, 6, 14)),
        ("q3", date(2023, 6, 15), date(2023, 9, 14)),
        ("q4", date(2023, 9, 15), date(2023, 12, 14)),
        ("h1", date(2022, 12, 15), date(2023, 6, 14)),
        ("9m", date(2022, 12, 15), date(2023, 9, 14)),
        ("m1", date(2022, 12, 15), date(2023, 1, 14)),
        ("m4", date(2023, 3, 15), date(2023, 4, 14)),
    ],
)
def test_the_inspectorate_reports_by_its_own_calendar(part, first, last):
    assert CALENDARS["inspectorate"].period(2023, part) == days(first, last)


def test_the_assembly_year_ends_in_july_and_its_months_keep_their_names_and_years():
    assembly = CALENDARS["assembly"]
    assert assembly.period(2023, "year") == days(date(2022, 8, 1), date(2023, 7, 31))
    assert assembly.period(2023, "m4") == days(date(2023, 4, 1), date(2023, 4, 30))
    assert assembly.period(2023, "m8") == days(date(2023, 8, 1), date(2023, 8, 31))
    assert assembly.to_date(2023, "m9") == days(date(2023, 8, 1), date(2023, 9, 30))
    assert assembly.to_date(2023, "m7") == days(date(2022, 8, 1), date(2023, 7, 31))


@given(st.dates(), st.dates())
def test_a_period_from_two_days_holds_both_or_is_refused(first, last):
    if last < first or last == date.max:
        return
    period = days(first, last)
    assert first in period
    assert last in period
    assert period.last == last
    assert last + timedelta(days=1) not in period


def test_a_period_that_runs_backwards_is_refused():
    with pytest.raises(Invalid, match="backwards"):
        days(date(2023, 2, 1), date(2023, 1, 31))


@given(*[st.tuples(st.dates(date(2000, 1, 1), date(2000, 3, 1)), st.integers(1, 40))] * 2)
def test_periods_overlap_just_if_they_share_a_day(one, other):
    first, second = (Period(begin, begin + timedelta(days=length)) for begin, length in (one, other))
    shared = {first.begin + timedelta(days=at) for at in range((first.end - first.begin).days)}
    assert first.overlaps(second) == any(day in second for day in shared)


@pytest.mark.parametrize("start", ["10", "13-01", "02-29", "0-1", "1-0", "x-y", "10/15"])
def test_an_office_calendar_begins_on_a_day_that_every_month_has(start):
    with pytest.raises(Invalid, match="calendar_start"):
        custom_calendar(start)


@pytest.mark.parametrize("number", [1, 0, -5, 9999, 10_000])
def test_a_year_that_no_calendar_has_is_refused(number):
    with pytest.raises(Invalid, match="year"):
        CALENDARS["calendar"].period(number, "year")


@pytest.mark.parametrize(
    ("word", "part"),
    [("Q3", "q3"), ("6m", "h1"), ("04", "m4"), ("4", "m4"), ("year", "year"), ("13", None), ("", None)],
)
def test_parts_of_a_year_are_named_in_short(word, part):
    assert part_of_year(word) == part


@pytest.mark.parametrize(
    ("part", "after"),
    [
        ("year", (2024, "year")),
        ("h1", (2023, "h2")),
        ("h2", (2024, "h1")),
        ("9m", (2023, "q4")),
        ("q3", (2023, "q4")),
        ("q4", (2024, "q1")),
        ("m4", (2023, "m5")),
        ("m12", (2024, "m1")),
    ],
)
def test_each_part_of_a_year_is_followed_by_one_of_its_kind(part: str, after: tuple[int, str]) -> None:
    assert following(2023, part) == after
