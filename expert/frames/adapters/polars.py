"""Frames of Polars, eager and lazy; what others decide by way of Polars comes here too."""

from itertools import product
from typing import Any

import polars as pl

from expert.frames.adapters import Dialect, Frame, refuse_frame
from expert.frames.masks import Expr

HALVES = range(-4, 9)
"""To how many decimals a number of half precision may have to be rounded."""

FLOAT16 = getattr(pl, "Float16", None)
"""Half precision, which Polars has had since 1.36."""


def opened(frame: Any) -> Frame:
    """Open a frame."""
    if not isinstance(frame, pl.DataFrame | pl.LazyFrame):
        raise refuse_frame(frame)
    return Frame(POLARS, frame, dict(frame.collect_schema()), is_lazy=isinstance(frame, pl.LazyFrame))


def in_arrow(answer: pl.Series) -> Any:
    """Give a column of an answer as Arrow has it, with texts that are not coded."""
    import pyarrow as pa

    return answer.to_arrow().cast(pa.float64() if answer.dtype == pl.Float64 else pa.string())


def _decimal(name: str, dtype: Any) -> Expr:
    column = pl.col(name)
    if dtype in (pl.Float32, pl.Decimal):
        return column.cast(pl.String).cast(pl.Float64)
    if dtype == FLOAT16:
        return _of_half(column.cast(pl.Float64), dtype)
    return column.cast(pl.Float64)


def _of_half(number: Expr, dtype: Any) -> Expr:
    """Round to as few decimals as half precision needs; these few digits go through double precision unharmed."""
    found = []
    for decimals, mode in product(HALVES, ("half_to_even", "half_away_from_zero")):
        power = float(10 ** abs(decimals))
        whole = (number * power if decimals > 0 else number / power).round(0, mode=mode)
        digits = whole.cast(pl.Int64).cast(pl.String)
        rounded = (digits + f"e{-decimals}").cast(pl.Float64)  # Polars divides by a number inexactly
        found.append(pl.when(rounded.cast(dtype) == number.cast(dtype)).then(rounded))
    return pl.coalesce(*found, number)


def _plain_number(name: str) -> Expr:
    number = pl.col(name).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


POLARS = Dialect(
    pl,
    pl.col,
    _decimal,
    text_types=(pl.String, pl.Categorical, pl.Enum, pl.Null),
    float_types=(pl.Float64, pl.Float32, *filter(None, [FLOAT16])),
    has_codes=True,
    calls_python=True,
    divides_by_inverse=True,
    plain_number=_plain_number,
    composed=lambda text: text.cast(pl.String).str.normalize("NFC"),
)
