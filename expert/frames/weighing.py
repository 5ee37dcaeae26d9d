"""Evidence for pairs combined in columns, by the operations of `expert.inference.certainty`, in the same order."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import mul
from typing import TypeAlias

from expert.frames.adapters import Dialect
from expert.frames.amounts import Amount
from expert.frames.masks import Expr, every
from expert.frames.stages import Stages
from expert.inference.certainty import DECIMALS
from expert.knowledge.rules import Pair

LONGEST = 64
"""How many factors one expression multiplies; longer products take several stages, since expressions nest."""

Evidence: TypeAlias = Mapping[Pair, Mapping[int, tuple[Amount, float]]]
"""For each pair, the degrees of the rules that conclude it, by their positions, each with its certainty.

What is given stands at −1; its certainty differs from row to row, and may speak for either side.
"""


def weighed(pairs: Iterable[Pair], evidence: Evidence, stages: Stages, dialect: Dialect) -> dict[Pair, Amount]:
    """Combine all evidence for pairs, in the order of the file; those that have none are left out."""
    factors: dict[tuple[Pair, int], list[Expr]] = {}
    for pair in pairs:
        for index, (degree, certainty) in sorted(evidence.get(pair, {}).items()):
            for side in (1, -1):
                factor = _factor(degree, certainty * side, index < 0, dialect)
                if factor is not None:
                    factors.setdefault((pair, side), []).append(factor)
    while any(len(several) > LONGEST for several in factors.values()):
        for several in factors.values():
            if len(several) > LONGEST:
                several[:LONGEST] = [stages.name(reduce(mul, several[:LONGEST]))]
        stages.next()
    complements = {key: stages.name(reduce(mul, several)) for key, several in factors.items()}
    stages.next()
    found = {}
    for pair in pairs:
        support, opposition = complements.get((pair, 1)), complements.get((pair, -1))
        if support is not None or opposition is not None:
            found[pair] = Amount(True, stages.name(_certainty_factor(support, opposition, dialect)))
    stages.next()
    return found


def _factor(degree: Amount, certainty: float, is_given: bool, dialect: Dialect) -> Expr | None:
    """Write the factor that evidence brings to the complement of one side; None if it never speaks for that side."""
    if is_given and degree.number is not None:
        strength = degree.number * certainty
        return dialect.where(every([degree.mask, strength > 0.0]), 1.0 - strength, 1.0)
    if certainty < 0:
        return None
    if degree.number is None:
        return dialect.where(degree.mask, dialect.lit(1.0 - certainty), 1.0)
    return dialect.where(degree.mask, 1.0 - degree.number * certainty, 1.0)


def _certainty_factor(support: Expr, opposition: Expr, dialect: Dialect) -> Expr:
    """Weigh support against opposition, from the complement of each; None stands for 1."""
    if opposition is None:
        return (1.0 - support).round(DECIMALS)
    if support is None:
        return (opposition - 1.0).round(DECIMALS)
    ratio = (opposition - support) / dialect.greatest([support, opposition])
    return dialect.where(support == opposition, 0.0, ratio.round(DECIMALS))
