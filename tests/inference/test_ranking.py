"""What certainty factors of the candidates recommend, and where they tie."""

import pytest

from expert.inference.ranking import TIE, answer_of, is_tied, leading
from tests.strategies import model_of

GOAL = {"choices": ["red", "green", "blue"]}


def model(**goal):
    return model_of({"knowledge_base": "test", "goal": "colour", "attributes": {"colour": GOAL | goal}, "rules": {}})


@pytest.mark.parametrize(
    ("certainties", "leaders", "answer"),
    [
        ({"green": 0.5, "blue": 0.4}, ("green",), ("green", "recommended")),
        ({"blue": 0.5, "green": 0.5 + TIE / 2}, ("green", "blue"), (None, "tie")),
        ({"blue": 0.5, "green": 0.5 + 2 * TIE}, ("green",), ("green", "recommended")),
        ({"red": 0.2}, (), (None, "undecided")),
        ({}, (), (None, "undecided")),
    ],
)
def test_leaders_and_the_answer_follow_from_the_certainty_factors(certainties, leaders, answer):
    assert leading(model(), certainties) == leaders
    assert answer_of(model(), certainties) == answer


def test_the_default_is_the_answer_where_no_candidate_exceeds_the_threshold():
    assert answer_of(model(otherwise="blue"), {"red": 0.2}) == ("blue", "default")


def test_a_difference_of_just_the_tolerance_is_a_tie():
    assert is_tied(TIE, 0.0)
    assert not is_tied(2 * TIE, 0.0)
