"""When questions may be put: after those that tell whether they are put at all."""

import pytest

from expert.knowledge.model import Fact
from expert.open_questions.gates import Gates
from tests.strategies import model_of


def gates_of(questions, rules=()):
    """Make yes/no questions, each with its condition or None, and rules of a premise and what it concludes."""
    attributes = {"goal": {"choices": ["red", "green"]}}
    for name, ask_if in questions.items():
        attributes[name] = {"question": "Yes?"} | ({"ask_if": ask_if} if ask_if else {})
    named = {f"rule{i}": {"if": premise, "then": then} for i, (premise, then) in enumerate(rules)}
    return Gates(model_of({"knowledge_base": "test", "goal": "goal", "attributes": attributes, "rules": named}))


def state(gates, **answers):
    """Give the questions that are ready and those that wait after these answers; None is not known."""
    facts = [Fact(name, value) for name, value in answers.items() if value]
    found = gates.possible(facts, answers)
    return list(found.ready), list(found.waiting)


def test_questions_without_a_condition_are_ready():
    assert state(gates_of({"a": None, "b": None}), b="yes") == (["a"], [])


def test_a_condition_waits_for_the_answer_that_it_tests():
    gates = gates_of({"a": {"b": "yes"}, "b": None})
    assert state(gates) == (["b"], ["a"])
    assert state(gates, b="yes") == (["a"], [])
    assert state(gates, b="no") == ([], [])
    assert state(gates, b=None) == ([], [])


def test_unknown_holds_only_once_it_has_been_asked():
    gates = gates_of({"a": {"b": "unknown"}, "b": None})
    assert state(gates) == (["b"], ["a"])
    assert state(gates, b=None) == (["a"], [])
    assert state(gates, b="no") == ([], [])


def test_a_condition_that_holds_already_waits_for_nothing():
    gates = gates_of({"a": {"any": [{"b": "yes"}, {"c": "yes"}]}, "b": None, "c": None})
    assert state(gates, c="yes") == (["a", "b"], [])


def test_conditions_wait_through_other_conditions():
    gates = gates_of({"a": {"b": "yes"}, "b": {"c": "yes"}, "c": None})
    assert state(gates) == (["c"], ["a", "b"])
    assert state(gates, c="no") == ([], [])
    assert gates.levels == {"b": 1, "a": 2}


def test_conditions_wait_through_rules():
    attributes = {"goal": {"choices": ["red"]}, "between": {}, "a": {"question": "A?", "ask_if": {"between": "yes"}}}
    attributes["b"] = {"question": "B?"}
    rules = {"rule": {"if": {"b": "yes"}, "then": {"between": "yes"}}}
    data = {"knowledge_base": "test", "goal": "goal", "attributes": attributes, "rules": rules}
    gates = Gates(model_of(data))
    assert state(gates) == (["b"], ["a"])
    assert state(gates, b="yes") == (["a"], [])


def test_a_derived_attribute_is_asked_only_where_its_rules_leave_it_unknown():
    gates = gates_of({"d": None, "a": None}, [({"a": "yes"}, {"d": "yes"})])
    assert state(gates) == (["a"], ["d"])
    assert state(gates, a="yes") == ([], [])
    assert state(gates, a="no") == (["d"], [])
    assert gates.levels == {"d": 1}


def test_a_question_comes_before_one_that_waits_for_it_though_that_one_could_derive_it():
    gates = gates_of({"many": {"size": "unknown"}, "size": None}, [({"many": "yes"}, {"size": "yes"})])
    assert state(gates) == (["size"], ["many"])
    assert state(gates, size=None) == (["many"], [])
    assert state(gates, size="no") == ([], [])


def test_conditions_that_wait_for_one_another_are_judged_by_what_is_known():
    gates = gates_of({"a": {"b": "unknown"}, "b": {"a": "unknown"}})
    ready, _ = state(gates)
    assert ready
    assert state(gates, a="yes") == ([], [])
    assert state(gates, a=None)[0] == ["b"]


def test_conditions_that_only_one_another_could_open_are_never_put():
    assert state(gates_of({"a": {"b": "yes"}, "b": {"a": "yes"}})) == ([], [])


def test_a_condition_on_the_question_itself_counts_as_it_is_before_the_answer():
    assert state(gates_of({"a": {"a": "unknown"}})) == (["a"], [])
    assert state(gates_of({"a": {"a": "yes"}})) == ([], [])


def test_questions_of_which_only_one_opens_another_are_possible_one_after_the_other():
    gates = gates_of({"a": {"any": [{"b": "yes"}, {"c": "yes"}]}, "b": {"a": "yes"}, "c": None})
    assert state(gates) == (["c"], ["a", "b"])
    assert state(gates, c="no") == ([], [])  # though a and b could open one another


def fitting(gates, given=(), **answers):
    """Give the answers that stay; None is not known."""
    facts = {name: Fact(name, value) if value else None for name, value in answers.items()}
    return gates.fitting([Fact(name, "yes") for name in given], facts)


@pytest.mark.parametrize(
    ("answers", "stay"),
    [
        ({"a": "yes", "b": "yes", "c": "yes"}, "abc"),
        ({"a": "no", "b": "yes", "c": "yes"}, "a"),
        ({"b": "yes", "c": "yes", "a": "no"}, "a"),
        ({"c": "yes", "b": "no", "a": "yes"}, "ab"),
        ({"a": None, "b": "yes"}, "a"),
        ({"a": "no", "b": None}, "a"),
        ({"b": "yes"}, "b"),  # a may still be answered with yes
        ({"c": "yes", "b": "no"}, "b"),
        ({"c": "yes", "a": "no"}, "a"),  # b will never be put
    ],
)
def test_answers_stay_whose_questions_would_be_put_beside_the_others(answers, stay):
    assert fitting(gates_of({"a": None, "b": {"a": "yes"}, "c": {"b": "yes"}}), **answers) == {*stay}


def test_what_is_given_opens_and_shuts_too():
    gates = gates_of({"a": None, "b": {"a": "yes"}, "c": {"a": "unknown"}})
    assert fitting(gates, given="a", b="yes", c="yes") == {"b"}


def test_answers_do_not_stay_because_they_open_one_another():
    gates = gates_of({"a": {"any": [{"b": "yes"}, {"c": "yes"}]}, "b": {"a": "yes"}, "c": None})
    assert fitting(gates, a="yes", b="yes", c="no") == {"c"}
    assert fitting(gates, a="yes", b="yes", c="yes") == {"a", "b", "c"}


def test_where_the_order_counts_the_first_answer_stays():
    gates = gates_of({"a": {"b": "unknown"}, "b": {"a": "unknown"}})
    assert fitting(gates, b="yes", a="yes") == {"b"}
    assert fitting(gates, a="yes", b="yes") == {"a"}


ATTRIBUTES = {"goal": {"choices": ["red", "green"]}, "between": {}, "dead": {}, **{n: {"question": "?"} for n in "abc"}}
RULES = [
    ({"a": "yes"}, {"between": "yes"}),
    ({"between": "yes"}, {"goal": {"red": 0.1}}),
    ({"dead": "yes", "b": "yes"}, {"goal": {"green": 0.5}}),
]


@pytest.mark.parametrize(
    ("rules", "conditions", "given", "open_ones"),
    [
        (RULES, {}, {}, "a"),  # b is read by a rule that can never fire, c by none; a only moves certainties
        (RULES[1:], {}, {}, ""),
        (RULES, {"a": {"c": "yes"}}, {}, "ac"),
        (RULES, {"b": {"c": "yes"}}, {}, "a"),
        (RULES, {"a": {"c": "yes"}}, {"c": "no"}, ""),
        (RULES, {"a": {"dead": "yes"}}, {}, ""),
        ([*RULES, ({"b": "yes"}, {"a": "no"})], {}, {}, "ab"),  # b may shut a
        ([*RULES, ({"b": "yes"}, {"between": {"no": 0.3}})], {}, {}, "a"),  # nothing tests that it is no
        ([({"any": [{"a": "yes"}, {"b": "yes"}]}, {"goal": "red"})], {}, {"a": "yes"}, ""),
    ],
)
def test_a_question_is_open_only_where_something_can_still_read_its_answer(rules, conditions, given, open_ones):
    attributes = {n: about | ({"ask_if": conditions[n]} if n in conditions else {}) for n, about in ATTRIBUTES.items()}
    named = {f"rule{i}": {"if": premise, "then": then} for i, (premise, then) in enumerate(rules)}
    gates = Gates(model_of({"knowledge_base": "test", "goal": "goal", "attributes": attributes, "rules": named}))
    facts = [Fact(name, value) for name, value in given.items()]
    assert gates.open_questions(facts, given).all == {*open_ones}
