"""The whole consultation as a graph: facts, the rules that held, and their sources."""

from collections.abc import Iterable

import networkx as nx

from expert.explanation.computations import computation
from expert.explanation.exceptions import Excepting
from expert.explanation.grounds import Ground
from expert.explanation.reasons import Reason, reason_of
from expert.inference.consultation import Consultation
from expert.inference.engine import Firing
from expert.knowledge.rules import Pair, Rule, Value


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


def rule_id(rule: Rule) -> str:
    """Name the node of a rule, or of a default."""
    return f"default:{rule.conclusions[0].attribute}" if rule.is_default else f"rule:{rule.name}"


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
    """Add a node for each given fact, and for each pair with evidence; lead to computed numbers what they are of."""
    pairs = list(dict.fromkeys([*consultation.facts, *consultation.evidence]))
    for pair in pairs:
        add_fact(graph, consultation, pair)
    for (attribute, value), fact in consultation.facts.items():
        graph.nodes[fact_id(attribute, value)].update(given=fact.certainty, origin=fact.origin, note=fact.note)
    for pair in pairs:
        if consultation.origin_of(pair) == "computed":
            found = computation(consultation, pair[0])
            graph.nodes[fact_id(*pair)]["computed"] = str(found)
            add_premises(graph, found.inputs, fact_id(*pair))


def add_fact(graph: nx.DiGraph, consultation: Consultation, pair: Pair) -> None:
    """Add the node of an attribute's value, known or not."""
    base = consultation.knowledge_base
    attribute, value = pair
    pieces = consultation.evidence.get(pair, ())
    made = consultation.origin_of(pair)
    graph.add_node(
        fact_id(attribute, value),
        kind="fact",
        attribute=attribute,
        value=value,
        label=base.attributes[attribute].value_label(value),
        certainty=consultation.certainties.get(attribute, {}).get(value, 0.0),
        derived=bool(made) or any(piece.rule is not None for piece in pieces),
        candidate=attribute == base.goal,
        **({"default": True} if made == "default" else {}),
    )


def add_premises(graph: nx.DiGraph, grounds: Iterable[Ground], node: str) -> None:
    """Lead facts to what rests on them."""
    for ground in grounds:
        if ground.value is not None:
            graph.add_edge(fact_id(ground.attribute, ground.value), node, kind="premise", certainty=ground.certainty)


def add_exceptions(graph: nx.DiGraph, exceptions: Iterable[Excepting], node: str) -> None:
    """Lead the facts that make an exception hold to the rule that it excepts; a premise stays one."""
    for excepting in exceptions:
        for ground in excepting.grounds:
            fact = fact_id(ground.attribute, ground.value or 0)
            if ground.value is not None and not graph.has_edge(fact, node):
                row = {"row": excepting.row} if excepting.row else {}
                graph.add_edge(fact, node, kind="excepts", certainty=ground.certainty, **row)


def _add_firing(graph: nx.DiGraph, consultation: Consultation, firing: Firing) -> None:
    """Add a rule that held, with the facts that it matched, the evidence that it gave, and its sources."""
    rule = consultation.rules[firing.rule]
    node = rule_id(rule)
    reason = reason_of(consultation, firing.gave[0])
    unknown = ", ".join(ground.attribute for ground in reason.grounds if ground.value is None)
    graph.add_node(
        node, kind="rule", name=rule.name, degree=firing.degree, because=reason.because, premise=str(rule.premise),
        unknown=unknown, **_particulars(reason),
    )  # fmt: skip
    add_premises(graph, reason.grounds, node)
    add_exceptions(graph, reason.exceptions, node)
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


def _particulars(reason: Reason) -> dict[str, object]:
    """Say of a rule that it is a default, or what exceptions keep it from."""
    if reason.made == "default":
        return {"default": True}
    excepting = "; ".join(each.row or str(each.premise) for each in reason.exceptions)
    return {"own": reason.own, "excepted_by": excepting} if excepting else {}
