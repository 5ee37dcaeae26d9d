"""Answers looked up: a table with more rows than there are cases needs each case decided only once."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from expert.frames.case_space import CaseSpace, is_countable
from expert.frames.column_names import INTERNAL
from expert.frames.input_columns import Column
from expert.frames.masks import Expr, Mask, either
from expert.frames.output_columns import Extras
from expert.frames.readings import FirstStages
from expert.frames.stages import added_to
from expert.knowledge.model import Model

if TYPE_CHECKING:
    import polars as pl

ANSWER = f"{INTERNAL}answer"

KEPT = 2
"""How many sets of answers are kept; they differ in what is asked for, and in where values are missing."""

AT_ONCE = 500_000
"""For how many rows in memory answers are looked up at a time."""


class Plan(NamedTuple):
    """How the rows of a table get their answers."""

    table: Any
    """To which stages of columns are added."""
    stages: Sequence[Sequence[Expr]]
    added: dict[str, Expr]
    """The columns of the answer, to be taken after all stages, by name."""
    invalid: Mask
    """Where the table may have an invalid value."""


class Lookup:
    """Looks answers up, for tables of Polars with certain columns, once their cases have been decided."""

    def __init__(
        self,
        knowledge_base: Model,
        columns: Sequence[Column],
        decide: "Callable[[CaseSpace, Extras], Answers]",
    ):
        self._columns = columns
        self._invalid = either(column.invalid for column in columns)
        self._is_countable = all(is_countable(knowledge_base, column) for column in columns)
        self._space = lru_cache(KEPT)(partial(CaseSpace, knowledge_base, columns))
        self.answers = lru_cache(KEPT)(decide)

    def cases(self, table: "pl.DataFrame | pl.LazyFrame", most: int) -> CaseSpace | None:
        """Find the cases that a table can hold; None where they are too many to be worth it, or there is only one."""
        import polars as pl

        if not self._is_countable:
            return None
        known: frozenset[str] = frozenset()
        if isinstance(table, pl.DataFrame):
            are_all = (column for column in self._columns if not any(each.says_unknown for each in column.readings))
            names = (column.attribute.name for column in are_all)
            known = frozenset(name for name in names if not table[name].null_count())
        space = self._space(known)
        return space if 1 < space.size <= most else None

    def plan(
        self,
        table: "pl.DataFrame | pl.LazyFrame",
        reading: FirstStages,
        space: CaseSpace,
        answers: "Answers",
        marks: bool,
    ) -> Plan:
        """Say how to look up the answers of a table, once its columns are read; nulls where it has invalid values."""
        import polars as pl

        position = reading.before(space.position)
        if marks and not isinstance(self._invalid, bool):
            position = pl.when(~self._invalid).then(position)
        if isinstance(table, pl.DataFrame):
            return self._in_memory(table, reading, position, answers)
        return self._lazily(table, reading, position, answers)

    def _in_memory(self, table: "pl.DataFrame", reading: FirstStages, position: Expr, answers: "Answers") -> Plan:
        """Put the answers beside the table."""
        import polars as pl

        parts = [added_to(part.lazy(), reading.stages) for part in table.iter_slices(AT_ONCE)]
        read = [part.select(position).collect(engine="streaming") for part in parts]  # each part of it once
        positions = [part.to_series() for part in read]
        found = pl.concat([answers.at(part) for part in positions], rechunk=False)
        added = {name: f"{ANSWER}.{name}" for name in found.columns}
        has_invalid = any(part.null_count() for part in positions)
        stages, invalid = (reading.stages, self._invalid) if has_invalid else ([], False)
        table = table.hstack(found.rename(added))
        return Plan(table, stages, {name: pl.col(own) for name, own in added.items()}, invalid)

    def _lazily(self, table: "pl.LazyFrame", reading: FirstStages, position: Expr, answers: "Answers") -> Plan:
        """Add a stage that looks answers up, batch by batch."""
        import polars as pl

        def look_up(positions: pl.Series) -> pl.Series:
            return answers.at(positions).with_columns(coded).to_struct()

        # Interrupted while it tells a function of Python that Enums are wanted, Polars panics: codes go through it.
        coded = pl.col([name for name, dtype in answers.schema.items() if dtype == pl.Enum]).to_physical()
        schema = answers.at(pl.Series([], dtype=pl.UInt32)).with_columns(coded).schema
        answer = position.map_batches(look_up, pl.Struct(schema), is_elementwise=True).alias(ANSWER)
        added = {name: _decoded(pl.col(ANSWER).struct.field(name), dtype) for name, dtype in answers.schema.items()}
        return Plan(table, [*reading.stages, [answer]], added, self._invalid)


def _decoded(column: Expr, dtype: Any) -> Expr:
    """Write a column of codes as the texts that these stand for; any other column as it is."""
    import polars as pl

    from expert.frames.adapters.polars import POLARS

    return POLARS.mapped(column, dict(enumerate(dtype.categories)), dtype) if dtype == pl.Enum else column


class Answers:
    """The answers of cases.

    Taking rows of a column with nulls is a branch for every row, and several times as slow. So the recommendation,
    which is null where the outcome says so, has no nulls here.
    """

    def __init__(self, answers: "pl.DataFrame"):
        import polars as pl

        self.schema = answers.schema
        recommendation = pl.col("recommendation")
        candidates: Any = answers.schema["recommendation"]
        self._answers = answers.with_columns(recommendation.fill_null(candidates.categories[0]))
        nothing = (pl.col("outcome") == "tie") | (pl.col("outcome") == "undecided")
        self._recommendation = pl.when(~nothing).then(recommendation).alias("recommendation")

    def at(self, positions: "pl.Series") -> "pl.DataFrame":
        """Take the answers at positions; nulls at null."""
        return self._answers[positions].with_columns(self._recommendation)
