"""Whether one premise holds wherever another does, decided by their form: never wrong, but not always able to tell.

A premise implies another if in every case its degree is at most that of the other. Unknown satisfies no test but
``unknown``, so ``x is not a`` does not imply ``x = b``, even where there are two values only.
"""

from collections.abc import Callable, Mapping
from itertools import chain
from math import ceil, floor, inf, nextafter
from typing import TypeAlias

from expert.knowledge.attributes import Attribute, Number
from expert.knowledge.rules import (
    COMPARE,
    COMPLEMENT,
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Is,
    IsNot,
    Known,
    Premise,
    Test,
)

Attributes: TypeAlias = Mapping[str, Attribute]
Group: TypeAlias = AllOf | AnyOf | AtLeastOf


def implies(one: Premise, other: Premise, attributes: Attributes) -> bool:
    """Tell whether the other premise certainly holds, to no smaller degree, wherever the one does."""
    return _implies(one, other, attributes, {})


def needed_attributes(premise: Premise) -> frozenset[str]:
    """Name attributes that every premise which implies this one tests."""
    if isinstance(premise, AllOf):
        return frozenset().union(*map(needed_attributes, premise.premises))
    return frozenset() if isinstance(premise, AnyOf | AtLeastOf) else frozenset([premise.attribute])


def _implies(one: Premise, other: Premise, attributes: Attributes, done: dict[tuple[int, int], bool]) -> bool:
    """Decide it for two premises, each pair of their parts once."""
    if isinstance(one, Group) or isinstance(other, Group):
        key = id(one), id(other)
        if key not in done:
            done[key] = one == other or _group_implies(one, other, lambda a, b: _implies(a, b, attributes, done))
        return done[key]
    return one == other or _test_implies(one, other, attributes)


def _group_implies(one: Premise, other: Premise, implied: Callable[[Premise, Premise], bool]) -> bool:
    """Decide it for two premises of which at least one is a group, where it is known for their parts."""
    if isinstance(other, AllOf):
        return all(implied(one, part) for part in other.premises)
    if isinstance(one, AnyOf):
        return all(implied(part, other) for part in one.premises)
    if isinstance(one, AllOf) and any(implied(part, other) for part in one.premises):
        return True
    if isinstance(one, AtLeastOf) and _count_implies(one, other, implied):
        return True
    if isinstance(other, AnyOf | AtLeastOf):
        return sum(implied(one, part) for part in other.premises) >= _needed(other)
    return False


def _count_implies(one: AtLeastOf, other: Premise, implied: Callable[[Premise, Premise], bool]) -> bool:
    """Decide it for a count: whichever of its premises fail, enough of the others imply what is needed."""
    may_fail = len(one.premises) - one.needed
    if sum(implied(part, other) for part in one.premises) > may_fail:
        return True
    if not isinstance(other, AnyOf | AtLeastOf):
        return False
    left = list(other.premises)
    matched = 0
    for part in one.premises:
        found = next((each for each in left if implied(part, each)), None)
        if found is not None:
            left.remove(found)
            matched += 1
    return matched - may_fail >= _needed(other)


def _needed(group: AnyOf | AtLeastOf) -> int:
    """How many of the premises must hold."""
    return group.needed if isinstance(group, AtLeastOf) else 1


def _test_implies(one: Test, other: Test, attributes: Attributes) -> bool:
    """Decide it for two tests."""
    if one.attribute != other.attribute:
        return False
    match one, other:
        case (Is() | IsNot() | Compare(), Known()):
            return True
        case Is(_, value), IsNot(_, another):
            return value != another
        case Is(_, value), Compare(_, operator, bound):
            return bool(COMPARE[operator](value, bound))
        case Compare(_, operator, bound), IsNot(_, value):
            return not COMPARE[operator](value, bound)
        case Compare(name), Compare(_, operator, bound):
            opposite = Compare(name, COMPLEMENT[operator], bound)
            return _is_possible(attributes[name], one) and not _is_possible(attributes[name], one, opposite)
        case _:
            return False


def _is_possible(attribute: Attribute, *tests: Compare) -> bool:
    """Tell whether a number that the attribute admits satisfies the tests: then one at a bound does, or next to it."""
    admits = attribute.number if attribute.number and not attribute.formula else Number()
    own = {"at_least": admits.at_least, "at_most": admits.at_most}
    limits = [(test.operator, test.bound) for test in tests]
    limits += [(operator, bound) for operator, bound in own.items() if bound is not None]
    near = _whole_numbers_near if admits.integer else _numbers_near
    witnesses = chain.from_iterable(near(bound) for _, bound in limits)
    return any(all(COMPARE[operator](number, bound) for operator, bound in limits) for number in witnesses)


def _numbers_near(bound: float) -> tuple[float, ...]:
    return nextafter(bound, -inf), bound, nextafter(bound, inf)


def _whole_numbers_near(bound: float) -> tuple[float, ...]:
    return ceil(bound) - 1, floor(bound), ceil(bound), floor(bound) + 1
