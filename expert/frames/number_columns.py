"""Numbers in columns: texts by the one grammar of numbers, and "unknown" among them."""

import re
from math import nan
from typing import Any

from expert.frames.adapters import Dialect
from expert.frames.column_names import INTERNAL
from expert.frames.masks import Expr
from expert.frames.readings import Reading
from expert.knowledge.numbers import SPACE, number_pattern

UNKNOWN = "unknown"
"""What says, as in facts files, that there is no answer."""


def number_reading(
    name: str, source: str, dtype: Any, dialect: Dialect, unit: str = "", admits_unknown: bool = False
) -> Reading:
    """Read a column as numbers, and text that is none as NaN; a unit may follow, and a text may say "unknown"."""
    usual = dialect.plain_number(source) if dtype == dialect.module.String else None
    full = dialect.decimal(source, dtype)
    if dtype in dialect.text_types:
        column = dialect.col(source)
        text = column if dtype == dialect.module.String else column.cast(dialect.module.String)
        numeral = _numeral(text, dialect, unit)
        no_number = dialect.lit(nan)
        if admits_unknown:
            no_number = dialect.when(text.str.to_lowercase() != UNKNOWN).then(no_number)
        full = dialect.when(numeral.is_null() & ~text.is_null()).then(no_number).otherwise(numeral)
    return Reading(f"{INTERNAL}{name}", source, full, dialect.module.Float64, usual, dtype in dialect.text_types)


def _numeral(text: Expr, dialect: Dialect, unit: str) -> Expr:
    """Read numerals by the one grammar; null for all other texts."""
    plain = dialect.when(text.str.contains(_everywhere(number_pattern(unit)))).then(text).otherwise(None)
    for mark, replacement in ((",", ""), ("_", ""), ("\u2212", "-")):
        plain = plain.str.replace_all(mark, replacement, literal=True)
    counted = f"(?:(?i:{re.escape(unit)}){SPACE})?" if unit else ""
    return plain.str.replace_all(_everywhere(f"^{SPACE}|{SPACE}{counted}$"), "").cast(dialect.module.Float64)


def _everywhere(pattern: str) -> str:
    """Write a pattern so that it means the same to the regular expressions of Rust, RE2 and Java."""
    literal = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), pattern)
    return literal.removesuffix("$") + r"\z"
