"""Choices in columns, yes and no among them: as positions where the library has codes, as texts elsewhere."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from expert.frames.adapters import Dialect
from expert.frames.column_names import INTERNAL
from expert.frames.compiler import Given
from expert.frames.masks import Expr, Mask
from expert.frames.number_columns import UNKNOWN, is_unknown
from expert.frames.readings import FEW, Reading, codes
from expert.knowledge.foreign_text import comparable
from expert.knowledge.model import Attribute

YES_NO = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}
"""What yes and no are written as, in any case."""


class Choice(NamedTuple):
    """How a column gives a choice, and where it holds something else; ``code`` is the position of the choice."""

    given: Given
    invalid: Mask
    readings: Sequence[Reading] = ()
    code: Expr | None = None


def choice_column(attribute: Attribute, dtype: Any, dialect: Dialect) -> Choice:
    """Say how a column of a type is read."""
    raw = dialect.col(attribute.name)
    if dtype == dialect.module.Boolean and attribute.yes_no:
        given = Given(raw, lambda wanted: raw if wanted == "yes" else ~raw)
        return Choice(given, False, code=(~raw).cast(dialect.module.UInt8))
    return _coded(attribute, dtype, dialect) if dialect.has_codes else _compared(attribute, dtype, dialect)


def _compared(attribute: Attribute, dtype: Any, dialect: Dialect) -> Choice:
    """Compare texts in their normal form, or numbers, with each choice."""
    text, spellings = _normal(attribute, dtype, dialect)
    reading = Reading(f"{INTERNAL}text_{attribute.name}", attribute.name, text)
    column = dialect.col(reading.name)
    admitted = [spelling for several in spellings.values() for spelling in several]
    given = Given(column, lambda wanted: _is_one_of(column, spellings[str(wanted)]))
    return Choice(given, ~_is_one_of(column, admitted), [reading])


def _is_one_of(column: Expr, texts: Sequence[Any]) -> Expr:
    # A constant cannot be counted.
    return column.is_in(texts) if texts else column.is_null() & False


def _coded(attribute: Attribute, dtype: Any, dialect: Dialect) -> Choice:
    """Find the position of each choice; what is not admitted has the one after the last."""
    types, raw, choices = dialect.module, dialect.col(attribute.name), list(attribute.choices)
    position = {choice: place for place, choice in enumerate(choices)}
    bad = len(choices)
    code_type = types.UInt8 if bad < 2**8 else types.UInt32
    reading = Reading(f"{INTERNAL}code_{attribute.name}", attribute.name, raw.to_physical().cast(code_type), code_type)
    invalid: Mask = False
    code = dialect.col(reading.name)
    if dtype == types.Enum:
        found = {place: _position(category, attribute, position) for place, category in enumerate(dtype.categories)}
        if [*found.values()] != [*found]:
            full = codes(raw.to_physical(), found, code_type)
            reading = reading._replace(full=full, says_unknown=None in found.values())
        invalid = bad in found.values()
    else:
        text, spellings = _normal(attribute, dtype, dialect)
        read = {spelling: position[choice] for choice, several in spellings.items() for spelling in several}
        full = text.replace_strict([*read], [*read.values()], default=bad, return_dtype=code_type)
        reading = reading._replace(full=dialect.when(~text.is_null()).then(full), says_unknown=True)
        if dtype in (types.String, types.Categorical) and all(choice.lower() != UNKNOWN for choice in choices):
            are_few = len(choices) <= FEW
            usual = raw.cast(types.Enum(choices), strict=False).to_physical().cast(code_type)
            reading = reading._replace(usual=codes(raw, position, code_type) if are_few else usual)
        invalid = True
    return Choice(Given(code, lambda wanted: code == position[str(wanted)]), invalid and code == bad, [reading], code)


def _position(category: str, attribute: Attribute, position: Mapping[str, int]) -> int | None:
    """Find the position of a category of an ``Enum``; None where it says "unknown"."""
    if category.lower() == UNKNOWN:
        return None
    choice = YES_NO.get(category.lower(), "") if attribute.yes_no else comparable(category)
    return position.get(choice, len(position))


def _normal(attribute: Attribute, dtype: Any, dialect: Dialect) -> tuple[Expr, dict[str, Sequence[Any]]]:
    """Write a column in normal form, null where it says "unknown"; and how that has each choice."""
    column = dialect.col(attribute.name)
    spellings: dict[str, Sequence[Any]] = {choice: (choice,) for choice in attribute.choices}
    if attribute.yes_no:
        spellings = {choice: [text for text in YES_NO if YES_NO[text] == choice] for choice in spellings}
    if dtype in dialect.float_types:
        spellings = {v: [float(s) for s in several if _is_float(s)] for v, several in spellings.items()}
        return dialect.decimal(attribute.name, dtype), spellings
    text = column if dtype == dialect.module.String else column.cast(dialect.module.String)
    normal = text
    if attribute.yes_no:
        normal = text.str.to_lowercase()
    elif not all(map(str.isascii, attribute.choices)):
        normal = dialect.composed(text)
    return dialect.when(~is_unknown(text, dialect)).then(normal).otherwise(None), spellings


def _is_float(text: str) -> bool:
    """Tell whether a text is how Python writes a float."""
    try:
        return str(float(text)) == text
    except ValueError:
        return False
