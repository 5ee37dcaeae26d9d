"""Numbers in columns: texts by the one grammar of numbers, and "unknown" among them."""

import re
from typing import Any

from expert.frames.adapters import Dialect
from expert.frames.masks import Expr, Mask
from expert.knowledge.numbers import SPACE, number_pattern

UNKNOWN = "unknown"
"""What says, as in facts files, that there is no answer."""


def is_unknown(text: Expr, dialect: Dialect) -> Expr:
    """Say where a text is the word for no answer, in any case; most texts are told by their length."""
    text = text.cast(dialect.module.String)
    as_long = dialect.when(text.str.len_chars() == len(UNKNOWN)).then(text).otherwise(None)
    return (as_long.str.to_lowercase() == UNKNOWN).fill_null(False)


def as_number(name: str, dtype: Any, dialect: Dialect, unit: str = "") -> tuple[Expr, Mask]:
    """Give a column as numbers, and say where its text is not a number; a unit may follow each text's number."""
    if dtype not in dialect.text_types:
        return dialect.decimal(name, dtype), False
    types = dialect.module
    text = dialect.col(name)
    text = text if dtype == types.String else text.cast(types.String)
    numeral = dialect.plain_number(text)
    if numeral is not None:  # most texts need no pattern
        text = dialect.when(numeral.is_null()).then(text)
    matches = text.str.contains(_everywhere(number_pattern(unit)))
    plain = dialect.when(matches).then(text).otherwise(None)
    for mark, replacement in ((",", ""), ("_", ""), ("\u2212", "-")):
        plain = plain.str.replace_all(mark, replacement, literal=True)
    counted = f"(?:(?i:{re.escape(unit)}){SPACE})?" if unit else ""
    value = plain.str.replace_all(_everywhere(f"^{SPACE}|{SPACE}{counted}$"), "").cast(types.Float64)
    return value if numeral is None else types.coalesce(numeral, value), (~matches).fill_null(False)


def _everywhere(pattern: str) -> str:
    """Write a pattern so that it means the same to the regular expressions of Rust, RE2 and Java."""
    literal = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), pattern)
    return literal.removesuffix("$") + r"\z"
