"""The degrees to which premises and rules hold, given the certainty factors of what is known."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from expert.knowledge.model import Model
from expert.knowledge.rules import (
    COMPARE,
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
            return lambda known: max([degree(known) for degree in degrees], default=0.0)
        case AtLeastOf(needed, parts):
            degrees = [degree_of(part) for part in parts]
            return lambda known: sorted([degree(known) for degree in degrees])[-needed]
        case Is(attribute, value):
            return lambda known: max(known.get(attribute, nothing).get(value, 0.0), 0.0)
        case Unknown(attribute):
            return lambda known: 0.0 if attribute in known else 1.0
        case Known(attribute):
            return lambda known: 1.0 if attribute in known else 0.0
        case Lacking(attribute, threshold):
            return lambda known: 0.0 if any(cf > threshold for cf in known.get(attribute, nothing).values()) else 1.0
        case IsNot() | Compare():
            test = premise
            return lambda known: max((strength for _, _, strength in _supports(test, known)), default=0.0)


class RuleDegrees:
    """The degrees of the rules of a knowledge base."""

    def __init__(self, knowledge_base: Model):
        self._own = [degree_of(rule.premise) for rule in knowledge_base.all_rules]
        unless = ((position, rule.unless) for position, rule in enumerate(knowledge_base.all_rules))
        self._unless = {position: degree_of(premise) for position, premise in unless if premise is not None}
        self._row_above = knowledge_base.row_above

    def own(self, position: int, known: Certainties) -> float:
        """Give the degree of a rule's premise."""
        return self._own[position](known)

    def unless(self, position: int, known: Certainties) -> float:
        """Give the degree of a rule's ``unless``; 0 where it has none."""
        return self._unless[position](known) if position in self._unless else 0.0

    def of(self, position: int, known: Certainties, covered: dict[int, float]) -> float:
        """Give the degree of a rule: the least of its premise's, and of 1 less each exception's.

        `covered` has, for each row of a table where the first row counts, the greatest degree among the premises down
        to that row; it grows row by row.
        """
        own = self._own[position](known)
        if position not in self._unless and position not in self._row_above:
            return own
        exception = self.unless(position, known)
        if position in self._row_above:
            above = self._row_above[position]
            exception = 0.0 if above is None else covered[above]
            covered[position] = max(exception, own)
        return min(own, 1.0 - exception)


def matched_facts(premise: Premise, known: Certainties) -> Iterator[tuple[str, Value | None, float]]:
    """List the facts that make a premise hold, with their certainty factors: of ``any``, those of each such branch.

    The value is None where the attribute is unknown, or matched by being known at all.
    """
    if isinstance(premise, AllOf | AnyOf | AtLeastOf):
        for part in premise.premises:
            if isinstance(premise, AllOf) or degree_of(part)(known) > 0:
                yield from matched_facts(part, known)
    elif isinstance(premise, Is):
        yield premise.attribute, premise.value, known[premise.attribute][premise.value]
    elif isinstance(premise, Unknown | Known | Lacking):
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
