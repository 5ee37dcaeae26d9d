"""Answers looked up: a table with more rows than there are cases needs each case decided only once."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from expert.frames.case_space import CaseSpace, is_countable
from expert.frames.compiler import INTERNAL, LONGEST, Expr, Mask, either
from expert.frames.input_columns import Column
from expert.frames.output_columns import Extras
from expert.knowledge.model import Model

if TYPE_CHECKING:
    import polars as pl

ANSWER = f"{INTERNAL}answer"

KEPT = 2
"""How many sets of answers are kept; they differ in what is asked for, and in where values are missing."""

AT_ONCE = 500_000
"""For how many rows in memory answers are looked up at a time."""


class BadValuesError(Exception):
    """A lazy frame, while it ran, came to values that attributes do not admit."""

    def __init__(self, message: str = "there are values that their attributes do not admit"):
        super().__init__(message)  # Polars makes a new one, with the expression after the message


class Plan(NamedTuple):
    """How the rows of a table get their answers.

    Parameters
    ----------
    table : dataframe
        To which stages of columns are added.
    stages : sequence
        Named expressions.
    added : dict
        The columns of the answer, to be taken after all stages, by name.
    bad : Mask
        Where the table may have a bad value.
    """

    table: Any
    stages: Sequence[Sequence[Expr]]
    added: dict[str, Expr]
    bad: Mask


class Lookup:
    """Looks answers up, for tables of Polars with certain columns."""

    def __init__(
        self,
        knowledge_base: Model,
        columns: Sequence[Column],
        types: Mapping[str, Any],
        decide: "Callable[[pl.DataFrame, Extras], pl.DataFrame]",
    ):
        self._names = [column.attribute.name for column in columns]
        self._bad = either(column.bad for column in columns)
        self._is_countable = all(is_countable(knowledge_base, column) for column in columns)

        @lru_cache(KEPT)
        def space(known: frozenset[str]) -> CaseSpace:
            return CaseSpace(knowledge_base, columns, types, known)

        @lru_cache(KEPT)
        def answers(known: frozenset[str], extras: Extras) -> _Answers:
            return _Answers(decide(space(known).cases(), extras))

        self._space, self._answers = space, answers

    def plan(self, table: Any, most: int, extras: Extras, marks: bool) -> Plan | None:
        """Say how to look up the answers of a table."""
        import polars as pl

        if not self._is_countable:
            return None
        in_memory = isinstance(table, pl.DataFrame)
        known = frozenset(name for name in self._names if in_memory and not table[name].null_count())
        space = self._space(known)
        if not 1 < space.size <= most or space.most_codes > LONGEST:
            return None
        answers = self._answers(known, extras)
        if in_memory:
            return self._in_memory(table, space.position, answers)
        return self._lazily(table, space.position, answers, marks)

    def _in_memory(self, table: "pl.DataFrame", position: Expr, answers: "_Answers") -> Plan:
        """Put the answers beside the table."""
        import polars as pl

        parts = table.iter_slices(AT_ONCE)
        positions = [part.lazy().select(position).collect().to_series() for part in parts]  # each part of it once
        found = pl.concat([answers.at(part) for part in positions], rechunk=False)
        added = {name: f"{ANSWER}.{name}" for name in found.columns}
        bad = self._bad if any(part.null_count() for part in positions) else False
        return Plan(table.hstack(found.rename(added)), [], {name: pl.col(own) for name, own in added.items()}, bad)

    def _lazily(self, table: "pl.LazyFrame", position: Expr, answers: "_Answers", marks: bool) -> Plan:
        """Add a stage that looks answers up, batch by batch."""
        import polars as pl

        def look_up(positions: pl.Series) -> pl.Series:
            if positions.null_count() and not marks:
                raise BadValuesError
            return answers.at(positions).with_columns(coded).to_struct()

        # Interrupted while it tells a function of Python that Enums are wanted, Polars panics: codes go through it.
        coded = pl.col([name for name, dtype in answers.schema.items() if dtype == pl.Enum]).to_physical()
        schema = answers.at(pl.Series([], dtype=pl.UInt32)).with_columns(coded).schema
        answer = position.map_batches(look_up, pl.Struct(schema), is_elementwise=True).alias(ANSWER)
        added = {name: _decoded(pl.col(ANSWER).struct.field(name), dtype) for name, dtype in answers.schema.items()}
        return Plan(table, [[answer]], added, self._bad)


def _decoded(column: Expr, dtype: Any) -> Expr:
    """Write a column of codes as the texts that these stand for; any other column as it is."""
    import polars as pl

    if dtype != pl.Enum:
        return column
    text: Any = pl
    for code, category in enumerate(dtype.categories):
        text = text.when(column == code).then(pl.lit(category, dtype))
    return text


class _Answers:
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
