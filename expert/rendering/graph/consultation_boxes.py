"""What the nodes and edges of a consultation's graph say when they are drawn.

Sources get no box of their own; they stand in the boxes of the rules that cite them.
"""

from collections.abc import Iterator
from pathlib import PureWindowsPath
from typing import Any

import networkx as nx

from expert.explanation.exceptions import Exceptions
from expert.explanation.graph_views import View
from expert.explanation.shown_certainties import Numbers, in_full, number, ranking_numbers
from expert.explanation.unfired_rules import Gaps
from expert.inference.consultation import Consultation
from expert.knowledge.attributes import Attribute
from expert.rendering.evidence import excepting_words, sentence, stopped
from expert.rendering.graph.boxes import Box, BoxKind, Drawing, Line, Link, LinkKind, clean
from expert.rendering.headline import headline
from expert.rendering.words import fact_words

BOX_MEANINGS: dict[BoxKind, str] = {
    "given": "given fact",
    "rule": "rule",
    "default": "default",
    "derived": "derived fact",
    "candidate": "candidate",
    "missed": "rule that did not hold",
    "absent": "fact that is not known",
    "more": "what is left out",
}
LINK_MEANINGS: dict[LinkKind, str] = {"for": "speaks for", "against": "speaks against", "excepts": "excepts"}

_LEFT_OUT = {"for": "reason{} for it", "against": "reason{} against it", "missed": "rule{} that did not hold"}
"""What so many more are, by their side."""


def consultation_drawing(view: View) -> Drawing:
    """Say what to draw of a view."""
    return graph_drawing(view.consultation, view.graph)


def graph_drawing(consultation: Consultation, traced: nx.DiGraph) -> Drawing:
    """Say what to draw of the graph of a view, or of the short of it."""
    sources = [node for node, kind in traced.nodes(data="kind") if kind == "source"]
    proof = nx.DiGraph(traced)
    proof.remove_nodes_from(sources)
    leading = {str(candidate.value) for candidate in consultation.leaders}
    standings = dict.fromkeys(leading, "recommended" if len(leading) == 1 else "a tie")
    numbers = ranking_numbers(consultation)
    weights = _weights(proof)
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(proof.nodes(data=True), key=lambda node: weights[node[0]], reverse=True))
    graph.add_edges_from(proof.edges(data=True))
    boxes = [_box(consultation, traced, node, standings, numbers) for node in graph]
    links = [_link(graph, start, end, details) for start, end, details in graph.edges(data=True)]
    said = headline(consultation).text
    first = tuple(box.node for box in boxes if box.kind in ("given", "absent"))
    return Drawing(
        consultation.knowledge_base, said, tuple(boxes), tuple(links), graph, BOX_MEANINGS, LINK_MEANINGS, first
    )


def _weights(graph: nx.DiGraph) -> dict[str, tuple[float, float]]:
    """Weigh nodes by the strongest evidence that they lead to in the end, and by their own; what is left out, least."""
    weights: dict[str, tuple[float, float]] = {}
    for node in reversed(list(nx.topological_sort(graph))):
        found = [
            (weights[after][0] or evidence, evidence or weights[after][1])
            for _, after, details in graph.out_edges(node, data=True)
            for evidence in (abs(details.get("evidence", 0.0)),)
        ]
        weights[node] = (-1.0, 0.0) if graph.nodes[node]["kind"] == "more" else max(found, default=(0.0, 0.0))
    return weights


def _box(consultation: Consultation, graph: nx.DiGraph, node: str, standings: dict[str, str], numbers: Numbers) -> Box:
    """Say what a node says."""
    details = graph.nodes[node]
    if details["kind"] == "more":
        return Box(node, "more", clean(_more_lines(details)))
    if details["kind"] == "rule":
        kind: BoxKind = "default" if "default" in details else "missed" if "stopped" in details else "rule"
        return Box(node, kind, clean(_rule_lines(consultation, graph, node)))
    kind = "derived" if details["derived"] else "given" if "given" in details else "absent"
    if details["candidate"]:
        kind = "candidate"
    standing = standings.get(str(details["value"]), "") if details["candidate"] else ""
    base = consultation.knowledge_base
    lines = [*_fact_lines(base.attributes[details["attribute"]], details, standing, numbers)]
    if behind := details.get("behind"):
        first, *others = (fact_words(base.attributes[attribute], value) for attribute, value in behind)
        lines.append(Line(f"since {first}" + (f" and {len(others)} more" if others else ""), "faint"))
    return Box(node, kind, clean(lines), bool(standing))


def _more_lines(details: dict[str, Any]) -> Iterator[Line]:
    """Count the reasons that are left out."""
    several = "s" * (details["count"] != 1)
    yield Line(f"{details['count']} more {_LEFT_OUT[details['side']].format(several)}", "title")
    yield Line("left out here", "faint")


def _rule_lines(consultation: Consultation, graph: nx.DiGraph, node: str) -> Iterator[Line]:
    """Write a rule: its sentence, its name unless that is part of it, its sources, and its degree where it is not 1."""
    details = graph.nodes[node]
    rule, base = consultation.rules[details["name"]], consultation.knowledge_base
    yield Line(sentence(rule, base))
    cited = [graph.nodes[after] for after in graph.successors(node)]
    sources = [f"{each['source']} {each['where']}".rstrip() for each in cited if each["kind"] == "source"]
    if details["because"]:
        yield Line("default" if "default" in details else details["name"], "faint")
    if sources:
        yield Line("; ".join(sources), "faint")
    if "stopped" in details:
        yield Line(f"did not hold: {stopped(consultation.once(Gaps).of(rule), base)}", "faint")
    elif details["degree"] != 1:
        exceptions = consultation.once(Exceptions).of(rule.name).exceptions if "excepted_by" in details else ()
        excepted = "; ".join(excepting_words(each, base) for each in exceptions)
        excepted = f", excepted by {excepted}" if excepted else ""
        yield Line(f"held to degree {number(details['degree'])}{excepted}", "faint")
    if details["unknown"]:
        names = ", ".join(base.attributes[name].words for name in details["unknown"].split(", "))
        yield Line(f"since {names} is unknown", "faint")


def _fact_lines(attribute: Attribute, details: dict[str, Any], standing: str, numbers: Numbers) -> Iterator[Line]:
    """Write a fact: what it says, its certainty where that is not 1, and where it comes from."""
    write = numbers.write if details["candidate"] else number
    certainty = f"certainty {write(details['certainty'])}"
    if details["candidate"]:
        yield Line(details["label"], "title")
        yield Line(certainty + (f", {standing}" if standing else ""))
    else:
        yield Line(fact_words(attribute, details["value"]), "title")
        if not (details["derived"] or "given" in details):
            yield Line("not known", "faint")
        elif details["derived"] or details["certainty"] != 1:
            yield Line(certainty)
    if "computed" in details:
        yield Line(details["computed"])
    if "given" in details:
        given = f"given with certainty {in_full(details['given'])}: " if details["derived"] else ""
        yield Line(given + PureWindowsPath(details["origin"]).name, "faint")
        if details["note"]:
            yield Line(details["note"], "faint")


def _link(graph: nx.DiGraph, start: str, end: str, details: dict[str, Any]) -> Link:
    """Say what an edge says."""
    if graph.nodes[start].get("side") == "missed":
        return Link(start, end, "missed", 0.0)
    if "stopped" in graph.nodes[start]:
        certainty = details["certainty"]
        return Link(start, end, "missed", 0.0, f"({in_full(certainty, '+')})", certainty < 0)
    if details["kind"] == "excepts":
        return Link(start, end, "excepts", abs(details["certainty"]), opposes=True)
    if "stopped" in graph.nodes[end]:
        return Link(start, end, "missed", 0.0)
    if details["kind"] == "premise":
        return Link(start, end, "premise", abs(details["certainty"]))
    evidence = details["evidence"]
    kind: LinkKind = "against" if evidence < 0 else "for"
    return Link(start, end, kind, abs(evidence), number(evidence, "+"), evidence < 0)
