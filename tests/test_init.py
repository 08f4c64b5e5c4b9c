"""`init`: by options without a terminal, by questions on one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import MINIMAL, Run

from danvan.cli.commands.init import init
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


@pytest.fixture
def asked(at_terminal: Callable[..., Any]) -> Any:
    """`init` on a terminal, in a system that speaks English."""
    return at_terminal("init", columns=100, DANVAN_LANG="", LANG="C.UTF-8")


def test_alone_on_a_terminal_everything_is_asked_in_the_language_chosen(run: Run, asked: Any) -> None:
    asked.answer("Language (tiếng Việt, English)", "vi")
    asked.answer("Tên cơ quan", "Ban Dân vận")
    asked.answer("Cơ quan cấp trên", "Thành ủy")
    asked.answer("Địa danh", "")
    asked.answer("Thể thức văn bản (Đảng, Nhà nước)", "")
    asked.answer("Đơn vị mặc định", "")
    asked.answer("Đoàn đông người", "một")
    asked.answer("Đoàn đông người", "5")
    asked.answer("Kiểm tra công vụ", "")
    asked.answer("Thanh tra", "custom")
    asked.answer("Dân vận khéo", "")
    asked.answer("Tiếp công dân", "")
    asked.answer("Ngày đầu năm", "")  # a year of one's own has a first day
    asked.answer("Ngày đầu năm", "15/10")
    asked.until("Lĩnh vực (mô hình)")
    asked.answer("đã có sẵn: kinh tế, ", "môi trường, biển")
    asked.answer("Chuyên đề", "")
    asked.answer("Lĩnh vực (lượt tiếp công dân)", "")
    asked.end()
    assert "Đã ghi vào" in asked.screen
    assert settings_of(run) == {
        "superior": "Thành ủy",
        "office": "Ban Dân vận",
        "threshold": 5,
        "calendar.inspections": "custom",
        "year-start": "10-15",
        "model.field": ["môi trường", "biển"],
    }


def test_a_person_may_go_back_and_finds_what_was_answered(run: Run, asked: Any) -> None:
    asked.until("< goes back to the question before")
    asked.answer("Language (tiếng Việt, English)", "")
    asked.answer("Name of the office", "Ban Dân vận")
    asked.answer("The office above", "Thành uỷ")
    asked.answer("Town", "<")
    asked.answer("[Thành uỷ]", "<")
    asked.answer("[Ban Dân vận]", "")
    asked.answer("[Thành uỷ]", "Thành ủy")
    asked.answer("Town", "Hà Nội")
    for _ in range(3):
        asked.answer(":", "")
    for name in ("checks", "Inspections", "models", "Receptions"):
        asked.answer(name, "custom" if name == "models" else "")
    asked.answer("First day", "<")
    asked.answer("Receptions", "<")
    asked.answer("models", "calendar")  # so no first day is asked for
    asked.answer("Receptions", "")
    for _ in range(3):
        asked.answer("(Enter to skip)", "")
    asked.end()
    assert settings_of(run) == {"superior": "Thành ủy", "office": "Ban Dân vận", "place": "Hà Nội"}


def test_a_dash_leaves_blank_what_was_settled(run: Run, at_terminal: Callable[..., Any]) -> None:
    run("config", "set", "unit", "Xã A")
    run("config", "set", "threshold", 5)
    asked = at_terminal("init", DANVAN_LANG="", LANG="C.UTF-8")
    for question in ("Language", "office", "office above", "Town", "Layout"):
        asked.answer(question, "")
    asked.answer("[Xã A]", "-")
    asked.answer("[5]", "")
    for name in ("checks", "Inspections", "models", "Receptions", "Field", "Themes", "Subject"):
        asked.answer(name, "")
    asked.end()
    assert settings_of(run) == {"threshold": 5}


def test_ctrl_c_leaves_nothing_behind(run: Run, asked: Any) -> None:
    asked.answer("Language", "vi")
    asked.until("Tên cơ quan")
    asked.press(b"\x03")
    asked.end(130)
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
