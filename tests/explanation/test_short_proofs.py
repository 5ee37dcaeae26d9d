"""The short of a proof: the strongest reasons, what they rest on, and the rest in sum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.explanation.graph_views import foremost, view
from expert.explanation.short_proofs import Length, length_of, short_proof
from expert.inference.certainty import certainty_factor
from tests.colours import consult
from tests.strategies import cases, knowledge_bases, model_of

RED = [("colour", "red")]


def test_derived_facts_tell_the_given_facts_behind_them():
    shown = view(consult({"warm": "yes", "share": 0.5, "shape": "round"}), RED)
    assert length_of(shown) == Length(reasons=2, rules=2)
    short = short_proof(shown, Length(2, 1))
    assert [node for node in short if node.startswith("rule:")] == ["rule:hot-red", "rule:glow-red"]
    assert dict(short.nodes(data="behind")) | {"colour=red": None} == dict.fromkeys(short) | {
        "hot=yes": [("share", 0.5), ("warm", "yes")],
        "glow=yes": [("share", 0.5), ("warm", "yes")],
    }


def test_the_weakest_reasons_are_summed_up():
    consultation = consult({"warm": "yes", "share": 0.5, "shape": "round", "size": "large"})
    shown = view(consultation, RED)
    strengths = {rule: evidence for rule, _, evidence in shown.graph.in_edges("colour=red", data="evidence")}
    (strongest, *others) = sorted(strengths, key=lambda rule: -abs(strengths[rule]))
    short = short_proof(shown, Length(1, 3))
    assert [node for node in short if node in strengths] == [strongest]
    left_out = {details["side"]: details["count"] for _, details in short.nodes(data=True) if details["kind"] == "more"}
    assert sum(left_out.values()) == len(others)


def test_of_equally_strong_reasons_those_are_shown_that_are_listed_first():
    knowledge_base = KnowledgeBase.load("current")
    consultation = knowledge_base.consult(knowledge_base.read_facts("docs/examples/profiles/language-model.yaml"))
    shown = view(consultation, foremost(consultation))
    listed = [reason.rule for reason in consultation.why(consultation.recommendation).conclusion.reasons]
    for many in range(1, len(listed) + 1):
        drawn = short_proof(shown, Length(many, 1)).nodes(data=True)
        assert {details["name"] for _, details in drawn if details["kind"] == "rule"} == set(listed[:many])


def test_what_speaks_against_comes_right_after_the_two_strongest_reasons():
    knowledge_base = KnowledgeBase.load("current")
    consultation = knowledge_base.consult(knowledge_base.read_facts("docs/examples/profiles/tpu-research.yaml"))
    shown = view(consultation, foremost(consultation))
    strengths = {rule: evidence for rule, _, evidence in shown.graph.in_edges("framework=jax", data="evidence")}
    assert sorted(strengths.values()) == [-0.12, 0.4, 0.4, 0.4, 0.4, 0.6, 0.6]
    short = short_proof(shown, Length(3, 1))
    assert [strengths[rule] for rule in short if rule in strengths] == [0.6, 0.6, -0.12]


def test_rules_that_did_not_hold_are_left_out_first():
    shown = view(consult({"size": "large", "shape": "round"}), [("colour", "green")], not_fired=True)
    held = sum(evidence != 0 for _, _, evidence in shown.graph.in_edges("colour=green", data="evidence"))
    short = short_proof(shown, Length(held, 1))
    assert short.nodes["more:missed:colour=green"]["count"] == length_of(shown).reasons - held


@given(st.data())
def test_what_is_shown_and_what_is_left_out_make_the_certainty(data):
    base = data.draw(knowledge_bases())
    consultation = KnowledgeBase(model_of(base)).consult(data.draw(cases(base)))
    shown = view(consultation, foremost(consultation))
    whole = length_of(shown)
    short = short_proof(
        shown, Length(data.draw(st.integers(0, whole.reasons)), data.draw(st.integers(1, max(1, whole.rules))))
    )
    for pair in shown.pairs:
        node = f"{pair[0]}={pair[1]}"
        in_whole, in_short = (
            certainty_factor([evidence for _, _, evidence in graph.in_edges(node, data="evidence") if evidence])
            for graph in (shown.graph, short)
        )
        assert in_short == pytest.approx(in_whole, abs=1e-9)
