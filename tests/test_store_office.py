"""The office's settings in the register: found without a search, kept by every write, mended with the rest."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tinydb import TinyDB

from danvan.records import Model, Office
from danvan.store import Register
from danvan.store.file import disk
from danvan.store.file import layout as layout_of

pytestmark = pytest.mark.usefixtures("impatient")

replaced = msgspec.structs.replace
TODAY = date(2023, 12, 26)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.json"


@pytest.fixture
def register(path: Path) -> Register:
    return Register(path, now=lambda: "2023-12-26T08:00:00", author="An")


def model(name: str) -> Model:
    return Model(date(2023, 2, 10), name=name)


def settle(register: Register, **values: Any) -> Office:
    return register.settle(lambda office: replaced(office, date=TODAY, **values))


def names(register: Register) -> list[str]:
    return [entry.record.name for entry in register.scan()]  # type: ignore[attr-defined]


def test_an_office_that_settled_nothing_has_the_defaults_and_no_file(register: Register, path: Path) -> None:
    assert register.office() == Office(date.min)
    assert register.office().threshold == 10
    register.add(model("một"))
    assert register.office() == Office(date.min)
    assert b'"office"' not in path.read_bytes()


def test_what_is_settled_is_one_record_with_versions(register: Register) -> None:
    register.add(model("một"))
    first = settle(register, default_unit="Phường Trung Hòa", local={"model.field": ("môi trường",)})
    register.add(model("hai"))
    second = settle(register, threshold=5)
    assert register.office() == second
    assert (second.default_unit, second.threshold, second.rev) == ("Phường Trung Hòa", 5, 2)
    assert register.history(2) == [first, second]
    assert [entry.id for entry in register.scan()] == [1, 3]


def test_settling_what_is_settled_already_writes_nothing(register: Register, path: Path) -> None:
    settle(register, threshold=5)
    before = path.read_bytes()
    assert settle(register, threshold=5).rev == 1
    assert path.read_bytes() == before


def test_settings_that_were_taken_back_are_the_defaults_and_can_be_settled_again(register: Register) -> None:
    uid = settle(register, threshold=5).uid
    register.void_many([1], "hoàn tác")
    assert register.office().threshold == 10
    again = settle(register, default_unit="Xã A")
    assert (again.uid, again.rev, again.void, again.threshold) == (uid, 3, "", 10)
    assert register.office() == again


def test_every_write_keeps_the_way_to_the_settings(register: Register, path: Path) -> None:
    register.add(model("một"))
    settle(register, threshold=5)
    register.add_many([model("hai"), model("ba")])
    register.revise(1, lambda record: replaced(record, note="x"))
    register.table().insert({"kind": "model", "date": "2023-01-01", "name": "bốn"})
    register.table().remove(doc_ids=[3])
    assert register.office().threshold == 5
    state = json.loads(path.read_bytes())["state"]["1"]
    assert path.read_bytes()[state["office"] :].startswith(b'"2":{"kind":"office"')
    register.table().remove(doc_ids=[2])
    assert register.office().threshold == 10


def test_the_settings_are_found_without_reading_the_file(
    register: Register, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(register, local={"model.field": tuple(f"lĩnh vực số {number}" for number in range(900))})
    register.add_many([model("x" * 90) for _ in range(3000)])
    read: list[int] = []
    whole = disk.read_at

    def read_at(handle: Any, offset: int, count: int) -> bytes:
        data = whole(handle, offset, count)
        read.append(len(data))
        return data

    monkeypatch.setattr(disk, "read_at", read_at)
    assert len(register.office().local["model.field"]) == 900
    assert sum(read) < path.stat().st_size / 4


def test_a_file_cut_at_any_byte_keeps_the_settings_that_were_complete(register: Register, path: Path) -> None:
    register.add(model("một"))
    settle(register, threshold=5)
    register.add(model("hai"))
    settle(register, threshold=6)
    whole = path.read_bytes()
    ends = [at for at in range(len(whole)) if whole[:at].endswith(b"}") and whole[at:].startswith((b",\n", b"\n},"))]
    ends = [at for at in ends if layout_of.is_record(whole[whole.rfind(b"\n", 0, at) + 1 : at])]
    assert len(ends) == 4
    for cut in range(ends[0], len(whole)):
        path.write_bytes(whole[:cut])
        threshold = 6 if cut >= ends[3] else 5 if cut >= ends[1] else 10
        assert register.office().threshold == threshold
        register.add(model("mới"))
        assert register.office().threshold == threshold
        assert names(register)[-1] == "mới"


def test_a_crash_after_any_byte_of_a_settling_leaves_the_old_settings_or_the_new(
    register: Register, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.add(model("một"))
    states: list[bytes] = []
    before = disk.write_at

    def write_at(handle: Any, data: bytes, offset: int) -> None:
        for at in range(len(data)):
            before(handle, data[at : at + 1], offset + at)
            states.append(path.read_bytes())

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_at", write_at)
        settle(register, threshold=5)
        settle(register, threshold=6)
    seen = []
    for state in states:
        path.write_bytes(state)
        assert names(register) == ["một"]
        seen.append(register.office().threshold)
    assert list(dict.fromkeys(seen)) == [10, 5, 6]
    assert seen == sorted(seen, key=(10, 5, 6).index), "the new settings never give way to the old"


def test_settings_survive_an_edit_by_stock_tinydb(register: Register, path: Path) -> None:
    register.add(model("một"))
    settle(register, threshold=5)
    with TinyDB(path) as db:
        db.table("records").insert({"date": "2023-01-01", "kind": "model", "name": "hai"})
        db.table("records").update({"threshold": 7}, doc_ids=[2])
    assert register.office().threshold == 7
    register.add(model("ba"))
    assert register.office().threshold == 7
    assert settle(register, threshold=8).rev == 2
    assert names(register) == ["một", "hai", "ba"]


def test_a_register_from_before_there_were_settings_is_read_and_extended(register: Register, path: Path) -> None:
    register.add(model("một"))
    assert register.office().rev == 1
    settle(register, layout="state")
    assert register.office().layout == "state"
    assert names(register) == ["một"]
