"""The engine agrees with the reference interpreter, on random knowledge bases and random cases."""

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from expert.api.knowledge_base import KnowledgeBase
from tests.semantics import reference
from tests.strategies import cases, knowledge_bases, model_of

CLOSE = 1e-9
"""Degrees nearer to the threshold than this are left out: there, rounding decides, and fractions do not round."""


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_engine_agrees_with_the_reference(data):
    drawn = data.draw(knowledge_bases())
    facts = data.draw(cases(drawn))
    expected = reference.consult(drawn, facts)
    assume(expected["slack"] > CLOSE)
    event(expected["outcome"])
    found = KnowledgeBase(model_of(drawn)).consult(facts)

    certainties = {
        (attribute, reference.key(value)): certainty
        for attribute, by_value in found.certainties.items()
        for value, certainty in by_value.items()
    }
    assert certainties.keys() == expected["certainties"].keys()
    for pair, certainty in certainties.items():
        assert abs(certainty - expected["certainties"][pair]) <= 1e-12, pair
    degrees = {firing.rule: firing.degree for firing in found.firings}
    assert degrees.keys() == expected["fired"].keys()
    for rule, degree in degrees.items():
        assert abs(degree - expected["fired"][rule]) <= 1e-12, rule
    assert {(name, reference.key(value)) for name, value in found.contradictions} == expected["contradictions"]
    assert found.outcome == expected["outcome"]
    assert [candidate.value for candidate in found.leaders] == expected["leaders"] or expected["outcome"] == "tie"
    assert {candidate.value for candidate in found.leaders} == set(expected["leaders"])
    assert found.recommendation == expected["recommendation"]
