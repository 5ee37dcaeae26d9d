"""Questions put line by line, where there is no terminal to move about on."""

import sys
from io import TextIOWrapper
from textwrap import fill, wrap

from expert.cli.interview.screen import Screen
from expert.cli.interview.typed import LONGEST, Typed, understand
from expert.cli.terminal import print_text, style, terminal_width
from expert.knowledge.foreign_text import shown


class LinePrompt:
    """Puts questions on standard error, and reads answers from standard input, a line each."""

    def __init__(self) -> None:
        if isinstance(sys.stdin, TextIOWrapper):  # what is no text at all is no answer either
            sys.stdin.reconfigure(errors="replace")

    def tell(self, text: str) -> None:
        """Say something, in whole lines."""
        print_text(text, err=True)

    def ask(self, screen: Screen) -> Typed:
        """Put a question until the answer is understood."""
        self.tell("\n" + "".join(f"{line}\n" for line in _lines(screen)))
        while True:
            self.tell("> ")
            line = _read_line()
            if not sys.stdin.isatty():
                self.tell(f"{shown(line.strip())}\n")
            if not line:
                raise EOFError
            try:
                return understand(line, screen.attribute)
            except ValueError as error:
                self.tell(f"{fill(str(error), terminal_width())}\n")


def _read_line() -> str:
    """Read a line; of one that is too long for an answer, a little more than would be one."""
    line = rest = sys.stdin.readline(LONGEST + 1)
    while rest and not rest.endswith("\n"):
        rest = sys.stdin.readline(2**16)
    return line


def _lines(screen: Screen) -> list[str]:
    """Write a question with its answers, numbered; of a number, what it must be."""
    lines = [style(screen.progress, "faint")] if screen.progress else []
    lines += [style(line, "heading") for line in wrap(screen.attribute.question, terminal_width())]
    if screen.expected:
        return [*lines, f"  {screen.expected}, or {screen.items[-1].label}"]
    return lines + [f"  {line}" for line in screen.lines(terminal_width())]
