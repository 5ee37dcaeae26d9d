"""Expressions, and where in a frame something holds: of Polars or of Narwhals, which name alike what is used here."""

from collections.abc import Callable, Iterable
from operator import and_, or_
from typing import Any, TypeAlias

Expr: TypeAlias = Any
"""An expression of Narwhals or of Polars."""

Mask: TypeAlias = Expr | bool
"""Where something holds; a plain bool where it does so in all rows or in none."""


def filled(mask: Mask) -> Mask:
    """Take a mask to be false where it is null."""
    return mask if isinstance(mask, bool) else mask.fill_null(False)


def negated(mask: Mask) -> Mask:
    """Say where a mask does not hold."""
    return not mask if isinstance(mask, bool) else ~mask


def every(masks: Iterable[Mask]) -> Mask:
    """Say where all of these hold."""
    return _joined(and_, masks, neutral=True)


def either(masks: Iterable[Mask]) -> Mask:
    """Say where at least one of these holds."""
    return _joined(or_, masks, neutral=False)


def _joined(operator: Callable[[Any, Any], Any], masks: Iterable[Mask], neutral: bool) -> Mask:
    """Join masks by halves: a chain of many would be nested too deeply to evaluate."""
    found = [mask for mask in masks if mask is not neutral]
    if any(isinstance(mask, bool) for mask in found):
        return not neutral
    if len(found) <= 1:
        return found[0] if found else neutral
    middle = len(found) // 2
    joined: Mask = operator(_joined(operator, found[:middle], neutral), _joined(operator, found[middle:], neutral))
    return joined
