"""What the rules tell apart among the values of an attribute.

Rules read values through their tests alone, so values on which all tests agree have the same effect. One of each such
group is enough for an interview (`distinguishing_values`), and for what else could be given (`alternatives`).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor, inf, ulp
from sys import float_info
from typing import Any, NamedTuple

from expert.knowledge.crossings import CaseRanges
from expert.knowledge.model import Attribute, Fact, Model, Number
from expert.knowledge.numbers import without_fraction
from expert.knowledge.ranges import Effect, Ranges, named_numbers
from expert.knowledge.rules import COMPARE, Compare, Is, IsNot, Known, Test, Value

PARTS = 4
"""In how many equal parts what is admitted of a number is cut."""

SIZES = (0, 1, 10, 100, 1000)
"""How far numbers are from the end of what is admitted, or from 0, where there is no other end."""


def distinguishing_values(knowledge_base: Model, attribute: Attribute) -> tuple[Value, ...]:
    """List values of an attribute such that every other has the same effect as one of them, or as no answer.

    Of a number that others are computed from there is no such list for all cases; it gets some values besides.
    """
    found = knowledge_base.tests_by_attribute.get(attribute.name, ())
    if attribute.number:
        named = named_numbers(knowledge_base, attribute.name)
        values = _with_gaps(named) if found else []
        more = _spread(attribute.number) if attribute.name in knowledge_base.inputs else []
        return _admitted(attribute.number, [*values, *more])
    if attribute.name == knowledge_base.goal or not all(isinstance(test, Is) for test in found):
        return tuple(attribute.choices)
    named_choices = {test.value for test in found if isinstance(test, Is)}
    return tuple(value for value in attribute.choices if value in named_choices)


def groups_told_apart(knowledge_base: Model, attribute: Attribute) -> list[tuple[Value | None, ...]]:
    """Group the values of an attribute, and None for no answer, by what all tests make of them; that of None is last.

    Of a number, its distinguishing values stand for all.
    """
    effects = _Effects(knowledge_base, attribute, None)
    values = distinguishing_values(knowledge_base, attribute) if attribute.number else attribute.choices
    groups: list[list[Value | None]] = []
    for value in values:
        like = next((group for group in groups if effects.are_alike(group[0], value)), None)
        (groups.append([value]) if like is None else like.append(value))
    like_none = next((group for group in groups if effects.are_alike(group[0], None)), [])
    return [*(tuple(group) for group in groups if group is not like_none), (*like_none, None)]


def _with_gaps(named: Sequence[float]) -> list[float]:
    """List the numbers that tests name, and one from each gap between them, or any."""
    ends = [named[0] - 2 * max(1, ulp(named[0])), *named, named[-1] + 2 * max(1, ulp(named[-1]))] if named else []
    return [*named, *(low / 2 + high / 2 for low, high in pairwise(ends))] or [0.0]


def _spread(number: Number) -> list[float]:
    """List a few numbers from all over what is admitted."""
    low, high = number.at_least, number.at_most
    if low is not None and high is not None:
        return [low + (high - low) * step / PARTS for step in range(PARTS + 1)]
    return (
        [high - size for size in SIZES] if low is None and high is not None else [(low or 0) + size for size in SIZES]
    )


def _admitted(number: Number, values: Iterable[float]) -> tuple[Value, ...]:
    """Take the nearest admitted numbers to these."""
    low = -float_info.max if number.at_least is None else number.at_least
    high = float_info.max if number.at_most is None else number.at_most
    admitted = {min(max(value, low), high) for value in values}
    if number.integer:
        admitted = {whole if (whole := floor(value)) >= low else ceil(low) for value in admitted}
    return _whole_where_possible(admitted)


class Alternatives(NamedTuple):
    """Values that have the same effect.

    Parameters
    ----------
    values : tuple
        In the order of the file; None, which withdraws the fact, comes last.
    idle : bool
        Whether they have the effect of what is given now.
    """

    values: tuple[Value | None, ...]
    idle: bool


def alternatives(
    knowledge_base: Model, attribute: Attribute, fact: Fact | None, ranges: CaseRanges
) -> list[Alternatives]:
    """List what could be given about an attribute instead of what is given, for certain, while all else stays."""
    known = fact if fact and fact.certainty != 0 else None
    effects = _Effects(knowledge_base, attribute, ranges.of(attribute.name) if attribute.number else None)
    groups: dict[Any, list[Value | None]] = {}
    for value in effects.numbers(attribute.number, known) if attribute.number else attribute.choices:
        if known is None or (value, 1.0) != (known.value, known.certainty):
            groups.setdefault(effects.of(value), []).append(value)
    if known:
        like_none = next((each for each in groups.values() if effects.are_alike(each[0], None)), None)
        (groups.setdefault(None, []) if like_none is None else like_none).append(None)
    doubted = known is not None and known.certainty != 1
    now = known.value if known else None
    return [Alternatives(tuple(each), not doubted and effects.are_alike(each[0], now)) for each in groups.values()]


class _Effects:
    """Tells the values of an attribute apart as the rules, the conditions for asking, and the ranking do."""

    def __init__(self, knowledge_base: Model, attribute: Attribute, ranges: Ranges | None):
        self._tests = list(dict.fromkeys(knowledge_base.tests_by_attribute.get(attribute.name, ())))
        self._own = set(knowledge_base.concluded.get(attribute.name, ()))
        if attribute.name == knowledge_base.goal:
            self._own |= set(attribute.choices)
        self._named = self._own | {test.value for test in self._tests if isinstance(test, Is | IsNot)}
        self._ranges = ranges
        self._is_input = attribute.name in knowledge_base.inputs

    def of(self, value: Value) -> Any:
        """Tell what rules make of a value; it is the same for all that they do not tell apart."""
        return self._ranges.effect(value) if self._ranges else (value if value in self._named else "")

    def are_alike(self, value: Value | None, other: Value | None) -> bool:
        """Tell whether two values, of which None is unknown, have the same effect."""
        if self._is_input and (value is None or other is None or self.of(value) != self.of(other)):
            return value is other
        return (value == other or not {value, other} & self._own) and all(
            holds_for(test, value) == holds_for(test, other) for test in self._tests
        )

    def numbers(self, number: Number, known: Fact | None) -> tuple[Value, ...]:
        """Choose a number for each effect: the nearest to the given one, or else one next to a bound."""
        assert self._ranges is not None
        chosen: dict[Effect, tuple[float, float]] = {}
        for value, effect, target in _by_cell(self._ranges, number, known):
            distance = abs(value - target)
            if effect not in chosen or (known and distance < chosen[effect][0]):
                chosen[effect] = distance, value
        return _whole_where_possible(value for _, value in chosen.values())


def numbers_of_ranges(ranges: Ranges, number: Number) -> tuple[Value, ...]:
    """Choose a number from each range, next to a bound."""
    return _whole_where_possible({value for value, *_ in _by_cell(ranges, number, None)})


def _by_cell(ranges: Ranges, number: Number, known: Fact | None) -> list[tuple[float, Effect, float]]:
    """Choose a number from each cell, with its effect and the number it was to be near to.

    An end of many digits that no test names is left out where its effect is that of another cell.
    """
    short: list[tuple[float, Effect, float]] = []
    long: list[tuple[float, Effect, float]] = []
    for cell, effect in ranges.cells():
        target = float(known.value) if known else cell.low if cell.low > -inf else cell.high
        target = target if abs(target) < inf else 0.0
        value = ranges.chosen(cell, effect, number, target)
        if value is not None:
            (long if cell.is_single and ranges.is_found(value) else short).append((value, effect, target))
    effects = {effect for _, effect, _ in short}
    return short + [each for each in long if each[1] not in effects]


def holds_for(test: Test, value: Value | None) -> bool:
    """Tell whether a test holds for what is given alone; None is unknown."""
    if value is None:
        return not isinstance(test, Known | Is | IsNot | Compare)
    match test:
        case Is():
            return value == test.value
        case IsNot():
            return value != test.value
        case Compare():
            return bool(COMPARE[test.operator](value, test.bound))
    return isinstance(test, Known)


def _whole_where_possible(values: Iterable[float]) -> tuple[Value, ...]:
    """Sort numbers, and write them without a fraction where they have none."""
    return tuple(map(without_fraction, sorted(values)))
