"""The degree to which a premise holds, given the certainty factors of what is known (DESIGN: semantics 1 and 2)."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from expert.knowledge.model import Model
from expert.knowledge.rules import COMPARE, AllOf, AnyOf, Compare, Is, IsNot, Known, Premise, Unknown, Value

Certainties: TypeAlias = Mapping[str, Mapping[Value, float]]
"""For each known attribute, the certainty factors of its values that have evidence; unknown ones are absent."""

Degree: TypeAlias = Callable[[Certainties], float]


def degree_of(premise: Premise) -> Degree:
    """Compile a premise, with negation pushed inward, to a function that gives its degree, in [0, 1].

    Examples
    --------
    >>> degree = degree_of(AllOf((Is("size", "small"), IsNot("speed", "high"))))
    >>> degree({"size": {"small": 0.9}, "speed": {"low": 0.6}})
    0.6
    >>> degree({"size": {"small": 0.9}})
    0.0
    """
    nothing: Mapping[Value, float] = {}
    match premise:
        case AllOf(parts):
            degrees = [degree_of(part) for part in parts]
            return lambda known: min([degree(known) for degree in degrees], default=1.0)
        case AnyOf(parts):
            degrees = [degree_of(part) for part in parts]
            return lambda known: max([degree(known) for degree in degrees])
        case Is(attribute, value):
            return lambda known: max(known.get(attribute, nothing).get(value, 0.0), 0.0)
        case Unknown(attribute):
            return lambda known: 0.0 if attribute in known else 1.0
        case Known(attribute):
            return lambda known: 1.0 if attribute in known else 0.0
        case IsNot() | Compare():
            test = premise
            return lambda known: max((strength for _, _, strength in _supports(test, known)), default=0.0)


def degrees_of_rules(model: Model) -> list[Degree]:
    """Compile the premises of all rules."""
    return [degree_of(rule.premise) for rule in model.rules]


def matched_facts(premise: Premise, known: Certainties) -> Iterator[tuple[str, Value | None, float]]:
    """List the facts that make a premise hold, with their certainty factors: of ``any``, those of each such branch.

    The value is None where the attribute is unknown, or matched by being known at all.
    """
    if isinstance(premise, AllOf | AnyOf):
        for part in premise.premises:
            if isinstance(premise, AllOf) or degree_of(part)(known) > 0:
                yield from matched_facts(part, known)
    elif isinstance(premise, Is):
        yield premise.attribute, premise.value, known[premise.attribute][premise.value]
    elif isinstance(premise, Unknown | Known):
        yield premise.attribute, None, 1.0
    else:
        # Of equally strong ones the first by name, since their order in `known` says nothing.
        attribute, value, _ = min(_supports(premise, known), key=lambda support: (-support[2], str(support[1])))
        yield attribute, value, known[attribute][value]


def _supports(test: IsNot | Compare, known: Certainties) -> Iterator[tuple[str, Value, float]]:
    """List the pairs that speak for a test of many pairs, each with its strength."""
    for value, certainty in known.get(test.attribute, {}).items():
        if isinstance(test, IsNot):
            strength = -certainty if value == test.value else certainty
        else:
            strength = certainty if COMPARE[test.operator](value, test.bound) else 0.0
        if strength > 0:
            yield test.attribute, value, strength
