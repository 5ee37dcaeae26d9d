"""Facts in words, as boxes and the page show them."""

from expert.knowledge.attributes import Attribute
from expert.knowledge.rules import Value


def words_of(attribute: Attribute) -> str:
    """Name an attribute."""
    return attribute.name.replace("_", " ")


def fact_words(attribute: Attribute, value: Value) -> str:
    """Write a fact."""
    return f"{words_of(attribute)}: {attribute.label(value)}"
