"""Small cases in which premises hold, made of what the rules tell apart."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import combinations, islice
from typing import TypeAlias

from expert.knowledge.distinctions import distinguishing_values
from expert.knowledge.model import Attribute, Model
from expert.knowledge.rules import (
    COMPARE,
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Conclusion,
    Is,
    IsNot,
    Known,
    Pair,
    Premise,
    Rule,
    Value,
)

Given: TypeAlias = Mapping[str, Value]
"""What is given, for certain."""

MOST = 12
"""How many cases are made for one premise at the most."""


class Witnesses:
    """Makes cases in which premises of a knowledge base hold.

    They are proposals: exceptions, and evidence against what a premise reads, are left to whoever tries them.
    """

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._values: dict[str, tuple[Value, ...]] = {}
        self._holding: dict[int, list[Given]] = {}
        for positions in knowledge_base.rules_by_stratum:
            for position in positions:
                self._holding[position] = self.of(knowledge_base.all_rules[position].premise)
        self._behind = self._reaching_the_goal()

    def of(self, premise: Premise, assumed: str = "", named: Iterable[Value] = ()) -> list[Given]:
        """Make a few cases, the smallest first.

        Nothing is given for tests of the assumed attribute. Numbers that are named are tried before those that the
        rules tell apart.
        """
        return _smallest(self._of(premise, assumed, tuple(named)))

    def behind(self, rule: Rule) -> list[Given]:
        """Make cases in which what a rule concludes can reach the goal; the rule itself is left out."""
        return self._behind[self._model.positions[rule.name]]

    def _reaching_the_goal(self) -> dict[int, list[Given]]:
        """Make such cases for all rules, from the last stratum on, since what reads a rule comes later."""
        rules = self._model.all_rules
        readers: dict[Pair, list[int]] = {}
        for position in range(len(self._model.rules)):
            for premise in self._model.premises([position]):
                for pair in self._model.pairs_read(premise):
                    readers.setdefault(pair, []).append(position)
        behind: dict[int, list[Given]] = {}
        for positions in reversed(self._model.rules_by_stratum):
            for position in positions:
                cases: list[Given] = []
                for attribute, value, _ in rules[position].conclusions:
                    cases += [{}] * (attribute == self._model.goal)
                    for reader in dict.fromkeys(readers.get((attribute, value), ())):
                        cases += merged([behind[reader], self.of(rules[reader].premise, assumed=attribute)])
                behind[position] = _smallest(cases)
        return behind

    def _of(self, premise: Premise, assumed: str, named: tuple[Value, ...]) -> Iterator[Given]:
        match premise:
            case AllOf():
                yield from merged(_smallest(self._of(part, assumed, named)) for part in _flat(premise))
            case AnyOf(parts):
                for part in parts:
                    yield from self._of(part, assumed, named)
            case AtLeastOf(needed, parts):
                cases = [_smallest(self._of(part, assumed, named)) for part in parts]
                for chosen in islice(combinations(cases, needed), MOST):
                    yield from merged(chosen)
            case Is() | IsNot() | Compare() | Known() if premise.attribute != assumed:
                yield from self._where(premise, named)
            case _:
                yield {}

    def _where(self, test: Is | IsNot | Compare | Known, named: tuple[Value, ...]) -> Iterator[Given]:
        """Make cases in which an attribute has a value that passes a test: given, by default, or concluded."""
        attribute = self._model.attributes[test.attribute]
        if attribute.default is not None and _passes(test, attribute.default):
            yield {}
        if self._model.is_askable(attribute):
            for value in self._given_values(attribute, named):
                if _passes(test, value):
                    yield {attribute.name: value}
        for position in self._model.rules_concluding.get(attribute.name, ()):
            if any(_helps(conclusion, test) for conclusion in self._model.all_rules[position].conclusions):
                yield from self._holding.get(position, ())

    def _given_values(self, attribute: Attribute, named: tuple[Value, ...]) -> Iterator[Value]:
        """List what can be given about an attribute."""
        if attribute.number:
            for value in named:
                with suppress(ValueError):  # it may not admit that number
                    yield attribute.read(str(value))
        if attribute.name not in self._values:
            self._values[attribute.name] = distinguishing_values(self._model, attribute) or tuple(attribute.choices)
        yield from self._values[attribute.name]


def _passes(test: Is | IsNot | Compare | Known, value: Value) -> bool:
    """Tell whether a value, were it certain, would pass a test."""
    match test:
        case Is():
            return value == test.value
        case IsNot():
            return value != test.value
        case Compare():
            return bool(COMPARE[test.operator](value, test.bound))
    return True


def _helps(conclusion: Conclusion, test: Is | IsNot | Compare | Known) -> bool:
    """Tell whether a conclusion is evidence that a test holds."""
    if conclusion.attribute != test.attribute:
        return False
    return _passes(test, conclusion.value) if conclusion.certainty > 0 else isinstance(test, IsNot | Known)


def _flat(premise: Premise) -> Iterator[Premise]:
    """List the parts of ``all``, and of those within it: so each is joined to what all before it leave."""
    if isinstance(premise, AllOf):
        for part in premise.premises:
            yield from _flat(part)
    else:
        yield premise


def merged(parts: Iterable[list[Given]]) -> Iterator[Given]:
    """Join one case of each, in all ways in which they do not disagree."""
    found: list[Given] = [{}]
    for part in parts:
        joined = (one | other for one in map(dict, found) for other in map(dict, part) if _agree(one, other))
        found = _smallest(joined)
    yield from found


def _agree(one: Given, other: Given) -> bool:
    return all(one.get(name, value) == value for name, value in other.items())


def _smallest(cases: Iterable[Given]) -> list[Given]:
    """Keep the smallest cases, each once."""
    unique = {frozenset(case.items()): case for case in cases}
    return sorted(unique.values(), key=len)[:MOST]
