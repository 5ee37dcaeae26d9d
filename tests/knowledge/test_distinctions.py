"""What rules tell apart: one value for each effect, to be asked about, and to be given instead of what is given."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.knowledge.crossings import CaseRanges
from expert.knowledge.distinctions import alternatives, distinguishing_values
from expert.knowledge.model import Fact
from tests.examples import examples
from tests.strategies import cases, is_askable, knowledge_bases, model_of, values_of

CHOICES = {"question": "How?", "choices": ["low", "middle", "high"]}


def number(**limits):
    return {"question": "How many?", "number": limits}


def tell(declared, *tests, ask_if=None):
    """List the distinguishing values of an attribute that each of some rules tests in its own way."""
    attributes = {"colour": {"choices": ["red", "green"]}, "this": declared, "other": {"question": "Other?"}}
    if ask_if:
        attributes["other"]["ask_if"] = {"this": ask_if}
    rules = {f"rule{i}": {"if": {"this": test}, "then": {"colour": "red"}} for i, test in enumerate(tests)}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    model = model_of(data)
    return distinguishing_values(model, model.attributes["this"])


@pytest.mark.parametrize(
    ("tests", "distinguishing"),
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
def test_distinguishing_choices_are_those_that_tests_name(tests, distinguishing):
    assert tell(CHOICES, *tests) == distinguishing


@pytest.mark.parametrize(
    ("limits", "tests", "distinguishing"),
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
def test_distinguishing_numbers_are_those_that_tests_name_and_one_from_each_gap(limits, tests, distinguishing):
    assert tell(number(**limits), *tests) == distinguishing


def test_conditions_for_asking_tell_values_apart_too():
    assert tell(CHOICES, "low", ask_if="high") == ("low", "high")
    assert tell(number(), ask_if={"at_least": 3}) == (2, 3, 4)


def test_every_candidate_of_the_goal_is_a_distinguishing_value():
    attributes = {"colour": {"question": "Which?", "choices": ["red", "green"]}}
    model = model_of({"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": {}})
    assert distinguishing_values(model, model.attributes["colour"]) == ("red", "green")


@settings(max_examples=examples(50), deadline=None)
@given(st.data())
def test_every_other_value_has_the_effect_of_a_distinguishing_one_or_of_no_answer(data):
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

    distinguishing = distinguishing_values(knowledge_base.model, knowledge_base.attributes[name])
    assert set(distinguishing) <= {knowledge_base.attributes[name].read(str(value)) for value in distinguishing}
    effects = [effect(value) for value in (None, *distinguishing)]
    for value in values_of(drawn["attributes"][name]):
        assert effect(value) in effects, value


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
    return [
        (each.values, each.idle) for each in alternatives(model, model.attributes["n"], fact, CaseRanges(model, ()))
    ]


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
    assert alternatives(model, attribute, Fact("a", "p"), CaseRanges(model, ())) == [(("q", "r", None), False)]
    assert alternatives(model, attribute, Fact("a", "q"), CaseRanges(model, ())) == [
        (("p",), False),
        (("r", None), True),
    ]
    assert alternatives(model, attribute, None, CaseRanges(model, ())) == [(("p",), False), (("q", "r"), True)]
    data["rules"]["unknown"] = {"if": {"a": "unknown"}, "then": {"goal": "x"}}
    model = model_of(data)
    assert alternatives(model, attribute, Fact("a", "q"), CaseRanges(model, ())) == [
        (("p",), False),
        (("r",), True),
        ((None,), False),
    ]


@settings(max_examples=examples(60), deadline=None)
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

    listed = alternatives(
        knowledge_base.model, knowledge_base.attributes[name], fact, CaseRanges(knowledge_base.model, ())
    )
    effects = [{tuple(certainties(value).items()) for value in each.values} for each in listed]
    assert all(len(several) == 1 for several in effects)
    present = tuple({candidate.value: candidate.certainty for candidate in now.ranking}.items())
    assert all(effect == {present} for each, effect in zip(listed, effects, strict=True) if each.idle)
    for value in [*values_of(drawn["attributes"][name]), None]:
        assert tuple(certainties(value).items()) in {present, *set().union(*effects)}
