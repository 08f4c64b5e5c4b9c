"""The contract of a kind: what holds for every key of `KINDS`, so that a new one knows when it is complete."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import HALF, MINIMAL, Run, office
from tinydb import TinyDB

from danvan.formatting.language import Language
from danvan.formatting.texts import fold
from danvan.messages import LANGUAGES, catalogue
from danvan.records import KINDS, NUMBERS, Field, Record, fields, problems

DAYS = st.dates(date(1945, 1, 1), date(2100, 12, 31))
SORTS: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(st.characters(exclude_categories=["Cs"])),
    "date": DAYS,
    **dict.fromkeys(NUMBERS, st.integers(0, 10**18)),
}

every_kind = pytest.mark.parametrize("name", KINDS)


def values(field: Field) -> st.SearchStrategy[Any]:
    """Anything a field may hold."""
    if field.sort == "choice":
        return st.sampled_from(field.choices)
    if field.sort == "choices":
        return st.lists(st.sampled_from(field.choices), unique=True).map(tuple)
    return SORTS[field.sort]


def records(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Any record of a kind, from the descriptions of its fields."""
    described = {name: values(field) for name, field in fields(kind).items()}
    return st.fixed_dictionaries({"date": DAYS}, optional={"to": DAYS, **described}).map(lambda given: kind(**given))


@every_kind
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_and_every_choice_has_its_words(name: str, lang: str) -> None:
    words = catalogue(lang)  # type: ignore[arg-type]
    for field, described in fields(KINDS[name]).items():
        assert words[f"{name}.{field}"]
        for code in described.choices:
            assert words[f"{name}.{field}.{code}"]
        if described.is_number:
            assert words[f"unit.{described.unit}"]
    for key in (f"kind.{name}", f"kinds.{name}", f"command.add-{name}", f"command.{name}s", f"example.add-{name}"):
        assert words[key]


@every_kind
def test_no_spelling_stands_for_two_values_of_a_field(name: str) -> None:
    for field, described in fields(KINDS[name]).items():
        meaning: dict[str, str] = {}
        for code in described.choices:
            for lang in LANGUAGES:
                for spelling in [code, *catalogue(lang)[f"{name}.{field}.{code}"].split("|")]:
                    assert meaning.setdefault(fold(spelling), code) == code, (field, spelling)


@every_kind
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_shown_of_a_choice_can_be_typed_for_it(name: str, lang: str) -> None:
    language = Language(lang)  # type: ignore[arg-type]
    kind = KINDS[name]
    for field, described in fields(kind).items():
        for code in described.choices:
            assert language.read(kind, field, language.show(kind, field, _held(described, code)), date.today()) in (
                code,
                (code,),
            )


def _held(field: Field, code: str) -> object:
    return (code,) if field.sort == "choices" else code


@every_kind
def test_help_lists_every_field_that_may_be_typed_and_none_that_identifies_a_citizen(run: Run, name: str) -> None:
    page = run(f"add-{name}", "--help").out
    options = set(re.findall(r"--[a-z][a-z-]*", page))
    for field, described in fields(KINDS[name]).items():
        option = f"--{(field.removesuffix('s') if described.sort == 'choices' else field).replace('_', '-')}"
        if described.argument:
            assert field.upper() in page
        else:
            assert (option in options) is not described.personal, option


@every_kind
def test_help_explains_every_choice_in_the_language_of_the_run(run: Run, name: str) -> None:
    page = " ".join(run(f"add-{name}", "--help", lang="vi").out.split())
    for field, described in fields(KINDS[name]).items():
        for code in described.choices:
            assert code in page
            assert Language("vi").choice(KINDS[name], field, code) in page


@every_kind
@settings(max_examples=30)
@given(st.data())
def test_a_record_comes_back_from_the_file_as_it_went_in(name: str, data: st.DataObject) -> None:
    given_records = data.draw(st.lists(records(KINDS[name]), min_size=1, max_size=4))
    with office() as run:
        written = run.register().add_many(given_records)
        read = [run.register().get(entry.id) for entry in written]
        assert read == written
        names = ("date", "to", *fields(KINDS[name]))
        for entry, record in zip(read, given_records, strict=True):
            for field in names:
                assert getattr(entry.record, field) == getattr(record, field)
        assert set(json.loads(run.db.read_text("utf-8"))["records"]) == {str(entry.id) for entry in written}


@every_kind
def test_stock_tinydb_reads_what_was_added(run: Run, name: str) -> None:
    single = run.add(*MINIMAL[name].single)
    aggregate = run.add(*MINIMAL[name].aggregate, *HALF)
    with TinyDB(run.db) as stock:
        table = stock.table("records")
        for added in (single, aggregate):
            document = dict(table.get(doc_id=added["id"]))
            assert {key: document[key] for key in added if key != "id"} == {k: v for k, v in added.items() if k != "id"}
        assert len(table.all()) == 2


@every_kind
def test_a_record_without_what_is_required_names_each_missing_field(run: Run, name: str) -> None:
    required = [field for field, described in fields(KINDS[name]).items() if "single" in described.required]
    if name == "model":  # its status goes without saying
        required.remove("status")
    if name == "reception":  # the receiver follows from the mode
        required.remove("receiver")
    missing = {problem.field for problem in problems(KINDS[name](date(2023, 1, 1)))}
    assert missing >= set(required)
    answer = run(f"add-{name}", code=2)
    for field in required:
        assert Language("en").label(KINDS[name], field) in answer.err
    assert not run.db.exists()


@every_kind
def test_a_kind_can_be_asked_for_in_every_format(run: Run, name: str) -> None:
    run(*MINIMAL[name].single)
    assert run(f"{name}s").out
    assert run(f"{name}s", "--format", "json").document["total"] == 1
    assert run(f"{name}s", "--format", "csv").out.count("\n") == 2
