"""Expressions, and where in a frame something holds: of Polars or of Narwhals, which name alike what is used here."""

from collections.abc import Callable, Iterable, Sequence
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
    found = [mask for mask in masks if mask is not True]
    if any(mask is False for mask in found):
        return False
    return _joined(and_, found) if found else True


def either(masks: Iterable[Mask]) -> Mask:
    """Say where at least one of these holds."""
    found = [mask for mask in masks if mask is not False]
    if any(mask is True for mask in found):
        return True
    return _joined(or_, found) if found else False


def _joined(operator: Callable[[Any, Any], Any], masks: Sequence[Mask]) -> Mask:
    """Join masks by halves: a chain of many would be nested too deeply to evaluate."""
    if len(masks) == 1:
        return masks[0]
    middle = len(masks) // 2
    joined: Mask = operator(_joined(operator, masks[:middle]), _joined(operator, masks[middle:]))
    return joined
