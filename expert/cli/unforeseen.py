"""The last resort: an unexpected error becomes one line, with its traceback in a file to report."""

import os
import platform
import sys
from traceback import format_exception

from expert import __version__
from expert.knowledge.foreign_text import shown

LENGTH = 200
"""The maximum length of the error shown, in characters."""


def report(error: BaseException) -> str:
    """Write the traceback of an error to a file, or show it if EXPERT_DEBUG is set; say how to report it."""
    trace = "".join(format_exception(error))
    line = f"error: this is a bug in expert: {shown(f'{type(error).__name__}: {error}', LENGTH)}"
    if os.environ.get("EXPERT_DEBUG", "0") not in ("", "0"):
        return f"{trace}{line}"
    try:
        return f"{line}; please report it with the file {_written(trace)}"
    except OSError:
        return f"{line}; please report it with the output under EXPERT_DEBUG=1"


def _written(trace: str) -> str:
    """Write what helps to find the bug to a new file, which only the user may read; return its name."""
    from tempfile import NamedTemporaryFile

    about = f"expert {__version__}, Python {platform.python_version()}, {platform.platform()}\n{sys.argv}\n"
    with NamedTemporaryFile(
        "w", prefix="expert-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(f"{about}\n{trace}")
        return file.name
