"""Named expressions, added to a frame stage by stage, so that none is long and each is worked out once."""

from collections.abc import Sequence
from typing import Any

from expert.frames.adapters import Dialect
from expert.frames.amounts import Amount, Amounts
from expert.frames.column_names import INTERNAL
from expert.frames.masks import Expr

GROUP = 8
"""How many amounts are looked at together, to find the greatest of those before each of them."""


class Stages:
    """An expression gets a name in the open stage; its column can be used from the next stage on."""

    def __init__(self, dialect: Dialect):
        self._dialect = dialect
        self._stages: list[list[Expr]] = [[]]
        self._columns: dict[int, Expr] = {}

    @property
    def filled(self) -> list[list[Expr]]:
        """The stages that have expressions."""
        return [stage for stage in self._stages if stage]

    def name(self, expression: Any) -> Any:
        """Make a column of an expression; what is a column, a constant or nothing at all stays as it is."""
        if expression is None or isinstance(expression, bool) or id(expression) in self._columns:
            return expression
        name = f"{INTERNAL}{len(self._columns)}"
        self._stages[-1].append(expression.alias(name))
        column = self._dialect.col(name)
        self._columns[id(column)] = column
        return column

    def named(self, amount: Amount) -> Amount:
        """Make columns of an amount."""
        return Amount(self.name(amount.mask), self.name(amount.number))

    def next(self) -> None:
        """Open the next stage."""
        if self._stages[-1]:
            self._stages.append([])


def added_to(table: Any, stages: Sequence[Sequence[Expr]]) -> Any:
    """Add stages of columns to a table."""
    for stage in stages:
        table = table.with_columns(*stage)
    return table


def running(amounts: Sequence[Amount], stages: Stages, of: Amounts) -> list[Amount]:
    """Take, for each amount, the greatest of those before it, group by group."""
    if len(amounts) <= GROUP:
        return [of.greatest(amounts[:end]) for end in range(len(amounts))]
    groups = [amounts[start : start + GROUP] for start in range(0, len(amounts), GROUP)]
    highest = [stages.named(of.greatest(group)) for group in groups]
    stages.next()
    before = [stages.named(amount) for amount in running(highest, stages, of)]
    stages.next()
    return [
        of.greatest([first, *group[:end]])
        for first, group in zip(before, groups, strict=True)
        for end in range(len(group))
    ]
