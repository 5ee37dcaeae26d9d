"""One grammar for numbers: the same text is the same number in a file, a setting, an answer and a table's cell."""

import math
import re
from functools import lru_cache

from expert.knowledge.foreign_text import shown

NUMBER = (
    r"[+\-\u2212]?"
    r"(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*)(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:[eE][+\-\u2212]?[0-9]+)?"
)
"""A number by itself: a sign, ASCII digits in groups, a fraction, an exponent.

It has no look-around and no back-references, so that engines without them can use it as it is.
"""

SPACE = r"[ \t\r\n\u00a0\u202f]*"
"""White space around a number, and before its unit."""


def number_pattern(unit: str = "") -> str:
    """Write the pattern of a whole text that is a number; its only group is the number itself."""
    counted = f"(?:(?i:{re.escape(unit)}){SPACE})?" if unit else ""
    return f"^{SPACE}({NUMBER}){SPACE}{counted}$"


def plain(number: str) -> str:
    """Remove the separators between digits from what `NUMBER` matches, and use the ASCII minus."""
    return number.replace(",", "").replace("_", "").replace("\u2212", "-")


def read_number(text: str, unit: str = "") -> int | float:
    """Read a text as a finite number, an int where it is whole."""
    found = _pattern(unit).fullmatch(text)
    value = float(plain(found[1])) if found else math.nan
    if not math.isfinite(value):
        raise ValueError(f"'{shown(text)}' is not a number{digits_hint(text)}")
    return without_fraction(value)


def without_fraction(value: float) -> int | float:
    """Write a number without a fraction where it has none."""
    return int(value) if float(value).is_integer() else value


def digits_hint(text: str) -> str:
    """Say which digits are read, to end a message about a text that has others; empty where it has none."""
    foreign = any(character.isdigit() and not character.isascii() for character in text)
    return "; digits are 0 to 9" if foreign else ""


@lru_cache(maxsize=64)
def _pattern(unit: str) -> re.Pattern[str]:
    return re.compile(number_pattern(unit))
