"""How a dataframe's columns give attributes, and where they hold what an attribute does not admit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from expert.frames.adapters import Dialect, Frame
from expert.frames.column_names import INTERNAL, base_name, column_place
from expert.frames.compiler import Given
from expert.frames.masks import Expr, Mask, either, filled
from expert.frames.number_columns import UNKNOWN, as_number, is_unknown
from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.problems import InputError, Place, Problem, suggestion

FEW = 8
"""Up to how many texts a column is compared with one by one; looking each row up in a set takes as long as so many."""


class Column(NamedTuple):
    """An attribute's column: how it gives the attribute, and where it holds a value that is not admitted.

    Where the column's type has no such values, ``invalid`` is plain False. ``shown`` is what messages show.
    """

    attribute: Attribute
    given: Given
    invalid: Mask
    shown: Expr
    reading: Sequence[Expr] = ()
    """What is added to the frame before."""


def check_columns(knowledge_base: Model, schema: Mapping[str, Any], dialect: Dialect) -> None:
    """Make sure that a frame's columns can give attributes."""
    attributes = knowledge_base.attributes
    reasons = {name: _reason(knowledge_base, name, dtype, schema, dialect) for name, dtype in schema.items()}
    problems = [Problem(column_place(name), reason) for name, reason in reasons.items() if reason]
    if not problems and not schema.keys() & attributes.keys():
        askable = [a.name for a in attributes.values() if knowledge_base.is_askable(a)]
        near = suggestion(next(iter(schema), ""), askable)
        problems.append(Problem(Place("columns"), f"no column matches an attribute{near}"))
    if problems:
        raise InputError(problems)


def _reason(knowledge_base: Model, name: str, dtype: Any, schema: Mapping[str, Any], dialect: Dialect) -> str:
    """Say why a column cannot be what its name says; empty where it can, or names no attribute."""
    holds_numbers = dtype.is_numeric() or dtype in dialect.text_types
    attribute = knowledge_base.attributes.get(name)
    if attribute is None:
        if base_name(name) not in knowledge_base.attributes:
            return ""
        if base_name(name) not in schema:
            return "is a certainty without its attribute's column"
        return "" if holds_numbers else f"must hold numbers, not {shown(dtype)}"
    if not knowledge_base.is_askable(attribute):
        return "is concluded by rules, so it cannot be given"
    if holds_numbers or (not attribute.number and dtype in (dialect.module.Boolean, dialect.module.Date)):
        return ""
    return f"must hold {'numbers' if attribute.number else 'texts'}, not {shown(dtype)}"


def read_columns(knowledge_base: Model, schema: Mapping[str, Any], dialect: Dialect) -> list[Column]:
    """Say how each of a frame's columns that is an attribute is read, by its type."""
    check_columns(knowledge_base, schema, dialect)
    attributes = [knowledge_base.attributes[name] for name in schema if name in knowledge_base.attributes]
    reader = _Reader(dialect)
    return [reader.column(each, schema[each.name], schema.get(f"{each.name}.certainty")) for each in attributes]


def with_numbers(given: Frame, columns: Sequence[Column]) -> Frame:
    """Add to a frame what is read first of its columns."""
    reading = [number for column in columns for number in column.reading]
    return replace(given, table=given.table.with_columns(*reading)) if reading else given


class _Reader:
    """Writes the expressions, in one dialect."""

    def __init__(self, dialect: Dialect):
        self._dialect, self._types = dialect, dialect.module

    def column(self, attribute: Attribute, dtype: Any, certainty_dtype: Any) -> Column:
        """Say how a column gives its attribute; the certainty's type is None where all facts are definite."""
        dialect = self._dialect
        column = dialect.col(attribute.name)
        wrong: Mask = False
        reading: list[Expr] = []
        checks: list[Mask] = []
        if attribute.number:
            value, wrong = as_number(attribute.name, dtype, dialect, attribute.number.unit)
            if dtype in dialect.text_types:
                wrong = wrong & ~is_unknown(column, dialect)
                value = self._read_first(f"number_{attribute.name}", value, reading)
            given = Given(value)
            checks.append(_out_of_bounds(attribute.number, value))
        elif dtype == self._types.Boolean and attribute.yes_no:
            given = Given(column, lambda wanted: column if wanted == "yes" else ~column)
        else:
            given, is_none = self._choice(attribute, dtype)
            checks.append(is_none)
        if certainty_dtype is not None:
            certainty, no_number = as_number(f"{attribute.name}.certainty", certainty_dtype, dialect)
            if certainty_dtype in dialect.text_types:
                certainty = self._read_first(f"certainty_{attribute.name}", certainty, reading)
            checks += [no_number, ~certainty.is_between(-1.0, 1.0)]
            given = given._replace(certainty=certainty.fill_null(1.0))
        invalid = either(checks)
        invalid = invalid if isinstance(invalid, bool) else ~given.value.is_null() & filled(invalid)
        readable = dialect.decimal(attribute.name, dtype) if dtype in dialect.float_types else column
        return Column(attribute, given, either([wrong, invalid]), readable, reading)

    def _read_first(self, name: str, number: Expr, reading: list[Expr]) -> Expr:
        """Have a text's number read in a stage of its own, if it would be read again for each of its uses."""
        if self._dialect.shares:
            return number
        reading.append(number.alias(f"{INTERNAL}{name}"))
        return self._dialect.col(f"{INTERNAL}{name}")

    def _choice(self, attribute: Attribute, dtype: Any) -> tuple[Given, Mask]:
        """Read a choice, or yes and no; and say where it is not one."""
        value, text, spellings = self._spelled(attribute, dtype)

        def is_one_of(texts: Sequence[Any]) -> Expr:
            equal = [text == one for one in texts]
            return text.is_in(texts) if len(texts) > FEW else reduce(or_, equal) if equal else self._dialect.lit(False)

        given = Given(value, lambda wanted: is_one_of(spellings[str(wanted)]))
        admitted = [spelling for several in spellings.values() for spelling in several]
        if dtype == self._types.Enum and set(dtype.categories) <= set(admitted):
            return given, False
        return given, ~is_one_of(admitted)

    def _spelled(self, attribute: Attribute, dtype: Any) -> tuple[Expr, Expr, dict[str, Sequence[Any]]]:
        """Give the column, null where it says "unknown"; what to compare; and with what, for each choice."""
        dialect, types = self._dialect, self._types
        column = dialect.col(attribute.name)
        spellings: dict[str, Sequence[Any]] = {choice: (choice,) for choice in attribute.choices}
        if attribute.yes_no:
            spellings = {"yes": ("yes", "true"), "no": ("no", "false")}
        if dialect.has_codes and dtype == types.Enum:
            plain = str.lower if attribute.yes_no else comparable
            unknown = [category for category in dtype.categories if category.lower() == UNKNOWN]
            spellings = {v: [c for c in dtype.categories if plain(c) in several] for v, several in spellings.items()}
            return dialect.when(~column.is_in(unknown)).then(column) if unknown else column, column, spellings
        if dtype in dialect.float_types:
            spellings = {v: [float(s) for s in several if _is_float(s)] for v, several in spellings.items()}
            return column, dialect.decimal(attribute.name, dtype), spellings
        is_plain = dtype in (types.String, types.Categorical, types.Enum)
        text = column if is_plain else column.cast(types.String)
        value = dialect.when(~is_unknown(text, dialect)).then(column) if dtype in dialect.text_types else column
        if attribute.yes_no:
            text = text.cast(types.String).str.to_lowercase()
        elif not all(map(str.isascii, attribute.choices)):
            text = dialect.composed(text)
        return value, text, spellings


def _is_float(text: str) -> bool:
    """Tell whether a text is how Python writes a float."""
    try:
        return str(float(text)) == text
    except ValueError:
        return False


def _out_of_bounds(number: Number, value: Expr) -> Expr:
    """Say where a column does not hold a number that its attribute admits."""
    invalid = ~value.is_finite()
    if number.at_least is not None:
        invalid = invalid | (value < number.at_least)
    if number.at_most is not None:
        invalid = invalid | (value > number.at_most)
    if number.integer:
        invalid = invalid | (value.floor() != value)
    return invalid
