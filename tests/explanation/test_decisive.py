"""Decisive questions: one answer to them, alone, changes the recommendation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.explanation.decisive import Decisive
from expert.inference.hypotheses import telling_values
from tests.strategies import cases, is_askable, knowledge_bases, model_of

ATTRIBUTES = {
    "colour": {"choices": ["red", "green", "blue"]},
    "size": {"question": "How large?", "choices": ["small", "middle", "large"]},
    "share": {"question": "Which share?", "number": {"at_least": 0, "at_most": 1}},
    "warm": {"question": "Warm?"},
    "shape": {"choices": ["round", "square"]},
}
RULES = {
    "small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.5}}},
    "large": {"if": {"size": "large"}, "then": {"shape": "round"}},
    "round": {"if": {"shape": "round"}, "then": {"colour": {"green": 0.7}}},
    "little": {"if": {"share": {"less_than": 0.5}}, "then": {"colour": {"green": 0.6}}},
    "warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.1, "blue": 0.1}}},
}


def build(rules=RULES, **colour):
    attributes = ATTRIBUTES | {"colour": ATTRIBUTES["colour"] | colour}
    return KnowledgeBase(
        model_of({"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules})
    )


def decisive(knowledge_base, given):
    found = Decisive(knowledge_base.consult(given)).questions()
    return {question.attribute.name: dict(question.answers) for question in found}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"size": {"small": "red", "large": "green"}, "share": {0: "green"}}),
        ({"size": "small"}, {"share": {0: "green"}}),
        ({"size": "large"}, {}),
        ({"size": "middle"}, {"share": {0: "green"}}),
        ({"share": 0.2}, {}),
        ({"share": 0.7}, {"size": {"small": "red", "large": "green"}}),
        ({"share": {"value": 0.2, "certainty": 0.8}}, {"size": {"small": "red"}}),
        ({"share": {"value": 0.2, "certainty": 0.9}, "size": "small"}, {"warm": {"yes": "red"}}),
        (
            {"size": {"value": "small", "certainty": 0}},
            {"size": {"small": "red", "large": "green"}, "share": {0: "green"}},
        ),
    ],
)
def test_decisive_answers_lead_to_another_recommendation(given, expected):
    assert decisive(build(), given) == expected


def test_questions_come_in_the_order_of_the_file_and_answers_in_that_of_the_choices():
    knowledge_base = build()
    found = list(Decisive(knowledge_base.consult({})).questions())
    assert [question.attribute for question in found] == [
        knowledge_base.attributes["size"], knowledge_base.attributes["share"],
    ]  # fmt: skip
    assert found[0].answers == (("small", "red"), ("large", "green"))


def test_an_answer_that_only_breaks_the_recommendation_is_not_listed():
    rules = {
        "small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.5}}},
        "veto": {"if": {"warm": "yes"}, "then": {"colour": {"red": -1}}},
        "tie": {"if": {"share": 1}, "then": {"colour": {"green": 0.5}}},
    }
    assert decisive(build(rules), {"size": "small"}) == {}


def test_an_answer_that_leaves_the_default_is_listed():
    rules = {
        "small": {"if": {"size": "small"}, "then": {"colour": {"red": 0.5}}},
        "veto": {"if": {"warm": "yes"}, "then": {"colour": {"red": -1}}},
        "default": {"if": {"share": 1}, "then": {"colour": {"blue": 0.3}}},
    }
    knowledge_base = build(rules, otherwise="blue")
    assert decisive(knowledge_base, {"size": "small"}) == {"warm": {"yes": "blue"}}
    assert decisive(knowledge_base, {}) == {"size": {"small": "red"}}


def test_a_tie_is_decided_by_either_candidate():
    rules = {
        "both": {"if": {"size": "small"}, "then": {"colour": ["red", "green"]}, "certainty": 0.5},
        "warm": {"if": {"warm": "yes"}, "then": {"colour": {"red": 0.1}}},
        "cold": {"if": {"warm": "no"}, "then": {"colour": {"green": 0.1}}},
    }
    assert decisive(build(rules), {"size": "small"}) == {"warm": {"yes": "red", "no": "green"}}


def test_the_goal_itself_may_be_decisive():
    assert decisive(build({}, question="Which?"), {}) == {"colour": {"red": "red", "green": "green", "blue": "blue"}}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_decisive_questions_are_all_those_and_only_those_that_change_the_recommendation(data):
    drawn = data.draw(knowledge_bases())
    facts = {name: fact for name, fact in data.draw(cases(drawn)).items() if data.draw(st.booleans())}
    knowledge_base = KnowledgeBase(model_of(drawn))
    now = knowledge_base.consult(facts)
    expected = {}
    for name, attribute in knowledge_base.attributes.items():
        if is_askable(drawn, name) and name not in now.certainties:
            for value in telling_values(knowledge_base.model, attribute):
                then = knowledge_base.consult(facts | {name: value}).recommendation
                if then not in (None, now.recommendation):
                    expected.setdefault(name, {})[value] = then
    assert decisive(knowledge_base, facts) == expected
