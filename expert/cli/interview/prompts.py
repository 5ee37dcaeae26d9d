"""What asks questions: a prompt with keys on a terminal, one with lines elsewhere."""

import os
import sys
from typing import Protocol

from expert.cli.interview.screen import Screen
from expert.cli.interview.typed import Typed


class Prompt(Protocol):
    """Asks questions, and prints text between them."""

    def tell(self, text: str) -> None:
        """Print whole lines."""

    def ask(self, screen: Screen) -> Typed:
        """Ask a question until the answer is valid; raise EOFError or KeyboardInterrupt if the user leaves."""


def choose_prompt() -> Prompt:
    """Choose keys if all streams are a terminal that supports them, else lines."""
    # Each is imported only when it is needed: prompt_toolkit takes long.
    if all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) and os.environ.get("TERM") != "dumb":
        from expert.cli.interview.key_prompt import KeyPrompt

        return KeyPrompt()
    from expert.cli.interview.line_prompt import LinePrompt

    return LinePrompt()
