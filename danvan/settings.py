"""The person's own settings: a small TOML file in the platform's config folder.

The convention: this room knows files and texts only; what a setting means is checked where it is used. It is
read at the start of every run and at every press of the completion key, so it imports next to nothing: what
danvan writes itself is read line by line, and `tomllib` only what somebody else wrote.
"""

from __future__ import annotations

import os
import sys

KEYS = ("language", "db", "author")
NAME = "config.toml"
DATA = "danvan.json"
# Other folders than the platform's: (variable, folder below the home) of the freedesktop.org base directories.
LINUX = {"config": ("XDG_CONFIG_HOME", ".config"), "data": ("XDG_DATA_HOME", ".local/share")}


def folder(what: str) -> str:
    """The platform's folder for danvan's "config" or "data"; empty where the system knows no home.

    On Linux the rule is so short that loading platformdirs would take longer than following it.
    """
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        variable, below = LINUX[what]
        base = os.environ.get(variable, "").strip() or os.path.expanduser(f"~/{below}")  # noqa: PTH111 -- pathlib costs start-up
        if base.startswith("~"):
            return ""
        return os.path.join(base, "danvan")  # noqa: PTH118
    import platformdirs

    find = platformdirs.user_config_path if what == "config" else platformdirs.user_data_path
    return str(find("danvan", appauthor=False))


def path() -> str:
    """The settings file: in the folder DANVAN_CONFIG names, else in the platform's; empty where there is none."""
    found = os.environ.get("DANVAN_CONFIG") or folder("config")
    return os.path.join(found, NAME) if found else ""  # noqa: PTH118


def default_register() -> str:
    """The register of somebody who named none; empty where the system knows no home."""
    found = folder("data")
    return os.path.join(found, DATA) if found else ""  # noqa: PTH118


def read() -> dict[str, str]:
    """The settings in the file; none where there is no file.

    Raises:
        OSError: the file is there and cannot be read.
        ValueError: it is no TOML, or a setting in it is no text.
    """
    try:
        with open(path(), encoding="utf-8") as file:  # noqa: PTH123
            text = file.read().removeprefix("\ufeff")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return _plain(text) if _is_plain(text) else _toml(text)


def change(key: str, value: str | None) -> None:
    """Set `key`, or with None take it out; whatever else stands in the file stays as it is.

    Raises:
        OSError: the file cannot be written; it is as it was.
    """
    target = path()
    try:
        with open(target, encoding="utf-8-sig") as file:  # noqa: PTH123
            lines = file.read().splitlines()
    except FileNotFoundError:
        lines = []
    kept = changed(lines, key, value)
    os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
    beside = f"{target}.{os.getpid()}.tmp"
    try:
        with open(beside, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write("".join(f"{line}\n" for line in kept))
        os.replace(beside, target)  # noqa: PTH105
    except BaseException:
        if os.path.exists(beside):  # noqa: PTH110
            os.unlink(beside)  # noqa: PTH108
        raise


def changed(lines: list[str], key: str, value: str | None) -> list[str]:
    """The lines of a settings file with `key` set or taken out; keys stand before the first table."""
    stop = next((at for at, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    top = [line for line in lines[:stop] if line.partition("=")[0].strip() != key]
    if value is not None:
        top.append(f"{key} = {quoted(value)}")
    return top + lines[stop:]


def quoted(value: str) -> str:
    """A text without control characters as TOML; a Windows path stays legible."""
    if "'" not in value:
        return f"'{value}'" if "\\" in value or '"' in value else f'"{value}"'
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_plain(text: str) -> bool:
    """Whether the file holds nothing but comments and lines of the shape that `quoted` gives."""
    return all(not line.strip() or line.lstrip().startswith("#") or _pair(line) for line in text.splitlines())


def _pair(line: str) -> tuple[str, str] | None:
    key, _, rest = line.partition("=")
    key, rest = key.strip(), rest.strip()
    quote, inner = rest[:1], rest[1:-1]
    whole = len(rest) >= 2 and quote in ("'", '"') and rest[-1] == quote and quote not in inner
    if not whole or key not in KEYS or (quote == '"' and "\\" in inner):
        return None
    return key, inner


def _plain(text: str) -> dict[str, str]:
    return dict(pair for line in text.splitlines() if not line.lstrip().startswith("#") and (pair := _pair(line)))


def _toml(text: str) -> dict[str, str]:
    import tomllib

    found = tomllib.loads(text)
    for key in KEYS:
        if not isinstance(found.get(key, ""), str):
            raise ValueError(key)
    return {key: found[key] for key in KEYS if found.get(key)}


def system_language() -> str:
    """The language code the operating system speaks, as far as danvan cares: "vi", or "" for any other."""
    if sys.platform == "win32":
        import ctypes

        vietnamese = 0x2A
        return "vi" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == vietnamese else ""
    wishes = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next((wish for wish in wishes if wish), "")
    return "vi" if spoken.startswith("vi") else ""
