"""What a question shows, and what asks it: a prompt with keys on a terminal, one with lines elsewhere."""

import os
import re
import sys
from textwrap import fill, shorten, wrap
from typing import NamedTuple, Protocol

from expert.cli.interview.typed import WORDS, Item, Typed, items
from expert.cli.terminal import can_show
from expert.knowledge.model import Attribute, Fact


def wrapped(text: str, width: int, subsequent_indent: str = "") -> str:
    """Break a text into lines, but not at its non-breaking spaces, which become spaces."""
    return fill(text, width, subsequent_indent=subsequent_indent, break_on_hyphens=False).replace("\xa0", " ")


class Screen(NamedTuple):
    """A question as it is shown: with a line above it, if any, and the earlier answer if it is asked again.

    That answer is a fact and its text; without a fact, it is "don't know". The words can be typed instead of an answer.
    """

    attribute: Attribute
    progress: str = ""
    answered: Fact | None = None
    earlier: str = ""
    words: tuple[str, ...] = WORDS

    @property
    def items(self) -> list[Item]:
        """The answers that can be picked."""
        return items(self.attribute)

    def lines(self, width: int, picked: int = -1, sure: str = "") -> list[str]:
        """Write the answers that can be picked, numbered, and how sure the picked one is.

        Two columns are left free for a mark before each.
        """
        labels = [f"{item.label}{sure if index == picked else ''}" for index, item in enumerate(self.items)]
        if self.attribute.number:
            return labels
        digits = len(str(len(labels)))
        numbered = [f"{index:>{digits}}  {label}" for index, label in enumerate(labels, start=1)]
        return [wrapped(text, width - 2, subsequent_indent=" " * (digits + 4)) for text in numbered]

    @property
    def expected(self) -> str:
        """What a number must be; empty for other kinds of attributes."""
        return self.attribute.number.describe() if self.attribute.number else ""

    def progress_lines(self, width: int) -> list[str]:
        """Write the line above the question; if it is too long, each of its parts on a line of its own."""
        parts = [self.progress] if len(self.progress) <= width else self.progress.split(" · ")
        return [line for part in parts for line in wrap(part, width)]

    def brief_help(self, width: int) -> str:
        """Take the first sentence of the help, cut at the width."""
        first = re.split(r"(?<=[.!?])\s", self.attribute.help.strip(), maxsplit=1)[0]
        return shorten(first, width, placeholder=" …" if can_show("…") else " ...")


class Prompt(Protocol):
    """Asks questions, and prints text between them."""

    attended: bool
    """Whether a person is there to answer: what is offered beside the questions is offered only then."""

    def tell(self, text: str) -> None:
        """Print whole lines."""

    def tell_all(self, text: str) -> None:
        """Print whole lines of which there may be more than there is room for above a question."""

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
