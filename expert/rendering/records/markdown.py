"""Texts from outside in Markdown: nothing in them acts, and addresses are links."""

import re

from expert.knowledge.foreign_text import visible
from expert.rendering.records.decision_words import capital

_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]}\"']")
_OPENED = re.compile(r"https?://[^\s<>]+")
_ACTS = re.compile(r"[\\`*\[\]<>|~&]|(?<!\w)_|_(?!\w)")
_BEGINS = re.compile(r"[-+#=]|\d+(?=[.)](?:\s|$))")
"""What makes more of a line than a paragraph where it stands first."""


def escaped(text: object) -> str:
    """Write a text on one line so that it is read as it stands."""
    words = " ".join(visible(" ".join(str(text).splitlines())).split())
    parts, end = [], 0
    for found in _ADDRESS.finditer(words):
        parts += [_without_marks(words[end : found.start()]), f"<{found[0]}>"]
        end = found.end()
    return "".join([*parts, _without_marks(words[end:])])


def _without_marks(text: str) -> str:
    """Take their meaning from the characters that have one."""
    quiet = _ACTS.sub(lambda found: f"\\{found[0]}", text)
    first = _BEGINS.match(quiet)
    if first is None:
        return quiet
    return f"{first[0]}\\{quiet[first.end() :]}" if first[0].isdigit() else f"\\{quiet}"


def clause(sentence: str) -> str:
    """Write a sentence without its full stop, to be a part of another."""
    return escaped(sentence.strip().rstrip("."))


def sentence(text: str) -> str:
    """Write a text as a sentence: with a capital at its start, and a mark at its end."""
    whole = capital(" ".join(text.split()))
    return escaped(whole if whole.endswith((".", "?", "!")) else f"{whole}.")


def heading(text: str) -> str:
    """Write a text as a heading, which ends without a stop."""
    return escaped(text.strip().rstrip(".,;:!。，；：！")) or "—"


def code(text: str) -> str:
    """Write a text as code, whatever is in it."""
    fence = "``" if "`" in text else "`"
    space = " " * (len(fence) - 1)
    return f"{fence}{space}{visible(text).replace('``', '`')}{space}{fence}"


def linked(title: str, address: str) -> str:
    """Write a title as a link, where there is an address that a browser opens."""
    return f"[{escaped(title)}](<{address}>)" if _OPENED.fullmatch(address) else escaped(title)
