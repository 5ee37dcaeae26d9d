"""Eager frames of other libraries: their attributes' columns go to Polars, and the answers come back beside them."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

import narwhals as nw
import polars as pl

from expert.frames.adapters import Dialect, Frame
from expert.frames.adapters.polars import in_arrow
from expert.knowledge.foreign_text import visible
from expert.knowledge.loading.tree import ScalarNode, from_python
from expert.knowledge.problems import InputError, Place

LARGE = 1e15
"""Numbers below that are written without further ado."""


def opened(table: "nw.DataFrame[Any]", dialect: Dialect) -> Frame:
    """Open a frame."""
    schema = _types_of(table)
    return Frame(dialect, table, schema, False, partial(_with_answers, table), partial(_taken, table, schema))


def _types_of(table: "nw.DataFrame[Any]") -> dict[str, Any]:
    """List the types of a frame's columns; what is read cell by cell, or holds nothing, is text."""
    is_arrow = table.implementation.is_pyarrow()
    types: dict[str, Any] = dict(table.schema)
    for name, dtype in types.items():
        if dtype == nw.Object or (dtype == nw.Unknown and not (is_arrow and table[name].null_count() < len(table))):
            types[name] = nw.String()
    return types


def _taken(table: "nw.DataFrame[Any]", types: dict[str, Any], names: Collection[str]) -> pl.DataFrame:
    """Take columns to Polars, where each cell is what `KnowledgeBase.consult` would read it as."""
    if table.implementation.is_pyarrow():
        return pl.DataFrame([_of_arrow(table[name].to_native()).alias(name) for name in names])
    return pl.DataFrame([_of_pandas(table[name].to_pandas(), types[name]).alias(name) for name in names])


def _with_answers(table: "nw.DataFrame[Any]", answers: pl.DataFrame) -> Any:
    """Put the answers beside a frame, as columns of its own library, and give that as its library has it."""
    made = table.implementation
    text = nw.new_series("", [""], nw.String, backend=made).to_native()
    takes_arrow = made.is_pyarrow() or _is_arrow(getattr(text, "dtype", None))
    columns = []
    for answer in answers:
        dtype = nw.Float64 if answer.dtype == pl.Float64 else nw.String
        values = in_arrow(answer) if takes_arrow else answer.to_list()
        columns.append(nw.new_series(answer.name, values, dtype, backend=made))
    return table.with_columns(*columns).to_native()


def _is_arrow(dtype: Any) -> bool:
    """Tell whether pandas has columns of a type as those of Arrow."""
    return getattr(dtype, "storage", "") == "pyarrow" or type(dtype).__name__ == "ArrowDtype"


def _of_arrow(column: Any) -> pl.Series:
    """Take a column of Arrow; it is faster in making views of texts."""
    import pyarrow as pa

    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    return pl.Series(column.cast(pa.string_view()) if is_text else column)


def _of_pandas(column: Any, dtype: Any) -> pl.Series:
    """Take a column of pandas, by its type: numbers, texts and categories as such, all else cell by cell."""
    if hasattr(column, "cat"):
        return _texts(column.cat.categories.tolist()).gather(pl.Series(column.cat.codes.to_numpy()).replace(-1, None))
    if nw.from_native(column, series_only=True).dtype == nw.String and _is_arrow(column.dtype):
        import pyarrow as pa

        return _of_arrow(pa.array(column))
    is_plain = dtype.is_numeric() or dtype == nw.Boolean
    if is_plain and type(column.dtype).__module__.startswith("numpy"):
        return pl.Series(column.to_numpy(), nan_to_null=True)
    cells = column.astype(object).where(column.notna(), None).tolist()
    return pl.Series(cells, dtype=nw.Schema({"": dtype}).to_polars()[""]) if is_plain else _texts(cells)


def _texts(cells: Sequence[Any]) -> pl.Series:
    """Read cells as `KnowledgeBase.consult` reads values."""
    are_texts = set(map(type, cells)) <= {str, type(None)}
    texts = cells if are_texts else [cell if cell is None or type(cell) is str else _text(cell) for cell in cells]
    try:
        return pl.Series(texts, dtype=pl.String)
    except UnicodeEncodeError:  # half a character, which is in no admitted text
        return pl.Series([text and visible(text) for text in texts], dtype=pl.String)


def _text(cell: Any) -> str:
    """Read a cell; what is not text is written as Python writes it, which is not a value of any attribute."""
    if type(cell) in (int, float) and abs(cell) < LARGE:
        return str(cell)  # as below, and many times as fast
    try:
        node = from_python(cell, Place("cell"))
    except InputError:
        return f"<{type(cell).__name__}>"
    return node.text if isinstance(node, ScalarNode) else visible(repr(cell))
