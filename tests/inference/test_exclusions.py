"""Premises whose tests exclude one another are found, and no others."""

import pytest

from expert.inference.exclusions import Exclusions
from tests.strategies import model_of

ATTRIBUTES = {
    "goal": {"choices": ["red", "green"]},
    "size": {"question": "?", "number": {"at_least": 0}},
    "rooms": {"question": "?", "number": {"integer": True}},
    "shape": {"question": "?", "choices": ["round", "flat"]},
    "server": {"question": "?"},
    "kind": {"question": "?", "choices": ["rack", "tower"], "ask_if": {"server": True}},
    "deep": {"question": "?", "ask_if": {"kind": "rack"}},
    "screen": {"question": "?", "ask_if": {"server": False}},
    "self": {"question": "?", "ask_if": {"other": "unknown"}},
    "other": {"question": "?", "ask_if": {"self": "unknown"}},
    "usual": {"question": "?", "ask_if": {"server": True}, "otherwise": True},
    "derived": {"choices": ["low", "high"]},
}


def found(premise):
    """Find what excludes a premise: the attribute, and the questions whose conditions it rests on."""
    rules = {"rule": {"if": premise, "then": {"goal": "red"}}, "other": {"if": {"size": 1}, "then": {"derived": "low"}}}
    model = model_of({"knowledge_base": "test", "goal": "goal", "attributes": ATTRIBUTES, "rules": rules})
    exclusion = Exclusions(model).found.get(model.rules[0].premise)
    return exclusion and (exclusion.attribute, sorted(exclusion.gates), sorted(exclusion.rests_on))


@pytest.mark.parametrize(
    ("premise", "attribute"),
    [
        ({"size": {"more_than": 5, "less_than": 3}}, "size"),
        ({"rooms": {"more_than": 2, "less_than": 3}}, "rooms"),
        ([{"size": "unknown"}, {"size": {"at_least": 3}}], "size"),
        ([{"shape": {"not": "round"}}, {"shape": {"not": "flat"}}], "shape"),
        ([{"any": [{"size": {"less_than": 2}}, {"size": {"more_than": 8}}]}, {"size": 5}], "size"),
        ({"at_least": 2, "of": [{"size": {"less_than": 2}}, {"size": {"more_than": 8}}, {"size": 5}]}, "size"),
    ],
)
def test_tests_of_one_attribute_exclude_one_another(premise, attribute):
    assert found(premise) == (attribute, [], [attribute])


@pytest.mark.parametrize(
    ("premise", "exclusion"),
    [
        ({"server": False, "kind": "rack"}, ("server", ["kind"], ["kind", "server"])),
        ({"server": "unknown", "kind": "rack"}, ("server", ["kind"], ["kind", "server"])),
        ({"server": False, "deep": True}, ("server", ["deep"], ["deep", "kind", "server"])),
        ({"kind": "rack", "screen": True}, ("server", ["kind", "screen"], ["kind", "screen", "server"])),
    ],
)
def test_the_condition_of_a_question_excludes_what_shuts_it(premise, exclusion):
    assert found(premise) == exclusion


@pytest.mark.parametrize(
    "premise",
    [
        {"size": {"more_than": 3, "less_than": 5}},
        {"rooms": {"more_than": 2, "less_than": 4}},
        [{"derived": "low"}, {"derived": "high"}],  # both may be concluded
        {"server": True, "kind": "rack"},
        {"server": False, "kind": "unknown"},
        {"server": False, "usual": True},  # by default
        {"any": [{"server": False}, {"kind": "rack"}]},
        {"self": True, "other": "unknown"},
        {"at_least": 2, "of": [{"size": {"less_than": 2}}, {"size": {"more_than": 8}}, {"shape": "round"}]},
    ],
)
def test_other_tests_do_not(premise):
    assert found(premise) is None
