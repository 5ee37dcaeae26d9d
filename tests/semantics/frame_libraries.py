"""The same table in every library of dataframes that can be decided here, and back again."""

import duckdb
import pandas as pd
import polars as pl

AS_GIVEN = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pandas of objects": lambda frame: pd.DataFrame(
        {name: pd.Series(frame[name].to_list(), dtype=object) for name in frame.columns}
    ),
    "pandas of Arrow": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "pandas nullable": lambda frame: frame.to_pandas().convert_dtypes(),
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}
"""How each library has a table of Polars."""

EXACT = [library for library in AS_GIVEN if library != "duckdb"]
"""Those whose numbers are the engine's to the last bit; DuckDB rounds in its own way."""


def to_polars(frame):
    """Give a decided frame as Polars has it."""
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, pd.DataFrame):
        return pl.from_pandas(frame)
    return frame.pl() if isinstance(frame, duckdb.DuckDBPyRelation) else pl.DataFrame(frame)
