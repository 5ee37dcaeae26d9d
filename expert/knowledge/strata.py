"""The order in which rules run, so that all evidence for a pair is in before a rule reads it.

Rules, (attribute, value) pairs and attributes form one directed graph: a rule follows the pairs that its premise reads,
or an attribute where it reads all pairs of it; an attribute follows its pairs, and a pair the rules that conclude it. A
rule's stratum is one more than the highest among the pairs it reads.
"""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from expert.knowledge.foreign_text import shown
from expert.knowledge.rules import Is, Pair, Premise, Rule, Value, tests

Node: TypeAlias = int | str | Pair
"""A rule, by its position; an attribute; or one of its pairs."""


class RuleCycleError(Exception):
    """Pairs that depend on one another in a cycle."""

    def __init__(self, pairs: list[Pair], rules: list[Rule]):
        self.pairs = pairs
        self.rules = rules
        cycle = " -> ".join(f"{shown(attribute)}={shown(value)}" for attribute, value in pairs)
        names = ", ".join(dict.fromkeys(shown(rule.name) for rule in rules))
        message = f"rules depend on one another in a cycle: {cycle} (by {names})"
        super().__init__(f"{message}; break it by changing one premise")


def concluded_values(rules: Iterable[Rule]) -> dict[str, list[Value]]:
    """Collect, for each attribute that rules conclude, the values they give it, in the order of the file."""
    values: dict[str, dict[Value, None]] = {}
    for rule in rules:
        for conclusion in rule.conclusions:
            values.setdefault(conclusion.attribute, {})[conclusion.value] = None
    return {attribute: list(found) for attribute, found in values.items()}


def pairs_read(premise: Premise, concluded: Mapping[str, list[Value]]) -> list[Pair]:
    """List the concluded pairs that a premise reads.

    The test ``= v`` reads the one pair; every other test reads all pairs of its attribute. Pairs that no rule
    concludes never change, so they are left out.
    """
    pairs: dict[Pair, None] = {}
    for test in tests(premise):
        values = concluded.get(test.attribute, [])
        if isinstance(test, Is):
            values = [test.value] if test.value in values else []
        pairs.update(dict.fromkeys((test.attribute, value) for value in values))
    return list(pairs)


def strata(rules: Sequence[Rule]) -> dict[str, int]:
    """Give each rule the number of its stratum."""
    graph: dict[Node, list[Node]] = {
        (attribute if value is None else (attribute, value)): []
        for attribute, values in concluded_values(rules).items()
        for value in (None, *values)
    }
    for attribute, value in [pair for pair in graph if isinstance(pair, tuple)]:
        graph[attribute].append((attribute, value))
    for index, rule in enumerate(rules):
        for conclusion in rule.conclusions:
            graph[conclusion.attribute, conclusion.value].append(index)
        read = ((t.attribute, t.value) if isinstance(t, Is) else t.attribute for t in tests(rule.premise))
        graph[index] = [node for node in dict.fromkeys(read) if node in graph]
    level: dict[Node, int] = {}
    try:
        for node in TopologicalSorter(graph).static_order():
            highest = max((level[before] for before in graph[node]), default=0)
            level[node] = highest + 1 if isinstance(node, int) else highest
    except CycleError as error:
        raise _cycle(rules, error.args[1]) from None
    return {rule.name: level[index] for index, rule in enumerate(rules)}


def _cycle(rules: Sequence[Rule], nodes: list[Node]) -> RuleCycleError:
    """Start the cycle that was found at the pair that comes first in the file."""
    ring = nodes[:-1]
    found = {node for node in ring if isinstance(node, tuple)}
    concluded = ((conclusion.attribute, conclusion.value) for rule in rules for conclusion in rule.conclusions)
    start = ring.index(next(pair for pair in concluded if pair in found))
    ring = ring[start:] + ring[:start]
    pairs = [node for node in ring if isinstance(node, tuple)]
    return RuleCycleError([*pairs, pairs[0]], [rules[node] for node in ring if isinstance(node, int)])
