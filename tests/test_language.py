"""Which language a run speaks."""

from __future__ import annotations

import pytest
from office import Run

VI, EN = "Cách dùng", "Usage"


@pytest.mark.parametrize(
    ("argv", "environment", "spoken"),
    [
        ((), {"DANVAN_LANG": "vi", "LANG": "en_US.UTF-8"}, VI),
        ((), {"DANVAN_LANG": "en", "LANG": "vi_VN.UTF-8"}, EN),
        (("--lang", "vi"), {"DANVAN_LANG": "en", "LANG": "en_US.UTF-8"}, VI),
        (("--lang=en",), {"DANVAN_LANG": "vi", "LANG": "vi_VN.UTF-8"}, EN),
        ((), {"DANVAN_LANG": "", "LANG": "vi_VN.UTF-8"}, VI),
        ((), {"DANVAN_LANG": "", "LANG": "en_US.UTF-8"}, EN),
        ((), {"DANVAN_LANG": "", "LC_ALL": "C", "LANG": "vi_VN.UTF-8"}, EN),
        ((), {"DANVAN_LANG": "", "LC_MESSAGES": "vi_VN", "LANG": "C"}, VI),
        ((), {"DANVAN_LANG": "", "LANG": "fr_FR.UTF-8"}, EN),
        ((), {"DANVAN_LANG": "", "LANG": ""}, EN),
    ],
)
def test_the_option_comes_before_the_variable_before_the_system(
    run: Run, argv: tuple[str, ...], environment: dict[str, str], spoken: str
) -> None:
    run.environment |= environment
    out = run("models", "--help", *argv, lang=environment["DANVAN_LANG"]).out
    assert out.startswith(spoken)


@pytest.mark.parametrize("argv", [("--lang", "fr"), ("--lang=klingon",)])
def test_a_language_danvan_does_not_speak_is_refused(run: Run, argv: tuple[str, ...]) -> None:
    answer = run("models", *argv, code=2)
    assert "vi" in answer.err
    assert "en" in answer.err


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", ("Lỗi:", "Chưa có gì thay đổi.", "Xem cách dùng")),
        ("en", ("Error:", "Nothing was changed.", "How to use it")),
    ],
)
def test_errors_follow_the_language(run: Run, lang: str, words: tuple[str, ...]) -> None:
    err = run("add-model", "A", "--field", "nonsense", code=2, lang=lang).err
    for word in words:
        assert word in err


def test_a_process_of_its_own_follows_the_environment(run: Run) -> None:
    assert run.apart("models", "--help", DANVAN_LANG="vi").out.startswith(VI)
    assert run.apart("models", "--help", DANVAN_LANG="en").out.startswith(EN)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ngày 1 tháng 5 năm 2023", "2023-05-01"),
        ("Ngày 26/12/2023", "2023-12-26"),
        ("ngay 3 thang 4 nam 2023", "2023-04-03"),
    ],
)
def test_a_day_may_be_written_out_in_vietnamese(run: Run, typed: str, plain: str) -> None:
    assert run.add("add-model", "Đường hoa", "--field", "economy", "--date", typed)["date"] == plain


@pytest.mark.parametrize("typed", ["ngày 31 tháng 2 năm 2023", "tháng 5 năm 2023", "năm 2023", "ngày mai"])
def test_what_is_no_day_is_none_in_words_either(run: Run, typed: str) -> None:
    run("add-model", "Đường hoa", "--field", "economy", "--date", typed, code=2)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("năm 2023", ["2023"]),
        ("Quý 3/2023", ["2023", "--period", "q3"]),
        ("quý 3 năm 2023", ["2023", "--period", "q3"]),
        ("first half of 2023", ["2023", "--period", "h1"]),
        ("tháng 4 2023", ["2023-04"]),
    ],
)
def test_a_period_may_be_written_out_in_words(run: Run, typed: str, plain: list[str]) -> None:
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2023-07-01")
    assert run("report", typed).out == run("report", *plain).out


@pytest.mark.parametrize("typed", ["tháng 7/2023", "tháng 7 năm 2023", "Năm 2023"])
def test_lists_take_months_and_years_in_words(run: Run, typed: str) -> None:
    run("add-model", "Đường hoa", "--field", "economy", "--date", "2023-07-01")
    assert run("models", "--since", typed, "--until", typed, "--count").out == "1\n"
