"""Computed numbers in exact fractions, read with Python's own grammar, and whether doubles surely come to the same."""

import ast
from fractions import Fraction
from functools import cache

EPSILON = Fraction(1, 2**53)
HALF = Fraction(1, 2 * 10**9)
"""Half a unit of the ninth decimal."""

LARGEST = 10**6
"""From here on, doubles are too coarse for nine decimals."""


def inputs_of(text):
    """List the attributes that a formula reads."""
    return {node.id for node in ast.walk(_tree(text)) if isinstance(node, ast.Name)} - {"min", "max"}


def value_of(text, numbers):
    """Work out a formula, to the ninth decimal; None where it divides by zero. Tell whether doubles surely agree."""
    try:
        value, error = _evaluate(_tree(text), numbers)
    except ZeroDivisionError:
        return None, True
    except _NearZeroError:
        return None, False
    rounded = round(value, 9)
    to_next = HALF - abs(value - rounded)
    return rounded, abs(value) < LARGEST and to_next > 8 * (error + abs(value) * EPSILON)


class _NearZeroError(Exception):
    """Doubles may divide by zero where fractions do not, or the other way about."""


@cache
def _tree(text):
    return ast.parse(str(text).strip(), mode="eval").body


def _evaluate(node, numbers):
    """Give the value, and how far doubles may be from it."""
    if isinstance(node, ast.Constant):
        value, error = Fraction(str(node.value)), 0
    elif isinstance(node, ast.Name):
        value, error = numbers[node.id], 0
    elif isinstance(node, ast.UnaryOp):
        value, error = _evaluate(node.operand, numbers)
        return -value, error
    elif isinstance(node, ast.Call):
        found = [_evaluate(argument, numbers) for argument in node.args]
        chosen = {"min": min, "max": max}[node.func.id](value for value, _ in found)
        return chosen, max(error for _, error in found)
    else:
        value, error = _operate(node.op, _evaluate(node.left, numbers), _evaluate(node.right, numbers))
    is_double = error == 0 and Fraction(float(value)) == value
    return value, error if is_double else error + (abs(value) + error) * EPSILON


def _operate(operator, one, other):
    (a, error_a), (b, error_b) = one, other
    if isinstance(operator, ast.Add):
        return a + b, error_a + error_b
    if isinstance(operator, ast.Sub):
        return a - b, error_a + error_b
    if isinstance(operator, ast.Mult):
        return a * b, abs(a) * error_b + abs(b) * error_a + error_a * error_b
    if not isinstance(operator, ast.Div):
        raise TypeError(operator)
    if error_b and abs(b) <= error_b:
        raise _NearZeroError
    return a / b, (error_a + abs(a / b) * error_b) / (abs(b) - error_b)
