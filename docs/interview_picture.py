"""Draw the interview as it stands on a terminal, from a real run: ``python docs/interview_picture.py``."""

import os
import re
import sys
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pexpect
import pyte

from expert.rendering.graph.look import COLOURS, DARK

FILE = Path(__file__).parent / "images" / "interview.svg"
COLUMNS, LINES = 80, 24
WIDTH, HEIGHT, SIZE, MARGIN = 8.4, 19, 14, 20
"""Of a character, a line and its letters, and around all, in pixels."""

STEPS = (("Question 1", "\r"), ("Question 2", "\x1b[D"), ("surer", ""))
"""What is awaited on the terminal, and the keys that are pressed then."""

DIM = re.compile(r"(\x1b\[(?:0;)?)2m")
"""How dim text begins, which pyte does not know: bright black is taken for it."""

NO_BREAK = "\xa0"
"""Stands for a space, of which a browser would leave out those that follow another."""

CLASSES = {"brightblack": "faint", "green": "for", "red": "against"}
STYLE = """\
text{{font:{size}px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:{text}}}
.bold{{font-weight:bold}}.paper{{fill:{page};stroke:{missed-line}}}
.faint{{fill:{faint}}}.for{{fill:{for}}}.against{{fill:{against}}}
"""


def screen() -> pyte.Screen:
    """Answer a question, begin to answer the next, and return what the terminal shows."""
    shown = pyte.Screen(COLUMNS, LINES)
    stream = pyte.Stream(shown)
    stream.feed("$ expert ask\r\n")
    with TemporaryDirectory() as state:
        environment = {
            **{name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "EXPERT_RULES")},
            "EXPERT_STATE": state,
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "PYTHONIOENCODING": "utf-8",
        }
        child: Any = pexpect.spawn(
            sys.executable, ["-m", "expert", "ask"], env=environment, dimensions=(LINES, COLUMNS), encoding="utf-8"
        )
        for awaited, keys in STEPS:
            while not all(text in "".join(shown.display) for text in (awaited, "quit")):
                stream.feed(DIM.sub(r"\g<1>90m", child.read_nonblocking(10_000, timeout=60)))
            child.send(keys)
        child.close(force=True)
    return shown


def interview_picture() -> str:
    """Draw the picture, light or dark as what is around it."""
    lines = [list(_runs(number, cells)) for number, cells in sorted(screen().buffer.items())]
    while not lines[-1]:
        lines.pop()
    width, height = COLUMNS * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
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


def _runs(number: int, cells: Any) -> Iterator[str]:
    """Write the runs of one style on a line, each at its column and as wide as its characters."""
    for (bold, colour), run in groupby(range(COLUMNS), key=lambda column: (cells[column].bold, cells[column].fg)):
        columns = list(run)
        text = "".join(cells[column].data for column in columns)
        if text.strip():
            start = columns[0] + len(text) - len(text.lstrip())
            classes = " ".join(filter(None, ("bold" * bold, CLASSES.get(colour, ""))))
            x, y = MARGIN + start * WIDTH, MARGIN + number * HEIGHT + SIZE
            length = len(text.strip()) * WIDTH
            place = f'x="{x:g}" y="{y:g}" textLength="{length:g}" lengthAdjust="spacingAndGlyphs"'
            yield f'<text class="{classes}" {place}>{escape(text.strip(), quote=False).replace(" ", NO_BREAK)}</text>'


if __name__ == "__main__":
    FILE.write_text(interview_picture(), encoding="utf-8")
