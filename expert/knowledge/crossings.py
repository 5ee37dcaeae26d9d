"""What a case adds to the ranges of numbers: where one makes those computed from it cross what tests name.

One number moves, and all other facts stay. A formula is bounded over ranges of it that are halved until each has one
effect, or is a single number in double precision; so no crossing is missed, however a formula bends. Where the work
allowed does not suffice for that, ranges are told apart by the effects at their ends, and that is told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from heapq import heapify, heappop, heappush
from itertools import chain, islice, pairwise, product
from math import ceil
from struct import pack, unpack
from typing import NamedTuple, TypeAlias

from expert.knowledge.attributes import Number
from expert.knowledge.formulas import Bounded
from expert.knowledge.model import Fact, Model
from expert.knowledge.ranges import NO_ENDS, Effect, Ends, Ranges

LEAST, GREATEST = 1e-30, 1e30
"""Between which sizes numbers are looked at; what is smaller is as good as 0."""

WORK = 2_000
"""How many ranges of a number are looked at; and how many numbers, where that does not suffice."""

COMBINATIONS = 64
"""How many values of the other inputs together."""

UNKNOWN: Effect = (-1, None)
"""The effect of a computed number that has no value."""

_Known: TypeAlias = Mapping[str, Bounded | None]
"""Where numbers lie; None for those that have no value."""


class _Segment(NamedTuple):
    """Numbers of one effect, by their positions among all doubles."""

    first: int
    last: int
    effect: Effect


class TestedRanges:
    """The ranges that tests alone tell apart, of each number attribute of a knowledge base."""

    def __init__(self, knowledge_base: Model):
        self._model = knowledge_base
        self._found: dict[str, Ranges] = {}

    def of(self, name: str) -> Ranges:
        """Give the ranges of an attribute."""
        if name not in self._found:
            self._found[name] = Ranges(self._model, self._model.attributes[name])
        return self._found[name]


class CaseRanges:
    """The ranges that rules tell apart in a case, of each number attribute."""

    def __init__(self, knowledge_base: Model, given: Iterable[Fact]):
        self._model = knowledge_base
        self._tested = knowledge_base.once(TestedRanges)
        self._given = {fact.attribute: fact.value for fact in given if fact.certainty != 0}
        self._order = [name for _, names in sorted(knowledge_base.computed.items()) for name in names]
        self._chains: dict[str, list[str]] = {}
        self._found: dict[str, Ranges] = {}

    def of(self, name: str) -> Ranges:
        """Give the ranges of an attribute while all other facts stay."""
        if name not in self._model.inputs:
            return self._tested.of(name)
        if name not in self._found:
            self._found[name] = Ranges(self._model, self._model.attributes[name], self._ends(name))
        return self._found[name]

    def _ends(self, name: str) -> Ends:
        """Find where an input makes computed numbers cross what their tests name."""
        number = self._model.attributes[name].number
        assert number is not None
        left = WORK
        ends = NO_ENDS
        for target in self._order:
            if name in self._model.computed_from[target] and target in self._model.tests_by_attribute:
                leaves, several = self._others(target, name)
                for values in islice(several, COMBINATIONS):
                    found = _Search(self, name, target, dict(zip(leaves, values, strict=True)), left)
                    ends = ends.joined(found.ends(number))
                    left = found.left
                if next(several, None) is not None:
                    ends = ends._replace(is_whole=False)
        return ends

    def _others(self, target: str, name: str) -> tuple[list[str], Iterator[tuple[Bounded | None, ...]]]:
        """List the other inputs that a computed number comes from in the end, and all values that they may have."""
        formulas = self._model.formulas
        leaves = sorted(each for each in self._model.computed_from[target] if each not in formulas and each != name)
        return leaves, product(*map(self._values, leaves))

    def _values(self, name: str) -> list[Bounded | None]:
        """List the values of an input that is given, or that rules or a default may conclude."""
        given = [self._given[name]] if name in self._given else []
        values = dict.fromkeys(float(value) for value in (*given, *self._model.concluded.get(name, ())))
        return [*(Bounded(value, value, False) for value in values), *([] if given else [None])]

    def tested(self, name: str) -> Ranges:
        """Give the ranges that tests of a computed number tell apart."""
        return self._tested.of(name)

    def computed(self, target: str, known: _Known) -> Bounded | None:
        """Bound a computed number, by way of those that it is computed from."""
        found = dict(known)
        for name in self._chain(target):
            found[name] = self._by_formula(name, found)
        return found[target]

    def _chain(self, target: str) -> list[str]:
        """List the computed numbers that it takes to compute one, itself the last."""
        if target not in self._chains:
            before = self._model.computed_from[target]
            self._chains[target] = [*(name for name in self._order if name in before), target]
        return self._chains[target]

    def _by_formula(self, name: str, known: _Known) -> Bounded | None:
        """Bound what a formula gives, or else the default."""
        formula, default = self._model.formulas[name], self._model.attributes[name].default
        otherwise = None if default is None else Bounded(float(default), float(default), False)
        inputs = {each: bounds for each in formula.inputs if (bounds := known.get(each))}
        if len(inputs) < len(formula.inputs):
            return otherwise
        may_fail = any(bounds.may_fail for bounds in inputs.values())
        if not may_fail and all(bounds.low == bounds.high for bounds in inputs.values()):
            value = formula.value({each: bounds.low for each, bounds in inputs.items()})
            return otherwise if value is None else Bounded(value, value, False)
        found = formula.bounds({each: (bounds.low, bounds.high) for each, bounds in inputs.items()})
        if not (may_fail or found.may_fail):
            return found
        if otherwise is None:
            return found._replace(may_fail=True)
        return Bounded(min(found.low, otherwise.low), max(found.high, otherwise.high), False)


class _Search:
    """Looks for the crossings of one computed number, as one input moves."""

    def __init__(self, case: CaseRanges, name: str, target: str, others: _Known, work: int):
        self._case, self._name, self._target, self._others = case, name, target, others
        self._ranges = case.tested(target)
        self.left = work

    def ends(self, number: Number) -> Ends:
        """Give the ends of the ranges of one effect among the admitted numbers."""
        segments, is_whole = self._segments(number)
        reached, passed = set[float](), set[float]()
        for before, after in pairwise(segments):
            if before.effect != after.effect:
                last, first = _double(before.last), _double(after.first)
                if number.integer:
                    reached.add(float(ceil(first)))
                elif len(repr(last)) < len(repr(first)):
                    passed.add(last)
                else:
                    reached.add(first)
        return Ends(frozenset(reached), frozenset(passed), is_whole)

    def _segments(self, number: Number) -> tuple[list[_Segment], bool]:
        """Halve ranges until each has one effect, the widest first; tell whether the work allowed was enough."""
        segments: list[_Segment] = []
        waiting = [(first - last, first, last) for first, last in _admitted(number)]
        heapify(waiting)
        while waiting and self.left > 0:
            _, first, last = heappop(waiting)
            self.left -= 1
            effect = self._effect(self._within(first, last))
            if effect is not None:
                segments.append(_Segment(first, last, effect))
                continue
            middle = (first + last) // 2
            for half in ((first, middle), (middle + 1, last)):
                heappush(waiting, (half[0] - half[1], *half))
        rest = [(first, last) for _, first, last in waiting]
        segments += chain.from_iterable(self._by_its_ends(*each) for each in rest)
        effects = {segment.effect for segment in segments}
        return sorted(segments), all(self._has_only(effects, *each) for each in rest)

    def _by_its_ends(self, first: int, last: int) -> list[_Segment]:
        """Take a range to have the effects of its ends alone, each up to where they meet."""
        low, high = first, last
        one, other = self._at(low), self._at(high)
        if one == other:
            return [_Segment(first, last, one)]
        while high - low > 1 and self.left > -WORK:
            self.left -= 1
            middle = (low + high) // 2
            low, high = (middle, high) if self._at(middle) == one else (low, middle)
        return [_Segment(first, low, one), _Segment(high, last, other)]

    def _has_only(self, effects: AbstractSet[Effect], first: int, last: int) -> bool:
        """Tell whether a range surely has no other effects than these."""
        found = self._within(first, last)
        if found is None or found.may_fail:
            return found is None
        ends = self._ranges.effect(found.low), self._ranges.effect(found.high)
        return self._ranges.is_one_step(found.low, found.high) and effects >= {*ends}

    def _at(self, position: int) -> Effect:
        """Tell what tests make of the computed number at one number."""
        effect = self._effect(self._within(position, position))
        assert effect is not None
        return effect

    def _within(self, first: int, last: int) -> Bounded | None:
        """Bound the computed number while the input is in a range."""
        moving = Bounded(_double(first), _double(last), False)
        return self._case.computed(self._target, {**self._others, self._name: moving})

    def _effect(self, found: Bounded | None) -> Effect | None:
        """Tell what tests make of the computed number, if that is the same for all that it may be."""
        if found is None:
            return UNKNOWN
        return None if found.may_fail else self._ranges.common_effect(found.low, found.high)


def _admitted(number: Number) -> Iterator[tuple[int, int]]:
    """List the ranges of doubles that an attribute admits: negative numbers, 0, and positive numbers."""
    low = -GREATEST if number.at_least is None else float(number.at_least)
    high = GREATEST if number.at_most is None else float(number.at_most)
    for least, most in ((-GREATEST, -LEAST), (0.0, 0.0), (LEAST, GREATEST)):
        if max(low, least) <= min(high, most):
            yield _position(max(low, least)), _position(min(high, most))


def _position(number: float) -> int:
    """Give the position of a number among all doubles, from 0, which has 0."""
    (bits,) = unpack("<q", pack("<d", abs(number)))
    return -int(bits) if number < 0 else int(bits)


def _double(position: int) -> float:
    """Give the number at a position."""
    (number,) = unpack("<d", pack("<q", abs(position)))
    return -float(number) if position < 0 else float(number)


def share_an_input(knowledge_base: Model, names: Collection[str]) -> bool:
    """Tell whether two of these numbers are inputs of one computed number that tests read."""
    tested = (each for each in knowledge_base.computed_from if each in knowledge_base.tests_by_attribute)
    return any(len(knowledge_base.computed_from[each].intersection(names)) > 1 for each in tested)


def is_moved_by(knowledge_base: Model, name: str, others: Iterable[str]) -> bool:
    """Tell whether the ranges of a number depend on any of the other attributes, as inputs of the same numbers."""
    return any(share_an_input(knowledge_base, (name, other)) for other in others if other != name)
