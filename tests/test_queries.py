"""Conditions, order and totals, each against the plainest way of saying the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.errors import Invalid
from danvan.formatting.texts import collation, fold
from danvan.periods import Period, days
from danvan.queries import Query, ask
from danvan.queries.columns import figure, is_noted, names, numbers, value
from danvan.queries.ordering import ordered
from danvan.queries.spans import Span, read_days, read_span
from danvan.queries.totals import Tally
from danvan.queries.units import lies_in
from danvan.records import KINDS, Audit, Model, Movement, Reception, Record, described

LARGE = 10
START = date(2022, 1, 1)
DAYS = st.integers(0, 800).map(lambda count: START + timedelta(count))
TEXTS = st.sampled_from(["", "Đường hoa", "đường hoa nở", "Ấm áp", "Bồi thường đất", "Dân vận khéo", "An ninh"])
UNITS = st.sampled_from(
    ["", "Quận Ba Đình", "Phường Trúc Bạch, Quận Ba Đình", "Quận Đống Đa / Phường Láng", "Phường Ba Đình"]
)
COUNTS = st.none() | st.integers(0, 20)


def optional(kind: type[Record], name: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(described(kind)[name].choices)


def ends(day: date, length: int | None) -> dict[str, Any]:
    return {"date": day, "to": None if length is None else day + timedelta(length)}


SPANS = st.builds(ends, DAYS, st.none() | st.integers(0, 400))
MODELS = st.builds(
    lambda span, **values: Model(**span, **values),
    SPANS,
    name=TEXTS,
    note=TEXTS,
    unit=UNITS,
    field=st.sampled_from(["economy", "culture", "của riêng cơ quan", None]),
    themes=st.lists(st.sampled_from(["urban", "ethnic"]), unique=True).map(tuple),
    status=optional(Model, "status"),
    count=COUNTS,
)
RECEPTIONS = st.builds(
    lambda span, **values: Reception(**span, **values),
    SPANS,
    summary=TEXTS,
    unit=UNITS,
    mode=optional(Reception, "mode"),
    outcome=optional(Reception, "outcome"),
    people=COUNTS,
    cases_first=COUNTS,
    cases_repeat=COUNTS,
    citizen=st.sampled_from(["", "Đường Thị Hoa"]),
)
AUDITS = st.builds(
    lambda span, **values: Audit(**span, **values),
    SPANS,
    title=TEXTS,
    unit=UNITS,
    type=optional(Audit, "type"),
    concluded=st.none() | DAYS,
    recovery=st.none() | st.integers(0, 10**11),
    movements=st.lists(st.builds(Movement, DAYS, st.integers(0, 10**10), note=TEXTS), max_size=2).map(tuple),
)
RECORDS = {"model": MODELS, "reception": RECEPTIONS, "audit": AUDITS}


def numbered(kind: str) -> st.SearchStrategy[list[tuple[int, Record]]]:
    return st.lists(RECORDS[kind], max_size=12).map(lambda records: list(enumerate(records, 1)))


ENTRIES = st.sampled_from(list(KINDS)).flatmap(
    lambda kind: st.tuples(st.just(KINDS[kind]), numbered(kind)),
)


def found(query: Query, entries: Sequence[tuple[int, Record]]) -> list[int]:
    return [number for number, _ in query.matching(entries)]


@given(ENTRIES, st.data())
def test_a_choice_matches_the_records_that_hold_one_of_its_values(entries: Any, data: st.DataObject) -> None:
    kind, records = entries
    name = data.draw(st.sampled_from([n for n, field in described(kind).items() if field.sort == "choice"]))
    wanted = data.draw(st.sets(st.none() | st.sampled_from(described(kind)[name].choices), min_size=1))
    expected = [
        number
        for number, record in records
        if (getattr(record, name) if record.form in described(kind)[name].forms else None) in wanted
    ]
    assert found(Query(kind, LARGE, {name: wanted}), records) == expected


@given(ENTRIES, st.data())
def test_a_number_matches_the_records_that_count_as_one_between_its_ends(entries: Any, data: st.DataObject) -> None:
    kind, records = entries
    name = data.draw(st.sampled_from(numbers(kind)))
    low, high = data.draw(st.none() | st.integers(0, 20)), data.draw(st.none() | st.integers(0, 20))
    expected = [
        number
        for number, record in records
        if (count := figure(record, name, LARGE)[0]) is not None
        and (count or is_noted(record, name))
        and (low is None or low <= count)
        and (high is None or count < high)
    ]
    assert found(Query(kind, LARGE, {name: (Span(low, high),)}), records) == expected


@given(ENTRIES, TEXTS.filter(bool), st.booleans())
def test_a_search_finds_what_stands_in_a_name_or_a_free_text(entries: Any, text: str, upper: bool) -> None:
    kind, records = entries
    sought = text.upper() if upper else text
    expected = []
    for number, record in records:
        open_texts = [
            getattr(record, name)
            for name, field in described(kind).items()
            if field.sort == "text" and not field.personal
        ]
        open_texts += [movement.note for movement in getattr(record, "movements", ())]
        if any(fold(sought) in fold(one) for one in open_texts):
            expected.append(number)
    assert found(Query(kind, LARGE, search=(fold(sought),)), records) == expected


@given(ENTRIES, DAYS, st.integers(0, 400))
def test_a_period_matches_what_touches_it_and_the_scan_is_told_no_less(entries: Any, first: date, length: int) -> None:
    kind, records = entries
    period = days(first, first + timedelta(length))
    query = Query(kind, LARGE, periods=(period,))
    assert query.span == period
    assert found(query, records) == [
        number for number, record in records if record.date < period.end and (record.to or record.date) >= period.begin
    ]


@given(numbered("audit"), DAYS, st.integers(1, 400))
def test_the_days_of_a_field_tell_the_scan_where_to_look(records: Any, low: date, length: int) -> None:
    span = Span(low, low + timedelta(length))
    query = Query(Audit, LARGE, {"concluded": (span,)})
    assert query.span == Period(*span)
    matching = found(query, records)
    assert matching == [
        number
        for number, record in records
        if not record.is_aggregate and record.concluded and record.concluded in span
    ]


def test_no_period_is_told_where_the_unknown_is_wanted_too() -> None:
    assert Query(Audit, LARGE, {"concluded": (None, Span(START, None))}).span is None


@given(ENTRIES, st.data())
def test_all_conditions_together_are_each_of_them_in_turn(entries: Any, data: st.DataObject) -> None:
    kind, records = entries
    conditions = {
        "units": ("Quận Ba Đình",),
        "periods": (days(START, START + timedelta(300)),),
        "search": ("hoa",),
        "is_open": True,
    }
    chosen = data.draw(st.sets(st.sampled_from(list(conditions))))
    together = found(Query(kind, LARGE, **{name: conditions[name] for name in chosen}), records)  # type: ignore[arg-type]
    left = [number for number, _ in records]
    for name in chosen:
        alone = found(Query(kind, LARGE, **{name: conditions[name]}), records)  # type: ignore[arg-type]
        left = [number for number in left if number in alone]
    assert together == left


@given(ENTRIES, st.data())
def test_an_order_loses_nothing_and_the_unknown_stands_last(entries: Any, data: st.DataObject) -> None:
    kind, records = entries
    open_names = [name for name in names(kind) if name not in described(kind) or not described(kind)[name].personal]
    name, reverse = data.draw(st.sampled_from(open_names)), data.draw(st.booleans())
    shuffled = data.draw(st.permutations(records))
    result = ordered(shuffled, kind, [name], reverse=reverse, limit=None, threshold=LARGE)
    assert sorted(result, key=lambda entry: entry[0]) == records
    assert result == ordered(records, kind, [name], reverse=reverse, limit=None, threshold=LARGE)
    if name in described(kind):
        known = [value(record, name, LARGE) is not None for _, record in result]
        assert known == sorted(known, reverse=True)
        values = [found for _, record in result if (found := value(record, name, LARGE)) is not None]
        keys = [collation(one) for one in values] if described(kind)[name].sort == "text" else values
        if described(kind)[name].sort in ("text", "date", "count", "money", "area"):
            assert keys == sorted(keys, reverse=reverse)


@given(ENTRIES, st.integers(1, 15), st.booleans(), st.data())
def test_a_limit_keeps_one_end_of_the_whole_order(entries: Any, limit: int, reverse: bool, data: st.DataObject) -> None:
    kind, records = entries
    by = data.draw(st.lists(st.sampled_from(("id", "date", "unit", *numbers(kind)[:1])), max_size=2))
    whole = ordered(records, kind, by, reverse=reverse, limit=None, threshold=LARGE)
    cut = ordered(records, kind, by, reverse=reverse, limit=limit, threshold=LARGE)
    assert cut == (whole[:limit] if by or reverse else whole[-limit:])


@given(ENTRIES)
def test_totals_are_the_sums_of_what_each_record_counts_as(entries: Any) -> None:
    kind, records = entries
    listing = ask(Query(kind, LARGE), records, limit=1)
    assert listing.total == len(records)
    expected: dict[Any, dict[str, tuple[int, bool]]] = {}
    is_mixed = kind is Model and len({record.lot for _, record in records}) > 1
    for _, record in records:
        sums = expected.setdefault(("status", record.status or "") if is_mixed else record.lot, {})
        for name in numbers(kind):
            part, exact = figure(record, name, LARGE)
            before = sums.get(name, (None, False))
            known = part if before[0] is None else before[0] + (part or 0)
            sums[name] = (known, before[1] or not exact)  # type: ignore[assignment]
    assert {lot: {name: tuple(total) for name, total in sums.items()} for lot, sums in listing.totals.lots.items()} == {
        # "at least 0" says no more than that nobody knows
        lot: {name: total for name, total in sums.items() if total[0] or total == (0, False)}
        for lot, sums in expected.items()
    }


def test_a_row_inside_one_of_two_periods_is_counted() -> None:
    tally = Tally(Model, (days(START, START + timedelta(9)), days(date(2023, 1, 1), date(2023, 12, 31))), LARGE)
    tally.add(1, Model(date(2023, 2, 1), date(2023, 3, 1), count=5, status="registered"))
    tally.add(2, Model(START, date(2023, 3, 1), count=7, status="registered"))
    totals = tally.totals()
    assert totals.lots["status", "registered"]["count"].value == 5
    assert totals.beyond == (2,)


NAMES = st.sampled_from(["Ba Đình", "Trúc Bạch", "Hà Nội", "1"])
SORTS = st.sampled_from(["Quận", "Phường", "Thành phố", "Xã"])
PLACES = st.lists(st.tuples(SORTS, NAMES), min_size=1, max_size=3, unique_by=lambda place: place[1])


@given(PLACES, st.sampled_from([" / ", " > ", ">", ", "]))
def test_a_unit_lies_in_each_unit_that_its_text_names_whichever_way_it_is_written(places: Any, mark: str) -> None:
    downward = [f"{sort} {name}" for sort, name in places]
    text = mark.join(downward[::-1] if mark == ", " else downward)
    for sort, name in places:
        assert lies_in(text, f"{sort} {name}")
        assert lies_in(text, fold(f"{sort} {name}"))
        assert lies_in(text, name)
        assert not lies_in(text, f"Huyện {name}")
    assert lies_in(text, " / ".join(downward))
    assert lies_in(text, ", ".join(downward[::-1]))
    assert not lies_in(text, f"{downward[0]} 7")


@pytest.mark.parametrize(
    ("unit", "wanted", "lies"),
    [
        ("Quận Ba Đình (mẫu)", "Quận Ba Đình", True),
        ("Quận Ba Đình", "Quận Ba Đình (cũ)", False),
        ("Phường A (cũ), Quận B", "Phường A, Quận B", True),
        ("P. Trúc Bạch, Q. Ba Đình", "Phường Trúc Bạch", True),
        ("TP. Hà Nội", "Thành phố Hà Nội", True),
        ("Sở Nội vụ", "Nội vụ", False),
        ("Quận 10", "Quận 1", False),
        ("", "Quận 1", False),
        ("Quận 1", "", False),
        ("Thành phố X / Quận Y / Phường Z", "Thành phố X / Phường Z", False),
        ("Phường Lác", "Phường Lạc", False),
        ("Phường Lác", "phuong lac", True),
        ("phuong lac", "Phường Lạc", True),
        ("Phường Lác", "P. Lạc", False),
        ("Phường Lạc", "P.Lạc", True),
        ("Phường Lạc", "p.lac", True),
        ("Phường Lác", "Lạc", False),
        ("Phường Bá", "Phường Ba", False),
        ("Phường Trung Hoà", "trung hòa", True),
        ("Phường Trung Hoà", "PHƯỜNG TRUNG HÒA", True),
        ("Phường Lác, Quận Ba Đình", "Phường Lạc, Quận Ba Đình", False),
        ("Phường Lác, Quận Ba Đình", "Quận Ba Đình", True),
    ],
)
def test_which_unit_lies_in_which(unit: str, wanted: str, lies: bool) -> None:
    assert lies_in(unit, wanted) is lies


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_every_way_of_writing_two_ends_means_the_same(low: int, high: int, value: int) -> None:
    def read(text: str) -> Span:
        return Span(int(text), int(text) + 1)

    assert (value in read_span(f"{low}..", read)) is (value in read_span(f">={low}", read)) is (value >= low)
    assert (value in read_span(f"..{high}", read)) is (value in read_span(f"≤{high}", read)) is (value <= high)
    assert (value in read_span(f">{low}", read)) is (value > low)
    assert (value in read_span(f"<{high}", read)) is (value < high)
    assert (value in read_span(f"{low}", read)) is (value in read_span(f"= {low}", read)) is (value == low)
    if low <= high:
        assert (value in read_span(f"{low}..{high}", read)) is (low <= value <= high)
    else:
        with pytest.raises(Invalid, match="span_backwards"):
            read_span(f"{low}..{high}", read)


@given(DAYS, DAYS)
def test_a_month_and_a_year_hold_their_days(day: date, other: date) -> None:
    for text in (f"{day:%Y-%m}", f"{day.month}/{day.year}", f"{day:%m/%Y}"):
        assert (other in read_days(text, START)) is ((other.year, other.month) == (day.year, day.month))
    assert (other in read_days(f"{day.year}", START)) is (other.year == day.year)
    assert (other in read_days(day.isoformat(), START)) is (other == day)
    assert (other in read_days("..today", day)) is (other <= day)


@pytest.mark.parametrize("text", ["1500", "2023-13", "13/2023", "2023-00", "..", "2023..2022", "x..", ">="])
def test_what_names_no_days_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_days(text, START)


@pytest.mark.parametrize("text", ["7 tháng 2023", "6 năm 2023", "3 thang 2023", "5 2023", "quý2023", "quý 5/2023"])
def test_so_many_months_are_no_month(text: str) -> None:
    with pytest.raises(Invalid):
        read_days(text, date(2023, 12, 26))
