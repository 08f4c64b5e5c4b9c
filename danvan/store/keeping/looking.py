"""Looking into the copies beside a register: as they are, waiting for nobody, mending nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from danvan.errors import DanvanError
from danvan.store.file import disk
from danvan.store.file.image import Image
from danvan.store.file.opening import RegisterFile


def may_hold(path: Path, holds: Callable[[Image], bool]) -> bool:
    """Whether a copy holds what is looked for; also where it cannot be looked into, for then nobody can tell."""
    try:
        with disk.open_existing(path, writable=False) as file:
            image = RegisterFile(path, _unheard, 0).look(file)
            return image is None or holds(image)
    except (DanvanError, OSError, ValueError):
        return True


def _unheard(*_keys: object, **_facts: object) -> None:
    """What copies call for is said where they are used."""
