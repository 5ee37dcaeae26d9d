"""Facts, tests and premises in words: what people read names attributes and values by their labels."""

from collections.abc import Iterable

from expert.knowledge.attributes import Attribute
from expert.knowledge.formulas import Formula
from expert.knowledge.model import Model
from expert.knowledge.rules import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Is,
    IsNot,
    Known,
    Lacking,
    Premise,
    Unknown,
    Value,
)


def value_words(attribute: Attribute, value: Value) -> str:
    """Name a value; a number with its unit."""
    return in_unit(attribute, f"{value:,}") if attribute.number else attribute.value_label(value)


def in_unit(attribute: Attribute, amount: str) -> str:
    """Write the unit behind an amount, unless the attribute's own words end with it."""
    unit = f" {attribute.number.unit}".rstrip() if attribute.number else ""
    return amount if f" {attribute.words}".endswith(unit) else f"{amount}{unit}"


def fact_words(attribute: Attribute, value: Value) -> str:
    """Write a fact.

    Examples
    --------
    >>> fact_words(Attribute("dataset_size", choices={"small": "small"}), "small")
    'dataset size: small'
    """
    return f"{attribute.words}: {value_words(attribute, value)}"


def formula_words(model: Model, formula: Formula) -> str:
    """Write a formula with the words for its numbers."""
    return formula.written(lambda name: model.attributes[name].words)


def premise_words(model: Model, premise: Premise) -> str:
    """Write a premise as part of a sentence."""
    match premise:
        case AllOf(parts):
            return " and ".join(grouped_words(model, part) for part in parts)
        case AnyOf(parts):
            return _values(model, parts) or " or ".join(grouped_words(model, part, AllOf) for part in parts)
        case AtLeastOf(needed, parts):
            return f"at least {needed} of these hold: {'; '.join(premise_words(model, part) for part in parts)}"
    attribute = model.attributes[premise.attribute]
    match premise:
        case Is(value=value) | IsNot(value=value):
            negation = "" if isinstance(premise, Is) else "known not to be "
            return f"{attribute.words} is {negation}{value_words(attribute, value)}"
        case Compare(operator=operator, bound=bound):
            return f"{attribute.words} is {operator.replace('_', ' ')} {value_words(attribute, bound)}"
        case Unknown():
            return f"{attribute.words} is unknown"
        case Known():
            return f"{attribute.words} is known"
        case Lacking():
            return f"nothing says what {attribute.words} is"


def grouped_words(model: Model, premise: Premise, kind: type[AllOf] | type[AnyOf] = AnyOf) -> str:
    """Write a premise within another, in parentheses where it would be read otherwise."""
    said = premise_words(model, premise)
    is_list = isinstance(premise, kind) and not (isinstance(premise, AnyOf) and _values(model, premise.premises))
    return f"({said})" if is_list or isinstance(premise, AtLeastOf) else said


def _values(model: Model, parts: Iterable[Premise]) -> str:
    """Write alternatives that are values of one attribute; nothing where they are others."""
    names = {part.attribute if isinstance(part, Is) else "" for part in parts}
    if len(names) > 1 or "" in names:
        return ""
    attribute = model.attributes[names.pop()]
    *others, last = (value_words(attribute, part.value) for part in parts if isinstance(part, Is))
    return f"{attribute.words} is {', '.join(others)} or {last}"
