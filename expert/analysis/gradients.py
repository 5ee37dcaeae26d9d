"""Gradient bounds: how much each rule's certainty moves a weighted sum of certainty factors, at least and at most.

Where a derivative does not change its sign within a box, one end of the variable's interval is the worst, whatever the
others are. A rule that may or may not hold makes a jump: its derivative is infinite, in the direction in which its
evidence moves the target.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import inf
from typing import TypeAlias

from expert.analysis.perturbation import Bounded, Box, Perturbation
from expert.inference.intervals import NOTHING, Interval, around
from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Known, Pair, Premise, Unknown

Target: TypeAlias = Mapping[Pair, float]
"""The weight of each certainty factor in the sum."""

_Shares: TypeAlias = dict[Pair | str, Interval]
"""The derivatives by pairs, and by attributes being known."""


def gradient_bounds(perturbation: Perturbation, box: Box, bounded: Bounded, target: Target) -> list[Interval]:
    """Bound the derivative of a target by each variable."""
    return _Walk(perturbation, box, bounded, target).by_variable()


class _Walk:
    """Walks from the target back to the variables."""

    def __init__(self, perturbation: Perturbation, box: Box, bounded: Bounded, target: Target):
        self._perturbation = perturbation
        self._box = box
        self._bounded = bounded
        self._of: _Shares = {pair: Interval(weight, weight) for pair, weight in target.items()}
        self._of_rule: dict[int, Interval] = {}
        self._of_variable = [NOTHING] * len(perturbation.variables)

    def by_variable(self) -> list[Interval]:
        """Walk back, and give the bounds by each variable."""
        for step in reversed(self._perturbation.steps):
            if isinstance(step, int):
                self._pass_rule(step)
            elif step in self._of:
                self._pass_pair(step, self._of[step])
        return self._of_variable

    def _pass_pair(self, pair: Pair, slope: Interval) -> None:
        """Hand the slope of a pair on to its evidence."""
        pieces = self._bounded.evidence[pair]
        for (_, position), factor in zip(pieces, _by_evidence([ends for ends, _ in pieces]), strict=True):
            if position >= 0:
                rule = self._perturbation.variables[position].rule
                of_evidence = slope.times(factor)
                degree = self._bounded.degrees[rule].above(self._perturbation.model.threshold)
                self._of_variable[position] = of_evidence.times(degree)
                of_degree = of_evidence.times(self._box[position])
                self._of_rule[rule] = self._of_rule.get(rule, NOTHING).plus(of_degree)

    def _pass_rule(self, rule: int) -> None:
        """Hand the slope of a rule's degree on to its premise."""
        slope = self._of_rule.get(rule, NOTHING)
        low, high = self._bounded.degrees[rule]
        threshold = self._perturbation.model.threshold
        if high <= threshold:
            return
        if low <= threshold:
            slope = _jump(slope)
            for conclusion in self._perturbation.model.all_rules[rule].conclusions:
                if conclusion.attribute not in self._bounded.now.known:
                    slope = slope.plus(_jump(self._of.get(conclusion.attribute, NOTHING)))
        if slope != NOTHING:
            for read, share in self._shares(self._perturbation.model.all_rules[rule].premise, slope).items():
                self._of[read] = self._of.get(read, NOTHING).plus(share)

    def _shares(self, premise: Premise, slope: Interval) -> "_Shares":
        """Divide the slope of a premise among the pairs, and the attributes being known, that can decide its degree."""
        if isinstance(premise, AllOf | AnyOf | AtLeastOf):
            if not premise.premises:
                return {}
            bounds = [self._bounded.now.degree(part) for part in premise.premises]
            own = self._bounded.now.degree(premise)
            decides = [ends.low <= own.high and ends.high >= own.low for ends in bounds]
            return _one_of(
                self._shares(part, slope) for part, may in zip(premise.premises, decides, strict=True) if may
            )
        if isinstance(premise, Unknown | Known):
            return {premise.attribute: slope if isinstance(premise, Known) else slope.negative()}
        supports = self._bounded.now.supports(premise)
        floor = max([0.0, *(strength.low for *_, strength in supports)])
        shares: list[_Shares] = [
            {(premise.attribute, value): slope if sign > 0 else slope.negative()}
            for value, sign, strength in supports
            if strength.high > 0 and strength.high >= floor
        ]
        return _one_of(shares if floor > 0 else [*shares, {}])


def _one_of(several: "Iterable[_Shares]") -> "_Shares":
    """Say what holds of each share whichever of several decides."""
    found = list(several)
    return {
        read: around([shares.get(read, NOTHING) for shares in found])
        for read in dict.fromkeys(chain.from_iterable(found))
    }


def _by_evidence(pieces: Sequence[Interval]) -> list[Interval]:
    """Bound the derivative of a certainty factor by each piece of its evidence; none is negative.

    With S and O, the complements of the support and the opposition of the other pieces, and R = S / O, the certainty
    factor of a supporting piece e is 1 - R(1 - e) where R(1 - e) ≤ 1, and 1 / (R(1 - e)) - 1 otherwise. Opposing
    pieces are its mirror image.
    """
    supports = [Interval(1 - max(ends.high, 0.0), 1 - max(ends.low, 0.0)) for ends in pieces]
    opposing = [Interval(1 - max(-ends.low, 0.0), 1 - max(-ends.high, 0.0)) for ends in pieces]
    support, opposition = _Others(supports), _Others(opposing)
    factors = []
    for index, ends in enumerate(pieces):
        s, o = support.without(index), opposition.without(index)
        found = []
        if ends.high >= 0:
            found.append(_derivative(s, o, supports[index]))
        if ends.low < 0:
            found.append(_derivative(o, s, opposing[index]))
        factors.append(around(found))
    return factors


class _Others:
    """Products of all factors but one."""

    def __init__(self, factors: Sequence[Interval]):
        self._factors = factors
        self._before = [Interval(1.0, 1.0)]
        for factor in factors:
            self._before.append(Interval(self._before[-1].low * factor.low, self._before[-1].high * factor.high))
        self._after = [Interval(1.0, 1.0)]
        for factor in reversed(factors):
            self._after.append(Interval(self._after[-1].low * factor.low, self._after[-1].high * factor.high))

    def without(self, index: int) -> Interval:
        """Leave one factor out."""
        before, after = self._before[index], self._after[len(self._factors) - 1 - index]
        return Interval(before.low * after.low, before.high * after.high)


def _derivative(own: Interval, other: Interval, rest: Interval) -> Interval:
    """Bound the derivative by a piece, from the others on its own side, those on the other side, and 1 - its size."""
    if other.high == 0 and own.low > 0 and rest.low > 0:
        return NOTHING
    if other.low == 0:
        return Interval(0.0, inf)
    least, most = own.low / other.high, own.high / other.low
    steepest = 1 / rest.low if rest.low else inf
    found = []
    if least * rest.low <= 1:
        found.append(Interval(least, min(most, steepest)))
    if most * rest.high > 1:
        beyond = least * rest.low**2
        found.append(Interval(1 / (most * rest.high**2), min(1 / beyond if beyond else inf, steepest)))
    return Interval(min(f.low for f in found) * SHRINK, max(f.high for f in found) / SHRINK)


SHRINK = 1 - 1e-12
"""Keeps rounding from making the bounds of a derivative too narrow."""


def _jump(slope: Interval) -> Interval:
    """Make a slope infinite in each direction that it has."""
    return Interval(-inf if slope.low < 0 else 0.0, inf if slope.high > 0 else 0.0)
