"""Frames by expressions of Narwhals, and those that have no adapter of their own."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import narwhals as nw

from expert.frames.adapters import Dialect, Frame, refuse_frame
from expert.frames.adapters import opened as opened_by_library
from expert.frames.column_names import INTERNAL, check_names
from expert.frames.masks import Expr


def opened(frame: Any) -> Frame:
    """Open a frame: an eager one to be decided by Polars, a lazy one by its own expressions."""
    names = getattr(frame, "column_names", None) or list(getattr(frame, "columns", ()))
    check_names(names)
    try:
        table = nw.from_native(frame)
    except TypeError:
        return _opened_by_arrow(frame)
    if isinstance(table, nw.LazyFrame):
        return opened_lazy(table, names, NARWHALS)
    from expert.frames.adapters import eager

    return eager.opened(table, NARWHALS)


def opened_wrapped(frame: Any) -> Frame:
    """Open what a frame of Narwhals wraps, and wrap that again in the end."""
    within = opened_by_library(frame.to_native())
    return replace(within, give_back=lambda decided: nw.from_native(within.give_back(decided)))


def _opened_by_arrow(frame: Any) -> Frame:
    """Open a frame that Narwhals does not know but Arrow can read; give back a table of Arrow if it takes none."""
    if not hasattr(frame, "__arrow_c_stream__"):
        raise refuse_frame(frame)
    import pyarrow as pa

    try:
        opened_table = opened(pa.table(frame))
    except pa.ArrowInvalid:  # one column, not a table
        raise refuse_frame(frame) from None
    own = getattr(type(frame), "from_arrow", lambda table: table)
    return replace(opened_table, give_back=lambda decided: own(opened_table.give_back(decided)))


def opened_lazy(
    table: "nw.LazyFrame[Any]", names: Collection[str], dialect: Dialect, of_nulls: Collection[str] = ()
) -> Frame:
    """Open a lazy frame; columns of nothing but nulls are read as text, and those after the named ones are not its."""
    types = list(table.collect_schema().values())[: len(names)]
    schema: dict[str, Any] = dict(zip(names, types, strict=True))
    schema |= dict.fromkeys(of_nulls, nw.String())
    return Frame(dialect, table, schema, True, give_back=lambda decided: decided.to_native())


def decimal_of(column: Expr, dtype: Any) -> Expr:
    """Give a column of numbers in double precision, each as the shortest decimal it can be written as."""
    return (column.cast(nw.String) if dtype in (nw.Float32, nw.Decimal) else column).cast(nw.Float64)


NARWHALS = Dialect(
    nw,
    nw.col,
    lambda name, dtype: decimal_of(nw.col(name), dtype),
    text_types=(nw.String, nw.Categorical, nw.Enum),
    float_types=(nw.Float64, nw.Float32),
)


def plain_name(name: str) -> str:
    """Write a column's name without what is not part of a name to libraries where a dot leads into something."""
    for letter, word in ((".", "dot"), ("`", "tick"), ('"', "quote")):
        name = name.replace(letter, f"{INTERNAL}{word}_")
    return name


def _col(name: str) -> Expr:
    plain = plain_name(name)
    return nw.col(name) if plain == name else nw.col(plain).alias(name)


PLAIN_NAMES = replace(NARWHALS, col=_col, decimal=lambda name, dtype: decimal_of(_col(name), dtype))
"""For frames whose columns have got plain names."""
