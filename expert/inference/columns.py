"""The same rules over dataframes: compiled to Narwhals expressions, a few stages of ``with_columns`` per stratum.

What the engine does for one case stands here for columns of cases:

- a degree that can only be 1 or 0 is a mask (``Crisp``), any other is a column of numbers (``Graded``);
- a rule that holds multiplies what the support, or the opposition, of its conclusion falls short of 1 by
  ``1 - degree × certainty``, in the order of the file, as in `expert.inference.certainty`;
- a pair is weighed in the stratum of the last rule that concludes it.

The floating-point operations and their order are the engine's, so both give the same bits. Expressions grow linearly
with the rules, and what the frame's columns make constant is worked out while compiling.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, mul, or_
from typing import NamedTuple, TypeAlias

import narwhals as nw

from expert.inference.certainty import DECIMALS
from expert.inference.degrees import COMPARE
from expert.knowledge.model import Model, Pair
from expert.knowledge.premises import AllOf, AnyOf, Compare, Is, IsNot, Known, Premise, Unknown, Value, tests

INTERNAL = "__expert_"
"""What the names of intermediate columns start with."""

LONGEST = 64
"""How many factors one expression multiplies; longer products take several stages, since expressions nest."""

Mask: TypeAlias = nw.Expr | bool


class Crisp(NamedTuple):
    """A degree, or a certainty factor, that is 1 where the mask holds and 0 elsewhere."""

    mask: Mask


class Graded(NamedTuple):
    """Any other degree, or certainty factor; as a degree, what is negative counts as 0."""

    number: nw.Expr


Amount: TypeAlias = Crisp | Graded
NEVER = Crisp(False)


class Given(NamedTuple):
    """How a frame gives an attribute.

    Parameters
    ----------
    value : nw.Expr
        The column, for comparisons; null where the attribute is unknown.
    has : callable
        From a value to where the column has it.
    certainty : nw.Expr or None
        The certainty of each fact, without nulls; None where all are definite.
    """

    value: nw.Expr
    has: Callable[[Value], Mask]
    certainty: nw.Expr | None = None


class Program(NamedTuple):
    """Compiled rules.

    Parameters
    ----------
    stages : sequence
        Named expressions, to be added to the frame stage by stage.
    certainties : mapping of Pair to Amount
        Where the certainty factors are then; pairs that never get evidence are absent.
    holds : mapping of str to Mask
        Where each rule holds; rules that never hold are absent.
    """

    stages: Sequence[Sequence[nw.Expr]]
    certainties: Mapping[Pair, Amount]
    holds: Mapping[str, Mask]


class Compiler:
    """Compiles the rules of a knowledge base for frames with certain columns.

    Parameters
    ----------
    knowledge_base : Model
        Free of cycles.
    given : mapping of str to Given
        The attributes that have a column; all others are unknown in every row.
    """

    def __init__(self, knowledge_base: Model, given: Mapping[str, Given]):
        self._model = knowledge_base
        self._given = given
        self._concluded: dict[str, dict[Value, int]] = {}
        for rule in knowledge_base.rules:
            for conclusion in rule.conclusions:
                values = self._concluded.setdefault(conclusion.attribute, {})
                stratum = knowledge_base.strata[rule.name]
                values[conclusion.value] = max(values.get(conclusion.value, 0), stratum)
        self._stages: list[list[nw.Expr]] = [[]]
        self._names = 0
        self._is_given: dict[str, Mask] = {}
        self._known: dict[str, Mask] = {}
        self._has: dict[Pair, Mask] = {}
        self._certainties: dict[Pair, Amount] = {}
        self._evidence: dict[Pair, dict[int, tuple[Amount, float]]] = {}
        self._holds: dict[str, Mask] = {}

    def compile(self) -> Program:
        """Compile all strata."""
        self._read_given()
        by_stratum: dict[int, list[int]] = {}
        for index, stratum in enumerate(self._model.strata.values()):
            by_stratum.setdefault(stratum, []).append(index)
        for stratum in sorted(by_stratum):
            for index in by_stratum[stratum]:
                self._run_rule(index)
            self._next_stage()
            self._weigh(
                [(name, v) for name, values in self._concluded.items() for v, last in values.items() if last == stratum]
            )
        return Program([stage for stage in self._stages if stage], self._certainties, self._holds)

    # An expression gets a name in the open stage; the column can be used from the next stage on.

    def _name(self, expression: nw.Expr) -> nw.Expr:
        self._names += 1
        name = f"{INTERNAL}{self._names}"
        self._stages[-1].append(expression.alias(name))
        return nw.col(name)

    def _name_mask(self, mask: Mask) -> Mask:
        return mask if isinstance(mask, bool) else self._name(mask)

    def _next_stage(self) -> None:
        if self._stages[-1]:
            self._stages.append([])

    # What is given.

    def _read_given(self) -> None:
        """Name where each attribute is known, and where it has each value that rules or the ranking speak of."""
        named = [(self._model.goal, value) for value in self._model.candidates]
        named += [(attribute, value) for attribute, values in self._concluded.items() for value in values]
        for rule in self._model.rules:
            named += [(test.attribute, test.value) for test in tests(rule.premise) if isinstance(test, Is | IsNot)]
        for attribute, given in self._given.items():
            known = ~given.value.is_null()
            self._is_given[attribute] = self._name(
                known if given.certainty is None else known & (given.certainty != 0.0)
            )
        self._known = dict(self._is_given)
        for attribute, value in dict.fromkeys(named):
            if attribute in self._given:
                self._has[attribute, value] = self._name_mask(_filled(self._given[attribute].has(value)))
        self._next_stage()
        for pair, mask in self._has.items():
            certainty = self._given[pair[0]].certainty
            amount = Crisp(mask) if certainty is None else Graded(self._name(_where(mask, certainty, 0.0)))
            if pair[1] in self._concluded.get(pair[0], ()):
                self._evidence[pair] = {-1: (amount, 1.0)}
            else:
                self._certainties[pair] = amount
        self._next_stage()

    # Degrees.

    def _degree(self, premise: Premise) -> Amount:
        match premise:
            case AllOf(parts):
                return _all([self._degree(part) for part in parts])
            case AnyOf(parts):
                return _any([self._degree(part) for part in parts])
            case Is(attribute, value):
                return self._certainties.get((attribute, value), NEVER)
            case Known(attribute):
                return Crisp(self._known.get(attribute, False))
            case Unknown(attribute):
                return Crisp(_not(self._known.get(attribute, False)))
            case IsNot(attribute, value):
                other = _not(self._has.get((attribute, value), False))
                against = self._certainties.get((attribute, value), NEVER)
                strongest = self._strongest(attribute, lambda v: v != value, lambda _: other)
                return _any([strongest, Graded(-against.number)]) if isinstance(against, Graded) else strongest
            case Compare(attribute, operator, bound):
                holds = COMPARE[operator]
                return self._strongest(
                    attribute, lambda v: holds(v, bound), lambda column: _filled(holds(column, bound))
                )

    def _strongest(self, attribute: str, wanted: Callable[[Value], bool], where: Callable[[nw.Expr], Mask]) -> Amount:
        """Take the strongest support for the wanted values, be they concluded or only given."""
        concluded = self._concluded.get(attribute, {})
        amounts = [
            self._certainties[attribute, v] for v in concluded if wanted(v) and (attribute, v) in self._certainties
        ]
        given = self._given.get(attribute)
        if given:
            only_given = [_not(self._has[attribute, value]) for value in concluded]
            mask = _both([self._is_given[attribute], where(given.value), *only_given])
            amounts.append(Crisp(mask) if given.certainty is None else Graded(_where(mask, given.certainty, 0.0)))
        return _any(amounts)

    # Rules and their evidence.

    def _run_rule(self, index: int) -> None:
        """Name the degree of a rule, and put its evidence down."""
        rule = self._model.rules[index]
        degree = self._degree(rule.premise)
        if isinstance(degree, Crisp):
            degree = Crisp(self._name_mask(degree.mask))
            holds = degree.mask
        else:
            degree = Graded(self._name(degree.number))
            holds = degree.number > self._model.threshold
        if holds is False:
            return
        self._holds[rule.name] = holds
        for conclusion in rule.conclusions:
            pair = (conclusion.attribute, conclusion.value)
            self._evidence.setdefault(pair, {})[index] = (degree, conclusion.certainty)
            self._known[conclusion.attribute] = _either([self._known.get(conclusion.attribute, False), holds])

    def _weigh(self, pairs: list[Pair]) -> None:
        """Combine all evidence for pairs, in the order of the file."""
        factors: dict[tuple[Pair, int], list[nw.Expr]] = {}
        for pair in pairs:
            for index, (degree, certainty) in sorted(self._evidence.get(pair, {}).items()):
                for side in (1, -1):
                    if factor := self._factor(degree, certainty, side, given=index < 0):
                        factors.setdefault((pair, side), []).append(factor[0])
        while any(len(several) > LONGEST for several in factors.values()):
            for several in factors.values():
                if len(several) > LONGEST:
                    several[:LONGEST] = [self._name(reduce(mul, several[:LONGEST]))]
            self._next_stage()
        short = {key: self._name(reduce(mul, several)) for key, several in factors.items()}
        self._next_stage()
        for pair in pairs:
            support, opposition = short.get((pair, 1)), short.get((pair, -1))
            if support is not None or opposition is not None:
                self._certainties[pair] = Graded(self._name(_certainty_factor(support, opposition)))
        self._next_stage()

    def _factor(self, degree: Amount, certainty: float, side: int, given: bool) -> tuple[nw.Expr] | None:
        """Write what a piece of evidence multiplies the shortfall of one side by; None if it never does."""
        if isinstance(degree, Graded) and given:
            strength = degree.number * side
            return (nw.when(strength > 0.0).then(1.0 - strength).otherwise(1.0),)
        if certainty * side <= 0:
            return None
        if isinstance(degree, Crisp):
            return (_where(degree.mask, nw.lit(1.0 - abs(certainty)), 1.0),)
        strength = degree.number * abs(certainty)
        return (nw.when(degree.number > self._model.threshold).then(1.0 - strength).otherwise(1.0),)


def _certainty_factor(support: nw.Expr | None, opposition: nw.Expr | None) -> nw.Expr:
    """Weigh support against opposition, from what each falls short of 1; None stands for 1."""
    if support is None:
        return ((nw.lit(1.0) if opposition is None else opposition) - 1.0).round(DECIMALS)
    if opposition is None:
        return (1.0 - support).round(DECIMALS)
    ratio = (opposition - support) / nw.max_horizontal(support, opposition)
    return nw.when(support == opposition).then(0.0).otherwise(ratio.round(DECIMALS))


def _where(mask: Mask, then: nw.Expr, otherwise: float) -> nw.Expr:
    if isinstance(mask, bool):
        return then if mask else nw.lit(otherwise)
    return nw.when(mask).then(then).otherwise(otherwise)


def _filled(mask: Mask) -> Mask:
    """Take a mask to be false where it is null."""
    return mask if isinstance(mask, bool) else mask.fill_null(False)


def _not(mask: Mask) -> Mask:
    return not mask if isinstance(mask, bool) else ~mask


def _both(masks: Iterable[Mask]) -> Mask:
    """Say where all of these hold."""
    found = [mask for mask in masks if mask is not True]
    if any(mask is False for mask in found):
        return False
    return reduce(and_, found) if found else True


def _either(masks: Iterable[Mask]) -> Mask:
    """Say where at least one of these holds."""
    found = [mask for mask in masks if mask is not False]
    if any(mask is True for mask in found):
        return True
    return reduce(or_, found) if found else False


def _all(amounts: Sequence[Amount]) -> Amount:
    """Take the minimum."""
    mask = _both(amount.mask for amount in amounts if isinstance(amount, Crisp))
    numbers = [amount.number for amount in amounts if isinstance(amount, Graded)]
    if mask is False or not numbers:
        return Crisp(mask)
    return Graded(_where(mask, nw.min_horizontal(*numbers) if len(numbers) > 1 else numbers[0], 0.0))


def _any(amounts: Sequence[Amount]) -> Amount:
    """Take the maximum."""
    mask = _either(amount.mask for amount in amounts if isinstance(amount, Crisp))
    numbers = [amount.number for amount in amounts if isinstance(amount, Graded)]
    if mask is True or not numbers:
        return Crisp(mask)
    number = nw.max_horizontal(*numbers) if len(numbers) > 1 else numbers[0]
    return Graded(number if isinstance(mask, bool) else nw.when(mask).then(1.0).otherwise(number))
