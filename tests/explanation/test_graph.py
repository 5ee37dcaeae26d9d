"""The graph of a consultation."""

import io

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from tests.colours import consult
from tests.examples import examples
from tests.strategies import cases, knowledge_bases, model_of


def edges(graph, kind):
    return [(start, end) for start, end, found in graph.edges(data="kind") if found == kind]


def test_holds_facts_rules_and_sources():
    graph = consult({"glow": {"value": "yes", "certainty": 0.5, "note": "at night"}, "shape": "round"}).graph()
    assert dict(graph.nodes(data="kind")) == {
        "shape=round": "fact",
        "glow=yes": "fact",
        "colour=red": "fact",
        "colour=blue": "fact",
        "rule:glow-red": "rule",
        "rule:shaped": "rule",
        "source:guide p. 1": "source",
        "source:guide p. 2": "source",
    }
    assert edges(graph, "premise") == [("shape=round", "rule:shaped"), ("glow=yes", "rule:glow-red")]
    assert edges(graph, "concludes") == [("rule:shaped", "colour=blue"), ("rule:glow-red", "colour=red")]
    assert edges(graph, "cites") == [("rule:glow-red", "source:guide p. 1"), ("rule:glow-red", "source:guide p. 2")]
    assert graph.nodes["glow=yes"] == {
        "kind": "fact", "attribute": "glow", "value": "yes", "label": "yes", "certainty": 0.5, "derived": False,
        "candidate": False, "given": 0.5, "origin": "given", "note": "at night",
    }  # fmt: skip
    assert graph.nodes["colour=red"] == {
        "kind": "fact", "attribute": "colour", "value": "red", "label": "Red", "certainty": 0.3, "derived": True,
        "candidate": True,
    }  # fmt: skip
    assert graph.nodes["rule:glow-red"] == {
        "kind": "rule", "name": "glow-red", "degree": 0.5, "because": "What glows is red.", "premise": "glow = yes",
        "unknown": "",
    }  # fmt: skip
    assert graph.nodes["source:guide p. 1"] == {
        "kind": "source", "source": "guide", "where": "p. 1", "title": "The guide"
    }  # fmt: skip
    assert graph.edges["glow=yes", "rule:glow-red"] == {"kind": "premise", "certainty": 0.5}
    assert graph.edges["rule:glow-red", "colour=red"] == {"kind": "concludes", "certainty": 0.6, "evidence": 0.3}


def test_a_fact_both_given_and_concluded_is_one_node():
    graph = consult({"warm": "yes", "share": 0.5, "glow": {"value": "yes", "certainty": 0.5}}).graph()
    node = graph.nodes["glow=yes"]
    assert (node["given"], node["derived"], node["certainty"]) == (0.5, True, 0.725)
    assert list(graph.predecessors("glow=yes")) == ["rule:hot-glow"]


def test_a_rule_that_matched_only_unknowns_starts_without_facts():
    graph = consult({}).graph()
    assert list(graph.predecessors("rule:open")) == []
    assert graph.nodes["rule:open"]["unknown"] == "shape"


def test_a_given_fact_that_says_nothing_stands_alone():
    graph = consult({"warm": {"value": "yes", "certainty": 0}}).graph()
    assert (graph.nodes["warm=yes"]["certainty"], graph.degree("warm=yes")) == (0, 0)


def test_graphml_loses_nothing():
    graph = consult({"warm": "yes", "share": 0.5, "size": "large"}).graph()
    file = io.BytesIO()
    nx.write_graphml(graph, file)
    file.seek(0)
    loaded = nx.read_graphml(file)
    assert dict(loaded.nodes(data=True)) == dict(graph.nodes(data=True))
    assert set(loaded.edges) == set(graph.edges)


@pytest.mark.parametrize("example", ["detector.yaml", "tie.json", "uncertain.yaml", "undecided.yaml"])
def test_examples_have_a_graph(example):
    knowledge_base = KnowledgeBase.load()
    graph = knowledge_base.consult(knowledge_base.read_facts(f"docs/examples/{example}")).graph()
    assert nx.is_directed_acyclic_graph(graph)


@settings(max_examples=examples(60))
@given(st.data())
def test_is_acyclic_and_complete_and_every_derived_fact_is_reachable(data):
    drawn = data.draw(knowledge_bases())
    consultation = KnowledgeBase(model_of(drawn)).consult(data.draw(cases(drawn)))
    graph = consultation.graph()
    assert nx.is_directed_acyclic_graph(graph)
    kinds = graph.nodes(data="kind")
    assert {node for node, kind in kinds if kind == "rule"} == {f"rule:{f.rule}" for f in consultation.firings}
    pairs = {(f.attribute, f.value) for f in consultation.given} | set(consultation.evidence)
    facts = [data for _, data in graph.nodes(data=True) if data["kind"] == "fact"]
    assert {(fact["attribute"], fact["value"]) for fact in facts} == pairs
    assert len(facts) == len(pairs)
    evidence = [(start, end, found["evidence"]) for start, end, found in graph.edges(data=True) if "evidence" in found]
    assert sorted(evidence) == sorted(
        (f"rule:{piece.rule}", f"{piece.attribute}={piece.value}", piece.strength)
        for firing in consultation.firings
        for piece in firing.gave
    )
    starts = [node for node, found in graph.nodes(data=True) if "given" in found]
    starts += [node for node, found in graph.nodes(data=True) if found.get("unknown")]
    reached = set(starts).union(*(nx.descendants(graph, node) for node in starts))
    assert {node for node, kind in kinds if kind != "source"} <= reached
