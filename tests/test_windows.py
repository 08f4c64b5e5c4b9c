"""An office on Windows, as far as `windows` can play it: what it does and says is what danvan does and says here."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from getpass import getuser
from pathlib import Path
from typing import Any

import pytest
from office import MINIMAL, YEAR_2023, Answer, Run, holds

from danvan.messages import catalogue

if not Path("/proc/self/fd").exists():  # by which it is known who has a file open
    pytest.skip("the other system is played on Linux only", allow_module_level=True)

from windows import command

OLD = Path(__file__).parent / "registers" / "format-1.json"
EN = catalogue("en")
MODEL = MINIMAL["model"].single
# What differs from run to run: folders, moments and names by chance.
CHANCE = re.compile(r"\d{4}-\d\d-\d\d-\d{6}|\d{4}-\d\d-\d\dT[\d:]+\+[\d:]+|checksum [0-9a-f]{8}|[0-9a-f]{32}|\d\d:\d\d")
# A year of an office, with every command that touches a file.
YEAR: tuple[tuple[str, ...], ...] = (
    ("init", "--office", "Ban Dân vận", "--superior", "Thành ủy Hà Nội"),
    MODEL,
    ("add-reception", "Đất", "--mode", "regular", "--category", "complaint", "--identity-file", "{home}/citizen.txt"),
    ("add-audit", "Đất đai", "--type", "inspection", "--started", "2023-01-05", "--recovery", "81,5 tỷ"),
    ("add-audit", "--type", "inspection", "--count", "9", *YEAR_2023),
    ("import", "{home}/rows*.csv"),
    ("import", "{home}/rows*.csv"),
    ("import", "{home}/faulty.csv", "--problems", "{home}/problems.csv"),
    ("edit", "1", "--note", "Ghi chú"),
    ("follow-up", "3", "--on", "2023-09-01", "--recovered", "38,5 tỷ"),
    ("void", "2", "--reason", "nhập hai lần"),
    ("undo", "--yes"),
    ("models", "--unit", "Quận Ba Đình"),
    ("audits", "-o", "{home}/audits.csv"),
    ("audits", "-o", "{home}/audits.csv"),
    ("audits", "-o", "{home}/audits.csv", "--force"),
    ("export", "all", "-o", "{home}/all.xlsx"),
    ("import", "{home}/all.xlsx"),
    ("report", "2023"),
    ("report", "2023", "--format", "text", "--lang", "vi"),
    *(
        ("report", "2023", "-o", f"{{home}}/report.{ending}")
        for ending in ("html", "svg", "xlsx", "docx", "md", "json")
    ),
    ("form", "01/TCD", "2023", "-o", "{home}/tcd.xlsx"),
    ("template", "models", "-o", "{home}/entry.xlsx"),
    ("close", "2023"),
    ("backup",),
    ("backup", "{home}/usb", "--keep", "1"),
    ("erase", "2", "--reason", "theo yêu cầu", "--yes"),
    ("merge", "{home}/unit*.json"),
    ("status",),
    ("history", "1"),
    ("explain", "2023", "inspections.recovery"),
    ("config", "set", "threshold", "5"),
    ("config", "set", "language", "vi"),
    ("check",),
    ("restore", "{home}/unit.json", "--yes"),
    ("models", "--db", "{home}/unit.json", "--db", "{home}/register.json"),
    ("completion", "bash"),
    ("completion", "bash", "--install"),
    ("man", "-o", "{home}/danvan.1"),
    ("demo", "--out", "{home}/demo.json"),
)


@pytest.fixture
def there(run: Run) -> Callable[..., Answer]:
    """danvan on Windows, in the home of `run`."""

    def there(*argv: object, code: int | None = 0, stdin: bytes = b"", **environment: str) -> Answer:
        done = subprocess.run(
            command(*argv), env=run.environment | environment, input=stdin, capture_output=True, check=False
        )
        answer = Answer(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert code is None or answer.code == code, (argv, answer)
        assert "Traceback" not in answer.err, answer.err
        return answer

    return there


def furnished(run: Run) -> None:
    """Files that units and citizens sent."""
    run(*MODEL, "--db", run.home / "unit.json")
    rows = "Tên mô hình,Lĩnh vực,Ngày\r\n{}\r\n"
    (run.home / "rows-1.csv").write_bytes(rows.format("Đường hoa,kinh tế,10/02/2023").encode("utf-8-sig"))
    (run.home / "rows-2.csv").write_bytes(rows.format('"Một\nHai",văn hóa - xã hội,2023-03-01').encode())
    (run.home / "faulty.csv").write_bytes(rows.format("Tên,không có,32/13/2023").encode("utf-16"))
    (run.home / "citizen.txt").write_bytes("Họ tên: Nguyễn Văn An\r\n".encode("utf-8-sig"))


def told(answer: Answer, home: Path) -> tuple[int, str, str]:
    """An answer without what differs from run to run."""
    out, err = (CHANCE.sub("*", text.replace(str(home), "HOME")) for text in (answer.out, answer.err))
    return answer.code, out.replace("\r\n", "\n"), err.replace("\r\n", "\n")


def meaning(run: Run) -> list[Any]:
    """What a register says, apart from chance."""
    own = ("uid", "at", "by", "batch", "merged", "erased")
    return [
        (number, {name: getattr(record, name) for name in record.__struct_fields__ if name not in own})
        for number, record in run.register().scan(voided=True)
    ]


def test_a_year_on_windows_is_a_year_here(there: Callable[..., Answer], run: Run, tmp_path_factory: Any) -> None:
    here = Run(tmp_path_factory.mktemp("here"))
    for one in (here, run):
        furnished(one)
    for line in YEAR:
        wanted = here(*(word.format(home=here.home) for word in line), code=None)
        answer = there(*(word.format(home=run.home) for word in line), code=None, USERNAME=getuser())
        assert told(answer, run.home) == told(wanted, here.home), line
    assert meaning(run) == meaning(here)
    for name in ("audits.csv", "problems.csv", "report.json", "report.md", "danvan.1"):
        files = [(one.home / name).read_bytes().replace(bytes(one.home), b"HOME") for one in (run, here)]
        assert files[0] == files[1], name
    assert not list(run.home.rglob("*.tmp"))


# A rewrite under the lock that waits for a line on standard input before it puts the new file in its place.
REWRITE = """
import sys, windows
windows.become_windows()
from pathlib import Path
from danvan.store.file import disk
from danvan.store.file.opening import RegisterFile

def replace(source, target, seconds):
    print("held", flush=True)
    sys.stdin.readline()
    before(source, target, seconds)

before, disk.replace = disk.replace, replace
file = RegisterFile(Path(sys.argv[1]), print, 9.0)
with file.writing() as log:
    log.replace(disk.read_at(log.image.source, 0, disk.size(log.image.source)))
"""


def test_who_waits_for_a_rewrite_loses_nothing(run: Run) -> None:
    run(*MODEL)
    with subprocess.Popen(
        [sys.executable, "-c", REWRITE, str(run.db)],
        cwd=Path(__file__).parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=run.environment,
        text=True,
    ) as rewriting:
        assert rewriting.stdin
        assert rewriting.stdout
        assert rewriting.stdout.readline() == "held\n"
        with subprocess.Popen(
            command("add-model", "Đợi", "--field", "economy"), env=run.environment, stderr=subprocess.PIPE, text=True
        ) as adding:
            assert adding.stderr
            assert holds(adding.stderr.readline(), EN["notice.waiting"])
            print(file=rewriting.stdin, flush=True)
            assert adding.wait() == 0
        assert rewriting.wait() == 0
    assert [record.name for _, record in run.register().scan()] == ["Đường hoa", "Đợi"]  # type: ignore[attr-defined]


def test_a_file_that_is_open_in_excel_is_named_and_left_alone(there: Callable[..., Answer], run: Run) -> None:
    there(*MODEL)
    path = run.home / "models.csv"
    path.write_text("cũ", "utf-8")
    with path.open("rb"):
        answer = there("models", "-o", path, "--force", code=6)
    assert holds(answer.err, EN["error.write_failed"])
    assert str(path) in answer.err
    assert EN["error.held"] in answer.err
    assert path.read_text("utf-8") == "cũ"
    assert sorted(path.name for path in run.home.iterdir()) == ["models.csv", "register.json", "register.json.lock"]


def test_a_register_that_is_read_is_rewritten_when_the_reader_has_finished(
    there: Callable[..., Answer], run: Run
) -> None:
    there(*MODEL)
    reader = "import sys, time; file = open(sys.argv[1], 'rb'); print(flush=True); time.sleep(2)"
    with subprocess.Popen([sys.executable, "-c", reader, str(run.db)], stdout=subprocess.PIPE) as reading:
        assert reading.stdout
        reading.stdout.readline()
        there("erase", "1", "--reason", "x", "--yes")
    assert "Đường hoa" not in run.db.read_text("utf-8")


def test_a_register_keeps_the_stamp_that_tells_it_is_untouched(there: Callable[..., Answer], run: Run) -> None:
    for line in (MODEL, MODEL, ("erase", "1", "--reason", "x", "--yes")):
        there(*line)
        said = re.search(r'"stamp":(\d+)', run.db.read_text("utf-8"))
        assert said
        assert run.db.stat().st_mtime_ns == int(said[1]), line


def test_a_register_of_an_older_format_is_upgraded(there: Callable[..., Answer], run: Run) -> None:
    shutil.copyfile(OLD, run.db)
    assert holds(there(*MODEL).err, EN["notice.upgraded"])
    assert len(list((run.home / "backups").iterdir())) == 1


@pytest.mark.parametrize(
    ("way", "count"), [("edited", 1), ("torn", 0), ("broken", 2)], ids=["edited in Notepad", "torn", "broken"]
)
def test_a_register_is_mended(there: Callable[..., Answer], run: Run, way: str, count: int) -> None:
    for _ in range(3):
        there(*MODEL)
    data = run.db.read_bytes()
    run.db.write_bytes(
        {
            "edited": b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"),
            "torn": data[:-30],
            "broken": data.replace(b'"2":{', b'"two":{'),
        }[way]
    )
    there("check", "--repair", code=None)
    assert "sound" in there("check", code=None).out
    kept = list((run.home / "backups").iterdir()) if (run.home / "backups").exists() else []
    assert len(kept) >= count


def test_a_restore_that_the_disk_refuses_leaves_nothing_behind(run: Run) -> None:
    run(*MODEL, "--db", run.home / "copy.json")
    done = subprocess.run(
        command("restore", run.home / "copy.json", "--yes"),
        env=run.environment,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
        check=False,
    )
    assert done.returncode == 6, done
    assert holds(done.stderr.decode(), EN["error.write_failed"])
    assert sorted(path.name for path in run.home.iterdir()) == ["copy.json", "register.json.lock"]


def test_a_name_that_windows_takes_for_no_name_is_refused(there: Callable[..., Answer], run: Run) -> None:
    there(*MODEL)
    answer = there("models", "-o", run.home / "báo cáo: 2023.csv", code=6)
    assert holds(answer.err, EN["error.write_failed"])
    assert sorted(path.name for path in run.home.iterdir()) == ["register.json", "register.json.lock"]


def test_a_reader_that_has_gone_is_no_error(run: Run) -> None:
    for _ in range(3):
        run("add-model", "Một tên dài " * 100, "--field", "other")
    with subprocess.Popen(
        command("models", "--format", "json"), env=run.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_what_is_redirected_is_what_is_written(there: Callable[..., Answer], run: Run) -> None:
    there("add-model", "Đường hoa\u0301", "--field", "economy", "--note", "Phường Trung Hòa")
    for name, argv in {
        "models.csv": ("models", "--format", "csv"),
        "report.json": ("report", "2023", "--json"),
    }.items():
        there(*argv[: 2 if name == "report.json" else 1], "-o", run.home / name)
        for page in ("cp1252", "cp1258", "cp437"):
            done = subprocess.run(
                command(*argv),
                env={name: value for name, value in run.environment.items() if name != "PYTHONIOENCODING"}
                | {"CODE_PAGE": page},
                stdout=subprocess.PIPE,
                check=True,
            )
            assert done.stdout.removeprefix(b"\xef\xbb\xbf") == (run.home / name).read_bytes().removeprefix(
                b"\xef\xbb\xbf"
            ), (name, page)


# An editor that hands the file over to one that is open already, and ends.
HANDING_OVER = """
import pathlib, subprocess, sys, time
if len(sys.argv) == 2:
    subprocess.Popen([sys.executable, __file__, sys.argv[1], "later"])
    sys.exit()
path = pathlib.Path(sys.argv[1])
time.sleep(0.5)
text = path.read_text("utf-8").replace('Note:', 'Note: từ Notepad')
path.write_bytes(b"\\xef\\xbb\\xbf" + text.replace("\\n", "\\r\\n").encode())
pathlib.Path(__file__).with_name("saved").touch()
"""


def test_an_editor_that_ends_at_once_is_waited_for(at_terminal: Callable[..., Any], run: Run) -> None:
    run(*MODEL)
    (run.home / "editor.py").write_text(HANDING_OVER, "utf-8")
    terminal = at_terminal("edit", 1, program=command()[1:], EDITOR=f'"{sys.executable}" "{run.home / "editor.py"}"')
    terminal.until("press Enter here")
    while not (run.home / "saved").exists():
        time.sleep(0.05)
    terminal.type("")
    terminal.end()
    assert run.stored()["1"]["note"] == "từ Notepad"


def test_a_person_without_a_name_may_write(there: Callable[..., Answer], run: Run) -> None:
    there(*MODEL, USERNAME="")
    assert not run.stored()["1"].get("by")


def test_the_language_is_that_of_windows(there: Callable[..., Answer]) -> None:
    assert "Mô hình" in there("models", DANVAN_LANG="", CODE_PAGE="cp1258").out
    assert "Mô hình" not in there("models", DANVAN_LANG="", CODE_PAGE="cp1252").out
