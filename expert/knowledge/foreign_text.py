"""Texts from outside, made safe to show: only what can be read reaches a terminal."""

import re
from typing import Any
from unicodedata import normalize

LIMIT = 60
"""How many characters of a value are shown at most."""

_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""Control characters, line separators, bidirectional and other format controls, and lone surrogates."""


def visible(text: object) -> str:
    """Write control characters and the like as Python's escapes, so that they are read instead of acting."""
    return _INVISIBLE.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), str(text))


def visible_lines(text: str) -> str:
    """Do the same, but keep line breaks."""
    return "\n".join(map(visible, text.split("\n")))


def as_json(data: Any, indent: int | None = None) -> str:
    """Write JSON for people and programs: letters as they are, control characters as JSON's own escapes."""
    import json

    lines = json.dumps(data, indent=indent, ensure_ascii=False).split("\n")
    return "\n".join(_INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", line) for line in lines)


def shown(text: object, limit: int = LIMIT) -> str:
    """Write a value from outside for a message: visible, and shortened where it is long."""
    cut = str(text)
    cut = cut if len(cut) <= limit else f"{cut[: limit - 1]}…"
    return visible(cut)


def comparable(text: str) -> str:
    """Normalise a name or a value for comparing: two ways to write one word in Unicode become one."""
    return text if text.isascii() else normalize("NFC", text)
