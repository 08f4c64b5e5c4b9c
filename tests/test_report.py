"""`report YEAR`: the article's year, single records, what is unknown, and an independent count."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import ARTICLE, HALF, YEAR_2023, Run, holds, office, spelled_out, tell_article

from danvan.messages import LANGUAGES, catalogue
from danvan.records import Audit, Model, Reception, Record, fields, problems

# Every figure of the article; what it does not say is unknown.
ARTICLE_2023 = {
    "duty_checks.total": 38,
    "duty_checks.unannounced": 33,
    "duty_checks.directed": 5,
    "duty_checks.planned": 0,
    "inspections.launched": 370,
    "inspections.concluded": 289,
    "inspections.violations": 81_500_000_000,  # at the least: what is to be recovered was found
    "inspections.recovery": 81_500_000_000,
    "inspections.other_handling": None,
    "inspections.collectives": 45,
    "inspections.individuals": 158,
    "inspections.referred": 3,
    "models.registered": 13_660,
    "models.collective": None,
    "models.individual": None,
    "receptions.regular.turns": 22_858,
    "receptions.regular.people": None,
    "receptions.regular.cases_first": None,
    "receptions.regular.cases_repeat": None,
    "receptions.regular.groups": None,
    "receptions.leaders.turns": 11_751,
    "receptions.leaders.people": None,
    "receptions.leaders.cases_first": None,
    "receptions.leaders.cases_repeat": None,
    "receptions.leaders.groups": 75,
    "receptions.leaders.group_cases": 37,
    "receptions.turns": 34_609,
    "receptions.people": None,
    "receptions.cases": 37,  # at least: those of the large groups
}
SENTENCES = (
    "38 cuộc kiểm tra công vụ",
    "33 cuộc kiểm tra đột xuất",
    "5 cuộc kiểm tra xác minh theo chỉ đạo",
    "triển khai 370 cuộc thanh tra",
    "đã kết luận 289 cuộc",
    "kiến nghị thu hồi về Ngân sách Nhà nước 81,5 tỷ đồng",
    "kiến nghị xử lý hành chính đối với 45 tập thể và 158 cá nhân",
    "chuyển cơ quan điều tra 3 cuộc",
    "là 13.660 mô hình",
    "tiếp thường xuyên 22.858 lượt công dân (giảm 5,7% so với cùng kỳ năm 2022)",
    "11.751 lượt công dân",
    "75 lượt đoàn đông người (từ 10 người trở lên/đoàn) với 37 vụ việc",
)


def values(run: Run, *argv: str) -> dict[str, Any]:
    return {measure: row["value"] for measure, row in run.figures(*(argv or ("2023",))).items()}


def text(run: Run, *argv: str) -> str:
    return run("report", *(argv or ("2023",)), "--format", "text", lang="vi").out


def test_every_figure_of_the_article_comes_out_of_typed_records(run: Run) -> None:
    tell_article(run)
    figures = values(run)
    assert {measure: figures[measure] for measure in ARTICLE_2023} == ARTICLE_2023


def test_the_change_on_the_year_before_is_the_articles(run: Run) -> None:
    tell_article(run)
    row = run.figures()["receptions.regular.turns"]
    assert (row["previous"], row["change"], row["change_percent"]) == (24_240, -1_382, -5.7)
    row = run.figures()["receptions.leaders.turns"]
    assert (row["previous"], row["change"], row["change_percent"]) == (None, None, None)


def test_the_json_form_has_the_shape_that_scripts_rely_on(run: Run) -> None:
    tell_article(run)
    document = run("report", "2023", "--format", "json").document
    assert (document["version"], document["year"]) == (1, 2023)
    assert [section["key"] for section in document["sections"]][:2] == ["duty_checks", "inspections"]
    for section in document["sections"]:
        assert section["title"]
        assert section["period"] == {"from": "2023-01-01", "to": "2023-12-31", "calendar": "calendar"}
        for row in section["rows"]:
            assert {"measure", "label", "value", "previous", "change", "change_percent"} <= set(row)
            assert row["value"] is None or isinstance(row["value"], int)
    assert run("report", "2023", "--json").document == document


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_text_form_says_what_the_article_says(run: Run, sentence: str) -> None:
    tell_article(run)
    assert sentence.casefold() in text(run).casefold()


def test_a_count_is_rounded_only_when_asked(run: Run) -> None:
    tell_article(run)
    run("add-model", "Đường hoa", "--field", "other", "--date", "1/2/2023")
    assert "13.661 mô hình" in text(run)
    assert "trên" not in text(run).replace("trở lên", "")
    rounded = text(run, "2023", "--round", "10")
    assert "trên 13.660 mô hình" in rounded
    assert "22.850 lượt" in rounded
    assert "38 cuộc kiểm tra công vụ" in rounded


def test_the_order_in_which_records_are_typed_does_not_matter(run: Run) -> None:
    for line in reversed(ARTICLE):
        run(*line)
    figures = values(run)
    assert {measure: figures[measure] for measure in ARTICLE_2023} == ARTICLE_2023


def test_single_records_are_counted(run: Run) -> None:
    for day, holder in (("2023-01-01", "collective"), ("2023-12-31", "individual"), ("2022-12-31", "collective")):
        run("add-model", "Mô hình", "--field", "economy", "--holder", holder, "--date", day)
    regular = ("add-reception", "--mode", "regular", "--date", "2023-03-01")
    run(*regular)
    run(*regular, "--people", "4", "--cases-first", "1")
    run(*regular, "--people", "12", "--cases-repeat", "2")
    run("add-reception", "--mode", "periodic", "--date", "2023-03-01", "--people", "10", "--cases-first", "3")
    run("add-reception", "--mode", "unscheduled", "--date", "2023-03-02", "--people", "9", "--cases-first", "1")
    run("add-audit", "A", "--type", "duty-check", "--mode", "planned", "--date", "2023-05-01")
    run(
        *("add-audit", "B", "--type", "inspection", "--started", "2023-02-01", "--concluded", "2023-06-01"),
        *("--violations", "3 tỷ", "--recovery", "2 tỷ", "--other-handling", "1 tỷ", "--referred", "1"),
    )
    figures = values(run)
    expected = {
        "models.registered": 2,
        "models.collective": 1,
        "models.individual": 1,
        "receptions.regular.turns": 3,
        "receptions.regular.people": 17,
        "receptions.regular.groups": 1,
        "receptions.leaders.turns": 2,
        "receptions.leaders.people": 19,
        "receptions.leaders.cases_first": 4,
        "receptions.leaders.groups": 1,
        "receptions.leaders.group_cases": 3,
        "receptions.turns": 5,
        "receptions.people": 36,
        "duty_checks.total": 1,
        "duty_checks.planned": 1,
        "duty_checks.unannounced": 0,
        "inspections.launched": 1,
        "inspections.concluded": 1,
        "inspections.violations": 3_000_000_000,
        "inspections.recovery": 2_000_000_000,
        "inspections.other_handling": 1_000_000_000,
        "inspections.collectives": 0,
        "inspections.referred": 1,
    }
    assert {measure: figures[measure] for measure in expected} == expected


def test_the_threshold_of_large_groups_is_a_choice_that_the_report_prints(run: Run) -> None:
    for people in ("4", "5", "9", "10", "30"):
        run("add-reception", "--mode", "periodic", "--date", "2023-03-01", "--people", people, "--cases-first", "1")
    assert values(run)["receptions.leaders.groups"] == 2
    five = values(run, "2023", "--threshold", "5")
    assert (five["receptions.leaders.groups"], five["receptions.leaders.group_cases"]) == (4, 4)
    assert "từ 5 người trở lên/đoàn" in text(run, "2023", "--threshold", "5")
    assert "Large group: 5 people or more" in run("report", "2023", "--threshold", "5").out


def test_an_empty_register_knows_nothing_and_zero_is_not_nothing(run: Run) -> None:
    assert set(values(run).values()) == {None}
    assert list(run.home.iterdir()) == []
    run("add-reception", "--receiver", "staff", "--turns", "0", *YEAR_2023)
    figures = values(run)
    assert figures["receptions.regular.turns"] == 0
    assert figures["receptions.regular.people"] == 0
    assert figures["receptions.leaders.turns"] is None
    assert "unknown" in run("report", "2023").out
    assert "không rõ" in run("report", "2023", lang="vi").out


def test_a_sum_that_some_rows_cannot_tell_is_a_lower_bound_without_a_comparison(run: Run) -> None:
    run("add-reception", "--receiver", "staff", "--turns", "10", "--people", "12", *YEAR_2023)
    run("add-reception", "--receiver", "staff", "--turns", "5", "--from", "1/1/2023", "--to", "31/1/2023")
    run("add-reception", "--receiver", "staff", "--people", "20", "--from", "1/1/2022", "--to", "31/1/2022")
    row = run.figures()["receptions.regular.people"]
    assert (row["value"], row["at_least"], row["change"], row["change_percent"]) == (12, True, None, None)
    assert run.figures()["receptions.regular.turns"]["at_least"] is False
    assert "at least 12" in run("report", "2023").out
    assert "ít nhất 12 người" in text(run)


def test_a_row_that_straddles_the_border_is_left_out_and_named(run: Run) -> None:
    run("add-model", "--count", "7", "--from", "2022-12-31", "--to", "2023-06-30")
    run("add-model", "--count", "2", "--from", "2023-01-01", "--to", "2023-12-31")
    run("add-model", "--count", "4", "--from", "2023-07-01", "--to", "2024-01-01")
    document = run("report", "2023", "--format", "json").document
    models = next(section for section in document["sections"] if section["key"] == "models")
    assert next(row for row in models["rows"] if row["measure"] == "models.registered")["value"] == 2
    assert [note["ids"] for note in models["notes"] if note["key"] == "straddles"] == [[1, 3]]
    assert "1, 3" in run("report", "2023").out
    for lang in LANGUAGES:
        run("report", "2023", lang=lang)


def test_an_inspection_is_launched_when_it_starts_and_counts_when_it_concludes(run: Run) -> None:
    inspection = ("add-audit", "A", "--type", "inspection", "--recovery", "5 tỷ")
    run(*inspection, "--started", "2022-11-01", "--concluded", "2023-02-01")
    run(*inspection, "--started", "2023-11-01")
    run(*inspection, "--started", "2023-11-01", "--concluded", "2024-02-01")
    row = run.figures("2023")
    assert (row["inspections.launched"]["value"], row["inspections.launched"]["previous"]) == (2, 1)
    assert (row["inspections.concluded"]["value"], row["inspections.concluded"]["previous"]) == (1, 0)
    assert row["inspections.recovery"]["value"] == 5_000_000_000
    assert values(run, "2024")["inspections.recovery"] == 5_000_000_000


def test_a_status_was_reached_on_the_first_of_its_days_in_whatever_order_they_were_noted(run: Run) -> None:
    run("add-model", "A", "--field", "economy", "--date", "2021-01-01")
    for status, day in (("recognised", "2023-06-01"), ("exemplary", "2023-07-01"), ("recognised", "2023-03-01")):
        run("edit", 1, "--status", status, "--on", day)
    assert values(run, "2023")["models.recognised"] == values(run, "2023-03")["models.recognised"] == 1
    assert values(run, "2023-06", "--compare", "none")["models.recognised"] is None
    shown = run("explain", "2023", "models.recognised").out
    assert "2023-03-01" in shown


@pytest.mark.parametrize("status", ["recognised", "exemplary", "awarded", "replicated"])
def test_a_model_that_comes_to_a_status_in_two_years_counts_in_both(run: Run, status: str) -> None:
    run("add-model", "A", "--field", "economy", "--unit", "Xã A", "--date", "2020-01-05")
    for day in ("2022-12-05", "2021-11-01", "2022-12-06"):
        run("edit", 1, "--status", status, "--on", day)
    run("edit", 1, "--status", "running", "--on", "2023-02-01")
    run("edit", 1, "--status", status, "--on", "2023-12-05")
    on = [step["on"] for step in run.stored()["1"]["steps"] if step["status"] == status]
    assert on == ["2021-11-01", "2022-12-06", "2023-12-05"]
    assert "2023-12-05" in run("explain", "2023", f"models.{status}").out
    for span, count in (("2021", 1), ("2022", 1), ("2023", 1), ("2023-12", 1), ("2024", None)):
        assert values(run, span).get(f"models.{status}") == count
    assert values(run, "2023", "--calendar", "inspectorate")[f"models.{status}"] == 1


@pytest.mark.parametrize("calendar", ["calendar", "inspectorate", "custom"])
def test_a_status_that_is_reached_twice_counts_on_the_first_day_of_each_year_of_the_calendar_asked_for(
    run: Run, calendar: str
) -> None:
    run("add-model", "A", "--field", "economy", "--unit", "Xã A", "--date", "2022-02-01", "--status", "awarded")
    run("edit", 1, "--status", "recognised", "--on", "2022-06-01")
    run("edit", 1, "--status", "awarded", "--on", "2022-12-20")
    run("config", "set", "year-start", "11-01")
    told = [values(run, span, "--calendar", calendar).get("models.awarded") for span in ("2022", "2022-02", "2022-12")]
    assert told == [1, 1, 1 if calendar == "custom" else None]
    year, month = {"calendar": ("2022", "02"), "inspectorate": ("2023", "01"), "custom": ("2023", "12")}[calendar]
    by = ("--by", "month", "--measure", "models.awarded", "--calendar", calendar, "--compare", "none", "--json")
    (table,) = run("report", year, *by).document["breakdowns"]
    assert [line["value"] for line in table["lines"]] == [month]


def test_of_single_models_none_came_to_a_status_where_none_is_noted_and_rows_leave_it_open(run: Run) -> None:
    unit = ("--unit", "Xã A")
    for status, day in (("registered", "2022-02-01"), ("recognised", "2023-02-01"), ("registered", "2023-05-01")):
        run("add-model", f"Hoa {day}", "--field", "economy", "--date", day, "--status", status, *unit)

    def explained(span: str, status: str) -> int | None:
        value: int | None = run("explain", span, f"models.{status}", "--json").document["value"]
        return value

    for is_indexed in (False, True):
        row = run.figures("2023")["models.recognised"]
        assert (row["value"], row["previous"], row["change"]) == (1, 0, 1)
        assert values(run, "2023-05")["models.recognised"] == explained("2023-05", "recognised") == 0
        assert values(run, "2023-03")["models.recognised"] is None, "nothing is recorded of that month"
        assert "models.awarded" not in values(run, "2023"), "what never happened needs no line"
        assert explained("2023", "awarded") == explained("2023", "running") == 0
        if not is_indexed:
            run.register().make_index()
    run("edit", 1, "--status", "running", "--on", "2022-03-01")
    run("close", "2023-03", "--section", "models")
    run("add-model", "Hoa", "--field", "economy", "--date", "2023-03-01", *unit)
    (section,) = run("report", "2023-03", "--section", "models", "--json").document["sections"]
    assert [one["measure"] for one in section["corrections"]] == ["models.registered"], "a new nought is no news"
    run("add-model", "--count", 7, "--status", "registered", "--from", "2023-01-01", "--to", "2023-12-31")
    assert values(run, "2023-05")["models.recognised"] is None
    assert values(run, "2023")["models.recognised"] == 1


@pytest.mark.parametrize("day", ["2021-12-05", "2023-04-01"])
def test_a_status_that_a_model_began_with_stays_counted_when_it_comes_there_anew(run: Run, day: str) -> None:
    run("add-model", "A", "--field", "economy", "--date", "2021-05-01", "--status", "recognised")
    run("edit", 1, "--status", "recognised", "--on", day)
    assert values(run, "2021")["models.recognised"] == 1
    assert values(run, "2023").get("models.recognised") == (1 if day.startswith("2023") else None)


def test_of_a_status_that_lasts_the_same_one_again_corrects_the_day_whatever_its_year(run: Run) -> None:
    run("add-model", "A", "--field", "economy", "--date", "2021-01-05")
    for day in ("2022-12-30", "2023-01-03"):
        run("edit", 1, "--status", "running", "--on", day)
    assert [step["on"] for step in run.stored()["1"]["steps"]] == ["2021-01-05", "2023-01-03"]


def test_void_records_never_count(run: Run) -> None:
    tell_article(run)
    before = values(run)
    number = run.add("add-reception", "Nhầm", "--mode", "regular", "--date", "1/2/2023")["id"]
    assert values(run)["receptions.regular.turns"] == 22_859
    run.register().void_many([number], "nhập nhầm")
    assert values(run) == before


def test_a_change_too_small_to_be_said_is_nought_without_a_sign(run: Run) -> None:
    for year, turns in (("2022", "24240"), ("2023", "24239")):
        run("add-reception", "--receiver", "staff", "--turns", turns, "--from", f"1/1/{year}", "--to", f"31/12/{year}")
    answer = run("report", "2023", "--format", "json").out
    assert '"change_percent": 0.0' in answer
    assert "-0.0" not in answer


def test_percent_is_rounded_half_up_to_two_decimals(run: Run) -> None:
    for year, turns in (("2022", "800"), ("2023", "801"), ("2024", "0")):
        run(
            *("add-reception", "--receiver", "staff", "--turns", turns),
            *("--from", f"1/1/{year}", "--to", f"31/12/{year}"),
        )
    assert run.figures("2023")["receptions.regular.turns"]["change_percent"] == 0.13  # 0.125
    assert run.figures("2024")["receptions.regular.turns"]["change_percent"] == -100
    row = run.figures("2025")["receptions.regular.turns"]
    assert (row["value"], row["previous"], row["change_percent"]) == (None, 0, None)


def test_on_a_base_of_zero_there_is_no_percent(run: Run) -> None:
    for year, turns in (("2022", "0"), ("2023", "9")):
        run(
            *("add-reception", "--receiver", "staff", "--turns", turns),
            *("--from", f"1/1/{year}", "--to", f"31/12/{year}"),
        )
    row = run.figures()["receptions.regular.turns"]
    assert (row["change"], row["change_percent"]) == (9, None)
    assert "%" not in text(run)


# An independent count, written as plainly as the rules are stated and without any of danvan's own.

Days = tuple[date, date]
Pick = Callable[[Any], bool | None]
Number = Callable[[Any], int | None]


def lies(record: Any, day: date | None, year: int) -> bool:
    if record.to is not None:
        return record.date.year == year and record.to.year == year
    return day is not None and day.year == year


def total(records: Iterable[Any], year: int, number: Number, by: str = "date", part: Pick = lambda _: True) -> Any:
    found: list[int | None] = []
    begun = False
    for record in records:
        if lies(record, getattr(record, by), year):
            # Of a row that counts nothing, whatever it is, nothing is of this part or of that.
            belongs = False if record.to is not None and number(record) == 0 else part(record)
            found.append(None if belongs is None else number(record) if belongs else 0)
        elif record.to is None and lies(record, record.date, year):
            begun = True
    if not found:
        return 0 if begun else None
    known = [figure for figure in found if figure is not None]
    # "At least 0" says no more than that nobody knows.
    return sum(known) or (0 if len(known) == len(found) else None)


def plain(name: str, blank: int | None) -> Number:
    def number(record: Any) -> int | None:
        value: int | None = getattr(record, name)
        return blank if value is None and record.to is None else value

    return number


def large(number: Number, threshold: int) -> Number:
    return lambda record: number(record) if (record.people or 1) >= threshold else 0


def of_parts(record: Any, *parts: int | None) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else sum(known) or None


def cases(record: Any) -> int | None:
    if record.cases is not None:
        return int(record.cases)
    parts = [sort_of_cases(*names)(record) for names in (SORTS, SORTS[::-1])]
    known = of_parts(record, *parts)
    stated = record.to is None or None not in (record.cases_first, record.cases_repeat)
    return known if stated else max(known or 0, group_cases(record) or 0) or None


def at_least(number: Number, part: str) -> Number:
    """What a row does not know is at least what it knows to be in large groups."""

    def whole(record: Any) -> int | None:
        known = number(record)
        return getattr(record, part) or None if known is None and record.to is not None else known

    return whole


SORTS = ("cases_first", "cases_repeat")


def sort_of_cases(name: str, other: str) -> Number:
    """First or repeated cases; of a single reception they are what the other ones leave of all."""

    def number(record: Any) -> int | None:
        own, rest, whole = getattr(record, name), getattr(record, other), record.cases
        if own is None and rest is not None and record.to is None:
            return max(whole - rest, 0) if whole is not None else 0 if rest else None
        return None if own is None else int(own)

    return at_least(number, f"group_{name}")


def group_cases(record: Any) -> int | None:
    if record.to is None:
        return large(cases, 10)(record)
    if record.group_cases is not None:
        return int(record.group_cases)
    return of_parts(record, record.group_cases_first, record.group_cases_repeat)


def groups(record: Any) -> int | None:
    if record.to is None:
        return large(lambda _: 1, 10)(record)
    return plain("groups", None)(record)


def violations(record: Any) -> int | None:
    parts = [part for part in (record.recovery, record.other_handling) if part is not None]
    if record.violations is not None:
        return int(record.violations)
    return sum(parts) if record.to is None or len(parts) == 2 else sum(parts) or None


def has(name: str, code: str) -> Pick:
    def part(record: Any) -> bool | None:
        value = getattr(record, name)
        return None if value is None else value == code

    return part


def counted(records: list[Record], year: int) -> dict[str, int | None]:
    records = [*map(spelled_out, records)]
    models = [r for r in records if isinstance(r, Model) and (r.to is None or r.status == "registered")]
    checks = [r for r in records if isinstance(r, Audit) and r.type == "duty-check"]
    inspections = [r for r in records if isinstance(r, Audit) and r.type == "inspection"]
    receptions = [r for r in records if isinstance(r, Reception)]
    regular = [r for r in receptions if r.receiver == "staff"]
    leaders = [r for r in receptions if r.receiver in ("leader", "delegated")]
    one = plain("count", 1)
    result = {
        "duty_checks.total": total(checks, year, one),
        "inspections.launched": total(inspections, year, one),
        "inspections.concluded": total(inspections, year, plain("concluded_count", 1), "concluded"),
        "models.registered": total(models, year, one),
    }
    for mode in ("unannounced", "directed", "planned"):
        result[f"duty_checks.{mode}"] = total(checks, year, one, part=has("mode", mode))
    for holder in ("collective", "individual"):
        result[f"models.{holder}"] = total(models, year, one, part=has("holder", holder))
    result["inspections.violations"] = total(inspections, year, violations, "concluded")
    for name in ("recovery", "other_handling", "collectives", "individuals", "referred"):
        result[f"inspections.{name}"] = total(inspections, year, plain(name, 0), "concluded")
    for section, own in (("regular.", regular), ("leaders.", leaders), ("", receptions)):
        result[f"receptions.{section}turns"] = total(own, year, at_least(plain("turns", 1), "groups"))
        result[f"receptions.{section}people"] = total(own, year, at_least(plain("people", 1), "group_people"))
    for section, own in (("regular", regular), ("leaders", leaders)):
        for name, other in (SORTS, SORTS[::-1]):
            result[f"receptions.{section}.{name}"] = total(own, year, sort_of_cases(name, other))
        result[f"receptions.{section}.groups"] = total(own, year, groups)
    result["receptions.leaders.group_cases"] = total(leaders, year, group_cases)
    result["receptions.cases"] = total(receptions, year, cases)
    if not any(lies(r, r.date, year) for r in regular) or not any(lies(r, r.date, year) for r in leaders):
        for name in ("turns", "people", "cases"):  # a part is missing, so 0 is no more than "at least 0"
            result[f"receptions.{name}"] = result[f"receptions.{name}"] or None
    return result


DAYS = st.dates(date(2021, 12, 1), date(2024, 1, 31))
NUMBERS = st.integers(0, 40)


def valid(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Records of a kind, with some of the fields a report looks at; the invalid ones are dropped."""
    described: dict[str, st.SearchStrategy[Any]] = {"date": DAYS}
    optional: dict[str, st.SearchStrategy[Any]] = {"to": DAYS}
    for name, field in fields(kind).items():
        if field.sort == "choice":
            options = described if field.required else optional
            options[name] = st.sampled_from(field.choices)
        elif field.is_number or name == "concluded":
            optional[name] = NUMBERS if field.is_number else DAYS
    if kind is Model:
        described["name"] = st.just("Đường hoa")

    def repaired(values: dict[str, Any]) -> Record:
        form = "aggregate" if "to" in values else "single"
        allowed = {
            name: value
            for name, value in values.items()
            if name not in fields(kind) or form in fields(kind)[name].forms
        }
        return kind(**allowed)

    return st.fixed_dictionaries(described, optional=optional).map(repaired)


@settings(max_examples=60)
@given(st.lists(st.one_of(valid(Model), valid(Reception), valid(Audit)), max_size=12))
def test_the_report_agrees_with_an_independent_count(drawn: list[Record]) -> None:
    records = [record for record in drawn if not problems(record)]
    with office() as run:
        run.register().add_many(records)
        document = json.loads(run("report", "2023", "--format", "json").out)
    rows = {row["measure"]: row for section in document["sections"] for row in section["rows"]}
    for year, column in ((2023, "value"), (2022, "previous")):
        expected = counted(records, year)
        assert {measure: rows[measure][column] for measure in expected} == expected


@pytest.mark.parametrize(
    ("name", "key"), [("receptions", "receptions"), ("thanh tra", "inspections"), ("phong trao dan van kheo", "models")]
)
def test_a_section_alone_has_the_figures_that_it_has_among_the_others(run: Run, name: str, key: str) -> None:
    tell_article(run)
    whole = {section["key"]: section for section in run("report", "2023", "--json").document["sections"]}
    (alone,) = run("report", "2023", "--section", name, "--json").document["sections"]
    assert alone == whole[key]


def test_sections_stand_in_their_order_and_other_remarks_stay_away(run: Run) -> None:
    tell_article(run)
    found = run("report", "2023", "--section", "receptions,models", "--json").document["sections"]
    assert [section["key"] for section in found] == ["models", "receptions"]
    note = catalogue("en")["report.threshold"]
    assert holds(run("report", "2023").out, note)
    assert not holds(run("report", "2023", "--section", "models").out, note)
    sentences = run("report", "2023", "--section", "models", "--format", "text").out
    assert "13,660" in sentences
    assert "22,858" not in sentences


def test_breakdowns_of_a_section_alone_are_those_that_it_has(run: Run) -> None:
    tell_article(run)
    shown = run("report", "2023", "--section", "models", "--by", "unit", "--json").document["breakdowns"]
    assert [table["measure"] for table in shown] == ["models.registered"]
    answer = run("report", "2023", "--section", "inspections", "--by", "field", code=2).err
    assert "unit" in answer.splitlines()[0]


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_a_measure_of_a_section_that_is_left_out_is_refused(run: Run, form: str) -> None:
    run("add-reception", "--receiver", "leader", "--turns", 2, *YEAR_2023)
    asked = ("report", "2023", "--by", "unit", "--measure", "receptions.turns", "--format", form)
    run(*asked, "--section", "receptions")
    for more in ((), ("--small-cells", 3)):
        answer = run(*asked, "--section", "inspections", *more, code=2)
        assert holds(answer.err, catalogue("en")["error.measure_left_out"])
        assert "--measure" in answer.err
        assert answer.out == ""


def test_a_word_document_is_of_every_section(run: Run) -> None:
    tell_article(run)
    path = run.home / "a.docx"
    assert holds(
        run("report", "2023", "--section", "models", "-o", path, code=2).err, catalogue("en")["error.section_docx"]
    )
    assert not path.exists()


@pytest.mark.parametrize(
    ("cases", "known"),
    [
        ({"cases-first": 0}, (None, False)),
        ({"cases-repeat": 0}, (None, False)),
        ({"cases-repeat": 1}, (1, False)),
        ({"cases-first": 0, "cases-repeat": 0}, (0, False)),
        ({}, (None, False)),
    ],
)
def test_no_cases_of_one_sort_say_nothing_of_the_other(run: Run, cases: dict[str, int], known: Any) -> None:
    told = [text for name, count in cases.items() for text in (f"--{name}", str(count))]
    run("add-reception", "A", "--mode", "regular", "--date", "2023-01-02", "--people", 12, *told)
    row = run.figures("2023").get("receptions.regular.group_cases", {"value": None, "at_least": False})
    assert (row["value"], row["at_least"]) == known


def test_a_row_of_no_groups_or_no_turns_knows_that_nobody_came_with_them(run: Run) -> None:
    days = ("--from", "2023-01-01", "--to", "2023-03-31")
    run("add-reception", "--mode", "regular", "--turns", 20, "--people", 24, "--cases", 10, "--groups", 0, *days)
    run("add-reception", "--mode", "regular", "--turns", 0, "--unit", "B", *days)
    run("add-reception", "A", "--mode", "regular", "--date", "2023-04-02", "--people", 12, "--cases", 1)
    run("add-reception", "--mode", "periodic", "--turns", 0, *days)
    figures = run.figures()
    assert not any(row["at_least"] for row in figures.values())
    known = {"turns": 21, "people": 36, "groups": 1, "group_people": 12, "group_cases": 1}
    for name, value in known.items():
        assert figures[f"receptions.regular.{name}"]["value"] == value, name
        assert figures[f"receptions.leaders.{name}"]["value"] == 0, name
    assert figures["receptions.cases"]["value"] == 11


def test_a_row_of_no_cases_knows_that_none_was_first_or_repeated(run: Run) -> None:
    days = ("--from", "2023-01-01", "--to", "2023-03-31")
    figures = ("--turns", 20, "--people", 24, "--cases", 0, "--groups", 1, "--group-people", 11, "--group-cases", 0)
    run("add-reception", "--mode", "regular", "--unit", "A", *figures, *days)
    rows = run.figures()
    names = ("cases_first", "cases_repeat", "group_cases")
    assert [(rows[f"receptions.regular.{name}"]["value"]) for name in names] == [0, 0, 0]
    row = run("form", "01/TCD", "2023", "--format", "json").document["rows"][0]["cells"]
    assert [row[str(column)]["value"] for column in (10, 11)] == [0, 0]


def test_a_group_that_tells_only_that_it_had_no_first_cases_makes_a_sum_a_lower_bound(run: Run) -> None:
    for told in (("--cases-first", 2), ("--cases-repeat", 0)):
        run("add-reception", "A", "--mode", "regular", "--date", "2023-01-02", "--people", 12, *told)
    row = run.figures("2023")["receptions.regular.group_cases"]
    assert (row["value"], row["at_least"]) == (2, True)


@pytest.mark.parametrize(
    ("told", "first", "repeated", "cases"),
    [
        (("--cases-repeat", 1), 0, 1, 1),
        (("--cases", 3, "--cases-first", 1), 1, 2, 3),
        (("--cases", 2), None, None, 2),
        (("--cases-first", 0), 0, None, None),
        (("--cases", 0), 0, 0, 0),
    ],
)
def test_first_and_repeated_cases_of_a_single_reception_add_up_to_its_cases(
    run: Run, told: tuple[object, ...], first: int | None, repeated: int | None, cases: int | None
) -> None:
    run("add-reception", "A", "--mode", "regular", "--date", "2023-01-02", *told)
    run("add-reception", "B", "--mode", "periodic", "--date", "2023-01-02", "--cases-first", 0, "--cases-repeat", 0)
    rows = run.figures("2023")
    keys = ("receptions.regular.cases_first", "receptions.regular.cases_repeat", "receptions.cases")
    assert [rows[key]["value"] for key in keys] == [first, repeated, cases if cases is not None else None]
    assert not any(rows[key]["at_least"] for key in keys)


def test_models_that_run_are_not_told_as_part_of_those_registered(run: Run) -> None:
    run("add-model", "--status", "triển khai", "--count", 7, *YEAR_2023)
    run("add-model", "--count", 5, *YEAR_2023)
    assert "Kể cả mô hình đăng ký từ trước, có 7 mô hình được triển khai." in text(run)
    said = run("report", "2023", "--format", "text").out
    assert "Of all models, also those registered earlier, 7 were running." in said


def test_a_row_of_none_leaves_no_part_of_the_others_unknown(run: Run) -> None:
    run("add-audit", "--type", "duty-check", "--mode", "unannounced", "--count", 5, "--unit", "A", *HALF)
    run("add-audit", "--type", "duty-check", "--count", 0, "--unit", "B", *HALF)
    run("add-model", "--count", 7, "--holder", "collective", "--unit", "A", *HALF)
    run("add-model", "--count", 0, "--unit", "B", *HALF)
    assert "at least" not in run("report", 2023, "--format", "text").out
    found = values(run)
    assert [found[key] for key in ("duty_checks.unannounced", "duty_checks.planned", "models.individual")] == [5, 0, 0]
    listed = run("explain", 2023, "duty_checks.unannounced", "--json").document
    assert ([one["id"] for one in listed["records"]], listed["unknown"]) == ([1], [])
