"""The short of a proof: its strongest reasons, and not all that they follow from; what is left out is counted."""

from collections.abc import Sequence
from typing import NamedTuple

import networkx as nx

from expert.explanation.graph import fact_id, rule_id
from expert.explanation.graph_views import View
from expert.inference.certainty import complements

FIRST = 2
"""How many of the strongest reasons come before the strongest of the other side."""


class Length(NamedTuple):
    """How many reasons a proof has, and how many rules in a row from there."""

    reasons: int
    rules: int


def length_of(view: View) -> Length:
    """Measure the whole proof."""
    return Length(len(_reasons(view)), max(_rules_from(view.graph, _proved(view)).values(), default=0))


def short_proof(view: View, length: Length) -> nx.DiGraph:
    """Keep the first reasons for and against what a view proves, and so many rules in a row to there.

    For each conclusion and each side, a node of the kind ``more`` stands for the reasons that are left out; the edge
    has what they give together. A fact whose rules are left out tells the given facts ``behind`` it.
    """
    proved, weak = _proved(view), _reasons(view)[length.reasons :]
    joined = nx.DiGraph(view.graph)
    joined.remove_edges_from([(rule, end) for rule in weak for end in proved])
    kept = {node for node, rules in _rules_from(joined, proved).items() if rules <= length.rules}
    short = view.graph.copy()
    short.remove_nodes_from([node for node in view.graph if node not in kept])  # a subgraph has no order of its own
    for node in short:
        if node not in proved and not kept.issuperset(view.graph.predecessors(node)):
            behind = nx.ancestors(view.graph, node)
            given = [details for fact, details in view.graph.nodes(data=True) if fact in behind and "given" in details]
            short.nodes[node]["behind"] = [(details["attribute"], details["value"]) for details in given]
    for end in proved:
        left_out = [rule for rule in weak if rule not in kept and view.graph.has_edge(rule, end)]
        _add_more(short, view.graph, end, left_out)
    return short


def _proved(view: View) -> list[str]:
    return [fact_id(*pair) for pair in view.pairs or ()]


def _reasons(view: View) -> list[str]:
    """List the rules that conclude what a view proves, the strongest first, those that did not hold last.

    Right after the two strongest comes the strongest of the other side, if both are on one side. Equally strong ones
    stand in the order of the rules, as they do where evidence is listed.
    """
    place = {rule_id(rule): at for at, rule in enumerate(view.consultation.rules.values())}
    strengths: dict[str, float] = {}
    for rule, _, evidence in view.graph.in_edges(_proved(view), data="evidence"):
        if evidence is not None:
            strengths[rule] = max(strengths.get(rule, 0.0), evidence, key=abs)
    ranked = sorted(strengths, key=lambda rule: (-abs(strengths[rule]), place[rule]))
    sides = {_side(strengths[rule]) for rule in ranked[:FIRST]}
    other = [rule for rule in ranked if strengths[rule] and _side(strengths[rule]) not in sides][:1]
    return [*ranked[:FIRST], *other, *(rule for rule in ranked[FIRST:] if rule not in other)]


def _rules_from(graph: nx.DiGraph, proved: Sequence[str]) -> dict[str, int]:
    """Count, for each node that leads to what is proved, the fewest rules from there."""

    def is_rule(_: str, node: str, __: object) -> int:
        return int(graph.nodes[node]["kind"] == "rule")

    found: dict[str, int] = nx.multi_source_dijkstra_path_length(graph.reverse(copy=False), set(proved), weight=is_rule)
    return found


def _add_more(short: nx.DiGraph, graph: nx.DiGraph, end: str, rules: Sequence[str]) -> None:
    """Let a node stand for the reasons of a conclusion that are left out: for it, against it, or unfired."""
    strengths = {rule: graph.edges[rule, end]["evidence"] for rule in rules}
    for side in ("for", "against", "missed"):
        given = [strength for strength in strengths.values() if _side(strength) == side]
        if given:
            support, opposition = complements(given)
            node = f"more:{side}:{end}"
            short.add_node(node, kind="more", side=side, count=len(given))
            short.add_edge(node, end, kind="concludes", certainty=0.0, evidence=opposition - support)


def _side(strength: float) -> str:
    return "for" if strength > 0 else "against" if strength < 0 else "missed"
