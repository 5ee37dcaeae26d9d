"""Formulas of computed numbers: what they are over, what they give, and within what bounds.

A formula is kept as its steps, each operand before what is done with it, so that nothing here recurs: a formula of any
length or depth is evaluated, bounded, written and pickled by one walk over a tuple. `expert.knowledge.loading.
formula_grammar` reads it from text.
"""

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import add, mul, sub, truediv
from typing import Any, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul, "/": truediv}
FUNCTIONS: dict[str, Callable[[Sequence[Any]], Any]] = {"min": min, "max": max}

LARGEST = sys.float_info.max
"""The largest finite number: what is beyond it is no number."""

WHOLE_BEYOND = 9_007_199.0
"""From here on, a number times 10⁹ is more than what double precision counts one by one."""

_SUM, _PRODUCT, _SIGNED, _ATOM = range(4)
"""How tightly a text holds together."""


class Operation(NamedTuple):
    """What is done with the last few operands: an operator or a function; ``-`` of one operand turns its sign."""

    sign: str
    arity: int


Step: TypeAlias = float | str | Operation
"""A numeral, the name of an attribute, or what is done with the last few of these."""


class Bounded(NamedTuple):
    """Where the results of a formula lie, and whether there may be none."""

    low: float
    high: float
    may_fail: bool


@dataclass(frozen=True)
class Formula:
    """A formula over number attributes.

    Parameters
    ----------
    steps : tuple of Step
        Operands, each followed by what is done with it: ``a / (b + 2)`` is a, b, 2, +, /.
    names : tuple of (str, int)
        Each mention of an attribute, and where it stands in the text.
    """

    steps: tuple[Step, ...]
    names: tuple[tuple[str, int], ...] = field(default=(), compare=False)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The attributes it is over, in the order in which it first mentions them."""
        return tuple(dict.fromkeys(step for step in self.steps if isinstance(step, str)))

    def folded(
        self, numeral: Callable[[float], T], named: Callable[[str], T], done: Callable[[Operation, list[T]], T]
    ) -> T:
        """Put the formula together from its steps, as whatever numerals, names and operations are made into."""
        stack: list[T] = []
        for step in self.steps:
            match step:
                case Operation():
                    operands = stack[-step.arity :]
                    stack[-step.arity :] = [done(step, operands)]
                case str():
                    stack.append(named(step))
                case _:
                    stack.append(numeral(step))
        (result,) = stack
        return result

    def value(self, values: Mapping[str, int | float]) -> float | None:
        """Evaluate it in double precision, from left to right, and round to the 9th decimal.

        There is no value (None) where an input has none, and where any step is a division by zero or not finite.
        """
        try:
            return rounded_to_ninth(self.folded(finite, lambda name: finite(values[name]), number))
        except (ArithmeticError, KeyError):
            return None

    def bounds(self, ranges: Mapping[str, tuple[float, float]]) -> Bounded:
        """Bound its values where each input is any number of a range; the ends may be infinite.

        Rounding to double precision and to the 9th decimal keep order, so the ends of ranges suffice. What an attribute
        is at two mentions is not connected: bounds may be wider than what can happen, never narrower.
        """
        found = self.folded(lambda each: _within([each], False), lambda name: _within(ranges[name], False), _bounded)
        low = -math.inf if found.low == -LARGEST else rounded_to_ninth(found.low)
        high = math.inf if found.high == LARGEST else rounded_to_ninth(found.high)
        return Bounded(low, high, found.may_fail)

    def __str__(self) -> str:
        return self.written(str)

    def written(self, named: Callable[[str], str]) -> str:
        """Write it, with whatever an attribute is to be called."""
        return self._written(lambda each: repr(each).removesuffix(".0"), named)

    def with_numbers(self, values: Mapping[str, int | float]) -> str:
        """Write it with numbers in place of names, as an explanation shows it."""
        return self._written(_shown, lambda name: _shown(values[name]))

    def _written(self, numeral: Callable[[float], str], named: Callable[[str], str]) -> str:
        return self.folded(lambda each: _operand(numeral(each)), lambda name: _operand(named(name)), _joined)[0]


def rounded_to_ninth(x: float) -> float:
    """Round to the 9th decimal, halves upward, by operations that give the same bits in every engine; never to −0."""
    return math.floor(x * 1e9 + 0.5) / 1e9 if abs(x) < WHOLE_BEYOND else x


def finite(x: float) -> float:
    """Give a number in double precision; refuse what is not finite."""
    if not math.isfinite(x):
        raise ArithmeticError("is not finite")
    return float(x)


def number(operation: Operation, operands: Sequence[float]) -> float:
    """Do an operation; an error of arithmetic where its result is not finite."""
    return finite(done(operation, operands))


def done(operation: Operation, operands: Sequence[Any]) -> Any:
    """Do an operation on what knows Python's operators of two operands."""
    if operation.sign in FUNCTIONS:
        return FUNCTIONS[operation.sign](operands)
    return OPERATORS[operation.sign](*operands) if operation.arity > 1 else operands[0] * -1.0


def _bounded(operation: Operation, parts: Sequence[Bounded]) -> Bounded:
    """Bound the results of an operation on numbers within bounds."""
    may_fail = any(part.may_fail for part in parts)
    lows, highs = [part.low for part in parts], [part.high for part in parts]
    match operation:
        case Operation("/", _) if lows[1] <= 0 <= highs[1]:
            return Bounded(-LARGEST, LARGEST, True)
        case Operation("*" | "/", _):
            ends = [done(operation, [a, b]) for a in parts[0][:2] for b in parts[1][:2]]
        case Operation("-", 1):
            ends = [-highs[0], -lows[0]]
        case Operation("-", _):
            ends = [lows[0] - highs[1], highs[0] - lows[1]]
        case _:
            ends = [done(operation, lows), done(operation, highs)]
    return _within(ends, may_fail or any(map(math.isinf, ends)))


def _within(ends: Sequence[float], may_fail: bool) -> Bounded:
    """Bound the finite numbers between ends: no result is infinite, so that ends can be calculated with."""
    low, high = (float(min(max(end, -LARGEST), LARGEST)) for end in (min(ends), max(ends)))
    return Bounded(low, high, may_fail)


def _shown(value: float) -> str:
    return f"{int(value) if value == int(value) else value:,}"


def _operand(text: str) -> tuple[str, int]:
    """Write a name or a number; a negative number is enclosed like a sum."""
    return text, _SUM if text.startswith("-") else _ATOM


def _joined(operation: Operation, parts: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Write an operation with no more parentheses than it needs."""
    if operation.sign in FUNCTIONS:
        return f"{operation.sign}({', '.join(text for text, _ in parts)})", _ATOM
    if operation.arity == 1:
        return f"-{_enclosed(parts[0], _SIGNED)}", _SIGNED
    level = _SUM if operation.sign in "+-" else _PRODUCT
    left, right = parts
    return f"{_enclosed(left, level)} {operation.sign} {_enclosed(right, level + 1)}", level


def _enclosed(part: tuple[str, int], level: int) -> str:
    """Put parentheses around what holds together less tightly than at a level."""
    text, holds = part
    return f"({text})" if holds < level else text
