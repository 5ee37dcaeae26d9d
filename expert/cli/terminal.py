"""How text looks on the terminal: its width, its colours, the characters that it can show."""

import os
import sys
from typing import Any

import click

_LOOKS: dict[str, dict[str, Any]] = {
    "answer": {"bold": True, "fg": "green"},
    "heading": {"bold": True},
    "for": {"fg": "green"},
    "against": {"fg": "red"},
    "faint": {"dim": True},
}


def terminal_width() -> int:
    """Take the terminal's width, within what reads well; 80 where there is none, so that files are alike everywhere."""
    if not sys.stdout.isatty():
        return 80
    from shutil import get_terminal_size

    return min(max(get_terminal_size().columns, 20), 100)


def style(text: str, role: str) -> str:
    """Give a text the looks of its role."""
    return click.style(text, **_LOOKS[role])


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
    """Print a styled text, in colour where that is wanted."""
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    click.echo(text, nl=False, err=err, color=False if plain else None)
