"""Files of rows, decided by Polars or by Spark, as ``expert decide`` does it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, Protocol, TypeAlias

from expert.api.knowledge_base import KnowledgeBase
from expert.knowledge.atomic_files import check_target

OnProgress: TypeAlias = Callable[[int, int], None]
"""Told now and then how much is done, and of how much."""


class RowFiles(Protocol):
    """Files that have been opened."""

    def decide(self, knowledge_base: KnowledgeBase, out: str, on_progress: OnProgress | None, **options: Any) -> None:
        """Decide all rows and write one file; the options are those of `KnowledgeBase.decide`."""


@contextmanager
def row_files(paths: Sequence[str], out: str, spark_master: str | None = None) -> Iterator[RowFiles]:
    """Open files for Polars, or for Spark if a master is given, once it is clear that `out` can be written."""
    from expert.frames.file_faults import kind_of

    kind_of([out])
    if spark_master is None:
        check_target(out)
        yield _PolarsFiles(paths)
        return
    from expert.frames.spark_files import session

    with session(spark_master) as spark:
        yield _SparkFiles(spark, paths)


class _PolarsFiles:
    """Files that Polars decides as a stream."""

    def __init__(self, paths: Sequence[str]):
        from expert.frames.files import scan

        self._paths = paths
        self._frame = scan(paths)

    def decide(self, knowledge_base: KnowledgeBase, out: str, on_progress: OnProgress | None, **options: Any) -> None:
        from expert.frames.files import decide

        model = knowledge_base.asked_for(options.pop("goal", None))
        on_rows = on_progress and self._counting(on_progress)
        decide(model, self._frame, out, **options, tables=self._paths, on_rows=on_rows)

    def _counting(self, on_progress: OnProgress) -> Callable[[int], None]:
        """Turn the number of further rows into that of all rows so far."""
        from expert.frames.files import count, reporting

        with reporting(self._paths):
            total = count(self._frame)
        done = 0

        def on_rows(more: int) -> None:
            nonlocal done
            done += more
            on_progress(done, total)

        return on_rows


class _SparkFiles:
    """Files that Spark decides, in a session."""

    def __init__(self, spark: Any, paths: Sequence[str]):
        from expert.frames.spark_files import scan

        self._spark = spark
        self._frame = scan(spark, paths)

    def decide(self, knowledge_base: KnowledgeBase, out: str, on_progress: OnProgress | None, **options: Any) -> None:
        from expert.frames.spark_files import watching, write

        with watching(self._spark, on_progress) if on_progress else nullcontext():
            write(knowledge_base.decide(self._frame, **options), out)
