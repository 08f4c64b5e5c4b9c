"""Fixtures and flags of the whole suite."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test, settings
from office import Run

from danvan.store.file import opening as file

# What lands is decided by the same examples each time; at a desk every run looks for new ones.
settings.register_profile("danvan", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("danvan")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden screens and the README's outputs anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Measure no coverage, which doubles the time of a test, of chance examples and of English beside Vietnamese."""
    if config.getoption("no_cov", default=True):
        return
    for item in items:
        lang = item.callspec.params.get("lang") if hasattr(item, "callspec") else None
        is_by_chance = is_hypothesis_test(getattr(item, "obj", None))
        is_trodden = is_by_chance or lang == "en" or item.get_closest_marker("unmeasured")
        if is_trodden and not item.get_closest_marker("measured"):
            item.add_marker("no_cover")


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """danvan in a home of its own."""
    return Run(tmp_path)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a torn file for one at once; nobody is in the middle of writing it."""
    monkeypatch.setattr(file, "LOOKS", (0.0,))


@pytest.fixture
def at_terminal(run: Run) -> Iterator[Callable[..., Any]]:
    """Start danvan on a pseudo-terminal; skipped where the system has none."""
    terminal = pytest.importorskip("terminal", exc_type=ImportError)
    opened = []

    def start(*argv: object, columns: int = 80, program: Sequence[str] = ("-m", "danvan"), **environment: str) -> Any:
        wanted = {**run.environment, "COLUMNS": str(columns), **environment}
        opened.append(terminal.Terminal([str(word) for word in argv], wanted, columns, program))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


@pytest.fixture
def permitted() -> Iterator[None]:
    """Permissions hold for whoever runs this: root on Linux gives up its right to read and write anything."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions are those of POSIX")
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root may read and write anything")
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3 of the structures, this thread
    sets = (ctypes.c_uint32 * 6)()
    system = ctypes.CDLL(None)
    assert system.capget(head, sets) == 0
    effective = sets[0]
    sets[0] &= ~0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert system.capset(head, sets) == 0
    yield
    sets[0] = effective
    assert system.capset(head, sets) == 0
