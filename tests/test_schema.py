"""`schema`: what goes out to other programs is what the schemas say, as an independent reader understands them."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from office import HALF, Run, holds, tell_article
from referencing import Registry, Resource

from danvan.exchange.outgoing.schema import SCHEMAS
from danvan.messages import LANGUAGES, catalogue
from danvan.privacy import MASK
from danvan.records import KINDS, Audit, Extension, Model, Movement, Pause, Reception, Step, described
from danvan.sample import records

DAY = date(2023, 2, 3)
STEPS = (Step("running", DAY),)
WHO = {"citizen": "Bà An", "address": "Tổ 1", "phone": "0"}
PAUSED: dict[str, Any] = {
    "pauses": (Pause(DAY), Pause(DAY, DAY, "nghỉ")),
    "extensions": (Extension(DAY, 5, "xa"),),
}


def closed(schema: Any) -> Any:
    """The schema with no room for properties that it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    is_object = found.get("type") == "object" and "properties" in found and "additionalProperties" not in found
    return found | ({"unevaluatedProperties": False} if is_object else {})


def checker(run: Run, what: str, part: str = "") -> Draft202012Validator:
    """What checks documents against a schema, or a part of it, to which nothing may be added."""
    schema = run("schema", what).document
    Draft202012Validator.check_schema(schema)
    known = Registry().with_resource(schema["$id"], Resource.from_contents(closed(schema)))  # type: ignore[var-annotated]
    wanted = {"$ref": schema["$id"] + (f"#/$defs/{part}" if part else "")}
    return Draft202012Validator(wanted, registry=known, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(check: Draft202012Validator, document: Any) -> list[str]:
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in check.iter_errors(document)]


@pytest.fixture
def full(run: Run) -> Run:
    """A register with the demonstration, a sample of single records, and records with everything that they can hold."""
    tell_article(run)
    day = DAY
    run.register().add_many(
        [
            *records(2023, 300, Random(1)),
            Model(day, name="A", field="môi trường", themes=("urban", "biển"), status="running", steps=STEPS),
            Reception(day, mode="periodic", receiver="leader", category="complaint", people=12, **WHO, **PAUSED),
            Audit(day, type="inspection", ended=day, concluded=day, movements=(Movement(day, 5, 6, 7, 8, "x"),)),
        ]
    )  # fmt: skip
    run("edit", "1", "--note", "đã sửa")
    run("void", "2", "--reason", "nhầm")
    run("add-reception", "--receiver", "leader", "--turns", "40", *HALF)
    return run


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_that_is_exported_is_as_its_schema_says(full: Run, kind: str) -> None:
    check = checker(full, f"{kind}s")
    lines = full("export", "all", "--format", "jsonl").out.splitlines()
    of_kind = [one for one in map(json.loads, lines) if one["kind"] == kind]
    assert len(of_kind) >= 4
    for record in of_kind:
        assert faults(check, record) == []
    whole = checker(full, f"{kind}s", "export")
    for what in (f"{kind}s", "all"):
        assert faults(whole, full("export", what, "--format", "json").document) == []
    history = checker(full, f"{kind}s", "history")
    for number in [record["id"] for record in full("export", f"{kind}s", "--format", "json").document["records"]][-2:]:
        assert faults(history, full("history", number, "--json").document) == []
    listing = checker(full, f"{kind}s", "listing")
    assert faults(listing, full(f"{kind}s", "--json", "--limit", "50").document) == []


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("--compare", "none"),
        ("--by", "unit", "--by", "field"),
        ("--by", "receiver", "--small-cells", "3"),
        ("--by", "month", "--top", "2"),
        ("--period", "2023-04"),
        ("--calendar", "inspectorate"),
    ],
)
def test_every_report_is_as_its_schema_says(full: Run, argv: tuple[str, ...]) -> None:
    check = checker(full, "report")
    assert faults(check, full("report", "2023", *argv, "--format", "json").document) == []


def test_the_report_of_several_years_and_of_a_closed_one_too(full: Run) -> None:
    check = checker(full, "report")
    assert faults(check, full("report", "2021..2023", "--format", "json").document) == []
    full("close", "2023")
    full("add-model", "B", "--field", "economy", "--date", "2023-05-05")
    document = full("report", "2023", "--format", "json").document
    assert any(section["corrections"] for section in document["sections"])
    assert faults(check, document) == []


def test_what_other_offices_hold_is_described_as_well(full: Run) -> None:
    both = ("--db", full.db, "--db", full.home / "other.json")
    full("add-model", "B", "--field", "economy", "--date", "2023-05-05", "--db", full.home / "other.json")
    assert faults(checker(full, "models", "export"), full("export", "models", "--format", "json", *both).document) == []
    assert faults(checker(full, "report"), full("report", "2023", "--json", "--by", "register", *both).document) == []


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2023-02-30"},
        {"date": None},
        {"kind": "audit"},
        {"receiver": "nobody"},
        {"people": -1},
        {"people": "many"},
        {"mode": None},
        {"surprise": 1},
        {"pauses": [{"last": "2023-01-01"}]},
        {"to": "2023-01-01", "receiver": None},
    ],
)
def test_what_is_no_record_is_refused(run: Run, change: dict[str, Any]) -> None:
    check = checker(run, "receptions")
    sound = {"id": 1, "kind": "reception", "date": "2023-01-01", "mode": "regular", "receiver": "staff", "people": 3}
    assert faults(check, sound) == []
    changed = {key: value for key, value in (sound | change).items() if value is not None}
    assert faults(check, changed) != []


@pytest.mark.parametrize("kind", KINDS)
def test_fields_and_values_are_told_in_both_languages(run: Run, kind: str) -> None:
    properties = run("schema", f"{kind}s").document["properties"]
    for name, field in described(KINDS[kind]).items():
        for code in LANGUAGES:
            assert catalogue(code)[f"{kind}.{name}"].partition("|")[0] in properties[name]["description"]
        assert properties[name].get("x-personal", False) == field.personal
        assert (MASK in properties[name]["description"]) == field.personal
    assert all("description" in one for one in properties.values())


@pytest.mark.parametrize("what", SCHEMAS)
def test_a_schema_says_the_same_in_every_language_and_names_its_version(run: Run, what: str) -> None:
    texts = [run("schema", what, lang=code).out for code in LANGUAGES]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["$id"].endswith(":1")
    path = run.home / "schema.json"
    run("schema", what, "-o", path)
    assert json.loads(path.read_text("utf-8")) == json.loads(texts[0])
    assert not run.db.exists()


def test_there_is_no_schema_of_anything_else(run: Run) -> None:
    answer = run("schema", "office", code=2)
    assert holds(answer.err, catalogue("en")["error.choice"])
