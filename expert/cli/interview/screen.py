"""What is on the screen when a question is put, and what puts it: keys on a terminal, lines elsewhere."""

import os
import sys
from textwrap import fill
from typing import NamedTuple, Protocol

from expert.cli.interview.typed import Item, Typed, items
from expert.knowledge.model import Attribute, Fact


class Screen(NamedTuple):
    """A question as it is shown.

    Parameters
    ----------
    attribute : Attribute
        What is asked.
    progress : str
        A line that stands above it; empty for none.
    answered : Fact or None
        The answer so far, where the question is put again.
    """

    attribute: Attribute
    progress: str = ""
    answered: Fact | None = None

    @property
    def items(self) -> list[Item]:
        """The answers that can be picked."""
        return items(self.attribute)

    def lines(self, width: int) -> list[str]:
        """Write the answers that can be picked, numbered; the two columns for a mark are left to whoever shows them."""
        if self.attribute.number:
            return [item.label for item in self.items]
        digits = len(str(len(self.items)))
        numbered = [f"{index:>{digits}}  {item.label}" for index, item in enumerate(self.items, start=1)]
        return [fill(text, width - 2, subsequent_indent=" " * (digits + 4)) for text in numbered]

    @property
    def expected(self) -> str:
        """What a number must be; empty for the other kinds."""
        return self.attribute.number.describe() if self.attribute.number else ""


class Prompt(Protocol):
    """Puts questions, and says things between them."""

    def tell(self, text: str) -> None:
        """Say something, in whole lines."""

    def ask(self, screen: Screen) -> Typed:
        """Put a question until the answer is understood; EOFError and KeyboardInterrupt where that ends it."""


def choose_prompt() -> Prompt:
    """Take keys where there is a terminal to read them from and to show them on, else lines."""
    if all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)) and os.environ.get("TERM") != "dumb":
        from expert.cli.interview.key_prompt import KeyPrompt

        return KeyPrompt()
    from expert.cli.interview.line_prompt import LinePrompt

    return LinePrompt()
