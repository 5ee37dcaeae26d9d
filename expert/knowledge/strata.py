"""The order in which rules run, so that all evidence for a pair is in before a rule reads it.

Rules and (attribute, value) pairs form one directed graph: a rule follows the pairs that its premise reads, a pair
follows the rules that conclude it. A rule's stratum is one more than the highest among the pairs it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from expert.knowledge.foreign_text import shown
from expert.knowledge.premises import Is, Premise, Value, tests

if TYPE_CHECKING:
    from expert.knowledge.model import Model, Pair, Rule


class RuleCycleError(Exception):
    """Pairs that depend on themselves.

    Parameters
    ----------
    pairs : list of Pair
        The cycle; its first pair is also its last.
    rules : list of Rule
        The rules on it: ``rules[i]`` reads ``pairs[i]`` and concludes ``pairs[i + 1]``.
    """

    def __init__(self, pairs: list[Pair], rules: list[Rule]):
        self.pairs = pairs
        self.rules = rules
        cycle = " -> ".join(f"{shown(attribute)}={shown(value)}" for attribute, value in pairs)
        names = ", ".join(dict.fromkeys(shown(rule.name) for rule in rules))
        super().__init__(f"these rules go in a circle: {cycle} (by {names}); one of them must read something else")


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
        read = [v for v in values if v == test.value] if isinstance(test, Is) else values
        pairs.update(dict.fromkeys((test.attribute, value) for value in read))
    return list(pairs)


def strata(model: Model) -> dict[str, int]:
    """Give each rule the number of its stratum.

    Parameters
    ----------
    model : Model
        The knowledge base.

    Returns
    -------
    dict of str to int
        Rule name to stratum, from 1; in the order of the file.

    Raises
    ------
    RuleCycleError
        If a pair depends on itself.
    """
    concluded = concluded_values(model.rules)
    graph: dict[int | Pair, list[int | Pair]] = {
        index: list(pairs_read(rule.premise, concluded)) for index, rule in enumerate(model.rules)
    }
    for index, rule in enumerate(model.rules):
        for conclusion in rule.conclusions:
            graph.setdefault((conclusion.attribute, conclusion.value), []).append(index)
    level: dict[int | Pair, int] = {}
    try:
        for node in TopologicalSorter(graph).static_order():
            highest = max((level[before] for before in graph[node]), default=0)
            level[node] = highest + 1 if isinstance(node, int) else highest
    except CycleError as error:
        raise _cycle(model, error.args[1]) from None
    return {rule.name: level[index] for index, rule in enumerate(model.rules)}


def _cycle(model: Model, nodes: list[int | Pair]) -> RuleCycleError:
    """Start the cycle that the sorter found at its pair that comes first in the file."""
    ring = nodes[:-1]
    order = [(conclusion.attribute, conclusion.value) for rule in model.rules for conclusion in rule.conclusions]
    start = ring.index(min((node for node in ring if not isinstance(node, int)), key=order.index))
    ring = ring[start:] + ring[:start]
    pairs = [node for node in ring if not isinstance(node, int)]
    rules = [model.rules[node] for node in ring if isinstance(node, int)]
    return RuleCycleError([*pairs, pairs[0]], rules)
