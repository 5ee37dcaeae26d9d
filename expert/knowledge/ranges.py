"""Ranges of numbers that the rules, and conditions for asking, do not tell apart."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, inf, log10
from typing import Any, NamedTuple, TypeAlias

from expert.knowledge.model import Attribute, Model, Number
from expert.knowledge.numbers import without_fraction
from expert.knowledge.rules import Compare, Is, IsNot, Value

Effect: TypeAlias = tuple[int, float | None]
"""How many comparisons a number has passed, and the number itself where a test or a rule names it."""


REACHED = ("at_least", "less_than")
"""The comparisons that change where a number reaches their bound; the others do where it passes it."""

CLOSE = 3
"""At which digit after its first a number differs from a bound that it must pass."""

SAME = 1e-6
"""How far a number may be off to be written with fewer digits, in proportion."""

LONG = 12
"""How many more digits it may have where that is too far from the bound."""


class Range(NamedTuple):
    """The numbers between two ends, of which each may be in it or not; infinite where there is no end."""

    low: float
    high: float
    has_low: bool = False
    has_high: bool = False

    @property
    def is_single(self) -> bool:
        """Whether it is one number alone."""
        return self.low == self.high

    def joined(self, other: "Range") -> "Range | None":
        """Join it with the one that follows directly; None if a number lies between them.

        Examples
        --------
        >>> Range(1, 2).joined(Range(2, 3, has_low=True)), Range(1, 2).joined(Range(2, 3))
        (Range(low=1, high=3, has_low=False, has_high=False), None)
        """
        if self.high != other.low or not (self.has_high or other.has_low):
            return None
        return Range(self.low, other.high, self.has_low, other.has_high)

    def among(self, number: Number) -> "Range":
        """Drop the ends that an attribute's own bounds make redundant; a single admitted number is its own range.

        Examples
        --------
        >>> Range(-inf, 10).among(Number(at_least=0)), Range(5, 7).among(Number(integer=True))
        (Range(low=-inf, high=10, has_low=False, has_high=False), Range(low=6.0, high=6.0, has_low=True, has_high=True))
        """
        low = -inf if number.at_least is None else number.at_least
        high = inf if number.at_most is None else number.at_most
        least, most = max(low, self.low), min(high, self.high)
        if number.integer:
            least, most = _whole(least, ceil), _whole(most, floor)
            least += least == self.low and not self.has_low
            most -= most == self.high and not self.has_high
        if least == most:
            return Range(least, most, True, True)
        starts = low < self.low or (low == self.low and not self.has_low)
        ends = high > self.high or (high == self.high and not self.has_high)
        return Range(
            self.low if starts else -inf, self.high if ends else inf, starts and self.has_low, ends and self.has_high
        )

    def nearest(self, number: Number, target: float) -> float | None:
        """Find the number in a range without its ends, or of one number, that an attribute admits next to a target."""
        least = -inf if number.at_least is None else number.at_least
        most = inf if number.at_most is None else number.at_most
        if self.is_single:
            admitted = least <= self.low <= most and (not number.integer or self.low.is_integer())
            return self.low if admitted else None
        if number.integer:
            least = max(_whole(least, ceil), _whole(self.low, floor) + 1)
            most = min(_whole(most, floor), _whole(self.high, ceil) - 1)
            return min(max(float(round(target)), least), most) if least <= most else None
        if max(least, self.low) >= min(most, self.high):
            return least if least == most and self.low < least < self.high else None
        nearest = min(max(target, least, self.low), most, self.high)
        if nearest == self.low:
            return _beside(nearest, min(most, self.high), 1)
        return _beside(nearest, max(least, self.low), -1) if nearest == self.high else nearest

    def to_dict(self) -> dict[str, Any]:
        """Write it in the words of the rule language.

        Examples
        --------
        >>> Range(10, inf, has_low=True).to_dict(), Range(1, 2.5).to_dict()
        ({'at_least': 10}, {'more_than': 1, 'less_than': 2.5})
        """
        low, high = "at_least" if self.has_low else "more_than", "at_most" if self.has_high else "less_than"
        return {word: without_fraction(end) for word, end in ((low, self.low), (high, self.high)) if abs(end) < inf}


class Ends(NamedTuple):
    """Where ranges end besides at what tests name: at a number that is reached, or that is passed.

    They are not whole where it was too much work to make sure that there are no others.
    """

    reached: frozenset[float] = frozenset()
    passed: frozenset[float] = frozenset()
    is_whole: bool = True

    def joined(self, other: "Ends") -> "Ends":
        """Put the ends of two kinds together."""
        return Ends(self.reached | other.reached, self.passed | other.passed, self.is_whole and other.is_whole)


NO_ENDS = Ends()


class Ranges:
    """The ranges of a number attribute, from the lowest to the highest."""

    def __init__(self, knowledge_base: Model, attribute: Attribute, ends: Ends = NO_ENDS):
        found = knowledge_base.tests_by_attribute.get(attribute.name, ())
        compared = [test for test in found if isinstance(test, Compare)]
        self._reached = sorted([float(t.bound) for t in compared if t.operator in REACHED] + [*ends.reached])
        self._passed = sorted([float(t.bound) for t in compared if t.operator not in REACHED] + [*ends.passed])
        self._single = {float(test.value) for test in found if isinstance(test, Is | IsNot)}
        self._single |= {float(value) for value in knowledge_base.concluded.get(attribute.name, ())}
        self._singles = sorted(self._single)
        self._named = sorted({*self._reached, *self._passed, *self._single})
        self._found = ends.reached | ends.passed
        self.is_whole = ends.is_whole

    def effect(self, value: Value) -> Effect:
        """Tell what rules make of a number; it is the same for all that they do not tell apart."""
        number = float(value)
        rank = bisect_right(self._reached, number) + bisect_left(self._passed, number)
        return rank, number if number in self._single else None

    def common_effect(self, low: float, high: float) -> Effect | None:
        """Tell what rules make of all numbers from one to another, if that is the same."""
        effect = self.effect(low)
        named = bisect_left(self._singles, low) < bisect_right(self._singles, high)
        return effect if low == high or (not named and effect == self.effect(high)) else None

    def is_one_step(self, low: float, high: float) -> bool:
        """Tell whether numbers from one to another have no other effects than these two have."""
        named = bisect_left(self._singles, low) < bisect_right(self._singles, high)
        return not named and self.effect(high)[0] - self.effect(low)[0] <= 1

    def turns_at(self, test: Compare) -> int:
        """Tell how many comparisons a number has passed where this one changes."""
        bound = float(test.bound)
        passed = bisect_left if test.operator in REACHED else bisect_right
        return bisect_right(self._reached, bound) + passed(self._passed, bound)

    def of(self, value: Value) -> Range:
        """Give the range that a number lies in."""
        number = float(value)
        return self._by_cell[bisect_left(self._named, number) + bisect_right(self._named, number)]

    def is_found(self, value: float) -> bool:
        """Tell whether a range ends at a number of many digits that no test names."""
        return value in self._found and float(f"{value:.{LONG - 1}g}") != value

    def chosen(self, cell: Range, effect: Effect, number: Number, target: float) -> float | None:
        """Find the admitted number of a cell next to a target; next to an end that no test names, one of few digits."""
        nearest = min(max(target, cell.low), cell.high)
        if nearest in self._found:
            for digits in range(1, LONG):
                short = float(f"{nearest:.{digits}g}")
                is_admitted = Range(short, short, True, True).nearest(number, short) is not None
                if is_admitted and abs(short - nearest) <= SAME * abs(nearest) and self.effect(short) == effect:
                    return short
        return cell.nearest(number, target)

    def cells(self) -> Iterator[tuple[Range, Effect]]:
        """List the numbers that tests name, and the gaps between them, each with its effect."""
        for low, high in pairwise([-inf, *self._named, inf]):
            if low > -inf:
                yield Range(low, low, True, True), self.effect(low)
            yield Range(low, high), (bisect_right(self._reached, low) + bisect_right(self._passed, low), None)

    @cached_property
    def _by_cell(self) -> list[Range]:
        """The whole range of each cell."""
        cells = list(self.cells())
        starts = [i for i, (_, effect) in enumerate(cells) if i == 0 or effect != cells[i - 1][1]]
        ranges: list[Range] = []
        for start, end in pairwise([*starts, len(cells)]):
            (first, _), (last, _) = cells[start], cells[end - 1]
            ranges += [Range(first.low, last.high, first.has_low, last.has_high)] * (end - start)
        return ranges


def named_numbers(knowledge_base: Model, attribute: str) -> list[float]:
    """List the numbers that tests of an attribute name, in order."""
    found = knowledge_base.tests_by_attribute.get(attribute, ())
    named = {float(test.bound) for test in found if isinstance(test, Compare)}
    return sorted(named | {float(test.value) for test in found if isinstance(test, Is | IsNot)})


def _whole(end: float, rounding: Callable[[float], int]) -> float:
    """Round an end, unless it is infinite."""
    return end if abs(end) == inf else float(rounding(end))


def _beside(bound: float, other: float, direction: int) -> float:
    """Give a short number that lies a little beyond a bound, and before the other end."""
    digits = CLOSE - (floor(log10(abs(bound))) if bound else 0)
    values = (round(bound + direction * 10.0**-more, more) for more in range(digits, digits + LONG))
    return next((value for value in values if 0 < abs(value - bound) < abs(other - bound)), (bound + other) / 2)
