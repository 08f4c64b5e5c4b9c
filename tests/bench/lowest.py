"""The lowest versions that danvan allows, as pip takes them: `pip install $(python tests/bench/lowest.py)`.

In a fresh environment, `pip install -e '.[test]' $(python tests/bench/lowest.py)` and `pytest` run the suite so.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
BOUND = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)>=(?P<lowest>[0-9.]+)")


def lowest(requirements: Iterable[str]) -> Iterator[str]:
    """Each requirement pinned to its lower bound.

    Raises:
        ValueError: one has none.
    """
    for requirement in requirements:
        found = BOUND.match(requirement)
        if not found:
            raise ValueError(requirement)
        yield f"{found['name']}=={found['lowest']}"


def required() -> list[str]:
    """What danvan needs at run time."""
    dependencies: list[str] = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["dependencies"]
    return dependencies


if __name__ == "__main__":
    sys.stdout.write("\n".join(lowest(required())) + "\n")
