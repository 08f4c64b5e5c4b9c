"""A citizen's identity goes in by one door and comes out by none."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import Run

from danvan.messages import LanguageCode, catalogue

NAME, ADDRESS, PHONE = "Nguyễn Thị Sentinel", "Số 99 ngõ Sentinel", "0912000111"
SENTINELS = (NAME, ADDRESS, PHONE, "Sentinel")


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    path = tmp_path / "citizen.txt"
    path.write_text(f"Họ tên: {NAME}\nđịa chỉ: {ADDRESS}\n\nphone: {PHONE}\n", "utf-8")
    return path


def add(run: Run, identity: Path, *argv: str) -> None:
    run("add-reception", "Đất", "--mode", "regular", "--category", "complaint", "--identity-file", identity, *argv)


def test_the_identity_is_kept_and_the_file_belongs_to_its_owner_alone(run: Run, identity: Path) -> None:
    add(run, identity)
    assert (run.stored()["1"]["citizen"], run.stored()["1"]["phone"]) == (NAME, PHONE)
    assert run.db.stat().st_mode & 0o077 == 0


def test_no_command_lets_it_out(run: Run, identity: Path) -> None:
    said = []
    for flags in ((), ("--json",)):
        said.append(
            run(
                *("add-reception", "Đất", "--mode", "regular", "--category", "petition"),
                *("--identity-file", identity, *flags),
            )
        )
    for form in ("table", "json", "jsonl", "csv", "markdown"):
        said.append(run("receptions", "--format", form))
        said.append(run("receptions", "--format", form, "--year", "2023", lang="vi", width=200))
        said.append(run("receptions", "--format", form, "--columns", "all", "--search", "Sentinel"))
        said.append(run("receptions", "--format", form, "--columns", "id,citizen,address,phone"))
    run("edit", "1", "--note", "Đã xem")
    for flags in ((), ("--json",)):
        said += [run("show", "1", "2", *flags), run("history", "1", *flags), run("show", "1", *flags, width=80)]
    for form in ("table", "text", "json"):
        said.append(run("report", "2023", "--format", form))
    for answer in said:
        for sentinel in SENTINELS:
            assert sentinel not in answer.out + answer.err


def test_errors_about_the_file_do_not_repeat_it(run: Run, identity: Path) -> None:
    identity.write_text(f"{NAME}\n", "utf-8")
    for flags in ((), ("--json",)):
        answer = run("add-reception", "--mode", "regular", "--identity-file", identity, *flags, code=2)
        assert "Sentinel" not in answer.out + answer.err
    assert not run.db.exists()


@pytest.mark.parametrize("category", ["tố cáo", "denunciation", "to cao"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_who_denounces_is_never_written(run: Run, identity: Path, category: str, lang: LanguageCode) -> None:
    argv = ("add-reception", "Đất", "--mode", "regular", "--category", category, "--identity-file", identity)
    for flags in ((), ("--json",)):
        answer = run(*argv, *flags, lang=lang, code=2)
        assert catalogue(lang)["problem.identity"] in answer.err
        assert ("bí mật nhà nước" if lang == "vi" else "state secret") in answer.err
        assert "Sentinel" not in answer.err
    assert not run.db.exists()


def test_without_a_category_nobody_is_named(run: Run, identity: Path) -> None:
    answer = run("add-reception", "Đất", "--mode", "regular", "--identity-file", identity, code=2)
    assert "Sentinel" not in answer.err
    assert not run.db.exists()


def test_an_unexpected_fault_shows_no_local_variables(
    run: Run, identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import traceback

    from danvan.store import Register

    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Register, "add", broken)
    try:
        add(run, identity)
    except RuntimeError as fault:
        assert "Sentinel" not in "".join(traceback.format_exception(fault))
