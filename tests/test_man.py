"""The manual page danvan(1)."""

from __future__ import annotations

import re

import pytest
from office import Run

from danvan.cli.commands import COMMANDS
from danvan.completion.manual import escaped


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_names_every_command_with_its_options(run: Run, lang: str) -> None:
    page = run("man", lang=lang).out
    assert page.startswith(".TH DANVAN 1")
    named = {name.replace("\\-", "-") for name in re.findall(r"^\.SS danvan (\S+)", page, re.MULTILINE)}
    assert named == set(COMMANDS)
    assert ".B \\-\\-small\\-cells …" in page
    assert ("Category: complaint, denunciation" if lang == "en" else "khiếu nại (complaint)") in page


def test_what_roff_would_obey_is_text(run: Run) -> None:
    assert escaped(".so /etc/passwd\n'x\\y -") == "\\&.so /etc/passwd\n\\&'x\\ey \\-"
    for line in run("man").out.splitlines():
        assert not line.startswith("'")
        assert not line.startswith(".") or line.split()[0] in (".TH", ".SH", ".SS", ".TP", ".B")


def test_it_goes_to_a_file(run: Run) -> None:
    run("man", "-o", run.home / "danvan.1")
    assert (run.home / "danvan.1").read_text("utf-8") == run("man").out
