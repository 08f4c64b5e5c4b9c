"""The whole register looked through: every fault is found and named, what can be mended is, and nothing is lost."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from office import HALF, MINIMAL, Run, holds, tell_article
from test_store import records
from tinydb import TinyDB

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.records import KINDS, Model, Reception, Record, problems
from danvan.store.file import layout
from danvan.store.keeping.checking import check
from danvan.store.keeping.findings import DAMAGE, MENDABLE
from danvan.store.keeping.rules import broken_by, is_fine

EN = catalogue("en")
COMPLAINT = ("--mode", "regular", "--category", "complaint")


@pytest.fixture
def kept(run: Run) -> Run:
    """An office with settings, several versions, a row over some years, a closing, identity that may be kept."""
    who = run.home / "who.txt"
    who.write_text("Họ tên: Bà Sentinel\n", "utf-8")
    run("config", "set", "threshold", "5")
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2023-02-10")
    run("add-reception", "Đất", *COMPLAINT, "--identity-file", who, "--date", "2023-03-15")
    run("add-audit", "Đất đai", "--type", "inspection", "--started", "2023-03-01", "--recovery", "81,5 tỷ")
    run("edit", "2", "--status", "approved", "--on", "2023-03-01")
    run("add-model", "--count", "12", "--from", "2020-01-01", "--to", "2023-12-31", "--unit", "Quận Ba Đình")
    run("close", "2023", "--section", "models")
    return run


def found(run: Run, code: int = 3) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = run("check", "--json", code=code).document["findings"]
    return findings


def sorts(run: Run) -> list[str]:
    return [finding["sort"] for finding in found(run, 3)]


def lines_of(run: Run) -> list[str]:
    return run.db.read_text("utf-8").split("\n")


def sealed(run: Run, change: Callable[[list[str]], object]) -> None:
    """Change the lines of the file and close it as if danvan had written that, marks and all left as they are."""
    text = run.db.read_text("utf-8")
    top, rest = text.split('\n"records":{\n')
    body, closing = rest.split("\n},\n")
    lines = body.split("\n")
    change(lines)
    data = f'{top}\n"records":{{\n'.encode() + "\n".join(lines).encode()
    row = json.loads("{" + closing)["state"]["1"]
    at = data.find(b'"1":{"kind":"office"')
    office = at if at >= 0 else 0
    run.db.write_bytes(data + layout.closing(layout.State(row["next_id"], len(data), layout.crc32(data), office)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_register_that_danvan_wrote_is_sound(kept: Run, lang: LanguageCode) -> None:
    before = kept.db.read_bytes()
    answer = kept("check", lang=lang)
    assert holds(answer.out, catalogue(lang)["check.sound"])
    assert kept.db.read_bytes() == before
    document = kept("check", "--json").document
    assert (document["records"], document["versions"], document["findings"]) == (4, 7, [])
    assert holds(kept("check", "--repair", lang=lang).out, catalogue(lang)["check.nothing_to_mend"])
    assert kept.db.read_bytes() == before
    assert not (kept.home / "backups").exists()


def test_the_articles_register_is_sound(run: Run) -> None:
    tell_article(run)
    assert found(run, 0) == []


def test_after_every_sort_of_change_the_register_is_sound(kept: Run) -> None:
    kept("void", "3", "--reason", "nhầm")
    kept("undo", "--yes")
    kept("undo", "--yes")
    kept("show", "3", "--reveal", "--reason", "chuyển hồ sơ")
    kept("config", "unset", "threshold")
    kept("erase", "3", "--reason", "theo đơn", "--yes")
    kept("edit", "3", "--note", "x")
    assert found(kept, 0) == []


def replaced(old: str, new: str, count: int = 1) -> Callable[[list[str]], None]:
    def change(lines: list[str]) -> None:
        whole = "\n".join(lines)
        assert old in whole
        lines[:] = whole.replace(old, new, count).split("\n")

    return change


def moved(lines: list[str]) -> None:
    lines[1], lines[2] = lines[2], lines[1]


def doubled(lines: list[str]) -> None:
    lines.insert(4, lines[1].replace('"2":', '"9":'))


def uncommaed(lines: list[str]) -> None:
    lines[1] = lines[1][:-1] + " "


def unknown_closing(lines: list[str]) -> None:
    replaced('"models.registered":', '"models.registered":1')(lines)


# What may be right as it is.
REMARKS = {"order", "sums", "texts", "overlaps"}


def code_of(sorts: set[str]) -> int:
    return 3 if sorts - REMARKS else 0


class Ill(NamedTuple):
    """How a register came to be ill, the sorts that are found, and those still there after a repair."""

    change: Callable[[list[str]], object]
    sorts: set[str]
    left: set[str]
    id: int | None = None


ILL = {
    "no JSON": Ill(replaced('"name":"Đường hoa"', '"name":"Đường hoa'), {"no_record", "chain_rev"}, {"chain_rev"}),
    "no id": Ill(replaced('"4":{', '"four":{'), {"no_record"}, set()),
    "a comma too few": Ill(uncommaed, {"comma"}, set()),
    "an unknown kind": Ill(replaced('"4":{"kind":"audit"', '"4":{"kind":"medal"'), {"unreadable"}, set(), 4),
    "a value of another type": Ill(replaced('"recovery":81500000000', '"recovery":"lots"'), {"unreadable"}, set(), 4),
    "no such day": Ill(replaced('"date":"2023-03-15"', '"date":"2023-02-30"'), {"unreadable"}, set(), 3),
    "a rule broken": Ill(replaced('"recovery":81500000000', '"recovery":-5'), {"rule"}, {"rule"}, 4),
    "a sum that is none": Ill(
        replaced('"recovery":81500000000', '"violations":900000,"recovery":500000,"other_handling":300000'),
        {"sums"},
        {"sums"},
        4,
    ),
    "a choice that is none": Ill(replaced('"mode":"regular"', '"mode":"sometimes"'), {"rule"}, {"rule"}, 3),
    "a text that turns round": Ill(replaced('"summary":"Đất"', '"summary":"Đ\u202eất"'), {"rule"}, {"rule"}, 3),
    "a text that acts on terminals": Ill(
        replaced('"summary":"Đất"', '"summary":"Đất\\u001b[2J"'), {"rule"}, {"rule"}, 3
    ),
    "a note that nobody sees": Ill(
        replaced('"recovery":81500000000', '"recovery":800000,"movements":[{"on":"2023-05-01","note":"\u3164"}]'),
        {"rule"},
        {"rule"},
        4,
    ),
    "a field unknown": Ill(
        replaced('"summary":"Đất"', '"summary":"Đất","age":7'), {"unknown_field"}, {"unknown_field"}, 3
    ),
    "who denounces": Ill(replaced('"category":"complaint"', '"category":"denunciation"'), {"identity"}, set(), 3),
    "who came, for nobody knows what": Ill(replaced('"category":"complaint",', ""), {"identity"}, set(), 3),
    "a version left out": Ill(replaced('"rev":2', '"rev":3'), {"chain_rev"}, {"chain_rev"}, 2),
    "a version that takes back none": Ill(
        replaced('"rev":2', '"rev":2,"undoes":7'), {"chain_undoes"}, {"chain_undoes"}, 2
    ),
    "another key": Ill(
        lambda lines: lines.__setitem__(4, re.sub(r'"uid":"..', '"uid":"zz', lines[4])), {"chain_uid"}, {"chain_uid"}, 2
    ),
    "another kind": Ill(
        replaced('"2":\t{"kind":"model"', '"2":\t{"kind":"reception","receiver":"staff"'),
        {"chain_kind", "rule", "unknown_field"},
        {"chain_kind", "rule", "unknown_field"},
        2,
    ),
    "no key": Ill(lambda lines: lines.__setitem__(2, re.sub(r'"uid":"\w+",', "", lines[2])), {"no_uid"}, set(), 3),
    "a copied line": Ill(doubled, {"uid_twice", "order", "next_id"}, {"uid_twice", "order"}, 9),
    "lines out of order": Ill(moved, {"order"}, {"order"}, 2),
    "a mark missing": Ill(replaced("\t", ""), {"mark"}, set(), 2),
    "a closing altered": Ill(unknown_closing, {"altered"}, {"altered"}, 6),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ill", ILL.values(), ids=ILL.keys())
def test_what_is_wrong_is_found_told_and_mended_as_far_as_may_be(kept: Run, ill: Ill, lang: LanguageCode) -> None:
    sealed(kept, ill.change)
    before = kept.db.read_bytes()
    findings = found(kept, code_of(ill.sorts))
    assert {finding["sort"] for finding in findings} == ill.sorts
    assert {finding["sort"] for finding in findings if not finding["fault"]} == ill.sorts & REMARKS
    if ill.id:
        assert ill.id in {finding["id"] for finding in findings}
    answer = kept("check", code=code_of(ill.sorts), lang=lang)
    assert holds(answer.out, catalogue(lang)["check.remarks"]) == bool(ill.sorts & REMARKS)
    assert holds(answer.out, catalogue(lang)["check.found"]) == bool(ill.sorts - REMARKS)
    for finding in findings:
        advice = catalogue(lang)[f"advice.{finding['sort']}"]
        assert holds(answer.out, advice)
    assert "Sentinel" not in answer.out
    assert kept.db.read_bytes() == before
    repaired = kept("check", "--repair", "--json", code=code_of(ill.left), lang=lang).document
    assert {finding["sort"] for finding in repaired["findings"]} == ill.left
    if repaired["repaired"]["copy"]:
        assert Path(repaired["repaired"]["copy"]).read_bytes() == before
    else:
        assert kept.db.read_bytes() == before
        assert ill.sorts == ill.left
    assert len(TinyDB(kept.db, access_mode="r").table("records")) >= 4
    if ill.left:
        assert {finding["sort"] for finding in found(kept, code_of(ill.left))} == ill.left


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_character_that_nobody_could_have_typed_is_named_and_not_shown(kept: Run, lang: LanguageCode) -> None:
    sealed(kept, replaced('"summary":"Đất"', '"summary":"Đ\u202eất\\u001b[2J"'))
    answer = kept("check", code=3, lang=lang)
    assert holds(answer.out, catalogue(lang)["problem.control"])
    assert "U+202E" in answer.out
    assert not {"\u202e", "\x1b"} & set(answer.out)


def test_findings_at_a_terminal_are_few_of_each_sort(run: Run) -> None:
    run("add-model", "Đường", "--field", "economy")
    run.register().add_many([Model(date(2023, 1, 1), name="", field="economy", status="registered")] * 30)
    assert holds(run("check", code=3, width=100).plain, EN["check.more"])
    assert not holds(run("check", code=3).out, EN["check.more"])


def test_an_edit_by_another_program_is_told_by_the_checksum_and_accepted(kept: Run) -> None:
    kept.db.write_text(kept.db.read_text("utf-8").replace("Đường hoa", "Đường hoA"), "utf-8")
    (finding,) = found(kept)
    assert finding["sort"] == "checksum"
    assert "edited by another program" in finding["message"]
    assert holds(kept("check", "--repair").out, EN["check.mended"])
    assert found(kept, 0) == []
    assert kept("show", "2", "--json").document["records"][0]["name"] == "Đường hoA"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_addition_to_a_register_that_was_changed_keeps_it_as_found_and_a_check_says_so(kept: Run, lang: str) -> None:
    kept.db.write_text(kept.db.read_text("utf-8").replace("Đường hoa", "Đường hoA"), "utf-8")
    changed, say = kept.db.read_bytes(), catalogue(lang)
    kept("void", "999", "--reason", "x", code=1)
    assert kept.db.read_bytes() == changed
    assert not kept("check", "--json", code=3).document["as_found"], "nothing was written"
    said = kept("add-model", "Sau", "--field", "economy", lang=lang).err
    (copy,) = map(Path, kept("check", "--json").document["as_found"])
    assert copy.read_bytes() == changed
    assert holds(said, say["notice.kept"])
    assert str(copy) in said
    assert not holds(kept("add-model", "Sau nữa", "--field", "economy", lang=lang).err, say["notice.kept"])
    answer = kept("check", lang=lang).out
    assert holds(answer, say["check.as_found"])
    assert str(copy) in answer
    copy.unlink()
    assert not holds(kept("check", lang=lang).out, say["check.as_found"])


def test_a_register_that_was_changed_is_erased_from_and_its_copy_is_named(kept: Run) -> None:
    kept("edit", "2", "--note", "riêng tư")
    kept.db.write_text(kept.db.read_text("utf-8").replace("Đường hoa", "Đường hoA"), "utf-8")
    answer = kept("erase", "2", "--fields", "note", "--reason", "x", "--yes", "--json").document
    assert answer["older_copies"] == kept("check", "--json", code=None).document["as_found"] != []


def test_a_register_that_stock_tinydb_wrote_is_put_in_order(kept: Run) -> None:
    with TinyDB(kept.db) as db:
        db.table("notes").insert({"text": "của chương trình khác"})
    assert sorts(kept) == ["edited", "chain_rev"]  # stock TinyDB keeps no older versions
    kept("check", "--repair", code=3)
    assert sorts(kept) == ["chain_rev"]
    assert kept("show", "2").code == 0
    with TinyDB(kept.db, access_mode="r") as db:
        assert db.table("notes").all() == [{"text": "của chương trình khác"}]


def test_a_torn_end_is_found_and_mended(kept: Run) -> None:
    whole = kept.db.read_bytes()
    for cut in (3, 40, 150, 300):
        kept.db.write_bytes(whole[:-cut])
        assert "torn" in sorts(kept)
        assert kept.db.read_bytes() == whole[:-cut]
        kept("check", "--repair")
        assert found(kept, 0) == []


def test_lines_that_are_no_records_are_put_aside_and_none_is_lost(kept: Run) -> None:
    for at, word in ((3, "xx"), (5, "yy")):
        lines = lines_of(kept)
        lines[at] = lines[at][:20] + word + lines[at][21:]
        kept.db.write_text("\n".join(lines), "utf-8")
    broken = {lines[3], lines[5]}
    kept("models", code=5)
    assert {"closing", "no_record"} <= set(sorts(kept))
    repaired = kept("check", "--repair", "--json", code=3).document["repaired"]
    aside = Path(repaired["aside"])
    assert broken <= set(aside.read_text("utf-8").split("\n"))
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    kept("models")
    kept("add-model", "Mới", "--field", "other")
    rest = [line for line in lines_of(kept) if line.startswith('"')]
    assert len(rest) >= 5


def test_a_key_that_is_no_number_is_a_line_that_is_no_record(kept: Run) -> None:
    kept.db.write_text(kept.db.read_text("utf-8").replace('"4":{', '"four":{'), "utf-8")
    kept("models", code=5)
    assert set(sorts(kept)) == {"no_record", "closing"}
    kept("check", "--repair")
    assert found(kept, 0) == []


@pytest.mark.parametrize("value", [b'"\xff"', b"[" * 100_000 + b"]" * 100_000], ids=["no text", "too deep"])
def test_a_line_that_other_programs_cannot_read_is_no_record(kept: Run, value: bytes) -> None:
    kept.db.write_bytes(kept.db.read_bytes().replace('"summary":"Đất"'.encode(), b'"summary":"x","age":' + value))
    assert set(sorts(kept)) == {"closing", "no_record"}
    kept("check", "--repair")
    assert found(kept, 0) == []
    assert value not in kept.db.read_bytes()


def test_identity_is_removed_from_all_versions_and_the_copy_is_named(kept: Run) -> None:
    kept("edit", "3", "--people", "3")
    sealed(kept, replaced('"category":"complaint"', '"category":"denunciation"', 9))
    answer = kept("check", "--repair")
    assert EN["check.copy_names"] in answer.out
    assert b"Sentinel" not in kept.db.read_bytes()
    assert found(kept, 0) == []


def test_what_was_kept_before_it_became_a_denunciation_is_found_too(kept: Run) -> None:
    kept("edit", "3", "--category", "denunciation", "--clear", "identity")
    (finding,) = found(kept)
    assert (finding["sort"], finding["id"]) == ("identity", 3)
    kept("check", "--repair")
    assert b"Sentinel" not in kept.db.read_bytes()


def test_rows_and_details_of_one_unit_and_time_are_told(run: Run) -> None:
    unit = ("--unit", "Quận Ba Đình")
    for _ in range(7):
        run(*MINIMAL["reception"].single, "--date", "2023-02-01", *unit)
    run("add-reception", "--receiver", "staff", "--turns", "40", *HALF, "--unit", "quan ba dinh")
    run("add-reception", "--receiver", "staff", "--turns", "9", "--from", "2023-06-01", "--to", "2023-07-01", *unit)
    run("add-reception", "--receiver", "leader", "--turns", "9", *HALF, *unit)
    run("add-reception", "--receiver", "staff", "--turns", "9", *HALF, "--unit", "Nơi khác")
    findings = found(run, 0)
    assert [(one["sort"], one["id"]) for one in findings] == [("overlaps", 8), ("overlaps", 9)]
    assert "1, 2, 3, 4, 5 +2" in findings[0]["message"]
    assert findings[1]["message"].endswith(": No. 8")
    run("void", "8", "--reason", "nhầm")
    assert found(run, 0) == []


def test_others_may_write_while_the_register_is_checked(kept: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from danvan.store.keeping import checking

    sound = checking.examine

    def examine(*args: Any) -> Any:
        kept("add-model", "Giữa chừng", "--field", "other")
        return sound(*args)

    monkeypatch.setattr(checking, "examine", examine)
    assert check(kept.register().file).findings == []
    assert kept("show", "7").code == 0


def test_a_newer_format_is_refused_and_explained(kept: Run) -> None:
    kept.db.write_text(kept.db.read_text("utf-8").replace('"format":2', '"format":3', 1), "utf-8")
    for argv in (("check",), ("check", "--repair")):
        assert holds(kept(*argv, code=5).err, EN["error.newer_format"])


def test_a_repair_can_be_taken_back_with_the_copy(kept: Run) -> None:
    sealed(kept, replaced('"category":"complaint"', '"category":"denunciation"'))
    before = kept.stored()
    copy = kept("check", "--repair", "--json").document["repaired"]["copy"]
    kept("restore", copy, "--yes")
    assert kept.stored() == before


def test_every_finding_has_its_words_and_its_test() -> None:
    keys = {key.partition(".")[2] for key in EN if key.startswith("finding.")} - {
        # those of rows that are imported
        *("file", "sheet", "row", "column", "value", "expected"),
    }
    advised = {key.partition(".")[2] for key in EN if key.startswith("advice.")}
    assert keys | {"rule", "sums", "texts"} == advised
    assert keys >= MENDABLE
    assert DAMAGE <= MENDABLE
    proved = {sort for ill in ILL.values() for sort in ill.sorts}
    assert advised - proved == {"torn", "edited", "closing", "checksum", "overlaps", "office", "named", "texts"}


def test_the_way_to_the_settings_is_found_again(kept: Run) -> None:
    kept.db.write_bytes(re.sub(rb'"office":\d+', lambda m: b'"office":%0*d' % (len(m[0]) - 9, 9), kept.db.read_bytes()))
    data = kept.db.read_bytes()
    kept.db.write_bytes(data.replace(b'"office":09', b'"office":9 ').replace(b'"office":9 ', b'"office":91'))
    assert "office" in sorts(kept)
    kept("check", "--repair")
    assert kept("config", "get", "threshold").out.strip() == "5"


@given(records())
def test_the_fast_look_at_a_record_says_what_the_rules_say(record: Record) -> None:
    assert broken_by(record) == problems(record)


ODD = {
    "model": {"name": "x", "field": "economy", "status": "registered", "count": 3, "holder": "nobody", "level": ""},
    "reception": {"mode": "regular", "receiver": "staff", "turns": -1, "groups": 9, "people": 0, "summary": "x"},
    "audit": {"type": "inspection", "count": 4, "recovery": -1, "title": "x", "mode": "often"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("to", [None, "2022-12-31", "2023-12-31"])
def test_the_fast_look_agrees_on_every_mixture_of_odd_values(kind: str, to: str | None) -> None:
    values = ODD[kind]
    for mask in range(2 ** len(values)):
        chosen = {name: value for at, (name, value) in enumerate(values.items()) if mask >> at & 1}
        record = msgspec.convert({"kind": kind, "date": "2023-01-01", "to": to, **chosen}, KINDS[kind])
        assert broken_by(record) == problems(record)
        assert not is_fine(record) or all(problem in problems(record) for problem in record.faults())


def test_a_reception_that_names_is_left_alone(kept: Run) -> None:
    assert isinstance(kept.register().get(3).record, Reception)
    assert b"Sentinel" in kept.db.read_bytes()
    assert found(kept, 0) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_record_to_people_is_counted_apart(run: Run, lang: str) -> None:
    says: Any = catalogue(lang)  # type: ignore[arg-type]
    for name in ("Đường hoa", "Camera", "Rừng"):
        run("add-model", name, "--field", "other", "--date", "2022-02-10")
    run("void", "2", "--reason", "x")
    run("config", "set", "unit", "Phường A")
    run("close", "2022", "--section", "models")
    answer = run("check", lang=lang)
    found = run("check", "--json").document
    assert (found["records"], found["void"], found["others"], found["versions"]) == (3, 1, 2, 6)
    for out in (answer.out, run("restore", run("backup", "--json").document["backup"]["path"], "--yes", lang=lang).out):
        assert holds(out, says["check.void"].partition("{records}")[2].replace("{count}", "1"))
        assert holds(out, says["check.others"].partition("{records}")[2])
        assert ("3 records (1 of them" if lang == "en" else "3 bản ghi (trong đó 1") in out


def test_a_copy_with_remarks_alone_is_not_called_faulty_when_it_is_restored(run: Run) -> None:
    for unit in ("A", "a"):
        days = ("--from", "1/1/2023", "--to", "31/3/2023", "--unit", unit)
        run("add-reception", "--receiver", "staff", "--turns", "3", *days)
    copy = run("backup", "--json").document["backup"]["path"]
    assert holds(run("check").out, catalogue("en")["check.remarks"])
    assert not holds(run("restore", copy, "--yes").err, catalogue("en")["notice.restore_findings"])


def test_what_a_record_said_at_one_time_is_called_by_one_word() -> None:
    assert not [key for key, said in catalogue("vi").items() if "lần sửa" in said]
