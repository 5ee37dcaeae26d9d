"""Views of the graph: the proof of some conclusions, and the rules that did not hold."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import networkx as nx

from expert.explanation.exceptions import Exceptions
from expert.explanation.graph import add_exceptions, add_fact, fact_id, trace
from expert.explanation.shown_certainties import Numbers
from expert.explanation.unfired_rules import Failure, Missed, unfired_rules
from expert.inference.consultation import Consultation
from expert.knowledge.rules import Is, Pair, tests


@dataclass(frozen=True)
class View:
    """The part of a traced consultation that proves some conclusions; all of it where `pairs` is None."""

    consultation: Consultation
    whole: nx.DiGraph
    pairs: Sequence[Pair] | None
    not_fired: bool = False

    def of(self, pairs: Sequence[Pair] | None) -> "View":
        """View other conclusions of the same trace."""
        return replace(self, pairs=pairs)

    @cached_property
    def graph(self) -> nx.DiGraph:
        """The part itself, with the rules that did not hold where they are wanted."""
        graph = self.whole.copy()
        if self.pairs is not None:
            _keep_proof(graph, self.consultation, self.pairs)
        if self.not_fired:
            goal = self.consultation.knowledge_base.goal if self.pairs is None else None
            _add_unfired(graph, self.whole, self.consultation, unfired_rules(self.consultation, self.pairs), goal)
        return graph


def view(consultation: Consultation, pairs: Sequence[Pair] | None, not_fired: bool = False) -> View:
    """Trace a consultation, and view the proof of some conclusions, or everything."""
    return View(consultation, trace(consultation), pairs, not_fired)


def foremost(consultation: Consultation) -> list[Pair]:
    """Name what is worth proving first: the leaders; or the best candidate; or all, where nothing speaks of any."""
    goal = consultation.knowledge_base.goal
    best = consultation.ranking[0]
    others = [best] if best.supporting or best.opposing else consultation.ranking
    shown = consultation.leaders or others
    return [(goal, candidate.value) for candidate in shown]


def _keep_proof(graph: nx.DiGraph, consultation: Consultation, pairs: Iterable[Pair]) -> None:
    """Keep conclusions, what led to them, and the sources of that."""
    kept: set[str] = set()
    for pair in pairs:
        node = fact_id(*pair)
        if node not in graph:
            add_fact(graph, consultation, pair)
        kept |= {node} | nx.ancestors(graph, node)
    kept |= {after for node in kept for after in graph.successors(node) if graph.nodes[after]["kind"] == "source"}
    graph.remove_nodes_from([node for node in graph if node not in kept])


def _add_unfired(
    graph: nx.DiGraph, whole: nx.DiGraph, consultation: Consultation, unfired: Sequence[Missed], goal: str | None
) -> None:
    """Add rules that did not hold, with what kept them from it, and the candidates of a goal that they lead to."""
    read = {test for each in unfired for test in tests(consultation.rules[each.rule].premise)}
    wanted = {(test.attribute, test.value) for test in read if isinstance(test, Is)}
    wanted |= {(goal, candidate.value) for candidate in consultation.ranking if goal}
    for each in unfired:
        _add_rule(graph, consultation, each, wanted)
    for each in unfired:
        _add_obstacles(graph, whole, consultation, each)


def _add_rule(graph: nx.DiGraph, consultation: Consultation, unfired: Missed, wanted: Container[Pair]) -> None:
    """Add a rule that did not hold, with those of its conclusions that are there, or that are wanted."""
    rule = consultation.rules[unfired.rule]
    threshold = consultation.knowledge_base.threshold
    stopped = [_stopped(failure, threshold) for failure in unfired.failures]
    stopped += [f"excepted by {excepting.row or excepting.premise}" for excepting in unfired.exceptions]
    held = consultation.once(Exceptions).of(rule.name)
    node = f"rule:{rule.name}"
    graph.add_node(
        node, kind="rule", name=rule.name, degree=min([held.own, *(1.0 - each.degree for each in held.exceptions)]),
        because=rule.because, premise=str(rule.premise), unknown="", stopped="; ".join(stopped),
    )  # fmt: skip
    for conclusion in rule.conclusions:
        pair = (conclusion.attribute, conclusion.value)
        if fact_id(*pair) not in graph and pair in wanted:
            add_fact(graph, consultation, pair)
        if fact_id(*pair) in graph:
            graph.add_edge(node, fact_id(*pair), kind="concludes", certainty=conclusion.certainty, evidence=0.0)


def _add_obstacles(graph: nx.DiGraph, whole: nx.DiGraph, consultation: Consultation, unfired: Missed) -> None:
    """Lead what made tests fail to their rule: facts that contradict them, and conclusions that were not drawn."""
    node = f"rule:{unfired.rule}"
    grounds = [ground for failure in unfired.failures for ground in failure.grounds if ground.value is not None]
    contrary = [fact_id(ground.attribute, ground.value) for ground in grounds]  # type: ignore[arg-type]
    wanted = [test for test in tests(consultation.rules[unfired.rule].premise) if isinstance(test, Is)]
    bars = [ground for each in unfired.exceptions for ground in each.grounds if ground.value is not None]
    excepting = [fact_id(ground.attribute, ground.value) for ground in bars]  # type: ignore[arg-type]
    following = nx.descendants(graph, node)
    for fact in dict.fromkeys([*contrary, *(fact_id(test.attribute, test.value) for test in wanted), *excepting]):
        _add_known(graph, whole, fact)
        if fact in excepting:
            continue
        # What contradicts a rule may follow from what it concludes; the graph stays free of cycles.
        if fact in graph and fact not in following:
            graph.add_edge(fact, node, kind="premise", certainty=graph.nodes[fact]["certainty"])
    add_exceptions(graph, unfired.exceptions, node)


def _add_known(graph: nx.DiGraph, whole: nx.DiGraph, fact: str) -> None:
    """Add a fact of the trace; to a computed number what it is computed from."""
    if fact in graph or fact not in whole:
        return
    graph.add_node(fact, **whole.nodes[fact])
    if "computed" in whole.nodes[fact]:
        for given in whole.predecessors(fact):
            _add_known(graph, whole, given)
            graph.add_edge(given, fact, **whole.edges[given, fact])


def _stopped(failure: Failure, threshold: float) -> str:
    """Say which test failed, and how."""
    grounds = ", ".join(f"{ground.attribute} = {ground.value}" for ground in failure.grounds)
    if failure.kind == "contrary":
        return f"{failure.test}: not so, since {grounds}"
    if failure.kind == "weak":
        return f"{failure.test}: too weak, to degree {Numbers([failure.degree], threshold).write(failure.degree)}"
    return f"{failure.test}: not known"
