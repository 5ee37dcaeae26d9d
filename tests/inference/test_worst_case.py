"""Certainties that take the recommendation away: found, or surely none."""

import pytest

from expert import KnowledgeBase
from expert.inference.bounds import TIE, Interval
from expert.inference.movable import Movable
from expert.inference.worst_case import GivenUpError, WorstCase
from expert.knowledge.model import Fact
from tests.strategies import model_of

RULES = {
    "hot": {"if": {"a": "yes"}, "then": {"hot": {"yes": 0.9}}},
    "red": {"if": {"hot": "yes"}, "then": {"colour": {"red": 0.8}}},
    "green": {"if": {"hot": "yes"}, "then": {"colour": {"green": 0.5}}},
    "blue": {"if": {"a": "yes"}, "then": {"colour": {"blue": 0.1}}},
}
ATTRIBUTES = {"colour": {"choices": ["red", "green", "blue"]}, "a": {"question": "?"}, "hot": {}}


def worst_case(rules=RULES, **options):
    data = {"knowledge_base": "test", "goal": "colour", "attributes": ATTRIBUTES, "rules": rules}
    knowledge_base = KnowledgeBase(model_of(data))
    now = knowledge_base.consult({"a": "yes"})
    return WorstCase(Movable(knowledge_base.model, now.given), now.recommendation, **options)


def test_the_most_threatening_comes_first():
    # red 0.72, green 0.45, blue 0.1, the threshold at 0.2.
    assert worst_case().threats() == ["green", "blue", None]


def test_certainties_are_found_just_where_there_are_some():
    found = worst_case()
    assert found.find("green", 0.1499) is None
    point = found.find("green", 0.1501)
    assert found.recommended(point) == "green"
    assert point[1:3] == pytest.approx([0.8 - 0.1501, 0.5 + 0.1501])


def test_falling_to_the_threshold_is_a_threat():
    # (0.9 - δ)(0.8 - δ) = 0.2, where δ is about 0.4
    found = worst_case({name: RULES[name] for name in ("hot", "red")})
    assert found.find(None, 0.399) is None
    assert found.recommended(found.find(None, 0.401)) is None


@pytest.mark.parametrize(("short", "found"), [(0, True), (5e-13, True), (2e-12, False)])
def test_bounds_allow_for_the_rounding_of_sums(short, found):
    search = worst_case({"red": {"if": {"a": "yes"}, "then": {"colour": {"red": 0.8}}}})
    assert (search.find(None, 0.6 - TIE - short) is not None) == found


class RoundedDown(Movable):
    """Bounds that are too low by what sums may be rounded, except at a point."""

    def bound(self, box, caps=None):
        bounded = super().bound(box, caps)
        if bounded and any(ends.low < ends.high for ends in box):
            low, high = bounded.certainties["colour"]["green"]
            bounded.certainties["colour"]["green"] = Interval(low, high - 5e-13)
        return bounded


def test_a_tie_at_the_edge_is_found_though_bounds_are_rounded():
    now = ("red", 0.8), ("green", 0.5)
    rules = {name: {"if": {"a": "yes"}, "then": {"colour": {name: certainty}}} for name, certainty in now}
    data = {"knowledge_base": "test", "goal": "colour", "attributes": ATTRIBUTES, "rules": rules}
    search = WorstCase(RoundedDown(model_of(data), (Fact("a", "yes"),)), "red")
    assert search.find("green", 0.15 - TIE / 2 + 1e-13) is not None


def test_a_search_is_given_up_when_it_takes_too_much_work():
    with pytest.raises(GivenUpError):
        worst_case(work=3).find("green", 0.15)
