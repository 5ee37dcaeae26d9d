"""Alternatives: every other value, grouped by effect; of numbers the nearest of each effect."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.analysis.alternatives import alternatives
from expert.knowledge.model import Fact
from tests.strategies import cases, is_askable, knowledge_bases, model_of, values_of

RULES = {
    "low": {"if": {"n": {"less_than": 10}}, "then": {"goal": {"x": 0.5}}},
    "high": {"if": {"n": {"more_than": 20}}, "then": {"goal": {"y": 0.5}}},
}


def groups(number, given=None, rules=RULES, certainty=1.0):
    model = model_of(
        {
            "knowledge_base": "test", "goal": "goal", "rules": rules,
            "attributes": {"goal": {"choices": ["x", "y"]}, "n": {"question": "?", "number": number}},
        }
    )  # fmt: skip
    fact = None if given is None else Fact("n", given, certainty)
    return [(each.values, each.idle) for each in alternatives(model, model.attributes["n"], fact)]


@pytest.mark.parametrize(
    ("number", "given", "expected"),
    [
        ({"integer": True}, 15, [((9,), False), ((21,), False), ((None,), True)]),
        ({"integer": True}, 3, [((10, None), False), ((21,), False)]),
        ({"integer": True}, None, [((9,), False), ((10,), True), ((21,), False)]),
        ({"integer": True, "at_least": 12}, 15, [((21,), False), ((None,), True)]),
        ({"integer": True, "at_most": 20}, None, [((9,), False), ((10,), True)]),
        ({}, 15, [((9.99,), False), ((20.01,), False), ((None,), True)]),
        ({}, 3.5, [((10, None), False), ((20.01,), False)]),
        ({}, 30, [((9.99,), False), ((20, None), False)]),
        ({"at_most": 20.001}, 15, [((9.99,), False), ((20.0001,), False), ((None,), True)]),
        ({"at_least": 9.995}, 15, [((9.999,), False), ((20.01,), False), ((None,), True)]),
    ],
)
def test_numbers_move_to_the_nearest_across_a_bound(number, given, expected):
    assert groups(number, given) == expected


def test_a_number_in_doubt_can_become_certain():
    assert groups({}, 15, certainty=0.5) == [((9.99,), False), ((15, None), False), ((20.01,), False)]


def test_a_number_that_no_rule_reads_has_no_alternative_but_to_be_withdrawn():
    assert groups({}, 15, rules={}) == [((None,), True)]
    assert groups({"at_least": 2}, None, rules={}) == [((2,), True)]


def test_numbers_that_rules_single_out_are_told_apart():
    rules = {"one": {"if": {"n": 1}, "then": {"goal": "x"}}, "not": {"if": {"n": {"not": 0}}, "then": {"goal": "y"}}}
    assert groups({}, 5, rules=rules) == [((0, None), False), ((1,), False)]


def test_choices_of_the_same_effect_are_together():
    data = {
        "knowledge_base": "test", "goal": "goal",
        "attributes": {"goal": {"choices": ["x"]}, "a": {"question": "?", "choices": ["p", "q", "r"]}},
        "rules": {"p": {"if": {"a": "p"}, "then": {"goal": "x"}}},
    }  # fmt: skip
    model = model_of(data)
    attribute = model.attributes["a"]
    assert alternatives(model, attribute, Fact("a", "p")) == [(("q", "r", None), False)]
    assert alternatives(model, attribute, Fact("a", "q")) == [(("p",), False), (("r", None), True)]
    assert alternatives(model, attribute, None) == [(("p",), False), (("q", "r"), True)]
    data["rules"]["unknown"] = {"if": {"a": "unknown"}, "then": {"goal": "x"}}
    model = model_of(data)
    assert alternatives(model, attribute, Fact("a", "q")) == [(("p",), False), (("r",), True), ((None,), False)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_value_has_the_effect_of_an_alternative_or_of_what_is_given(data):
    drawn = data.draw(knowledge_bases())
    case = data.draw(cases(drawn))
    name = data.draw(st.sampled_from([name for name in drawn["attributes"] if is_askable(drawn, name)]))
    knowledge_base = KnowledgeBase(model_of(drawn))
    now = knowledge_base.consult(case)
    fact = next((fact for fact in now.given if fact.attribute == name), None)

    def certainties(value):
        found = knowledge_base.consult(case | {name: value}).ranking
        return {candidate.value: candidate.certainty for candidate in found}

    listed = alternatives(knowledge_base.model, knowledge_base.attributes[name], fact)
    effects = [{tuple(certainties(value).items()) for value in each.values} for each in listed]
    assert all(len(several) == 1 for several in effects)
    present = tuple({candidate.value: candidate.certainty for candidate in now.ranking}.items())
    assert all(effect == {present} for each, effect in zip(listed, effects, strict=True) if each.idle)
    for value in [*values_of(drawn["attributes"][name]), None]:
        assert tuple(certainties(value).items()) in {present, *set().union(*effects)}
