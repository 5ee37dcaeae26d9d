"""Premises that no case makes hold, since their tests exclude one another, whatever else is known.

The proof looks at one attribute at a time: under each of its values, and without one, some test of the premise must
fail. A test of an asked attribute fails, too, where the question's condition does: nobody is asked then. Only
attributes that no rule concludes are looked at, since others can have several values at once.

It holds as long as no fact is given about the attributes that a proof rests on: answers to come are definite.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from expert.knowledge.distinctions import distinguishing_values, holds_for
from expert.knowledge.model import Attribute, Model
from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Premise, Test, Value, tests


class Exclusion(NamedTuple):
    """Why a premise never holds: by which attribute, and by the conditions of which questions besides.

    It does not hold of facts that are given about an attribute that it `rests_on`.
    """

    attribute: str
    gates: frozenset[str]
    rests_on: frozenset[str]


class Exclusions:
    """The premises of a knowledge base, and parts of them, whose tests exclude one another."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base

    @cached_property
    def found(self) -> Mapping[Premise, Exclusion]:
        """The smallest parts that can never hold, each with the reason."""
        found: dict[Premise, Exclusion] = {}
        conditions = (attribute.ask_if for attribute in self._model.attributes.values())
        premises = chain.from_iterable((rule.premise, rule.unless) for rule in self._model.rules)
        for premise in chain(premises, conditions):
            if premise is not None:
                self._look(premise, found)
        return found

    def _look(self, premise: Premise, found: dict[Premise, Exclusion]) -> None:
        """Look at the groups of a premise, the innermost first."""
        if not isinstance(premise, AllOf | AnyOf | AtLeastOf) or premise in found:
            return
        for part in premise.premises:
            self._look(part, found)
        if not isinstance(premise, AnyOf):
            exclusion = self.of(premise)
            if exclusion:
                found[premise] = exclusion

    def of(self, premise: Premise) -> Exclusion | None:
        """Look for an attribute under all of whose values a premise fails."""
        named = [test.attribute for test in tests(premise)]
        gated = {name: self._behind_gate(name) for name in named}
        for name in dict.fromkeys([*named, *chain.from_iterable(gated.values())]):
            gates = frozenset(gate for gate in gated if gate != name and name in gated[gate])
            if (named.count(name) > 1 or gates) and self._is_plain(name):
                values = self._values(self._model.attributes[name])
                if not any(self._may_hold(premise, name, value, gates) for value in values):
                    return Exclusion(name, gates, gates.union([name], *(gated[gate] for gate in gates)))
        return None

    def _may_hold(self, premise: Premise, name: str, value: Value | None, gates: frozenset[str]) -> bool:
        """Tell whether a premise may hold where an attribute has a value, or none."""
        match premise:
            case AllOf(parts):
                return all(self._may_hold(part, name, value, gates) for part in parts)
            case AnyOf(parts):
                return any(self._may_hold(part, name, value, gates) for part in parts)
            case AtLeastOf(needed, parts):
                return sum(self._may_hold(part, name, value, gates) for part in parts) >= needed
        if premise.attribute == name:
            return holds_for(premise, value)
        return premise.attribute not in gates or holds_for(premise, None) or self._may_be_asked(premise, name, value)

    def _may_be_asked(self, test: Test, name: str, value: Value | None) -> bool:
        """Tell whether the question of a test may be asked where another attribute has a value, or none."""
        ask_if = self._model.attributes[test.attribute].ask_if
        assert ask_if is not None
        inner = frozenset(each.attribute for each in tests(ask_if) if name in self._behind_gate(each.attribute))
        return self._may_hold(ask_if, name, value, inner)

    def _behind_gate(self, name: str) -> frozenset[str]:
        """Collect the plain attributes that a plain question's condition depends on; none where it waits for itself.

        None of them can change once the question has been asked, or its answer would not stay.
        """
        if name not in self._gates:
            self._gates[name] = self._collected(name)
        return self._gates[name]

    @cached_property
    def _gates(self) -> dict[str, frozenset[str]]:
        return {}

    def _collected(self, name: str) -> frozenset[str]:
        attribute = self._model.attributes[name]
        if attribute.ask_if is None or attribute.default is not None or not self._is_plain(name):
            return frozenset()
        found: set[str] = set()
        waiting = list(tests(attribute.ask_if))
        while waiting:
            other = waiting.pop().attribute
            if other == name or not self._is_plain(other):
                return frozenset()
            if other not in found:
                found.add(other)
                waiting.extend(self._tests_of_condition(other))
        return frozenset(found)

    def _tests_of_condition(self, name: str) -> Iterator[Test]:
        ask_if = self._model.attributes[name].ask_if
        return iter(()) if ask_if is None else tests(ask_if)

    def _is_plain(self, name: str) -> bool:
        """Tell whether an attribute has one value at most: it can be given, and no rule concludes it."""
        return name not in self._model.derived and name not in self._model.formulas

    def _values(self, attribute: Attribute) -> list[Value | None]:
        """List values that stand for all; its default in place of none."""
        values = distinguishing_values(self._model, attribute) if attribute.number else tuple(attribute.choices)
        return [*values, attribute.default]
