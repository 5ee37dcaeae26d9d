"""Columns by other names, for libraries to which a dot in a column's name leads into something."""

from dataclasses import replace

import narwhals as nw

from expert.frames.adapters.narwhals import NARWHALS, decimal_of
from expert.frames.column_names import INTERNAL
from expert.frames.masks import Expr


def plain_name(name: str) -> str:
    """Write a column's name without what is not part of a name to such a library."""
    for letter, word in ((".", "dot"), ("`", "tick"), ('"', "quote")):
        name = name.replace(letter, f"{INTERNAL}{word}_")
    return name


def _col(name: str) -> Expr:
    plain = plain_name(name)
    return nw.col(name) if plain == name else nw.col(plain).alias(name)


PLAIN_NAMES = replace(NARWHALS, col=_col, decimal=lambda name, dtype: decimal_of(_col(name), dtype))
