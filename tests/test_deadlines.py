"""Deadlines: each rule by dated examples, the counting of days, suspensions and extensions."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.deadlines import AFTER_ACCEPTANCE, RULES, deadline, is_day_off
from danvan.deadlines.counting import last_day, next_working_day
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES
from danvan.records import Audit, Extension, Model, Office, Pause, Reception, Step

OFFICE = Office(date.min)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def reception(received: str, *steps: tuple[str, str], **values: Any) -> Reception:
    dated = tuple(Step(status, day(on)) for status, on in steps)
    outcome = values.pop("outcome", dated[-1].status if dated else None)
    return Reception(day(received), mode="regular", receiver="staff", outcome=outcome, steps=dated, **values)


def due(received: str, *steps: tuple[str, str], office: Office = OFFICE, **values: Any) -> tuple[str, str]:
    found = deadline(reception(received, *steps, **values), office)
    assert found is not None
    return found.rule.key, found.due.isoformat() if found.due else "suspended"


@pytest.mark.parametrize(
    ("received", "category", "rule", "last"),
    [
        ("2023-03-01", None, "answer", "2023-03-15"),
        ("2023-03-01", "petition", "answer", "2023-03-15"),
        ("2023-03-01", "feedback", "answer", "2023-03-15"),
        ("2023-03-01", "denunciation", "denunciation-acceptance", "2023-03-10"),
        ("2023-03-01", "complaint", "complaint-acceptance", "2023-03-13"),  # the 11th is a Saturday
        ("2023-03-06", "complaint", "complaint-acceptance", "2023-03-16"),
    ],
)
def test_what_was_not_accepted_yet_has_the_deadline_of_acceptance_or_answer(
    received: str, category: str | None, rule: str, last: str
) -> None:
    assert due(received, category=category) == (rule, last)


def test_a_complaint_of_the_last_day_of_june_2026_keeps_ten_calendar_days_and_one_of_july_has_seven_working() -> None:
    old = deadline(reception("2026-06-30", category="complaint"), OFFICE)
    new = deadline(reception("2026-07-01", category="complaint"), OFFICE)
    assert old is not None
    assert new is not None
    assert (old.rule.days, old.rule.sort, old.due) == (10, "calendar", day("2026-07-10"))
    assert (new.rule.days, new.rule.sort, new.due) == (7, "working", day("2026-07-10"))
    assert old.rule.source != new.rule.source


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({}, 30),
        ({"complexity": "ordinary", "remote": "no"}, 30),
        ({"complexity": "complex"}, 45),
        ({"complexity": "very-complex"}, 45),
        ({"remote": "yes"}, 45),
        ({"remote": "yes", "complexity": "complex"}, 60),
        ({"stage": "second"}, 45),
        ({"stage": "second", "complexity": "complex"}, 60),
        ({"stage": "second", "remote": "yes"}, 60),
        ({"stage": "second", "remote": "yes", "complexity": "complex"}, 70),
    ],
)
def test_an_accepted_complaint_is_decided_within_days_of_its_acceptance(facts: dict[str, Any], days: int) -> None:
    found = deadline(reception("2023-03-01", ("accepted", "2023-03-09"), category="complaint", **facts), OFFICE)
    assert found is not None
    assert found.rule.key == ("complaint-second" if facts.get("stage") == "second" else "complaint-first")
    assert (found.days, found.event) == (days, day("2023-03-09"))
    assert (found.moved_from or found.due) == day("2023-03-09") + timedelta(days)


@pytest.mark.parametrize(("complexity", "days"), [(None, 30), ("ordinary", 30), ("complex", 60), ("very-complex", 90)])
def test_a_denunciation_is_resolved_in_thirty_days_and_thirty_more_for_each_extension(
    complexity: str | None, days: int
) -> None:
    case = {"category": "denunciation", "complexity": complexity}
    found = deadline(reception("2023-03-01", ("accepted", "2023-03-09"), **case), OFFICE)
    assert found is not None
    assert (found.rule.key, found.days) == ("denunciation-resolution", days)
    granted = (Extension(day("2023-04-01"), 30),)
    extended = deadline(reception("2023-03-01", ("accepted", "2023-03-09"), extensions=granted, **case), OFFICE)
    assert extended is not None
    assert extended.days == max(days, 60), "an extension that the complexity grants already is not counted twice"


def test_an_accepted_petition_is_handled_in_ten_working_days() -> None:
    assert due("2023-03-01", ("accepted", "2023-03-09"), category="petition") == ("petition", "2023-03-23")
    assert due("2023-03-01", ("accepted", "2023-03-09"), category="feedback") == ("petition", "2023-03-23")


def test_an_accepted_case_that_was_forwarded_or_urged_keeps_the_deadline_of_its_acceptance() -> None:
    accepted = ("complaint-first", "2023-04-10")
    assert due("2023-03-01", ("accepted", "2023-03-09"), category="complaint") == accepted
    assert due("2023-03-01", ("accepted", "2023-03-09"), ("urged", "2023-03-20"), category="complaint") == accepted
    assert due("2023-03-01", ("forwarded", "2023-03-09"), category="complaint") == ("answer", "2023-03-15")


def test_an_accepted_case_without_a_dated_step_counts_from_its_reception() -> None:
    assert due("2023-03-09", outcome="accepted", category="complaint") == ("complaint-first", "2023-04-10")


def test_an_accepted_case_without_a_category_is_still_answered_within_days_of_its_reception() -> None:
    found = deadline(reception("2026-11-02", ("accepted", "2026-11-13")), OFFICE)
    assert found is not None
    assert (found.rule.key, found.event, found.due) == ("answer", day("2026-11-02"), day("2026-11-16"))


@pytest.mark.parametrize("category", [None, "complaint", "denunciation", "petition", "feedback"])
@pytest.mark.parametrize(
    "statuses", [(), ("accepted",), ("accepted", "urged"), ("forwarded",), ("forwarded", "accepted")]
)
def test_days_run_from_the_acceptance_where_the_rule_says_so_and_only_there(
    category: str | None, statuses: tuple[str, ...]
) -> None:
    steps = [(status, f"2023-03-{at:02}") for at, status in enumerate(statuses, 10)]
    found = deadline(reception("2023-03-01", *steps, category=category), OFFICE)
    assert found is not None
    accepted = next((day(on) for status, on in steps if status == "accepted"), None)
    assert found.event == (accepted if found.rule.key in AFTER_ACCEPTANCE else day("2023-03-01"))


@pytest.mark.parametrize("outcome", ["guided", "returned", "answered", "upheld", "withdrawn", "filed"])
def test_what_is_closed_has_no_deadline(outcome: str) -> None:
    assert deadline(reception("2023-03-01", outcome=outcome, category="complaint"), OFFICE) is None


def test_rows_void_records_and_other_kinds_have_no_deadline() -> None:
    row = Reception(day("2023-01-01"), day("2023-06-30"), receiver="staff", turns=3)
    assert deadline(row, OFFICE) is None
    assert deadline(reception("2023-03-01", void="nhầm"), OFFICE) is None
    assert deadline(Model(day("2023-03-01"), name="x"), OFFICE) is None
    assert deadline(Audit(day("2023-03-01")), OFFICE) is None


def test_what_came_before_the_laws_that_danvan_knows_has_no_deadline() -> None:
    assert deadline(reception("2012-06-30", category="complaint"), OFFICE) is None
    assert deadline(reception("2014-06-30"), OFFICE) is None


def test_tet_is_not_counted() -> None:
    # 14–22/2/2026 are off: a weekend, five days of Tết, a weekend.
    assert due("2026-02-11", category="denunciation") == ("denunciation-acceptance", "2026-02-27")
    # 20–26/1/2023 are off, with the weekends around.
    assert due("2023-01-18") == ("answer", "2023-02-08")


def test_a_swapped_saturday_is_a_working_day_and_the_monday_for_it_is_off() -> None:
    assert not is_day_off(day("2024-05-04"))
    assert is_day_off(day("2024-04-29"))
    assert is_day_off(day("2024-05-05"))
    assert due("2024-04-24", category="denunciation") == ("denunciation-acceptance", "2024-05-07")


def test_a_calendar_deadline_that_ends_on_a_day_off_ends_with_the_next_working_day() -> None:
    found = deadline(reception("2023-04-19", category="complaint"), OFFICE)
    assert found is not None
    # 29/4 – 3/5/2023 were off.
    assert (found.moved_from, found.due) == (day("2023-04-29"), day("2023-05-04"))


def test_the_closed_days_of_the_office_are_days_off() -> None:
    office = Office(date.min, closed_days=(day("2023-03-06"), day("2023-03-15")))
    assert due("2023-03-01", office=office) == ("answer", "2023-03-17")
    assert due("2023-03-05", office=office, category="complaint") == ("complaint-acceptance", "2023-03-16")


def test_an_office_may_count_from_the_day_itself() -> None:
    office = Office(date.min, count_from="same-day")
    assert due("2023-03-01", office=office) == ("answer", "2023-03-14")
    assert due("2023-03-06", office=office, category="complaint") == ("complaint-acceptance", "2023-03-15")


def test_days_on_which_the_case_was_suspended_are_not_counted() -> None:
    pause = Pause(day("2023-03-07"), day("2023-03-09"))
    assert due("2023-03-01", pauses=(pause,)) == ("answer", "2023-03-20")
    accepted = ("accepted", "2023-03-09")
    assert due("2023-03-01", accepted, category="complaint") == ("complaint-first", "2023-04-10")
    spring = Pause(day("2023-03-13"), day("2023-03-22"))
    assert due("2023-03-01", accepted, category="complaint", pauses=(spring,)) == ("complaint-first", "2023-04-18")
    found = deadline(reception("2023-03-01", accepted, category="complaint", pauses=(spring,)), OFFICE)
    assert found is not None
    assert found.stopped == 10


def test_a_suspension_by_status_lasts_until_the_next_step() -> None:
    steps = (("accepted", "2023-03-09"), ("suspended", "2023-03-13"), ("accepted", "2023-03-23"))
    assert due("2023-03-01", *steps, category="complaint") == ("complaint-first", "2023-04-18")


def test_a_complaint_was_accepted_on_the_first_day_in_whatever_order_the_steps_were_noted() -> None:
    steps = (("accepted", "2023-03-09"), ("urged", "2023-03-10"), ("accepted", "2023-03-06"))
    assert due("2023-03-01", *steps, category="complaint") == due("2023-03-01", steps[-1], category="complaint")


def test_a_suspension_without_an_end_stops_the_deadline() -> None:
    pause = Pause(day("2023-03-07"))
    found = deadline(reception("2023-03-01", pauses=(pause,)), OFFICE)
    assert found is not None
    assert (found.due, found.left(day("2023-12-26"))) == (None, None)
    assert due("2023-03-01", ("accepted", "2023-03-09"), ("suspended", "2023-03-13"), category="complaint")[1] == (
        "suspended"
    )
    assert due("2023-03-01", outcome="suspended")[1] == "suspended"


def test_a_suspension_that_begins_after_the_last_day_changes_nothing() -> None:
    assert due("2023-03-01", pauses=(Pause(day("2023-03-16")),)) == ("answer", "2023-03-15")


def test_extensions_add_days_of_the_sort_that_the_deadline_counts_in() -> None:
    extension = Extension(day("2023-03-08"), 3)
    assert due("2023-03-01", category="denunciation", extensions=(extension,))[1] == "2023-03-15"
    assert due("2023-03-06", category="complaint", extensions=(extension,))[1] == "2023-03-20"


def test_an_extension_of_the_acceptance_does_not_extend_the_decision() -> None:
    steps = (("accepted", "2023-03-09"),)
    early = (Extension(day("2023-03-02"), 20),)
    assert due("2023-03-01", *steps, category="complaint", extensions=early)[1] == "2023-04-10"
    late = (Extension(day("2023-03-20"), 20),)
    assert due("2023-03-01", *steps, category="complaint", extensions=late)[1] == "2023-04-28"


def test_days_left_are_counted_from_the_day_given() -> None:
    found = deadline(reception("2023-03-01"), OFFICE)
    assert found is not None
    assert [found.left(day(text)) for text in ("2023-03-10", "2023-03-15", "2023-03-20")] == [5, 0, -5]


@given(event=DAYS, count=st.integers(1, 90), same_day=st.booleans())
def test_a_deadline_of_working_days_is_never_a_day_off(event: date, count: int, same_day: bool) -> None:
    last = last_day(event, count, working=True, closed=frozenset(), same_day=same_day)
    assert not is_day_off(last)


@given(event=DAYS, count=st.integers(1, 90), working=st.booleans(), closed=st.frozensets(DAYS, max_size=5))
def test_a_day_more_never_makes_a_deadline_earlier(
    event: date, count: int, working: bool, closed: frozenset[date]
) -> None:
    shorter = last_day(event, count, working=working, closed=closed)
    longer = last_day(event, count + 1, working=working, closed=closed)
    assert event < shorter < longer
    assert next_working_day(shorter, closed) <= next_working_day(longer, closed)
    assert not is_day_off(next_working_day(longer, closed), closed)


@given(
    received=DAYS,
    category=st.sampled_from([None, "complaint", "denunciation", "petition", "feedback"]),
    wait=st.integers(0, 40),
    first=st.integers(0, 60),
    length=st.integers(0, 30),
)
def test_a_suspension_never_makes_a_deadline_earlier(
    received: date, category: str | None, wait: int, first: int, length: int
) -> None:
    accepted = (("accepted", (received + timedelta(wait)).isoformat()),) if category else ()
    case = {"category": category, "stage": "second"}
    pause = Pause(received + timedelta(first), received + timedelta(first + length))
    plain = deadline(reception(received.isoformat(), *accepted, **case), OFFICE)
    paused = deadline(reception(received.isoformat(), *accepted, pauses=(pause,), **case), OFFICE)
    if plain is None:
        assert paused is None
        return
    assert paused is not None
    assert plain.due is not None
    assert paused.due is not None
    assert paused.due >= plain.due
    assert not is_day_off(paused.due)


def test_rules_of_one_name_follow_each_other_without_gap_or_overlap() -> None:
    for rule in RULES:
        others = [other for other in RULES if other.key == rule.key and other is not rule]
        same = [o for o in others if (o.complexity, o.remote) == (rule.complexity, rule.remote)]
        if rule.end is not None:
            assert any(other.begin == rule.end + timedelta(1) for other in same)
        assert not any(other.begin <= rule.begin and (other.end is None or rule.begin <= other.end) for other in same)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_and_its_source_has_words(code: Any) -> None:
    language = Language(code)
    for rule in RULES:
        assert language.say(f"rule.{rule.key}")
        assert language.say(f"law.{rule.source}")


def test_the_calendar_of_holidays_is_loaded_only_when_a_deadline_is_counted() -> None:
    code = "import sys, danvan.deadlines; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
