"""Frames of PySpark: decided by Spark's own expressions for few rules, by Polars in its Python workers for many."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from expert.frames.adapters import Frame, Workers, refuse_frame
from expert.frames.column_names import check_names

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

NATIVE_RULES = 10
"""Up to how many rules Spark's own expressions are the faster way.

``python -m benchmarks.spark`` measures it: up to here they take less than half as long as Python workers. With a few
rules more, Spark's expressions take several times as long, as if they outgrew what Java compiles; workers, whose costs
are mostly those of moving rows, are the faster way then.
"""

BATCH = 50_000
"""How many rows a worker decides at a time, at most."""

Decide: TypeAlias = "Callable[[pl.DataFrame], pl.DataFrame]"
"""Adds the answers to a frame of columns."""


def opened(frame: Any) -> Frame:
    """Open a frame."""
    import narwhals as nw

    from expert.frames.adapters.narwhals import PLAIN_NAMES, opened_lazy

    if not hasattr(frame, "toDF"):
        raise refuse_frame(frame)
    check_names(frame.columns)
    of_nulls = [field.name for field in frame.schema.fields if field.dataType.typeName() == "void"]
    given = opened_lazy(nw.from_native(_renamed(frame)), frame.columns, PLAIN_NAMES, of_nulls)
    return replace(given, workers=Workers(NATIVE_RULES, partial(_map, frame, given.schema)))


def _renamed(frame: Any) -> Any:
    """Give columns plain names."""
    from expert.frames.adapters.narwhals import plain_name

    return frame.toDF(*map(plain_name, frame.columns))


def _map(frame: Any, schema: Mapping[str, Any], decide: Decide, names: Collection[str]) -> Any:
    """Decide a frame in Spark's workers, from the columns of these names."""
    import narwhals as nw

    work = partial(decide_batches, decide, frame.columns, list(names))
    return nw.from_native(_renamed(frame).mapInArrow(work, _result_schema(frame, schema, decide, names)))


def _result_schema(frame: Any, schema: Mapping[str, Any], decide: Decide, names: Collection[str]) -> Any:
    """Find the columns of the result by deciding a Polars frame with the same columns and no rows."""
    import narwhals as nw
    import polars as pl
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    known = nw.Schema({name: schema[name] for name in names}).to_polars()
    empty = pl.DataFrame(schema={name: known.get(name, pl.Null) for name in schema})
    added = list(decide(empty).schema.items())[empty.width :]
    fields = [StructField(name, DoubleType() if dtype == pl.Float64 else StringType()) for name, dtype in added]
    return StructType([*frame.schema.fields, *fields])


def decide_batches(
    decide: Decide, names: Sequence[str], ours: Sequence[str], batches: "Iterator[pa.RecordBatch]"
) -> "Iterator[pa.RecordBatch]":
    """Decide what Spark gives a worker: batches of rows, with columns of these names, of which some are attributes'."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # there is a worker for every core
    import polars as pl
    import pyarrow as pa

    from expert.frames.adapters.polars import in_arrow

    for gathered in _gathered(batches):
        table = pa.Table.from_batches(gathered).rename_columns(names)
        decided = decide(pl.DataFrame(table.select(ours)))
        for answer in decided.get_columns()[len(ours) :]:
            table = table.append_column(answer.name, in_arrow(answer))
        yield from table.to_batches()


def _gathered(batches: "Iterator[pa.RecordBatch]") -> "Iterator[list[pa.RecordBatch]]":
    """Put batches together: each that is decided has fixed costs."""
    gathered: list[pa.RecordBatch] = []
    for batch in batches:
        if sum(map(len, gathered)) + len(batch) > BATCH and gathered:
            yield gathered
            gathered = []
        gathered.append(batch)
    if gathered:
        yield gathered
