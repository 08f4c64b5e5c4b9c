"""What records say about people goes for good, out of every version; what they count stays, and so does a trace."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import CITY, MINIMAL, Run, holds, office, tell_article
from test_store import records
from tinydb import TinyDB

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import KINDS, Audit, Extension, Movement, Pause, Reception, Record, fields
from danvan.store.texts import erasable, said, stripped

EN = catalogue("en")
SENTINEL = "Sentinel"
WHY = ("--reason", "theo đơn ngày 26/12", "--yes")
DAY = date(2023, 3, 15)


def erase(run: Run, *argv: object) -> dict[str, Any]:
    document: dict[str, Any] = run("erase", *argv, *WHY, "--json").document
    return document


@pytest.fixture
def told(run: Run) -> Run:
    """An office with a complaint that says the sentinel wherever it can, in several versions."""
    who = run.home / "who.txt"
    who.write_text(f"Họ tên: Bà {SENTINEL}\nđịa chỉ: Ngõ {SENTINEL}\nphone: 0912000111\n", "utf-8")
    given = ("--mode", "regular", "--category", "complaint", "--date", "2023-03-15", "--people", "12")
    run("add-reception", f"Bà {SENTINEL} hỏi đất", *given, "--identity-file", who, "--note", f"gặp {SENTINEL}")
    run("add-model", "Đường hoa", "--field", "economy")
    run("edit", "1", "--reference", f"hồ sơ {SENTINEL}", "--outcome", "accepted")
    run("edit", "1", "--pause", "2023-04-01..2023-04-05", "--reason", f"{SENTINEL} ốm")
    run("edit", "1", "--extend", "5", "--reason", f"chờ {SENTINEL}")
    run("show", "1", "--reveal", "--reason", f"cho {SENTINEL}")
    run("void", "1", "--reason", f"{SENTINEL} rút")
    run("edit", "1", "--clear", "void")
    return run


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_version_is_rid_of_it_and_the_history_says_so(told: Run, lang: LanguageCode) -> None:
    versions = len(told("history", "1", "--json").document["versions"])
    answer = told("erase", "1", *WHY, lang=lang)
    assert holds(answer.out, catalogue(lang)["erase.done"])
    assert holds(answer.out, catalogue(lang)["erase.exports"])
    assert SENTINEL not in answer.out
    data = told.db.read_bytes()
    assert SENTINEL.encode() not in data
    assert b"0912000111" not in data
    history = told("history", "1", "--json").document["versions"]
    assert len(history) == versions + 1
    assert history[-1]["erased"]["reason"] == "theo đơn ngày 26/12"
    assert history[-1]["erased"]["on"] == "2023-12-26"
    assert set(history[-1]["erased"]["fields"]) >= {"citizen", "address", "phone", "summary", "note", "void"}
    for command in ("history", "show"):
        said = told(command, "1", lang=lang).out
        assert "theo đơn ngày 26/12" in said
    assert told("show", "1", "--json").document["records"][0]["people"] == 12
    assert stat.S_IMODE(told.db.stat().st_mode) == 0o600
    assert told("check").code == 0
    assert TinyDB(told.db, access_mode="r").table("records").get(doc_id=1)["erased"]["rev"] == versions + 1
    assert {path.name for path in told.home.iterdir()} == {"register.json", "who.txt"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_saw_it_stays_but_not_what_for_as_the_answer_says(told: Run, lang: LanguageCode) -> None:
    said = catalogue(lang)["erase.reveal_reasons"]
    assert said in told("erase", "1", "--fields", "citizen", *WHY, lang=lang).out
    assert said not in told("erase", "1", *WHY, lang=lang).out
    (reveal,) = told("history", "1", "--json").document["reveals"]
    assert (reveal["command"], reveal["reason"]) == ("show", "—")
    assert reveal["by"]


def test_a_reveal_of_other_records_stays_as_it_is(told: Run) -> None:
    told("erase", "2", *WHY)
    assert SENTINEL in told("history", "1", "--json").document["reveals"][0]["reason"]


def test_only_the_fields_that_are_named(told: Run) -> None:
    for word, gone in (("phone", ["phone"]), ("Họ tên công dân,note", ["citizen", "note"]), ("identity", ["address"])):
        assert erase(told, 1, "--fields", word)["erased"][0]["fields"] == gone
    record = told.stored()["1"]
    assert "phone" not in record
    assert SENTINEL in record["summary"]
    answer = told("erase", "1", "--fields", "people", *WHY, code=2)
    assert holds(answer.err, EN["error.erase_field"])
    assert "identity, citizen" in answer.err
    assert SENTINEL not in answer.err


def test_a_text_that_is_needed_leaves_a_dash(told: Run) -> None:
    erase(told, 2)
    assert told.stored()["2"]["name"] == "—"
    assert "—" in told("models").out
    assert told("check").code == 0
    told("edit", "2", "--note", "vẫn sửa được")


def test_what_says_nothing_is_left_alone(told: Run) -> None:
    erase(told, 1, 2)
    before = told.db.read_bytes()
    for argv in ((1,), (1, 2), (1, "--fields", "phone")):
        assert erase(told, *argv)["erased"] == []
    assert holds(told("erase", "1", *WHY).out, EN["erase.nothing"])
    assert told.db.read_bytes() == before


def test_what_is_entered_afterwards_can_be_erased_again(told: Run) -> None:
    erase(told, 1)
    told("edit", "1", "--note", f"lại {SENTINEL}")
    assert told.stored()["1"]["erased"]["fields"], "a later version carries the mark on"
    assert erase(told, 1)["erased"][0]["fields"] == ["note"]
    assert SENTINEL.encode() not in told.db.read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_taken_back_and_says_the_same_goes_along(run: Run, lang: LanguageCode) -> None:
    path = run.home / "list.csv"
    path.write_text(
        "date,mode,category,summary,citizen\n"
        f"2023-03-15,regular,complaint,Đất,{SENTINEL}\n2023-03-15,regular,complaint,Đất,Bình\n",
        "utf-8",
    )
    run("import", path)
    run("undo", "--yes")
    run("import", path, "--unit", "Phường X")
    run("edit", 3, "--people", 2)
    sound = run.db.read_bytes()
    run.db.write_bytes(re.sub(rb'(?m)^("1":.*"date":"2023-03-1)5', rb"\1x", sound))
    assert holds(run("erase", 3, *WHY, code=5, lang=lang).err, catalogue(lang)["error.bad_record"])
    run.db.write_bytes(sound)
    answer = run("erase", 3, "--fields", "identity", *WHY, lang=lang)
    assert catalogue(lang)["erase.back"].format(ids="1") in answer.out
    assert SENTINEL not in run.db.read_text("utf-8")
    assert [one.get("citizen") for one in run.stored().values()] == [None, "Bình", None, "Bình"]
    assert erase(run, 4, "--fields", "identity")["erased"][1] == {
        "id": 2,
        "fields": ["citizen"],
        "versions": 2,
        "former_reasons": False,
        "reveal_reasons": False,
        "taken_back": True,
    }


@pytest.mark.parametrize(
    ("category", "units", "goes_along"),
    [
        ("denunciation", ("Phường Y", "Phường X"), True),
        ("complaint", ("", "Phường X"), True),
        ("complaint", ("Phường X", ""), True),
        ("complaint", ("Phường Y", "Phường X"), False),
    ],
)
def test_what_was_taken_back_and_names_nobody_goes_along_where_its_unit_may_be_the_same(
    run: Run, category: str, units: tuple[str, str], goes_along: bool
) -> None:
    (run.home / "l.csv").write_text(f"date,mode,category,summary\n2023-03-15,regular,{category},{SENTINEL}\n", "utf-8")
    for at, unit in enumerate(units):
        run("import", run.home / "l.csv", *(["--unit", unit] if unit else []))
        if not at:
            run("undo", "--yes")
    erase(run, 2)
    assert (SENTINEL not in run.db.read_text("utf-8")) is goes_along


def test_what_another_office_has_of_nobody_does_not_go_along(run: Run) -> None:
    (run.home / "l.csv").write_text("date,mode,category,summary\n2023-03-15,regular,complaint,Đất\n", "utf-8")
    other = run.home / "other.json"
    run("import", run.home / "l.csv", "--unit", "Phường Y", "--db", other)
    run("import", run.home / "l.csv", "--unit", "Phường X")
    run("merge", other)
    run("undo", "--yes")
    assert [one["id"] for one in erase(run, 1)["erased"]] == [1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_the_reason_of_an_earlier_erasure_goes_with_all_texts_is_said(told: Run, lang: LanguageCode) -> None:
    reason = "theo quy định"
    for field in ("note", "summary"):
        answer = told("erase", "1", "--fields", field, "--reason", reason, "--yes", lang=lang).out
        assert catalogue(lang)["erase.reasons"] not in answer
        assert reason in told("history", "1").out
    assert catalogue(lang)["erase.reasons"] in told("erase", "1", *WHY, lang=lang).out
    assert reason not in told("history", "1").out
    told("edit", "1", "--note", "lại")
    assert erase(told, "1")["erased"][0]["former_reasons"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_is_left_nothing_is_asked(run: Run, at_terminal: Callable[..., Any], lang: LanguageCode) -> None:
    run("add-model", "Đường hoa", "--field", "economy")
    run("add-model", "Đường cây", "--field", "economy")
    erase(run, 1)
    before = run.db.read_bytes()
    for words in (("erase", 1, "--reason", "theo đơn"), ("erase", 1)):
        assert catalogue(lang)["erase.nothing"] in run(*words, lang=lang).out
        shell = at_terminal(*words, DANVAN_LANG=lang)
        assert catalogue(lang)["erase.nothing"] in shell.end()
    assert run("erase", 1, "--json").document["erased"] == []
    assert run.db.read_bytes() == before
    shell = at_terminal("erase", 1, 2, "--reason", "theo đơn", DANVAN_LANG="en")
    assert "Đường cây" in shell.until("of 1 record")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_erasure_is_not_undone_and_nothing_before_it_which_is_told(told: Run, lang: LanguageCode) -> None:
    told("add-model", "Đường cây", "--field", "economy")
    told("edit", "1", "--people", "3")
    told("edit", "1", "--people", "4")
    told("undo", "--yes")
    erase(told, 1)
    before = told.stored()["1"]
    for number in ("4", "2"):  # the models, added before
        passed = told("undo", "--yes", lang=lang).err
        assert holds(passed, catalogue(lang)["notice.undo_erased"])
        assert re.search(r" 1, (version|phiên bản) 7\b", passed)
        assert told.stored()[number]["void"]
    assert holds(told("undo", "--yes", code=1).err, EN["error.undo_erased"])
    assert told.stored()["1"] == before
    told("edit", "1", "--note", "mới")
    assert told("undo", "--yes").err == ""
    assert "note" not in told.stored()["1"]
    assert told.stored()["1"]["erased"] == before["erased"]


def test_all_or_none(told: Run) -> None:
    before = told.db.read_bytes()
    for argv in (("1", "9"), ("9",), ("x",), ()):
        told("erase", *argv, *WHY, code=2 if argv in (("x",), ()) else 1)
    assert told("erase", "3", *WHY, code=1).err, "reveals are no records of people"
    assert told.db.read_bytes().startswith(before[:200])
    assert SENTINEL.encode() in told.db.read_bytes()


def test_it_has_to_be_meant_and_explained(told: Run) -> None:
    before = told.db.read_bytes()
    assert holds(told("erase", "1", "--reason", "x", code=2).err, EN["error.erase_yes"])
    for reason in ((), ("--reason", "…")):  # as it stands in advices
        assert holds(told("erase", "1", "--yes", *reason, code=2).err, EN["error.reason_missing"])
    assert holds(told("erase", "1", "--reason", "012345678901", "--yes", code=2).err, EN["error.reason_numbers"])
    assert before


def test_at_a_terminal_it_is_asked_and_enter_says_no(told: Run, at_terminal: Callable[..., Any]) -> None:
    before = told.db.read_bytes()
    for key, code in ((b"\r", 0), (b"\x03", 130)):
        terminal = at_terminal("erase", 1, "--reason", "theo đơn")
        shown = terminal.until("(y/n)")
        assert "cannot be undone" in shown
        terminal.press(key)
        terminal.end(code)
        assert told.db.read_bytes() == before
    terminal = at_terminal("erase", 1)
    terminal.answer("Reason", f"theo đơn của {SENTINEL}")
    terminal.until("! ")
    terminal.answer("Reason", "theo đơn")
    terminal.answer("(y/n)", "y")
    terminal.end()
    assert SENTINEL.encode() not in told.db.read_bytes()


def test_copies_that_hold_it_still_are_named(told: Run) -> None:
    copy = told("backup", "--json").document["backup"]["path"]
    answer = told("erase", "1", *WHY)
    assert holds(answer.out, EN["erase.elsewhere"])
    assert copy in answer.out
    assert erase(told, 2)["older_copies"] == [copy]


def test_a_copy_that_does_not_hold_it_is_not_named(told: Run) -> None:
    copy = Path(told("backup", "--json").document["backup"]["path"])
    told("add-model", "Chợ", "--field", "economy")
    told("edit", 2, "--note", "gọi Bà")
    older = [erase(told, 4)["older_copies"], erase(told, 2, "--fields", "note")["older_copies"]]
    assert older == [[], []]
    told("edit", 2, "--note", "gọi Bà")
    assert holds(told("erase", 2, "--fields", "note", *WHY).out, EN["erase.exports"])
    erase(told, 1, "--fields", "identity")
    assert erase(told, 1, "--fields", "note")["older_copies"] == [str(copy)]
    copy.write_bytes(copy.read_bytes().replace(b"hoa", b"\xff"))
    assert erase(told, 2)["older_copies"] == [str(copy)], "what cannot be read may hold it"


def test_what_was_exported_before_is_not_added_again(told: Run) -> None:
    out = told.home / "all.jsonl"
    told("export", "all", "-o", out, "--reveal", "--reason", "sao")
    erase(told, 1)
    told("import", out)
    assert SENTINEL.encode() not in told.db.read_bytes()


def texts(kind: type[Record]) -> Record:
    """A record that says the sentinel in every text there is."""
    values: dict[str, Any] = {name: SENTINEL for name, field in fields(kind).items() if field.sort == "text"}
    if kind is Reception:
        values |= {"pauses": (Pause(DAY, reason=SENTINEL),), "extensions": (Extension(DAY, 3, SENTINEL),)}
    if kind is Audit:
        values |= {"movements": (Movement(DAY, 5, note=SENTINEL),)}
    return kind(DAY, **values, void=SENTINEL)


@pytest.mark.parametrize("kind", KINDS.values())
def test_no_text_of_a_kind_is_forgotten_but_the_unit(kind: type[Record]) -> None:
    bare = stripped(texts(kind), erasable(kind))
    assert msgspec.json.encode(bare).count(SENTINEL.encode()) == 1
    assert bare.unit == SENTINEL
    assert said(bare, erasable(kind)) == []
    assert stripped(bare, erasable(kind)) == bare


REPORTS: tuple[tuple[str, ...], ...] = (
    ("report", "2023", "--format", "json"),
    ("report", "2020..2025", "--format", "json"),
    ("report", "2023", "--by", "unit", "--format", "json"),
    ("report", "2023", "--by", "category", "--by", "month", "--format", "json"),
    ("report", "2023", "--format", "text"),
    ("form", "01/TCD", "2023", "--format", "json"),
    ("form", "01/TTr", "2023", "--format", "json"),
    *((f"{kind}s", "--count") for kind in KINDS),
    *((f"{kind}s", "--year", "2023", "--count") for kind in KINDS),
)


def figures(run: Run) -> list[str]:
    return [run(*argv).out for argv in REPORTS]


@settings(max_examples=8)
@given(
    made=st.lists(records(), min_size=1, max_size=10),
    chosen=st.sets(st.integers(1, 10)),
    named=st.sampled_from(((), ("note",), ("void",))),
)
def test_no_figure_of_any_report_changes(made: list[Record], chosen: set[int], named: tuple[str, ...]) -> None:
    with office() as run:
        run.register().add_many([msgspec.structs.replace(record, note=SENTINEL) for record in made])
        before = figures(run)
        numbers = [number for number in chosen if number <= len(made)] or [1]
        erase(run, *numbers, *(word for name in named for word in ("--fields", name)))
        assert figures(run) == before
        assert run("check", "--json", code=run_code(run)).document["versions"] >= len(made)


def run_code(run: Run) -> int:
    """What `check` ends with: records made by chance may break rules."""
    from danvan.store.keeping.checking import check

    return 3 if check(run.register().file).findings else 0


def test_no_figure_of_the_article_changes(run: Run) -> None:
    tell_article(run)
    before = figures(run)
    erase(run, *range(1, 8), "--fields", "note")
    run("edit", "1", "--note", SENTINEL)
    erase(run, "1-6", 7)
    assert figures(run) == before
    assert CITY in json.dumps(run.stored(), ensure_ascii=False)


def test_an_erasure_that_fails_leaves_everything_as_it_was(told: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from danvan.store.file import disk

    before = told.db.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for call in ("write_at", "sync", "replace", "sync_folder"):
        sound = getattr(disk, call)
        used: list[int] = []

        def once(*args: object, used: list[int] = used, sound: Any = sound) -> object:
            used.append(1)
            return full() if len(used) == 1 else sound(*args)

        with monkeypatch.context() as patch:
            patch.setattr(disk, call, once)
            assert holds(told("erase", "1", *WHY, code=6).err, EN["error.write_failed"])
        assert told.db.read_bytes() == before
        assert {path.name for path in told.home.iterdir()} == {"register.json", "who.txt"}
    assert MINIMAL
    assert Path(told.db).exists()


@pytest.mark.parametrize("choice", [(), ("--theirs",), ("--latest",)])
def test_no_other_register_brings_it_back(told: Run, choice: tuple[str, ...]) -> None:
    copy = told.home / "elsewhere.json"
    copy.write_bytes(told.db.read_bytes())
    erase(told, 1, "--fields", "identity")
    erase(told, 1)
    sound = told.db.read_bytes()
    told.db.write_bytes(sound.replace(b'"people":12', b'"people":"x"', 1))
    assert holds(told("merge", copy, code=5).err, EN["error.bad_record"])
    told.db.write_bytes(sound)
    before = told.stored()
    told("merge", copy, *choice)
    assert told.stored() == before
    told("edit", "1", "--people", "30", "--note", f"{SENTINEL} đến lại", "--db", copy)
    told("merge", copy, *(choice or ("--theirs",)))
    assert SENTINEL.encode() not in told.db.read_bytes()
    assert told("check").code == 0


def test_copies_under_any_name_beside_the_register_are_named(told: Run) -> None:
    told("backup")
    (kept,) = (told.db.parent / "backups").iterdir()
    others = [told.home / "o.json", told.home / "register.json.bak", told.db.parent / "backups" / "old.json"]
    for other in others:
        other.write_bytes(told.db.read_bytes())
    (told.home / "no.json").write_text("{}")
    run_apart = told.home / "other office.json"
    told("add-model", "A", "--field", "economy", "--db", run_apart)
    answer = erase(told, 1)
    assert sorted(answer["older_copies"]) == sorted(map(str, (kept, *others)))


@pytest.mark.parametrize(("lang", "label"), [("vi", "Lý do hủy"), ("en", "Reason for voiding")])
def test_the_reason_of_a_voiding_is_called_so_where_it_goes(run: Run, lang: str, label: str) -> None:
    run("add-model", "Đường hoa", "--field", "other")
    run("void", 1, "--reason", "bà Lê Thị Mơ báo")
    run("edit", 1, "--clear", "void")
    assert label in run("erase", 1, "--fields", label, "--reason", "theo đơn", "--yes", lang=lang).out
    assert "Thị Mơ" not in run.db.read_text("utf-8")
