"""Certainties that take the recommendation away: found, or surely none."""

import pytest

from expert import KnowledgeBase
from expert.analysis.perturbation import Perturbation
from expert.analysis.worst_case import GivenUpError, WorstCase
from expert.inference.intervals import Interval
from expert.inference.ranking import TIE
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
    return WorstCase(Perturbation(knowledge_base.model, now.given), now.recommendation, **options)


def test_the_most_threatening_comes_first():
    # red 0.72, green 0.45, blue 0.1, the threshold at 0.2.
    assert worst_case().threats() == ["green", "blue", None]


def test_certainties_are_found_just_where_there_are_some():
    found = worst_case()
    assert found.find("green", 0.1499) is None
    point = found.find("green", 0.1501)
    assert found.answer(point).recommendation == "green"
    assert point[1:3] == pytest.approx([0.8 - 0.1501, 0.5 + 0.1501])


def test_falling_to_the_threshold_is_a_threat():
    # (0.9 - δ)(0.8 - δ) = 0.2, where δ is about 0.4
    found = worst_case({name: RULES[name] for name in ("hot", "red")})
    assert found.find(None, 0.399) is None
    assert found.answer(found.find(None, 0.401)).recommendation is None


@pytest.mark.parametrize(("short", "found"), [(0, True), (5e-13, True), (2e-12, False)])
def test_bounds_allow_for_the_rounding_of_sums(short, found):
    search = worst_case({"red": {"if": {"a": "yes"}, "then": {"colour": {"red": 0.8}}}})
    assert (search.find(None, 0.6 - TIE - short) is not None) == found


class RoundedDown(Perturbation):
    """Bounds that are too low by what sums may be rounded, except at a point."""

    def bound(self, box, caps=None):
        bounded = super().bound(box, caps)
        if bounded and any(ends.low < ends.high for ends in box):
            low, high = bounded.now.certainties["colour"]["green"]
            bounded.now.certainties["colour"]["green"] = Interval(low, high - 5e-13)
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


def near(**certainties):
    """Conclude colours from one answer with these certainties: red leads."""
    rules = {colour: {"if": {"a": "yes"}, "then": {"colour": {colour: cf}}} for colour, cf in certainties.items()}
    return worst_case(rules)


@pytest.mark.parametrize(("short_of", "is_found"), [(0.45e-9, True), (0.55e-9, False)])
def test_a_tie_is_a_threat_as_soon_as_it_counts_as_one(short_of, is_found):
    # 0.5 - δ and 0.3 + δ meet at 0.1, and are tied when they are within 1e-9.
    found = near(red=0.5, green=0.3)
    point = found.find("green", 0.1 - short_of)
    assert (point is not None) == is_found
    assert point is None or found.answer(point).recommendation is None


@pytest.mark.parametrize(("short_of", "is_found"), [(0.45e-9, True), (0.55e-9, False)])
def test_a_candidate_just_below_the_threshold_ties_with_one_just_above(short_of, is_found):
    # Both come to 0.2, the threshold: red from above, green from below.
    found = near(red=0.5, green=-0.1)
    point = found.find("green", 0.3 - short_of)
    assert (point is not None) == is_found
    assert point is None or found.answer(point).recommendation is None


@pytest.mark.parametrize(
    ("short_of", "is_found"), [(0.9e-9, True), (1e-9 + 5e-13, True), (1e-9 + 5e-12, False), (1.5e-9, False)]
)
def test_at_the_threshold_a_tie_and_the_rounding_of_sums_are_allowed_for(short_of, is_found):
    assert (near(red=0.5).find(None, 0.3 - short_of) is not None) == is_found


def test_what_bounds_alone_call_safe_is_safe():
    for found in (worst_case(), near(red=0.5, green=0.3, blue=-0.2), near(red=0.9)):
        threats = found.threats()
        delta = found.safe(threats, 2.0)
        assert delta > 0.01
        assert all(found.find(threat, delta) is None for threat in threats)
    assert near(red=0.5, green=0.3).safe(["green"], 2.0) == pytest.approx(0.1, abs=2e-6)
