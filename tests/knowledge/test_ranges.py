"""Ranges: numbers that rules do not tell apart, and the ends that matter."""

from math import inf

import pytest

from expert.knowledge.model import Number
from expert.knowledge.ranges import Range, Ranges
from tests.strategies import model_of


def ranges(*tests, number=None):
    attributes = {"colour": {"choices": ["red"]}, "n": {"question": "?", "number": number or {}}}
    rules = {f"r{i}": {"if": {"n": test}, "then": {"colour": "red"}} for i, test in enumerate(tests)}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
    model = model_of(data)
    return Ranges(model, model.attributes["n"])


@pytest.mark.parametrize(
    ("tests", "value", "expected"),
    [
        ([], 3, Range(-inf, inf)),
        ([{"at_least": 3}], 3, Range(3, inf, has_low=True)),
        ([{"at_least": 3}], 2.9, Range(-inf, 3)),
        ([{"more_than": 3}], 3, Range(-inf, 3, has_high=True)),
        ([{"more_than": 3}], 4, Range(3, inf)),
        ([{"at_least": 3}, {"at_most": 3}], 3, Range(3, 3, True, True)),
        ([{"less_than": 3}, {"at_most": 7}], 5, Range(3, 7, True, True)),
        ([{"at_least": 3}, {"less_than": 3}], 9, Range(3, inf, has_low=True)),
        ([4], 4, Range(4, 4, True, True)),
        ([4, {"at_least": 2}], 3, Range(2, 4, has_low=True)),
        ([{"not": 4}], 5, Range(4, inf)),
        (["unknown"], 5, Range(-inf, inf)),
    ],
)
def test_a_range_goes_to_where_rules_tell_numbers_apart(tests, value, expected):
    assert ranges(*tests).of(value) == expected


def test_numbers_on_both_sides_of_one_that_is_singled_out_have_the_same_effect():
    found = ranges({"not": 4}, {"at_least": 10})
    assert found.effect(3) == found.effect(5) != found.effect(4)
    assert found.effect(5) != found.effect(10) == found.effect(11)


@pytest.mark.parametrize(
    ("number", "found", "expected"),
    [
        ({"at_least": 0}, Range(-inf, 10), Range(-inf, 10)),
        ({"at_least": 0}, Range(0, 10, has_low=True), Range(-inf, 10)),
        ({"at_least": 0}, Range(0, 10), Range(0, 10)),
        ({"at_most": 1}, Range(0.5, 1, True, True), Range(0.5, inf, has_low=True)),
        ({"at_most": 1}, Range(1, inf, has_low=True), Range(1, 1, True, True)),
        ({"at_least": 2, "at_most": 3}, Range(-inf, inf), Range(-inf, inf)),
        ({"integer": True}, Range(5, 7), Range(6, 6, True, True)),
        ({"integer": True}, Range(5, 8), Range(5, 8)),
        ({"integer": True}, Range(2.5, 4), Range(3, 3, True, True)),
        ({"integer": True, "at_least": 0}, Range(-inf, 1), Range(0, 0, True, True)),
    ],
)
def test_ends_that_an_attribute_makes_idle_are_left_out(number, found, expected):
    assert found.among(Number(**number)) == expected
