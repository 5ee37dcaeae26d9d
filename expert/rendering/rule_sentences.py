"""Rules as sentences."""

from collections.abc import Iterable

from expert.explanation.shown_certainties import in_full
from expert.knowledge.attributes import Attribute
from expert.knowledge.model import Model
from expert.knowledge.rules import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Conclusion,
    Is,
    IsNot,
    Known,
    Lacking,
    Premise,
    Rule,
    Unknown,
)
from expert.rendering.evidence import is_below

_COMPARED = {
    "at_least": "{} or more",
    "at_most": "{} or less",
    "more_than": "more than {}",
    "less_than": "less than {}",
}


def rule_sentence(model: Model, rule: Rule) -> str:
    """Write a rule as a sentence."""
    needs = ["no row above it holds"] if is_below(rule) else []
    if rule.premise != AllOf(()):
        needs.append(_grouped(model, rule.premise) if needs else phrase(model, rule.premise))
    concluded = " and ".join(_concluded(model, conclusion) for conclusion in rule.conclusions)
    condition = f"If {' and '.join(needs)}" if needs else "Whatever is known"
    said = f"{condition}, {concluded}"
    return f"{said}, but not if {phrase(model, rule.unless)}." if rule.unless else f"{said}."


def phrase(model: Model, premise: Premise) -> str:
    """Write a premise as part of a sentence."""
    match premise:
        case AllOf(parts):
            return " and ".join(_grouped(model, part) for part in parts)
        case AnyOf(parts):
            return _values(model, parts) or " or ".join(_grouped(model, part, AllOf) for part in parts)
        case AtLeastOf(needed, parts):
            return f"at least {needed} of these hold: {'; '.join(phrase(model, part) for part in parts)}"
        case Is(name, value) | IsNot(name, value):
            negation = "" if isinstance(premise, Is) else "known not to be "
            return f"{_words(name)} is {negation}{_value(model.attributes[name], value)}"
        case Compare(name, operator, bound):
            return f"{_words(name)} is {_COMPARED[operator].format(_value(model.attributes[name], bound))}"
        case Unknown(name):
            return f"{_words(name)} is unknown"
        case Known(name):
            return f"{_words(name)} is known"
        case Lacking():
            return str(premise)


def _grouped(model: Model, premise: Premise, kind: type[AllOf] | type[AnyOf] = AnyOf) -> str:
    """Write a premise within another, in parentheses where it would be read otherwise."""
    said = phrase(model, premise)
    is_list = isinstance(premise, kind) and not (isinstance(premise, AnyOf) and _values(model, premise.premises))
    return f"({said})" if is_list or isinstance(premise, AtLeastOf) else said


def _values(model: Model, parts: Iterable[Premise]) -> str:
    """Write alternatives that are values of one attribute; nothing where they are others."""
    names = {part.attribute if isinstance(part, Is) else "" for part in parts}
    if len(names) > 1 or "" in names:
        return ""
    attribute = model.attributes[names.pop()]
    *others, last = (_value(attribute, part.value) for part in parts if isinstance(part, Is))
    return f"{_words(attribute.name)} is {', '.join(others)} or {last}"


def _concluded(model: Model, conclusion: Conclusion) -> str:
    name, value, certainty = conclusion
    written = _value(model.attributes[name], value)
    if abs(certainty) == 1:
        return f"{_words(name)} {'is' if certainty > 0 else 'is not'} {written}"
    side = "for" if certainty > 0 else "against"
    return f"this speaks {side} {_words(name)} being {written} ({in_full(certainty, '+')})"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _value(attribute: Attribute, value: object) -> str:
    """Write a value by its name; a number with its unit."""
    return f"{value} {attribute.number.unit}".rstrip() if attribute.number else str(value)
