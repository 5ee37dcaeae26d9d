"""Draw the interview as it stands on a terminal, from a real run: ``python -m docs.interview_picture``."""

from pathlib import Path
from tempfile import TemporaryDirectory

from docs.terminal import Terminal, picture

FILE = Path(__file__).parent / "images" / "interview.svg"

STEPS = (("Question 1", "\r"), ("Question 2", "\x1b[D"), ("surer", ""))
"""What is awaited on the terminal, and the keys that are pressed then."""


def interview_picture() -> str:
    """Answer a question, begin to answer the next, and draw what the terminal shows."""
    with TemporaryDirectory() as state:
        terminal = Terminal(["ask"], columns=80, lines=24, state=state)
        for awaited, keys in STEPS:
            terminal.until(awaited, "quit")
            terminal.press(keys)
        terminal.close()
    return picture(terminal.screen)


if __name__ == "__main__":
    FILE.write_text(interview_picture(), encoding="utf-8")
