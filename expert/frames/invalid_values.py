"""Values that their attributes do not admit: refused, with the first of them, or marked."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from expert.frames.adapters import Dialect
from expert.frames.column_names import INTERNAL, column_place
from expert.frames.input_columns import Column
from expert.frames.masks import Expr, Mask
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Attribute
from expert.knowledge.problems import InputError, Place, Problem

if TYPE_CHECKING:
    import polars as pl

ROW = f"{INTERNAL}row"
"""The numbers of rows, where they have an order."""

EXAMPLES = 3
"""How many invalid values of a column a message shows."""

PLACEHOLDER = "\ufffc"
"""Stands in messages for what was found."""


class Invalid(Enum):
    """What becomes of rows with invalid values; only those with a word for their value are public."""

    RAISE = "raise"
    """The first of them raises; of a lazy frame of Polars, when it runs."""
    MARK = "mark"
    CHECKED = 1
    """There are none: they have been looked for."""


class InvalidValuesError(InputError):
    """A frame of Polars, while it ran, came to values that attributes do not admit."""

    def __init__(self, said: str):
        # Polars makes a new one of what it says, with the expression after that.
        place, _, message = said.partition("\n")[0].partition(": ")
        super().__init__([Problem(Place(place), message)])

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self),)


def stop_at_invalid(columns: Sequence[Column], batch: "pl.DataFrame", is_usual: bool) -> None:
    """Raise if a batch of rows of Polars has invalid values; all that has a usual spelling may have it."""
    from expert.frames.adapters.polars import POLARS

    doubted = [column for column in columns if not (is_usual and column.is_admitted_if_usual)]
    if not doubted:
        return
    found = batch.select(_where(column).any().alias(column.attribute.name) for column in doubted).row(0)
    for column, is_found in zip(doubted, found, strict=True):
        if is_found:
            problem = Problem(column_place(column.attribute.name), _examples(batch, column, POLARS)[0])
            raise InvalidValuesError(str(problem))


def voided(added: dict[str, Expr], invalid: Mask, dialect: Dialect) -> dict[str, Expr]:
    """Void the answer in rows with invalid values."""
    if isinstance(invalid, bool):
        return added
    return {name: dialect.when(~invalid).then(expression).otherwise(None) for name, expression in added.items()}


def reason(invalid: Mask, columns: Sequence[Column], dialect: Dialect) -> Expr:
    """Write which columns have invalid values, what these are, and what is admitted."""
    nothing = dialect.lit(None, dtype=dialect.module.String)
    if isinstance(invalid, bool):
        return nothing
    reasons = [dialect.where(each.invalid, _described(each, dialect), nothing) for each in doubtful(columns)]
    return dialect.where(invalid, dialect.joined(reasons, "; "), nothing)


def _described(column: Column, dialect: Dialect) -> Expr:
    """Write, as messages do, what is wrong with a column's value, or else with its certainty."""

    def filled_in(message: str, found: Expr) -> Expr:
        before, _, after = message.partition(PLACEHOLDER)
        parts = [dialect.lit(before), found.cast(dialect.module.String), dialect.lit(after)]
        return dialect.joined(parts, "")

    of_value = filled_in(_expected(column.attribute, PLACEHOLDER, None), column.shown)
    if column.certainty_invalid is False:
        return of_value
    certainty = dialect.col(f"{column.attribute.name}.certainty")
    return dialect.where(column.value_invalid, of_value, filled_in(_of_certainty(PLACEHOLDER), certainty))


def doubtful(columns: Sequence[Column]) -> list[Column]:
    """Choose the columns whose types admit invalid values."""
    return [column for column in columns if column.invalid is not False]


def refuse_invalid(table: Any, columns: Sequence[Column], dialect: Dialect) -> None:
    """Raise if a table whose columns have been read holds values that attributes do not admit."""
    doubted = doubtful(columns)
    if not doubted:
        return
    integer = dialect.module.Int64
    counts = table.select(*(_where(each).cast(integer).sum().alias(each.attribute.name) for each in doubted))
    counted = counts.lazy().collect().row(0)
    problems = []
    for column, count in zip(doubted, counted, strict=True):
        if count:
            described = _examples(table, column, dialect)
            rest = f"; and {count - len(described)} more" if count > len(described) else ""
            message = f"{count} invalid value{'s' * (count > 1)}: {'; '.join(described)}{rest}"
            problems.append(Problem(column_place(column.attribute.name), message))
    if problems:
        raise InputError(problems)


def _where(column: Column) -> Expr:
    assert not isinstance(column.invalid, bool)
    return column.invalid


def _examples(table: Any, column: Column, dialect: Dialect) -> list[str]:
    """Describe the first invalid values of a column, with their rows where the table counts these."""
    name = column.attribute.name
    wanted = [column.shown.alias(name)]
    if column.given.certainty is not None:
        wanted.append(dialect.col(f"{name}.certainty"))
    if ROW in table.collect_schema().names():
        wanted.append(dialect.col(ROW))
    described = []
    for row in table.filter(column.invalid).select(*wanted).head(EXAMPLES).lazy().collect().rows(named=True):
        place = f"row {row[ROW]}: " if ROW in row else ""
        described.append(f"{place}{_expected(column.attribute, row[name], row.get(f'{name}.certainty'))}")
    return described


def _expected(attribute: Attribute, value: Any, certainty: Any) -> str:
    """Say what was expected instead of a value, or of its certainty where the value is as it should be."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    try:
        attribute.read(text)
    except ValueError:
        try:
            attribute.read(shown(text))
        except ValueError as error:
            return str(error)
    if certainty is None:
        return f"{attribute.name} cannot be '{shown(text)}'"
    return _of_certainty(certainty)


def _of_certainty(found: object) -> str:
    return f"certainty must be in [-1, 1], not {shown(found)}"
