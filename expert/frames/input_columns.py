"""How a dataframe's columns give attributes, and where they hold what an attribute does not admit."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from expert.frames.adapters import Dialect
from expert.frames.choice_columns import choice_reading
from expert.frames.column_names import base_name, column_place
from expert.frames.compiler import Given
from expert.frames.masks import Expr, Mask, either, filled
from expert.frames.number_columns import number_reading
from expert.frames.readings import Reading
from expert.knowledge.foreign_text import shown
from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.problems import InputError, Place, Problem, suggestion


class Column(NamedTuple):
    """An attribute's column: how it gives the attribute, and where it holds what is not admitted.

    Where the column's type has no such values, that is plain False. ``shown`` is what messages show.
    """

    attribute: Attribute
    given: Given
    value_invalid: Mask
    shown: Expr
    readings: Sequence[Reading] = ()
    """What is read before all else."""
    certainty_invalid: Mask = False

    @property
    def invalid(self) -> Mask:
        """Where there is a value that is not admitted, or has such a certainty."""
        return either([self.value_invalid, self.certainty_invalid])

    @property
    def sources(self) -> list[str]:
        """The names of the frame's columns that it is read from."""
        return list(dict.fromkeys([self.attribute.name, *(reading.source for reading in self.readings)]))

    @property
    def is_admitted_if_usual(self) -> bool:
        """Whether all usual spellings are those of admitted values."""
        is_quick = all(reading.usual is not None for reading in self.readings)
        return not self.attribute.number and self.certainty_invalid is False and is_quick


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
    """Say how each of a frame's columns that is an attribute is read, by its type; they have been checked."""
    attributes = [knowledge_base.attributes[name] for name in schema if name in knowledge_base.attributes]
    return [_column(each, schema[each.name], schema.get(f"{each.name}.certainty"), dialect) for each in attributes]


def _column(attribute: Attribute, dtype: Any, certainty_dtype: Any, dialect: Dialect) -> Column:
    """Say how a column gives its attribute; the certainty's type is None where all facts are definite."""
    name = attribute.name
    raw = dialect.col(name)
    readable = dialect.decimal(name, dtype) if dtype in dialect.float_types else raw
    if attribute.number:
        reading = number_reading(f"number_{name}", name, dtype, dialect, attribute.number.unit, admits_unknown=True)
        value = dialect.col(reading.name)
        column = Column(attribute, Given(value), filled(_out_of_bounds(attribute.number, value)), readable, [reading])
    else:
        reading, may_be_invalid = choice_reading(attribute, dtype, dialect)
        code, choices = dialect.col(reading.name), list(attribute.choices)
        given = Given(code, lambda wanted: code == choices.index(str(wanted)))
        column = Column(attribute, given, may_be_invalid and filled(code == len(choices)), readable, [reading])
    if certainty_dtype is None:
        return column
    reading = number_reading(f"certainty_{name}", f"{name}.certainty", certainty_dtype, dialect)
    certainty = dialect.col(reading.name).fill_null(1.0)
    return column._replace(
        given=column.given._replace(certainty=certainty),
        certainty_invalid=~column.given.value.is_null() & ~certainty.is_between(-1.0, 1.0),
        readings=[*column.readings, reading],
    )


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
