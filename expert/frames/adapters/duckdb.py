"""Relations of DuckDB, by expressions of Narwhals."""

from dataclasses import replace
from typing import Any

import narwhals as nw

from expert.frames.adapters import Frame, refuse_frame
from expert.frames.adapters.narwhals import PLAIN_NAMES, opened_lazy, plain_name
from expert.frames.column_names import INTERNAL, check_names
from expert.frames.masks import Expr


def opened(frame: Any) -> Frame:
    """Open a relation."""
    if not hasattr(frame, "project"):
        raise refuse_frame(frame)
    check_names(frame.columns)
    of_nulls = [name for name, dtype in zip(frame.columns, frame.types, strict=True) if "NULL" in str(dtype)]
    return opened_lazy(nw.from_native(_renamed(frame)), frame.columns, DUCKDB, of_nulls)


def _renamed(frame: Any) -> Any:
    """Give columns plain names, and put the shortest decimals beside those of single precision."""
    # As a text, DuckDB may write such a number longer than need be.
    columns = [f"{_quoted(name)} AS {_quoted(plain_name(name))}" for name in frame.columns]
    singles = [name for name, dtype in zip(frame.columns, frame.types, strict=True) if str(dtype) == "FLOAT"]
    columns += [f"{_shortest(_quoted(name))} AS {_quoted(_decimal_name(name))}" for name in singles]
    return frame.project(", ".join(columns))


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _shortest(column: str) -> str:
    """Write, in SQL, the number with the fewest digits that rounds to this one in single precision."""
    tried = [f"CAST(printf('%.{digits}g', {column}) AS DOUBLE)" for digits in range(1, 10)]
    cases = [f"WHEN CAST({number} AS FLOAT) = {column} THEN {number}" for number in tried]
    return f"CASE {' '.join(cases)} ELSE CAST({column} AS DOUBLE) END"


def _decimal_name(name: str) -> str:
    return f"{INTERNAL}decimal_{plain_name(name)}"


def _decimal(name: str, dtype: Any) -> Expr:
    return nw.col(_decimal_name(name)) if dtype == nw.Float32 else PLAIN_NAMES.decimal(name, dtype)


DUCKDB = replace(PLAIN_NAMES, decimal=_decimal)
