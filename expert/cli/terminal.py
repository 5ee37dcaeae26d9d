"""How text looks on the terminal: its width, its colours, the characters that it can show.

Everything that a command says goes through `print_text`. It writes out whatever would act on a terminal instead of
being read, so that no text from outside can, be it from a file, a name or an argument; colours are put in after that.
"""

import os
import re
import sys
from typing import Any

import click

from expert.knowledge.foreign_text import visible, visible_lines

_LOOKS: dict[str, dict[str, Any]] = {
    "answer": {"bold": True, "fg": "green"},
    "heading": {"bold": True},
    "for": {"fg": "green"},
    "against": {"fg": "red"},
    "faint": {"dim": True},
}

_MARK = f"<{os.urandom(8).hex()}:"
"""Where a role begins, until the text is printed; no text from outside can know it."""

_STYLED = re.compile(rf"{_MARK}(\w+)>(.*?){_MARK}>", re.DOTALL)


def is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout.isatty()


def terminal_width() -> int:
    """Take the terminal's width, within what reads well; 80 where there is none, so that files are alike everywhere."""
    if not is_terminal():
        return 80
    from shutil import get_terminal_size

    return min(max(get_terminal_size().columns, 20), 100)


def style(text: str, role: str) -> str:
    """Mark a text, so that `print_text` gives it the looks of its role."""
    return f"{_MARK}{role}>{text}{_MARK}>"


def bars() -> str:
    """Choose the characters of bars: those that standard output can show."""
    return "█░▒" if can_show("█░▒") else "#.-"


def can_show(characters: str) -> bool:
    """Tell whether standard output can show these characters."""
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def hide_panics() -> None:
    """Keep off standard error, from now on, what is written there by no module of Python.

    Polars tells of the end of each of its threads, with a backtrace, where a command is interrupted.
    """
    native = sys.__stderr__
    if native is not None and sys.stderr is native:
        copy = os.dup(native.fileno())
        sys.stderr = os.fdopen(copy, "w", buffering=1, encoding=native.encoding, errors=native.errors)
        os.dup2(os.open(os.devnull, os.O_WRONLY), native.fileno())


def print_text(text: str, err: bool = False) -> None:
    """Print lines of text, styled where that is wanted."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    styled = _STYLED.sub(lambda found: click.style(found[2], **_LOOKS[found[1]]), visible_lines(text))
    click.echo(styled, nl=False, err=err, color=False if plain else None)


def print_line(text: object, err: bool = False) -> None:
    """Print a text on one line, whatever is in it."""
    print_text(f"{visible(text)}\n", err)
