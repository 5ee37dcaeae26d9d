"""Text on the terminal: its width, its colours, and the characters that it can show.

Everything that a command prints goes through `print_text`. It writes out control characters, so that no text from a
file, a name or an argument can control the terminal; colours are added after that.
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

_PLAINER = {
    "−": "-", "–": "-", "—": "-", "·": "-", "•": "*", "→": "->", "←": "<-", "≥": ">=", "≤": "<=", "≠": "!=",
    "×": "x", "÷": "/", "⊕": "(+)", "…": "...", "’": "'", "δ": "delta",
}  # fmt: skip
"""What is printed where the encoding of a stream does not have a character; others are written out as escapes."""

_MARK = f"<{os.urandom(8).hex()}:"
"""Marks the beginning of a role until the text is printed; random, so that no input can contain it."""

_LESS = r"-FRXPs?eThe end\. q\: leave:Space\: next page, q\: leave.$"
"""How `less` shows text, as git has it, and with the keys to press, unless the environment says how.

Without the dash, click does not see that `less` is to show styles, and leaves them out.
"""

QUIET = "expert.quiet"
"""The key in a command's context for `--quiet`."""

_STYLED = re.compile(rf"{_MARK}(\w+)>(.*?){_MARK}>", re.DOTALL)
_LINKED = re.compile(rf"{_MARK}@(.*?)>(.*?){_MARK}@>", re.DOTALL)


def is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout.isatty()


def terminal_width() -> int:
    """Return the terminal's width, between 20 and 100; 80 if there is none, so that files are the same everywhere."""
    if not is_terminal():
        return 80
    from shutil import get_terminal_size

    return min(max(get_terminal_size().columns, 20), 100)


def style(text: str, role: str) -> str:
    """Mark a text, so that `print_text` prints it in the style of its role, or as a link if that is an address."""
    if "://" in role:
        return f"{_MARK}@{_encoded(role)}>{text}{_MARK}@>"
    return f"{_MARK}{role}>{text}{_MARK}>" if text else ""


def _encoded(address: str) -> str:
    """Write an address in the characters that one may have; none of them ends the link or acts on a terminal."""
    from urllib.parse import quote

    return quote(address, safe="%:/?#[]@!$&'()*+,;=", errors="replace")


def bars() -> str:
    """Choose characters for bars that standard output can show."""
    return "█░▒│" if can_show("█░▒│") else "#.-|"


def can_show(characters: str) -> bool:
    """Tell whether standard output can show these characters."""
    return _has(sys.stdout.encoding or "ascii", characters)


def _has(encoding: str, characters: str) -> bool:
    try:
        characters.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _encodable(text: str, err: bool = False) -> str:
    """Write a text in characters that the stream has: those of other alphabets as escapes."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "ascii"
    if _has(encoding, text):
        return text
    plainer = {ord(each): twin for each, twin in _PLAINER.items() if not _has(encoding, each)}
    return text.translate(plainer).encode(encoding, "backslashreplace").decode(encoding)


def hide_panics() -> None:
    """From now on, let only Python code write to standard error.

    If a command is interrupted, each thread of Polars would write a backtrace there.
    """
    native = sys.__stderr__
    if native is not None and sys.stderr is native:
        copy = os.dup(native.fileno())
        sys.stderr = os.fdopen(copy, "w", buffering=1, encoding=native.encoding, errors=native.errors)
        os.dup2(os.open(os.devnull, os.O_WRONLY), native.fileno())


def print_text(text: str, err: bool = False) -> None:
    """Print lines of text, styled if they go to a terminal that shows colours."""
    shown = _styled(_encodable(text, err), with_links=not err and _shows_links())
    click.echo(shown, nl=False, err=err, color=_color())


def page_text(text: str, below: int = 0) -> None:
    """Print lines of text; by a pager if they go to a terminal with fewer lines, of which so many are kept free."""
    if is_terminal() and text.count("\n") + below >= terminal_height():
        os.environ.setdefault("LESS", _LESS)
        click.echo_via_pager(_styled(_encodable(text)), color=_color())
    else:
        print_text(text)


def terminal_height() -> int:
    """Return how many lines the terminal has."""
    from shutil import get_terminal_size

    return get_terminal_size().lines


def _styled(text: str, with_links: bool = False) -> str:
    """Write out control characters, then put styles and links (OSC 8) in the place of their marks."""
    linked = _LINKED.sub(r"\033]8;;\1\033\\\2\033]8;;\033\\" if with_links else r"\2", visible_lines(text))
    return _STYLED.sub(lambda found: click.style(found[2], **_LOOKS[found[1]]), linked)


def _shows_links() -> bool:
    """Tell whether standard output can show links: a terminal with colours; pagers may show their codes instead."""
    return is_terminal() and not is_plain() and os.environ.get("TERM") != "dumb"


def _color() -> bool | None:
    """Tell whether styles are shown: as ``--color`` says, or else the environment; None where the terminal decides."""
    context = click.get_current_context(silent=True)
    if context and context.color is not None:
        return context.color
    if "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR", "0") not in ("", "0") else None


def is_plain() -> bool:
    """Tell whether nothing may be coloured."""
    return _color() is False


def is_quiet() -> bool:
    """Tell whether nothing but results, questions, warnings and errors is wanted."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(QUIET))


def print_notice(text: str) -> None:
    """Say what was done, on standard error."""
    if not is_quiet():
        print_line(text, err=True)


def print_line(text: object, err: bool = False) -> None:
    """Print a text on one line, with line breaks written out; a message is broken between words to fit a terminal."""
    line = visible(text)
    print_text(f"{_fitted(line) if err and sys.stderr.isatty() else line}\n", err)


def _fitted(line: str) -> str:
    """Break a line that is longer than the terminal is wide."""
    from textwrap import fill

    return fill(
        line, max(_message_columns(), 20), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _message_columns() -> int:
    """Return the width of the terminal that shows messages; standard output may go elsewhere."""
    from shutil import get_terminal_size

    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        columns = 80
    return get_terminal_size((columns, 24)).columns
