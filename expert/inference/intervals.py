"""Certainty factors and degrees as intervals, where what they are combined from can still differ.

Combining evidence is monotone (more support never lowers a certainty factor, more opposition never raises it), so the
ends of an interval follow from the ends of the evidence. Intervals may be wider than what can happen, never narrower.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from expert.inference.certainty import certainty_factor
from expert.knowledge.rules import COMPARE, AllOf, AnyOf, Compare, Is, IsNot, Known, Pair, Premise, Test, Unknown, Value


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``."""

    low: float
    high: float

    @property
    def is_point(self) -> bool:
        """Whether it is one number alone."""
        return self.low == self.high

    def plus(self, other: "Interval") -> "Interval":
        """Add each number of another interval."""
        return Interval(self.low + other.low, self.high + other.high)

    def scaled(self, factor: float) -> "Interval":
        """Multiply by a number."""
        one, other = self.low * factor, self.high * factor
        return Interval(one, other) if one <= other else Interval(other, one)

    def times(self, other: "Interval") -> "Interval":
        """Multiply by each number of another interval; 0 times infinity is 0: what does not move has no slope."""
        products = [a * b if a and b else 0.0 for a in self for b in other]
        return Interval(min(products), max(products))

    def negative(self) -> "Interval":
        """Turn the sign of each number."""
        return Interval(-self.high, -self.low)

    def above(self, threshold: float) -> "Interval":
        """Take degrees that do not exceed a threshold to be 0: their rules do not hold."""
        return Interval(self.low if self.low > threshold else 0.0, self.high if self.high > threshold else 0.0)


NOTHING = Interval(0.0, 0.0)
ANYTHING = Interval(0.0, 1.0)


def around(intervals: Collection[Interval]) -> Interval:
    """Give the narrowest interval that holds all of these."""
    return Interval(min(each.low for each in intervals), max(each.high for each in intervals))


def combined(evidence: Iterable[Interval]) -> Interval:
    """Combine all evidence for a pair."""
    pieces = list(evidence)
    lows, highs = [low for low, _ in pieces], [high for _, high in pieces]
    low = certainty_factor(lows)
    return Interval(low, low if lows == highs else certainty_factor(highs))


class Support(NamedTuple):
    """A value whose certainty factor can speak for a test; its sign is −1 if it does so where it is negative."""

    value: Value
    sign: int
    strength: Interval


class PartlyKnown:
    """What is known in intervals: certainty factors, attributes known in any case, and those known in some.

    Of some attributes, any number may still become known, for certain.
    """

    def __init__(self, known: Iterable[str], maybe_known: Iterable[str] = (), any_number: Iterable[str] = ()):
        self.certainties: dict[str, dict[Value, Interval]] = {}
        self.known = set(known)
        self.maybe_known = self.known.union(maybe_known)
        self._any_number = frozenset(any_number)

    def of(self, pair: Pair) -> Interval:
        """Look a certainty factor up."""
        return self.certainties.get(pair[0], {}).get(pair[1], NOTHING)

    def conclude(self, attributes: Collection[str], degree: Interval) -> None:
        """Note that a rule concludes attributes, to a degree that is 0 where it does not hold."""
        if degree.high > 0:
            self.maybe_known.update(attributes)
        if degree.low > 0:
            self.known.update(attributes)

    def degree(self, premise: Premise) -> Interval:
        """Bound the degree of a premise."""
        match premise:
            case AllOf(parts):
                lows, highs = zip(*map(self.degree, parts), strict=True)
                return Interval(min(lows), min(highs))
            case AnyOf(parts):
                lows, highs = zip(*map(self.degree, parts), strict=True)
                return Interval(max(lows), max(highs))
            case Unknown(attribute):
                return Interval(float(attribute not in self.maybe_known), float(attribute not in self.known))
            case Known(attribute):
                return Interval(float(attribute in self.known), float(attribute in self.maybe_known))
        strengths = [strength for _, _, strength in self.supports(premise)]
        if premise.attribute in self._any_number:
            strengths.append(ANYTHING)
        return Interval(max([0.0, *(s.low for s in strengths)]), max([0.0, *(s.high for s in strengths)]))

    def supports(self, test: Test) -> list[Support]:
        """List the values that can speak for a test."""
        values = self.certainties.get(test.attribute, {})
        match test:
            case Is(_, value):
                return [Support(value, 1, values[value])] if value in values else []
            case IsNot(_, value):
                return [
                    Support(v, -1, ends.negative()) if v == value else Support(v, 1, ends) for v, ends in values.items()
                ]
            case Compare(_, operator, bound):
                holds = COMPARE[operator]
                return [Support(v, 1, ends) for v, ends in values.items() if holds(v, bound)]
        return []
