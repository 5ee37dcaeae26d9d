"""Signals that end a process: they end a command as Ctrl-C does, so that it tidies up."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""The signals that end a process, but for that of Ctrl-C."""

PATIENCE = 0.2
"""How long, in seconds, Python has to notice a signal by itself; longer where a library is at work."""


class Endings:
    """What has told this process to end."""

    def __init__(self) -> None:
        self.number = 0
        self._noticed = threading.Event()

    @property
    def status(self) -> int | None:
        """The exit status that tells of it, as shells write it; None if nothing has."""
        return 128 + self.number if self.number else None

    def notice(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Interrupt the command, once: what comes after would interrupt the tidying up."""
        first = not self._noticed.is_set()
        self.number = number
        self._noticed.set()
        if first:
            raise KeyboardInterrupt

    def watch(self, reader: int) -> None:
        """Interrupt libraries that keep Python from noticing: they heed Ctrl-C alone."""
        while number := os.read(reader, 1):
            if number[0] in ENDINGS and not self._noticed.wait(PATIENCE):
                self.number = number[0]
                self._noticed.set()
                os.kill(os.getpid(), signal.SIGINT)
        os.close(reader)


@contextmanager
def tidy_endings() -> Iterator[Endings]:
    """Let signals that end the process interrupt the command; those that are ignored stay so, as `nohup` wants it."""
    endings = Endings()
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():  # where there are no handlers
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
