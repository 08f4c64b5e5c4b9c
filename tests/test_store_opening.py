"""Files that danvan finds in another state than it left them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office import stock
from tinydb import TinyDB

from danvan.errors import Damaged, DanvanError, FileFault
from danvan.records import Model
from danvan.store import Register
from danvan.store.file import copies
from danvan.store.file import layout as layout_of

pytestmark = pytest.mark.usefixtures("impatient")

Notices = list[tuple[str, dict[str, Any]]]


@pytest.fixture
def notices() -> Notices:
    return []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.json"


@pytest.fixture
def register(path: Path, notices: Notices) -> Register:
    return opened(path, notices)


def opened(path: Path, notices: Notices | None = None) -> Register:
    def notice(key: str, **facts: Any) -> None:
        if notices is not None:
            notices.append((key, facts))

    return Register(path, now=lambda: "2023-06-01T08:00:00", author="An", notice=notice)


def model(name: str) -> Model:
    return Model(date(2023, 2, 10), name=name)


def names(register: Register) -> list[str]:
    return [entry.record.name for entry in register.scan()]  # type: ignore[attr-defined]


def test_a_file_cut_at_any_byte_keeps_its_complete_records(register: Register, path: Path, notices: Notices) -> None:
    for name in ("một", "hai", "ba", "bốn"):
        register.add(model(name))
    whole = path.read_bytes()
    ends = [at for at in range(len(whole)) if whole[:at].endswith(b"}") and whole[at:].startswith((b",\n", b"\n},"))]
    ends = [at for at in ends if layout_of.is_record(whole[whole.rfind(b"\n", 0, at) + 1 : at])]
    assert len(ends) == 4
    for cut in range(ends[0], len(whole)):
        path.write_bytes(whole[:cut])
        notices.clear()
        kept = ["một", "hai", "ba", "bốn"][: sum(end <= cut for end in ends)]
        assert names(register) == kept
        assert [key for key, _ in notices] == ["torn"]
        assert path.read_bytes() == whole[:cut], "readers never write"
        assert register.add(model("mới")).id == len(kept) + 1
        assert notices[-1] == ("torn", {"path": str(path), "dropped": cut - ends[len(kept) - 1]})
        assert stock(path) == names(register) == [*kept, "mới"]


def test_a_creation_cut_at_any_byte_is_an_empty_register(tmp_path: Path, notices: Notices) -> None:
    whole, _ = layout_of.whole(layout_of.head(layout_of.new_row(), {}), (), 1)
    for cut in range(len(whole) + 1):
        path = tmp_path / f"{cut}.json"
        path.write_bytes(whole[:cut])
        register = opened(path, notices)
        assert names(register) == []
        assert register.add(model("mới")).id == 1
        assert stock(path) == ["mới"]
    assert notices == []


def test_bytes_lost_as_zeros_are_a_torn_end(register: Register, path: Path) -> None:
    register.add(model("một"))
    register.add(model("hai"))
    whole = path.read_bytes()
    path.write_bytes(whole[:-150] + bytes(150))
    assert names(register) == ["một"]
    register.add(model("ba"))
    assert stock(path) == ["một", "ba"]


def test_removed_numbers_stay_removed_when_an_append_did_not_finish(register: Register, path: Path) -> None:
    register.table().insert_multiple([{"name": "một"}, {"name": "hai"}])
    register.table().remove(doc_ids=[2])
    with path.open("ab") as end:
        end.write(b'half of a "line')
    assert register.table().insert({"name": "ba"}) == 3


def test_a_file_that_stock_tinydb_wrote_is_accepted(register: Register, path: Path, notices: Notices) -> None:
    register.add(model("một"))
    with TinyDB(path) as db:
        db.table("records").insert({"date": "2023-01-01", "kind": "model", "name": "hai"})
        db.table("settings").insert({"office": "Bình Chánh"})
    edited = path.read_bytes()
    assert names(register) == ["một", "hai"]
    assert path.read_bytes() == edited
    assert register.add(model("ba")).id == 3
    (copy,) = copies.as_found(path)
    kept = ("kept", {"path": str(path), "copy": str(copy)})
    assert notices == [("created", {"path": str(path)}), ("edited", {"path": str(path)}), kept]
    assert copy.read_bytes() == edited
    assert names(register) == stock(path) == ["một", "hai", "ba"]
    with TinyDB(path) as db:
        assert db.table("settings").all() == [{"office": "Bình Chánh"}]
    assert len(notices) == 3
    assert register.add(model("bốn")).id == 4


def test_an_edit_by_hand_keeps_older_versions_and_the_next_number(register: Register, path: Path) -> None:
    register.add(model("một"))
    register.add(model("hai"))
    register.void_many([1], "nhầm")
    register.table().remove(doc_ids=[2])
    path.write_text(path.read_text().replace("một", "mười một") + "\n")
    assert [record.name for record in register.history(1)] == ["mười một"] * 2  # type: ignore[attr-defined]
    assert register.add(model("ba")).id == 3
    assert len(register.history(1)) == 2
    assert names(register) == ["ba"]


def test_windows_line_ends_and_a_byte_order_mark_are_an_edit(register: Register, path: Path) -> None:
    register.add(model("một"))
    register.add(model("hai"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert names(register) == ["một", "hai"]
    register.add(model("ba"))
    assert stock(path) == ["một", "hai", "ba"]


def test_a_line_broken_by_hand_is_damage_and_not_a_torn_end(register: Register, path: Path) -> None:
    for name in ("một", "hai", "ba"):
        register.add(model(name))
    whole = path.read_text()
    for broken in (
        whole.replace('"name":"hai"', '"name":"hai'),  # records follow
        whole.replace('"name":"ba"', '"name":"ba'),  # the closing part has moved
    ):
        path.write_text(broken)
        for act in (lambda: names(register), lambda: register.add(model("mới"))):
            with pytest.raises(Damaged) as caught:
                act()
            assert caught.value.key == "broken_line"
        assert path.read_text() == broken
    assert caught.value.facts == {"path": str(path), "line": 5}


CANONICAL = '{"danvan":{"1":{"format":%s}},\n"records":{\n},\n"state":{}}'


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("no JSON", "not_json"),
        ("\n", "not_json"),
        ('{"danvan":{"1":{"format":1,"uid":"zz"', "not_json"),
        ('{"danvan":{"1":{]}},\n"records":{', "not_json"),
        ("[" * 100_000 + "}", "not_json"),
        ("{}", "not_register"),
        ('{"_default":{"1":{"a":1}}}', "not_register"),
        ('[{"a":1}]\n', "not_register"),
        ('{"danvan":{"1":{"format":1}},"records":{"x":{}}}', "not_register"),
        ('{"danvan":{"1":{"format":1}},"records":{"1":[]}}', "not_register"),
        ('{"danvan":{"1":{"format":1}},"records":[]}', "not_register"),
        ('{"danvan":{"1":{"format":"1"}}}', "not_register"),
        ('{"danvan": {"1": {"format": 3}}, "records": 7}', "newer_format"),
        (CANONICAL % 3, "newer_format"),
        (CANONICAL[:-10] % 3, "newer_format"),
    ],
)
def test_what_is_no_register_is_refused_and_not_touched(register: Register, path: Path, text: str, key: str) -> None:
    path.write_text(text)
    for act in (lambda: names(register), lambda: register.add(model("x")), lambda: register.table().all()):
        with pytest.raises(Damaged) as caught:
            act()
        assert caught.value.key == key
        assert caught.value.facts["path"] == str(path)
    assert path.read_text() == text
    assert list(path.parent.iterdir()) == [path]


def test_the_canonical_text_of_an_edited_register_may_lack_tables(register: Register, path: Path) -> None:
    path.write_text('{"danvan":{"1":{"format":1,"colour":"red"}}}')
    assert names(register) == []
    assert register.add(model("một")).id == 1
    assert json.loads(path.read_text())["danvan"]["1"]["colour"] == "red"


def test_a_large_table_of_another_program_is_no_hindrance(register: Register, path: Path) -> None:
    register.add(model("một"))
    with TinyDB(path) as db:
        db.table("notes").insert_multiple({"text": "x" * 50} for _ in range(500))
    register.add(model("hai"))
    register.add(model("ba"))
    assert names(register) == stock(path) == ["một", "hai", "ba"]
    with TinyDB(path) as db:
        assert len(db.table("notes")) == 500


def refused(act: Any) -> DanvanError:
    with pytest.raises(DanvanError) as caught:
        act()
    assert isinstance(caught.value, FileFault)
    return caught.value


def test_a_folder_is_no_register(path: Path) -> None:
    path.mkdir()
    for act in (lambda: names(opened(path)), lambda: opened(path).add(model("x"))):
        assert refused(act).key == "is_directory"


def test_a_file_in_the_place_of_a_folder_is_told(path: Path) -> None:
    path.write_text("a file")
    below = opened(path / "register.json")
    assert refused(lambda: names(below)).key == "unreadable"
    fault = refused(lambda: below.add(model("x")))
    assert fault.key == "read_only"
    assert fault.facts["reason"]


@pytest.mark.usefixtures("permitted")
def test_rights_that_are_missing_are_told(register: Register, path: Path) -> None:
    register.add(model("một"))
    path.chmod(0o400)
    assert names(register) == ["một"]
    assert refused(lambda: register.add(model("x"))).key == "read_only"
    path.chmod(0o000)
    assert refused(lambda: names(register)).key == "unreadable"
