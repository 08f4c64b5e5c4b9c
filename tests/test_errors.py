"""The catalogue of errors: each is produced once, says what, where and what was expected, and changes nothing."""

from __future__ import annotations

import json
import os
import re
import stat
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import pytest
from office import HALF, Run, holds

from danvan.messages import LANGUAGES, LanguageCode, catalogue
from danvan.store.file import disk, lock

UNCHANGED = {"vi": "Chưa có gì thay đổi.", "en": "Nothing was changed."}
MODEL = ("add-model", "A", "--field", "other")
REGULAR = ("add-reception", "--mode", "regular")
ROWS = ("add-reception", "--receiver", "leader", *HALF)
INSPECTION = ("add-audit", "A", "--type", "inspection")


class Case(NamedTuple):
    """A command line that fails: its exit code, and what its message must name."""

    argv: tuple[str, ...]
    code: int
    names: tuple[str, ...] = ()


# By the key of the message.
CASES: dict[str, Case] = {
    "error.choice": Case(("add-model", "A", "--field", "vũ trụ"), 2, ("--field", "vũ trụ", "economy", "defence")),
    "error.nearest": Case(("add-model", "A", "--field", "kinh tê s"), 2, ("economy",)),
    "error.count": Case((*ROWS, "--turns", "many"), 2, ("--turns", "many", "22858")),
    "error.money": Case((*INSPECTION, "--recovery", "nhiều"), 2, ("--recovery", "nhiều", "81500000000")),
    "error.ambiguous_money": Case((*INSPECTION, "--recovery", "4.902 tỷ"), 2, ("--recovery", "4,902,000,000,000 đ")),
    "error.area": Case((*INSPECTION, "--recovery-land", "rộng"), 2, ("--recovery-land", "rộng", "1080")),
    "error.ambiguous_area": Case((*INSPECTION, "--recovery-land", "1.080 ha"), 2, ("--recovery-land", "10,800 m²")),
    "error.negative": Case((*ROWS, "--turns", "-5"), 2, ("--turns", "-5", "0 or more")),
    "error.day": Case((*MODEL, "--date", "ngày mai"), 2, ("--date", "ngày mai", "26/12/2023")),
    "error.no_such_day": Case((*MODEL, "--date", "30/2/2023"), 2, ("--date", "30/2/2023", "26/12/2023")),
    "error.short_year": Case((*MODEL, "--date", "1/2/23"), 2, ("--date", "1/2/23", "four digits")),
    "error.day_or_part": Case(("models", "--since", "tháng"), 2, ("--since", "tháng", "“Q2 2023”")),
    "error.day_range": Case((*MODEL, "--date", "1/2/1890"), 2, ("--date", "1945–2100")),
    "error.year": Case(("report", "20233"), 2, ("20233", "2023")),
    "error.years": Case(("report", "2023..2019"), 2, ("2023..2019",)),
    "error.one_year": Case(("explain", "2019..2023", "duty_checks.total"), 2, ("YEAR", "2019..2023", "one year")),
    "error.by_twice": Case(("report", "2023", "--by", "unit", "--by", "UNIT"), 2, ("--by",)),
    "error.two_dimensions": Case(("report", "2023", "--by", "unit", "--by", "field", "--by", "level"), 2, ("--by",)),
    "error.nothing_to_close": Case(("close", "1999"), 1),
    "error.whole": Case(("models", "--limit", "0"), 2, ("--limit", "0", "1")),
    "error.control": Case(("add-model", "A\u202eB", "--field", "other"), 2, ("NAME", "U+202E", "position 2")),
    "error.too_long": Case(("add-model", "A" * 10_001, "--field", "other"), 2, ("NAME", "10,001", "10,000")),
    "error.period_both": Case((*MODEL, "--date", "1/1/2023", *HALF), 2, ("--date", "--from", "--to")),
    "error.period_half": Case(("add-model", "--count", "3", "--from", "1/1/2023"), 2, ("--to",)),
    "error.started_both": Case((*INSPECTION, "--date", "1/1/2023", "--started", "1/1/2023"), 2, ("--started",)),
    "error.record": Case(("add-model",), 2, ("Name", "--field")),
    "error.usage.no_such_option": Case(("models", "--yaer", "2023"), 2, ("--yaer", "--year")),
    "error.usage.missing_argument": Case(("edit",), 2, ("ID",)),
    "error.usage.missing_told": Case(("export",), 2, ("WHAT", "models", "receptions")),
    "error.usage.option_value": Case(("models", "--year"), 2, ("--year",)),
    "error.usage.flag_value": Case(("models", "--no-color=red"), 2, ("--no-color",)),
    "error.usage.extra": Case(("due", "surplus"), 2, ("surplus",)),
    "error.usage.extra_search": Case(("models", "surplus"), 2, ("surplus", "--search")),
    "error.usage.extra_words": Case(("add-model", "Camera", "an", "ninh"), 2, ("an ninh",)),
    "error.usage.extra_year": Case(("receptions", "2024"), 2, ("--year 2024",)),
    "error.usage.extra_years": Case(("report", "2024", "2023"), 2, ("2023..2024",)),
    "error.usage.extra_part": Case(("report", "2024", "q2"), 2, ("--period", "q2")),
    "error.usage.extra_one_year": Case(("explain", "2023", "2024", "receptions.turns"), 2, ("“2024”", "one year")),
    "error.period_year": Case(("report", "2023", "--period", "4/2022"), 2, ("--period", "4/2022", "2023")),
    "error.years_span": Case(("report", "2023-2024"), 2, ("2023..2024",)),
    "error.usage.no_such_command": Case(("add-modle",), 2, ("add-modle", "add-model")),
    "problem.missing": Case(("add-model", "--field", "economy"), 2, ()),
    "problem.missing_choice": Case(("add-reception",), 2, ("--mode", "regular", "periodic")),
    "problem.only_single": Case(("add-model", "A", "--count", "3", *HALF), 2, ("Name", "--from")),
    "problem.only_aggregate": Case((*MODEL, "--count", "3"), 2, ("--count", "--from", "--to")),
    "problem.backwards": Case(
        ("add-model", "--count", "3", "--from", "2/1/2023", "--to", "1/1/2023"), 2, ("2023-01-01",)
    ),
    "problem.empty_aggregate": Case(ROWS, 2, ("--turns",)),
    "problem.receiver": Case((*REGULAR, "--receiver", "leader"), 2, ("--receiver",)),
    "problem.nobody": Case((*REGULAR, "--people", "0"), 2, ("--people", "1")),
    "problem.nowhere": Case((*INSPECTION, "--units", "0"), 2, ("--units", "1")),
    "problem.parts": Case((*REGULAR, "--cases", "5", "--cases-first", "1", "--cases-repeat", "1"), 2, ("5", "2")),
    "problem.part_of": Case((*ROWS, "--turns", "3", "--groups", "4"), 2, ("--groups", "3", "4")),
    "problem.before_start": Case(
        (*INSPECTION, "--started", "2/1/2023", "--concluded", "1/1/2023"),
        2,
        ("--concluded", "2023-01-01", "2023-01-02"),
    ),
    "problem.start_missing": Case(
        (*INSPECTION, "--ended", "1/5/2020", "--concluded", "1/6/2020"), 2, ("--started", "2020-05-01")
    ),
    "problem.branch": Case(("add-audit", "A", "--type", "duty-check", "--branch", "administrative"), 2, ("--branch",)),
    "problem.directed": Case((*INSPECTION, "--mode", "directed"), 2, ("--mode",)),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", CASES)
def test_each_error_says_what_and_where_and_changes_nothing(run: Run, key: str, lang: str) -> None:
    case = CASES[key]
    run(*MODEL)
    before = run.db.read_bytes()
    answer = run(*case.argv, code=case.code, lang=lang)
    assert holds(answer.err, catalogue(lang)[key])  # type: ignore[arg-type]
    assert UNCHANGED[lang] in answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err
    if lang == "en":
        for name in case.names:
            assert name in answer.err
    assert run.db.read_bytes() == before


@pytest.mark.parametrize("key", CASES)
def test_each_error_is_given_as_json_too(run: Run, key: str) -> None:
    answer = run(*CASES[key].argv[:1], "--json", *CASES[key].argv[1:], code=CASES[key].code)
    document = json.loads(answer.err.splitlines()[-1])  # a notice of the register may stand before it
    assert document["version"] == 1
    assert document["error"]["code"] == CASES[key].code
    assert document["error"]["key"]
    assert document["error"]["messages"]
    assert not run.db.exists()


def test_a_text_that_holds_several_values_whole_is_answered_with_all_of_them(run: Run) -> None:
    said = run("add-reception", "A", "--mode", "regular", "--category", "Khiếu nại, tố cáo", lang="vi", code=2).err
    assert "khiếu nại hay tố cáo?" in said


def test_every_fault_of_a_record_is_told_at_once(run: Run) -> None:
    err = run(
        *("add-audit", "A", "--type", "duty-check", "--branch", "administrative", "--count", "2"),
        *("--started", "2/1/2023", "--concluded", "1/1/2023"),
        code=2,
    ).err
    for option in ("--branch", "--count", "--concluded"):
        assert option in err


# What the file and the disk refuse.


def a_folder(run: Run) -> None:
    run.db.mkdir()


def no_json(run: Run) -> None:
    run.db.write_bytes(b"PK\x03\x04 this is a workbook\n" * 300)


def other_json(run: Run) -> None:
    run.db.write_text('{"_default": {"1": {"name": "x"}}}')


def a_list(run: Run) -> None:
    run.db.write_text("[1, 2, 3]")


def newer(run: Run) -> None:
    run(*MODEL)
    head, records, rest = run.db.read_text("utf-8").partition('\n"records"')
    run.db.write_text(re.sub(r'"format":\d+', '"format":99', head) + records + rest, "utf-8")


def an_unknown_kind(run: Run) -> None:
    run(*MODEL)
    run.db.write_text(run.db.read_text("utf-8").replace('"kind":"model"', '"kind":"medal"'), "utf-8")


class Broken(NamedTuple):
    """A register that cannot be used: how it came to be so, what is said and with which exit code."""

    make: Callable[[Run], None]
    key: str
    code: int
    writing: bool = True


BROKEN = {
    "a folder": Broken(a_folder, "error.is_directory", 6),
    "no JSON": Broken(no_json, "error.not_json", 5),
    "JSON of something else": Broken(other_json, "error.not_register", 5),
    "a JSON list": Broken(a_list, "error.not_register", 5),
    "a newer format": Broken(newer, "error.newer_format", 5),
    "a record of an unknown kind": Broken(an_unknown_kind, "error.bad_record", 5, writing=False),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_register_is_refused_and_left_alone(run: Run, what: str, lang: str) -> None:
    broken = BROKEN[what]
    broken.make(run)
    before = run.db.read_bytes() if run.db.is_file() else b""
    lines = [("models",), ("report", "2023"), ("models", "--format", "csv"), *([MODEL] if broken.writing else [])]
    for argv in lines:
        answer = run(*argv, code=broken.code, lang=lang)
        assert holds(answer.err, catalogue(lang)[broken.key])  # type: ignore[arg-type]
        assert UNCHANGED[lang] in answer.err
        assert answer.out == ""
        assert str(run.db) in answer.err
    assert (run.db.read_bytes() if run.db.is_file() else b"") == before


def test_a_register_that_may_not_be_read_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*MODEL)
    before = run.db.read_bytes()

    really = disk.open_existing

    def refuse(path: Path, *, writable: bool) -> object:
        if writable is writing:
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, writable=writable)

    # Root may read everything, so permissions alone would prove nothing there.
    monkeypatch.setattr(disk, "open_existing", refuse)
    for argv, key, writing in ((("models",), "error.unreadable", False), (MODEL, "error.read_only", True)):  # noqa: B007
        answer = run(*argv, code=6)
        assert holds(answer.err, catalogue("en")[key])
        assert "you have no permission" in answer.err
        assert str(run.db) in answer.err
    assert run.db.read_bytes() == before


@pytest.mark.usefixtures("permitted")
def test_a_file_without_permissions_is_refused(run: Run) -> None:
    run(*MODEL)
    run.db.chmod(0)
    run("models", code=6)
    run.db.chmod(stat.S_IRUSR)
    run(*MODEL, code=6)


def test_a_full_disk_leaves_the_register_as_it_was(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*MODEL)
    before = run.db.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "sync", full)
        answer = run(*MODEL, code=6)
    assert holds(answer.err, catalogue("en")["error.write_failed"])
    assert "the disk is full" in answer.err
    assert run.db.read_bytes() == before
    assert run(*MODEL).code == 0


def test_a_register_that_somebody_holds_is_busy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from danvan.errors import Busy
    from danvan.store import Register

    run(*MODEL)

    def held(*_: object) -> None:
        raise Busy("busy", path=str(run.db), seconds=30)

    monkeypatch.setattr(Register, "add", held)
    answer = run(*MODEL, code=4)
    assert holds(answer.err, catalogue("en")["error.busy"])
    assert str(run.db) in answer.err
    assert lock.__doc__


def test_a_period_that_is_closed_is_not_closed_again(run: Run) -> None:
    run(*MODEL)
    run("close", "2023")
    before = run.db.read_bytes()
    answer = run("close", "2023", code=1)
    assert holds(answer.err, catalogue("en")["error.already_closed"])
    assert run.db.read_bytes() == before


def test_a_command_that_lacks_its_end_comes_before_those_that_have_its_name_in_theirs(run: Run) -> None:
    assert "Did you mean: models, add-model?" in run("model", code=2).err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_that_is_not_spoken_is_refused_in_the_one_that_was_set_before(run: Run, lang: LanguageCode) -> None:
    answer = run("models", "--lang", "fr", code=2, lang=lang)
    assert holds(answer.err, catalogue(lang)["error.usage.language"])
    run("config", "set", "language", lang)
    assert holds(run("models", code=2, lang="fr").err, catalogue(lang)["error.usage.language"])
    assert holds(run("models", "--lang", "fr", code=2, lang="").err, catalogue(lang)["error.usage.language"])


def test_a_vietnamese_refusal_says_the_words_before_the_codes(run: Run) -> None:
    said = run("report", "2023", "--calendar", "x", code=2, lang="vi").err
    assert "năm dương lịch (calendar), ngành thanh tra (inspectorate)" in said
    said = run("models", "--columns", "x", code=2, lang="vi").err
    assert "Thực trạng, lý do (situation); Mục tiêu" in said  # commas divide no names that have some
    assert "Đơn vị (unit)?" in run("models", "--sort", "don vi x", code=2, lang="vi").err
    assert "calendar (calendar year), inspectorate" in run("report", "2023", "--calendar", "x", code=2).err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("argv", [("edit", 99), ("show", 99), ("void", 99, "--reason", "x"), ("history", 99)])
def test_whoever_names_a_record_that_is_not_there_hears_where_numbers_stand(
    run: Run, argv: tuple[object, ...], lang: str
) -> None:
    run(*MODEL)
    err = run(*argv, code=1, lang=lang).err
    assert "99" in err
    assert "danvan receptions" in err


def test_what_typers_parser_finds_besides_is_passed_on() -> None:
    import typer

    from danvan.cli import app
    from danvan.errors import Invalid
    from danvan.formatting.language import Language

    with mock.patch.object(app, "build", side_effect=typer.BadParameter("odd")), pytest.raises(Invalid) as refused:
        app.run(["models"], Language("vi"))
    assert (refused.value.key, refused.value.facts) == ("usage.other", {"message": "Invalid value: odd"})


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("name", "cause"),
    [("nowhere.txt", "ENOENT"), (".", "EISDIR"), ("rows.csv/x", "ENOTDIR"), ("x" * 300, "ENAMETOOLONG")],
)
def test_why_a_file_cannot_be_read_is_said_in_the_language_of_the_run(
    run: Run, name: str, cause: str, lang: str
) -> None:
    (run.home / "rows.csv").write_text("", "utf-8")
    reason = catalogue(lang)[f"reason.{cause}"]  # type: ignore[arg-type]
    path = run.home / name
    commands: list[tuple[object, ...]] = [("import", path)]
    if cause != "EISDIR":  # those say the same in words of their own
        commands += [("restore", path, "--yes") if cause == "ENOENT" else ("models", "--db", path)]
        commands += [("report", "2023", "--template", path, "-o", run.home / "a.docx")]
    for argv in commands:
        answer = run(*argv, lang=lang, code=6)
        assert reason in answer.err, argv
        assert catalogue(lang)["error.unchanged"] in answer.err  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["Tiếp công dân.xlsx", "rows.CSV", "exported.json"])
def test_a_list_given_for_a_register_is_to_be_imported(run: Run, name: str, lang: str) -> None:
    (run.home / name).write_bytes(b'{"records": []}' if name.endswith("json") else b"PK\x03\x04")
    for argv in (("models", "--db"), ("merge",), ("restore", "--yes")):
        said = run(*argv, run.home / name, lang=lang, code=None).err
        assert "danvan import" in said, argv
        assert "JSON" not in said
        assert catalogue(lang)["error.list_of_records"] in said  # type: ignore[arg-type]
    run.db.write_text("nonsense")
    assert "danvan import" not in run("models", code=5).err


@pytest.mark.parametrize("argv", [("restore", "--yes"), ("merge",), ("import",), ("report", "2023", "--template")])
def test_the_file_of_nearly_that_name_is_suggested(run: Run, argv: tuple[str, ...]) -> None:
    there = run.home / "Báo cáo năm 2023.json"
    there.write_text("{}", "utf-8")
    command = [*argv, run.home / "bao cao nam 2032.json", *(("-o", run.home / "a.docx") if "report" in argv else ())]
    assert f"Did you mean: {there}?" in run(*command, code=6).err


def test_a_missing_identity_file_is_named(run: Run) -> None:
    answer = run(*REGULAR, "--category", "complaint", "--identity-file", "nowhere.txt", code=6)
    assert holds(answer.err, catalogue("en")["error.unreadable"])
    assert "nowhere.txt" in answer.err
    assert not run.db.exists()


def test_an_identity_file_of_another_form_is_refused_by_its_line(run: Run) -> None:
    path = run.home / "citizen.txt"
    path.write_text("Họ tên: An\nAn\n", "utf-8")
    answer = run(*REGULAR, "--category", "complaint", "--identity-file", path, code=2)
    assert holds(answer.err, catalogue("en")["error.identity_line"])
    assert "line 2" in answer.err


def test_an_interruption_is_told_calmly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from danvan.store import Register

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Register, "add", interrupted)
    answer = run(*MODEL, code=130)
    assert catalogue("en")["error.interrupted"] in answer.err


def test_a_reader_that_closes_the_pipe_early_is_no_error(run: Run) -> None:
    import subprocess
    import sys

    for _ in range(3):
        run("add-model", "Một tên dài " * 100, "--field", "other")
    argv = [sys.executable, "-m", "danvan", "models", "--format", "json"]
    process = subprocess.Popen(argv, env=run.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_the_process_ends_with_the_exit_code(run: Run) -> None:
    assert run.apart("add-model").code == 2
    run.db.write_text("[]")
    answer = run.apart("models")
    assert (answer.code, answer.out) == (5, "")
    assert "Traceback" not in answer.err


def test_every_message_of_a_fault_is_produced_by_some_test() -> None:
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    frames = {"error.prefix", "error.unchanged", "error.where", "error.hint"}
    faults = {key for key in catalogue("en") if key.startswith(("error.", "problem."))} - frames
    unproved = {key for key in faults if not re.search(rf"""["'.]{re.escape(key.partition(".")[2])}["' ]""", tests)}
    assert not unproved, "\n".join(sorted(unproved))


def test_with_json_all_that_is_said_beside_the_answer_is_json_a_document_in_a_line(run: Run) -> None:
    said = run(
        "add-reception", "--json", "Đất", "--mode", "regular", "--note", "0912345678", "--date", "2024-06-01"
    ).err
    run.db.write_bytes(run.db.read_bytes() + b'"9":{"kind"')
    said += run("add-model", "--json", "Đường hoa", "--field", "economy").err
    said += run("models", "--json", "-o", run.home / "models.json").err
    said += run("void", "1", "--json", "--yes", "--reason", "gọi 0912345678").err
    said += run("show", "99", "--json", code=1).err
    documents = [json.loads(line) for line in said.splitlines()]
    keys = [document.get("notice", document.get("error"))["key"] for document in documents]
    assert {"phone_in_text", "torn", "written", "no_record"} <= set(keys), keys
    assert all(document["version"] == 1 for document in documents)
    assert all(document["notice"]["message"] for document in documents if "notice" in document)


def test_in_a_window_lines_are_broken_between_words_and_nothing_is_lost(
    run: Run, at_terminal: Callable[..., Any]
) -> None:
    whole = run.apart("models", "--field", "quốc phog").err
    window = at_terminal("models", "--field", "quốc phog", columns=40)
    window.end(2)
    assert max(map(len, window.screen.splitlines())) <= 40
    assert window.screen.split() == whole.split()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_what_is_said_in_a_window_is_as_wide_as_that_window_whatever_the_answer_goes_to(run: Run) -> None:
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 40, 0, 0))
    argv = [sys.executable, "-m", "danvan", "models", "--field", "quốc phog"]
    environment = {name: value for name, value in run.environment.items() if name != "COLUMNS"}
    subprocess.run(argv, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert shown.split() == run.apart("models", "--field", "quốc phog").err.split()
    assert max(map(len, shown.splitlines())) <= 40


@pytest.mark.parametrize(
    ("argv", "nearest"),
    [
        (("xoa", "3"), "void, erase"),
        (("delete", "3"), "void, erase"),
        (("edit", "1", "--status", "withdrawn"), "--outcome"),
        (("edit", "2", "--outcome", "awarded"), "--status"),
        (("explain", "2024", "models"), "models.registered; models.collective"),
    ],
)
def test_what_is_called_otherwise_is_named(run: Run, argv: tuple[str, ...], nearest: str) -> None:
    run("add-reception", "Đất", "--mode", "regular")
    run(*MODEL)
    assert f"Did you mean: {nearest}" in run(*argv, code=2).err


def test_the_names_of_columns_are_told_in_words(run: Run) -> None:
    told = run("models", "--columns", "mau", lang="vi", code=2).err
    assert "Số (id); Sổ (register); Ngày (date); Đến ngày (to); Lý do hủy (void); " in told
