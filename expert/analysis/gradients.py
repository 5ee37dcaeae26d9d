"""Gradient bounds: how much each rule's certainty moves a weighted sum of certainty factors, at least and at most.

Where a derivative does not change its sign within a box, one end of the variable's interval is the worst, whatever the
others are. A rule that may or may not hold makes a jump: its derivative is infinite, in the direction in which its
evidence moves the target.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import inf
from typing import Any, TypeAlias

from expert.analysis.perturbation import BY_DEFAULT, BeforeDefault, Bounded, Box, Perturbation
from expert.inference.intervals import NOTHING, Interval, around
from expert.knowledge.rules import AllOf, AnyOf, AtLeastOf, Known, Lacking, Pair, Premise, Test, Unknown

Target: TypeAlias = Mapping[Pair, float]
"""The weight of each certainty factor in the sum."""

_Shares: TypeAlias = dict[Pair | BeforeDefault | str, Interval]
"""The derivatives by pairs, and by attributes being known."""

ANY = Interval(-inf, inf)
"""The slope of what may jump up or down."""


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
        self._of_covered: dict[int, Interval] = {}
        self._of_variable = [NOTHING] * len(perturbation.variables)

    def by_variable(self) -> list[Interval]:
        """Walk back, and give the bounds by each variable."""
        for step in reversed(self._perturbation.steps):
            if isinstance(step, int):
                self._pass_rule(step)
            elif not isinstance(step, str) and step in self._of:
                self._pass_pair(step, self._of[step])
        return self._of_variable

    def _pass_pair(self, step: Pair | BeforeDefault, slope: Interval) -> None:
        """Hand the slope of a pair on to its evidence."""
        pieces = self._bounded.evidence[step]
        for (_, position), factor in zip(pieces, _by_evidence([ends for ends, _ in pieces]), strict=True):
            of_evidence = slope.times(factor)
            if position == BY_DEFAULT and not isinstance(step, BeforeDefault):
                _add(self._of_rule, self._perturbation.defaults[step], of_evidence)
            elif position >= 0:
                rule = self._perturbation.variables[position].rule
                degree = self._bounded.degrees[rule].above(self._perturbation.model.threshold)
                self._of_variable[position] = self._of_variable[position].plus(of_evidence.times(degree))
                _add(self._of_rule, rule, of_evidence.times(self._box[position]))

    def _pass_rule(self, position: int) -> None:
        """Hand the slopes of a rule's degree, and of what a row covers, on to premises and to the row above."""
        model, now = self._perturbation.model, self._bounded.now
        rule = model.all_rules[position]
        slope, of_covered = self._of_degree(position), self._of_covered.get(position, NOTHING)
        if slope == NOTHING == of_covered:
            return
        if rule.is_default:
            self._hand_on(rule.premise, slope)
            return
        above = model.row_above.get(position)
        exception = now.covered(above) if rule.unless is None else now.degree(rule.unless)
        if exception == NOTHING:
            self._hand_on(rule.premise, slope.plus(of_covered))
            return
        own, allowed = now.degree(rule.premise), exception.complement()
        of_own, of_exception = _shared(slope, own.low <= allowed.high, allowed.low <= own.high)
        more_of_own, of_above = _shared(of_covered, own.high >= exception.low, exception.high >= own.low)
        self._hand_on(rule.premise, of_own.plus(more_of_own))
        if rule.unless is not None:
            self._hand_on(rule.unless, of_exception.negative())
        elif above is not None:
            _add(self._of_covered, above, of_exception.negative().plus(of_above))

    def _of_degree(self, position: int) -> Interval:
        """Give the slope of a rule's degree: of one that may or may not hold, a jump."""
        slope = self._of_rule.get(position, NOTHING)
        low, high = self._bounded.degrees[position]
        threshold = self._perturbation.model.threshold
        if high <= threshold:
            return NOTHING
        if low <= threshold:
            slope = _jump(slope)
            for conclusion in self._perturbation.model.all_rules[position].conclusions:
                if conclusion.attribute not in self._bounded.now.known:
                    slope = slope.plus(_jump(self._of.get(conclusion.attribute, NOTHING)))
        return slope

    def _hand_on(self, premise: Premise, slope: Interval) -> None:
        """Hand a slope on to what a premise reads."""
        if slope != NOTHING:
            for read, share in self._shares(premise, slope).items():
                _add(self._of, read, share)

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
        if premise.attribute in self._perturbation.model.formulas:
            return self._shares_of_computed(premise, slope)
        return self._shares_of_test(premise, slope)

    def _shares_of_test(self, premise: Test, slope: Interval) -> _Shares:
        """Divide the slope of a test."""
        if isinstance(premise, Unknown | Known):
            return {premise.attribute: slope if isinstance(premise, Known) else slope.negative()}
        if isinstance(premise, Lacking):
            return self._shares_of_default(premise.attribute, slope)
        supports = self._bounded.now.supports(premise)
        floor = max([0.0, *(strength.low for *_, strength in supports)])
        shares: list[_Shares] = [
            {(premise.attribute, value): slope if sign > 0 else slope.negative()}
            for value, sign, strength in supports
            if strength.high > 0 and strength.high >= floor
        ]
        return _one_of(shares if floor > 0 else [*shares, {}])

    def _shares_of_default(self, attribute: str, slope: Interval) -> _Shares:
        """Divide the slope of a default's premise, which any pair of its attribute may make jump."""
        shares: _Shares = {}
        for value in self._bounded.now.certainties.get(attribute, {}):
            pair = (attribute, value)
            shares[BeforeDefault(pair) if pair in self._perturbation.defaults else pair] = _jump(slope.negative())
        return shares

    def _shares_of_computed(self, test: Test, slope: Interval) -> _Shares:
        """Divide the slope of a test of a computed number; anything that it depends on may make it jump."""
        now = self._bounded.now
        number = now.number(test.attribute)
        if number is None or (number.low == number.high and number.certainty.is_point and test.attribute in now.known):
            return self._shares_of_test(test, slope)
        shares: _Shares = {}
        for name in (test.attribute, *sorted(self._perturbation.model.computed_from[test.attribute])):
            shares[name] = ANY
            shares |= {(name, value): ANY for value in now.certainties.get(name, {})}
        return shares


def _add(slopes: dict[Any, Interval], key: Any, slope: Interval) -> None:
    """Add to a slope."""
    slopes[key] = slopes.get(key, NOTHING).plus(slope)


def _shared(slope: Interval, may_one: bool, may_other: bool) -> tuple[Interval, Interval]:
    """Divide a slope between two of which one decides."""
    if may_one and may_other:
        return around([slope, NOTHING]), around([slope, NOTHING])
    return (slope, NOTHING) if may_one else (NOTHING, slope)


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
