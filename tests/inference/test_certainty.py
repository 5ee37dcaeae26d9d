"""The calculus of certainty factors: EMYCIN's numbers, and the laws that make their order unimportant."""

from fractions import Fraction
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expert.inference.certainty import certainty_factor, complements, is_contradiction

ROUNDING = 2e-15
strengths = st.floats(0, 1)
pieces_of_evidence = st.lists(st.floats(-1, 1) | st.sampled_from((1.0, -1.0, 0.9, -0.9)), max_size=8)
decimals = st.integers(-1000, 1000).map(lambda thousandths: thousandths / 1000)


def plus(p, q):
    """Add two supports."""
    return certainty_factor([p, q])


def emycin(a, b):
    """Combine two certainty factors as PAIP's ``cf-or`` does, in exact numbers."""
    if a > 0 and b > 0:
        return a + b - a * b
    if a < 0 and b < 0:
        return a + b + a * b
    return (a + b) / (1 - min(abs(a), abs(b)))


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], 0.0),
        ([0.6], 0.6),
        ([-0.6], -0.6),
        ([0.6, 0.4], 0.76),  # PAIP, chapter 16: pseudomonas
        ([-0.6, -0.4], -0.76),
        ([0.6, -0.4], 1 / 3),
        ([-0.6, 0.4], -1 / 3),
        ([0.8, -0.3], 0.5 / 0.7),
        ([0.7, 0.7, 0.7], 0.973),
        ([0.5, -0.5], 0.0),
        ([0.4, 0.3, -0.2], (0.58 - 0.2) / 0.8),
        ([0.999, -0.8], 0.995),  # why EMYCIN weighs where MYCIN subtracted, which gave 0.199
        ([1.0, -0.9], 1.0),
        ([1.0, -0.9, -0.9], 1.0),
        ([-1.0, 0.9], -1.0),
        ([1.0, -1.0], 0.0),
        ([1.0, 0.5, -1.0, -0.5], 0.0),
        ([1.0, 1.0, -1.0], 0.0),
    ],
)
def test_evidence_combines_as_in_emycin(evidence, expected):
    assert certainty_factor(evidence) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("evidence", "support", "opposition"),
    [([], 0, 0), ([0.5, -0.25, 0.5, -0.5], 0.75, 0.625), ([1, -0.5], 1, 0.5), ([-1, -0.5], 0, 1), ([0], 0, 0)],
)
def test_supports_and_oppositions_are_summed_apart(evidence, support, opposition):
    assert complements(evidence) == (1 - support, 1 - opposition)


def test_a_single_piece_of_evidence_comes_out_as_it_went_in():
    for thousandths in range(-1000, 1001):
        assert certainty_factor([thousandths / 1000]) == thousandths / 1000


@pytest.mark.parametrize(("p", "q", "expected"), [(0.5, 0.2, 0.6), (0.2, 0.5, 0.6), (0.1, 0.2, 0.28), (0.7, 0.1, 0.73)])
def test_decimal_evidence_gives_decimal_certainty(p, q, expected):
    assert certainty_factor([p, q]) == expected


@given(strengths, strengths)
def test_support_adds_as_p_plus_q_minus_pq(p, q):
    assert plus(p, q) == pytest.approx(p + q - p * q, abs=ROUNDING)


@given(strengths, strengths)
def test_support_is_commutative(p, q):
    assert plus(p, q) == plus(q, p)


@given(strengths, strengths, strengths)
def test_support_is_associative(p, q, r):
    assert plus(plus(p, q), r) == pytest.approx(plus(p, plus(q, r)), abs=1e-12)


@given(strengths, strengths)
def test_support_stays_in_bounds_and_is_no_less_than_either(p, q):
    assert max(p, q) - ROUNDING <= plus(p, q) <= 1


@given(strengths)
def test_no_support_is_the_identity(p):
    assert plus(p, 0.0) == plus(0.0, p) == certainty_factor([p]) == pytest.approx(p, abs=ROUNDING)


@given(strengths)
def test_definite_support_absorbs_exactly(p):
    assert plus(p, 1.0) == 1 == plus(1.0, p)


@given(strengths, strengths, strengths)
def test_support_is_monotone(p, q, r):
    assert plus(min(p, q), r) <= plus(max(p, q), r)


@given(pieces_of_evidence)
def test_certainty_factor_stays_in_bounds(evidence):
    assert -1 <= certainty_factor(evidence) <= 1
    assert all(0 <= complement <= 1 for complement in complements(evidence))


@given(pieces_of_evidence, strengths)
def test_more_support_never_lowers_and_more_opposition_never_raises(evidence, strength):
    certainty = certainty_factor(evidence)
    assert certainty_factor([*evidence, strength]) >= certainty - ROUNDING
    assert certainty_factor([*evidence, -strength]) <= certainty + ROUNDING


@given(pieces_of_evidence)
def test_opposite_evidence_gives_the_opposite_certainty(evidence):
    opposite = certainty_factor([-piece for piece in evidence])
    assert opposite == pytest.approx(-certainty_factor(evidence), abs=ROUNDING)


@given(pieces_of_evidence)
def test_a_definite_piece_decides_unless_another_contradicts_it(evidence):
    support, opposition = 1.0 in evidence, -1.0 in evidence
    assert is_contradiction(evidence) == (support and opposition)
    if support or opposition:
        assert certainty_factor(evidence) == support - opposition


@pytest.mark.parametrize("strength", [0.3, 0.7, 0.9, 0.999])
@pytest.mark.parametrize("definite", [1.0, -1.0])
@pytest.mark.parametrize("place", [0, 50, 100])
def test_no_number_of_uncertain_pieces_outweighs_a_definite_one(strength, definite, place):
    evidence = [-definite * strength] * 100
    evidence.insert(place, definite)
    assert certainty_factor(evidence) == definite
    assert not is_contradiction(evidence)


@pytest.mark.parametrize("strength", [0.3, 0.7, 0.9, 0.999])
@pytest.mark.parametrize("count", [1, 5, 20, 100])
def test_equal_support_and_opposition_balance_out(strength, count):
    assert certainty_factor([strength, -strength] * count) == 0
    assert certainty_factor([strength] * count + [-strength] * count) == 0


@given(st.lists(decimals.filter(lambda piece: abs(piece) < 1), max_size=8))
def test_weighing_all_at_once_is_combining_one_by_one(evidence):
    exact = reduce(emycin, [Fraction(str(piece)) for piece in evidence], Fraction(0))
    assert certainty_factor(evidence) == pytest.approx(float(exact), abs=1e-12)


@given(
    st.lists(decimals, max_size=10).flatmap(lambda evidence: st.tuples(st.just(evidence), st.permutations(evidence)))
)
def test_the_order_of_evidence_does_not_matter(orders):
    one, other = orders
    assert certainty_factor(one) == pytest.approx(certainty_factor(other), abs=ROUNDING)
    assert is_contradiction(one) == is_contradiction(other)
