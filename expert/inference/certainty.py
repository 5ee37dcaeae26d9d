"""The calculus of certainty factors: how evidence for one (attribute, value) pair combines.

A piece of evidence is a number in [-1, 1]: positive supports the pair, negative opposes it. Supports and oppositions
are summed apart, then weighed against each other, as in EMYCIN (van Melle 1980; Norvig, "Paradigms of Artificial
Intelligence Programming", 1992, chapter 16):

    support     P = p ⊕ q ⊕ …        p ⊕ q = p + q - pq
    opposition  N = likewise, over the sizes of the negative evidence
    certainty   cf = (P - N) / (1 - min(P, N))
    contradiction: P = N = 1, where cf is 0
"""

from collections.abc import Iterable


def probabilistic_sum(p: float, q: float) -> float:
    """Add two strengths: ``p ⊕ q = p + q - pq``.

    Parameters
    ----------
    p, q : float
        In [0, 1].

    Returns
    -------
    float
        In [0, 1]. Computed as ``p + (1 - p)q``, which is exact where either is 0 or 1.

    Examples
    --------
    >>> round(probabilistic_sum(0.4, 0.6), 12)
    0.76
    """
    return p + (1.0 - p) * q


def support_and_opposition(evidence: Iterable[float]) -> tuple[float, float]:
    """Sum the positive and the negative evidence apart: ``e1 ⊕ (e2 ⊕ (e3 ⊕ …))``, in the order given.

    Parameters
    ----------
    evidence : iterable of float
        Each in [-1, 1].

    Returns
    -------
    tuple of float
        Total support P and total opposition N, both in [0, 1].

    Examples
    --------
    >>> support_and_opposition([0.5, -0.4, 0.5])
    (0.75, 0.4)
    """
    support = opposition = 0.0
    for strength in reversed(tuple(evidence)):
        if strength > 0:
            support = probabilistic_sum(strength, support)
        else:
            opposition = probabilistic_sum(-strength, opposition)
    return support, opposition


def is_contradiction(support: float, opposition: float) -> bool:
    """Tell whether a pair is both certain and certainly not so."""
    return support == 1.0 and opposition == 1.0


def certainty_factor(support: float, opposition: float) -> float:
    """Weigh total support against total opposition: ``(P - N) / (1 - min(P, N))``.

    Parameters
    ----------
    support, opposition : float
        In [0, 1].

    Returns
    -------
    float
        The certainty factor, in [-1, 1]; 0 for a contradiction.

    Examples
    --------
    >>> certainty_factor(0.75, 0.0), certainty_factor(0.0, 0.4)
    (0.75, -0.4)
    >>> round(certainty_factor(0.75, 0.4), 12)
    0.583333333333
    >>> certainty_factor(1.0, 0.9), certainty_factor(1.0, 1.0)
    (1.0, 0.0)
    """
    if is_contradiction(support, opposition):
        return 0.0
    return (support - opposition) / (1.0 - min(support, opposition))
