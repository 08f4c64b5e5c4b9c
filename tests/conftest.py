"""Fixtures and flags of the whole suite."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from office import Run

settings.register_profile("danvan", deadline=None)
settings.load_profile("danvan")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden screens and the README's outputs anew")


@pytest.fixture
def updating(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """danvan in a home of its own."""
    return Run(tmp_path)
