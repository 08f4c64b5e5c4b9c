"""Settings: the person's in a file, the office's in the register, and what they change."""

from __future__ import annotations

import json
import re
import shlex
import sys
import tomllib
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Run
from rich.cells import cell_len

from danvan import settings
from danvan.cli.knobs import KNOBS


def file_of(run: Run) -> Path:
    return run.home / "config" / "danvan" / "config.toml"


def listed(run: Run, *argv: str) -> dict[str, tuple[object, str]]:
    entries = run("config", "list", "--json", *argv).document["settings"]
    return {key: (entry["value"], entry["from"]) for key, entry in entries.items()}


def test_without_settings_everything_is_a_default_and_nothing_is_created(run: Run) -> None:
    del run.environment["DANVAN_DB"]
    run.environment["DANVAN_LANG"] = ""
    answer = run.apart("config", "list", "--json")
    assert answer.code == 0
    assert {entry["from"] for entry in answer.document["settings"].values()} == {"default"}
    assert not file_of(run).exists()
    assert not (run.home / "data").exists()


def test_the_folders_are_those_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for home in ("", str(tmp_path)):
        monkeypatch.setenv("XDG_CONFIG_HOME", home)
        monkeypatch.setenv("XDG_DATA_HOME", home)
        assert settings.folder("config") == str(platformdirs.user_config_path("danvan", appauthor=False))
        assert settings.folder("data") == str(platformdirs.user_data_path("danvan", appauthor=False))
    monkeypatch.setattr(sys, "platform", "elsewhere")
    assert settings.folder("config") == str(platformdirs.user_config_path("danvan", appauthor=False))
    assert settings.folder("data") == str(platformdirs.user_data_path("danvan", appauthor=False))


def test_a_folder_of_ones_own_can_be_named(run: Run) -> None:
    run.environment["DANVAN_CONFIG"] = str(run.home / "elsewhere")
    run("config", "set", "author", "An")
    assert (run.home / "elsewhere" / "config.toml").read_text() == 'author = "An"\n'


def test_a_persons_setting_is_written_as_toml_and_holds(run: Run) -> None:
    answer = run("config", "set", "author", "  Nguyễn Thị Hoà ")
    assert str(file_of(run)) in answer.out
    assert tomllib.loads(file_of(run).read_text("utf-8")) == {"author": "Nguyễn Thị Hoà"}
    run("add-model", "X", "--field", "economy")
    assert run.stored()["1"]["by"] == "Nguyễn Thị Hoà"


def test_the_language_of_the_settings_stands_behind_option_and_environment(run: Run) -> None:
    run("config", "set", "language", "tiếng Việt")
    assert "Chưa" in run.apart("models", "--year", "x", DANVAN_LANG="").err
    assert "Nothing" in run.apart("models", "--year", "x", DANVAN_LANG="en").err
    assert "Nothing" in run.apart("models", "--year", "x", "--lang", "en", DANVAN_LANG="").err


def test_the_register_of_the_settings_stands_behind_option_and_environment(run: Run) -> None:
    run("config", "set", "db", run.home / "own.json")
    run.environment["DANVAN_DB"] = ""
    run("add-model", "X", "--field", "economy")
    assert (run.home / "own.json").exists()
    run("add-model", "X", "--field", "economy", "--db", run.home / "asked.json")
    assert (run.home / "asked.json").exists()


def test_every_value_says_where_it_comes_from(run: Run) -> None:
    run("config", "set", "author", "An")
    run("config", "set", "threshold", 5)
    found = listed(run)
    assert found["language"] == ("en", "env")
    assert found["db"] == (str(run.db), "env")
    assert found["author"] == ("An", "person")
    assert found["threshold"] == (5, "office")
    assert found["layout"] == ("party", "default")
    asked = listed(run, "--lang", "vi", "--db", str(run.home / "x.json"))
    assert asked["language"] == ("vi", "option")
    assert asked["db"] == (str(run.home / "x.json"), "option")
    assert asked["threshold"] == (10, "default")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [80, 160])
def test_the_list_fits_the_window_and_names_every_setting(run: Run, lang: str, width: int) -> None:
    run("config", "set", "model.field", *(f"lĩnh vực rất dài số {number}" for number in range(6)))
    shown = run("config", "list", lang=lang, width=width).plain
    assert max(map(len, shown.splitlines())) <= width
    places = [re.search(rf"^\W*{re.escape(key)}\b", shown, re.MULTILINE) for key in KNOBS]
    assert None not in places
    assert [place.start() for place in places if place] == sorted(place.start() for place in places if place)
    assert run("config", lang=lang, width=width).plain == shown


def test_who_takes_a_setting_out_hears_what_holds_now(run: Run) -> None:
    run("config", "set", "unit", "Phường Trung Hòa")
    assert "nay để trống" in run("config", "unset", "unit", lang="vi").out
    run("config", "set", "unit", "Phường Trung Hòa")
    assert "now it is blank" in run("config", "unset", "unit", lang="en").out
    run("config", "set", "threshold", "5")
    assert "10 (default)" in run("config", "unset", "threshold", lang="en").out


EXAMPLES = {
    "language": (["English"], "en"),
    "db": (["/tmp/so.json"], "/tmp/so.json"),
    "author": (["An"], "An"),
    "office": (["Ban Dân vận"], "Ban Dân vận"),
    "superior": (["Thành ủy"], "Thành ủy"),
    "place": (["Hà Nội"], "Hà Nội"),
    "layout": (["nhà nước"], "state"),
    "unit": (["Phường Trung Hòa"], "Phường Trung Hòa"),
    "threshold": (["5"], 5),
    "calendar.duty-checks": (["ngành thanh tra"], "inspectorate"),
    "calendar.inspections": (["inspectorate"], "inspectorate"),
    "calendar.models": (["custom"], "custom"),
    "calendar.receptions": (["people's council"], "assembly"),
    "year-start": (["15/10"], "10-15"),
    "model.field": (["môi trường, nông thôn mới", "Môi Trường"], ["Môi Trường", "nông thôn mới"]),
    "model.themes": (["bảo vệ rừng; biển, đảo"], ["bảo vệ rừng", "biển, đảo"]),
    "reception.subject": (["môi trường"], ["môi trường"]),
    "closed-days": (["31/12/2026", "2026-12-30"], ["2026-12-30", "2026-12-31"]),
    "count-from": (["chính ngày đó"], "same-day"),
    "columns": (["Tên gọi = name", "Họ, tên=;TÊN GỌI=note"], ["TÊN GỌI=note", "Họ, tên="]),
}


@pytest.mark.parametrize("key", KNOBS)
def test_each_setting_can_be_set_read_and_taken_out(run: Run, key: str) -> None:
    texts, value = EXAMPLES[key]
    before = run("config", "get", key).out
    run("config", "set", key, *texts)
    run.environment |= {"DANVAN_LANG": "", "LANG": "C"}
    if key == "db":
        run.environment["DANVAN_DB"] = ""
    found = run("config", "get", key, "--json", lang="").document
    assert (found["value"], found["from"]) == (value, KNOBS[key].level)
    plain = run("config", "get", key, lang="").out
    assert plain == "\n".join(value if isinstance(value, list) else [str(value)]) + "\n"
    run("config", "unset", key, lang="")
    run.environment["DANVAN_DB"] = str(run.db)
    assert run("config", "get", key).out == before


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("set", "language", "fr"), "language"),
        (("set", "threshold", "1"), "threshold"),
        (("set", "threshold", "many"), "threshold"),
        (("set", "layout", "round"), "party, state"),
        (("set", "calendar.models", "lunar"), "inspectorate"),
        (("set", "year-start", "30/2"), "year-start"),
        (("set", "year-start", "soon"), "10-15"),
        (("set", "closed-days", "31/2/2026"), "closed-days"),
        (("set", "model.field", "kinh tế"), "kinh tế"),
        (("set", "model.field", "Agriculture, economy"), "economy"),
        (("set", "model.field", ","), "model.field"),
        (("set", "unit", "a", "b"), "one value"),
        (("set", "unit", " "), "unset"),
        (("set", "author", "A\x1b[31m"), "U+001B"),
        (("set", "thresold", "5"), "threshold"),
        (("get", "colour"), "colour"),
        (("get",), "config list"),
        (("set", "unit"), "config list"),
        (("list", "unit"), "config list"),
        (("change", "unit", "x"), "config list"),
    ],
)
def test_what_is_no_setting_is_refused_with_what_would_be(run: Run, argv: tuple[str, ...], told: str) -> None:
    answer = run("config", *argv, code=2)
    assert told in answer.err
    assert "Nothing was changed" in answer.err
    assert not run.db.exists()
    assert not file_of(run).exists()


def test_a_folder_is_no_register(run: Run) -> None:
    assert "is a folder" in run("config", "set", "db", run.home, code=2).err


def test_a_setting_that_something_else_overrides_says_so(run: Run) -> None:
    answer = run("config", "set", "language", "vi")
    assert "English (environment)" in answer.err


@pytest.mark.parametrize(("lang", "office"), [("vi", "cơ quan"), ("en", "office")])
def test_the_list_of_settings_is_read_at_a_glance_in_a_usual_window(run: Run, lang: str, office: str) -> None:
    folder = run.home / "thư-mục-của-cơ-quan" / "nhiều-chữ"
    folder.mkdir(parents=True)
    run.environment["DANVAN_DB"] = str(folder / "danvan.json")
    run("config", "set", "office", "Ban Dân vận Quận ủy Hoàn Kiếm")
    lines = run("config", "list", width=80, lang=lang).plain.splitlines()
    assert all(cell_len(line) <= 80 for line in lines)
    table = [line for line in lines if len(line) == len(lines[0])]
    assert len(table) <= 2 * len(KNOBS) + 6  # the path takes some
    assert any(line.startswith("office ") and line.rstrip().endswith(office) for line in table)


def test_what_others_wrote_in_the_file_stays(run: Run) -> None:
    file_of(run).parent.mkdir(parents=True)
    file_of(run).write_text('# của tôi\nauthor = """An"""\ncolour = "red"\n\n[more]\nauthor = "x"\n', "utf-8")
    assert run("config", "get", "author").out == "An\n"
    run("config", "set", "author", "Bình")
    text = file_of(run).read_text("utf-8")
    assert tomllib.loads(text) == {"author": "Bình", "colour": "red", "more": {"author": "x"}}
    assert text.startswith("# của tôi\n")
    run("config", "unset", "author")
    assert tomllib.loads(file_of(run).read_text("utf-8")) == {"colour": "red", "more": {"author": "x"}}


@pytest.mark.parametrize("text", ["author = ", "author = 3", 'language = "vi', "\x00"])
def test_a_file_that_is_no_toml_is_named_and_not_touched(run: Run, text: str) -> None:
    file_of(run).parent.mkdir(parents=True)
    file_of(run).write_text(text)
    answer = run.apart("models", DANVAN_LANG="")
    assert answer.code == 6
    assert str(file_of(run)) in answer.err
    assert file_of(run).read_text() == text


def test_a_language_nobody_speaks_in_the_file_can_be_passed_over(run: Run) -> None:
    file_of(run).parent.mkdir(parents=True)
    file_of(run).write_text('language = "fr"\n')
    assert run.apart("models", DANVAN_LANG="").code != 0
    assert run.apart("config", "set", "language", "vi", "--lang", "en", DANVAN_LANG="").code == 0


def test_a_file_that_cannot_be_written_is_told(run: Run) -> None:
    (run.home / "config").write_text("a file in the place of the folder")
    assert "cannot be written" in run("config", "set", "author", "An", code=6).err


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=40))
def test_any_text_survives_the_file(text: str) -> None:
    line = settings.changed([], "author", text)[0]
    assert tomllib.loads(line) == {"author": text}
    read = settings._plain(line) if settings._is_plain(line) else settings._toml(line)
    assert read.get("author", "") == text


def test_toml_is_loaded_only_for_what_danvan_did_not_write(run: Run) -> None:
    run("config", "set", "author", "An")
    run("config", "set", "db", r"C:\Users\An\sổ.json")
    assert settings._is_plain(file_of(run).read_text("utf-8"))


def test_records_that_name_no_unit_get_the_one_of_the_office(run: Run) -> None:
    run("config", "set", "unit", "Phường Trung Hòa")
    assert run.add("add-model", "X", "--field", "economy")["unit"] == "Phường Trung Hòa"
    assert run.add("add-model", "Y", "--field", "economy", "--unit", "Xã A")["unit"] == "Xã A"
    assert run.add("add-model", "--count", 3, "--from", "1/1/2023", "--to", "31/1/2023")["unit"] == "Phường Trung Hòa"


def test_the_values_of_the_office_are_accepted_as_it_spelled_them(run: Run) -> None:
    refused = run("add-model", "X", "--field", "môi trường", code=2)
    assert "economy" in refused.err
    run("config", "set", "model.field", "Môi trường")
    assert run.add("add-model", "X", "--field", "MOI TRUONG")["field"] == "Môi trường"
    assert "Môi trường" in run("models", "--field", "môi trường").out
    assert "Môi trường" in run("add-model", "Y", "--field", "mội", code=2).err
    assert "field" in run("add-model", "Y", "--field", "economy", "--json").document["record"]


@pytest.mark.parametrize("argv", [("set", "model.field", "dân tộc"), ("unset", "model.field")])
def test_who_drops_a_value_in_use_hears_how_to_keep_it(run: Run, argv: tuple[str, ...]) -> None:
    run("config", "set", "model.field", "môi trường", "nông thôn mới", "đô thị")
    for name, field in (("A", "môi trường"), ("B", "môi trường"), ("C", "đô thị"), ("D", "economy")):
        run("add-model", name, "--field", field, "--date", "1/2/2023")
    told = run("config", *argv).err
    assert "môi trường (2 records); đô thị (1 record)" in told
    assert "nông thôn mới" not in told
    advised = shlex.split(told.partition("To allow them still: danvan ")[2])
    assert advised == ["config", "set", "model.field", *argv[2:], "môi trường", "đô thị"]
    run(*advised)
    assert run("add-model", "E", "--field", "môi trường").code == 0
    assert run("config", "set", "model.field", "Đô thị", "MÔI TRƯỜNG").err == ""
    assert "MÔI TRƯỜNG (3 bản ghi)" in run("config", "unset", "model.field", lang="vi").err


def test_what_records_have_can_be_asked_for_though_nobody_can_choose_it_any_more(run: Run) -> None:
    run("config", "set", "model.field", "Môi trường")
    run("add-model", "Đường hoa", "--field", "môi trường", "--date", "1/2/2023")
    run("config", "unset", "model.field")
    run("add-model", "X", "--field", "môi trường", code=2)
    assert "Đường hoa" in run("models", "--field", "moi truong").out
    assert "Đường hoa" in run("export", "models", "--field", "môi trường").out
    assert "Đường hoa" in run("explain", "2023", "models.registered", "--only", "field=môi trường").out
    assert "there is no value “mội”" in run("models", "--field", "mội", code=2).err
    run("edit", 2, "--holder", "individual")
    assert "Môi trường" in run("show", 2).out


def test_a_local_value_of_one_field_is_none_of_another(run: Run) -> None:
    run("config", "set", "reception.subject", "môi trường")
    run("add-model", "X", "--field", "môi trường", code=2)
    run("add-model", "X", "--field", "economy", "--status", "môi trường", code=2)


def test_the_threshold_of_the_office_is_that_of_the_report(run: Run) -> None:
    run("add-reception", "X", "--mode", "regular", "--people", 6, "--date", "2023-02-01")
    assert run.figures()["receptions.regular.groups"]["value"] == 0
    run("config", "set", "threshold", 5)
    assert run.figures()["receptions.regular.groups"]["value"] == 1
    assert run.figures("2023", "--threshold", "10")["receptions.regular.groups"]["value"] == 0


def test_settings_travel_with_the_register_and_keep_their_history(run: Run) -> None:
    run("config", "set", "unit", "Xã A")
    run("config", "set", "unit", "Xã B")
    moved = run.home / "moved.json"
    run.db.rename(moved)
    assert run("config", "get", "unit", "--db", moved).out == "Xã B\n"
    assert run("config", "get", "unit").out == "(none)\n"
    assert b'"default_unit":"X\xc3\xa3 A"' in moved.read_bytes()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Đơn vị mặc định", "unit"),
        ("don vi mac dinh", "unit"),
        ("Default unit", "unit"),
        ("Kỳ báo cáo: Tiếp công dân", "calendar.receptions"),
        ("year_start", "year-start"),
    ],
)
def test_a_setting_may_be_named_by_what_it_is(run: Run, name: str, key: str) -> None:
    assert run("config", "get", name, "--json").document["key"] == key


def test_what_was_not_set_cannot_be_taken_out(run: Run) -> None:
    run("config", "set", "author", "An")
    before = run.stored() if run.db.exists() else {}
    assert "threshold was not set; it is 10 (default)" in run("config", "unset", "threshold").out
    assert "unit was not set; it is (blank)" in run("config", "unset", "unit").out
    assert (run.stored() if run.db.exists() else {}) == before
    assert "Took out author" in run("config", "unset", "author").out


def test_a_setting_that_is_misspelt_gets_the_nearest(run: Run) -> None:
    assert "unit" in run("config", "get", "đơn vị mặc đinhj", code=2).err.splitlines()[1]


def test_a_first_day_that_is_none_is_shown_as_it_was_typed(run: Run) -> None:
    assert "31/2" in run("config", "set", "year-start", "31/2", code=2).err


@pytest.mark.parametrize(
    ("key", "argv"),
    [
        ("setting_key", ("config", "get", "colour")),
        ("setting_one", ("config", "set", "unit", "a", "b")),
        ("setting_blank", ("config", "set", "unit", " ")),
        ("setting_blank", ("config", "set", "unit", "-")),
        ("setting_known", ("config", "set", "model.themes", "đô thị văn minh")),
        ("year_start", ("config", "set", "year-start", "1/13")),
        ("year_start_missing", ("init", "--calendar", "models=custom")),
        ("section", ("init", "--calendar", "models")),
        ("config_words", ("config", "unset")),
    ],
)
def test_scripts_know_a_refusal_by_its_key(run: Run, key: str, argv: tuple[str, ...]) -> None:
    assert json.loads(run(*argv, "--json", code=2).err)["error"]["key"] == key


def test_a_broken_file_has_a_key_too(run: Run) -> None:
    file_of(run).parent.mkdir(parents=True)
    file_of(run).write_text("author = ")
    answer = run.apart("config", "list", "--json", DANVAN_LANG="en")
    assert json.loads(answer.err)["error"]["key"] == "settings_file"
