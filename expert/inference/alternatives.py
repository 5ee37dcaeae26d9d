"""What else could be given about an attribute: every value, grouped by what the rules make of it."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import ceil, floor, inf, log10
from typing import NamedTuple, TypeAlias

from expert.inference.degrees import COMPARE
from expert.inference.hypotheses import tests_of
from expert.knowledge.model import Attribute, Fact, Model, Number
from expert.knowledge.premises import Compare, Is, IsNot, Known, Test, Value
from expert.knowledge.strata import concluded_values

Effect: TypeAlias = tuple[tuple[bool, ...], Value | None]
"""Which tests hold, and the value where rules, or the ranking, tell it from all others."""

CLOSE = 3
"""How many digits behind its first a number differs from a bound that it must pass and cannot keep to."""

LONG = 12
"""How many more digits it may have where that is too far."""


class Alternatives(NamedTuple):
    """Values that have the same effect.

    Parameters
    ----------
    values : tuple
        In the order of the file, or of size; None, which withdraws the fact, comes last.
    idle : bool
        Whether they have the effect of what is given now.
    """

    values: tuple[Value | None, ...]
    idle: bool


class _Cell(NamedTuple):
    """The numbers between two that are told apart, without them; or one such number, which is both ends."""

    low: float
    high: float


def alternatives(knowledge_base: Model, attribute: Attribute, fact: Fact | None) -> list[Alternatives]:
    """List what could be given about an attribute instead of what is given, for certain.

    Parameters
    ----------
    knowledge_base : Model
        Whose rules, and conditions for asking, read the attribute.
    attribute : Attribute
        One that facts can be given about.
    fact : Fact or None
        What is given about it.

    Returns
    -------
    list of Alternatives
        Of a choice all other values; of a number one for each way in which rules tell numbers apart, the nearest to
        the given one. A value that is given with doubt can be given for certain; a fact can be withdrawn.

    Examples
    --------
    >>> from expert import KnowledgeBase
    >>> model = KnowledgeBase.load().model
    >>> alternatives(model, model.attributes["training_examples"], Fact("training_examples", 250000))
    [Alternatives(values=(9999,), idle=False), Alternatives(values=(1000000,), idle=False), \
Alternatives(values=(None,), idle=True)]
    """
    known = fact if fact and fact.certainty != 0 else None
    found = list(dict.fromkeys(tests_of(knowledge_base, attribute.name)))
    own = set(concluded_values(knowledge_base.rules).get(attribute.name, ()))
    if attribute.name == knowledge_base.goal:
        own |= set(attribute.choices)

    def effect(value: Value | None) -> Effect:
        return tuple(_holds(test, value) for test in found), value if value in own else None

    if attribute.number:
        values: Iterable[Value] = _numbers(attribute.number, found, own, effect, known)
    else:
        values = attribute.choices
    groups: dict[Effect, list[Value | None]] = {}
    for value in (*values, *([None] if known else [])):
        if known is None or (value, 1.0) != (known.value, known.certainty):
            groups.setdefault(effect(value), []).append(value)
    now = effect(known.value if known else None) if known is None or known.certainty == 1 else None
    return [Alternatives(tuple(several), each == now) for each, several in groups.items()]


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


def _numbers(
    number: Number, found: list[Test], own: set[Value], effect: Callable[[Value], Effect], known: Fact | None
) -> list[Value]:
    """Choose a number for each effect: the nearest to the given one, or else one next to a bound."""
    named = {float(test.bound) for test in found if isinstance(test, Compare)}
    named |= {float(test.value) for test in found if isinstance(test, Is | IsNot)} | {float(value) for value in own}
    ends = [-inf, *sorted(named), inf]
    cells = [_Cell(low, high) for low, high in pairwise(ends)] + [_Cell(point, point) for point in named]
    chosen: dict[Effect, float] = {}
    for cell in sorted(cells):
        target = float(known.value) if known else cell.low if cell.low > -inf else cell.high
        value = _nearest(number, cell, target if abs(target) < inf else 0.0)
        if value is not None:
            before = chosen.get(effect(value))
            if before is None or (known and abs(value - target) < abs(before - target)):
                chosen[effect(value)] = value
    return [int(value) if float(value).is_integer() else value for value in sorted(chosen.values())]


def _nearest(number: Number, cell: _Cell, target: float) -> float | None:
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
