"""How a rule or an attribute is connected with the rest of its knowledge base: what it reads, and what reads it."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from expert.knowledge.model import Model
from expert.knowledge.rules import Is, Pair, Premise, Rule, Test, tests


class Read(NamedTuple):
    """What a rule tests: an attribute, with its question, its formula, and the rules that conclude what is tested."""

    attribute: str
    question: str
    formula: str
    rules: tuple[str, ...]


class Readers(NamedTuple):
    """What reads an attribute: rules, the conditions of questions, and computed numbers."""

    attribute: str
    is_goal: bool
    rules: tuple[str, ...]
    conditions: tuple[str, ...]
    computed: tuple[str, ...]


class RuleConnections(NamedTuple):
    """What a rule reads and feeds, and the cases of the file in which it holds."""

    reads: tuple[Read, ...]
    feeds: tuple[Readers, ...]
    cases: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert rules show --json`` does."""
        return {
            "reads": [each._asdict() for each in self.reads],
            "feeds": [each._asdict() for each in self.feeds],
            "cases": list(self.cases),
        }


class AttributeConnections(NamedTuple):
    """Which rules conclude an attribute, and what reads it."""

    rules: tuple[str, ...]
    readers: Readers

    def to_dict(self) -> dict[str, Any]:
        """Write it as ``expert rules show --json`` does."""
        return {"concluded_by": list(self.rules), "read_by": self.readers._asdict()}


def rule_connections(model: Model, rule: Rule) -> RuleConnections:
    """Find what a rule is connected with."""
    tested: dict[str, list[Test]] = {}
    for test in rule.tests():
        tested.setdefault(test.attribute, []).append(test)
    concluded: dict[str, list[Pair]] = {}
    for conclusion in rule.conclusions:
        concluded.setdefault(conclusion.attribute, []).append(conclusion[:2])
    return RuleConnections(
        reads=tuple(_read(model, name, found) for name, found in tested.items()),
        feeds=tuple(_readers(model, name, pairs) for name, pairs in concluded.items()),
        cases=tuple(_cases(model, rule)),
    )


def attribute_connections(model: Model, name: str) -> AttributeConnections:
    """Find what an attribute is connected with."""
    rules = tuple(rule.name for rule in model.rules if any(c.attribute == name for c in rule.conclusions))
    return AttributeConnections(rules, _readers(model, name))


def _cases(model: Model, rule: Rule) -> Iterator[str]:
    """Name the cases of the file in which a rule holds."""
    if not model.cases:
        return
    from expert.inference.consultation import Consultation, consult  # the engine takes long to import

    for case in model.cases:
        if any(firing.rule == rule.name for firing in consult(model, case.given, Consultation).firings):
            yield case.name


def _read(model: Model, name: str, tested: Iterable[Test]) -> Read:
    """Tell where that which is tested comes from."""
    attribute = model.attributes[name]
    pairs = {pair for test in tested for pair in model.pairs_read(test)}
    rules = tuple(rule.name for rule in model.rules if any(c[:2] in pairs for c in rule.conclusions))
    return Read(name, attribute.question, str(attribute.formula or ""), rules)


def _readers(model: Model, name: str, pairs: Iterable[Pair] | None = None) -> Readers:
    """Find what reads an attribute, or some of its pairs, also by way of computed numbers."""
    wanted = None if pairs is None else set(pairs)

    def reads(premise: Premise | None) -> bool:
        return any(_reads(model, test, name, wanted) for test in (tests(premise) if premise else ()))

    return Readers(
        attribute=name,
        is_goal=name == model.goal,
        rules=tuple(rule.name for rule in model.rules if reads(rule.premise) or reads(rule.unless)),
        conditions=tuple(each.name for each in model.attributes.values() if reads(each.ask_if)),
        computed=tuple(each for each, formula in model.formulas.items() if name in formula.inputs),
    )


def _reads(model: Model, test: Test, name: str, pairs: set[Pair] | None) -> bool:
    """Tell whether a test reads an attribute; where pairs are given, any of those."""
    if test.attribute == name:
        return pairs is None or not isinstance(test, Is) or (name, test.value) in pairs
    return name in model.computed_from.get(test.attribute, ())
