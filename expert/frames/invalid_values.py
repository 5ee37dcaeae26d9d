"""Values that their attributes do not admit: refused, with the first of them, or marked."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from expert.frames.adapters import Dialect, Frame
from expert.frames.column_names import INTERNAL, column_place
from expert.frames.input_columns import Column
from expert.frames.masks import Expr, Mask
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Attribute
from expert.knowledge.problems import InputError, Problem

EXAMPLES = 3
"""How many invalid values of a column a message shows."""


class Invalid(Enum):
    """What becomes of rows with invalid values; only those with a word for their value are public."""

    RAISE = "raise"
    """They are looked for before anything is decided."""
    MARK = "mark"
    STOP = 1
    """A stream stops at the first of them."""
    CHECKED = 2
    """There are none: they have been looked for."""


class InvalidValuesError(Exception):
    """A lazy frame, while it ran, came to values that attributes do not admit."""

    def __init__(self, message: str = "there are values that their attributes do not admit"):
        super().__init__(message)  # Polars makes a new one, with the expression after the message


def voided(added: dict[str, Expr], invalid: Mask, dialect: Dialect) -> dict[str, Expr]:
    """Void the answer in rows with invalid values."""
    if isinstance(invalid, bool):
        return added
    return {name: dialect.when(~invalid).then(expression).otherwise(None) for name, expression in added.items()}


def stopping(added: dict[str, Expr], invalid: Mask) -> dict[str, Expr]:
    """Raise as soon as a batch of rows of Polars has an invalid value."""
    import polars as pl

    if isinstance(invalid, bool):
        return added

    def stop(batch: pl.Series) -> pl.Series:
        if batch.struct.field("invalid").any():
            raise InvalidValuesError
        return batch.struct.field("certainty")

    both = pl.struct(added["certainty"].alias("certainty"), invalid.alias("invalid"))
    return added | {"certainty": both.map_batches(stop, return_dtype=pl.Float64, is_elementwise=True)}


def reason(invalid: Mask, columns: Sequence[Column], dialect: Dialect) -> Expr:
    """Write which columns have invalid values."""
    nothing = dialect.lit(None, dtype=dialect.module.String)
    if isinstance(invalid, bool):
        return nothing
    reasons = [
        dialect.where(column.invalid, dialect.lit(f"{column.attribute.name} is invalid"), nothing)
        for column in _checked(columns)
    ]
    return dialect.where(invalid, dialect.joined(reasons, "; "), nothing)


def _checked(columns: Sequence[Column]) -> list[Column]:
    """Choose the columns whose types admit invalid values."""
    return [column for column in columns if column.invalid is not False]


def refuse_invalid(frame: Frame, columns: Sequence[Column]) -> None:
    """Raise if a column holds values that its attribute does not admit."""
    checked = _checked(columns)
    if not checked:
        return
    masks: list[tuple[str, Expr]] = [(column.attribute.name, column.invalid) for column in checked]
    integer = frame.dialect.module.Int64
    counts = frame.table.select(*(invalid.cast(integer).sum().alias(name) for name, invalid in masks))
    counted = counts.lazy().collect().row(0)
    problems = [_problem(frame, column, count) for column, count in zip(checked, counted, strict=True) if count]
    if problems:
        raise InputError(problems)


def _problem(frame: Frame, column: Column, count: int) -> Problem:
    """Describe the invalid values of a column: how many, the first of them, and what was expected."""
    name, table, dialect = column.attribute.name, frame.table, frame.dialect
    wanted = [column.shown.alias(name)]
    if column.given.certainty is not None:
        wanted.append(dialect.col(f"{name}.certainty"))
    if not frame.is_lazy:
        table = table.with_row_index(f"{INTERNAL}row")
        wanted.append(dialect.col(f"{INTERNAL}row"))
    described = []
    for row in table.filter(column.invalid).select(*wanted).head(EXAMPLES).lazy().collect().rows(named=True):
        place = f"row {row[f'{INTERNAL}row']}: " if f"{INTERNAL}row" in row else ""
        described.append(f"{place}{_expected(column.attribute, row[name], row.get(f'{name}.certainty'))}")
    rest = f"; and {count - len(described)} more" if count > len(described) else ""
    return Problem(column_place(name), f"{count} invalid value{'s' * (count > 1)}: {'; '.join(described)}{rest}")


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
    return f"certainty must be in [-1, 1], not {shown(certainty)}"
