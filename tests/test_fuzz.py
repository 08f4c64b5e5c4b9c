"""Command lines, files and registers at random end calmly; `tests/bench/fuzz.py` plays many more of them."""

from __future__ import annotations

import fuzzing
from hypothesis import given, settings
from hypothesis import strategies as st


@settings(max_examples=150)
@given(st.integers(0, 2**48))
def test_any_command_line_any_file_and_any_register_end_calmly(seed: int) -> None:
    case, _, fault = fuzzing.play(seed)
    assert not fault, case


def test_every_command_is_thrown_at() -> None:
    from danvan.cli.commands import COMMANDS

    assert set(fuzzing.NAMES) == set(COMMANDS)
