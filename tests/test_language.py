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
