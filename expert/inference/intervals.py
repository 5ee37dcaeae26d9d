"""Certainty factors and degrees as intervals, where what they are combined from can still differ.

Combining evidence is monotone (more support never lowers a certainty factor, more opposition never raises it), so the
ends of an interval follow from the ends of the evidence. Intervals may be wider than what can happen, never narrower.
"""

from collections.abc import Collection, Iterable, Mapping
from math import inf
from typing import NamedTuple

from expert.inference.certainty import certainty_factor
from expert.knowledge.formulas import Formula
from expert.knowledge.model import Model, Number
from expert.knowledge.rules import (
    COMPARE,
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Is,
    IsNot,
    Known,
    Lacking,
    Pair,
    Premise,
    Test,
    Unknown,
    Value,
)


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

    def complement(self) -> "Interval":
        """Take each number from 1."""
        return Interval(1.0 - self.high, 1.0 - self.low)

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


class NumberRange(NamedTuple):
    """A number that lies between two ends, both included, and the certainty factors that it may have."""

    low: float
    high: float
    certainty: Interval

    def strength(self, test: Test) -> Interval:
        """Bound how far it speaks for a test."""
        match test:
            case Is(_, value):
                always = self.low == self.high == value
                never = not self.low <= float(value) <= self.high
            case IsNot(_, value):
                never = self.low == self.high == value
                always = not self.low <= float(value) <= self.high
                if not always:
                    against = self.certainty.negative()
                    return against if never else Interval(0.0, max(self.certainty.high, against.high))
            case Compare(_, operator, bound):
                holds = COMPARE[operator](self.low, bound), COMPARE[operator](self.high, bound)
                always, never = all(holds), not any(holds)
            case _:
                raise TypeError(test)
        return NOTHING if never else self.certainty if always else Interval(0.0, self.certainty.high)


class PartlyKnown:
    """What is known in intervals: certainty factors, attributes known in any case, and those known in some.

    Of some attributes, any number that they admit may still become known, for certain. Some premises can `never` hold.
    """

    def __init__(
        self,
        known: Iterable[str],
        maybe_known: Iterable[str] = (),
        any_number: Mapping[str, Number] | None = None,
        never: Collection[Premise] = (),
    ):
        self.certainties: dict[str, dict[Value, Interval]] = {}
        self.known = set(known)
        self.maybe_known = self.known.union(maybe_known)
        self._numbers = {name: _any_of(number) for name, number in (any_number or {}).items()}
        self._never = never
        self._covered: dict[int, Interval] = {}

    def of(self, pair: Pair) -> Interval:
        """Look a certainty factor up."""
        return self.certainties.get(pair[0], {}).get(pair[1], NOTHING)

    def number(self, name: str) -> NumberRange | None:
        """Look up where a computed number lies, or one that may still be any; None where it surely has no value."""
        return self._numbers.get(name)

    def covered(self, row: int | None) -> Interval:
        """Look up how far the rows down to one hold, of a table where the first row counts; None is above the first."""
        return NOTHING if row is None else self._covered[row]

    def conclude(self, attributes: Collection[str], degree: Interval) -> None:
        """Note that a rule concludes attributes, to a degree that is 0 where it does not hold."""
        if degree.high > 0:
            self.maybe_known.update(attributes)
        if degree.low > 0:
            self.known.update(attributes)

    def compute(self, name: str, formula: Formula) -> None:
        """Bound a computed number, and note whether it is known."""
        inputs = {each: found for each in formula.inputs if (found := self._most_certain(each))}
        if len(inputs) < len(formula.inputs):
            return
        if all(found.low == found.high for found in inputs.values()):
            value = formula.value({each: found.low for each, found in inputs.items()})
            if value is None:
                return
            low, high, may_fail = value, value, False
        else:
            low, high, may_fail = formula.bounds({each: (found.low, found.high) for each, found in inputs.items()})
        certainties = [found.certainty for found in inputs.values()] or [Interval(1.0, 1.0)]
        certainty = Interval(min(each.low for each in certainties), min(each.high for each in certainties))
        self._numbers[name] = NumberRange(low, high, certainty)
        self.maybe_known.add(name)
        if self.known.issuperset(inputs) and not may_fail and not certainty.low <= 0 <= certainty.high:
            self.known.add(name)
        elif certainty.low > 0:
            self._numbers[name] = NumberRange(low, high, Interval(0.0, certainty.high))

    def _most_certain(self, name: str) -> NumberRange | None:
        """Bound the value of an input with the greatest certainty factor; None where it has none."""
        values = {value: ends for value, ends in self.certainties.get(name, {}).items() if ends != NOTHING}
        found = [NumberRange(float(value), float(value), ends) for value, ends in values.items()]
        if name in self._numbers:
            found.append(self._numbers[name])
        surely = max((each.certainty.low for each in found), default=0.0)
        found = [each for each in found if each.certainty.high >= surely]
        if not found:
            return None
        if all(each.low == each.high and each.certainty.is_point for each in found):
            return min(found)
        certainty = Interval(surely, max(each.certainty.high for each in found))
        return NumberRange(min(each.low for each in found), max(each.high for each in found), certainty)

    def degree_of_rule(self, knowledge_base: Model, position: int) -> Interval:
        """Bound the degree of a rule; of a row that counts only as far as no row above it does, after that row's."""
        rule = knowledge_base.all_rules[position]
        own = self.degree(rule.premise)
        if rule.unless is None and not rule.first:
            return own
        exception = NOTHING if rule.unless is None else self.degree(rule.unless)
        if position in knowledge_base.row_above:
            exception = self.covered(knowledge_base.row_above[position])
            self._covered[position] = Interval(max(exception.low, own.low), max(exception.high, own.high))
        allowed = exception.complement()
        return Interval(min(own.low, allowed.low), min(own.high, allowed.high))

    def degree(self, premise: Premise) -> Interval:
        """Bound the degree of a premise."""
        if self._never and premise in self._never:
            return NOTHING
        match premise:
            case AllOf(()):
                return Interval(1.0, 1.0)
            case AllOf(parts):
                lows, highs = zip(*map(self.degree, parts), strict=True)
                return Interval(min(lows), min(highs))
            case AnyOf(parts):
                lows, highs = zip(*map(self.degree, parts), strict=True)
                return Interval(max(lows), max(highs))
            case AtLeastOf(needed, parts):
                lows, highs = zip(*map(self.degree, parts), strict=True)
                return Interval(sorted(lows)[-needed], sorted(highs)[-needed])
            case Unknown(attribute):
                return Interval(float(attribute not in self.maybe_known), float(attribute not in self.known))
            case Known(attribute):
                return Interval(float(attribute in self.known), float(attribute in self.maybe_known))
            case Lacking(attribute, threshold):
                ends = [*self.certainties.get(attribute, {}).values()]
                if attribute in self._numbers:
                    ends.append(self._numbers[attribute].certainty)
                maybe, surely = any(e.high > threshold for e in ends), any(e.low > threshold for e in ends)
                return Interval(float(not maybe), float(not surely))
        strengths = [strength for _, _, strength in self.supports(premise)]
        if premise.attribute in self._numbers:
            strengths.append(self._numbers[premise.attribute].strength(premise))
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


def _any_of(number: Number) -> NumberRange:
    """Give all that an attribute admits, for certain or not known."""
    low = -inf if number.at_least is None else number.at_least
    high = inf if number.at_most is None else number.at_most
    return NumberRange(low, high, ANYTHING)
