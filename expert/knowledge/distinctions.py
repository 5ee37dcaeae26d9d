"""Answers that could be given: one for each way in which the rules can tell them apart; and which of them matter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, floor, ulp
from sys import float_info

from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.rules import Compare, Conclusion, Is, IsNot, Premise, Rule, Value, tests


def telling_values(knowledge_base: Model, attribute: Attribute) -> tuple[Value, ...]:
    """List values of an attribute such that every other has the same effect as one of them, or as no answer."""
    found = knowledge_base.tests_by_attribute.get(attribute.name, ())
    if attribute.number:
        return _telling_numbers(attribute.number, named_numbers(knowledge_base, attribute.name)) if found else ()
    if attribute.name == knowledge_base.goal or not all(isinstance(test, Is) for test in found):
        return tuple(attribute.choices)
    named = {test.value for test in found if isinstance(test, Is)}
    return tuple(value for value in attribute.choices if value in named)


def named_numbers(knowledge_base: Model, attribute: str) -> list[float]:
    """List the numbers that tests of an attribute name."""
    found = knowledge_base.tests_by_attribute.get(attribute, ())
    named = {float(test.bound) for test in found if isinstance(test, Compare)}
    return sorted(named | {float(test.value) for test in found if isinstance(test, Is | IsNot)})


def with_gates(knowledge_base: Model, gates: Mapping[str, str]) -> Model:
    """Add a rule for each condition for asking, which tells whether it holds and changes nothing else."""
    attributes = dict(knowledge_base.attributes)
    rules = list(knowledge_base.rules)
    for name, gate in gates.items():
        ask_if = attributes[name].ask_if
        assert ask_if is not None
        attributes[gate] = Attribute(gate, choices={"yes": "yes"})
        rules.append(Rule(gate, ask_if, (Conclusion(gate, "yes", 1.0),)))
    return replace(knowledge_base, attributes=attributes, rules=tuple(rules))


def reaching(knowledge_base: Model, aims: Iterable[str]) -> set[str]:
    """Collect the attributes that others depend on, through rules."""
    read: dict[str, list[Premise]] = {}
    for rule in knowledge_base.rules:
        for conclusion in rule.conclusions:
            read.setdefault(conclusion.attribute, []).append(rule.premise)
    found: set[str] = set()
    waiting = list(aims)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(test.attribute for premise in read.get(name, ()) for test in tests(premise))
    return found


def _telling_numbers(number: Number, named: Sequence[float]) -> tuple[Value, ...]:
    """List the numbers that tests name, and one from each gap between them, or any; the nearest admitted ones."""
    ends = [named[0] - 2 * max(1, ulp(named[0])), *named, named[-1] + 2 * max(1, ulp(named[-1]))] if named else []
    gaps = [low / 2 + high / 2 for low, high in pairwise(ends)]
    low = -float_info.max if number.at_least is None else number.at_least
    high = float_info.max if number.at_most is None else number.at_most
    values = {min(max(value, low), high) for value in [*named, *gaps] or [0.0]}
    if number.integer:
        values = {whole if (whole := floor(value)) >= low else ceil(low) for value in values}
    return tuple(int(value) if float(value).is_integer() else value for value in sorted(values))
