"""What is still possible is what all definite answers lead to, by brute force, or it is said not to be known."""

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.knowledge.distinctions import distinguishing_values
from expert.open_questions import prospects
from tests.examples import examples
from tests.interview.reference import draw_knowledge_base
from tests.semantics import reference_outcomes as reference
from tests.semantics.worked_bases import data_of
from tests.semantics.worked_cases import WORKED
from tests.strategies import CONSTRUCTS, Pick, make_case, make_knowledge_base, model_of, random_pick, values_of

CLOSE = 1e-9
"""Degrees nearer to the threshold, or leaders nearer to one another, are left out: there, rounding decides."""


@pytest.mark.parametrize("name", [name for name, case in WORKED.items() if case.possible is not None])
def test_worked_cases(name):
    case = WORKED[name]
    found = KnowledgeBase(model_of(data_of(case.base))).consult(case.given, goal=case.goal)
    assert {*found.possible} == case.possible
    assert found.settled == case.settled


def values_that_stand_for_all(knowledge_base):
    """List the values of each question: of a number, those that the rules can tell apart."""
    return {
        name: distinguishing_values(knowledge_base.model, attribute) or values_of({"number": {}})
        for name, attribute in knowledge_base.attributes.items()
        if attribute.number and attribute.question
    }


def check(pick, constructs):
    data = draw_knowledge_base(pick, make_knowledge_base(pick, rules=10, asked=4, derived=3, constructs=constructs))
    knowledge_base = KnowledgeBase(model_of(data))
    facts = {name: fact for name, fact in make_case(pick, data).items() if fact["certainty"] and pick.number(2)}
    values = {n: v[:1] if n in facts else v for n, v in values_that_stand_for_all(knowledge_base).items()}
    expected = reference.possible(data, facts, values)
    if expected.has_circle or expected.slack <= CLOSE:
        return None
    found = knowledge_base.consult(facts)
    feeding = knowledge_base.model.inputs
    if feeding & {a.name for a in knowledge_base.askable} - {*facts}:
        assert found.possible is None or {*found.possible} >= expected.recommendations
        return "computed"
    assert {*found.possible} == expected.recommendations, (data, facts)
    assert [*found.possible] == [each for each in knowledge_base.model.candidates if each in found.possible]
    assert found.settled == reference.settled(data, facts, values), (data, facts)
    return "settled" if found.settled else f"{len(found.possible)} possible"


@pytest.mark.parametrize("constructs", [(), CONSTRUCTS], ids=["rules", "all constructs"])
@settings(max_examples=examples(30), deadline=None)
@given(st.data())
def test_it_is_what_all_definite_answers_lead_to(constructs, data):
    found = check(Pick(lambda highest: data.draw(st.integers(0, highest))), constructs)
    assume(found)
    event(found)


def test_it_is_in_knowledge_bases_that_are_always_the_same():
    found = [check(random_pick(seed), CONSTRUCTS) for seed in range(80)]
    assert found.count("settled") >= 1
    assert found.count("2 possible") >= 3


@pytest.mark.parametrize("seed", range(40))
def test_columns_say_the_same_as_single_ways(seed, monkeypatch):
    monkeypatch.setattr(prospects, "DRAWS", 0)
    check(random_pick(seed), CONSTRUCTS)
