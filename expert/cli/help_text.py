"""Help that fits the terminal: click breaks paragraphs, but not the lines that it is told to leave as they are."""

import re
from collections.abc import Iterator
from textwrap import wrap

import click

_GLUE = "\xa0"

_VALUED = re.compile(r"(--[\w-]+) (?!-\S)")
"""An option and the space before its value."""


class FittedHelp(click.HelpFormatter):
    """Breaks kept lines that are too long: commands so that a shell still reads them, what is said of them below."""

    def getvalue(self) -> str:
        """Return the help."""
        return "".join(f"{part}\n" for line in super().getvalue().splitlines() for part in self._fitted(line))

    def _fitted(self, line: str) -> Iterator[str]:
        if len(line) <= self.width:
            yield line
            return
        command, _, about = line.lstrip().partition("  ")
        indent = " " * (len(line) - len(line.lstrip()))
        *parts, last = self._broken(_VALUED.sub(rf"\1{_GLUE}", command), f"{indent}  ")
        lines = [*(f"{part} \\" for part in parts), last]
        yield indent + lines[0].lstrip()
        yield from (*lines[1:], *self._broken(about.strip(), f"{indent}    "))

    def _broken(self, text: str, indent: str) -> list[str]:
        lines = wrap(
            text,
            self.width - 2,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace(_GLUE, " ") for line in lines]


class FittedContext(click.Context):
    """The context of a command whose help fits the terminal."""

    formatter_class = FittedHelp
