"""Libraries of frames: a module for each knows its expressions, how a frame is opened, and how it is given back.

A new library takes a module here, and a case in `opened`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from expert.frames.masks import Expr, Mask
from expert.knowledge.problems import InputError

if TYPE_CHECKING:
    import polars as pl

MANY = 64
"""Up to how many values a column is compared with one by one: expressions nest."""


@dataclass(frozen=True, eq=False)
class Dialect:
    """How expressions are written for frames of one library, and what its types of columns are.

    What is named alike in Polars and Narwhals is taken from the one of them that is `module`; the fields are what
    differs.
    """

    module: Any
    col: Callable[[str], Expr]
    """Find a column by its own name."""
    decimal: Callable[[str, Any], Expr]
    """Give a column of numbers, of a type, in double precision: each as the shortest decimal it can be written as."""
    text_types: tuple[Any, ...]
    """The types whose values are read as text; that of nothing but nulls is among them."""
    float_types: tuple[Any, ...]
    has_codes: bool = False
    """Whether a text may be a code of an ``Enum``, which takes a byte a row; answers are written so, then."""
    calls_python: bool = False
    """Whether functions of Python can look at each batch of rows: to look answers up, and to stop."""
    divides_by_inverse: bool = False
    """Whether a divisor known to be the same in all rows is multiplied by as its inverse, which is inexact."""
    plain_number: Callable[[str], Expr | None] = lambda _: None
    """Read the plain numerals in a column of texts, without a pattern; null for all other texts."""
    composed: Callable[[Expr], Expr] = lambda text: text
    """Write a letter and its accent as one character, where the library can."""

    def lit(self, value: Any, dtype: Any = None) -> Expr:
        """Write a constant."""
        return self.module.lit(value, dtype)

    def when(self, mask: Mask) -> Any:
        """Start a choice between expressions."""
        return self.module.when(mask)

    def where(self, mask: Mask, then: Any, otherwise: Any) -> Expr:
        """Choose between two."""
        if isinstance(mask, bool):
            return then if mask else self.lit(otherwise) if isinstance(otherwise, float) else otherwise
        return self.when(mask).then(then).otherwise(otherwise)

    def mapped(self, column: Expr, found: Mapping[Any, Any], dtype: Any, otherwise: Any = None) -> Expr:
        """Write, for each value of a column, what is found for it; for all others, nulls among them, one expression."""
        if len(found) > MANY and self.has_codes:
            return column.replace_strict([*found], [*found.values()], default=otherwise, return_dtype=dtype)
        first, rest = dict(islice(found.items(), MANY)), dict(islice(found.items(), MANY, None))
        mapped = self.lit(None, dtype) if rest or otherwise is None else otherwise
        for value, what in reversed(first.items()):
            mapped = self.when(column == value).then(self.lit(what, dtype)).otherwise(mapped)
        return self.module.coalesce(mapped, self.mapped(column, rest, dtype, otherwise)) if rest else mapped

    def greatest(self, exprs: Sequence[Expr]) -> Expr:
        """Take the maximum of each row."""
        return self.module.max_horizontal(*exprs) if len(exprs) > 1 else exprs[0]

    def least(self, exprs: Sequence[Expr]) -> Expr:
        """Take the minimum of each row."""
        return self.module.min_horizontal(*exprs) if len(exprs) > 1 else exprs[0]

    def joined(self, texts: Sequence[Expr], separator: str) -> Expr:
        """Join the texts of each row that are not null."""
        return self.module.concat_str(*texts, separator=separator, ignore_nulls=True)

    def type_of(self, texts: Sequence[str]) -> Any:
        """Choose the type of a column of a few texts."""
        return self.module.Enum(texts) if self.has_codes else self.module.String


@dataclass(frozen=True)
class Workers:
    """Workers of a library that each decide batches of rows by Polars."""

    most_rules: int
    """Up to how many rules the library's own expressions are the faster way."""
    map: "Callable[[Callable[[pl.DataFrame], pl.DataFrame], Collection[str]], Any]"
    """Decide a frame: from a function that adds the answers to a batch of columns of these names."""


@dataclass(frozen=True)
class Frame:
    """A frame, opened by the adapter of its library."""

    dialect: Dialect
    table: Any
    """The frame as expressions run on it."""
    schema: Mapping[str, Any]
    """The types of its columns, by their own names."""
    is_lazy: bool
    give_back: Callable[[Any], Any] = lambda decided: decided
    """Give a decided table as the library has it."""
    to_polars: "Callable[[Collection[str]], pl.DataFrame] | None" = None
    """Take columns to Polars, to be decided there; `give_back` puts the answers beside the frame."""
    workers: Workers | None = None


def opened(frame: Any) -> Frame:
    """Open a frame by the adapter of its library."""
    match type(frame).__module__.partition(".")[0]:
        case "polars":
            from expert.frames.adapters.polars import opened
        case "duckdb" | "_duckdb":
            from expert.frames.adapters.duckdb import opened
        case "pyspark":
            from expert.frames.adapters.spark import opened
        case "narwhals":
            from expert.frames.adapters.narwhals import opened_wrapped as opened
        case _:
            from expert.frames.adapters.narwhals import opened
    return opened(frame)


def refuse_frame(frame: object) -> InputError:
    """Say that something is not a frame."""
    return InputError.at("frame", f"is not a dataframe that can be decided: its type is {type(frame).__name__}")
