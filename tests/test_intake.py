"""Records brought in bulk: each once, in few bytes of memory, as the store itself would have written them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Run, office

from danvan.exchange.incoming import doubles, packed
from danvan.exchange.incoming.drafts import UNNAMED, Drafts
from danvan.naming import named, parted
from danvan.records import Model, Record
from danvan.store import Register
from danvan.store.file import addition, layout
from danvan.store.file.addition import Addition

DAY = date(2023, 2, 10)
LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=20)
TRICKS = st.sampled_from([f'"uid":"{UNNAMED}"', UNNAMED, "\\", '","at":"', "\u2028", ""])


def some(names: list[str]) -> Drafts:
    found = Drafts(date(2023, 12, 26), 10)
    for name in names:
        record = Model(DAY, unit=name, uid=UNNAMED, name=name, field="economy", status="registered")
        text = parted(record)
        content = named(*text)
        found.add(record, content, content, text, ("", ""), 1)
    return found


def lines(run: Run) -> list[bytes]:
    return run.db.read_bytes().split(b"\n")[2:-2]


def texts(run: Run) -> list[bytes]:
    return [line.partition(b":")[2].strip(b",\t") for line in lines(run)]


@given(st.lists(LETTERS | TRICKS, min_size=1, max_size=5, unique=True))
def test_lines_are_those_that_the_store_writes_of_the_same_records(names: list[str]) -> None:
    with office() as run:
        run.register().take_in(some(names))
        found = texts(run)
        records = [msgspec.json.decode(text, type=Model) for text in found]
        assert [record.name for record in records] == names
        assert all(record.by == "an" and record.at and len(record.uid) == 32 for record in records)
        assert [msgspec.json.encode(record) for record in records] == found


@given(st.lists(LETTERS, max_size=20), st.integers(1, 200))
def test_an_addition_in_pieces_is_the_same_as_in_one(names: list[str], size: int) -> None:
    state = layout.State(1, 40, 7)
    texts = [
        layout.line(number, json.dumps({"kind": "office", "name": name}).encode()) for number, name in enumerate(names)
    ]
    made = []
    for piece in (size, 1 << 30):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(addition, "PIECE", piece)
            whole = Addition(state, texts, is_first=True)
            made.append((b"".join(whole.pieces()), whole.state, whole.count))
    assert made[0] == made[1]


@given(st.lists(LETTERS, max_size=30, unique=True), st.integers(1, 500))
def test_drafts_are_the_same_whether_compressed_or_not(names: list[str], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "BLOCK", size)
        found = some(names)
    assert [json.loads(text).get("name", "") for text in found.texts()] == names
    assert [json.loads(text)["uid"].encode() for text in found.texts()] == list(found.uids)
    assert list(found.kinds()) == ["model"] * len(names) == ["model"] * len(found)


def test_what_somebody_else_brings_between_the_look_and_the_write_is_not_brought_twice(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, turns = Register._writing, []

    def overtaken(register: Register) -> Any:
        if not turns:
            turns.append(1)
            run.register().take_in(some(["a", "b"]))
        return real(register)

    monkeypatch.setattr(Register, "_writing", overtaken)
    intake = run.register().take_in(some(["b", "c", "a"]))
    assert (list(intake.fates), intake.new, intake.first) == ([1, 0, 1], 1, 3)
    assert [json.loads(text)["name"] for text in texts(run)] == ["a", "b", "c"]


def test_nothing_is_written_where_somebody_else_brought_all_of_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Register._writing

    def overtaken(register: Register) -> Any:
        monkeypatch.setattr(Register, "_writing", real)
        run.register().take_in(some(["a"]))
        before.append(run.db.read_bytes())
        return real(register)

    before: list[bytes] = []
    monkeypatch.setattr(Register, "_writing", overtaken)
    intake = run.register().take_in(some(["a"]))
    assert (intake.new, intake.first) == (0, 0)
    assert run.db.read_bytes() == before[0]


def test_four_people_who_import_one_file_at_once_add_it_once(run: Run) -> None:
    path = run.home / "list.csv"
    path.write_text("name,field,date\n" + "".join(f"N{n % 200},economy,2023-01-01\n" for n in range(300)), "utf-8")
    command = [sys.executable, "-m", "danvan", "import", str(path), "--json"]
    started = [subprocess.Popen(command, env=run.environment, stdout=subprocess.PIPE) for _ in range(4)]
    answers = [json.loads(process.communicate()[0]) for process in started]
    assert sorted(answer["added"].get("model", 0) for answer in answers) == [0, 0, 0, 300]
    assert sum(answer["known"] for answer in answers) == 900
    assert len(run.stored()) == 300


@pytest.mark.unmeasured
def test_a_file_of_many_rows_takes_little_memory(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """50 000 rows were 200 MB while records were kept as objects; what grows by row now are two names."""
    import tracemalloc

    monkeypatch.setattr(packed, "BLOCK", 1 << 16)
    monkeypatch.setattr(doubles, "PIECE", 1000)  # so many texts are compared at once, however many there are
    row = ",economy,2023-01-01,Phường Trúc Bạch,một nội dung khá dài của mô hình để dòng có cỡ như thật\n"
    path = run.home / "list.csv"

    def peak(rows: int) -> int:
        path.write_text("name,field,date,unit,note\n" + "".join(f"N{n}{row}" for n in range(rows)), "utf-8")
        tracemalloc.start()
        run("import", path, "--dry-run")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)  # what is loaded once
    assert peak(6000) - peak(2000) < 4000 * 400


def records(run: Run) -> Iterator[Record]:
    return (entry.record for entry in run.register().scan())


def test_a_name_that_a_text_spells_out_is_not_taken_for_the_records_own(run: Run) -> None:
    path = run.home / "list.csv"
    path.write_text(f'name,field,date\n"""uid"":""{UNNAMED}""",economy,2023-01-01\n', "utf-8")
    run("import", path)
    (record,) = records(run)
    assert isinstance(record, Model)
    assert record.name == f'"uid":"{UNNAMED}"'
    assert len(record.uid) == 32
    assert record.uid != UNNAMED
    run("import", path)
    assert len(list(records(run))) == 1


def test_the_index_follows_what_was_brought_in_pieces(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addition, "PIECE", 4096)
    run.register().take_in(some([f"Mô hình {n} {'x' * 400}" for n in range(1500)]))
    run.register().make_index()
    run.register().take_in(some([f"Mô hình {n}" for n in range(1500, 1600)]))
    assert run("models", "--count").out.strip() == "1600"
    assert run.figures("2023")["models.registered"]["value"] == 1600
