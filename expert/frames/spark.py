"""Spark frames decided: by Spark's own expressions for few rules, by Polars in Spark's Python workers for many."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from expert.frames.adapters import opened, renamed
from expert.frames.decider import SLICE, Decider
from expert.frames.input_columns import base_name, check_columns
from expert.frames.output_columns import Extras
from expert.knowledge.model import Model

if TYPE_CHECKING:
    import pyarrow as pa

NATIVE_RULES = 30
"""Up to how many rules Spark's own expressions are the faster way.

``python -m benchmarks.spark`` measures it: up to here they take half as long as Python workers. A few rules more, and
Spark's expressions outgrow what Java compiles: they take several times as long, and workers, whose costs are mostly
those of moving rows, are the faster way.
"""


def decide(
    knowledge_base: Model,
    decider: Decider,
    frame: Any,
    extras: Extras,
    prefix: str = "",
    invalid: Literal["raise", "mark"] = "raise",
) -> Any:
    """Decide every row of a PySpark frame, by the faster of the two ways."""
    if len(knowledge_base.rules) <= NATIVE_RULES:
        return decider.decide(frame, extras, prefix, invalid)
    added = _added(knowledge_base, decider, frame, extras, prefix, invalid)
    if invalid == "raise":
        decider.check(frame)
    checked = "ignore" if invalid == "raise" else invalid
    work = partial(decide_batches, knowledge_base, knowledge_base.digest, frame.columns, extras, prefix, checked)
    return renamed(frame).mapInArrow(work, _schema(frame, added))


def _added(knowledge_base: Model, decider: Decider, frame: Any, *options: Any) -> dict[str, Any]:
    """Tell the types of the added columns, by deciding a Polars frame with the same columns and no rows."""
    import narwhals
    import polars as pl

    library, _, schema, _ = opened(frame)
    check_columns(knowledge_base, schema, library)
    ours = {name: dtype for name, dtype in schema.items() if base_name(name) in knowledge_base.attributes}
    known = narwhals.Schema(ours).to_polars()
    empty = pl.DataFrame(schema={name: known.get(name, pl.Null) for name in schema})
    decided = decider.decide(empty, *options)
    return dict(list(decided.schema.items())[empty.width :])


def _schema(frame: Any, added: dict[str, Any]) -> Any:
    """Write the columns of the result for Spark."""
    import polars as pl
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    fields = [StructField(name, DoubleType() if dtype == pl.Float64 else StringType()) for name, dtype in added.items()]
    return StructType([*frame.schema.fields, *fields])


_deciders: dict[str, Decider] = {}
"""Those of this worker, by the digests of their knowledge bases, the one used last in the end."""

KEPT = 8
"""How many of them are kept."""


def decide_batches(
    knowledge_base: Model,
    digest: str,
    names: Sequence[str],
    extras: Extras,
    prefix: str,
    invalid: Literal["mark", "ignore"],
    batches: "Iterator[pa.RecordBatch]",
) -> "Iterator[pa.RecordBatch]":
    """Decide what Spark gives a worker: batches of rows, with columns of these names."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # there is a worker for every core
    import polars as pl
    import pyarrow as pa

    decider = _deciders.pop(digest, None) or Decider(knowledge_base)
    _deciders[digest] = decider
    if len(_deciders) > KEPT:
        del _deciders[next(iter(_deciders))]
    ours = [name for name in names if base_name(name) in knowledge_base.attributes]
    for gathered in _gathered(batches):
        table = pa.Table.from_batches(gathered).rename_columns(names)
        decided = decider.decide(pl.DataFrame(table.select(ours)), extras, prefix, invalid)
        for column in decided.get_columns()[len(ours) :]:
            dtype = pa.float64() if column.dtype == pl.Float64 else pa.string()
            table = table.append_column(column.name, column.to_arrow().cast(dtype))
        yield from table.to_batches()


def _gathered(batches: "Iterator[pa.RecordBatch]") -> "Iterator[list[pa.RecordBatch]]":
    """Put batches together, for each that is decided has fixed costs."""
    gathered: list[pa.RecordBatch] = []
    for batch in batches:
        if sum(map(len, gathered)) + len(batch) > SLICE and gathered:
            yield gathered
            gathered = []
        gathered.append(batch)
    if gathered:
        yield gathered
