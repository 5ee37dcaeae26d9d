"""Values of changed facts as text; a number as what it stands for."""

from math import inf

from expert.knowledge.model import Attribute
from expert.knowledge.ranges import Range
from expert.knowledge.rules import Value
from expert.rendering.words import in_unit, value_words

GLUE = "\xa0"
"""A space at which no line is broken."""

MANY, MOST = 8, 17
"""How many digits are written of a number where they will do, and how many at the most."""

ALIKE = 1e-8
"""How far a number may be off to be written with fewer digits, in proportion: formulas are rounded, too."""


def assigned(attribute: Attribute, value: Value, within: Range | None) -> str:
    """Write that an attribute has a value, or lies in a range."""
    return f"{attribute.words}:{GLUE}{meant(attribute, value, within)}"


def meant(attribute: Attribute, value: Value, within: Range | None) -> str:
    """Write a value: of a number the range that it stands for, without what is not admitted."""
    found = _wide(attribute, within)
    if not attribute.number or not found:
        return value_words(attribute, value)
    low, high = "at least" if found.has_low else "more than", "at most" if found.has_high else "below"
    ends = [f"{word} {_written(end)}" for word, end in ((low, found.low), (high, found.high)) if abs(end) < inf]
    return in_unit(attribute, " and ".join(ends)) if ends else "any number"


def _wide(attribute: Attribute, within: Range | None) -> Range | None:
    """Take what is admitted of a range; None where that is one value alone."""
    found = within and attribute.number and within.among(attribute.number)
    return found if found and not found.is_single else None


def _written(number: float) -> str:
    """Write a number with its thousands apart, and no longer than it takes to tell it from those next to it."""
    if number.is_integer():
        return f"{int(number):,}"
    shorter = (float(f"{number:.{digits}g}") for digits in range(MANY, MOST + 1))
    found = next(short for short in shorter if abs(short - number) <= ALIKE * abs(number))
    return f"{int(found) if found.is_integer() else found:,}"
