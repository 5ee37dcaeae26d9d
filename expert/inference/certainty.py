"""The calculus of certainty factors: how evidence for one (attribute, value) pair combines.

A piece of evidence is a number in [-1, 1]: positive supports the pair, negative opposes it. Supports and oppositions
are summed apart, then weighed against each other, as in EMYCIN (van Melle 1980; Norvig, "Paradigms of Artificial
Intelligence Programming", 1992, chapter 16):

    support        P = p ⊕ q ⊕ …      where p ⊕ q = p + q - pq
    opposition     N = likewise, over the sizes of the negative evidence
    certainty      cf = (P - N) / (1 - min(P, N))
    contradiction  P = N = 1, where cf is 0

It is computed from the complements of P and N, which are plain products, since 1 - (p ⊕ q) = (1 - p)(1 - q):

    cf = ((1 - N) - (1 - P)) / max(1 - P, 1 - N)

and rounded to the 15th decimal. So nothing is lost where P and N are both close to 1, a single piece of evidence
comes out as it went in, and the order of the evidence does not show.
"""

from collections.abc import Iterable

DECIMALS = 15
"""Certainty factors are rounded to this many."""

_SCALE = 10.0**DECIMALS


def complements(evidence: Iterable[float]) -> tuple[float, float]:
    """Sum the support P and the opposition N apart; give ``1 - P`` and ``1 - N``, both in [0, 1].

    Examples
    --------
    >>> complements([0.5, -0.4, 0.5])
    (0.25, 0.6)
    """
    support = opposition = 1.0
    for strength in evidence:
        if strength > 0:
            support *= 1.0 - strength
        else:
            opposition *= 1.0 + strength
    return support, opposition


def certainty_factor(evidence: Iterable[float]) -> float:
    """Combine all evidence for a pair, each piece in [-1, 1]; 0 for no evidence, and for a contradiction.

    Examples
    --------
    >>> certainty_factor([0.4, 0.6]), certainty_factor([0.3]), certainty_factor([-0.4])
    (0.76, 0.3, -0.4)
    >>> certainty_factor([0.75, -0.4])
    0.583333333333333
    >>> certainty_factor([1, -0.9]), certainty_factor([1, -1])
    (1.0, 0.0)
    """
    support, opposition = complements(evidence)
    if support == opposition:
        return 0.0
    return rounded((opposition - support) / max(support, opposition))


def rounded(number: float) -> float:
    """Round to the 15th decimal, as dataframe libraries do, to the last bit.

    Examples
    --------
    >>> 0.86128 - 0.5376, rounded(0.86128 - 0.5376)
    (0.3236800000000001, 0.32368)
    """
    return round(number * _SCALE) / _SCALE


def is_contradiction(evidence: Iterable[float]) -> bool:
    """Tell whether there is certain evidence both for and against a pair.

    Examples
    --------
    >>> is_contradiction([1, 0.3, -1]), is_contradiction([1, -0.9])
    (True, False)
    """
    return complements(evidence) == (0.0, 0.0)
