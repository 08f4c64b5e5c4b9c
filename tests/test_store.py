"""The typed register: adding, revising, voiding, scanning."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from danvan.errors import Damaged, Refused
from danvan.periods import Period, year
from danvan.records import KINDS, Audit, Model, Reception, Record, Step
from danvan.store import Entry, Register
from danvan.store.file import image
from danvan.store.file.opening import RegisterFile
from danvan.store.sifting import touches

Opener = Callable[..., Register]
replaced = msgspec.structs.replace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office" / "register.json"


@pytest.fixture
def register(path: Path) -> Register:
    return Register(path, now=lambda: "2023-06-01T08:00:00+07:00", author="An")


def model(day: str = "2023-02-10", **values: Any) -> Model:
    return Model(date.fromisoformat(day), **{"name": "Đường hoa", **values})


def test_a_register_that_does_not_exist_is_empty_and_reading_creates_nothing(register: Register, path: Path) -> None:
    assert list(register.scan()) == []
    assert register.table().all() == []
    with pytest.raises(Refused, match="no_record"):
        register.get(1)
    assert not path.parent.exists()


def test_an_added_record_gets_a_number_a_uid_and_its_author(register: Register) -> None:
    entry = register.add(model())
    assert entry.id == 1
    assert len(entry.record.uid) == 32
    assert (entry.record.rev, entry.record.at, entry.record.by) == (1, "2023-06-01T08:00:00+07:00", "An")
    assert register.get(1) == entry
    assert register.add(model()).record.uid != entry.record.uid


def test_a_uid_that_a_record_brings_along_is_kept(register: Register) -> None:
    assert register.add(model(uid="from-elsewhere")).record.uid == "from-elsewhere"


def test_many_records_are_numbered_in_their_order(register: Register) -> None:
    register.add(model())
    entries = register.add_many([model(name=name) for name in "abc"])
    assert [(entry.id, entry.record.name) for entry in entries] == [(2, "a"), (3, "b"), (4, "c")]  # type: ignore[attr-defined]
    assert list(register.scan())[1:] == entries
    assert register.add_many([]) == []


def test_stock_tinydb_reads_the_present_state(register: Register, path: Path) -> None:
    register.add_many([model(name="Một"), model(name="Hai")])
    register.revise(1, lambda record: replaced(record, name="Ba"))
    documents = TinyDB(path).table("records").all()
    assert [(document.doc_id, document["name"]) for document in documents] == [(1, "Ba"), (2, "Hai")]
    assert register.table().all() == documents


def test_a_register_is_for_its_owner_only(register: Register, path: Path) -> None:
    register.add(model())
    register.table().insert({"kind": "x"})
    register.table().remove(doc_ids=[2])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_a_revision_keeps_the_past_and_the_uid(register: Register) -> None:
    first = register.add(model(name="Cũ"))
    second = register.revise(1, lambda record: replaced(record, name="Mới", uid="other", rev=9))
    assert (second.record.rev, second.record.uid) == (2, first.record.uid)
    assert register.history(1) == [first.record, second.record]
    assert list(register.scan()) == [second]


def test_a_change_that_changes_nothing_writes_nothing(register: Register, path: Path) -> None:
    entry = register.add(model())
    before = path.read_bytes()
    assert register.revise(1, lambda record: record) == entry
    assert path.read_bytes() == before


def test_a_void_record_is_kept_but_not_counted(register: Register) -> None:
    register.add_many([model(), model()])
    (entry,) = register.void_many([2], "nhập trùng")
    assert entry.record.void == "nhập trùng"
    assert [entry.id for entry in register.scan()] == [1]
    assert [entry.id for entry in register.scan(voided=True)] == [1, 2]
    assert register.get(2) == entry
    assert register.add(model()).id == 3


def test_what_does_not_exist_cannot_be_changed(register: Register) -> None:
    register.add(model())
    for number in (0, 2, 11):
        with pytest.raises(Refused) as caught:
            register.void_many([number], "x")
        assert caught.value.facts == {"id": str(number)}


def test_numbers_are_not_used_again_after_the_newest_is_removed(register: Register) -> None:
    register.add_many([model(), model()])
    register.table().remove(doc_ids=[2])
    assert register.add(model()).id == 3
    register.table().truncate()
    assert register.add(model()).id == 4


def test_the_history_of_the_others_survives_a_removal(register: Register) -> None:
    register.add_many([model(), model()])
    register.revise(1, lambda record: replaced(record, name="Mới"))
    register.table().remove(doc_ids=[2])
    assert [record.rev for record in register.history(1)] == [1, 2]
    assert [entry.record.rev for entry in register.scan(period=year(2023))] == [2]


def test_a_change_made_through_tinydb_is_a_version_too(register: Register) -> None:
    register.add(model(day="2023-05-05"))
    register.table().update({"date": "2024-05-05"}, doc_ids=[1])
    assert list(register.scan(period=year(2023))) == []
    assert [entry.id for entry in register.scan(period=year(2024))] == [1]
    assert len(register.history(1)) == 2


def test_a_line_that_is_no_record_of_a_known_kind_is_told_by_number(register: Register) -> None:
    register.add(model())
    register.table().insert({"kind": "dialogue", "date": "2023-01-01"})
    with pytest.raises(Damaged) as caught:
        list(register.scan())
    assert caught.value.key == "bad_record"
    assert caught.value.facts["id"] == 2


def test_the_text_of_a_record_cannot_pass_for_the_layout(register: Register) -> None:
    evil = '\n"9":\t{"kind":"model"},\n},\n"state":{"1":{"next_id":1,"end":1,"crc32":"00000000"}}}'
    register.add(model(name=evil))
    register.revise(1, lambda record: replaced(record, note=evil + '"2020-01-01"\t'))
    register.add(model(day="2022-01-01", name='"2023-'))
    assert [entry.id for entry in register.scan()] == [1, 2]
    assert [entry.id for entry in register.scan(period=year(2023))] == [1]
    assert register.get(1).record.name == evil  # type: ignore[attr-defined]


def test_a_symlink_stays_one(tmp_path: Path) -> None:
    link, real = tmp_path / "link.json", tmp_path / "disk" / "real.json"
    link.symlink_to(real)
    register = Register(link, now=str, author="")
    register.add_many([model(), model()])
    register.table().remove(doc_ids=[1])
    assert link.is_symlink()
    assert [entry.id for entry in register.scan()] == [2]
    assert real.exists()


def test_asking_for_records_does_not_load_tinydb() -> None:
    code = "import sys, danvan.store; sys.exit('tinydb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_register_has_a_name_of_its_own(register: Register, path: Path, tmp_path: Path) -> None:
    other = Register(tmp_path / "other.json", now=str, author="")
    register.add(model())
    other.add(model())
    uids = [json.loads(file.read_bytes())["danvan"]["1"]["uid"] for file in (path, other.path)]
    assert len(set(uids)) == 2


DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
STEPS = st.lists(st.builds(Step, status=st.just("approved"), on=DAYS), max_size=2).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> Record:
    kind = draw(st.sampled_from(list(KINDS.values())))
    day = draw(DAYS)
    values: dict[str, Any] = {"steps": draw(STEPS), "note": draw(st.text(max_size=5))}
    if draw(st.booleans()):
        values["to"] = day + timedelta(draw(st.integers(0, 1500)))
    if kind is Audit:
        values["concluded"] = draw(st.none() | DAYS)
        values["ended"] = draw(st.none() | DAYS)
    if draw(st.integers(0, 3)) == 0:
        values["void"] = "x"
    return kind(day, **values)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    return Period(first, first + timedelta(draw(st.sampled_from((1, 31, 365, 1000, 3000)))))


@settings(max_examples=60, deadline=None)
@given(
    first=st.lists(records(), min_size=1, max_size=12),
    later=st.lists(st.tuples(st.integers(0, 11), records()), max_size=6),
    period=st.none() | periods(),
    kinds=st.sets(st.sampled_from([Model, Reception, Audit])),
    voided=st.booleans(),
    block=st.sampled_from((64, 700, 1 << 18)),
)
def test_a_scan_finds_what_json_says_is_there(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[Record],
    later: list[tuple[int, Record]],
    period: Period | None,
    kinds: set[type[Record]],
    voided: bool,
    block: int,
) -> None:
    path = tmp_path_factory.mktemp("scan") / "register.json"
    register = Register(path, now=lambda: "2023-12-31T00:00:00", author="An")
    register.add_many(first)
    for number, record in later:
        if number < len(first):
            register.revise(number + 1, lambda _, record=record: record)  # type: ignore[misc]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(image, "BLOCK", block)
        found = sorted(register.scan(kinds, period, voided=voided), key=lambda entry: entry.id)
    assert found == naive(path, kinds, period, voided=voided)


def naive(path: Path, kinds: set[type[Record]], period: Period | None, *, voided: bool) -> list[Entry]:
    """The same question asked of the whole file as JSON, decoded one by one."""
    found = []
    for key, document in json.loads(path.read_bytes())["records"].items():
        record = msgspec.convert(document, KINDS[document["kind"]])
        dates = [record.date, *(step.on for step in record.steps), getattr(record, "concluded", None)]
        dates += [record.to, getattr(record, "ended", None)]
        near = period is None or any(day in period for day in dates)
        if period and record.to and Period(record.date, record.to + timedelta(1)).overlaps(period):
            near = True
        assert period is None or near == touches(record, period)
        if near and (not kinds or type(record) in kinds) and (voided or not record.void):
            found.append(Entry(int(key), record))
    return found


def test_a_scan_stays_true_while_others_write(register: Register) -> None:
    register.add_many([model(), model()])
    scan = register.scan()
    next(scan)
    register.add(model())
    register.table().truncate()
    assert len(list(scan)) == 1
    assert list(register.scan()) == []


def test_the_stamp_of_a_file_changes_with_it(register: Register, path: Path) -> None:
    file = RegisterFile(path, lambda *_: None, 1.0)
    stamps = [file.stamp()]
    for name in "ab":
        register.add(model(name=name))
        stamps.append(file.stamp())
    assert len(set(stamps)) == 3
