"""How a dataframe's columns give attributes, and where they hold what an attribute does not admit."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from expert.inference.columns import Expr, Given, Mask, either
from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.problems import InputError, Place, Problem, suggestion

_NUMBER = r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"

FEW = 8
"""Up to how many texts a column is compared with one by one; looking each row up in a set takes as long as so many."""


class Column(NamedTuple):
    """An attribute's column: how it gives the attribute, and where it holds a value that is not admitted.

    Where the column's type has no such values, ``bad`` is plain False.
    """

    attribute: Attribute
    given: Given
    bad: Mask


def base_name(name: str) -> str:
    """Take the ending ``.certainty`` off the name of a column."""
    return name.removesuffix(".certainty")


def read_columns(knowledge_base: Model, schema: Mapping[str, Any], library: Any) -> list[Column]:
    """Find the attributes among the columns of a frame, and how to read each by its type.

    Parameters
    ----------
    knowledge_base : Model
        Whose attributes.
    schema : mapping of str to data type
        The frame's columns.
    library : module
        Whose expressions and types they are: Narwhals or Polars.

    Returns
    -------
    list of Column
        At least one.

    Raises
    ------
    InputError
        If no column is an attribute, or one cannot give its attribute.
    """
    problems = []
    columns = []
    for name, dtype in schema.items():
        place = Place(f"column '{name}'")
        attribute = knowledge_base.attributes.get(name)
        if attribute is None:
            if base_name(name) != name and base_name(name) in set(knowledge_base.attributes) - set(schema):
                problems.append(Problem(place, "is a certainty without its attribute's column"))
        elif not knowledge_base.is_askable(attribute):
            problems.append(Problem(place, "is concluded by rules, so it cannot be given"))
        elif attribute.number and not (dtype.is_numeric() or dtype == library.String):
            problems.append(Problem(place, f"must hold numbers, not {dtype}"))
        else:
            columns.append(_Reader(library).column(attribute, dtype, schema.get(f"{name}.certainty")))
    if not columns and not problems:
        askable = [a.name for a in knowledge_base.attributes.values() if knowledge_base.is_askable(a)]
        near = suggestion(next(iter(schema), ""), askable)
        problems.append(Problem(Place("columns"), f"none is named as an attribute{near}"))
    if problems:
        raise InputError(problems)
    return columns


class _Reader:
    """Writes the expressions, in those of one library."""

    def __init__(self, library: Any):
        self._library = library

    def column(self, attribute: Attribute, dtype: Any, certainty_dtype: Any) -> Column:
        """Say how a column gives its attribute; the certainty's type is None where all facts are definite."""
        column = self._library.col(attribute.name)
        bad: Mask
        if attribute.number:
            value, wrong = self._as_number(column, dtype)
            bad = either([wrong, _out_of_bounds(attribute.number, value)])
            given = Given(value, lambda wanted: value == float(wanted))
        elif dtype == self._library.Boolean and attribute.yes_no:
            bad = False
            given = Given(column, lambda wanted: column if wanted == "yes" else ~column)
        else:
            bad, given = self._text(attribute, column, dtype)
        if certainty_dtype is not None:
            certainty, wrong = self._as_number(self._library.col(f"{attribute.name}.certainty"), certainty_dtype)
            bad = either([bad, wrong, ~certainty.is_null() & ~certainty.is_between(-1.0, 1.0)])
            given = given._replace(certainty=certainty.fill_null(1.0))
        return Column(attribute, given, bad if isinstance(bad, bool) else ~column.is_null() & bad.fill_null(False))

    def _text(self, attribute: Attribute, column: Expr, dtype: Any) -> tuple[Mask, Given]:
        """Read a choice, or yes and no, as text."""
        library = self._library
        is_coded = library.__name__ == "polars" and dtype == library.Enum
        spellings: dict[str, Sequence[str]] = {value: (value,) for value in attribute.choices}
        plain: Callable[[str], str] = str
        text = column if dtype in (library.String, library.Categorical, library.Enum) else column.cast(library.String)
        if attribute.yes_no:
            spellings, plain = {"yes": ("yes", "true"), "no": ("no", "false")}, str.lower
        if is_coded:
            spellings = {v: [c for c in dtype.categories if plain(c) in several] for v, several in spellings.items()}
        elif attribute.yes_no:
            text = text.cast(library.String).str.to_lowercase()

        def is_one_of(texts: Sequence[str]) -> Expr:
            equal = [text == one for one in texts]
            return text.is_in(texts) if len(texts) > FEW else reduce(or_, equal) if equal else library.lit(False)

        given = Given(column, lambda wanted: is_one_of(spellings[str(wanted)]))
        admitted = [spelling for several in spellings.values() for spelling in several]
        if is_coded and len(admitted) == len(dtype.categories):
            return False, given
        return ~is_one_of(admitted), given

    def _as_number(self, column: Expr, dtype: Any) -> tuple[Expr, Mask]:
        """Give a column as numbers, and say where its text is none."""
        if dtype != self._library.String:
            return column.cast(self._library.Float64), False
        is_number = column.str.contains(_NUMBER)
        number = self._library.when(is_number).then(column.str.strip_chars()).otherwise(None)
        return number.cast(self._library.Float64), (~is_number).fill_null(False)


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
