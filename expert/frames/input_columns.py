"""How a dataframe's columns give attributes, and where they hold what an attribute does not admit."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from expert.frames.adapters import column_place
from expert.frames.compiler import Expr, Given, Mask, either
from expert.frames.number_columns import UNKNOWN, as_number, float_types, is_text, is_unknown, shortest
from expert.knowledge.foreign_text import comparable, shown
from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.problems import InputError, Place, Problem, suggestion

FEW = 8
"""Up to how many texts a column is compared with one by one; looking each row up in a set takes as long as so many."""


class Column(NamedTuple):
    """An attribute's column: how it gives the attribute, and where it holds a value that is not admitted.

    Where the column's type has no such values, ``bad`` is plain False. ``shown`` is what messages show.
    """

    attribute: Attribute
    given: Given
    bad: Mask
    shown: Expr


def base_name(name: str) -> str:
    """Take the ending ``.certainty`` off the name of a column."""
    return name.removesuffix(".certainty")


def check_columns(knowledge_base: Model, schema: Mapping[str, Any], library: Any) -> None:
    """Make sure that a frame's columns can give attributes."""
    attributes = knowledge_base.attributes
    problems = []
    for name, dtype in schema.items():
        if reason := _reason(knowledge_base, name, dtype, schema, library):
            problems.append(Problem(column_place(name), reason))
    if not problems and not schema.keys() & attributes.keys():
        askable = [a.name for a in attributes.values() if knowledge_base.is_askable(a)]
        near = suggestion(next(iter(schema), ""), askable)
        problems.append(Problem(Place("columns"), f"none is named as an attribute{near}"))
    if problems:
        raise InputError(problems)


def _reason(knowledge_base: Model, name: str, dtype: Any, schema: Mapping[str, Any], library: Any) -> str:
    """Say why a column cannot be what its name says; empty where it can, or names no attribute."""
    holds_numbers = dtype.is_numeric() or is_text(dtype, library)
    attribute = knowledge_base.attributes.get(name)
    if attribute is None:
        if base_name(name) not in knowledge_base.attributes:
            return ""
        if base_name(name) not in schema:
            return "is a certainty without its attribute's column"
        return "" if holds_numbers else f"must hold numbers, not {shown(dtype)}"
    if not knowledge_base.is_askable(attribute):
        return "is concluded by rules, so it cannot be given"
    if holds_numbers or (not attribute.number and dtype in (library.Boolean, library.Date)):
        return ""
    return f"must hold {'numbers' if attribute.number else 'texts'}, not {shown(dtype)}"


def read_columns(knowledge_base: Model, schema: Mapping[str, Any], library: Any) -> list[Column]:
    """Say how each of a frame's columns that is an attribute is read, by its type."""
    check_columns(knowledge_base, schema, library)
    attributes = [knowledge_base.attributes[name] for name in schema if name in knowledge_base.attributes]
    reader = _Reader(library)
    return [reader.column(each, schema[each.name], schema.get(f"{each.name}.certainty")) for each in attributes]


class _Reader:
    """Writes the expressions, in those of one library."""

    def __init__(self, library: Any):
        self._library = library

    def column(self, attribute: Attribute, dtype: Any, certainty_dtype: Any) -> Column:
        """Say how a column gives its attribute; the certainty's type is None where all facts are definite."""
        library = self._library
        column = library.col(attribute.name)
        wrong: Mask = False
        checks: list[Mask] = []
        if attribute.number:
            value, wrong = as_number(attribute.name, dtype, library, attribute.number.unit)
            if is_text(dtype, library):
                wrong = wrong & ~is_unknown(column, library)
            given = Given(value)
            checks.append(_out_of_bounds(attribute.number, value))
        elif dtype == library.Boolean and attribute.yes_no:
            given = Given(column, lambda wanted: column if wanted == "yes" else ~column)
        else:
            given, is_none = self._choice(attribute, dtype)
            checks.append(is_none)
        if certainty_dtype is not None:
            certainty, no_number = as_number(f"{attribute.name}.certainty", certainty_dtype, library)
            checks += [no_number, ~certainty.is_between(-1.0, 1.0)]
            given = given._replace(certainty=certainty.fill_null(1.0))
        bad = either(checks)
        bad = bad if isinstance(bad, bool) else ~given.value.is_null() & bad.fill_null(False)
        is_float = dtype in float_types(library)
        return Column(
            attribute,
            given,
            bad=either([wrong, bad]),
            shown=shortest(attribute.name, dtype, library) if is_float else column,
        )

    def _choice(self, attribute: Attribute, dtype: Any) -> tuple[Given, Mask]:
        """Read a choice, or yes and no; and say where there is none."""
        library = self._library
        value, text, spellings = self._spelled(attribute, dtype)

        def is_one_of(texts: Sequence[Any]) -> Expr:
            equal = [text == one for one in texts]
            return text.is_in(texts) if len(texts) > FEW else reduce(or_, equal) if equal else library.lit(False)

        given = Given(value, lambda wanted: is_one_of(spellings[str(wanted)]))
        admitted = [spelling for several in spellings.values() for spelling in several]
        if dtype == library.Enum and set(dtype.categories) <= set(admitted):
            return given, False
        return given, ~is_one_of(admitted)

    def _spelled(self, attribute: Attribute, dtype: Any) -> tuple[Expr, Expr, dict[str, Sequence[Any]]]:
        """Give the column, null where it says "unknown"; what to compare; and with what, for each choice."""
        library = self._library
        column = library.col(attribute.name)
        spellings: dict[str, Sequence[Any]] = {choice: (choice,) for choice in attribute.choices}
        if attribute.yes_no:
            spellings = {"yes": ("yes", "true"), "no": ("no", "false")}
        if library.__name__ == "polars" and dtype == library.Enum:
            plain = str.lower if attribute.yes_no else comparable
            unknown = [category for category in dtype.categories if category.lower() == UNKNOWN]
            spellings = {v: [c for c in dtype.categories if plain(c) in several] for v, several in spellings.items()}
            return library.when(~column.is_in(unknown)).then(column) if unknown else column, column, spellings
        if dtype in float_types(library):
            spellings = {v: [float(s) for s in several if _is_float(s)] for v, several in spellings.items()}
            return column, shortest(attribute.name, dtype, library), spellings
        is_plain = dtype in (library.String, library.Categorical, library.Enum)
        text = column if is_plain else column.cast(library.String)
        value = library.when(~is_unknown(text, library)).then(column) if is_text(dtype, library) else column
        if attribute.yes_no:
            text = text.cast(library.String).str.to_lowercase()
        elif library.__name__ == "polars" and not all(map(str.isascii, attribute.choices)):
            text = text.cast(library.String).str.normalize("NFC")
        return value, text, spellings


def _is_float(text: str) -> bool:
    """Tell whether a text is how Python writes a float."""
    try:
        return str(float(text)) == text
    except ValueError:
        return False


def _out_of_bounds(number: Number, value: Expr) -> Expr:
    """Say where a column holds no number that its attribute admits."""
    bad = ~value.is_finite()
    if number.at_least is not None:
        bad = bad | (value < number.at_least)
    if number.at_most is not None:
        bad = bad | (value > number.at_most)
    if number.integer:
        bad = bad | (value.floor() != value)
    return bad
