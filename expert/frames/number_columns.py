"""Numbers in columns: texts by the one grammar of numbers, and short floats as what they are written as."""

import re
from itertools import product
from typing import Any

from expert.frames.compiler import Expr, Mask
from expert.knowledge.numbers import SPACE, number_pattern

UNKNOWN = "unknown"
"""What says, as in facts files, that there is no answer."""

HALVES = range(-4, 9)
"""To how many decimals a number of half precision may have to be rounded."""


def is_text(dtype: Any, library: Any) -> bool:
    """Tell whether a column of a type holds texts, coded or not, or nothing at all."""
    nothing = (library.Null,) if library.__name__ == "polars" else ()
    return dtype in (library.String, library.Categorical, library.Enum, *nothing)


def float_types(library: Any) -> list[Any]:
    """List the types of binary fractions."""
    return [library.Float64, library.Float32, *filter(None, [getattr(library, "Float16", None)])]


def is_unknown(text: Expr, library: Any) -> Expr:
    """Say where a text is the word for no answer, in any case; most texts are told by their length."""
    text = text.cast(library.String)
    as_long = library.when(text.str.len_chars() == len(UNKNOWN)).then(text).otherwise(None)
    return (as_long.str.to_lowercase() == UNKNOWN).fill_null(False)


def as_number(name: str, dtype: Any, library: Any, unit: str = "") -> tuple[Expr, Mask]:
    """Give a column as numbers, and say where its text is none; a unit may follow each text's number."""
    if not is_text(dtype, library):
        return shortest(name, dtype, library), False
    text = library.col(name)
    text = text if dtype == library.String else text.cast(library.String)
    numeral = None
    if library.__name__ == "polars":  # most texts are plain numerals, which need no pattern
        number = text.cast(library.Float64, strict=False)
        numeral = library.when(number.is_finite()).then(number)
        text = library.when(numeral.is_null()).then(text)
    matches = text.str.contains(_everywhere(number_pattern(unit)))
    plain = library.when(matches).then(text).otherwise(None)
    for mark, replacement in ((",", ""), ("_", ""), ("\u2212", "-")):
        plain = plain.str.replace_all(mark, replacement, literal=True)
    counted = f"(?:(?i:{re.escape(unit)}){SPACE})?" if unit else ""
    value = plain.str.replace_all(_everywhere(f"^{SPACE}|{SPACE}{counted}$"), "").cast(library.Float64)
    return value if numeral is None else library.coalesce(numeral, value), (~matches).fill_null(False)


def shortest(name: str, dtype: Any, library: Any) -> Expr:
    """Give a column of numbers in double precision, each read by the shortest decimal it may be written as.

    So 0.74 in single precision is 0.74, as in Python, and not 0.7400000095367432.
    """
    column = library.col(name)
    if dtype == library.Float32 and hasattr(library, "decimal"):
        return library.decimal(name)
    if dtype in (library.Float32, library.Decimal):
        return column.cast(library.String).cast(library.Float64)
    if dtype == getattr(library, "Float16", None):
        return _of_half(column.cast(library.Float64), dtype, library)
    return column.cast(library.Float64)


def _of_half(number: Expr, dtype: Any, library: Any) -> Expr:
    """Round to as few decimals as half precision needs; these few digits go through double precision unharmed."""
    found = []
    for decimals, mode in product(HALVES, ("half_to_even", "half_away_from_zero")):
        power = float(10 ** abs(decimals))
        whole = (number * power if decimals > 0 else number / power).round(0, mode=mode)
        digits = whole.cast(library.Int64).cast(library.String)
        rounded = (digits + f"e{-decimals}").cast(library.Float64)  # Polars divides by a number inexactly
        found.append(library.when(rounded.cast(dtype) == number.cast(dtype)).then(rounded))
    return library.coalesce(*found, number)


def _everywhere(pattern: str) -> str:
    """Write a pattern so that it means the same to the regular expressions of Rust, RE2 and Java."""
    literal = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), pattern)
    return literal.removesuffix("$") + r"\z"
