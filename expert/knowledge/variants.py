"""Models made from a model: with conditions for asking as rules, or without what some attributes do not depend on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from expert.knowledge.model import Attribute, Model
from expert.knowledge.rules import Conclusion, Rule


def with_condition_rules(knowledge_base: Model, names: Mapping[str, str]) -> Model:
    """Add a rule for the condition of each of these questions, with the name given, which changes nothing else."""
    attributes = dict(knowledge_base.attributes)
    rules = list(knowledge_base.rules)
    for question, name in names.items():
        ask_if = attributes[question].ask_if
        assert ask_if is not None
        attributes[name] = Attribute(name, choices={"yes": "yes"})
        rules.append(Rule(name, ask_if, (Conclusion(name, "yes", 1.0),)))
    return replace(knowledge_base, attributes=attributes, rules=tuple(rules))


def reaching(knowledge_base: Model, aims: Iterable[str]) -> set[str]:
    """Collect some attributes, and all that they depend on through rules."""
    found: set[str] = set()
    waiting = list(aims)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(knowledge_base.attributes_read.get(name, ()))
    return found


def only_reaching(knowledge_base: Model, aims: Iterable[str]) -> Model:
    """Leave out the rules and attributes that some attributes do not depend on."""
    kept = reaching(knowledge_base, aims)
    positions = {position for name in kept for position in knowledge_base.rules_concluding.get(name, ())}
    with_rows = (knowledge_base.all_rules[position] for position in knowledge_base.with_rows_above(positions))
    rules = [rule for rule in with_rows if not rule.is_default]
    named = kept | {conclusion.attribute for rule in rules for conclusion in rule.conclusions}
    attributes = {
        name: attribute if name in kept else replace(attribute, default=None, formula=None)
        for name, attribute in knowledge_base.attributes.items()
        if name in named
    }
    return replace(knowledge_base, attributes=attributes, rules=tuple(rules))


def with_goal(knowledge_base: Model, name: str) -> Model:
    """Ask for another attribute instead of the goal, whose ``otherwise`` is dropped: it is no evidence."""
    goal = knowledge_base.attributes[knowledge_base.goal]
    attributes = {**knowledge_base.attributes, goal.name: replace(goal, otherwise=None)}
    return replace(knowledge_base, goal=name, attributes=attributes)
