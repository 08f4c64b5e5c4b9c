"""`add-model`, `add-reception`, `add-audit` through the door."""

from __future__ import annotations

import json
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import HALF, Run, office

from danvan.formatting.language import Language
from danvan.formatting.texts import plain
from danvan.messages import LANGUAGES, catalogue
from danvan.records import KINDS, fields


def option(name: str) -> str:
    return f"--{(name.removesuffix('s') if name == 'themes' else name).replace('_', '-')}"


def spelled(kind: str, name: str, code: str) -> list[str]:
    labels = [label for lang in LANGUAGES for label in catalogue(lang)[f"{kind}.{name}.{code}"].split("|")]
    return [code, *labels]


CHOICES = [
    (kind, name, code)
    for kind, described in KINDS.items()
    for name, field in fields(described).items()
    for code in field.choices
]
WRITTEN = {
    "as it is": str,
    "NFD": lambda text: normalize("NFD", text),
    "without accents": plain,
    "in capitals": str.upper,
}


def around(kind: str, name: str, code: str) -> tuple[str, ...]:
    """The rest of a command line that is valid with that value."""
    if kind == "model":
        return ("add-model", "Đường hoa", *(("--field", "economy") if name != "field" else ()))
    if kind == "audit":
        type_ = "duty-check" if name == "mode" else "inspection"
        return ("add-audit", *(("--type", type_) if name != "type" else ()))
    if name == "mode":
        return ("add-reception", "Đất")
    if name == "receiver":
        return ("add-reception", "Đất", "--mode", "regular" if code == "staff" else "periodic")
    return ("add-reception", "Đất", "--mode", "regular")


def test_a_single_record_of_each_kind_is_added(run: Run) -> None:
    model = run.add("add-model", "Đường hoa", "--field", "kinh tế", "--holder", "tập thể", "--date", "10/2/2023")
    assert model == {
        "id": 1,
        "kind": "model",
        "date": "2023-02-10",
        "name": "Đường hoa",
        "field": "economy",
        "holder": "collective",
        "status": "registered",
    }
    reception = run.add("add-reception", "Bồi thường", "--mode", "định kỳ", "--category", "khiếu nại", "--people", "12")
    assert reception == {
        "id": 2,
        "kind": "reception",
        "date": "2023-12-26",
        "summary": "Bồi thường",
        "mode": "periodic",
        "receiver": "leader",
        "category": "complaint",
        "people": 12,
    }
    audit = run.add("add-audit", "Đất", "--type", "thanh tra", "--started", "1/3/2023", "--concluded", "20/5/2023")
    assert audit == {
        "id": 3,
        "kind": "audit",
        "date": "2023-03-01",
        "title": "Đất",
        "type": "inspection",
        "concluded": "2023-05-20",
    }


def test_an_aggregate_row_of_each_kind_is_added_and_says_only_what_it_knows(run: Run) -> None:
    days = {"date": "2023-01-01", "to": "2023-06-30"}
    assert run.add("add-model", "--count", "612", *HALF) == {
        "id": 1,
        "kind": "model",
        **days,
        "status": "registered",
        "count": 612,
    }
    assert run.add("add-reception", "--receiver", "leader", "--turns", "40", *HALF) == {
        "id": 2,
        "kind": "reception",
        **days,
        "receiver": "leader",
        "turns": 40,
    }
    assert run.add("add-audit", "--type", "inspection", "--count", "9", "--recovery-land", "2,5 ha", *HALF) == {
        "id": 3,
        "kind": "audit",
        **days,
        "type": "inspection",
        "count": 9,
        "recovery_land": 25_000,
    }


def test_every_option_named_for_scripts_is_taken(run: Run) -> None:
    run.add(
        *("add-model", "A", "--field", "other", "--theme", "urban", "--theme", "đồng bào có đạo", "--type", "project"),
        *("--holder", "individual", "--level", "commune", "--status", "running", "--unit", "U", "--note", "N"),
    )
    run.add(
        *("add-reception", "--mode", "unscheduled", "--receiver", "delegated", "--channel", "online"),
        *("--category", "petition", "--subject", "land", "--turns", "9", "--people", "90", "--cases-first", "5"),
        *("--cases-repeat", "4", "--groups", "2", "--group-people", "40", "--group-cases-first", "2"),
        *("--group-cases-repeat", "1", *HALF),
    )
    run.add(
        *("add-audit", "--type", "inspection", "--branch", "specialised", "--mode", "planned", "--units", "3"),
        *("--violations", "3 tỷ", "--recovery", "2 tỷ", "--other-handling", "1 tỷ", "--violations-land", "30"),
        *("--recovery-land", "20", "--other-land", "10", "--collectives", "1", "--individuals", "2"),
        *("--referred", "1", "--referred-cases", "1", "--referred-persons", "1", "--count", "2"),
        *("--concluded-count", "1", *HALF),
    )
    assert run.stored()["1"]["themes"] == ["urban", "religious"]
    assert run.stored()["2"]["group_cases_repeat"] == 1
    assert run.stored()["3"]["other_land"] == 10


@settings(max_examples=80)
@given(st.sampled_from(CHOICES), st.data())
def test_codes_and_labels_in_both_languages_and_any_writing_store_the_same(
    choice: tuple[str, str, str], data: st.DataObject
) -> None:
    _, name, code = choice
    spelling = data.draw(st.sampled_from(spelled(*choice)))
    written = WRITTEN[data.draw(st.sampled_from(sorted(WRITTEN)))](spelling)
    with office() as run:
        record = run.add(*around(*choice), option(name), written)
        assert record == {**run.add(*around(*choice), option(name), code), "id": record["id"]}
    assert record[name] == ([code] if name == "themes" else code)


@pytest.mark.parametrize("writing", WRITTEN)
@pytest.mark.parametrize(("kind", "name", "code"), CHOICES)
def test_every_spelling_of_every_choice_is_read(kind: str, name: str, code: str, writing: str) -> None:
    for spelling in spelled(kind, name, code):
        for lang in LANGUAGES:
            read = Language(lang).read(KINDS[kind], name, WRITTEN[writing](spelling), date(2023, 12, 26))
            assert read in (code, (code,))


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("81500000000", 81_500_000_000),
        ("81,5 tỷ", 81_500_000_000),
        ("81,5 ty dong", 81_500_000_000),
        (normalize("NFD", "81,5 tỷ đồng"), 81_500_000_000),
        ("81.5 billion", 81_500_000_000),
        ("81.500.000.000 đ", 81_500_000_000),
        ("846 triệu", 846_000_000),
        ("754,8 triệu đồng", 754_800_000),
        ("4,902 tỷ", 4_902_000_000),
        ("0", 0),
    ],
)
def test_money_is_understood_as_people_write_it(run: Run, typed: str, understood: int) -> None:
    assert run.add("add-audit", "A", "--type", "inspection", "--recovery", typed).get("recovery") == understood


def test_the_ambiguous_is_refused_with_both_readings(run: Run) -> None:
    answer = run("add-audit", "A", "--type", "inspection", "--recovery", "4.902 tỷ", code=2, lang="vi")
    assert "4.902.000.000.000 đ" in answer.err
    assert "4.902.000.000 đ" in answer.err
    assert "--recovery" in answer.err
    answer = run("add-audit", "A", "--type", "inspection", "--violations-land", "1.080 ha", code=2)
    assert "10,800,000 m²" in answer.err
    assert "10,800 m²" in answer.err
    assert not run.db.exists()


def test_the_answer_is_one_line_with_the_number_and_what_was_understood(run: Run) -> None:
    answer = run(
        *("add-audit", "Đất đai", "--type", "inspection", "--recovery", "81,5 tỷ"),
        *("--date", "1/3/2023", "--concluded", "20/5/2023"),
        lang="vi",
    )
    assert answer.out.count("\n") == 1
    assert "số 1" in answer.out
    assert "Đất đai" in answer.out
    assert "thanh tra" in answer.out
    assert "81.500.000.000 đ" in answer.out
    assert answer.err == ""
    answer = run("add-model", "--count", "13660", *HALF)
    assert "2023-01-01 – 2023-06-30" in answer.out
    assert "13,660" in answer.out


def test_the_answer_as_json_has_a_version_a_number_and_the_record(run: Run) -> None:
    document = run("add-model", "A", "--field", "economy", "--json").document
    assert (document["version"], document["id"], document["kind"]) == (1, 1, "model")
    assert document["record"]["name"] == "A"
    assert len(document["record"]["uid"]) == 32


def test_the_day_is_today_unless_it_is_given(run: Run) -> None:
    assert run.add("add-model", "A", "--field", "other")["date"] == "2023-12-26"
    assert run.add("add-model", "A", "--field", "other", "--today", "5/6/2022")["date"] == "2022-06-05"
    assert run.add("add-model", "A", "--field", "other", "--date", "hôm qua")["date"] == "2023-12-25"
    assert run.add("add-model", "A", "--field", "other", "--date", "26-12-2022")["date"] == "2022-12-26"


def test_one_reception_is_one_turn_and_the_receiver_follows_from_the_mode(run: Run) -> None:
    assert run.add("add-reception", "A", "--receiver", "staff")["mode"] == "regular"
    assert run.add("add-reception", "A", "--mode", "unscheduled")["receiver"] == "leader"
    assert "turns" not in run.add("add-reception", "A", "--mode", "regular", "--turns", "1")
    assert run.figures()["receptions.turns"]["value"] == 3


def test_text_is_kept_in_one_unicode_form(run: Run) -> None:
    run.add("add-model", normalize("NFD", "Đường hoa phụ nữ"), "--field", "other", "--unit", normalize("NFD", "Tổ 5"))
    assert run.stored()["1"]["name"] == normalize("NFC", "Đường hoa phụ nữ")
    assert json.dumps(run.stored()["1"]["unit"], ensure_ascii=False) == '"Tổ 5"'


def test_options_may_stand_before_the_command(run: Run) -> None:
    answer = run("--lang", "vi", "--json", "add-model", "A", "--field", "other")
    assert answer.document["id"] == 1


def test_a_dash_in_front_of_a_name_does_not_make_it_an_option(run: Run) -> None:
    assert run.add("add-model", "--field", "other", "--", "-5 hộ nghèo")["name"] == "-5 hộ nghèo"


@pytest.mark.parametrize(
    ("lang", "given", "today", "start", "kept"),
    [
        ("en", "Date: 2023-02-10", "Date: 2023-12-26 (today)", "Start: 2023-03-01", "identity kept"),
        ("vi", "Ngày: 10/02/2023", "Ngày: 26/12/2023 (hôm nay)", "Ngày bắt đầu: 01/03/2023", "có lưu danh tính"),
    ],
)
def test_the_answer_says_the_day_that_decides_the_year_and_that_identity_is_kept(
    run: Run, lang: str, given: str, today: str, start: str, kept: str
) -> None:
    model = ("add-model", "A", "--field", "economy")
    dated = run(*model, "--date", "10/2/2023", lang=lang).out
    assert f"; {given};" in dated
    assert f"; {today};" in run(*model, lang=lang).out
    assert f"; {start};" in run("add-audit", "B", "--type", "inspection", "--started", "1/3/2023", lang=lang).out
    who = run.home / "who.txt"
    who.write_text("citizen: Nguyễn Văn Mật\n", "utf-8")
    reception = ("add-reception", "--mode", "regular", "--category", "complaint", "--identity-file", who)
    answer = run(*reception, lang=lang).out
    assert answer.rstrip().endswith(f"; {kept}")
    assert "Mật" not in answer
    assert kept not in dated


@pytest.mark.parametrize(
    ("text", "code"),
    [("QP-AN", "defence"), ("anqp", "defence"), ("VH-XH", "culture"), ("VHXH", "culture"), ("HTCT", "politics")],
)
def test_what_offices_write_for_short_is_understood(run: Run, text: str, code: str) -> None:
    assert run.add("add-model", "A", "--field", text, "--date", "2023-02-10")["field"] == code
