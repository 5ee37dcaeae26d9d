"""The last resort: an error that nobody foresaw becomes one line, and a file to report."""

import os
import platform
import sys
from traceback import format_exception

from expert import __version__
from expert.knowledge.foreign_text import shown

LENGTH = 200
"""How many characters of an error are shown."""


def report(error: BaseException) -> str:
    """Keep the traceback of an error in a file, or show it where EXPERT_DEBUG asks for that; say what to do with it."""
    trace = "".join(format_exception(error))
    line = f"error: a defect of expert, not of what it was given: {shown(f'{type(error).__name__}: {error}', LENGTH)}"
    if os.environ.get("EXPERT_DEBUG", "0") not in ("", "0"):
        return f"{trace}{line}"
    try:
        return f"{line}; please report it, with the file {_written(trace)}"
    except OSError:
        return f"{line}; please report it, with what is printed where EXPERT_DEBUG=1 is set"


def _written(trace: str) -> str:
    """Write a new file, which others may not read, with what it takes to find the defect; give its name."""
    from tempfile import NamedTemporaryFile

    about = f"expert {__version__}, Python {platform.python_version()}, {platform.platform()}\n{sys.argv}\n"
    with NamedTemporaryFile(
        "w", prefix="expert-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(f"{about}\n{trace}")
        return file.name
