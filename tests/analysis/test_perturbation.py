"""Certainties that move: points are consultations, and bounds and slopes are never too narrow."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expert import KnowledgeBase
from expert.analysis.gradients import gradient_bounds
from expert.analysis.perturbation import Perturbation
from expert.inference.intervals import Interval
from tests.examples import examples
from tests.strategies import CONSTRUCTS, cases, knowledge_bases, model_of

RULES = {
    "hot": {"if": {"a": "yes"}, "then": {"hot": {"yes": 0.8}}},
    "red": {"if": {"hot": "yes"}, "then": {"colour": {"red": 0.5}}},
    "red-too": {"if": {"b": "yes"}, "then": {"colour": {"red": 0.4}}},
    "green": {"if": {"hot": {"not": "yes"}}, "then": {"colour": {"green": 0.5}}},
    "never": {"if": {"b": "no"}, "then": {"colour": {"red": 1}}},
    "apart": {"if": {"a": "yes"}, "then": {"apart": {"yes": 1}}},
}
ATTRIBUTES = {
    "colour": {"choices": ["red", "green"]},
    "a": {"question": "?"},
    "b": {"question": "?"},
    "hot": {},
    "apart": {},
}
RED = ("colour", "red")


def perturbation(given, rules=RULES):
    data = {"knowledge_base": "test", "goal": "colour", "attributes": ATTRIBUTES, "rules": rules}
    knowledge_base = KnowledgeBase(model_of(data))
    return Perturbation(knowledge_base.model, knowledge_base.consult(given).given)


def points(values):
    return [Interval(value, value) for value in values]


def test_only_certainties_that_can_matter_are_variables():
    found = perturbation({"a": "yes", "b": "yes"})
    names = [found.model.rules[variable.rule].name for variable in found.variables]
    assert names == ["hot", "red", "red-too", "green"]
    assert [variable.certainty for variable in found.variables] == [0.8, 0.5, 0.4, 0.5]
    assert found.upstream(RED) == {0, 1, 2}
    assert found.upstream(("hot", "yes")) == {0}


def test_bounds_and_slopes_follow_by_hand():
    found = perturbation({"a": "yes", "b": "yes"})
    box = [Interval(0.6, 0.8), Interval(0.5, 0.5), Interval(0.4, 0.4), Interval(0.5, 0.5)]
    bounded = found.bound(box)
    assert bounded.of(("hot", "yes")) == (0.6, 0.8)
    # 1 - (1 - 0.5 × hot) × (1 - 0.4)
    assert bounded.of(RED) == pytest.approx((0.58, 0.64))
    hot, red, red_too, green = gradient_bounds(found, box, bounded, {RED: 1.0})
    assert hot == pytest.approx((0.5 * 0.6, 0.5 * 0.6))
    assert red == pytest.approx((0.6 * 0.6, 0.8 * 0.6))
    assert red_too == pytest.approx((1 - 0.4, 1 - 0.3))
    assert green == (0, 0)


def test_a_rule_that_may_or_may_not_hold_makes_a_jump():
    found = perturbation({"a": "yes", "b": "yes"})
    box = [Interval(0.1, 0.3), *points([0.5, 0.4, 0.5])]
    hot, *_ = gradient_bounds(found, box, found.bound(box), {RED: 1.0})
    assert hot == (0, math.inf)


def test_caps_restrict_what_follows():
    found = perturbation({"a": "yes", "b": "yes"})
    box = [Interval(0.1, 0.3), *points([0.5, 0.4, 0.5])]
    bounded = found.bound(box, {("hot", "yes"): Interval(0.25, 1.0)})
    assert bounded.of(("hot", "yes")) == (0.25, 0.3)
    assert list(bounded.binding) == [("hot", "yes")]
    assert found.bound(box, {("hot", "yes"): Interval(0.0, 1.0)}).binding == {}
    assert found.bound(box, {("hot", "yes"): Interval(0.4, 1.0)}) is None


def with_certainties(knowledge_base, found, point):
    """Write the knowledge base with these values of the variables."""
    moved = {variable[:2]: value for variable, value in zip(found.variables, point, strict=True)}
    rules = [
        replace(
            rule,
            conclusions=tuple(
                conclusion._replace(certainty=moved.get((index, conclusion[:2]), conclusion.certainty))
                for conclusion in rule.conclusions
            ),
        )
        for index, rule in enumerate(knowledge_base.rules)
    ]
    return KnowledgeBase(replace(knowledge_base.model, rules=tuple(rules)))


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_points_are_consultations_and_bounds_and_slopes_hold_them(data):
    drawn = data.draw(knowledge_bases(constructs=CONSTRUCTS))
    knowledge_base = KnowledgeBase(model_of(drawn))
    now = knowledge_base.consult(data.draw(cases(drawn)))
    found = Perturbation(knowledge_base.model, now.given)
    if not found.variables:
        return
    pick = random.Random(data.draw(st.integers(0, 99)))
    width = pick.choice((0.01, 0.1, 0.5))
    box = [Interval(max(v.certainty - width, -1), min(v.certainty + width, 1)) for v in found.variables]
    bounded = found.bound(box)
    goal = [(now.knowledge_base.goal, value) for value in now.knowledge_base.candidates]
    target = {pair: pick.choice((-1.0, 1.0)) for pair in goal}
    steep = gradient_bounds(found, box, bounded, target)

    def total(point):
        then = with_certainties(knowledge_base, found, point).consult(now.given)
        at = found.bound(points(point))
        for pair in goal:
            certainty = then.certainties.get(pair[0], {}).get(pair[1], 0.0)
            assert at.of(pair) == (certainty, certainty)
            assert bounded.of(pair).low - 1e-12 <= certainty <= bounded.of(pair).high + 1e-12
        return sum(weight * at.of(pair).low for pair, weight in target.items())

    for _ in range(4):
        point = [pick.uniform(*ends) for ends in box]
        which = pick.randrange(len(box))
        other = [*point[:which], pick.uniform(*box[which]), *point[which + 1 :]]
        step = other[which] - point[which]
        low, high = sorted((step * steep[which].low if step else 0.0, step * steep[which].high if step else 0.0))
        low, high = (0.0 if math.isnan(end) else end for end in (low, high))
        assert low - 1e-9 <= total(other) - total(point) <= high + 1e-9
