"""The same rules over dataframes: compiled to expressions, a few stages of ``with_columns`` per stratum.

What the engine does for one case stands here for columns of cases:

- an ``Amount`` is a degree or a certainty factor: a number where a mask holds, and 0 elsewhere;
- a rule that holds multiplies the complement (1 less it) of the support, or of the opposition, of its conclusion by
  ``1 - degree × certainty``, in the order of the file, as in `expert.inference.certainty`;
- a pair is weighed in the stratum of the last rule that concludes it.

The floating-point operations and their order are the engine's, so both give the same bits. Expressions grow linearly
with the rules, and what is constant, given the frame's columns, is evaluated while compiling.

The expressions are those of Narwhals, or of Polars itself, which needs no translation then.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import mul
from typing import Any, NamedTuple

from expert.frames.adapters import Dialect
from expert.frames.column_names import INTERNAL
from expert.frames.masks import Expr, Mask, either, every, filled, negated
from expert.inference.certainty import DECIMALS
from expert.knowledge.model import Model
from expert.knowledge.rules import (
    COMPARE,
    AllOf,
    AnyOf,
    Compare,
    Is,
    IsNot,
    Known,
    Pair,
    Premise,
    Unknown,
    Value,
    tests,
)

LONGEST = 64
"""How many factors one expression multiplies; longer products take several stages, since expressions nest."""


class Amount(NamedTuple):
    """A degree or a certainty factor: ``number`` where ``mask`` holds, 0 elsewhere; None stands for the number 1.

    A degree may be negative, which counts as 0: no threshold is below that.
    """

    mask: Mask
    number: Expr | None = None


NEVER = Amount(False)


class Given(NamedTuple):
    """How a frame gives an attribute."""

    value: Expr
    """The column, for comparisons; null where the attribute is unknown."""
    has: Callable[[Value], Mask] | None = None
    """From a choice to where the column has it; None for numbers."""
    certainty: Expr | None = None
    """The certainty of each fact, without nulls; None where all are certain."""


class Program(NamedTuple):
    """Compiled rules."""

    stages: Sequence[Sequence[Expr]]
    """Named expressions, to be added to the frame stage by stage."""
    certainties: Mapping[Pair, Amount]
    """Where the certainty factors are then; pairs that never get evidence are absent."""
    holds: Mapping[str, Mask]
    """Where each rule holds; rules that never hold are absent."""


class Compiler:
    """Compiles the rules of a knowledge base for frames with certain columns."""

    def __init__(self, knowledge_base: Model, given: Mapping[str, Given], dialect: Dialect):
        self._model = knowledge_base
        self._given = dict(given)
        self._dialect = dialect
        self._last_stratum: dict[str, dict[Value, int]] = {}
        for rule in knowledge_base.rules:
            for conclusion in rule.conclusions:
                values = self._last_stratum.setdefault(conclusion.attribute, {})
                stratum = knowledge_base.strata[rule.name]
                values[conclusion.value] = max(values.get(conclusion.value, 0), stratum)
        self._stages: list[list[Expr]] = [[]]
        self._columns: dict[int, Expr] = {}
        self._is_given: dict[str, Mask] = {}
        self._known: dict[str, Mask] = {}
        self._has: dict[Pair, Mask] = {}
        self._certainties: dict[Pair, Amount] = {}
        self._evidence: dict[Pair, dict[int, tuple[Amount, float]]] = {}
        self._holds: dict[str, Mask] = {}

    def compile(self) -> Program:
        """Compile all strata."""
        self._read_given()
        for stratum, rules in enumerate(self._model.rules_by_stratum, start=1):
            self._run_rules(rules)
            self._weigh([(a, v) for a, last in self._last_stratum.items() for v, n in last.items() if n == stratum])
        return Program([stage for stage in self._stages if stage], self._certainties, self._holds)

    # An expression gets a name in the open stage; its column can be used from the next stage on.

    def _name(self, expression: Any) -> Any:
        """Make a column of an expression; what is a column, a constant or nothing at all stays as it is."""
        if expression is None or isinstance(expression, bool) or id(expression) in self._columns:
            return expression
        name = f"{INTERNAL}{len(self._columns)}"
        self._stages[-1].append(expression.alias(name))
        column = self._dialect.col(name)
        self._columns[id(column)] = column
        return column

    def _next_stage(self) -> None:
        if self._stages[-1]:
            self._stages.append([])

    # What is given.

    def _read_given(self) -> None:
        """Name where attributes have the values that rules, or the ranking, speak of."""
        named = [(self._model.goal, value) for value in self._model.candidates]
        named += [(attribute, value) for attribute, values in self._last_stratum.items() for value in values]
        for rule in self._model.rules:
            named += [(test.attribute, test.value) for test in tests(rule.premise) if isinstance(test, Is | IsNot)]
        # Reading texts takes longer than all that comes after: once each.
        for attribute, given in self._given.items():
            value = given.value if given.has else self._name(given.value)
            self._given[attribute] = given._replace(value=value, certainty=self._name(given.certainty))
        self._next_stage()
        for attribute, given in self._given.items():
            known = ~given.value.is_null()
            self._is_given[attribute] = known if given.certainty is None else known & (given.certainty != 0.0)
        self._known = dict(self._is_given)
        for attribute, value in dict.fromkeys(named):
            if attribute in self._given:
                self._has[attribute, value] = self._name(filled(self._where_given(attribute, value)))
        self._next_stage()
        for pair, mask in self._has.items():
            amount = Amount(mask, self._given[pair[0]].certainty)
            if pair[1] in self._last_stratum.get(pair[0], ()):
                self._evidence[pair] = {-1: (amount, 1.0)}
            else:
                self._certainties[pair] = amount

    def _where_given(self, attribute: str, value: Value) -> Mask:
        """Write where a column has a value."""
        given = self._given[attribute]
        return given.has(value) if given.has else given.value == float(value)

    # Degrees.

    def _degree(self, premise: Premise) -> Amount:
        match premise:
            case AllOf(parts):
                return self._all([self._degree(part) for part in parts])
            case AnyOf(parts):
                return self._any([self._degree(part) for part in parts])
            case Is(attribute, value):
                return self._certainties.get((attribute, value), NEVER)
            case Known(attribute):
                return Amount(self._known.get(attribute, False))
            case Unknown(attribute):
                return Amount(negated(self._known.get(attribute, False)))
            case IsNot(attribute, value):
                elsewhere = negated(self._has.get((attribute, value), False))
                others = self._strongest(attribute, lambda v: v != value, lambda _: elsewhere)
                itself = self._certainties.get((attribute, value), NEVER)
                return others if itself.number is None else self._any([others, Amount(itself.mask, -itself.number)])
            case Compare(attribute, operator, bound):
                holds = COMPARE[operator]
                return self._strongest(
                    attribute, lambda v: holds(v, bound), lambda column: filled(holds(column, float(bound)))
                )

    def _strongest(self, attribute: str, wanted: Callable[[Value], bool], where: Callable[[Expr], Mask]) -> Amount:
        """Take the strongest support for the wanted values, be they concluded or only given."""
        concluded = self._last_stratum.get(attribute, {})
        pairs = [(attribute, value) for value in concluded if wanted(value)]
        amounts = [self._certainties[pair] for pair in pairs if pair in self._certainties]
        given = self._given.get(attribute)
        if given:
            only_given = [negated(self._has[attribute, value]) for value in concluded]
            mask = every([self._is_given[attribute], where(given.value), *only_given])
            amounts.append(Amount(mask, given.certainty))
        return self._any(amounts)

    def _all(self, amounts: Sequence[Amount]) -> Amount:
        """Take the minimum."""
        numbers = [amount.number for amount in amounts if amount.number is not None]
        return Amount(every(amount.mask for amount in amounts), self._dialect.least(numbers) if numbers else None)

    def _any(self, amounts: Sequence[Amount]) -> Amount:
        """Take the maximum."""
        graded = [amount for amount in amounts if amount.number is not None]
        fully = either(amount.mask for amount in amounts if amount.number is None)
        if not graded or fully is True:
            return Amount(fully)
        if len(graded) == 1 and fully is False:
            return graded[0]
        numbers = [self._where(amount.mask, amount.number, 0.0) for amount in graded]
        number = self._dialect.greatest(numbers)
        return Amount(True, number if fully is False else self._where(fully, 1.0, number))

    def _where(self, mask: Mask, then: Any, otherwise: Any) -> Expr:
        if isinstance(mask, bool):
            return then if mask else self._dialect.lit(otherwise)
        return self._dialect.when(mask).then(then).otherwise(otherwise)

    # Rules and their evidence.

    def _run_rules(self, indices: Iterable[int]) -> None:
        """Name where the rules of a stratum hold, and note their evidence."""
        for index in indices:
            rule = self._model.rules[index]
            mask, number = self._degree(rule.premise)
            exceeds = True if number is None else number > self._model.threshold
            holds = self._name(every([mask, exceeds]))
            if holds is False:
                continue
            self._holds[rule.name] = holds
            degree = Amount(holds, self._name(number))
            for conclusion in rule.conclusions:
                pair = (conclusion.attribute, conclusion.value)
                self._evidence.setdefault(pair, {})[index] = (degree, conclusion.certainty)
                self._known[conclusion.attribute] = either([self._known.get(conclusion.attribute, False), holds])
        self._next_stage()

    def _weigh(self, pairs: Iterable[Pair]) -> None:
        """Combine all evidence for pairs, in the order of the file."""
        factors: dict[tuple[Pair, int], list[Expr]] = {}
        for pair in pairs:
            for index, (degree, certainty) in sorted(self._evidence.get(pair, {}).items()):
                for side in (1, -1):
                    factor = self._factor(degree, certainty * side, given=index < 0)
                    if factor is not None:
                        factors.setdefault((pair, side), []).append(factor)
        while any(len(several) > LONGEST for several in factors.values()):
            for several in factors.values():
                if len(several) > LONGEST:
                    several[:LONGEST] = [self._name(reduce(mul, several[:LONGEST]))]
            self._next_stage()
        complements = {key: self._name(reduce(mul, several)) for key, several in factors.items()}
        self._next_stage()
        for pair in pairs:
            support, opposition = complements.get((pair, 1)), complements.get((pair, -1))
            if support is not None or opposition is not None:
                self._certainties[pair] = Amount(True, self._name(self._certainty_factor(support, opposition)))
        self._next_stage()

    def _factor(self, degree: Amount, certainty: float, given: bool) -> Expr | None:
        """Write the factor that evidence brings to the complement of one side; None if it never speaks for that side.

        A given fact's certainty differs from row to row, and may speak for either side.
        """
        if given and degree.number is not None:
            strength = degree.number * certainty
            return self._where(every([degree.mask, strength > 0.0]), 1.0 - strength, 1.0)
        if certainty < 0:
            return None
        if degree.number is None:
            return self._where(degree.mask, self._dialect.lit(1.0 - certainty), 1.0)
        return self._where(degree.mask, 1.0 - degree.number * certainty, 1.0)

    def _certainty_factor(self, support: Expr, opposition: Expr) -> Expr:
        """Weigh support against opposition, from the complement of each; None stands for 1."""
        if opposition is None:
            return (1.0 - support).round(DECIMALS)
        if support is None:
            return (opposition - 1.0).round(DECIMALS)
        ratio = (opposition - support) / self._dialect.greatest([support, opposition])
        return self._where(support == opposition, 0.0, ratio.round(DECIMALS))
