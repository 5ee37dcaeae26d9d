"""Computed numbers as expressions, to the bits of `Formula.value`."""

from collections.abc import Mapping, Sequence

from expert.frames.adapters import Dialect
from expert.frames.masks import Expr, every
from expert.knowledge.formulas import FUNCTIONS, LARGEST, WHOLE_BEYOND, Formula, Operation, done, number


def formula_column(formula: Formula, columns: Mapping[str, Expr], dialect: Dialect) -> Expr:
    """Compute a formula from columns in double precision; null where an input is null or a step is not finite."""
    double = dialect.module.Float64
    if not formula.inputs:
        return dialect.lit(formula.value({}), double)
    writer = _Writer(dialect, [columns[name] for name in formula.inputs])
    try:
        value = formula.folded(float, columns.__getitem__, writer.done)
    except ArithmeticError:  # between numerals
        return dialect.lit(None, double)
    is_sound = every(each.abs() <= LARGEST for each in [*writer.inputs, *writer.absorbed, value])
    return dialect.when(is_sound).then(writer.rounded(value)).otherwise(None)


class _Writer:
    """Writes operations as they are, and notes what has to be finite for the result to be one.

    Divisions by zero and overflows show as infinite, as no number or as null, and so does what follows from them,
    except where such a number is divided by, or is compared with others. Only there a look at the end is not enough. It
    is taken outside, for all together: a guard within the expression would double it at each level.
    """

    def __init__(self, dialect: Dialect, inputs: Sequence[Expr]):
        self.inputs = inputs
        self.absorbed: list[Expr] = []
        self._dialect = dialect
        self._zero = inputs[0] * 0.0 // 1

    def done(self, operation: Operation, operands: Sequence[Expr | float]) -> Expr | float:
        """Write an operation; do it where it is one between numerals."""
        if all(isinstance(operand, float) for operand in operands):
            return number(operation, operands)
        if operation.sign in FUNCTIONS:
            self._absorb(operands)
            compared = [self._dialect.lit(each) if isinstance(each, float) else each for each in operands]
            return self._dialect.least(compared) if operation.sign == "min" else self._dialect.greatest(compared)
        if operation.sign == "/":
            self._absorb(operands[1:])
            return self._divided(*operands)
        return done(operation, operands)

    def rounded(self, value: Expr) -> Expr:
        """Round as `rounded_to_ninth` does."""
        rounded = self._divided((value * 1e9 + 0.5) // 1, 1e9)
        return self._dialect.when(value.abs() < WHOLE_BEYOND).then(rounded).otherwise(value)

    def _divided(self, dividend: Expr | float, divisor: Expr | float) -> Expr:
        """Divide exactly: what ``//`` gives is written out row by row, even where all rows are the same."""
        return dividend / (self._zero + divisor if self._dialect.divides_by_inverse else divisor)

    def _absorb(self, operands: Sequence[Expr | float]) -> None:
        known = [*self.inputs, *self.absorbed]
        for operand in operands:
            if not isinstance(operand, float) and not any(operand is each for each in known):
                self.absorbed.append(operand)
