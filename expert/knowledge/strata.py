"""The order in which rules run, so that all evidence for a pair is in before a rule reads it.

Rules, (attribute, value) pairs and attributes form one directed graph: a rule follows the pairs that its tests read, or
an attribute where it reads all pairs of it; an attribute follows its pairs, and a pair the rules that conclude it. A
rule's stratum is one more than the highest among what it reads.

A row that counts only as far as no row above it does reads what they read. A default follows all rules that conclude
its attribute. A computed number follows its inputs; it can be computed once their stratum has run.
"""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from expert.knowledge.foreign_text import shown
from expert.knowledge.formulas import Formula
from expert.knowledge.problems import one_of
from expert.knowledge.rules import Is, Pair, Rule, Value


class _Computed(NamedTuple):
    """A computed number, before its default."""

    attribute: str


class _Row(NamedTuple):
    """What a row and all rows above it read."""

    rule: int


Node: TypeAlias = int | str | Pair | _Computed | _Row
"""A rule, by its position; an attribute; one of its pairs; or one of the above."""


class Strata(NamedTuple):
    """The stratum of each rule, by its name, and of each computed number, in an order in which they can be computed."""

    rules: dict[str, int]
    computed: dict[str, int]


class RuleCycleError(Exception):
    """Pairs, and computed numbers, that depend on one another in a cycle; each of the changes would break it."""

    def __init__(self, cycle: list[Pair | str], rules: list[Rule], changes: list[str]):
        self.cycle = cycle
        self.rules = rules
        self.changes = changes
        if rules:
            named = (shown(node) if isinstance(node, str) else "=".join(map(shown, node)) for node in cycle)
            names = ", ".join(dict.fromkeys(shown(rule.name) for rule in rules))
            message = f"rules depend on one another in a cycle: {' -> '.join(named)} (by {names})"
            super().__init__(f"{message}; to break it, take {one_of(changes)}")
        else:
            names = " -> ".join(map(shown, cycle))
            super().__init__(f"computed numbers depend on one another in a cycle: {names}")


def concluded_values(rules: Iterable[Rule]) -> dict[str, list[Value]]:
    """Collect, for each attribute that rules conclude, the values they give it, in the order of the file."""
    values: dict[str, dict[Value, None]] = {}
    for rule in rules:
        for conclusion in rule.conclusions:
            values.setdefault(conclusion.attribute, {})[conclusion.value] = None
    return {attribute: list(found) for attribute, found in values.items()}


def rows_above(rules: Sequence[Rule]) -> dict[int, int | None]:
    """Find the row above each row that counts only as far as none above it does; None for the first of a table."""
    above: dict[int, int | None] = {}
    last: dict[str, int] = {}
    for position, rule in enumerate(rules):
        if rule.first:
            above[position] = last.get(rule.table)
            last[rule.table] = position
    return above


def strata(rules: Sequence[Rule], formulas: Mapping[str, Formula]) -> Strata:
    """Give each rule, and each computed number, its stratum."""
    graph = _graph(rules, formulas)
    level: dict[Node, int] = {}
    try:
        for node in TopologicalSorter(graph).static_order():
            highest = max((level[before] for before in graph[node]), default=0)
            level[node] = highest + 1 if isinstance(node, int) else highest
    except CycleError as error:
        raise _cycle(rules, error.args[1]) from None
    computed = {node.attribute: number for node, number in level.items() if isinstance(node, _Computed)}
    return Strata({rule.name: level[index] for index, rule in enumerate(rules)}, computed)


def _graph(rules: Sequence[Rule], formulas: Mapping[str, Formula]) -> dict[Node, list[Node]]:
    """List what each node follows."""
    graph: dict[Node, list[Node]] = {}
    for attribute, values in concluded_values(rules).items():
        graph[attribute] = [(attribute, value) for value in values]
        graph |= {(attribute, value): [] for value in values}
    for name in formulas:
        graph.setdefault(name, []).append(_Computed(name))
    for name, formula in formulas.items():
        graph[_Computed(name)] = [attribute for attribute in formula.inputs if attribute in graph]
    concluding: dict[str, list[Node]] = {}
    for index, rule in enumerate(rules):
        for attribute, value, _ in rule.conclusions:
            graph[attribute, value].append(index)
            if not rule.is_default:
                concluding.setdefault(attribute, []).append(index)
    above = rows_above(rules)
    for index, rule in enumerate(rules):
        if rule.is_default:
            attribute = rule.conclusions[0].attribute
            graph[index] = [*concluding.get(attribute, ()), *([_Computed(attribute)] if attribute in formulas else [])]
            continue
        whole = ((t.attribute, t.value) if isinstance(t, Is) and t.attribute not in formulas else t.attribute
                 for t in rule.tests())  # fmt: skip
        read: list[Node] = [node for node in dict.fromkeys(whole) if node in graph]
        if index in above:
            before = above[index]
            graph[_Row(index)] = read if before is None else [*read, _Row(before)]
            read = [_Row(index)]
        graph[index] = read
    return graph


def _cycle(rules: Sequence[Rule], nodes: list[Node]) -> RuleCycleError:
    """Start the cycle that was found at the pair that comes first in the file, or else at a computed number."""
    ring = nodes[:-1]
    found = {node for node in ring if type(node) is tuple}
    concluded = ((conclusion.attribute, conclusion.value) for rule in rules for conclusion in rule.conclusions)
    first = next((pair for pair in concluded if pair in found), None)
    start = ring.index(first) if first else min(i for i, node in enumerate(ring) if isinstance(node, _Computed))
    ring = ring[start:] + ring[:start]
    cycle = [node.attribute if isinstance(node, _Computed) else node for node in ring if isinstance(node, tuple)
             and not isinstance(node, _Row)]  # fmt: skip
    changes = [_change(rules, before, node) for before, node in pairwise([ring[-1], *ring])]
    on_it = [rules[node] for node in ring if isinstance(node, int)]
    return RuleCycleError([*cycle, cycle[0]], on_it, [change for change in changes if change])


def _change(rules: Sequence[Rule], before: Node, node: Node) -> str:
    """Say what would keep a node from following the one before it; nothing where only other nodes can be changed."""
    if not isinstance(node, int | _Row):
        return ""
    rule = rules[node if isinstance(node, int) else node.rule]
    if rule.is_default:
        return f"'otherwise' out of {shown(rule.conclusions[0].attribute)}"
    if isinstance(before, str):
        read = [test for test in rule.tests() if test.attribute == before]
        read = [test for test in read if not isinstance(test, Is)] or read
    else:
        read = [test for test in rule.tests() if isinstance(test, Is) and (test.attribute, test.value) == before]
    if not read:
        return ""
    what = f"'{shown(read[0])}'" if len(set(read)) == 1 else f"all tests of {shown(read[0].attribute)}"
    return f"{what} out of {shown(rule.name)}"
