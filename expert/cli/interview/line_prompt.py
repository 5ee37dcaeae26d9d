"""Questions asked line by line, where there is no terminal that supports keys."""

import sys
from io import TextIOWrapper
from textwrap import fill, wrap

from expert.cli.interview.prompts import Screen
from expert.cli.interview.typed import LONGEST, Typed, understand
from expert.cli.terminal import print_text, style, terminal_width
from expert.knowledge.foreign_text import shown


class LinePrompt:
    """Asks questions on standard error, and reads each answer from a line of standard input."""

    def __init__(self) -> None:
        self.attended = sys.stdin.isatty()
        if isinstance(sys.stdin, TextIOWrapper):  # bytes that are not text are not an answer either
            sys.stdin.reconfigure(errors="replace")

    def tell(self, text: str) -> None:
        """Print whole lines."""
        print_text(text, err=True)

    tell_all = tell

    def ask(self, screen: Screen) -> Typed:
        """Ask a question until the answer is valid."""
        self.tell("\n" + "".join(f"{line}\n" for line in _lines(screen)))
        while True:
            self.tell("> ")
            line = read_line()
            if not self.attended:
                self.tell(f"{shown(line.strip())}\n")
            if not line:
                raise EOFError
            try:
                return understand(line, screen.attribute, screen.words)
            except ValueError as error:
                self.tell(f"{fill(str(error), terminal_width())}\n")


def read_line() -> str:
    """Read a line; of one that is too long for an answer, only enough to see that it is."""
    line = rest = sys.stdin.readline(LONGEST + 1)
    while rest and not rest.endswith("\n"):
        rest = sys.stdin.readline(2**16)
    return line


def _lines(screen: Screen) -> list[str]:
    """Write a question with its numbered answers; for a number, with what it must be."""
    lines = [style(line, "faint") for line in screen.progress_lines(terminal_width())]
    lines += [style(line, "heading") for line in wrap(screen.attribute.question, terminal_width())]
    if brief_help := screen.brief_help(terminal_width()):
        lines.append(style(brief_help, "faint"))
    if screen.earlier:
        lines += [style(line, "faint") for line in wrap(f"So far: {screen.earlier}", terminal_width())]
    if screen.expected:
        return [*lines, f"  {screen.expected}, or {screen.items[-1].label}"]
    return lines + [f"  {line}" for line in screen.lines(terminal_width())]
