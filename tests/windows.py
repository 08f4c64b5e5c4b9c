"""danvan as on Windows, as far as this system can play it: `python tests/windows.py ARGUMENT…` runs it.

What is played, and where that is written down (learn.microsoft.com is "MS", docs.python.org/3/library "PY"):

- `sys.platform` is "win32". `os.name` and the shape of paths stay as they are here: `pathlib` is built on them.
- The modules in `UNIX` do not exist, nor the functions and signals in `NOT_THERE` (PY: "Availability: Unix" of each;
  signal.html). `os.utime` and `os.chmod` take no descriptors (PY: os.html, `supports_fd`).
- A file that somebody has open is neither replaced, renamed nor removed: Python opens files without
  FILE_SHARE_DELETE (MS: CreateFileW; PY: os.html, `os.remove`). A folder cannot be opened.
- `msvcrt.locking` locks bytes from the position of the descriptor on, also beyond the end, for one open file; all
  others can neither read nor write them, also in the same process (MS: LockFile; PY: msvcrt.html).
- `os.fsync` needs a descriptor that may be written to (MS: _commit, FlushFileBuffers).
- The time of a file that was written to is set when it is closed, unless it was set through that handle (MS: File
  Times, SetFileTime).
- Names with `<>:"|?*` or control characters are refused, and so are such as end in a point or a blank (MS: Naming
  Files). Of a name with a colon Windows would make a stream of another file, which is worse.
- Text is written with CRLF where nothing else is asked for, and in the code page (CODE_PAGE, or cp1252) where no
  encoding is named; so are standard streams that are no console (PY: functions.html, `open`; sys.html, `sys.stdout`).
  A console takes Unicode (PEP 528); with PYTHONLEGACYWINDOWSSTDIO it takes the code page.
- A reader who has gone is EINVAL, not EPIPE (PY bug 35754).
- A console obeys control sequences only after it was asked to, and an old one, with OLD_CONSOLE, not even then (MS:
  Console Virtual Terminal Sequences).

Libraries are loaded before, so that only danvan itself is under test. Not played: backslashes, drives, names that
differ in case only, devices such as NUL, permissions, path length, what virus scanners do.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import fcntl
import io
import os
import struct
import sys
import sysconfig
import types
from pathlib import Path
from typing import Any

UNIX = ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "readline", "curses", "syslog", "posix", "crypt")
NOT_THERE = {
    os: (
        *("pread", "pwrite", "preadv", "pwritev", "fchmod", "fchown", "chown", "lchown", "getuid", "geteuid", "getgid"),
        *(
            "getegid",
            "getgroups",
            "setuid",
            "fork",
            "forkpty",
            "posix_fadvise",
            "posix_fallocate",
            "sendfile",
            "statvfs",
        ),
        *("fstatvfs", "mkfifo", "mknod", "sync", "fdatasync", "nice", "setsid", "killpg", "uname", "getpgid", "lockf"),
        *("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_SYNC", "O_DSYNC", "O_NOCTTY", "O_TMPFILE"),
    ),
    __import__("signal"): ("SIGPIPE", "SIGHUP", "SIGKILL", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGQUIT", "SIGWINCH"),
}
ONLY_THERE = {"O_BINARY": 0x8000 << 16, "O_NOINHERIT": 0x80 << 16}  # shifted: none of this system's own
FORBIDDEN = set('<>:"|?*') | {chr(code) for code in range(32)}
LK_UNLCK, LK_LOCK, LK_NBLCK, LK_RLCK, LK_NBRLCK = range(5)
WIN32_EPOCH = 116_444_736_000_000_000  # 1970 in units of 100 ns since 1601 (MS: FILETIME)
VIRTUAL_TERMINAL, PROCESSED = 0x4, 0x1
HANDLES = {-11: 1, -12: 2}  # STD_OUTPUT_HANDLE, STD_ERROR_HANDLE
FLOCK = "hhqqi4x"
shadows: dict[int, int] = {}  # a lock needs no right to write there, but here: a second descriptor that has it
real = types.SimpleNamespace(open=os.open, close=os.close, replace=os.replace, unlink=os.unlink, utime=os.utime)
real.fsync, real.mkdir = os.fsync, os.mkdir


def page() -> str:
    """The code page of the system."""
    return os.environ.get("CODE_PAGE", "cp1252")


def named(path: Any) -> None:
    """Refuse what is no name there."""
    if isinstance(path, int):
        return
    for part in Path(os.fsdecode(path)).parts:
        if FORBIDDEN & set(part) or (part.endswith((".", " ")) and part not in (".", "..")):
            raise OSError(errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect", str(path))


def is_open(path: Any) -> bool:
    """Whether any process has the file open."""
    try:
        wanted = Path(path).stat()
    except OSError:
        return False
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            handles = [handle.stat() for handle in folder.iterdir() if handle.exists()]
        except OSError:
            continue
        if any(os.path.samestat(wanted, one) for one in handles):
            return True
    return False


def free(path: Any) -> None:
    """Refuse to touch a file that somebody has open."""
    if is_open(path):
        raise PermissionError(errno.EACCES, "The process cannot access the file", os.fsdecode(path))


def expanduser(path: Any) -> Any:
    """`os.path.expanduser`: by USERPROFILE, or not at all."""
    home, text = os.environ.get("USERPROFILE", ""), os.fspath(path)
    return home + text[1:] if home and (text == "~" or text[:2] in ("~/", "~\\")) else text


class FileIO(io.FileIO):
    """A file under mandatory locks."""

    def __init__(self, file: Any, mode: str = "r", closefd: bool = True, opener: Any = None) -> None:
        self.is_written = self.is_stamped = False
        named(file)
        if not isinstance(file, int) and Path(file).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", os.fsdecode(file))
        super().__init__(file, mode, closefd, opener)
        files[self.fileno()] = self

    def read(self, size: int | None = -1) -> Any:
        length = os.fstat(self.fileno()).st_size
        self._meet(length if size is None or size < 0 else min(size, max(length - self.tell(), 0)), fcntl.F_RDLCK)
        return super().read(-1 if size is None else size)

    def readall(self) -> Any:
        return self.read()

    def readinto(self, buffer: Any) -> Any:
        self._meet(len(buffer), fcntl.F_RDLCK)
        return super().readinto(buffer)

    def write(self, data: Any) -> Any:
        self._meet(len(data), fcntl.F_WRLCK)
        self.is_written, self.is_stamped = True, False
        return super().write(data)

    def close(self) -> None:
        if not self.closed:
            handle = self.fileno()
            if self.is_written and not self.is_stamped:
                real.utime(handle)
            files.pop(handle, None)
            super().close()
            if handle in shadows:
                real.close(shadows.pop(handle))

    def _meet(self, count: int, kind: int) -> None:
        if count and self.seekable():
            asked = struct.pack(FLOCK, kind, os.SEEK_SET, self.tell(), count, 0)
            found = struct.unpack(FLOCK, fcntl.fcntl(self.fileno(), fcntl.F_OFD_GETLK, asked))
            if found[0] != fcntl.F_UNLCK:
                raise PermissionError(errno.EACCES, "Permission denied")


class Pipe(io.FileIO):
    """An end of a pipe, of which the other may be gone."""

    def write(self, data: Any) -> Any:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise OSError(errno.EINVAL, "Invalid argument") from None


files: dict[int, FileIO] = {}


def opened(
    file: Any,
    mode: str = "r",
    buffering: int = -1,
    encoding: Any = None,
    errors: Any = None,
    newline: Any = None,
    **how: Any,
) -> Any:
    """`open`: through `FileIO`, and in the code page with CRLF unless something else is asked for."""
    raw = FileIO(file, mode.replace("b", "").replace("t", "") or "r", **how)
    if buffering == 0:
        return raw
    kind = io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
    if "b" in mode:
        return kind(raw)
    line_end = "\r\n" if newline is None and "r" not in mode else newline
    return io.TextIOWrapper(kind(raw), encoding or page(), errors, line_end)


def os_open(path: Any, flags: int, mode: int = 0o777, **how: Any) -> int:
    """`os.open`."""
    named(path)
    if Path(path).is_dir() and "dir_fd" not in how and not sys._getframe(1).f_code.co_filename.endswith("shutil.py"):
        raise PermissionError(errno.EACCES, "Permission denied", os.fsdecode(path))
    for flag in ONLY_THERE.values():
        flags &= ~flag
    return int(real.open(path, flags, mode, **how))


def replace(source: Any, target: Any, **how: Any) -> None:
    """`os.replace`."""
    named(target)
    free(source)
    free(target)
    real.replace(source, target, **how)


def rename(source: Any, target: Any, **how: Any) -> None:
    """`os.rename`: replaces nothing."""
    if Path(target).exists():
        raise FileExistsError(errno.EEXIST, "File exists", os.fsdecode(target))
    replace(source, target, **how)


def unlink(path: Any, **how: Any) -> None:
    """`os.unlink`."""
    if "dir_fd" not in how:
        free(path)
    real.unlink(path, **how)


def mkdir(path: Any, mode: int = 0o777, **how: Any) -> None:
    """`os.mkdir`."""
    named(path)
    real.mkdir(path, mode, **how)


def utime(path: Any, *args: Any, **how: Any) -> None:
    """`os.utime`."""
    if isinstance(path, int):
        raise TypeError("utime: path should be string, bytes or os.PathLike, not int")
    real.utime(path, *args, **how)


def fsync(handle: int) -> None:
    """`os.fsync`."""
    if fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(errno.EBADF, "Bad file descriptor")
    real.fsync(handle)


def locking(handle: int, mode: int, count: int) -> None:
    """`msvcrt.locking`."""
    at = os.lseek(handle, 0, os.SEEK_CUR)
    if fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
        if handle not in shadows:
            shadows[handle] = real.open(f"/proc/self/fd/{handle}", os.O_RDWR)
        handle = shadows[handle]
    kind = fcntl.F_UNLCK if mode == LK_UNLCK else fcntl.F_WRLCK
    try:
        fcntl.fcntl(handle, fcntl.F_OFD_SETLK, struct.pack(FLOCK, kind, os.SEEK_SET, at, count, 0))
    except OSError:
        raise PermissionError(errno.EACCES, "Permission denied") from None


def plain(handle: Any) -> int:
    """The number of a handle; one that is not said to be as wide as a pointer would be cut off."""
    assert isinstance(handle, ctypes.c_void_p), "a handle is a pointer"
    return handle.value or 0


class Kernel32:
    """The few functions of Windows itself that danvan calls."""

    def __init__(self) -> None:
        self.modes = {1: PROCESSED, 2: PROCESSED}

    def SetFileTime(self, handle: int, _made: Any, _read: Any, written: Any) -> int:  # noqa: N802
        handle, wide = plain(handle), written._obj.value
        now = (wide - WIN32_EPOCH) * 100
        real.utime(handle, ns=(now, now))
        files[handle].is_stamped = True
        return 1

    def GetStdHandle(self, number: int) -> int:  # noqa: N802
        return HANDLES[ctypes.c_int32(number).value]

    def GetConsoleMode(self, handle: int, mode: Any) -> int:  # noqa: N802
        if not os.isatty(plain(handle)):
            return 0
        mode._obj.value = self.modes[plain(handle)]
        return 1

    def SetConsoleMode(self, handle: int, mode: int) -> int:  # noqa: N802
        if mode & VIRTUAL_TERMINAL and "OLD_CONSOLE" in os.environ:
            return 0
        self.modes[plain(handle)] = mode
        os.environ["VT"] = "asked for"
        return 1

    def GetUserDefaultUILanguage(self) -> int:  # noqa: N802
        return 0x042A if page() == "cp1258" else 0x0409


def streams() -> None:
    """Standard streams as a process finds them there."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        is_console = os.isatty(number) and "PYTHONLEGACYWINDOWSSTDIO" not in os.environ
        stated, _, faults = os.environ.get("PYTHONIOENCODING", "").partition(":")
        encoding = "utf-8" if is_console else stated or page()
        faults = faults or ("backslashreplace" if name == "stderr" else "strict")
        raw: io.FileIO = Pipe(number, "r" if number == 0 else "w", closefd=False)
        buffer = io.BufferedReader(raw) if number == 0 else io.BufferedWriter(raw)
        end = None if number == 0 else "\r\n"
        stream = io.TextIOWrapper(buffer, encoding, faults, end, line_buffering=number == 2 or os.isatty(number))  # type: ignore[arg-type,type-var]
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def load_libraries() -> None:
    """Load what is not under test as it is on this system; what takes long only where it is needed."""
    import getpass, platformdirs, rich.console, rich.table, shutil, tempfile, tinydb, typer.main  # noqa: E401, F401, I001

    if any(word.endswith((".xlsx", ".docx")) for word in sys.argv):
        import docxtpl  # noqa: F401


def become_windows() -> None:
    """From here on this process is on Windows."""
    load_libraries()
    for module in UNIX:
        sys.modules[module] = None  # type: ignore[assignment]
    for room, names in NOT_THERE.items():
        for name in names:
            if hasattr(room, name):
                delattr(room, name)
    for name, value in ONLY_THERE.items():
        setattr(os, name, value)
    msvcrt: Any = types.ModuleType("msvcrt")
    msvcrt.LK_UNLCK, msvcrt.LK_LOCK, msvcrt.LK_NBLCK, msvcrt.LK_RLCK, msvcrt.LK_NBRLCK = range(5)
    msvcrt.locking, msvcrt.get_osfhandle = locking, lambda handle: handle
    sys.modules["msvcrt"] = msvcrt
    ctypes.windll = types.SimpleNamespace(kernel32=Kernel32())  # type: ignore[attr-defined]
    os.open, os.replace, os.rename, os.unlink, os.remove = os_open, replace, rename, unlink, unlink  # type: ignore[assignment]
    os.mkdir, os.utime, os.fsync = mkdir, utime, fsync  # type: ignore[assignment]
    os.supports_fd.clear()
    os.linesep = "\r\n"
    sysconfig.get_config_vars()  # asked once by libraries of time zones, of a file that only real platforms have
    io.FileIO, io.open, builtins.open = FileIO, opened, opened  # type: ignore[misc, assignment]
    os.path.expanduser = expanduser  # type: ignore[assignment]
    sys.platform = "win32"
    streams()


def command(*argv: object) -> list[str]:
    """The command line that runs danvan here."""
    return [sys.executable, __file__, *map(str, argv)]


if __name__ == "__main__":
    become_windows()
    from danvan.__main__ import run

    run()
