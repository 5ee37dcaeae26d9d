"""Answers that could be given: one for each way in which the rules can tell them apart; and which of them matter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, floor, ulp
from sys import float_info

from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.rules import Compare, Conclusion, Is, IsNot, Premise, Rule, Value, tests


def telling_values(knowledge_base: Model, attribute: Attribute) -> tuple[Value, ...]:
    """List values of an attribute such that every other has the same effect as one of them, or as no answer.

    Parameters
    ----------
    knowledge_base : Model
        Whose rules, and conditions for asking, read the attribute.
    attribute : Attribute
        One of its attributes.

    Returns
    -------
    tuple of Value
        In the order of the file, or of size. For a number, those that tests name, and one from each gap between them.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> model = KnowledgeBase.load().model
    >>> telling_values(model, model.attributes["training_examples"])
    (9999, 10000, 505000, 1000000, 1000001)
    >>> telling_values(model, model.attributes["debugging"])
    ('yes',)
    """
    found = knowledge_base.tests_by_attribute.get(attribute.name, ())
    if attribute.number:
        return _telling_numbers(attribute.number, named_numbers(knowledge_base, attribute.name)) if found else ()
    if attribute.name == knowledge_base.goal or not all(isinstance(test, Is) for test in found):
        return tuple(attribute.choices)
    named = {test.value for test in found if isinstance(test, Is)}
    return tuple(value for value in attribute.choices if value in named)


def named_numbers(knowledge_base: Model, attribute: str) -> list[float]:
    """List the numbers that tests of an attribute name.

    Parameters
    ----------
    knowledge_base : Model
        Whose rules, and conditions for asking.
    attribute : str
        One of its attributes; a number.

    Returns
    -------
    list of float
        Each once, in order of size.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> named_numbers(KnowledgeBase.load().model, "training_examples")
    [10000.0, 1000000.0]
    """
    found = knowledge_base.tests_by_attribute.get(attribute, ())
    named = {float(test.bound) for test in found if isinstance(test, Compare)}
    return sorted(named | {float(test.value) for test in found if isinstance(test, Is | IsNot)})


def with_gates(knowledge_base: Model, gates: Mapping[str, str]) -> Model:
    """Add a rule for each condition for asking, which tells whether it holds and changes nothing else.

    Parameters
    ----------
    knowledge_base : Model
        What to add them to.
    gates : mapping
        Attributes that have such a condition, each with the name of its rule, and of the attribute that this concludes.

    Returns
    -------
    Model
        The same, with these rules and attributes at the end.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> gated = with_gates(KnowledgeBase.load().model, {"training_examples": "asked"})
    >>> gated.rules[-1].name, gated.rules[-1].conclusions
    ('asked', (Conclusion(attribute='asked', value='yes', certainty=1.0),))
    """
    attributes = dict(knowledge_base.attributes)
    rules = list(knowledge_base.rules)
    for name, gate in gates.items():
        ask_if = attributes[name].ask_if
        assert ask_if is not None
        attributes[gate] = Attribute(gate, choices={"yes": "yes"})
        rules.append(Rule(gate, ask_if, (Conclusion(gate, "yes", 1.0),)))
    return replace(knowledge_base, attributes=attributes, rules=tuple(rules))


def reaching(knowledge_base: Model, aims: Iterable[str]) -> set[str]:
    """Collect the attributes that others depend on, through rules.

    Parameters
    ----------
    knowledge_base : Model
        Whose rules.
    aims : iterable of str
        Attributes.

    Returns
    -------
    set of str
        These, and all that rules read on the way to them.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> sorted(reaching(KnowledgeBase.load().model, ["fast_execution"]))
    ['dataset_size', 'fast_execution', 'high_performance', 'training_examples']
    """
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
