"""Signals that end a process: they interrupt a command as Ctrl-C does, so that it cleans up."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""The signals that end a process, other than that of Ctrl-C."""

PATIENCE = 0.2
"""How long, in seconds, to wait for Python to notice a signal; it does not while a library is at work."""


class Endings:
    """The signal, if any, that has told this process to end."""

    def __init__(self) -> None:
        self.number = 0
        self._noticed = threading.Event()

    @property
    def status(self) -> int | None:
        """The exit status for it, by the convention of shells; None if there was no signal."""
        return 128 + self.number if self.number else None

    def notice(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Interrupt the command once; a second signal would interrupt its cleaning up."""
        first = not self._noticed.is_set()
        self.number = number
        self._noticed.set()
        if first:
            raise KeyboardInterrupt

    def watch(self, reader: int) -> None:
        """Interrupt libraries that keep Python from noticing a signal: they react only to Ctrl-C."""
        while number := os.read(reader, 1):
            if number[0] in ENDINGS and not self._noticed.wait(PATIENCE):
                self.number = number[0]
                self._noticed.set()
                os.kill(os.getpid(), signal.SIGINT)
        os.close(reader)


@contextmanager
def tidy_endings() -> Iterator[Endings]:
    """Let signals that end the process interrupt the command; ignored ones stay ignored, as `nohup` requires."""
    endings = Endings()
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():  # handlers cannot be set there
        yield endings
        return
    heeded = [number for number in ENDINGS if signal.getsignal(number) is signal.SIG_DFL]
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number in heeded:
        signal.signal(number, endings.notice)
    threading.Thread(target=endings.watch, args=(reader,), daemon=True).start()
    try:
        yield endings
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(before)
        os.close(writer)
