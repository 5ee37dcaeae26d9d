"""What is on the screen when a question is asked."""

from textwrap import fill
from typing import NamedTuple

from expert.cli.interview.typed import Item, items
from expert.knowledge.model import Attribute, Fact


class Screen(NamedTuple):
    """A question as it is shown: with a line above it, if any, and the earlier answer if it is asked again."""

    attribute: Attribute
    progress: str = ""
    answered: Fact | None = None

    @property
    def items(self) -> list[Item]:
        """The answers that can be picked."""
        return items(self.attribute)

    def lines(self, width: int) -> list[str]:
        """Write the answers that can be picked, numbered; two columns are left free for a mark before each."""
        if self.attribute.number:
            return [item.label for item in self.items]
        digits = len(str(len(self.items)))
        numbered = [f"{index:>{digits}}  {item.label}" for index, item in enumerate(self.items, start=1)]
        return [fill(text, width - 2, subsequent_indent=" " * (digits + 4)) for text in numbered]

    @property
    def expected(self) -> str:
        """What a number must be; empty for other kinds of attributes."""
        return self.attribute.number.describe() if self.attribute.number else ""
