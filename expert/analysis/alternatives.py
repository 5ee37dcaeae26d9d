"""What else could be given about an attribute: every value, grouped by what the rules make of it."""

from collections.abc import Callable
from math import ceil, floor, inf, log10
from typing import Any, NamedTuple

from expert.inference.degrees import COMPARE
from expert.knowledge.model import Attribute, Fact, Model, Number
from expert.knowledge.ranges import Effect, Range, Ranges
from expert.knowledge.rules import Compare, Is, IsNot, Known, Test, Value

CLOSE = 3
"""How many digits behind its first a number differs from a bound that it must pass and cannot keep to."""

LONG = 12
"""How many more digits it may have where that is too far."""


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


def alternatives(knowledge_base: Model, attribute: Attribute, fact: Fact | None) -> list[Alternatives]:
    """List what could be given about an attribute instead of what is given, for certain."""
    known = fact if fact and fact.certainty != 0 else None
    tell = _Telling(knowledge_base, attribute)
    values = tell.numbers(known) if attribute.number else list(attribute.choices)
    groups: dict[Any, list[Value | None]] = {}
    for value in values:
        if known is None or (value, 1.0) != (known.value, known.certainty):
            groups.setdefault(tell.effect(value), []).append(value)
    if known:
        like_none = next((each for each in groups.values() if tell.alike(each[0], None)), None)
        (groups.setdefault(None, []) if like_none is None else like_none).append(None)
    doubted = known is not None and known.certainty != 1
    now = known.value if known else None
    return [Alternatives(tuple(each), not doubted and tell.alike(each[0], now)) for each in groups.values()]


class _Telling:
    """Tells the values of an attribute apart as the rules, the conditions for asking, and the ranking do."""

    def __init__(self, knowledge_base: Model, attribute: Attribute):
        self._tests = list(dict.fromkeys(knowledge_base.tests_by_attribute.get(attribute.name, ())))
        self._own = set(knowledge_base.concluded.get(attribute.name, ()))
        if attribute.name == knowledge_base.goal:
            self._own |= set(attribute.choices)
        self._named = self._own | {test.value for test in self._tests if isinstance(test, Is | IsNot)}
        self._number = attribute.number
        self._ranges = Ranges(knowledge_base, attribute) if attribute.number else None

    def effect(self, value: Value) -> Any:
        """Tell what rules make of a value; it is the same for all that they do not tell apart."""
        return self._ranges.effect(value) if self._ranges else (value if value in self._named else "")

    def alike(self, value: Value | None, other: Value | None) -> bool:
        """Tell whether two values, of which None is unknown, have the same effect."""
        return (value == other or not {value, other} & self._own) and all(
            _holds(test, value) == _holds(test, other) for test in self._tests
        )

    def numbers(self, known: Fact | None) -> list[Value]:
        """Choose a number for each effect: the nearest to the given one, or else one next to a bound."""
        assert self._ranges is not None
        assert self._number is not None
        chosen: dict[Effect, float] = {}
        for cell, effect in self._ranges.cells():
            target = float(known.value) if known else cell.low if cell.low > -inf else cell.high
            value = _nearest(self._number, cell, target if abs(target) < inf else 0.0)
            if value is not None:
                before = chosen.get(effect)
                if before is None or (known and abs(value - target) < abs(before - target)):
                    chosen[effect] = value
        return [int(value) if float(value).is_integer() else value for value in sorted(chosen.values())]


def _holds(test: Test, value: Value | None) -> bool:
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


def _nearest(number: Number, cell: Range, target: float) -> float | None:
    """Find the admitted number of a cell that is nearest to a target; None if there is none."""
    least = -inf if number.at_least is None else number.at_least
    most = inf if number.at_most is None else number.at_most
    if cell.low == cell.high:
        admitted = least <= cell.low <= most and (not number.integer or cell.low.is_integer())
        return cell.low if admitted else None
    if number.integer:
        least = max(_finite(ceil, least), _finite(floor, cell.low) + 1)
        most = min(_finite(floor, most), _finite(ceil, cell.high) - 1)
        return min(max(float(round(target)), least), most) if least <= most else None
    if max(least, cell.low) >= min(most, cell.high):
        return least if least == most and cell.low < least < cell.high else None
    nearest = min(max(target, least, cell.low), most, cell.high)
    if nearest == cell.low:
        return _beside(nearest, min(most, cell.high), 1)
    return _beside(nearest, max(least, cell.low), -1) if nearest == cell.high else nearest


def _finite(rounding: Callable[[float], int], end: float) -> float:
    """Round an end, unless it is infinite."""
    return end if abs(end) == inf else float(rounding(end))


def _beside(bound: float, other: float, direction: int) -> float:
    """Give a short number that lies a little beyond a bound, and before the other end."""
    digits = CLOSE - (floor(log10(abs(bound))) if bound else 0)
    values = (round(bound + direction * 10.0**-more, more) for more in range(digits, digits + LONG))
    return next((value for value in values if 0 < abs(value - bound) < abs(other - bound)), (bound + other) / 2)
