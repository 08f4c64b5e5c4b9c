"""The index changes no answer: whatever was done to a register, it says the same with its index and without."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from office import Run

from danvan.cli.figures import ledger_of, summed_ledger
from danvan.errors import DanvanError
from danvan.periods import CALENDARS, Period
from danvan.records import KINDS, Audit, Closing, Model, Movement, Reception, Record, Step
from danvan.reports import Plan, daily, yearly
from danvan.store import Register, indexing, upkeep
from danvan.store.file import disk, index
from danvan.store.file import opening as file

DAYS = st.dates(date(2020, 11, 1), date(2024, 2, 28))
UNITS = st.sampled_from(["", "Phường A", "phường a", "Xã Hòa", "xã  Hoà", "Xã Hoá", "xa hoa"])
COUNTS = st.none() | st.integers(0, 40)
MONEY = st.none() | st.integers(0, 10**12)
STATUSES = st.sampled_from(["registered", "running", "recognised", "awarded", "stopped", "ended"])


@st.composite
def records(draw: st.DrawFn, *, is_plain: bool = False) -> Record:
    """Records of all sorts: single ones and rows, with and without a unit, sound and unsound.

    Args:
        is_plain: whether there is nothing to remark on any audit.
    """
    day, unit = draw(DAYS), draw(UNITS)
    to = draw(st.none() | st.integers(0, 400).map(lambda length: day + timedelta(length)))
    common: dict[str, Any] = {"to": to, "unit": unit}
    match draw(st.sampled_from(sorted(KINDS))):
        case "model":
            steps = draw(st.lists(st.builds(Step, STATUSES, DAYS), max_size=3).map(tuple))
            holder = draw(st.sampled_from([None, "collective", "individual"]))
            count = draw(st.integers(0, 9)) if to else None
            return Model(day, **common, steps=steps, name="x", holder=holder, status=draw(STATUSES), count=count)
        case "reception":
            receiver = draw(st.sampled_from(["staff", "leader", "delegated"]))
            numbers = {name: draw(COUNTS) for name in ("people", "cases", "cases_first", "cases_repeat")}
            if to:
                numbers |= {name: draw(COUNTS) for name in ("turns", "groups", "group_people", "group_cases")}
            return Reception(day, **common, receiver=receiver, **numbers)
    if is_plain:
        concluded = day + timedelta(draw(st.integers(0, 200)))
        told = {"type": "inspection", "violations": 10**10, "recovery": 10**10, "concluded": concluded}
        done = draw(st.lists(st.builds(Movement, DAYS, st.integers(0, 10**9)), max_size=2).map(tuple))
        return Audit(day, unit="Xã B", movements=done, **told)
    days = {"concluded": draw(st.none() | DAYS), "ended": draw(st.none() | DAYS)}
    amounts = {name: draw(MONEY) for name in ("violations", "recovery", "other_handling")}
    moves = draw(st.lists(st.builds(Movement, DAYS, st.integers(0, 10**9)), max_size=3).map(tuple))
    kind = draw(st.sampled_from(["inspection", "duty-check"]))
    mode = draw(st.sampled_from([None, "planned", "unannounced", "directed"]))
    return Audit(day, **common, **days, **amounts, movements=moves, type=kind, mode=mode, individuals=draw(COUNTS))


@pytest.fixture(autouse=True)
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks, and an index that is carried on after every few records."""
    monkeypatch.setattr(index, "BLOCK", 600)
    monkeypatch.setattr(index, "SHARD", 2)
    monkeypatch.setattr(upkeep, "SINCE", 900)
    monkeypatch.setattr(disk, "sync", lambda _file: None)
    monkeypatch.setattr(file, "LOOKS", (0.0,))


PERIODS = [Period(date(2022, 1, 1), date(2023, 1, 1)), Period(date(2021, 6, 15), date(2021, 6, 16)), None]
PLANS = [
    Plan(2022, compare=2021),
    Plan(2023, compare=2021, years=(2020, 2022), threshold=5),
    Plan(2023, "q1", compare=2022, threshold=7),
    Plan(2022, "m4", compare=2021, calendars=dict.fromkeys(("receptions", "models"), CALENDARS["inspectorate"])),
]


def answers(path: Path) -> list[Any]:
    """All that the register is asked for."""
    opened = Register(path, now=str, author="An")
    found: list[Any] = []
    for period in PERIODS:
        for kinds in ([], [Reception, Audit], [Closing]):
            found += [list(opened.scan(kinds, period, voided=voided)) for voided in (False, True)]
    everything = sorted({entry.id for entry in opened.scan(voided=True)})
    found += [opened.history(number) for number in everything[:: max(1, len(everything) // 6)]]
    for plan in PLANS:
        found.append([yearly(ledger(opened, plan), plan).sections for ledger in (summed_ledger, ledger_of)])
    return found


class Desk(RuleBasedStateMachine):
    """A register that is worked on, and now and then ill-treated."""

    folder: Path

    @initialize(made=st.booleans().flatmap(lambda plain: st.lists(records(is_plain=plain), min_size=4, max_size=30)))
    def begin(self, made: list[Record]) -> None:
        self.path = Path(os.environ["DANVAN_TEST_FOLDER"]) / f"{os.urandom(8).hex()}.json"
        self.register = Register(self.path, now=lambda: "2023-12-31T00:00:00+07:00", author="An")
        self.register.add_many(made)

    @property
    def index(self) -> Path:
        return index.path_of(self.path)

    def has(self, number: int) -> bool:
        return any(entry.id == number for entry in self.register.scan(voided=True))

    @rule(made=st.lists(records(), min_size=1, max_size=6))
    def add(self, made: list[Record]) -> None:
        self.register.add_many(made)

    @rule(record=records(), number=st.integers(1, 60))
    def edit(self, record: Record, number: int) -> None:
        if self.has(number):
            self.register.revise(number, lambda _old: record)

    @rule(number=st.integers(1, 60))
    def void(self, number: int) -> None:
        with suppress(DanvanError):
            self.register.void_many([number], "x")

    @rule()
    def undo(self) -> None:
        with suppress(DanvanError):
            self.register.take_back(self.register.last_change(), "x")

    @rule(number=st.integers(1, 60))
    def remove_with_tinydb(self, number: int) -> None:
        self.register.table().remove(doc_ids=[number] if self.register.table().contains(doc_id=number) else [])

    @rule(at=st.floats(0, 1))
    def crash(self, at: float) -> None:
        """Cut off a part of the last write."""
        data = self.path.read_bytes()
        self.path.write_bytes(data[: len(data) - int(at * 150)])

    @rule(at=st.floats(0, 1), year=st.sampled_from([b"2021-", b"2022-", b"2023-"]))
    def change_a_year_with_an_editor(self, at: float, year: bytes) -> None:
        """As long as before, so that nothing but the time of the change and the checksum tells."""
        data = self.path.read_bytes()
        found = data.find(b'"date":"20', int(at * len(data)))
        if found >= 0:
            self.path.write_bytes(data[: found + 8] + year + data[found + 13 :])

    @rule(at=st.floats(0, 1))
    def delete_a_line_with_an_editor(self, at: float) -> None:
        lines = self.path.read_bytes().split(b"\n")
        if len(lines) > 7:
            del lines[2 + int(at * (len(lines) - 7))]
            self.path.write_bytes(b"\n".join(lines))

    @rule()
    def restore_an_older_copy(self) -> None:
        data = self.path.read_bytes()
        self.register.add_many([Model(date(2022, 5, 5), unit="Xã B", name="y", status="running")] * 5)
        self.path.write_bytes(data)

    @precondition(lambda self: self.index.exists())
    @rule(at=st.floats(0, 1))
    def damage_the_index(self, at: float) -> None:
        data = bytearray(self.index.read_bytes())
        data[int(at * (len(data) - 1))] ^= 1
        self.index.write_bytes(data)

    @rule()
    def make_the_index(self) -> None:
        self.register.make_index()

    @invariant()
    def the_index_changes_no_answer(self) -> None:
        bare = self.path.with_name("bare.json")
        shutil.copyfile(self.path, bare)
        try:
            wanted = answers(bare)
        except DanvanError as fault:
            with pytest.raises(type(fault)):
                answers(self.path)
            return
        given = answers(self.path)
        assert given == wanted
        assert all(summed == by_record for summed, by_record in given[-len(PLANS) :])


def test_whatever_was_done_to_a_register_it_answers_the_same_with_its_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    monkeypatch.setenv("DANVAN_TEST_FOLDER", str(tmp_path))
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=12,
            stateful_step_count=10,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_large_register_without_an_index_is_told_how_to_get_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [
        Model(date(2023, 2, 10), unit="Xã B", name=f"Hoa {at}", field="other", status="running") for at in range(40)
    ]
    run.register().add_many(made)
    index.path_of(run.db).unlink()
    monkeypatch.setattr(upkeep, "AT_ONCE", 900)
    slow = run("report", "2023")
    assert "danvan check" in slow.err
    assert not index.path_of(run.db).exists(), "a report writes nothing"
    run("check")
    assert index.path_of(run.db).stat().st_mode & 0o777 == 0o600
    quick = run("report", "2023")
    assert (quick.out, quick.err) == (slow.out, "")


def test_a_unit_spelled_otherwise_is_one_with_and_without_an_index(run: Run) -> None:
    known: dict[str, Any] = {"field": "other", "status": "registered"}
    single = [Model(date(2023, 2, 1), unit="Xã Hòa", name=f"Hoa {at}", **known) for at in range(40)]
    row = Model(date(2023, 1, 1), to=date(2023, 12, 31), unit="xã  Hoà", count=9, **known)
    run.register().add_many([*single, row])
    run("check")
    quick = run("report", "2023").out
    assert "counted twice" in quick
    index.path_of(run.db).unlink()
    assert run("report", "2023").out == quick


def test_the_day_on_which_a_model_stops_is_no_day_of_work_with_and_without_an_index(run: Run) -> None:
    lives = {
        "stopped as the year began": (Step("running", date(2022, 9, 1)), Step("stopped", date(2023, 1, 1))),
        "ran for a day": (Step("running", date(2023, 1, 1)), Step("ended", date(2023, 1, 1))),
        "stopped a day later": (Step("running", date(2022, 9, 1)), Step("stopped", date(2023, 1, 2))),
    }
    made = [
        Model(date(2022, 2, 1), unit="Xã A", name=name, field="other", status=steps[-1].status, steps=steps)
        for name, steps in lives.items()
    ]
    run.register().add_many(made * 20)
    run("check")
    for _ in range(2):
        counted = [run.figures(span).get("models.running", {"value": None}) for span in ("2022", "2023", "2023-02")]
        assert [row["value"] for row in counted] == [40, 40, None]
        index.path_of(run.db).unlink(missing_ok=True)
    assert "stopped as" not in run("explain", "2023", "models.running").out


def test_no_share_is_told_of_what_was_done_on_earlier_conclusions_with_and_without_an_index(run: Run) -> None:
    def concluded(day: date, *movements: date) -> Audit:
        moves = tuple(Movement(on, 10**9) for on in movements)
        known: dict[str, Any] = {"type": "inspection", "violations": 4 * 10**9, "recovery": 4 * 10**9}
        return Audit(day, unit="Xã B", title="Đất", concluded=day, movements=moves, **known)

    earlier, own = date(2022, 12, 30), date(2023, 2, 1)
    made = [concluded(own, own, date(2023, 5, 1)), concluded(earlier, date(2023, 8, 1)), concluded(earlier)]
    run.register().add_many([*made, *[concluded(own)] * 30])
    spans = ("2022", "2023", "2023-02", "2023-05", "2023-08", "2023-09")

    def told() -> list[bool]:
        with_index = [run("report", span, "--format", "text").out for span in spans]
        kept = index.path_of(run.db).read_bytes()
        index.path_of(run.db).unlink()
        assert [run("report", span, "--format", "text").out for span in spans] == with_index
        index.path_of(run.db).write_bytes(kept)
        return ["a rate of" in text for text in with_index]

    assert told() == [False, False, True, False, False, False]
    run("void", 2, "--reason", "x")
    assert told() == [False, True, True, False, False, False]
    run("check")
    assert told() == [False, True, True, False, False, False]


def test_an_index_in_which_something_else_was_counted_is_made_anew(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Model(date(2023, 2, 10), name="Hoa", unit="Xã B", field="other", status="registered")
    with monkeypatch.context() as before:
        before.setattr(daily, "FINGERPRINT", "00000000")
        before.setattr(indexing, "FINGERPRINT", "00000000")
        before.setattr(indexing, "is_plain", lambda _record: False)
        run.register().add_many([made] * 40)
    run("check")
    found = run.register().summed(Period(date(2023, 1, 1), date(2024, 1, 1)))
    assert found is not None
    assert found[1] == []
    assert run.figures("2023")["models.registered"]["value"] == 40


def test_a_small_register_needs_no_index(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    run("add-model", "Đường hoa", "--field", "economy")
    run("check")
    assert not index.path_of(run.db).exists()


def test_a_folder_that_takes_no_index_costs_no_record(run: Run) -> None:
    index.path_of(run.db).mkdir()
    for at in range(9):
        run("add-model", f"Đường hoa {at}", "--field", "economy", "--unit", "Xã B")
    assert run.figures("2023")["models.registered"]["value"] == 9


def test_an_index_left_by_a_register_that_is_gone_keeps_no_other_from_its_own(run: Run) -> None:
    made = [
        Model(date(2023, 2, 10), name=f"Hoa {at}", unit="Xã B", field="other", status="running") for at in range(40)
    ]
    run.register().add_many(made)
    old = index.path_of(run.db).read_bytes()
    run.db.unlink()
    run.register().add_many(made[:20])
    assert index.path_of(run.db).read_bytes() != old
    assert run.figures("2023")["models.registered"]["value"] == 20
