"""What the cells of decision tables say to people: tests and values by their labels."""

from collections.abc import Iterable

from expert.knowledge.attributes import Attribute
from expert.knowledge.rules import (
    SYMBOLS,
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Is,
    IsNot,
    Known,
    Lacking,
    Premise,
    Test,
    Unknown,
    Value,
)
from expert.rendering.words import in_unit, value_words


def tests_words(attribute: Attribute, premise: Premise) -> str:
    """Write what a premise tests about an attribute, whose name is in the head of the column; nothing if it does not.

    Examples
    --------
    >>> dataset_size = Attribute("dataset_size", choices={"small": "up to 10,000 examples"})
    >>> tests_words(dataset_size, IsNot("dataset_size", "small"))
    'not up to 10,000 examples'
    """
    match premise:
        case AllOf((Compare(name, "at_least", low), Compare(_, "at_most", high))) if name == attribute.name:
            return in_unit(attribute, f"{low:,} to {high:,}")
        case AllOf(parts):
            return " and ".join(filter(None, (tests_words(attribute, part) for part in parts)))
        case AnyOf(parts) | AtLeastOf(_, parts):
            return " | ".join(filter(None, (tests_words(attribute, part) for part in parts)))
    return _test(attribute, premise) if premise.attribute == attribute.name else ""


def _test(attribute: Attribute, test: Test) -> str:
    match test:
        case Is(_, value):
            return value_words(attribute, value)
        case IsNot(_, value):
            return f"not {value_words(attribute, value)}"
        case Compare(_, operator, bound):
            return f"{SYMBOLS[operator]} {value_words(attribute, bound)}"
        case Unknown():
            return "unknown"
        case Known():
            return "known"
        case Lacking():
            return "nothing says what it is"


def values_words(attribute: Attribute, values: Iterable[Value]) -> str:
    """Write the values that a row concludes."""
    return " | ".join(value_words(attribute, value) for value in values)
