"""Telling values: every other value has the effect of one of them, or of no answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.knowledge.distinctions import telling_values
from tests.strategies import cases, is_askable, knowledge_bases, model_of, values_of

CHOICES = {"question": "How?", "choices": ["low", "middle", "high"]}


def number(**limits):
    return {"question": "How many?", "number": limits}


def tell(declared, *tests, ask_if=None):
    """List the telling values of an attribute that each of some rules tests in its own way."""
    attributes = {"colour": {"choices": ["red", "green"]}, "this": declared, "other": {"question": "Other?"}}
    if ask_if:
        attributes["other"]["ask_if"] = {"this": ask_if}
    rules = {f"rule{i}": {"if": {"this": test}, "then": {"colour": "red"}} for i, test in enumerate(tests)}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    model = model_of(data)
    return telling_values(model, model.attributes["this"])


@pytest.mark.parametrize(
    ("tests", "telling"),
    [
        ([], ()),
        (["middle"], ("middle",)),
        (["high", "low"], ("low", "high")),
        ([["high", "middle"]], ("middle", "high")),
        ([{"not": "low"}], ("low", "middle", "high")),
        ([{"not": {"not": "low"}}], ("low",)),
        (["low", "unknown"], ("low", "middle", "high")),
        ([{"not": "unknown"}], ("low", "middle", "high")),
    ],
)
def test_telling_choices_are_those_that_tests_name(tests, telling):
    assert tell(CHOICES, *tests) == telling


@pytest.mark.parametrize(
    ("limits", "tests", "telling"),
    [
        ({}, [], ()),
        ({}, [{"at_least": 3}], (2, 3, 4)),
        ({}, ["unknown"], (0,)),
        ({}, [{"at_least": 2**60}], (2**60 - 256, 2**60, 2**60 + 256)),
        ({"at_least": 5, "at_most": 9}, [{"not": "unknown"}], (5,)),
        ({}, [{"at_least": 3}, {"less_than": 10}], (2, 3, 6.5, 10, 11)),
        ({"integer": True}, [{"at_least": 3}, {"less_than": 10}], (2, 3, 6, 10, 11)),
        ({"integer": True}, [{"at_least": 3, "at_most": 4}], (2, 3, 4, 5)),
        ({"integer": True}, [{"at_least": 2.5}], (1, 2, 3)),
        ({}, [{"at_least": 1e308}, {"at_most": 1.5e308}], (1e308 - 2e292, 1e308, 1.25e308, 1.5e308, 1.5e308 + 2e292)),
        ({}, [2.5], (1.5, 2.5, 3.5)),
        ({}, [{"not": 7}], (6, 7, 8)),
        ({"at_least": 0}, [{"at_least": 3}], (2, 3, 4)),
        ({"at_least": 3, "at_most": 3.5}, [{"more_than": 3}], (3, 3.5)),
        ({"at_least": 0, "at_most": 1}, [{"at_least": 0.5}], (0, 0.5, 1)),
        ({"at_least": 0, "at_most": 100}, [{"at_least": 200}], (100,)),
        ({"at_least": 0, "at_most": 100}, [{"more_than": -5}], (0,)),
        ({"at_least": 0, "integer": True}, [{"at_least": 0.5}], (0, 1)),
        ({"at_most": 9, "integer": True}, [{"at_least": 8.5}], (7, 8, 9)),
    ],
)
def test_telling_numbers_are_those_that_tests_name_and_one_from_each_gap(limits, tests, telling):
    assert tell(number(**limits), *tests) == telling


def test_conditions_for_asking_tell_values_apart_too():
    assert tell(CHOICES, "low", ask_if="high") == ("low", "high")
    assert tell(number(), ask_if={"at_least": 3}) == (2, 3, 4)


def test_every_candidate_of_the_goal_is_telling():
    attributes = {"colour": {"question": "Which?", "choices": ["red", "green"]}}
    model = model_of({"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": {}})
    assert telling_values(model, model.attributes["colour"]) == ("red", "green")


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_every_other_value_has_the_effect_of_a_telling_one_or_of_no_answer(data):
    drawn = data.draw(knowledge_bases(asked=2, derived=2))
    facts = data.draw(cases(drawn))
    name = data.draw(st.sampled_from([name for name in drawn["attributes"] if is_askable(drawn, name)]))
    knowledge_base = KnowledgeBase(model_of(drawn))
    others = {attribute: fact for attribute, fact in facts.items() if attribute != name}

    def effect(value):
        return [
            (candidate.value, candidate.certainty)
            for candidate in knowledge_base.consult({**others, name: value}).ranking
        ]

    telling = telling_values(knowledge_base.model, knowledge_base.attributes[name])
    assert set(telling) <= {knowledge_base.attributes[name].read(str(value)) for value in telling}
    effects = [effect(value) for value in (None, *telling)]
    for value in values_of(drawn["attributes"][name]):
        assert effect(value) in effects, value
