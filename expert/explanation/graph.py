"""The whole consultation as a graph: facts, the rules that held, and their sources."""

import networkx as nx

from expert.explanation.grounds import grounds_of
from expert.inference.consultation import Consultation
from expert.inference.engine import Firing
from expert.knowledge.rules import Pair, Value


def trace(consultation: Consultation) -> nx.DiGraph:
    """Draw what led to what."""
    graph = nx.DiGraph(**_about(consultation))
    _add_facts(graph, consultation)
    for firing in consultation.firings:
        _add_firing(graph, consultation, firing)
    return graph


def fact_id(attribute: str, value: Value) -> str:
    """Name the node of a fact."""
    return f"{attribute}={value}"


def _about(consultation: Consultation) -> dict[str, str]:
    """Say what the graph is of."""
    base = consultation.knowledge_base
    recommendation = consultation.recommendation
    return {
        "knowledge_base": base.name,
        "version": base.version,
        "digest": base.digest,
        "goal": base.goal,
        "outcome": consultation.outcome,
        "recommendation": "" if recommendation is None else str(recommendation),
    }


def _add_facts(graph: nx.DiGraph, consultation: Consultation) -> None:
    """Add a node for each given fact, and for each pair with evidence."""
    for pair in dict.fromkeys([*consultation.facts, *consultation.evidence]):
        add_fact(graph, consultation, pair)
    for (attribute, value), fact in consultation.facts.items():
        graph.nodes[fact_id(attribute, value)].update(given=fact.certainty, origin=fact.origin, note=fact.note)


def add_fact(graph: nx.DiGraph, consultation: Consultation, pair: Pair) -> None:
    """Add the node of an attribute's value, known or not."""
    base = consultation.knowledge_base
    attribute, value = pair
    graph.add_node(
        fact_id(attribute, value),
        kind="fact",
        attribute=attribute,
        value=value,
        label=base.attributes[attribute].label(value),
        certainty=consultation.certainties.get(attribute, {}).get(value, 0.0),
        derived=any(piece.rule is not None for piece in consultation.evidence.get(pair, ())),
        candidate=attribute == base.goal,
    )


def _add_firing(graph: nx.DiGraph, consultation: Consultation, firing: Firing) -> None:
    """Add a rule that held, with the facts that it matched, the evidence that it gave, and its sources."""
    rule = consultation.rules[firing.rule]
    node = f"rule:{rule.name}"
    grounds = list(grounds_of(consultation, ((fact.attribute, fact.value) for fact in firing.matched)))
    unknown = ", ".join(ground.attribute for ground in grounds if ground.value is None)
    graph.add_node(
        node, kind="rule", name=rule.name, degree=firing.degree, because=rule.because, premise=str(rule.premise),
        unknown=unknown,
    )  # fmt: skip
    for ground in grounds:
        if ground.value is not None:
            graph.add_edge(fact_id(ground.attribute, ground.value), node, kind="premise", certainty=ground.certainty)
    for conclusion, piece in zip(rule.conclusions, firing.gave, strict=True):
        concluded = fact_id(piece.attribute, piece.value)
        graph.add_edge(node, concluded, kind="concludes", certainty=conclusion.certainty, evidence=piece.strength)
    for citation in rule.citations:
        source = consultation.knowledge_base.sources[citation.source]
        graph.add_node(
            f"source:{citation}", kind="source", source=citation.source, where=citation.where,
            title=source.get("title", ""),
        )  # fmt: skip
        graph.add_edge(node, f"source:{citation}", kind="cites")
