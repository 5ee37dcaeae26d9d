"""Slopes: the bounds of a derivative hold the true one, however it is rounded."""

import random
from fractions import Fraction
from math import prod

from expert import KnowledgeBase
from expert.analysis.gradients import gradient_bounds
from expert.analysis.perturbation import Perturbation
from expert.inference.intervals import Interval
from tests.strategies import model_of


def test_the_true_slope_lies_within_the_bounds_even_at_a_single_point():
    pick = random.Random(1)
    strictly_within = 0
    for _ in range(60):
        certainties = [round(pick.uniform(0.05, 0.95), 3) * pick.choice((1, 1, -1)) for _ in range(4)]
        attributes = {"colour": {"choices": ["red"]}, "a": {"question": "?"}}
        rules = {f"r{i}": {"if": {"a": "yes"}, "then": {"colour": {"red": cf}}} for i, cf in enumerate(certainties)}
        data = {"knowledge_base": "test", "goal": "colour", "attributes": attributes, "rules": rules}
        knowledge_base = KnowledgeBase(model_of(data))
        perturbation = Perturbation(knowledge_base.model, knowledge_base.consult({"a": "yes"}).given)
        box = [Interval(cf, cf) for cf in certainties]
        bounded = perturbation.bound(box)
        found = gradient_bounds(perturbation, box, bounded, {("colour", "red"): 1.0})
        for position, (low, high) in enumerate(found):
            true = true_slope(certainties, position)
            assert low <= true <= high
            assert high - low < 1e-9 * high
            strictly_within += low < true < high
    assert strictly_within == 240


def true_slope(certainties, position):
    """Differentiate (P - N) / (1 - min(P, N)) by one piece of evidence, without rounding."""
    exact = [Fraction(cf) for cf in certainties]
    support = prod(1 - cf for cf in exact if cf > 0)
    opposition = prod(1 + cf for cf in exact if cf <= 0)
    own = exact[position]
    if own > 0:
        others = support / (1 - own)
        # Where support outweighs, cf = 1 - S / O; else it is O / S - 1.
        return others / opposition if support <= opposition else opposition * others / support**2
    others = opposition / (1 + own)
    return others / support if opposition <= support else support * others / opposition**2
