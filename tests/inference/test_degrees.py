"""The degree of each test and group, and the facts that make a premise hold."""

import pytest

from expert.inference.degrees import degree_of, matched_facts
from expert.knowledge.rules import AllOf, AnyOf, Compare, Is, IsNot, Known, Unknown, negate

KNOWN = {
    "size": {"small": 0.8, "large": -0.3},
    "speed": {"high": -0.6},
    "count": {7: 0.9},
    "counts": {3: 0.5, 12: 0.7, 20: -0.4},
    "zero": {"balanced": 0.0},
    "even": {"a": 0.5, "b": 0.5, "c": 0.4},
}


@pytest.mark.parametrize(
    ("test", "degree"),
    [
        # = v: the certainty factor, floored at 0
        (Is("size", "small"), 0.8),
        (Is("size", "large"), 0.0),
        (Is("size", "middle"), 0.0),
        (Is("speed", "high"), 0.0),
        (Is("count", 7), 0.9),
        (Is("count", 7.0), 0.9),
        (Is("count", 8), 0.0),
        (Is("zero", "balanced"), 0.0),
        (Is("missing", "x"), 0.0),
        # not v: the strongest support for another value, or the evidence against v
        (IsNot("size", "small"), 0.0),
        (IsNot("size", "large"), 0.8),
        (IsNot("size", "middle"), 0.8),
        (IsNot("speed", "high"), 0.6),
        (IsNot("speed", "low"), 0.0),
        (IsNot("count", 7), 0.0),
        (IsNot("count", 8), 0.9),
        (IsNot("counts", 12), 0.5),
        (IsNot("counts", 20), 0.7),
        (IsNot("zero", "balanced"), 0.0),
        (IsNot("zero", "other"), 0.0),
        (IsNot("missing", "x"), 0.0),
        # comparisons: the certainty factor of the number, if it satisfies them
        (Compare("count", "at_least", 7), 0.9),
        (Compare("count", "more_than", 7), 0.0),
        (Compare("count", "at_most", 7), 0.9),
        (Compare("count", "less_than", 7), 0.0),
        (Compare("count", "less_than", 7.5), 0.9),
        (Compare("counts", "at_least", 3), 0.7),
        (Compare("counts", "at_most", 3), 0.5),
        (Compare("counts", "at_least", 13), 0.0),
        (Compare("missing", "at_least", 0), 0.0),
        # unknown: no evidence of either sign
        (Unknown("missing"), 1.0),
        (Unknown("speed"), 0.0),
        (Unknown("zero"), 0.0),
        (Known("missing"), 0.0),
        (Known("speed"), 1.0),
        (Known("zero"), 1.0),
        # groups
        (AllOf((Is("size", "small"), Is("count", 7))), 0.8),
        (AllOf((Is("size", "small"), Is("size", "large"))), 0.0),
        (AnyOf((Is("size", "small"), Is("count", 7))), 0.9),
        (AnyOf((Is("size", "large"), Is("missing", "x"))), 0.0),
        (AnyOf((AllOf((Is("count", 7), Is("counts", 3))), Is("missing", "x"))), 0.5),
        (AllOf((AnyOf((Is("missing", "x"), Unknown("missing"))), IsNot("speed", "high"))), 0.6),
    ],
    ids=str,
)
def test_degree_of_a_premise(test, degree):
    assert degree_of(test)(KNOWN) == degree


@pytest.mark.parametrize(
    "test", [Is("a", "x"), IsNot("a", "x"), Compare("a", "at_least", 1), Compare("a", "less_than", 1)], ids=str
)
def test_neither_a_test_nor_its_negation_holds_of_what_is_unknown(test):
    assert degree_of(test)({}) == degree_of(negate(test))({}) == 0


@pytest.mark.parametrize(
    ("premise", "matched"),
    [
        (Is("size", "small"), [("size", "small", 0.8)]),
        (IsNot("size", "middle"), [("size", "small", 0.8)]),
        (IsNot("speed", "high"), [("speed", "high", -0.6)]),
        (IsNot("counts", 12), [("counts", 3, 0.5)]),
        (Compare("counts", "more_than", 3), [("counts", 12, 0.7)]),
        (Unknown("missing"), [("missing", None, 1.0)]),
        (Known("speed"), [("speed", None, 1.0)]),
        (AllOf((Is("size", "small"), Is("count", 7))), [("size", "small", 0.8), ("count", 7, 0.9)]),
        (AnyOf((Is("speed", "high"), Is("count", 7), Is("counts", 3))), [("count", 7, 0.9), ("counts", 3, 0.5)]),
        (
            AnyOf((AllOf((Is("count", 7), Is("speed", "high"))), AllOf((Is("count", 7), Unknown("missing"))))),
            [("count", 7, 0.9), ("missing", None, 1.0)],
        ),
    ],
    ids=str,
)
def test_facts_that_a_premise_matched(premise, matched):
    assert list(matched_facts(premise, KNOWN)) == matched


def test_of_equally_strong_facts_the_same_is_matched_in_any_order():
    reverse = {"even": dict(reversed(KNOWN["even"].items()))}
    assert list(matched_facts(IsNot("even", "c"), KNOWN)) == [("even", "a", 0.5)]
    assert list(matched_facts(IsNot("even", "c"), reverse)) == [("even", "a", 0.5)]
