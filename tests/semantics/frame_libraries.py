"""The same table in every library of dataframes that can be decided here, and back again."""

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl


class ByArrow:
    """A frame of a library that nobody knows; Arrow can read it and make one."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)

    @classmethod
    def from_arrow(cls, table):
        return cls(table)


def coded(frame):
    """Give texts a type of their own, column by column, with the texts in no particular order."""
    texts = {
        name: frame[name].drop_nulls().unique().sort().reverse() for name in frame.select(pl.col(pl.String)).columns
    }
    return frame.cast({name: pl.Enum(each) for name, each in texts.items()})


AS_GIVEN = {
    "polars": lambda frame: frame,
    "polars coded": coded,
    "polars lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pandas of objects": lambda frame: pd.DataFrame(
        {name: pd.Series(frame[name].to_list(), dtype=object) for name in frame.columns}
    ),
    "pandas of Arrow": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "pandas nullable": lambda frame: frame.to_pandas().convert_dtypes(),
    "pyarrow": lambda frame: frame.to_arrow(),
    "by arrow": lambda frame: ByArrow(frame.to_arrow()),
    "narwhals": lambda frame: nw.from_native(frame.to_arrow()),
    "narwhals lazy": lambda frame: nw.from_native(frame.lazy()),
    "duckdb": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}
"""How each library has a table of Polars."""

EXACT = [library for library in AS_GIVEN if library != "duckdb"]
"""Those whose numbers are the engine's to the last bit; DuckDB rounds in its own way."""


def to_polars(frame):
    """Give a decided frame as Polars has it."""
    if isinstance(frame, nw.DataFrame | nw.LazyFrame):
        return to_polars(frame.to_native())
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, ByArrow):
        return pl.DataFrame(frame.table)
    if isinstance(frame, pd.DataFrame):
        return pl.from_pandas(frame)
    return frame.pl() if isinstance(frame, duckdb.DuckDBPyRelation) else pl.DataFrame(frame)
