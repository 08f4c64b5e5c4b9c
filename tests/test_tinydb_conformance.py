"""A register answers TinyDB's queries as TinyDB does.

Every test runs on TinyDB's own memory storage and on a register file, with the same expectations; they follow
TinyDB's documentation. What differs on purpose has its own tests at the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb import operations as do
from tinydb.queries import QueryLike
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from danvan.store.tiny import RegisterDB, RegisterStorage

APPLE = {"type": "apple", "count": 7, "tags": ["red", "sweet"], "farm": {"name": "Bình Chánh", "year": 1999}}
PEACH = {
    "type": "peach",
    "count": 3,
    "boxes": [{"size": 4}, {"size": 6}],
    "tags": ["sweet"],
    "farm": {"name": "Củ Chi", "year": 2010},
}
LEMON = {"type": "lemon", "count": 0, "tags": [], "ripe": None}
FRUITS: list[dict[str, Any]] = [APPLE, PEACH, LEMON]


@pytest.fixture(params=["memory", "register"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> TinyDB:
    return TinyDB(storage=MemoryStorage) if request.param == "memory" else RegisterDB(tmp_path / "register.json")


@pytest.fixture
def table(db: TinyDB) -> Table:
    table = db.table("records")
    table.insert_multiple(FRUITS)
    return table


def ids(documents: list[Document]) -> list[int]:
    return [document.doc_id for document in documents]


def test_an_insert_returns_the_id(db: TinyDB) -> None:
    table = db.table("records")
    assert table.insert(APPLE) == 1
    assert table.insert(PEACH) == 2
    assert table.all() == [APPLE, PEACH]
    assert len(table) == 2


def test_an_insert_of_many_returns_the_ids(db: TinyDB) -> None:
    table = db.table("records")
    assert table.insert_multiple(dict(fruit) for fruit in FRUITS) == [1, 2, 3]
    assert table.insert_multiple([]) == []
    assert list(table) == FRUITS
    assert ids(table.all()) == [1, 2, 3]


def test_a_document_may_bring_its_id(db: TinyDB) -> None:
    table = db.table("records")
    assert table.insert(Document(APPLE, doc_id=12)) == 12
    assert table.insert(PEACH) == 13
    assert table.insert_multiple([Document(LEMON, doc_id=5), Document(LEMON, doc_id=40)]) == [5, 40]
    for number in (5, 12, 13):
        with pytest.raises(ValueError, match="already exists"):
            table.insert(Document(APPLE, doc_id=number))
    with pytest.raises(ValueError, match="already exists"):
        table.insert_multiple([APPLE, Document(APPLE, doc_id=99), Document(APPLE, doc_id=99)])
    assert ids(table.all()) == [12, 13, 5, 40]


def test_only_mappings_are_documents(db: TinyDB) -> None:
    table = db.table("records")
    for wrong in ([1, 2], {"a"}, 7):
        with pytest.raises(ValueError, match="Mapping"):
            table.insert(wrong)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="Mapping"):
            table.insert_multiple([APPLE, wrong])  # type: ignore[list-item]
    assert len(table) == 0


class Fruit(Mapping[str, Any]):
    def __getitem__(self, key: str) -> Any:
        return APPLE[key]

    def __iter__(self) -> Any:
        return iter(APPLE)

    def __len__(self) -> int:
        return len(APPLE)


def test_any_mapping_is_a_document(db: TinyDB) -> None:
    table = db.table("records")
    table.insert(Fruit())
    assert table.all() == [APPLE]


fruit = Query()
QUERIES: list[tuple[Any, list[int]]] = [
    (where("type") == "apple", [1]),
    (fruit.type != "apple", [2, 3]),
    (fruit.count > 3, [1]),
    (fruit.count >= 3, [1, 2]),
    (fruit.count < 3, [3]),
    (fruit.count <= 3, [2, 3]),
    (fruit["type"] == "lemon", [3]),
    (fruit.farm.name == "Củ Chi", [2]),
    (fruit.farm["year"] < 2000, [1]),
    (fruit.farm.exists(), [1, 2]),
    (fruit.ripe.exists(), [3]),
    (fruit.ripe == None, [3]),  # noqa: E711
    (fruit.type.matches("[a-l]"), [1, 3]),
    (fruit.type.matches("PEACH", flags=re.IGNORECASE), [2]),
    (fruit.type.search("[ch]+$"), [2]),
    (fruit.farm.name.search("nh$"), [1]),
    (fruit.count.test(lambda count: count % 2 == 1), [1, 2]),
    (fruit.count.test(lambda count, low, high: low <= count <= high, 1, 5), [2]),
    (fruit.tags.any(["red", "green"]), [1]),
    (fruit.boxes.any(fruit.size > 4), [2]),
    (fruit.boxes.all(fruit.size > 4), []),
    (fruit.tags.all(["sweet"]), [1, 2]),
    (fruit.tags.all(["sweet", "red"]), [1]),
    (fruit.type.one_of(["peach", "lemon"]), [2, 3]),
    (fruit.fragment({"type": "apple", "count": 7}), [1]),
    (fruit.farm.fragment({"year": 2010}), [2]),
    (fruit.noop(), [1, 2, 3]),
    (fruit.type.map(len) == 5, [1, 2, 3]),
    (~(fruit.type == "apple"), [2, 3]),
    ((fruit.type == "apple") & (fruit.count == 7), [1]),
    ((fruit.type == "apple") | (fruit.count == 0), [1, 3]),
    ((fruit.type == "plum") | ~fruit.farm.exists(), [3]),
    (lambda document: document["count"] > 100, []),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=map(str, range(len(QUERIES))))
def test_a_query_finds_the_same(table: Table, query: QueryLike, expected: list[int]) -> None:
    assert ids(table.search(query)) == expected
    assert ids(table.search(query)) == expected, "also from the cache"
    assert table.count(query) == len(expected)
    assert table.contains(query) == bool(expected)
    found = table.get(query)
    assert (found.doc_id if found else None) == (expected[0] if expected else None)


def test_a_document_is_found_by_its_id(table: Table) -> None:
    assert table.get(doc_id=2) == PEACH
    assert table.get(doc_id=9) is None
    assert table.get(doc_ids=[3, 1, 9]) == [APPLE, LEMON]
    assert table.contains(doc_id=3)
    assert not table.contains(doc_id=4)
    for asked in (table.get, table.contains):
        with pytest.raises(RuntimeError):
            asked()


def test_an_update_sets_fields(table: Table) -> None:
    assert table.update({"count": 1}, where("tags").any(["sweet"])) == [1, 2]
    assert table.update({"sold": True}) == [1, 2, 3]
    assert table.update({"count": 9}, doc_ids=[3]) == [3]
    assert table.update({"count": 9}, where("type") == "plum") == []
    assert [document["count"] for document in table] == [1, 1, 9]
    assert all(document["sold"] for document in table)


@pytest.mark.parametrize(
    ("operation", "count"),
    [
        (do.delete("count"), None),
        (do.increment("count"), 8),
        (do.decrement("count"), 6),
        (do.add("count", 3), 10),
        (do.subtract("count", 3), 4),
        (do.set("count", "many"), "many"),
        (lambda document: document.update(count=document["count"] * 2), 14),
    ],
)
def test_an_update_runs_an_operation(table: Table, operation: Any, count: Any) -> None:
    assert table.update(operation, where("type") == "apple") == [1]
    apple = table.get(doc_id=1)
    assert apple is not None
    assert apple.get("count") == count  # type: ignore[union-attr]
    assert table.get(doc_id=2) == PEACH


def test_many_updates_are_one(table: Table) -> None:
    updates = [({"count": 1}, where("type") == "apple"), (do.increment("count"), where("count") == 3)]
    assert table.update_multiple(updates) == [1, 2]
    assert [document["count"] for document in table] == [1, 4, 0]


@pytest.mark.parametrize("db", ["register"], indirect=True)  # memory keeps what was mutated before
def test_an_update_that_raises_changes_nothing(table: Table) -> None:
    def stumble(document: Any) -> None:
        document["count"] = 100
        if document["type"] == "peach":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        table.update(stumble)
    assert table.all() == FRUITS


def test_an_upsert_updates_or_inserts(table: Table) -> None:
    assert table.upsert({"count": 5}, where("type") == "apple") == [1]
    assert table.upsert({"type": "plum"}, where("type") == "plum") == [4]
    assert table.upsert(Document({"type": "nut"}, doc_id=2)) == [2]
    assert table.upsert(Document({"type": "fig"}, doc_id=9)) == [9]
    with pytest.raises(ValueError, match="doc_id"):
        table.upsert({"type": "plum"})
    assert [(document.doc_id, document["type"]) for document in table] == [
        (1, "apple"),
        (2, "nut"),
        (3, "lemon"),
        (4, "plum"),
        (9, "fig"),
    ]


def test_documents_are_removed(table: Table) -> None:
    assert table.remove(where("count") < 5) == [2, 3]
    assert table.remove(where("count") < 5) == []
    assert table.remove(doc_ids=[1]) == [1]
    assert table.all() == []
    with pytest.raises(RuntimeError):
        table.remove()


def test_a_table_can_be_emptied(table: Table) -> None:
    table.truncate()
    assert len(table) == 0
    assert table.search(where("type") == "apple") == []


def test_a_table_can_be_dropped(db: TinyDB, table: Table) -> None:
    db.table("other").insert({"a": 1})
    assert db.tables() == {"records", "other"}
    db.drop_table("records")
    assert db.tables() == {"other"}
    assert db.table("records").all() == []
    db.drop_table("nothing")
    db.drop_tables()
    assert db.tables() == set()


def test_other_tables_live_beside_the_records(db: TinyDB, table: Table) -> None:
    other = db.table("other")
    assert other.insert({"a": 1}) == 1
    assert other.insert_multiple([{"a": 2}, {"a": 3}]) == [2, 3]
    assert table.insert(APPLE) == 4
    assert other.update({"b": 1}, where("a") > 1) == [2, 3]
    assert other.remove(where("a") == 2) == [2]
    assert other.all() == [{"a": 1}, {"a": 3, "b": 1}]
    assert len(table) == 4


def test_the_cache_forgets_what_is_written(table: Table) -> None:
    query = where("type") == "apple"
    assert table.count(query) == 1
    table.insert(APPLE)
    assert table.count(query) == 2
    table.update({"type": "plum"}, doc_ids=[1])
    assert table.count(query) == 1
    table.remove(query)
    assert table.count(query) == 0


def test_the_default_table_answers_for_the_database(tmp_path: Path) -> None:
    with RegisterDB(tmp_path / "register.json") as db:
        db.insert(APPLE)
        assert len(db) == 1
        assert list(db) == db.table("records").all() == [APPLE]
        assert "records=1" in repr(db)


@pytest.mark.parametrize("value", ['ế\u2028\x00\x7f"\\\n\t', "\ud800", 2**70, -1.5e300, {"a": [{}, None, True]}, ""])
def test_any_json_value_comes_back(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "register.json"
    db = RegisterDB(path)
    for document in ({"v": value}, {"kind": "x", "v": value}, {str(value): 1, "kind": 1}):
        number = db.insert(document)
        assert db.get(doc_id=number) == document
    db.update({"again": value})
    before = db.all()
    db.remove(doc_ids=[2])
    assert db.all() == [before[0], before[2]]
    assert TinyDB(path).table("records").all() == db.all()


def test_what_is_no_json_is_refused_and_nothing_written(tmp_path: Path) -> None:
    db = RegisterDB(tmp_path / "register.json")
    db.insert(APPLE)
    for wrong in (object(), float("nan"), {1, 2}):
        with pytest.raises((TypeError, ValueError)):
            db.insert_multiple([PEACH, {"a": wrong}])
    with pytest.raises(ValueError, match="not negative"):
        db.insert(Document(PEACH, doc_id=-1))
    assert db.all() == [APPLE]


def test_ids_are_not_used_twice(tmp_path: Path) -> None:
    db = RegisterDB(tmp_path / "register.json")
    db.insert_multiple(FRUITS)
    db.remove(doc_ids=[3])
    assert db.insert(LEMON) == 4
    db.truncate()
    assert db.insert(LEMON) == 5
    db.drop_tables()
    assert db.insert(LEMON) == 6


def test_danvans_own_tables_are_hidden_here_and_plain_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    RegisterDB(path).insert(APPLE)
    assert RegisterDB(path).tables() == {"records"}
    assert TinyDB(path).tables() == {"danvan", "records", "state"}


def test_an_update_adds_a_line_and_rewrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    db = RegisterDB(path)
    db.insert_multiple(FRUITS)
    before = path.read_bytes()
    db.update({"count": 1}, where("type") == "apple")
    db.upsert({"count": 2}, where("type") == "apple")
    kept = before[: before.rindex(b"\n},")]
    assert path.read_bytes().startswith(kept + b',\n"1":\t{"type":"apple","count":1,')
    unchanged = path.read_bytes()
    db.update({"count": 2}, where("type") == "apple")
    assert path.read_bytes() == unchanged


def test_another_process_is_seen_at_once(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    mine, others = RegisterDB(path), RegisterDB(path)
    query = where("type") == "apple"
    for turn in range(1, 4):
        assert others.insert(APPLE) == turn
        assert mine.count(query) == turn
    others.remove(doc_ids=[1])
    assert mine.count(query) == 2


def test_a_plain_table_over_the_storage_works(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    with TinyDB(path, storage=RegisterStorage) as db:
        table = db.table("records")
        assert table.insert(APPLE) == 1
        assert table.insert(PEACH) == 2
        table.remove(doc_ids=[1])
        db.table("_default").insert({"a": 1})
    assert RegisterDB(path).all() == [PEACH]
    assert RegisterDB(path).insert(LEMON) == 3


VALUES = st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3)
DOCUMENTS = st.dictionaries(st.sampled_from(["a", "b", "kind", "to", "ế"]), VALUES, max_size=3)
CONDITIONS = st.sampled_from(["a", "b", "ế"]).flatmap(
    lambda name: st.sampled_from([where(name).exists(), ~where(name).exists(), where(name) == 1, where(name) == None])  # noqa: E711
)
STEPS = st.one_of(
    st.tuples(st.just("insert"), DOCUMENTS),
    st.tuples(st.just("insert_multiple"), st.lists(DOCUMENTS, max_size=3)),
    st.tuples(st.just("update"), DOCUMENTS, CONDITIONS),
    st.tuples(st.just("update"), DOCUMENTS),
    st.tuples(st.just("upsert"), DOCUMENTS, CONDITIONS),
    st.tuples(st.just("remove"), CONDITIONS),
    st.tuples(st.just("search"), CONDITIONS),
    st.tuples(st.just("count"), CONDITIONS),
    st.tuples(st.just("get"), CONDITIONS),
)


class Remembering(Table):
    """TinyDB's table with ids that are not used twice, as in a register."""

    highest = 0

    def _get_next_id(self) -> int:
        self._next_id = None
        self.highest = max(self.highest, int(super()._get_next_id()) - 1) + 1
        return self.highest


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, max_size=14))
def test_any_sequence_of_steps_leads_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    path = tmp_path_factory.mktemp("steps") / "register.json"
    memory = Remembering(MemoryStorage(), "records")
    for name, *arguments in steps:
        db = RegisterDB(path)
        expected = getattr(memory, name)(*arguments)
        assert getattr(db.table("records"), name)(*arguments) == expected
        assert json.dumps(db.all(), sort_keys=True) == json.dumps(memory.all(), sort_keys=True)
        assert ids(db.all()) == ids(memory.all())
    if path.exists():
        assert TinyDB(path).table("records").all() == memory.all()
