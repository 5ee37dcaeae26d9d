"""Parts of the graph: proofs, and the rules that did not hold."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.explanation.graph_views import foremost, view
from tests.colours import consult
from tests.strategies import cases, knowledge_bases, model_of


def rules(graph):
    return [details["name"] for _, details in graph.nodes(data=True) if details["kind"] == "rule"]


def test_everything_is_the_whole_graph():
    consultation = consult({"warm": "yes", "share": 0.5, "size": "large"})
    assert nx.utils.graphs_equal(view(consultation, None).graph, consultation.graph())


def test_a_proof_holds_what_led_to_a_conclusion_and_its_sources():
    consultation = consult({"warm": "yes", "share": 0.5, "shape": "round"})
    assert list(view(consultation, [("colour", "red")]).graph) == [
        "share=0.5", "warm=yes", "colour=red", "hot=yes", "glow=yes", "rule:warm-hot", "rule:hot-glow",
        "source:guide p. 2", "rule:hot-red", "rule:glow-red", "source:guide p. 1",
    ]  # fmt: skip
    assert rules(view(consultation, [("colour", "blue")]).graph) == ["shaped"]
    assert rules(view(consultation, [("glow", "yes"), ("colour", "blue")]).graph) == ["warm-hot", "shaped", "hot-glow"]


def test_a_conclusion_without_evidence_stands_alone():
    graph = view(consult({"shape": "round"}), [("colour", "green")]).graph
    assert dict(graph.nodes(data="certainty")) == {"colour=green": 0.0}


def test_what_leads_is_proved_or_the_best_where_nothing_does():
    assert foremost(consult({"size": "small", "shape": "round"})) == [("colour", "green")]
    assert foremost(consult({"shape": "round"}, threshold=0.5)) == [("colour", "blue")]
    tie = consult({"size": "small", "glow": "yes"}, rules={
        "a": {"if": {"size": "small"}, "then": {"colour": "red"}, "certainty": 0.6},
        "b": {"if": {"glow": "yes"}, "then": {"colour": "green"}, "certainty": 0.6},
    })  # fmt: skip
    assert foremost(tie) == [("colour", "red"), ("colour", "green")]


def test_rules_that_did_not_hold_show_what_stopped_them():
    graph = view(consult({"size": "large", "warm": "no", "glow": {"value": "yes", "certainty": 0.1}}), None, True).graph
    stopped = {details["name"]: details["stopped"] for _, details in graph.nodes(data=True) if "stopped" in details}
    assert stopped == {
        "warm-hot": "warm = yes: not so, since warm = no; share ≥ 0.5: not known",
        "small-cold": "size = small: not so, since size = large",
        "hot-glow": "hot = yes: not known",
        "glow-red": "glow = yes: too weak, to degree 0.10",
        "shaped": "shape is known: not known",
        "green": "size = small: not so, since size = large",
    }
    assert list(graph.predecessors("rule:green")) == ["size=large"]
    assert list(graph.predecessors("rule:hot-glow")) == ["hot=yes"]
    assert graph.nodes["hot=yes"]["certainty"] == 0.0
    assert graph.edges["rule:green", "colour=green"] == {"kind": "concludes", "certainty": 0.7, "evidence": 0.0}


def test_a_proof_adds_only_rules_that_would_have_supported_it():
    graph = view(consult({"size": "small", "shape": "round"}), [("colour", "red")], not_fired=True).graph
    assert rules(graph) == ["warm-hot", "hot-glow", "glow-red", "hot-red"]
    assert graph.nodes["hot=yes"]["certainty"] == -0.5


def test_everything_has_the_candidates_that_rules_would_have_led_to():
    consultation = consult({"size": "large", "shape": "round"})
    assert "colour=green" not in view(consultation, None).graph
    assert list(view(consultation, None, not_fired=True).graph.successors("rule:green")) == ["colour=green"]


def test_a_fact_that_stopped_a_rule_keeps_where_it_was_given():
    graph = view(consult({"size": "large"}), [("colour", "green")], not_fired=True).graph
    assert graph.nodes["size=large"]["origin"] == "given"


@given(st.data(), st.booleans(), st.booleans())
def test_every_view_is_free_of_cycles_and_starts_from_given_facts_or_unknowns(data, everything, not_fired):
    drawn = data.draw(knowledge_bases())
    consultation = KnowledgeBase(model_of(drawn)).consult(data.draw(cases(drawn)))
    graph = view(consultation, None if everything else foremost(consultation), not_fired).graph
    assert nx.is_directed_acyclic_graph(graph)
    held = {name for name in rules(graph) if "stopped" not in graph.nodes[f"rule:{name}"]}
    fired = {firing.rule for firing in consultation.firings}
    assert held <= fired
    if everything:
        assert held == fired
        assert not_fired is False or len(rules(graph)) == len(consultation.knowledge_base.rules)
    else:
        leaders = [f"{attribute}={value}" for attribute, value in foremost(consultation)]
        assert all(any(nx.has_path(graph, f"rule:{name}", end) for end in leaders) for name in held)
        whole = consultation.graph()
        behind = {node for end in leaders if end in whole for node in nx.ancestors(whole, end)}
        assert behind <= set(graph)
