"""Degrees and certainty factors as columns: a number where a mask holds, and 0 elsewhere."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add
from typing import NamedTuple

from expert.frames.adapters import Dialect
from expert.frames.masks import Expr, Mask, either, every, negated


class Amount(NamedTuple):
    """A degree or a certainty factor: ``number`` where ``mask`` holds, 0 elsewhere; None stands for the number 1.

    A degree may be negative, which counts as 0: no threshold is below that.
    """

    mask: Mask
    number: Expr | None = None


NEVER = Amount(False)


class Amounts:
    """What is done with amounts, in the expressions of a dialect."""

    def __init__(self, dialect: Dialect):
        self._dialect = dialect

    def least(self, amounts: Sequence[Amount]) -> Amount:
        """Take the minimum."""
        numbers = [amount.number for amount in amounts if amount.number is not None]
        return Amount(every(amount.mask for amount in amounts), self._dialect.least(numbers) if numbers else None)

    def greatest(self, amounts: Sequence[Amount]) -> Amount:
        """Take the maximum."""
        graded = [amount for amount in amounts if amount.number is not None]
        fully = either(amount.mask for amount in amounts if amount.number is None)
        if not graded or fully is True:
            return Amount(fully)
        if len(graded) == 1 and fully is False:
            return graded[0]
        numbers = [self._dialect.where(amount.mask, amount.number, 0.0) for amount in graded]
        number = self._dialect.greatest(numbers)
        return Amount(True, number if fully is False else self._dialect.where(fully, 1.0, number))

    def lowered(self, degree: Amount, exception: Amount) -> Amount:
        """Lower a degree to 1 less that of an exception."""
        if exception.mask is False:
            return degree
        if exception.number is None:
            return degree._replace(mask=every([degree.mask, negated(exception.mask)]))
        allowed = 1.0 - self.strength(exception)
        number = allowed if degree.number is None else self._dialect.least([degree.number, allowed])
        return degree._replace(number=number)

    def at_least(self, needed: int, amounts: Sequence[Amount]) -> Amount:
        """Take the greatest that so many of these reach."""
        if all(amount.number is None for amount in amounts):
            open_ = [amount.mask for amount in amounts if not isinstance(amount.mask, bool)]
            still = needed - sum(amount.mask is True for amount in amounts)
            return Amount(self._count(open_) >= still if 0 < still <= len(open_) else still <= 0)
        numbers = [self.strength(amount) for amount in amounts]
        reached = [self._count(other >= number for other in numbers) >= needed for number in numbers]
        numbers = [self._dialect.where(mask, number, 0.0) for mask, number in zip(reached, numbers, strict=True)]
        return Amount(True, self._dialect.greatest(numbers))

    def _count(self, masks: Iterable[Mask]) -> Expr:
        """Count how many of these hold."""
        return reduce(add, (self._dialect.where(mask, self._dialect.lit(1), self._dialect.lit(0)) for mask in masks))

    def strength(self, amount: Amount) -> Expr:
        """Write a degree as a number, 0 where it is negative."""
        if amount.number is None:
            return self._dialect.where(amount.mask, self._dialect.lit(1.0), 0.0)
        return self._dialect.where(self.speaks(amount), amount.number, 0.0)

    def speaks(self, amount: Amount) -> Mask:
        """Write where an amount is positive."""
        return amount.mask if amount.number is None else every([amount.mask, amount.number > 0.0])
