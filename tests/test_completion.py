"""What the Tab key offers, what it reads for that, and the scripts of the shells."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from office import Run

from danvan.cli import words
from danvan.cli.app import COMMANDS
from danvan.completion import answer, recent
from danvan.completion.scripts import SCRIPTS
from danvan.formatting.language import Language
from danvan.messages import LANGUAGES
from danvan.reports.breakdowns import dimensions


def offered(run: Run, *typed: str, shell: str = "fish", **environment: str) -> list[str]:
    """The words offered for the last one."""
    done = run.apart("--complete", shell, *typed, **environment)
    assert done.code == 0
    assert done.err == ""
    return [line.partition("\t")[0] for line in done.out.splitlines()]


@pytest.fixture
def filled(run: Run) -> Run:
    run("add-model", 'Camera "an ninh"', "--field", "defence", "--unit", "Phường Trung Hòa")
    run("add-reception", "Đất [đai]", "--mode", "regular", "--unit", "Quận Ba Đình")
    run("add-audit", "Quản lý", "--type", "inspection", "--unit", "Quận Ba Đình")
    return run


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_tables_say_what_the_commands_say(code: str, updating: bool) -> None:
    if updating:
        words.write()
    written = words.place(code).read_text("utf-8")
    assert written == words.source(code), "run pytest --update-golden, or python -m danvan.cli.words"


def test_every_command_is_offered(run: Run) -> None:
    assert offered(run, "") == list(COMMANDS)
    assert offered(run, "add-") == [name for name in COMMANDS if name.startswith("add-")]
    assert "--version" in offered(run, "--")


def test_the_options_of_a_command_are_offered(run: Run) -> None:
    assert offered(run, "add-model", "--fi") == ["--field"]
    assert {"--field", "--unit", "--date", "--db", "--help"} <= set(offered(run, "add-model", "--"))
    assert "--citizen" not in offered(run, "add-reception", "--")


def test_allowed_values_are_offered_in_the_language(run: Run) -> None:
    assert offered(run, "add-model", "--field", "e") == ["economy"]
    assert offered(run, "add-model", "--lang", "vi", "--field", "k") == ["kinh tế", "khác"]
    assert offered(run, "add-model", "--field", "k", DANVAN_LANG="vi") == ["kinh tế", "khác"]
    words = offered(run, "import", "--kind", "", DANVAN_LANG="vi")
    assert words == ["mô hình", "tiếp công dân", "thanh tra, kiểm tra"]
    for word in words:
        assert "--kind" not in run("import", "none.csv", "--kind", word, lang="vi", code=None).err
    run("config", "set", "language", "vi")
    assert offered(run, "add-model", "--field", "k", DANVAN_LANG="") == ["kinh tế", "khác"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_offered_for_an_option_is_called_as_on_its_help_page(run: Run, code: str) -> None:
    entries, values = words.table(Language(code))  # type: ignore[arg-type]
    one_kind = {name.partition(":")[0] for name in entries if ":" in name}  # whose options depend on another word
    for name in set(COMMANDS) - one_kind:
        page = " ".join(run(name, "--help", lang=code).out.split())
        named = re.sub(r" \([^()]*\)", "", page)  # without the other names
        for sort, _ in entries[name][1].values():
            if sort.startswith("one ") or (sort in values and re.fullmatch(r"(open )?\w+\.\w+", sort)):
                assert not [word for word, _ in values[sort] if f" {word}" not in named], (name, sort)


def test_parts_of_the_year_are_offered_as_the_help_page_writes_them(run: Run) -> None:
    found = run.apart("--complete", "fish", "report", "2023", "--period", "", DANVAN_LANG="vi").out.splitlines()
    assert found[:2] == ["cả năm\tyear", "6 tháng đầu năm\th1"]
    assert found[-1] == "12\tTháng 12"
    for word in found:
        run("report", "2023", "--period", word.partition("\t")[0])


def test_the_cells_of_a_breakdown_are_offered(filled: Run) -> None:
    measure = ("explain", "2023", "models.registered", "--only")
    assert offered(filled, *measure, "") == [f"{one}=" for one in dimensions("model")]
    assert offered(filled, *measure, "th") == ["theme="]
    assert offered(filled, *measure, "unit=") == ["unit=Quận Ba Đình", "unit=Phường Trung Hòa"]
    assert offered(filled, *measure, "unit=ph") == ["unit=Phường Trung Hòa"]
    assert offered(filled, *measure, "holder=", DANVAN_LANG="vi") == ["holder=tập thể", "holder=cá nhân"]
    assert offered(filled, *measure, "month=1") == ["month=1", "month=10", "month=11", "month=12"]
    assert offered(filled, *measure, "colour=") == offered(filled, "explain", "2023", "--only", "mode=") == []
    assert offered(filled, "explain", "2023", "01/TTr:8", "--only", "mode=d") == ["mode=directed"]
    assert "receiver=" in offered(filled, "explain", "2023", "--only", "")
    assert offered(filled, *measure[:3], "--only=unit=ph") == ["--only=unit=Phường Trung Hòa"]


def test_bash_is_offered_the_part_of_a_cell_that_it_takes_for_a_word(filled: Run) -> None:
    only = ("explain", "2023", "models.registered", "--only")
    assert offered(filled, *only, "un", shell="bash") == ["unit="]
    for typed in (("unit", "="), ("=", "unit", "=")):
        assert offered(filled, *only, *typed, shell="bash") == [r"Quận\ Ba\ Đình", r"Phường\ Trung\ Hòa"]
        assert offered(filled, *only, *typed, "Ph", shell="bash") == [r"Phường\ Trung\ Hòa"]


def test_accents_and_case_need_not_be_typed(filled: Run) -> None:
    assert offered(filled, "add-model", "--lang", "vi", "--field", "QUOC") == ["quốc phòng - an ninh"]
    assert offered(filled, "models", "--unit", "quan") == ["Quận Ba Đình"]
    assert offered(filled, "add-reception", "--lang", "vi", "--subject", "dat") == ["đất đai, nhà cửa"]


def test_a_value_behind_an_equals_sign_is_offered(run: Run) -> None:
    assert offered(run, "report", "2023", "--format=j") == ["--format=json"]
    for typed in (("--format", "=", "j"), ("--format", "=")):
        assert "json" in offered(run, "report", "2023", *typed, shell="bash")
    assert offered(run, "--lang", "=", shell="bash") == ["vi", "en"]


def test_formats_columns_keys_and_files_are_offered(run: Run) -> None:
    assert offered(run, "due", "--format", "") == ["table", "json", "csv"]
    assert "unit" in offered(run, "models", "--sort", "u")
    assert "threshold" in offered(run, "config", "set", "t")
    assert offered(run, "config", "") == ["list", "get", "set", "unset"]
    assert offered(run, "completion", "") == ["bash", "zsh", "fish", "powershell"]
    assert offered(run, "models", "--db", "x") == offered(run, "--db", "") == [":files"]
    assert offered(run, "add-model", "--date", "to") == ["today"]


def test_units_are_offered_newest_first_and_once(filled: Run) -> None:
    assert offered(filled, "add-model", "--unit", "") == ["Quận Ba Đình", "Phường Trung Hòa"]
    assert offered(filled, "due", "--unit", "P") == ["Phường Trung Hòa"]


def test_no_unit_is_offered_that_only_void_or_undone_records_name(filled: Run) -> None:
    filled("add-model", "Chợ", "--field", "other", "--unit", "Phường Lạc Viên")
    assert "Phường Lạc Viên" in offered(filled, "models", "--unit", "")
    filled("undo", "--yes")
    assert "Phường Lạc Viên" not in offered(filled, "models", "--unit", "")


@pytest.mark.parametrize("typed", [("due",), ("form", "01/TCD", "2023"), ("export", "models"), ("import", "x.csv")])
def test_units_are_offered_wherever_one_is_asked_for(filled: Run, typed: tuple[str, ...]) -> None:
    assert offered(filled, *typed, "--unit", "P") == ["Phường Trung Hòa"]


def test_records_are_offered_by_number_with_their_names(filled: Run) -> None:
    filled("void", 3, "--reason", "nhầm")
    done = filled.apart("--complete", "zsh", "show", "")
    assert done.out.splitlines() == ["2\tĐất [đai]", '1\tCamera "an ninh"']
    assert offered(filled, "show", "", shell="bash") == ["2  (Đất [đai])", '1  (Camera "an ninh")']
    assert offered(filled, "show", "", shell="bash-menu") == ["2", "1"]
    assert offered(filled, "show", "2", shell="bash") == ["2"]
    assert offered(filled, "void", "1", "") == ["2", "1"]


def test_edit_offers_the_options_of_the_record_it_names(filled: Run) -> None:
    assert "--category" in offered(filled, "edit", "2", "--")
    assert "--category" not in offered(filled, "edit", "1", "--")


def test_who_came_is_never_offered(run: Run) -> None:
    secret = run.home / "who.txt"
    secret.write_text("citizen: Nguyễn Văn Kín\naddress: 12 Hàng Kín\nphone: 0900000009\n", "utf-8")
    run("add-reception", "--mode", "regular", "--category", "complaint", "--identity-file", secret)
    for typed in (("show", ""), ("add-model", "--unit", ""), ("edit", "1", "--")):
        assert "Kín" not in run.apart("--complete", "zsh", *typed).out


def test_the_values_of_the_office_are_offered(run: Run) -> None:
    run("config", "set", "model.field", "môi trường", 'làng "xanh"')
    assert offered(run, "add-model", "--field", "m") == ["môi trường"]
    assert offered(run, "add-model", "--field", "l") == ['làng "xanh"']
    assert offered(run, "add-model", "--theme", "m") == []


def test_bash_gets_words_as_they_are_typed(filled: Run) -> None:
    assert offered(filled, "models", "--unit", "Qu", shell="bash") == [r"Quận\ Ba\ Đình"]
    assert offered(filled, "models", "--unit", r"Quận\ B", shell="bash") == [r"Quận\ Ba\ Đình"]
    assert offered(filled, "models", "--unit", '"Quận', shell="bash") == ["Quận Ba Đình"]


def test_powershell_gets_the_last_word_behind_a_point(filled: Run) -> None:
    assert offered(filled, "models", "--unit", ".", shell="powershell") == ["Quận Ba Đình", "Phường Trung Hòa"]
    assert offered(filled, "add-mo.", shell="powershell") == []
    assert offered(filled, ".add-mo", shell="powershell") == ["add-model"]


@pytest.mark.parametrize(
    "typed", [("nothing", ""), ("show", "--"), ("add-model", "--field"), ("--db",), ("--lang", "xx", ""), (), ("", "")]
)
def test_a_line_that_makes_no_sense_is_no_error(run: Run, typed: tuple[str, ...]) -> None:
    offered(run, *typed)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\xfe", b'{"danvan":{"1":{"format":1}},\n"records":{', b"x\n" * 9]
)
def test_a_file_that_is_no_register_offers_nothing(run: Run, content: bytes) -> None:
    run.db.write_bytes(content)
    assert offered(run, "show", "") == []
    assert offered(run, "models", "--unit", "") == []
    assert offered(run, "edit", "1", "--cat") == ["--category"]


def test_only_the_end_of_a_large_register_is_read(run: Run) -> None:
    register = run.register()
    run("add-model", "Cũ", "--field", "economy", "--unit", "Xã Xưa")
    model = register.get(1).record
    register.add_many([model] * 4000)
    assert run.db.stat().st_size > 2 * recent.TAIL
    run("add-model", "Mới", "--field", "economy", "--unit", "Xã Nay")
    tail, offset = recent._tail(str(run.db), recent.TAIL)
    assert len(tail) == recent.TAIL
    assert offset > 0
    assert len(recent.names(str(run.db))) == recent.MOST
    assert recent.names(str(run.db))[0] == ("4002", "Mới")
    assert recent.units(str(run.db))[0] == "Xã Nay"
    assert recent.kind_of(str(run.db), "1") == ""


def test_an_answer_loads_next_to_nothing(filled: Run) -> None:
    code = (
        "import sys; sys.argv = ['danvan', '--complete', 'bash', 'add-model', '--unit', '']; "
        "before = set(sys.modules); import danvan.__main__ as m; m.run(); "
        "print('\\n' + ' '.join(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=filled.environment, capture_output=True, encoding="utf-8", check=True
    )
    loaded = done.stdout.splitlines()[-1].split()
    assert not {"typer", "msgspec", "rich", "tinydb", "json", "typing", "re", "pathlib"} & set(loaded)
    assert len([name for name in loaded if name.startswith("danvan")]) <= 8


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_script_is_printed_or_installed(run: Run, shell: str) -> None:
    assert run("completion", shell).out == SCRIPTS[shell]
    told = run("completion", shell, "--install").out
    path = Path(told.removeprefix("Wrote ").removesuffix(".\n"))
    assert path.read_text("utf-8") == SCRIPTS[shell]
    assert path.is_relative_to(run.home)


def test_an_unknown_shell_is_refused_with_the_known_ones(run: Run) -> None:
    assert "bash, zsh, fish, powershell" in run("completion", "tcsh", code=2).err
    assert run("completion", "pwsh").out == SCRIPTS["powershell"]


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_bash_takes_the_script(filled: Run) -> None:
    danvan = Path(sys.executable).with_name("danvan")
    line = (
        f"{SCRIPTS['bash']}\nCOMP_WORDS=({danvan} models --unit Qu); COMP_CWORD=3; _danvan; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", line], env=filled.environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.splitlines()[-1] == r"Quận\ Ba\ Đình"


@pytest.mark.parametrize("shell", [name for name in ("zsh", "fish") if shutil.which(name)])
def test_the_shells_parse_their_scripts(shell: str, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(SCRIPTS[shell], "utf-8")
    assert subprocess.run([shell, "-n", str(script)], check=False, env=os.environ.copy()).returncode == 0


def test_an_error_inside_is_no_answer_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> list[tuple[str, str]]:
        raise RuntimeError("broken")

    monkeypatch.setattr(answer, "offers", broken)
    answer.run(["bash", ""])
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_bash_lets_what_stands_behind_an_equals_sign_follow_at_once(filled: Run) -> None:
    danvan = Path(sys.executable).with_name("danvan")
    line = (
        f'{SCRIPTS["bash"]}\ncompopt() {{ echo "compopt $*"; }}; '
        f"COMP_WORDS=({danvan} explain 2023 models.registered --only un); COMP_CWORD=5; _danvan; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", line], env=filled.environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.splitlines()[-2:] == ["compopt -o nospace", "unit="]


@pytest.mark.skipif(not shutil.which("zsh"), reason="no zsh here")
def test_zsh_offers_whole_words_and_lets_what_stands_behind_an_equals_sign_follow_at_once(filled: Run) -> None:
    danvan = Path(sys.executable).with_name("danvan")
    for typed, wanted in (("un", ["-U", "-S", "", "-V"]), ("unit=Qu", ["-U", "-V", "danvan", "-l"])):
        line = (
            f'compdef() {{ }}; compadd() {{ print -rl -- "$@"; }}\n{SCRIPTS["zsh"]}\n'
            f"words=({danvan} explain 2023 models.registered --only {typed}); CURRENT=6; _danvan"
        )
        done = subprocess.run(
            ["zsh", "-f", "-c", line], env=filled.environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.stdout.splitlines()[:4] == wanted, done
