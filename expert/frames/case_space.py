"""All cases that the columns of a table can hold, as far as the rules tell them apart, for each to be decided once.

A column has a code for each of its distinguishing values, or for each number that tests name and each gap between
them, and one more for all that has the effect of no answer. The codes of a row, read as the digits of one number, are
the position of its case, where its answer can be looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import prod
from operator import add
from typing import TYPE_CHECKING, Any

from expert.frames.input_columns import Column
from expert.frames.masks import Expr
from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.model import Model
from expert.knowledge.ranges import named_numbers
from expert.knowledge.rules import Value

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class CaseSpace:
    """The cases of tables with certain columns."""

    knowledge_base: Model
    columns: Sequence[Column]
    """In the expressions of Polars, without certainties, and read."""
    known: frozenset[str] = frozenset()
    """The columns in which no value is missing."""

    @cached_property
    def _values(self) -> dict[str, list[Value | None]]:
        """For each column, a value for each of its codes; None for no answer, and where no number has the code."""
        return {column.attribute.name: self._values_of(column) for column in self.columns}

    def _values_of(self, column: Column) -> list[Value | None]:
        attribute = column.attribute
        is_known = attribute.name in self.known
        found = distinguishing_values(self.knowledge_base, attribute)
        values: list[Value | None]
        if attribute.number:
            named = named_numbers(self.knowledge_base, attribute.name)
            by_code = {_code(value, named): value for value in found}
            values = [by_code.get(code) for code in range(2 * len(named) + 1)]
        elif attribute.name in self.knowledge_base.concluded or (is_known and len(found) + 1 == len(attribute.choices)):
            values = list(attribute.choices)  # no more codes than with one for all others, and Polars has them already
        else:
            values = list(found)
        return values if is_known and len(values) >= len(attribute.choices) else [*values, None]

    @property
    def size(self) -> int:
        """How many cases there are."""
        return prod(map(len, self._values.values()))

    def cases(self) -> "pl.DataFrame":
        """List them, in the order of their positions."""
        import polars as pl

        rows = pl.int_range(self.size, dtype=pl.UInt32, eager=True)
        stride = self.size
        columns = []
        for column in self.columns:
            attribute = column.attribute
            dtype = pl.Float64 if attribute.number else pl.Enum(list(attribute.choices))
            values = pl.Series(attribute.name, self._values[attribute.name], dtype=dtype)
            stride //= len(values)
            columns.append(values.gather(rows // stride % len(values)))
        return pl.DataFrame(columns)

    @cached_property
    def position(self) -> Expr:
        """Write the position of a row's case, of which there are several; any of them where a value is invalid."""
        import polars as pl

        dtype = pl.UInt8 if self.size < 2**8 else pl.UInt16 if self.size < 2**16 else pl.UInt32
        position = pl.lit(0, dtype)
        for column in self.columns:
            count = len(self._values[column.attribute.name])
            if count > 1:
                position = position * pl.lit(count, dtype) + self._digit(column, dtype)
        return position.cast(pl.UInt32)

    def _digit(self, column: Column, dtype: Any) -> Expr:
        """Write which of its values a column has."""
        import polars as pl

        from expert.frames.adapters.polars import POLARS

        attribute = column.attribute
        values = self._values[attribute.name]
        last = pl.lit(len(values) - 1, dtype)
        if attribute.number:
            named = named_numbers(self.knowledge_base, attribute.name)
            steps = [part.cast(dtype) for n in named for part in (column.given.value >= n, column.given.value > n)]
            digit = reduce(add, steps, pl.lit(0, dtype))
            is_known = attribute.name in self.known
            return digit if is_known else pl.when(column.given.value.is_null()).then(last).otherwise(digit)
        code: Any = column.given.value
        choices = list(attribute.choices)
        if values[: len(choices)] == choices:
            digit = code.cast(dtype)
            return digit if attribute.name in self.known else digit.fill_null(last)
        wanted = {choices.index(str(value)): place for place, value in enumerate(values) if value is not None}
        return POLARS.mapped(code, wanted, dtype, last)


def is_countable(knowledge_base: Model, column: Column) -> bool:
    """Tell whether rules tell no more than so many values of a column apart: not where facts have certainties."""
    attribute = column.attribute
    counts_exactly = attribute.name in knowledge_base.concluded or attribute.name in knowledge_base.inputs
    return column.given.certainty is None and not (attribute.number and counts_exactly)


def _code(value: Value, named: Sequence[float]) -> int:
    """Count how many named numbers a number has reached, and how many it has passed."""
    assert not isinstance(value, str)
    return sum((value >= number) + (value > number) for number in named)
