"""Columns read once, before any rule runs: each cell becomes the position of a choice, or a number.

Most cells are written in the usual way, which is told many times as fast as any other. So Polars reads all rows by that
first, and of each batch of rows only what is left by the expression that reads every spelling.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from expert.frames.column_names import INTERNAL
from expert.frames.masks import Expr

if TYPE_CHECKING:
    import polars as pl

READ = f"{INTERNAL}read"

FEW = 8
"""Up to how many texts a column is compared with one by one; finding each row's in a set takes as long as so many."""

Stop: TypeAlias = "Callable[[pl.DataFrame, bool], None]"
"""May raise at a batch of rows; it is told whether all that has a usual spelling has that."""


class Reading(NamedTuple):
    """What is read of a column, and the name that it gets."""

    name: str
    source: str
    full: Expr
    """Reads every spelling."""
    dtype: Any = None
    """The type of what is read, which Polars needs to know."""
    usual: Expr | None = None
    """Reads the usual spellings alone; null for all others."""
    says_unknown: bool = False
    """Whether there may be nulls for what is not null."""


class FirstStages(NamedTuple):
    """Stages of columns that are added to a frame before all others."""

    stages: Sequence[Sequence[Expr]] = ()
    batchwise: bool = False
    """Whether they look at batches of rows."""

    def before(self, expression: Expr) -> Expr:
        """Make an expression need what is read: Polars does not run what nothing needs."""
        if not self.batchwise:
            return expression
        import polars as pl

        return pl.struct(expression.alias("needing"), pl.col(READ)).struct.field("needing")


def first_stages(readings: Sequence[Reading], stop: "Stop | None", seen: Iterable[str]) -> FirstStages:
    """Write the stages that read columns, and show each batch of rows, columns of these names included, to `stop`."""
    first = [(reading.full if reading.usual is None else reading.usual).alias(reading.name) for reading in readings]
    quick = [reading for reading in readings if reading.usual is not None]
    if not quick and stop is None:
        return FirstStages([first] if first else [])
    import polars as pl

    names = [reading.name for reading in readings]
    sources = dict.fromkeys([*(reading.source for reading in quick), *(seen if stop else ())])
    types = pl.Struct({reading.name: reading.dtype for reading in readings})
    read = pl.struct(*names, *sources).map_batches(partial(_read, names, quick, stop), types, is_elementwise=True)
    return FirstStages([first, [read.alias(READ)], [pl.col(READ).struct.field(name) for name in names]], batchwise=True)


def _read(
    names: Sequence[str],
    quick: Sequence[Reading],
    stop: "Stop | None",
    batch: "pl.Series",
) -> "pl.Series":
    """Read what the usual spellings have left of a batch."""
    frame = batch.struct.unnest()
    left = [each for each in quick if frame[each.name].null_count() > frame[each.source].null_count()]
    frame = frame.with_columns(_rest(frame, reading) for reading in left) if left else frame
    if stop:
        stop(frame, not left)
    return frame[names].to_struct()


def _rest(frame: "pl.DataFrame", reading: Reading) -> "pl.Series":
    """Read a column by every spelling: each of a few once, or else each cell that is left."""
    import polars as pl

    from expert.frames.adapters.polars import POLARS

    source, found = frame[reading.source], frame[reading.name]
    spellings = source.drop_nulls().unique()
    if len(spellings) <= FEW:
        read = spellings.to_frame().select(reading.full).to_series()
        each = dict(zip(spellings, read, strict=True))
        return frame.select(POLARS.mapped(pl.col(reading.source), each, reading.dtype).alias(reading.name)).to_series()
    is_left = found.is_null() & source.is_not_null()
    rest = frame.lazy().filter(is_left).select(reading.full).collect().to_series()
    return found.clone().scatter(is_left.arg_true(), rest)
