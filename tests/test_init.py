"""`init`: by options without a terminal, by questions on one."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

import pytest
from office import MINIMAL, Run

from danvan.cli.init import init
from danvan.cli.options import command
from danvan.formatting.language import Language
from danvan.records import KINDS, fields

ALL = (
    *("--office", "Ban Dân vận", "--superior", "Thành ủy", "--layout", "nhà nước", "--language", "vi"),
    *("--unit", "Phường A", "--threshold", "5", "--calendar", "inspections=inspectorate"),
    *("--calendar", "duty_checks=custom", "--year-start", "15/10", "--field", "môi trường", "--field", "biển"),
    *("--theme", "rừng", "--subject", "điện"),
)


def settings_of(run: Run) -> dict[str, object]:
    entries = run("config", "list", "--json").document["settings"]
    return {key: entry["value"] for key, entry in entries.items() if entry["from"] in ("office", "person")}


def test_every_question_is_an_option(run: Run) -> None:
    answer = run("init", *ALL)
    assert str(run.db) in answer.out
    assert str(run.home / "config" / "danvan" / "config.toml") in answer.out
    assert settings_of(run) == {
        "office": "Ban Dân vận",
        "superior": "Thành ủy",
        "layout": "state",
        "unit": "Phường A",
        "threshold": 5,
        "calendar.inspections": "inspectorate",
        "calendar.duty-checks": "custom",
        "year-start": "10-15",
        "model.field": ["môi trường", "biển"],
        "model.themes": ["rừng"],
        "reception.subject": ["điện"],
    }
    assert run.apart("config", "get", "language", DANVAN_LANG="").out == "vi\n"


def test_every_choice_that_is_open_to_own_values_has_an_option() -> None:
    names = command(init, Language("en")).__annotations__
    for record in KINDS.values():
        for name, field in fields(record).items():
            assert not field.open or name.removesuffix("s") in names


def test_without_a_terminal_nothing_is_asked_and_defaults_need_no_writing(run: Run) -> None:
    answer = run("init")
    assert "nothing was written" in answer.out
    assert not run.db.exists()


def test_a_second_time_changes_only_what_is_given(run: Run) -> None:
    run("init", *ALL)
    answer = run("init", "--threshold", "10", "--json").document
    assert answer["settings"] == {"threshold": 10}
    assert settings_of(run)["office"] == "Ban Dân vận"
    assert "nothing was written" in run("init", *ALL[:8], "--language", "vi").out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--layout", "round"), "--layout"),
        (("--threshold", "1"), "--threshold"),
        (("--language", "fr"), "--language"),
        (("--calendar", "inspections"), "SECTION=CALENDAR"),
        (("--calendar", "weather=calendar"), "duty-checks"),
        (("--calendar", "inspections=lunar"), "--calendar"),
        (("--calendar", "inspections=custom"), "--year-start"),
        (("--year-start", "31/1"), "--year-start"),
        (("--field", "kinh tế"), "--field"),
        (("--subject", "tư pháp"), "--subject"),
    ],
)
def test_a_wrong_option_is_named_and_nothing_is_written(run: Run, argv: tuple[str, ...], told: str) -> None:
    assert told in run("init", "--office", "Ban", *argv, code=2).err
    assert not run.db.exists()


class Terminal:
    """danvan on a terminal of its own, answered line by line."""

    def __init__(self, run: Run, *argv: str, lang: str) -> None:
        environment = run.environment | {"DANVAN_LANG": "", "LANG": "vi_VN.UTF-8" if lang == "vi" else "C.UTF-8"}
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a suite that runs in the background may ignore
            os.execve(sys.executable, [sys.executable, "-m", "danvan", *argv], environment)
        self.seen = ""

    def until(self, text: str) -> None:
        """Wait until the text stands on the screen."""
        end = time.monotonic() + 20
        while text not in self.seen and time.monotonic() < end:
            if select.select([self.file], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.file, 65536).decode(errors="replace")
                except OSError:
                    break
        assert text in self.seen, self.seen

    def answer(self, question: str, line: str) -> None:
        """Wait for a question and answer it."""
        self.until(question)
        self.seen = self.seen.partition(question)[2]
        os.write(self.file, f"{line}\n".encode())

    def leave(self) -> int:
        """Wait for the end; the exit code."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if not select.select([self.file], [], [], 0.2)[0]:
                continue
            try:
                data = os.read(self.file, 65536)
            except OSError:
                data = b""
            if not data:
                break
            self.seen += data.decode(errors="replace")
        os.close(self.file)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_alone_on_a_terminal_everything_is_asked_in_the_language_chosen(run: Run) -> None:
    terminal = Terminal(run, "init", lang="en")
    terminal.answer("Language (tiếng Việt, English)", "vi")
    terminal.answer("Tên cơ quan", "Ban Dân vận")
    terminal.answer("Cơ quan cấp trên", "Thành ủy")
    terminal.answer("Địa danh", "")
    terminal.answer("Thể thức văn bản (Đảng, Nhà nước)", "")
    terminal.answer("Đơn vị mặc định", "")
    terminal.answer("Đoàn đông người", "một")
    terminal.answer("Đoàn đông người", "5")
    terminal.answer("Kiểm tra công vụ", "")
    terminal.answer("Thanh tra", "custom")
    terminal.answer("Dân vận khéo", "")
    terminal.answer("Tiếp công dân", "")
    terminal.answer("Ngày đầu năm", "")  # a year of one's own has a first day
    terminal.answer("Ngày đầu năm", "15/10")
    terminal.until("đã có sẵn: kinh tế, ")
    terminal.answer("Lĩnh vực (mô hình)", "môi trường, biển")
    terminal.answer("Chuyên đề", "")
    terminal.answer("Lĩnh vực (lượt tiếp công dân)", "")
    assert terminal.leave() == 0
    assert "Đã ghi vào" in terminal.seen
    assert settings_of(run) == {
        "superior": "Thành ủy",
        "office": "Ban Dân vận",
        "threshold": 5,
        "calendar.inspections": "custom",
        "year-start": "10-15",
        "model.field": ["môi trường", "biển"],
    }


def test_a_person_may_go_back_and_finds_what_was_answered(run: Run) -> None:
    terminal = Terminal(run, "init", lang="en")
    terminal.until("< goes back to the question before")
    terminal.answer("Language (tiếng Việt, English)", "")
    terminal.answer("Name of the office", "Ban Dân vận")
    terminal.answer("The office above", "Thành uỷ")
    terminal.answer("Town", "<")
    terminal.answer("[Thành uỷ]", "<")
    terminal.answer("[Ban Dân vận]", "")
    terminal.answer("[Thành uỷ]", "Thành ủy")
    terminal.answer("Town", "Hà Nội")
    for _ in range(3):
        terminal.answer(":", "")
    for name in ("checks", "Inspections", "models", "Receptions"):
        terminal.answer(name, "custom" if name == "models" else "")
    terminal.answer("First day", "<")
    terminal.answer("Receptions", "<")
    terminal.answer("models", "calendar")  # so no first day is asked for
    terminal.answer("Receptions", "")
    for _ in range(3):
        terminal.answer("(Enter to skip)", "")
    assert terminal.leave() == 0
    assert settings_of(run) == {"superior": "Thành ủy", "office": "Ban Dân vận", "place": "Hà Nội"}


def test_a_dash_leaves_blank_what_was_settled(run: Run) -> None:
    run("config", "set", "unit", "Xã A")
    run("config", "set", "threshold", 5)
    terminal = Terminal(run, "init", lang="en")
    for question in ("Language", "office", "office above", "Town", "Layout"):
        terminal.answer(question, "")
    terminal.answer("[Xã A]", "-")
    terminal.answer("[5]", "")
    for name in ("checks", "Inspections", "models", "Receptions", "Field", "Themes", "Subject"):
        terminal.answer(name, "")
    assert terminal.leave() == 0
    assert settings_of(run) == {"threshold": 5}


def test_ctrl_c_leaves_nothing_behind(run: Run) -> None:
    terminal = Terminal(run, "init", lang="en")
    terminal.answer("Language", "vi")
    terminal.until("Tên cơ quan")
    time.sleep(0.5)  # an interruption between the prompt and the waiting for keys is noticed with the next key only
    os.write(terminal.file, b"\x03")
    assert terminal.leave() == 130
    assert not run.db.exists()
    assert not Path(run.home / "config").exists()


def test_the_town_of_the_office_stands_before_the_day_in_documents(run: Run) -> None:
    run(*MINIMAL["reception"].single)
    for argv in (("report", "2023"), ("form", "01/TCD", "2023")):
        place = run.home / f"{argv[0]}.docx"
        run(*argv, "-o", place, lang="vi")
        assert "…………, ngày" in words_of(place)
    run("init", "--place", "Hà Nội")
    for argv in (("report", "2023"), ("form", "01/TCD", "2023")):
        place = run.home / f"{argv[0]}.docx"
        run(*argv, "-o", place, "--force", lang="vi")
        assert "Hà Nội, ngày" in words_of(place)


def words_of(path: Path) -> str:
    """The text of a Word document."""
    from docx import Document

    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
