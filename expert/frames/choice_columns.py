"""Choices in columns, yes and no among them, read as their positions."""

from collections.abc import Mapping
from typing import Any

from expert.frames.adapters import Dialect
from expert.frames.column_names import INTERNAL
from expert.frames.masks import Expr
from expert.frames.number_columns import UNKNOWN
from expert.frames.readings import FEW, Reading
from expert.knowledge.model import Attribute

YES_NO = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}
"""What yes and no are written as, in any case."""


def choice_reading(attribute: Attribute, dtype: Any, dialect: Dialect) -> tuple[Reading, bool]:
    """Say how to read a column of a type, and whether it may hold anything else than choices.

    Each cell becomes the position of its choice, and what is not admitted the position after the last.
    """
    types, raw = dialect.module, dialect.col(attribute.name)
    position = {choice: place for place, choice in enumerate(attribute.choices)}
    bad = len(position)
    code_type = types.UInt8 if dialect.has_codes and bad < 2**8 else types.Int32
    reading = Reading(f"{INTERNAL}code_{attribute.name}", attribute.name, raw, code_type)
    if dtype == types.Boolean and attribute.yes_no:
        return reading._replace(full=(~raw).cast(code_type)), False
    spelled = _spelled(attribute, dtype, position, code_type, dialect)
    is_plain = all(choice.lower() != UNKNOWN for choice in position)
    if dialect.has_codes and dtype == types.Enum:
        code, categories = raw.to_physical(), dtype.categories
        if is_plain and [*categories] == [*position][: len(categories)]:
            return reading._replace(full=code.cast(code_type)), False
        found = categories.alias(attribute.name).to_frame().select(spelled).to_series()
        full = dialect.mapped(code, dict(enumerate(found)), code_type)
        return reading._replace(full=full, says_unknown=found.has_nulls()), bad in [*found]
    reading = reading._replace(full=spelled, says_unknown=True)
    if is_plain and dtype in (types.String, types.Categorical):
        if not dialect.calls_python:
            full = dialect.mapped(raw, position, code_type, spelled)
            reading = reading._replace(full=dialect.when(~raw.is_null()).then(full).otherwise(None))
        elif len(position) > FEW:
            usual = raw.cast(types.Enum([*position]), strict=False).to_physical().cast(code_type)
            reading = reading._replace(usual=usual)
        else:
            reading = reading._replace(usual=dialect.mapped(raw, position, code_type))
    return reading, True


def _spelled(attribute: Attribute, dtype: Any, position: Mapping[str, int], code_type: Any, dialect: Dialect) -> Expr:
    """Find positions by every spelling; null where a text says "unknown"."""
    column, bad = dialect.col(attribute.name), dialect.lit(len(position), code_type)
    if dtype in dialect.float_types:
        numbers = {float(choice): place for choice, place in position.items() if _is_float(choice)}
        found = dialect.mapped(dialect.decimal(attribute.name, dtype), numbers, code_type, bad)
    else:
        text = column if dtype == dialect.module.String else column.cast(dialect.module.String)
        lower = text.str.to_lowercase()
        if attribute.yes_no:
            found = dialect.mapped(lower, {spelling: position[YES_NO[spelling]] for spelling in YES_NO}, code_type, bad)
        else:
            normal = text if all(map(str.isascii, position)) else dialect.composed(text)
            found = dialect.mapped(normal, position, code_type, bad)
        found = dialect.when(lower != UNKNOWN).then(found)
    return dialect.when(~column.is_null()).then(found).otherwise(None)


def _is_float(text: str) -> bool:
    """Tell whether a text is how Python writes a float."""
    try:
        return str(float(text)) == text
    except ValueError:
        return False
