"""Run a command on a terminal of its own, and draw what stands there as SVG, light or dark as what is around it."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

import pexpect
import pyte

from expert.rendering.graph.look import COLOURS, DARK

WIDTH, HEIGHT, SIZE, MARGIN = 8.4, 19, 14, 20
"""Of a character, a line and its letters, and around all, in pixels."""

DIM = re.compile(r"(\x1b\[(?:0;)?)2m")
"""How dim text begins, which pyte does not know: bright black is taken for it."""

BEGUN = re.compile(r"\x1b(\[[0-9;]*)?$")
"""How a style begins whose rest is not there yet."""

NO_BREAK = "\xa0"
"""Stands for a space, of which a browser would leave out those that follow another."""

CLASSES = {"brightblack": "faint", "green": "for", "red": "against"}
STYLE = """\
text{{font:{size}px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:{text}}}
.bold{{font-weight:bold}}.paper{{fill:{page};stroke:{missed-line}}}
.faint{{fill:{faint}}}.for{{fill:{for}}}.against{{fill:{against}}}
"""

_OF_THE_CALLER = ("NO_COLOR", "EXPERT_RULES", "COLUMNS", "LINES")
"""Variables that would make a terminal differ from one machine to another."""


class Terminal:
    """A terminal on which ``expert`` runs."""

    def __init__(self, words: Sequence[str], *, columns: int, lines: int, state: str):
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self.screen)
        self._stream.feed(f"$ expert {' '.join(words)}\r\n")
        environment = {
            **{name: value for name, value in os.environ.items() if name not in _OF_THE_CALLER},
            "EXPERT_STATE": state,
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "PYTHONIOENCODING": "utf-8",
        }
        self._begun = ""
        self._child: Any = pexpect.spawn(
            sys.executable, ["-m", "expert", *words], env=environment, dimensions=(lines, columns), encoding="utf-8"
        )

    def press(self, keys: str) -> None:
        """Press keys, without waiting for what they do."""
        self._child.send(keys)

    def until(self, *texts: str) -> None:
        """Wait until all these texts are on the screen."""
        while not all(text in "".join(self.screen.display) for text in texts):
            self._read(60)

    def until_quiet(self, seconds: float) -> None:
        """Wait until nothing has been written for some time, or the command has ended."""
        try:
            self._read(60)
            while True:
                self._read(seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            pass

    def close(self) -> None:
        """End the command if it still runs."""
        self._child.close(force=True)

    def _read(self, seconds: float) -> None:
        text = self._begun + self._child.read_nonblocking(10_000, timeout=seconds)
        begun = BEGUN.search(text)
        end = begun.start() if begun else len(text)
        self._begun = text[end:]
        self._stream.feed(DIM.sub(r"\g<1>90m", text[:end]))


def picture(screen: pyte.Screen) -> str:
    """Draw what stands on a terminal."""
    lines = [list(_runs(number, screen.buffer[number], screen.columns)) for number in range(screen.lines)]
    while not lines[-1]:
        lines.pop()
    width, height = screen.columns * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
    light, dark = (STYLE.format(size=SIZE, **colours) for colours in (COLOURS, DARK))
    rows = "\n".join(run for line in lines for run in line)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">
<style>
{light}@media(prefers-color-scheme:dark){{
{dark}}}
</style>
<rect class="paper" x=".5" y=".5" width="{width - 1:g}" height="{height - 1:g}" rx="8"/>
{rows}
</svg>
"""


def _runs(number: int, cells: Any, columns: int) -> Iterator[str]:
    """Write the runs of one style on a line, each at its column and as wide as its characters."""
    for (bold, colour), run in groupby(range(columns), key=lambda column: (cells[column].bold, cells[column].fg)):
        places = list(run)
        text = "".join(cells[column].data for column in places)
        if text.strip():
            start = places[0] + len(text) - len(text.lstrip())
            classes = " ".join(filter(None, ("bold" * bold, CLASSES.get(colour, ""))))
            x, y = MARGIN + start * WIDTH, MARGIN + number * HEIGHT + SIZE
            length = len(text.strip()) * WIDTH
            place = f'x="{x:g}" y="{y:g}" textLength="{length:g}" lengthAdjust="spacingAndGlyphs"'
            yield f'<text class="{classes}" {place}>{escape(text.strip(), quote=False).replace(" ", NO_BREAK)}</text>'
