"""A person at a real terminal: danvan in a process of its own on a pseudo-terminal, seen and typed to.

Only where the system has pseudo-terminals; tests that need one ask for the fixture `at_terminal`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence

PATIENCE = 20.0
# What a terminal is told besides text: colours, cursor, bracketed paste, window titles.
CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07|\x1b[=>]|\x07")


class Terminal:
    """One run of danvan on a terminal of `columns` columns."""

    def __init__(
        self,
        argv: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 80,
        program: Sequence[str] = ("-m", "danvan"),
    ) -> None:
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # which a suite that runs in the background may ignore
            os.execve(sys.executable, [sys.executable, *program, *argv], {**os.environ, **environment})
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self._raw = b""
        self._seen = 0
        self._is_over = False
        self.code: int | None = None

    @property
    def screen(self) -> str:
        """Everything that was shown so far, without control sequences."""
        return CONTROL.sub("", self._raw.decode("utf-8", errors="replace")).replace("\r\n", "\n").replace("\r", "")

    def until(self, text: str) -> str:
        """Wait for `text` to be shown after what was waited for before; give what came up to it."""
        ends = time.monotonic() + PATIENCE
        while text not in self.screen[self._seen :]:
            if not self._read() or time.monotonic() > ends:
                raise AssertionError(f"never shown: {text!r}\n{self.screen}")
        at = self.screen.index(text, self._seen) + len(text)
        shown, self._seen = self.screen[self._seen : at], at
        return shown

    def type(self, text: str) -> None:
        """Type a line and Enter."""
        os.write(self._master, f"{text}\r".encode())

    def press(self, key: bytes) -> None:
        """Press a key, such as Ctrl-C (b"\\x03") or Ctrl-D (b"\\x04")."""
        time.sleep(0.2)  # Python misses a signal that comes between showing a question and waiting for the answer
        os.write(self._master, key)

    def answer(self, question: str, text: str) -> None:
        """Wait for a question and type the answer."""
        self.until(question)
        self.type(text)

    def end(self, code: int = 0) -> str:
        """Wait for the end, expect an exit code and give all that was shown."""
        ends = time.monotonic() + PATIENCE
        while self._read():
            if time.monotonic() > ends:
                break
        if not self._is_over:
            raise AssertionError(f"never ended\n{self.screen}")
        _, status = os.waitpid(self._pid, 0)
        self.code = os.waitstatus_to_exitcode(status)
        assert self.code == code, (self.code, self.screen)
        return self.screen

    def close(self) -> None:
        """Leave nothing running."""
        if self.code is None:
            with contextlib.suppress(OSError):
                os.kill(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)
        with contextlib.suppress(OSError):
            os.close(self._master)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], PATIENCE)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux says so when the other side has gone
            data = b""
        self._raw += data
        self._is_over = not data
        return bool(data)
