"""The engine agrees with the reference interpreter, on random knowledge bases and random cases."""

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from expert.api.knowledge_base import KnowledgeBase
from expert.knowledge.variants import with_goal
from tests.examples import examples
from tests.semantics import reference
from tests.semantics.reference_rules import exact
from tests.semantics.worked_bases import data_of
from tests.semantics.worked_cases import WORKED
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of

CLOSE = 1e-9
"""Degrees nearer to the threshold than this are left out: there, rounding decides, and fractions do not round."""


@pytest.mark.parametrize("constructs", [(), CONSTRUCTS], ids=["rules", "all constructs"])
@settings(max_examples=examples(120), deadline=None)
@given(st.data())
def test_engine_agrees_with_the_reference(constructs, data):
    drawn = data.draw(knowledge_bases(constructs=constructs))
    facts = data.draw(cases(drawn))
    expected = reference.consult(drawn, facts)
    assume(expected["slack"] > CLOSE)
    event(expected["outcome"])
    assert_agree(KnowledgeBase(model_of(drawn)).consult(facts), expected)


@pytest.mark.parametrize("name", WORKED)
def test_worked_cases(name):
    case = WORKED[name]
    model = model_of(data_of(case.base))
    found = KnowledgeBase(with_goal(model, case.goal) if case.goal else model).consult(case.given)
    for attribute, by_value in case.certainties.items():
        certainties = {reference.key(v): cf for v, cf in found.certainties.get(attribute, {}).items()}
        assert certainties == pytest.approx(
            {reference.key(v): float(exact(cf)) for v, cf in by_value.items()}, abs=1e-12
        )
    assert_agree(found, reference.consult(data_of(case.base), case.given, case.goal))


def assert_agree(found, expected):
    certainties = {
        (attribute, reference.key(value)): certainty
        for attribute, by_value in found.certainties.items()
        for value, certainty in by_value.items()
    }
    assert certainties.keys() == expected["certainties"].keys()
    for pair, certainty in certainties.items():
        assert abs(certainty - expected["certainties"][pair]) <= 1e-12, pair
    degrees = {firing.rule: firing.degree for firing in found.firings if not found.rules[firing.rule].is_default}
    assert degrees.keys() == expected["fired"].keys()
    for rule, degree in degrees.items():
        assert abs(degree - expected["fired"][rule]) <= 1e-12, rule
    assert {(name, reference.key(value)) for name, value in found.contradictions} == expected["contradictions"]
    assert found.outcome == expected["outcome"]
    assert [candidate.value for candidate in found.leaders] == expected["leaders"] or expected["outcome"] == "tie"
    assert {candidate.value for candidate in found.leaders} == set(expected["leaders"])
    assert found.recommendation == expected["recommendation"]
